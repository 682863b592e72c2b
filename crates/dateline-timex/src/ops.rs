//! The closed set of operators that patterns may name, and what each makes of the parts
//! it is given. An operator that cannot make sense of its parts makes nothing, and the
//! pattern does not fire.

use dateline_model::{Grain, Modifier};
use dateline_text::LexiconError;
use dateline_text::table::Row;

use crate::build;
use crate::expr::{Amount, Expr, From, Part, Sem, Unit, Vague};
use crate::zone::Zone;

/// What a pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// One part as it is.
    Same,
    /// `x * times + plus`.
    Number,
    /// Calendar fields.
    Fields,
    /// Two date expressions as one.
    Merge,
    /// A unit `n` away.
    Unit,
    /// A named day, month or season `n` away.
    Which,
    /// A length before or after something.
    Shift,
    /// The n-th unit of something.
    Nth,
    /// The unit that holds a day.
    Holding,
    /// The first or last units of something.
    Stretch,
    /// A length that is a point ahead where the sentence looks ahead.
    Ahead,
    /// A length that ends or starts here.
    Span,
    /// The named day or unit just before or after something.
    Beside,
    /// Fields in the year of something.
    In,
    /// A named day.
    Holiday,
    /// A vague reference.
    Vague,
    /// A weekend.
    Weekend,
    /// A part of a day.
    Part,
    /// A clock time.
    Clock,
    /// A clock time on a day.
    At,
    /// A day and a clock time in one number of six digits: a date-time group.
    Group,
    /// A modified date or length.
    Mod,
    /// A length of time.
    Length,
    /// A set.
    Set,
    /// From one date to another.
    Range,
    /// Two dates that share what only one says, each a mention of its own.
    Pair,
    /// A length before or after an event.
    Event,
}

/// What an operator's argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// The main part.
    Of,
    /// The second part.
    With,
    /// A count.
    N,
    /// A factor.
    Times,
    /// An addend.
    Plus,
    /// A year.
    Year,
    /// A year of two digits.
    Year2,
    /// Years before Christ.
    Bc,
    /// A decade (199), century (19) or millennium (1).
    Decade,
    /// See `Decade`.
    Century,
    /// See `Decade`.
    Millennium,
    /// Half, quarter, season, month, day, weekday: fields of the calendar.
    Half,
    /// See `Half`.
    Quarter,
    /// See `Half`.
    Season,
    /// See `Half`.
    Month,
    /// See `Half`.
    Day,
    /// See `Half`.
    Weekday,
    /// The year is a fiscal one.
    Fiscal,
    /// Year, month and day in eight digits.
    Ymd,
    /// Month and day may be the other way round.
    Swap,
    /// A unit.
    Unit,
    /// What it is counted from.
    From,
    /// -1 before, 1 after.
    Sign,
    /// A length.
    Length,
    /// A named day.
    Id,
    /// A part of a day.
    Part,
    /// Hour, minute, second, half of the day and zone of a clock time.
    Hour,
    /// See `Hour`.
    Minute,
    /// See `Hour`.
    Second,
    /// See `Hour`.
    Noon,
    /// See `Hour`.
    Zone,
    /// Hours east of UTC, or hours and minutes (0530, 05:30); west where the sign is -1.
    Offset,
    /// Minutes before the hour.
    To,
    /// A modifier.
    Mod,
    /// A set of every one.
    Quant,
    /// How often in a set.
    Freq,
    /// A vague reference.
    What,
}

const NAMES: [(&str, Name); 27] = [
    ("same", Name::Same),
    ("number", Name::Number),
    ("fields", Name::Fields),
    ("merge", Name::Merge),
    ("unit", Name::Unit),
    ("which", Name::Which),
    ("shift", Name::Shift),
    ("nth", Name::Nth),
    ("holding", Name::Holding),
    ("stretch", Name::Stretch),
    ("ahead", Name::Ahead),
    ("span", Name::Span),
    ("beside", Name::Beside),
    ("in", Name::In),
    ("holiday", Name::Holiday),
    ("vague", Name::Vague),
    ("weekend", Name::Weekend),
    ("part", Name::Part),
    ("clock", Name::Clock),
    ("at", Name::At),
    ("group", Name::Group),
    ("mod", Name::Mod),
    ("length", Name::Length),
    ("set", Name::Set),
    ("range", Name::Range),
    ("pair", Name::Pair),
    ("event", Name::Event),
];

