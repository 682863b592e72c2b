//! Which of two small numbers is the day, "12/03/2025": told by the dates of the text that
//! can be read in one way only, else by the places it names.

use crate::context::DayOrder;
use crate::expr::{Expr, Fields};
use crate::find::Found;
use crate::lexicon::Lexicon;
use crate::token::{Kind, Scanner};

/// Reads every date that is open as the text has the others.
pub(crate) fn settle(text: &str, found: &mut [Found], asked: DayOrder, lexicon: &Lexicon) {
    let (mut shown, mut open) = (0_i64, false);
    for order in found.iter_mut().flat_map(numeric).filter_map(|fields| fields.order) {
        open |= order.open && !order.fixed;
        if !order.open && !order.fixed {
            shown += if order.day_first { 1 } else { -1 };
        }
    }
    if !open {
        return;
    }
    let day_first = match asked {
        DayOrder::DayFirst => true,
        DayOrder::MonthFirst => false,
        DayOrder::Auto if shown != 0 => shown > 0,
        DayOrder::Auto => match places(text, lexicon) {
            0 => return,
            said => said > 0,
        },
    };
    for fields in found.iter_mut().flat_map(numeric) {
        if let Some(order) = &mut fields.order
            && order.open
            && !order.fixed
            && order.day_first != day_first
        {
            order.day_first = day_first;
            *fields = fields.swapped();
        }
    }
}

/// How many places more of those are named that write the day first.
fn places(text: &str, lexicon: &Lexicon) -> i64 {
    let known = &lexicon.known;
    let mut scanner = Scanner::new(text, 0, text.len(), &lexicon.vocabulary);
    let mut said = 0;
    while let Some(token) = scanner.next() {
        if token.kind != Kind::Word {
            continue;
        }
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        let classes = lexicon.classes_of(&token, words);
        said += i64::from(classes.has(known.day_first)) - i64::from(classes.has(known.month_first));
    }
    said
}

/// The fields of a date, of the day of a clock time, or of both ends of a range.
fn numeric(found: &mut Found) -> Vec<&mut Fields> {
    fn of(expr: &mut Expr) -> Vec<&mut Fields> {
        match expr {
            Expr::Fields(fields) => vec![fields],
            Expr::At { of: Some(inner), .. } | Expr::Part { of: Some(inner), .. } => of(inner),
            Expr::Modified { of: inner, .. } => of(inner),
            Expr::Range { from, to, .. } => {
                let mut out = of(from);
                out.extend(of(to));
                out
            }
            _ => Vec::new(),
        }
    }
    of(&mut found.expr)
}
