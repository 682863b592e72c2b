//! A timeline: events with citations, dated, placed and weighed. It holds ranges, no
//! words: export slices them at write time.

use std::fmt;

use dateline_text::{SourceId, TextRange};
use serde::{Deserialize, Serialize};

use crate::decision::Decided;
use crate::diagnostic::Diagnostic;
use crate::normalized::{DateBasis, Joined, Modality, SetAside, TopicReason};
use crate::time::{Grain, Interval, Moment};
use crate::timex::TimexType;

/// The timeline of a set of briefs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// The events in order: (`placed`, `earliest` with unknown first, source and
    /// position of the first citation, id).
    pub events: Vec<Event>,
    /// Sentences that no event cites, by source and position.
    pub set_aside: Vec<(SourceId, SetAside)>,
    /// The sources, by label.
    pub sources: Vec<SourceInfo>,
    /// Inputs that could not be read, by label.
    pub failures: Vec<Failure>,
    /// What the stages had to say, by source and position.
    pub diagnostics: Vec<(SourceId, Diagnostic)>,
    /// What became of the decisions of a person, in their order.
    pub decisions: Vec<Decided>,
    /// What became of the input.
    pub account: Account,
}

/// Words of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cut {
    /// The source.
    pub source: SourceId,
    /// The words.
    pub range: TextRange,
}

/// Names an event: a hash of its smallest event mention, stable while that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId(pub u64);

impl EventId {
    /// The id that is written so.
    pub fn read(words: &str) -> Option<Self> {
        let digits = words.strip_prefix('e').filter(|digits| digits.len() == 16)?;
        u64::from_str_radix(digits, 16).ok().map(Self)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{:016x}", self.0)
    }
}

/// One event, told by one or more citations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// Names it had before a merge.
    pub formerly: Vec<EventId>,
    /// When.
    pub when: When,
    /// What kind of event.
    pub kind: EventKind,
    /// Words to call it by.
    pub title: Cut,
    /// What a person calls it instead.
    pub retitled: Option<String>,
    /// Whole sentences or clauses that tell it.
    pub summary: Vec<Cut>,
    /// Whether it belongs to the story of at least one of its briefs.
    pub on_topic: bool,
    /// Why not.
    pub topic_reason: Option<TopicReason>,
    /// Who takes part or speaks.
    pub who: Vec<Party>,
    /// Where.
    pub places: Vec<Place>,
    /// What the sources say, in order of the sources and their text; at least one.
    pub citations: Vec<Citation>,
    /// How many say so.
    pub corroboration: Corroboration,
    /// Where they differ.
    pub conflicts: Vec<Conflict>,
    /// What was told of it one after another, where that changed.
    pub history: Vec<Told>,
    /// How much it matters: points, more for more.
    pub importance: u32,
    /// What a person decided of it, by [`Decision::line`](crate::decision::Decision::line).
    pub decisions: Vec<u32>,
}

/// When an event was, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The bounds.
    pub interval: Interval,
    /// What the bounds mean.
    pub shape: Shape,
    /// How fine the words speak.
    pub grain: Option<Grain>,
    /// Whether the words say "about".
    pub approximate: bool,
    /// How the date is known.
    pub dating: Dating,
    /// The day it is shown under; `None` where nothing places it.
    pub placed: Option<Moment>,
    /// Other occasions it could be.
    pub alternatives: Vec<Interval>,
    /// What the date was taken from: words, and where they stand to the event.
    pub basis: Vec<(Cut, DateBasis)>,
}

/// What the bounds of an event mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Some time inside.
    Within,
    /// The whole extent.
    Throughout,
}

impl Shape {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Throughout => "throughout",
        }
    }
}

/// How the date of an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dating {
    /// The words say it.
    Stated,
    /// A part was implied (a year, a weekday's week).
    Implied,
    /// Another source says it.
    Inferred,
    /// It has no time of its own: it happened before the report.
    Reported,
    /// A person set it.
    Editor,
}

