//! Event mentions of many briefs in, one timeline out. Text is never read here: all that
//! is known of the words came with the mentions. The result does not depend on the order
//! of the input, and each event has a citation.
//!
//! | module | what |
//! |---|---|
//! | `node` | one event mention with what it says of when |
//! | `groups` | union-find over nodes |
//! | `within` | joining what one brief tells twice |
//! | `across` | joining what several briefs tell |
//! | [`cluster`] | which briefs and articles tell one story |
//! | `story` | joining what several briefs of one story tell, the day in dispute or not |
//! | `decide` | what a person decided, applied |
//! | `derive` | a group of nodes becomes an event |
//! | `select` | which events are shown, and how much each matters |
//! | [`digest`] | a topic told by thousands of articles: its days, a few sentences each |
//!
//! ```
//! use dateline_timeline::{Options, build};
//!
//! let timeline = build(Vec::new(), Vec::new(), &Options::default());
//! assert!(timeline.events.is_empty());
//! assert_eq!(timeline.account.sentences, 0);
//! ```

use std::collections::BTreeSet;

use dateline_model::{
    Account, Event, Failure, NormalizedBrief, SetAside, SetAsideReason, SourceInfo, Timeline,
};
use dateline_text::{SourceId, TextRange};

mod across;
pub mod cluster;
mod decide;
mod derive;
pub mod digest;
mod groups;
mod node;
mod select;
mod story;
#[cfg(test)]
mod tests;
mod within;

use decide::Choices;
pub use decide::{Choice, MentionAt};
use groups::Groups;
use node::{Interner, Node};
pub use select::{Name, Selection, is_like};

/// What build needs of one brief.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id.
    pub id: SourceId,
    /// The input's name.
    pub label: String,
    /// SHA-256 of its raw bytes.
    pub sha256: String,
    /// What it tells.
    pub brief: NormalizedBrief,
}

/// How to build.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Which events to show.
    pub selection: Selection,
    /// What a person decided.
    pub decisions: Vec<Choice>,
}

/// The timeline of `entries`; their order does not matter.
pub fn build(mut entries: Vec<Entry>, failures: Vec<Failure>, options: &Options) -> Timeline {
    entries.sort_by_key(|entry| entry.id);
    let mut interner = Interner::default();
    let nodes: Vec<Node<'_>> = node::all(&entries, &mut interner);
    let belong = story::of_entries(&entries, &mut interner);
    let mut groups = Groups::new(nodes.len());
    let mut dropped = BTreeSet::new();
    for range in node::by_entry(&nodes) {
        within::join(&nodes, range, &mut groups, &mut dropped);
    }
    let before = groups.clone();
    let inferred = across::join(&nodes, &belong, &mut groups);
    let sets = groups.sets();
    let choices = Choices::new(&options.decisions, &entries, &nodes, &sets);
    let sets = choices.regroup(sets).into_iter();
    let sets = sets.map(|set| set.into_iter().filter(|at| !dropped.contains(at)).collect());
    let mut told: Vec<(Event, Vec<usize>, bool)> = sets
        .filter(|set: &Vec<usize>| !set.is_empty())
        .map(|set| {
            let mut event = derive::event(&nodes, &set, &before, &inferred, &belong);
            let withheld = choices.apply(&mut event, &set);
            (event, set, withheld)
        })
        .collect();
    told.sort_by_cached_key(|(event, ..)| derive::order(event));
    let decisions = choices.told(told.iter().map(|(event, set, _)| (event, set.as_slice())));
    let withheld = told.extract_if(.., |(.., withheld)| *withheld);
    let withheld: Vec<Event> = withheld.map(|(event, ..)| event).collect();
    let nodes_of = |set: &Vec<usize>| set.iter().filter_map(|at| nodes.get(*at)).collect();
    let tellings: Vec<Vec<&Node<'_>>> = told.iter().map(|(_, set, _)| nodes_of(set)).collect();
    let mut events: Vec<Event> = told.into_iter().map(|(event, ..)| event).collect();
    let keep = select::selected(&events, &tellings, &options.selection);
    let mut shown = keep.iter();
    let hidden: Vec<Event> = events.extract_if(.., |_| shown.next() == Some(&false)).collect();
    let reasons = [
        (SetAsideReason::Withheld, cited(&withheld)),
        (SetAsideReason::NotSelected, cited(&hidden)),
    ];
    let (set_aside, account) = account(&entries, &events, &reasons, failures.len());
    let mut diagnostics: Vec<_> = entries
        .iter()
        .flat_map(|entry| entry.brief.diagnostics.iter().map(|told| (entry.id, told.clone())))
        .collect();
    diagnostics.sort();
    let mut sources: Vec<SourceInfo> =
        entries.into_iter().map(|entry| source(entry, &belong)).collect();
    sources.sort_by(|a, b| (&a.label, a.id).cmp(&(&b.label, b.id)));
    let mut failures = failures;
    failures.sort();
    Timeline { events, set_aside, sources, failures, diagnostics, decisions, account }
}

fn source(entry: Entry, belong: &story::Sources) -> SourceInfo {
    SourceInfo {
        copy_of: belong.copies.get(&entry.id).copied(),
        id: entry.id,
        label: entry.label,
        sha256: entry.sha256,
        published: entry.brief.published,
        language: entry.brief.language,
        reference: entry.brief.reference,
        metadata: entry.brief.metadata,
    }
}

/// Sentences, by their source.
type Sentences = BTreeSet<(SourceId, TextRange)>;

/// The sentences that `events` cite.
fn cited(events: &[Event]) -> Sentences {
    let citations = events.iter().flat_map(|event| event.citations.iter());
    citations.map(|citation| (citation.cut.source, citation.cut.range)).collect()
}

/// What became of every sentence: cited by an event that is shown, or set aside with a
/// reason. `hidden` are the sentences of events that are not shown, by the reason.
fn account(
    entries: &[Entry],
    events: &[Event],
    hidden: &[(SetAsideReason, Sentences)],
    failures: usize,
) -> (Vec<(SourceId, SetAside)>, Account) {
    let cited = cited(events);
    let (mut aside, mut count, mut told) = (Vec::new(), 0, 0);
    for entry in entries {
        let brief = &entry.brief;
        let known: BTreeSet<TextRange> = brief.set_aside.iter().map(|aside| aside.range).collect();
        aside.extend(brief.set_aside.iter().map(|set_aside| (entry.id, *set_aside)));
        for sentence in &brief.sentences {
            if known.contains(&sentence.range) {
                continue;
            }
            count += 1;
            if cited.contains(&(entry.id, sentence.range)) {
                told += 1;
            } else {
                let of = |(_, sentences): &&(SetAsideReason, Sentences)| {
                    sentences.contains(&(entry.id, sentence.range))
                };
                // Else it told only what another sentence tells.
                let reason =
                    hidden.iter().find(of).map_or(SetAsideReason::Repeats, |(why, _)| *why);
                aside.push((entry.id, SetAside { range: sentence.range, reason }));
            }
        }
        count += brief.set_aside.len() as u32;
    }
    aside.sort();
    let account = Account {
        inputs: entries.len() as u32,
        briefs: entries.len() as u32,
        failures: failures as u32,
        sentences: count,
        cited: told,
        set_aside: aside.len() as u32,
    };
    (aside, account)
}
