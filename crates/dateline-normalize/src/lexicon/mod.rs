//! The tables of this crate, compiled: names, titles, verbs, cues. A bad row is a
//! [`LexiconError`] with its line.

use std::sync::OnceLock;

use dateline_text::source::short_hash;
use dateline_text::table::rows;
use dateline_text::{LexiconError, SentenceRules};
// Only tables of ours are put in; a text is looked up, never kept.
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::words::{Token, fold};

mod happenings;
mod parts;

use happenings::Happenings;
pub(crate) use happenings::Often;

pub(crate) use parts::{Cue, Forms, Grammar, Noun, NounKind, Picture, Verb, VerbClass};
use parts::{cue, grammar, verb_class};

macro_rules! tables {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(const $name: &str = include_str!(concat!("../../data/en/", $file));)*
        /// The embedded tables by name.
        pub(crate) const TABLES: &[(&str, &str)] = &[$(($file, $name)),*];
    };
}

tables! {
    CUES = "cues.tsv",
    ENDINGS = "endings.tsv",
    GATHERINGS = "gatherings.tsv",
    GRAMMAR = "grammar.tsv",
    HAPPENINGS = "happenings.tsv",
    PICTURES = "pictures.tsv",
    PUBLICATION = "publication.tsv",
    STOPWORDS = "stopwords.tsv",
    VERBS = "verbs.tsv",
}

/// Tables of names, roles, places, triggers and topics.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) sentences: SentenceRules,
    /// The tables of names, made when first asked for: a day needs none.
    names: OnceLock<dateline_names::Lexicon>,
    verbs: FxHashMap<String, Vec<Verb>>,
    pub(crate) lemmas: Vec<String>,
    nouns: FxHashMap<String, Noun>,
    pub(crate) heads: Vec<String>,
    cues: FxHashMap<String, Cue>,
    /// First words of cues and of event nouns, with the most words that start so.
    cue_starts: FxHashMap<String, usize>,
    noun_starts: FxHashMap<String, usize>,
    grammar: FxHashMap<String, Vec<Grammar>>,
    pictures: FxHashMap<String, Picture>,
    stopwords: FxHashMap<String, ()>,
    happenings: Happenings,
    /// Evidence of publication, the longest first, and its rank.
    publication: Vec<(String, u8)>,
    hash: u64,
}

/// Room for the forms of the verbs.
const VERB_FORMS: usize = 4096;

impl Lexicon {
    /// The tables for English.
    pub fn english() -> Self {
        Self::load(OnceLock::new()).expect("the embedded tables are checked by a test")
    }

    /// The tables for English with names of the user's own (see
    /// [`dateline_names::Lexicon::with_names`]).
    pub fn with_names(own: &str) -> Result<Self, LexiconError> {
        Self::load(dateline_names::Lexicon::with_names(own)?.into())
    }

    /// A hash of the tables, those of names included.
    pub fn hash(&self) -> u64 {
        let own = self.names.get().map(dateline_names::Lexicon::hash);
        self.hash ^ own.unwrap_or_else(dateline_names::english_hash)
    }

    /// The tables of names.
    pub fn names(&self) -> &dateline_names::Lexicon {
        self.names.get_or_init(dateline_names::Lexicon::english)
    }

    pub(crate) fn load(names: OnceLock<dateline_names::Lexicon>) -> Result<Self, LexiconError> {
        let all: Vec<u8> = TABLES.iter().flat_map(|(_, text)| text.bytes()).collect();
        let mut lexicon = Self {
            sentences: SentenceRules::english(),
            names,
            verbs: FxHashMap::with_capacity_and_hasher(VERB_FORMS, FxBuildHasher),
            lemmas: Vec::new(),
            nouns: FxHashMap::default(),
            heads: Vec::new(),
            cues: FxHashMap::default(),
            cue_starts: FxHashMap::default(),
            noun_starts: FxHashMap::default(),
            grammar: FxHashMap::default(),
            pictures: FxHashMap::default(),
            stopwords: words("stopwords.tsv", STOPWORDS),
            happenings: Happenings::default(),
            publication: Vec::new(),
            hash: short_hash(&all),
        };
        lexicon.load_verbs()?;
        lexicon.load_small()?;
        lexicon.load_publication()?;
        lexicon.happenings = Happenings::load(&lexicon, HAPPENINGS, ENDINGS)?;
        Ok(lexicon)
    }

    fn load_verbs(&mut self) -> Result<(), LexiconError> {
        for row in rows("verbs.tsv", VERBS) {
            let class = verb_class(row)?;
            let lemma = self.lemmas.len() as u32;
            let base = row.need(0, "lemma")?;
            self.lemmas.push(base.to_string());
            let mut add = |form: &str, set: fn(&mut Forms)| {
                let found = self.verbs.entry(fold(form)).or_default();
                if let Some(verb) = found.iter_mut().find(|verb| verb.lemma == lemma) {
                    set(&mut verb.forms);
                } else {
                    let mut forms = Forms::default();
                    set(&mut forms);
                    found.push(Verb { lemma, class, forms });
                }
            };
            add(base, |forms| forms.base = true);
            alternatives(row.cell(2)).for_each(|form| add(form, |forms| forms.third = true));
            alternatives(row.cell(3)).for_each(|form| add(form, |forms| forms.past = true));
            alternatives(row.cell(4)).for_each(|form| add(form, |forms| forms.participle = true));
            alternatives(row.cell(5)).for_each(|form| add(form, |forms| forms.ing = true));
        }
        Ok(())
    }

