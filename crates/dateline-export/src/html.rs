//! The timeline as one page: it works from disk, asks for nothing, runs no script, and is
//! readable in light, dark, print and on a narrow screen. A strict policy names the one
//! style by its hash. All that comes from a source is text.

use std::io::{self, Write};

use dateline_model::{Citation, Cut, Event, Moment, SourceInfo};
use dateline_text::{SourceId, TextRange};

use crate::context::context;
use crate::json::SCHEMA;
use crate::place::Places;
use crate::{Document, Loss, words};

const STYLE: &str = include_str!("page.css");
/// Most characters shown before and behind the words of a citation.
const CONTEXT: usize = 160;

/// Writes the page.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, store, header } = *document;
    let page = Page { document: *document, places: Places::new(timeline, store) };
    write!(
        sink,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}; {SCHEMA}\">\n\
         <title>Timeline</title>\n<style>{STYLE}</style>\n<body>\n",
        base64(&dateline_text::source::sha256(STYLE.as_bytes())),
        escape(&header.generator)
    )?;
    let account = timeline.account;
    writeln!(
        sink,
        "<header><h1>Timeline</h1>\n<p>{} events from {} briefs. {} sentences: {} cited, {} set aside.</p></header>\n<main>",
        timeline.events.len(),
        account.briefs,
        account.sentences,
        account.cited,
        account.set_aside
    )?;
    let (on, off): (Vec<&Event>, Vec<&Event>) =
        timeline.events.iter().partition(|event| event.on_topic);
    page.events("Events", &on, sink)?;
    if !off.is_empty() {
        page.events("Off topic", &off, sink)?;
    }
    page.set_aside(sink)?;
    page.sources(sink)?;
    writeln!(
        sink,
        "</main>\n<footer><p>{} · lexicon {}</p></footer>\n</body>\n</html>",
        escape(&header.generator),
        escape(&header.lexicon)
    )?;
    Ok(Vec::new())
}

struct Page<'a> {
    document: Document<'a>,
    places: Places<'a>,
}

