//! Tables compiled for tagging: words, patterns, named days and cues of one language.

use std::collections::BTreeMap;

use dateline_text::LexiconError;
use dateline_text::table::{Row, rows};

use crate::expr::Sem;
use crate::grammar::{Class, ClassSet, Classes, Rule, class};
use crate::holiday::{Holiday, NamedDay};
use crate::known::{Known, known};
use crate::ops::constant;
use crate::starts::Starts;
use crate::token::{Kind, Scanner, Shape, Token};
use crate::vocabulary::{Vocabulary, WordId};

/// The text of a language's tables.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// Form, class, value.
    pub words: &'a str,
    /// Name, class, pattern, operator, guards.
    pub patterns: &'a str,
    /// Form, day.
    pub holidays: &'a str,
    /// Form, class: the words that tell past from future.
    pub cues: &'a str,
}

/// The tables of English.
pub const ENGLISH: Tables<'static> = Tables {
    words: include_str!("../data/en/words.tsv"),
    patterns: include_str!("../data/en/patterns.tsv"),
    holidays: include_str!("../data/en/holidays.tsv"),
    cues: include_str!("../data/en/cues.tsv"),
};

const CUES: &str = "cues.tsv";

/// How a word must be written to mean what a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Capital,
    Upper,
}

impl Case {
    fn of(form: &str) -> Self {
        let letters = || form.chars().filter(|c| c.is_alphabetic());
        if letters().count() > 1 && letters().all(char::is_uppercase) {
            Self::Upper
        } else if form.starts_with(char::is_uppercase) {
            Self::Capital
        } else {
            Self::Any
        }
    }

    fn fits(self, shape: Shape) -> bool {
        match self {
            Self::Any => true,
            Self::Capital => shape != Shape::Lower,
            Self::Upper => shape == Shape::Upper,
        }
    }
}

#[derive(Clone, Debug)]
struct Use {
    class: Class,
    sem: Sem,
    case: Case,
    /// Whether a pattern asks for the class; guards ask for all.
    part: bool,
}

/// One token of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    word: WordId,
    number: u32,
    case: Case,
    glued: bool,
}

#[derive(Clone, Debug)]
struct Phrase {
    links: Vec<Link>,
    class: Class,
    sem: Sem,
    /// Whether it can start the search for an expression.
    trigger: bool,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    uses: Vec<Use>,
    /// Those that start with it, by their second word, if any, and their place.
    phrases: Vec<(Option<WordId>, u32)>,
    /// Its classes by how it is written: small, capital, capitals.
    sets: [ClassSet; 3],
    /// Whether the table of words, and that of cues, names it.
    named: bool,
    cue: bool,
    /// Whether it means something in small letters.
    plain: bool,
}

/// Whether a word can be part of an expression, and whether it can start the search for one.
#[derive(Clone, Copy, Debug, Default)]
struct Role {
    inner: bool,
    trigger: bool,
}

/// What the ending of a word says where its table does not name the word.
#[derive(Clone, Debug)]
struct Suffix {
    ending: Box<str>,
    class: Class,
    /// It is in the table of cues.
    cue: bool,
}

/// Tables compiled for tagging.
#[derive(Clone, Debug)]
pub struct Lexicon {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) rules: Vec<Rule>,
    pub(crate) holidays: Vec<NamedDay>,
    pub(crate) known: Known,
    pub(crate) finals: ClassSet,
    pub(crate) colloquial: ClassSet,
    /// What is final in all but news.
    pub(crate) not_news: ClassSet,
    /// What is final in a story of years of three digits.
    pub(crate) ancient: ClassSet,
    entries: Vec<Entry>,
    phrases: Vec<Phrase>,
    number_phrases: Vec<(Option<WordId>, u32)>,
    /// What each word may be, apart from the rest of its entry: every token asks for it.
    roles: Vec<Role>,
    pub(crate) starts: Starts,
    suffixes: Vec<Suffix>,
    /// The bytes that suffixes end in.
    endings: Vec<u8>,
    hash: u64,
}

impl Lexicon {
    /// The tables for English.
    pub fn english() -> Self {
        Self::from_tables(ENGLISH).expect("the embedded tables are checked by a test")
    }

