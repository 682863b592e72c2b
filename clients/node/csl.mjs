// CSL-JSON through citeproc: every source becomes an entry of a bibliography, with its title
// and its day.

import { createRequire } from "node:module";
import { same } from "./common.mjs";

const CSL = createRequire(import.meta.url)("citeproc");

const TYPES = ["article-newspaper", "webpage", "document"];

const LOCALE = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US">
  <style-options punctuation-in-quote="false"/><date form="text"><date-part name="year"/></date>
  <date form="numeric"><date-part name="year"/></date>
  <terms><term name="open-quote">“</term><term name="close-quote">”</term>
  <term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term></terms></locale>`;

const STYLE = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><id>check</id><title>check</title></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout delimiter=""><group delimiter="¦">
    <date variable="issued"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/><date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
    <text variable="URL"/><text variable="title"/></group></layout></bibliography></style>`;

export function check(set, fault) {
  const items = set.json("sources.csl.json");
  const { sources } = set.timeline;
  same(fault, "items", items.map((item) => item.id), sources.map((source) => source.id));
  items.forEach((item, at) => rules(item, sources[at], fault));
  const known = new Map(items.map((item) => [item.id, item]));
  const system = { retrieveLocale: () => LOCALE, retrieveItem: (id) => structuredClone(known.get(id)) };
  const engine = new CSL.Engine(system, STYLE, "en-US");
  engine.setOutputFormat("text");
  engine.updateItems([...known.keys()]);
  const [about, entries] = engine.makeBibliography();
  same(fault, "entries", entries.length, items.length);
  if (about.bibliography_errors.length) fault(`citeproc says ${JSON.stringify(about.bibliography_errors)}`);
  about.entry_ids.forEach(([id], place) => {
    const issued = known.get(id).issued?.["date-parts"][0];
    const day = issued?.map((part) => String(part).padStart(2, "0")).join("-") ?? "";
    if (!entries[place].includes(day)) fault(`${id} is issued ${entries[place]}, not ${day}`);
  });
  return `${entries.length} sources read by citeproc`;
}

function rules(item, source, fault) {
  if (!TYPES.includes(item.type)) fault(`${item.id} is a ${item.type}`);
  if (item.title === "") fault(`${item.id} has no title`);
  if (item.URL !== undefined && !/^https?:\/\//i.test(item.URL)) fault(`${item.id} leads to ${item.URL}`);
  const issued = item.issued?.["date-parts"][0].map((part) => String(part).padStart(2, "0")).join("-");
  same(fault, `day of ${item.id}`, issued, source.published?.slice(0, 10));
  same(fault, `language of ${item.id}`, item.language ?? null, source.language);
  for (const [name, value] of Object.entries(item)) {
    if (value === null || value === "") fault(`${item.id} has nothing as ${name}`);
  }
}
