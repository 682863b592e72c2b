//! Years of three digits, which a number alone does not tell from a count: "in September 717
//! was", "the census of 754". They are years where the story has such years that are sure.

use crate::expr::Expr;
use crate::find::Found;

/// The first year of four digits.
const FOUR: i32 = 1000;

/// Years from one that is sure, at most.
const NEAR: u32 = 60;

/// The years of three digits, or fewer, that a text tells for sure, without their era.
pub(crate) fn years(found: &[Found]) -> Vec<i32> {
    let mut out = Vec::new();
    for each in found {
        ends(&each.expr, &mut |year| {
            if year.abs() < FOUR {
                out.push(year.abs());
            }
        });
    }
    out
}

/// Whether a year that `expr` tells is near one of `years`.
pub(crate) fn is_near(expr: &Expr, years: &[i32]) -> bool {
    let mut near = false;
    ends(expr, &mut |year| {
        near |= years.iter().any(|sure| sure.abs_diff(year.abs()) <= NEAR);
    });
    near
}

/// Hands on the years that `expr` says, of both ends of a range.
fn ends(expr: &Expr, told: &mut impl FnMut(i32)) {
    match expr {
        Expr::Fields(fields) => fields.year.into_iter().for_each(told),
        Expr::Range { from, to, .. } => {
            ends(from, told);
            ends(to, told);
        }
        Expr::Modified { of, .. } => ends(of, told),
        _ => {}
    }
}
