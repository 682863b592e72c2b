//! Reads a document sentence by sentence: tables first, then patterns, then what one part
//! of the document says of another.

use std::ops::Range;

use dateline_model::{Joined, Mention, MentionKind};
use dateline_text::TextRange;
use dateline_text::fold::fold;
use dateline_text::words::Form;
use rustc_hash::FxHashMap;

use crate::key;
use crate::lexicon::{Hits, Lexicon, Part};
use crate::token::{Line, Page, Token};

/// What stands before a name and belongs to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prefix {
    /// Title or body and title ("NATO Secretary General").
    pub(crate) role: Option<TextRange>,
    /// The country it speaks of.
    pub(crate) country: Option<String>,
    /// Whether a title stands right before.
    pub(crate) titled: bool,
    /// Whether words stand between the title and what follows ("president of").
    pub(crate) apart: bool,
    /// Whether a title and a comma stand before ("the chairman, …").
    pub(crate) apposed: bool,
    /// Whether a titled person of a list stands before ("Presidents A, B and C").
    pub(crate) listed: bool,
}

impl Prefix {
    fn is_none(&self) -> bool {
        self.role.is_none()
            && self.country.is_none()
            && !self.titled
            && !self.listed
            && !self.apposed
    }
}

/// A mention and the tokens it takes.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) mention: Mention,
    pub(crate) tokens: Range<usize>,
}

