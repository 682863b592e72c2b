// The page in a real browser: `node clients/page.mjs FOLDER [--screenshots DIR]` opens each
// FOLDER/*/index.html in Chromium and checks it against the timeline.json beside it. One line a
// check; status 1 where one fails. It needs the packages playwright-core and axe-core (in
// node_modules, or where NODE_PATH points) and Chromium (CHROMIUM, else Debian's). It fetches
// nothing, and counts whatever the page would.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Most that the biggest page may take until it is drawn, in times what its words alone take in
 * the same browser in the same run: a bound in milliseconds would be one on the machine. */
const MOST_LOAD = 10;
/** Most milliseconds until a filter has been applied, and until the first key has done its work,
 * which has the whole page laid out. Both are wide, for a busy machine: what they guard against
 * is a freeze. */
const MOST_FILTER = 500;
const MOST_KEY = 5000;
/** Most events that axe and the printer are shown, and most that are open at once: on a page of
 * thousands they would take minutes to find nothing new. */
const MOST_OPEN = 300;
const DESK = { width: 1100, height: 900 };
const PHONE = { width: 320, height: 700 };

let failed = 0;
let where = "";

/** Prints one line; what fails says what was found. */
function check(what, good, found = "") {
  if (!good) failed += 1;
  console.log(`${good ? "ok    " : "FAILED"} ${where}: ${what}${found === "" ? "" : ` (${found})`}`);
}

/** Text as the page may show it: white space folded, no invisible control. */
function clean(words) {
  return words
    .replace(/[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\uFDD0-\uFDEF\uFFFE\uFFFF]|[\u{E0000}-\u{E007F}]/gu, "")
    .replace(/[\u0085\v\f]/g, " ")
    .replace(/\p{Cc}/gu, (c) => (/\s/.test(c) ? c : ""))
    .replace(/\s+/g, " ")
    .trim();
}

/** Words as the filter compares them. */
function fold(words) {
  return clean(words).normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
}

/** What the text filter looks at. */
function wordsOf(event) {
  const names = [...event.who, ...event.where].map((one) => one.name);
  return fold([event.title, ...names, ...event.citations.map((one) => one.quote)].join("\n"));
}

/** A page of its own context; all that goes wrong or out is collected. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: DESK, ...options });
  await context.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  const told = { requests: [], errors: [] };
  const own = url.split(/[?#]/)[0];
  page.on("request", (request) => {
    if (request.url().split(/[?#]/)[0] !== own) told.requests.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) told.errors.push(message.text());
  });
  page.on("pageerror", (error) => told.errors.push(error.message));
  await page.goto(url, { waitUntil: "load" });
  return { page, told, context };
}

/** Which events are shown, by id. */
function shown(page) {
  return page.$$eval(".event", (all) => all.filter((one) => one.checkVisibility()).map((one) => one.id));
}

function same(left, right) {
  return left.length === right.length && left.every((one, at) => one === right[at]);
}

/** Events in the order of the page: those off topic come last. */
function inOrder(timeline) {
  const { events } = timeline;
  return [...events.filter((event) => event.on_topic), ...events.filter((event) => !event.on_topic)];
}

async function checkContent(browser, url, events) {
  const { page, told, context } = await open(browser, url);
  const quotes = await page.$$eval(".event", (all) =>
    all.map((one) => [...one.querySelectorAll(".cited")].map((cited) => cited.textContent)));
  const wrong = events.filter((event, at) => !same(
    event.citations.map((one) => clean(one.quote)),
    (quotes[at] || []).map(clean),
  ));
  check("each citation has the words of timeline.json", wrong.length === 0, wrong[0]?.id ?? `${quotes.flat().length} citations`);
  const dates = await page.$$eval(".event", (all) => all.map((one) => one.querySelectorAll(".cited mark").length));
  const told_dates = events.map((event) => event.citations.flatMap((one) => one.dates).length);
  check("date expressions are marked", dates.some((n) => n > 0) || !told_dates.some((n) => n > 0), `${dates.reduce((a, b) => a + b, 0)}`);
  const links = await page.$$eval('a[href^="#"]', (all) => all
    .map((one) => one.getAttribute("href").slice(1))
    .filter((id) => document.querySelectorAll(`[id="${id}"]`).length !== 1));
  check("each link of the page has one target", links.length === 0, links[0] ?? "");
  const start = performance.now();
  await page.keyboard.press("Tab");
  const took = performance.now() - start;
  const skip = await page.evaluate(() => document.activeElement.getAttribute("href"));
  check("the first stop of the keyboard skips to the events", skip === "#events", skip);
  check("and the keyboard is quick", took < MOST_KEY, `${Math.round(took)} ms`);

  const event = events.find((one) => one.citations.length > 0);
  if (event) {
    await page.locator(`[id="${event.id}"] summary`).click();
    const seen = await page.locator(`[id="${event.id}"] .cited`).first().innerText();
    check("a citation opens and shows its words", clean(seen) === clean(event.citations[0].quote), clean(seen).slice(0, 40));
  }
  const violations = await page.evaluate(() => globalThis.violations);
  check("no request", told.requests.length === 0, told.requests[0] ?? "0 beyond the file");
  check("nothing in the console", told.errors.length === 0, told.errors[0] ?? "");
  check("no violation of the policy", violations.length === 0, violations[0] ?? "");
  await context.close();
}

