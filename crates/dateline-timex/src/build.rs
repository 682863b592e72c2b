//! What each operator makes of its parts. Pure, and without a reference: fields that
//! contradict each other make nothing.

use dateline_model::{Grain, Modifier};

use crate::expr::{Clock, Every, Expr, Fields, From, Length, Order, Part, Sem, Unit};
use crate::joined::{pair, range, range_in};
use crate::ops::{Args, Key, Name};
use crate::zone::Zone;

/// What the operator `name` makes of `args`.
pub(crate) fn apply(name: Name, args: Args<'_>) -> Option<Sem> {
    match name {
        Name::Same => args.get(Key::Of).cloned(),
        Name::Number => number(args),
        Name::Clock => clock(args).map(Sem::Clock),
        Name::Length => length(args).map(Sem::Length),
        Name::Mod => modified(args),
        _ => date(name, args).map(|expr| Sem::Expr(Box::new(expr))),
    }
}

/// The date expression that a part is.
pub(crate) fn expr(sem: &Sem) -> Option<Expr> {
    Some(match sem {
        Sem::Expr(expr) => (**expr).clone(),
        Sem::Clock(clock) => Expr::At { of: None, clock: *clock },
        Sem::Part(part) => Expr::Part { of: None, part: *part },
        Sem::Length(length) => Expr::Length(*length),
        Sem::Holiday(id) => Expr::Holiday { id: *id, year: None, n: None },
        Sem::Vague(what) => Expr::Vague { what: *what, unit: None },
        _ => return None,
    })
}

fn date(name: Name, args: Args<'_>) -> Option<Expr> {
    let boxed = |key| args.expr(key).map(Box::new);
    Some(match name {
        Name::Fields => Expr::Fields(fields(args)?),
        Name::Merge => merge(args.expr(Key::Of)?, args.expr(Key::With)?)?,
        Name::Unit => unit(args)?,
        Name::Which => {
            let fields = only_fields(args, Key::Of)?;
            let n = args.int(Key::N)?.checked_mul(args.int(Key::Sign).unwrap_or(1))?;
            Expr::Which { fields, n, from: args.from() }
        }
        Name::Shift => shift(args)?,
        Name::Nth => nth(args)?,
        Name::Holding => Expr::Holding {
            unit: args.unit(Key::Unit)?.grain(),
            of: boxed(Key::Of)?,
            starts: args.get(Key::Sign).is_some(),
        },
        Name::Stretch => {
            let (length, sign) = (the_length(args)?, args.int(Key::Sign)?);
            Expr::Stretch { length, sign, of: boxed(Key::Of) }
        }
        Name::Ahead => Expr::Ahead(the_length(args)?),
        Name::Span => match boxed(Key::Of) {
            Some(of) => Expr::Until { length: the_length(args)?, of },
            None => Expr::Span { length: the_length(args)?, sign: args.int(Key::Sign)? },
        },
        Name::Beside => {
            let (fields, sign) = (only_fields(args, Key::With)?, args.int(Key::Sign)?);
            Expr::Beside { fields, sign, of: boxed(Key::Of)? }
        }
        Name::In => {
            let of = boxed(Key::Of)?;
            match args.get(Key::With) {
                None => Expr::In { fields: Fields::default(), of },
                Some(Sem::Holiday(id)) => Expr::HolidayIn { id: *id, of },
                Some(Sem::Expr(with)) if matches!(**with, Expr::Range { .. }) => {
                    range_in(with, &of)?
                }
                Some(_) => Expr::In { fields: only_fields(args, Key::With)?, of },
            }
        }
        Name::Holiday => holiday(args)?,
        Name::Vague => vague(args)?,
        Name::Weekend => Expr::Weekend { n: args.int(Key::N), from: args.from() },
        Name::Part => part(args)?,
        Name::At => at(args.expr(Key::Of), clock_of(args)?)?,
        Name::Group => group(args)?,
        Name::Set => set(args)?,
        Name::Range => range_of(args)?,
        Name::Pair => pair(args.expr(Key::Of)?, args.expr(Key::With)?)?,
        Name::Event => Expr::Event { length: the_length(args)?, sign: args.int(Key::Sign)? },
        Name::Same | Name::Number | Name::Clock | Name::Length | Name::Mod => return None,
    })
}