impl Page<'_> {
    fn events(&self, title: &str, events: &[&Event], sink: &mut impl Write) -> io::Result<()> {
        writeln!(sink, "<section><h2>{title}</h2>\n<ol class=\"events\">")?;
        let mut last: Option<Moment> = None;
        for event in events {
            let placed = event.when.placed;
            let first = placed.is_none() || placed != last;
            last = placed;
            self.event(event, first, sink)?;
        }
        writeln!(sink, "</ol></section>")
    }

    fn event(&self, event: &Event, first_of_day: bool, sink: &mut impl Write) -> io::Result<()> {
        let day = event.when.placed.map(|placed| placed.day().to_string());
        let class = if first_of_day { "event first" } else { "event" };
        write!(sink, "<li class=\"{class}\" id=\"{}\">", event.id)?;
        match day {
            Some(day) => write!(sink, "<time class=\"day\" datetime=\"{day}\">{day}</time>")?,
            None => write!(sink, "<span class=\"day\">undated</span>")?,
        }
        write!(
            sink,
            "<article><h3><bdi>{}</bdi></h3>",
            escape(&words::title(self.document.store, event))
        )?;
        writeln!(
            sink,
            "<p class=\"when\">{} <span>{}; {}</span></p>",
            escape(&words::when(event.when.interval)),
            event.kind.name(),
            words::dating(event)
        )?;
        if let Some(reason) = &event.topic_reason {
            writeln!(
                sink,
                "<p class=\"note\">Off topic: {}.</p>",
                reason.name().replace('-', " ")
            )?;
        }
        for other in &event.when.alternatives {
            writeln!(sink, "<p class=\"note\">It could also be {}.</p>", words::when(*other))?;
        }
        self.names("Who", event.who.iter().map(|party| party.name.as_str()), sink)?;
        self.names("Where", event.places.iter().map(|place| place.name.as_str()), sink)?;
        self.conflicts(event, sink)?;
        self.history(event, sink)?;
        if let Some(told) = words::corroboration(event) {
            writeln!(sink, "<p class=\"note\">{told}</p>")?;
        }
        let count = event.citations.len();
        let noun = if count == 1 { "citation" } else { "citations" };
        writeln!(sink, "<details><summary>{count} {noun}</summary>")?;
        for citation in &event.citations {
            self.citation(citation, sink)?;
        }
        writeln!(sink, "</details></article></li>")
    }

    fn names<'n>(
        &self,
        what: &str,
        names: impl Iterator<Item = &'n str>,
        sink: &mut impl Write,
    ) -> io::Result<()> {
        let list: Vec<String> = names.map(|name| format!("<bdi>{}</bdi>", escape(name))).collect();
        if list.is_empty() {
            return Ok(());
        }
        writeln!(sink, "<p class=\"names\"><b>{what}</b> {}</p>", list.join(", "))
    }

    fn conflicts(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        for conflict in &event.conflicts {
            writeln!(
                sink,
                "<table class=\"conflict\"><caption>The sources differ in {}</caption><tr>",
                escape(&conflict.about)
            )?;
            for value in &conflict.values {
                let labels: Vec<String> =
                    value.sources.iter().map(|id| escape(self.places.label(*id))).collect();
                writeln!(
                    sink,
                    "<td><b>{}</b><br>{}</td>",
                    words::when(value.interval),
                    labels.join("<br>")
                )?;
            }
            writeln!(sink, "</tr></table>")?;
        }
        Ok(())
    }

    fn history(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        if event.history.is_empty() {
            return Ok(());
        }
        writeln!(sink, "<ul class=\"history\">")?;
        for told in &event.history {
            let label = escape(self.places.label(told.source));
            writeln!(sink, "<li>{} <span>{label}</span></li>", words::told(told))?;
        }
        writeln!(sink, "</ul>")
    }

    /// The words cited, in the line they stand in, with their date expressions marked.
    fn citation(&self, citation: &Citation, sink: &mut impl Write) -> io::Result<()> {
        let Cut { source, range } = citation.cut;
        let mut marked = String::new();
        let mut at = range.start();
        for date in
            citation.dates.iter().map(|date| date.range).filter(|date| range.contains(*date))
        {
            if date.start() < at {
                continue;
            }
            marked += &self.words(source, at, date.start());
            marked += &format!("<mark>{}</mark>", self.words(source, date.start(), date.end()));
            at = date.end();
        }
        marked += &self.words(source, at, range.end());
        let (before, after) = context(&self.document, citation.cut, CONTEXT);
        let (line, column) = self.places.line_column(source, range.start());
        let speaker = citation
            .speaker
            .as_ref()
            .map_or(String::new(), |name| format!("says <bdi>{}</bdi>; ", escape(name)));
        writeln!(
            sink,
            "<blockquote><p><bdi>{}<span class=\"cited\">{marked}</span>{}</bdi></p><p class=\"source\">{speaker}{}; <a href=\"#{source}\"><bdi>{}</bdi></a>, line {line}, column {column}</p></blockquote>",
            escape(&before),
            escape(&after),
            citation.modality.name(),
            escape(self.places.label(source))
        )
    }

    fn words(&self, source: SourceId, start: u32, end: u32) -> String {
        let range = TextRange::new(start, end);
        range
            .and_then(|range| self.document.store.slice(source, range))
            .map(escape)
            .unwrap_or_default()
    }

    fn set_aside(&self, sink: &mut impl Write) -> io::Result<()> {
        let aside = &self.document.timeline.set_aside;
        writeln!(
            sink,
            "<section><h2>Set aside</h2>\n<details><summary>{} lines and sentences</summary><ul>",
            aside.len()
        )?;
        for (source, aside) in aside {
            let quote =
                words::line(self.document.store, Cut { source: *source, range: aside.range });
            writeln!(
                sink,
                "<li>{}: <bdi>{}</bdi> <span class=\"source\">{}</span></li>",
                aside.reason.name().replace('-', " "),
                escape(&quote),
                escape(self.places.label(*source))
            )?;
        }
        writeln!(sink, "</ul></details></section>")
    }

    fn sources(&self, sink: &mut impl Write) -> io::Result<()> {
        writeln!(sink, "<section><h2>Sources</h2><ul>")?;
        for source in &self.document.timeline.sources {
            let reference =
                source.reference.moment.map_or("no day of its own".to_string(), |moment| {
                    format!("speaks from {moment}, by its {}", source.reference.basis.name())
                });
            writeln!(
                sink,
                "<li id=\"{}\"><bdi>{}</bdi>{}: {reference}</li>",
                source.id,
                escape(&source.label),
                about(source)
            )?;
        }
        for failure in &self.document.timeline.failures {
            writeln!(
                sink,
                "<li><bdi>{}</bdi>: not read, {}</li>",
                escape(&failure.label),
                escape(&failure.reason)
            )?;
        }
        writeln!(sink, "</ul></section>")
    }
}

/// What a source says of itself: title, publisher, and its address where that is one of
/// the web. Any other address is text, never a link.
fn about(source: &SourceInfo) -> String {
    let metadata = &source.metadata;
    let mut out = String::new();
    for words in [&metadata.title, &metadata.publisher].into_iter().flatten() {
        out += &format!(", <bdi>{}</bdi>", escape(words));
    }
    if let Some(url) = &metadata.url {
        let web = url.starts_with("https://") || url.starts_with("http://");
        let url = escape(url);
        out += &if web {
            format!(", <a href=\"{url}\" rel=\"noreferrer\">{url}</a>")
        } else {
            format!(", <bdi>{url}</bdi>")
        };
    }
    out
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
            c if is_invisible_control(c) => {}
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
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// Base64 with padding (RFC 4648, section 4), for the hashes of a page's policy.
pub(crate) fn base64(bytes: &[u8]) -> String {
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
