//! Whether a text is news, told from its date, or a narrative, told from one date to
//! the next. Judged by the dates themselves, so the same with and without a reference.

use crate::context::Genre;
use crate::expr::{Expr, From, Vague};
use crate::find::Found;

/// The genre of a text in which `found` was found.
pub(crate) fn guess(text: &str, found: &[Found]) -> Genre {
    let (mut dated, mut pointing) = (0_usize, 0_usize);
    for found in found {
        match said(&found.expr) {
            Said::Dated => dated += 1,
            Said::Pointing => pointing += 1,
            Said::Neither => {}
        }
    }
    // A history names years and hardly ever "today", "last week" or a bare weekday.
    if text.len() > 2_000 && dated >= 8 && dated > pointing * 4 {
        return Genre::Narrative;
    }
    Genre::News
}

enum Said {
    Dated,
    Pointing,
    Neither,
}

fn said(expr: &Expr) -> Said {
    match expr {
        Expr::Fields(fields) if fields.is_anchored() => Said::Dated,
        Expr::Fields(fields) if fields.weekday.is_some() && fields.day.is_none() => Said::Pointing,
        Expr::Unit { from: From::Reference | From::Auto, .. }
        | Expr::Vague { what: Vague::Present, .. } => Said::Pointing,
        Expr::Shift { from: From::Reference, of: None, .. } => Said::Pointing,
        Expr::Which { from: From::Reference | From::Auto, .. } => Said::Pointing,
        Expr::Part { of: Some(of), .. } | Expr::At { of: Some(of), .. } => said(of),
        Expr::Modified { of, .. } | Expr::In { of, .. } => said(of),
        Expr::Range { from, .. } => said(from),
        _ => Said::Neither,
    }
}
