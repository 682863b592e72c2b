//! A normalized brief: its dates, mentions and event mentions, all as ranges of its
//! source. It holds all that the timeline needs, so that the timeline never reads text.

use dateline_text::{Ranged, TextRange};
use serde::{Deserialize, Serialize};

use crate::brief::{Block, DateCandidate, Metadata};
use crate::diagnostic::Diagnostic;
use crate::time::Moment;
use crate::timeline::EventKind;
use crate::timex::Timex;

/// A brief with everything found in it. Indices point into the lists of this value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormalizedBrief {
    /// The blocks, as parsed.
    pub blocks: Vec<Block>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// When the page says it was published, as printed.
    pub published: Option<Moment>,
    /// What says so, and all that says anything of its day.
    pub evidence: Option<DateCandidate>,
    /// See [`Self::evidence`].
    pub candidates: Vec<DateCandidate>,
    /// The day it speaks from.
    pub reference: Reference,
    /// Its date expressions in order; they do not overlap.
    pub dates: Vec<Timex>,
    /// People, bodies, places and gatherings, in order.
    pub mentions: Vec<Mention>,
    /// The sentences of its prose, in order.
    pub sentences: Vec<Sentence>,
    /// What it tells, in order.
    pub events: Vec<EventMention>,
    /// Sentences that tell no event, and why.
    pub set_aside: Vec<SetAside>,
    /// Lemmas and kinds that event mentions and the subject name by index.
    pub terms: Vec<String>,
    /// What it is about.
    pub subject: Subject,
    /// What there is to say of it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a text is about, for likeness with others: the terms of its prose, as indices into
/// a list of terms, sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// All terms.
    pub terms: Vec<u32>,
    /// Those among them that are written as a name or with digits.
    pub names: Vec<u32>,
}

/// The civil day a brief speaks from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The day or time; `None` where none was found.
    pub moment: Option<Moment>,
    /// How it was found.
    pub basis: ReferenceBasis,
    /// The words that say it.
    pub evidence: Option<TextRange>,
}

impl Reference {
    /// Whether nothing told can lie after it. A caption bounds the page's day only from
    /// below.
    pub fn bounds_latest(self) -> bool {
        self.moment.is_some() && self.basis != ReferenceBasis::Caption
    }
}

/// How a reference date was found, in order of trust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceBasis {
    /// The user insists.
    Forced,
    /// The page's own stamp.
    Stamp,
    /// The page's metadata.
    Metadata,
    /// The dateline of wire copy.
    Dateline,
    /// A date in the title or lead.
    Title,
    /// The user gave it, and the page prints none.
    Given,
    /// The latest caption that is no file photo: a lower bound only.
    Caption,
    /// None was found.
    #[default]
    None,
}

impl ReferenceBasis {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Forced => "forced",
            Self::Stamp => "stamp",
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Title => "title",
            Self::Given => "given",
            Self::Caption => "caption",
            Self::None => "none",
        }
    }
}

/// One sentence of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands.
    pub range: TextRange,
    /// Its block.
    pub block: u32,
}

impl Ranged for Sentence {
    fn range(&self) -> TextRange {
        self.range
    }
}

/// A sentence that no event cites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetAside {
    /// The sentence.
    pub range: TextRange,
    /// Why.
    pub reason: SetAsideReason,
}

/// Why a sentence is cited by no event: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetAsideReason {
    /// Navigation, advertising, player controls.
    Noise,
    /// It tells of no event.
    NoEvent,
    /// It says again what another sentence says.
    Repeats,
    /// It tells something that was not understood.
    NotUnderstood,
    /// It is in another language.
    OtherLanguage,
    /// A person withheld it.
    Withheld,
    /// It tells an event that was not asked for.
    NotSelected,
}

impl SetAsideReason {
    /// All reasons.
    pub const ALL: [Self; 7] = [
        Self::Noise,
        Self::NoEvent,
        Self::Repeats,
        Self::NotUnderstood,
        Self::OtherLanguage,
        Self::Withheld,
        Self::NotSelected,
    ];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noise => "noise",
            Self::NoEvent => "no-event",
            Self::Repeats => "repeats",
            Self::NotUnderstood => "not-understood",
            Self::OtherLanguage => "other-language",
            Self::Withheld => "withheld",
            Self::NotSelected => "not-selected",
        }
    }
}

/// A person, body, place or gathering named in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The name as written, without title or role.
    pub range: TextRange,
    /// What it names.
    pub kind: MentionKind,
    /// The canonical name.
    pub name: String,
    /// The key that all spellings of the name have in common.
    pub key: String,
    /// How the words were joined to that name.
    pub joined: Joined,
    /// Role or office ("President", "NATO Secretary General").
    pub role: Option<String>,
    /// Country it belongs to, as the country's usual name.
    pub country: Option<String>,
    /// Latitude and longitude in microdegrees.
    pub coordinates: Option<(i32, i32)>,
}

