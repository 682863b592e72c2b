//! One date expression: where it stands, what was said, what it means and from what.

use dateline_text::{Ranged, TextRange};
use serde::{Deserialize, Serialize};

use crate::time::{Grain, Interval, Moment};

/// A date, time, duration or set as TIMEX3 has it (TimeML 1.2.1), with bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// The words.
    pub range: TextRange,
    /// TIMEX3 `type`.
    pub kind: TimexType,
    /// TIMEX3 `value`. A range written as one expression has two values, `A/B`. Where
    /// no reference was given, the parts that wait for one are `X` ("XXXX-06-02").
    pub value: String,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// TIMEX3 `quant` of a set ("EVERY", "EVERY OTHER").
    pub quant: Option<String>,
    /// TIMEX3 `freq` of a set ("2X").
    pub freq: Option<String>,
    /// The days or instants it spans, inclusive; unknown where it has none.
    pub interval: Interval,
    /// How fine it speaks; `None` where the words give no unit ("recently").
    pub grain: Option<Grain>,
    /// Whether the words say "about", "around", "some".
    pub approximate: bool,
    /// What of the value the words do not say.
    pub implied: Vec<Grain>,
    /// What the implied parts were taken from.
    pub anchor: Anchor,
    /// The rule that found it, the name in its table.
    pub rule: String,
    /// Other readings of the same words, best first.
    pub alternatives: Vec<Alternative>,
    /// The ends of a range written as one expression, or empty.
    pub parts: Vec<Timex>,
}

impl Ranged for Timex {
    fn range(&self) -> TextRange {
        self.range
    }
}

/// TIMEX3 `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A day or something longer.
    Date,
    /// A part of a day or a clock time.
    Time,
    /// A length of time.
    Duration,
    /// Something that recurs.
    Set,
}

impl TimexType {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Modifier {
    /// "early", "the beginning of".
    Start,
    /// "mid", "the middle of".
    Mid,
    /// "late", "the end of".
    End,
    /// "about", "around".
    Approx,
    /// "more than a year ago".
    Before,
    /// "less than a year ago".
    After,
    /// "at least a year ago".
    OnOrBefore,
    /// "no more than a year ago".
    OnOrAfter,
    /// "less than", "nearly".
    LessThan,
    /// "more than", "over".
    MoreThan,
    /// "up to", "no more than".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
}

impl Modifier {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// What the implied parts of a date come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// Nothing is implied: the words say it all.
    #[default]
    Words,
    /// The reference date.
    Reference(Moment),
    /// Another date of the same text, at this range: one told before, or right after ("two
    /// days later, on March 3").
    Earlier(TextRange),
    /// An event told by the words at this range ("a day after the meeting"): the
    /// timeline resolves it.
    Event(TextRange),
    /// A reference that was not given: unresolved.
    Missing,
}

/// Another reading of the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// TIMEX3 `value`.
    pub value: String,
    /// The bounds under this reading.
    pub interval: Interval,
}
