//! Named days: fixed, counted in a month, counted from Easter, of the Hebrew calendar, or
//! listed by year.

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
    /// A day of a month of the Hebrew calendar, counted from Nisan; 12 is the last month of
    /// the year, the second Adar where there are two.
    Hebrew { month: i8, day: i8 },
    /// One day of history.
    Once(Date),
    /// Listed days, the earliest first.
    Listed(Vec<Date>),
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
                ("hebrew", Some([month, day])) => Some(Self::Hebrew {
                    month: small(*month).filter(|n| (1..=12).contains(n))?,
                    day: small(*day).filter(|n| (1..=30).contains(n))?,
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
            Self::Hebrew { month, day } => {
                // A Hebrew year begins in autumn.
                let years = [i64::from(year) + 3760, i64::from(year) + 3761];
                let mut days = years.into_iter().filter_map(|known| hebrew(known, *month, *day));
                days.find(|day| day.year() == year)
            }
            Self::Once(day) => Some(*day),
            Self::Listed(list) => list.iter().copied().find(|day| day.year() == year),
        }
    }

    /// The days from one year to another; a feast of a year of the moon can fall twice in
    /// one of them.
    pub(crate) fn between(&self, first: i16, last: i16) -> Vec<Date> {
        let years = first..=last;
        match self {
            Self::Listed(list) => {
                list.iter().copied().filter(|day| years.contains(&day.year())).collect()
            }
            _ => years.filter_map(|year| self.in_year(year)).collect(),
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
fn listed(cell: &str) -> Option<Vec<Date>> {
    let days = cell.split_ascii_whitespace().map(|word| word.parse().ok());
    days.collect::<Option<Vec<Date>>>().filter(|days| days.is_sorted())
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

/// A day of the Hebrew year `year`, by the calendar's arithmetic (Reingold and Dershowitz,
/// *Calendrical Calculations*, chapter 8).
fn hebrew(year: i64, month: i8, day: i8) -> Option<Date> {
    const TISHRI: i8 = 7;
    let is_leap = (7 * year + 1).rem_euclid(19) < 7;
    let last = if is_leap { 13 } else { 12 };
    // Adar of a leap year is its second one.
    let month = if month == 12 { last } else { month };
    let start = new_year(year);
    let length = new_year(year + 1) - start;
    let days_of = |month: i8| match month {
        2 | 4 | 6 | 10 | 13 => 29,
        8 if !matches!(length, 355 | 385) => 29,
        9 if matches!(length, 353 | 383) => 29,
        12 if !is_leap => 29,
        _ => 30,
    };
    let before: i64 = match month {
        TISHRI.. => (TISHRI..month).map(days_of).sum(),
        _ => (TISHRI..=last).chain(1..month).map(days_of).sum(),
    };
    let first = Date::new(1, 1, 1).ok()?;
    days(first, i32::try_from(start + before + i64::from(day) - 2).ok()?)
}

/// The first day of the Hebrew year `year`, counted from 1 January of year 1, which is 1.
fn new_year(year: i64) -> i64 {
    const BEFORE: i64 = 1_373_427;
    let (before, own, after) = (molad(year - 1), molad(year), molad(year + 1));
    let delay = match (after - own, own - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    own + delay - BEFORE
}

/// Days from the epoch to the new moon of a Hebrew year, put off where it would begin on a
/// Sunday, Wednesday or Friday.
fn molad(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}
