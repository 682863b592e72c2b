//! What the words of a date expression say, before anything is known of when they were
//! written. No value here depends on a reference: that is for `resolve`.

use dateline_model::{Grain, Modifier};
use dateline_text::TextRange;

use crate::zone::Zone;

/// What a word or phrase stands for, while patterns put it together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sem {
    /// A word that only holds others together.
    Nothing,
    /// A whole number, as a month, a day, an offset or a count of halves.
    Int(i32),
    /// An amount.
    Amount(Amount),
    /// A unit of time.
    Unit(Unit),
    /// A part of a day.
    Part(Part),
    /// A modifier.
    Modifier(Modifier),
    /// A vague reference.
    Vague(Vague),
    /// A named day, by its row.
    Holiday(u16),
    /// What a date is counted from.
    From(From),
    /// A clock time.
    Clock(Clock),
    /// A zone that changes with the season.
    Zone(Zone),
    /// A length of time.
    Length(Length),
    /// A date expression.
    Expr(Box<Expr>),
}

/// An amount in thousandths; `None` is an unknown number ("several").
pub(crate) type Amount = Option<i64>;

/// A unit of time as TIMEX3 counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A unit that the model has as a grain.
    Grain(Grain),
    /// A night.
    Night,
    /// Two weeks.
    Fortnight,
    /// A day from Monday to Friday.
    Workday,
}

impl Unit {
    /// The grain at which a date counted in this unit is told.
    pub(crate) fn grain(self) -> Grain {
        match self {
            Self::Grain(grain) => grain,
            Self::Night | Self::Workday => Grain::Day,
            Self::Fortnight => Grain::Week,
        }
    }

    /// How many of its grain it holds.
    pub(crate) fn size(self) -> i64 {
        if self == Self::Fortnight { 2 } else { 1 }
    }
}

/// A part of a day as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Morning.
    Morning,
    /// Midday.
    Midday,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// Daytime.
    Day,
}

impl Part {
    /// The two letters after the `T` of a value.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Day => "DT",
        }
    }
}

/// TIMEX3's references without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vague {
    /// Some time before.
    Past,
    /// About now.
    Present,
    /// Some time after.
    Future,
}

impl Vague {
    /// The TIMEX3 value.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

/// A clock time; what is not said is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Hour, 0 to 24.
    pub(crate) hour: i8,
    /// Minute.
    pub(crate) minute: Option<i8>,
    /// Second.
    pub(crate) second: Option<i8>,
    /// Its zone.
    pub(crate) zone: Option<Zone>,
}

/// A length of time: one amount of a unit, and perhaps more ("2 years, 1 month and 3 days").
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Length {
    /// How many.
    pub(crate) amount: Amount,
    /// Of what.
    pub(crate) unit: Unit,
    /// And how many of what smaller units.
    pub(crate) rest: [Option<(Amount, Unit)>; 2],
    /// "about", "more than".
    pub(crate) modifier: Option<Modifier>,
}

impl Length {
    /// `amount` thousandths of `unit`.
    pub(crate) fn of(amount: Amount, unit: Unit) -> Self {
        Self { amount, unit, rest: [None; 2], modifier: None }
    }

    /// All amounts with their units, the largest unit first.
    pub(crate) fn units(&self) -> impl Iterator<Item = (Amount, Unit)> {
        std::iter::once((self.amount, self.unit)).chain(self.rest.into_iter().flatten())
    }

    /// The same with a smaller unit more; `None` where it is not smaller or one too many.
    pub(crate) fn and(self, amount: Amount, unit: Unit) -> Option<Self> {
        let smaller = self.units().all(|(_, larger)| unit.grain() < larger.grain());
        let mut out = self;
        let free = out.rest.iter_mut().find(|rest| rest.is_none()).filter(|_| smaller)?;
        *free = Some((amount, unit));
        Some(out)
    }
}

/// The order of a month and a day that are both numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Day before month.
    pub(crate) day_first: bool,
    /// The marks between leave no choice (dots).
    pub(crate) fixed: bool,
    /// Both numbers could be a month.
    pub(crate) open: bool,
}

