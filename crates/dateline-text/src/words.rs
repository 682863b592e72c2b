//! Words of a stretch of prose, as ranges. It knows no language: what a word means is for
//! whoever has the tables.

use unicode_normalization::char::is_combining_mark;

use crate::TextRange;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Letters, perhaps with digits, inner hyphens, stops and apostrophes.
    Word,
    /// Starts with a digit.
    Number,
    /// Anything else, one character.
    Mark,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub range: TextRange,
    /// What it is made of.
    pub form: Form,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Whether all its letters are capitals, two at least.
    pub all_caps: bool,
}

/// The words of `text` within `within`, in order. A possessive ending is a word of its
/// own (`’s`, or the bare apostrophe behind an s).
pub fn words(text: &str, within: TextRange) -> Words<'_> {
    let rest = within.slice(text).unwrap_or("");
    Words { rest, at: within.start(), ending: None }
}

/// The iterator of [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    rest: &'a str,
    at: u32,
    /// The possessive ending of the word answered last.
    ending: Option<Word>,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        if let Some(ending) = self.ending.take() {
            return Some(ending);
        }
        loop {
            // White space of ASCII is left at once.
            let blank = self.rest.bytes().take_while(|b| matches!(b, b' ' | b'\n')).count();
            self.at += blank as u32;
            self.rest = self.rest.get(blank..)?;
            let first = self.rest.chars().next()?;
            let letters = first.is_alphanumeric();
            let length = if letters { word_length(self.rest) } else { first.len_utf8() };
            let (word, tail) = self.rest.split_at(length);
            let at = self.at;
            self.at += length as u32;
            self.rest = tail;
            if first.is_whitespace() {
                continue;
            }
            let cut = possessive(word).unwrap_or(word.len());
            let (stem, ending) = word.split_at(cut);
            self.ending = word_at(ending, at + cut as u32);
            return word_at(stem, at);
        }
    }
}

fn word_at(part: &str, at: u32) -> Option<Word> {
    let first = part.chars().next()?;
    let range = TextRange::new(at, at + part.len() as u32)?;
    let form = match first {
        c if c.is_numeric() => Form::Number,
        c if c.is_alphabetic() => Form::Word,
        _ => Form::Mark,
    };
    if first.is_ascii_lowercase() || (form == Form::Mark && first.is_ascii()) {
        return Some(Word { range, form, capital: false, all_caps: false });
    }
    if part.is_ascii() {
        let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
        let upper = part.bytes().filter(u8::is_ascii_uppercase).count();
        let capital = first.is_ascii_uppercase();
        return Some(Word { range, form, capital, all_caps: letters > 1 && letters == upper });
    }
    let (count, upper) = part
        .chars()
        .filter(|c| c.is_alphabetic())
        .fold((0, 0), |(n, u), c| (n + 1, u + usize::from(c.is_uppercase())));
    Some(Word { range, form, capital: first.is_uppercase(), all_caps: count > 1 && count == upper })
}

/// Where the possessive ending of `word` starts.
fn possessive(word: &str) -> Option<usize> {
    if !word.ends_with(['s', 'S']) {
        return None;
    }
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        (!stem.is_empty()).then_some(stem.len())
    })
}

/// Length of the word at the start of `text`: alphanumerics, with single inner joiners.
fn word_length(text: &str) -> usize {
    // Most words are letters of ASCII with a space behind them.
    let ends = |byte: &u8| !byte.is_ascii_alphanumeric();
    let plain = text.as_bytes().iter().position(ends).unwrap_or(text.len());
    match text.as_bytes().get(plain) {
        None | Some(b' ' | b'\n' | b'"' | b'(' | b')' | b':' | b';' | b'?' | b'!') if plain > 0 => {
            return plain;
        }
        _ => {}
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() || is_combining_mark(c) {
            end = at + c.len_utf8();
            continue;
        }
        let joins = matches!(c, '-' | '‐' | '‑' | '\'' | '’' | '&' | '.' | ',');
        let next = chars.peek().map(|(_, next)| *next);
        let inner = match (c, next) {
            ('.', Some(next)) => {
                let single = text.get(..at).is_some_and(ends_in_single_letter);
                next.is_alphabetic() && single
                    || next.is_numeric() && text.get(..at).is_some_and(ends_in_digit)
            }
            (',', Some(next)) => next.is_numeric() && text.get(..at).is_some_and(ends_in_digit),
            (_, Some(next)) => joins && next.is_alphanumeric(),
            (_, None) => false,
        };
        if !inner {
            // The last stop of "U.S." belongs to it.
            if c == '.'
                && text
                    .get(..at)
                    .is_some_and(|word| word.contains('.') && ends_in_single_letter(word))
            {
                end = at + 1;
            }
            break;
        }
    }
    end
}

fn ends_in_single_letter(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next().is_some_and(char::is_alphabetic) && back.next().is_none_or(|c| c == '.')
}

fn ends_in_digit(word: &str) -> bool {
    word.chars().next_back().is_some_and(char::is_numeric)
}
