//! `timeline.jsonld`: the events as schema.org has them (Event, Quotation, NewsArticle), for
//! search engines and triple stores. The context stands in the document, so that reading it
//! asks for nothing.

use std::io::{self, Write};

use dateline_model::{Event, Modality, Moment, SourceInfo};
use serde_json::{Value, json};

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, edtf, id, span, words};

/// Writes the graph.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, header, .. } = *document;
    let list: Vec<Value> = (1..)
        .zip(&timeline.events)
        .map(|(position, event)| {
            json!({
                "@type": "ListItem", "position": position, "item": { "@id": id::event(event.id) }
            })
        })
        .collect();
    let whole = json!({
        "@id": id::timeline(timeline), "@type": "ItemList", "identifier": SCHEMA,
        "name": words::shown(header.title()), "numberOfItems": timeline.events.len(),
        "itemListElement": list,
    });
    let events = timeline.events.iter().map(|event| self::event(event, document));
    let graph: Vec<Value> =
        std::iter::once(whole).chain(events).chain(timeline.sources.iter().map(article)).collect();
    let document_ = json!({ "@context": { "@vocab": "https://schema.org/" }, "@graph": graph });
    serde_json::to_writer_pretty(&mut *sink, &document_)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.events("uncertainty told in words only", document, span::is_uncertain);
    lost.events("conflicts left out", document, |event| !event.conflicts.is_empty());
    lost.all_but_events(document);
    Ok(lost.list())
}

/// An object without what is null or empty.
fn object(pairs: Vec<(&str, Value)>) -> Value {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty(),
        Value::String(words) => !words.is_empty(),
        _ => true,
    };
    let pairs = pairs.into_iter().filter(|(_, value)| is_there(value));
    Value::Object(pairs.map(|(name, value)| (name.to_string(), value)).collect())
}

fn event(event: &Event, document: &Document<'_>) -> Value {
    let span = span::of(event);
    let moment = |moment: Option<Moment>| moment.map_or(Value::Null, |at| json!(date(at)));
    let (who, _) = words::names(event);
    object(vec![
        ("@id", json!(id::event(event.id))),
        ("@type", json!("Event")),
        ("identifier", json!(event.id.to_string())),
        ("name", json!(words::title(document.store, event))),
        ("description", json!(words::summary(document.store, event))),
        ("disambiguatingDescription", json!(words::dated(event))),
        ("startDate", moment(span.map(|span| span.first))),
        ("endDate", moment(span.map(|span| span.last))),
        ("temporalCoverage", json!(edtf::write(event.when.interval, event.when.approximate))),
        ("eventStatus", json!({ "@id": format!("https://schema.org/{}", status(event)) })),
        ("keywords", json!(event.kind.name())),
        ("about", who.into_iter().map(|name| json!({ "@type": "Thing", "name": name })).collect()),
        ("location", event.places.iter().map(place).collect()),
        ("subjectOf", quotations(event, document)),
    ])
}

fn status(event: &Event) -> &'static str {
    match event.history.last().map(|told| told.modality) {
        Some(Modality::Cancelled) => "EventCancelled",
        Some(Modality::Postponed) => "EventPostponed",
        _ => "EventScheduled",
    }
}

fn place(place: &dateline_model::Place) -> Value {
    let geo = place.coordinates.map_or(Value::Null, |(lat, lon)| {
        json!({
            "@type": "GeoCoordinates",
            "latitude": f64::from(lat) / 1e6, "longitude": f64::from(lon) / 1e6,
        })
    });
    object(vec![
        ("@type", json!("Place")),
        ("name", json!(words::shown(&place.name))),
        ("address", json!(place.country.as_deref().unwrap_or_default())),
        ("geo", geo),
    ])
}

fn quotations(event: &Event, document: &Document<'_>) -> Value {
    let citations = event.citations.iter().map(|citation| {
        object(vec![
            ("@type", json!("Quotation")),
            ("text", json!(words::line(document.store, citation.cut))),
            ("creditText", json!(words::shown(citation.speaker.as_deref().unwrap_or_default()))),
            ("isPartOf", json!({ "@id": id::source(citation.cut.source) })),
        ])
    });
    citations.collect()
}

fn article(source: &SourceInfo) -> Value {
    let metadata = &source.metadata;
    let words = |words: &Option<String>| json!(words::shown(words.as_deref().unwrap_or_default()));
    let web = |url: &Option<String>| json!(url.as_deref().and_then(words::web));
    let named = |kind: &str, name: &str| json!({ "@type": kind, "name": words::shown(name) });
    object(vec![
        ("@id", json!(id::source(source.id))),
        ("@type", json!("NewsArticle")),
        ("identifier", json!(source.id.to_string())),
        ("name", json!(words::shown(&source.label))),
        ("headline", words(&metadata.title)),
        ("url", web(&metadata.url)),
        ("archivedAt", web(&metadata.archive_url)),
        ("datePublished", source.published.map_or(Value::Null, |at| json!(date(at)))),
        ("inLanguage", json!(source.language)),
        ("license", words(&metadata.licence)),
        (
            "publisher",
            metadata.publisher.as_ref().map_or(Value::Null, |name| named("Organization", name)),
        ),
        ("author", metadata.authors.iter().map(|name| named("Person", name)).collect()),
    ])
}

/// A day or a time with seconds, as ISO 8601 has it.
fn date(moment: Moment) -> String {
    edtf::point(moment)
}
