//! The tables of layout words. What a page is made of is told by features; the words
//! here only name what no feature tells: fixed interface phrases, labels, agencies.

mod phrases;
mod stamps;

use std::collections::{BTreeMap, BTreeSet};

use dateline_text::LexiconError;
use dateline_text::table::rows;
use memchr::memmem::FinderRev;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use phrases::PHRASES;
pub(crate) use stamps::{STAMPS, StampWord};

const ENGLISH: &str = include_str!("../data/en/phrases.tsv");
const LABELS: &str = include_str!("../data/en/labels.tsv");
const STAMP: &str = include_str!("../data/en/stamp.tsv");
const AGENCIES: &str = include_str!("../data/en/agencies.tsv");
const WORDS: &str = include_str!("../data/en/words.tsv");
const MARKUP: &str = include_str!("../data/en/markup.tsv");
const FIELDS: &str = include_str!("../data/en/fields.tsv");

/// The longest line that may be a fixed phrase, in bytes.
const LONGEST_PHRASE: usize = 160;
/// Bytes by which the patterns that a line can fit are looked up.
const START: usize = 3;
/// The most words that a star of a phrase stands for.
const STAR: usize = 10;

/// What a whole line of fixed words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// Interface.
    Noise,
    /// Interface that opens the end of a page.
    Tail,
    /// Stands for a picture.
    Picture,
    /// Heads a summary.
    Overview,
    /// Heads a section.
    Heading,
    /// A type of document, a meeting number.
    Meta,
}

/// What a label says of the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A fact about the page.
    Meta,
    /// The headline, in a mail.
    Subject,
    /// A part of the text.
    Part,
    /// A quotation.
    Quote,
    /// Who owns a picture.
    Credit,
    /// The words under a picture.
    Caption,
    /// Who wrote it.
    Byline,
    /// Who else worked on it.
    Staff,
}

/// What the name of a class, an id or an item property says of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    /// It holds the text of the story.
    Body,
    /// Who wrote it.
    Byline,
    /// The words under a picture.
    Caption,
    /// What readers wrote.
    Comment,
    /// Who owns a picture.
    Credit,
    /// The way from the front page to this one.
    Crumb,
    /// The standfirst.
    Deck,
    /// Byline and stamp, each in an element of its own.
    Fields,
    /// It is not shown.
    Hidden,
    /// The words above a headline.
    Kicker,
    /// Navigation, related stories, forms, advertising.
    Noise,
    /// Nothing else, and shown to those who pay ("subscriber-only").
    Paid,
    /// Nothing, whatever a part of the name says alone ("ad-free").
    Plain,
    /// When the page was published or changed.
    Stamp,
    /// The headline.
    Title,
}

/// What the content of a meta element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The day of publication.
    Published,
    /// The same, by a name that pages also give to other days.
    Issued,
    /// The day of a change.
    Modified,
    /// The title.
    Title,
    /// What the page is about.
    Description,
    /// Who wrote it.
    Author,
    /// Who publishes it.
    Publisher,
    /// Its address.
    Url,
}

/// A phrase with stars: the words before the first and after each; no words where the last
/// ends it.
#[derive(Debug)]
struct Pattern {
    before: String,
    after: Vec<String>,
    /// Whether the whole may be a sentence, as its example is.
    sentence: bool,
    phrase: Phrase,
}

impl Pattern {
    /// Whether `rest` is what the stars stand for, with the words after each.
    fn ends_with(&self, rest: &str) -> bool {
        let stars = |words: &str| (1..=STAR).contains(&words.split_whitespace().count());
        let Some((last, between)) = self.after.split_last() else { return false };
        let last = last.trim_end();
        if !ends(rest, last) {
            return false;
        }
        let mut rest = rest;
        for words in between {
            let Some((star, behind)) = rest.split_once(words.as_str()) else { return false };
            if !stars(star) {
                return false;
            }
            rest = behind;
        }
        match last {
            "" => stars(rest),
            last => rest.split_once(last).is_some_and(|(star, tail)| {
                stars(star) && tail.trim_end_matches(['.', '!']).is_empty()
            }),
        }
    }
}

