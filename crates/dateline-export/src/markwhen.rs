//! `timeline.mw`: an event a line, for Markwhen. Its reader takes what it does not
//! understand for something else (30 February becomes now), so that dates are whole days or
//! instants in UTC, always from one to another.

use std::io::{self, Write};

use dateline_model::{Event, Moment};
use jiff::ToSpan as _;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::span::{self, Span};
use crate::{Document, Loss, words};

/// Behind a mark that would begin a tag or a reference; it has no width and no meaning.
const JOINER: char = '\u{2060}';

/// Writes the events that have a day.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let title = serde_json::to_string(&words::shown(document.header.title()))?;
    // Its reader takes `#` for the start of a colour even there.
    let title = title.replace('#', "\\u0023");
    writeln!(sink, "---\ntitle: {title}\ndateline: {SCHEMA}\n---\n")?;
    for event in &document.timeline.events {
        if let Some(span) = span::of(event).filter(is_written) {
            writeln!(sink, "{}: {}", dates(span), line(event, document))?;
        }
    }
    let mut lost = Losses::default();
    let out = |event: &Event| span::of(event).filter(is_written).is_none();
    lost.events("without a day that it knows and left out", document, out);
    lost.events("uncertainty dropped", document, |e| !out(e) && span::is_uncertain(e));
    lost.events("clock times without a zone dropped", document, |event| {
        let local = |at: Moment| matches!(at, Moment::Time { offset: None, .. });
        span::of(event).is_some_and(|span| local(span.first) || local(span.last))
    });
    lost.note(
        "left out",
        document.timeline.events.iter().map(|e| e.citations.len()).sum(),
        "citations",
    );
    lost.all_but_events(document);
    Ok(lost.list())
}

/// Markwhen has years of four digits.
fn is_written(span: &Span) -> bool {
    span.first.day().year() > 0
}

fn dates(span: Span) -> String {
    match (utc(span.first), utc(span.last)) {
        // It knows a slash between days only.
        (Some(first), Some(last)) if first < last => format!("{first} - {last}"),
        (Some(first), Some(_)) => first,
        _ if span.is_one_day() => span.first.day().to_string(),
        _ => format!("{}/{}", span.first.day(), span.last.day()),
    }
}

/// An instant, where the zone is known.
fn utc(moment: Moment) -> Option<String> {
    let Moment::Time { at, offset: Some(minutes) } = moment else { return None };
    let at = at.checked_sub(i64::from(minutes).minutes()).ok()?;
    Some(format!("{}T{:02}:{:02}:{:02}Z", at.date(), at.hour(), at.minute(), at.second()))
}

fn line(event: &Event, document: &Document<'_>) -> String {
    let title = plain(&words::title(document.store, event));
    format!("{title} #{}", event.kind.name())
}

/// Text without tags, references, and the two slashes that make it a comment.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c == '/' && out == "/" {
            out.push(JOINER);
        }
        out.push(c);
        if matches!(c, '#' | '!') {
            out.push(JOINER);
        }
    }
    out
}