fn shift(args: Args<'_>) -> Option<Expr> {
    let of = args.expr(Key::Of).map(Box::new);
    let length = the_length(args)?;
    // Nothing can be counted from a day by "days".
    (length.amount.is_some() || of.is_none()).then_some(())?;
    let nights = length.unit == Unit::Night && length.amount.is_some() && of.is_none();
    let shift = Expr::Shift { length, sign: args.int(Key::Sign)?, from: args.from(), of };
    // "two nights later" is a night.
    Some(if nights { Expr::Part { of: Some(Box::new(shift)), part: Part::Night } } else { shift })
}

/// The n-th unit of something, the n-th weekday of it, or a century, which is of nothing.
fn nth(args: Args<'_>) -> Option<Expr> {
    let of = args.expr(Key::Of).map(Box::new);
    let n = args.int(Key::N).filter(|n| (-1..=10_000).contains(n) && *n != 0)?;
    if args.get(Key::Weekday).is_some() {
        let weekday = only_fields(args, Key::Weekday)?.weekday?;
        return Some(Expr::NthDay { n: Some(n).filter(|n| *n <= 5)?, weekday, of: of? });
    }
    let unit = args.unit(Key::Unit)?.grain();
    // "the 62nd minute of Saturday's match"
    (unit > Grain::Minute).then_some(())?;
    if of.is_none() && unit == Grain::Century {
        (1..=30).contains(&n).then_some(())?;
        let century = if args.get(Key::Bc).is_some() { -n } else { n - 1 };
        let era = Some((Grain::Century, century));
        return Some(Expr::Fields(Fields { era, ..Fields::default() }));
    }
    Some(Expr::Nth { n, unit, of })
}

fn range_of(args: Args<'_>) -> Option<Expr> {
    let mut from = args.expr(Key::Of)?;
    if let Some(two) = args.int(Key::Year2) {
        return range(from, short_year(args, two)?);
    }
    let to = args.expr(Key::With)?;
    if args.get(Key::Noon).is_some() {
        share_noon(&mut from, &to);
    }
    range(from, to)
}

/// Largest amount that is read: past it, arithmetic on dates means nothing.
const MOST: i64 = 10_000_000_000_000;

fn number(args: Args<'_>) -> Option<Sem> {
    let Some(n) = args.amount(Key::Of)? else { return Some(Sem::Amount(None)) };
    let times = args.amount(Key::Times).flatten().unwrap_or(1000);
    let plus = args.amount(Key::Plus).flatten().unwrap_or(0);
    let value = n.checked_mul(times)?.checked_div(1000)?.checked_add(plus)?;
    (value.abs() <= MOST).then_some(Sem::Amount(Some(value)))
}

/// A year of two digits: the century that news speaks of. One of three is whole, but may be before
/// Christ.
fn full_year(short: i32) -> i32 {
    match short {
        0..50 => 2000 + short,
        50..100 => 1900 + short,
        _ => short,
    }
}

/// The decade of "1990s", "90s" or "370s".
fn decade(n: i32) -> Option<i32> {
    let decade = match n {
        // "the '40s" are over, "the '20s" are here: which ones, the reference tells.
        0..30 => 200 + n / 10,
        30..100 => 190 + n / 10,
        _ => n / 10,
    };
    (n >= 0 && n % 10 == 0).then_some(decade)
}

