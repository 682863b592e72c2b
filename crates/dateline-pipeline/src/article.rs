//! Articles that come as one record each, already cleaned of their pages.

use dateline_model::Moment;
use dateline_text::TextRange;

/// An article to read.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// What it is called.
    pub id: String,
    /// The day or time it was published, where it is known.
    pub published: Option<Moment>,
    /// Its text.
    pub text: String,
    /// Its sentences, where they are known; else they are found.
    pub sentences: Vec<TextRange>,
    /// Words that tell an event, where they are known, with their ids.
    pub mentions: Vec<(String, TextRange)>,
}
