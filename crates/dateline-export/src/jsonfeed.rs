//! `feed.json`: an item an event (JSON Feed 1.1), for feed readers. The event's own days are
//! in its text and in the extension `_dateline`.

use std::io::{self, Write};

use dateline_model::{Event, Moment};
use jiff::civil::Date;
use serde::Serialize;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, edtf, feed, id, words};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: String,
    language: &'a str,
    _dateline: About<'a>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct About<'a> {
    schema: &'static str,
    generator: &'a str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    title: String,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<String>,
    date_published: String,
    date_modified: String,
    tags: Vec<String>,
    _dateline: When,
}

#[derive(Serialize)]
struct When {
    event: String,
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
    shape: &'static str,
    dating: &'static str,
}

/// Writes the feed.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, header, .. } = *document;
    let last = document.last_told();
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: words::shown(header.title()),
        language: header.language(),
        _dateline: About { schema: SCHEMA, generator: &header.generator },
        items: timeline.events.iter().map(|event| item(event, last, document)).collect(),
    };
    serde_json::to_writer_pretty(&mut *sink, &feed)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.events("citations left out", document, |event| event.citations.len() > 1);
    lost.events("conflicts left out", document, |event| !event.conflicts.is_empty());
    lost.all_but_events(document);
    Ok(lost.list())
}

fn item(event: &Event, last: Date, document: &Document<'_>) -> Item {
    let (first, last) = feed::told(event, last);
    let (who, places) = words::names(event);
    let tags = std::iter::once(event.kind.name().to_string()).chain(who).chain(places);
    let interval = event.when.interval;
    Item {
        id: id::event(event.id),
        title: words::title(document.store, event),
        content_text: feed::text(event, document),
        external_url: feed::link(event, document).map(str::to_string),
        date_published: first,
        date_modified: last,
        tags: tags.collect(),
        _dateline: When {
            event: event.id.to_string(),
            edtf: edtf::write(interval, event.when.approximate),
            earliest: interval.earliest(),
            latest: interval.latest(),
            shape: event.when.shape.name(),
            dating: event.when.dating.name(),
        },
    }
}
