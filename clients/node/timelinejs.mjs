// TimelineJS 3 in Chromium: every event has its slide and its mark, on the right day, with
// the words. Where a set has the page around it, that page is opened from disk.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { same, shown, span } from "./common.mjs";
import { visit } from "./browser.mjs";

const folder = dirname(createRequire(import.meta.url).resolve("@knight-lab/timelinejs/package.json"));

/** What stands for an event without words. */
const NOTHING = "…";

export async function check(set, fault, browser) {
  strict(set.json("timelinejs.json"), fault);
  const page = set.has("timelinejs.html");
  const url = page ? pathToFileURL(set.path("timelinejs.html")).href : "about:blank";
  return visit(browser, fault, url, { before: watch }, async (tab) => {
    if (!page) await load(tab, set.json("timelinejs.json"));
    const events = set.timeline.events.filter((event) => span(event) !== null);
    await tab.waitForFunction(
      (count) => document.querySelectorAll(".tl-timemarker").length >= count,
      events.length,
      { timeout: 120_000 },
    );
    const { title, slides, marks, strange } = await tab.evaluate(read);
    same(fault, "title", title, set.timeline.title);
    same(fault, "slides", slides.length, events.length);
    same(fault, "marks", marks.length, events.length);
    for (const markup of strange) fault(`a headline holds markup: ${markup}`);
    compare(events, new Map(slides.map((one) => [one.id, one])), new Map(marks), fault);
    return `${slides.length} slides shown by TimelineJS${page ? ", from disk" : ""}`;
  });
}

/** No null anywhere, each id once, no end before its start. */
function strict(story, fault) {
  const visit = (value, place) => {
    if (value === null) fault(`null at ${place}`);
    else if (typeof value === "object") {
      for (const name of Object.keys(value)) visit(value[name], `${place}.${name}`);
    }
  };
  visit(story, "story");
  const ids = story.events.map((event) => event.unique_id);
  same(fault, "ids, each once", new Set(ids).size, ids.length);
  const at = (date) =>
    Date.UTC(date.year, date.month - 1, date.day, date.hour ?? 0, date.minute ?? 0);
  for (const { unique_id, start_date, end_date } of story.events) {
    if (end_date && at(end_date) < at(start_date)) fault(`${unique_id} ends before it starts`);
  }
}

function compare(events, slides, marks, fault) {
  for (const event of events) {
    const slide = slides.get(event.id);
    const mark = marks.get(event.id);
    if (!slide || mark === undefined) {
      fault(`${event.id} is not there`);
      continue;
    }
    same(fault, `headline of ${event.id}`, slide.headline, event.title || NOTHING);
    same(fault, `mark of ${event.id}`, mark, event.title || NOTHING);
    const quotes = event.citations.map((citation) => shown(citation.quote));
    same(fault, `quotes of ${event.id}`, slide.quotes, quotes);
    const { first, last } = span(event);
    same(fault, `start of ${event.id}`, slide.start, whole(first));
    if (slide.end !== null) same(fault, `end of ${event.id}`, slide.end, whole(last));
    else if (whole(first) !== whole(last)) fault(`${event.id} has no end`);
    const said = event.when.earliest ?? event.when.latest;
    if (!slide.told.includes(said ? first.day : "not known")) fault(`${event.id} shows "${slide.told}"`);
  }
}

/** A moment as the story has it: the clock as it was told, and no zone. */
function whole({ day, time }) {
  return time ? `${day} ${time.slice(0, 5)}` : day;
}

async function load(tab, story) {
  await tab.evaluate(() => {
    document.body.innerHTML = '<div id="timeline" style="height:780px"></div>';
  });
  await tab.addStyleTag({ path: join(folder, "dist/css/timeline.css") });
  await tab.addScriptTag({ path: join(folder, "dist/js/timeline.js") });
  await tab.evaluate((content) => {
    const options = { font: null, ga_measurement_id: null };
    new globalThis.TL.Timeline("timeline", content, options);
  }, story);
}

/** Runs before the page: keeps the timeline that is made, so that it can be asked. */
function watch() {
  let library;
  Object.defineProperty(globalThis, "TL", {
    configurable: true,
    get: () => library,
    set: (loaded) => {
      class Timeline extends loaded.Timeline {
        constructor(...given) {
          super(...given);
          globalThis.told = this;
        }
      }
      library = { ...loaded, Timeline };
    },
  });
}

/** Runs in the page. */
function read() {
  const words = (root, selector) => root.querySelector(selector)?.textContent ?? "";
  const shown = (date) => {
    if (!date) return null;
    const { year, month, day, hour, minute } = date.data.date_obj ? parts(date) : date.data;
    const two = (number) => String(number).padStart(2, "0");
    const whole = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
    return hour === undefined ? whole : `${whole} ${two(hour)}:${two(minute)}`;
  };
  const parts = ({ data }) => {
    const at = data.date_obj;
    const clock = data.format !== "full";
    return {
      year: at.getFullYear(),
      month: at.getMonth() + 1,
      day: at.getDate(),
      hour: clock ? at.getHours() : undefined,
      minute: clock ? at.getMinutes() : undefined,
    };
  };
  const { config } = globalThis.told;
  const slides = config.events.map((event) => {
    const slide = document.getElementById(event.unique_id);
    return {
      id: event.unique_id,
      start: shown(event.start_date),
      end: shown(event.end_date),
      headline: slide && words(slide, ".tl-headline"),
      quotes: [...(slide?.querySelectorAll("blockquote") ?? [])].map((quote) =>
        // Behind the words stands their source.
        (quote.childNodes.length > 1 ? quote.firstChild.textContent : "").trimEnd(),
      ),
      told: slide && words(slide, ".tl-headline-date"),
    };
  });
  const marks = [...document.querySelectorAll(".tl-timemarker")].map((mark) => [
    mark.id.replace(/-marker$/, ""),
    words(mark, ".tl-headline"),
  ]);
  const heads = [...document.querySelectorAll(".tl-headline")];
  const strange = heads.flatMap((head) => [...head.children].map((one) => one.outerHTML));
  const title = words(document, ".tl-slide-titleslide .tl-headline");
  return { title, slides, marks, strange };
}
