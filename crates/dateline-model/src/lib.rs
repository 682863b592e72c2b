//! The values that flow between the stages: bytes → source → brief → normalized brief
//! → timeline. A later type may hold an earlier one, never the reverse.
//!
//! | module | what |
//! |---|---|
//! | [`time`] | [`Moment`], [`Interval`], [`Grain`] |
//! | [`timex`] | [`Timex`], one date expression and what it means |
//! | [`brief`] | [`Brief`], blocks and the dates a page prints of itself |
//! | [`normalized`] | [`NormalizedBrief`]: dates, mentions and event mentions |
//! | [`decision`] | [`Decision`], what a person decided about a timeline |
//! | [`timeline`] | [`Timeline`], events with their citations |
//! | [`store`] | [`SourceStore`], the texts that ranges point into |
//! | [`diagnostic`] | [`Diagnostic`], what a stage has to say besides its value |
//!
//! This crate has no logic beyond checked constructors and order. The `serde` form of
//! its types is for caches and is no contract; documents are made in export.
//!
//! ```
//! use dateline_model::{Interval, Moment};
//!
//! let summit = Interval::new("2025-06-24".parse().ok(), "2025-06-26".parse().ok()).unwrap();
//! let second_day: Moment = "2025-06-25T09:30+02:00".parse().unwrap();
//! assert!(summit.contains_day(second_day.day()));
//! assert_eq!(second_day.to_string(), "2025-06-25T09:30+02:00");
//! ```

pub mod brief;
pub mod decision;
pub mod diagnostic;
pub mod normalized;
pub mod store;
pub mod time;
pub mod timeline;
pub mod timex;

pub use brief::{
    Block, BlockKind, Brief, CandidateKind, DateCandidate, Member, Metadata, Noise, Parsed,
};
pub use decision::{Action, Decided, Decision, Key};
pub use diagnostic::{Diagnostic, Severity};
pub use normalized::{
    DateBasis, EventMention, Gathering, Joined, Mention, MentionKind, Modality, NormalizedBrief,
    Reference, ReferenceBasis, Scene, Sentence, SetAside, SetAsideReason, Subject, TopicReason,
    Voice,
};
pub use store::SourceStore;
pub use time::{Grain, Interval, Moment, MomentError};
pub use timeline::{
    Account, Citation, Conflict, ConflictValue, Corroboration, Cut, DateSaid, Dating, Event,
    EventId, EventKind, Failure, Party, Place, Shape, SourceInfo, Timeline, Told, When,
};
pub use timex::{Alternative, Anchor, Modifier, Timex, TimexType};

#[cfg(test)]
mod tests;
