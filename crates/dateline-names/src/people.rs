//! People whom no table knows, by what stands around a run of capitals; and surnames that
//! stand alone.

use std::collections::BTreeMap;

use dateline_model::{Joined, Mention, MentionKind};
use dateline_text::fold::fold;
use dateline_text::words::Form;
use rustc_hash::FxHashMap;

use crate::finder::{Finder, Found, Prefix, squeeze};
use crate::lexicon::{Hits, Part};
use crate::token::Token;

/// Most words of one person's name.
const LONGEST: usize = 9;
/// Words behind a comma within which a title makes the name before it a person.
const APPOSED: usize = 7;

impl Finder<'_> {
    /// A person who is in no table: how many tokens were used.
    pub(crate) fn person(
        &mut self,
        at: usize,
        start: usize,
        hits: Hits,
        taken: usize,
        prefix: &mut Prefix,
    ) -> Option<usize> {
        let first = self.token(at)?;
        if !self.is_name_like(at) || (self.has(at, Part::NoName) && !prefix.titled) {
            return None;
        }
        // "Sultan bin Rashid": a title that is a name.
        let sultan =
            hits.title && self.has(at + 1, Part::Particle) && !self.has(at + 1, Part::Preposition);
        if hits.title && !sultan || hits.surname.is_some() && !hits.first_name && !prefix.titled {
            return None;
        }
        let first_name = hits.first_name && taken == 1;
        let other = hits.is_other() && !sultan;
        let count = self.name_run(at);
        let alone = count == 1;
        let body = self.ends_as_body(at, count);
        let small = |at: usize| self.token(at).is_some_and(|token| self.page.is_small_too(token));
        let known = if alone {
            let named = !self.has(at, Part::NoName) && !other && first.range.len() > 1;
            let next = self.is_name_like(at + 1) && self.page.follows(at + 1);
            let aged = !first.all_caps && self.is_mark(at + 1, b',') && self.is_age(at + 2);
            named && !body && !next && (prefix.titled && !prefix.apart && !small(at) || aged)
        } else if self.title_case {
            count <= 3 && !body && first_name
        } else if prefix.titled && !prefix.apart {
            !other || taken == 1 && hits.body.is_none()
        } else if self.is_town_of(at, count) {
            // "Banja Luka", "São Gabriel da Cachoeira".
            false
        } else if first_name && !other {
            !body
        } else if other {
            // "Paris Hilton", "Jordan Pickering".
            taken == 1 && hits.body.is_none() && self.told_as_person(at, count, start, prefix)
        } else {
            self.told_as_person(at, count, start, prefix)
        };
        if !known {
            return None;
        }
        let words = self.plain_name(at, count)?;
        let before = std::mem::take(prefix);
        prefix.listed = before.titled || before.listed;
        self.push(at, count, MentionKind::Person, &words, Joined::Pattern);
        let role = before.role.and_then(|range| range.slice(self.page.text)).map(squeeze);
        let country = before.country.or_else(|| self.bracketed_country(at + count));
        self.attribute(role, country);
        Some(count)
    }

    /// "(Latvia)" behind a person.
    fn bracketed_country(&self, at: usize) -> Option<String> {
        (self.is_mark(at, b'(')).then_some(())?;
        let (hits, count) = self.phrase(at + 1)?;
        (self.is_mark(at + 1 + count, b')')).then_some(())?;
        let row = hits.country.or(hits.adjective)?;
        Some(self.lexicon.countries.get(row as usize)?.name.clone())
    }

    /// Whether what stands around a run of capitals says that it is a person.
    fn told_as_person(&self, at: usize, count: usize, start: usize, prefix: &Prefix) -> bool {
        if self.title_case || self.ends_as_body(at, count) {
            return false;
        }
        let plain = (at..at + count).all(|at| !self.has(at, Part::NoName));
        // A sentence starts with a capital, whatever its first word.
        let opens = at == start || matches!(self.words(at - 1), "\"" | "“" | "'" | "‘");
        if !plain || (opens && self.token(at).is_some_and(|token| self.page.is_small_too(token))) {
            return false;
        }
        let all_caps = |at: usize| self.token(at).is_some_and(|token| token.all_caps);
        if (at..at + count).any(all_caps) {
            return false;
        }
        let initial = self.words(at).chars().count() == 1
            && self.is_mark(at + 1, b'.')
            && (at == start || !self.page.follows(at) || !self.is_mark(at - 1, b'.'));
        let particle = (at + 1..at + count).any(|at| self.has(at, Part::Particle));
        let family = self.has(at, Part::Family) && count <= 3;
        if prefix.listed || initial || particle || family {
            return true;
        }
        let next = at + count;
        let behind = self.words(next);
        let says = self.has(next, Part::Says) || self.has(next, Part::Who);
        // "Said Zbrk Qwopl, of …"; "the chairman, Zbrk Qwopl, …".
        let told = at > start && self.has(at - 1, Part::Says) && !opens;
        let closed = matches!(behind, "," | "." | ";" | ")" | "");
        if told || (prefix.apposed && closed) {
            return true;
        }
        let called = at > start && self.has(at - 1, Part::Calls) && self.short_line(start);
        says || called || (behind == "," && self.apposed(next + 1))
    }

    /// A byline is a line of its own.
    fn short_line(&self, start: usize) -> bool {
        self.end - start <= 12
    }

    /// Behind a comma: an age, a title, "who", or someone's speech.
    fn apposed(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if token.form == Form::Number {
            return self.is_age(at);
        }
        if self.has(at, Part::Who) {
            return true;
        }
        (at..at + APPOSED)
            .take_while(|at| !matches!(self.words(*at), "," | "." | ";" | ":" | ""))
            .any(|at| self.phrase(at).is_some_and(|(hits, _)| hits.title))
    }

    /// "45," behind a name.
    fn is_age(&self, at: usize) -> bool {
        let years = self.words(at).parse::<u8>().is_ok_and(|age| (1..=115).contains(&age));
        years && matches!(self.words(at + 1), "," | "." | ";" | ")" | "")
    }

    /// Whether a run of capitals is the name of a body or of a place that is no town.
    pub(crate) fn ends_as_body(&self, at: usize, count: usize) -> bool {
        let body = |at: usize| {
            self.is_name_like(at) && (self.has(at, Part::BodyNoun) || self.has(at, Part::PlaceNoun))
        };
        body(at + count - 1) || body(at + count) || body(at)
    }

    /// How many tokens from `at` on are one name: capitals, initials with their stops,
    /// particles between them.
    pub(crate) fn name_run(&self, at: usize) -> usize {
        let mut count = 0;
        while count < LONGEST {
            let here = at + count;
            if self.token(here).is_none() {
                break;
            }
            if count > 0 && !self.page.follows(here) {
                break;
            }
            if count > 0
                && let Some(quoted) = self.nickname(here)
            {
                count += quoted;
                continue;
            }
            let single = count > 0
                && self.words(here - 1).chars().count() == 1
                && self.is_name_like(here - 1);
            let tail = count > 0 && self.has(here - 1, Part::Tail);
            let stop = self.is_mark(here, b'.') && (single || tail);
            let particle = count > 0
                && self.has(here, Part::Particle)
                && (self.is_name_like(here + 1)
                    || (self.has(here + 1, Part::Particle) && self.is_name_like(here + 2)));
            let initial = self.words(here).len() == 1 && self.is_mark(here + 1, b'.');
            let capital = self.is_name_like(here)
                && (count == 0
                    || !self.has(here, Part::NoName)
                    || (initial && self.is_name_like(here + 2))
                    || self.also_surname(at, count))
                && (count < 2 || !self.phrase(here).is_some_and(|(hits, _)| hits.is_other()))
                && (count == 0
                    || !self.phrase(here).is_some_and(|(hits, n)| {
                        let title = hits.title && n > 0 && !hits.first_name;
                        (title && !self.ends_in_title(at, count)) || hits.adjective.is_some()
                    }));
            if !(capital || stop || particle) {
                break;
            }
            count += 1;
        }
        // A particle or a lone stop closes no name.
        while count > 1 && !self.is_name_like(at + count - 1) && !self.is_mark(at + count - 1, b'.')
        {
            count -= 1;
        }
        count
    }

    /// "John Major": behind a given name a title may be a surname.
    fn ends_in_title(&self, at: usize, count: usize) -> bool {
        let given = self.phrase(at).is_some_and(|(hits, n)| hits.first_name && n == 1);
        given && count == 1 && !self.is_name_like(at + 2)
    }

    /// "Theresa May": a word that is no name, but behind a given name may be one.
    fn also_surname(&self, at: usize, count: usize) -> bool {
        let first = self.phrase(at).is_some_and(|(hits, n)| hits.first_name && n == 1);
        let here = at + count;
        first && self.has(here, Part::Surname) && !self.is_name_like(here + 1)
    }

    /// “Dheere” within a name: how many tokens.
    fn nickname(&self, at: usize) -> Option<usize> {
        let close = match self.words(at) {
            "“" => "”",
            "\"" => "\"",
            "'" | "‘" => return None,
            _ => return None,
        };
        let length = (2..=4).find(|count| self.words(at + count) == close)?;
        let inner = (at + 1..at + length).all(|at| self.is_name_like(at));
        let next = at + length + 1;
        let goes_on = self.is_name_like(next)
            || (self.has(next, Part::Particle) && self.is_name_like(next + 1));
        (inner && goes_on && self.page.follows(next)).then_some(length + 1)
    }

    /// The words of a name without the nickname in it.
    fn plain_name(&self, at: usize, count: usize) -> Option<String> {
        let words = squeeze(self.span(at, count)?.slice(self.page.text)?);
        let quote = |c: char| matches!(c, '"' | '“' | '”');
        match (words.find(quote), words.rfind(quote)) {
            (Some(open), Some(close)) if open < close => {
                let (before, after) = (words.get(..open)?, words.get(close..)?);
                Some(squeeze(&format!("{before} {}", after.trim_start_matches(quote))))
            }
            _ => Some(words),
        }
    }

    /// Surnames that stand alone: of the nearest person of this document, or else of the
    /// table of public figures.
    pub(crate) fn bare_surnames(&mut self) {
        let known = self.surnames();
        for line in &self.page.lines {
            self.enter(line);
            let mut next = 0;
            for at in self.page.capitals(&line.tokens) {
                if at >= next {
                    next = at + self.bare(at, &known).max(1);
                }
            }
        }
        self.names_in_full();
    }

    /// The number of a surname → the people so named, as they stand in the text.
    fn surnames(&self) -> FxHashMap<u32, Vec<usize>> {
        let mut known: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let mut people: Vec<usize> = (0..self.out.len()).collect();
        people.retain(|at| self.person_at(*at).is_some_and(|found| found.tokens.len() > 1));
        people.sort_by_key(|at| self.person_at(*at).map(|found| found.mention.range));
        for person in people {
            let Some(found) = self.person_at(person) else { continue };
            let tokens = found.tokens.clone();
            let mut add = |at: usize| {
                if let Some(token) = self.page.tokens.get(at)
                    && token.form == Form::Word
                    && token.capital
                {
                    known.entry(token.id).or_default().push(person);
                }
            };
            let last = tokens.clone().rev().find(|at| {
                let token = self.page.tokens.get(*at);
                token.is_some_and(|token| {
                    token.form == Form::Word && !self.lexicon.has(token, Part::Tail)
                })
            });
            let Some(last) = last else { continue };
            add(last);
            let Some(first) = self.page.tokens.get(tokens.start) else { continue };
            let family = self.lexicon.has(first, Part::Family);
            // "Claudia Sheinbaum Pardo" is Sheinbaum, "Tsegaye Woldemariam" Tsegaye.
            if tokens.len() > 2 && last > tokens.start + 1 {
                add(last - 1);
            }
            if last > tokens.start && (family || !self.lexicon.plays(first)) {
                add(tokens.start);
            }
        }
        known
    }

    fn person_at(&self, at: usize) -> Option<&Found> {
        self.out.get(at).filter(|found| found.mention.kind == MentionKind::Person)
    }

    fn bare(&mut self, at: usize, known: &FxHashMap<u32, Vec<usize>>) -> usize {
        if !self.is_name_like(at) || self.taken.get(at) != Some(&false) {
            return 1;
        }
        // "Jackson Hole", "in Bath".
        let next = at + 1;
        let goes_on = !self.title_case
            && self.is_name_like(next)
            && self.page.follows(next)
            && self.taken.get(next) == Some(&false)
            && !self.token(next).is_some_and(|token| known.contains_key(&token.id));
        if goes_on || (self.located(at) && self.is_town(at)) {
            return 1;
        }
        let Some(token) = self.token(at) else { return 1 };
        // "May said", not "in May".
        let ordinary = self.has(at, Part::Surname) || self.has(at, Part::NoName);
        let tells = self.token(next).is_some_and(|token| {
            let words = self.page.words_of(token);
            words.starts_with(['\'', '’']) || self.lexicon.acts(token, words, self.title_case)
        });
        if ordinary && !tells {
            return 1;
        }
        let people = known.get(&token.id);
        let person = people.and_then(|people| {
            let before = people.partition_point(|person| {
                self.person_at(*person).is_some_and(|found| found.mention.range < token.range)
            });
            self.person_at(*people.get(before.saturating_sub(1))?)
        });
        if let Some(person) = person {
            let (name, country) = (person.mention.name.clone(), person.mention.country.clone());
            let own = self.page.tokens.get(person.tokens.clone()).unwrap_or(&[]);
            let of_name = |at: usize| {
                self.taken.get(at) == Some(&false)
                    && self.page.follows(at.max(1))
                    && self.token(at).is_some_and(|token| {
                        let part = token.capital || self.has(at, Part::Particle);
                        part && own.iter().any(|own| own.id == token.id)
                    })
            };
            // "von der Leyen", "López Obrador".
            let mut start = at;
            while start > 0 && of_name(start - 1) {
                start -= 1;
            }
            let mut count = at - start + 1;
            while self.is_name_like(start + count) && of_name(start + count) {
                count += 1;
            }
            self.push(start, count, MentionKind::Person, &name, Joined::Document);
            self.attribute(None, country);
            return count + start - at;
        }
        let Some((hits, count)) = self.phrase(at) else { return 1 };
        let Some(person) = hits.surname.and_then(|row| self.lexicon.people.get(row as usize))
        else {
            return 1;
        };
        let (name, role, country) =
            (person.name.clone(), person.role.clone(), person.country.clone());
        self.push(at, count, MentionKind::Person, &name, Joined::Table);
        self.attribute(role, country);
        count
    }

    /// A titled surname ("President Zelenskiy") takes the full name of its document.
    fn names_in_full(&mut self) {
        let mut full: BTreeMap<String, String> = BTreeMap::new();
        let people = |mention: &Mention| mention.kind == MentionKind::Person;
        for found in self.out.iter().filter(|found| people(&found.mention)) {
            let name = &found.mention.name;
            if let Some(last) = name.rsplit(' ').next().filter(|last| last.len() < name.len()) {
                full.entry(fold(last)).or_insert_with(|| name.clone());
            }
            let first = self.page.tokens.get(found.tokens.start);
            if first.is_some_and(|token| self.lexicon.has(token, Part::Family))
                && let Some((family, _)) = name.split_once(' ')
            {
                full.entry(fold(family)).or_insert_with(|| name.clone());
            }
        }
        for found in self.out.iter_mut().filter(|found| people(&found.mention)) {
            let mention = &mut found.mention;
            if mention.name.contains(' ') {
                continue;
            }
            if let Some(name) = full.get(&fold(&mention.name)) {
                mention.name.clone_from(name);
                mention.joined = Joined::Document;
            } else if let Some((hits, _)) = self.lexicon.phrase_at(
                self.page.tokens.get(..found.tokens.end).unwrap_or(&[]),
                found.tokens.start,
            ) && let Some(person) =
                hits.surname.and_then(|row| self.lexicon.people.get(row as usize))
            {
                mention.name.clone_from(&person.name);
                mention.joined = Joined::Table;
            }
        }
    }

    /// "Milton Roy" where the document has a "Milton Roy Corp." too is the company.
    pub(crate) fn companies(&mut self) {
        let ids = |tokens: &[Token]| tokens.iter().map(|token| token.id).collect::<Vec<u32>>();
        let mut bodies: FxHashMap<Vec<u32>, String> = FxHashMap::default();
        for found in &self.out {
            let tokens = self.page.tokens.get(found.tokens.clone()).unwrap_or(&[]);
            if let [name @ .., noun] = tokens
                && found.mention.kind == MentionKind::Organization
                && self.lexicon.has(noun, Part::BodyNoun)
                && name.len() > 1
            {
                bodies.entry(ids(name)).or_insert_with(|| found.mention.name.clone());
            }
        }
        if bodies.is_empty() {
            return;
        }
        let mut taken: FxHashMap<String, String> = FxHashMap::default();
        for at in 0..self.out.len() {
            let Some(found) = self.person_at(at) else { continue };
            let tokens = self.page.tokens.get(found.tokens.clone()).unwrap_or(&[]);
            if let Some(body) = bodies.get(&ids(tokens)) {
                taken.insert(found.mention.name.clone(), body.clone());
            }
        }
        for found in &mut self.out {
            let mention = &mut found.mention;
            if mention.kind == MentionKind::Person
                && let Some(body) = taken.get(&mention.name)
            {
                mention.kind = MentionKind::Organization;
                mention.name.clone_from(body);
                mention.joined = Joined::Document;
                mention.role = None;
            }
        }
    }
}
