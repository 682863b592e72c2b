//! The tables of this crate, compiled: names, titles, verbs, cues. A bad row is a
//! [`LexiconError`] with its line.

use std::collections::BTreeMap;

use dateline_text::source::short_hash;
use dateline_text::table::{Row, rows};
use dateline_text::{LexiconError, SentenceRules};

use crate::words::{Token, fold};

mod parts;

pub(crate) use parts::{
    Collective, Country, Cue, Entry, Forms, Grammar, Named, Noun, NounKind, Picture, Verb,
    VerbClass,
};
use parts::{cue, grammar, verb_class};

macro_rules! tables {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(const $name: &str = include_str!(concat!("../../data/en/", $file));)*
        /// The embedded tables by name.
        pub(crate) const TABLES: &[(&str, &str)] = &[$(($file, $name)),*];
    };
}

tables! {
    BODIES = "bodies.tsv",
    COLLECTIVES = "collectives.tsv",
    COUNTRIES = "countries.tsv",
    CUES = "cues.tsv",
    FIRST_NAMES = "first_names.tsv",
    GATHERINGS = "gatherings.tsv",
    GRAMMAR = "grammar.tsv",
    NOT_NAMES = "not_names.tsv",
    PEOPLE = "people.tsv",
    PICTURES = "pictures.tsv",
    PLACES = "places.tsv",
    STOPWORDS = "stopwords.tsv",
    TITLES = "titles.tsv",
    VERBS = "verbs.tsv",
}

/// A phrase of a table.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    entry: Entry,
    /// Written in capitals in the table, so that the text must be too ("US", not "us").
    capitals: bool,
}

/// Tables of names, roles, places, triggers and topics.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) sentences: SentenceRules,
    phrases: BTreeMap<String, Vec<Phrase>>,
    /// First words of phrases, with the most words that a phrase has behind them.
    longest: BTreeMap<String, usize>,
    pub(crate) people: Vec<Named>,
    pub(crate) bodies: Vec<Named>,
    pub(crate) places: Vec<Named>,
    pub(crate) countries: Vec<Country>,
    verbs: BTreeMap<String, Vec<Verb>>,
    pub(crate) lemmas: Vec<String>,
    nouns: BTreeMap<String, Noun>,
    pub(crate) heads: Vec<String>,
    cues: BTreeMap<String, Cue>,
    /// First words of cues and of event nouns, with the most words that start so.
    cue_starts: BTreeMap<String, usize>,
    noun_starts: BTreeMap<String, usize>,
    grammar: BTreeMap<String, Vec<Grammar>>,
    collectives: BTreeMap<String, Collective>,
    pictures: BTreeMap<String, Picture>,
    stopwords: BTreeMap<String, ()>,
    not_names: BTreeMap<String, ()>,
    hash: u64,
}

impl Lexicon {
    /// The tables for English.
    pub fn english() -> Self {
        Self::load().expect("the embedded tables are checked by a test")
    }

