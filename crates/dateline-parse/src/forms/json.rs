//! JSON as stretches of the text: what a reader of values throws away (where a string
//! stands, what was complete before the cut) is what is needed here. No tree is built, so
//! that neither depth nor number costs memory; what is broken ends the value it is in.

use crate::decode::{Decoded, Patchwork};

/// The most fields that are looked at in one object.
const FIELDS: usize = 256;

/// A value: the text it stands in, from where to where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'a> {
    text: &'a str,
    pub start: usize,
    pub end: usize,
    /// Whether its end was there, and not the end of the text.
    pub whole: bool,
}

/// The first value of `text` at or behind `from`.
pub(crate) fn value(text: &str, from: usize) -> Option<Value<'_>> {
    let bytes = text.as_bytes();
    let start = skip_space(bytes, from);
    let first = bytes.get(start)?;
    let (end, whole) = match first {
        b'"' => string_end(bytes, start),
        b'{' | b'[' => nested_end(bytes, start),
        b'}' | b']' | b',' | b':' => return None,
        _ => {
            let rest = bytes.get(start..).unwrap_or_default();
            let is_end = |b: &u8| b.is_ascii_whitespace() || b",:{}[]\"".contains(b);
            let length = rest.iter().position(is_end).unwrap_or(rest.len());
            (start + length.max(1), true)
        }
    };
    // A word of other letters may be cut by the rule above; never a string.
    let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    Some(Value { text, start, end, whole })
}

fn skip_space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// One past the closing quotation mark of the string at `start`.
fn string_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes.get(at) == Some(&b'"') {
            return (at + 1, true);
        }
        at += 2;
    }
    (bytes.len(), false)
}

/// One past the bracket that closes the one at `start`.
fn nested_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let (mut at, mut depth) = (start, 0usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let (end, whole) = string_end(bytes, at);
                if !whole {
                    return (bytes.len(), false);
                }
                at = end;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return (at + 1, true);
                }
            }
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), false)
}

impl<'a> Value<'a> {
    fn first(&self) -> u8 {
        self.text.as_bytes().get(self.start).copied().unwrap_or(0)
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        self.first() == b'{'
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.first() == b'['
    }

    /// Whether it is a string.
    pub fn is_string(&self) -> bool {
        self.first() == b'"'
    }

    /// The values of a list, a part of one at the cut too; none of anything else.
    pub fn items(self) -> impl Iterator<Item = Value<'a>> {
        let mut at = if self.is_list() { self.start + 1 } else { self.end };
        std::iter::from_fn(move || {
            let bytes = self.text.as_bytes();
            at = skip_space(bytes, at);
            while bytes.get(at) == Some(&b',') {
                at = skip_space(bytes, at + 1);
            }
            let item = value(self.text, at).filter(|item| item.start < self.end)?;
            at = item.end;
            Some(item)
        })
    }

    /// The fields of an object, at most so many that a record has; none of anything else.
    pub fn fields(self) -> Fields<'a> {
        let mut out = Vec::new();
        let mut at = if self.is_object() { self.start + 1 } else { self.end };
        let bytes = self.text.as_bytes();
        while out.len() < FIELDS {
            at = skip_space(bytes, at);
            while bytes.get(at) == Some(&b',') {
                at = skip_space(bytes, at + 1);
            }
            let Some(key) = value(self.text, at).filter(|key| key.is_string() && key.whole) else {
                break;
            };
            at = skip_space(bytes, key.end);
            if bytes.get(at) != Some(&b':') || at >= self.end {
                break;
            }
            let Some(value) = value(self.text, at + 1) else { break };
            at = value.end;
            out.push((self.text.get(key.start + 1..key.end - 1).unwrap_or_default(), value));
        }
        Fields(out)
    }

    /// The words of a string, or of a number, as they are meant.
    pub fn words(&self) -> Option<String> {
        if !self.is_string() {
            let plain = self.text.get(self.start..self.end)?;
            return plain.starts_with(|c: char| c.is_ascii_digit()).then(|| plain.to_string());
        }
        let mut out = String::new();
        self.pieces(|piece| match piece {
            Piece::Plain(start, end) => out.push_str(self.text.get(start..end).unwrap_or_default()),
            Piece::Escape(c, ..) => out.push(c),
        });
        Some(out)
    }

    /// Adds the words of a string to `patchwork`, each with its place in `decoded`, the
    /// text that the value stands in.
    pub fn copy(&self, decoded: &Decoded<'_>, patchwork: &mut Patchwork) {
        if self.is_string() {
            self.pieces(|piece| match piece {
                Piece::Plain(start, end) => patchwork.copied(decoded, start..end),
                Piece::Escape(c, start, end) => {
                    let mut room = [0; 4];
                    patchwork.replaced(c.encode_utf8(&mut room), decoded.raw(start, end));
                }
            });
        }
    }

    fn pieces(&self, mut take: impl FnMut(Piece)) {
        let bytes = self.text.as_bytes();
        let last = if self.whole { self.end.saturating_sub(1) } else { self.end };
        let mut at = self.start + 1;
        while at < last {
            let rest = bytes.get(at..last).unwrap_or_default();
            let plain = memchr::memchr(b'\\', rest).unwrap_or(rest.len());
            if plain > 0 {
                take(Piece::Plain(at, at + plain));
                at += plain;
                continue;
            }
            let (c, length) = escape(bytes.get(at..last).unwrap_or_default());
            // A stray mark in front of a letter of several bytes.
            let end = (at + length..=last).find(|end| self.text.is_char_boundary(*end));
            let end = end.unwrap_or(last);
            take(Piece::Escape(c, at, end));
            at = end;
        }
    }
}

enum Piece {
    /// As it stands, from where to where.
    Plain(usize, usize),
    /// What stands for one character.
    Escape(char, usize, usize),
}

/// The escape at the start of `bytes`, and its length.
fn escape(bytes: &[u8]) -> (char, usize) {
    let c = match bytes.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b' | b'f') => ' ',
        Some(b @ (b'"' | b'\\' | b'/')) => char::from(*b),
        Some(b'u') => return unicode(bytes),
        _ => '\u{FFFD}',
    };
    (c, 2.min(bytes.len()))
}

fn unicode(bytes: &[u8]) -> (char, usize) {
    let unit = |at: usize| {
        let digits = std::str::from_utf8(bytes.get(at..at + 4)?).ok()?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(2) else { return ('\u{FFFD}', 2.min(bytes.len())) };
    let pair = (bytes.get(6..8) == Some(b"\\u")).then(|| unit(8)).flatten();
    let units = [first, pair.unwrap_or(0)];
    match char::decode_utf16(units).next() {
        Some(Ok(c)) => (c, if c.len_utf16() == 2 { 12 } else { 6 }),
        _ => ('\u{FFFD}', 6),
    }
}

/// The fields of an object.
pub(crate) struct Fields<'a>(Vec<(&'a str, Value<'a>)>);

impl<'a> Fields<'a> {
    /// The value of the first of `keys` that is there and not null.
    pub fn first(&self, keys: &[&str]) -> Option<Value<'a>> {
        keys.iter().find_map(|key| self.get(key))
    }

    /// The value of `key`, where it is there and not null.
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        let found = self.0.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| *value).filter(|value| value.first() != b'n')
    }

    /// The words of the first of `keys` that has some, on one line.
    pub fn line(&self, keys: &[&str]) -> Option<String> {
        keys.iter()
            .find_map(|key| self.get(key)?.words().and_then(|words| crate::page::line(&words)))
    }
}
