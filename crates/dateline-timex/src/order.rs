//! Which of two small numbers is the day, "12/03/2025": told by the dates of the text that
//! can be read in one way only, else by the places it names, else by the day it was written.

use dateline_model::Moment;
use jiff::civil::Date;

use crate::context::DayOrder;
use crate::cue::classed;
use crate::expr::{Expr, Fields};
use crate::find::Found;
use crate::lexicon::Lexicon;

/// Reads every date that is open as the text has the others.
pub(crate) fn settle(
    text: &str,
    found: &mut [Found],
    asked: DayOrder,
    reference: Option<Moment>,
    lexicon: &Lexicon,
) {
    let (mut shown, mut open) = (0_i64, false);
    let mut count = |fields: &mut Fields| {
        if let Some(order) = fields.order.filter(|order| !order.fixed) {
            open |= order.open;
            shown += match (order.open, order.day_first) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => -1,
            };
        }
    };
    found.iter_mut().for_each(|found| numeric(&mut found.expr, &mut count));
    if !open {
        return;
    }
    let day_first = match asked {
        DayOrder::DayFirst => true,
        DayOrder::MonthFirst => false,
        DayOrder::Auto if shown != 0 => shown > 0,
        DayOrder::Auto => match places(text, lexicon) {
            0 => {
                let Some(now) = reference.map(Moment::day) else { return };
                let mut nearer = 0_i64;
                let mut weigh = |fields: &mut Fields| nearer += near(*fields, now);
                found.iter_mut().for_each(|found| numeric(&mut found.expr, &mut weigh));
                match nearer {
                    0 => return,
                    nearer => nearer > 0,
                }
            }
            said => said > 0,
        },
    };
    let mut turn = |fields: &mut Fields| {
        if let Some(order) = &mut fields.order
            && order.open
            && !order.fixed
            && order.day_first != day_first
        {
            order.day_first = day_first;
            *fields = fields.swapped();
        }
    };
    found.iter_mut().for_each(|found| numeric(&mut found.expr, &mut turn));
}

/// Days from a date to the day on which it was written that speak for it.
const NEAR: i32 = 31;

/// 1 where only the reading with the day first lies near `now`, -1 where only the other does.
fn near(fields: Fields, now: Date) -> i64 {
    let Some(order) = fields.order.filter(|order| order.open && !order.fixed) else { return 0 };
    let is_near = |fields: Fields| {
        let (Some(year), Some(month), Some(day)) = (fields.year, fields.month, fields.day) else {
            return false;
        };
        let date = crate::calendar::date(year, month, day);
        let away = date.and_then(|date| now.until(date).ok()).map(|span| span.get_days());
        away.is_some_and(|days| days.abs() <= NEAR)
    };
    let (this, other) = (is_near(fields), is_near(fields.swapped()));
    match (this == other, this == order.day_first) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => -1,
    }
}

/// How many places more of those are named that write the day first.
fn places(text: &str, lexicon: &Lexicon) -> i64 {
    let known = &lexicon.known;
    classed(text, 0, text.len(), lexicon)
        .map(|(_, classes)| {
            i64::from(classes.has(known.day_first)) - i64::from(classes.has(known.month_first))
        })
        .sum()
}

/// Shows `see` the fields of a date, of the day of a clock time, or of both ends of a range.
fn numeric(expr: &mut Expr, see: &mut impl FnMut(&mut Fields)) {
    match expr {
        Expr::Fields(fields) => see(fields),
        Expr::At { of: Some(of), .. }
        | Expr::Part { of: Some(of), .. }
        | Expr::Modified { of, .. } => numeric(of, see),
        Expr::Range { from, to, .. } => {
            numeric(from, see);
            numeric(to, see);
        }
        _ => {}
    }
}
