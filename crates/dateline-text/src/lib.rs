//! Source text and the ranges that point into it.
//!
//! | module | what |
//! |---|---|
//! | [`fold`] | the form under which words are compared |
//! | [`range`] | [`TextRange`], a half-open range of UTF-8 bytes |
//! | [`source`] | [`Source`], the text of one brief and its map to raw bytes |
//! | [`lines`] | [`LineIndex`], line and column for display |
//! | [`sentence`] | sentence ranges within a stretch of prose |
//! | [`words`] | words, numbers and marks as ranges |
//! | [`table`] | tab-separated tables, the form in which all rules are kept |
//!
//! This crate knows language (lines, sentences, the tables of both). It does not
//! know news, dates or paths. A slice off a character boundary is `None`, never a
//! panic.
//!
//! ```
//! use dateline_text::{SentenceRules, Source, TextRange};
//!
//! let source = Source::from_utf8("They met on Jan. 15. Nobody signed.");
//! let rules = SentenceRules::english();
//! let sentences = rules.split(source.text(), source.range());
//! assert_eq!(source.slice(sentences[0]), Some("They met on Jan. 15."));
//! assert_eq!(source.slice(sentences[1]), Some("Nobody signed."));
//! assert_eq!(source.to_raw(sentences[1]), [21..35]);
//! ```

pub mod fold;
pub mod lines;
pub mod range;
pub mod sentence;
pub mod source;
pub mod table;
pub mod words;

pub use lines::LineIndex;
pub use range::{Ranged, TextRange};
pub use sentence::SentenceRules;
pub use source::{RawRange, Segment, Source, SourceBuilder, SourceId};
pub use table::LexiconError;

#[cfg(test)]
mod tests;
