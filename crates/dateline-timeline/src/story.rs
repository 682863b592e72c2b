//! Joining what several briefs of one story tell. Inside of a story less is asked of two
//! mentions than across stories: the same kind of happening, and enough words and names in
//! common. It is here that sources are found to differ about the day.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Interval, Modality, Moment, Shape};
use dateline_text::SourceId;

use crate::Entry;
use crate::cluster::{CUT, Document, Stories, stories};
use crate::groups::Groups;
use crate::node::{Interner, Likeness, Node, are_near};
use crate::within::shared;

/// Words in common from which on two sentences tell one event; a name counts for three.
const IN_COMMON: usize = 4;
/// Days between two days told for one event, at most.
const APART: i32 = 3;
/// Days between the day of a plan and that of its outcome, at most.
const PUT_OFF: i32 = 14;

/// Which sources belong together.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The story of each.
    pub story: BTreeMap<SourceId, usize>,
    /// What each copy is a copy of.
    pub copies: BTreeMap<SourceId, SourceId>,
}

/// The stories of the briefs, and which of them are copies.
pub(crate) fn of_entries<'a>(entries: &'a [Entry], interner: &mut Interner<'a>) -> Sources {
    let documents: Vec<Document> = entries
        .iter()
        .map(|entry| {
            let brief = &entry.brief;
            let mut list = |terms: &[u32]| {
                let words = terms.iter().filter_map(|term| brief.terms.get(*term as usize));
                interner.list(words.map(String::as_str))
            };
            Document {
                day: brief.reference.moment.map(Moment::day),
                terms: list(&brief.subject.terms),
                names: list(&brief.subject.names),
            }
        })
        .collect();
    let Stories { story, original } = stories(&documents, CUT);
    let ids = || entries.iter().map(|entry| entry.id);
    let originals = original.iter().filter_map(|at| entries.get(*at)).map(|entry| entry.id);
    Sources {
        story: ids().zip(story).collect(),
        copies: ids().zip(originals).filter(|(copy, original)| copy != original).collect(),
    }
}

/// Joins nodes of different briefs of one story: first those that agree about the day, then
/// those that differ, the most alike first.
pub(crate) fn join(nodes: &[Node<'_>], sources: &Sources, groups: &mut Groups) {
    word_for_word(nodes, sources, groups);
    let (around, leads) = (around(nodes), leads(nodes));
    let mut told: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut by_source: BTreeMap<SourceId, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| is_occasion(node)) {
        by_source.entry(node.source).or_default().push(at);
        told.entry(sources.story.get(&node.source).copied().unwrap_or(0)).or_default().push(at);
    }
    let at = |at: usize| Some((nodes.get(at)?, around.get(at)?));
    for told in told.values() {
        let mut pairs: Vec<Pair> = Vec::new();
        for (a, b) in candidates(nodes, &around, told) {
            if let (Some(one), Some(two)) = (at(a), at(b)) {
                pairs.extend(alike(one, two, &leads).map(|(agree, common)| Pair {
                    agree,
                    common,
                    a,
                    b,
                }));
            }
        }
        pairs.sort_by_key(|pair| (!pair.agree, std::cmp::Reverse(pair.common), pair.a, pair.b));
        let whole: BTreeSet<usize> = (told.iter().copied())
            .filter(|at| nodes.get(*at).is_some_and(|node| node.shape == Shape::Throughout))
            .map(|at| groups.find(at))
            .collect();
        for Pair { agree, a, b, .. } in pairs {
            let (Some(one), Some(two)) = (at(a), at(b)) else { continue };
            // What happens on a day of a summit is not the summit.
            let day_of = |at: usize| whole.contains(&groups.find(at));
            if one.0.shape == Shape::Within && (day_of(a) || day_of(b)) {
                continue;
            }
            let beside = || {
                let sources = [one.0.source, two.0.source];
                let all = sources.into_iter().filter_map(|source| by_source.get(&source)).flatten();
                all.filter_map(|place| Some((*place, at(*place)?)))
            };
            if agree || differ(one.0, two.0) && !both_told(beside(), (a, one), (b, two), groups) {
                groups.join(a, b);
            }
        }
    }
}

/// Terms that a sentence has at least of which it can be told whether it is a copy.
const ENOUGH: usize = 7;

/// Joins what several briefs of one story tell with the same words: one was copied. Where a
/// brief is known as a copy, so is each of its sentences.
fn word_for_word(nodes: &[Node<'_>], sources: &Sources, groups: &mut Groups) {
    let mut by_story = BTreeMap::new();
    let mut by_original = BTreeMap::new();
    let mut again: BTreeMap<_, usize> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let terms = node.likeness.terms.as_slice();
        let words = (terms, node.interval.in_days(), node.trigger());
        let original = sources.copies.get(&node.source).unwrap_or(&node.source);
        // What a brief says twice its copy says twice.
        let time = again.entry((node.source, words)).or_default();
        *time += 1;
        groups.join(*by_original.entry((original, words, *time)).or_insert(at), at);
        if let Some(story) = sources.story.get(&node.source).filter(|_| terms.len() >= ENOUGH) {
            groups.join(*by_story.entry((story, words)).or_insert(at), at);
        }
    }
}

