//! People, bodies and places in running text, by tables and patterns. A name is decided
//! within its document first; a bare surname crosses documents only through the table of
//! public figures, and says so.

use std::collections::BTreeMap;

use dateline_model::{Joined, Mention, MentionKind};
use dateline_text::TextRange;

use crate::lexicon::{Collective, Country, Entry, Grammar, Lexicon, VerbClass};
use crate::words::{Form, Token, fold};

/// One sentence's tokens.
pub(crate) type Line = Vec<Token>;

/// The mentions in `lines`, the sentences of one document, in order.
pub(crate) fn find(text: &str, lines: &[Line], lexicon: &Lexicon) -> Vec<Mention> {
    let mut finder = Finder { text, lexicon, out: Vec::new() };
    for line in lines {
        finder.line(line);
    }
    let mut out = finder.out;
    bare_surnames(text, lines, lexicon, &mut out);
    out.sort_by_key(|mention| mention.range);
    out
}

struct Finder<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    out: Vec<Mention>,
}

/// What stands before a name and belongs to it.
#[derive(Default)]
struct Prefix {
    role: Option<TextRange>,
    country: Option<String>,
    titled: bool,
}

impl Finder<'_> {
    fn line(&mut self, tokens: &[Token]) {
        let mut prefix = Prefix::default();
        let mut at = 0;
        while at < tokens.len() {
            at += self.step(tokens, at, &mut prefix);
        }
    }

    /// Reads on from `at`; answers how many tokens were used.
    fn step(&mut self, tokens: &[Token], at: usize, prefix: &mut Prefix) -> usize {
        let Some(token) = tokens.get(at) else { return 1 };
        let found = self.lexicon.match_phrase(tokens, at);
        let (entries, count) = found.unwrap_or((Vec::new(), 0));
        if let Some(Entry::Person(row)) = pick(&entries, |e| matches!(e, Entry::Person(_))) {
            self.table_person(tokens, at, count, row, prefix);
            return count;
        }
        if let Some(used) = self.pattern_person(tokens, at, &entries, count, prefix) {
            *prefix = Prefix::default();
            return used;
        }
        if pick(&entries, |e| matches!(e, Entry::Title)).is_some() {
            let title = span(tokens, at, count);
            prefix.role = match (prefix.role, title) {
                (Some(role), Some(title)) => Some(role.cover(title)),
                (role, title) => title.or(role),
            };
            prefix.titled = true;
            return count;
        }
        match entries.iter().min().copied() {
            Some(Entry::Body(row)) => {
                self.body(tokens, at, count, row);
                prefix.role = span(tokens, at, count);
                prefix.titled = false;
                count
            }
            Some(Entry::Adjective(row)) => self.adjective(tokens, at, count, row, prefix),
            Some(Entry::Country(_) | Entry::Place(_) | Entry::Seat(_)) => {
                let used = self.geographic(tokens, at, count, &entries);
                prefix.role = None;
                prefix.titled = false;
                prefix.country = self.out.last().and_then(|mention| mention.country.clone());
                used
            }
            _ => {
                let joins = token.is("'s")
                    || token.is("'")
                    || token.form == Form::Word
                        && !token.capital
                        && prefix.titled
                        && self.lexicon.grammar(token, Grammar::Preposition);
                if !joins {
                    *prefix = Prefix::default();
                }
                1
            }
        }
    }

    fn table_person(
        &mut self,
        tokens: &[Token],
        at: usize,
        count: usize,
        row: u32,
        prefix: &mut Prefix,
    ) {
        let prefix = std::mem::take(prefix);
        let Some(person) = self.lexicon.people.get(row as usize) else { return };
        let role = prefix.role.and_then(|range| range.slice(self.text));
        if let Some(range) = span(tokens, at, count) {
            let words = range.slice(self.text).unwrap_or("");
            let joined = if words == person.name { Joined::Text } else { Joined::Table };
            self.push(range, MentionKind::Person, &person.name, joined);
            self.attribute(role.map(squeeze), prefix.country.or_else(|| person.country.clone()));
        }
    }

    /// A person who is in no table: a title or a first name, then capitals.
    fn pattern_person(
        &mut self,
        tokens: &[Token],
        at: usize,
        entries: &[Entry],
        taken: usize,
        prefix: &Prefix,
    ) -> Option<usize> {
        let first = tokens.get(at)?;
        if !first.is_name_like() || self.lexicon.is_no_name(first) && !prefix.titled {
            return None;
        }
        let first_name = pick(entries, |e| matches!(e, Entry::FirstName)).is_some() && taken == 1;
        let other = entries.iter().any(|entry| {
            matches!(
                entry,
                Entry::Body(_)
                    | Entry::Country(_)
                    | Entry::Place(_)
                    | Entry::Adjective(_)
                    | Entry::Title
            )
        });
        let known = first_name || prefix.titled;
        if !known || other && (prefix.titled || !first_name) {
            return None;
        }
        if pick(entries, |e| matches!(e, Entry::Surname(_))).is_some() && !first_name {
            return None;
        }
        let count = self.name_run(tokens, at);
        if count < 2 && !(prefix.titled && count == 1 && !self.lexicon.is_no_name(first)) {
            return None;
        }
        let range = span(tokens, at, count)?;
        let words = squeeze(range.slice(self.text)?);
        self.push(range, MentionKind::Person, &words, Joined::Pattern);
        let role = prefix.role.and_then(|range| range.slice(self.text)).map(squeeze);
        self.attribute(role, prefix.country.clone());
        Some(count)
    }

    /// How many tokens from `at` on are one name: capitals, initials with their stops and
    /// particles between them.
    fn name_run(&self, tokens: &[Token], at: usize) -> usize {
        let mut count = 0;
        while let Some(token) = tokens.get(at + count) {
            let next = tokens.get(at + count + 1);
            let initial = token.form == Form::Mark
                && token.is("")
                && count > 0
                && tokens
                    .get(at + count - 1)
                    .is_some_and(|before| before.folded.chars().count() == 1);
            let particle = count > 0
                && self.lexicon.grammar(token, Grammar::Particle)
                && next.is_some_and(Token::is_name_like);
            let capital = token.is_name_like()
                && (count == 0 || !self.lexicon.is_no_name(token))
                && (count < 2
                    || self.lexicon.match_phrase(tokens, at + count).is_none_or(|(entries, _)| {
                        entries
                            .iter()
                            .all(|entry| matches!(entry, Entry::FirstName | Entry::Surname(_)))
                    }));
            if !(capital || initial || particle) || count >= 6 {
                break;
            }
            count += 1;
        }
        count
    }

    fn body(&mut self, tokens: &[Token], at: usize, count: usize, row: u32) {
        let Some(body) = self.lexicon.bodies.get(row as usize) else { return };
        if let Some(range) = span(tokens, at, count) {
            let joined = self.joined(range, &body.name);
            self.push(range, MentionKind::Organization, &body.name, joined);
            self.attribute(None, body.country.clone());
        }
    }

    /// "Turkish authorities", "Russian forces"; else the nationality of what follows.
    fn adjective(
        &mut self,
        tokens: &[Token],
        at: usize,
        count: usize,
        row: u32,
        prefix: &mut Prefix,
    ) -> usize {
        let Some(country) = self.lexicon.countries.get(row as usize) else { return count };
        let name = country.name.clone();
        let noun = tokens.get(at + count).and_then(|token| self.lexicon.collective(token));
        if let (Some(how), Some(range)) = (noun, span(tokens, at, count + 1)) {
            let own = squeeze(range.slice(self.text).unwrap_or(""));
            let called = if how == Collective::Country { &name } else { &own };
            self.push(range, MentionKind::Organization, called, Joined::Pattern);
            self.attribute(None, Some(name));
            *prefix = Prefix::default();
            return count + 1;
        }
        *prefix = Prefix { country: Some(name), ..Prefix::default() };
        count
    }

    /// A country, place or seat of government: a place where the words say so, else the
    /// country that acts.
    fn geographic(
        &mut self,
        tokens: &[Token],
        at: usize,
        count: usize,
        entries: &[Entry],
    ) -> usize {
        let lexicon = self.lexicon;
        let located = self.located(tokens, at);
        let container = self.container(tokens, at + count);
        let used = count + container.as_ref().map_or(0, |(used, _)| *used);
        let Some(range) = span(tokens, at, used) else { return used };
        let row = |entry: &Entry| match entry {
            Entry::Country(row) => lexicon.countries.get(*row as usize),
            _ => None,
        };
        let country = entries.iter().find_map(row);
        let seat = entries.iter().find_map(|entry| match entry {
            Entry::Seat(row) => lexicon.countries.get(*row as usize),
            _ => None,
        });
        let place = entries.iter().find_map(|entry| match entry {
            Entry::Place(row) => lexicon.places.get(*row as usize),
            _ => None,
        });
        let acts = !located && container.is_none() && self.acts(tokens, at + count);
        match (seat.filter(|_| acts), country, place) {
            (Some(seat), _, _) => self.government(range, seat),
            (None, Some(country), _) if place.is_none() || container.is_none() => {
                self.country(range, country, located);
            }
            (None, _, Some(place)) => {
                let joined = self.joined(range, &place.name);
                self.push(range, MentionKind::Place, &place.name, joined);
                let container = container.and_then(|(_, country)| country);
                self.attribute(None, container.or_else(|| place.country.clone()));
                self.locate(place.coordinates);
            }
            (None, _, None) => match seat {
                Some(seat) if located => {
                    let words = squeeze(range.slice(self.text).unwrap_or(""));
                    self.push(range, MentionKind::Place, &words, Joined::Text);
                    self.attribute(None, Some(seat.name.clone()));
                }
                Some(seat) => self.government(range, seat),
                None => {}
            },
        }
        used
    }

    /// "Moscow proposed": the government that sits there.
    fn government(&mut self, range: TextRange, country: &Country) {
        self.push(range, MentionKind::Organization, &country.name, Joined::Table);
        self.attribute(None, Some(country.name.clone()));
    }

    fn country(&mut self, range: TextRange, country: &Country, located: bool) {
        let kind = if located { MentionKind::Place } else { MentionKind::Organization };
        let joined = self.joined(range, &country.name);
        self.push(range, kind, &country.name, joined);
        self.attribute(None, Some(country.name.clone()));
        if located {
            self.locate(country.coordinates);
        }
    }

    /// Whether the words before `at` say that a place follows.
    fn located(&self, tokens: &[Token], at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let is = |token: Option<&Token>, part| {
            token.is_some_and(|token| self.lexicon.grammar(token, part))
        };
        let skip = usize::from(is(before(1), Grammar::Determiner));
        // "Came to the U.S.": whoever moves to it, moves to a place.
        let moves = before(skip + 2).is_some_and(|token| {
            self.lexicon.verbs(token).iter().any(|verb| verb.class == VerbClass::Move)
        });
        is(before(skip + 1), Grammar::Locative)
            || is(before(skip + 1), Grammar::Infinitive) && moves
    }

    /// Whether what follows makes the name before it act: a verb or a possessive.
    fn acts(&self, tokens: &[Token], at: usize) -> bool {
        // "Between Moscow and Kyiv".
        let paired =
            tokens.get(at).is_some_and(|token| self.lexicon.grammar(token, Grammar::Coordinator))
                && self.lexicon.match_phrase(tokens, at + 1).is_some_and(|(entries, _)| {
                    entries.iter().any(|entry| matches!(entry, Entry::Seat(_)))
                });
        paired
            || tokens.get(at).is_some_and(|token| {
                token.is("'s")
                    || !token.capital && !self.lexicon.verbs(token).is_empty()
                    || self.lexicon.grammar(token, Grammar::Auxiliary)
            })
    }

    /// ", Lithuania" behind a place: how many tokens, and the country.
    fn container(&self, tokens: &[Token], at: usize) -> Option<(usize, Option<String>)> {
        tokens.get(at).filter(|token| token.is(","))?;
        let (entries, count) = self.lexicon.match_phrase(tokens, at + 1)?;
        let country = match pick(&entries, |e| matches!(e, Entry::Country(_))) {
            Some(Entry::Country(row)) => self.lexicon.countries.get(row as usize)?.name.clone(),
            _ => match pick(&entries, |e| matches!(e, Entry::Place(_)))? {
                Entry::Place(row) => self.lexicon.places.get(row as usize)?.country.clone()?,
                _ => return None,
            },
        };
        // "Kyiv, Odesa and Sumy" is a list; "Kyiv, Ukraine" a place in its country.
        let before = tokens.get(..at)?;
        let inside = (1..=4).any(|back| {
            let Some(start) = before.len().checked_sub(back) else { return false };
            self.lexicon.match_phrase(before, start).is_some_and(|(entries, count)| {
                count == back
                    && entries.iter().any(|entry| match entry {
                        Entry::Place(row) => {
                            self.lexicon.places.get(*row as usize).is_some_and(|place| {
                                place.country.as_ref() == Some(&country) && !is_place_list(&entries)
                            })
                        }
                        _ => false,
                    })
            })
        });
        let listed = tokens.get(at + 1 + count).is_some_and(|token| {
            token.is(",")
                && tokens.get(at + 2 + count).is_some_and(Token::is_name_like)
                && entries.iter().all(|entry| !matches!(entry, Entry::Country(_)))
        });
        (inside && !listed).then_some((count + 1, Some(country)))
    }

    fn joined(&self, range: TextRange, name: &str) -> Joined {
        if range.slice(self.text) == Some(name) { Joined::Text } else { Joined::Table }
    }

    fn push(&mut self, range: TextRange, kind: MentionKind, name: &str, joined: Joined) {
        self.out.push(Mention {
            range,
            kind,
            name: name.to_string(),
            joined,
            role: None,
            country: None,
            coordinates: None,
        });
    }

    fn attribute(&mut self, role: Option<String>, country: Option<String>) {
        if let Some(last) = self.out.last_mut() {
            last.role = role;
            last.country = country;
        }
    }

    fn locate(&mut self, coordinates: Option<(i32, i32)>) {
        if let Some(last) = self.out.last_mut() {
            last.coordinates = coordinates;
        }
    }
}

