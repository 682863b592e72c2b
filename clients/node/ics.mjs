// iCalendar through ical.js: the same events, identifiers, words, days and clock times.

import ICAL from "ical.js";
import { after, same, shown, span, uuid } from "./common.mjs";

// It knows RFC 5545; this is a property of RFC 7986.
ICAL.design.icalendar.property.name = { defaultType: "text" };

export function check(set, fault) {
  const calendar = new ICAL.Component(ICAL.parse(set.text("timeline.ics")));
  const read = calendar.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
  const events = set.timeline.events.filter((event) => span(event) !== null);
  same(fault, "events", read.length, events.length);
  same(fault, "name", calendar.getFirstPropertyValue("name"), shown(set.timeline.title));
  const known = new Map(read.map((event) => [event.uid, event]));
  for (const event of events) {
    const other = known.get(uuid(event));
    if (!other) {
      fault(`${event.id} is not there`);
      continue;
    }
    same(fault, `title of ${event.id}`, other.summary, event.title);
    const { first, last } = span(event);
    if (first.time && last.time) {
      same(fault, `start of ${event.id}`, clock(other.startDate), told(first));
      // Without an end a clock time is a point.
      same(fault, `end of ${event.id}`, clock(other.endDate), told(last));
    } else {
      same(fault, `start of ${event.id}`, other.startDate.toString(), first.day);
      same(fault, `end of ${event.id}`, other.endDate.toString(), after(last.day));
    }
  }
  return `${read.length} events read by ical.js`;
}

function clock(time) {
  return time.toString();
}

function told(moment) {
  if (moment.instant === undefined) return `${moment.day}T${moment.time}`;
  return new Date(moment.instant).toISOString().replace(".000", "");
}
