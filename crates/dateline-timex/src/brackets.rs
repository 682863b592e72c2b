//! A date and what stands in brackets beside it, which say the same: one has what the other
//! lacks.

use dateline_model::Grain;
use dateline_text::TextRange;

use crate::expr::{Clock, Expr, From, Length, Unit};
use crate::find::Found;

/// Gives a clock time the day that is told right after it: "1 p.m. (1700 GMT) on
/// Tuesday" has both on Tuesday.
pub(crate) fn share_days(text: &str, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let [before, after] = found.get_mut(at - 1..=at).unwrap_or_default() else { continue };
        let beside = TextRange::new(before.range.end(), after.range.start())
            .and_then(|gap| gap.slice(text))
            .is_some_and(|gap| gap.len() <= 5 && gap.contains(['(', ')']));
        if !beside {
            continue;
        }
        if let (Expr::Fields(weekday), Expr::Fields(date)) = (&mut before.expr, &after.expr)
            && weekday.grain() == Grain::Day
            && weekday.day.is_none()
        {
            // "Wednesday (July 23)": the brackets say which.
            *weekday = weekday.merge(*date).unwrap_or(*weekday);
            continue;
        }
        let day = match &after.expr {
            Expr::At { of: Some(day), .. } => (**day).clone(),
            Expr::Fields(fields) if fields.grain() == Grain::Day => after.expr.clone(),
            Expr::Unit { unit: Grain::Day, .. } => after.expr.clone(),
            _ => continue,
        };
        let apart = days_apart(&before.expr, &after.expr);
        if let Some(of) = clock_day(&mut before.expr) {
            *of = Some(Box::new(if apart == 0 { day } else { days_on(day, apart) }));
        }
    }
}

/// Days from the clock of a zone to the same time told without one: "2:30 a.m. (2200 GMT
/// Monday)" is on Tuesday.
fn days_apart(local: &Expr, zoned: &Expr) -> i32 {
    match (clock(local), clock(zoned)) {
        (Some(local), Some(zoned)) if local.zone.is_none() && zoned.zone.is_some() => {
            match local.hour - zoned.hour {
                ..-12 => 1,
                14.. => -1,
                _ => 0,
            }
        }
        _ => 0,
    }
}

pub(crate) fn clock(expr: &Expr) -> Option<Clock> {
    match expr {
        Expr::At { clock, .. } => Some(*clock),
        Expr::Modified { of, .. } => clock(of),
        _ => None,
    }
}

fn days_on(day: Expr, sign: i32) -> Expr {
    let length = Length::of(Some(1000), Unit::Grain(Grain::Day));
    Expr::Shift { length, sign, from: From::Reference, of: Some(Box::new(day)) }
}

/// The place of the day of a clock time that has none.
pub(crate) fn clock_day(expr: &mut Expr) -> Option<&mut Option<Box<Expr>>> {
    match expr {
        Expr::At { of, .. } if of.is_none() => Some(of),
        Expr::Modified { of, .. } => clock_day(of),
        _ => None,
    }
}
