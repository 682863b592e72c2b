//! The scale of the overview: which days it is drawn over, where it is broken, and its
//! ticks. All in whole days and hundredths of a percent, so that the page is the same
//! everywhere.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::dates::Calendar;

/// How far off the middle half of the days another may lie, in widths of that half.
const FAR: i64 = 2;
/// The least that counts as far, in days.
const LEAST: i64 = 14;
/// The scale is broken only where that makes it so many times finer.
const FINER: i64 = 3;

/// The day as a number that counts days.
pub(super) fn number(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The day of a number.
pub(super) fn day(number: i64) -> Date {
    let days = SignedDuration::from_hours(number * 24);
    date(1970, 1, 1).checked_add(days).unwrap_or(Date::MAX)
}

/// Which of the sorted `days` lie on the scale, as a range of indices. All do, unless few
/// at an end lie so far off that the others would be drawn as one stroke.
pub(super) fn window(days: &[i64]) -> (usize, usize) {
    let all = (0, days.len());
    let trim = (days.len() / 4).max(1);
    let quarter = |at: Option<usize>| at.and_then(|at| days.get(at)).copied();
    let (low, high) = (quarter(Some(trim)), quarter(days.len().checked_sub(1 + trim)));
    let (Some(low), Some(high)) = (low, high) else { return all };
    let far = (FAR * (high - low)).max(LEAST);
    let from = days.partition_point(|day| *day < low - far);
    let to = days.partition_point(|day| *day <= high + far);
    let length = |days: &[i64]| match (days.first(), days.last()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    };
    let on = length(days.get(from..to).unwrap_or_default());
    if on == 0 || on * FINER > length(days) { all } else { (from, to) }
}

/// A mark below the axis: the day it stands at, and its words.
pub(super) type Tick = (i64, String);

/// At most `most` ticks from `first` to `last`, at the first unit that is coarse enough.
pub(super) fn ticks(calendar: &Calendar, first: i64, last: i64, most: usize) -> Vec<Tick> {
    let days = [1, 2, 7, 14].map(Unit::Days);
    let months = [1, 2, 3, 6].map(Unit::Months);
    let years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map(Unit::Years);
    let units = days.into_iter().chain(months).chain(years);
    let mut coarse = units.filter(|unit| unit.is_at_most(last - first + 1, most));
    let unit = coarse.next().unwrap_or(Unit::Years(10_000));
    let mut ticks = Vec::new();
    let mut at = unit.floor(day(first));
    while number(at) <= last && ticks.len() < 2 * most + 2 {
        if number(at) >= first {
            ticks.push((number(at), unit.words(calendar, at)));
        }
        let Some(next) = unit.next(at) else { break };
        at = next;
    }
    ticks
}

/// From one tick to the next.
#[derive(Clone, Copy)]
enum Unit {
    Days(i64),
    Months(i8),
    Years(i16),
}

impl Unit {
    /// Whether there are at most `most` of it in so many days.
    fn is_at_most(self, days: i64, most: usize) -> bool {
        let length = match self {
            Self::Days(days) => days,
            Self::Months(months) => i64::from(months) * 30,
            Self::Years(years) => i64::from(years) * 365,
        };
        days <= length * i64::try_from(most).unwrap_or(i64::MAX)
    }

    /// The last tick that is not after `at`. Weeks begin on Monday.
    fn floor(self, at: Date) -> Date {
        match self {
            Self::Days(days) => {
                // Day 4 was a Monday.
                day(number(at) - (number(at) - 4).rem_euclid(days))
            }
            Self::Months(months) => {
                let month = at.month() - (at.month() - 1) % months;
                Date::new(at.year(), month, 1).unwrap_or(at)
            }
            Self::Years(years) => {
                let year = at.year() - at.year().rem_euclid(years);
                Date::new(year, 1, 1).unwrap_or(at)
            }
        }
    }

    fn next(self, at: Date) -> Option<Date> {
        match self {
            Self::Days(days) => at.checked_add(SignedDuration::from_hours(days * 24)).ok(),
            Self::Months(months) => {
                let month = at.month() + months;
                let (year, month) = if month > 12 {
                    (at.year().checked_add(1)?, month - 12)
                } else {
                    (at.year(), month)
                };
                Date::new(year, month, 1).ok()
            }
            Self::Years(years) => Date::new(at.year().checked_add(years)?, 1, 1).ok(),
        }
    }

    fn words(self, calendar: &Calendar, at: Date) -> String {
        match self {
            Self::Days(_) => calendar.short_day(at),
            Self::Months(_) => calendar.short_month(at),
            Self::Years(_) => at.year().to_string(),
        }
    }
}
