//! What a person decided about a timeline. A decision names its event by words that a
//! source says, so that it holds however often the timeline is built again.

use serde::{Deserialize, Serialize};

use crate::time::Interval;
use crate::timeline::EventId;

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The line of the file it stands in, from 1.
    pub line: u32,
    /// The event.
    pub key: Key,
    /// What is decided of it.
    pub action: Action,
    /// Who decided it.
    pub by: Option<String>,
    /// Why.
    pub note: Option<String>,
}

/// Names an event by what a source says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// SHA-256 of the raw bytes of the source, in hexadecimal.
    pub sha256: String,
    /// The sentence that is cited, word for word.
    pub quote: String,
    /// The words that the event is called by, where the sentence tells more than one.
    pub title: Option<String>,
    /// The id that the event had when this was decided: it tells events of one sentence apart
    /// as long as their sources stay.
    pub event: Option<EventId>,
}

/// What is decided of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// It was then.
    SetDate(Interval),
    /// It is the same as these.
    Merge(Vec<Key>),
    /// What the sentence tells is an event of its own.
    Split,
    /// It is not for the timeline; its sentences are withheld.
    Hide,
    /// It is called so.
    Retitle(String),
    /// It is right as it is.
    Confirm,
}

impl Action {
    /// The name in documents.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SetDate(_) => "set-date",
            Self::Merge(_) => "merge",
            Self::Split => "split",
            Self::Hide => "hide",
            Self::Retitle(_) => "retitle",
            Self::Confirm => "confirm",
        }
    }
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// The event it was applied to; `None` where it matches nothing any more.
    pub event: Option<EventId>,
    /// What to tell about it: why it was not applied, or what changed.
    pub message: Option<String>,
}
