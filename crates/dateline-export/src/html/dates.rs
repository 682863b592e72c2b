//! Days, moments and intervals in words, with the `time` elements that machines read. The
//! names of months and days are those of a table; nothing is computed but what is shown.

use dateline_model::{Event, Interval, Moment, Shape};
use jiff::civil::{Date, DateTime};

use super::say;

const TABLE: &str = include_str!("../../data/en/calendar.tsv");

/// The names of months and days.
#[derive(Debug)]
pub(super) struct Calendar {
    rows: Vec<[&'static str; 4]>,
}

impl Calendar {
    /// Reads the table.
    pub(super) fn new() -> Self {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut cells = line.split('\t');
            Some([cells.next()?, cells.next()?, cells.next()?, cells.next()?])
        });
        Self { rows: rows.collect() }
    }

    fn name(&self, unit: &str, number: i8) -> [&'static str; 2] {
        let number = number.to_string();
        let row = self.rows.iter().find(|row| row[0] == unit && row[1] == number);
        row.map_or(["?"; 2], |row| [row[2], row[3]])
    }

    /// "2 June 2025".
    pub(super) fn day(&self, day: Date) -> String {
        format!("{} {}", day.day(), self.month(day))
    }

    /// "June 2025".
    pub(super) fn month(&self, day: Date) -> String {
        format!("{} {}", self.name("month", day.month())[0], day.year())
    }

    /// "2 Jun".
    pub(super) fn short_day(&self, day: Date) -> String {
        format!("{} {}", day.day(), self.name("month", day.month())[1])
    }

    /// "Jun 2025".
    pub(super) fn short_month(&self, day: Date) -> String {
        format!("{} {}", self.name("month", day.month())[1], day.year())
    }

    /// "Monday".
    pub(super) fn weekday(&self, day: Date) -> &'static str {
        self.name("day", day.weekday().to_monday_one_offset())[0]
    }

    /// "2 to 4 June 2025", "30 May to 2 June 2025", "2 June 2025".
    pub(super) fn days(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.day(last);
        }
        format!("{} to {}", self.first_of(first, last), self.day(last))
    }

    /// Two days in words, or only their years where they lie far apart.
    pub(super) fn span(&self, first: Date, last: Date) -> String {
        if last.year() - first.year() < 2 {
            return self.days(first, last);
        }
        format!("{} to {}", first.year(), last.year())
    }

    /// The first of two days without what it shares with the last.
    fn first_of(&self, first: Date, last: Date) -> String {
        if first.year() != last.year() {
            self.day(first)
        } else if first.month() != last.month() {
            format!("{} {}", first.day(), self.name("month", first.month())[0])
        } else {
            first.day().to_string()
        }
    }

    /// A moment in words.
    fn moment(&self, moment: Moment) -> String {
        match moment {
            Moment::Day(day) => self.day(day),
            Moment::Time { at, offset } => {
                format!("{}, {}{}", self.day(at.date()), clock(at), zone(offset))
            }
        }
    }

    /// A moment as HTML.
    pub(super) fn time(&self, moment: Moment) -> String {
        tag(&moment.to_string(), &self.moment(moment), moment.day())
    }

    /// An interval as HTML: a day, a unit, two ends, one end, or that it is not known.
    pub(super) fn interval(&self, interval: Interval) -> String {
        match (interval.earliest(), interval.latest()) {
            (None, None) => say::DAY_UNKNOWN.to_string(),
            (Some(from), None) => format!("not before {}", self.time(from)),
            (None, Some(to)) => format!("not after {}", self.time(to)),
            (Some(from), Some(to)) if from == to => self.time(from),
            (Some(from), Some(to)) => {
                self.unit(interval).unwrap_or_else(|| self.ends(from, to).join(" to "))
            }
        }
    }

    /// Two different moments as HTML, the first without the words that the last says again.
    fn ends(&self, from: Moment, to: Moment) -> [String; 2] {
        let (first, last) = (from.day(), to.day());
        match (from, to) {
            (Moment::Time { .. }, Moment::Time { at, offset }) if first == last => {
                let words = format!("{}{}", clock(at), zone(offset));
                [self.time(from), tag(&to.to_string(), &words, last)]
            }
            (Moment::Day(_), Moment::Day(_)) => {
                [tag(&from.to_string(), &self.first_of(first, last), first), self.time(to)]
            }
            _ => [self.time(from), self.time(to)],
        }
    }

    /// The one month or year that an interval is, as HTML.
    fn unit(&self, interval: Interval) -> Option<String> {
        let (from, to) = (interval.earliest()?, interval.latest()?);
        let (first, last) = (from.day(), to.day());
        if from.is_time() || to.is_time() {
            return None;
        }
        if first.first_of_year() == first && first.last_of_year() == last {
            let year = format!("{:04}", first.year());
            return Some(tag(&year, &first.year().to_string(), first));
        }
        let month = first.first_of_month() == first && first.last_of_month() == last;
        month.then(|| {
            let value = format!("{:04}-{:02}", first.year(), first.month());
            tag(&value, &self.month(first), first)
        })
    }

    /// When an event was, as HTML, with what is uncertain in words.
    pub(super) fn when(&self, event: &Event) -> String {
        let when = &event.when;
        if when.interval.is_unknown() {
            let shown = when.placed.map_or(String::new(), |_| format!(", {}", say::SHOWN_BY_PAGE));
            return format!("<b>{}</b>{shown}", say::DAY_UNKNOWN);
        }
        let about = if when.approximate { say::ABOUT } else { "" };
        let days = format!("{about}{}", self.interval(when.interval));
        match (when.interval.earliest(), when.interval.latest()) {
            (Some(from), Some(to)) if from.day() != to.day() => {
                format!("<b>{} {days}</b>", self.extent(event))
            }
            _ => format!("<b>{days}</b>"),
        }
    }

    /// Whether an event of more than one day took all of them, or a time among them.
    fn extent(&self, event: &Event) -> &'static str {
        match (event.when.shape, self.unit(event.when.interval)) {
            (Shape::Throughout, _) => say::THROUGHOUT,
            (Shape::Within, Some(_)) => say::IN,
            (Shape::Within, None) => say::FROM,
        }
    }

    /// The heading of the events placed under `day`, as HTML. It is the day where one of
    /// them was then or has no bounds; else the span they share, or the day as a limit.
    pub(super) fn heading(&self, day: Date, events: &[&Event]) -> String {
        let wider = |event: &&Event| {
            let interval = event.when.interval;
            interval.earliest().is_some_and(|first| first.day() < day)
        };
        if !events.iter().all(wider) {
            let words = format!("{} <b>{}</b>", self.weekday(day), self.day(day));
            return tag(&day.to_string(), &words, day);
        }
        let mut intervals = events.iter().map(|event| event.when.interval);
        let first = intervals.next().unwrap_or_default();
        if intervals.all(|interval| interval == first) {
            let lead = if self.unit(first).is_some() { say::IN } else { say::FROM };
            return format!("{lead} <b>{}</b>", self.interval(first));
        }
        format!("{} <b>{}</b>", say::UP_TO, tag(&day.to_string(), &self.day(day), day))
    }
}

/// "13:00".
fn clock(at: DateTime) -> String {
    let seconds = if at.second() == 0 { String::new() } else { format!(":{:02}", at.second()) };
    format!("{:02}:{:02}{seconds}", at.hour(), at.minute())
}

/// " UTC+03:00"; nothing where the zone is not known.
fn zone(offset: Option<i16>) -> String {
    offset.map_or(String::new(), |minutes| {
        let (sign, east) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
        match east {
            0 => " UTC".to_string(),
            _ => format!(" UTC{sign}{:02}:{:02}", east / 60, east % 60),
        }
    })
}

/// Words with what they mean for a machine. HTML knows no year before the first.
fn tag(value: &str, words: &str, day: Date) -> String {
    if day.year() < 1 {
        return words.to_string();
    }
    format!("<time datetime=\"{value}\">{words}</time>")
}