    /// The tables given.
    pub fn from_tables(tables: Tables<'_>) -> Result<Self, LexiconError> {
        let mut classes = Classes::default();
        let known = known(&mut classes);
        let mut out = Self {
            vocabulary: Vocabulary::new(),
            rules: Vec::new(),
            holidays: Vec::new(),
            known,
            finals: ClassSet::default(),
            colloquial: ClassSet::default(),
            not_news: ClassSet::default(),
            ancient: ClassSet::default(),
            entries: vec![Entry::default()],
            phrases: Vec::new(),
            number_phrases: Vec::new(),
            roles: vec![Role::default()],
            starts: Starts::default(),
            suffixes: Vec::new(),
            endings: Vec::new(),
            hash: hash(tables),
        };
        out.abbreviations(tables.words);
        let triggers = out.read_patterns(tables.patterns, &mut classes)?;
        let used = out.used();
        for row in rows("words.tsv", tables.words) {
            let class = class(row, &mut classes, row.need(1, "class")?)?;
            let sem = match row.cell(2) {
                "" => Sem::Nothing,
                value => {
                    constant(value).ok_or_else(|| row.error(format!("unknown value `{value}`")))?
                }
            };
            out.add(row, class, sem, used.has(class), triggers.has(class))?;
        }
        out.read_holidays(tables.holidays, &mut classes)?;
        for row in rows(CUES, tables.cues) {
            let class = class(row, &mut classes, row.need(1, "class")?)?;
            out.add(row, class, Sem::Nothing, false, false)?;
        }
        out.starts = Starts::of(&out.rules, classes.len());
        out.finish();
        Ok(out)
    }

    /// A hash of the tables.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Marks the words that are written with a stop, before any form is read by the
    /// tokenizer.
    fn abbreviations(&mut self, words: &str) {
        for row in rows("words.tsv", words) {
            if let Some(form) = row.cell(0).strip_suffix('.')
                && form.bytes().all(|b| b.is_ascii_alphabetic())
                && !form.is_empty()
            {
                let id = self.word(&form.to_lowercase());
                self.vocabulary.set_abbreviation(id);
            }
        }
    }

    fn word(&mut self, form: &str) -> WordId {
        let id = self.vocabulary.add(form);
        self.entries.resize(self.vocabulary.len(), Entry::default());
        self.roles.resize(self.vocabulary.len(), Role::default());
        id
    }

    fn read_patterns(
        &mut self,
        patterns: &str,
        classes: &mut Classes,
    ) -> Result<ClassSet, LexiconError> {
        let mut triggers = ClassSet::default();
        for row in rows("patterns.tsv", patterns) {
            if let Some(directive) = row.cell(0).strip_prefix('@') {
                let mut named = ClassSet::default();
                for name in row.need(1, "classes")?.split_ascii_whitespace() {
                    named.add(class(row, classes, name)?);
                }
                match directive {
                    "trigger" => triggers = triggers.union(named),
                    "colloquial" => self.colloquial = self.colloquial.union(named),
                    "not-news" => self.not_news = self.not_news.union(named),
                    "ancient" => self.ancient = self.ancient.union(named),
                    "final" => self.finals = self.finals.union(named),
                    other => return Err(row.error(format!("unknown directive `@{other}`"))),
                }
            } else {
                self.rules.push(Rule::read(row, classes)?);
            }
        }
        Ok(triggers)
    }

    /// The classes that some pattern asks for.
    fn used(&self) -> ClassSet {
        self.rules
            .iter()
            .flat_map(|rule| &rule.elements)
            .fold(ClassSet::default(), |set, element| set.union(element.any))
    }

    /// Named days: form, kind, day, and perhaps a country or the class it makes.
    fn read_holidays(&mut self, table: &str, classes: &mut Classes) -> Result<(), LexiconError> {
        let mut known: BTreeMap<&str, u16> = BTreeMap::new();
        for row in rows("holidays.tsv", table) {
            let form = row.need(0, "form")?;
            let extra = row.cell(3);
            if row.need(1, "kind")? == "same" {
                let other = row.need(2, "form")?;
                let id = known.get(other).copied();
                let id = id.ok_or_else(|| row.error(format!("no `{other}` stands above")))?;
                let class = class(row, classes, "HOLIDAY")?;
                self.add(row, class, Sem::Holiday(id), true, true)?;
                continue;
            }
            let holiday = Holiday::read(row)?;
            if let Some(day) =
                known.get(form).and_then(|id| self.holidays.get_mut(usize::from(*id)))
            {
                if extra.len() != 2 {
                    return Err(row.error(format!("`{form}` is there twice for no country")));
                }
                day.add(extra, holiday);
                continue;
            }
            let id =
                u16::try_from(self.holidays.len()).map_err(|_| row.error("too many named days"))?;
            self.holidays.push(NamedDay::new(holiday));
            known.insert(form, id);
            let class = class(row, classes, if extra.is_empty() { "HOLIDAY" } else { extra })?;
            self.add(row, class, Sem::Holiday(id), true, true)?;
        }
        Ok(())
    }

