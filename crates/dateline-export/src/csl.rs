//! `sources.csl.json`: the sources as a bibliography (Citation Style Language 1.0.2, JSON),
//! for reference managers.

use std::io::{self, Write};

use dateline_model::{Moment, SourceInfo};
use serde::Serialize;

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, words};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item {
    custom: About,
    id: String,
    r#type: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Date>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(rename = "archive_location", skip_serializing_if = "Option::is_none")]
    archive_location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    note: String,
}

/// Where the schema of CSL leaves room for what is not its own.
#[derive(Serialize)]
struct About {
    dateline: &'static str,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Date {
    date_parts: [[i16; 3]; 1],
}

/// Writes the sources of the timeline.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let timeline = document.timeline;
    let items: Vec<Item> = timeline.sources.iter().map(item).collect();
    serde_json::to_writer_pretty(&mut *sink, &items)?;
    sink.write_all(b"\n")?;
    let mut lost = Losses::default();
    lost.note("left out", timeline.events.len(), "events");
    lost.all_but_events(document);
    Ok(lost.list())
}

fn item(source: &SourceInfo) -> Item {
    let metadata = &source.metadata;
    let words = |words: &String| Some(words::shown(words)).filter(|words| !words.is_empty());
    let publisher = metadata.publisher.as_ref().and_then(words);
    let url = metadata.url.as_deref().and_then(words::web).map(str::to_string);
    let mut note = format!("SHA-256 {}", source.sha256);
    if let Some(licence) = metadata.licence.as_ref().and_then(words) {
        note += &format!("; {licence}");
    }
    Item {
        custom: About { dateline: SCHEMA },
        id: source.id.to_string(),
        r#type: match (&publisher, &url) {
            (Some(_), _) => "article-newspaper",
            (None, Some(_)) => "webpage",
            (None, None) => "document",
        },
        title: metadata
            .title
            .as_ref()
            .and_then(words)
            .unwrap_or_else(|| words::shown(&source.label)),
        author: metadata.authors.iter().filter_map(words).map(|literal| Name { literal }).collect(),
        container_title: publisher,
        issued: source.published.map(date),
        accessed: metadata.retrieved.map(date),
        url,
        archive_location: metadata.archive_url.as_deref().and_then(words::web).map(str::to_string),
        language: source.language.clone(),
        note,
    }
}

fn date(moment: Moment) -> Date {
    let day = moment.day();
    Date { date_parts: [[day.year(), i16::from(day.month()), i16::from(day.day())]] }
}
