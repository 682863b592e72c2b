//! `timeline.atom`: an entry an event (RFC 4287), for feed readers. An entry is as old as its
//! last report; the event's own days are in its text and, as EDTF, among its categories.

use std::io::{self, Write};

use dateline_model::Event;
use jiff::civil::Date;

use crate::html::escape;
use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, edtf, feed, id, words};

/// Writes the feed.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, header, .. } = *document;
    let last = document.last_told();
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        sink,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escape(&words::shown(header.language()))
    )?;
    writeln!(
        sink,
        "<generator>{}; {SCHEMA}</generator>",
        escape(&words::shown(&header.generator))
    )?;
    writeln!(sink, "<id>{}</id>", id::timeline(timeline))?;
    writeln!(sink, "<title>{}</title>", escape(&words::shown(header.title())))?;
    writeln!(sink, "<updated>{}</updated>", feed::updated(last))?;
    writeln!(sink, "<author><name>{}</name></author>", escape(&words::shown(&header.generator)))?;
    for event in &timeline.events {
        entry(event, last, document, sink)?;
    }
    writeln!(sink, "</feed>")?;
    let mut lost = Losses::default();
    lost.events("uncertainty told in words only", document, crate::span::is_uncertain);
    lost.events("coordinates left out", document, |event| {
        event.places.iter().any(|place| place.coordinates.is_some())
    });
    lost.all_but_events(document);
    Ok(lost.list())
}

fn entry(
    event: &Event,
    last: Date,
    document: &Document<'_>,
    sink: &mut impl Write,
) -> io::Result<()> {
    let (first, last) = feed::told(event, last);
    let title = escape(&words::title(document.store, event));
    writeln!(sink, "<entry>\n<id>{}</id>\n<title>{title}</title>", id::event(event.id))?;
    writeln!(sink, "<published>{first}</published>\n<updated>{last}</updated>")?;
    if let Some(link) = feed::link(event, document) {
        writeln!(sink, "<link rel=\"alternate\" href=\"{}\"/>", escape(link))?;
    }
    let when = edtf::write(event.when.interval, event.when.approximate);
    let (who, places) = words::names(event);
    let terms = [event.kind.name().to_string(), when].into_iter().chain(who).chain(places);
    for term in terms.filter(|term| !term.is_empty()) {
        writeln!(sink, "<category term=\"{}\"/>", escape(&term))?;
    }
    writeln!(sink, "<summary>{}</summary>", escape(&feed::text(event, document)))?;
    write!(sink, "<content type=\"html\">")?;
    for citation in &event.citations {
        let quote = escape(&words::line(document.store, citation.cut));
        let source = document.source(citation.cut.source);
        let name = source.map_or("", |s| s.metadata.publisher.as_deref().unwrap_or(&s.label));
        let name = escape(&words::shown(name));
        // HTML in XML: what is text for the one is escaped for the other.
        let html = format!("<blockquote>{quote} <cite>{name}</cite></blockquote>");
        write!(sink, "{}", escape(&html))?;
    }
    writeln!(sink, "</content>\n</entry>")
}
