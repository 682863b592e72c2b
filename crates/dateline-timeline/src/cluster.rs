//! Which texts tell one story: average link over TF-IDF, as it is done for event
//! coreference across documents (Upadhyay et al. 2016; Cybulska and Vossen 2015).
//!
//! A term counts once a text, by how few texts have it; names and numbers count two
//! and a half times, since it is they that tell one earthquake from another. Texts that are dated more than a
//! week apart are not compared.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::civil::Date;

use crate::within::shared;

/// What is known of a text. Terms are numbers that are the same in all texts.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The day it speaks from.
    pub day: Option<Date>,
    /// Its terms, each once, sorted.
    pub terms: Vec<u32>,
    /// Those among them that are names or numbers, sorted.
    pub names: Vec<u32>,
}

/// Mean cosine from which on two groups of texts tell one story.
pub const CUT: f64 = 0.17;
/// How much more a name or a number weighs.
const NAME: f64 = 2.5;
/// Texts without any term in common that are thought to stand beside those given, so that a
/// term of both of two texts still says something.
const BESIDE: f64 = 200.0;
/// Days between two texts of one story, at most.
const WINDOW: i32 = 7;
/// Texts that are found by one term, the first ones; time stays linear.
const COMMON: usize = 256;
/// Texts that a text is compared with, the nearest ones; time and memory stay linear.
const NEAREST: usize = 64;

/// Part of the terms of the shorter of two texts that the other has too, from which on one
/// is a copy of the other, cut or with a few words added.
const COPY: f64 = 0.85;
/// Terms that a text has at least of which it can be told whether it is a copy.
const ENOUGH: usize = 25;

/// Which texts belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// The story of each text, numbered from 0 in the order of their first text.
    pub story: Vec<usize>,
    /// For each text the first one that it is a copy of; itself where it is none.
    pub original: Vec<usize>,
}

/// The stories of `documents`, and which are copies of others. `cut` is the mean cosine
/// from which on two groups are one story.
pub fn stories(documents: &[Document], cut: f64) -> Stories {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    // Texts without a day come first: they may belong anywhere.
    order.sort_by_key(|at| documents.get(*at).and_then(|document| document.day));
    // Of a thousand texts with the same words one is compared with others.
    let mut first: BTreeMap<(&[u32], &[u32]), usize> = BTreeMap::new();
    let mut same: Vec<usize> = (0..documents.len()).collect();
    let mut told: Vec<(usize, &Document)> = Vec::new();
    for (at, document) in order.into_iter().filter_map(|at| Some((at, documents.get(at)?))) {
        let words = (document.terms.as_slice(), document.names.as_slice());
        let like = *first.entry(words).or_insert(at);
        if like == at || document.terms.is_empty() {
            told.push((at, document));
        } else if let Some(same) = same.get_mut(at) {
            *same = like;
        }
    }
    let distinct: Vec<&Document> = told.iter().map(|(_, document)| *document).collect();
    let near = near(&distinct);
    let copied = originals(&distinct, &near);
    // A copy goes where its original goes; only originals are joined.
    let original = |at: usize| copied.get(at) == Some(&at);
    let near = near.into_iter().enumerate().map(|(at, mut near)| {
        near.retain(|other, _| original(at) && original(*other));
        near
    });
    let joined = average_link(near.collect(), cut);
    let joined: Vec<usize> =
        copied.iter().map(|first| joined.get(*first).copied().unwrap_or(*first)).collect();
    let (mut story_of, mut original) = (same.clone(), same.clone());
    for (place, (at, _)) in told.iter().enumerate() {
        for (found, of) in [(&joined, &mut story_of), (&copied, &mut original)] {
            let to = found.get(place).and_then(|first| told.get(*first)).map(|(first, _)| *first);
            if let (Some(to), Some(of)) = (to, of.get_mut(*at)) {
                *of = to;
            }
        }
    }
    // What has the same words goes where the first of them went.
    let through = |of: &[usize]| -> Vec<usize> {
        same.iter().enumerate().map(|(at, like)| of.get(*like).copied().unwrap_or(at)).collect()
    };
    let (story_of, original) = (through(&story_of), through(&original));
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let number = |story: usize| {
        let next = numbers.len();
        *numbers.entry(story).or_insert(next)
    };
    Stories { story: story_of.into_iter().map(number).collect(), original }
}

/// For each text the first that it is a copy of, by way of others.
fn originals(documents: &[&Document], near: &[BTreeMap<usize, f64>]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::with_capacity(documents.len());
    for (at, (document, near)) in documents.iter().zip(near).enumerate() {
        let copied = near.keys().take_while(|other| **other < at).find(|other| {
            documents.get(**other).is_some_and(|other| {
                let least = document.terms.len().min(other.terms.len());
                let common = shared(&document.terms, &other.terms);
                least >= ENOUGH && common as f64 >= COPY * least as f64
            })
        });
        out.push(copied.and_then(|other| out.get(*other)).copied().unwrap_or(at));
    }
    out
}

