//! The day on which someone who is quoted spoke, where the sentence tells it: what is said then is
//! read from that day ("“We leave tomorrow,” he said on Monday").

use std::ops::Range;

use dateline_model::Grain;
use dateline_text::TextRange;

use crate::clause::is_owner;
use crate::cue::{boundary, classed};
use crate::expr::{Expr, From};
use crate::find::Found;
use crate::grammar::ClassSet;
use crate::lexicon::Lexicon;
use crate::stop::sentence_start;
use crate::token::Kind;

/// Longest quotation that is read from the day on which it was said, in bytes.
const LONGEST: usize = 1_000;

/// Bytes between a quotation and the day on which it was said, at most.
const APART: usize = 100;

/// Words before a day that opens the sentence of what was said then, at most: "In a letter
/// dated".
const HEAD: usize = 5;

/// Bytes from the day on which someone spoke to what they said on, at most: ". “".
const RESUMED: usize = 5;

/// For each of `found` in a quotation that waits for a reference: which of them is the day
/// on which it was said, if any is. Empty where no quotation has one.
pub(crate) fn spoken(text: &str, found: &[Found], lexicon: &Lexicon) -> Vec<Option<usize>> {
    let mut out = Vec::new();
    let mut told = |quote: &Range<usize>, day: usize| {
        let inside = |found: &Found| quote.contains(&(found.range.start() as usize));
        let first = found.partition_point(|found| (found.range.start() as usize) < quote.start);
        let rest = found.get(first..).unwrap_or_default();
        for at in rest.iter().take_while(|found| inside(found)).enumerate().filter_map(relative) {
            out.resize(found.len(), None);
            out.get_mut(first + at).into_iter().for_each(|slot| *slot = Some(day));
        }
    };
    for (at, day) in found.iter().enumerate().filter(|(_, found)| is_day(&found.expr)) {
        let (start, end) = (day.range.start() as usize, day.range.end() as usize);
        let last = at.checked_sub(1).and_then(|at| found.get(at));
        let behind = last.filter(|last| last.range.end() as usize + LONGEST + APART > start);
        let behind = behind.and_then(|_| quotation_before(text, start));
        let behind = behind.filter(|quote| says(text, quote.end, day.range, lexicon));
        let next = found.get(at + 1);
        let ahead = next.filter(|next| (next.range.start() as usize) < end + LONGEST + APART);
        let ahead = ahead.and_then(|_| quotation_after(text, end));
        // "…," he said on Monday. "…"
        let resumes = |quote: &Range<usize>| behind.is_some() && quote.start <= end + RESUMED;
        let ahead =
            ahead.filter(|quote| resumes(quote) || opens(text, day.range, quote.start, lexicon));
        for quote in behind.iter().chain(&ahead) {
            told(quote, at);
        }
    }
    out
}

fn relative((at, found): (usize, &Found)) -> Option<usize> {
    is_relative(&found.expr).then_some(at)
}

/// Marks that open and close a quotation: those of print, of typewriters, and of tokenized text.
const MARKS: [(&str, &str); 3] = [("“", "”"), ("\"", "\""), ("``", "''")];

/// The quotation that is closed last before `end`, without its marks.
fn quotation_before(text: &str, end: usize) -> Option<Range<usize>> {
    let near = end.saturating_sub(APART)..end;
    let (close, (open, _)) = near.rev().find_map(|at| mark(text, at, |marks| marks.1))?;
    let from = boundary(text, close.saturating_sub(LONGEST));
    let start = from + text.get(from..close)?.rfind(open)? + open.len();
    quotation(text, start, close)
}

/// The quotation that is opened first after `start`, without its marks.
fn quotation_after(text: &str, start: usize) -> Option<Range<usize>> {
    let near = start..start.saturating_add(APART).min(text.len());
    let (at, (open, close)) = near.into_iter().find_map(|at| mark(text, at, |marks| marks.0))?;
    let start = at + open.len();
    let to = boundary(text, start.saturating_add(LONGEST).min(text.len()));
    let end = start + text.get(start..to)?.find(close)?;
    quotation(text, start, end)
}

/// The marks of which the one that `side` names stands at `at`.
fn mark(
    text: &str,
    at: usize,
    side: impl Fn((&'static str, &'static str)) -> &'static str,
) -> Option<(usize, (&'static str, &'static str))> {
    let rest = text.as_bytes().get(at..)?;
    // Hardly a byte is the first of one.
    if !matches!(rest.first(), Some(b'"' | b'\'' | b'`' | 0xe2)) {
        return None;
    }
    let marks = MARKS.into_iter().find(|marks| rest.starts_with(side(*marks).as_bytes()))?;
    Some((at, marks))
}

/// What stands in `text[start..end]`, if it is one paragraph.
fn quotation(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let inside = text.get(start..end)?;
    (!inside.contains("\n\n")).then_some(start..end)
}

/// Whether the words from a quotation to `day` tell that it was said then: "he said on".
fn says(text: &str, from: usize, day: TextRange, lexicon: &Lexicon) -> bool {
    let start = day.start() as usize;
    start.saturating_sub(from) <= APART
        && !is_owner(text, day)
        && sentence_start(text, from, day.end() as usize, lexicon) == from
        && is_said(text, from, start, lexicon)
}

/// Whether `text[from..to]` has a verb of saying, and behind it nothing that has a day of its own.
fn is_said(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known;
    let mut said = false;
    for (token, classes) in classed(text, from, to, lexicon) {
        let turns = classes.has(known.comma) || classes.has(known.cues.turns);
        if token.kind == Kind::Mark && !classes.has(known.comma) && !said {
            continue; // the mark that closes the quotation
        }
        if classes.has(known.cues.report) || classes.has(known.cues.spoke) {
            said = true;
        } else if said && (turns || classes.has(known.cues.relative)) {
            return false;
        }
    }
    said
}

/// Whether `day` opens a sentence that comes to a quotation: "On Monday the minister said:".
fn opens(text: &str, day: TextRange, quote: usize, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known.cues;
    let (start, end) = (day.start() as usize, day.end() as usize);
    let from = boundary(text, start.saturating_sub(APART));
    let from = sentence_start(text, from, start, lexicon);
    let mut head = classed(text, from, start, lexicon);
    let plain = head.by_ref().take(HEAD).all(|(_, classes)| !classes.has(known.turns));
    let said = |classes: ClassSet| classes.has(known.report) || classes.has(known.spoke);
    plain
        && head.next().is_none()
        && !is_owner(text, day)
        && sentence_start(text, end, quote, lexicon) == end
        && classed(text, end, quote, lexicon).any(|(_, classes)| said(classes))
}

/// Whether `expr` can be the day on which someone spoke, or the month or year.
fn is_day(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => {
            fields.day.is_some() || fields.bare_weekday().is_some() || fields.is_anchored()
        }
        Expr::Unit { unit: Grain::Day, n: -1, from: From::Reference } => true,
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Modified { of, .. } => is_day(of),
        _ => false,
    }
}

/// Whether `expr` is read from the day on which it is said.
fn is_relative(expr: &Expr) -> bool {
    let speaks = |from: From| matches!(from, From::Reference | From::Auto | From::Looked);
    match expr {
        Expr::Fields(fields) => fields.bare_weekday().is_some(),
        Expr::Unit { from, .. } | Expr::Which { from, .. } => speaks(*from),
        Expr::Shift { from, of: None, .. } => speaks(*from),
        Expr::Weekend { .. } => true,
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::In { of, .. }
        | Expr::Modified { of, .. } => is_relative(of),
        _ => false,
    }
}
