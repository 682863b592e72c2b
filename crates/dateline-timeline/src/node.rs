//! One event mention with its brief, and what it says of when.

use std::ops::Range;

use dateline_model::{
    Anchor, Dating, EventKind, EventMention, Grain, Interval, Mention, Moment, NormalizedBrief,
    Shape, Timex,
};
use dateline_text::SourceId;

use crate::Entry;

/// One event mention.
#[derive(Clone, Copy, Debug)]
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
}

/// All nodes, by source and position.
pub(crate) fn all(entries: &[Entry]) -> Vec<Node<'_>> {
    let events =
        entries.iter().flat_map(|entry| entry.brief.events.iter().map(move |event| (entry, event)));
    events.map(|(entry, event)| node(entry, event)).collect()
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

fn node<'a>(entry: &'a Entry, event: &'a EventMention) -> Node<'a> {
    let timex = event.date.and_then(|date| entry.brief.dates.get(date as usize));
    let interval = timex.map_or(Interval::UNKNOWN, |timex| timex.interval);
    Node {
        source: entry.id,

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
        if self.is_dated()
            || self.dating != Dating::Reported
            || self.event.kind == EventKind::Scheduled
        {
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

    /// Canonical names of those who take part, and of the places.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (brief, event) = (self.brief, self.event);
        let all = event.who.iter().chain(&event.places);
        all.filter_map(|index| brief.mentions.get(*index as usize)).map(|found| found.name.as_str())
    }

    /// Canonical names of the people among them.
    pub(crate) fn people(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (brief, event) = (self.brief, self.event);
        let who = event.who.iter().filter_map(|index| brief.mentions.get(*index as usize));
        who.filter(|found| found.kind == dateline_model::MentionKind::Person)
            .map(|found| found.name.as_str())
    }

    /// Canonical names of the places.
    pub(crate) fn places(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (brief, event) = (self.brief, self.event);
        let places = event.places.iter().filter_map(|index| brief.mentions.get(*index as usize));
        places.map(|found| found.name.as_str())
    }

    /// Its terms.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let (brief, event) = (self.brief, self.event);
        let terms = event.terms.iter();
        terms.filter_map(|term| brief.terms.get(*term as usize)).map(String::as_str)
    }

    /// The lemma of what happens.
    pub(crate) fn trigger(&self) -> &'a str {
        self.brief.terms.get(self.event.trigger as usize).map_or("", String::as_str)
    }
}
