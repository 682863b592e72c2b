//! Which events a timeline shows, where not all are asked for, and how much each matters.
//! What is not shown is set aside as such, not lost.

use std::collections::BTreeMap;

use dateline_model::{Dating, Event, EventKind, Moment, Voice};
use dateline_text::fold::fold;
use jiff::civil::Date;

use crate::node::Node;

/// What is asked for; nothing asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// Terms of which an event must have one, where there are any.
    pub about: Vec<String>,
    /// Names of which one must take part or speak, where there are any.
    pub actors: Vec<Name>,
    /// Names of places or countries of which one must be where it was, where there are any.
    pub places: Vec<Name>,
    /// How many events, the most important ones.
    pub top: Option<usize>,
    /// How many events of one day, the most important ones.
    pub per_day: Option<usize>,
}

/// A name as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its words, folded.
    pub folded: String,
    /// The key that its spellings share.
    pub key: String,
}

impl Name {
    /// Whether all its words stand in the name, or it is a spelling of it.
    fn is(&self, name: &str, key: &str) -> bool {
        let within = |words: &str, asked: &str| {
            let all: Vec<&str> = words.split(' ').collect();
            asked.split(' ').all(|word| all.contains(&word))
        };
        within(&fold(name), &self.folded) || within(key, &self.key)
    }
}

/// How much an event matters: a point or more for each thing that speaks for it.
///
/// | points | for |
/// |---|---|
/// | 3 each, up to five | a source that tells it |
/// | 3 | belonging to the story |
/// | 2 | a headline or standfirst that tells it |
/// | 2 | a date that the words say or imply |
/// | 1 | a date that another source says |
/// | 1 | being no mere background |
/// | 1 each, up to three | someone who takes part |
pub(crate) fn importance(event: &Event, told: &[&Node<'_>]) -> u32 {
    let sources = event.corroboration.sources.min(5);
    let heads = told.iter().any(|node| matches!(node.event.voice, Voice::Headline | Voice::Deck));
    let dated = match event.when.dating {
        Dating::Stated | Dating::Implied | Dating::Editor => 2,
        Dating::Inferred => 1,
        Dating::Reported => 0,
    };
    3 * sources
        + 3 * u32::from(event.on_topic)
        + 2 * u32::from(heads)
        + dated
        + u32::from(event.kind != EventKind::Background)
        + event.who.len().min(3) as u32
}

/// Which of `events` are asked for. `told` are the nodes of each.
pub(crate) fn selected(
    events: &[Event],
    told: &[Vec<&Node<'_>>],
    selection: &Selection,
) -> Vec<bool> {
    let fits = |(event, told): (&Event, &Vec<&Node<'_>>)| {
        in_span(event, selection) && is_about(told, selection) && has_names(told, selection)
    };
    let mut keep: Vec<bool> = events.iter().zip(told).map(fits).collect();
    let mut ranked: Vec<usize> =
        (0..events.len()).filter(|at| keep.get(*at) == Some(&true)).collect();
    // Of equals the earlier stays: they are in the order of the timeline.
    let weight = |at: &usize| events.get(*at).map_or(0, |event| event.importance);
    ranked.sort_by_key(|at| std::cmp::Reverse(weight(at)));
    let mut days: BTreeMap<Option<Date>, usize> = BTreeMap::new();
    let mut shown = 0;
    for at in ranked {
        let day = events.get(at).and_then(|event| event.when.placed).map(Moment::day);
        let of_day = days.entry(day).or_default();
        let full = selection.per_day.is_some_and(|most| *of_day >= most)
            || selection.top.is_some_and(|most| shown >= most);
        if full {
            if let Some(keep) = keep.get_mut(at) {
                *keep = false;
            }
        } else {
            *of_day += 1;
            shown += 1;
        }
    }
    keep
}

/// Whether an event may have been in the span asked for; one without any date is in none.
fn in_span(event: &Event, selection: &Selection) -> bool {
    if selection.from.is_none() && selection.to.is_none() {
        return true;
    }
    let placed = event.when.placed.map(Moment::day);
    let from = event.when.interval.earliest().map(Moment::day).or(placed);
    let to = event.when.interval.latest().map(Moment::day).or(placed);
    let (Some(from), Some(to)) = (from, to) else { return false };
    selection.from.is_none_or(|first| to.max(from) >= first)
        && selection.to.is_none_or(|last| from.min(to) <= last)
}

fn is_about(told: &[&Node<'_>], selection: &Selection) -> bool {
    let has = |node: &&Node<'_>| {
        let terms = node.event.terms.iter().filter_map(|at| node.brief.terms.get(*at as usize));
        terms.into_iter().any(|term| selection.about.iter().any(|asked| is_like(term, asked)))
    };
    selection.about.is_empty() || told.iter().any(has)
}

/// Characters from which two terms are alike where one starts with the other.
const STEM: usize = 4;

/// Whether a term is one asked for: "floods" where "flood" is.
pub fn is_like(term: &str, asked: &str) -> bool {
    let (short, long) = if term.len() < asked.len() { (term, asked) } else { (asked, term) };
    term == asked || (short.chars().count() >= STEM && long.starts_with(short))
}

fn has_names(told: &[&Node<'_>], selection: &Selection) -> bool {
    let acts = |asked: &Name| {
        told.iter().any(|node| {
            let all = node.event.who.iter().copied().chain(node.event.speaker);
            all.filter_map(|at| node.mention(at)).any(|m| asked.is(&m.name, &m.key))
        })
    };
    let lies = |asked: &Name| {
        told.iter().any(|node| {
            node.event.places.iter().filter_map(|at| node.mention(*at)).any(|place| {
                let country = place.country.as_deref().unwrap_or("");
                asked.is(&place.name, &place.key) || asked.is(country, &fold(country))
            })
        })
    };
    (selection.actors.is_empty() || selection.actors.iter().any(acts))
        && (selection.places.is_empty() || selection.places.iter().any(lies))
}
