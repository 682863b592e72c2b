//! Markup to tokens with their places, in one pass and without a tree: depth costs
//! nothing. What is broken is read as text or skipped, as browsers do.

use std::ops::Range;

/// A part of the markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities not yet resolved.
    Text(Range<usize>),
    /// A start tag: its name in small letters and its attributes as they stand.
    Open {
        /// The name.
        name: Name,
        /// The attributes.
        attributes: &'a str,
    },
    /// An end tag.
    Close(Name),
    /// The content of an element that holds no markup (`script`, `style`, `title`).
    Raw {
        /// The element.
        name: Name,
        /// Its attributes.
        attributes: &'a str,
        /// Its content.
        content: &'a str,
    },
}

/// The name of an element, in small letters; long ones are cut, none of them matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    bytes: [u8; 12],
    len: u8,
}

impl Name {
    fn new(words: &str) -> Self {
        let mut bytes = [0; 12];
        let mut len = 0;
        for (slot, byte) in bytes.iter_mut().zip(words.bytes()) {
            *slot = byte.to_ascii_lowercase();
            len += 1;
        }
        Self { bytes, len }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.len)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Elements whose content is no markup.
const RAW: [&str; 6] = ["script", "style", "title", "textarea", "xmp", "noembed"];

/// The tokens of `text`.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// An attribute's quotation mark was never closed: from there on they are ignored,
    /// so that no stretch is read twice.
    quotes_broken: bool,
    /// No `>` is left.
    no_more_tags: bool,
}

impl<'a> Tokens<'a> {
    /// Reads `text` from its start.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, quotes_broken: false, no_more_tags: false }
    }

    fn rest(&self, from: usize) -> &'a str {
        self.text.get(from..).unwrap_or_default()
    }

    /// Where the tag that starts at `start` ends, one past its `>`.
    fn tag_end(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !self.quotes_broken {
            let mut at = start;
            loop {
                let rest = bytes.get(at..)?;
                let Some(found) = memchr::memchr3(b'>', b'"', b'\'', rest) else { break };
                at += found;
                let mark = *bytes.get(at)?;
                if mark == b'>' {
                    return Some(at + 1);
                }
                // A mark opens a value only after `=`; else it is a stray one.
                let before = bytes.get(start..at).unwrap_or_default();
                let opens = before.iter().rev().find(|b| !b.is_ascii_whitespace());
                at += 1;
                if opens == Some(&b'=') {
                    match memchr::memchr(mark, bytes.get(at..)?) {
                        Some(close) => at += close + 1,
                        None => {
                            self.quotes_broken = true;
                            break;
                        }
                    }
                }
            }
        }
        let found = memchr::memchr(b'>', bytes.get(start..)?);
        self.no_more_tags = found.is_none();
        found.map(|found| start + found + 1)
    }

    /// Reads the content of `name` up to its end tag; all that is left where none is.
    fn raw(&mut self, name: Name, attributes: &'a str) -> Token<'a> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut from = start;
        let end = loop {
            let Some(found) = memchr::memchr(b'<', bytes.get(from..).unwrap_or_default()) else {
                break self.text.len();
            };
            let at = from + found;
            let close = bytes.get(at + 1) == Some(&b'/')
                && bytes
                    .get(at + 2..at + 2 + usize::from(name.len))
                    .is_some_and(|word| word.eq_ignore_ascii_case(name.as_str().as_bytes()));
            if close {
                break at;
            }
            from = at + 1;
        };
        self.at = end;
        let content = self.text.get(start..end).unwrap_or_default();
        Token::Raw { name, attributes, content }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            if start >= self.text.len() {
                return None;
            }
            let rest = self.rest(start);
            if self.no_more_tags || !starts_tag(rest) {
                let end = next_tag(self.text, start, self.no_more_tags);
                self.at = end;
                return Some(Token::Text(start..end));
            }
            if rest.starts_with("<!--") {
                let close = memchr::memmem::find(self.rest(start + 4).as_bytes(), b"-->");
                self.at = close.map_or(self.text.len(), |at| start + 4 + at + 3);
                continue;
            }
            let Some(end) = self.tag_end(start + 1) else { continue };
            self.at = end;
            let inner = self.text.get(start + 1..end - 1).unwrap_or_default();
            if inner.starts_with(['!', '?']) {
                continue;
            }
            let close = inner.starts_with('/');
            let inner = inner.trim_start_matches('/');
            let cut = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'));
            let (word, attributes) = inner.split_at(cut.unwrap_or(inner.len()));
            let name = Name::new(word);
            if close {
                return Some(Token::Close(name));
            }
            if RAW.contains(&name.as_str()) && !attributes.ends_with('/') {
                return Some(self.raw(name, attributes));
            }
            return Some(Token::Open { name, attributes });
        }
    }
}

fn starts_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
}

/// Where the text that starts at `start` ends: at the next tag.
fn next_tag(text: &str, start: usize, no_more_tags: bool) -> usize {
    if no_more_tags {
        return text.len();
    }
    // The first byte is text even where it is `<`.
    let bytes = text.as_bytes().get(start + 1..).unwrap_or_default();
    let mut found = memchr::memchr_iter(b'<', bytes).map(|at| start + 1 + at);
    found.find(|at| text.get(*at..).is_some_and(starts_tag)).unwrap_or(text.len())
}

/// The attributes of a tag in order, each with its value as it stands.
pub(super) fn attributes(text: &str) -> Attributes<'_> {
    Attributes { rest: text }
}

/// See [`attributes`].
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let outer = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.rest.trim_start_matches(outer);
        if rest.is_empty() {
            return None;
        }
        let end = rest.bytes().position(|b| b.is_ascii_whitespace() || b == b'=' || b == b'/');
        // A mark of equality that nothing stands before is skipped.
        let (name, tail) = rest.split_at(end.unwrap_or(rest.len()));
        let Some(tail) = tail.trim_ascii_start().strip_prefix('=') else {
            self.rest = tail;
            return Some((name, ""));
        };
        let tail = tail.trim_ascii_start();
        let (value, after) = match tail.as_bytes().first() {
            Some(mark @ (b'"' | b'\'')) => {
                let inner = tail.get(1..).unwrap_or_default();
                let end = memchr::memchr(*mark, inner.as_bytes()).unwrap_or(inner.len());
                (inner.get(..end).unwrap_or_default(), inner.get(end + 1..).unwrap_or_default())
            }
            _ => {
                let end = tail.bytes().position(|b| b.is_ascii_whitespace());
                tail.split_at(end.unwrap_or(tail.len()))
            }
        };
        self.rest = after;
        Some((name, value))
    }
}

/// The value of `name` among `attributes`, as it stands.
pub(super) fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    attributes(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
