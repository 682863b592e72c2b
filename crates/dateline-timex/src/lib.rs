//! Finds dates, times, durations and sets in text and says what they mean.

use dateline_model::{Moment, Timex};
pub use dateline_text::LexiconError;
use dateline_text::TextRange;

/// Tables compiled for tagging.
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

/// What a date expression is read against.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Context {
    /// The day or time the text speaks from.
    pub reference: Option<Moment>,
}

/// The date expressions of `text`.
pub fn tag(text: &str, context: &Context, lexicon: &Lexicon) -> Vec<Timex> {
    let _ = (text, context, lexicon);
    Vec::new()
}

/// The date expressions of the given stretches of `text` (in order, not overlapping).
/// No expression crosses from one stretch to the next.
pub fn tag_within(
    text: &str,
    stretches: &[TextRange],
    context: &Context,
    lexicon: &Lexicon,
) -> Vec<Timex> {
    let _ = (text, stretches, context, lexicon);
    Vec::new()
}
