//! What stands behind a stamp on its line and is no part of it.

use dateline_text::TextRange;

use super::{Token, is_digit, tokens};
use crate::Context;
use crate::lexicon::{Phrase, StampWord};

/// Words behind the end of a stamp, at most.
const BEHIND: usize = 5;

/// "Posted 11.02.2026 by the news desk", "Wednesday, 28 January 2026, page 1": what stands
/// before the word behind which a few more follow that are no part of a stamp.
pub(super) fn before_end(range: TextRange, words: &str, context: Context<'_>) -> Option<TextRange> {
    let tokens = tokens(words);
    let ends = |(at, token): (usize, &Token<'_>)| {
        let said = context.lexicon.stamp_word(token.words)?;
        matches!(said, StampWord::End | StampWord::By).then_some((at, said))
    };
    let (at, said) = tokens.iter().enumerate().rev().find_map(ends).filter(|(at, _)| *at > 0)?;
    let end = tokens.get(at)?;
    // Up to the next field: "3 June 2019 | 15:49 by Ann Poe | 0 comments".
    let bar = words.get(end.end..)?.find(['|', '•', '·']);
    let field = bar.map_or(words.len(), |bar| end.end + bar);
    let behind: Vec<_> = tokens.iter().skip(at + 1).filter(|token| token.start < field).collect();
    // Names alone behind a word that may be a small one elsewhere ("von Wien nach Graz").
    let named = behind.iter().all(|token| !token.words.starts_with(char::is_lowercase));
    let opened = tokens.first().and_then(|first| context.lexicon.stamp_word(first.words));
    let opened = matches!(opened, Some(StampWord::Published | StampWord::First));
    let before = words.get(..end.start)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    let dated = before.contains(is_digit);
    let stops = words.ends_with(['.', '!', '?']);
    // "18 juin 1940 - Appel par de Gaulle" says what happened.
    let plain = before.rsplit(is_digit).next().unwrap_or_default();
    let told = |part: &str| !context.lexicon.in_stamps(&part.to_lowercase());
    let letters = |c: char| !c.is_alphanumeric();
    let plain = !plain.split(letters).filter(|part| !part.is_empty()).any(told);
    let fits = opened || plain && (named || said == StampWord::End);
    ((1..=BEHIND).contains(&behind.len()) && dated && fits && !stops)
        .then(|| head(range, before))?
}

/// The part of `range` that `before`, its first words, takes up without the space behind them.
fn head(range: TextRange, before: &str) -> Option<TextRange> {
    TextRange::at(0, before.trim_end().len())?.shift(range.start())
}

/// The longest line of a stamp and such words, in bytes, and the fewest digits of a day.
const SHORT: usize = 100;
const DIGITS: usize = 5;

/// "3 June 2025 4 min read": what stands before words of an interface that end the line.
pub(super) fn before_phrase(
    range: TextRange,
    words: &str,
    context: Context<'_>,
) -> Option<TextRange> {
    if words.len() > SHORT || words.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
        return None;
    }
    let spaces = words.rmatch_indices(char::is_whitespace).map(|(at, _)| at).take(BEHIND);
    let dated = |at: &usize| words.get(..*at).is_some_and(|before| before.contains(is_digit));
    let said = |at: &usize| {
        let behind = words.get(*at..).map(str::trim).filter(|words| words.contains(' '));
        behind.and_then(|words| context.lexicon.phrase(words)) == Some(Phrase::Noise)
    };
    let at = spaces.take_while(dated).filter(said).last()?;
    TextRange::at(0, at)?.shift(range.start())
}

/// The longest initials of whoever wrote it, in letters.
const INITIALS: usize = 4;

/// "14.06.2019 (ch)": what stands before initials in brackets.
pub(super) fn before_initials(
    range: TextRange,
    words: &str,
    context: Context<'_>,
) -> Option<TextRange> {
    let (before, initials) = words.strip_suffix(')')?.rsplit_once('(')?;
    let plain = |part: &str| {
        (1..=INITIALS).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    };
    let known = context.lexicon.in_stamps(&initials.to_lowercase())
        || context.lexicon.stamp_word(&format!("({initials})")).is_some();
    let is_named = initials.split('/').take(INITIALS).all(plain);
    let dated = before.bytes().filter(u8::is_ascii_digit).count() >= DIGITS;
    (is_named && dated && !known).then(|| head(range, before))?
}

/// "04-27-2009, 07:14 PM #1": what stands before the number of a post.
pub(super) fn before_number(range: TextRange, words: &str) -> Option<TextRange> {
    let (before, number) = words.rsplit_once(" #")?;
    let counts = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    counts.then(|| head(range, before))?
}

/// "Published On 2 Jun 20252 Jun 2025": the date stands twice without a space between.
/// The first of them.
pub(super) fn doubled(range: TextRange, words: &str) -> Option<TextRange> {
    let mut run = 0;
    for (at, b) in words.bytes().enumerate() {
        run = if b.is_ascii_digit() { run + 1 } else { 0 };
        let year = words.get((at + 1).saturating_sub(run)..).is_some_and(|w| w.starts_with("20"));
        let next = words.get(at + 1..).and_then(|rest| rest.chars().next());
        let letter = next.is_some_and(|c| c.is_ascii_alphabetic() && c != 'T');
        if run == 5 && year || run == 4 && year && letter {
            let end = if run == 5 { at } else { at + 1 };
            return TextRange::at(0, end).and_then(|first| first.shift(range.start()));
        }
    }
    None
}
