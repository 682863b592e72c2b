//! What a page says of itself in its markup: title, description, publisher, address, and
//! days with the place in the raw bytes that says them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use dateline_model::{CandidateKind, DateCandidate, Metadata, Moment};
use memchr::memmem::Finder;

use super::entity;
use super::ld;
use super::moment;
use super::state;
use super::title::key;
use super::token::{attribute, attributes};
use crate::Context;
use crate::authors;
use crate::decode::Decoded;
use crate::lexicon::Field;
use crate::page::address;
use crate::posts;

/// The longest content of a meta element that is read, in bytes.
const LONGEST: usize = 4000;
/// Titles of which one may be a part of a heading, at most, and the length of one, at least.
const TITLES: usize = 8;
/// What is kept of a title, in bytes.
const TITLE: usize = 1000;
const LEAST: usize = 20;
/// The shortest title by which a record is told to be the page's own, in letters.
const SHORTEST: usize = 12;
/// Titles of a page that lines are likened to, at most.
const MANY: usize = 64;
/// A part of the attribute that names an item property.
static PROPERTY: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("temprop"));

/// Bytes behind the tag of an element that names an author, among which the name stands.
const SIGNED: usize = 600;
/// The places of a key that are looked at for one day of many, at most.
const NEAR: usize = 16;
/// The most places of a page's scripts that are looked at for a day.
const MOST: usize = 4000;

/// An element with a day in an attribute: the line that it stands in or before, and what it
/// says.
pub(super) struct Timed {
    line: usize,
    /// What it is called where the element itself says that it is the day of publication.
    published: Option<String>,
    moment: Moment,
    raw: Range<u64>,
}

/// Where the line of an element with a day stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the head of the story.
    Head,
    /// Below the first words of the story, in no line of it.
    Below,
    /// At the head, and the line says that it is the day of a change.
    Change,
    /// Elsewhere, or within the story.
    Away,
}

/// What names an author, the most trusted first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// JSON-LD, as a person.
    Person,
    /// An element at the head of the story.
    Marked,
    /// A `meta` element: also the account that wrote it.
    Meta,
    /// JSON-LD, as an organisation.
    Body,
}

/// What was found so far.
pub(super) struct Page<'a> {
    decoded: &'a Decoded<'a>,
    context: Context<'a>,
    metadata: Metadata,
    pub candidates: Vec<DateCandidate>,
    /// Authors.
    authors: Vec<(By, String)>,
    /// Elements that name an author: the line that they stand in or before, and the name.
    marked: Vec<(usize, String)>,
    /// Elements with days, as they stand on the page.
    pub times: Vec<Timed>,
    /// Lines that link to what they head (`rel=bookmark`), up to `MANY`.
    pub bookmarks: Vec<usize>,
    /// Titles, the most trusted first once the page is read.
    titles: Vec<(u8, String)>,
    /// The keys of the first of them.
    keys: Vec<String>,
    /// Descriptions.
    pub descriptions: Vec<String>,
    /// The text as JSON-LD has it.
    pub body: Option<String>,
    /// Scripts that hold the state of the page's own program.
    states: Vec<&'a str>,
    /// Whether it says that it is a live page.
    is_live: bool,
    /// Its posts: the key of the headline and when each was written.
    updates: HashMap<String, Moment>,
}

impl<'a> Page<'a> {
    /// A page of which nothing is known.
    pub fn new(decoded: &'a Decoded<'a>, context: Context<'a>) -> Self {
        Self {
            decoded,
            context,
            metadata: Metadata::default(),
            candidates: Vec::new(),
            authors: Vec::new(),
            marked: Vec::new(),
            times: Vec::new(),
            bookmarks: Vec::new(),
            titles: Vec::new(),
            keys: Vec::new(),
            descriptions: Vec::new(),
            body: None,
            states: Vec::new(),
            is_live: false,
            updates: HashMap::new(),
        }
    }

