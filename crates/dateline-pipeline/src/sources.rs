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

    /// What is known of the brief `label` of the input `input`.
    pub fn of(&self, input: &str, label: &str) -> Known {
        let row = |label: &str| self.rows.get(label).cloned();
        let known = row(label).unwrap_or_default();
        if input == label { known } else { known.or(row(input).unwrap_or_default()) }
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

impl Known {
    /// This, with what it lacks from `other`.
    fn or(self, other: Self) -> Self {
        let mut metadata = other.metadata;
        overwrite(&mut metadata, self.metadata);
        Self { reference: self.reference.or(other.reference), metadata }
    }

    /// The day to speak from, where `given` was given for all.
    pub(crate) fn given(&self, given: Given) -> Given {
        match (given, self.reference) {
            (Given::Force(_), _) | (_, None) => given,
            (_, Some(moment)) => Given::Force(moment),
        }
    }

    /// Puts what is known into `brief`.
    pub(crate) fn correct(self, brief: &mut Brief) {
        if let Some(moment) = self.metadata.published {
            let other = |kind| !matches!(kind, CandidateKind::Stamp | CandidateKind::Metadata);
            brief.candidates.retain(|candidate| other(candidate.kind));
            let known = DateCandidate::new(CandidateKind::Metadata, None, moment);
            brief.candidates.insert(0, known);
        }
        overwrite(&mut brief.metadata, self.metadata);
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