    fn load_publication(&mut self) -> Result<(), LexiconError> {
        for row in rows("publication.tsv", PUBLICATION) {
            let rank = row.need(1, "rank")?;
            let rank = rank.parse().map_err(|_| row.error(format!("`{rank}` is no rank")))?;
            self.publication.push((row.need(0, "evidence")?.to_string(), rank));
        }
        self.publication.sort_by_key(|(evidence, _)| std::cmp::Reverse(evidence.len()));
        Ok(())
    }

    /// How much a field is to be trusted as the day of publication, the least the most.
    pub(crate) fn evidence(&self, field: &str) -> Option<u8> {
        let fits = |evidence: &str| {
            field
                .strip_prefix(evidence)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.publication.iter().find(|(evidence, _)| fits(evidence)).map(|(_, rank)| *rank)
    }

    fn load_small(&mut self) -> Result<(), LexiconError> {
        for row in rows("gatherings.tsv", GATHERINGS) {
            let kind = match row.need(1, "kind")? {
                "gathering" => NounKind::Gathering,
                "target" => NounKind::Target,
                _ => NounKind::Happening,
            };
            let name = match row.cell(2) {
                "" => row.cell(0).split('|').next().unwrap_or(""),
                class => class,
            };
            let head = self.heads.iter().position(|head| head == name).unwrap_or_else(|| {
                self.heads.push(name.to_string());
                self.heads.len() - 1
            }) as u32;
            for form in alternatives(row.need(0, "noun")?) {
                let key = phrase_key(form);
                note_start(&mut self.noun_starts, &key);
                self.nouns.insert(key, Noun { kind, head });
            }
        }
        for row in rows("cues.tsv", CUES) {
            let key = phrase_key(row.need(0, "words")?);
            note_start(&mut self.cue_starts, &key);
            self.cues.insert(key, cue(row)?);
        }
        for row in rows("grammar.tsv", GRAMMAR) {
            let entry = self.grammar.entry(fold(row.need(0, "word")?)).or_default();
            entry.push(grammar(row)?);
        }
        for row in rows("pictures.tsv", PICTURES) {
            let picture = match row.need(1, "kind")? {
                "file" => Picture::File,
                "illustration" => Picture::Illustration,
                other => return Err(row.error(format!("unknown kind `{other}`"))),
            };
            self.pictures.insert(phrase_key(row.need(0, "words")?), picture);
        }
        Ok(())
    }

    pub(crate) fn verbs(&self, token: &Token) -> &[Verb] {
        self.verbs.get(&token.folded).map_or(&[], Vec::as_slice)
    }

    /// The event noun at `tokens[at]`, the longest there is.
    pub(crate) fn noun(&self, tokens: &[Token], at: usize) -> Option<(Noun, usize)> {
        longest(&self.noun_starts, &self.nouns, tokens, at).map(|(noun, count)| (*noun, count))
    }

    /// The longest cue at `tokens[at]`.
    pub(crate) fn cue(&self, tokens: &[Token], at: usize) -> Option<(Cue, usize)> {
        longest(&self.cue_starts, &self.cues, tokens, at).map(|(cue, count)| (*cue, count))
    }

    pub(crate) fn grammar(&self, token: &Token, what: Grammar) -> bool {
        self.grammar.get(&token.folded).is_some_and(|found| found.contains(&what))
    }

    /// What kind of picture words like these are about, if they say so.
    pub(crate) fn picture(&self, tokens: &[Token]) -> Option<Picture> {
        let one = |token: &Token| self.pictures.get(&token.folded).copied();
        let two = |pair: &[Token]| match pair {
            [a, b] => self.pictures.get(&format!("{} {}", a.folded, b.folded)).copied(),
            _ => None,
        };
        tokens.windows(2).find_map(two).or_else(|| tokens.iter().find_map(one))
    }

    pub(crate) fn is_stopword(&self, folded: &str) -> bool {
        self.stopwords.contains_key(folded)
    }
}

fn words(table: &'static str, text: &str) -> FxHashMap<String, ()> {
    rows(table, text).map(|row| (fold(row.cell(0)), ())).collect()
}

/// Notes how many words a phrase has under its first word.
fn note_start(starts: &mut FxHashMap<String, usize>, key: &str) {
    let mut words = key.split(' ');
    let first = words.next().unwrap_or("").to_string();
    let most = starts.entry(first).or_default();
    *most = (*most).max(1 + words.count());
}

/// The longest phrase of `table` that starts at `tokens[at]`, and how many tokens it takes.
fn longest<'a, T>(
    starts: &FxHashMap<String, usize>,
    table: &'a FxHashMap<String, T>,
    tokens: &[Token],
    at: usize,
) -> Option<(&'a T, usize)> {
    let first = tokens.get(at)?;
    let most = *starts.get(&first.folded)?;
    (1..=most).rev().find_map(|count| {
        if count == 1 {
            return Some((table.get(&first.folded)?, 1));
        }
        let run = tokens.get(at..at + count)?;
        let key = run.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        Some((table.get(&key)?, count))
    })
}

fn alternatives(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

/// The key of a phrase: its tokens folded, with single spaces.
fn phrase_key(words: &str) -> String {
    let Some(all) = dateline_text::TextRange::at(0, words.len()) else { return String::new() };
    let tokens = crate::words::tokens(words, all);
    let parts: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
    parts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
