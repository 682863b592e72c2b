//! `timeline.mmd`: the events as a Mermaid timeline, for pages and notes that draw one from
//! text: a period for each date, its events behind it.

use std::io::{self, Write};

use dateline_model::Event;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, words};

/// Writes the drawing.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, store, header, .. } = *document;
    writeln!(sink, "%% {SCHEMA}\ntimeline\n    title {}", text(&words::shown(header.title())))?;
    let mut last: Option<String> = None;
    for event in &timeline.events {
        let period = period(event);
        if last.as_ref() != Some(&period) {
            write!(sink, "    {}", text(&period))?;
        } else {
            write!(sink, "        ")?;
        }
        writeln!(sink, " : {}", text(&words::title(store, event)))?;
        last = Some(period);
    }
    let mut lost = Losses::default();
    lost.events("kinds, names and places left out", document, |_| true);
    lost.note("left out", timeline.events.iter().map(|e| e.citations.len()).sum(), "citations");
    lost.all_but_events(document);
    Ok(lost.list())
}

/// The date of an event as it stands on the line.
fn period(event: &Event) -> String {
    let about = if event.when.approximate { "about " } else { "" };
    format!("{about}{}", words::when(event.when.interval))
}

/// Text that Mermaid takes as text: what means something to it, or to HTML, is a numbered
/// entity.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '#' | ';' | ':' | '%' | '<' | '>' | '&' | '"' | '\'' | '\\' | '{' | '}' | '`' | '$'
            | '*' | '_' | '~' => out.push_str(&format!("#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    // An event without words would be none.
    if out.is_empty() { "…".to_string() } else { out }
}
