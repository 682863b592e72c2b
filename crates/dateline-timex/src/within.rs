//! Units within units: the first quarter of a year, the last Friday of a month, the
//! days of "the past three months".

use dateline_model::Grain;
use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::calendar::{Point, date, days};
use crate::expr::{Expr, Fields, From, Length};
use crate::resolve::{Spot, in_year, of_fields, spot, whole};
use crate::scene::{Behind, Scene, Told};

/// "the first quarter of 2024", "the last week of June", "the 19th day".
pub(crate) fn nth(n: i32, unit: Grain, of: Option<&Expr>, scene: &Scene<'_>) -> Option<Spot> {
    let Some(of) = of else {
        let n = i8::try_from(n).ok()?;
        if unit == Grain::Day {
            return same_day(scene);
        }
        let fields = match unit {
            Grain::Quarter => {
                Fields { quarter: Some(n).filter(|n| (1..=4).contains(n)), ..Fields::default() }
            }
            Grain::Half => {
                Fields { half: Some(n).filter(|n| (1..=2).contains(n)), ..Fields::default() }
            }
            _ => return None,
        };
        (fields != Fields::default()).then_some(())?;
        return of_fields(fields, scene);
    };
    let outer = spot(of, scene)?;
    let point = nth_in(n, unit, outer.point)?;
    Some(Spot { point, time: None, ..outer })
}

/// "on 21 July, the fifth day of the siege": the day right before it.
fn same_day(scene: &Scene<'_>) -> Option<Spot> {
    let day = |told: &Told| told.point.grain() == Grain::Day && scene.behind <= Behind::Words;
    let told = scene.told.filter(day)?;
    Some(Spot::from(told.point, &scene.earlier()?, &[Grain::Day]))
}

fn nth_in(n: i32, unit: Grain, outer: Point) -> Option<Point> {
    if let (Grain::Quarter | Grain::Half, Point::Year(year)) = (unit, outer) {
        let per = if unit == Grain::Quarter { 4 } else { 2 };
        let n = if n < 0 { per } else { i8::try_from(n).ok().filter(|n| *n <= per)? };
        return Some(if unit == Grain::Quarter {
            Point::Quarter(year, n)
        } else {
            Point::Half(year, n)
        });
    }
    // Half of a decade has no value of its own, nor half of a month.
    let odd = match unit {
        Grain::Half => outer.grain() != Grain::Year,
        Grain::Quarter => outer.grain() > Grain::Year,
        _ => false,
    };
    if odd {
        return Some(outer);
    }
    if unit >= outer.grain() {
        return None;
    }
    let (first, last) = outer.bounds()?;
    // A week belongs to the month of its Thursday.
    let (first, last) = match unit {
        Grain::Week => (days(first, 3)?, days(last, -3)?),
        _ => (first, last),
    };
    if n < 0 {
        return Point::holding(unit, last);
    }
    let point = Point::holding(unit, first)?.step(i64::from(n) - 1)?;
    point.first().filter(|day| *day <= last).map(|_| point)
}

