//! `vis-timeline.json`: items and groups for vis-timeline. Its contents are HTML.

use std::io::{self, Write};

use dateline_model::{Event, EventKind};
use jiff::ToSpan as _;
use serde::Serialize;

use crate::html::escape;
use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, edtf, span, words};

#[derive(Serialize)]
struct View {
    dateline: &'static str,
    groups: Vec<Group>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Group {
    id: &'static str,
    content: &'static str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    group: &'static str,
    content: String,
    title: String,
    r#type: &'static str,
    start: String,
    /// Where the item ends; the first moment behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    edtf: String,
}

/// Writes the items that have a day.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let kinds =
        [EventKind::Background, EventKind::Happened, EventKind::Scheduled, EventKind::Deadline];
    let used = |kind: &EventKind| document.timeline.events.iter().any(|event| event.kind == *kind);
    let groups = kinds.into_iter().filter(used);
    let view = View {
        dateline: SCHEMA,
        groups: groups.map(|kind| Group { id: kind.name(), content: kind.name() }).collect(),
        items: document.timeline.events.iter().filter_map(|event| item(event, document)).collect(),
    };
    serde_json::to_writer_pretty(&mut *sink, &view)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.events("without any day and left out", document, |event| span::of(event).is_none());
    lost.events("uncertainty told in words only", document, |event| {
        span::of(event).is_some() && span::is_uncertain(event)
    });
    lost.note(
        "left out",
        document.timeline.events.iter().map(|event| event.citations.len()).sum(),
        "citations",
    );
    lost.all_but_events(document);
    Ok(lost.list())
}

fn item(event: &Event, document: &Document<'_>) -> Option<Item> {
    let span = span::of(event)?;
    let timed = span.first.is_time() && span.last.is_time();
    // A day runs to the first moment of the next.
    let behind = || span.last.day().checked_add(1.day()).ok().map(|day| format!("{day}T00:00:00"));
    let (kind, start, end) = if timed && span.first == span.last {
        ("box", edtf::point(span.first), None)
    } else if timed {
        ("range", edtf::point(span.first), Some(edtf::point(span.last)))
    } else {
        // Without a clock time the parser of the language takes a day for one of UTC.
        ("range", format!("{}T00:00:00", span.first.day()), behind())
    };
    Some(Item {
        id: event.id.to_string(),
        group: event.kind.name(),
        content: escape(&words::title(document.store, event)),
        title: escape(&words::dated(event)),
        r#type: kind,
        start,
        end,
        edtf: edtf::write(event.when.interval, event.when.approximate),
    })
}