    /// A hash of the tables.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    pub(crate) fn load() -> Result<Self, LexiconError> {
        let all: Vec<u8> = TABLES.iter().flat_map(|(_, text)| text.bytes()).collect();
        let mut lexicon = Self {
            sentences: SentenceRules::english(),
            phrases: BTreeMap::new(),
            longest: BTreeMap::new(),
            people: Vec::new(),
            bodies: Vec::new(),
            places: Vec::new(),
            countries: Vec::new(),
            verbs: BTreeMap::new(),
            lemmas: Vec::new(),
            nouns: BTreeMap::new(),
            heads: Vec::new(),
            cues: BTreeMap::new(),
            cue_starts: BTreeMap::new(),
            noun_starts: BTreeMap::new(),
            grammar: BTreeMap::new(),
            collectives: BTreeMap::new(),
            pictures: BTreeMap::new(),
            stopwords: words("stopwords.tsv", STOPWORDS),
            not_names: words("not_names.tsv", NOT_NAMES),
            hash: short_hash(&all),
        };
        lexicon.load_countries()?;
        lexicon.load_named()?;
        lexicon.load_people()?;
        lexicon.load_verbs()?;
        lexicon.load_small()?;
        Ok(lexicon)
    }

    fn phrase(&mut self, words: &str, entry: Entry) {
        let key = phrase_key(words);
        let mut parts = key.split(' ');
        let first = parts.next().unwrap_or("").to_string();
        let longest = self.longest.entry(first).or_default();
        *longest = (*longest).max(1 + parts.count());
        let capitals = words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let found = self.phrases.entry(key).or_default();
        if found.iter().all(|phrase| phrase.entry != entry) {
            found.push(Phrase { entry, capitals });
        }
    }

    fn load_countries(&mut self) -> Result<(), LexiconError> {
        for row in rows("countries.tsv", COUNTRIES) {
            let name = row.need(0, "name")?;
            let at = self.countries.len() as u32;
            for alias in std::iter::once(name).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Country(at));
            }
            for adjective in alternatives(row.cell(2)) {
                self.phrase(adjective, Entry::Adjective(at));
            }
            for seat in alternatives(row.cell(4)) {
                self.phrase(seat, Entry::Seat(at));
            }
            self.countries
                .push(Country { name: name.to_string(), coordinates: coordinates(row, 5)? });
        }
        Ok(())
    }

    fn load_named(&mut self) -> Result<(), LexiconError> {
        for row in rows("places.tsv", PLACES) {
            let at = self.places.len() as u32;
            for alias in std::iter::once(row.need(0, "name")?).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Place(at));
            }
            let coordinates = coordinates(row, 3)?;
            self.places.push(Named { coordinates, ..named(row, 2) });
        }
        for row in rows("bodies.tsv", BODIES) {
            let at = self.bodies.len() as u32;
            for alias in std::iter::once(row.need(0, "name")?).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Body(at));
            }
            self.bodies.push(named(row, 2));
        }
        Ok(())
    }

    fn load_people(&mut self) -> Result<(), LexiconError> {
        for row in rows("people.tsv", PEOPLE) {
            let at = self.people.len() as u32;
            for alias in std::iter::once(row.need(0, "name")?).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Person(at));
            }
            for surname in alternatives(row.cell(4)) {
                self.phrase(surname, Entry::Surname(at));
            }
            let role = Some(row.cell(3).to_string()).filter(|role| !role.is_empty());
            self.people.push(Named { role, ..named(row, 2) });
        }
        for row in rows("first_names.tsv", FIRST_NAMES) {
            self.phrase(row.need(0, "name")?, Entry::FirstName);
        }
        for row in rows("titles.tsv", TITLES) {
            self.phrase(row.need(0, "title")?, Entry::Title);
        }
        Ok(())
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
        for row in rows("collectives.tsv", COLLECTIVES) {
            let how = match row.need(1, "how")? {
                "country" => Collective::Country,
                "own" => Collective::Own,
                other => return Err(row.error(format!("unknown way `{other}`"))),
            };
            self.collectives.insert(fold(row.need(0, "noun")?), how);
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

    /// The longest phrase of a table that starts at `tokens[at]`, with the entries it has
    /// and how many tokens it takes. Its first word must be a capital unless it is a
    /// title.
    pub(crate) fn match_phrase(&self, tokens: &[Token], at: usize) -> Option<(Vec<Entry>, usize)> {
        let first = tokens.get(at)?;
        let longest = *self.longest.get(&first.folded)?;
        let run: Vec<&Token> = tokens.iter().skip(at).take(longest).collect();
        (1..=run.len()).rev().find_map(|count| {
            let words = run.get(..count)?;
            let key = words.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
            let capital = words.iter().all(|token| {
                token.capital
                    || !token.folded.starts_with(|c: char| c.is_alphabetic())
                    || self.grammar(token, Grammar::Particle)
                    || self.grammar(token, Grammar::Preposition)
                    || self.grammar(token, Grammar::Locative)
                    || self.grammar(token, Grammar::Determiner)
            }) && first.form != crate::words::Form::Mark;
            let entries: Vec<Entry> = self
                .phrases
                .get(&key)?
                .iter()
                .filter(|phrase| match phrase.entry {
                    Entry::Title => true,
                    _ => {
                        capital
                            && first.capital
                            && (!phrase.capitals || first.all_caps || count > 1)
                    }
                })
                .map(|phrase| phrase.entry)
                .collect();
            (!entries.is_empty()).then_some((entries, count))
        })
    }

    pub(crate) fn verbs(&self, token: &Token) -> &[Verb] {
        self.verbs.get(&token.folded).map_or(&[], Vec::as_slice)
    }

    /// The event noun at `tokens[at]`, the longest there is.
    pub(crate) fn noun(&self, tokens: &[Token], at: usize) -> Option<(Noun, usize)> {
        longest(&self.noun_starts, &self.nouns, tokens, at)
    }

    /// The longest cue at `tokens[at]`.
    pub(crate) fn cue(&self, tokens: &[Token], at: usize) -> Option<(Cue, usize)> {
        longest(&self.cue_starts, &self.cues, tokens, at)
    }

    pub(crate) fn grammar(&self, token: &Token, what: Grammar) -> bool {
        self.grammar.get(&token.folded).is_some_and(|found| found.contains(&what))
    }

    pub(crate) fn collective(&self, token: &Token) -> Option<Collective> {
        self.collectives.get(&token.folded).copied()
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

    pub(crate) fn is_no_name(&self, token: &Token) -> bool {
        self.not_names.contains_key(&token.folded)
    }
}

fn words(table: &'static str, text: &str) -> BTreeMap<String, ()> {
    rows(table, text).map(|row| (fold(row.cell(0)), ())).collect()
}

/// Notes how many words a phrase has under its first word.
fn note_start(starts: &mut BTreeMap<String, usize>, key: &str) {
    let mut words = key.split(' ');
    let first = words.next().unwrap_or("").to_string();
    let most = starts.entry(first).or_default();
    *most = (*most).max(1 + words.count());
}

/// The longest phrase of `table` that starts at `tokens[at]`, and how many tokens it takes.
fn longest<T: Copy>(
    starts: &BTreeMap<String, usize>,
    table: &BTreeMap<String, T>,
    tokens: &[Token],
    at: usize,
) -> Option<(T, usize)> {
    let first = tokens.get(at)?;
    let most = *starts.get(&first.folded)?;
    (1..=most).rev().find_map(|count| {
        if count == 1 {
            return Some((*table.get(&first.folded)?, 1));
        }
        let run = tokens.get(at..at + count)?;
        let key = run.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        Some((*table.get(&key)?, count))
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

fn named(row: Row<'_>, country: usize) -> Named {
    let country = Some(row.cell(country).to_string()).filter(|country| !country.is_empty());
    Named { name: row.cell(0).to_string(), country, role: None, coordinates: None }
}

fn coordinates(row: Row<'_>, at: usize) -> Result<Option<(i32, i32)>, LexiconError> {
    let (lat, lon) = (row.cell(at), row.cell(at + 1));
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let read = |cell: &str, most: f64| {
        let degrees: f64 = cell.parse().ok()?;
        (degrees.abs() <= most).then_some((degrees * 1e6).round() as i32)
    };
    match (read(lat, 90.0), read(lon, 180.0)) {
        (Some(lat), Some(lon)) => Ok(Some((lat, lon))),
        _ => Err(row.error(format!("no coordinates: `{lat}`, `{lon}`"))),
    }
}
