//! `timeline.geojson`: the events that have a place on the map (RFC 7946), a feature each.
//! What has none stays out, and is told.

use std::io::{self, Write};

use dateline_model::{Event, Moment};
use serde::Serialize;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, edtf, words};

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    /// A foreign member (section 6.1).
    dateline: &'static str,
    generator: &'a str,
    features: Vec<Feature>,
}

#[derive(Serialize)]
struct Feature {
    r#type: &'static str,
    id: String,
    geometry: Geometry,
    properties: Properties,
}

/// Longitude before latitude, in degrees of WGS 84 (section 4).
#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    MultiPoint(Vec<[f64; 2]>),
}

#[derive(Serialize)]
struct Properties {
    title: String,
    summary: String,
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
    when: String,
    kind: &'static str,
    who: Vec<String>,
    places: Vec<String>,
    sources: u32,
    conflict: bool,
}

/// Writes the map.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, header, .. } = *document;
    let map = Collection {
        r#type: "FeatureCollection",
        dateline: SCHEMA,
        generator: &header.generator,
        features: timeline.events.iter().filter_map(|event| feature(event, document)).collect(),
    };
    serde_json::to_writer_pretty(&mut *sink, &map)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.events("without coordinates and left out", document, |event| points(event).is_empty());
    lost.events("citations left out", document, |event| !points(event).is_empty());
    lost.all_but_events(document);
    Ok(lost.list())
}

fn points(event: &Event) -> Vec<[f64; 2]> {
    let all = event.places.iter().filter_map(|place| place.coordinates);
    all.map(|(lat, lon)| [f64::from(lon) / 1e6, f64::from(lat) / 1e6]).collect()
}

fn feature(event: &Event, document: &Document<'_>) -> Option<Feature> {
    let points = points(event);
    let geometry = match points.as_slice() {
        [] => return None,
        [one] => Geometry::Point(*one),
        _ => Geometry::MultiPoint(points),
    };
    let (who, places) = words::names(event);
    let interval = event.when.interval;
    Some(Feature {
        r#type: "Feature",
        id: event.id.to_string(),
        geometry,
        properties: Properties {
            title: words::title(document.store, event),
            summary: words::summary(document.store, event),
            edtf: edtf::write(interval, event.when.approximate),
            earliest: interval.earliest(),
            latest: interval.latest(),
            when: words::dated(event),
            kind: event.kind.name(),
            who,
            places,
            sources: event.corroboration.sources,
            conflict: !event.conflicts.is_empty(),
        },
    })
}
