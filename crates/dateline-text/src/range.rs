//! A half-open range of UTF-8 bytes. It knows no text: whether its ends lie on
//! characters is for the text it is applied to.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range `start..end` of UTF-8 bytes, `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range `start..end`, or `None` where `start > end`.
    pub const fn new(start: u32, end: u32) -> Option<Self> {
        if start <= end { Some(Self { start, end }) } else { None }
    }

    /// The range of `start..end` given as machine words, or `None` where they are
    /// out of order or past the four gibibytes that a range can address.
    pub fn at(start: usize, end: usize) -> Option<Self> {
        Self::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)
    }

    /// The empty range at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range as machine words, for slicing.
    pub fn as_usize(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies inside (ends may touch).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn contains_offset(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes that both hold, or `None` where they share none and do not touch.
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The range moved right by `offset` bytes, or `None` past four gibibytes.
    pub fn shift(self, offset: u32) -> Option<Self> {
        Self::new(self.start.checked_add(offset)?, self.end.checked_add(offset)?)
    }

    /// The words of `text` in this range; `None` where it leaves the text or cuts a
    /// character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.as_usize())
    }

    /// The range without the white space at both its ends; unchanged where it does
    /// not fit `text`.
    pub fn trim(self, text: &str) -> Self {
        let Some(words) = self.slice(text) else { return self };
        let start = words.len() - words.trim_start().len();
        let inner = words.trim().len();
        // Both counts are at most the length of a range that fits in `u32`.
        Self { start: self.start + start as u32, end: self.start + (start + inner) as u32 }
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl TryFrom<(u32, u32)> for TextRange {
    type Error = &'static str;

    fn try_from((start, end): (u32, u32)) -> Result<Self, Self::Error> {
        Self::new(start, end).ok_or("a range ends before it starts")
    }
}

impl From<TextRange> for (u32, u32) {
    fn from(range: TextRange) -> Self {
        (range.start, range.end)
    }
}

/// A value that stands at a range of its source.
pub trait Ranged {
    /// Where it stands, in UTF-8 bytes.
    fn range(&self) -> TextRange;
}