/// The reader of one document.
pub(crate) struct Finder<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) out: Vec<Found>,
    /// Whether a token belongs to a mention.
    pub(crate) taken: Vec<bool>,
    /// End of the sentence at hand.
    pub(crate) end: usize,
    /// Whether the sentence at hand is set like a title.
    pub(crate) title_case: bool,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(page: &'a Page<'a>, lexicon: &'a Lexicon) -> Self {
        let taken = vec![false; page.tokens.len()];
        Self { page, lexicon, out: Vec::new(), taken, end: 0, title_case: false }
    }

    pub(crate) fn run(mut self) -> Vec<Mention> {
        for line in &self.page.lines {
            self.enter(line);
            let mut prefix = Prefix::default();
            let mut at = line.tokens.start;
            while let Some(token) = self.token(at) {
                // Most words are small, start no phrase and stand behind no title.
                if prefix.is_none() && !token.capital && !self.lexicon.starts(token) {
                    at += 1;
                } else {
                    at += self.step(at, line.tokens.start, &mut prefix).max(1);
                }
            }
        }
        self.define_acronyms();
        self.short_bodies();
        self.bare_surnames();
        self.companies();
        self.towns();
        self.out.sort_by_key(|found| found.mention.range);
        let mut keys: FxHashMap<(bool, String), String> = FxHashMap::default();
        let mut out: Vec<Mention> = Vec::with_capacity(self.out.len());
        for Found { mut mention, .. } in self.out {
            let person = mention.kind == MentionKind::Person;
            let known = keys.entry((person, mention.name.clone()));
            mention.key.clone_from(known.or_insert_with(|| match person {
                true => key::key(&mention.name),
                false => fold(&mention.name),
            }));
            // A spelling of a public figure's full name.
            if person
                && mention.name.contains(' ')
                && let Some(known) = self.lexicon.spelling_of(&mention.key)
            {
                if mention.name != known.name {
                    mention.name.clone_from(&known.name);
                    mention.joined = Joined::Table;
                }
                mention.country = mention.country.or_else(|| known.country.clone());
                mention.key = key::key(&known.name);
            }
            out.push(mention);
        }
        out
    }

    pub(crate) fn enter(&mut self, line: &Line) {
        self.end = line.tokens.end;
        self.title_case = line.is_title;
    }

    /// The tokens up to the end of the sentence.
    pub(crate) fn tokens(&self) -> &'a [Token] {
        self.page.tokens.get(..self.end).unwrap_or(&[])
    }

    pub(crate) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens().get(at)
    }

    /// Whether the token at `at` is this mark of ASCII.
    pub(crate) fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.token(at).is_some_and(|token| token.mark == mark && token.form == Form::Mark)
    }

    pub(crate) fn words(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| self.page.words_of(token))
    }

    pub(crate) fn is_name_like(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.form == Form::Word && token.capital)
    }

    pub(crate) fn has(&self, at: usize, part: Part) -> bool {
        self.token(at).is_some_and(|token| self.lexicon.has(token, part))
    }

    pub(crate) fn phrase(&self, at: usize) -> Option<(Hits, usize)> {
        self.lexicon.phrase_at(self.tokens(), at)
    }

    /// The range of `count` tokens from `at` on.
    pub(crate) fn span(&self, at: usize, count: usize) -> Option<TextRange> {
        let first = self.token(at)?;
        let last = self.token((at + count).checked_sub(1)?)?;
        Some(first.range.cover(last.range))
    }

    /// Reads on from `at`; answers how many tokens were used.
    fn step(&mut self, at: usize, start: usize, prefix: &mut Prefix) -> usize {
        if !self.token(at).is_some_and(|token| token.form == Form::Word) {
            return self.pass(at, prefix);
        }
        let (hits, count) = self.phrase(at).unwrap_or_default();
        // A longer name that a table starts: "Jordan Henderson", "Washington Post".
        if let Some(row) = hits.person.filter(|row| !self.is_namesake(at + count, *row)) {
            self.table_person(at, count, row, prefix);
            return count;
        }
        if !hits.is_other() && !prefix.titled && self.is_name_like(at) {
            // "São Gabriel da Cachoeira": left for the towns.
            let town = self.name_run(at);
            if self.is_town_of(at, town) {
                *prefix = Prefix::default();
                return town;
            }
        }
        if let Some(used) = self.person(at, start, hits, count, prefix) {
            return used;
        }
        if let Some(row) = hits.body {
            if let Some(used) = self.longer_body(at, count, prefix) {
                return used;
            }
            self.body(at, count, row);
            prefix.role = self.span(at, count);
            (prefix.titled, prefix.listed) = (false, false);
            return count;
        }
        let is_name = count == 1 && self.is_name_like(at) && self.has(at + 1, Part::Particle);
        if hits.title && !hits.is_geographic() && !is_name {
            let title = self.span(at, count);
            prefix.role = match (prefix.role, title) {
                (Some(role), Some(title)) => Some(role.cover(title)),
                (role, title) => title.or(role),
            };
            (prefix.titled, prefix.listed, prefix.apart) = (true, false, false);
            return count;
        }
        if let Some(used) = self.new_body(at, start, count, prefix) {
            return used;
        }
        if let Some(row) = hits.adjective {
            return self.adjective(at, count, row, prefix);
        }
        if hits.is_geographic() {
            let used = self.geographic(at, count, hits);
            // In a list of people the brackets speak of the one before.
            let last = self.out.last().filter(|_| !prefix.listed);
            let country = last.and_then(|found| found.mention.country.clone());
            *prefix = Prefix { country, listed: prefix.listed, ..Prefix::default() };
            return used;
        }
        self.pass(at, prefix)
    }

    /// A word or mark that is no name.
    fn pass(&mut self, at: usize, prefix: &mut Prefix) -> usize {
        let Some(token) = self.token(at) else { return 1 };
        let words = self.page.words_of(token);
        let possessive = token.form == Form::Mark && words.starts_with(['\'', '’']);
        let joins = possessive
            || (token.form == Form::Word
                && !token.capital
                && prefix.titled
                && self.has(at, Part::Preposition));
        let lists = matches!(words, "," | "(" | ")") || self.has(at, Part::Coordinator);
        if words == "," && prefix.titled && !prefix.apart {
            *prefix = Prefix { titled: false, apposed: true, ..std::mem::take(prefix) };
        } else if prefix.listed && lists {
            prefix.titled = false;
        } else if joins {
            prefix.apart = true;
        } else if words != "." {
            *prefix = Prefix::default();
        }
        1
    }

    /// "Sr." behind the name of a "Jr.": another person of that name.
    fn is_namesake(&self, next: usize, row: u32) -> bool {
        let name = self.lexicon.people.get(row as usize).map_or("", |person| &person.name);
        self.has(next, Part::Tail) && !name.contains(self.words(next))
    }

    fn table_person(&mut self, at: usize, count: usize, row: u32, prefix: &mut Prefix) {
        let before = std::mem::take(prefix);
        prefix.listed = before.titled || before.listed;
        let Some(person) = self.lexicon.people.get(row as usize) else { return };
        let role = before.role.and_then(|range| range.slice(self.page.text)).map(squeeze);
        let country = before.country.or_else(|| person.country.clone());
        let joined = self.joined(at, count, &person.name);
        self.push(at, count, MentionKind::Person, &person.name, joined);
        self.attribute(role, country);
    }

    fn body(&mut self, at: usize, count: usize, row: u32) {
        let Some(body) = self.lexicon.bodies.get(row as usize) else { return };
        let joined = self.joined(at, count, &body.name);
        self.push(at, count, MentionKind::Organization, &body.name, joined);
        self.attribute(None, body.country.clone());
    }

    /// "Turkish authorities", "Russian forces"; else the nationality of what follows.
    fn adjective(&mut self, at: usize, count: usize, row: u32, prefix: &mut Prefix) -> usize {
        let Some(country) = self.lexicon.countries.get(row as usize) else { return count };
        let name = country.name.clone();
        let next = at + count;
        let of_country = self.has(next, Part::CountryNoun);
        if of_country || self.has(next, Part::OwnNoun) {
            let range = self.span(at, count + 1);
            let own = squeeze(range.and_then(|range| range.slice(self.page.text)).unwrap_or(""));
            let called = if of_country { &name } else { &own };
            self.push(at, count + 1, MentionKind::Organization, called, Joined::Pattern);
            self.attribute(None, Some(name));
            *prefix = Prefix::default();
            return count + 1;
        }
        *prefix = Prefix { country: Some(name), ..Prefix::default() };
        count
    }

    pub(crate) fn joined(&self, at: usize, count: usize, name: &str) -> Joined {
        let words = self.span(at, count).and_then(|range| range.slice(self.page.text));
        if words == Some(name) { Joined::Text } else { Joined::Table }
    }

    pub(crate) fn push(
        &mut self,
        at: usize,
        count: usize,
        kind: MentionKind,
        name: &str,
        joined: Joined,
    ) {
        let Some(range) = self.span(at, count) else { return };
        let tokens = at..at + count;
        if let Some(taken) = self.taken.get_mut(tokens.clone()) {
            taken.fill(true);
        }
        let (name, key) = (name.to_string(), String::new());
        let mention = Mention {
            range,
            kind,
            name,
            key,
            joined,
            role: None,
            country: None,
            coordinates: None,
        };
        self.out.push(Found { mention, tokens });
    }

    pub(crate) fn attribute(&mut self, role: Option<String>, country: Option<String>) {
        if let Some(last) = self.out.last_mut() {
            last.mention.role = role;
            last.mention.country = country;
        }
    }

    pub(crate) fn locate(&mut self, coordinates: Option<(i32, i32)>) {
        if let Some(last) = self.out.last_mut() {
            last.mention.coordinates = coordinates;
        }
    }
}

/// White space folded.
pub(crate) fn squeeze(words: &str) -> String {
    let plain = words.bytes().all(|byte| byte >= b' ') && !words.contains("  ");
    if plain && words.is_ascii() {
        return words.trim().to_string();
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
