//! The words of a document with what the tables know of each: nothing is copied, a word
//! is a number.

use std::ops::Range;

use dateline_text::TextRange;
use dateline_text::words::{Form, words};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Lexicon, Part};

/// A word that no table knows.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// The first number of a word that only the document has.
const FIRST_OWN: u32 = 1 << 30;

/// One word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) range: TextRange,
    /// What it is made of.
    pub(crate) form: Form,
    /// Whether it starts with a capital, perhaps behind a particle ("al-Sisi").
    pub(crate) capital: bool,
    /// Whether all its letters are capitals, two at least.
    pub(crate) all_caps: bool,
    /// The mark that it is, where it is one of ASCII; `.` for a word with stops; else 0.
    pub(crate) mark: u8,
    /// Its number in the tables, or [`UNKNOWN`].
    pub(crate) word: u32,
    /// A number for its folded form in this document; only capitals have one of their own.
    pub(crate) id: u32,
}

/// One sentence.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Whether it is set like a title, so that capitals say nothing.
    pub(crate) is_title: bool,
}

/// The words of a document by sentence.
pub(crate) struct Page<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token>,
    /// The sentences.
    pub(crate) lines: Vec<Line>,
    /// The tokens that are capitalised words, in order.
    capitals: Vec<u32>,
    /// Words that the document also writes small.
    small: FxHashSet<u64>,
}

/// Letters of a particle glued to a name ("al-", "d'").
const GLUED: usize = 4;

impl<'a> Page<'a> {
    pub(crate) fn read(text: &'a str, sentences: &[TextRange], lexicon: &Lexicon) -> Self {
        let mut page = Self {
            text,
            tokens: Vec::new(),
            lines: Vec::with_capacity(sentences.len()),
            capitals: Vec::new(),
            small: FxHashSet::default(),
        };
        let mut folded = String::new();
        let mut unknown: FxHashMap<String, u32> = FxHashMap::default();
        for sentence in sentences {
            let start = page.tokens.len();
            for word in words(text, *sentence) {
                let slice = word.range.slice(text).unwrap_or("");
                let number = lexicon.word(slice, &mut folded);
                let capital = (word.capital || glued_capital(slice))
                    && !slice.rsplit_once('-').is_some_and(|(_, end)| lexicon.is_compound(end));
                if word.form == Form::Word && !capital && slice.len() > 2 {
                    page.small.insert(hash(slice));
                } else if word.form == Form::Word && capital {
                    page.capitals.push(page.tokens.len() as u32);
                }
                let id = match number {
                    UNKNOWN if capital => {
                        let next = FIRST_OWN + unknown.len() as u32;
                        match unknown.get(folded.as_str()) {
                            Some(id) => *id,
                            None => *unknown.entry(folded.clone()).or_insert(next),
                        }
                    }
                    number => number,
                };
                page.tokens.push(Token {
                    range: word.range,
                    form: word.form,
                    capital,
                    all_caps: word.all_caps,
                    mark: match (word.form, slice.as_bytes()) {
                        (Form::Mark, [mark]) => *mark,
                        (Form::Word, word) if word.contains(&b'.') => b'.',
                        _ => 0,
                    },
                    word: number,
                    id,
                });
            }
            let tokens = start..page.tokens.len();
            let is_title = page.is_title_case(&tokens, lexicon);
            page.lines.push(Line { tokens, is_title });
        }
        page
    }

    pub(crate) fn words_of(&self, token: &Token) -> &'a str {
        token.range.slice(self.text).unwrap_or("")
    }

    /// Whether the token at `at` follows the one before it in one line: behind at most a
    /// space.
    pub(crate) fn follows(&self, at: usize) -> bool {
        let pair = at.checked_sub(1).and_then(|from| self.tokens.get(from..=at));
        let Some([before, token]) = pair else { return false };
        token.range.start() - before.range.end() <= 1
            && self.text.as_bytes().get(before.range.end() as usize) != Some(&b'\n')
    }

    /// Whether the document also writes this capitalised word small.
    pub(crate) fn is_small_too(&self, token: &Token) -> bool {
        self.small.contains(&hash(&self.words_of(token).to_lowercase()))
    }

    /// The capitalised words among `tokens`.
    pub(crate) fn capitals(&self, tokens: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let from = self.capitals.partition_point(|at| (*at as usize) < tokens.start);
        let end = tokens.end;
        let rest = self.capitals.get(from..).unwrap_or(&[]);
        rest.iter().map(|at| *at as usize).take_while(move |at| *at < end)
    }

    fn is_title_case(&self, line: &Range<usize>, lexicon: &Lexicon) -> bool {
        let tokens = self.tokens.get(line.clone()).unwrap_or(&[]);
        // A title has no stop.
        if tokens.last().is_some_and(|token| token.mark == b'.' && token.form == Form::Mark) {
            return false;
        }
        let open = |token: &&Token| {
            token.form == Form::Word
                && !lexicon.has(token, Part::Locative)
                && !lexicon.has(token, Part::Preposition)
                && !lexicon.has(token, Part::Determiner)
                && !lexicon.has(token, Part::Coordinator)
                && !lexicon.has(token, Part::Infinitive)
        };
        let (count, capitals) = tokens
            .iter()
            .filter(open)
            .fold((0, 0), |(n, c), token| (n + 1, c + usize::from(token.capital)));
        count >= 4 && capitals * 10 >= count * 8
    }
}

fn hash(word: &str) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

/// "al-Sisi", "d'Estaing", "kaMagwaza": a capital behind a glued particle.
fn glued_capital(word: &str) -> bool {
    let Some((at, _)) = word.char_indices().find(|(_, c)| !c.is_lowercase()) else { return false };
    let rest = word.get(at..).unwrap_or("");
    let rest = rest.strip_prefix(['-', '\'', '’']).unwrap_or(rest);
    (1..=GLUED).contains(&at) && rest.len() > 2 && rest.starts_with(char::is_uppercase)
}