    /// Adds the form of a row: a word, a phrase, or `*ending`.
    fn add(
        &mut self,
        row: Row<'_>,
        class: Class,
        sem: Sem,
        inner: bool,
        trigger: bool,
    ) -> Result<(), LexiconError> {
        let form = row.need(0, "form")?;
        if let Some(ending) = form.strip_prefix('*')
            && !ending.is_empty()
        {
            let cue = row.table == CUES;
            self.suffixes.push(Suffix { ending: ending.into(), class, cue });
            return Ok(());
        }
        let links = self.links(form);
        match links.as_slice() {
            [] => return Err(row.error("no word in the form")),
            [_, _, ..] if row.table == CUES => return Err(row.error("a cue is one word")),
            [one] if one.word != WordId::UNKNOWN => {
                let entry = &mut self.entries[one.word.index()];
                if entry.uses.iter().any(|known| known.class == class && known.case == one.case) {
                    return Err(row.error(format!("`{form}` is there twice in one class")));
                }
                entry.uses.push(Use { class, sem, case: one.case, part: false });
                entry.named |= row.table != CUES;
                entry.cue |= row.table == CUES;
                let role = &mut self.roles[one.word.index()];
                role.inner |= inner;
                role.trigger |= trigger;
            }
            [first, ..] => {
                let id = (links.get(1).map(|link| link.word), self.phrases.len() as u32);
                if first.word == WordId::UNKNOWN {
                    self.number_phrases.push(id);
                } else {
                    self.entries[first.word.index()].phrases.push(id);
                }
                for link in &links {
                    let known = link.word != WordId::UNKNOWN;
                    self.roles[link.word.index()].inner |= inner && known;
                }
                self.phrases.push(Phrase { links, class, sem, trigger });
            }
        }
        Ok(())
    }

    /// The tokens of a form, every word of it known.
    fn links(&mut self, form: &str) -> Vec<Link> {
        let in_word = |c: char| c.is_alphabetic() || c.is_numeric() && !c.is_ascii();
        for word in form.split(|c: char| !in_word(c)).filter(|word| !word.is_empty()) {
            self.word(&word.to_lowercase());
        }
        for mark in form.chars().filter(|c| c.is_ascii_punctuation()) {
            self.word(&mark.to_string());
        }
        let mut scanner = Scanner::new(form, 0, form.len(), &self.vocabulary);
        let mut links = Vec::new();
        while let Some(token) = scanner.next() {
            let written = form.get(token.start as usize..token.end as usize).unwrap_or_default();
            links.push(Link {
                word: token.word,
                number: token.number,
                case: Case::of(written),
                glued: !links.is_empty() && token.gap == crate::token::Gap::Glued,
            });
        }
        links
    }

    /// Whether a token can be part of an expression.
    pub(crate) fn is_inner(&self, token: &Token) -> bool {
        token.kind == Kind::Number || self.roles[token.word.index()].inner
    }

    /// Whether a token can start the search for one.
    pub(crate) fn is_trigger(&self, token: &Token) -> bool {
        self.roles[token.word.index()].trigger
    }

    /// The classes and values of a token, for patterns.
    pub(crate) fn seeds(&self, token: &Token, mut push: impl FnMut(Class, Sem)) {
        if token.kind == Kind::Number {
            return self.number_seeds(token, push);
        }
        for known in &self.entries[token.word.index()].uses {
            if known.part && known.case.fits(token.shape) {
                push(known.class, known.sem.clone());
            }
        }
    }

    fn number_seeds(&self, token: &Token, mut push: impl FnMut(Class, Sem)) {
        let known = &self.known;
        let Ok(value) = i32::try_from(token.number) else { return };
        if token.digits == 0 {
            return;
        }
        let mut seed = |fits: bool, class: Class| {
            if fits {
                push(class, Sem::Int(value));
            }
        };
        let digits = token.digits;
        seed(true, known.number);
        if token.grouped {
            return seed(true, known.grouped);
        }
        seed(digits <= 2 && (1..=31).contains(&value), known.day);
        seed(digits <= 2 && (1..=12).contains(&value), known.month);
        seed(digits == 2 && (13..=31).contains(&value), known.late_day);
        seed(digits <= 2 && value <= 24, known.hour);
        seed(digits == 2 && value < 60, known.minute);
        seed(digits == 1, known.one_digit);
        seed(digits == 2, known.year2);
        seed(digits <= 4 && value >= 1, known.old_year);
        seed(digits == 3 && value >= 100, known.three_digits);
        seed(digits == 4 && (1000..=2999).contains(&value), known.year);
        seed(digits == 4 && value <= 2400 && value % 100 < 60, known.four);
        seed(digits == 4 && value < 1000 && value % 100 < 60, known.four_zero);
        seed(token.is_date(), known.eight);
        seed(token.is_day_and_time(), known.six);
    }

