//! `timeline.json`, the contract `dateline.timeline/1`.

use std::fmt;
use std::io::{self, Write};

use dateline_model::{
    Citation, Conflict, Cut, Decided, Event, EventId, Interval, Moment, SourceInfo, SourceStore,
    Timeline, Told,
};
use dateline_text::{SourceId, TextRange};
use serde::Serialize;

use crate::place::Places;
use crate::{About, Document, Header, Loss, edtf, words};

/// Name and version of the contract. Every document of a timeline carries it near its
/// head, so that a program knows it for one.
pub const SCHEMA: &str = "dateline.timeline/1";

/// Writes the timeline as JSON, pretty-printed.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, store, header, .. } = *document;
    serde_json::to_writer_pretty(&mut *sink, &view(timeline, store, header))?;
    sink.write_all(b"\n")?;
    Ok(Vec::new())
}

#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    about: About<'a>,
    title: &'a str,
    events: Vec<EventView<'a>>,
    set_aside: Vec<AsideView<'a>>,
    sources: Vec<SourceView<'a>>,
    failures: Vec<FailureView<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
    decisions: Vec<DecisionView<'a>>,
    account: AccountView,
}

#[derive(Serialize)]
pub(crate) struct EventView<'a> {
    id: Shown<EventId>,
    formerly: Vec<Shown<EventId>>,
    when: WhenView<'a>,
    kind: &'static str,
    title: String,
    summary: String,
    on_topic: bool,
    importance: u32,
    topic_reason: Option<&'static str>,
    who: Vec<PartyView<'a>>,
    r#where: Vec<PlaceView<'a>>,
    citations: Vec<CitationView<'a>>,
    corroboration: CorroborationView,
    conflicts: Vec<ConflictView<'a>>,
    history: Vec<ToldView>,
    decisions: Vec<&'static str>,
}

#[derive(Serialize)]
struct WhenView<'a> {
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
    shape: &'static str,
    grain: Option<&'static str>,
    approximate: bool,
    dating: &'static str,
    placed: Option<Moment>,
    alternatives: Vec<BoundsView>,
    basis: Vec<BasisView<'a>>,
}

#[derive(Serialize)]
struct BoundsView {
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
}

#[derive(Serialize)]
struct BasisView<'a> {
    source: Shown<SourceId>,
    start: u32,
    end: u32,
    quote: &'a str,
    from: &'static str,
}

#[derive(Serialize)]
struct PartyView<'a> {
    name: &'a str,
    as_written: String,
    basis: &'static str,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    name: &'a str,
    as_written: String,
    basis: &'static str,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct CitationView<'a> {
    source: Shown<SourceId>,
    start: u32,
    end: u32,
    raw: Vec<RawView>,
    line: u32,
    column: u32,
    quote: &'a str,
    modality: &'static str,
    speaker: Option<&'a str>,
    dates: Vec<DateView<'a>>,
}

#[derive(Serialize)]
struct RawView {
    start: u64,
    end: u64,
}

#[derive(Serialize)]
struct DateView<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct CorroborationView {
    sources: u32,
    publishers: u32,
    independent: u32,
    first: Option<Moment>,
    last: Option<Moment>,
}

#[derive(Serialize)]
struct ToldView {
    reported: Option<Moment>,
    source: Shown<SourceId>,
    modality: &'static str,
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
}

#[derive(Serialize)]
struct ConflictView<'a> {
    about: &'a str,
    values: Vec<ConflictValueView<'a>>,
}

#[derive(Serialize)]
struct ConflictValueView<'a> {
    edtf: String,
    earliest: Option<Moment>,
    latest: Option<Moment>,
    sources: Vec<Shown<SourceId>>,
    after: Vec<AfterView<'a>>,
}

#[derive(Serialize)]
struct AfterView<'a> {
    source: Shown<SourceId>,
    speaker: &'a str,
}

#[derive(Serialize)]
struct AsideView<'a> {
    source: Shown<SourceId>,
    start: u32,
    end: u32,
    line: u32,
    quote: &'a str,
    reason: &'static str,
}