fn fields(args: Args<'_>) -> Option<Fields> {
    let mut out = match args.get(Key::Of) {
        Some(sem) => match expr(sem)? {
            Expr::Fields(fields) => fields,
            _ => return None,
        },
        None => Fields::default(),
    };
    let era = [
        (Key::Decade, Grain::Decade),
        (Key::Century, Grain::Century),
        (Key::Millennium, Grain::Millennium),
    ];
    let said = Fields {
        era: match era.iter().find_map(|(key, grain)| Some((*grain, args.int(*key)?))) {
            Some((Grain::Decade, n)) if args.get(Key::Bc).is_some() => {
                (n % 10 == 0).then_some(())?;
                Some((Grain::Decade, -n / 10 - 1))
            }
            // "the 1800s" are a century; "the 1900s" may be a decade.
            Some((Grain::Decade, n @ 100..1900)) if n % 100 == 0 => Some((Grain::Century, n / 100)),
            Some((Grain::Decade, n)) => {
                out.short |= (0..100).contains(&n);
                Some((Grain::Decade, decade(n)?))
            }
            other => other,
        },
        year: args
            .int(Key::Year)
            .or_else(|| args.int(Key::Year2).map(full_year))
            .or_else(|| args.int(Key::Bc).map(|year| 1 - year)),
        short: args.get(Key::Year2).is_some() || out.short,
        fiscal: args.get(Key::Fiscal).is_some(),
        half: args.small(Key::Half),
        quarter: args.small(Key::Quarter),
        season: args.small(Key::Season),
        month: args.small(Key::Month),
        day: args.small(Key::Day),
        weekday: args.small(Key::Weekday),
        order: args.int(Key::Swap).map(|how| Order {
            day_first: how > 1,
            fixed: how > 2,
            open: false,
        }),
    };
    out = out.merge(said)?;
    // Eight digits in one: 20250602.
    if let Some(digits) = args.int(Key::Ymd) {
        let small = |n: i32| i8::try_from(n % 100).ok();
        let (month, day) = (small(digits / 100), small(digits));
        out = Fields { year: Some(digits / 10_000), month, day, ..out };
    }
    if let Some(order) = &mut out.order {
        order.open = out.day.is_some_and(|day| day <= 12) && out.day != out.month;
    }
    fits(out).then_some(out)
}

/// Whether there is such a date at all: no June 31, no fifth quarter.
pub(crate) fn fits(fields: Fields) -> bool {
    let within = |part: Option<i8>, first, last| part.is_none_or(|n| (first..=last).contains(&n));
    let parts = within(fields.half, 1, 2)
        && within(fields.quarter, 1, 4)
        && within(fields.season, 0, 3)
        && within(fields.month, 1, 12)
        && within(fields.day, 1, 31)
        && within(fields.weekday, 1, 7);
    if !parts {
        return false;
    }
    let (Some(month), Some(day)) = (fields.month, fields.day) else { return true };
    // A leap year where none is said: February 29 is some year's.
    let year = fields.year.and_then(|year| i16::try_from(year).ok()).unwrap_or(2000);
    jiff::civil::Date::new(year, month, day).is_ok()
}

fn only_fields(args: Args<'_>, key: Key) -> Option<Fields> {
    match args.expr(key)? {
        Expr::Fields(fields) => Some(fields),
        _ => None,
    }
}

/// A length given whole, or as a count and a unit.
fn the_length(args: Args<'_>) -> Option<Length> {
    match args.get(Key::Length) {
        Some(Sem::Length(length)) => Some(*length),
        Some(_) => None,
        None => length(args),
    }
}

fn length(args: Args<'_>) -> Option<Length> {
    let mut out = match args.get(Key::Of) {
        Some(Sem::Length(first)) => {
            let amount = args.amount(Key::Plus);
            match (args.get(Key::With), amount) {
                (Some(Sem::Length(second)), _) => first.and(second.amount, second.unit)?,
                (_, Some(amount)) => {
                    Length { amount: first.amount.zip(amount).map(|(a, b)| a + b), ..*first }
                }
                _ => *first,
            }
        }
        _ => {
            let amount = args.amount(Key::N).unwrap_or(Some(1000));
            let plus = args.amount(Key::Plus).flatten().unwrap_or(0);
            Length::of(amount.map(|n| n + plus), args.unit(Key::Unit)?)
        }
    };
    if let Some(Sem::Modifier(modifier)) = args.get(Key::Mod) {
        out.modifier = Some(*modifier);
    }
    let small = |amount: Option<i64>| amount.is_none_or(|n| n.abs() <= MOST);
    out.units().all(|(n, _)| small(n)).then_some(out)
}