/// Tables of layout words.
#[derive(Debug)]
pub struct Lexicon {
    phrases: FxHashMap<String, Phrase>,
    patterns: Vec<Pattern>,
    /// Which patterns a line can fit, by its first bytes, in the order of the table.
    by_start: FxHashMap<[u8; START], Vec<usize>>,
    /// Those whose words before the star are shorter than that.
    by_no_start: Vec<usize>,
    labels: FxHashMap<String, (Label, char)>,
    /// First bytes of the labels that end with no colon.
    label_openers: FxHashSet<u8>,
    /// The labels before owners of pictures that no mark follows, each with a finder.
    owner_labels: Vec<(String, FinderRev<'static>)>,
    /// The labels of quotations that have several words.
    quote_labels: Vec<String>,
    stamp: FxHashMap<String, StampWord>,
    /// The single words of the stamp table.
    stamp_parts: FxHashSet<String>,
    /// Words of stamps that tell the day of many other things, away from the headline.
    stamp_weak: FxHashSet<String>,
    /// Openings of sentences that say when the page was published or changed.
    statements: Vec<(String, StampWord)>,
    agencies: FxHashSet<String>,
    words: BTreeMap<String, BTreeSet<String>>,
    /// The classes of each word.
    classes: FxHashMap<String, Vec<String>>,
    /// By the words of a name, joined.
    markup: FxHashMap<String, Markup>,
    fields: FxHashMap<String, Field>,
    hash: u64,
}

impl Lexicon {
    /// The tables for English, and the phrases and the words of stamps in other languages.
    pub fn english() -> Self {
        let mut lexicon =
            Self::from_tables([ENGLISH, LABELS, STAMP, AGENCIES, WORDS, MARKUP, FIELDS])
                .expect("the embedded tables are checked by a test");
        for (name, text) in STAMPS {
            lexicon.read_stamp(name, text).expect("the embedded tables are checked by a test");
        }
        for (name, text) in PHRASES {
            lexicon.read_phrases(name, text).expect("the embedded tables are checked by a test");
        }
        let others = STAMPS.into_iter().chain(PHRASES).map(|(_, text)| text).collect::<String>();
        lexicon.hash ^= dateline_text::source::short_hash(others.as_bytes());
        lexicon
    }

    /// The tables given as text: phrases, labels, stamp words, agencies, words, markup, fields.
    pub fn from_tables(tables: [&str; 7]) -> Result<Self, LexiconError> {
        let [phrases, labels, stamp, agencies, words, markup, fields] = tables;
        let mut lexicon = Self {
            phrases: FxHashMap::default(),
            patterns: Vec::new(),
            by_start: FxHashMap::default(),
            by_no_start: Vec::new(),
            labels: FxHashMap::default(),
            label_openers: FxHashSet::default(),
            owner_labels: Vec::new(),
            quote_labels: Vec::new(),
            stamp: FxHashMap::default(),
            stamp_parts: FxHashSet::default(),
            stamp_weak: FxHashSet::default(),
            statements: Vec::new(),
            agencies: FxHashSet::default(),
            words: BTreeMap::new(),
            classes: FxHashMap::default(),
            markup: FxHashMap::default(),
            fields: FxHashMap::default(),
            hash: dateline_text::source::short_hash(tables.concat().as_bytes()),
        };
        lexicon.read_phrases("phrases.tsv", phrases)?;
        lexicon.read_labels(labels)?;
        lexicon.read_stamp("stamp.tsv", stamp)?;
        for row in rows("agencies.tsv", agencies) {
            lexicon.agencies.insert(row.need(0, "agency")?.to_lowercase());
        }
        for row in rows("words.tsv", words) {
            let (word, class) = (row.need(0, "word")?.to_lowercase(), row.need(1, "class")?);
            lexicon.classes.entry(word.clone()).or_default().push(class.to_string());
            lexicon.words.entry(class.to_string()).or_default().insert(word);
        }
        lexicon.read_markup(markup)?;
        lexicon.read_fields(fields)?;
        Ok(lexicon)
    }

