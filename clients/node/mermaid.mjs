// Mermaid in Chromium: the text parses, and the drawing shows the words and runs nothing.

import { createRequire } from "node:module";
import { same } from "./common.mjs";
import { visit } from "./browser.mjs";

const library = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");

/** What stands for an event without words. */
const NOTHING = "…";

export async function check(set, fault, browser) {
  const text = set.text("timeline.mmd");
  return visit(browser, fault, "about:blank", {}, async (page) => {
    await page.addScriptTag({ path: library });
    const drawn = await page.evaluate(draw, text);
    same(fault, "title", bare(drawn.title), bare(set.timeline.title));
    same(fault, "events", drawn.events.length, set.timeline.events.length);
    set.timeline.events.forEach((event, at) => {
      const words = bare(event.title) || NOTHING;
      if (bare(drawn.events[at] ?? "") !== words) {
        fault(`${event.id} shows ${JSON.stringify(drawn.events[at])}, not ${JSON.stringify(event.title)}`);
      }
    });
    for (const name of drawn.strange) fault(`the drawing holds ${name}`);
    return `${drawn.events.length} events drawn by mermaid`;
  });
}

/** Words without the spaces at which a drawing breaks them. */
function bare(words) {
  return words.replace(/\s+/g, "");
}

/** Runs in the page. */
async function draw(text) {
  const mermaid = globalThis.mermaid;
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", maxTextSize: 1e7 });
  await mermaid.parse(text);
  const { svg } = await mermaid.render("drawing", text);
  document.body.innerHTML = svg;
  const root = document.querySelector("svg");
  const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
  const strange = [...root.querySelectorAll("script, a, img, iframe, foreignObject, image, b")];
  const handlers = [...root.querySelectorAll("*")].filter((one) =>
    [...one.attributes].some((attribute) => attribute.name.startsWith("on")),
  );
  return {
    title: texts(":scope > text")[0] ?? "",
    events: texts(".eventWrapper"),
    strange: [...strange, ...handlers].map((one) => one.outerHTML.slice(0, 200)),
  };
}
