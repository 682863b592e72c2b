//! RSS (of all versions) and Atom: one brief an entry. What strict readers refuse is read:
//! a raw `&`, ends that do not match, a cut in the middle, dates as people write them.
//! Raw ranges point into the feed.

use std::ops::Range;

use dateline_model::{Member, Metadata, Severity};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::article::{CUT, repeats};
use super::{Place, Read, Whole, finished, moment};
use crate::decode::{Decoded, Patchwork};
use crate::lines::Hint;
use crate::page::{Draft, address, line};
use crate::{Context, ParseError};

/// The briefs of a feed.
pub(super) fn read(whole: Whole<'_>, place: &Place, context: Context<'_>) -> Vec<Read> {
    let text: &str = &whole.decoded.text;
    let mut xml = Reader::from_str(text);
    let config = xml.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut feed = Feed::new(&whole, place, context);
    loop {
        let start = xml.buffer_position();
        let event = xml.read_event();
        let span = start as usize..xml.buffer_position() as usize;
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => feed.event(event, span),
            // A mark that closes nothing, a tag that is cut.
            Err(_) if xml.buffer_position() > start => {}
            Err(_) => break,
        }
    }
    feed.finish()
}

/// The longest name of an element that is looked at, and prefixes that a feed may declare.
const NAME: usize = 32;
const PREFIXES: usize = 32;

/// What an element of an entry, or of the feed, says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Summary,
    Body,
    Published,
    Modified,
    Link,
    Guid,
    Author,
    Licence,
}

/// Namespaces whose names are known here, and the prefix that they have here: none for
/// those of feeds.
const NAMESPACES: [(&str, &str); 10] = [
    ("http://www.w3.org/2005/atom", ""),
    ("http://purl.org/atom/ns#", ""),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://backend.userland.com/rss2", ""),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
    ("http://purl.org/dc/terms/", "dcterms:"),
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes:"),
    ("http://www.w3.org/1999/xhtml", "xhtml:"),
];

/// The field of an element by its name, its prefix aside where it does not matter.
fn field(name: &str) -> Option<Field> {
    Some(match name {
        "title" | "dc:title" => Field::Title,
        "description" | "summary" | "dc:description" | "itunes:summary" => Field::Summary,
        "content:encoded" | "content" | "body" | "xhtml:body" | "fulltext" | "yandex:full-text" => {
            Field::Body
        }
        "pubdate" | "published" | "issued" | "dcterms:issued" | "dc:date" | "date" | "created"
        | "dc:created" | "dcterms:created" => Field::Published,
        "updated" | "modified" | "dcterms:modified" | "a10:updated" | "atom:updated" => {
            Field::Modified
        }
        "link" => Field::Link,
        "guid" => Field::Guid,
        "dc:creator" | "author" | "name" | "itunes:author" | "creator" => Field::Author,
        "rights" | "copyright" | "dc:rights" | "cc:license" | "license" => Field::Licence,
        _ => return None,
    })
}

/// The texts of one entry, or those of the feed.
#[derive(Default)]
struct Entry {
    start: usize,
    title: Patchwork,
    summary: Patchwork,
    body: Patchwork,
    published: Vec<String>,
    modified: Vec<String>,
    links: Vec<String>,
    guid: String,
    authors: Vec<String>,
    licence: String,
}

struct Feed<'a> {
    whole: &'a Whole<'a>,
    place: &'a Place,
    context: Context<'a>,
    out: Vec<Read>,
    /// Prefixes that the feed declares, and those that they have here.
    prefixes: Vec<(String, &'static str)>,
    about: Entry,
    entry: Option<Entry>,
    /// The field that is being read, the name of its element, and how deep inside of
    /// another of that name.
    field: Option<(Field, String, u32)>,
    /// Markup that stands in the feed as such: where it starts.
    markup: Option<usize>,
    /// Elements whose fields are nobody's (`image`, `source`): how many are open.
    aside: u32,
    words: Patchwork,
}

