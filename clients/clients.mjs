// Reads exports back through the programs they are for: `node clients.mjs FOLDER [FORMAT…]`.
// Each sub-folder with a `timeline.json` is a set of exports with all formats. Prints a line
// for each check; ends with 1 where one fails.

import { sets, Report } from "./node/common.mjs";
import { start } from "./node/browser.mjs";

const FORMATS = [
  "ics",
  "edtf",
  "geojson",
  "markdown",
  "markwhen",
  "csl",
  "mermaid",
  "vis",
  "timelinejs",
];

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("name the folder of the exports");
  process.exit(2);
}
const report = new Report();
const all = sets(folder);
if (all.length === 0) {
  console.error(`${folder} holds no exports`);
  process.exit(2);
}
const browser = await start();
for (const format of wanted.length ? wanted : FORMATS) {
  const { check } = await import(`./node/${format}.mjs`);
  for (const set of all) {
    await report.check(format, set.name, (fault) => check(set, fault, browser));
  }
}
await browser.close();
if (report.failed) console.log(`${report.failed} checks failed`);
process.exit(report.failed ? 1 : 0);