const KEYS: [(&str, Key); 37] = [
    ("of", Key::Of),
    ("with", Key::With),
    ("n", Key::N),
    ("times", Key::Times),
    ("plus", Key::Plus),
    ("year", Key::Year),
    ("year2", Key::Year2),
    ("bc", Key::Bc),
    ("decade", Key::Decade),
    ("century", Key::Century),
    ("millennium", Key::Millennium),
    ("half", Key::Half),
    ("quarter", Key::Quarter),
    ("season", Key::Season),
    ("month", Key::Month),
    ("day", Key::Day),
    ("weekday", Key::Weekday),
    ("fiscal", Key::Fiscal),
    ("ymd", Key::Ymd),
    ("swap", Key::Swap),
    ("unit", Key::Unit),
    ("from", Key::From),
    ("sign", Key::Sign),
    ("length", Key::Length),
    ("id", Key::Id),
    ("part", Key::Part),
    ("hour", Key::Hour),
    ("minute", Key::Minute),
    ("second", Key::Second),
    ("noon", Key::Noon),
    ("zone", Key::Zone),
    ("offset", Key::Offset),
    ("to", Key::To),
    ("mod", Key::Mod),
    ("quant", Key::Quant),
    ("freq", Key::Freq),
    ("what", Key::What),
];

/// Where an argument comes from.
#[derive(Clone, Debug)]
enum Source {
    /// A place of the pattern, counted from 0.
    Place(usize),
    /// The table itself.
    Constant(Sem),
}

/// An operator with its arguments.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    name: Name,
    args: Vec<(Key, Source)>,
}

impl Op {
    /// The operator of a cell: `name key=PLACE key:CONSTANT …`, places counted from 1.
    pub(crate) fn read(row: Row<'_>, cell: &str, places: usize) -> Result<Self, LexiconError> {
        let mut words = cell.split_ascii_whitespace();
        let name = words.next().unwrap_or_default();
        let name = NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, name)| *name)
            .ok_or_else(|| row.error(format!("unknown operator `{name}`")))?;
        let mut args = Vec::new();
        for word in words {
            let cut = word.find(['=', ':']);
            let (key, value) = cut
                .and_then(|at| Some((word.get(..at)?, word.get(at..)?)))
                .ok_or_else(|| row.error(format!("an argument has = or :, not `{word}`")))?;
            let key = KEYS
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, key)| *key)
                .ok_or_else(|| row.error(format!("unknown argument `{key}`")))?;
            let source = if let Some(place) = value.strip_prefix('=') {
                let place = place.parse::<usize>().ok().filter(|at| (1..=places).contains(at));
                let place = place.ok_or_else(|| row.error(format!("no such place in `{word}`")))?;
                Source::Place(place - 1)
            } else {
                let value = value.trim_start_matches(':');
                let constant = constant(value)
                    .ok_or_else(|| row.error(format!("unknown constant `{value}`")))?;
                Source::Constant(constant)
            };
            args.push((key, source));
        }
        Ok(Self { name, args })
    }

    /// The place that it only passes on, or one past all places.
    pub(crate) fn passes(&self) -> usize {
        match (self.name, self.args.first()) {
            (Name::Same, Some((_, Source::Place(at)))) => *at,
            _ => usize::MAX,
        }
    }

    /// The places of its first and its second part.
    pub(crate) fn ends(&self) -> Option<(usize, usize)> {
        match self.args.as_slice() {
            [(_, Source::Place(first)), (_, Source::Place(second)), ..] => Some((*first, *second)),
            _ => None,
        }
    }

    /// What the operator makes of the parts at the pattern's places.
    pub(crate) fn apply(&self, parts: &[Option<&Sem>]) -> Option<Sem> {
        build::apply(self.name, Args { op: self, parts })
    }
}

/// The arguments of an operator, filled.
#[derive(Clone, Copy)]
pub(crate) struct Args<'a> {
    op: &'a Op,
    parts: &'a [Option<&'a Sem>],
}

impl<'a> Args<'a> {
    /// What is given for `key`; the first of several places that is filled.
    pub(crate) fn get(self, key: Key) -> Option<&'a Sem> {
        self.op.args.iter().filter(|(k, _)| *k == key).find_map(|(_, source)| match source {
            Source::Place(at) => self.parts.get(*at).copied().flatten(),
            Source::Constant(sem) => Some(sem),
        })
    }

    /// A whole number.
    pub(crate) fn int(self, key: Key) -> Option<i32> {
        match self.get(key)? {
            Sem::Int(n) => Some(*n),
            Sem::Amount(Some(n)) if n % 1000 == 0 => i32::try_from(n / 1000).ok(),
            _ => None,
        }
    }

    /// A small whole number.
    pub(crate) fn small(self, key: Key) -> Option<i8> {
        self.int(key).and_then(|n| i8::try_from(n).ok())
    }

    /// An amount.
    pub(crate) fn amount(self, key: Key) -> Option<Amount> {
        match self.get(key)? {
            Sem::Int(n) => Some(Some(i64::from(*n) * 1000)),
            Sem::Amount(amount) => Some(*amount),
            _ => None,
        }
    }

    /// A unit.
    pub(crate) fn unit(self, key: Key) -> Option<Unit> {
        match self.get(key)? {
            Sem::Unit(unit) => Some(*unit),
            _ => None,
        }
    }

    /// What it is counted from; the reference or the last date told where not given.
    pub(crate) fn from(self) -> From {
        match self.get(Key::From) {
            Some(Sem::From(from)) => *from,
            _ => From::Auto,
        }
    }

    /// A date expression.
    pub(crate) fn expr(self, key: Key) -> Option<Expr> {
        build::expr(self.get(key)?)
    }
}