/// Two date expressions that stand side by side and mean one time.
fn merge(a: Expr, b: Expr) -> Option<Expr> {
    match (a, b) {
        (Expr::Fields(a), Expr::Fields(b)) => a.merge(b).filter(|f| fits(*f)).map(Expr::Fields),
        // "Monday night, June 2"
        (Expr::Part { of: Some(day), part }, date @ Expr::Fields(_)) => {
            Some(Expr::Part { of: Some(Box::new(merge(*day, date)?)), part })
        }
        (Expr::At { of: None, clock }, day) | (day, Expr::At { of: None, clock }) => {
            at(Some(day), clock)
        }
        (Expr::Part { of: None, part }, day) | (day, Expr::Part { of: None, part }) => {
            (!matches!(day, Expr::Part { .. } | Expr::At { .. }))
                .then(|| Expr::Part { of: Some(Box::new(day)), part })
        }
        (Expr::Which { fields, n, from }, Expr::Fields(other)) => {
            Some(Expr::Which { fields: fields.merge(other)?, n, from })
        }
        // "yesterday, June 2": the fuller says it.
        (Expr::Unit { .. } | Expr::Holiday { .. }, Expr::Fields(fields))
        | (Expr::Fields(fields), Expr::Unit { .. } | Expr::Holiday { .. }) => {
            fields.day.map(|_| Expr::Fields(fields))
        }
        _ => None,
    }
}

fn at(of: Option<Expr>, clock: Clock) -> Option<Expr> {
    match of {
        None => Some(Expr::At { of: None, clock }),
        // "6 in the morning", "10 at night": the part of the day tells the hour's half.
        Some(Expr::Part { of, part }) => {
            Some(Expr::At { of, clock: Clock { hour: in_part(clock.hour, part)?, ..clock } })
        }
        Some(Expr::At { .. } | Expr::Range { .. } | Expr::Length(_)) => None,
        Some(Expr::Unit { unit, .. }) if unit > Grain::Day => None,
        Some(day) => Some(Expr::At { of: Some(Box::new(day)), clock }),
    }
}

/// A date-time group, as armed forces and aviation write times: "041530Z FEB 24" (ACP 121).
fn group(args: Args<'_>) -> Option<Expr> {
    let digits = args.int(Key::N)?;
    let day = i8::try_from(digits / 10_000).ok();
    let day = fields(args)?.merge(Fields { day, ..Fields::default() })?;
    let clock = Clock {
        hour: i8::try_from(digits / 100 % 100).ok()?,
        minute: i8::try_from(digits % 100).ok(),
        second: None,
        zone: zone(args),
    };
    fits(day).then(|| Expr::At { of: Some(Box::new(Expr::Fields(day))), clock })
}

fn in_part(hour: i8, part: Part) -> Option<i8> {
    Some(match part {
        Part::Morning => hour % 24,
        Part::Night if hour < 5 || hour == 12 => hour % 12,
        Part::Afternoon | Part::Evening | Part::Night if hour < 12 => hour + 12,
        _ => hour,
    })
}

fn clock_of(args: Args<'_>) -> Option<Clock> {
    match args.get(Key::With)? {
        Sem::Clock(clock) => Some(*clock),
        Sem::Expr(expr) => match **expr {
            Expr::At { of: None, clock } => Some(clock),
            _ => None,
        },
        _ => None,
    }
}

fn zone(args: Args<'_>) -> Option<Zone> {
    match args.get(Key::Zone)? {
        Sem::Int(minutes) => i16::try_from(*minutes).ok().map(Zone::fixed),
        Sem::Zone(zone) => Some(*zone),
        _ => None,
    }
}

