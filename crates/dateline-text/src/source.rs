//! The text of one brief as read, and the map from it back to the raw bytes.
//! A source is an opaque id, not a path: nothing here can open anything.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::range::TextRange;

/// A half-open range of bytes of the raw input.
pub type RawRange = Range<u64>;

/// Names a source: a hash of its raw content, and which of several inputs with the
/// same content it is (1 for the first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId {
    hash: u64,
    occurrence: u32,
}

impl SourceId {
    /// The id of `content`, first occurrence.
    pub fn of(content: &[u8]) -> Self {
        Self { hash: short_hash(content), occurrence: 1 }
    }

    /// The same content, `occurrence`-th time (counted from 1).
    #[must_use]
    pub fn with_occurrence(self, occurrence: u32) -> Self {
        Self { occurrence: occurrence.max(1), ..self }
    }

    /// The hash of the content alone.
    pub fn content_hash(self) -> u64 {
        self.hash
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{:016x}", self.hash)?;
        if self.occurrence > 1 { write!(f, "-{}", self.occurrence) } else { Ok(()) }
    }
}

impl FromStr for SourceId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "not a source id (s and 16 hexadecimal digits)";
        let rest = text.strip_prefix('s').ok_or(WRONG)?;
        let (hash, occurrence) = rest.split_once('-').unwrap_or((rest, "1"));
        let hash = u64::from_str_radix(hash, 16).map_err(|_| WRONG)?;
        Ok(Self { hash, occurrence: occurrence.parse().map_err(|_| WRONG)? })
    }
}

impl TryFrom<String> for SourceId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> Self {
        id.to_string()
    }
}

/// The first 64 bits of the SHA-256 of `bytes`, big-endian.
pub fn short_hash(bytes: &[u8]) -> u64 {
    first_bits(&sha256(bytes))
}

fn first_bits(digest: &[u8]) -> u64 {
    digest.iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hexadecimal(&sha256(bytes))
}

/// A stretch of text and the raw bytes it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The stretch of text, in UTF-8 bytes.
    pub text: TextRange,
    /// The raw bytes.
    pub raw: RawRange,
    /// Whether text and raw bytes are the same, byte for byte, so that a part of one
    /// maps to a part of the other. Otherwise only the whole maps to the whole.
    pub verbatim: bool,
}

/// The text of one brief as read: entities, charset and inline tags resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    id: SourceId,
    sha256: String,
    text: Arc<str>,
    segments: Vec<Segment>,
}

impl Source {
    /// A source whose raw bytes are `text` itself.
    pub fn from_utf8(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let (id, sha256) = (SourceId::of(text.as_bytes()), sha256_hex(text.as_bytes()));
        let all = whole(&text);
        let raw = 0..u64::from(all.end());
        Self { id, sha256, text, segments: vec![Segment { text: all, raw, verbatim: true }] }
    }

    /// The id.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// The same source under another id, for a second input of the same content.
    #[must_use]
    pub fn with_id(self, id: SourceId) -> Self {
        Self { id, ..self }
    }

    /// SHA-256 of the raw content, lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The range of the whole text.
    pub fn range(&self) -> TextRange {
        whole(&self.text)
    }

    /// The words at `range`; `None` where it leaves the text or cuts a character.
    pub fn slice(&self, range: TextRange) -> Option<&str> {
        range.slice(&self.text)
    }

    /// The part of it at `range`, with its map, as a source named by the hash of its words;
    /// `None` where the range leaves the text or cuts a character.
    pub fn part(&self, range: TextRange) -> Option<Self> {
        let words = self.slice(range)?;
        let segments = self.within(range).filter_map(|segment| {
            let Segment { text, raw, verbatim } = segment;
            let (from, to) = (text.start() - range.start(), text.end() - range.start());
            Some(Segment { text: TextRange::new(from, to)?, raw, verbatim })
        });
        let builder = SourceBuilder { text: words.to_string(), segments: segments.collect() };
        Some(builder.finish(words.as_bytes()))
    }

