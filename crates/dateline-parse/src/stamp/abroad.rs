//! Dates of stamps that are not in English: a month by its name in one of the tables of
//! other languages between a day and a year ("jeudi 27 juin 2019", "2019. január 23."), or
//! numbers with a mark behind each ("2019年1月23日") or between them ("2019.01.23").

use dateline_model::Timex;
use dateline_text::TextRange;

use crate::Context;
use crate::lexicon::StampWord;

/// The longest text that is read, in bytes, and the widest gap between the parts of a date.
const LONGEST: usize = 400;
const GAP: usize = 3;

/// A number or a word.
#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Day(u32),
    Year(u32),
    Month(i8),
    Mark(char),
    Link,
    Other,
}

/// The full dates at `range`, each read as the same date in digits is.
pub(crate) fn dates(text: &str, range: TextRange, context: Context<'_>) -> Vec<Timex> {
    let words = range.slice(text).filter(|words| words.len() <= LONGEST).unwrap_or_default();
    let tokens = tokens(words, context);
    let telling = |token: &Token| !matches!(token.what, What::Day(_) | What::Link | What::Other);
    let mut out: Vec<Timex> = Vec::new();
    for at in (0..tokens.len()).filter(|at| tokens.get(*at).is_some_and(telling)) {
        let found = named(words, &tokens, at).or_else(|| marked(words, &tokens, at));
        let found = found.or_else(|| digits(words, &tokens, at));
        let Some((start, end, value)) = found else { continue };
        let Some(own) = TextRange::at(start, end).and_then(|own| own.shift(range.start())) else {
            continue;
        };
        let all = TextRange::at(0, value.len());
        let read = dateline_timex::tag_within(
            &value,
            all.as_slice(),
            &dateline_timex::Context::default(),
            context.timex,
        );
        let ends = out.last().map_or(0, |last| last.range.end());
        let date = read.into_iter().find(|timex| timex.value == value && own.start() >= ends);
        out.extend(date.map(|timex| Timex { range: own, ..timex }));
    }
    out
}

/// A date around the name of a month, which is the token `at`.
fn named(words: &str, tokens: &[Token], at: usize) -> Option<(usize, usize, String)> {
    let token = |at: usize| tokens.get(at);
    let What::Month(month) = token(at)?.what else { return None };
    // The next number on one side, over one small word.
    let next = |at: usize, back: bool| {
        let step = |at: usize| if back { at.checked_sub(1) } else { Some(at + 1) };
        let near = |from: usize, to: usize| {
            let (first, second) = if back { (to, from) } else { (from, to) };
            is_gap(words.get(token(first)?.end..token(second)?.start)?).then_some(to)
        };
        let one = near(at, step(at)?)?;
        match token(one)?.what {
            What::Link => near(one, step(one)?),
            _ => Some(one),
        }
    };
    let what = |at: Option<usize>| at.and_then(token).map(|token| token.what);
    let (before, behind) = (next(at, true), next(at, false));
    let third = behind.and_then(|behind| next(behind, false));
    let (first, last, year, day) = match (what(before), what(behind), what(third)) {
        (Some(What::Day(day)), Some(What::Year(year)), _) => (before?, behind?, year, day),
        (Some(What::Year(year)), Some(What::Day(day)), _) => (before?, behind?, year, day),
        (_, Some(What::Day(day)), Some(What::Year(year))) => (at, third?, year, day),
        _ => return None,
    };
    // "27 июня 2019 г."; the "le" of "le 27 juin 2019" may belong to "publié le".
    let link = Some(last + 1).filter(|at| what(Some(*at)) == Some(What::Link));
    let last = link.unwrap_or(last);
    Some((token(first)?.start, token(last)?.end, format!("{year}-{month:02}-{day:02}")))
}

