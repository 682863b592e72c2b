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
    /// How much is read.
    pub limits: Limits,
}

/// How much is read of an input before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The most bytes that one document may have: a page, a feed, a message, a member of
    /// an archive. An archive that is read as a stream may be longer.
    pub max_bytes: u64,
    /// How many times its own size an input may unpack to, beyond the first mebibyte.
    pub max_ratio: u64,
    /// How many archives may lie within each other.
    pub max_depth: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20, max_ratio: 250, max_depth: 3 }
    }
}

/// Why an input, or a part of it, gives no brief.
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
    /// They unpack to too many.
    TooDense {
        /// How many times its size an input may unpack to.
        limit: u64,
    },
    /// Archives lie too deep within each other.
    TooDeep {
        /// How deep they may.
        limit: u32,
    },
    /// The form is known, but the bytes are not what it says.
    Broken {
        /// Where, in bytes of the input or of what was unpacked from it.
        offset: u64,
        /// What is wrong, with a way out.
        reason: String,
    },
    /// The form is known, but nothing here reads it.
    Unread {
        /// What it is, with a way out.
        reason: String,
    },
    /// A part of the input could not be read; the rest was.
    Part {
        /// Its name.
        name: String,
        /// Why.
        error: Box<ParseError>,
    },
}

impl ParseError {
    /// Bytes that are not what their form says.
    pub(crate) fn broken(offset: u64, reason: impl Into<String>) -> Self {
        Self::Broken { offset, reason: reason.into() }
    }

    /// The same error, of a part of the input.
    pub(crate) fn within(self, name: &str) -> Self {
        Self::Part { name: name.to_string(), error: Box::new(self) }
    }
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
                write!(f, "more than {limit} bytes; split it, or raise max-bytes")
            }
            Self::TooDense { limit } => write!(
                f,
                "it unpacks to more than {limit} times its size; if it is to be trusted, unpack \
                 it first, or raise max-ratio"
            ),
            Self::TooDeep { limit } => write!(
                f,
                "more than {limit} archives within each other; unpack the outer ones first, or \
                 raise max-depth"
            ),
            Self::Broken { offset, reason } => write!(f, "at byte {offset}: {reason}"),
            Self::Unread { reason } => f.write_str(reason),
            Self::Part { name, error } => write!(f, "{name}: {error}"),
        }
    }
}

impl std::error::Error for ParseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Part { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ParseError {
    /// A reader of ours says why it stopped inside of the error; the words of any other
    /// are kept.
    fn from(error: io::Error) -> Self {
        match error.downcast::<ParseError>() {
            Ok(ours) => ours,
            Err(error) => Self::Read(error),
        }
    }
}

impl From<ParseError> for io::Error {
    fn from(error: ParseError) -> Self {
        io::Error::other(error)
    }
}

/// Adds the bytes of `reader` to `bytes`, at most `max_bytes` of them; those before an
/// error too.
pub(crate) fn read_into(
    reader: impl Read,
    max_bytes: u64,
    bytes: &mut Vec<u8>,
) -> Result<(), ParseError> {
    // A range addresses four gibibytes, whatever the caller allows.
    let limit = max_bytes.min(u64::from(u32::MAX) / 4);
    reader.take(limit.saturating_add(1)).read_to_end(bytes)?;
    if bytes.len() as u64 > limit {
        return Err(ParseError::TooLarge { limit });
    }
    Ok(())
}
