//! Line and column of many places. A page may be one line of fifty megabytes with ten
//! thousand citations: counting its characters from the start each time would be
//! quadratic, so counts are kept at every few kilobytes.

use std::collections::BTreeMap;

use dateline_model::{SourceStore, Timeline};
use dateline_text::SourceId;

/// Bytes between two counts.
const STEP: usize = 4096;

/// Where the lines of each source start, and how many characters stand before.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    sources: BTreeMap<SourceId, Index<'a>>,
    labels: BTreeMap<SourceId, &'a str>,
}

#[derive(Debug)]
struct Index<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Characters before each multiple of [`STEP`].
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Indexes the sources of `timeline`.
    pub(crate) fn new(timeline: &'a Timeline, store: &'a SourceStore) -> Self {
        let known = timeline.sources.iter().filter_map(|source| store.get(source.id));
        Self {
            sources: known.map(|source| (source.id(), Index::new(source.text()))).collect(),
            labels: timeline.sources.iter().map(|one| (one.id, one.label.as_str())).collect(),
        }
    }

    /// Line and column of a byte, counted from 1; 0 where the source is not there.
    pub(crate) fn line_column(&self, id: SourceId, offset: u32) -> (u32, u32) {
        self.sources.get(&id).map_or((0, 0), |index| index.line_column(offset as usize))
    }

    /// Characters before a byte; 0 where the source is not there.
    pub(crate) fn characters(&self, id: SourceId, offset: u32) -> usize {
        self.sources.get(&id).map_or(0, |index| index.before(offset as usize))
    }

    /// The label of a source; empty where it is not there.
    pub(crate) fn label(&self, id: SourceId) -> &'a str {
        self.labels.get(&id).copied().unwrap_or("")
    }

    /// Line of a byte, counted from 1.
    pub(crate) fn line(&self, id: SourceId, offset: u32) -> u32 {
        self.sources.get(&id).map_or(0, |index| index.line(offset as usize) as u32)
    }
}

impl<'a> Index<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        let steps = text.as_bytes().chunks(STEP).scan(0, |sum, chunk| {
            *sum += chars(chunk);
            Some(*sum)
        });
        let counts = std::iter::once(0).chain(steps).collect();
        Self { text, starts, counts }
    }

    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn line_column(&self, offset: usize) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.before(offset).saturating_sub(self.before(start)) + 1;
        (line as u32, column as u32)
    }

    /// Characters before the byte at `offset`.
    fn before(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let step = offset / STEP;
        let rest = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.counts.get(step).copied().unwrap_or(0) + chars(rest)
    }
}

/// Characters that start in these bytes of UTF-8.
fn chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
