// EDTF through the npm package edtf: every date of every document parses, and its bounds are
// the days of `earliest` and `latest`.

import edtf from "edtf";
import { moment } from "./common.mjs";

export function check(set, fault) {
  let count = 0;
  const visit = (value, place) => {
    if (Array.isArray(value)) {
      value.forEach((inner, at) => visit(inner, `${place}[${at}]`));
    } else if (value !== null && typeof value === "object") {
      if (typeof value.edtf === "string") count += one(value, place, fault);
      for (const name of Object.keys(value)) visit(value[name], `${place}.${name}`);
    }
  };
  for (const file of ["timeline.json", "feed.json", "vis-timeline.json", "timeline.geojson"]) {
    visit(set.json(file), file);
  }
  for (const line of set.text("events.jsonl").trim().split("\n")) visit(JSON.parse(line), "event");
  for (const node of set.json("timeline.jsonld")["@graph"]) {
    if (node.temporalCoverage) count += one({ edtf: node.temporalCoverage }, node["@id"], fault);
  }
  return `${count} dates parsed by edtf`;
}

/** Answers 1 where there was a date. */
function one(value, place, fault) {
  const known = [value.earliest, value.latest].filter((bound) => bound);
  if (value.edtf === "") {
    if (known.length > 0) fault(`${place}: nothing is written of ${known}`);
    return 0;
  }
  let date;
  try {
    date = edtf(value.edtf, { level: 1 });
  } catch (error) {
    fault(`${place}: ${value.edtf} does not parse: ${error.message.split("\n")[0]}`);
    return 1;
  }
  if (known.length === 2) {
    const days = [date.min, date.max].map((at) => new Date(at).toISOString().slice(0, 10));
    const expected = known.map(day);
    // A single clock time is one of UTC to it where it has a zone.
    const point = value.edtf.includes("T");
    const wanted = point ? known.map(utc) : expected;
    if (String(days) !== String(wanted)) fault(`${place}: ${value.edtf} is ${days}, not ${wanted}`);
  }
  return 1;
}

function day(words) {
  return moment(words).day;
}

function utc(words) {
  const { instant, day } = moment(words);
  return instant === undefined ? day : new Date(instant).toISOString().slice(0, 10);
}