    /// The phrases that start at `tokens[at]`: class, value and length.
    pub(crate) fn phrases_at(
        &self,
        tokens: &[Token],
        at: usize,
        mut push: impl FnMut(Class, Sem, usize),
    ) {
        let Some(first) = tokens.get(at) else { return };
        let ids = match first.kind {
            Kind::Number => &self.number_phrases,
            _ => &self.entries[first.word.index()].phrases,
        };
        let next = tokens.get(at + 1).map(|token| token.word);
        let near = ids.iter().filter(|(second, _)| second.is_none() || *second == next);
        for phrase in near.filter_map(|(_, id)| self.phrases.get(*id as usize)) {
            let fits = phrase.links.iter().enumerate().all(|(step, link)| {
                tokens.get(at + step).is_some_and(|token| {
                    token.word == link.word
                        && (token.kind != Kind::Number
                            || (token.number == link.number && !token.grouped))
                        && link.case.fits(token.shape)
                        && (step == 0 || (token.gap == crate::token::Gap::Glued) == link.glued)
                })
            });
            if fits {
                push(phrase.class, phrase.sem.clone(), phrase.links.len());
            }
        }
    }

    /// The classes in which the tables name a word or mark.
    pub(crate) fn named(&self, token: &Token) -> ClassSet {
        self.entries[token.word.index()].sets[shape_index(token.shape)]
    }

    /// The classes of a token, for guards and cues, endings among them. `words` are its words.
    pub(crate) fn classes_of(&self, token: &Token, words: &str) -> ClassSet {
        if token.kind == Kind::Number {
            let mut set = ClassSet::default();
            self.number_seeds(token, |class, _| set.add(class));
            return set;
        }
        let mut set = self.named(token);
        if token.kind == Kind::Word {
            // A plain word that only starts a sentence is no name.
            if token.shape == Shape::Lower {
                set.add(self.known.lower);
            } else if !self.entries[token.word.index()].plain {
                set.add(self.known.capital);
            }
            if token.shape == Shape::Lower {
                self.add_suffixes(token.word, words, &mut set);
            }
        }
        set
    }

    /// What the longest ending says that its table knows, if it does not know the word.
    fn add_suffixes(&self, word: WordId, words: &str, set: &mut ClassSet) {
        let entry = &self.entries[word.index()];
        let Some(last) = words.as_bytes().last() else { return };
        if (entry.named && entry.cue) || !self.endings.contains(last) {
            return;
        }
        for (cue, known) in [(false, entry.named), (true, entry.cue)] {
            let fits = |suffix: &&Suffix| {
                let ending = &*suffix.ending;
                suffix.cue == cue && words.len() > ending.len() + 1 && words.ends_with(ending)
            };
            let all = self.suffixes.iter().filter(|_| !known).filter(fits);
            let longest = all.clone().map(|suffix| suffix.ending.len()).max();
            for suffix in all.filter(|suffix| Some(suffix.ending.len()) == longest) {
                set.add(suffix.class);
            }
        }
    }

    /// Has the search for a phrase start at one of its words: one that starts a search by
    /// itself, or else the longest, since "the" is everywhere, as are marks.
    fn find_phrases(&mut self) {
        let single: Vec<bool> = self.roles.iter().map(|role| role.trigger).collect();
        for phrase in self.phrases.iter().filter(|phrase| phrase.trigger) {
            let words = phrase.links.iter().map(|link| link.word);
            let length = |word: &WordId| {
                let form = self.vocabulary.form(*word);
                form.len() * usize::from(form.starts_with(char::is_alphabetic))
            };
            if !words.clone().any(|word| single[word.index()])
                && let Some(key) = words.max_by_key(length).filter(|key| length(key) > 0)
            {
                self.roles[key.index()].trigger = true;
            }
        }
    }

    /// Fills what is looked up for every token.
    fn finish(&mut self) {
        self.find_phrases();
        let used = self.used();
        for entry in &mut self.entries {
            entry.uses.iter_mut().for_each(|known| known.part = used.has(known.class));
            entry.plain = entry.uses.iter().any(|known| known.case == Case::Any);
            for shape in [Shape::Lower, Shape::Capital, Shape::Upper] {
                for known in entry.uses.iter().filter(|known| known.case.fits(shape)) {
                    entry.sets[shape_index(shape)].add(known.class);
                }
            }
        }
        self.endings =
            self.suffixes.iter().filter_map(|suffix| suffix.ending.bytes().last()).collect();
        self.endings.dedup();
    }
}

fn shape_index(shape: Shape) -> usize {
    match shape {
        Shape::Lower => 0,
        Shape::Capital => 1,
        Shape::Upper => 2,
    }
}

/// FNV-1a over the tables, each closed by a byte that no table holds.
fn hash(tables: Tables<'_>) -> u64 {
    [tables.words, tables.patterns, tables.holidays, tables.cues]
        .into_iter()
        .flat_map(|table| table.bytes().chain([0xff]))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}
