// vis-timeline in Chromium: its items and groups load, on the right day, with the words.

import { createRequire } from "node:module";
import { after, same, span } from "./common.mjs";
import { visit } from "./browser.mjs";

const require = createRequire(import.meta.url);
const library = require.resolve("vis-timeline/standalone/umd/vis-timeline-graph2d.min.js");

export async function check(set, fault, browser) {
  const view = set.json("vis-timeline.json");
  return visit(browser, fault, "about:blank", {}, async (page) => {
    await page.addScriptTag({ path: library });
    const shown = new Map(await page.evaluate(draw, view));
    const events = set.timeline.events.filter((event) => span(event) !== null);
    same(fault, "items", shown.size, events.length);
    for (const event of events) {
      const item = shown.get(event.id);
      if (!item) {
        fault(`${event.id} is not there`);
        continue;
      }
      same(fault, `words of ${event.id}`, item.text, event.title);
      if (item.strange) fault(`${event.id} holds markup: ${item.strange}`);
      same(fault, `group of ${event.id}`, item.group, event.kind);
      const { first, last } = span(event);
      const timed = first.time && last.time;
      same(fault, `start of ${event.id}`, item.start, timed ? told(first) : `${first.day}T00:00:00`);
      const end = timed ? told(last) : `${after(last.day)}T00:00:00`;
      same(fault, `end of ${event.id}`, item.end ?? item.start, end);
    }
    return `${shown.size} items shown by vis-timeline`;
  });
}

/** The browser runs in UTC. */
function told({ day, time, instant }) {
  return instant === undefined ? `${day}T${time}` : new Date(instant).toISOString().slice(0, 19);
}

/** Runs in the page. */
async function draw(view) {
  const frame = document.body.appendChild(document.createElement("div"));
  const { Timeline, DataSet } = globalThis.vis;
  const timeline = new Timeline(frame, new DataSet(view.items), new DataSet(view.groups), {
    start: "1980-01-01",
    end: "2045-01-01",
    showTooltips: true,
  });
  await new Promise((done) => setTimeout(done, 1000));
  const date = (at) => at && new Date(at.getTime()).toISOString().slice(0, 19);
  return Object.entries(timeline.itemSet.items).map(([id, item]) => {
    const content = item.dom?.content;
    return [
      id,
      {
        text: content?.textContent,
        strange: content && [...content.querySelectorAll("*")].map((one) => one.outerHTML).join(""),
        group: item.parent?.groupId,
        start: date(item.data.start),
        end: date(item.data.end),
      },
    ];
  });
}