#[derive(Serialize)]
pub(crate) struct SourceView<'a> {
    id: Shown<SourceId>,
    label: &'a str,
    sha256: &'a str,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    authors: &'a [String],
    url: Option<&'a str>,
    archive_url: Option<&'a str>,
    published: Option<Moment>,
    retrieved: Option<Moment>,
    licence: Option<&'a str>,
    language: Option<&'a str>,
    reference: Option<Moment>,
    reference_basis: &'static str,
    copy_of: Option<Shown<SourceId>>,
}

#[derive(Serialize)]
struct FailureView<'a> {
    label: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    source: Shown<SourceId>,
    severity: &'static str,
    code: &'a str,
    start: Option<u32>,
    end: Option<u32>,
    line: Option<u32>,
    message: &'a str,
}

#[derive(Serialize)]
struct DecisionView<'a> {
    line: u32,
    decision: &'static str,
    event: Option<Shown<EventId>>,
    by: Option<&'a str>,
    note: Option<&'a str>,
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct AccountView {
    inputs: u32,
    briefs: u32,
    failures: u32,
    sentences: u32,
    cited: u32,
    set_aside: u32,
}

fn view<'a>(timeline: &'a Timeline, store: &'a SourceStore, header: &'a Header) -> View<'a> {
    let account = timeline.account;
    let places = Places::new(timeline, store);
    View {
        about: header.about(SCHEMA),
        title: header.title(),
        events: timeline
            .events
            .iter()
            .map(|event| event_view(event, timeline, store, &places))
            .collect(),
        set_aside: timeline
            .set_aside
            .iter()
            .map(|(source, aside)| AsideView {
                source: Shown(*source),
                start: aside.range.start(),
                end: aside.range.end(),
                line: places.line(*source, aside.range.start()),
                quote: store.slice(*source, aside.range).unwrap_or(""),
                reason: aside.reason.name(),
            })
            .collect(),
        sources: timeline.sources.iter().map(source_view).collect(),
        failures: timeline
            .failures
            .iter()
            .map(|failure| FailureView { label: &failure.label, reason: &failure.reason })
            .collect(),
        diagnostics: timeline
            .diagnostics
            .iter()
            .map(|(source, told)| DiagnosticView {
                source: Shown(*source),
                severity: told.severity.name(),
                code: &told.code,
                start: told.range.map(TextRange::start),
                end: told.range.map(TextRange::end),
                line: told.range.map(|range| places.line(*source, range.start())),
                message: &told.message,
            })
            .collect(),
        decisions: timeline.decisions.iter().map(decision_view).collect(),
        account: AccountView {
            inputs: account.inputs,
            briefs: account.briefs,
            failures: account.failures,
            sentences: account.sentences,
            cited: account.cited,
            set_aside: account.set_aside,
        },
    }
}

fn quote(store: &SourceStore, cut: Cut) -> &str {
    store.slice(cut.source, cut.range).unwrap_or("")
}

/// Something that is written as it is shown, without a text between.
pub(crate) struct Shown<T>(T);

impl<T: fmt::Display> Serialize for Shown<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

pub(crate) fn event_view<'a>(
    event: &'a Event,
    timeline: &'a Timeline,
    store: &'a SourceStore,
    places: &Places<'_>,
) -> EventView<'a> {
    let decided = |line: &u32| {
        let mut all = timeline.decisions.iter().map(|decided| &decided.decision);
        all.find(|decision| decision.line == *line).map(|decision| decision.action.name())
    };
    let when = &event.when;
    EventView {
        id: Shown(event.id),
        formerly: event.formerly.iter().copied().map(Shown).collect(),
        when: WhenView {
            edtf: edtf::write(when.interval, when.approximate),
            earliest: when.interval.earliest(),
            latest: when.interval.latest(),
            shape: when.shape.name(),
            grain: when.grain.map(dateline_model::Grain::name),
            approximate: when.approximate,
            dating: when.dating.name(),
            placed: when.placed,
            alternatives: when.alternatives.iter().map(|interval| bounds_view(*interval)).collect(),
            basis: when
                .basis
                .iter()
                .map(|(cut, from)| BasisView {
                    source: Shown(cut.source),
                    start: cut.range.start(),
                    end: cut.range.end(),
                    quote: quote(store, *cut),
                    from: from.name(),
                })
                .collect(),
        },
        kind: event.kind.name(),
        title: words::title(store, event),
        summary: words::summary(store, event),
        on_topic: event.on_topic,
        importance: event.importance,
        topic_reason: event.topic_reason.as_ref().map(dateline_model::TopicReason::name),
        who: event
            .who
            .iter()
            .map(|party| PartyView {
                name: &party.name,
                as_written: words::line(store, party.as_written),
                basis: party.basis.name(),
            })
            .collect(),
        r#where: event.places.iter().map(|place| place_view(place, store)).collect(),
        citations: event
            .citations
            .iter()
            .map(|citation| citation_view(citation, store, places))
            .collect(),
        corroboration: CorroborationView {
            sources: event.corroboration.sources,
            publishers: event.corroboration.publishers,
            independent: event.corroboration.independent,
            first: event.corroboration.first,
            last: event.corroboration.last,
        },
        conflicts: event.conflicts.iter().map(conflict_view).collect(),
        history: event.history.iter().map(told_view).collect(),
        decisions: event.decisions.iter().filter_map(decided).collect(),
    }
}

