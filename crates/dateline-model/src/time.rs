//! Days, instants and the intervals between them. No clock is read and no calendar
//! rule of news is known here.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// A bound in time: a civil day, or a clock time on one with the offset where it is
/// known. Prints as `YYYY-MM-DD` or `YYYY-MM-DDThh:mm[:ss][Z|±hh:mm]` (ISO 8601).
///
/// Order is that of the civil time as told, a whole day before the times on it; offsets
/// only break ties, so that the order is total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// A whole civil day.
    Day(Date),
    /// A clock time; `offset` in minutes east of UTC, `None` where the zone is unknown.
    Time {
        /// The civil date and time as told.
        at: DateTime,
        /// Minutes east of UTC.
        offset: Option<i16>,
    },
}

/// Text that is no [`Moment`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MomentError {
    /// What was read.
    pub text: String,
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no day (2025-06-03) and no time (2025-06-03T14:00+02:00)", self.text)
    }
}

impl std::error::Error for MomentError {}

impl Moment {
    /// The civil day, as told: an offset never moves it.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Time { at, .. } => at.date(),
        }
    }

    /// The civil date and time; a whole day counts from its midnight.
    pub fn datetime(self) -> DateTime {
        match self {
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::Time { at, .. } => at,
        }
    }

    /// Whether it is a clock time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Time { .. })
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |moment: &Self| match moment {
            Self::Day(_) => (moment.datetime(), false, None),
            Self::Time { offset, .. } => (moment.datetime(), true, *offset),
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Time { at, offset } => {
                write!(f, "{}T{:02}:{:02}", at.date(), at.hour(), at.minute())?;
                if at.second() != 0 {
                    write!(f, ":{:02}", at.second())?;
                }
                match offset {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(minutes) => {
                        let sign = if *minutes < 0 { '-' } else { '+' };
                        let minutes = minutes.unsigned_abs();
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read_moment(text.trim()).ok_or_else(|| MomentError { text: text.to_string() })
    }
}

fn read_moment(text: &str) -> Option<Moment> {
    let date = text.get(..10)?;
    if !date.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    }) {
        return None;
    }
    let number = |words: &str| words.parse::<i16>().ok();
    let month = i8::try_from(number(date.get(5..7)?)?).ok()?;
    let day = i8::try_from(number(date.get(8..10)?)?).ok()?;
    let date = Date::new(number(date.get(..4)?)?, month, day).ok()?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(Moment::Day(date));
    }
    let clock = rest.strip_prefix(['T', ' '])?;
    let cut = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(cut);
    let mut parts = clock.split(':');
    let mut two = || {
        let part = parts.next()?;
        (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten()
    };
    let (hour, minute) = (two()?, two()?);
    let second = if clock.len() > 5 { two()? } else { 0 };
    if parts.next().is_some() {
        return None;
    }
    let at = date.to_datetime(Time::new(hour, minute, second, 0).ok()?);
    let offset = match zone {
        "" => None,
        "Z" => Some(0),
        _ => Some(read_offset(zone)?),
    };
    Some(Moment::Time { at, offset })
}

fn read_offset(zone: &str) -> Option<i16> {
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

impl TryFrom<String> for Moment {
    type Error = MomentError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl From<Date> for Moment {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

/// Bounds in time, both inclusive, either unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Interval {
    earliest: Option<Moment>,
    latest: Option<Moment>,
}

impl Interval {
    /// Nothing known.
    pub const UNKNOWN: Self = Self { earliest: None, latest: None };

    /// The interval between two bounds, or `None` where they are out of order by day.
    pub fn new(earliest: Option<Moment>, latest: Option<Moment>) -> Option<Self> {
        let ordered = match (earliest, latest) {
            (Some(earliest), Some(latest)) => earliest.day() <= latest.day(),
            _ => true,
        };
        ordered.then_some(Self { earliest, latest })
    }

    /// One whole day.
    pub fn day(day: Date) -> Self {
        Self::point(Moment::Day(day))
    }

    /// One moment.
    pub fn point(moment: Moment) -> Self {
        Self { earliest: Some(moment), latest: Some(moment) }
    }

    /// Not before.
    pub fn earliest(self) -> Option<Moment> {
        self.earliest
    }

    /// Not after.
    pub fn latest(self) -> Option<Moment> {
        self.latest
    }

    /// The same interval in whole days.
    #[must_use]
    pub fn in_days(self) -> Self {
        let day = |moment: Moment| Moment::Day(moment.day());
        Self { earliest: self.earliest.map(day), latest: self.latest.map(day) }
    }

    /// Whether neither bound is known.
    pub fn is_unknown(self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// Whether both bounds lie on the same day.
    pub fn is_one_day(self) -> bool {
        matches!((self.earliest, self.latest), (Some(a), Some(b)) if a.day() == b.day())
    }

    /// Whether `day` may lie inside.
    pub fn contains_day(self, day: Date) -> bool {
        self.earliest.is_none_or(|earliest| earliest.day() <= day)
            && self.latest.is_none_or(|latest| day <= latest.day())
    }

    /// Whether every day of `other` lies inside; an unknown bound holds everything.
    pub fn contains(self, other: Self) -> bool {
        let from = match (self.earliest, other.earliest) {
            (Some(ours), Some(theirs)) => ours.day() <= theirs.day(),
            (ours, _) => ours.is_none(),
        };
        let to = match (self.latest, other.latest) {
            (Some(ours), Some(theirs)) => theirs.day() <= ours.day(),
            (ours, _) => ours.is_none(),
        };
        from && to
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let before = |a: Option<Moment>, b: Option<Moment>| match (a, b) {
            (Some(latest), Some(earliest)) => latest.day() < earliest.day(),
            _ => false,
        };
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// The smallest interval that holds both; a bound unknown in either is unknown.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let both = |a: Option<Moment>, b: Option<Moment>, pick: fn(Moment, Moment) -> Moment| {
            Some(pick(a?, b?))
        };
        Self {
            earliest: both(self.earliest, other.earliest, Ord::min),
            latest: both(self.latest, other.latest, Ord::max),
        }
    }

    /// The days that both hold, or `None` where they share none.
    pub fn narrow(self, other: Self) -> Option<Self> {
        let either =
            |a: Option<Moment>, b: Option<Moment>, pick: fn(Moment, Moment) -> Moment| match (a, b)
            {
                (Some(a), Some(b)) => Some(pick(a, b)),
                (a, b) => a.or(b),
            };
        let earliest = either(self.earliest, other.earliest, Ord::max);
        Self::new(earliest, either(self.latest, other.latest, Ord::min))
    }
}

/// How fine a date expression speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// Morning, afternoon, evening, night.
    PartOfDay,
    /// A civil day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Grain {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::PartOfDay => "part-of-day",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Millennium => "millennium",
        }
    }
}
