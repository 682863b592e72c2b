//! Numbers that are years and numbers that only look so.
//!
//! A number of three digits is a year where the story has such years that are sure ("in
//! September 717 was", "the census of 754"); one of four that no one would write about without
//! a preposition is none ("flight 2705"). What is a year does not depend on the reference.

use std::ops::RangeInclusive;

use dateline_text::TextRange;

use crate::clause;
use crate::context::Genre;
use crate::expr::Expr;
use crate::find::Found;
use crate::lexicon::Lexicon;
use crate::story::is_year;

/// The first year of four digits.
const FOUR: i32 = 1000;

/// Years from one that is sure, at most.
const NEAR: usize = 60;

/// The years that a number alone tells in news, and in a message.
const NEWS: RangeInclusive<i32> = FOUR..=2199;
const MESSAGE: RangeInclusive<i32> = 1900..=2099;

/// The years, by number and without their era, that are near one of three digits or fewer that a
/// text tells for sure; `None` where it tells none.
pub(crate) fn ancient(found: &[Found]) -> Option<Vec<bool>> {
    let mut sure = vec![false; FOUR as usize];
    for each in found {
        ends(&each.expr, &mut |year| {
            if let Some(told) = sure.get_mut(year.unsigned_abs() as usize) {
                *told = true;
            }
        });
    }
    sure.contains(&true).then(|| {
        let near = |year: usize| year.saturating_sub(NEAR)..(year + NEAR + 1).min(sure.len());
        let told = |year| sure.get(near(year)).is_some_and(|years| years.contains(&true));
        (0..sure.len()).map(told).collect()
    })
}

/// Whether a year that `expr` tells is one of `years`.
pub(crate) fn is_near(expr: &Expr, years: &[bool]) -> bool {
    let mut near = false;
    ends(expr, &mut |year| {
        near |= years.get(year.unsigned_abs() as usize).is_some_and(|near| *near);
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

/// Whether it is a number of four digits that is no year where no preposition leads to it:
/// "flight 2705", "2358" before the lines of a live page.
pub(crate) fn is_number(text: &str, found: &Found, genre: Genre, lexicon: &Lexicon) -> bool {
    let years = if genre == Genre::Colloquial { MESSAGE } else { NEWS };
    let is_far = match &found.expr {
        Expr::Fields(fields) if is_year(&found.expr) && is_bare(text, found.range) => {
            fields.year.is_some_and(|year| !years.contains(&year))
        }
        _ => false,
    };
    is_far && !clause::is_led(text, found.range, lexicon)
}

/// Whether it is written in four digits and no more.
fn is_bare(text: &str, range: TextRange) -> bool {
    let words = range.slice(text).unwrap_or_default();
    words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit())
}
