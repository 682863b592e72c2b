//! A timeline in, documents out: one module a format. Nothing is decided here; what is
//! selected was selected before. Words are sliced and lines counted at write time, and
//! everything is escaped for its format.
//!
//! | module | document |
//! |---|---|
//! | [`mod@format`] | the formats of a timeline by name, with their files |
//! | [`json`], [`jsonl`] | `timeline.json` (`dateline.timeline/1`), `events.jsonl` (`dateline.event/1`) |
//! | [`markdown`], [`html`] | to read: as text, as one page that works from disk |
//! | [`csv`], `sqlite` | for spreadsheets and databases; the table reads back |
//! | [`ics`] | for calendars (iCalendar) |
//! | [`timelinejs`], [`vis`], [`markwhen`], [`mermaid`] | for programs that draw timelines |
//! | [`geojson`] | for maps |
//! | [`atom`], [`jsonfeed`] | for feed readers |
//! | [`jsonld`] | for search engines and triple stores (schema.org) |
//! | [`csl`] | the sources, for reference managers |
//! | [`annotations`], [`timeml`] | the words: W3C Web Annotation, TimeML |
//! | [`table`] | the timeline as a short table for a terminal |
//! | [`briefs`] | what was read of an input (`dateline.parse/1`) |
//! | [`tags`] | date expressions (`dateline.tag/1`), text with carets, TimeML |
//! | [`clusters`] | which articles tell one story (`dateline.clusters/1`) |
//! | [`decisions`] | what a person decided (`dateline.decisions/1`), read too |
//! | [`digest`] | the days of a topic (`dateline.digest/1`) |
//! | [`explain`] | source lines with carets under the words, and why |
//! | [`schema`] | JSON Schemas of the contracts |
//! | [`edtf`] | dates as EDTF (ISO 8601-2:2019) |
//!
//! ```
//! use dateline_export::{Document, Header, json};
//! use dateline_model::{SourceStore, Timeline};
//!
//! let (timeline, store, header) = (Timeline::default(), SourceStore::default(), Header::default());
//! let document = Document::new(&timeline, &store, &header);
//! let mut out = Vec::new();
//! let lost = json::write(&document, &mut out).unwrap();
//! assert!(lost.is_empty(), "JSON carries all");
//! let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
//! assert_eq!(document["schema"], "dateline.timeline/1");
//! assert_eq!(document["account"]["sentences"], 0);
//! ```

use std::collections::BTreeMap;

use dateline_text::{SourceId, TextRange};

pub mod annotations;
pub mod atom;
pub mod briefs;
pub mod clusters;
mod context;
pub mod csl;
pub mod csv;
pub mod decisions;
pub mod digest;
mod document;
pub mod edtf;
pub mod explain;
mod feed;
pub mod format;
pub mod geojson;
pub mod html;
pub mod ics;
mod id;
pub mod json;
pub mod jsonfeed;
pub mod jsonl;
pub mod jsonld;
mod loss;
pub mod markdown;
pub mod markwhen;
pub mod mermaid;
mod place;
pub mod schema;
mod span;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod table;
pub mod tags;
pub mod timelinejs;
pub mod timeml;
pub mod vis;
mod words;

#[cfg(test)]
mod tests;

pub use document::Document;
pub use format::Format;
pub use loss::Loss;

/// What every document says of how it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Name and version of the program.
    pub generator: String,
    /// Hash of all tables, in hexadecimal.
    pub lexicon: String,
    /// The options that matter to the result, by name.
    pub options: BTreeMap<String, String>,
    /// What the timeline is called; "Timeline" without it.
    pub title: Option<String>,
    /// The language of what a reader is told around the words of the sources (BCP 47); "en"
    /// without it.
    pub language: Option<String>,
    /// Whether cells of a table that a spreadsheet would take for a formula begin with an
    /// apostrophe.
    pub guard_formulas: bool,
    /// Passages that no document may show as the context of others. What is in the list is
    /// decided before export.
    pub hidden: Vec<(SourceId, TextRange)>,
}

/// How a JSON document of something built begins.
#[derive(serde::Serialize)]
struct About<'a> {
    schema: &'static str,
    generator: &'a str,
    lexicon: &'a str,
    options: &'a BTreeMap<String, String>,
}

impl Header {
    /// What the timeline is called.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("Timeline")
    }

    /// The language of a document (BCP 47).
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// The beginning of a document of this contract.
    fn about(&self, schema: &'static str) -> About<'_> {
        let Self { generator, lexicon, options, .. } = self;
        About { schema, generator, lexicon, options }
    }
}
