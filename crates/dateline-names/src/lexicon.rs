//! The tables of this crate, compiled: phrases in a tree of words, words with the parts
//! they play. A bad row is a [`LexiconError`] with its line.

use std::sync::OnceLock;

use dateline_text::LexiconError;
use dateline_text::fold::fold_into;
use dateline_text::source::short_hash;
use dateline_text::table::{Row, rows};
use dateline_text::words::{Form, words};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::gazetteer::Gazetteer;
use crate::key::key as key_of;
use crate::parts::{Entry, Phrase, part};
pub(crate) use crate::parts::{Hits, Part};
use crate::token::{Token, UNKNOWN};

macro_rules! tables {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(const $name: &str = include_str!(concat!("../data/en/", $file));)*
        /// The embedded tables by name.
        pub(crate) const TABLES: &[(&str, &str)] = &[$(($file, $name)),*];
    };
}

tables! {
    BODIES = "bodies.tsv",
    COLLECTIVES = "collectives.tsv",
    COUNTRIES = "countries.tsv",
    FIRST_NAMES = "first_names.tsv",
    NOT_NAMES = "not_names.tsv",
    NOT_PLACES = "not_places.tsv",
    PEOPLE = "people.tsv",
    PLACES = "places.tsv",
    TITLES = "titles.tsv",
    WORDS = "words.tsv",
}

/// Room for the words of the tables.
const WORDS_EXPECTED: usize = 16_384;

/// A country.
#[derive(Debug)]
pub(crate) struct Country {
    pub(crate) name: String,
    pub(crate) coordinates: Option<(i32, i32)>,
}

/// A person, body or place of a table.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) role: Option<String>,
    /// Of a place: its name in the gazetteer, where that is another.
    pub(crate) area: Option<String>,
    pub(crate) coordinates: Option<(i32, i32)>,
}

/// Tables of names, and the gazetteer.
#[derive(Debug)]
pub struct Lexicon {
    vocabulary: FxHashMap<Box<str>, u32>,
    /// The parts of each word, as bits.
    parts: Vec<u32>,
    /// Endings of unknown words that act.
    acting: Vec<Box<str>>,
    /// Children in the tree of phrases.
    next: FxHashMap<(u32, u32), u32>,
    /// The child of the root for each word, 0 for none.
    first: Vec<u32>,
    /// Where the phrases that end at each node start in `phrases`.
    nodes: Vec<u32>,
    /// Entries with their node: by node once all are read.
    phrases: Vec<(u32, Phrase)>,
    pub(crate) people: Vec<Named>,
    pub(crate) bodies: Vec<Named>,
    pub(crate) places: Vec<Named>,
    pub(crate) countries: Vec<Country>,
    pub(crate) gazetteer: Gazetteer,
    /// Keys of the people of the table under all their spellings; made when first asked.
    keys: OnceLock<FxHashMap<String, u32>>,
    own: String,
    hash: OnceLock<u64>,
}

/// The hash of [`Lexicon::english`], without reading the tables.
pub fn english_hash() -> u64 {
    hash_of("")
}

/// The hash of the tables with names of the user's own.
fn hash_of(own: &str) -> u64 {
    let tables = TABLES.iter().map(|(_, text)| *text);
    short_hash(tables.chain([own]).collect::<String>().as_bytes())
}

impl Lexicon {
    /// The tables for English.
    pub fn english() -> Self {
        Self::load("").expect("the embedded tables are checked by a test")
    }

    /// The tables for English with names of the user's own: rows of kind (`person`,
    /// `organization`, `place`), name, other names split by `|`, country, and for a place
    /// latitude and longitude in degrees.
    pub fn with_names(own: &str) -> Result<Self, LexiconError> {
        Self::load(own)
    }

    /// A hash of the tables.
    pub fn hash(&self) -> u64 {
        *self.hash.get_or_init(|| hash_of(&self.own))
    }

