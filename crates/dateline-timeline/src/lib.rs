//! Event mentions of many briefs in, one timeline out.

use dateline_model::{Failure, NormalizedBrief, Timeline};
use dateline_text::SourceId;

/// What build needs of one brief.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: SourceId,
    /// The input's name.
    pub label: String,
    /// SHA-256 of its raw bytes.
    pub sha256: String,
    /// What it tells.
    pub brief: NormalizedBrief,
}

/// How to build.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {}

/// The timeline of `entries`; their order does not matter.
pub fn build(entries: Vec<Entry>, failures: Vec<Failure>, options: &Options) -> Timeline {
    let _ = (entries, options);
    Timeline { failures, ..Timeline::default() }
}
