// Markdown through commonmark, the reference of CommonMark: each title as text, and no HTML
// and no link made of the words of the news.

import { Parser } from "commonmark";
import { same } from "./common.mjs";

export function check(set, fault) {
  const tree = new Parser().parse(set.text("timeline.md"));
  const titles = [];
  let strong = null;
  for (const walker = tree.walker(); ; ) {
    const step = walker.next();
    if (!step) break;
    const { node, entering } = step;
    if (node.type === "strong") {
      if (entering) strong = "";
      else titles.push(strong);
      if (!entering) strong = null;
    } else if (strong !== null && node.literal) strong += node.literal;
    const comment = node.literal?.startsWith("<!-- dateline.");
    if (["html_inline", "html_block", "link", "image"].includes(node.type) && entering && !comment) {
      fault(`${node.type}: ${node.literal ?? node.destination}`);
    }
  }
  const heads = set.timeline.events.map((event) => event.title).filter((title) => title !== "");
  same(fault, "titles", titles.sort(), heads.sort());
  return `${titles.length} titles read by commonmark`;
}