const CONSTANTS: [(&str, Sem); 49] = [
    ("second", Sem::Unit(Unit::Grain(Grain::Second))),
    ("minute", Sem::Unit(Unit::Grain(Grain::Minute))),
    ("hour", Sem::Unit(Unit::Grain(Grain::Hour))),
    ("day", Sem::Unit(Unit::Grain(Grain::Day))),
    ("weekend", Sem::Unit(Unit::Grain(Grain::Weekend))),
    ("weekday", Sem::Unit(Unit::Workday)),
    ("week", Sem::Unit(Unit::Grain(Grain::Week))),
    ("month", Sem::Unit(Unit::Grain(Grain::Month))),
    ("quarter", Sem::Unit(Unit::Grain(Grain::Quarter))),
    ("season", Sem::Unit(Unit::Grain(Grain::Season))),
    ("half", Sem::Unit(Unit::Grain(Grain::Half))),
    ("year", Sem::Unit(Unit::Grain(Grain::Year))),
    ("decade", Sem::Unit(Unit::Grain(Grain::Decade))),
    ("century", Sem::Unit(Unit::Grain(Grain::Century))),
    ("millennium", Sem::Unit(Unit::Grain(Grain::Millennium))),
    ("night", Sem::Unit(Unit::Night)),
    ("fortnight", Sem::Unit(Unit::Fortnight)),
    ("MO", Sem::Part(Part::Morning)),
    ("MI", Sem::Part(Part::Midday)),
    ("AF", Sem::Part(Part::Afternoon)),
    ("EV", Sem::Part(Part::Evening)),
    ("NI", Sem::Part(Part::Night)),
    ("DT", Sem::Part(Part::Day)),
    ("START", Sem::Modifier(Modifier::Start)),
    ("MID", Sem::Modifier(Modifier::Mid)),
    ("END", Sem::Modifier(Modifier::End)),
    ("APPROX", Sem::Modifier(Modifier::Approx)),
    ("BEFORE", Sem::Modifier(Modifier::Before)),
    ("AFTER", Sem::Modifier(Modifier::After)),
    ("ON_OR_BEFORE", Sem::Modifier(Modifier::OnOrBefore)),
    ("ON_OR_AFTER", Sem::Modifier(Modifier::OnOrAfter)),
    ("LESS_THAN", Sem::Modifier(Modifier::LessThan)),
    ("MORE_THAN", Sem::Modifier(Modifier::MoreThan)),
    ("EQUAL_OR_LESS", Sem::Modifier(Modifier::EqualOrLess)),
    ("EQUAL_OR_MORE", Sem::Modifier(Modifier::EqualOrMore)),
    ("PAST_REF", Sem::Vague(Vague::Past)),
    ("PRESENT_REF", Sem::Vague(Vague::Present)),
    ("FUTURE_REF", Sem::Vague(Vague::Future)),
    ("reference", Sem::From(From::Reference)),
    ("told", Sem::From(From::Told)),
    ("that", Sem::From(From::That)),
    ("governed", Sem::From(From::Governed)),
    ("looked", Sem::From(From::Looked)),
    ("auto", Sem::From(From::Auto)),
    ("some", Sem::Amount(None)),
    ("half-of", Sem::Amount(Some(500))),
    ("tenth", Sem::Amount(Some(100))),
    ("hundredth", Sem::Amount(Some(10))),
    ("quarter-of", Sem::Amount(Some(250))),
];

/// The value that a cell of a table names: a whole number or one of a closed set.
pub(crate) fn constant(text: &str) -> Option<Sem> {
    if let Ok(n) = text.parse() {
        return Some(Sem::Int(n));
    }
    if let Some(zone) = Zone::read(text) {
        return Some(Sem::Zone(zone));
    }
    CONSTANTS.iter().find(|(name, _)| *name == text).map(|(_, sem)| sem.clone())
}
