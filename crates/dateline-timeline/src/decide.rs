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
            return Self { choices, of: Vec::new(), with: Vec::new() };
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
        let set_of = |at: usize| sets.iter().find(|set| set.contains(&at));
        let nodes = |event: Option<EventId>, mentions: &[MentionAt]| -> Vec<usize> {
            let all: Vec<usize> = mentions.iter().filter_map(node).collect();
            let own = event.and_then(|event| set_of(*ids.get(&event)?));
            let own = own.map(|set| all.iter().filter(|at| set.contains(at)).copied().collect());
            own.filter(|own: &Vec<usize>| !own.is_empty()).unwrap_or(all)
        };
        let with = |choice: &Choice| {
            choice.with.iter().flat_map(|(event, mentions)| nodes(*event, mentions)).collect()
        };
        Self {
            choices,
            of: choices.iter().map(|choice| nodes(choice.decision.key.event, &choice.of)).collect(),
            with: choices.iter().map(with).collect(),
        }
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
        for (choice, of) in self.choices.iter().zip(&self.of) {
            // What was decided of several events at once holds for the first.
            if !of.first().is_some_and(|node| set.contains(node)) {
                continue;
            }
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
        events: impl Iterator<Item = (&'e Event, &'e [usize])> + Clone,
    ) -> Vec<Decided> {
        let decided = |(choice, of): (&Choice, &Vec<usize>)| {
            let found = of.first().and_then(|node| {
                events.clone().find(|(_, set)| set.contains(node)).map(|(event, _)| event.id)
            });
            let (decision, message) = (choice.decision.clone(), choice.message.clone());
            Decided { decision, event: found, message }
        };
        self.choices.iter().zip(&self.of).map(decided).collect()
    }
}