fn clock(args: Args<'_>) -> Option<Clock> {
    let mut out = match args.get(Key::Of) {
        Some(Sem::Clock(clock)) => *clock,
        Some(_) => return None,
        None => Clock {
            hour: args.small(Key::Hour)?,
            minute: args.small(Key::Minute),
            second: args.small(Key::Second),
            zone: None,
        },
    };
    // Four digits in one: 1600 GMT.
    if let Some(digits) = args.int(Key::N) {
        out.hour = i8::try_from(digits / 100).ok()?;
        out.minute = i8::try_from(digits % 100).ok();
    }
    if let Some(before) = args.small(Key::To) {
        out.hour = (out.hour + 23) % 24;
        out.minute = Some(60 - before);
    }
    match args.get(Key::Noon) {
        Some(Sem::Int(half)) => {
            let half = i8::try_from(*half).ok()?;
            // "14:07 PM", "00:30 am": of the half all the same.
            let said =
                args.int(Key::N).is_none() && out.minute.is_some() && out.hour / 12 * 12 == half;
            (said || (1..=12).contains(&out.hour)).then_some(())?;
            out.hour = out.hour % 12 + half;
        }
        Some(Sem::Part(part)) => out.hour = in_part(out.hour, *part)?,
        _ => {}
    }
    out.zone = zone(args).or(out.zone);
    if let Some(offset) = args.get(Key::Offset) {
        let minutes = match offset {
            Sem::Int(hours @ 0..=14) => hours * 60,
            Sem::Int(four) => four / 100 * 60 + four % 100,
            Sem::Clock(clock) => i32::from(clock.hour) * 60 + i32::from(clock.minute.unwrap_or(0)),
            _ => return None,
        };
        let minutes = minutes * args.int(Key::Sign).unwrap_or(1);
        // Zones reach from 12 hours west to 14 hours east.
        let minutes = i16::try_from(minutes).ok().filter(|m| (-720..=840).contains(m))?;
        out.zone = Some(Zone::fixed(minutes));
    }
    let minute = out.minute.unwrap_or(0);
    let fits = (0..=24).contains(&out.hour)
        && (0..60).contains(&minute)
        && (out.hour < 24 || minute == 0)
        && out.second.is_none_or(|second| (0..60).contains(&second));
    fits.then_some(out)
}

fn unit(args: Args<'_>) -> Option<Expr> {
    let unit = args.unit(Key::Unit)?;
    let n = args.int(Key::N)?;
    match unit {
        Unit::Night => Some(Expr::Part {
            of: Some(Box::new(Expr::Unit { unit: Grain::Day, n, from: args.from() })),
            part: Part::Night,
        }),
        Unit::Grain(Grain::Weekend) => Some(Expr::Weekend { n: Some(n), from: args.from() }),
        Unit::Fortnight | Unit::Workday => None,
        Unit::Grain(unit) => Some(Expr::Unit { unit, n, from: args.from() }),
    }
}

fn holiday(args: Args<'_>) -> Option<Expr> {
    match args.get(Key::Id)? {
        Sem::Holiday(id) => Some(Expr::Holiday {
            id: *id,
            year: args.int(Key::Year).or_else(|| args.int(Key::Year2).map(full_year)),
            n: args.int(Key::N),
        }),
        _ => None,
    }
}

fn vague(args: Args<'_>) -> Option<Expr> {
    match args.get(Key::What)? {
        Sem::Vague(what) => Some(Expr::Vague { what: *what, unit: args.unit(Key::Unit) }),
        _ => None,
    }
}