async function checkWithoutScript(browser, url, events) {
  const { page, context } = await open(browser, url, { javaScriptEnabled: false });
  const titles = await page.$$eval(".event h4 > bdi", (all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.textContent));
  const expect = events.map((event) => clean(event.title));
  check("without the script all titles are there, in order", same(titles.map(clean), expect), `${titles.length} of ${expect.length}`);
  check("without the script there is no filter", !(await page.locator("#filter").isVisible().catch(() => false)));
  const event = events.at(Math.floor(events.length / 2));
  if (event) {
    await page.goto("about:blank");
    await page.goto(`${url}#${event.id}`);
    const at = await page.$eval(`[id="${event.id}"]`, (one) => [
      one.matches(":target"),
      [...one.querySelectorAll(".cited")].every((cited) => cited.checkVisibility({ contentVisibilityAuto: false })),
    ]);
    check("without the script a deep link leads to its event and opens it", at.every(Boolean), at.join(", "));
  }
  await context.close();
}

async function choose(page, name, value) {
  await page.selectOption(`#f-${name}`, value);
}

async function checkFilters(browser, url, events) {
  if (events.length === 0) return;
  const { page, told, context } = await open(browser, url);
  const all = events.length;
  const by = {
    kind: (event) => [event.kind],
    actor: (event) => event.who.map((one) => one.name),
    place: (event) => event.where.map((one) => one.name),
    source: (event) => event.citations.map((one) => one.source),
  };
  for (const [name, of] of Object.entries(by)) {
    const values = events.flatMap((event) => [...new Set(of(event))]);
    const value = values.sort((a, b) => values.filter((v) => v === b).length - values.filter((v) => v === a).length)[0];
    if (value === undefined) continue;
    await choose(page, name, clean(value));
    const expect = events.filter((event) => of(event).includes(value)).map((event) => event.id);
    const status = await page.locator("#shown").innerText();
    const good = same(await shown(page), expect) && parseInt(status, 10) === expect.length;
    check(`filter by ${name}`, good, `${clean(value).slice(0, 30)}: ${status}`);
    const query = await page.evaluate(() => new URLSearchParams(location.search).toString());
    await page.reload();
    check(`filter by ${name} is kept in the address`, same(await shown(page), expect), query.slice(0, 60));
    await page.locator("#filter .clear").click();
  }
  check("clearing the filters shows all", (await shown(page)).length === all && !(await page.evaluate(() => location.search)));

  const word = fold(events.at(-1).title).split(" ").sort((a, b) => b.length - a.length)[0];
  const took = await page.evaluate(async (word) => {
    const input = document.getElementById("f-text");
    input.value = word;
    const start = performance.now();
    document.getElementById("filter").requestSubmit();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, word);
  const expect = events.filter((event) => wordsOf(event).includes(word)).map((event) => event.id);
  check("filter by words", same(await shown(page), expect), `${word.slice(0, 30)}: ${expect.length}`);
  check("a filter is quick", took < MOST_FILTER, `${Math.round(took)} ms`);

  await page.fill("#f-text", "qqzz no such words");
  await page.locator("#none").waitFor({ state: "visible" });
  const status = await page.locator("#shown").innerText();
  check("where nothing matches that is said", (await shown(page)).length === 0 && status.length > 0, status);
  await page.locator("#none .clear").click();
  check("and clearing is offered", (await shown(page)).length === all);

  const kinds = [...new Set(events.map((event) => event.kind))];
  if (kinds.length > 1) {
    const other = events.find((event) => event.kind !== kinds[0]);
    await page.goto("about:blank");
    await page.goto(`${url}?kind=${kinds[0]}#${other.id}`);
    check("a deep link clears a filter that hides it", (await shown(page)).length === all);
  }
  check("nothing in the console while filtering", told.errors.length === 0, told.errors[0] ?? "");
  await context.close();
}

/** Opens the page at an id and tells of the event `id` what a reader sees. */
async function arrive(page, url, fragment, id) {
  await page.goto("about:blank");
  await page.goto(`${url}#${fragment}`);
  // A long page is drawn while idle: what lies above may still grow.
  await page.waitForFunction(() => {
    const all = document.querySelectorAll(".event");
    return all[all.length - 1].classList.contains("drawn");
  });
  await page.waitForTimeout(150);
  return page.$eval(`[id="${id}"]`, (one) => {
    const box = one.getBoundingClientRect();
    return {
      "in view": box.top > -5 && box.top < innerHeight && box.height > 0,
      open: one.querySelector("details").open,
      focused: document.activeElement === one,
    };
  });
}

async function checkLinks(browser, url, events) {
  if (events.length === 0) return;
  const { page, context } = await open(browser, url);
  const links = [];
  for (const at of [0, 0.5, 0.9].map((part) => Math.floor(part * (events.length - 1)))) {
    links.push([events[at].id, events[at].id]);
  }
  const former = events.filter((event) => event.formerly.length > 0).at(-1);
  if (former) links.push([former.formerly[0], former.id]);
  for (const [fragment, id] of links) {
    const seen = await arrive(page, url, fragment, id);
    const what = fragment === id ? "a deep link" : "the link to a former id";
    const missing = Object.keys(seen).filter((name) => !seen[name]);
    check(`${what} shows its event, opens and focuses it`, missing.length === 0, missing.length ? `not ${missing.join(", not ")}` : fragment);
  }
  const ids = events.flatMap((event) => [event.id, ...event.formerly]);
  const unreachable = await page.evaluate((ids) => ids.filter((id) => document.querySelectorAll(`[id="${id}"]`).length !== 1), [...new Set(ids)]);
  check("every id and former id is a target", unreachable.length === 0, unreachable[0] ?? `${ids.length}`);
  const strip = page.locator(".strip svg.wide a").last();
  if (await strip.count()) {
    await strip.focus();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(100);
    const seen = await page.evaluate(() => {
      const at = document.querySelector(":target");
      return at !== null && at.getBoundingClientRect().top < innerHeight;
    });
    check("a stretch of the overview leads to its day", seen);
  }
  await context.close();
}

/** Takes the events of a long page out, but for the first. */
async function shorten(page) {
  await page.$$eval(".event", (all, most) => {
    for (const one of all.slice(most)) one.remove();
    for (const day of document.querySelectorAll(".day")) if (!day.querySelector(".event")) day.remove();
  }, MOST_OPEN);
}

async function checkAxe(browser, url) {
  const looks = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["320 px", { viewport: PHONE }],
    ["320 px, dark", { viewport: PHONE, colorScheme: "dark" }],
  ];
  for (const [name, options] of looks) {
    const { page, context } = await open(browser, url, { bypassCSP: true, ...options });
    await page.$$eval("details", (all, most) => {
      for (const one of all.slice(0, most)) one.open = true;
    }, MOST_OPEN);
    // What is far down is not drawn until it is scrolled to; axe is to see all of it.
    await shorten(page);
    await page.addStyleTag({ content: ".event { content-visibility: visible !important }" });
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate(async (values) => {
      const { violations, passes } = await globalThis.axe.run(document, {
        runOnly: { type: "tag", values },
        rules: { "target-size": { enabled: true } },
        resultTypes: ["violations"],
      });
      return {
        violations: violations.map((one) => `${one.id}: ${one.nodes.length} times, as ${one.nodes[0].target} ${one.nodes[0].failureSummary}`),
        passes: passes.length,
      };
    }, AXE_TAGS);
    check(`axe finds nothing in ${name}`, violations.length === 0, violations.length ? `\n  ${violations.join("\n  ")}` : `${passes} rules pass`);
    await context.close();
  }
}

