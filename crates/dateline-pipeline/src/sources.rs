//! What somebody knows of sources besides what they say themselves: it fills in or
//! corrects what was read.

use std::collections::BTreeMap;

use dateline_model::{Brief, CandidateKind, DateCandidate, Metadata, Moment};
use dateline_normalize::Given;

/// What is known, by the label of an input (`feed.xml`) or of a brief (`feed.xml#2`).
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: BTreeMap<String, Known>,
}

/// What is known of one source. What is not, is as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The day it speaks from.
    pub reference: Option<Moment>,
    /// What it would say of itself.
    pub metadata: Metadata,
}

impl Sources {
    /// Adds what is known of the source of this label; what was known of it before stands
    /// where this says nothing.
    pub fn insert(&mut self, label: String, known: Known) {
        let before = self.rows.remove(&label).unwrap_or_default();
        self.rows.insert(label, known.or(before));
    }

    /// What is known of the brief `label` of the input `input`. The days of an input are those
    /// of its first brief, and of each other that has none of its own: a post of a live page,
    /// an entry of a feed.
    pub(crate) fn of(&self, input: &str, label: &str) -> Part {
        let row = |label: &str| self.rows.get(label).cloned();
        let known = row(label).unwrap_or_default();
        if input == label {
            return Part { known, ..Part::default() };
        }
        let mut whole = row(input).unwrap_or_default();
        let (reference, published) = (whole.reference.take(), whole.metadata.published.take());
        Part { known: known.or(whole), reference, published }
    }

    /// All that is known of an input and its briefs, as one text.
    pub(crate) fn about(&self, input: &str) -> String {
        let rows = self.rows.range(input.to_string()..);
        let mut rows = rows.take_while(|(label, _)| label.starts_with(input)).peekable();
        if rows.peek().is_none() {
            String::new()
        } else {
            format!("{:?}", rows.collect::<Vec<_>>())
        }
    }
}

/// What is known of one brief.
#[derive(Debug, Default)]
pub(crate) struct Part {
    known: Known,
    /// The days of the input that it is a part of.
    reference: Option<Moment>,
    published: Option<Moment>,
}

impl Known {
    /// This, with what it lacks from `other`.
    fn or(self, other: Self) -> Self {
        let mut metadata = other.metadata;
        overwrite(&mut metadata, self.metadata);
        Self { reference: self.reference.or(other.reference), metadata }
    }
}

impl Part {
    /// The day to speak from, where `given` was given for all.
    pub(crate) fn given(&self, given: Given) -> Given {
        match (given, self.known.reference, self.reference) {
            (Given::Force(_), ..) | (_, None, None) => given,
            (_, Some(moment), _) => Given::Force(moment),
            (_, None, Some(moment)) => Given::FillIn(moment),
        }
    }

    /// Puts what is known into `brief`.
    pub(crate) fn correct(self, brief: &mut Brief) {
        let own = |one: &DateCandidate| {
            matches!(one.kind, CandidateKind::Stamp | CandidateKind::Metadata)
        };
        let unsaid = !brief.candidates.iter().any(own);
        let filled = self.published.filter(|_| unsaid);
        if let Some(moment) = self.known.metadata.published.or(filled) {
            brief.candidates.retain(|candidate| !own(candidate));
            let known = DateCandidate::new(CandidateKind::Metadata, None, moment);
            brief.candidates.insert(0, known);
            brief.metadata.published = Some(moment);
        }
        overwrite(&mut brief.metadata, self.known.metadata);
    }
}

/// Puts what `known` says in place of what `metadata` says.
fn overwrite(metadata: &mut Metadata, known: Metadata) {
    fn put<T>(slot: &mut Option<T>, known: Option<T>) {
        if known.is_some() {
            *slot = known;
        }
    }
    put(&mut metadata.title, known.title);
    put(&mut metadata.publisher, known.publisher);
    put(&mut metadata.url, known.url);
    put(&mut metadata.archive_url, known.archive_url);
    put(&mut metadata.published, known.published);
    put(&mut metadata.retrieved, known.retrieved);
    put(&mut metadata.licence, known.licence);
    if !known.authors.is_empty() {
        metadata.authors = known.authors;
    }
    metadata.other.extend(known.other);
}