/// The calendar fields that were said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    /// Thousands, hundreds or tens of years: a millennium, a century or a decade.
    pub(crate) era: Option<(Grain, i32)>,
    /// Year; negative is before Christ (-240 is 241 BC).
    pub(crate) year: Option<i32>,
    /// Whether only two or three digits of the year were said.
    pub(crate) short: bool,
    /// Whether the year is a fiscal one.
    pub(crate) fiscal: bool,
    /// Half of a year.
    pub(crate) half: Option<i8>,
    /// Quarter of a year.
    pub(crate) quarter: Option<i8>,
    /// Season, 0 spring to 3 winter.
    pub(crate) season: Option<i8>,
    /// Month.
    pub(crate) month: Option<i8>,
    /// Day of the month.
    pub(crate) day: Option<i8>,
    /// Day of the week, 1 Monday to 7 Sunday.
    pub(crate) weekday: Option<i8>,
    /// How the month and day stand, where both are numbers (12/03).
    pub(crate) order: Option<Order>,
}

/// Years before the last one told in which a year of three digits may lie.
const ANTIQUITY: i32 = 50;

impl Fields {
    /// The same numbers read the other way round.
    pub(crate) fn swapped(self) -> Self {
        Self { month: self.day, day: self.month, ..self }
    }

    /// The fields of both, or `None` where they contradict each other.
    pub(crate) fn merge(self, other: Self) -> Option<Self> {
        fn one<T: Copy + PartialEq>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
            match (a, b) {
                (Some(a), Some(b)) if a != b => None,
                (a, b) => Some(a.or(b)),
            }
        }
        Some(Self {
            era: one(self.era, other.era)?,
            year: one(self.year, other.year)?,
            short: self.short || other.short,
            fiscal: self.fiscal || other.fiscal,
            half: one(self.half, other.half)?,
            quarter: one(self.quarter, other.quarter)?,
            season: one(self.season, other.season)?,
            month: one(self.month, other.month)?,
            day: one(self.day, other.day)?,
            weekday: one(self.weekday, other.weekday)?,
            order: self.order.or(other.order),
        })
    }

    /// A year or decade of two digits in the century that puts it nearest to `year`.
    pub(crate) fn near_year(self, year: i32) -> Self {
        let full = |two: i32| year + (two - year + 50).rem_euclid(100) - 50;
        let decade = |ten: i32| {
            let now = year.div_euclid(10);
            now + (ten - now + 5).rem_euclid(10) - 5
        };
        match (self.year, self.era) {
            // "In 321", of a story of 323 BC, is before Christ too.
            (Some(three @ 100..1000), _) if self.short => {
                let before = 1 - three;
                let is_near = year <= 0 && before >= year - ANTIQUITY;
                Self { year: Some(if is_near { before } else { three }), ..self }
            }
            (Some(two), _) if self.short => Self { year: Some(full(two)), ..self },
            (None, Some((Grain::Decade, ten))) if self.short => {
                Self { era: Some((Grain::Decade, decade(ten))), ..self }
            }
            _ => self,
        }
    }

    /// The weekday, where no day of a month is said.
    pub(crate) fn bare_weekday(self) -> Option<i8> {
        self.weekday.filter(|_| self.day.is_none())
    }

    /// Whether a year, or something coarser, was said.
    pub(crate) fn is_anchored(self) -> bool {
        self.year.is_some() || self.era.is_some()
    }

    /// The finest grain said.
    pub(crate) fn grain(self) -> Grain {
        if self.day.is_some() || self.weekday.is_some() {
            Grain::Day
        } else if self.month.is_some() {
            Grain::Month
        } else if self.quarter.is_some() {
            Grain::Quarter
        } else if self.season.is_some() {
            Grain::Season
        } else if self.half.is_some() {
            Grain::Half
        } else if self.year.is_some() {
            Grain::Year
        } else {
            self.era.map_or(Grain::Year, |(grain, _)| grain)
        }
    }
}

/// What a date that needs one is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// The reference date ("ago", "yesterday").
    Reference,
    /// The last date told ("later", "the same day").
    Told,
    /// The last date told, and nothing where there is none ("that day").
    That,
    /// The reference in news, the last date told in a narrative.
    Auto,
    /// The same, but in news too a date of an earlier year that was just told.
    Governed,
    /// The reference date, one unit on where the sentence looks ahead ("overnight").
    Looked,
}

impl From {
    /// Whether it counts from what the text told.
    pub(crate) fn is_told(self) -> bool {
        matches!(self, Self::Told | Self::That)
    }
}

