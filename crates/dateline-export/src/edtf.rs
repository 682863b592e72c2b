//! Dates as EDTF (Extended Date/Time Format, ISO 8601-2:2019, level 1).

use dateline_model::{Interval, Moment};
use jiff::civil::Date;

/// `interval` as EDTF: a day, a whole month or year, an interval, an unknown start
/// `/2025-06-03`; empty where nothing is known. `approximate` adds `~`, which EDTF has for
/// dates only: about a clock time is about its day.
pub fn write(interval: Interval, approximate: bool) -> String {
    let mark = if approximate { "~" } else { "" };
    match (interval.earliest(), interval.latest()) {
        (None, None) => String::new(),
        (Some(from), None) => format!("{}{mark}/", date(from.day())),
        (None, Some(to)) => format!("/{}{mark}", date(to.day())),
        (Some(from), Some(to)) if approximate && from == to => format!("{}~", date(from.day())),
        (Some(from), Some(to)) => match unit(from, to) {
            Some(unit) => format!("{unit}{mark}"),
            // EDTF has intervals of dates only, without clock times.
            None => format!("{}{mark}/{}{mark}", date(from.day()), date(to.day())),
        },
    }
}

/// The one unit that the bounds are: a moment, a day, a month, a year.
fn unit(from: Moment, to: Moment) -> Option<String> {
    if from == to {
        return Some(point(from));
    }
    let (first, last) = (from.day(), to.day());
    if first == last {
        return Some(date(first));
    }
    let month = first.first_of_month() == first && first.last_of_month() == last;
    let year = first.first_of_year() == first && first.last_of_year() == last;
    if year {
        Some(year_of(first))
    } else if month {
        Some(format!("{}-{:02}", year_of(first), first.month()))
    } else {
        None
    }
}

/// A moment: a day, or a time. EDTF has no clock time without seconds.
pub(crate) fn point(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => date(day),
        Moment::Time { at, offset } => {
            let whole = Moment::Time { at, offset }.to_string();
            if at.second() != 0 {
                return whole;
            }
            let clock = date(at.date()).len() + "Thh:mm".len();
            let (minute, zone) = whole.split_at_checked(clock).unwrap_or((&whole, ""));
            format!("{minute}:00{zone}")
        }
    }
}

fn date(day: Date) -> String {
    format!("{}-{:02}-{:02}", year_of(day), day.month(), day.day())
}

/// Four digits, with a minus in front of those before the year 0.
fn year_of(day: Date) -> String {
    let sign = if day.year() < 0 { "-" } else { "" };
    format!("{sign}{:04}", day.year().unsigned_abs())
}
