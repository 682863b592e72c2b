//! Zones of clock times: minutes east of UTC, and where clocks go forward in summer, the
//! rule by which they do. The rules are the law since 1967 in the United States and since
//! 1996 in Europe; before that a zone with a summer has no offset here.

use jiff::civil::{Date, DateTime, Weekday};

/// A zone as the words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone {
    /// Minutes east of UTC in winter.
    standard: i16,
    summer: Option<Summer>,
}

/// Whose law puts clocks an hour forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Summer {
    America,
    Europe,
}

impl Zone {
    /// A zone that is the same all year, as "EST" and "UTC+3" are.
    pub(crate) fn fixed(minutes: i16) -> Self {
        Self { standard: minutes, summer: None }
    }

    /// The zone of a cell: `america -300`, `europe 60`.
    pub(crate) fn read(cell: &str) -> Option<Self> {
        let (law, minutes) = cell.split_once(' ')?;
        // Greenwich's hour of one is an hour of the same day there.
        let (summer, fits) = match law {
            "america" => (Summer::America, -720..=840),
            "europe" => (Summer::Europe, -60..=840),
            _ => return None,
        };
        let standard = minutes.parse().ok().filter(|minutes| fits.contains(minutes))?;
        Some(Self { standard, summer: Some(summer) })
    }

    /// Minutes east of UTC, where they do not depend on the day.
    pub(crate) fn offset(self) -> Option<i16> {
        self.summer.is_none().then_some(self.standard)
    }

    /// Minutes east of UTC when its clocks show `at`; `None` where the law is not known.
    pub(crate) fn offset_at(self, at: DateTime) -> Option<i16> {
        let Some(summer) = self.summer else { return Some(self.standard) };
        let (from, to) = match summer {
            Summer::America => america(at.year())?,
            Summer::Europe => europe(at.year(), self.standard)?,
        };
        Some(self.standard + if (from..to).contains(&at) { 60 } else { 0 })
    }
}

/// When clocks in the United States go forward and when back, at two by their own time.
fn america(year: i16) -> Option<(DateTime, DateTime)> {
    let (from, to) = match year {
        2007.. => (sunday(year, 3, 2)?, sunday(year, 11, 1)?),
        1987.. => (sunday(year, 4, 1)?, sunday(year, 10, -1)?),
        1967.. => (sunday(year, 4, -1)?, sunday(year, 10, -1)?),
        _ => return None,
    };
    Some((from.at(2, 0, 0, 0), to.at(2, 0, 0, 0)))
}

/// When clocks in Europe go forward and when back, at one by that of Greenwich.
fn europe(year: i16, standard: i16) -> Option<(DateTime, DateTime)> {
    let hour = i8::try_from(standard / 60 + 1).ok()?;
    let (from, to) = (sunday(year, 3, -1)?, sunday(year, 10, -1)?);
    (year >= 1996).then(|| (from.at(hour, 0, 0, 0), to.at(hour + 1, 0, 0, 0)))
}

/// The `nth` Sunday of a month, -1 for the last.
fn sunday(year: i16, month: i8, nth: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Sunday).ok()
}
