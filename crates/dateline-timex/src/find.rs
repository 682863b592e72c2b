//! Finds date expressions: runs of words that can be part of one, the patterns over
//! them, and of what was found the leftmost longest. No reference is known here, so the
//! spans cannot depend on one.

use dateline_text::TextRange;

use crate::build;
use crate::chart::{Chart, Edge};
use crate::clause;
use crate::cue;
use crate::expr::Expr;
use crate::grammar::ClassSet;
use crate::lexicon::Lexicon;
use crate::token::{Gap, Kind, Scanner, Shape, Token};

/// An expression where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its words.
    pub(crate) range: TextRange,
    /// The list that it is part of, or its words: what a verb governs.
    pub(crate) list: TextRange,
    /// What they say.
    pub(crate) expr: Expr,
    /// The rule that found it.
    pub(crate) rule: u16,
    /// It is one in all but news.
    pub(crate) loose: bool,
    /// It is one in a story of years of three digits.
    pub(crate) ancient: bool,
}

/// Longest run that is looked at in one piece; prose never comes near.
const RUN: usize = 96;

/// How many tokens are kept; those of runs that are done are dropped when so many are.
const KEPT: usize = 512;

/// The expressions of `text[stretch]`, in order, none overlapping another.
pub(crate) fn find(
    text: &str,
    stretch: TextRange,
    finals: ClassSet,
    lexicon: &Lexicon,
    out: &mut Vec<Found>,
) {
    let range = stretch.as_usize();
    let mut scanner = Scanner::new(text, range.start, range.end, &lexicon.vocabulary);
    let mut tokens: Vec<Token> = Vec::with_capacity(KEPT);
    let mut chart = Chart::default();
    let (mut start, mut triggered) = (0, false);
    let loose = finals.meets(lexicon.colloquial);
    let mut close = |run: &[Token], triggered: &mut bool| {
        if std::mem::take(triggered) {
            search(text, run, finals, lexicon, &mut chart, out);
        }
    };
    while let Some(token) = scanner.next() {
        if token.gap == Gap::Blank || tokens.len() - start >= RUN {
            close(tokens.get(start..).unwrap_or_default(), &mut triggered);
            start = tokens.len();
        }
        if tokens.len() == KEPT {
            tokens.drain(..start);
            start = 0;
        }
        tokens.push(token);
        let run = tokens.get(start..).unwrap_or_default();
        let Some((token, before)) = run.split_last() else { break };
        triggered |= triggers(lexicon, before, token, loose);
        if !lexicon.is_inner(token) {
            close(run, &mut triggered);
            // What ends one run stands before the next.
            start = tokens.len() - 1;
        }
    }
    close(tokens.get(start..).unwrap_or_default(), &mut triggered);
}

/// Whether `token` after `run` may make an expression of it.
///
/// Every token comes through here: what few need stays out of line.
#[inline(always)]
fn triggers(lexicon: &Lexicon, run: &[Token], token: &Token, loose: bool) -> bool {
    match token.kind {
        // "doors at 8", in a message
        Kind::Number => loose || number_triggers(lexicon, run, token),
        _ => lexicon.is_trigger(token) || (token.gap == Gap::Glued && ends_decade(run, token)),
    }
}

/// the 80s
#[inline(never)]
fn ends_decade(run: &[Token], token: &Token) -> bool {
    let two = run.last().is_some_and(|number| number.digits == 2 && number.number % 10 == 0);
    two && token.end - token.start == 1
}

#[inline(never)]
fn number_triggers(lexicon: &Lexicon, run: &[Token], token: &Token) -> bool {
    // '98
    let short = token.digits == 2
        && token.gap == Gap::Glued
        && run.last().is_some_and(|mark| mark.kind == Kind::Mark && mark.gap != Gap::Glued);
    // 1998, 0430
    let four = token.digits == 4 && token.number <= 2999 && !token.grouped;
    let chained = token.gap == Gap::Glued
        && matches!(run, [.., number, mark]
            if mark.gap == Gap::Glued && mark.kind == Kind::Mark && number.kind == Kind::Number);
    // in 476, (476
    let opens = |mark: &Token| token.gap == Gap::Glued && mark.gap != Gap::Glued;
    let three = token.digits == 3
        && !token.grouped
        && run.last().is_some_and(|before| {
            (before.kind == Kind::Word || opens(before)) && lexicon.is_inner(before)
        });
    four || three || short || chained || token.is_date() || token.is_day_and_time()
}

/// Tokens before the first and after the last trigger that may belong to it.
const MARGIN: usize = 14;

