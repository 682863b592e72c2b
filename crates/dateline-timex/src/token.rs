//! Text into words, numbers and marks in one pass over its bytes. A token knows its
//! word's number in the vocabulary, not what the word means.

use crate::vocabulary::{Key, Vocabulary, WordId};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Digits, perhaps grouped by commas.
    Number,
    /// One mark.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Starts with a small letter, or is no word.
    Lower,
    /// Starts with a capital.
    Capital,
    /// Capitals only, two or more.
    Upper,
}

/// The white space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// None.
    Glued,
    /// Blanks.
    Space,
    /// A line break.
    Line,
    /// An empty line.
    Blank,
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Its word in the vocabulary, or [`WordId::UNKNOWN`].
    pub(crate) word: WordId,
    /// Value of a number of at most eight digits.
    pub(crate) number: u32,
    /// Digits of a number; 0 where it has too many to be read.
    pub(crate) digits: u8,
    /// Whether commas group the digits.
    pub(crate) grouped: bool,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// How it is written.
    pub(crate) shape: Shape,
    /// What stands before it.
    pub(crate) gap: Gap,
}

impl Token {
    /// Whether eight digits write a day of the last or of this century, as in names of files.
    pub(crate) fn is_date(&self) -> bool {
        let (year, month, day) = (self.number / 10_000, self.number / 100 % 100, self.number % 100);
        self.digits == 8
            && !self.grouped
            && (1900..2100).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
    }

    /// Whether six digits write the day of a month and a time of it, as in a date-time group.
    pub(crate) fn is_day_and_time(&self) -> bool {
        let (day, hour, minute) =
            (self.number / 10_000, self.number / 100 % 100, self.number % 100);
        self.digits == 6 && !self.grouped && (1..=31).contains(&day) && hour < 24 && minute < 60
    }
}

/// The tokens of a stretch of text.
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    vocabulary: &'a Vocabulary,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Letter,
    Digit,
    Space,
    Line,
    Mark,
    /// Starts a character that may be punctuation (U+2000 to U+20FF, U+0080 to U+00BF).
    Wide,
}

const CLASSES: [Byte; 256] = classes();

const fn classes() -> [Byte; 256] {
    let mut table = [Byte::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b'\n' => Byte::Line,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Byte::Space,
            0xe2 | 0xc2 => Byte::Wide,
            0x80.. => Byte::Letter,
            _ => Byte::Mark,
        };
        byte += 1;
    }
    table
}

impl<'a> Scanner<'a> {
    /// A scanner of `text[start..end]`; both must lie on characters.
    pub(crate) fn new(text: &'a str, start: usize, end: usize, vocabulary: &'a Vocabulary) -> Self {
        let end = end.min(text.len());
        let bytes = text.as_bytes().get(..end).unwrap_or_default();
        Self { bytes, at: start.min(end), vocabulary }
    }

    /// The next token, or `None` at the end.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<Token> {
        let mut gap = Gap::Glued;
        loop {
            let byte = *self.bytes.get(self.at)?;
            match CLASSES[usize::from(byte)] {
                Byte::Letter => return Some(self.word(gap)),
                Byte::Digit => return Some(self.number(gap)),
                Byte::Mark => return Some(self.mark(gap, byte, 1)),
                Byte::Space => {
                    self.at += 1;
                    gap = gap.max(Gap::Space);
                }
                Byte::Line => {
                    self.at += 1;
                    gap = if gap >= Gap::Line { Gap::Blank } else { Gap::Line };
                }
                Byte::Wide => match wide(self.bytes, self.at) {
                    Some((b' ', len)) => {
                        self.at += len;
                        gap = gap.max(Gap::Space);
                    }
                    Some((mark, len)) => return Some(self.mark(gap, mark, len)),
                    None => return Some(self.word(gap)),
                },
            }
        }
    }

    #[inline(always)]
    fn word(&mut self, gap: Gap) -> Token {
        let start = self.at;
        let head = Head::at(self.bytes, start);
        let mut key = Key::from(head);
        let mut at = start + head.len;
        let (mut small, mut soft) = (head.has_small(), false);
        while let Some(&byte) = self.bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Byte::Letter => {
                    // Small letters have this bit; so have bytes past ASCII, and
                    // a word with such bytes may well be in capitals.
                    small |= byte & 0x20 != 0 && byte < 0x80;
                    key.push(byte);
                    at += 1;
                }
                Byte::Wide if self.bytes.get(at..).is_some_and(|rest| rest.starts_with(&SOFT)) => {
                    soft = true;
                    at += SOFT.len();
                }
                Byte::Wide if wide(self.bytes, at).is_none() => {
                    let len = if byte == 0xc2 { 2 } else { 3 };
                    let end = (at + len).min(self.bytes.len());
                    for &byte in self.bytes.get(at..end).unwrap_or_default() {
                        key.push(byte);
                    }
                    at = end;
                }
                _ => break,
            }
        }
        let form = self.bytes.get(start..at).unwrap_or_default();
        let word = match soft {
            false => self.vocabulary.find(key, form),
            true => self.vocabulary.find(key, &without_soft(form)),
        };
        let capital = form.first().is_some_and(u8::is_ascii_uppercase);
        let shape = match (capital, small) {
            (true, false) if form.len() > 1 => Shape::Upper,
            (true, _) => Shape::Capital,
            _ => Shape::Lower,
        };
        if self.bytes.get(at) == Some(&b'.') && self.vocabulary.is_abbreviation(word) {
            at += 1;
        }
        self.at = at;
        token(start, at, word, Kind::Word, shape, gap)
    }

    fn number(&mut self, gap: Gap) -> Token {
        let start = self.at;
        let digits = |from: usize| {
            let rest = self.bytes.get(from..).unwrap_or_default();
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let mut len = digits(start);
        let mut end = start + len;
        let mut grouped = false;
        while (grouped || len <= 3) && self.bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            len += 3;
            end += 4;
            grouped = true;
        }
        let mut value = 0_u32;
        if len <= 8 {
            let form = self.bytes.get(start..end).unwrap_or_default();
            for byte in form.iter().filter(|byte| byte.is_ascii_digit()) {
                value = value * 10 + u32::from(byte - b'0');
            }
        }
        self.at = end;
        let mut token = token(start, end, WordId::UNKNOWN, Kind::Number, Shape::Lower, gap);
        token.number = value;
        token.digits = if len <= 8 { len as u8 } else { 0 };
        token.grouped = grouped;
        token
    }

    fn mark(&mut self, gap: Gap, byte: u8, len: usize) -> Token {
        let start = self.at;
        self.at = (start + len).min(self.bytes.len());
        let word = self.vocabulary.mark(byte);
        token(start, self.at, word, Kind::Mark, Shape::Lower, gap)
    }
}

