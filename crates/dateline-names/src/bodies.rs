//! Organisations whom no table knows: a run of capitals with a noun of bodies in it, and
//! what a document calls them for short.

use std::collections::BTreeMap;

use dateline_model::{Joined, MentionKind};
use dateline_text::fold::fold;
use dateline_text::words::Form;
use rustc_hash::FxHashMap;

use crate::finder::{Finder, Found, Prefix, squeeze};
use crate::lexicon::Part;

/// Most words of one body's name.
const LONGEST: usize = 9;
/// Bodies back to which "the Council" looks.
const NEAREST: usize = 64;

impl Finder<'_> {
    /// A table's name goes on with a noun of bodies: "Boston Police Department".
    pub(crate) fn longer_body(
        &mut self,
        at: usize,
        count: usize,
        prefix: &mut Prefix,
    ) -> Option<usize> {
        let longer = self.is_name_like(at + count) && self.has(at + count, Part::BodyNoun);
        longer.then(|| self.new_body(at, at, count, prefix)).flatten()
    }

    /// A run of capitals that is the name of a body: how many tokens were used.
    pub(crate) fn new_body(
        &mut self,
        at: usize,
        start: usize,
        known: usize,
        prefix: &mut Prefix,
    ) -> Option<usize> {
        let function = [Part::Determiner, Part::Preposition, Part::Locative];
        if self.title_case || !self.is_name_like(at) || function.iter().any(|p| self.has(at, *p)) {
            return None;
        }
        let count = self.body_run(at);
        let noun = |at: usize| self.is_name_like(at) && self.has(at, Part::BodyNoun);
        let last = at + count - 1;
        let capitals = (at..at + count).filter(|at| self.is_name_like(*at)).count();
        // "Ministry of Defence", "Harbour Workers Union"; not "The Bank", "Council".
        let heads = noun(at) && self.has(at + 1, Part::Of);
        if capitals < 2 || count <= known || !(noun(last) || heads) {
            return None;
        }
        let opens = at == start
            && self.token(at).is_some_and(|token| self.page.is_small_too(token))
            && !heads;
        if opens && capitals < 3 {
            return None;
        }
        let words = squeeze(self.span(at, count)?.slice(self.page.text)?);
        // "At the World Forum": where something is, not who does it.
        if self.has(last, Part::Venue) && self.located(at) {
            self.push(at, count, MentionKind::Place, &words, Joined::Text);
            *prefix = Prefix::default();
            return Some(count);
        }
        self.push(at, count, MentionKind::Organization, &words, Joined::Text);
        self.attribute(None, prefix.country.take());
        *prefix = Prefix { role: self.span(at, count), ..Prefix::default() };
        Some(count)
    }

    /// Capitals, joined by "of", "for", "and" and "the" where a capital follows, up to the
    /// last noun of bodies or what depends on it.
    fn body_run(&self, at: usize) -> usize {
        let mut count = 1;
        while count < LONGEST {
            let here = at + count;
            if !self.page.follows(here) {
                break;
            }
            // "People's Party", "Workers' Union".
            let possessive = self.words(here).starts_with(['\'', '’']);
            let of_place =
                || self.phrase(at).is_some_and(|(hits, n)| hits.is_other() && n == count);
            if possessive && self.is_name_like(here + 1) && !of_place() {
                count += 2;
                continue;
            }
            if self.is_name_like(here) {
                count += 1;
                continue;
            }
            let joins = self.has(here, Part::Of) || self.has(here, Part::Coordinator);
            let next = here + 1 + usize::from(self.has(here + 1, Part::Determiner));
            if joins && self.is_name_like(next) && self.depends(at, count) {
                count = next + 1 - at;
                continue;
            }
            break;
        }
        count
    }

    /// Whether the words so far can be followed by "of …" or "and …".
    fn depends(&self, at: usize, count: usize) -> bool {
        let nouns = (at..at + count).any(|at| self.has(at, Part::BodyNoun));
        let and = self.has(at + count, Part::Coordinator);
        if and {
            // "Ministry of Trade and Industry".
            nouns && (at..at + count).any(|at| self.has(at, Part::Of))
        } else {
            nouns && self.has(at + count - 1, Part::BodyNoun)
        }
    }

    /// "Harbour Workers Union (HWU)": from then on HWU is that body, in all the document.
    pub(crate) fn define_acronyms(&mut self) {
        let mut short: BTreeMap<String, (String, Option<String>)> = BTreeMap::new();
        let ends: FxHashMap<usize, usize> =
            self.out.iter().enumerate().map(|(at, found)| (found.tokens.end, at)).collect();
        for line in &self.page.lines {
            self.enter(line);
            for acronym_at in self.page.capitals(&line.tokens) {
                let Some(at) = acronym_at.checked_sub(1) else { continue };
                let acronym = self.words(acronym_at);
                let fits = self.is_mark(at, b'(')
                    && self.is_mark(at + 2, b')')
                    && acronym.len() >= 2
                    && self.token(at + 1).is_some_and(|token| token.all_caps);
                let known = ends.get(&at).and_then(|at| self.out.get(*at));
                if fits && let Some((name, first)) = self.spelled_out(at, acronym, known) {
                    let country = known.and_then(|found| found.mention.country.clone());
                    if self.taken.get(first) == Some(&false) {
                        let count = at - first;
                        self.push(first, count, MentionKind::Organization, &name, Joined::Text);
                    }
                    short.insert(acronym.to_string(), (name, country));
                }
            }
        }
        if short.is_empty() {
            return;
        }
        for line in &self.page.lines {
            self.enter(line);
            for at in self.page.capitals(&line.tokens) {
                if self.taken.get(at) != Some(&false) {
                    continue;
                }
                if let Some((name, country)) = short.get(self.words(at)).cloned() {
                    self.push(at, 1, MentionKind::Organization, &name, Joined::Document);
                    self.attribute(None, country);
                }
            }
        }
    }

    /// The words before a bracket whose first letters are the acronym's, in order.
    fn spelled_out(
        &self,
        bracket: usize,
        acronym: &str,
        known: Option<&Found>,
    ) -> Option<(String, usize)> {
        if let Some(found) = known {
            let body = found.mention.kind == MentionKind::Organization;
            return body.then(|| (found.mention.name.clone(), found.tokens.start));
        }
        let mut letters = acronym.chars().rev().filter(|c| c.is_alphabetic()).peekable();
        let mut at = bracket;
        let mut first = bracket;
        while let Some(letter) = letters.peek().copied() {
            at = at.checked_sub(1)?;
            let token = self.token(at)?;
            if token.form != Form::Word || bracket - at > LONGEST {
                return None;
            }
            let starts = self.words(at).chars().next()?;
            if token.capital && starts == letter {
                letters.next();
                first = at;
            } else if token.capital {
                return None;
            }
        }
        let words = self.span(first, bracket - first)?.slice(self.page.text)?;
        (bracket - first >= 2).then(|| (squeeze(words), first))
    }

    /// "The Council": the last body of the document whose name ends so.
    pub(crate) fn short_bodies(&mut self) {
        let mut bodies: Vec<(usize, String, String, Option<String>)> = Vec::new();
        for found in &self.out {
            let mention = &found.mention;
            let last = mention.name.rsplit(' ').next().unwrap_or("");
            if mention.kind == MentionKind::Organization && last.len() < mention.name.len() {
                let (name, country) = (mention.name.clone(), mention.country.clone());
                bodies.push((found.tokens.end, fold(last), name, country));
            }
        }
        bodies.sort();
        if bodies.is_empty() {
            return;
        }
        for line in &self.page.lines {
            self.enter(line);
            for at in self.page.capitals(&line.tokens) {
                let alone = at > line.tokens.start
                    && self.taken.get(at) == Some(&false)
                    && self.is_name_like(at)
                    && self.has(at, Part::BodyNoun)
                    && self.has(at - 1, Part::Determiner)
                    && !(self.is_name_like(at + 1) && self.page.follows(at + 1));
                if !alone {
                    continue;
                }
                let noun = fold(self.words(at));
                let before = bodies.partition_point(|(end, ..)| *end <= at);
                let known = bodies.iter().take(before).rev().take(NEAREST);
                if let Some((_, _, name, country)) = known.into_iter().find(|body| body.1 == noun) {
                    let (name, country) = (name.clone(), country.clone());
                    self.push(at, 1, MentionKind::Organization, &name, Joined::Document);
                    self.attribute(None, country);
                }
            }
        }
    }
}