impl Ranged for Mention {
    fn range(&self) -> TextRange {
        self.range
    }
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// A person.
    Person,
    /// An organisation, government or armed force; a country that acts.
    Organization,
    /// A place.
    Place,
    /// A meeting, summit, round of talks.
    Gathering,
}

impl MentionKind {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Gathering => "gathering",
        }
    }
}

/// How words were joined to a canonical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joined {
    /// They are the name.
    Text,
    /// A fuller name of the same document.
    Document,
    /// A table says so.
    Table,
    /// A pattern says so ("Istanbul talks").
    Pattern,
}

impl Joined {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Document => "document",
            Self::Table => "table",
            Self::Pattern => "pattern",
        }
    }
}

/// One thing told, once: the smallest piece that a timeline is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMention {
    /// The words that tell it: a clause or sentence.
    pub clause: TextRange,
    /// Its sentence.
    pub sentence: u32,
    /// The lemma of what happens, as an index into the terms.
    pub trigger: u32,
    /// The kinds of what its words tell ("arrest" for "detained"), as indices into the terms,
    /// sorted, each once; without those that tell no event from another ("say").
    pub happenings: Vec<u32>,
    /// Those of its trigger, as indices into the terms.
    pub own_happenings: Vec<u32>,
    /// Whether one of them happens to the same ones only once ("resign").
    pub once: bool,
    /// Whether it happened, is planned, was denied.
    pub modality: Modality,
    /// What kind of event it is on its own.
    pub kind: EventKind,
    /// In which voice of the page it is told.
    pub voice: Voice,
    /// The date expression that says when, as an index into the dates.
    pub date: Option<u32>,
    /// Where that date was taken from.
    pub date_basis: DateBasis,
    /// Date expressions that speak of it, as indices into the dates: the one above and
    /// others that tell the same moment (a clock time in another zone).
    pub dates: Vec<u32>,
    /// Who says it, as an index into the mentions.
    pub speaker: Option<u32>,
    /// Who takes part, as indices into the mentions, each name once, in order.
    pub who: Vec<u32>,
    /// Where, as indices into the mentions.
    pub places: Vec<u32>,
    /// The gathering it is, or that it was part of.
    pub gathering: Option<Gathering>,
    /// How its block shows the scene.
    pub scene: Scene,
    /// Lemmas of its words, as indices into the terms, sorted, each once.
    pub terms: Vec<u32>,
    /// The event mention of this brief that it goes on telling ("the meeting", a further
    /// sentence under the same picture), as an index into the events.
    pub continues: Option<u32>,
    /// Words to call it by.
    pub title: TextRange,
    /// Why it is off topic; `None` where it is on topic.
    pub off_topic: Option<TopicReason>,
}

/// A gathering as one event mention tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// The words, as an index into the mentions.
    pub mention: u32,
    /// What kind of gathering: the head of its class in the table ("talks" for talks,
    /// negotiations and rounds).
    pub head: String,
    /// Canonical names of the bodies and parties named with it, sorted, each once.
    pub parties: Vec<String>,
    /// Canonical name of the place named with it.
    pub place: Option<String>,
    /// Whether the words name it by its noun alone ("the meeting"): parties and place are
    /// then those of the gathering before it in the same brief.
    pub anaphoric: bool,
}

/// Whether what is told happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It happened.
    Occurred,
    /// It is planned.
    Planned,
    /// It is a target or deadline.
    Target,
    /// It may happen, or is asked for.
    Possible,
    /// It did not happen.
    Denied,
    /// It was called off.
    Cancelled,
    /// It was put off.
    Postponed,
}

impl Modality {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Planned => "planned",
            Self::Target => "target",
            Self::Possible => "possible",
            Self::Denied => "denied",
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
        }
    }
}

/// In which voice of the page something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The body: paragraphs, bullets, quotations.
    Body,
    /// A caption.
    Caption,
    /// The standfirst.
    Deck,
    /// The headline.
    Headline,
}

/// Whether a picture shows the event or only illustrates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Words, or a photo of the event.
    Live,
    /// A file photo.
    File,
    /// An illustration.
    Illustration,
}

/// Where the date of an event mention was taken from, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// Its own clause.
    Clause,
    /// Its sentence.
    Sentence,
    /// Its block.
    Block,
    /// Another mention of the same gathering in the same brief.
    Gathering,
    /// It has none: it happened before it was reported.
    Reported,
}

impl DateBasis {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Sentence => "sentence",
            Self::Block => "block",
            Self::Gathering => "gathering",
            Self::Reported => "reported",
        }
    }
}

/// Why an event is off topic in its brief.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicReason {
    /// A picture that shares no subject with the story told in headline, standfirst and
    /// body.
    UnrelatedPicture,
    /// A file photo or illustration.
    FilePicture,
    /// Text that shares no subject with the headline and standfirst.
    UnrelatedText,
}

impl TopicReason {
    /// The name in documents.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnrelatedPicture => "unrelated-picture",
            Self::FilePicture => "file-picture",
            Self::UnrelatedText => "unrelated-text",
        }
    }
}