/// The ASCII letters that the next eight bytes start with, looked at together.
#[derive(Clone, Copy, Default)]
pub(crate) struct Head {
    /// As they stand, the last one lowest.
    letters: u64,
    /// How many there are.
    pub(crate) len: usize,
}

/// Eight bytes of one.
const EACH: u64 = 0x01_01_01_01_01_01_01_01;

/// The bit that small letters have and capitals have not, in each of eight bytes.
const CASE: u64 = EACH * 0x20;

impl Head {
    #[inline(always)]
    fn at(bytes: &[u8], at: usize) -> Self {
        let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else {
            return Self::default();
        };
        let eight = u64::from_be_bytes(*eight);
        // A byte's upper bit is set by adding what a letter lacks to it; none carries over.
        let small = (eight | CASE) & (EACH * 0x7f);
        let from_a = small + EACH * u64::from(0x80 - b'a');
        let past_z = small + EACH * u64::from(0x80 - b'z' - 1);
        let others = (!from_a | past_z | eight) & (EACH * 0x80);
        let len = others.leading_zeros() / 8;
        let letters = if len == 0 { 0 } else { eight >> (64 - 8 * len) };
        Self { letters, len: len as usize }
    }

    /// The letters, all small.
    pub(crate) fn folded(self) -> u64 {
        self.letters | CASE.checked_shr(64 - 8 * self.len as u32).unwrap_or(0)
    }

    fn has_small(self) -> bool {
        self.letters & CASE != 0
    }
}

/// A soft hyphen, which shows only where a line breaks at it (UAX 14).
const SOFT: [u8; 2] = [0xc2, 0xad];

/// The word without soft hyphens.
#[cold]
fn without_soft(form: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = form;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = rest.strip_prefix(&SOFT).unwrap_or_else(|| {
            out.push(byte);
            tail
        });
    }
    out
}

fn token(start: usize, end: usize, word: WordId, kind: Kind, shape: Shape, gap: Gap) -> Token {
    // Offsets fit: `tag_within` leaves out what lies past four gibibytes.
    let (start, end) = (start as u32, end as u32);
    Token { start, end, word, number: 0, digits: 0, grouped: false, kind, shape, gap }
}

/// The ASCII mark (or blank) that stands for the punctuation character at `at`, and its
/// length; `None` where the character there is no punctuation.
fn wide(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match (bytes.get(at)?, bytes.get(at + 1)?) {
        (0xc2, 0xa0) => Some((b' ', 2)),
        (0xc2, 0xb7) => Some((b'|', 2)),
        // ¼, ½ and ¾ are words.
        (0xc2, 0xbc..=0xbe) => None,
        (0xc2, 0x80..=0xa9 | 0xab..=0xb4 | 0xb6..=0xb9 | 0xbb..) => Some((b'$', 2)),
        (0xe2, 0x80) => match bytes.get(at + 2)? {
            0x80..=0x8a | 0xaf | 0xa8 | 0xa9 => Some((b' ', 3)),
            0x90..=0x95 => Some((b'-', 3)),
            0x98 | 0x99 | 0x9b | 0xb2 => Some((b'\'', 3)),
            0x9c..=0x9f => Some((b'"', 3)),
            0xa6 => Some((b'.', 3)),
            _ => Some((b'$', 3)),
        },
        (0xe2, 0x81 | 0x82) => Some((b'$', 3)),
        (0xe2, 0x88) if bytes.get(at + 2) == Some(&0x92) => Some((b'-', 3)),
        _ => None,
    }
}
