//! A brief in, its dates, names and event mentions out.

use dateline_model::{Brief, Moment, NormalizedBrief};
use dateline_text::Source;

/// Tables of names, roles, places, triggers and topics.
#[derive(Debug)]
pub struct Lexicon {}

impl Lexicon {
    /// The tables for English.
    pub fn english() -> Self {
        Self {}
    }

    /// A hash of the tables.
    pub fn hash(&self) -> u64 {
        0
    }
}

/// What normalize needs besides the brief.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Tables of names and triggers.
    pub lexicon: &'a Lexicon,
    /// Tables of date expressions.
    pub timex: &'a dateline_timex::Lexicon,
    /// A day the user gave, and how strongly.
    pub given: Given,
}

/// A reference date given by the user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// None.
    #[default]
    No,
    /// It fills in where a page prints none.
    FillIn(Moment),
    /// It overrides what the page prints.
    Force(Moment),
}

/// Finds what `brief` of `source` tells.
pub fn normalize(source: &Source, brief: Brief, context: Context<'_>) -> NormalizedBrief {
    let _ = (source, context);
    NormalizedBrief { blocks: brief.blocks, ..NormalizedBrief::default() }
}
