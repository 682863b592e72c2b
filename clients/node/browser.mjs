// Chromium, in which nothing of an export may run, ask the network or complain.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the Chromium of the machine with a profile of its own. */
export async function start() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("there is no Chromium; install it or set CHROMIUM");
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** Opens a page, after a script `before` where there is one, runs `use` with it, and notes every request but those for the page itself,
 * every message of an error and every dialog. */
export async function visit(browser, fault, url, { before } = {}, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, timezoneId: "UTC" });
  const page = await context.newPage();
  page.on("request", (request) => {
    const asked = request.url();
    if (asked !== url && !asked.startsWith("data:")) fault(`a request for ${asked}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") fault(`an error on the console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(`an error of a script: ${error.message}`));
  page.on("dialog", (dialog) => {
    fault(`words of the news ran: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("popup", () => fault("a window opened"));
  if (before) await context.addInitScript(before);
  try {
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}