/// For each text those it is like, and how much; each pair on both sides.
fn near(documents: &[&Document]) -> Vec<BTreeMap<usize, f64>> {
    let vectors = vectors(documents);
    let mut holders: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
    let mut out: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); documents.len()];
    let mut cosine: Vec<f64> = vec![0.0; documents.len()];
    let mut touched: Vec<usize> = Vec::new();
    for (at, (document, vector)) in documents.iter().zip(&vectors).enumerate() {
        for (term, weight) in vector {
            let found = holders.entry(*term).or_default();
            for (other, theirs) in found.iter() {
                if let Some(sum) = cosine.get_mut(*other) {
                    if *sum == 0.0 {
                        touched.push(*other);
                    }
                    *sum += weight * theirs;
                }
            }
            if found.len() < COMMON {
                found.push((at, *weight));
            }
        }
        let mut found: Vec<(usize, f64)> = Vec::new();
        touched.sort_unstable();
        for other in touched.drain(..) {
            let sum = cosine.get_mut(other).map_or(0.0, std::mem::take);
            if documents.get(other).is_some_and(|other| is_close(document.day, other.day)) {
                found.push((other, sum));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for (other, cosine) in found.into_iter().take(NEAREST) {
            if let Ok([ours, theirs]) = out.get_disjoint_mut([at, other]) {
                ours.insert(other, cosine);
                theirs.insert(at, cosine);
            }
        }
    }
    out
}

/// Whether two days can be those of one story.
fn is_close(a: Option<Date>, b: Option<Date>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    a.since(b).is_ok_and(|apart| apart.get_days().abs() <= WINDOW)
}

/// A vector of length 1 for each text.
fn vectors(documents: &[&Document]) -> Vec<Vec<(u32, f64)>> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for term in documents.iter().flat_map(|document| &document.terms) {
        *counts.entry(*term).or_default() += 1;
    }
    let all = BESIDE + documents.len() as f64;
    let weight = |document: &Document, term: u32| {
        let rare = (all / (1.0 + counts.get(&term).map_or(0.0, |n| f64::from(*n)))).ln();
        rare.max(0.0) * if document.names.binary_search(&term).is_ok() { NAME } else { 1.0 }
    };
    let vector = |document: &&Document| {
        let mut out: Vec<(u32, f64)> =
            document.terms.iter().map(|term| (*term, weight(document, *term))).collect();
        let norm = out.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        out.iter_mut().for_each(|(_, weight)| *weight /= norm.max(f64::MIN_POSITIVE));
        out
    };
    documents.iter().map(vector).collect()
}

/// Two groups that may be joined; the one with the highest mean comes first, of equals that
/// of the earlier texts.
#[derive(Debug, PartialEq)]
struct Pair {
    mean: f64,
    a: usize,
    b: usize,
    /// How often each of them had been joined when this was put down.
    joined: (u32, u32),
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Texts that were joined.
#[derive(Debug)]
struct Group {
    /// The sum of likenesses to other groups.
    near: BTreeMap<usize, f64>,
    size: f64,
    /// How often it was joined with another; without end once it went into another.
    joined: u32,
    /// The group it went into, an earlier one; else itself.
    home: usize,
}

/// Joins the two groups with the highest mean likeness while it is at least `cut`. Answers
/// the first member of the group of each.
fn average_link(near: Vec<BTreeMap<usize, f64>>, cut: f64) -> Vec<usize> {
    let alone = |(home, near)| Group { near, size: 1.0, joined: 0, home };
    let mut groups: Vec<Group> = near.into_iter().enumerate().map(alone).collect();
    let pair = |groups: &[Group], a: usize, b: usize, sum: f64| {
        let (a, b) = (a.min(b), a.max(b));
        let (one, two) = (groups.get(a)?, groups.get(b)?);
        let mean = sum / (one.size * two.size);
        (mean >= cut).then_some(Pair { mean, a, b, joined: (one.joined, two.joined) })
    };
    let mut open: BinaryHeap<Pair> = BinaryHeap::new();
    for (a, group) in groups.iter().enumerate() {
        let later = group.near.range(a + 1..);
        open.extend(later.filter_map(|(b, sum)| pair(&groups, a, *b, *sum)));
    }
    while let Some(Pair { a, b, joined, .. }) = open.pop() {
        let Ok([one, two]) = groups.get_disjoint_mut([a, b]) else { continue };
        if (one.joined, two.joined) != joined {
            continue;
        }
        one.size += two.size;
        one.joined += 1;
        (two.joined, two.home) = (u32::MAX, a);
        for (other, sum) in std::mem::take(&mut two.near) {
            let Ok([one, other_group]) = groups.get_disjoint_mut([a, other]) else {
                // The two themselves.
                if let Some(one) = groups.get_mut(a) {
                    one.near.remove(&b);
                }
                continue;
            };
            other_group.near.remove(&b);
            *other_group.near.entry(a).or_default() += sum;
            *one.near.entry(other).or_default() += sum;
        }
        let near = groups.get(a).into_iter().flat_map(|group| &group.near);
        open.extend(near.filter_map(|(other, sum)| pair(&groups, a, *other, *sum)));
    }
    let mut homes: Vec<usize> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        homes.push(homes.get(group.home).copied().unwrap_or(at));
    }
    homes
}

/// The event of each mention, numbered from 0: mentions of one story that tell of the same
/// kind of happening are one event. Each mention is given as its story and kind.
pub fn chains(mentions: &[(usize, String)]) -> Vec<usize> {
    let mut numbers: BTreeMap<&(usize, String), usize> = BTreeMap::new();
    let number = |mention| {
        let next = numbers.len();
        *numbers.entry(mention).or_insert(next)
    };
    mentions.iter().map(number).collect()
}
