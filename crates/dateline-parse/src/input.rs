//! What comes in, and why it may give no brief. No path is known here: a label is
//! a name to show, and the bytes come from a reader.

use std::fmt;
use std::io::{self, Read};

use crate::Lexicon;

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
        match self {
            Self::Read(error) => write!(f, "the bytes could not be read: {error}"),
            Self::Empty => f.write_str("nothing in it but white space; give it a brief to read"),
            Self::Binary { offset } => {
                write!(f, "no text, as byte {offset} shows; save the page as text or HTML first")
            }
            Self::TooLarge { limit } => {
                write!(f, "more than {limit} bytes; split it, or raise the limit")
            }
        }
    }
}

impl std::error::Error for ParseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            _ => None,
        }
    }
}

/// The bytes of `input`, at most `max_bytes` of them.
pub(crate) fn read_all(input: RawInput, max_bytes: u64) -> Result<Vec<u8>, ParseError> {
    let mut bytes = Vec::new();
    // A range addresses four gibibytes, whatever the caller allows.
    let limit = max_bytes.min(u64::from(u32::MAX) / 4);
    let mut reader = input.reader.take(limit.saturating_add(1));
    reader.read_to_end(&mut bytes).map_err(ParseError::Read)?;
    if bytes.len() as u64 > limit {
        return Err(ParseError::TooLarge { limit });
    }
    Ok(bytes)
}
