//! Joining what several briefs tell. A plan joins an outcome only as inferred, with the
//! other occasions that it could be.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Gathering, Grain, Interval, Modality, Moment};
use dateline_text::SourceId;

use crate::groups::Groups;
use crate::node::{Node, are_near};
use crate::story::{self, Sources};
use crate::within::{alike, likeness, shared};

/// Share of common terms from which on two tellings of one day by one verb and of two
/// common names are one event.
const SAME_EVENT: f64 = 0.3;
/// Days between two dates of a gathering with the same party and place within which they
/// are one gathering told with different dates, not two.
const NEXT_TO: i32 = 3;

/// Tellings of one verb and day, or of one kind of gathering, that one is compared with; time
/// stays linear.
const NEAR: usize = 512;

/// What was inferred for a group, under its smallest node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inferred {
    /// Other occasions it could be.
    pub alternatives: BTreeMap<usize, Vec<Interval>>,
}

/// Joins groups of different briefs.
pub(crate) fn join(nodes: &[Node<'_>], sources: &Sources, groups: &mut Groups) -> Inferred {
    same_day(nodes, groups);
    dated_gatherings(nodes, groups);
    story::join(nodes, sources, groups);
    undated_gatherings(nodes, groups)
}

/// The same verb on the same day with two names in common.
fn same_day(nodes: &[Node<'_>], groups: &mut Groups) {
    let mut days: BTreeMap<(Moment, &str), Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(day) = node.interval.latest().filter(|_| node.interval.is_one_day()) {
            days.entry((Moment::Day(day.day()), node.trigger())).or_default().push(at);
        }
    }
    for bucket in days.values() {
        for (at, b) in bucket.iter().enumerate() {
            for a in bucket.iter().take(at).rev().take(NEAR) {
                let (Some(one), Some(two)) = (nodes.get(*a), nodes.get(*b)) else { continue };
                let apart = one.source != two.source && groups.find(*a) != groups.find(*b);
                if apart
                    && shared(&one.likeness.names, &two.likeness.names) >= 2
                    && likeness(one, two) >= SAME_EVENT
                {
                    groups.join(*a, *b);
                }
            }
        }
    }
}

/// Nodes that tell a gathering, by its kind.
fn gatherings<'a>(nodes: &[Node<'a>]) -> BTreeMap<&'a str, Vec<(usize, &'a Gathering)>> {
    let mut out: BTreeMap<&str, Vec<(usize, &Gathering)>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(gathering) = &node.event.gathering {
            out.entry(gathering.head.as_str()).or_default().push((at, gathering));
        }
    }
    out
}

/// One gathering told by several briefs, each with its date.
fn dated_gatherings(nodes: &[Node<'_>], groups: &mut Groups) {
    for told in gatherings(nodes).values() {
        for (at, (b, two)) in told.iter().enumerate() {
            for (a, one) in told.iter().take(at).rev().take(NEAR) {
                let (Some(first), Some(second)) = (nodes.get(*a), nodes.get(*b)) else { continue };
                let dated = first.is_dated() && second.is_dated() && first.source != second.source;
                if dated && alike(one, two) && one_occasion(first, second, one, two) {
                    groups.join(*a, *b);
                }
            }
        }
    }
}

/// Whether two dates can be one occasion: they share a day, or they are neighbours of a
/// gathering whose party and place agree.
fn one_occasion(a: &Node<'_>, b: &Node<'_>, one: &Gathering, two: &Gathering) -> bool {
    let (x, y) = (a.interval.in_days(), b.interval.in_days());
    if x.overlaps(y) {
        return is_occasion(a) && is_occasion(b);
    }
    let both = one.place.is_some()
        && one.place == two.place
        && !one.parties.is_empty()
        && one.parties.iter().any(|party| two.parties.contains(party));
    // Rounds of talks on neighbouring days are rounds; a summit is one thing.
    let one_off = a.shape == dateline_model::Shape::Throughout
        || b.shape == dateline_model::Shape::Throughout;
    both && one_off && are_near(x, y, NEXT_TO)
}

/// Whether a date is fine enough to tell one occasion from another: a month or a year is
/// none.
fn is_occasion(node: &Node<'_>) -> bool {
    node.grain().is_none_or(|grain| grain <= Grain::Week)
}

/// A gathering told without a date joins the latest occasion that it can be.
fn undated_gatherings(nodes: &[Node<'_>], groups: &mut Groups) -> Inferred {
    let mut inferred = Inferred::default();
    for told in gatherings(nodes).values() {
        // Of a group that tells of one gathering a thousand times, two sources are enough.
        let mut seen: BTreeMap<_, BTreeSet<SourceId>> = BTreeMap::new();
        let mut is_new = |node: &Node<'_>, at: usize, of: &'_ Gathering| {
            let key = (groups.find(at), of.place.clone(), of.parties.clone());
            let sources = seen.entry(key).or_default();
            sources.len() < 2 && sources.insert(node.source)
        };
        let dated: Vec<&(usize, &Gathering)> = told
            .iter()
            .filter(|(at, of)| {
                nodes.get(*at).is_some_and(|node| node.is_dated() && is_new(node, *at, of))
            })
            .collect();
        let mut joins: Vec<(usize, usize, Vec<Interval>)> = Vec::new();
        for (at, gathering) in told {
            let Some(node) = nodes.get(*at).filter(|node| !node.is_dated()) else { continue };
            let root = groups.find(*at);
            let settled = dated.iter().any(|(other, _)| groups.find(*other) == root);
            if settled || node.event.modality != Modality::Occurred {
                continue;
            }
            let before = node.brief.reference.moment.map(Moment::day);
            let mut occasions: Vec<(Interval, usize)> = dated
                .iter()
                .filter(|(_, other)| alike(gathering, other))
                .filter_map(|(other, _)| Some((nodes.get(*other)?, *other)))
                .filter(|(other, _)| other.source != node.source && is_occasion(other))
                .filter(|(other, _)| {
                    let start = other.interval.earliest().map(Moment::day);
                    before.is_none_or(|before| start.is_none_or(|start| start <= before))
                })
                .map(|(other, at)| (other.interval.in_days(), at))
                .collect();
            occasions.sort_by(|a, b| b.0.latest().cmp(&a.0.latest()).then(a.1.cmp(&b.1)));
            if let Some((best, target)) = occasions.first().copied() {
                let mut others: Vec<Interval> = occasions
                    .iter()
                    .map(|(interval, _)| *interval)
                    .filter(|other| !other.overlaps(best))
                    .collect();
                others.dedup();
                joins.push((*at, target, others));
            }
        }
        for (at, target, others) in joins {
            groups.join(at, target);
            inferred.alternatives.insert(at, others);
        }
    }
    inferred
}