    /// The content of `script` or `title`.
    pub fn raw(&mut self, name: &str, attributes: &str, content: &'a str) {
        match name {
            "title" if self.metadata.title.is_none() => {
                let title = fold(&entity::resolve(content));
                self.title(9, &title);
                self.metadata.title = Some(title).filter(|title| !title.is_empty());
            }
            "script" if attributes.contains("ld+json") => self.data(content),
            "script" if self.states.len() < MANY && state::is_state(attributes, content) => {
                self.states.push(content);
            }
            _ => {}
        }
    }

    /// A title with its rank; no headline is longer than what is kept of it.
    fn title(&mut self, rank: u8, title: &str) {
        let title = title.get(..title.floor_char_boundary(TITLE)).unwrap_or_default();
        if self.keys.len() < TITLES {
            self.keys.push(key(title));
        }
        self.titles.push((rank, title.to_string()));
    }

    /// A block of JSON-LD.
    fn data(&mut self, content: &str) {
        let Some(told) = ld::read(content, self.context) else { return };
        for (key, article, words, moment) in told.days {
            let at = place(content, key, &words, NEAR).map(|at| self.raw_of(at, &words));
            let kind = match key {
                "dateModified" | "upDate" => CandidateKind::Modified,
                _ => CandidateKind::Metadata,
            };
            let place = if article { "json-ld" } else { "json-ld of page" };
            self.candidate(kind, format!("{place} {key}"), moment, at);
        }
        for title in &told.titles {
            self.title(1, &fold(&entity::resolve(title)));
        }
        self.descriptions.extend(told.descriptions.iter().map(|told| entity::resolve(told)));
        let longer = |body: &String| self.body.as_ref().is_none_or(|old| old.len() < body.len());
        if let Some(body) = told.body.filter(longer) {
            self.body = Some(body);
        }
        self.is_live |= told.live;
        for (headline, moment) in told.updates {
            let own = key(&entity::resolve(&headline));
            // Of two posts under one headline neither is told from the other.
            let known = self.updates.get(&own).is_some_and(|known| *known != moment);
            self.updates.insert(own, if known { Moment::Day(moment.day()) } else { moment });
        }
        for (by, names) in [(By::Person, told.authors), (By::Body, told.bodies)] {
            names.iter().for_each(|name| self.author(by, &entity::resolve(name)));
        }
        let fill = |slot: &mut Option<String>, value| *slot = slot.take().or(value);
        fill(&mut self.metadata.publisher, told.publisher.map(|name| entity::resolve(&name)));
        fill(&mut self.metadata.licence, told.licence);
    }

    fn author(&mut self, by: By, name: &str) {
        let name = fold(name);
        if !name.is_empty() && address(&name).is_none() && self.authors.len() < MANY {
            self.authors.push((by, name));
        }
    }

    /// Where `words`, a part of the text, stand in the raw bytes.
    fn raw_of(&self, part: &str, words: &str) -> Range<u64> {
        let start = self.decoded.offset(part);
        self.decoded.raw(start, start + words.len())
    }

    fn candidate(
        &mut self,
        kind: CandidateKind,
        field: String,
        moment: Moment,
        raw: Option<Range<u64>>,
    ) {
        self.candidates.push(DateCandidate {
            field: Some(field),
            raw,
            ..DateCandidate::new(kind, None, moment)
        });
    }

