//! The timeline as one page: it works from disk and asks for nothing. A strict policy names
//! its one style and its one script by their hashes. All that comes from a source is text.
//! Without the script everything is there to read; with it events can be filtered.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use dateline_model::{Decided, Event, EventId, SourceInfo};
use dateline_text::SourceId;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss};

mod dates;
mod days;
mod event;
mod evidence;
mod filters;
mod rest;
mod say;
mod scale;
mod strip;
#[cfg(test)]
mod tests;

use dates::Calendar;
use filters::Facets;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let timeline = document.timeline;
    let labels = timeline.sources.iter().map(|one| (one.id, one.label.as_str())).collect();
    let page = Page::new(document, &labels);
    let (on, off): (Vec<&Event>, Vec<&Event>) =
        timeline.events.iter().partition(|event| event.on_topic);
    let (on, off) = (days::group(on.into_iter()), days::group(off.into_iter()));
    page.head(sink)?;
    page.header(!off.is_empty(), sink)?;
    writeln!(sink, "<main>")?;
    strip::write(&page.calendar, &on, sink)?;
    if !timeline.events.is_empty() {
        page.facets.write(timeline.events.len(), sink)?;
    }
    page.events(&on, sink)?;
    page.off_topic(&off, sink)?;
    page.rest(sink)?;
    page.foot(sink)?;
    let mut lost = Losses::default();
    lost.events("coordinates left out", document, |event| {
        event.places.iter().any(|place| place.coordinates.is_some())
    });
    Ok(lost.list())
}

/// What all parts of the page need.
struct Page<'a> {
    document: Document<'a>,
    places: Places<'a>,
    calendar: Calendar,
    facets: Facets<'a>,
    sources: BTreeMap<SourceId, &'a SourceInfo>,
    decided: BTreeMap<u32, &'a Decided>,
    /// The event that each former id leads to: the first that had it, where no event has it.
    former: BTreeMap<EventId, EventId>,
}

impl<'a> Page<'a> {
    fn new(document: &Document<'a>, labels: &'a BTreeMap<SourceId, &'a str>) -> Self {
        let timeline = document.timeline;
        let ids: BTreeSet<EventId> = timeline.events.iter().map(|event| event.id).collect();
        let mut former = BTreeMap::new();
        for event in &timeline.events {
            for id in event.formerly.iter().filter(|id| !ids.contains(id)) {
                former.entry(*id).or_insert(event.id);
            }
        }
        let decided = timeline.decisions.iter();
        Self {
            document: *document,
            places: Places::new(timeline, document.store),
            calendar: Calendar::new(),
            facets: Facets::new(timeline, labels),
            sources: timeline.sources.iter().map(|source| (source.id, source)).collect(),
            decided: decided.map(|decided| (decided.decision.line, decided)).collect(),
            former,
        }
    }

    fn head(&self, sink: &mut impl Write) -> io::Result<()> {
        let header = self.document.header;
        let hash = |text: &str| base64(&dateline_text::source::sha256(text.as_bytes()));
        writeln!(
            sink,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"generator\" content=\"{}; {SCHEMA}\">\n\
             <title>{}</title>\n<style>{STYLE}</style>\n<script>{SCRIPT}</script>\n</head>\n<body>",
            escape(header.language()),
            hash(STYLE),
            hash(SCRIPT),
            escape(&header.generator),
            escape(header.title())
        )
    }

    fn header(&self, off_topic: bool, sink: &mut impl Write) -> io::Result<()> {
        let timeline = self.document.timeline;
        writeln!(
            sink,
            "<a class=\"skip\" href=\"#events\">{}</a>\n<header>\n<h1><bdi>{}</bdi></h1>\n<p class=\"lead\">{}</p>\n<p class=\"account\">{}</p>",
            say::SKIP,
            escape(self.document.header.title()),
            say::lead(timeline.events.len(), timeline.account, &self.extent()),
            say::account(timeline.account)
        )?;
        let mut links = vec![("events", say::EVENTS)];
        links.extend(off_topic.then_some(("off-topic", say::OFF_TOPIC)));
        let rest = [
            (timeline.set_aside.is_empty(), ("set-aside", say::SET_ASIDE)),
            (timeline.decisions.is_empty(), ("decisions", say::DECISIONS)),
            (timeline.sources.is_empty(), ("sources", say::SOURCES)),
            (timeline.failures.is_empty(), ("failures", say::FAILURES)),
        ];
        links.extend(rest.into_iter().filter(|(empty, _)| !empty).map(|(_, link)| link));
        writeln!(sink, "<nav aria-label=\"{}\"><ul>", say::ON_THIS_PAGE)?;
        for (id, words) in links {
            writeln!(sink, "<li><a href=\"#{id}\">{words}</a></li>")?;
        }
        writeln!(sink, "</ul></nav>")?;
        let (title, terms) = say::HELP;
        writeln!(sink, "<details class=\"help\"><summary>{title}</summary>\n<dl>")?;
        for (term, meaning) in terms {
            writeln!(sink, "<div><dt>{term}</dt><dd>{meaning}</dd></div>")?;
        }
        writeln!(sink, "</dl></details>\n</header>")
    }

    /// The first and the last day that an event of the story is placed under.
    fn extent(&self) -> String {
        let events = self.document.timeline.events.iter().filter(|event| event.on_topic);
        let mut days = events.filter_map(|event| event.when.placed).map(|placed| placed.day());
        let first = days.next();
        match (first, days.next_back().or(first)) {
            (Some(first), Some(last)) => self.calendar.span(first, last),
            _ => String::new(),
        }
    }

    fn foot(&self, sink: &mut impl Write) -> io::Result<()> {
        let header = self.document.header;
        writeln!(
            sink,
            "</main>\n<footer><p>{}, tables {}</p></footer>\n</body>\n</html>",
            escape(&header.generator),
            escape(&header.lexicon)
        )
    }

    /// The attribute that names the language of a source's words, where it is known and is
    /// not that of the page.
    fn lang(&self, source: SourceId) -> String {
        let main = |tag: &str| tag.split('-').next().unwrap_or("").to_lowercase();
        let page = self.document.header.language();
        let language = self.sources.get(&source).and_then(|source| source.language.as_deref());
        let fits = |tag: &&str| {
            let part = |c: char| c.is_ascii_alphanumeric() || c == '-';
            tag.starts_with(|c: char| c.is_ascii_alphabetic()) && tag.chars().all(part)
        };
        let other = language.filter(fits).filter(|tag| main(tag) != main(page));
        other.map_or(String::new(), |tag| format!(" lang=\"{tag}\""))
    }
}

/// Text as HTML text, in element content and quoted attributes alike.
pub(crate) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_invisible_control(c) || is_no_character(c) => {}
            c if c.is_control() && c.is_whitespace() && !c.is_ascii_whitespace() => out.push(' '),
            '\u{C}' => out.push(' '),
            c if c.is_control() && !c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Marks that turn the direction of text or hide in it, and could make words read as
/// others (Unicode bidirectional controls, zero-width and tag characters).
pub(crate) fn is_invisible_control(c: char) -> bool {
    matches!(
        c,
        '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// What Unicode will never make a character of; HTML and XML forbid it.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Base64 with padding (RFC 4648, section 4), for the hashes of the page's policy.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at) & 63) as usize;
            let letter = ALPHABET.get(index).copied().unwrap_or(b'=');
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
