//! One event mention with its brief, and what it says of when.

use std::collections::BTreeMap;
use std::ops::Range;

use dateline_model::{
    Anchor, Dating, EventKind, EventMention, Grain, Interval, Mention, MentionKind, Moment,
    NormalizedBrief, Shape, Timex,
};
use dateline_text::SourceId;

use crate::Entry;

/// One event mention.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    /// Its source.
    pub source: SourceId,
    /// Its brief.
    pub brief: &'a NormalizedBrief,
    /// The mention.
    pub event: &'a EventMention,
    /// When, by its words alone; unknown where they give no bounds.
    pub interval: Interval,
    /// What the bounds mean.
    pub shape: Shape,
    /// How that is known.
    pub dating: Dating,
    /// What it can be compared by.
    pub likeness: Likeness,
}

/// Names and terms of one mention, as numbers that are the same across briefs; each list
/// sorted, each number once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Likeness {
    /// Those who take part, and the places.
    pub names: Vec<u32>,
    /// The people among them.
    pub people: Vec<u32>,
    /// The places among them.
    pub places: Vec<u32>,
    /// The lemmas of its words.
    pub terms: Vec<u32>,
    /// The kinds of what its words tell.
    pub kinds: Vec<u32>,
    /// Those of its trigger.
    pub own: Vec<u32>,
    /// The terms that are written as names or with digits.
    pub named: Vec<u32>,
}

impl Likeness {
    /// Adds what another mention can be compared by.
    pub(crate) fn add(&mut self, other: &Self) {
        let lists = [
            (&mut self.names, &other.names),
            (&mut self.people, &other.people),
            (&mut self.places, &other.places),
            (&mut self.terms, &other.terms),
            (&mut self.kinds, &other.kinds),
            (&mut self.named, &other.named),
        ];
        for (ours, theirs) in lists {
            ours.extend(theirs);
            ours.sort_unstable();
            ours.dedup();
        }
    }
}

/// Gives each string a number.
#[derive(Default)]
pub(crate) struct Interner<'a> {
    numbers: BTreeMap<&'a str, u32>,
}

impl<'a> Interner<'a> {
    fn number(&mut self, text: &'a str) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(text).or_insert(next)
    }

    /// The numbers of `texts`, sorted, each once.
    pub(crate) fn list(&mut self, texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
        let mut out: Vec<u32> = texts.map(|text| self.number(text)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn likeness(&mut self, brief: &'a NormalizedBrief, event: &'a EventMention) -> Likeness {
        let mention = |index: &u32| brief.mentions.get(*index as usize);
        let who = || event.who.iter().filter_map(mention);
        let places = || event.places.iter().filter_map(mention);
        let person = |found: &&Mention| found.kind == MentionKind::Person;
        // Spellings of one name are one name.
        fn name(found: &Mention) -> &str {
            &found.key
        }
        let words = |terms: &'a [u32]| {
            let words = terms.iter().filter_map(|term| brief.terms.get(*term as usize));
            words.map(String::as_str)
        };
        Likeness {
            names: self.list(who().chain(places()).map(name)),
            people: self.list(who().filter(person).map(name)),
            places: self.list(places().map(name)),
            terms: self.list(words(&event.terms)),
            kinds: self.list(words(&event.happenings)),
            own: self.list(words(&event.own_happenings)),
            named: {
                let named = |term: &&u32| brief.subject.names.binary_search(term).is_ok();
                let named = event.terms.iter().filter(named);
                let named = named.filter_map(|term| brief.terms.get(*term as usize));
                self.list(named.map(String::as_str))
            },
        }
    }
}

/// All nodes, by source and position.
pub(crate) fn all<'a>(entries: &'a [Entry], interner: &mut Interner<'a>) -> Vec<Node<'a>> {
    let events =
        entries.iter().flat_map(|entry| entry.brief.events.iter().map(move |event| (entry, event)));
    events.map(|(entry, event)| node(entry, event, interner)).collect()
}

/// The stretches of `nodes` that belong to one brief each.
pub(crate) fn by_entry(nodes: &[Node<'_>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, node) in nodes.iter().enumerate() {
        if nodes.get(start).is_some_and(|first| first.source != node.source) {
            out.push(start..at);
            start = at;
        }
    }
    if start < nodes.len() {
        out.push(start..nodes.len());
    }
    out
}

fn node<'a>(entry: &'a Entry, event: &'a EventMention, interner: &mut Interner<'a>) -> Node<'a> {
    let timex = event.date.and_then(|date| entry.brief.dates.get(date as usize));
    let interval = timex.map_or(Interval::UNKNOWN, |timex| timex.interval);
    Node {
        source: entry.id,
        likeness: interner.likeness(&entry.brief, event),
        brief: &entry.brief,
        event,
        interval,
        shape: timex.map_or(Shape::Within, shape),
        dating: timex.map_or(Dating::Reported, dating),
    }
}

/// A range written as one expression is the whole extent of what it dates; a month or a
/// year only holds it somewhere.
fn shape(timex: &Timex) -> Shape {
    if timex.parts.is_empty() { Shape::Within } else { Shape::Throughout }
}

fn dating(timex: &Timex) -> Dating {
    let implied = !timex.implied.is_empty()
        || matches!(timex.anchor, Anchor::Reference(_) | Anchor::Earlier(_));
    if implied && !timex.interval.is_unknown() { Dating::Implied } else { Dating::Stated }
}

impl<'a> Node<'a> {
    /// Whether its words give a day or something longer.
    pub(crate) fn is_dated(&self) -> bool {
        !self.interval.is_unknown()
    }

    /// The bounds it is shown with: its own, or else not after the report.
    pub(crate) fn shown(&self) -> Interval {
        if self.is_dated() || self.event.kind == EventKind::Scheduled {
            return self.interval;
        }
        let reference = self.brief.reference;
        let latest = reference.moment.filter(|_| reference.bounds_latest());
        Interval::new(None, latest.map(|moment| Moment::Day(moment.day()))).unwrap_or_default()
    }

    /// How fine its date speaks.
    pub(crate) fn grain(&self) -> Option<Grain> {
        self.timex()?.grain
    }

    /// Its date expression.
    pub(crate) fn timex(&self) -> Option<&'a Timex> {
        self.event.date.and_then(|date| self.brief.dates.get(date as usize))
    }

    /// The mention with this index in its brief.
    pub(crate) fn mention(&self, index: u32) -> Option<&'a Mention> {
        self.brief.mentions.get(index as usize)
    }

    /// The lemma of what happens.
    pub(crate) fn trigger(&self) -> &'a str {
        self.brief.terms.get(self.event.trigger as usize).map_or("", String::as_str)
    }
}

/// Whether one of two intervals begins at most so many days after the other ends.
pub(crate) fn are_near(a: Interval, b: Interval, days: i32) -> bool {
    let gap = |earlier: Interval, later: Interval| {
        let gap = later.earliest()?.day().since(earlier.latest()?.day()).ok()?.get_days();
        (0..=days).contains(&gap).then_some(())
    };
    gap(a, b).or(gap(b, a)).is_some()
}