/// Three numbers with marks behind them, of which the first is the token `at`.
fn marked(words: &str, tokens: &[Token], at: usize) -> Option<(usize, usize, String)> {
    let first = at.checked_sub(1)?;
    let six = tokens.get(first..first + 6)?;
    let whats: [What; 6] = std::array::from_fn(|at| six.get(at).map_or(What::Other, |t| t.what));
    let near = six.iter().zip(six.iter().skip(1));
    let near = near.map(|(one, two)| words.get(one.end..two.start));
    if !near.into_iter().all(|gap| gap.is_some_and(is_gap)) {
        return None;
    }
    match whats {
        [
            What::Year(year),
            What::Mark('y'),
            What::Day(month),
            What::Mark('m'),
            What::Day(day),
            What::Mark('d'),
        ] => Some((six.first()?.start, six.last()?.end, format!("{year}-{month:02}-{day:02}"))),
        _ => None,
    }
}

/// Three numbers with one mark between them, the year, which is the token `at`, first
/// ("2024.06.01", "发表于2014-08-24"), or apart from the others ("2023 11/17").
fn digits(words: &str, tokens: &[Token], at: usize) -> Option<(usize, usize, String)> {
    let (year, month, day) = (tokens.get(at)?, tokens.get(at + 1)?, tokens.get(at + 2)?);
    let mark = |one: &Token, two: &Token| words.get(one.end..two.start).map(str::trim);
    let marks = (mark(year, month)?, mark(month, day)?);
    let is_date = matches!(marks, (".", ".") | ("-", "-") | ("/", "/") | ("", "/"));
    let before = words.get(..year.start)?.chars().next_back();
    // "SC2014-08-24".
    let apart = before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '/'));
    match (year.what, month.what, day.what) {
        (What::Year(y), What::Day(m @ 1..=12), What::Day(d)) if apart && is_date => {
            Some((year.start, day.end, format!("{y}-{m:02}-{d:02}")))
        }
        _ => None,
    }
}

/// What may stand between the parts of a date.
fn is_gap(between: &str) -> bool {
    between.len() <= GAP && between.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ','))
}

fn tokens(words: &str, context: Context<'_>) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_alphabetic() || c.is_ascii_digit()) {
        let (_, tail) = rest.split_at(start);
        let digit = |c: char| c.is_ascii_digit();
        let number = tail.starts_with(digit);
        let other = |c: char| if number { !digit(c) } else { digit(c) || !in_word(c) };
        let mut end = tail.find(other).unwrap_or(tail.len());
        let mut what = match tail.get(..end).unwrap_or_default() {
            digits if number => number_of(digits),
            word => word_of(word, context),
        };
        // What follows a mark is set without a space.
        let first = tail.chars().next().map_or(0, char::len_utf8);
        if what == What::Other && !number && end > first {
            let mark = word_of(tail.get(..first).unwrap_or_default(), context);
            if matches!(mark, What::Mark(_)) {
                (what, end) = (mark, first);
            }
        }
        // "1er juin", "1º de junio".
        let behind = tail.get(end..).unwrap_or_default();
        let sign = ["er", "º", "ª"].into_iter().find(|sign| behind.starts_with(sign));
        end += sign.filter(|_| number).map_or(0, str::len);
        let start = words.len() - tail.len();
        out.push(Token { start, end: start + end, what });
        rest = tail.get(end..).unwrap_or_default();
    }
    out
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{301}')
}

fn number_of(digits: &str) -> What {
    match (digits.len(), digits.parse::<u32>()) {
        (1 | 2, Ok(day @ 1..=31)) => What::Day(day),
        (4, Ok(year @ 1900..=2100)) => What::Year(year),
        _ => What::Other,
    }
}

fn word_of(word: &str, context: Context<'_>) -> What {
    match context.lexicon.stamp_word(word) {
        Some(StampWord::Month(month)) => What::Month(month),
        Some(StampWord::Mark(mark)) => What::Mark(mark),
        Some(StampWord::Link) => What::Link,
        _ => What::Other,
    }
}