impl Dating {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Implied => "implied",
            Self::Inferred => "inferred",
            Self::Reported => "reported",
            Self::Editor => "editor",
        }
    }
}

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It happened.
    Happened,
    /// Planned, and not told as done by any later source.
    Scheduled,
    /// A target.
    Deadline,
    /// Told as context, long before.
    Background,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Happened, Self::Scheduled, Self::Deadline, Self::Background];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Scheduled => "scheduled",
            Self::Deadline => "deadline",
            Self::Background => "background",
        }
    }
}

/// What one source says of an event, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The words.
    pub cut: Cut,
    /// Whether it happened, is planned, was denied.
    pub modality: Modality,
    /// Who says it: the canonical name.
    pub speaker: Option<String>,
    /// The date expressions that say when.
    pub dates: Vec<DateSaid>,
    /// When the event was, by this citation alone.
    pub interval: Interval,
    /// How this citation knows.
    pub dating: Dating,
}

/// A date expression of a citation and what it means (TIMEX3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateSaid {
    /// The words.
    pub range: TextRange,
    /// TIMEX3 `type`.
    pub kind: TimexType,
    /// TIMEX3 `value`.
    pub value: String,
}

/// Someone who takes part in an event or speaks of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Party {
    /// The canonical name.
    pub name: String,
    /// The words.
    pub as_written: Cut,
    /// How the words were joined to the name.
    pub basis: Joined,
}

/// Where an event was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The canonical name.
    pub name: String,
    /// The words.
    pub as_written: Cut,
    /// How the words were joined to the name.
    pub basis: Joined,
    /// Country.
    pub country: Option<String>,
    /// Latitude and longitude in microdegrees.
    pub coordinates: Option<(i32, i32)>,
}

/// How many say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corroboration {
    /// Sources that tell it.
    pub sources: u32,
    /// Publishers among them; a copy is none of its own.
    pub publishers: u32,
    /// Voices among them that do not tell it after one another: publishers, and for what is
    /// only told after someone (a ministry, a witness), that one.
    pub independent: u32,
    /// The day of the first report.
    pub first: Option<Moment>,
    /// The day of the last.
    pub last: Option<Moment>,
}

/// What was told of an event at a time: planned, put off, held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The day it was reported.
    pub reported: Option<Moment>,
    /// By whom, first.
    pub source: SourceId,
    /// Whether it happened, was planned, put off.
    pub modality: Modality,
    /// When, by these words.
    pub interval: Interval,
}

/// Something about an event in which its sources differ. No winner is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What they differ in ("when").
    pub about: String,
    /// Each value with its sources.
    pub values: Vec<ConflictValue>,
}

/// One of several values that sources give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictValue {
    /// The bounds.
    pub interval: Interval,
    /// Who says so.
    pub sources: Vec<SourceId>,
    /// Those among them that say so after someone, and after whom.
    pub after: Vec<(SourceId, String)>,
}

/// A source of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// Its id.
    pub id: SourceId,
    /// The source it is a copy of, word for word or nearly so.
    pub copy_of: Option<SourceId>,
    /// The input's name relative to what was named, never an absolute path.
    pub label: String,
    /// SHA-256 of the raw bytes.
    pub sha256: String,
    /// What the page says of itself.
    pub metadata: crate::brief::Metadata,
    /// When it says it was published.
    pub published: Option<Moment>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// The day it speaks from.
    pub reference: crate::normalized::Reference,
}

/// An input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Failure {
    /// The input's name.
    pub label: String,
    /// Why, with a way out.
    pub reason: String,
}

/// What became of the input: nothing is lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Inputs named.
    pub inputs: u32,
    /// Briefs read from them.
    pub briefs: u32,
    /// Inputs that could not be read.
    pub failures: u32,
    /// Sentences in all briefs, noise lines included.
    pub sentences: u32,
    /// Sentences that an event cites.
    pub cited: u32,
    /// Sentences set aside with a reason.
    pub set_aside: u32,
}