fn told_view(told: &Told) -> ToldView {
    ToldView {
        reported: told.reported,
        source: Shown(told.source),
        modality: told.modality.name(),
        edtf: edtf::write(told.interval, false),
        earliest: told.interval.earliest(),
        latest: told.interval.latest(),
    }
}

fn decision_view(decided: &Decided) -> DecisionView<'_> {
    let Decided { decision, event, message } = decided;
    DecisionView {
        line: decision.line,
        decision: decision.action.name(),
        event: event.map(Shown),
        by: decision.by.as_deref(),
        note: decision.note.as_deref(),
        message: message.as_deref(),
    }
}

fn place_view<'a>(place: &'a dateline_model::Place, store: &SourceStore) -> PlaceView<'a> {
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    PlaceView {
        name: &place.name,
        as_written: words::line(store, place.as_written),
        basis: place.basis.name(),
        country: place.country.as_deref(),
        lat: place.coordinates.map(|(lat, _)| degrees(lat)),
        lon: place.coordinates.map(|(_, lon)| degrees(lon)),
    }
}

fn citation_view<'a>(
    citation: &'a Citation,
    store: &'a SourceStore,
    places: &Places<'_>,
) -> CitationView<'a> {
    let Cut { source, range } = citation.cut;
    let (line, column) = places.line_column(source, range.start());
    let raw = store.to_raw(source, range).into_iter();
    CitationView {
        source: Shown(source),
        start: range.start(),
        end: range.end(),
        raw: raw.map(|raw| RawView { start: raw.start, end: raw.end }).collect(),
        line,
        column,
        quote: quote(store, citation.cut),
        modality: citation.modality.name(),
        speaker: citation.speaker.as_deref(),
        dates: citation
            .dates
            .iter()
            .map(|date| DateView {
                start: date.range.start(),
                end: date.range.end(),
                text: quote(store, Cut { source, range: date.range }),
                r#type: date.kind.name(),
                value: &date.value,
            })
            .collect(),
    }
}

fn bounds_view(interval: Interval) -> BoundsView {
    BoundsView {
        edtf: edtf::write(interval, false),
        earliest: interval.earliest(),
        latest: interval.latest(),
    }
}

fn conflict_view(conflict: &Conflict) -> ConflictView<'_> {
    let values = conflict.values.iter().map(|value| ConflictValueView {
        edtf: edtf::write(value.interval, false),
        earliest: value.interval.earliest(),
        latest: value.interval.latest(),
        sources: value.sources.iter().copied().map(Shown).collect(),
        after: value
            .after
            .iter()
            .map(|(source, speaker)| AfterView { source: Shown(*source), speaker })
            .collect(),
    });
    ConflictView { about: &conflict.about, values: values.collect() }
}

pub(crate) fn source_view(source: &SourceInfo) -> SourceView<'_> {
    let metadata = &source.metadata;
    SourceView {
        id: Shown(source.id),
        label: &source.label,
        sha256: &source.sha256,
        title: metadata.title.as_deref(),
        publisher: metadata.publisher.as_deref(),
        authors: &metadata.authors,
        url: metadata.url.as_deref(),
        archive_url: metadata.archive_url.as_deref(),
        published: source.published,
        retrieved: metadata.retrieved,
        licence: metadata.licence.as_deref(),
        language: source.language.as_deref(),
        reference: source.reference.moment,
        reference_basis: source.reference.basis.name(),
        copy_of: source.copy_of.map(Shown),
    }
}
