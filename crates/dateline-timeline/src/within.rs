//! Joining what one brief tells twice: a picture and the text, the captions of one
//! meeting, the headline and the body.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use dateline_model::{DateBasis, Gathering, Modality, Voice};

use crate::groups::Groups;
use crate::node::Node;

/// Share of common terms from which on two captions of one day show one event.
const SAME_PICTURE: f64 = 0.5;
/// Share of common terms from which on two undated tellings by one verb are one.
const SAME_TELLING: f64 = 0.6;
/// Share of the shorter telling's terms that a headline must share with a body event.
const SAME_STORY: f64 = 0.2;

/// Joins the nodes in `range`, which belong to one brief. Nodes that only repeat what
/// others tell go to `dropped`.
pub(crate) fn join(
    nodes: &[Node<'_>],
    range: Range<usize>,
    groups: &mut Groups,
    dropped: &mut BTreeSet<usize>,
) {
    let start = range.start;
    for at in range.clone() {
        if let Some(earlier) = nodes.get(at).and_then(|node| node.event.continues) {
            groups.join(at, start + earlier as usize);
        }
    }
    pairs(nodes, range.clone(), groups);
    titles(nodes, range, groups, dropped);
}

/// Most nodes of one brief that are compared each with each; beyond that only neighbours
/// are, so that time stays linear in the length of the brief.
const NEAR: usize = 64;

fn pairs(nodes: &[Node<'_>], range: Range<usize>, groups: &mut Groups) {
    for b in range.clone() {
        for a in b.saturating_sub(NEAR).max(range.start)..b {
            let (Some(one), Some(two)) = (nodes.get(a), nodes.get(b)) else { continue };
            if groups.find(a) != groups.find(b) && same(one, two) {
                groups.join(a, b);
            }
        }
    }
}

/// Whether two mentions of one brief tell one event.
fn same(a: &Node<'_>, b: &Node<'_>) -> bool {
    if a.event.clause == b.event.clause
        && a.event.sentence == b.event.sentence
        && a.event.date == b.event.date
    {
        return a.trigger() == b.trigger();
    }
    if is_title(a) && !a.is_dated() || is_title(b) && !b.is_dated() {
        return false;
    }
    same_gathering(a, b)
        || same_picture(a, b)
        || shown_and_told(a, b)
        || same_telling(a, b)
        || same_plan(a, b)
}

/// Whether the days of two mentions can be one: both told and shared, or one not told.
fn days_agree(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a.is_dated(), b.is_dated()) {
        (true, true) => a.interval.in_days() == b.interval.in_days(),
        (false, false) => true,
        _ => false,
    }
}

/// Whether two tellings name one gathering: the same kind of gathering, of the same party
/// or at the same place.
pub(crate) fn alike(a: &Gathering, b: &Gathering) -> bool {
    if a.head != b.head {
        return false;
    }
    let place = match (&a.place, &b.place) {
        (Some(a), Some(b)) => Some(a == b),
        _ => None,
    };
    let shared = a.parties.iter().filter(|party| b.parties.contains(party)).count();
    let party = if a.parties.is_empty() || b.parties.is_empty() { None } else { Some(shared > 0) };
    match (place, party) {
        (Some(false), _) => false,
        (Some(true), Some(false)) => false,
        (Some(true), _) => true,
        (None, Some(same)) => same,
        (None, None) => false,
    }
}

fn same_gathering(a: &Node<'_>, b: &Node<'_>) -> bool {
    let (Some(one), Some(two)) = (&a.event.gathering, &b.event.gathering) else { return false };
    let told = |node: &Node<'_>| node.event.modality == Modality::Occurred;
    if days_agree(a, b) && alike(one, two) {
        return a.is_dated() || told(a) == told(b);
    }
    if a.is_dated() && b.is_dated() && alike(one, two) {
        return a.interval.overlaps(b.interval);
    }
    // "The meeting will discuss …" goes on with the dated gathering before it.
    let later =
        a.is_dated() && two.anaphoric && !b.is_dated() && a.event.sentence < b.event.sentence;
    let equal = two.anaphoric && a.is_dated() && a.interval.in_days() == b.interval.in_days();
    // A further round that is still to come is not the round that was.
    let told = |node: &Node<'_>| node.event.modality == Modality::Occurred;
    let past = match (a.interval.latest(), a.brief.reference.moment) {
        (Some(latest), Some(reference)) => latest.day() < reference.day(),
        _ => false,
    };
    let further = past && told(a) && !told(b);
    (later || equal) && near(a, b) && !further
}

/// Whether two tellings stand close enough for "the meeting" to point back.
fn near(a: &Node<'_>, b: &Node<'_>) -> bool {
    b.event.sentence.saturating_sub(a.event.sentence) <= 3
}

/// Two pictures of one day: near copies, or of the same people at the same place.
fn same_picture(a: &Node<'_>, b: &Node<'_>) -> bool {
    let pictures = a.event.voice == Voice::Caption && b.event.voice == Voice::Caption;
    if !pictures || !a.is_dated() || !days_agree(a, b) || a.event.sentence == b.event.sentence {
        return false;
    }
    let people = shared(&a.likeness.people, &b.likeness.people);
    let place = shared(&a.likeness.places, &b.likeness.places) > 0;
    likeness(a, b) >= SAME_PICTURE || place && people >= 2
}

/// A picture of people at a place, and the text that tells of them there on that day.
fn shown_and_told(a: &Node<'_>, b: &Node<'_>) -> bool {
    let captions = [a, b].iter().filter(|node| node.event.voice == Voice::Caption).count();
    let spoken = a.event.speaker.is_some() || b.event.speaker.is_some();
    let (one, two) = (&a.likeness, &b.likeness);
    captions == 1
        && !spoken
        && a.is_dated()
        && days_agree(a, b)
        && shared(&one.people, &two.people) >= 2
        && shared(&one.places, &two.places) > 0
}

/// The same thing told again: the same verb with a name in common, on the same day or,
/// for one of them, on none.
fn same_telling(a: &Node<'_>, b: &Node<'_>) -> bool {
    let same_verb = a.trigger() == b.trigger() && !a.trigger().is_empty();
    if !same_verb || a.event.speaker.is_some() || b.event.speaker.is_some() {
        return false;
    }
    let nameless = a.likeness.names.is_empty() || b.likeness.names.is_empty();
    let common = shared(&a.likeness.names, &b.likeness.names);
    match (a.is_dated(), b.is_dated()) {
        (true, true) => days_agree(a, b) && (common > 0 || nameless),
        (false, false) => common > 0 && likeness(a, b) >= SAME_TELLING,
        _ => shared(&a.likeness.places, &b.likeness.places) > 0 && a.event.kind == b.event.kind,
    }
}

/// One plan for one day: the gathering, and what is to happen there.
fn same_plan(a: &Node<'_>, b: &Node<'_>) -> bool {
    let planned =
        |node: &Node<'_>| matches!(node.event.modality, Modality::Planned | Modality::Possible);
    let day = a.is_dated() && a.interval.is_one_day() && days_agree(a, b);
    let heads = match (&a.event.gathering, &b.event.gathering) {
        (Some(one), Some(two)) => one.head == two.head || one.anaphoric || two.anaphoric,
        (Some(_), None) | (None, Some(_)) => true,
        (None, None) => shared(&a.likeness.names, &b.likeness.names) >= 2,
    };
    planned(a) && planned(b) && day && heads
}

fn is_title(node: &Node<'_>) -> bool {
    matches!(node.event.voice, Voice::Headline | Voice::Deck)
}

/// Headline and standfirst name what the body tells: each joins the event most like it.
/// Without a body they stand for themselves.
fn titles(
    nodes: &[Node<'_>],
    range: Range<usize>,
    groups: &mut Groups,
    dropped: &mut BTreeSet<usize>,
) {
    let body: Vec<usize> = range
        .clone()
        .filter(|at| {
            nodes.get(*at).is_some_and(|node| !is_title(node) && node.event.off_topic.is_none())
        })
        .collect();
    if body.is_empty() {
        return;
    }
    for at in range {
        let Some(title) = nodes.get(at).filter(|node| is_title(node) && !node.is_dated()) else {
            continue;
        };
        let score = |other: &usize| nodes.get(*other).map_or(0.0, |node| story(title, node));
        let best = body.iter().copied().max_by(|a, b| score(a).total_cmp(&score(b)).then(b.cmp(a)));
        match best {
            Some(best) if score(&best) >= SAME_STORY => groups.join(at, best),
            _ if title.event.date_basis == DateBasis::Reported && touches(title, &body, nodes) => {
                dropped.insert(at);
            }
            _ => {}
        }
    }
}

/// Whether a title shares a word or name with anything the body tells.
fn touches(title: &Node<'_>, body: &[usize], nodes: &[Node<'_>]) -> bool {
    let title = &title.likeness;
    body.iter().filter_map(|at| nodes.get(*at)).any(|node| {
        shared(&title.terms, &node.likeness.terms) > 0
            || shared(&title.names, &node.likeness.names) > 0
    })
}

/// How much a title and a body event share, names counting double.
fn story(title: &Node<'_>, node: &Node<'_>) -> f64 {
    if let (Some(one), Some(two)) = (&title.event.gathering, &node.event.gathering) {
        let told = |node: &Node<'_>| node.event.modality == Modality::Occurred;
        if alike(one, two) && told(title) == told(node) {
            return 2.0;
        }
    }
    let (a, b) = (&title.likeness, &node.likeness);
    let (terms, names) = (shared(&a.terms, &b.terms), shared(&a.names, &b.names));
    let size = a.terms.len().min(b.terms.len()) + a.names.len().min(b.names.len());
    if size == 0 || terms < 2 && names == 0 { 0.0 } else { (terms + names) as f64 / size as f64 }
}

/// Jaccard index of the terms of two mentions.
pub(crate) fn likeness(a: &Node<'_>, b: &Node<'_>) -> f64 {
    let (a, b) = (&a.likeness.terms, &b.likeness.terms);
    let common = shared(a, b);
    let union = a.len() + b.len() - common;
    if union == 0 { 0.0 } else { common as f64 / union as f64 }
}

/// How many numbers two sorted lists share.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut left, mut right, mut count) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
        match one.cmp(two) {
            Ordering::Less => _ = left.next(),
            Ordering::Greater => _ = right.next(),
            Ordering::Equal => {
                count += 1;
                left.next();
                right.next();
            }
        }
    }
    count
}