    fn load(own: &str) -> Result<Self, LexiconError> {
        let gazetteer = Gazetteer::embedded().expect("the embedded gazetteer is checked by a test");
        let mut lexicon = Self {
            vocabulary: FxHashMap::with_capacity_and_hasher(WORDS_EXPECTED, FxBuildHasher),
            parts: Vec::with_capacity(WORDS_EXPECTED),
            acting: Vec::new(),
            next: FxHashMap::with_capacity_and_hasher(WORDS_EXPECTED / 2, FxBuildHasher),
            first: Vec::with_capacity(WORDS_EXPECTED),
            nodes: vec![0],
            phrases: Vec::with_capacity(WORDS_EXPECTED),
            people: Vec::new(),
            bodies: Vec::new(),
            places: Vec::new(),
            countries: Vec::new(),
            gazetteer,
            keys: OnceLock::new(),
            own: own.to_string(),
            hash: OnceLock::new(),
        };
        lexicon.load_own(own)?;
        lexicon.load_places()?;
        lexicon.load_people()?;
        lexicon.load_words()?;
        lexicon.index();
        Ok(lexicon)
    }

    fn load_own(&mut self, own: &str) -> Result<(), LexiconError> {
        for row in rows("names", own) {
            let kind = row.need(0, "kind")?;
            let mut named = named(row, 1, 3);
            if named.name.is_empty() {
                return Err(row.error("no name in cell 2"));
            }
            named.coordinates = coordinates(row, 4)?;
            let (list, entry): (_, fn(u32) -> Entry) = match kind {
                "person" => (&mut self.people, Entry::Person),
                "organization" => (&mut self.bodies, Entry::Body),
                "place" => (&mut self.places, Entry::Place),
                other => return Err(row.error(format!("unknown kind `{other}`"))),
            };
            let at = list.len() as u32;
            list.push(named);
            for alias in std::iter::once(row.cell(1)).chain(alternatives(row.cell(2))) {
                self.phrase(alias, entry(at));
            }
        }
        Ok(())
    }

