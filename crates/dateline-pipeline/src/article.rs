//! Articles: a text with its day, from a record that is already clean of its page or from a
//! brief.

use dateline_model::Moment;
use dateline_text::TextRange;

use crate::Read;

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

impl From<Read> for Article {
    /// The text is all of the input's, its sentences those of its prose.
    fn from(read: Read) -> Self {
        Self {
            published: read.moment(),
            sentences: read.sentences(),
            text: read.source.text().to_string(),
            id: read.label,
            mentions: Vec::new(),
        }
    }
}
