// What the checks share: the sets of exports in a folder, the days that `timeline.json`
// gives each event, and how a check is told. It knows no format.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Most faults told of one check. */
const SHOWN = 5;

/** The sub-folders of `folder` that hold a `timeline.json`, with its content. */
export function sets(folder) {
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, "timeline.json")))
    .map((name) => ({
      name,
      path: (file) => join(folder, name, file),
      has: (file) => existsSync(join(folder, name, file)),
      text: (file) => readFileSync(join(folder, name, file), "utf8"),
      json: (file) => JSON.parse(readFileSync(join(folder, name, file), "utf8")),
      timeline: JSON.parse(readFileSync(join(folder, name, "timeline.json"), "utf8")),
    }));
}

/** Runs checks, prints one line each, and remembers whether one failed. */
export class Report {
  failed = 0;

  /** `run` gets a function that notes a fault, and answers what was checked in words. */
  async check(format, set, run) {
    const faults = [];
    const fault = (what) => faults.push(what);
    let told = "";
    try {
      told = await run(fault);
    } catch (error) {
      faults.push(error.stack ?? String(error));
    }
    if (faults.length === 0) {
      console.log(`ok    ${format} ${set}: ${told}`);
      return;
    }
    this.failed += 1;
    console.log(`FAILED ${format} ${set}: ${faults.length} faults`);
    for (const what of faults.slice(0, SHOWN)) console.log(`      ${what}`);
  }
}

/** Notes a fault where two values differ. */
export function same(fault, what, got, expected) {
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  if (left !== right) fault(`${what}: ${cut(left)}, expected ${cut(right)}`);
}

function cut(words) {
  return words !== undefined && words.length > 300 ? `${words.slice(0, 300)}…` : words;
}

/** A moment of `timeline.json`: its day, its time of the day, and its instant in milliseconds
 * where the zone is known. */
export function moment(words) {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/.exec(words);
  if (!parts) throw new Error(`no moment: ${words}`);
  const [, day, clock, seconds, zone] = parts;
  const time = clock && clock + (seconds ?? ":00");
  return { day, time, instant: time && zone && Date.parse(`${day}T${time}${zone}`) };
}

/** From when to when an event is shown where a format knows a first and a last day only;
 * `null` where nothing says when. */
export function span(event) {
  const { earliest, latest, placed } = event.when;
  const first = earliest ?? latest ?? placed;
  if (first === null) return null;
  return { first: moment(first), last: moment(latest ?? earliest ?? first) };
}

/** The day `count` days behind another. */
export function after(day, count = 1) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** Words as a reader is shown them: white space folded, no control and no hidden mark. */
export function shown(words) {
  const marks =
    /[\0-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
  const space = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
  return words.split(space).map((word) => word.replace(marks, "")).filter((word) => word).join(" ");
}

/** The names of who or where, as a reader is shown them. */
export function names(event, role) {
  return event[role].map((one) => shown(one.name)).filter((name) => name);
}

/** The identifier that other programs know an event by. */
export function uuid(event) {
  const bytes = createHash("sha256").update(`dateline event ${event.id}`).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.subarray(0, 16).toString("hex");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