    /// A `meta`, `link`, `time` or `abbr` element in front of which `line` lines stand.
    pub fn element(&mut self, name: &str, attributes: &'a str, line: usize) {
        match name {
            "meta" => self.meta(attributes),
            "link" if attribute(attributes, "rel") == Some("canonical") => {
                // Some pages write a title there, or nothing.
                let url = attribute(attributes, "href").map(entity::resolve);
                let url = url.and_then(|url| address(&url));
                self.metadata.url = url.or(self.metadata.url.take());
            }
            "time" => self.time(attributes, line),
            // As hAtom has it: words, and the moment that they mean.
            "abbr" if is_stamp(attributes) => self.time(attributes, line),
            "a" if attributes.len() > 8 => match attribute(attributes, "rel") {
                Some("author") => self.signed(attributes, line),
                Some("bookmark") if self.bookmarks.len() < MANY => self.bookmarks.push(line),
                _ => {}
            },
            _ if attributes.len() > 17 && PROPERTY.find(attributes.as_bytes()).is_some() => {
                self.item(attributes, line);
            }
            _ => {}
        }
    }

    fn time(&mut self, text: &'a str, line: usize) {
        let named = |name| attribute(text, name);
        let words = named("datetime").or_else(|| named("content")).or_else(|| named("title"));
        let Some(words) = words else { return };
        let Some(moment) = moment(words, self.context) else { return };
        let published = attributes(text).any(|(name, value)| match name {
            "pubdate" => true,
            "itemprop" => self.field(value) == Some(Field::Published),
            "class" => value.split_ascii_whitespace().any(|class| class.ends_with("published")),
            _ => false,
        });
        let changed = attributes(text).any(|(name, value)| {
            name == "itemprop" && self.field(value) == Some(Field::Modified)
                || name == "class" && value.split_ascii_whitespace().any(|c| c.ends_with("updated"))
        });
        let raw = self.raw_of(words, words);
        if changed && !published {
            self.candidate(CandidateKind::Modified, "time".to_string(), moment, Some(raw));
        } else {
            let published = published.then(|| "time published".to_string());
            self.times.push(Timed { line, published, moment, raw });
        }
    }

    fn field(&self, name: &str) -> Option<Field> {
        self.context.lexicon.field(name)
    }

    /// The name in an element that says that it names an author: its first words, which
    /// may be "By" alone.
    fn signed(&mut self, attributes: &'a str, line: usize) {
        let start = self.decoded.offset(attributes) + attributes.len();
        let rest = self.decoded.text.get(start..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(SIGNED)).unwrap_or_default();
        let texts = rest.split('<').filter_map(|part| part.split_once('>')).map(|part| part.1);
        let texts = texts.map(|words| fold(&entity::resolve(words)));
        let mut texts = texts.filter(|words| words.contains(char::is_alphanumeric));
        let lexicon = self.context.lexicon;
        let name = texts.find(|words| !authors::is_label(words, lexicon));
        let name = name.filter(|words| authors::is_name(words, lexicon));
        if let Some(name) = name.filter(|_| self.marked.len() < MANY) {
            self.marked.push((line, name));
        }
    }

    /// An element with an item property and its content in an attribute.
    fn item(&mut self, attributes: &'a str, line: usize) {
        let Some(name) = attribute(attributes, "itemprop") else { return };
        if name.split_ascii_whitespace().any(|name| self.field(name) == Some(Field::Author)) {
            self.signed(attributes, line);
            return;
        }
        let Some(words) = attribute(attributes, "content") else { return };
        let field = self.field(name);
        if !matches!(field, Some(Field::Published | Field::Modified)) {
            return;
        }
        let Some(moment) = moment(words, self.context) else { return };
        let raw = self.raw_of(words, words);
        let name = format!("itemprop {name}");
        if field == Some(Field::Modified) {
            self.candidate(CandidateKind::Modified, name, moment, Some(raw));
        } else {
            self.times.push(Timed { line, published: Some(name), moment, raw });
        }
    }

    fn meta(&mut self, text: &'a str) {
        let keys = ["property", "name", "itemprop"];
        let Some(content) = attribute(text, "content").filter(|c| c.len() <= LONGEST) else {
            return;
        };
        for key in keys {
            let Some(name) = attribute(text, key) else { continue };
            let Some(field) = self.field(name) else { continue };
            self.told(field, name, content);
            return;
        }
    }

