//! Raw input in, briefs out.

use std::fmt;
use std::io::{self, Read};

use dateline_model::Parsed;

/// One input: a name for it, what it is thought to be, and its bytes.
pub struct RawInput {
    /// The input's name, relative to what the user named.
    pub label: String,
    /// A media type or file extension, where one is known.
    pub hint: Option<String>,
    /// The bytes.
    pub reader: Box<dyn Read + Send>,
}

impl fmt::Debug for RawInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawInput").field("label", &self.label).finish_non_exhaustive()
    }
}

/// Tables of layout words, and the temporal lexicon.
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

/// What parse needs besides the input.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Tables of layout words.
    pub lexicon: &'a Lexicon,
    /// Tables of date expressions.
    pub timex: &'a dateline_timex::Lexicon,
    /// The most bytes that one brief may have.
    pub max_bytes: u64,
}

/// Why an input gives no brief.
#[derive(Debug)]
#[non_exhaustive]
pub enum ParseError {
    /// The bytes could not be read.
    Read(io::Error),
    /// There are none, or only white space.
    Empty,
    /// They are no text.
    Binary {
        /// The first byte that shows it.
        offset: u64,
    },
    /// There are too many.
    TooLarge {
        /// The most that are read.
        limit: u64,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ParseError {}

/// The briefs of one input.
pub fn parse<'a>(
    input: RawInput,
    context: Context<'a>,
) -> impl Iterator<Item = Result<Parsed, ParseError>> + 'a {
    let _ = (input, context);
    std::iter::empty()
}
