//! A timeline of a topic from thousands of articles: the days that most of them speak of,
//! and for each a few whole sentences that say what happened.
//!
//! The days are those that most articles mention. A day's candidates are the sentences that
//! mention it and the first ones of the articles published on it; together they are its
//! centroid. Sentences are taken greedily so that the summary lies nearest to the centroid,
//! none too like one taken before (Gholipour Ghalandari and Ifrim 2020; Radev et al. 2004).
//! A term weighs by how few articles have it, and counts once a sentence.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// One article, as far as a digest needs it.
#[derive(Clone, Debug)]
pub struct Story {
    /// What it is called; equal days are told apart by it.
    pub id: String,
    /// The day it was published, where it is known.
    pub day: Option<Date>,
    /// Its terms, each once, in order: what it counts for in weights.
    pub terms: Vec<u32>,
    /// The sentences that may be taken.
    pub facts: Vec<Fact>,
}

/// A sentence that mentions a day or opens its article.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Which sentence of its article, from 0.
    pub sentence: u32,
    /// The days it mentions, each once.
    pub days: Vec<Date>,
    /// Its terms in order, with repeats.
    pub terms: Vec<u32>,
    /// How many words it has.
    pub words: u32,
}

/// What to make.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// How many days; where `None`, those that stand out.
    pub dates: Option<usize>,
    /// How many sentences a day; three where `None`.
    pub sentences: Option<usize>,
    /// The first day; that of the first article where `None`.
    pub from: Option<Date>,
    /// The last day; that of the last article where `None`.
    pub to: Option<Date>,
    /// Terms of which a sentence must have one, where there are any.
    pub about: Vec<u32>,
}

/// One day of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: Date,
    /// How many articles mention it.
    pub articles: usize,
    /// The sentences, as places among the stories given and their sentences.
    pub picks: Vec<(usize, u32)>,
}

/// Sentences of an article that may speak for its day of publication.
pub const LEAD: u32 = 5;
/// Shortest and longest sentence taken, in words.
const WORDS: std::ops::RangeInclusive<u32> = 10..=45;
/// Cosine above which two sentences say the same.
const ALIKE: f64 = 0.6;
/// A day stands out that this part of the mean day's articles mention.
const STANDS_OUT: f64 = 0.15;
/// Days where none are asked for, at most: more are no timeline that a person reads.
const DAYS: usize = 80;
/// Sentences in all where none are asked for, about a page; the more days, the fewer a day.
const LONG: usize = 60;
/// Sentences a day, then.
const SENTENCES: std::ops::RangeInclusive<usize> = 2..=5;

/// A sparse vector of length 1, by term.
type Vector = Vec<(u32, f64)>;

/// The digest of `stories`; their order does not matter.
pub fn digest(stories: &[Story], options: &Options) -> Vec<Entry> {
    let mut order: Vec<usize> = (0..stories.len()).collect();
    order.sort_by_key(|at| stories.get(*at).map(|story| (story.day, &story.id)));
    let told: Vec<(usize, &Story)> =
        order.into_iter().filter_map(|at| Some((at, stories.get(at)?))).collect();
    let first = options.from.or_else(|| told.iter().find_map(|(_, story)| story.day));
    let last = options.to.or_else(|| told.last().and_then(|(_, story)| story.day));
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let within = |day: Date| (first..=last).contains(&day);
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (number, (_, story)) in told.iter().enumerate() {
        for (place, fact) in story.facts.iter().enumerate() {
            for day in fact.days.iter().copied().filter(|day| within(*day)) {
                days.entry(day).or_default().mention(number, place);
            }
            let published = story.day.filter(|day| within(*day) && !fact.days.contains(day));
            if let Some(day) = published.filter(|_| fact.sentence < LEAD) {
                days.entry(day).or_default().candidates.push((number, place));
            }
        }
    }
    let tells = |(story, place): &(usize, usize)| {
        let fact = told.get(*story).and_then(|(_, story)| story.facts.get(*place));
        fact.is_some_and(|fact| is_about(fact, options))
    };
    days.retain(|_, day| day.candidates.iter().any(tells));
    let mut ranked: Vec<(usize, Date)> =
        days.iter().map(|(day, told)| (told.articles, *day)).collect();
    ranked.sort_by_key(|(articles, day)| (std::cmp::Reverse(*articles), *day));
    let total: usize = ranked.iter().map(|(articles, _)| articles).sum();
    let least = STANDS_OUT * total as f64 / ranked.len().max(1) as f64;
    let stands_out = ranked.iter().take_while(|(articles, _)| *articles as f64 >= least).count();
    let most = options.dates.unwrap_or(stands_out.min(DAYS));
    let few = (LONG / most.min(ranked.len()).max(1)).clamp(*SENTENCES.start(), *SENTENCES.end());
    let sentences = options.sentences.unwrap_or(few);
    let weights = Weights::new(&told);
    let mut out: Vec<Entry> = ranked
        .into_iter()
        .filter_map(|(articles, day)| {
            let picks = weights.summary(days.get(&day)?, &told, options, sentences);
            (!picks.is_empty()).then_some(Entry { day, articles, picks })
        })
        .take(most)
        .collect();
    out.sort_by_key(|entry| entry.day);
    out
}

