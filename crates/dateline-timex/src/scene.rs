//! Where in time a text stands while it is read: its reference, the last date told, and
//! whether the words at hand look back or ahead.

use dateline_model::{Anchor, Grain, Moment};
use dateline_text::TextRange;
use jiff::civil::Date;

use crate::calendar::Point;
use crate::expr::From;
use crate::holiday::NamedDay;

/// Which way a sentence looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It tells what was.
    Past,
    /// It tells what will be.
    Future,
}

/// What the words around a date tell of its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Which way they look.
    pub(crate) tense: Tense,
    /// Whether the verb stands so close that it governs the date.
    pub(crate) close: bool,
    /// Whether it is the day on which someone said so, not the day of what was said.
    pub(crate) report: bool,
    /// Whether it is a limit: what "until" names lies ahead of what was told, if not of now.
    pub(crate) limit: bool,
    /// Whether it is told of every year or day: "usually in May" is none of them.
    pub(crate) habit: bool,
}

impl Look {
    /// A look that no one said, close to its verb or not.
    pub(crate) fn new(tense: Tense, close: bool) -> Self {
        Self { tense, close, report: false, limit: false, habit: false }
    }
}

/// How a sentence turns back from a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// "had been": before it or early in it.
    Had,
    /// "since": before what was told last.
    Since,
}

/// A date that was told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Told {
    /// What it is.
    pub(crate) point: Point,
    /// Where the range starts that it ends.
    pub(crate) since: Option<Point>,
    /// The clock time told with it.
    pub(crate) time: Option<Moment>,
    /// Where it stands.
    pub(crate) range: TextRange,
    /// Whether its year was in the words, or was taken from a date whose year was.
    pub(crate) dated: bool,
    /// Whether it is late in its day: an early hour told next is one of the next.
    pub(crate) late: bool,
}

/// What stands between the last date told and what is read, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Behind {
    /// A comma.
    Comma,
    /// As much as in "on Tuesday, at noon".
    Words,
    /// The rest of a sentence.
    Sentence,
    /// Little enough for the date to govern what follows.
    Near,
    /// More than that, or there is none.
    Far,
}

/// Bytes from a day to a year told aside, at most.
const ASIDE: u32 = 240;

/// What one expression is read against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene<'a> {
    /// The day or time the text speaks from.
    pub(crate) reference: Option<Moment>,
    /// The last date told.
    pub(crate) told: Option<Told>,
    /// Whether dates follow one another rather than the reference.
    pub(crate) narrative: bool,
    /// Whether it is a short message, which tells what is on more than what was.
    pub(crate) colloquial: bool,
    /// Which way the sentence looks.
    pub(crate) look: Option<Look>,
    /// What the sentence tells of a story, if the date is of what was before.
    pub(crate) back: Option<Back>,
    /// Whether an incomplete date cannot lie before the last one told, as in a range.
    pub(crate) strict: bool,
    /// The day that a clock time is of: the date told last, or in a log the last day told.
    pub(crate) day: Option<Told>,
    /// The last day told, where it stands close enough for days to be counted from it.
    pub(crate) last_day: Option<Told>,
    /// The last day told that is not ahead, where it stands as close.
    pub(crate) past_day: Option<Told>,
    /// The last day on which someone was told to speak, where it stands as close.
    pub(crate) spoken: Option<Told>,
    /// The last quarter told, where it stands close enough to be "the quarter".
    pub(crate) period: Option<Told>,
    /// How far behind the last date told stands.
    pub(crate) behind: Behind,
    /// Whether it stands so close that a far year governs what follows.
    pub(crate) near_far: bool,
    /// Whether a report has turned from a quarter to more of the year.
    pub(crate) longer: bool,
    /// Whether the last quarter told stands close.
    pub(crate) near_period: bool,
    /// The country the text speaks from.
    pub(crate) country: Option<&'a str>,
    /// Named days.
    pub(crate) holidays: &'a [NamedDay],
}

/// A date to count from.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    /// What is counted from.
    pub(crate) point: Point,
    /// Its clock time.
    pub(crate) time: Option<Moment>,
    /// Its first day.
    pub(crate) day: Date,
    /// Where it comes from.
    pub(crate) anchor: Anchor,
    /// Whether it is a date of the text.
    pub(crate) told: bool,
}

