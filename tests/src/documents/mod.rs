//! What holds for every document of a timeline, checked strictly: programs that read them
//! forgive, or worse, misread. Each check reads the document anew, by the rules of its format.

mod drawings;
mod edtf;
mod ics;
mod json;
mod page;
mod table;

use dateline_export::{Document, Format};
use serde_json::Value;

/// Checks every document that can be written, by the rules of its format and against
/// `timeline.json`.
pub fn check(document: &Document<'_>) {
    let write = |format: Format| {
        let mut out = Vec::new();
        for file in format.files(document) {
            format.write(&file, document, &mut out).expect("memory can be written to");
        }
        out
    };
    let text = |format| String::from_utf8(write(format)).expect("documents are UTF-8");
    let whole: Value = serde_json::from_slice(&write(Format::Json)).expect("it is JSON");
    edtf::check_all(&whole);
    let events = &whole["events"];
    for format in Format::ALL {
        match format {
            Format::Json => {}
            Format::Jsonl => json::lines(&text(*format), events),
            Format::Html => page::html(&text(*format), events),
            Format::Markdown => page::markdown(&text(*format), events),
            Format::Csv => table::check(&write(*format), events),
            Format::ICalendar => ics::check(&write(*format), events),
            Format::TimelineJs => json::timelinejs(&text(*format), events),
            Format::Vis => json::vis(&text(*format), events),
            Format::GeoJson => json::geojson(&text(*format), events),
            Format::JsonFeed => json::feed(&text(*format), events),
            Format::JsonLd => json::linked(&text(*format), events),
            Format::Annotations => json::annotations(&text(*format), events),
            Format::Csl => json::bibliography(&text(*format), &whole["sources"]),
            Format::Markwhen => drawings::markwhen(&text(*format), events),
            Format::Mermaid => drawings::mermaid(&text(*format), events),
            Format::Atom => page::atom(&text(*format), events),
            Format::TimeMl => page::timeml(&text(*format)),
            // A database is checked by its own constraints, as it is written.
            _ => drop(write(*format)),
        }
    }
}

/// The items of a list.
fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text that must be there.
fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Whether `day` is a day of the calendar, `YYYY-MM-DD`.
fn is_day(day: &str) -> bool {
    day.len() == 10 && matches!(day.parse(), Ok(dateline_model::Moment::Day(_)))
}

/// Fails where two are the same.
fn unique<'a>(what: &str, ids: impl IntoIterator<Item = &'a str>) {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id), "{what} `{id}` stands twice");
    }
}

/// The titles of the events that have bounds or a place in time.
fn placed(events: &Value) -> impl Iterator<Item = &Value> {
    let known = |event: &&Value| {
        let when = &event["when"];
        ["earliest", "latest", "placed"].iter().any(|name| !when[name].is_null())
    };
    list(events).iter().filter(known)
}
