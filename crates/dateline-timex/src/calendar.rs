//! Whole units of the calendar, as days, weeks, months and centuries: their TIMEX3
//! values, their bounds, and the steps from one to the next.

use std::fmt::{self, Display};

use dateline_model::Grain;
use jiff::Span;
use jiff::civil::Date;

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// A day.
    Day(Date),
    /// A weekend, by its Saturday.
    Weekend(Date),
    /// An ISO week, by its Monday.
    Week(Date),
    /// Year and month.
    Month(i32, i8),
    /// Year and quarter.
    Quarter(i32, i8),
    /// Year and season, 0 spring to 3 winter; winter is named by its December.
    Season(i32, i8),
    /// Year and half.
    Half(i32, i8),
    /// A year; 0 is 1 BC.
    Year(i32),
    /// A year divided by ten.
    Decade(i32),
    /// A year divided by a hundred.
    Century(i32),
    /// A year divided by a thousand.
    Millennium(i32),
}

/// The day `n` days from `date`.
pub(crate) fn days(date: Date, n: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// The month `n` months from year and month.
fn months(year: i32, month: i8, n: i64) -> Option<(i32, i8)> {
    let all = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(n)?;
    Some((i32::try_from(all.div_euclid(12)).ok()?, i8::try_from(all.rem_euclid(12) + 1).ok()?))
}

/// The date, where there is one.
pub(crate) fn date(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

fn monday(day: Date) -> Option<Date> {
    days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

fn steps(part: i8, year: i32, per_year: i64, n: i64) -> Option<(i32, i8)> {
    let all = (i64::from(year) * per_year + i64::from(part)).checked_add(n)?;
    Some((
        i32::try_from(all.div_euclid(per_year)).ok()?,
        i8::try_from(all.rem_euclid(per_year)).ok()?,
    ))
}

impl Point {
    /// The unit of `grain` that holds `day`; parts of a day give the day.
    pub(crate) fn holding(grain: Grain, day: Date) -> Option<Self> {
        let (year, month) = (i32::from(day.year()), day.month());
        Some(match grain {
            Grain::Second | Grain::Minute | Grain::Hour | Grain::PartOfDay | Grain::Day => {
                Self::Day(day)
            }
            Grain::Weekend => Self::Weekend(days(monday(day)?, 5)?),
            Grain::Week => Self::Week(monday(day)?),
            Grain::Month => Self::Month(year, month),
            Grain::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Grain::Season if month < 3 => Self::Season(year - 1, 3),
            Grain::Season => Self::Season(year, month / 3 - 1),
            Grain::Half => Self::Half(year, (month - 1) / 6 + 1),
            Grain::Year => Self::Year(year),
            Grain::Decade => Self::Decade(year.div_euclid(10)),
            Grain::Century => Self::Century(year.div_euclid(100)),
            Grain::Millennium => Self::Millennium(year.div_euclid(1000)),
        })
    }

    /// How fine it is.
    pub(crate) fn grain(self) -> Grain {
        match self {
            Self::Day(_) => Grain::Day,
            Self::Weekend(_) => Grain::Weekend,
            Self::Week(_) => Grain::Week,
            Self::Month(..) => Grain::Month,
            Self::Quarter(..) => Grain::Quarter,
            Self::Season(..) => Grain::Season,
            Self::Half(..) => Grain::Half,
            Self::Year(_) => Grain::Year,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
            Self::Millennium(_) => Grain::Millennium,
        }
    }

    /// The unit `n` after it.
    pub(crate) fn step(self, n: i64) -> Option<Self> {
        // No further than a thousand million: sums of two never leave the type.
        let plus = |year: i32| {
            let sum = i64::from(year).checked_add(n)?;
            i32::try_from(sum).ok().filter(|sum| sum.abs() <= 1_000_000_000)
        };
        Some(match self {
            Self::Day(day) => Self::Day(days(day, n)?),
            Self::Weekend(day) => Self::Weekend(days(day, n.checked_mul(7)?)?),
            Self::Week(day) => Self::Week(days(day, n.checked_mul(7)?)?),
            Self::Month(year, month) => {
                let (year, month) = months(year, month, n)?;
                Self::Month(year, month)
            }
            Self::Quarter(year, quarter) => {
                let (year, quarter) = steps(quarter - 1, year, 4, n)?;
                Self::Quarter(year, quarter + 1)
            }
            Self::Season(year, season) => {
                let (year, season) = steps(season, year, 4, n)?;
                Self::Season(year, season)
            }
            Self::Half(year, half) => {
                let (year, half) = steps(half - 1, year, 2, n)?;
                Self::Half(year, half + 1)
            }
            Self::Year(year) => Self::Year(plus(year)?),
            Self::Decade(decade) => Self::Decade(plus(decade)?),
            Self::Century(century) => Self::Century(plus(century)?),
            Self::Millennium(millennium) => Self::Millennium(plus(millennium)?),
        })
    }

    /// First and last day; `None` past the calendar.
    pub(crate) fn bounds(self) -> Option<(Date, Date)> {
        let span = |from: i32, to: i32| Some((date(from, 1, 1)?, date(to, 12, 31)?));
        let months = |year: i32, month: i8, n: i64| {
            let (to_year, to_month) = months(year, month, n - 1)?;
            Some((date(year, month, 1)?, date(to_year, to_month, 1)?.last_of_month()))
        };
        Some(match self {
            Self::Day(day) => (day, day),
            Self::Weekend(day) => (day, days(day, 1)?),
            Self::Week(day) => (day, days(day, 6)?),
            Self::Month(year, month) => months(year, month, 1)?,
            Self::Quarter(year, quarter) => {
                months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3)?
            }
            Self::Season(year, season) => months(year, season.checked_mul(3)?.checked_add(3)?, 3)?,
            Self::Half(year, half) => months(year, half.checked_mul(6)?.checked_sub(5)?, 6)?,
            Self::Year(year) => span(year, year)?,
            Self::Decade(decade) => {
                span(decade.checked_mul(10)?, decade.checked_mul(10)?.checked_add(9)?)?
            }
            Self::Century(century) => {
                span(century.checked_mul(100)?, century.checked_mul(100)?.checked_add(99)?)?
            }
            Self::Millennium(n) => {
                span(n.checked_mul(1000)?, n.checked_mul(1000)?.checked_add(999)?)?
            }
        })
    }

    /// First day.
    pub(crate) fn first(self) -> Option<Date> {
        self.bounds().map(|(first, _)| first)
    }

    /// The year it lies in, where it lies in one.
    pub(crate) fn year(self) -> Option<i32> {
        match self {
            Self::Day(day) | Self::Weekend(day) | Self::Week(day) => Some(i32::from(day.year())),
            Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Season(year, _)
            | Self::Half(year, _)
            | Self::Year(year) => Some(year),
            _ => None,
        }
    }

    /// The TIMEX3 value.
    pub(crate) fn value(self) -> String {
        let year = year_value(self.year().unwrap_or_default());
        let week = |day: Date| {
            let iso = day.iso_week_date();
            format!("{}-W{:02}", year_value(i32::from(iso.year())), iso.week())
        };
        match self {
            Self::Day(day) => format!("{year}-{:02}-{:02}", day.month(), day.day()),
            Self::Weekend(day) => week(day) + "-WE",
            Self::Week(day) => week(day),
            Self::Month(_, month) => format!("{year}-{month:02}"),
            Self::Quarter(_, quarter) => format!("{year}-Q{quarter}"),
            Self::Season(_, season) => format!("{year}-{}", season_code(season)),
            Self::Half(_, half) => format!("{year}-H{half}"),
            Self::Year(_) => year.to_string(),
            Self::Decade(decade) if decade < 0 => format!("BC{:03}", -decade - 1),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) if century < 0 => format!("BC{:02}", -century - 1),
            Self::Century(century) => format!("{century:02}"),
            Self::Millennium(millennium) => format!("{millennium}"),
        }
    }
}

/// A year as TIMEX3 writes it.
pub(crate) fn year_value(year: i32) -> impl Display {
    fmt::from_fn(move |f| match year {
        ..=0 => write!(f, "BC{:04}", 1 - i64::from(year)),
        1.. => write!(f, "{year:04}"),
    })
}

/// A season as TIMEX3 writes it.
pub(crate) fn season_code(season: i8) -> &'static str {
    match season {
        0 => "SP",
        1 => "SU",
        2 => "FA",
        _ => "WI",
    }
}
