//! `annotations.jsonld`: each citation as a W3C Web Annotation (Recommendation of 2017), so
//! that an annotation client shows on the page which words tell which event. Positions are in
//! code points of the text as it was read.

use std::io::{self, Write};

use dateline_model::{Citation, Cut, Event};
use serde::Serialize;

use crate::context::context;
use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss, edtf, id, words};

/// Most characters quoted before and behind the words.
const CONTEXT: usize = 32;

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    label: String,
    generator: Software,
    total: usize,
    first: Page,
}

#[derive(Serialize)]
struct Software {
    r#type: &'static str,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: String,
    r#type: &'static str,
    start_index: usize,
    items: Vec<Annotation>,
}

#[derive(Serialize)]
struct Annotation {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    body: [Body; 2],
    target: Target,
}

#[derive(Serialize)]
struct Body {
    r#type: &'static str,
    purpose: &'static str,
    format: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Target {
    source: String,
    selector: (Quote, Position),
}

#[derive(Serialize)]
struct Quote {
    r#type: &'static str,
    exact: String,
    prefix: String,
    suffix: String,
}

#[derive(Serialize)]
struct Position {
    r#type: &'static str,
    start: usize,
    end: usize,
}

/// Writes the collection.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, store, header, .. } = *document;
    let places = Places::new(timeline, store);
    let items: Vec<Annotation> = timeline
        .events
        .iter()
        .flat_map(|event| {
            let places = &places;
            let cited = event.citations.iter().enumerate();
            cited.map(move |(at, told)| annotation(event, at, told, document, places))
        })
        .collect();
    let whole = id::timeline(timeline);
    let collection = Collection {
        context: "http://www.w3.org/ns/anno.jsonld",
        id: format!("{whole}#annotations"),
        r#type: "AnnotationCollection",
        label: words::shown(header.title()),
        generator: Software { r#type: "Software", name: format!("{}; {SCHEMA}", header.generator) },
        total: items.len(),
        first: Page {
            id: format!("{whole}#page"),
            r#type: "AnnotationPage",
            start_index: 0,
            items,
        },
    };
    serde_json::to_writer_pretty(&mut *sink, &collection)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.events("names, places and conflicts left out", document, |_| true);
    lost.all_but_events(document);
    Ok(lost.list())
}

fn annotation(
    event: &Event,
    at: usize,
    citation: &Citation,
    document: &Document<'_>,
    places: &Places<'_>,
) -> Annotation {
    let Cut { source, range } = citation.cut;
    let info = document.source(source);
    let url = info.and_then(|info| info.metadata.url.as_deref()).and_then(words::web);
    let (before, after) = context(document, citation.cut, CONTEXT);
    let when = edtf::write(event.when.interval, event.when.approximate);
    let body =
        |purpose, value| Body { r#type: "TextualBody", purpose, format: "text/plain", value };
    Annotation {
        id: id::part(event.id, at),
        r#type: "Annotation",
        motivation: "identifying",
        body: [
            body("identifying", words::title(document.store, event)),
            body("tagging", if when.is_empty() { words::dated(event) } else { when }),
        ],
        target: Target {
            source: url.map_or_else(|| id::source(source), str::to_string),
            selector: (
                Quote {
                    r#type: "TextQuoteSelector",
                    exact: document.store.slice(source, range).unwrap_or_default().to_string(),
                    prefix: before.trim_start_matches('…').to_string(),
                    suffix: after.trim_end_matches('…').to_string(),
                },
                Position {
                    r#type: "TextPositionSelector",
                    start: places.characters(source, range.start()),
                    end: places.characters(source, range.end()),
                },
            ),
        },
    }
}
