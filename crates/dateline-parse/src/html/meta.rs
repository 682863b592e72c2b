//! What a page says of itself in its markup: title, publisher, address, and the dates of
//! publication and change. Only the plain forms are read here.

use dateline_model::{CandidateKind, DateCandidate, Metadata, Moment};

use super::entity;
use super::token::attribute;
use crate::stamp::iso_moment;

/// What was found so far.
#[derive(Default)]
pub(super) struct Page {
    metadata: Metadata,
    published: Vec<Moment>,
    modified: Vec<Moment>,
    timed: Option<Moment>,
}

impl Page {
    /// The content of `script` or `title`.
    pub fn raw(&mut self, name: &str, attributes: &str, content: &str) {
        match name {
            "title" if self.metadata.title.is_none() => {
                let title = entity::resolve(content);
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                self.metadata.title = Some(title).filter(|title| !title.is_empty());
            }
            "script" if attributes.contains("ld+json") => {
                self.published.extend(json_moment(content, "\"datePublished\""));
                self.modified.extend(json_moment(content, "\"dateModified\""));
            }
            _ => {}
        }
    }

    /// A `meta`, `link` or `time` element.
    pub fn element(&mut self, name: &str, attributes: &str) {
        match name {
            "meta" => self.meta(attributes),
            "link" if attribute(attributes, "rel") == Some("canonical") => {
                self.metadata.url = attribute(attributes, "href").map(entity::resolve);
            }
            "time" if self.timed.is_none() => {
                self.timed = attribute(attributes, "datetime").and_then(iso_moment);
            }
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &str) {
        let keys = ["property", "name", "itemprop"];
        let Some(key) = keys.iter().find_map(|key| attribute(attributes, key)) else { return };
        let Some(content) = attribute(attributes, "content").map(entity::resolve) else { return };
        let fill = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(content.clone());
            }
        };
        match key.to_ascii_lowercase().as_str() {
            "article:published_time" | "datepublished" | "og:published_time" | "pubdate" => {
                self.published.extend(iso_moment(&content));
            }
            "article:modified_time" | "datemodified" | "og:updated_time" | "lastmod" => {
                self.modified.extend(iso_moment(&content));
            }
            "og:site_name" => fill(&mut self.metadata.publisher),
            "og:url" => fill(&mut self.metadata.url),
            "author" | "article:author" if !content.starts_with("http") => {
                self.metadata.authors.push(content);
            }
            _ => {}
        }
    }

    /// The metadata and the candidates.
    pub fn finish(mut self) -> (Metadata, Vec<DateCandidate>) {
        self.metadata.published = self.published.first().copied();
        let published = self.published.first().copied().or(self.timed);
        let candidate = |kind: CandidateKind| {
            move |moment: Moment| DateCandidate {
                kind,
                range: None,
                moment,
                year_implied: false,
                alternative: None,
                place: None,
            }
        };
        let published = published.map(candidate(CandidateKind::Metadata));
        let modified = self.modified.first().copied().map(candidate(CandidateKind::Modified));
        (self.metadata, published.into_iter().chain(modified).collect())
    }
}

/// The moment behind `key` in JSON, where it is a plain string.
fn json_moment(json: &str, key: &str) -> Option<Moment> {
    let (_, rest) = json.split_once(key)?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    iso_moment(rest.split('"').next()?)
}