fn search(
    text: &str,
    run: &[Token],
    finals: ClassSet,
    lexicon: &Lexicon,
    chart: &mut Chart,
    out: &mut Vec<Found>,
) {
    let loose = finals.meets(lexicon.colloquial);
    let starts = |at: usize| {
        let before = run.get(..at).unwrap_or_default();
        run.get(at).is_some_and(|token| triggers(lexicon, before, token, loose))
    };
    let Some(first) = (0..run.len()).find(|at| starts(*at)) else { return };
    let last = (first..run.len()).rev().find(|at| starts(*at)).unwrap_or(first);
    let window = first.saturating_sub(MARGIN)..(last + MARGIN).min(run.len());
    let run = run.get(window).unwrap_or_default();
    chart.fill(text, run, lexicon);
    let mut at = 0;
    while at < run.len() {
        let start = run.get(at).map_or(0, |token| token.start as usize);
        let is_moved = || clause::is_moved(text, start, lexicon);
        let best = chart
            .at(at)
            .iter()
            .filter(|edge| finals.has(edge.class) && stands_free(text, run, at, edge.end, lexicon))
            .filter(|edge| edge.class != lexicon.known.range || !is_moved())
            .max_by_key(|edge| (edge.end, std::cmp::Reverse(edge.rule)));
        match best.and_then(|edge| found(text, run, at, edge, lexicon)) {
            Some(found) => {
                at = best.map_or(at + 1, |edge| edge.end.max(at + 1));
                if is_counted(&found.expr) || !in_title(text, found.range, lexicon) {
                    push(found, out);
                }
            }
            // What is no date at all, as February 31, is passed over whole.
            None => at = best.map_or(at + 1, |edge| edge.end.max(at + 1)),
        }
    }
}

/// Adds what was found, a pair as two, of which the second may be a pair again.
fn push(found: Found, out: &mut Vec<Found>) {
    let Expr::Pair { first, second, gap } = found.expr else { return out.push(found) };
    let before = TextRange::new(found.range.start(), gap.start());
    let after = TextRange::new(gap.end(), found.range.end());
    for (range, expr) in [(before, first), (after, second)] {
        let Some(range) = range else { continue };
        push(Found { range, expr: *expr, ..found }, out);
    }
}

fn found(text: &str, run: &[Token], at: usize, edge: &Edge, lexicon: &Lexicon) -> Option<Found> {
    let first = run.get(at)?;
    let last = run.get(edge.end.checked_sub(1)?)?;
    let end = last.end - u32::from(ends_with_stop(text, last));
    let range = TextRange::new(first.start, end)?;
    let loose = lexicon.not_news.has(edge.class);
    let ancient = lexicon.ancient.has(edge.class);
    let (expr, rule) = (build::expr(&edge.sem)?, edge.origin?);
    Some(Found { range, list: range, expr, rule, loose, ancient })
}

/// Whether the stop after a shortened word is that of its sentence: "see you on Tues. The" has
/// one stop for both. Those of "a.m." are its own.
fn ends_with_stop(text: &str, last: &Token) -> bool {
    let (start, end) = (last.start as usize, last.end as usize);
    let word = text.get(start..end).and_then(|word| word.strip_suffix('.'));
    let rest = text.get(end..).unwrap_or_default();
    let mut next = rest.chars();
    let ends = match next.next() {
        None | Some('\n' | '.') => true,
        Some(' ') => next.next().is_some_and(char::is_uppercase),
        Some(_) => false,
    };
    ends && last.kind == Kind::Word && word.is_some_and(|word| word.len() > 1)
}

/// Whether a mark joins eight digits that write a day to the rest of a name:
/// `IMG_20250601_101112`, `20250601-101112`.
fn names_file(text: &str, mark: &Token, number: &Token) -> bool {
    let mark = text.get(mark.start as usize..mark.end as usize);
    number.is_date() && matches!(mark, Some("_" | "-"))
}

/// Whether a number stands alone in quotation marks: "1984" is a book.
fn is_quoted(text: &str, first: &Token, last: &Token) -> bool {
    const MARKS: [char; 6] = ['"', '“', '”', '\'', '‘', '’'];
    let before = text.get(..first.start as usize).unwrap_or_default();
    let after = text.get(last.end as usize..).unwrap_or_default().trim_start_matches([',', '.']);
    before.ends_with(MARKS) && after.starts_with(MARKS)
}

/// Whether it is a length of more than one: "57 Days of Hell" lasted as long.
fn is_counted(expr: &Expr) -> bool {
    matches!(expr, Expr::Length(length) if length.amount != Some(1000))
}

