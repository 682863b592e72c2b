//! A timeline to be written, with what the formats look up again and again.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{DateSaid, Event, Moment, SourceInfo, SourceStore, Timeline};
use dateline_text::SourceId;
use jiff::civil::Date;

use crate::Header;

/// A timeline to write, with what the formats need besides. Each format is a module with
/// `write(&Document, sink)`, which answers what it could not carry.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// Its texts.
    pub store: &'a SourceStore,
    /// How it was made, and what it is called.
    pub header: &'a Header,
    sources: BTreeMap<SourceId, &'a SourceInfo>,
    dates: BTreeMap<SourceId, BTreeSet<&'a DateSaid>>,
}

impl<'a> Document<'a> {
    /// The document of a timeline.
    pub fn new(timeline: &'a Timeline, store: &'a SourceStore, header: &'a Header) -> Self {
        let sources = timeline.sources.iter().map(|source| (source.id, source)).collect();
        let mut dates: BTreeMap<SourceId, BTreeSet<&DateSaid>> = BTreeMap::new();
        for citation in timeline.events.iter().flat_map(|event| &event.citations) {
            dates.entry(citation.cut.source).or_default().extend(&citation.dates);
        }
        Self { timeline, store, header, sources, dates }
    }

    /// The source of this id.
    pub(crate) fn source(&self, id: SourceId) -> Option<&'a SourceInfo> {
        self.sources.get(&id).copied()
    }

    /// The sources that an event cites, in the order of its citations, each once.
    pub(crate) fn sources(&self, event: &Event) -> impl Iterator<Item = &'a SourceInfo> {
        let mut seen = BTreeSet::new();
        let cited = event.citations.iter().map(|citation| citation.cut.source);
        cited.filter(move |id| seen.insert(*id)).filter_map(|id| self.source(id))
    }

    /// The date expressions that citations of a source rest on, in order.
    pub(crate) fn dates(&self, source: SourceId) -> impl Iterator<Item = &'a DateSaid> {
        self.dates.get(&source).into_iter().flatten().copied()
    }

    /// The day of the last report, and the first day of our count where nothing says.
    pub(crate) fn last_told(&self) -> Date {
        let said = |source: &SourceInfo| {
            let reference = source.reference.moment.map(Moment::day);
            source.published.map(Moment::day).max(reference)
        };
        let last = self.timeline.sources.iter().filter_map(said).max();
        last.filter(|day| day.year() >= 0).unwrap_or(jiff::civil::date(1970, 1, 1))
    }
}
