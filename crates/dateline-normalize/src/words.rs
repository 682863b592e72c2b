//! Words of a stretch of prose, as ranges with a folded form. It knows no language: which
//! words mean what is in the tables.

use dateline_text::TextRange;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Letters, perhaps with digits, inner hyphens, stops and apostrophes.
    Word,
    /// Starts with a digit.
    Number,
    /// Anything else, one character.
    Mark,
}

/// One token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// What it is made of.
    pub form: Form,
    /// Its folded form (see [`fold`]).
    pub folded: String,
    /// Whether it starts with a capital.
    pub capital: bool,
    /// Whether all its letters are capitals, two at least.
    pub all_caps: bool,
}

impl Token {
    pub(crate) fn is(&self, folded: &str) -> bool {
        self.folded == folded
    }

    pub(crate) fn is_name_like(&self) -> bool {
        self.form == Form::Word && self.capital
    }
}

/// The key under which names are compared: compatibility decomposition without marks,
/// lower case, one kind of apostrophe, without stops ("U.S." as `us`).
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '.' => {}
            '’' | 'ʼ' | '‘' => out.push('\''),
            'ı' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            c => out.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
    out
}

/// The tokens of `text` within `within`, in order. A possessive ending is a token of its
/// own (`’s`, or the bare apostrophe behind an s).
pub(crate) fn tokens(text: &str, within: TextRange) -> Vec<Token> {
    let Some(prose) = within.slice(text) else { return Vec::new() };
    let mut out = Vec::new();
    let mut rest = prose;
    let mut at = within.start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() { word_length(rest) } else { first.len_utf8() };
        let (word, tail) = rest.split_at(length);
        if !first.is_whitespace() {
            push(&mut out, word, at);
        }
        at += length as u32;
        rest = tail;
    }
    out
}

fn push(out: &mut Vec<Token>, word: &str, at: u32) {
    let cut = possessive(word).unwrap_or(word.len());
    let (stem, ending) = word.split_at(cut);
    for (part, at) in [(stem, at), (ending, at + cut as u32)] {
        let Some(first) = part.chars().next() else { continue };
        let Some(range) = TextRange::new(at, at + part.len() as u32) else { continue };
        let form = match first {
            c if c.is_numeric() => Form::Number,
            c if c.is_alphabetic() => Form::Word,
            _ => Form::Mark,
        };
        let letters = part.chars().filter(|c| c.is_alphabetic());
        let (count, upper) =
            letters.fold((0, 0), |(n, u), c| (n + 1, u + usize::from(c.is_uppercase())));
        out.push(Token {
            range,
            form,
            folded: fold(part),
            capital: first.is_uppercase(),
            all_caps: count > 1 && count == upper,
        });
    }
}

/// Where the possessive ending of `word` starts.
fn possessive(word: &str) -> Option<usize> {
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        (!stem.is_empty()).then_some(stem.len())
    })
}

/// Length of the word at the start of `text`: alphanumerics, with single inner joiners.
fn word_length(text: &str) -> usize {
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