/// Bytes of a title before and after a date in it, at most.
const TITLE: usize = 60;

/// Whether `range` stands in a title in quotation marks: “The Long August”, “A Year in Provence”.
///
/// Every word has a capital there but articles and prepositions, as the style books of the
/// press have it, and so has one that does not come first.
fn in_title(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let (start, end) = (range.start() as usize, range.end() as usize);
    let from = (start.saturating_sub(TITLE)..=start).find(|at| text.is_char_boundary(*at));
    let to = (end..=end + TITLE).rev().find(|at| text.is_char_boundary(*at));
    let head = from.and_then(|from| text.get(from..start)).unwrap_or_default();
    let tail = to.and_then(|to| text.get(end..to)).unwrap_or_default();
    // Few dates have such a mark near: bytes tell before characters are looked at.
    if !head.bytes().any(|byte| matches!(byte, b'"' | 0xe2)) {
        return false;
    }
    let edge = |c: char| matches!(c, '"' | '“' | '”' | '\n');
    let opening = head.char_indices().rfind(|(_, c)| edge(*c));
    let closing = tail.char_indices().find(|(_, c)| edge(*c));
    let (Some((open, '"' | '“')), Some((close, '"' | '”'))) = (opening, closing) else {
        return false;
    };
    let opens = start - head.len() + open + opening.map_or(0, |(_, c)| c.len_utf8());
    let inside = text.get(opens..end + close).unwrap_or_default();
    if inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace) {
        return false;
    }
    let known = &lexicon.known;
    let (mut named, mut plain) = (false, false);
    for (token, classes) in cue::classed(text, opens, end + close, lexicon) {
        let at = token.start as usize;
        let glued = token.gap == Gap::Glued && at != opens;
        if token.kind != Kind::Word || glued || (start..end).contains(&at) {
            continue;
        }
        let small = classes.has(known.cues.attributive) || classes.has(known.and);
        if token.shape == Shape::Lower {
            plain |= !small && !classes.has(known.cues.on) && !classes.has(known.cues.to);
        } else {
            named |= at != opens && token.end - token.start > 1;
        }
    }
    named && !plain
}

/// Whether the tokens `at..end` are no piece of something longer: a code, a price, a
/// score, a decimal.
fn stands_free(text: &str, run: &[Token], at: usize, end: usize, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known;
    let is = |token: &Token, class| {
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        lexicon.classes_of(token, words).has(class)
    };
    let (Some(first), Some(last)) = (run.get(at), end.checked_sub(1).and_then(|at| run.get(at)))
    else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|at| run.get(at)).filter(|_| first.gap == Gap::Glued);
    let after = run.get(end).filter(|token| token.gap == Gap::Glued);
    if end == at + 1 && last.kind == Kind::Number && is_quoted(text, first, last) {
        return false;
    }
    if let Some(before) = before {
        let chained = || {
            // "2019;39(4)", "2025-05-01;2025-05-29": such a mark parts.
            let earlier = at.checked_sub(2).and_then(|at| run.get(at));
            let earlier = earlier.filter(|_| !is(before, known.parts));
            before.gap == Gap::Glued && earlier.is_some_and(|token| token.kind == Kind::Number)
        };
        let letters = text.get(first.start as usize..first.end as usize);
        let is_initial = letters.is_some_and(|word| word.len() == 2 && word.ends_with('.'));
        let bad = match before.kind {
            Kind::Word | Kind::Number => true,
            Kind::Mark if first.kind == Kind::Number => {
                !names_file(text, before, first) && (is(before, known.bad_before) || chained())
            }
            // "@sunday_fun" is someone, and "U.S.C. 1331" no year about 1331.
            Kind::Mark => is(before, known.bad_name) || is_initial,
        };
        if bad {
            return false;
        }
    }
    if let Some(after) = after {
        let chained = || {
            let next = run.get(end + 1).filter(|_| !is(after, known.parts));
            next.is_some_and(|token| token.kind == Kind::Number && token.gap == Gap::Glued)
        };
        let bad = match after.kind {
            Kind::Word => true,
            Kind::Number => last.kind == Kind::Number,
            Kind::Mark if last.kind == Kind::Number => {
                !names_file(text, after, last) && (is(after, known.bad_after) || chained())
            }
            // "monday.com" is an address.
            Kind::Mark => {
                let next = run.get(end + 1).filter(|next| next.gap == Gap::Glued);
                next.is_some_and(|next| next.kind == Kind::Word && next.shape == Shape::Lower)
                    && text.get(after.start as usize..after.end as usize) == Some(".")
            }
        };
        if bad {
            return false;
        }
    }
    true
}
