//! A clock time whose day is told later in its clause: "The polls open at 7 a.m. and close at
//! 8 p.m. on Tuesday", "the 3 p.m. rally on Sunday".

use dateline_model::Grain;
use dateline_text::TextRange;

use crate::brackets::{clock, clock_day};
use crate::clause::is_owner;
use crate::cue::classed;
use crate::expr::{Expr, From};
use crate::find::Found;
use crate::lexicon::Lexicon;
use crate::token::{Kind, Shape};

/// Bytes from a clock time to another with its day, and to a day, at most.
const CLOCK: usize = 80;
const DAY: usize = 40;

/// Gives a clock time without a day the one that its clause tells behind it.
pub(crate) fn share_clauses(text: &str, found: &mut [Found], lexicon: &Lexicon) {
    for at in (1..found.len()).rev() {
        let [before, after] = found.get_mut(at - 1..=at).unwrap_or_default() else { continue };
        if clock(&before.expr).is_none() {
            continue;
        }
        let Some(gap) = TextRange::new(before.range.end(), after.range.start()) else { continue };
        let day = match &after.expr {
            Expr::At { of: Some(day), clock: end } => {
                let earlier = clock(&before.expr).is_some_and(|start| start.hour < end.hour);
                (earlier && joins(text, gap, lexicon)).then(|| (**day).clone())
            }
            expr if is_day(expr) && !is_owner(text, after.range) => {
                names(text, gap, lexicon).then(|| expr.clone())
            }
            _ => None,
        };
        if let Some((day, of)) = day.zip(clock_day(&mut before.expr)) {
            *of = Some(Box::new(day));
        }
    }
}

/// A weekday, a date or a day told from now.
fn is_day(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => fields.grain() == Grain::Day,
        Expr::Unit { unit: Grain::Day, from: From::Reference, .. } => true,
        _ => false,
    }
}

/// Whether a few words that join stand in `gap`: "and close at", but not "and will go on at",
/// which is on another day.
fn joins(text: &str, gap: TextRange, lexicon: &Lexicon) -> bool {
    let words = gap.slice(text).unwrap_or_default();
    if words.len() > CLOCK || words.contains('\n') {
        return false;
    }
    let (known, cues) = (&lexicon.known, &lexicon.known.cues);
    let mut joined = false;
    let plain =
        classed(text, gap.start() as usize, gap.end() as usize, lexicon).all(|(token, classes)| {
            joined |= classes.has(known.and);
            let ahead = classes.has(cues.will) || classes.has(cues.would);
            !ahead && (token.kind == Kind::Word || classes.has(known.comma))
        });
    joined && plain
}

/// Whether the words of `gap` name the event that is at the time before and on the day behind
/// them: "rally on", "service". A verb, a comma or another preposition is none of its name.
fn names(text: &str, gap: TextRange, lexicon: &Lexicon) -> bool {
    let words = gap.slice(text).unwrap_or_default();
    if words.len() > DAY || words.contains(['\n', ',', '.', ';', ':', '(', ')']) {
        return false;
    }
    let known = &lexicon.known.cues;
    let others = [
        known.past,
        known.future,
        known.present,
        known.be,
        known.is,
        known.was,
        known.had,
        known.report,
        known.to,
        known.from,
        known.by,
        known.since,
        known.limit,
        known.ends_for,
        known.prior,
        known.turns,
        known.relative,
        known.that,
        known.through,
        known.base,
    ];
    classed(text, gap.start() as usize, gap.end() as usize, lexicon).all(|(token, classes)| {
        let joins = classes.has(lexicon.known.and) && token.kind == Kind::Word;
        !joins && (token.shape != Shape::Lower || !others.iter().any(|class| classes.has(*class)))
    })
}