/// Whether a sentence tells of what was asked about.
fn is_about(fact: &Fact, options: &Options) -> bool {
    options.about.is_empty() || fact.terms.iter().any(|term| options.about.contains(term))
}

/// What tells of one day.
#[derive(Debug, Default)]
struct Day {
    articles: usize,
    last: Option<usize>,
    /// Story and place among its facts.
    candidates: Vec<(usize, usize)>,
}

impl Day {
    fn mention(&mut self, story: usize, place: usize) {
        if self.last != Some(story) {
            self.articles += 1;
            self.last = Some(story);
        }
        self.candidates.push((story, place));
    }
}

/// Weights of terms: how few articles have them.
struct Weights {
    idf: Vec<f64>,
}

impl Weights {
    fn new(told: &[(usize, &Story)]) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        for term in told.iter().flat_map(|(_, story)| &story.terms) {
            let at = *term as usize;
            if at >= counts.len() {
                counts.resize(at + 1, 0);
            }
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        let all = 1.0 + told.len() as f64;
        let idf = counts.into_iter().map(|count| (all / (1.0 + f64::from(count))).ln() + 1e-9);
        Self { idf: idf.collect() }
    }

    fn vector(&self, fact: &Fact) -> Vector {
        let mut terms = fact.terms.clone();
        terms.sort_unstable();
        let mut out: Vector = Vec::with_capacity(terms.len());
        terms.dedup();
        for term in terms {
            // The square root keeps a rare name from outweighing all that happened to it.
            out.push((term, self.idf.get(term as usize).copied().unwrap_or(0.0).sqrt()));
        }
        let norm = out.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        if norm > 0.0 {
            out.iter_mut().for_each(|(_, weight)| *weight /= norm);
        }
        out
    }

    /// The sentences that say what happened on a day.
    fn summary(
        &self,
        day: &Day,
        told: &[(usize, &Story)],
        options: &Options,
        sentences: usize,
    ) -> Vec<(usize, u32)> {
        let fact = |(story, place): &(usize, usize)| {
            let (at, story) = told.get(*story)?;
            Some((*at, story.facts.get(*place)?))
        };
        let facts: Vec<(usize, &Fact)> = day.candidates.iter().filter_map(fact).collect();
        let vectors: Vec<Vector> = facts.iter().map(|(_, fact)| self.vector(fact)).collect();
        let mut centroid = vec![0.0; self.idf.len()];
        for (term, weight) in vectors.iter().flatten() {
            if let Some(sum) = centroid.get_mut(*term as usize) {
                *sum += weight;
            }
        }
        let told = |at: &usize| facts.get(*at).is_some_and(|(_, fact)| is_about(fact, options));
        let fits = |at: &usize| facts.get(*at).is_some_and(|(_, f)| WORDS.contains(&f.words));
        let mut open: Vec<usize> = (0..facts.len()).filter(told).collect();
        // A sentence of any length is better than none.
        if open.iter().any(fits) {
            open.retain(fits);
        }
        let mut taken: Vec<usize> = Vec::new();
        let mut sum = vec![0.0; self.idf.len()];
        let (mut near, mut square) = (0.0, 0.0);
        while taken.len() < sentences {
            let alike = |a: usize, b: usize| match (vectors.get(a), vectors.get(b)) {
                (Some(a), Some(b)) => cosine(a, b) > ALIKE,
                _ => false,
            };
            if let Some(last) = taken.last() {
                open.retain(|at| !alike(*at, *last));
            }
            let score = |at: usize| {
                let vector = vectors.get(at)?;
                let (to_centroid, to_sum) = (dot(vector, &centroid), dot(vector, &sum));
                let length: f64 = vector.iter().map(|(_, weight)| weight * weight).sum();
                let norm = (square + 2.0 * to_sum + length).sqrt();
                Some((near + to_centroid) / if norm > 0.0 { norm } else { 1.0 })
            };
            let scored = open.iter().filter_map(|at| Some((score(*at)?, *at)));
            // Of equals the first.
            let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let Some((_, at)) = best else { break };
            if let Some(vector) = vectors.get(at) {
                near += dot(vector, &centroid);
                square += 2.0 * dot(vector, &sum);
                square += vector.iter().map(|(_, weight)| weight * weight).sum::<f64>();
                for (term, weight) in vector {
                    if let Some(of) = sum.get_mut(*term as usize) {
                        *of += weight;
                    }
                }
            }
            open.retain(|other| *other != at);
            taken.push(at);
        }
        // As they were published.
        taken.sort_unstable();
        taken.into_iter().filter_map(|at| facts.get(at)).map(|(at, f)| (*at, f.sentence)).collect()
    }
}

fn dot(vector: &Vector, dense: &[f64]) -> f64 {
    vector
        .iter()
        .map(|(term, weight)| weight * dense.get(*term as usize).copied().unwrap_or(0.0))
        .sum()
}

/// Both of length 1 and sorted by term.
fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut at, mut other, mut out) = (0, 0, 0.0);
    while let (Some((x, u)), Some((y, v))) = (a.get(at), b.get(other)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                out += u * v;
                (at, other) = (at + 1, other + 1);
            }
        }
    }
    out
}