fn is_place_list(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| matches!(entry, Entry::Country(_)))
}

/// Bare surnames: of a person of this document, or else of the table.
fn bare_surnames(text: &str, lines: &[Line], lexicon: &Lexicon, out: &mut Vec<Mention>) {
    let people: BTreeMap<String, Mention> = out
        .iter()
        .rev()
        .filter(|mention| mention.kind == MentionKind::Person)
        .filter_map(|mention| {
            let words = mention.range.slice(text)?;
            let last = words.split_whitespace().next_back()?;
            (last.len() < words.len()).then(|| (fold(last), mention.clone()))
        })
        .collect();
    let mut taken: Vec<TextRange> = out.iter().map(|mention| mention.range).collect();
    taken.sort();
    for line in lines {
        for (at, token) in line.iter().enumerate() {
            let free = taken.binary_search_by(|range| {
                if range.end() <= token.range.start() {
                    std::cmp::Ordering::Less
                } else if range.start() >= token.range.end() {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            });
            if !token.is_name_like() || free.is_ok() {
                continue;
            }
            if let Some(person) = people.get(&token.folded) {
                let role = None;
                out.push(Mention {
                    range: token.range,
                    joined: Joined::Document,
                    role,
                    ..person.clone()
                });
                continue;
            }
            out.extend(table_surname(lexicon, line, at));
        }
    }
    people_by_one_name(out);
}

/// A person known by a surname alone, through the table of public figures.
fn table_surname(lexicon: &Lexicon, line: &[Token], at: usize) -> Option<Mention> {
    let (entries, count) = lexicon.match_phrase(line, at)?;
    let row = entries.iter().find_map(|entry| match entry {
        Entry::Surname(row) => Some(*row),
        _ => None,
    })?;
    let person = lexicon.people.get(row as usize)?;
    Some(Mention {
        range: span(line, at, count)?,
        kind: MentionKind::Person,
        name: person.name.clone(),
        joined: Joined::Table,
        role: person.role.clone(),
        country: person.country.clone(),
        coordinates: None,
    })
}

/// A titled surname ("President Zelenskiy") takes the full name of its document.
fn people_by_one_name(out: &mut [Mention]) {
    let full: BTreeMap<String, String> = out
        .iter()
        .rev()
        .filter(|mention| mention.kind == MentionKind::Person)
        .filter_map(|mention| {
            let last = mention.name.rsplit(' ').next()?;
            (last.len() < mention.name.len()).then(|| (fold(last), mention.name.clone()))
        })
        .collect();
    for mention in out.iter_mut().filter(|mention| mention.kind == MentionKind::Person) {
        if mention.name.contains(' ') {
            continue;
        }
        if let Some(name) = full.get(&fold(&mention.name)) {
            mention.name.clone_from(name);
            mention.joined = Joined::Document;
        }
    }
}

fn pick(entries: &[Entry], which: fn(&Entry) -> bool) -> Option<Entry> {
    entries.iter().copied().find(which)
}

/// The range of `count` tokens from `at` on.
pub(crate) fn span(tokens: &[Token], at: usize, count: usize) -> Option<TextRange> {
    let first = tokens.get(at)?;
    let last = tokens.get((at + count).checked_sub(1)?)?;
    Some(first.range.cover(last.range))
}

/// White space folded.
pub(crate) fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