    fn load_places(&mut self) -> Result<(), LexiconError> {
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
            let coordinates = coordinates(row, 5)?;
            self.countries.push(Country { name: name.to_string(), coordinates });
        }
        for row in rows("places.tsv", PLACES) {
            let at = self.places.len() as u32;
            for alias in std::iter::once(row.need(0, "name")?).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Place(at));
            }
            let coordinates = coordinates(row, 3)?;
            let area = Some(row.cell(5).to_string()).filter(|area| !area.is_empty());
            self.places.push(Named { coordinates, area, ..named(row, 0, 2) });
        }
        for row in rows("bodies.tsv", BODIES) {
            let at = self.bodies.len() as u32;
            for alias in std::iter::once(row.need(0, "name")?).chain(alternatives(row.cell(1))) {
                self.phrase(alias, Entry::Body(at));
            }
            self.bodies.push(named(row, 0, 2));
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
            self.people.push(Named { role, ..named(row, 0, 2) });
        }
        for row in rows("first_names.tsv", FIRST_NAMES) {
            self.play(row.need(0, "name")?, Part::FirstName);
        }
        for row in rows("titles.tsv", TITLES) {
            self.phrase(row.need(0, "title")?, Entry::Title);
        }
        Ok(())
    }

    fn load_words(&mut self) -> Result<(), LexiconError> {
        for row in rows("words.tsv", WORDS) {
            let word = row.need(0, "word")?;
            for name in alternatives(row.need(1, "part")?) {
                match (word.strip_prefix('*'), part(row, name)?) {
                    (Some(ending), Part::Acts) => self.acting.push(ending.into()),
                    (Some(_), _) => return Err(row.error("only what acts has endings")),
                    (None, part) => self.play(word, part),
                }
            }
        }
        for row in rows("not_names.tsv", NOT_NAMES) {
            self.play(row.need(0, "word")?, Part::NoName);
        }
        for row in rows("not_places.tsv", NOT_PLACES) {
            self.play(row.need(0, "word")?, Part::NoPlace);
        }
        for row in rows("collectives.tsv", COLLECTIVES) {
            let part = match row.need(1, "how")? {
                "country" => Part::CountryNoun,
                "own" => Part::OwnNoun,
                other => return Err(row.error(format!("unknown way `{other}`"))),
            };
            self.play(row.need(0, "noun")?, part);
        }
        Ok(())
    }

    /// Sorts the phrases by node; the first told of one node comes first.
    fn index(&mut self) {
        self.phrases.sort_by_key(|(node, _)| *node);
        let mut at = 0;
        for (node, start) in self.nodes.iter_mut().enumerate() {
            *start = at as u32;
            while self.phrases.get(at).is_some_and(|(of, _)| *of as usize == node) {
                at += 1;
            }
        }
        self.nodes.push(at as u32);
    }

    /// The entries of a phrase that ends at `node`.
    fn at_node(&self, node: u32) -> impl Iterator<Item = Phrase> {
        let at = |node: u32| self.nodes.get(node as usize).map_or(0, |at| *at as usize);
        let all = self.phrases.get(at(node)..at(node + 1)).unwrap_or(&[]);
        all.iter().map(|(_, phrase)| *phrase)
    }

    /// The person of the table that a full name is a spelling of.
    pub(crate) fn spelling_of(&self, key: &str) -> Option<&Named> {
        let keys = self.keys.get_or_init(|| {
            let mut keys = FxHashMap::default();
            let own = self.people.len().saturating_sub(rows("people.tsv", PEOPLE).count());
            for (at, row) in rows("people.tsv", PEOPLE).enumerate() {
                for name in std::iter::once(row.cell(0)).chain(alternatives(row.cell(1))) {
                    if name.contains(' ') {
                        keys.entry(key_of(name)).or_insert((own + at) as u32);
                    }
                }
            }
            keys
        });
        keys.get(key).and_then(|at| self.people.get(*at as usize))
    }

    fn play(&mut self, word: &str, part: Part) {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        let at = self.intern(&folded);
        if let Some(parts) = self.parts.get_mut(at as usize) {
            *parts |= 1 << part as u8;
        }
    }

    fn intern(&mut self, folded: &str) -> u32 {
        if let Some(at) = self.vocabulary.get(folded) {
            return *at;
        }
        let at = self.parts.len() as u32;
        self.vocabulary.insert(folded.into(), at);
        self.parts.push(0);
        self.first.push(0);
        at
    }

    fn phrase(&mut self, phrase: &str, entry: Entry) {
        let mut node = 0;
        let mut folded = String::new();
        let Some(all) = dateline_text::TextRange::at(0, phrase.len()) else { return };
        for word in words(phrase, all) {
            folded.clear();
            fold_into(word.range.slice(phrase).unwrap_or(""), &mut folded);
            // The stop of "Gen." is a word that may be missing.
            if folded.is_empty() {
                continue;
            }
            let word = self.intern(&folded);
            let new = self.nodes.len() as u32;
            let child = match node {
                0 => self.first.get_mut(word as usize),
                _ => Some(self.next.entry((node, word)).or_insert(0)),
            };
            let Some(child) = child else { return };
            if *child == 0 {
                *child = new;
                self.nodes.push(0);
            }
            node = *child;
        }
        let letters = phrase.chars().filter(|c| c.is_alphabetic());
        let capitals = letters.clone().count() > 0 && letters.clone().all(char::is_uppercase);
        if node != 0 {
            let stopped = phrase.ends_with('.') && matches!(entry, Entry::Place(_));
            self.phrases.push((node, Phrase { entry, capitals, stopped }));
        }
    }

    /// The number of a word, or [`UNKNOWN`]. `scratch` holds its folded form after, unless
    /// it is written small throughout.
    pub(crate) fn word(&self, word: &str, scratch: &mut String) -> u32 {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase());
        let key = if plain {
            word
        } else {
            scratch.clear();
            fold_into(word, scratch);
            scratch.as_str()
        };
        self.vocabulary.get(key).copied().unwrap_or(UNKNOWN)
    }

    /// Whether a word plays a part.
    pub(crate) fn has(&self, token: &Token, part: Part) -> bool {
        self.parts.get(token.word as usize).is_some_and(|parts| parts & (1 << part as u8) != 0)
    }

    /// Whether a word plays any part but that of a given name.
    pub(crate) fn plays(&self, token: &Token) -> bool {
        let given = 1 << Part::FirstName as u8;
        self.parts.get(token.word as usize).is_some_and(|parts| *parts & !given != 0)
    }

    /// Whether a small word ends compounds that are no names.
    pub(crate) fn is_compound(&self, word: &str) -> bool {
        let parts = self.vocabulary.get(word).and_then(|word| self.parts.get(*word as usize));
        parts.is_some_and(|parts| parts & (1 << Part::Compound as u8) != 0)
    }

    /// Whether some phrase starts with the word.
    pub(crate) fn starts(&self, token: &Token) -> bool {
        self.first.get(token.word as usize).is_some_and(|node| *node != 0)
    }

    /// Whether a word tells what the name before it does: a small one, or in a title any.
    pub(crate) fn acts(&self, token: &Token, words: &str, title: bool) -> bool {
        if token.form != Form::Word || (token.capital && !title) {
            return false;
        }
        let ending = || self.acting.iter().any(|ending| words.ends_with(&**ending));
        self.has(token, Part::Acts)
            || self.has(token, Part::Says)
            || (token.word == UNKNOWN && ending())
    }

    /// The longest phrase of the tables that starts at `tokens[at]`, and how many tokens it
    /// takes. Its words must be capitals unless it is a title.
    pub(crate) fn phrase_at(&self, tokens: &[Token], at: usize) -> Option<(Hits, usize)> {
        let first = tokens.get(at)?;
        let given = first.capital && self.has(first, Part::FirstName);
        let longest = self.longest(tokens, at, first);
        match longest {
            Some((hits, 1)) if given => Some((Hits { first_name: true, ..hits }, 1)),
            None if given => Some((Hits { first_name: true, ..Hits::default() }, 1)),
            found => found,
        }
    }

    fn longest(&self, tokens: &[Token], at: usize, first: &Token) -> Option<(Hits, usize)> {
        let mut node = *self.first.get(first.word as usize)?;
        let mut capital = first.capital;
        let mut best = None;
        let mut count = 1;
        while node != 0 {
            let mut hits = Hits::default();
            for phrase in self.at_node(node) {
                let fits = match phrase.entry {
                    Entry::Title => true,
                    _ => {
                        let stop = |at: usize| tokens.get(at).is_some_and(|t| t.mark == b'.');
                        capital
                            && (!phrase.capitals || first.all_caps || count > 1)
                            && (!phrase.stopped || stop(at + count) || stop(at + count - 1))
                    }
                };
                if fits {
                    hits.add(phrase.entry);
                }
            }
            if hits != Hits::default() {
                best = Some((hits, count));
            }
            let Some(mut token) = tokens.get(at + count) else { break };
            // The stop behind "Gen".
            let behind = tokens.get(at + count + 1).map_or(UNKNOWN, |token| token.word);
            if token.mark == b'.' && self.next.contains_key(&(node, behind)) {
                count += 1;
                let Some(after) = tokens.get(at + count) else { break };
                token = after;
            }
            let joins = token.capital
                || token.form != Form::Word
                || self.has(token, Part::Particle)
                || self.has(token, Part::Preposition)
                || self.has(token, Part::Locative)
                || self.has(token, Part::Determiner);
            capital &= joins;
            node = self.next.get(&(node, token.word)).copied().unwrap_or(0);
            count += 1;
        }
        best
    }

    /// How many of the folded words from the first on are a title and nothing else.
    pub fn title<'w>(&self, folded: impl Iterator<Item = &'w str>) -> usize {
        let (mut node, mut best) = (0, 0);
        for (at, word) in folded.enumerate() {
            let word = self.vocabulary.get(word).copied().unwrap_or(UNKNOWN);
            node = match at {
                0 => self.first.get(word as usize).copied().unwrap_or(0),
                _ => self.next.get(&(node, word)).copied().unwrap_or(0),
            };
            if node == 0 {
                break;
            }
            let mut phrases = self.at_node(node).peekable();
            if phrases.peek().is_some() && phrases.all(|phrase| phrase.entry == Entry::Title) {
                best = at + 1;
            }
        }
        best
    }

    /// Whether a folded word is a country's adjective or its people.
    pub fn is_adjective(&self, folded: &str) -> bool {
        let word = self.vocabulary.get(folded).copied().unwrap_or(UNKNOWN);
        let node = self.first.get(word as usize).copied().unwrap_or(0);
        node != 0 && self.at_node(node).any(|phrase| matches!(phrase.entry, Entry::Adjective(_)))
    }
}

fn alternatives(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

fn named(row: Row<'_>, name: usize, country: usize) -> Named {
    let country = Some(row.cell(country).to_string()).filter(|country| !country.is_empty());
    Named { name: row.cell(name).to_string(), country, role: None, area: None, coordinates: None }
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
