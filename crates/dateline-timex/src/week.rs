//! A week written out, as at the head of a table or a plan: its days are of every week.

use dateline_text::TextRange;

use crate::expr::{Every, Expr};
use crate::find::Found;

/// Days in a row that make a week, at least.
const ROW: usize = 5;

/// Makes days of every week of those that stand in a row, one right after the other:
/// "Monday | Tuesday | Wednesday | Thursday | Friday".
pub(crate) fn open_weeks(text: &str, found: &mut [Found]) {
    let mut start = 0;
    for at in 1..=found.len() {
        let goes_on = match found.get(at - 1..=at) {
            Some([before, after]) => follows(text, before, after),
            _ => false,
        };
        if goes_on {
            continue;
        }
        if at - start >= ROW {
            found.get_mut(start..at).unwrap_or_default().iter_mut().for_each(open);
        }
        start = at;
    }
}

/// Whether `after` is the weekday after `before` and stands right behind it.
fn follows(text: &str, before: &Found, after: &Found) -> bool {
    let next = weekday(before).map(|day| day % 7 + 1);
    let gap = TextRange::new(before.range.end(), after.range.start());
    next.is_some()
        && next == weekday(after)
        && gap.and_then(|gap| gap.slice(text)).is_some_and(|gap| {
            gap.chars().all(|c| c.is_whitespace() || matches!(c, '|' | ',' | '/' | '·'))
        })
}

fn weekday(found: &Found) -> Option<i8> {
    match &found.expr {
        Expr::Fields(fields) => fields.bare_weekday(),
        _ => None,
    }
}

fn open(found: &mut Found) {
    if let Expr::Fields(fields) = found.expr {
        let every = Every::Fields(fields, None);
        found.expr = Expr::Set { every, quant: None, freq: None, clock: None };
    }
}