impl<'a> Feed<'a> {
    fn new(whole: &'a Whole<'a>, place: &'a Place, context: Context<'a>) -> Self {
        Self {
            whole,
            place,
            context,
            out: Vec::new(),
            prefixes: Vec::new(),
            about: Entry::default(),
            entry: None,
            field: None,
            markup: None,
            aside: 0,
            words: Patchwork::default(),
        }
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        let decoded = &self.whole.decoded;
        match event {
            Event::Start(tag) => self.open(&tag, span, false),
            Event::Empty(tag) => self.open(&tag, span, true),
            Event::End(tag) => {
                let name = self.name_of(tag.name().as_ref());
                self.close(&name, span);
            }
            _ if self.field.is_none() || self.markup.is_some() => {}
            Event::Text(_) => self.words.copied(decoded, span),
            Event::CData(_) => {
                let (open, close) = ("<![CDATA[".len(), "]]>".len());
                self.words.copied(decoded, span.start + open..span.end.saturating_sub(close));
            }
            Event::GeneralRef(_) => {
                let text = decoded.text.get(span.clone()).unwrap_or_default();
                match reference(text) {
                    Some(words) => {
                        let raw = decoded.raw(span.start, span.end);
                        self.words.replaced(&words, raw);
                    }
                    // A name that only HTML knows is left to its reader.
                    None => self.words.copied(decoded, span),
                }
            }
            _ => {}
        }
    }

