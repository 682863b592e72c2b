//! The days of an event in formats that know no more than a first and a last day, and what
//! of its date is then lost.

use dateline_model::{Dating, Event, Moment, Shape};

/// From when to when an event is shown. Where only one bound is known both are that; where
/// none is, both are the day it is placed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first day or instant.
    pub first: Moment,
    /// The last one, inclusive.
    pub last: Moment,
}

impl Span {
    /// Whether it lies within one day.
    pub(crate) fn is_one_day(self) -> bool {
        self.first.day() == self.last.day()
    }
}

/// The span of `event`; `None` where nothing says when it was.
pub(crate) fn of(event: &Event) -> Option<Span> {
    let (earliest, latest) = (event.when.interval.earliest(), event.when.interval.latest());
    let first = earliest.or(latest).or(event.when.placed)?;
    let last = latest.or(earliest).unwrap_or(first);
    // Clock times of one day may stand in zones of their own.
    Some(Span { first, last: last.max(first) })
}

/// Whether a first and a last day say less or more than is known.
pub(crate) fn is_uncertain(event: &Event) -> bool {
    let when = &event.when;
    let extent = when.shape == Shape::Throughout || when.interval.is_one_day();
    when.interval.earliest().is_none()
        || when.interval.latest().is_none()
        || when.approximate
        || !when.alternatives.is_empty()
        || !extent
        || matches!(when.dating, Dating::Reported | Dating::Inferred)
}
