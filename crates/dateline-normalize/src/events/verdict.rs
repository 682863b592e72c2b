//! Whether what is told happened, and what kind of event it is.

use dateline_model::{BlockKind, EventKind, Grain, Modality, Moment};
use jiff::ToSpan;

use super::{BACKGROUND_DAYS, Telling};
use crate::lexicon::{Cue, Grammar};
use crate::owners::tokens_of;

impl Telling<'_> {
    pub(super) fn modality(&self, verb: Option<usize>, date: Option<u32>) -> Modality {
        let Some(found) = verb.and_then(|verb| self.shape.verbs.get(verb)) else {
            let future = date.is_some_and(|date| self.is_future(date));
            return if future { Modality::Planned } else { Modality::Occurred };
        };
        let clause = self.clause(found.at);
        let mut modality = Modality::Occurred;
        // "If no truce was agreed".
        let opens = self.shape.clause.iter().position(|other| Some(*other) == clause);
        if matches!(opens.and_then(|at| self.cue(at)), Some((Cue::Possible, _))) {
            modality = Modality::Possible;
        }
        for at in 0..self.line.len() {
            let Some((cue, count)) = self.cue(at) else { continue };
            let same = self.clause(at) == clause && at < found.at;
            let close = same && at + count + 2 >= found.at;
            modality = match cue {
                Cue::Planned | Cue::PlannedPast if close => Modality::Planned,
                Cue::Possible if close && modality == Modality::Occurred => Modality::Possible,
                Cue::Denied if close && at + count >= found.at => Modality::Denied,
                // "Had been set for Thursday": the verb is the cue.
                Cue::PlannedPast if at == found.at => Modality::Planned,
                Cue::Cancelled if at == found.at => Modality::Cancelled,
                Cue::Postponed if at == found.at => Modality::Postponed,
                _ => modality,
            };
        }
        let infinitive = found.verb.forms.base
            && found
                .at
                .checked_sub(1)
                .and_then(|at| self.line.get(at))
                .is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Infinitive));
        let future = date.is_some_and(|date| self.is_ahead(date, verb));
        if modality == Modality::Occurred && (future || infinitive) {
            return Modality::Planned;
        }
        modality
    }

    pub(super) fn kind_of(
        &self,
        date: Option<u32>,
        modality: Modality,
        verb: Option<usize>,
    ) -> EventKind {
        let known = date.and_then(|date| self.page.dates.get(date as usize));
        let interval = known.map(|date| date.interval).filter(|interval| !interval.is_unknown());
        let Some(interval) = interval else {
            let open = modality == Modality::Planned && self.speech(verb).is_none();
            return if open { EventKind::Scheduled } else { EventKind::Happened };
        };
        let long = known.and_then(|date| date.grain) >= Some(Grain::Year);
        let limit = match modality {
            Modality::Planned => long,
            Modality::Possible => true,
            _ => false,
        };
        if modality == Modality::Target || limit && self.limited(date) {
            return EventKind::Deadline;
        }
        let Some(reference) = self.page.reference.map(Moment::day) else {
            return if modality == Modality::Planned {
                EventKind::Scheduled
            } else {
                EventKind::Happened
            };
        };
        // Nothing told as done lies ahead.
        let ahead = date.is_some_and(|date| self.is_ahead(date, verb));
        if ahead && interval.earliest().is_some_and(|earliest| earliest.day() > reference) {
            return EventKind::Scheduled;
        }
        let latest = interval.latest().map(Moment::day);
        if latest.is_some_and(|latest| latest >= reference) && modality == Modality::Planned {
            return EventKind::Scheduled;
        }
        let old = reference.checked_sub(BACKGROUND_DAYS.days()).ok();
        let long_ago = matches!((latest, old), (Some(latest), Some(old)) if latest < old);
        let past = latest.is_some_and(|latest| latest < reference);
        let said = past && self.background_cue(date);
        if self.kind != BlockKind::Caption && (long_ago || said) {
            EventKind::Background
        } else {
            EventKind::Happened
        }
    }

    /// Whether the date is the last one for something ("by 2035").
    fn limited(&self, date: Option<u32>) -> bool {
        let date = date.and_then(|date| self.page.dates.get(date as usize));
        let before = date.and_then(|date| tokens_of(date, self.line).0.checked_sub(1));
        let token = before.and_then(|at| self.line.get(at));
        token.is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Limit))
    }

    /// Whether the words around the date say that it is context ("previous round").
    pub(super) fn background_cue(&self, date: Option<u32>) -> bool {
        let Some(date) = date.and_then(|date| self.page.dates.get(date as usize)) else {
            return false;
        };
        let (from, to) = tokens_of(date, self.line);
        let near = from.saturating_sub(6)..(to + 2).min(self.line.len());
        near.into_iter().any(|at| matches!(self.cue(at), Some((Cue::Background, _))))
    }
}
