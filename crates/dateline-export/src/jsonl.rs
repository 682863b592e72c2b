//! `events.jsonl`: an event a line (`dateline.event/1`), each with the sources that it cites,
//! so that a line stands on its own.

use std::io::{self, Write};

use serde::Serialize;

use crate::json::{EventView, SourceView, event_view, source_view};
use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss};

/// Name and version of the contract.
pub const SCHEMA: &str = "dateline.event/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    #[serde(flatten)]
    event: EventView<'a>,
    sources: Vec<SourceView<'a>>,
}

/// Writes the events of the timeline, in its order.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let places = Places::new(document.timeline, document.store);
    for event in &document.timeline.events {
        let line = Line {
            schema: SCHEMA,
            event: event_view(event, document.timeline, document.store, &places),
            sources: document.sources(event).map(source_view).collect(),
        };
        serde_json::to_writer(&mut *sink, &line)?;
        sink.write_all(b"\n")?;
    }
    let mut lost = Losses::default();
    lost.all_but_events(document);
    Ok(lost.list())
}
