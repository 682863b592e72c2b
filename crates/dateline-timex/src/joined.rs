//! Ranges, pairs and lists of dates: what one says of month, year or day goes for all.

use dateline_model::Grain;
use dateline_text::TextRange;

use crate::build::fits;
use crate::expr::{Clock, Expr, Fields, From, Vague};

/// Both ends of a range, each filled with what only the other says: "June 24–26",
/// "16 to 17 June", "June 2-3, 2025".
pub(crate) fn range(from: Expr, to: Expr) -> Option<Expr> {
    let (from, to) = match (from, to) {
        (Expr::Fields(a), Expr::Fields(b)) => {
            let (a, b) = before_christ(a, b).or_else(|| share(of_era(a, b), in_era(a, b)))?;
            (Expr::Fields(a), Expr::Fields(b))
        }
        // "the 4th to the 9th of this month", "July and August of last year"
        (Expr::Fields(day), Expr::In { fields, of })
            if !day.is_anchored() && day.grain() == fields.grain() =>
        {
            (Expr::In { fields: day, of: of.clone() }, Expr::In { fields, of })
        }
        // "14:10 to 14:30 GMT", "8 a.m. to noon on Monday"
        (Expr::At { of: None, clock }, Expr::At { of, clock: end }) => {
            let clock = Clock { zone: clock.zone.or(end.zone), ..clock };
            (Expr::At { of: of.clone(), clock }, Expr::At { of, clock: end })
        }
        // "140100Z to 140130Z APR 18"
        (Expr::At { of: Some(of), clock }, Expr::At { of: Some(last), clock: end })
            if is_day(&of) && matches!(*last, Expr::Fields(_)) =>
        {
            let (Expr::Fields(a), Expr::Fields(b)) = (*of, *last) else { return None };
            let (a, b) = if a.day == b.day { (b, b) } else { share(a, b)? };
            let at = |day, clock| Expr::At { of: Some(Box::new(Expr::Fields(day))), clock };
            (at(a, clock), at(b, end))
        }
        // "10 p.m. on the 6th to 4:30 a.m. GMT on the 7th"
        (Expr::At { of, clock }, Expr::At { of: last, clock: end }) => {
            let clock = Clock { zone: clock.zone.or(end.zone), ..clock };
            (Expr::At { of, clock }, Expr::At { of: last, clock: end })
        }
        (Expr::Vague { what: Vague::Past, .. }, _) => return None,
        (from, to) => (from, to),
    };
    Some(Expr::Range { from: Box::new(from), to: Box::new(to), gap: TextRange::empty(0) })
}

/// "from June to October last year": both ends lie in the year, or the first in the year
/// before it.
pub(crate) fn range_in(range: &Expr, year: &Expr) -> Option<Expr> {
    let Expr::Range { from, to, gap } = range else { return None };
    let (Expr::Fields(a), Expr::Fields(b)) = (&**from, &**to) else { return None };
    let bare = a.year.is_none() && b.year.is_none() && a.month.is_some() && b.month.is_some();
    let &Expr::Unit { unit: Grain::Year, n, from: counted } = year else { return None };
    bare.then_some(())?;
    let rolls = (a.month, a.day) > (b.month, b.day);
    let of = |n| Box::new(Expr::Unit { unit: Grain::Year, n, from: counted });
    let end = |fields: &Fields, n| Box::new(Expr::In { fields: *fields, of: of(n) });
    Some(Expr::Range { from: end(a, if rolls { n - 1 } else { n }), to: end(b, n), gap: *gap })
}

/// Two dates, or a list of them as a pair in a pair.
pub(crate) fn pair(first: Expr, second: Expr) -> Option<Expr> {
    let (first, second) = both(first, second)?;
    Some(Expr::Pair { first: first.into(), second: second.into(), gap: TextRange::empty(0) })
}

/// Both ends of a pair. Of two weekdays in a row the second follows the first.
fn both(first: Expr, second: Expr) -> Option<(Expr, Expr)> {
    let second = match second {
        Expr::Pair { first: next, second: rest, gap } => {
            let (_, rest) = both(first.clone(), *rest)?;
            let (first, next) = both(first, *next)?;
            return Some((first, Expr::Pair { first: next.into(), second: rest.into(), gap }));
        }
        second => second,
    };
    if let (Expr::Range { from, .. }, Expr::Range { .. }) = (&first, &second)
        // "10 a.m. to 5 p.m. Tuesday through Saturday"
        && !matches!(**from, Expr::At { .. })
    {
        return in_month(&first, &second).map(|first| (first, second));
    }
    let weekday = |expr: &Expr| match expr {
        Expr::Fields(fields) => fields.bare_weekday(),
        _ => None,
    };
    if let (Some(a), Some(b)) = (weekday(&first), weekday(&second)) {
        let fields = Fields { weekday: Some(b), ..Fields::default() };
        let follows = Expr::Which { fields, n: 1, from: From::Told };
        return (b == a % 7 + 1).then_some((first, follows));
    }
    match range(first, second)? {
        Expr::Range { from, to, .. } => Some((*from, *to)),
        _ => None,
    }
}