async function checkNarrowAndPrint(browser, url) {
  const { page, context } = await open(browser, url, { viewport: PHONE });
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  const closed = await wide();
  await page.$$eval("details", (all, most) => {
    for (const one of all.slice(0, most)) one.open = true;
  }, MOST_OPEN);
  const opened = await wide();
  check("no sideways scrolling at 320 px, closed and open", closed <= 320 && opened <= 320, `${closed}, ${opened}`);
  await page.$$eval("details", (all) => {
    for (const one of all) one.open = false;
  });
  await page.emulateMedia({ media: "print" });
  const print = await page.evaluate(() => ({
    citations: [...document.querySelectorAll(".cited")].every((one) => one.getBoundingClientRect().height > 0),
    filter: !document.querySelector("#filter")?.checkVisibility(),
  }));
  check("in print citations are open and filters gone", print.citations && print.filter, JSON.stringify(print));
  await context.close();
}

/** Prints a page opened for it: one whose thousands of events have all been laid out before takes
 * minutes to. */
async function checkPdf(browser, url) {
  const { page, context } = await open(browser, url);
  await shorten(page);
  const pdf = await page.pdf({ format: "A4" });
  const pages = pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
  check("it prints", pdf.subarray(0, 5).toString() === "%PDF-" && pages > 0, `${pages} pages, ${pdf.length} bytes`);
  await context.close();
}

