//! Places: countries, regions and towns of the tables; a government told by its seat; and
//! towns of the gazetteer, of which there are often several of one name.

use std::collections::BTreeMap;

use dateline_model::{Joined, MentionKind};
use dateline_text::fold::{fold, fold_into};

use crate::finder::{Finder, Found};
use crate::gazetteer::Place;
use crate::lexicon::{Country, Hits, Part};

/// Most words of a town's name.
const LONGEST: usize = 5;
/// Inhabitants from which a town needs no word that says it is a place.
const LARGE: u32 = 400_000;
/// The same, where the document speaks of its country.
const LARGE_AT_HOME: u32 = 80_000;

/// The same, for an area that has a country's name.
const LARGE_AREA: u32 = 3_000_000;

/// A town's name found in the text, still without a place.
struct Town {
    at: usize,
    count: usize,
    places: Vec<Place>,
    /// The country or area told behind it.
    container: Option<String>,
    /// How sure the words are that a place is meant.
    located: bool,
}

impl Finder<'_> {
    /// A country, place or seat of government: a place where the words say so, else the
    /// country that acts.
    pub(crate) fn geographic(&mut self, at: usize, count: usize, hits: Hits) -> usize {
        let container = self.container_behind(at + count);
        let lexicon = self.lexicon;
        let country = hits.country.and_then(|row| lexicon.countries.get(row as usize));
        let located = self.located(at) || country.is_some_and(|country| self.contains(at, country));
        let seat = hits.seat.and_then(|row| lexicon.countries.get(row as usize));
        let place = hits.place.and_then(|row| lexicon.places.get(row as usize));
        // "Lancaster County", "Jordan Valley": another place of that name.
        if self.is_name_like(at + count)
            && self.page.follows(at + count)
            && self.has(at + count, Part::PlaceNoun)
            && country.is_none()
        {
            return self.feature(at, count + 1);
        }
        // "London, Ont.", "Athens, Georgia": another town of that name.
        if let (Some(place), Some(told)) = (place, self.container_of_town(at + count))
            && place.country.as_ref() != Some(&told)
            && place.name != told
            && self.is_mark(at + count, b',')
            && let Some(town) = self.towns_at(at, count).find(|town| town.lies_in(&told))
        {
            self.push(at, count, MentionKind::Place, town.name, Joined::Table);
            self.attribute(None, Some(town.country.to_string()));
            self.locate(Some(town.coordinates));
            return count;
        }
        // "Kyiv, Odesa and Sumy" is a list; "Kyiv, Ukraine" a place in its country.
        let container = container.filter(|name| {
            place.is_none_or(|place| {
                place.country.as_ref() == Some(name) || seat.is_some_and(|seat| seat.name == *name)
            })
        });
        let acts = !located && container.is_none() && self.acts_at(at + count);
        match (seat.filter(|_| acts), country, place) {
            (Some(seat), _, _) => self.government(at, count, seat),
            (None, Some(country), _) if place.is_none() || container.is_none() => {
                self.country(at, count, country, located);
            }
            (None, _, Some(place)) => {
                let joined = self.joined(at, count, &place.name);
                self.push(at, count, MentionKind::Place, &place.name, joined);
                self.attribute(None, place.country.clone());
                self.locate(place.coordinates);
            }
            (None, _, None) => match seat {
                Some(seat) if located || container.is_some() => self.town_of(at, count, seat),
                Some(seat) => self.government(at, count, seat),
                None => {}
            },
        }
        count
    }

    /// Whether the country at `at` says where the place before it lies.
    fn contains(&self, at: usize, country: &Country) -> bool {
        at > 0
            && self.is_mark(at - 1, b',')
            && self.out.last().is_some_and(|last| {
                last.tokens.end == at - 1
                    && last.mention.kind == MentionKind::Place
                    && last.mention.country.as_ref() == Some(&country.name)
            })
    }

    /// A seat of government told as a place: its own coordinates are the gazetteer's.
    fn town_of(&mut self, at: usize, count: usize, country: &Country) {
        let (name, coordinates) = match self.seat(at, count, country) {
            Some(place) => (place.name.to_string(), Some(place.coordinates)),
            None => (self.plain(at, count), None),
        };
        let joined = self.joined(at, count, &name);
        self.push(at, count, MentionKind::Place, &name, joined);
        self.attribute(None, Some(country.name.clone()));
        self.locate(coordinates);
    }

    fn plain(&self, at: usize, count: usize) -> String {
        let words = self.span(at, count).and_then(|range| range.slice(self.page.text));
        crate::finder::squeeze(words.unwrap_or(""))
    }

    /// A river, a county: a place without coordinates of its own.
    fn feature(&mut self, at: usize, count: usize) -> usize {
        let words = self.plain(at, count);
        self.push(at, count, MentionKind::Place, &words, Joined::Pattern);
        count
    }

    /// "Moscow proposed": the government that sits there.
    fn government(&mut self, at: usize, count: usize, country: &Country) {
        let seat = self.seat(at, count, country);
        self.push(at, count, MentionKind::Organization, &country.name, Joined::Table);
        self.attribute(None, Some(country.name.clone()));
        self.locate(seat.map(|place| place.coordinates));
    }

    /// The places of the gazetteer that have those words as a name.
    fn towns_at(&self, at: usize, count: usize) -> impl Iterator<Item = Place> + use<> {
        self.lexicon.gazetteer.places(&self.key(at, count)).into_iter()
    }

    /// The town that a seat of government is.
    fn seat(&self, at: usize, count: usize, country: &Country) -> Option<Place> {
        self.towns_at(at, count).find(|town| town.lies_in(&country.name))
    }

    /// Whether several words are one town's usual name.
    pub(crate) fn is_town_of(&self, at: usize, count: usize) -> bool {
        if count < 2 {
            return false;
        }
        self.towns_at(at, count).any(|town| !town.other_name)
    }

    /// Whether the gazetteer or a table has a town of that name.
    pub(crate) fn is_town(&self, at: usize) -> bool {
        self.lexicon.gazetteer.look(&self.key(at, 1)).0
    }

    fn country(&mut self, at: usize, count: usize, country: &Country, located: bool) {
        let kind = if located { MentionKind::Place } else { MentionKind::Organization };
        let joined = self.joined(at, count, &country.name);
        self.push(at, count, kind, &country.name, joined);
        self.attribute(None, Some(country.name.clone()));
        self.locate(country.coordinates);
    }

    /// Whether the words before `at` say that a place follows.
    pub(crate) fn located(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back);
        let is = |at: Option<usize>, part| at.is_some_and(|at| self.has(at, part));
        let skip = usize::from(is(before(1), Part::Determiner));
        // "Came to the U.S.": whoever moves to it, moves to a place.
        let moves = is(before(skip + 2), Part::Moves);
        is(before(skip + 1), Part::Locative) || is(before(skip + 1), Part::Infinitive) && moves
    }

    /// Whether what follows makes the name before it act: a verb or a possessive.
    fn acts_at(&self, at: usize) -> bool {
        // "Between Moscow and Kyiv".
        let paired = self.has(at, Part::Coordinator)
            && self.phrase(at + 1).is_some_and(|(hits, _)| hits.seat.is_some());
        paired
            || self.token(at).is_some_and(|token| {
                let words = self.page.words_of(token);
                words.starts_with(['\'', '’']) || self.lexicon.acts(token, words, self.title_case)
            })
    }

    /// ", Lithuania" behind a place: the country or area.
    fn container_behind(&self, at: usize) -> Option<String> {
        (self.is_mark(at, b',')).then_some(())?;
        let (hits, count) = self.phrase(at + 1)?;
        let listed = self.is_mark(at + 1 + count, b',')
            && self.is_name_like(at + 2 + count)
            && hits.country.is_none();
        if listed {
            return None;
        }
        if let Some(row) = hits.country {
            return Some(self.lexicon.countries.get(row as usize)?.name.clone());
        }
        self.lexicon.places.get(hits.place? as usize)?.country.clone()
    }

    /// The folded words from `at` on, as keys of the gazetteer are.
    fn key(&self, at: usize, count: usize) -> String {
        let mut key = String::new();
        for at in at..at + count {
            if self.is_mark(at, b'.') {
                continue;
            }
            if !key.is_empty() {
                key.push(' ');
            }
            fold_into(self.words(at), &mut key);
        }
        key
    }

    /// Towns of the gazetteer among the capitals that are nothing else.
    pub(crate) fn towns(&mut self) {
        let mut towns = Vec::new();
        for line in &self.page.lines {
            self.enter(line);
            let mut next = 0;
            for at in self.page.capitals(&line.tokens) {
                if at < next {
                    continue;
                }
                if let Some(town) = self.town_at(at, line.tokens.start) {
                    next = at + town.count;
                    towns.push(town);
                }
            }
        }
        let home = self.countries_told();
        self.namesakes(&home);
        for town in towns {
            self.end = town.at + town.count;
            self.place_town(town, &home);
        }
    }

    /// How often the document speaks of each country.
    fn countries_told(&self) -> BTreeMap<String, u32> {
        let mut told: BTreeMap<String, u32> = BTreeMap::new();
        for country in self.out.iter().filter_map(|found| found.mention.country.as_ref()) {
            *told.entry(country.clone()).or_default() += 1;
        }
        told
    }

    /// "Georgia" in a text on the United States is no country.
    fn namesakes(&mut self, home: &BTreeMap<String, u32>) {
        let mut areas: BTreeMap<String, Option<Place>> = BTreeMap::new();
        let own = |name: &str, found: &[Found]| {
            found.iter().filter(|found| found.mention.name == name).count()
        };
        for country in home.keys() {
            let told = own(country, &self.out);
            let alone = home.get(country).is_some_and(|count| *count as usize == told);
            let places = match alone {
                true => self.lexicon.gazetteer.places(&fold(country)),
                false => Vec::new(),
            };
            let area = places.into_iter().find(|place| {
                place.is_area
                    && place.population >= LARGE_AREA
                    && place.country != country
                    && home.contains_key(place.country)
            });
            areas.insert(country.clone(), area);
        }
        for found in &mut self.out {
            let mention = &mut found.mention;
            if let Some(Some(area)) = areas.get(&mention.name) {
                // The state is another thing than the country, and has another name.
                let row = self.lexicon.places.iter().find(|place| {
                    place.area.as_deref() == Some(area.name)
                        && place.country.as_deref() == Some(area.country)
                });
                if let Some(row) = row {
                    mention.name.clone_from(&row.name);
                    mention.joined = Joined::Table;
                }
                mention.kind = MentionKind::Place;
                mention.country = Some(area.country.to_string());
                mention.coordinates = Some(area.coordinates);
            }
        }
    }

    fn town_at(&self, at: usize, start: usize) -> Option<Town> {
        let free = |at: usize| self.taken.get(at) == Some(&false);
        if !free(at) || !self.is_name_like(at) || self.words(at).len() < 2 {
            return None;
        }
        // In the middle of a longer name.
        if at > start && self.is_name_like(at - 1) && free(at - 1) && !self.title_case {
            return None;
        }
        let mut best = None;
        let mut key = String::new();
        for count in 1..=LONGEST {
            let last = at + count - 1;
            let joins = self.is_name_like(last)
                || self.has(last, Part::Particle)
                || matches!(self.words(last), "." | "-");
            if !free(last) || !joins || (self.title_case && count > 2) {
                break;
            }
            if !self.is_mark(last, b'.') {
                if !key.is_empty() {
                    key.push(' ');
                }
                fold_into(self.words(last), &mut key);
            }
            let (found, more) = self.lexicon.gazetteer.look(&key);
            if found && self.is_name_like(last) {
                best = Some((count, key.clone()));
            }
            if !more {
                break;
            }
        }
        let (count, key) = best?;
        let next = at + count;
        let container = self.container_of_town(next);
        let dateline = self.at_dateline(at, next, start);
        let sure = self.located(at) || dateline;
        let prepared = at > start
            && (self.has(at - 1, Part::Preposition) || self.has(at - 1, Part::Infinitive));
        let located = prepared || sure;
        // Capitals go on: the town is part of another name.
        let goes_on =
            self.is_name_like(next) && free(next) && self.page.follows(next) && !self.title_case;
        let ordinary = count == 1
            && (self.has(at, Part::NoName)
                || self.has(at, Part::NoPlace)
                || self.phrase(at).is_some_and(|(hits, _)| hits.surname.is_some())
                || self.token(at).is_some_and(|token| self.page.is_small_too(token)));
        let first_name = count == 1 && self.phrase(at).is_some_and(|(hits, _)| hits.first_name);
        let opens = at == start || matches!(self.words(at - 1), "\"" | "“");
        if goes_on
            || (ordinary && container.is_none() && !(sure && self.has(at, Part::NoPlace)))
            || (first_name && container.is_none() && !sure)
            || (self.has(at, Part::NoName) && container.is_none())
            || (self.title_case && !located && opens)
        {
            return None;
        }
        let places = self.lexicon.gazetteer.places(&key);
        Some(Town { at, count, places, container, located })
    }

    /// ", Texas", ", Peru", "(Peru)" behind a town.
    fn container_of_town(&self, at: usize) -> Option<String> {
        matches!(self.words(at), "," | "(").then_some(())?;
        if let Some((hits, _)) = self.phrase(at + 1) {
            let row = |row: Option<u32>| row.map(|row| row as usize);
            if let Some(country) = row(hits.country).and_then(|at| self.lexicon.countries.get(at)) {
                return Some(country.name.clone());
            }
            if let Some(place) = row(hits.place).and_then(|at| self.lexicon.places.get(at)) {
                return Some(place.area.as_ref().unwrap_or(&place.name).clone());
            }
        }
        self.is_name_like(at + 1).then(|| self.key(at + 1, 1))
    }

    /// "KHARTOUM (Reuters) —", "LIMA, Peru —" at the start of a text.
    fn at_dateline(&self, at: usize, next: usize, start: usize) -> bool {
        at == start
            && self.token(at).is_some_and(|token| token.all_caps)
            && (self.is_mark(next, b'(')
                || matches!(self.words(next), "—" | "–" | "-" | "," | "_" | ":")
                || self.words(next + 2) == "—")
    }

    /// Chooses among the places of one name and keeps the best, if it is likely meant.
    fn place_town(&mut self, town: Town, home: &BTreeMap<String, u32>) {
        let inside =
            |place: &Place| town.container.as_ref().is_some_and(|told| place.lies_in(told));
        let told = |place: &Place| home.get(place.country).copied().unwrap_or(0);
        let score = |place: &Place| {
            (
                inside(place),
                // Among towns, where the document is; a million people outweigh it.
                f64::from(place.population.max(1)).log10()
                    + if told(place) > 0 { 1.2 } else { 0.0 }
                    + if told(place) > 2 { 0.8 } else { 0.0 }
                    - if place.other_name { 1.5 } else { 0.0 }
                    - if place.is_area { 1.0 } else { 0.0 },
            )
        };
        let better = |a: &&Place, b: &&Place| {
            let (a, b) = (score(a), score(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        };
        let Some(place) = town.places.iter().max_by(better).copied() else { return };
        let contained = inside(&place);
        let large = place.population >= LARGE && !place.other_name && !place.is_area;
        let at_home = told(&place) > 0 && place.population >= LARGE_AT_HOME && !place.other_name;
        let acronym = self.token(town.at).is_some_and(|token| token.all_caps) && !town.located;
        if !(contained || town.located || large || at_home) || (acronym && !contained) {
            return;
        }
        if place.other_name && !contained && told(&place) == 0 && place.population < LARGE {
            return;
        }
        let joined = self.joined(town.at, town.count, place.name);
        self.push(town.at, town.count, MentionKind::Place, place.name, joined);
        self.attribute(None, Some(place.country.to_string()));
        self.locate(Some(place.coordinates));
    }
}