/// "5-7 and 12-14 September": days of the month that the range after them tells.
fn in_month(days: &Expr, next: &Expr) -> Option<Expr> {
    let (Expr::Range { from, to, gap }, Expr::Range { from: next, .. }) = (days, next) else {
        return None;
    };
    let (Expr::Fields(a), Expr::Fields(b), Expr::Fields(next)) = (&**from, &**to, &**next) else {
        return None;
    };
    let fits = a.month.is_none() && b.month.is_none() && next.month.is_some();
    let day = |fields: &Fields| {
        Box::new(Expr::Fields(Fields { month: next.month, year: next.year, ..*fields }))
    };
    fits.then(|| Expr::Range { from: day(a), to: day(b), gap: *gap })
}

/// "from 274 to 271": years of three digits that run down are before Christ.
fn before_christ(a: Fields, b: Fields) -> Option<(Fields, Fields)> {
    let three = |fields: &Fields| fields.year.filter(|year| fields.short && *year >= 100);
    let (from, to) = three(&a).zip(three(&b)).filter(|(from, to)| from > to)?;
    let year = |n: i32, fields| Fields { year: Some(1 - n), short: false, ..fields };
    Some((year(from, a), year(to, b)))
}

/// "the 4th or 3rd century BC": both are before Christ.
fn of_era(a: Fields, b: Fields) -> Fields {
    match (a.era, b.era) {
        (Some((Grain::Century, first @ 0..)), Some((Grain::Century, ..0))) => {
            Fields { era: Some((Grain::Century, -first - 1)), ..a }
        }
        _ => a,
    }
}

/// "the 1840s and 50s": both are of one century, or the second is early in the next.
fn in_era(a: Fields, b: Fields) -> Fields {
    match (a.era, b.era) {
        (Some((Grain::Decade, first)), Some((Grain::Decade, second))) if b.short && !a.short => {
            let near = first - first.rem_euclid(10) + second.rem_euclid(10);
            let decade = if near < first { near + 10 } else { near };
            Fields { era: Some((Grain::Decade, decade)), short: false, ..b }
        }
        _ => b,
    }
}

/// Whether `expr` is the day of a month that is not said.
fn is_day(expr: &Expr) -> bool {
    matches!(expr, Expr::Fields(Fields { day: Some(_), month: None, weekday: None, .. }))
}

fn share(mut a: Fields, mut b: Fields) -> Option<(Fields, Fields)> {
    let day = |f: &Fields| f.day.is_some() && f.month.is_none();
    // "June 27 to the 3rd" ends in the next month.
    let falls = a.day.zip(b.day).is_some_and(|(a, b)| a >= b);
    let month = |n: i8| (n - 1).rem_euclid(12) + 1;
    if day(&a) && b.day.is_some() {
        a.month = b.month.map(|b| if falls { month(b - 1) } else { b });
    } else if day(&b) && a.day.is_some() {
        b.month = a.month.map(|a| if falls { month(a + 1) } else { a });
    }
    let rolls = a.month.zip(b.month).is_some_and(|(a, b)| a > b);
    match (a.year, b.year) {
        (None, Some(year)) if a.era.is_none() && a.weekday.is_none_or(|_| a.day.is_some()) => {
            a.year = Some(if rolls { year - 1 } else { year });
        }
        (Some(year), None) if b.month.is_some() || b.day.is_some() || b.quarter.is_some() => {
            b.year = Some(if rolls { year + 1 } else { year });
        }
        _ => {}
    }
    // A range runs forward and joins things of one size.
    let order = |f: &Fields| {
        let quarter = f.quarter.map(|quarter| quarter * 3);
        let month = f.month.or(quarter).or(f.season.map(|season| season * 3 + 3));
        Some((f.year?, month.unwrap_or(0), f.day.unwrap_or(0)))
    };
    let backward = order(&a).zip(order(&b)).is_some_and(|(a, b)| a >= b);
    let alike = a.grain() == b.grain() || (a.year.is_some() && b.year.is_some());
    (!backward && alike && fits(a) && fits(b)).then_some((a, b))
}