fn part(args: Args<'_>) -> Option<Expr> {
    let part = match args.get(Key::Part)? {
        Sem::Part(part) => *part,
        Sem::Unit(Unit::Night) => Part::Night,
        _ => return None,
    };
    if let Some(n) = args.int(Key::With) {
        let day = Expr::Unit { unit: Grain::Day, n, from: From::Told };
        return Some(Expr::Part { of: Some(Box::new(day)), part });
    }
    if args.get(Key::From).is_some() {
        let today = Expr::Unit { unit: Grain::Day, n: 0, from: args.from() };
        return Some(Expr::Part { of: Some(Box::new(today)), part });
    }
    match args.expr(Key::Of) {
        Some(Expr::Part { .. } | Expr::At { .. }) => None,
        // "overnight on June 2 and 3" is one night.
        Some(Expr::Pair { second, .. }) if matches!(*second, Expr::Pair { .. }) => None,
        Some(Expr::Pair { first: from, second: to, gap }) => {
            Some(Expr::Part { of: Some(Box::new(Expr::Range { from, to, gap })), part })
        }
        of => Some(Expr::Part { of: of.map(Box::new), part }),
    }
}

fn modified(args: Args<'_>) -> Option<Sem> {
    let Some(Sem::Modifier(modifier)) = args.get(Key::Mod) else { return None };
    match args.get(Key::Of)? {
        Sem::Length(length) => Some(Sem::Length(Length { modifier: Some(*modifier), ..*length })),
        other => {
            let of = expr(other)?;
            let inner = matches!(of, Expr::Modified { .. });
            let fits = !inner || *modifier == Modifier::Approx;
            fits.then(|| {
                Sem::Expr(Box::new(Expr::Modified { of: Box::new(of), modifier: *modifier }))
            })
        }
    }
}

fn set(args: Args<'_>) -> Option<Expr> {
    // "every Monday at 4 p.m."
    if let Some(Expr::Set { every, quant, freq, clock: None }) = args.expr(Key::Of) {
        let mut clock = clock_of(args)?;
        match &every {
            Every::Part(part) => clock.hour = in_part(clock.hour, *part)?,
            Every::Length(length) if *length != Length::of(Some(1000), Unit::Grain(Grain::Day)) => {
                return None;
            }
            _ => {}
        }
        return Some(Expr::Set { every, quant, freq, clock: Some(clock) });
    }
    let part = match args.get(Key::Part) {
        Some(Sem::Part(part)) => Some(*part),
        Some(Sem::Unit(Unit::Night)) => Some(Part::Night),
        _ => None,
    };
    let every = match args.get(Key::Of) {
        Some(Sem::Length(length)) => Every::Length(*length),
        Some(Sem::Part(part)) => Every::Part(*part),
        Some(Sem::Unit(Unit::Grain(Grain::Weekend))) => Every::Weekend(part),
        Some(Sem::Unit(Unit::Workday)) => Every::Workdays(part),
        Some(Sem::Unit(unit)) => {
            Every::Length(Length::of(args.amount(Key::N).unwrap_or(Some(1000)), *unit))
        }
        Some(Sem::Expr(expr)) => match &**expr {
            Expr::Fields(fields) => Every::Fields(*fields, part),
            _ => return None,
        },
        _ => return None,
    };
    // "every other week" is a length of two; of a weekday only the word can say so.
    let quant = match (&every, args.int(Key::N)) {
        (Every::Fields(..), Some(n)) => Some(n),
        _ => args.get(Key::Quant).map(|_| 1),
    };
    Some(Expr::Set { every, quant, freq: args.int(Key::Freq), clock: None })
}

/// "2 to 4 p.m.": the first hour lies in the half of the day of the second.
fn share_noon(from: &mut Expr, to: &Expr) {
    if let (Expr::At { clock: start, .. }, Expr::At { clock: end, .. }) = (from, to)
        && start.hour < 12
        && start.hour + 12 <= end.hour
    {
        start.hour += 12;
    }
}

/// The second year of "1915-17", in the century of the first.
fn short_year(args: Args<'_>, two: i32) -> Option<Expr> {
    let year = only_fields(args, Key::Of)?.year?;
    let year = year.div_euclid(100) * 100 + two;
    Some(Expr::Fields(Fields { year: Some(year), ..Fields::default() }))
}
