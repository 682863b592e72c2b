//! Where sentences start and end, as far as the way that they look needs it.

use crate::grammar::ClassSet;
use crate::lexicon::Lexicon;
use crate::token::{Gap, Kind, Scanner, Shape, Token};

/// Just past the last stop before a capital in `text[from..to]`, or `from`: tokens
/// before it would only be thrown away.
pub(crate) fn sentence_start(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> usize {
    let bytes = text.as_bytes().get(from..to).unwrap_or_default();
    let starts = |at: &usize| match bytes.get(*at..*at + 3) {
        Some([b'.', b' ' | b'\n', b'A'..=b'Z']) => !is_of_hour(text, from + at, to, lexicon),
        Some([b'!' | b'?', b' ' | b'\n', b'A'..=b'Z']) => true,
        _ => bytes.get(*at..*at + 2) == Some(b"\n\n"),
    };
    (0..bytes.len()).rev().find(starts).map_or(from, |at| from + at + 1)
}

/// Whether the stop at `at` is one of an hour whose day or zone follows: "3 p.m. Friday".
fn is_of_hour(text: &str, at: usize, to: usize, lexicon: &Lexicon) -> bool {
    let next = |at: usize| {
        let mut scanner = Scanner::new(text, at, to, &lexicon.vocabulary);
        scanner.next().map(|token| lexicon.named(&token))
    };
    // A letter by itself.
    let letter = match text.as_bytes().get(..at) {
        Some([.., before, last]) => !before.is_ascii_alphanumeric() && last.is_ascii_lowercase(),
        _ => false,
    };
    let half = lexicon.known.cues.half;
    letter
        && next(at - 1).is_some_and(|classes| classes.has(half))
        && next(at + 1).is_some_and(|classes| follows_hour(classes, lexicon))
}

fn follows_hour(classes: ClassSet, lexicon: &Lexicon) -> bool {
    classes.has(lexicon.known.weekday) || classes.has(lexicon.known.zone)
}

/// Where sentences end, as tokens are read.
#[derive(Default)]
pub(crate) struct Stops {
    /// The last mark was a stop, perhaps with a closing quotation mark behind it.
    open: bool,
    /// It stands behind an initial or a word that is shortened: "J. Smith", "St. Louis".
    short: bool,
    /// It stands behind the half of the day: "3 p.m."
    half: bool,
    /// It is said twice: "so good!! seeing it again".
    twice: bool,
    last: Option<Token>,
}

impl Stops {
    /// Whether `token`, which comes next, starts a sentence. One behind a shortened word does
    /// where it is a small word: "Acme Inc. The firm …".
    pub(crate) fn starts(&self, text: &str, token: &Token, lexicon: &Lexicon) -> bool {
        let small = || {
            let known = &lexicon.known.cues;
            let classes = classes(text, token, lexicon);
            [known.attributive, known.on, known.owned].iter().any(|class| classes.has(*class))
        };
        if self.twice && token.kind == Kind::Word {
            return true;
        }
        let of_hour = || self.half && follows_hour(lexicon.named(token), lexicon);
        self.open && starts_sentence(token) && (!self.short || small()) && !of_hour()
    }

    /// Whether a stop that ends its sentence stands last.
    pub(crate) fn ended(&self) -> bool {
        self.open && !self.short
    }

    pub(crate) fn read(&mut self, text: &str, token: &Token, lexicon: &Lexicon) {
        if ends_sentence(text, token) {
            self.twice = self.open && token.gap == Gap::Glued && shouts(text, token);
            let word = self.last.filter(|last| last.kind == Kind::Word);
            self.open = true;
            self.half = word.is_some_and(|word| lexicon.named(&word).has(lexicon.known.cues.half));
            self.short = word.is_some_and(|word| {
                let initial = word.end - word.start == 1 && word.shape != Shape::Lower;
                initial || classes(text, &word, lexicon).has(lexicon.known.cues.short)
            });
        } else if self.open {
            self.open = ends_quote(text, token);
            self.twice &= self.open;
        }
        self.last = Some(*token);
    }
}

fn classes(text: &str, token: &Token, lexicon: &Lexicon) -> ClassSet {
    let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    lexicon.classes_of(token, words)
}

/// Whether a mark closes a quotation whose sentence has ended.
fn ends_quote(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    token.gap == Gap::Glued && matches!(mark, Some("\"" | "”" | "'" | "’" | ")"))
}

pub(crate) fn ends_sentence(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    matches!(mark, Some("." | "!" | "?" | "…"))
}

/// Whether a mark is one that is said twice to say it louder.
fn shouts(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    matches!(mark, Some("!" | "?"))
}

pub(crate) fn starts_sentence(token: &Token) -> bool {
    token.gap >= Gap::Space && (token.kind != Kind::Word || token.shape != Shape::Lower)
}