    /// The map to the raw bytes, in order of the text.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The raw bytes behind `range`, neighbouring pieces joined. A piece that is not
    /// verbatim (an entity, a character of another charset) maps whole. Text that was
    /// put in by the reader (a line break between two blocks) maps to nothing.
    pub fn to_raw(&self, range: TextRange) -> Vec<RawRange> {
        let mut out: Vec<RawRange> = Vec::new();
        for Segment { raw, .. } in self.within(range) {
            match out.last_mut() {
                Some(last) if last.end == raw.start => last.end = raw.end,
                Some(last) if *last == raw => {}
                _ => out.push(raw),
            }
        }
        out
    }

    /// The map of the words at `range`: a piece that is verbatim is cut to it, any other
    /// stands whole for its part.
    fn within(&self, range: TextRange) -> impl Iterator<Item = Segment> {
        let first = self.segments.partition_point(|segment| segment.text.end() <= range.start());
        let near = self.segments.iter().skip(first);
        let near = near.take_while(move |segment| segment.text.start() < range.end());
        near.filter_map(move |segment| {
            let text = segment.text.intersect(range).filter(|part| !part.is_empty())?;
            let raw = if segment.verbatim {
                let start = segment.raw.start + u64::from(text.start() - segment.text.start());
                start..start + u64::from(text.len())
            } else {
                segment.raw.clone()
            };
            Some(Segment { text, raw, verbatim: segment.verbatim })
        })
    }
}

fn whole(text: &str) -> TextRange {
    // A `SourceBuilder` never grows past what a range can address; a longer text given
    // whole is addressed as far as a range reaches.
    TextRange::empty(0).cover(TextRange::empty(u32::try_from(text.len()).unwrap_or(u32::MAX)))
}

/// Builds a [`Source`] piece by piece, keeping the map.
#[derive(Debug, Default)]
pub struct SourceBuilder {
    text: String,
    segments: Vec<Segment>,
}

impl SourceBuilder {
    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length of the text so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds words that stand in the raw bytes as they are, from `raw_start` on.
    pub fn verbatim(&mut self, words: &str, raw_start: u64) {
        let raw = raw_start..raw_start + words.len() as u64;
        if let Some(text) = self.push(words) {
            let last = self.segments.last_mut().filter(|last| {
                last.verbatim && last.raw.end == raw.start && last.text.end() == text.start()
            });
            if let Some(last) = last {
                last.text = last.text.cover(text);
                last.raw.end = raw.end;
                return;
            }
            self.segments.push(Segment { text, raw, verbatim: true });
        }
    }

    /// Adds words that stand for other raw bytes (an entity, another charset).
    pub fn replaced(&mut self, words: &str, raw: RawRange) {
        if let Some(text) = self.push(words) {
            self.segments.push(Segment { text, raw, verbatim: false });
        }
    }

    /// Adds words that stand for nothing in the raw bytes (a break between blocks).
    pub fn inserted(&mut self, words: &str) {
        self.push(words);
    }

    /// Adds all of `other` with its map; answers where it starts, `None` where a range
    /// cannot reach that far.
    pub fn append(&mut self, other: Self) -> Option<u32> {
        let start = self.push(&other.text).map(TextRange::start)?;
        let moved = other
            .segments
            .into_iter()
            .filter_map(|segment| Some(Segment { text: segment.text.shift(start)?, ..segment }));
        self.segments.extend(moved);
        Some(start)
    }

    fn push(&mut self, words: &str) -> Option<TextRange> {
        let start = self.text.len();
        let range = TextRange::at(start, start + words.len()).filter(|range| !range.is_empty())?;
        self.text.push_str(words);
        Some(range)
    }

    /// The source, named by the hash of `content`, its raw bytes.
    pub fn finish(self, content: &[u8]) -> Source {
        let digest = sha256(content);
        Source {
            id: SourceId { hash: first_bits(&digest), occurrence: 1 },
            sha256: hexadecimal(&digest),
            text: self.text.into(),
            segments: self.segments,
        }
    }
}