    fn told(&mut self, field: Field, name: &str, content: &'a str) {
        let words = || entity::resolve(content).trim().to_string();
        let fill = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(words()).filter(|words| !words.is_empty());
            }
        };
        match field {
            Field::Published | Field::Issued | Field::Modified => {
                let Some(moment) = moment(content, self.context) else { return };
                let raw = Some(self.raw_of(content, content));
                let (kind, place) = match field {
                    Field::Modified => (CandidateKind::Modified, "meta"),
                    Field::Issued => (CandidateKind::Metadata, "meta issued"),
                    _ => (CandidateKind::Metadata, "meta"),
                };
                let name = name.to_ascii_lowercase();
                self.candidate(kind, format!("{place} {name}"), moment, raw);
            }
            Field::Publisher => fill(&mut self.metadata.publisher),
            Field::Url => fill(&mut self.metadata.url),
            Field::Title => self.title(2, &fold(&words())),
            Field::Description => self.descriptions.push(words()),
            Field::Author => self.author(By::Meta, &words()),
        }
    }

    /// The day of publication in the record of this page among those that its program is
    /// handed: the one under the page's own title, `headline` or another.
    fn record(&mut self, headline: Option<&str>) -> bool {
        let headline = headline.map(key);
        let is_own = |words: &str| {
            let own = key(&entity::resolve(words));
            own.len() >= SHORTEST && (headline.as_ref() == Some(&own) || self.keys.contains(&own))
        };
        let wanted = |name: &str, words: &str| {
            let field = self.field(name)?;
            let rank = [Field::Published, Field::Issued].iter().position(|day| *day == field)?;
            let moment = moment(words, self.context)?;
            Some((rank, (name.to_string(), words.to_string(), moment)))
        };
        let mut states = self.states.iter();
        let found = states.find_map(|state| Some((*state, state::day(state, &is_own, &wanted)?)));
        let Some((content, (name, words, moment))) = found else { return false };
        let raw = place(content, &name, &words, MOST).map(|at| self.raw_of(at, &words));
        self.candidate(CandidateKind::Metadata, format!("record {name}"), moment, raw);
        true
    }

    /// A day of publication among the data that scripts and attributes hold: the first
    /// key of the table of fields with a day behind it.
    fn scripts(&mut self) {
        let text: &str = &self.decoded.text;
        for at in memchr::memmem::find_iter(text.as_bytes(), b"ubli").take(MOST) {
            let word = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-');
            let bytes = text.as_bytes();
            let before = bytes.get(..at).unwrap_or_default().iter().rev().take(24);
            let start = at - before.take_while(|c| word(c)).count();
            let behind = bytes.get(at..).unwrap_or_default().iter().take(32);
            let end = at + behind.take_while(|c| word(c)).count();
            let Some(name) = text.get(start..end) else { continue };
            let name = name.strip_prefix("data-").unwrap_or(name);
            if self.field(name) != Some(Field::Published) {
                continue;
            }
            let rest = text.get(end..).unwrap_or_default().trim_start_matches("&quot;");
            let rest = rest.trim_start_matches(['"', '\'', '\\', ':', ' ', '=']);
            let rest = rest.trim_start_matches("&quot;");
            let rest = rest.trim_start_matches(['"', '\'', '\\', ' ']);
            let end = rest.find(['"', '\'', '\\', '&', '<', ',', '}']).unwrap_or(0);
            let words = rest.get(..end).unwrap_or_default();
            if !words.starts_with("20") && !words.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            if let Some(day) = moment(words, self.context) {
                let raw = self.raw_of(words, words);
                let name = format!("script {name}");
                self.candidate(CandidateKind::Metadata, name, day, Some(raw));
                return;
            }
        }
    }

    /// The authors by what is trusted most, not the publisher where anybody else is named.
    fn most_trusted(&mut self) -> Vec<String> {
        let mut authors = std::mem::take(&mut self.authors);
        let publisher = self.metadata.publisher.as_deref().map(key);
        let other = |name: &str| publisher.as_ref() != Some(&key(name));
        if authors.iter().any(|(_, name)| other(name)) {
            authors.retain(|(_, name)| other(name));
        }
        let Some(most) = authors.iter().map(|(by, _)| *by).min() else { return Vec::new() };
        // Capitals are a matter of layout.
        let spelled = |name: &str| {
            let mut same = authors.iter().map(|(_, other)| other).filter(|o| key(o) == key(name));
            same.find(|other| other.contains(char::is_lowercase)).cloned()
        };
        let named = authors.iter().filter(|(by, _)| *by == most).map(|(_, name)| name);
        named.map(|name| spelled(name).unwrap_or_else(|| name.clone())).collect()
    }

    /// Whether one of the titles told so far says `words` and nothing else.
    pub fn is_called(&self, words: &str) -> bool {
        let own = key(words);
        own.len() >= LEAST && self.keys.contains(&own)
    }

    /// The titles, the most trusted first.
    pub fn titles(&mut self) -> Vec<String> {
        self.titles.sort_by_key(|(rank, _)| *rank);
        let mut out: Vec<String> = Vec::new();
        for (_, title) in &self.titles {
            if out.len() == MANY {
                break;
            }
            if !title.is_empty() && !out.contains(title) {
                out.push(title.clone());
            }
        }
        out
    }

    /// Whether it says that it is a live page.
    pub fn is_live(&self) -> bool {
        let titles = self.titles.iter().map(|(_, title)| title);
        self.is_live || titles.take(8).any(|title| posts::is_live(title, self.context.lexicon))
    }

    /// When the post under the headline `words` was written, where its data say so.
    pub fn written(&self, words: &str) -> Option<Moment> {
        let moment = if self.updates.is_empty() { None } else { self.updates.get(&key(words)) };
        moment.copied().filter(|moment| matches!(moment, Moment::Time { .. }))
    }

    /// The lines that begin with a clock time, in order, and that time.
    pub fn times(&self) -> Vec<(usize, Moment)> {
        let timed = self.times.iter().filter(|timed| matches!(timed.moment, Moment::Time { .. }));
        let mut times: Vec<_> = timed.map(|timed| (timed.line, timed.moment)).collect();
        times.dedup_by_key(|(line, _)| *line);
        times
    }

    /// The metadata and the candidates; `place` says where the line of an element stands.
    /// Away from the head, days that differ are those of other stories.
    pub fn finish(
        mut self,
        headline: Option<&str>,
        place: &dyn Fn(usize) -> Place,
    ) -> (Metadata, Vec<DateCandidate>) {
        let times = std::mem::take(&mut self.times);
        let mut days = times.iter().filter(|timed| timed.published.is_some());
        let first = days.next().map(|timed| timed.moment.day());
        let differ = days.any(|timed| Some(timed.moment.day()) != first);
        // So are those that differ below it.
        let below = |timed: &&Timed| {
            timed.published.is_none() && matches!(place(timed.line), Place::Below | Place::Away)
        };
        let mut days = times.iter().filter(below).map(|timed| timed.moment.day());
        let first = days.next();
        let listed = days.any(|day| Some(day) != first);
        for timed in times {
            let (kind, field) = match (timed.published, place(timed.line)) {
                (Some(_), Place::Away) if differ => {
                    (CandidateKind::Metadata, "among others".to_string())
                }
                (Some(name), _) => (CandidateKind::Metadata, name),
                (None, Place::Below) if listed => continue,
                (None, Place::Head | Place::Below) => (CandidateKind::Metadata, "time".to_string()),
                (None, Place::Change) => (CandidateKind::Modified, "time".to_string()),
                (None, Place::Away) => continue,
            };
            self.candidate(kind, field, timed.moment, Some(timed.raw));
        }
        for (line, name) in std::mem::take(&mut self.marked) {
            if place(line) != Place::Away {
                self.author(By::Marked, &name);
            }
        }
        self.metadata.authors = self.most_trusted();
        let told = |url: &str| day_of(url, self.context).map(|(day, at)| (day, at.to_string()));
        if let Some((day, at)) = self.metadata.url.as_deref().and_then(told) {
            let place = self.decoded.text.find(&at);
            let raw = place.map(|start| self.decoded.raw(start, start + at.len()));
            self.candidate(CandidateKind::Address, "address".to_string(), day, raw);
        }
        let told = self.candidates.iter().any(|found| found.kind == CandidateKind::Metadata);
        if !told && !self.record(headline) {
            self.scripts();
        }
        let published = |candidate: &&DateCandidate| {
            candidate.kind == CandidateKind::Metadata
                && candidate
                    .field
                    .as_ref()
                    .is_some_and(|field| !field.starts_with("time") && !field.starts_with("among"))
        };
        self.metadata.published =
            self.candidates.iter().find(published).map(|candidate| candidate.moment);
        (self.metadata, self.candidates)
    }
}