impl Scene<'_> {
    /// Which way the sentence looks.
    pub(crate) fn tense(&self) -> Option<Tense> {
        self.look.map(|look| look.tense)
    }

    /// Whether the date is one that something lasts until.
    pub(crate) fn is_limit(&self) -> bool {
        self.look.is_some_and(|look| look.limit)
    }

    /// Which way a verb that surely governs the date looks.
    pub(crate) fn sure_tense(&self) -> Option<Tense> {
        self.look.filter(|look| look.close).map(|look| look.tense)
    }

    /// The reference as a base.
    pub(crate) fn now(&self) -> Option<Base> {
        let reference = self.reference?;
        let time = reference.is_time().then_some(reference);
        Some(Base {
            point: Point::Day(reference.day()),
            time,
            day: reference.day(),
            anchor: Anchor::Reference(reference),
            told: false,
        })
    }

    /// The last date told as a base.
    pub(crate) fn earlier(&self) -> Option<Base> {
        let told = self.told?;
        Some(Base {
            point: told.point,
            time: told.time,
            day: told.point.first()?,
            anchor: Anchor::Earlier(told.range),
            told: true,
        })
    }

    /// What `from` counts from.
    pub(crate) fn base(&self, from: From) -> Option<Base> {
        match from {
            From::Looked if self.narrative => self.earlier().or_else(|| self.now()),
            From::Reference if self.narrative => self.now().or_else(|| self.earlier()),
            From::Reference | From::Looked => self.now(),
            From::Told => self.earlier().or_else(|| self.now()),
            From::That => self.earlier(),
            From::Governed if self.is_governed() && self.tense() != Some(Tense::Future) => {
                self.earlier()
            }
            From::Auto | From::Governed if self.narrative => self.earlier().or_else(|| self.now()),
            From::Auto | From::Governed => self.now(),
        }
    }

    /// What `n` units are counted from: nothing where the sentence looks back on what is later
    /// than something that no date was told for, as that lies before the reference.
    pub(crate) fn counted(&self, from: From, n: i32, unit: Grain) -> Option<Base> {
        // "on May 3 … in 2019. Two days later": no year holds them.
        let aside = |day: Told| {
            let year = self.told.filter(|told| told.point.grain() > Grain::Month);
            year.is_some_and(|year| year.range.start().saturating_sub(day.range.end()) < ASIDE)
        };
        let day = self.last_day.filter(|_| from.is_told() && unit <= Grain::Week);
        // "Last week they left … at a meeting a day earlier": no day of that week.
        let coarse = self.told.is_some_and(|told| told.point.grain() > Grain::Day);
        let coarse = coarse && unit == Grain::Day && !self.narrative && from == From::Told;
        let day = day.filter(|day| coarse || aside(*day));
        let base = match day {
            Some(day) => Self { told: Some(day), ..*self }.earlier()?,
            None if coarse => self.now()?,
            None => self.base(from)?,
        };
        let lost = from == From::Told && !base.told && n > 0;
        (!lost || self.tense() != Some(Tense::Past)).then_some(base)
    }

    /// What an incomplete date is read against: the last date told in a narrative, or
    /// where a far year was just told; else the reference.
    pub(crate) fn frame(&self) -> Option<Base> {
        if self.narrative {
            return self.earlier().or_else(|| self.now());
        }
        let ahead = self.tense() == Some(Tense::Future) && !self.is_limit();
        if self.is_governed() && !ahead { self.earlier() } else { self.now() }
    }

    /// Whether the sentence looks back, and what was told lies ahead.
    pub(crate) fn contradicts(&self, told: Point) -> bool {
        let now = self.reference.map(|reference| reference.day());
        let ahead = told.first().zip(now).is_some_and(|(day, now)| day > now);
        ahead && self.behind > Behind::Words && !self.narrative && self.tense() == Some(Tense::Past)
    }

    /// Whether a date of an earlier year was just told.
    fn is_governed(&self) -> bool {
        let year = self.reference.map(|reference| i32::from(reference.day().year()));
        let past =
            |told: Point| told.year().is_some_and(|told| year.is_none_or(|year| told < year));
        self.near_far
            && self.told.is_some_and(|told| {
                let said = told.dated
                    || told.point.grain() == Grain::Year && self.behind <= Behind::Sentence;
                said && past(told.point)
            })
    }
}