/// What a set recurs by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Every {
    /// "every six months", "weekly".
    Length(Length),
    /// "Mondays", "every January", "every summer".
    Fields(Fields, Option<Part>),
    /// "weekends", "weekend nights".
    Weekend(Option<Part>),
    /// "weekdays", "every weekday morning".
    Workdays(Option<Part>),
    /// "every night".
    Part(Part),
}

/// A date expression: what was said and how it is put together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    /// Calendar fields: "June 2", "the 1990s", "Tuesday".
    Fields(Fields),
    /// The unit `n` away: "yesterday", "last week", "this year".
    Unit { unit: Grain, n: i32, from: From },
    /// The nearest such day, month or season `n` away: "last June", "this Thursday".
    Which { fields: Fields, n: i32, from: From },
    /// "two weeks ago", "three days later", "a week from Monday".
    Shift { length: Length, sign: i32, from: From, of: Option<Box<Self>> },
    /// The `n`-th unit of something: "the first quarter of 2024"; -1 is the last.
    Nth { n: i32, unit: Grain, of: Option<Box<Self>> },
    /// The `n`-th such weekday of something: "the last Friday of June".
    NthDay { n: i32, weekday: i8, of: Box<Self> },
    /// The unit that holds a day: "the week of June 2"; that starts on it or just after where
    /// `starts`: "the week beginning Sunday, June 1".
    Holding { unit: Grain, of: Box<Self>, starts: bool },
    /// "the first five months of 2025"; `sign` -1 is the last.
    Stretch { length: Length, sign: i32, of: Option<Box<Self>> },
    /// "the past year", "the next three months": a length that ends or starts at its
    /// anchor.
    Span { length: Length, sign: i32 },
    /// "the year to March": a length that ends with a date.
    Until { length: Length, of: Box<Self> },
    /// The named weekday, month or unit just before or after: "the Wednesday before
    /// Thanksgiving".
    Beside { fields: Fields, sign: i32, of: Box<Self> },
    /// Fields in the year that another expression names: "August of that year".
    In { fields: Fields, of: Box<Self> },
    /// A named day, in the year given or `n` years away.
    Holiday { id: u16, year: Option<i32>, n: Option<i32> },
    /// A named day in the year that another expression names: "Easter of last year".
    HolidayIn { id: u16, of: Box<Self> },
    /// PAST_REF and its kin, with the unit where one is named.
    Vague { what: Vague, unit: Option<Unit> },
    /// A weekend `n` away, or the one near.
    Weekend { n: Option<i32>, from: From },
    /// A part of a day.
    Part { of: Option<Box<Self>>, part: Part },
    /// A clock time on a day.
    At { of: Option<Box<Self>>, clock: Clock },
    /// A modified date.
    Modified { of: Box<Self>, modifier: Modifier },
    /// "in three days": a day ahead where the sentence looks ahead, else a length.
    Ahead(Length),
    /// A length of time.
    Length(Length),
    /// Something that recurs: every one, or every second ("every other Friday"); `freq` times.
    Set { every: Every, quant: Option<i32>, freq: Option<i32>, clock: Option<Clock> },
    /// From one date to another; `gap` are the words between.
    Range { from: Box<Self>, to: Box<Self>, gap: TextRange },
    /// "May 4 and 5": two dates; never left in what is found.
    Pair { first: Box<Self>, second: Box<Self>, gap: TextRange },
    /// "a day after the meeting": counted from an event.
    Event { length: Length, sign: i32 },
}

impl Expr {
    /// Whether the words leave open which of many it is: "in May", "at Easter", "in the morning".
    pub(crate) fn is_open(&self) -> bool {
        match self {
            Self::Fields(fields) => !fields.is_anchored(),
            Self::Holiday { year: None, n: None, .. }
            | Self::Part { of: None, .. }
            | Self::At { of: None, .. } => true,
            _ => false,
        }
    }

    /// Whether it is a weekday and no more.
    pub(crate) fn is_weekday(&self) -> bool {
        matches!(self, Self::Fields(fields) if fields.bare_weekday().is_some())
    }

    /// Whether it names a time only to compare another with it ("a year ago").
    pub(crate) fn compares(&self) -> bool {
        match self {
            Self::Shift { .. } => true,
            Self::Fields(fields) => fields.is_anchored(),
            Self::Modified { of, .. } => of.compares(),
            _ => false,
        }
    }
}
