"""Reads exports back through the programs they are for: `python clients.py FOLDER`.

Each sub-folder with a `timeline.json` is a set of exports with all formats, each with a
`bagit.txt` a case folder; `timeline.schema.json` and `event.schema.json` beside them are
what `dateline schema` prints. Prints a line for each check; ends with 1 where one fails.
"""

import csv
import hashlib
import json
import re
import sqlite3
import sys
import traceback
import uuid
import warnings
import xml.etree.ElementTree as xml
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import bagit
import duckdb
import feedparser
import icalendar
import jsonschema
import pyshacl
import rdflib

HERE = Path(__file__).resolve().parent
SCHEMA_ORG = rdflib.Namespace("https://schema.org/")
SHOWN = 5  # Most faults told of one check.


class Set:
    """The exports of one timeline."""

    def __init__(self, folder):
        self.folder = folder
        self.name = folder.name
        self.timeline = self.json("timeline.json")
        self.events = self.timeline["events"]

    def text(self, file):
        return (self.folder / file).read_bytes().decode("utf-8")

    def json(self, file):
        return json.loads(self.text(file))


class Check:
    """One check: what differs is noted, not raised, so that all is told."""

    def __init__(self):
        self.faults = []

    def same(self, what, got, expected):
        if got != expected:
            self.faults.append(f"{what}: {got!r:.300}, expected {expected!r:.300}")

    def that(self, holds, what):
        if not holds:
            self.faults.append(what)


