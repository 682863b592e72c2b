//! The tables of this crate, compiled: names, titles, verbs, cues. A bad row is a
//! [`LexiconError`] with its line.

use std::collections::BTreeMap;

use dateline_text::source::short_hash;
use dateline_text::table::{Row, rows};
use dateline_text::{LexiconError, SentenceRules};

use crate::words::{Token, fold};

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

/// What a phrase of a table stands for; the number is the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    Person(u32),
    Body(u32),
    Place(u32),
    Country(u32),
    Adjective(u32),
    Seat(u32),
    Surname(u32),
    Title,
    FirstName,
}

/// A phrase of a table.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    entry: Entry,
    /// Written in capitals in the table, so that the text must be too ("US", not "us").
    capitals: bool,
}

/// A country.
#[derive(Debug)]
pub(crate) struct Country {
    pub name: String,
    pub coordinates: Option<(i32, i32)>,
}

/// A person, body or place of a table.
#[derive(Debug)]
pub(crate) struct Named {
    pub name: String,
    pub country: Option<String>,
    pub role: Option<String>,
    pub coordinates: Option<(i32, i32)>,
}

/// What a verb is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VerbClass {
    Say,
    Report,
    Meet,
    Move,
    Harm,
    Decide,
    Change,
    Show,
    Plan,
    Other,
    State,
}

/// Which forms of a verb a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    pub base: bool,
    pub third: bool,
    pub past: bool,
    pub participle: bool,
    pub ing: bool,
}

/// A word form of a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    pub lemma: u32,
    pub class: VerbClass,
    pub forms: Forms,
}

/// What kind of event a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NounKind {
    Gathering,
    Happening,
    Target,
}

/// An event noun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noun {
    pub kind: NounKind,
    /// The row whose first form names its class.
    pub head: u32,
}

/// What a cue says of the clause it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cue {
    Planned,
    PlannedPast,
    Possible,
    Denied,
    Cancelled,
    Target,
    Background,
    Hearsay,
}

/// What a function word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grammar {
    /// Stands before a place ("in", "near").
    Locative,
    /// Any other preposition.
    Preposition,
    /// "the", "a", "their".
    Determiner,
    /// "he", "they".
    Pronoun,
    /// Stands for someone ("he", "they", not "it", "we").
    Actor,
    /// Starts a clause of its own ("while", "after", "because").
    Subordinator,
    /// Starts a relative clause ("who", "which", "that").
    Relative,
    /// "and", "or", "but".
    Coordinator,
    /// Makes a comparison of the date behind it ("since", "than").
    Comparison,
    /// The same, with a few words between ("above the same period in 2024").
    Against,
    /// Puts a date as the last one for something ("by 2035").
    Limit,
    /// Names what something is measured from ("from a year earlier").
    Origin,
    /// Puts the event beside, not inside, what follows ("before", "after").
    Beside,
    /// The same, and what follows is still to come ("before", "ahead of").
    Ahead,
    /// Stands before the bare verb ("to").
    Infinitive,
    /// A part of a compound verb ("is", "has", "will").
    Auxiliary,
    /// Lower-case part of a name ("van", "bin").
    Particle,
    /// An adjective or adverb that keeps the run of a noun phrase ("peace", "direct").
    Modifier,
    /// Puts a date in front of what it is to be (", effective", "from").
    Effective,
}

/// What a picture shows, by the words of its caption or credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Picture {
    File,
    Illustration,
}

/// How a collective noun behind an adjective is named ("Turkish authorities").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Collective {
    /// The country itself.
    Country,
    /// By its own words.
    Own,
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
    longest_cue: usize,
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
            longest_cue: 1,
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
                self.nouns.insert(phrase_key(form), Noun { kind, head });
            }
        }
        for row in rows("cues.tsv", CUES) {
            let key = phrase_key(row.need(0, "words")?);
            self.longest_cue = self.longest_cue.max(key.split(' ').count());
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

    /// The event noun at `tokens[at]`, of one or two words.
    pub(crate) fn noun(&self, tokens: &[Token], at: usize) -> Option<(Noun, usize)> {
        let first = tokens.get(at)?;
        if let Some(second) = tokens.get(at + 1) {
            let key = format!("{} {}", first.folded, second.folded);
            if let Some(noun) = self.nouns.get(&key) {
                return Some((*noun, 2));
            }
        }
        self.nouns.get(&first.folded).map(|noun| (*noun, 1))
    }

    /// The longest cue at `tokens[at]`.
    pub(crate) fn cue(&self, tokens: &[Token], at: usize) -> Option<(Cue, usize)> {
        (1..=self.longest_cue).rev().find_map(|count| {
            let run = tokens.get(at..at + count)?;
            let key = run.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
            Some((*self.cues.get(&key)?, count))
        })
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

fn verb_class(row: Row<'_>) -> Result<VerbClass, LexiconError> {
    Ok(match row.need(1, "class")? {
        "say" => VerbClass::Say,
        "report" => VerbClass::Report,
        "meet" => VerbClass::Meet,
        "move" => VerbClass::Move,
        "harm" => VerbClass::Harm,
        "decide" => VerbClass::Decide,
        "change" => VerbClass::Change,
        "show" => VerbClass::Show,
        "plan" => VerbClass::Plan,
        "other" => VerbClass::Other,
        "state" => VerbClass::State,
        other => return Err(row.error(format!("unknown class `{other}`"))),
    })
}

fn cue(row: Row<'_>) -> Result<Cue, LexiconError> {
    Ok(match row.need(1, "cue")? {
        "planned" => Cue::Planned,
        "planned-past" => Cue::PlannedPast,
        "possible" => Cue::Possible,
        "denied" => Cue::Denied,
        "cancelled" => Cue::Cancelled,
        "target" => Cue::Target,
        "background" => Cue::Background,
        "hearsay" => Cue::Hearsay,
        other => return Err(row.error(format!("unknown cue `{other}`"))),
    })
}

fn grammar(row: Row<'_>) -> Result<Grammar, LexiconError> {
    Ok(match row.need(1, "part")? {
        "locative" => Grammar::Locative,
        "preposition" => Grammar::Preposition,
        "determiner" => Grammar::Determiner,
        "pronoun" => Grammar::Pronoun,
        "actor" => Grammar::Actor,
        "subordinator" => Grammar::Subordinator,
        "relative" => Grammar::Relative,
        "coordinator" => Grammar::Coordinator,
        "comparison" => Grammar::Comparison,
        "against" => Grammar::Against,
        "limit" => Grammar::Limit,
        "origin" => Grammar::Origin,
        "beside" => Grammar::Beside,
        "ahead" => Grammar::Ahead,
        "infinitive" => Grammar::Infinitive,
        "auxiliary" => Grammar::Auxiliary,
        "particle" => Grammar::Particle,
        "modifier" => Grammar::Modifier,
        "effective" => Grammar::Effective,
        other => return Err(row.error(format!("unknown part `{other}`"))),
    })
}
