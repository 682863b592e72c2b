//! The texts that ranges point into. Stages after normalize hold ranges only; export
//! slices here, at write time.

use std::collections::BTreeMap;

use dateline_text::source::RawRange;
use dateline_text::{LineIndex, Source, SourceId, TextRange};

/// Sources by id, with their line starts.
#[derive(Clone, Debug, Default)]
pub struct SourceStore {
    sources: BTreeMap<SourceId, (Source, LineIndex)>,
}

impl SourceStore {
    /// Adds a source under its own id.
    pub fn insert(&mut self, source: Source) {
        let lines = LineIndex::new(source.text());
        self.sources.insert(source.id(), (source, lines));
    }

    /// The source of this id.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(&id).map(|(source, _)| source)
    }

    /// The words at `range` of source `id`.
    pub fn slice(&self, id: SourceId, range: TextRange) -> Option<&str> {
        self.get(id)?.slice(range)
    }

    /// Line and column of a byte, counted from 1.
    pub fn line_column(&self, id: SourceId, offset: u32) -> Option<(u32, u32)> {
        let (source, lines) = self.sources.get(&id)?;
        Some(lines.line_column(source.text(), offset))
    }

    /// The raw bytes behind `range` of source `id`.
    pub fn to_raw(&self, id: SourceId, range: TextRange) -> Vec<RawRange> {
        self.get(id).map(|source| source.to_raw(range)).unwrap_or_default()
    }
}