def urn(kind, name):
    """The identifier that other programs know something by."""
    digest = bytearray(hashlib.sha256(f"dateline {kind} {name}".encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return f"urn:uuid:{uuid.UUID(bytes=bytes(digest))}"


def span(event):
    """From when to when an event is shown where a format knows two days only."""
    when = event["when"]
    first = when["earliest"] or when["latest"] or when["placed"]
    return first and (first, when["latest"] or when["earliest"] or first)


# White space and marks as the exporters know them.
SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
MARKS = re.compile("[\0-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]")


def shown(words):
    """Words as a reader is shown them: white space folded, no control and no hidden mark."""
    return " ".join(kept for kept in (MARKS.sub("", word) for word in SPACE.split(words)) if kept)


def names(event, role):
    """The names of who or where, as a reader is shown them."""
    return [name for name in (shown(one["name"]) for one in event[role]) if name]


def day(moment):
    return moment and moment[:10]


def is_time(moment):
    return "T" in moment


def texts(timeline):
    """The texts of the sources as far as quotes make them up, by id: the bytes between quotes
    are line breaks, and the hash of the source says whether that is so."""
    known = {}
    for event in timeline["events"]:
        for cited in event["citations"]:
            known.setdefault(cited["source"], []).append(cited)
    for aside in timeline["set_aside"]:
        known.setdefault(aside["source"], []).append(aside)
    out = {}
    for source in timeline["sources"]:
        quotes = known.get(source["id"], [])
        text = bytearray(b"\n" * max((quote["end"] for quote in quotes), default=0))
        for quote in quotes:
            text[quote["start"] : quote["end"]] = quote["quote"].encode()
        for behind in (b"", b"\n", b"\n\n"):
            if hashlib.sha256(text + behind).hexdigest() == source["sha256"]:
                out[source["id"]] = (bytes(text) + behind).decode()
    return out


def originals(case, timeline):
    """The texts of the sources of a case folder that are UTF-8 and plain, by id."""
    out = {}
    for source in timeline["sources"]:
        path = case / "data/originals" / source["label"]
        if not path.is_file() or path.suffix != ".txt":
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != source["sha256"]:
            continue
        try:
            out[source["id"]] = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
    return out


def check_json(one, check):
    folder = one.folder.parent
    count = 0
    schema = json.loads((folder / "timeline.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(one.timeline):
        check.faults.append(f"timeline.json: {error.json_path} {error.message:.200}")
    lines = [json.loads(line) for line in one.text("events.jsonl").split("\n") if line]
    check.same("lines", [line["title"] for line in lines], [e["title"] for e in one.events])
    path = folder / "event.schema.json"
    if path.is_file():
        validator = jsonschema.Draft202012Validator(json.loads(path.read_text()))
        for line in lines:
            for error in validator.iter_errors(line):
                check.faults.append(f"events.jsonl: {error.json_path} {error.message:.200}")
            count += 1
    for line, event in zip(lines, one.events):
        check.same(f"event {event['id']}", {name: line[name] for name in event}, event)
        cited = {citation["source"] for citation in event["citations"]}
        check.same("sources", {source["id"] for source in line["sources"]}, cited)
    return f"timeline.json and {len(lines)} lines follow their schemas ({count} by one of their own)"


def check_csv(one, check):
    with open(one.folder / "timeline.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    check.same("rows", [row["id"] for row in rows], [event["id"] for event in one.events])
    for row, event in zip(rows, one.events):
        compare_row(row, event, check)
    base = duckdb.connect()
    base.execute("CREATE TABLE t AS FROM read_csv(?)", [str(one.folder / "timeline.csv")])
    types = dict((row[0], row[1]) for row in base.execute("DESCRIBE t").fetchall())
    for name in ("earliest", "latest", "placed"):
        check.same(f"DuckDB's type of {name}", types[name], "DATE")
    read = base.execute("FROM t").fetchall()
    columns = list(types)
    check.same("rows of DuckDB", len(read), len(one.events))
    for values, event in zip(read, one.events):
        row = {name: "" if value is None else str(value) for name, value in zip(columns, values)}
        compare_row(row, event, check)
    return f"{len(rows)} rows read by csv, by DuckDB with dates as dates"


def compare_row(row, event, check):
    check.same(f"title of {event['id']}", row["title"], event["title"])
    check.same(f"summary of {event['id']}", row["summary"], event["summary"])
    for role in ("who", "where"):
        check.same(f"{role} of {event['id']}", row[role], "; ".join(names(event, role)))
    check.same(f"edtf of {event['id']}", row["edtf"], event["when"]["edtf"])
    for name in ("earliest", "latest", "placed"):
        check.same(f"{name} of {event['id']}", row[name], day(event["when"][name]) or "")


def check_ics(one, check):
    calendar = icalendar.Calendar.from_ical((one.folder / "timeline.ics").read_bytes())
    read = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    events = [event for event in one.events if span(event)]
    check.same("events", len(read), len(events))
    for event in events:
        other = read.get(urn("event", event["id"]).removeprefix("urn:uuid:"))
        if other is None:
            check.faults.append(f"{event['id']} is not there")
            continue
        check.that(not other.errors, f"{event['id']}: {other.errors}")
        check.same(f"title of {event['id']}", str(other["summary"]), event["title"])
        categories = [str(name) for name in other["categories"].cats]
        check.same(f"categories of {event['id']}", categories, [event["kind"], *names(event, "who")])
        where = str(other.get("location", ""))
        check.same(f"location of {event['id']}", where, "; ".join(names(event, "where")))
        first, last = span(event)
        start, end = other["dtstart"].dt, other["dtend"].dt if "dtend" in other else None
        if is_time(first) and is_time(last):
            check.same(f"start of {event['id']}", start, instant(first))
            check.same(f"end of {event['id']}", end or start, instant(last))
        else:
            check.same(f"start of {event['id']}", start, date.fromisoformat(day(first)))
            behind = date.fromisoformat(day(last)) + timedelta(days=1)
            check.same(f"end of {event['id']}", end, behind)
    return f"{len(read)} events read by icalendar"


def instant(moment):
    at = datetime.fromisoformat(moment)
    return at.astimezone(timezone.utc) if at.tzinfo else at


def check_atom(one, check):
    feed = feedparser.parse(str(one.folder / "timeline.atom"))
    check.that(not feed.bozo, f"it is broken: {feed.get('bozo_exception')}")
    check.same("version", feed.version, "atom10")
    check.same("title", feed.feed.title, " ".join(one.timeline["title"].split()))
    check.same("entries", len(feed.entries), len(one.events))
    seen = set()
    for entry, event in zip(feed.entries, one.events):
        check.same("id", entry.id, urn("event", event["id"]))
        check.that(entry.id not in seen, f"{entry.id} stands twice")
        seen.add(entry.id)
        check.same(f"title of {event['id']}", entry.title, event["title"])
        terms = [event["kind"], event["when"]["edtf"], *names(event, "who"), *names(event, "where")]
        got = [tag.term for tag in entry.tags]
        # It takes the second of two equal ones for the first.
        check.same(f"categories of {event['id']}", got, list(dict.fromkeys(t for t in terms if t)))
        quotes = [shown(citation["quote"]) for citation in event["citations"]]
        check.same(f"quotes of {event['id']}", blockquotes(entry.content[0].value), quotes)
        dates = (entry.get("published_parsed"), entry.get("updated_parsed"))
        check.that(all(dates), f"dates of {event['id']}: {entry.get('updated')}")
        if event["corroboration"]["last"] and not is_time(event["corroboration"]["last"]):
            check.same("updated", entry.updated[:10], day(event["corroboration"]["last"]))
        for link in entry.get("links", []):
            check.that(link.href.startswith(("http://", "https://")), f"a link to {link.href}")
    return f"{len(feed.entries)} entries read by feedparser"


class Quotes(HTMLParser):
    """The text of each quotation, but for its source."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], False

    def handle_starttag(self, tag, attributes):
        if tag == "blockquote":
            self.found.append("")
        elif tag != "cite" or attributes:
            self.found.append(f"<{tag}>")
        self.open = tag == "blockquote"

    def handle_data(self, words):
        if self.open:
            self.found[-1] += words


def blockquotes(html):
    parser = Quotes()
    parser.feed(html)
    parser.close()
    return [quote.removesuffix(" ") for quote in parser.found]


def check_jsonfeed(one, check):
    feed = one.json("feed.json")
    schema = json.loads((HERE / "jsonfeed.schema.json").read_text())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    for error in jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(feed):
        check.faults.append(f"{error.json_path} {error.message:.200}")
    items = feed["items"]
    check.same("ids", [item["id"] for item in items], [urn("event", e["id"]) for e in one.events])
    check.same("titles", [item["title"] for item in items], [e["title"] for e in one.events])
    for item, event in zip(items, one.events):
        tags = [event["kind"], *names(event, "who"), *names(event, "where")]
        check.same(f"tags of {event['id']}", item["tags"], tags)
        for name in ("date_published", "date_modified"):
            datetime.fromisoformat(item[name])
    # The feed is read as one by a reader of feeds, too.
    read = feedparser.parse(str(one.folder / "feed.json"))
    if read.version.startswith("json"):
        check.same("titles", [entry.title for entry in read.entries], [e["title"] for e in one.events])
    return f"{len(items)} items follow the schema"


def check_jsonld(one, check):
    graph = rdflib.Graph()
    graph.parse(one.folder / "timeline.jsonld", format="json-ld")
    for event in one.events:
        node = rdflib.URIRef(urn("event", event["id"]))
        titles = [str(title) for title in graph.objects(node, SCHEMA_ORG.name)]
        check.same(f"name of {event['id']}", titles, [event["title"]] if event["title"] else [])
        first = [str(at)[:10] for at in graph.objects(node, SCHEMA_ORG.startDate)]
        check.same(f"start of {event['id']}", first, [day(span(event)[0])] if span(event) else [])
        quotes = [shown(citation["quote"]) for citation in event["citations"]]
        for what, path, expected in (
            ("quotations", SCHEMA_ORG.subjectOf / SCHEMA_ORG.text, [q for q in quotes if q]),
            ("parties", SCHEMA_ORG.about / SCHEMA_ORG.name, names(event, "who")),
            ("places", SCHEMA_ORG.location / SCHEMA_ORG.name, names(event, "where")),
        ):
            got = {str(words) for words in graph.objects(node, path)}
            check.same(f"{what} of {event['id']}", sorted(got), sorted(set(expected)))
    conforms, _, told = pyshacl.validate(graph, shacl_graph=str(HERE / "shapes.ttl"))
    check.that(conforms, f"the shapes say {told:.600}")
    return f"{len(graph)} triples read by rdflib, which conform to the shapes"


def check_annotations(one, check):
    collection = one.json("annotations.jsonld")
    items = collection["first"]["items"]
    cited = [(e, c) for e in one.events for c in e["citations"]]
    check.same("type", collection["type"], "AnnotationCollection")
    check.same("annotations", (collection["total"], len(items)), (len(cited), len(cited)))
    check.same("ids", len({item["id"] for item in items}), len(items))
    known = texts(one.timeline) | originals(one.folder.with_suffix(".case"), one.timeline)
    compared = 0
    for item, (event, citation) in zip(items, cited):
        check.same("type", item["type"], "Annotation")
        quote, position = item["target"]["selector"]
        check.same("types", (quote["type"], position["type"]),
                   ("TextQuoteSelector", "TextPositionSelector"))
        check.same(f"quote of {item['id']}", quote["exact"], citation["quote"])
        check.same(f"body of {item['id']}", item["body"][0]["value"], event["title"])
        start, end = position["start"], position["end"]
        check.same(f"length of {item['id']}", end - start, len(citation["quote"]))
        text = known.get(citation["source"])
        if text is None:
            continue
        compared += 1
        check.same(f"place of {item['id']}", text[start:end], citation["quote"])
        before = text[max(0, start - len(quote["prefix"])) : start]
        check.same(f"prefix of {item['id']}", quote["prefix"], before)
        check.same(f"suffix of {item['id']}", quote["suffix"], text[end : end + len(quote["suffix"])])
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        check.that(around in text, f"{item['id']} stands nowhere")
    graph = rdflib.Graph()
    # The context is the vocabulary of the W3C, which is not asked for here.
    del collection["@context"]
    context = {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
    graph.parse(data=json.dumps(collection | {"@context": context}), format="json-ld")
    return f"{len(items)} annotations, {compared} of them compared with the text"


def check_timeml(one, check):
    known = texts(one.timeline) | originals(one.folder.with_suffix(".case"), one.timeline)
    files = sorted((one.folder / "timeml").iterdir())
    check.same("files", [file.stem for file in files], sorted(s["id"] for s in one.timeline["sources"]))
    said = {}
    for event in one.events:
        for cited in event["citations"]:
            for told in cited["dates"]:
                key = (told["start"], told["end"], told["text"], told["type"], told["value"])
                said.setdefault(cited["source"], set()).add(key)
    compared = 0
    count = 0
    for file in files:
        root = xml.parse(file).getroot()
        check.same("root", root.tag, "TimeML")
        body = root.find("TEXT")
        marks = body.findall("TIMEX3")
        ids = [mark.get("tid") for mark in root.iter("TIMEX3")]
        check.same(f"ids of {file.name}, each once", len(set(ids)), len(ids))
        expected, behind = [], 0
        for start, end, words, kind, value in sorted(said.get(file.stem, ())):
            # One that begins inside another is passed over.
            if start >= behind and end > start:
                expected.append((xml_text(words), kind, value))
                behind = end
        got = [("".join(mark.itertext()), mark.get("type"), mark.get("value")) for mark in marks]
        check.same(f"dates of {file.name}", got, expected)
        count += len(got)
        text = known.get(file.stem)
        if text is not None:
            compared += 1
            check.same(f"text of {file.name}", "".join(body.itertext()), xml_text(text))
    return f"{len(files)} documents with {count} dates, {compared} of them compared with the text"


def xml_text(words):
    """What XML 1.0 can hold."""
    return "".join(c for c in words if c in "\t\n\r" or c >= " " and c not in "\ufffe\uffff")


def check_sqlite(one, check):
    base = sqlite3.connect(f"file:{one.folder / 'timeline.sqlite'}?mode=ro", uri=True)
    check.same("integrity", base.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    check.same("foreign keys", base.execute("PRAGMA foreign_key_check").fetchall(), [])
    tables = base.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    check.same("tables that are not strict", [name for name, strict in tables if not strict], [])
    rows = base.execute(
        "SELECT id, title, summary, edtf, earliest, latest, placed FROM events ORDER BY position"
    ).fetchall()
    when = [e["when"] for e in one.events]
    expected = [
        (e["id"], e["title"], e["summary"], w["edtf"], day(w["earliest"]), day(w["latest"]), day(w["placed"]))
        for e, w in zip(one.events, when)
    ]
    check.same("events", len(rows), len(expected))
    for row, event in zip(rows, expected):
        check.same("event", row, event)
    quotes = [row[0] for row in base.execute("SELECT quote FROM citations ORDER BY id")]
    check.same("quotes", quotes, [c["quote"] for e in one.events for c in e["citations"]])
    who = [row[0] for row in base.execute("SELECT name FROM who ORDER BY rowid")]
    check.same("parties", who, [party["name"] for e in one.events for party in e["who"]])
    where = [row[0] for row in base.execute("SELECT name FROM places ORDER BY rowid")]
    check.same("places", where, [place["name"] for e in one.events for place in e["where"]])
    copy = sqlite3.connect(":memory:")
    base.backup(copy)
    for wrong in ("2025-02-30", "2025-6-1", "yesterday", ""):
        try:
            copy.execute("UPDATE events SET earliest = ?", [wrong])
            check.faults.append(f"{wrong!r} passes for a day")
        except sqlite3.IntegrityError:
            pass
    return f"{len(tables)} strict tables, {len(rows)} events read by sqlite3"


def check_bag(folder, check):
    bag = bagit.Bag(str(folder))
    bag.validate()
    payload = [name for name in bag.payload_entries()]
    # What is hidden is in the originals, so that those are not for the public.
    there = any(name.startswith("data/originals/") for name in payload)
    check.same("originals", there, folder.name != "public.case")
    check.that("data/timeline/timeline.json" in payload, "no timeline")
    return f"{len(payload)} files validated by bagit"


FORMATS = {
    "json": check_json,
    "csv": check_csv,
    "ics": check_ics,
    "atom": check_atom,
    "jsonfeed": check_jsonfeed,
    "jsonld": check_jsonld,
    "annotations": check_annotations,
    "timeml": check_timeml,
    "sqlite": check_sqlite,
}


def run(format, name, what, one):
    check = Check()
    told = ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told = what(one, check)
    except Exception:
        check.faults.append(traceback.format_exc())
    if not check.faults:
        print(f"ok    {format} {name}: {told}", flush=True)
        return True
    print(f"FAILED {format} {name}: {len(check.faults)} faults", flush=True)
    for fault in check.faults[:SHOWN]:
        print(f"      {fault}", flush=True)
    return False


def main(folder, *wanted):
    folder = Path(folder)
    found = sorted(path for path in folder.iterdir() if path.is_dir())
    sets = [Set(path) for path in found if (path / "timeline.json").is_file()]
    bags = [path for path in found if (path / "bagit.txt").is_file()]
    if not sets:
        sys.exit(f"{folder} holds no exports")
    good = True
    for format, what in FORMATS.items():
        for one in sets:
            if not wanted or format in wanted:
                good &= run(format, one.name, what, one)
    for path in bags:
        good &= run("bag", path.name, check_bag, path)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("name the folder of the exports", file=sys.stderr)
        sys.exit(2)
    main(*sys.argv[1:])