/// "the last Friday of June", "the first Monday in May".
pub(crate) fn nth_day(n: i32, weekday: i8, of: &Expr, scene: &Scene<'_>) -> Option<Spot> {
    let outer = spot(of, scene)?;
    let (first, last) = outer.point.bounds()?;
    let day = if n < 0 {
        let back = i64::from(last.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
        days(last, -back)?
    } else {
        let ahead = i64::from(weekday - first.weekday().to_monday_one_offset()).rem_euclid(7);
        days(first, ahead + 7 * (i64::from(n) - 1))?
    };
    let fits = outer.point.grain() > Grain::Week && first <= day && day <= last;
    fits.then_some(Spot { point: Point::Day(day), time: None, ..outer })
}

/// The unit that holds a day ("the week of June 2"), or that starts on it or just after.
pub(crate) fn holding(unit: Grain, of: &Expr, starts: bool, scene: &Scene<'_>) -> Option<Spot> {
    let outer = spot(of, scene)?;
    let first = outer.point.first()?;
    let steps = match (unit, first.weekday()) {
        // A week that begins on a Sunday is the one of the next day.
        (Grain::Week, Weekday::Sunday) if starts => 1,
        // A feast on a Monday ends its weekend.
        (Grain::Weekend, Weekday::Monday) => -1,
        _ => 0,
    };
    let point = Point::holding(unit, first)?.step(steps)?;
    Some(Spot { point, time: None, ..outer })
}

/// Fields in what another expression names: "August of that year", "the 20th of last
/// month", "Monday of last week"; without any, the part of the year that is compared.
pub(crate) fn inside(fields: Fields, of: &Expr, scene: &Scene<'_>) -> Option<Spot> {
    let outer = spot(of, scene)?;
    let point = match (outer.point, fields) {
        (Point::Month(year, month), Fields { month: None, day: Some(day), .. }) => {
            Point::Day(date(year, month, day)?)
        }
        (point, Fields { weekday: Some(weekday), day: None, .. })
            if point.grain() == Grain::Week =>
        {
            Point::Day(days(point.first()?, i64::from(weekday - 1))?)
        }
        (point, fields) => {
            let year = point.year()?;
            let same = fields == Fields::default();
            // Told in January, last year's quarter is not the one before the fourth just told.
            let last = matches!(of, Expr::Unit { unit: Grain::Year, n: -1, .. });
            let before = |told: i32| if last && told == year { year - 1 } else { year };
            match (scene.period, scene.told) {
                // "the 1988 period": the quarter that is compared.
                (Some(Told { point: Point::Quarter(told, quarter), .. }), _)
                    if same && !scene.longer =>
                {
                    Point::Quarter(before(told), quarter)
                }
                // "in October …, the same month last year"
                (_, Some(Told { point: Point::Month(told, month), .. })) if same => {
                    Point::Month(before(told), month)
                }
                _ => in_year(fields, year)?,
            }
        }
    };
    Some(Spot { point, time: None, ..outer })
}

/// The units of "the first five months of 2025".
pub(crate) fn stretch_ends(
    length: &Length,
    sign: i32,
    of: Option<&Expr>,
    scene: &Scene<'_>,
) -> Option<(Point, Point, Spot)> {
    let outer = spot(of?, scene)?;
    let grain = length.unit.grain();
    let n = whole(length.amount?.checked_mul(length.unit.size())?)?;
    if n < 1 || grain >= outer.point.grain() {
        return None;
    }
    let (first, last) = outer.point.bounds()?;
    // Weeks of a month are seven days from its edge, not weeks of the calendar.
    if grain == Grain::Week && outer.point.grain() == Grain::Month {
        let span = n * 7 - 1;
        let from = if sign > 0 { first } else { days(last, -span)? };
        return Some((Point::Day(from), Point::Day(days(from, span)?), outer));
    }
    let (from, to) = if sign > 0 {
        let from = Point::holding(grain, first)?;
        (from, from.step(n - 1)?)
    } else {
        let to = Point::holding(grain, last)?;
        (to.step(1 - n)?, to)
    };
    let inside = from.bounds()?.0 >= days(first, -7)? && to.bounds()?.1 <= days(last, 7)?;
    inside.then_some((from, to, outer))
}

/// The days of "the past three months" or "the next two weeks" from its base.
pub(crate) fn span_days(length: &Length, sign: i32, scene: &Scene<'_>) -> Option<(Date, Date)> {
    let base = scene.base(From::Auto)?;
    let (far, _) = all_units(length, i64::from(sign), base.day)?;
    Some((far.min(base.day), far.max(base.day)))
}

/// The day that all units of a length lead to, and the smallest of them.
pub(crate) fn all_units(length: &Length, sign: i64, base: Date) -> Option<(Date, Grain)> {
    let (mut months, mut days, mut smallest) = (0_i64, 0_i64, length.unit.grain());
    for (amount, unit) in length.units() {
        smallest = unit.grain();
        let n = whole(amount?.checked_mul(unit.size())?)?.checked_mul(sign)?;
        let (sum, size) = match smallest {
            Grain::Day => (&mut days, 1),
            Grain::Week => (&mut days, 7),
            Grain::Month => (&mut months, 1),
            Grain::Quarter => (&mut months, 3),
            Grain::Year => (&mut months, 12),
            Grain::Decade => (&mut months, 120),
            Grain::Century => (&mut months, 1200),
            _ => return None,
        };
        *sum = sum.checked_add(n.checked_mul(size)?)?;
    }
    let span = Span::new().try_months(months).ok()?.try_days(days).ok()?;
    Some((base.checked_add(span).ok()?, smallest))
}
