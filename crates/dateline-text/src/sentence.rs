//! Sentences within a stretch of prose. Blocks are for the parser: this module never
//! looks past the range it is given, and a line break in it is white space.
//!
//! A full stop ends a sentence unless the word before it is an abbreviation that does
//! not, or what follows does not look like a beginning. Which words are what is in
//! `data/en/sentence.tsv`.

use std::collections::BTreeMap;

use crate::range::TextRange;
use crate::table::{LexiconError, rows};

const TABLE: &str = include_str!("../data/en/sentence.tsv");

/// What a table says of a word with respect to sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// The stop after it never ends a sentence ("Sen.").
    Inner,
    /// The stop ends a sentence unless a number follows ("Jan.", "No.").
    Number,
    /// The stop ends a sentence only where a usual first word follows ("U.S. The").
    Either,
    /// A usual first word of a sentence.
    Starter,
}

/// Rules that find sentence ends.
#[derive(Clone, Debug)]
pub struct SentenceRules {
    words: BTreeMap<String, Vec<Class>>,
}

impl SentenceRules {
    /// The rules for English.
    pub fn english() -> Self {
        Self::from_table(TABLE).expect("the embedded table is checked by a test")
    }

    /// Rules from a table of `word<TAB>class`, class being `inner`, `number`, `either`
    /// or `starter`.
    pub fn from_table(text: &str) -> Result<Self, LexiconError> {
        let mut words: BTreeMap<String, Vec<Class>> = BTreeMap::new();
        for row in rows("sentence.tsv", text) {
            let class = match row.need(1, "class")? {
                "inner" => Class::Inner,
                "number" => Class::Number,
                "either" => Class::Either,
                "starter" => Class::Starter,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            words.entry(row.need(0, "word")?.to_lowercase()).or_default().push(class);
        }
        Ok(Self { words })
    }

    /// The sentences of `text` within `within`, in order, trimmed, none empty. Empty
    /// where `within` does not fit the text.
    pub fn split(&self, text: &str, within: TextRange) -> Vec<TextRange> {
        let Some(prose) = within.slice(text) else { return Vec::new() };
        let mut out = Vec::new();
        let mut start = 0;
        for end in self.ends(prose) {
            push(&mut out, text, within, start, end);
            start = end;
        }
        push(&mut out, text, within, start, prose.len());
        out
    }

    /// Offsets in `prose` just past each sentence end but the last.
    fn ends(&self, prose: &str) -> Vec<usize> {
        let mut out = Vec::new();
        let mut chars = prose.char_indices().peekable();
        while let Some((at, mark)) = chars.next() {
            if !matches!(mark, '.' | '!' | '?' | '…') {
                continue;
            }
            let mut end = at + mark.len_utf8();
            while let Some(&(next, c)) = chars.peek() {
                if !matches!(c, '.' | '!' | '?' | '…') && !is_closing(c, &prose[next..]) {
                    break;
                }
                end = next + c.len_utf8();
                chars.next();
            }
            let (done, rest) = (&prose[..at], &prose[end..]);
            if rest.starts_with(char::is_whitespace) && self.ends_here(done, mark, rest) {
                out.push(end);
            }
        }
        out
    }

    fn ends_here(&self, done: &str, mark: char, rest: &str) -> bool {
        let rest = rest.trim_start();
        let opening =
            |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '«' | '•' | '-' | '—');
        let head = rest.trim_start_matches(|c: char| opening(c) || c.is_whitespace());
        let Some(first) = head.chars().next() else { return false };
        if first.is_lowercase() {
            return false;
        }
        if mark != '.' {
            return true;
        }
        let word = last_word(done);
        let is = |class| self.is(word, class);
        let next = head.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next();
        let starter = next.is_some_and(|next| self.is(next, Class::Starter));
        if is(Class::Inner) {
            return false;
        }
        if is(Class::Number) {
            return !first.is_numeric() && (starter || !is(Class::Either));
        }
        if is(Class::Either) || is_initials(word) {
            return starter || head.len() < rest.len() && !rest.starts_with('(');
        }
        true
    }

    fn is(&self, word: &str, class: Class) -> bool {
        if word.len() > 24 {
            return false;
        }
        self.words.get(&word.to_lowercase()).is_some_and(|classes| classes.contains(&class))
    }
}

fn push(out: &mut Vec<TextRange>, text: &str, within: TextRange, start: usize, end: usize) {
    if let Some(range) = TextRange::at(start, end).and_then(|range| range.shift(within.start())) {
        let range = range.trim(text);
        if !range.is_empty() {
            out.push(range);
        }
    }
}

/// A mark that closes what the sentence opened. A straight quote closes only before
/// white space, since it opens as well.
fn is_closing(c: char, rest: &str) -> bool {
    match c {
        ')' | ']' | '”' | '’' | '»' => true,
        '"' | '\'' => rest.chars().nth(1).is_none_or(|next| !next.is_alphanumeric()),
        _ => false,
    }
}

/// The word before the stop, inner stops included ("p.m", "U.S").
fn last_word(done: &str) -> &str {
    let cut = done.rfind(|c: char| !(c.is_alphanumeric() || c == '.' || c == '\'' || c == '’'));
    let start = cut.map_or(0, |at| at + done[at..].chars().next().map_or(1, char::len_utf8));
    &done[start..]
}

/// A single capital ("George W.") or capitals with stops between ("U.S.S.R.").
fn is_initials(word: &str) -> bool {
    word.len() <= 24
        && !word.is_empty()
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}