/** Milliseconds until a page is loaded and drawn, in a context of its own. */
async function drawn(browser, url) {
  const context = await browser.newContext({ viewport: DESK });
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const took = performance.now() - start;
  await context.close();
  return took;
}

/** How long the page takes beside its own words as paragraphs, without style and script. The
 * two take turns, and the fastest of each counts: others use the machine too. */
async function checkLoad(browser, { folder, url, bytes, events }) {
  const plain = join(folder, "plain.html");
  const escape = (words) => words.replace(/[&<]/g, (c) => (c === "&" ? "&amp;" : "&lt;"));
  const told = events.flatMap((event) => [event.title, ...event.citations.map((one) => one.quote)]);
  writeFileSync(plain, `<!doctype html><meta charset="utf-8"><title>.</title>${told.map((words) => `<p>${escape(words)}</p>`).join("")}`);
  const took = { page: [], words: [] };
  for (let run = 0; run < 4; run += 1) {
    took.page.push(await drawn(browser, url));
    took.words.push(await drawn(browser, pathToFileURL(plain).href));
  }
  rmSync(plain);
  const [page, words] = [Math.min(...took.page), Math.min(...took.words)];
  check(`opens in under ${MOST_LOAD} times what its words take`, page < MOST_LOAD * words,
    `${Math.round(page)} to ${Math.round(words)} ms, ${bytes} bytes`);
}

async function screenshots(browser, url, events, folder) {
  mkdirSync(folder, { recursive: true });
  const looks = [
    ["light", { colorScheme: "light" }, ""],
    ["dark", { colorScheme: "dark" }, (events.find((event) => event.conflicts.length > 0) ?? events[0])?.id],
    ["narrow", { viewport: PHONE }, ""],
  ];
  for (const [name, options, fragment] of looks) {
    const { page, context } = await open(browser, fragment ? `${url}#${fragment}` : url, options);
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
}

async function main(given) {
  const at = given.indexOf("--screenshots");
  const pictures = at < 0 ? null : given.splice(at, 2)[1];
  const [folder] = given;
  if (!folder || (at >= 0 && !pictures)) throw new Error("usage: node page.mjs FOLDER [--screenshots DIR]");
  const names = readdirSync(folder).sort().filter((name) => existsSync(join(folder, name, "index.html")));
  if (names.length === 0) throw new Error(`no page in ${folder}: expected */index.html`);
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    let biggest = { bytes: 0 };
    let first = null;
    for (const name of names) {
      where = name;
      const file = resolve(folder, name, "index.html");
      const url = pathToFileURL(file).href;
      const events = inOrder(JSON.parse(readFileSync(join(folder, name, "timeline.json"), "utf8")));
      const bytes = statSync(file).size;
      if (bytes > biggest.bytes) biggest = { name, folder: join(folder, name), url, bytes, events };
      if (!first || name === "briefs") first = { url, events };
      await checkContent(browser, url, events);
      await checkWithoutScript(browser, url, events);
      await checkFilters(browser, url, events);
      await checkLinks(browser, url, events);
      await checkAxe(browser, url);
      await checkNarrowAndPrint(browser, url);
      await checkPdf(browser, url);
    }
    where = biggest.name;
    await checkLoad(browser, biggest);
    if (pictures) await screenshots(browser, first.url, first.events, pictures);
  } finally {
    await browser.close();
  }
  if (failed > 0) throw new Error(`${failed} checks of the page failed`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
