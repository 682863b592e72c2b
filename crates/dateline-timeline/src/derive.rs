//! A group of nodes becomes an event: when, what kind, what to call it, who and where, and
//! where its sources differ.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{
    Citation, Conflict, ConflictValue, Corroboration, Cut, DateBasis, DateSaid, Dating, Event,
    EventId, EventKind, Interval, MentionKind, Metadata, Modality, Moment, Party, Place, Shape,
    Told, TopicReason, Voice, When,
};
use dateline_text::SourceId;
use dateline_text::source::short_hash;

use crate::across::Inferred;
use crate::groups::Groups;
use crate::node::Node;
use crate::select;
use crate::story::Sources;
use crate::within::likeness;

/// Longest title in bytes that is preferred over a longer one.
const TITLE: u32 = 120;

/// The event told by the nodes `set` (sorted). `before` are the groups as they were
/// within each brief.
pub(crate) fn event(
    nodes: &[Node<'_>],
    set: &[usize],
    before: &Groups,
    inferred: &Inferred,
    belong: &Sources,
) -> Event {
    let told: Vec<&Node<'_>> = set.iter().filter_map(|at| nodes.get(*at)).collect();
    let id = told.first().map_or(EventId(0), |first| id_of(first));
    let mut formerly: Vec<EventId> = set
        .iter()
        .filter(|at| before.find(**at) == **at)
        .filter_map(|at| nodes.get(*at))
        .map(id_of)
        .filter(|other| *other != id)
        .collect();
    formerly.sort();
    formerly.dedup();
    let kind = kind(&told);
    let (mut when, conflicts) = when(&told, kind);
    if told_only_by_inference(&told, set, inferred) {
        let alternatives = set.iter().filter_map(|at| inferred.alternatives.get(at)).flatten();
        when.alternatives = alternatives.copied().collect::<BTreeSet<_>>().into_iter().collect();
        when.dating = Dating::Inferred;
    }
    let lead = lead(&told);
    let off: Vec<&TopicReason> =
        told.iter().filter_map(|node| node.event.off_topic.as_ref()).collect();
    let on_topic = off.len() < told.len();
    let citations = citations(&told);
    let event = Event {
        id,
        formerly,
        kind,
        title: Cut { source: lead.source, range: lead.event.title },
        retitled: None,
        summary: summary(lead, &told),
        on_topic,
        topic_reason: off.first().filter(|_| !on_topic).map(|reason| (*reason).clone()),
        who: parties(&told),
        places: places(&told),
        corroboration: corroboration(&told, belong),
        history: history(&told),
        citations,
        conflicts,
        when,
        importance: 0,
        decisions: Vec::new(),
    };
    let importance = select::importance(&event, &told);
    Event { importance, ..event }
}

/// The id of an event of which `node` is the smallest mention.
pub(crate) fn id_of(node: &Node<'_>) -> EventId {
    let range = node.event.clause;
    let key = format!("{}:{}:{}:{}", node.source, range.start(), range.end(), node.trigger());
    EventId(short_hash(format!("{key}:{:?}", node.event.date).as_bytes()))
}

/// What the events are sorted by.
pub(crate) fn order(event: &Event) -> (bool, Option<Moment>, Option<Moment>, Option<Cut>, EventId) {
    let first = event.citations.first().map(|citation| citation.cut);
    // What nothing places comes last.
    let unplaced = event.when.placed.is_none();
    (
        unplaced,
        event.when.placed.map(|m| Moment::Day(m.day())),
        event.when.interval.earliest(),
        first,
        event.id,
    )
}

/// Whether the outcome is told without a date, and the date comes from plans alone.
fn told_only_by_inference(told: &[&Node<'_>], set: &[usize], inferred: &Inferred) -> bool {
    set.iter().any(|at| inferred.alternatives.contains_key(at))
        && told
            .iter()
            .filter(|node| node.is_dated())
            .all(|node| node.event.modality != Modality::Occurred)
}

/// The kind: a target stays one; what any source tells as done happened; else it is
/// planned, or context where all tell it so.
fn kind(told: &[&Node<'_>]) -> EventKind {
    let body: Vec<&&Node<'_>> = told.iter().filter(|node| voice_rank(node) < 2).collect();
    let body: Vec<&&Node<'_>> = if body.is_empty() { told.iter().collect() } else { body };
    let any = |kind: EventKind| body.iter().any(|node| node.event.kind == kind);
    let done = body.iter().any(|node| {
        node.event.kind == EventKind::Happened && node.event.modality == Modality::Occurred
    });
    if any(EventKind::Deadline) {
        EventKind::Deadline
    } else if done {
        EventKind::Happened
    } else if any(EventKind::Scheduled) {
        EventKind::Scheduled
    } else if any(EventKind::Happened) {
        EventKind::Happened
    } else {
        EventKind::Background
    }
}

fn when(told: &[&Node<'_>], kind: EventKind) -> (When, Vec<Conflict>) {
    let dated: Vec<&Node<'_>> = told.iter().copied().filter(|node| node.is_dated()).collect();
    let dated = without_overtaken(dated);
    let (interval, shape, conflicts) = if dated.is_empty() {
        (undated(told, kind), Shape::Within, Vec::new())
    } else {
        bounds(&dated)
    };
    let basis_node =
        dated.iter().min_by_key(|node| (node.grain(), dating_rank(node.dating), voice_rank(node)));
    let stated = told.iter().find(|node| node.dating == Dating::Stated);
    let basis_node = basis_node.or(stated).or(told.first()).copied();
    let basis: Vec<(Cut, DateBasis)> = told
        .iter()
        .filter_map(|node| {
            let range = node.timex()?.range;
            Some((Cut { source: node.source, range }, node.event.date_basis))
        })
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let placed = match shape {
        Shape::Throughout => interval.earliest(),
        Shape::Within => interval.latest().or(interval.earliest()),
    };
    let reference = told.iter().find_map(|node| node.brief.reference.moment);
    let when = When {
        interval,
        shape,
        grain: basis_node.and_then(Node::grain),
        approximate: dated.iter().any(|node| node.timex().is_some_and(|timex| timex.approximate)),
        dating: basis_node.map_or(Dating::Reported, |node| node.dating),
        placed: placed.or(reference).map(|moment| Moment::Day(moment.day())),
        alternatives: Vec::new(),
        basis,
    };
    (when, conflicts)
}

/// `dated` without plans that the outcome overtook: they are its history, no conflict.
fn without_overtaken<'n, 'a>(dated: Vec<&'n Node<'a>>) -> Vec<&'n Node<'a>> {
    let held = |node: &Node<'_>| node.event.modality == Modality::Occurred;
    let days = dated.iter().filter(|node| held(node)).map(|node| node.interval.in_days());
    let Some(days) = days.reduce(Interval::hull) else { return dated };
    dated.into_iter().filter(|node| held(node) || node.interval.overlaps(days)).collect()
}

/// `dated` without days that one source alone tells which also tells the day of another
/// source: what it corrects or denies is no word of its own against that.
fn without_retracted<'n, 'a>(dated: &[&'n Node<'a>]) -> Vec<&'n Node<'a>> {
    let same = |a: &Node<'_>, b: &Node<'_>| a.interval.in_days().overlaps(b.interval.in_days());
    let shared = |node: &Node<'_>| {
        dated.iter().any(|other| other.source != node.source && same(other, node))
    };
    let retracted = |node: &Node<'_>| {
        let mut own = dated.iter().filter(|other| other.source == node.source);
        !shared(node) && own.any(|other| !same(other, node) && shared(other))
    };
    dated.iter().copied().filter(|node| !retracted(node)).collect()
}

/// Bounds of an event that no source dates: not after the first report.
fn undated(told: &[&Node<'_>], kind: EventKind) -> Interval {
    if kind == EventKind::Scheduled {
        return Interval::UNKNOWN;
    }
    let shown = told.iter().map(|node| node.shown()).filter(|interval| !interval.is_unknown());
    shown.reduce(|a, b| a.narrow(b).unwrap_or(a)).unwrap_or(Interval::UNKNOWN)
}

/// Bounds of an event that at least one source dates. Only `within` intervals narrow one
/// another; extents that differ, or disjoint days, are a conflict and the hull is shown.
fn bounds(dated: &[&Node<'_>]) -> (Interval, Shape, Vec<Conflict>) {
    let dated = &without_retracted(dated);
    let of = |shape: Shape| dated.iter().filter(move |node| node.shape == shape);
    let extents: BTreeSet<Interval> =
        of(Shape::Throughout).map(|node| node.interval.in_days()).collect();
    let hull = |all: &mut dyn Iterator<Item = Interval>| all.reduce(Interval::hull);
    if let Some(extent) = hull(&mut extents.iter().copied()) {
        let outside = of(Shape::Within).any(|node| !extent.overlaps(node.interval));
        let conflicts = if extents.len() > 1 || outside {
            conflict(dated, extents.len() == 1)
        } else {
            Vec::new()
        };
        let shown = if outside {
            hull(&mut dated.iter().map(|node| node.interval.in_days())).unwrap_or(extent)
        } else {
            extent
        };
        return (shown, Shape::Throughout, conflicts);
    }
    let days = of(Shape::Within).map(|node| node.interval.in_days());
    let narrowed = days.map(Some).reduce(|a, b| a?.narrow(b?)).flatten();
    match narrowed {
        Some(days) => (clock(dated, days), Shape::Within, Vec::new()),
        None => {
            let shown = hull(&mut dated.iter().map(|node| node.interval.in_days()));
            (shown.unwrap_or_default(), Shape::Within, conflict(dated, false))
        }
    }
}

/// The clock time that the sources tell for these days, where they agree on one.
fn clock(dated: &[&Node<'_>], days: Interval) -> Interval {
    let timed = dated.iter().map(|node| node.interval).filter(|interval| {
        interval.in_days() == days && interval.earliest().is_some_and(Moment::is_time)
    });
    let times: BTreeSet<Interval> = timed.collect();
    match times.first() {
        Some(time) if times.len() == 1 => *time,
        _ => days,
    }
}

/// Each value with its sources. `points` leaves out the days inside an agreed extent.
fn conflict(dated: &[&Node<'_>], points: bool) -> Vec<Conflict> {
    let mut values: Vec<ConflictValue> = Vec::new();
    let wanted = dated.iter().filter(|node| {
        points || node.shape == Shape::Throughout || dated.iter().all(|n| n.shape == Shape::Within)
    });
    for node in wanted {
        let interval = node.interval.in_days();
        match values.iter_mut().find(|value| value.interval == interval) {
            Some(value) if value.sources.contains(&node.source) => {}
            Some(value) => value.sources.push(node.source),
            None => {
                let sources = vec![node.source];
                values.push(ConflictValue { interval, sources, after: Vec::new() });
            }
        }
        let speaker = node.event.speaker.and_then(|at| node.mention(at));
        let value = values.iter_mut().find(|value| value.interval == interval);
        if let (Some(speaker), Some(value)) = (speaker, value) {
            let after = (node.source, speaker.name.clone());
            if !value.after.contains(&after) {
                value.after.push(after);
            }
        }
    }
    values.sort_by_key(|value| value.interval);
    vec![Conflict { about: "when".to_string(), values }]
}

fn dating_rank(dating: Dating) -> u8 {
    match dating {
        Dating::Editor => 0,
        Dating::Stated => 1,
        Dating::Implied => 2,
        Dating::Inferred => 3,
        Dating::Reported => 4,
    }
}

/// Body first, then captions, then the headline and standfirst.
fn voice_rank(node: &Node<'_>) -> u8 {
    match node.event.voice {
        Voice::Body => 0,
        Voice::Caption => 1,
        Voice::Headline => 2,
        Voice::Deck => 3,
    }
}

/// Whether a node is a headline or standfirst.
fn is_head(node: &Node<'_>) -> bool {
    voice_rank(node) >= 2
}

/// The node that names the event: told by a gathering's own name where there is one, in
/// the body where there is one, short enough to read, first; never by what only goes on
/// telling it.
fn lead<'n, 'a>(told: &[&'n Node<'a>]) -> &'n Node<'a> {
    let done = told
        .iter()
        .any(|node| node.event.modality == Modality::Occurred && node.is_dated() && !is_head(node));
    let rank = |node: &Node<'_>| {
        let gathering = node.event.gathering.as_ref();
        let named = gathering.is_some_and(|g| g.place.is_some() || !g.parties.is_empty());
        let long = node.event.title.len() > TITLE;
        let goes_on = node.event.continues.is_some();
        // What happened is called by what happened, not by what was planned.
        let overtaken = done && node.event.modality != Modality::Occurred;
        (
            goes_on,
            overtaken,
            long,
            !named,
            voice_rank(node),
            node.event.kind == EventKind::Background,
        )
    };
    told.iter().copied().min_by_key(|node| rank(node)).expect("an event has at least one mention")
}

/// Share of common terms from which on a second sentence of a summary adds nothing.
const SAYS_AGAIN: f64 = 0.5;

/// The sentence that names the event, and one of another source that says more of it; whole,
/// so that a quotation keeps its speaker.
fn summary(lead: &Node<'_>, told: &[&Node<'_>]) -> Vec<Cut> {
    let mut out = vec![sentence_of(lead)];
    let more = told.iter().find(|node| {
        let likeness = likeness(lead, node);
        node.source != lead.source
            && !is_head(node)
            && node.event.modality == lead.event.modality
            && node.event.off_topic.is_none()
            && (0.0..SAYS_AGAIN).contains(&likeness)
            && sentence_of(node).range.len() > lead.event.title.len()
    });
    out.extend(more.map(|node| sentence_of(node)));
    out
}

/// The whole sentence that tells it.
fn sentence_of(node: &Node<'_>) -> Cut {
    let sentence = node.brief.sentences.get(node.event.sentence as usize);
    Cut { source: node.source, range: sentence.map_or(node.event.clause, |told| told.range) }
}

fn citations(told: &[&Node<'_>]) -> Vec<Citation> {
    let mut out: BTreeMap<Cut, Citation> = BTreeMap::new();
    for node in told {
        let cut = sentence_of(node);
        let brief = node.brief;
        let dates = node.event.dates.iter();
        let dates = dates.filter_map(|date| brief.dates.get(*date as usize));
        let dates = dates.map(|date| DateSaid {
            range: date.range,
            kind: date.kind,
            value: date.value.clone(),
        });
        let speaker = node.event.speaker.and_then(|at| node.mention(at));
        let citation = out.entry(cut).or_insert_with(|| Citation {
            cut,
            modality: node.event.modality,
            speaker: speaker.map(|mention| mention.name.clone()),
            dates: Vec::new(),
            interval: node.interval,
            dating: node.dating,
        });
        citation.dates.extend(dates);
        citation.dates.sort();
        citation.dates.dedup();
        if citation.interval.is_unknown() && node.is_dated() {
            citation.interval = node.interval;
            citation.dating = node.dating;
        }
    }
    out.into_values().collect()
}

fn parties(told: &[&Node<'_>]) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let mut seen = BTreeSet::new();
    for node in told {
        for mention in node.event.who.iter().filter_map(|at| node.mention(*at)) {
            if mention.kind != MentionKind::Gathering && seen.insert(mention.key.as_str()) {
                let as_written = Cut { source: node.source, range: mention.range };
                out.push(Party { name: mention.name.clone(), as_written, basis: mention.joined });
            }
        }
    }
    out
}

fn places(told: &[&Node<'_>]) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    let mut seen = BTreeSet::new();
    for node in told {
        for mention in node.event.places.iter().filter_map(|at| node.mention(*at)) {
            if seen.insert(mention.key.as_str()) {
                out.push(Place {
                    name: mention.name.clone(),
                    as_written: Cut { source: node.source, range: mention.range },
                    basis: mention.joined,
                    country: mention.country.clone(),
                    coordinates: mention.coordinates,
                });
            }
        }
    }
    out
}

/// How many tell it, and how many of them not after one another. A copy is what it copies; a
/// source that names no publisher counts as its own, the posts of one page as one.
fn corroboration(told: &[&Node<'_>], belong: &Sources) -> Corroboration {
    let sources: BTreeSet<SourceId> = told.iter().map(|node| node.source).collect();
    let original = |node: &Node<'_>| *belong.copies.get(&node.source).unwrap_or(&node.source);
    // The original's nodes come first, so that it is its publisher that counts.
    let mut nodes: Vec<&&Node<'_>> = told.iter().collect();
    nodes.sort_by_key(|node| (original(node), original(node) != node.source));
    let mut publishers: BTreeMap<SourceId, String> = BTreeMap::new();
    let mut voices: BTreeMap<SourceId, Option<&str>> = BTreeMap::new();
    for node in nodes {
        let original = original(node);
        publishers.entry(original).or_insert_with(|| {
            let metadata = &node.brief.metadata;
            let page = metadata.publisher.as_ref().or_else(|| metadata.other.get(Metadata::PAGE));
            page.cloned().unwrap_or_else(|| original.to_string())
        });
        // Who tells it in its own voice anywhere tells it so.
        let speaker = node.event.speaker.and_then(|at| node.mention(at));
        let after = voices.entry(original).or_insert(speaker.map(|speaker| speaker.key.as_str()));
        *after = after.filter(|_| speaker.is_some());
    }
    let independent: BTreeSet<&str> = voices
        .iter()
        .filter_map(|(source, after)| after.or(publishers.get(source).map(String::as_str)))
        .collect();
    let publishers: BTreeSet<&String> = publishers.values().collect();
    let reported = || {
        let days = told.iter().filter_map(|node| node.brief.reference.moment);
        days.map(|moment| Moment::Day(moment.day()))
    };
    Corroboration {
        sources: sources.len() as u32,
        publishers: publishers.len() as u32,
        independent: independent.len() as u32,
        first: reported().min(),
        last: reported().max(),
    }
}

/// What was told of it one after another, where that changed: planned, put off, held.
fn history(told: &[&Node<'_>]) -> Vec<Told> {
    let mut all: Vec<Told> = told
        .iter()
        .filter(|node| node.is_dated() || node.event.modality != Modality::Occurred)
        .filter(|node| node.event.speaker.is_none() || node.is_dated())
        .map(|node| Told {
            reported: node.brief.reference.moment.map(|moment| Moment::Day(moment.day())),
            source: node.source,
            modality: node.event.modality,
            interval: node.interval.in_days(),
        })
        .collect();
    all.sort_by_key(|told| (told.reported, told.modality == Modality::Occurred, told.interval));
    let mut out: Vec<Told> = Vec::new();
    for told in all {
        if !out.iter().any(|o| o.modality == told.modality && o.interval == told.interval) {
            out.push(told);
        }
    }
    let states: BTreeSet<Modality> = out.iter().map(|told| told.modality).collect();
    if states.len() > 1 { out } else { Vec::new() }
}