    /// A hash of the tables.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    fn read_phrases(&mut self, name: &'static str, text: &str) -> Result<(), LexiconError> {
        let first = self.patterns.len();
        for row in rows(name, text) {
            let phrase = match row.need(1, "class")? {
                "noise" => Phrase::Noise,
                "tail" => Phrase::Tail,
                "picture" => Phrase::Picture,
                "overview" => Phrase::Overview,
                "heading" => Phrase::Heading,
                "meta" => Phrase::Meta,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            let words = row.need(0, "phrase")?;
            match words.split_once('*') {
                None => {
                    self.phrases.insert(fold(words), phrase);
                }
                Some((before, after)) => self.patterns.push(Pattern {
                    before: before.to_lowercase(),
                    after: after.split('*').map(str::to_lowercase).collect(),
                    sentence: is_prose(row.cell(2)),
                    phrase,
                }),
            }
        }
        for (at, pattern) in self.patterns.iter().enumerate().skip(first) {
            match pattern.before.as_bytes().first_chunk() {
                Some(start) => self.by_start.entry(*start).or_default().push(at),
                None => self.by_no_start.push(at),
            }
        }
        Ok(())
    }

    fn read_labels(&mut self, text: &str) -> Result<(), LexiconError> {
        for row in rows("labels.tsv", text) {
            let label = match row.need(1, "class")? {
                "meta" => Label::Meta,
                "subject" => Label::Subject,
                "part" => Label::Part,
                "quote" => Label::Quote,
                "credit" => Label::Credit,
                "caption" => Label::Caption,
                "byline" => Label::Byline,
                "staff" => Label::Staff,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            let mark = match row.need(2, "mark")? {
                "colon" => ':',
                "comma" => ',',
                "space" => ' ',
                other => return Err(row.error(format!("unknown mark `{other}`"))),
            };
            let words = row.need(0, "label")?.to_lowercase();
            if mark != ':' {
                self.label_openers.extend(words.bytes().next());
            }
            if label == Label::Quote && words.contains(' ') {
                self.quote_labels.push(words.clone());
            }
            if (label, mark) == (Label::Credit, ' ') {
                let finder = FinderRev::new(&words).into_owned();
                self.owner_labels.push((words.clone(), finder));
            }
            self.labels.insert(words, (label, mark));
        }
        Ok(())
    }

    fn read_markup(&mut self, text: &str) -> Result<(), LexiconError> {
        for row in rows("markup.tsv", text) {
            let markup = match row.need(1, "class")? {
                "body" => Markup::Body,
                "byline" => Markup::Byline,
                "caption" => Markup::Caption,
                "comment" => Markup::Comment,
                "credit" => Markup::Credit,
                "deck" => Markup::Deck,
                "crumb" => Markup::Crumb,
                "fields" => Markup::Fields,
                "hidden" => Markup::Hidden,
                "kicker" => Markup::Kicker,
                "noise" => Markup::Noise,
                "paid" => Markup::Paid,
                "plain" => Markup::Plain,
                "stamp" => Markup::Stamp,
                "title" => Markup::Title,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            self.markup.insert(row.need(0, "word")?.replace(' ', ""), markup);
        }
        Ok(())
    }

    fn read_fields(&mut self, text: &str) -> Result<(), LexiconError> {
        for row in rows("fields.tsv", text) {
            let field = match row.need(1, "class")? {
                "published" => Field::Published,
                "issued" => Field::Issued,
                "modified" => Field::Modified,
                "title" => Field::Title,
                "description" => Field::Description,
                "author" => Field::Author,
                "publisher" => Field::Publisher,
                "url" => Field::Url,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            self.fields.insert(row.need(0, "name")?.to_string(), field);
        }
        Ok(())
    }

    /// What the content of a meta element of this name is.
    pub(crate) fn field(&self, name: &str) -> Option<Field> {
        let known = |name: &str| self.fields.get(name).copied();
        if name.len() > 48 {
            return None;
        }
        known(name).or_else(|| known(&name.to_ascii_lowercase()))
    }

    /// What a name of these joined words says of an element.
    pub(crate) fn markup(&self, words: &str) -> Option<Markup> {
        self.markup.get(words).copied()
    }

    /// What the whole of `line` is, where it is a fixed phrase, or several glued
    /// together without a space between them.
    pub(crate) fn phrase(&self, line: &str) -> Option<Phrase> {
        if line.len() > LONGEST_PHRASE {
            return None;
        }
        self.one_phrase(line)
            .or_else(|| self.glued_phrases(line))
            .or_else(|| self.listed_phrases(line))
    }

    fn one_phrase(&self, line: &str) -> Option<Phrase> {
        if !line.contains(char::is_alphanumeric) && line.len() > 4 {
            return None;
        }
        let numbers = line.bytes().any(|byte| byte.is_ascii_digit());
        let key = fold(line);
        let with_numbers = || numbers.then(|| self.phrases.get(&hashed(&key))).flatten();
        if let Some(phrase) = self.phrases.get(&key).or_else(with_numbers) {
            return Some(*phrase);
        }
        let mut folded = String::with_capacity(line.len());
        push_folded(line.trim(), &mut folded);
        let fits_in = |pattern: &Pattern, line: &str| {
            let rest = line.strip_prefix(pattern.before.as_str());
            rest.is_some_and(|rest| {
                (pattern.sentence || !is_prose(line)) && pattern.ends_with(rest)
            })
        };
        let first = |line: &str| {
            let starting = line.as_bytes().first_chunk().and_then(|start| self.by_start.get(start));
            let fits = |at: &&usize| self.patterns.get(**at).is_some_and(|one| fits_in(one, line));
            let starting = starting.and_then(|all| all.iter().find(fits));
            let other = self.by_no_start.iter().find(fits);
            starting.into_iter().chain(other).min().copied()
        };
        let found = match numbers.then(|| hashed(&folded)).and_then(|numbered| first(&numbered)) {
            Some(numbered) => Some(first(&folded).map_or(numbered, |at| at.min(numbered))),
            None => first(&folded),
        };
        found.and_then(|at| self.patterns.get(at)).map(|pattern| pattern.phrase)
    }

    /// "Skip to playerSkip to main content": a capital right after a small letter
    /// starts the next phrase.
    fn glued_phrases(&self, line: &str) -> Option<Phrase> {
        let mut starts = vec![0];
        let mut last = ' ';
        for (at, c) in line.char_indices() {
            if last.is_lowercase() && c.is_uppercase() {
                starts.push(at);
            }
            last = c;
        }
        if starts.len() < 2 {
            return None;
        }
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        let is_noise = |(start, end): (&usize, usize)| {
            let part = line.get(*start..end)?;
            self.one_phrase(part).filter(|phrase| matches!(phrase, Phrase::Noise | Phrase::Tail))
        };
        let noise = starts.iter().zip(ends).all(|part| is_noise(part).is_some());
        noise.then_some(Phrase::Noise)
    }

    /// "Facebook Twitter Pinterest": every word is a phrase of its own.
    fn listed_phrases(&self, line: &str) -> Option<Phrase> {
        let is_noise = |word: &str| self.phrases.get(&fold(word)) == Some(&Phrase::Noise);
        let words = line.split_whitespace();
        (words.clone().count() > 1 && words.clone().all(is_noise)).then_some(Phrase::Noise)
    }

    /// The label at the start of `line`, with the byte after its mark. A label ends
    /// with a colon; those of pictures with a comma or a bar too; those before names
    /// with nothing.
    pub(crate) fn label(&self, line: &str) -> Option<(Label, usize)> {
        let cut = line.char_indices().take(48).find(|(_, c)| matches!(c, ':' | '：'));
        if let Some((at, mark)) = cut {
            let key = line.get(..at)?.trim().to_lowercase().replace('’', "'");
            let after = at + mark.len_utf8();
            if let Some((label, _)) = self.labels.get(&key) {
                return Some((*label, after));
            }
            let opens = |words: &String| {
                key.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' '))
            };
            if self.quote_labels.iter().any(opens) {
                return Some((Label::Quote, 0));
            }
        }
        if line.bytes().next().is_some_and(|first| !self.opens_label(first)) {
            return None;
        }
        let head = line.get(..line.char_indices().nth(28).map_or(line.len(), |(at, _)| at));
        let folded = head.unwrap_or_default().to_lowercase();
        // Where case changes the length of words, they are no label.
        let folded = if head.is_some_and(|head| head.len() == folded.len()) {
            folded
        } else {
            String::new()
        };
        for (at, mark) in folded.char_indices().filter(|(_, c)| matches!(c, ',' | ' ')) {
            let label = folded.get(..at).and_then(|key| self.labels.get(key));
            if let Some((label, _)) = label.filter(|(_, needs)| *needs == mark) {
                return Some((*label, at + 1));
            }
        }
        None
    }

    /// Whether a label that ends with no colon may begin with this byte.
    fn opens_label(&self, first: u8) -> bool {
        !first.is_ascii() || self.label_openers.contains(&first.to_ascii_lowercase())
    }

    /// The labels before owners of pictures that no mark follows ("photo by").
    pub(crate) fn owner_labels(&self) -> &[(String, FinderRev<'static>)] {
        &self.owner_labels
    }

    /// Whether `name` is an agency.
    pub(crate) fn is_agency(&self, name: &str) -> bool {
        name.len() < 40 && self.agencies.contains(&name.to_lowercase())
    }

    /// Whether `word` is of `class` in the table of words.
    pub(crate) fn is(&self, word: &str, class: &str) -> bool {
        let classes = self.classes.get(&word.to_lowercase());
        classes.is_some_and(|classes| classes.iter().any(|known| known == class))
    }

    /// The words of `class`.
    /// Whether `words`, in which a link stands, offer a newsletter or a channel.
    pub(crate) fn is_offer(&self, words: &str) -> bool {
        let small = words.to_lowercase().replace('’', "'");
        ["letter", "offer"].into_iter().all(|class| self.class(class).any(|w| small.contains(w)))
    }

    pub(crate) fn class<'a>(&'a self, class: &str) -> impl Iterator<Item = &'a str> {
        self.words.get(class).into_iter().flatten().map(String::as_str)
    }
}

/// Whether `line` reads like a sentence.
fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '?', ',']) || line.contains(", ")
}

/// Whether `line` ends with `words`, stops aside.
fn ends(line: &str, words: &str) -> bool {
    let stops = ['.', '!'];
    line.trim_end_matches(stops).ends_with(words.trim_end_matches(stops))
}

/// `key` with a per cent sign for each number.
fn hashed(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            c if !c.is_ascii_digit() => out.push(c),
            _ if !out.ends_with('%') => out.push('%'),
            _ => {}
        }
    }
    out
}

/// `line` without case, outer marks and doubled spaces.
fn fold(line: &str) -> String {
    let outer =
        |c: char| !c.is_alphanumeric() && !matches!(c, '[' | '(' | ')' | '#' | '%' | '-' | '/');
    let inner = line.trim_matches(outer);
    let inner = if inner.is_empty() { line.trim() } else { inner };
    let mut folded = String::with_capacity(inner.len());
    for word in inner.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        push_folded(word, &mut folded);
    }
    folded
}

/// Adds `words` in small letters, with straight apostrophes.
fn push_folded(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '’' => out.push('\''),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
}
