//! The formats by name: one row each for its file, what it is for, and what writes it.

use std::io::{self, Write};

use dateline_text::SourceId;

use crate::{
    Document, Loss, annotations, atom, csl, csv, geojson, html, ics, json, jsonfeed, jsonl, jsonld,
    markdown, markwhen, mermaid, timelinejs, timeml, vis,
};

/// A document that a timeline can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// `timeline.json`, with all there is (`dateline.timeline/1`).
    Json,
    /// `events.jsonl`, an event a line (`dateline.event/1`).
    Jsonl,
    /// `timeline.md` (CommonMark).
    Markdown,
    /// `index.html`, the page.
    Html,
    /// `timeline.csv` (RFC 4180).
    Csv,
    /// `timeline.ics` (iCalendar, RFC 5545 and 7986).
    ICalendar,
    /// `timelinejs.json` (TimelineJS 3).
    TimelineJs,
    /// `sources.csl.json` (Citation Style Language).
    Csl,
    /// `timeline.atom` (RFC 4287).
    Atom,
    /// `feed.json` (JSON Feed 1.1).
    JsonFeed,
    /// `timeline.jsonld` (schema.org).
    JsonLd,
    /// `timeline.geojson` (RFC 7946).
    GeoJson,
    /// `timeline.mw` (Markwhen).
    Markwhen,
    /// `timeline.mmd` (Mermaid).
    Mermaid,
    /// `vis-timeline.json`.
    Vis,
    /// `timeml/`, a document for each source (TimeML 1.2.1).
    TimeMl,
    /// `annotations.jsonld` (W3C Web Annotation).
    Annotations,
    /// `timeline.sqlite`.
    #[cfg(feature = "sqlite")]
    Sqlite,
}

/// A file of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, relative to the folder that is written to, with forward slashes.
    pub name: String,
    /// The one source it is about, where a format has a file for each.
    pub source: Option<SourceId>,
}

impl Format {
    /// All formats.
    pub const ALL: &[Self] = &[
        Self::Json,
        Self::Jsonl,
        Self::Markdown,
        Self::Html,
        Self::Csv,
        Self::ICalendar,
        Self::TimelineJs,
        Self::Csl,
        Self::Atom,
        Self::JsonFeed,
        Self::JsonLd,
        Self::GeoJson,
        Self::Markwhen,
        Self::Mermaid,
        Self::Vis,
        Self::TimeMl,
        Self::Annotations,
        #[cfg(feature = "sqlite")]
        Self::Sqlite,
    ];

    /// The name by which a user asks for it.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The file it is written to, or the folder of its files.
    pub fn file(self) -> &'static str {
        self.row().1
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("json", "timeline.json"),
            Self::Jsonl => ("jsonl", "events.jsonl"),
            Self::Markdown => ("md", "timeline.md"),
            Self::Html => ("html", "index.html"),
            Self::Csv => ("csv", "timeline.csv"),
            Self::ICalendar => ("ics", "timeline.ics"),
            Self::TimelineJs => ("timelinejs", "timelinejs.json"),
            Self::Csl => ("csl", "sources.csl.json"),
            Self::Atom => ("atom", "timeline.atom"),
            Self::JsonFeed => ("jsonfeed", "feed.json"),
            Self::JsonLd => ("jsonld", "timeline.jsonld"),
            Self::GeoJson => ("geojson", "timeline.geojson"),
            Self::Markwhen => ("markwhen", "timeline.mw"),
            Self::Mermaid => ("mermaid", "timeline.mmd"),
            Self::Vis => ("vis", "vis-timeline.json"),
            Self::TimeMl => ("timeml", "timeml"),
            Self::Annotations => ("annotations", "annotations.jsonld"),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => ("sqlite", "timeline.sqlite"),
        }
    }

    /// The files that `document` takes in this format.
    pub fn files(self, document: &Document<'_>) -> Vec<File> {
        match self {
            Self::TimeMl => document
                .timeline
                .sources
                .iter()
                .map(|source| File {
                    name: format!("{}/{}.tml", self.file(), source.id),
                    source: Some(source.id),
                })
                .collect(),
            _ => vec![File { name: self.file().to_string(), source: None }],
        }
    }

    /// Writes one of its files; answers what it could not carry.
    pub fn write(
        self,
        file: &File,
        document: &Document<'_>,
        sink: &mut impl Write,
    ) -> io::Result<Vec<Loss>> {
        match self {
            Self::Json => json::write(document, sink),
            Self::Jsonl => jsonl::write(document, sink),
            Self::Markdown => markdown::write(document, sink),
            Self::Html => html::write(document, sink),
            Self::Csv => csv::write(document, sink),
            Self::ICalendar => ics::write(document, sink),
            Self::TimelineJs => timelinejs::write(document, sink),
            Self::Csl => csl::write(document, sink),
            Self::Atom => atom::write(document, sink),
            Self::JsonFeed => jsonfeed::write(document, sink),
            Self::JsonLd => jsonld::write(document, sink),
            Self::GeoJson => geojson::write(document, sink),
            Self::Markwhen => markwhen::write(document, sink),
            Self::Mermaid => mermaid::write(document, sink),
            Self::Vis => vis::write(document, sink),
            Self::TimeMl => timeml::write(document, file.source, sink),
            Self::Annotations => annotations::write(document, sink),
            #[cfg(feature = "sqlite")]
            Self::Sqlite => crate::sqlite::write(document, sink),
        }
    }
}