/// Two nodes that may be one event.
struct Pair {
    /// Whether they agree about the day.
    agree: bool,
    common: usize,
    a: usize,
    b: usize,
}

/// Nodes of a kind that a node is compared with, those of the days before it; time stays
/// linear.
const NEAR: usize = 64;

/// A kind of happening, or of gathering; neither for all that has an extent.
type Kind<'a> = (Option<u32>, Option<&'a str>);

/// Pairs of nodes that tell of one kind of happening, or have an extent.
fn candidates(nodes: &[Node<'_>], around: &[Likeness], told: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut kinds: BTreeMap<Kind<'_>, Vec<(Interval, usize)>> = BTreeMap::new();
    for (at, node) in told.iter().filter_map(|at| Some((*at, nodes.get(*at)?))) {
        let when = node.interval.in_days();
        for kind in around.get(at).into_iter().flat_map(|around| &around.kinds) {
            kinds.entry((Some(*kind), None)).or_default().push((when, at));
        }
        if node.shape == Shape::Throughout {
            kinds.entry((None, None)).or_default().push((when, at));
        }
        if let Some(gathering) = &node.event.gathering {
            kinds.entry((None, Some(&gathering.head))).or_default().push((when, at));
        }
    }
    let mut out = BTreeSet::new();
    for bucket in kinds.values_mut() {
        bucket.sort_unstable();
        for (place, (_, b)) in bucket.iter().enumerate() {
            let before = bucket.iter().take(place).rev().take(NEAR).map(|(_, a)| a);
            let source = |at: &usize| nodes.get(*at).map(|node| node.source);
            let other = before.filter(|a| source(a) != source(b));
            out.extend(other.map(|a| (*a.min(b), *a.max(b))));
        }
    }
    out
}

/// Whether two nodes may be one event: whether they agree about the day, and how much they
/// have in common. What both sources tell at their head is more likely one event.
fn alike(one: Told<'_, '_>, two: Told<'_, '_>, leads: &Leads) -> Option<(bool, usize)> {
    let (a, b) = (one.0, two.0);
    let agree = a.interval.in_days().overlaps(b.interval.in_days());
    let mut common = common(one.1, two.1);
    // Two extents that overlap need no verb in common.
    let extents = agree && a.shape == Shape::Throughout && common >= IN_COMMON;
    if a.source == b.source || !compatible(one, two) || !(extents || same_kind(one, two)) {
        return None;
    }
    let kinds = (leads.get(&a.source), leads.get(&b.source));
    let own =
        |kind: &u32| [one.1, two.1].iter().all(|around| around.kinds.binary_search(kind).is_ok());
    if let (Some(first), Some(second)) = kinds
        && first.iter().any(|kind| second.contains(kind) && own(kind))
    {
        common += AT_HEAD;
    }
    let once = a.event.once && b.event.once && shared(&a.likeness.own, &b.likeness.own) > 0;
    let certain = if agree { a.shape == Shape::Throughout } else { once };
    let least = if certain { 1 } else { IN_COMMON };
    (common >= least).then_some((agree, common))
}

/// For each source the kinds of what its headline and first sentences tell.
type Leads = BTreeMap<SourceId, BTreeSet<u32>>;

/// Sentences at the head of a brief that tell what it is about.
const HEAD: u32 = 3;
/// What it counts that both sources tell of a kind at their head.
const AT_HEAD: usize = 2;

fn leads(nodes: &[Node<'_>]) -> Leads {
    let mut out = Leads::new();
    for node in nodes.iter().filter(|node| node.event.sentence < HEAD) {
        out.entry(node.source).or_default().extend(&node.likeness.kinds);
    }
    out
}

/// Whether a node has a date fine enough to tell one occasion from another.
fn is_occasion(node: &Node<'_>) -> bool {
    let short = |interval: Interval| {
        let days = interval.latest()?.day().since(interval.earliest()?.day()).ok()?.get_days();
        Some(days < 7 || node.shape == Shape::Throughout)
    };
    node.is_dated() && short(node.interval) == Some(true)
}

/// For each node what its whole sentence can be compared by.
fn around(nodes: &[Node<'_>]) -> Vec<Likeness> {
    let mut sentences: BTreeMap<(SourceId, u32), Likeness> = BTreeMap::new();
    for node in nodes {
        sentences.entry((node.source, node.event.sentence)).or_default().add(&node.likeness);
    }
    let of = |node: &Node<'_>| sentences.get(&(node.source, node.event.sentence));
    nodes.iter().map(|node| of(node).cloned().unwrap_or_default()).collect()
}

/// A node and what its sentence can be compared by.
type Told<'n, 'a> = (&'n Node<'a>, &'n Likeness);

/// Whether two nodes tell of the same people at the same places where they name some, both
/// as done or both as not.
fn compatible((a, by_a): Told<'_, '_>, (b, by_b): Told<'_, '_>) -> bool {
    let differ = |one: &[u32], two: &[u32], first: &[u32], second: &[u32]| {
        !one.is_empty() && !two.is_empty() && shared(first, second) == 0
    };
    let (one, two) = (&a.likeness, &b.likeness);
    let elsewhere = differ(&one.places, &two.places, &by_a.places, &by_b.places);
    let others = differ(&one.people, &two.people, &by_a.people, &by_b.people);
    let done = |node: &Node<'_>| node.event.modality == Modality::Occurred;
    !elsewhere && !others && (done(a) == done(b) || carried_out(a, b)) && a.shape == b.shape
}

/// Whether one of two nodes tells a plan that was open when it was reported, and the other
/// an outcome of that day, or of a later one in a brief that knows of the first.
fn carried_out(a: &Node<'_>, b: &Node<'_>) -> bool {
    let (plan, outcome) = if a.event.modality == Modality::Occurred { (b, a) } else { (a, b) };
    let planned = matches!(plan.event.modality, Modality::Planned | Modality::Postponed);
    let reported = plan.brief.reference.moment.map(Moment::day);
    let ends = plan.interval.earliest().zip(outcome.interval.earliest());
    let late = ends.and_then(|(from, to)| Some(to.day().since(from.day()).ok()?.get_days()));
    let open = ends.is_some_and(|(from, _)| reported.is_none_or(|by| from.day() >= by));
    // Who tells that it was put off tells from when.
    let known = |days: i32| {
        let mut told = outcome.brief.dates.iter().map(|date| date.interval.in_days());
        days == 0 || told.any(|day| day == plan.interval.in_days())
    };
    planned && open && late.is_some_and(|days| (0..=PUT_OFF).contains(&days) && known(days))
}

/// Whether two nodes can tell the same kind of thing.
fn same_kind((a, by_a): Told<'_, '_>, (b, by_b): Told<'_, '_>) -> bool {
    let (one, two) = (&a.likeness, &b.likeness);
    let head = |node: &Node<'_>| node.event.gathering.as_ref().map(|found| found.head.clone());
    let whole = a.shape == Shape::Throughout && b.shape == Shape::Throughout;
    let tells = |own: &[u32], by: &Likeness| own.is_empty() || shared(own, &by.kinds) > 0;
    let kind = shared(&one.kinds, &by_b.kinds) > 0
        && shared(&by_a.kinds, &two.kinds) > 0
        && match a.interval.in_days() == b.interval.in_days() {
            // A day has many events, of which one sentence may name another.
            true => tells(&one.own, by_b) && tells(&two.own, by_a),
            false => tells(&one.own, by_b) || tells(&two.own, by_a),
        };
    kind || whole && head(a).is_some() && head(a) == head(b)
}

/// How much two sentences have in common: words and kinds, and names three times.
fn common(a: &Likeness, b: &Likeness) -> usize {
    let names = shared(&a.named, &b.named).max(shared(&a.names, &b.names));
    shared(&a.terms, &b.terms) + shared(&a.kinds, &b.kinds) + 2 * names
}

/// Whether two nodes with different days can be one event of which sources tell different
/// days, and not two events: the days are close, the extents of one kind, and each source
/// could have known of the other's day.
fn differ(a: &Node<'_>, b: &Node<'_>) -> bool {
    let (x, y) = (a.interval.in_days(), b.interval.in_days());
    let close = are_near(x, y, APART);
    let known = |node: &Node<'_>, other: Interval| {
        let reported = node.brief.reference.moment.map(Moment::day);
        let day = other.latest().map(Moment::day);
        node.event.modality != Modality::Occurred || reported.is_none_or(|by| day <= Some(by))
    };
    if a.event.modality != b.event.modality && carried_out(a, b) {
        return true;
    }
    let once = a.event.once && b.event.once && shared(&a.likeness.people, &b.likeness.people) > 0;
    close && (once || known(a, y) && known(b, x))
}

/// Whether one of the two sources, whose nodes are `beside`, tells of both days: then they
/// are two events.
fn both_told<'n, 'a: 'n>(
    mut beside: impl Iterator<Item = (usize, Told<'n, 'a>)>,
    (a, one): (usize, Told<'_, '_>),
    (b, two): (usize, Told<'_, '_>),
    groups: &Groups,
) -> bool {
    beside.any(|(place, other)| {
        let tells = |from: Told<'_, '_>, of: Told<'_, '_>, group: usize| {
            other.0.source == from.0.source
                && groups.find(place) != groups.find(group)
                && other.0.interval.in_days().overlaps(of.0.interval.in_days())
        };
        let like = |told| compatible(other, told) && same_kind(other, told);
        let kind = || like(one) || like(two);
        (tells(one, two, b) || tells(two, one, a)) && kind()
    })
}