    /// Keeps the prefixes that an element declares for the namespaces known here.
    fn declare(&mut self, tag: &BytesStart<'_>) {
        if !tag.as_ref().contains("xmlns:") {
            return;
        }
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else { continue };
            let uri = attribute.value.trim().to_ascii_lowercase();
            let known = NAMESPACES.iter().find(|(known, _)| *known == uri);
            let free = self.prefixes.len() < PREFIXES;
            let known = known.filter(|_| free && prefix.len() < NAME);
            let prefix = format!("{}:", prefix.to_ascii_lowercase());
            self.prefixes.extend(known.map(|(_, own)| (prefix, *own)));
        }
    }

    /// An element's name in small letters, with the prefix that its namespace has here; long
    /// ones are no one's.
    fn name_of(&self, name: &str) -> String {
        let name = name.get(..name.len().min(NAME)).unwrap_or_default().to_ascii_lowercase();
        let declared = |(prefix, own): &(String, &'static str)| {
            name.strip_prefix(prefix.as_str()).map(|local| format!("{own}{local}"))
        };
        self.prefixes.iter().rev().find_map(declared).unwrap_or(name)
    }

    fn open(&mut self, tag: &BytesStart<'_>, span: Range<usize>, empty: bool) {
        self.declare(tag);
        let name = self.name_of(tag.name().as_ref());
        if matches!(name.as_str(), "item" | "entry" | "atom:entry") {
            // An entry that was not closed ends where the next begins.
            self.end_entry(span.start, false);
            if !empty {
                self.entry = Some(Entry { start: span.start, ..Entry::default() });
            }
            return;
        }
        if let Some((_, outer, depth)) = &mut self.field {
            if *outer == name && !empty {
                *depth += 1;
            }
            return self.tag(span);
        }
        if self.aside > 0 || matches!(name.as_str(), "image" | "source" | "textinput") {
            // An entry's source is another feed's.
            self.aside += u32::from(!empty);
            return;
        }
        let Some(field) = field(&name) else { return };
        let attribute = |wanted: &str| {
            let mut found = tag.html_attributes();
            let found = found.with_checks(false).flatten().find(|it| it.key.as_ref() == wanted);
            found.map(|found| resolved(&found.value))
        };
        match field {
            Field::Link => {
                let rel = attribute("rel").unwrap_or_default();
                let link = attribute("href").filter(|_| rel.is_empty() || rel == "alternate");
                self.current().links.extend(link);
            }
            // An address is no name of a page.
            Field::Guid if attribute("isPermaLink").as_deref() == Some("false") => return,
            // An enclosure of Atom: what `src` names is not here.
            Field::Body if attribute("src").is_some() => return,
            _ => {}
        }
        if empty {
            return;
        }
        let xhtml = attribute("type").is_some_and(|kind| kind == "xhtml") || name == "xhtml:body";
        self.markup = xhtml.then_some(span.end);
        self.field = Some((field, name, 0));
        self.words = Patchwork::default();
    }

    fn close(&mut self, name: &str, span: Range<usize>) {
        if matches!(name, "item" | "entry" | "atom:entry") {
            self.end_field(span.start);
            self.end_entry(span.end, true);
            return;
        }
        match &mut self.field {
            Some((_, open, depth)) if open == name && *depth > 0 => {
                *depth -= 1;
                self.tag(span);
            }
            Some((_, open, _)) if open == name => self.end_field(span.start),
            Some(_) => self.tag(span),
            None if self.aside > 0 => self.aside -= 1,
            None => {}
        }
    }

    /// A tag of HTML that stands in a text unescaped is a part of it.
    fn tag(&mut self, span: Range<usize>) {
        if self.markup.is_none() {
            self.words.copied(&self.whole.decoded, span);
        }
    }

    fn current(&mut self) -> &mut Entry {
        self.entry.as_mut().unwrap_or(&mut self.about)
    }

    /// Keeps the words of the field that ends at `end`.
    fn end_field(&mut self, end: usize) {
        let Some((field, ..)) = self.field.take() else { return };
        if let Some(start) = self.markup.take() {
            self.words.copied(&self.whole.decoded, start..end.max(start));
        }
        let words = std::mem::take(&mut self.words);
        let entry = self.current();
        let slot = match field {
            Field::Title => &mut entry.title,
            Field::Summary => &mut entry.summary,
            Field::Body => &mut entry.body,
            _ => {
                let text = words.finish();
                let Some(words) = line(&text.text) else { return };
                match field {
                    Field::Published => entry.published.push(words),
                    Field::Modified => entry.modified.push(words),
                    Field::Link => entry.links.push(words),
                    Field::Author => entry.authors.push(words),
                    Field::Guid => entry.guid = words,
                    _ => entry.licence = words,
                }
                return;
            }
        };
        // The first is the entry's own; what follows is a picture's.
        if slot.is_empty() {
            *slot = words;
        }
    }

    /// Ends the entry that is open at `end`.
    fn end_entry(&mut self, end: usize, whole: bool) {
        self.end_field(end);
        self.aside = 0;
        let Some(entry) = self.entry.take() else { return };
        let start = entry.start;
        let (title, summary) = (entry.title.finish(), entry.summary.finish());
        let body = entry.body.finish();
        let mut draft = Draft::new(self.context);
        draft.metadata = Metadata {
            title: line(&title.text),
            url: entry.links.iter().chain([&entry.guid]).find_map(|link| address(link)),
            authors: entry.authors,
            licence: Some(entry.licence).filter(|words| !words.is_empty()),
            ..Metadata::default()
        };
        headline(&mut draft, &title, self.context);
        if body.text.trim().is_empty() || !repeats(&summary, &body) {
            draft.body(&summary);
        }
        draft.body(&body);
        let first = |all: &[String]| all.iter().find_map(|words| moment(words, self.context));
        let (published, modified) = (first(&entry.published), first(&entry.modified));
        draft.published(published);
        draft.modified(modified.filter(|at| Some(*at) != published));
        if let (None, Some(words)) = (published, entry.published.first()) {
            let message = format!("its date of publication is no date: {words}");
            draft.tell(Severity::Warning, "date-not-read", message);
        }
        if !whole {
            draft.tell(Severity::Warning, "input-cut", CUT);
        }
        let record = self.whole.record(self.whole.decoded.raw(start, end));
        let member = Member { name: self.place.name.clone(), unpacked: self.place.unpacked };
        match finished(draft, record, member) {
            Err(ParseError::Empty) => {}
            read => self.out.push(read),
        }
    }

    fn finish(mut self) -> Vec<Read> {
        let end = self.whole.decoded.text.len();
        self.end_entry(end, false);
        let publisher = line(&std::mem::take(&mut self.about.title).finish().text);
        let mut told = self.whole.decoded.diagnostics.clone();
        for page in self.out.iter_mut().flatten() {
            page.metadata.publisher = page.metadata.publisher.take().or(publisher.clone());
            let licence = Some(&self.about.licence).filter(|words| !words.is_empty());
            page.metadata.licence = page.metadata.licence.take().or(licence.cloned());
            page.diagnostics.append(&mut told);
        }
        if self.out.is_empty() {
            let reason = "a feed without an entry; fetch it again";
            self.out.push(Err(ParseError::Unread { reason: reason.to_string() }));
        }
        self.out
    }
}

/// A title may be markup too.
fn headline<'a>(draft: &mut Draft<'a>, title: &Decoded<'_>, context: Context<'a>) {
    if title.text.contains(['<', '&']) {
        let mut inner = Draft::new(context);
        inner.body(title);
        draft.metadata.title = draft.headline(inner);
    } else {
        draft.plain(title, Some(Hint::Title));
    }
}

/// What a reference of XML stands for.
fn reference(text: &str) -> Option<String> {
    let name = text.strip_prefix('&')?.strip_suffix(';')?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Those of windows-1252 are left to the reader of HTML, who knows them.
            char::from_u32(code).filter(|c| *c >= ' ' && !('\u{80}'..='\u{9f}').contains(c))?
        }
    };
    Some(c.to_string())
}

fn resolved(value: &str) -> String {
    value.replace("&amp;", "&")
}