/// The day in an address (`/2025/06/03/`, `/2025/6/3/`, `2025-06-03`, `/2025/jun/03/`), and the part of it
/// that says so.
fn day_of<'u>(url: &'u str, context: Context<'_>) -> Option<(Moment, &'u str)> {
    let bytes = url.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for (at, _) in url.match_indices("20") {
        if at > 0 && digit(at - 1) {
            continue;
        }
        let Some(mark) = url.get(at + 4..at + 5).filter(|mark| "/-_".contains(mark)) else {
            continue;
        };
        let mut parts = url.get(at..).unwrap_or_default().splitn(3, mark);
        let (Some(year), Some(month), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        let day = rest.get(..count).unwrap_or_default();
        let named = (3..=9).contains(&month.len());
        // "/2025/6/3/": parts of a path of their own.
        let short = mark == "/" && matches!(rest.as_bytes().get(count), None | Some(b'/'));
        let fits = |len: usize| len == 2 || len == 1 && short;
        if year.len() != 4 || !named && !fits(month.len()) || !fits(count) {
            continue;
        }
        let words = if month.bytes().all(|b| b.is_ascii_alphabetic()) {
            format!("{day} {month} {year}")
        } else {
            format!("{year}-{month:0>2}-{day:0>2}")
        };
        if let Some(told) = moment(&words, context) {
            return Some((told, url.get(at..at + 5 + month.len() + 1 + count)?));
        }
    }
    None
}

/// Whether an `abbr` with these attributes holds a moment, and not one of an event.
fn is_stamp(attributes: &str) -> bool {
    let class = attribute(attributes, "class").unwrap_or_default();
    let of_event = |class: &str| matches!(class, "dtstart" | "dtend");
    attribute(attributes, "title").is_some_and(is_iso)
        && !class.split_ascii_whitespace().any(of_event)
}

/// Whether `words` begin with a day as ISO 8601 has it.
fn is_iso(words: &str) -> bool {
    let digit = |at: usize| words.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mark = |at: usize| words.as_bytes().get(at) == Some(&b'-');
    (0..4).chain(5..7).chain(8..10).all(digit) && mark(4) && mark(7)
}

/// Where `words` stand behind one of the first `most` places of `key` in JSON, where they
/// stand there as they are.
fn place<'a>(json: &'a str, key: &str, words: &str, most: usize) -> Option<&'a str> {
    let behind = |at: usize| {
        let whole = json.get(..at)?.ends_with(['"', '\'']);
        json.get(at + key.len()..).filter(|_| whole)
    };
    let value = |rest: &'a str| rest.trim_start_matches(['"', ' ', ':', '\n', '\t', '\r']);
    let places = memchr::memmem::find_iter(json.as_bytes(), key).take(most);
    places.filter_map(behind).map(value).find(|value| {
        value.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
