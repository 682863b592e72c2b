//! Named days: fixed, counted in a month, counted from Easter, or listed by year.

use dateline_text::LexiconError;
use dateline_text::table::Row;
use jiff::Span;
use jiff::civil::Date;

/// When a named day falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// A day of a month.
    Fixed { month: i8, day: i8 },
    /// The n-th weekday of a month (-1 the last), and days after it.
    Nth { nth: i8, weekday: i8, month: i8, plus: i32 },
    /// The first such weekday on or after a day of a month.
    OnOrAfter { weekday: i8, month: i8, day: i8 },
    /// Days from Western Easter.
    Easter(i32),
    /// Days from Orthodox Easter.
    Orthodox(i32),
    /// One day of history.
    Once(Date),
    /// Listed days: year, month, day.
    Listed(Vec<(i16, i8, i8)>),
}

/// A named day, and where it falls elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct NamedDay {
    /// The day where no country is known.
    usual: Holiday,
    /// The day in some countries.
    elsewhere: Vec<(Box<str>, Holiday)>,
}

impl NamedDay {
    /// A day that is the same everywhere so far.
    pub(crate) fn new(usual: Holiday) -> Self {
        Self { usual, elsewhere: Vec::new() }
    }

    /// Adds the day of a country.
    pub(crate) fn add(&mut self, country: &str, holiday: Holiday) {
        self.elsewhere.push((country.into(), holiday));
    }

    /// The day in `country`.
    pub(crate) fn of(&self, country: Option<&str>) -> &Holiday {
        let own = self.elsewhere.iter().find(|(known, _)| Some(&**known) == country);
        own.map_or(&self.usual, |(_, holiday)| holiday)
    }
}

impl Holiday {
    /// The named day of a row: form, kind, numbers.
    pub(crate) fn read(row: Row<'_>) -> Result<Self, LexiconError> {
        let kind = row.need(1, "kind")?;
        let cell = row.need(2, "day")?;
        let numbers: Option<Vec<i32>> = cell
            .split([' ', '-'])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().ok())
            .collect();
        let small = |n: i32| i8::try_from(n).ok();
        let bad = || row.error(format!("`{kind} {cell}` is no day"));
        if kind == "listed" {
            return listed(cell).map(Self::Listed).ok_or_else(bad);
        }
        let signed = || cell.parse::<i32>().ok().filter(|n| n.abs() < 366);
        let read = || -> Option<Self> {
            match (kind, numbers.as_deref()) {
                ("easter", _) => Some(Self::Easter(signed()?)),
                ("orthodox", _) => Some(Self::Orthodox(signed()?)),
                ("fixed", Some([month, day])) => {
                    Some(Self::Fixed { month: small(*month)?, day: small(*day)? })
                }
                ("nth" | "last", Some([nth, weekday, month, rest @ ..])) => Some(Self::Nth {
                    nth: if kind == "last" { -small(*nth)? } else { small(*nth)? },
                    weekday: small(*weekday).filter(|n| (1..=7).contains(n))?,
                    month: small(*month)?,
                    plus: rest.first().copied().unwrap_or(0),
                }),
                ("onorafter", Some([weekday, month, day])) => Some(Self::OnOrAfter {
                    weekday: small(*weekday).filter(|n| (1..=7).contains(n))?,
                    month: small(*month)?,
                    day: small(*day)?,
                }),
                ("once", Some([year, month, day])) => Some(Self::Once(
                    Date::new(i16::try_from(*year).ok()?, small(*month)?, small(*day)?).ok()?,
                )),
                _ => None,
            }
        };
        let out = read().ok_or_else(bad)?;
        if !matches!(out, Self::Once(_) | Self::Listed(_)) && out.in_year(2024).is_none() {
            return Err(bad());
        }
        Ok(out)
    }

    /// The day in `year`.
    pub(crate) fn in_year(&self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, *month, *day).ok(),
            Self::Nth { nth, weekday, month, plus } => {
                let first = Date::new(year, *month, 1).ok()?;
                let day = if *nth < 0 {
                    let last = first.last_of_month();
                    let back = (i32::from(last.weekday().to_monday_one_offset())
                        - i32::from(*weekday))
                    .rem_euclid(7);
                    days(last, -back - 7 * (i32::from(-*nth) - 1))?
                } else {
                    let ahead = (i32::from(*weekday)
                        - i32::from(first.weekday().to_monday_one_offset()))
                    .rem_euclid(7);
                    days(first, ahead + 7 * (i32::from(*nth) - 1))?
                };
                days(day, *plus)
            }
            Self::OnOrAfter { weekday, month, day } => {
                let first = Date::new(year, *month, *day).ok()?;
                let ahead = (i32::from(*weekday)
                    - i32::from(first.weekday().to_monday_one_offset()))
                .rem_euclid(7);
                days(first, ahead)
            }
            Self::Easter(plus) => days(easter(year)?, *plus),
            Self::Orthodox(plus) => days(orthodox(year)?, *plus),
            Self::Once(day) => Some(*day),
            Self::Listed(list) => list
                .iter()
                .find(|(known, _, _)| *known == year)
                .and_then(|(year, month, day)| Date::new(*year, *month, *day).ok()),
        }
    }

    /// Whether it fell only once.
    pub(crate) fn once(&self) -> Option<Date> {
        match self {
            Self::Once(day) => Some(*day),
            _ => None,
        }
    }
}

/// `2024-02-10 2025-01-29 …`
fn listed(cell: &str) -> Option<Vec<(i16, i8, i8)>> {
    cell.split_ascii_whitespace()
        .map(|word| {
            let date: Date = word.parse().ok()?;
            Some((date.year(), date.month(), date.day()))
        })
        .collect()
}

fn days(date: Date, n: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// Western Easter, by the Gregorian computus.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Orthodox Easter: the Julian computus, told in the Gregorian calendar.
fn orthodox(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian =
        Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    days(julian, y / 100 - y / 400 - 2)
}
