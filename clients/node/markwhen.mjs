// Markwhen through @markwhen/parser: each event with its words, its kind and its days.

import { parse } from "@markwhen/parser";
import { after, same, span } from "./common.mjs";

export function check(set, fault) {
  const parsed = parse(set.text("timeline.mw"));
  if (parsed.parseMessages?.length) fault(`it says ${JSON.stringify(parsed.parseMessages[0])}`);
  const read = parsed.events.children;
  const events = set.timeline.events.filter((event) => span(event) !== null);
  same(fault, "events", read.length, events.length);
  same(fault, "title", parsed.header.title, set.timeline.title);
  events.forEach((event, at) => {
    const other = read[at];
    if (!other?.dateRangeIso) {
      fault(`${event.id}, ${JSON.stringify(event.title)}, is no event`);
      return;
    }
    // The joiner holds apart what would mean something, and has no width.
    const words = other.firstLine.restTrimmed.replaceAll("\u2060", "");
    same(fault, `words of ${event.id}`, words.trim(), event.title);
    same(fault, `tags of ${event.id}`, other.tags, [event.kind]);
    if (other.supplemental?.length) fault(`${event.id} has ${JSON.stringify(other.supplemental)}`);
    const { first, last } = span(event);
    const whole = first.instant === undefined || last.instant === undefined;
    const from = whole ? `${first.day}T00:00:00Z` : instant(first);
    const to = whole ? `${after(last.day)}T00:00:00Z` : instant(last);
    same(fault, `start of ${event.id}`, Date.parse(other.dateRangeIso.fromDateTimeIso), Date.parse(from));
    // An instant lasts to the end of its second.
    const end = Date.parse(other.dateRangeIso.toDateTimeIso) - Date.parse(to);
    if (end !== 0 && !(from === to && end === 1000)) {
      fault(`end of ${event.id}: ${other.dateRangeIso.toDateTimeIso}, expected ${to}`);
    }
  });
  return `${read.length} events read by @markwhen/parser`;
}

function instant(moment) {
  return new Date(moment.instant).toISOString();
}
