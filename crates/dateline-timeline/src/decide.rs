//! What a person decided, applied: events joined and taken apart before they are made, dates
//! and names set after. A later decision wins over an earlier one.

use std::collections::BTreeMap;

use dateline_model::{Action, Dating, Decided, Decision, Event, EventId, Grain, Moment, Shape};
use dateline_text::SourceId;

use crate::node::Node;
use crate::{Entry, derive};

/// An event mention: its source, and its place among the events of that brief.
pub type MentionAt = (SourceId, u32);

/// A decision with the event mentions that its words were found to name.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The decision.
    pub decision: Decision,
    /// The mentions it is about; empty where none was found.
    pub of: Vec<MentionAt>,
    /// For each event to merge with its id as it was, and its mentions.
    pub with: Vec<(Option<EventId>, Vec<MentionAt>)>,
    /// What to tell about it.
    pub message: Option<String>,
}

/// Decisions by the nodes they are about.
#[derive(Debug)]
pub(crate) struct Choices<'a> {
    choices: &'a [Choice],
    /// For each choice its nodes.
    of: Vec<Vec<usize>>,
    with: Vec<Vec<usize>>,
    /// The choices about each node that names one, as places among them.
    by_node: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Choices<'a> {
    /// Finds the nodes of `choices`; `nodes` are the events of `entries` in order, `sets` their
    /// groups before anything is decided.
    pub(crate) fn new(
        choices: &'a [Choice],
        entries: &[Entry],
        nodes: &[Node<'_>],
        sets: &[Vec<usize>],
    ) -> Self {
        if choices.is_empty() {
            return Self { choices, of: Vec::new(), with: Vec::new(), by_node: BTreeMap::new() };
        }
        let mut first: BTreeMap<SourceId, usize> = BTreeMap::new();
        let mut count = 0;
        for entry in entries {
            first.insert(entry.id, count);
            count += entry.brief.events.len();
        }
        let node = |(source, at): &MentionAt| Some(first.get(source)? + *at as usize);
        // Each mention has the id that its event would have if it were told by it alone.
        let ids: BTreeMap<EventId, usize> =
            nodes.iter().enumerate().rev().map(|(at, node)| (derive::id_of(node), at)).collect();
        let mut number = vec![0; nodes.len()];
        for (at, node) in
            sets.iter().enumerate().flat_map(|(at, set)| set.iter().map(move |n| (at, *n)))
        {
            if let Some(number) = number.get_mut(node) {
                *number = at;
            }
        }
        let nodes = |event: Option<EventId>, mentions: &[MentionAt]| -> Vec<usize> {
            let all: Vec<usize> = mentions.iter().filter_map(node).collect();
            let own = event.and_then(|event| number.get(*ids.get(&event)?));
            let beside = |set: &usize| -> Vec<usize> {
                all.iter().filter(|at| number.get(**at) == Some(set)).copied().collect()
            };
            let own = own.map(beside);
            own.filter(|own| !own.is_empty()).unwrap_or(all)
        };
        let with = |choice: &Choice| {
            choice.with.iter().flat_map(|(event, mentions)| nodes(*event, mentions)).collect()
        };
        let of: Vec<Vec<usize>> =
            choices.iter().map(|choice| nodes(choice.decision.key.event, &choice.of)).collect();
        let mut by_node: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, of) in of.iter().enumerate() {
            // What was decided of several events at once holds for the first.
            if let Some(first) = of.first() {
                by_node.entry(*first).or_default().push(at);
            }
        }
        Self { choices, of, with: choices.iter().map(with).collect(), by_node }
    }

    /// Joins and takes apart the groups `sets` as was decided.
    pub(crate) fn regroup(&self, sets: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let parted =
            |choice: &Choice| matches!(choice.decision.action, Action::Split | Action::Merge(_));
        if !self.choices.iter().any(parted) {
            return sets;
        }
        let mut group: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, set) in sets.iter().enumerate() {
            group.extend(set.iter().map(|node| (*node, number)));
        }
        let mut next = sets.len();
        for ((choice, of), with) in self.choices.iter().zip(&self.of).zip(&self.with) {
            match choice.decision.action {
                Action::Split => {
                    of.iter().for_each(|node| _ = group.insert(*node, next));
                    next += 1;
                }
                Action::Merge(_) => {
                    let Some(home) = of.first().and_then(|node| group.get(node)).copied() else {
                        continue;
                    };
                    let others: Vec<usize> =
                        with.iter().filter_map(|node| group.get(node)).copied().collect();
                    let moved = group.values_mut().filter(|group| others.contains(group));
                    moved.for_each(|group| *group = home);
                }
                _ => {}
            }
        }
        let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (node, number) in group {
            out.entry(number).or_default().push(node);
        }
        let mut out: Vec<Vec<usize>> = out.into_values().collect();
        out.sort();
        out
    }

    /// Applies to `event`, told by the nodes `set`, what was decided of it. Answers whether
    /// it is withheld.
    pub(crate) fn apply(&self, event: &mut Event, set: &[usize]) -> bool {
        let mut hidden = false;
        let mut decided: Vec<&usize> =
            set.iter().filter_map(|node| self.by_node.get(node)).flatten().collect();
        decided.sort_unstable();
        for choice in decided.into_iter().filter_map(|at| self.choices.get(*at)) {
            event.decisions.push(choice.decision.line);
            match &choice.decision.action {
                Action::SetDate(interval) => {
                    let when = &mut event.when;
                    when.interval = *interval;
                    when.dating = Dating::Editor;
                    when.grain = Some(Grain::Day);
                    when.approximate = false;
                    when.alternatives.clear();
                    let placed = match when.shape {
                        Shape::Throughout => interval.earliest().or(interval.latest()),
                        Shape::Within => interval.latest().or(interval.earliest()),
                    };
                    when.placed = placed.map(|moment| Moment::Day(moment.day()));
                }
                Action::Hide => hidden = true,
                Action::Retitle(title) => event.retitled = Some(title.clone()),
                Action::Merge(_) | Action::Split | Action::Confirm => {}
            }
        }
        hidden
    }

    /// What became of each decision. `events` are all events with their nodes.
    pub(crate) fn told<'e>(
        &self,
        events: impl Iterator<Item = (&'e Event, &'e [usize])>,
    ) -> Vec<Decided> {
        let mut event_of: BTreeMap<usize, EventId> = BTreeMap::new();
        if !self.choices.is_empty() {
            event_of.extend(
                events.flat_map(|(event, set)| set.iter().map(move |node| (*node, event.id))),
            );
        }
        let decided = |(choice, of): (&Choice, &Vec<usize>)| Decided {
            decision: choice.decision.clone(),
            event: of.first().and_then(|node| event_of.get(node)).copied(),
            message: choice.message.clone(),
        };
        self.choices.iter().zip(&self.of).map(decided).collect()
    }
}
