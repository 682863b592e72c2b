//! Clock times of stamps: digits with a colon, with the half of the day or a zone, or with a
//! mark behind each number ("18時30分").

use dateline_model::Moment;

use super::{Token, tokens};
use crate::Context;
use crate::lexicon::StampWord;

/// A clock time as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(super) start: usize,
    pub(super) end: usize,
    hour: i8,
    minute: i8,
    second: i8,
    pub(super) offset: Option<i16>,
    /// Whether it has a stop, and nothing that says it is no other number but a word.
    pub(super) bare: bool,
}

impl Clock {
    /// The minute of the day.
    pub(crate) fn minute(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    /// This time of `day`.
    pub(crate) fn on(self, day: Moment) -> Moment {
        let time = jiff::civil::Time::new(self.hour, self.minute, self.second, 0);
        match time {
            Ok(time) => Moment::Time { at: day.day().to_datetime(time), offset: self.offset },
            Err(_) => Moment::Day(day.day()),
        }
    }
}

/// The clock times of `words`.
pub(super) fn clocks(words: &str, context: Context<'_>) -> Vec<Clock> {
    let mut out: Vec<Clock> = Vec::new();
    let tokens = tokens(words);
    for (at, token) in tokens.iter().enumerate() {
        if let Some(clock) = marked(&tokens, at, context) {
            out.push(clock);
            continue;
        }
        let Some((hour, minute, second, tail, colon)) = clock_digits(token.words) else {
            continue;
        };
        let next = |by: usize| tokens.get(at + by);
        let half = |words: &str| match context.lexicon.stamp_word(words.trim_end_matches('.')) {
            Some(StampWord::Half(hours)) => Some(hours),
            _ => None,
        };
        let (mut end, mut skip) = (token.end, 1);
        let mut hours = half(tail);
        if let Some(token) = next(1).filter(|_| tail.is_empty()) {
            hours = half(token.words);
            if hours.is_some() {
                (end, skip) = (token.end, 2);
            }
        }
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let mut start = token.start;
        // "오후 3:45"; "am 6.8.2018" is German.
        let free = hours.is_none() && tail.is_empty();
        if let Some(before) = before.filter(|before| free && !before.words.is_ascii()) {
            hours = half(before.words);
            start = if hours.is_some() { before.start } else { start };
        }
        let zone = |words: &str| match context.lexicon.stamp_word(words) {
            Some(StampWord::Zone(offset)) => Some(offset),
            _ => None,
        };
        let zoned = next(skip).is_some_and(|next| zone(next.words).is_some());
        let told = before.is_some_and(|before| {
            context.lexicon.stamp_word(before.words) == Some(StampWord::Clock)
        });
        let dotted = token.words.len() > 3 && (zoned || told);
        if !colon && hours.is_none() && !dotted
            || !tail.is_empty() && hours.is_none() && zone(tail).is_none()
        {
            continue;
        }
        let hour = match hours {
            Some(add) if hour <= 12 => hour % 12 + add,
            _ => hour,
        };
        let offset = (1..=3).rev().find_map(|count| {
            let (first, last) = (next(skip)?, next(skip + count - 1)?);
            let offset = zone(words.get(first.start..last.end)?)?;
            end = last.end;
            Some(offset)
        });
        let offset = match numeric_offset(words.get(end..).unwrap_or_default()) {
            Some((len, minutes)) => {
                end += len;
                Some(minutes)
            }
            None => offset.flatten(),
        };
        let bare = !colon && hours.is_none() && offset.is_none();
        out.push(Clock { start, end, hour, minute, second, offset, bare });
    }
    out
}

/// "18時30分", "오후 6시 30분": numbers with a mark behind each, the hour at `at`.
fn marked(tokens: &[Token<'_>], at: usize, context: Context<'_>) -> Option<Clock> {
    let number = |at: usize| tokens.get(at)?.words.parse::<i8>().ok().filter(|number| *number >= 0);
    // What follows the mark of the minute is set without a space.
    let mark = |at: usize| {
        let token = tokens.get(at)?;
        let first = token.words.chars().next()?;
        let (word, _) = token.words.split_at(first.len_utf8());
        match context.lexicon.stamp_word(word)? {
            StampWord::Mark(mark) => Some((mark, token.start + word.len(), word == token.words)),
            _ => None,
        }
    };
    let (hour, (_, after, _)) = (number(at)?, mark(at + 1).filter(|m| m.0 == 'h' && m.2)?);
    let minute = number(at + 2).zip(mark(at + 3).filter(|(mark, ..)| *mark == 'n'));
    let (minute, end) = minute.map_or((0, after), |(minute, (_, end, _))| (minute, end));
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let half = before.and_then(|before| match context.lexicon.stamp_word(before.words)? {
        StampWord::Half(hours) => Some((hours, before.start)),
        _ => None,
    });
    let (hour, start) = match half {
        Some((hours, start)) if hour <= 12 => (hour % 12 + hours, start),
        _ => (hour, tokens.get(at)?.start),
    };
    let bare = false;
    let clock = Clock { start, end, hour, minute, second: 0, offset: None, bare };
    (hour < 24 && minute < 60).then_some(clock)
}

/// ` +0200`, `-05:00` right after a clock time: its length and minutes east of UTC.
fn numeric_offset(rest: &str) -> Option<(usize, i16)> {
    let trimmed = rest.trim_start();
    let sign = match trimmed.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = trimmed.get(1..)?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, minutes, len) = match (count, digits.as_bytes().get(count)) {
        (2, Some(b':')) => (digits.get(..2)?, digits.get(3..5)?, 6),
        (4, _) => (digits.get(..2)?, digits.get(2..4)?, 5),
        // "GMT+3"; a space before it makes it a dash.
        (1 | 2, _) if trimmed.len() == rest.len() => (digits.get(..count)?, "0", count + 1),
        _ => return None,
    };
    let minutes = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
    Some((rest.len() - trimmed.len() + len, sign * minutes))
}

/// `12:05`, `12:05:30`, `3.45pm`, `5pm`: hour, minute, second, the rest, and whether a
/// colon stands in it.
fn clock_digits(words: &str) -> Option<(i8, i8, i8, &str, bool)> {
    let digits = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let hour = words.get(..digits).filter(|hour| (1..=2).contains(&hour.len()))?.parse().ok()?;
    let rest = words.get(digits..)?;
    let colon = rest.starts_with([':', 'h']);
    let two = |words: &str| words.get(..2).and_then(|two| two.parse::<i8>().ok());
    let (mut minute, mut second, mut tail) = (0, 0, rest);
    // "18h28".
    let hours = |after: &&str| two(after).is_some();
    if let Some(after) =
        rest.strip_prefix([':', '.']).or_else(|| rest.strip_prefix('h').filter(hours))
    {
        minute = two(after)?;
        tail = after.get(2..)?;
        if let Some(after) = tail.strip_prefix(':') {
            second = two(after)?;
            tail = after.get(2..)?;
        }
    }
    let tail = tail.trim_end_matches([',', '.', ';']);
    (hour < 24 && minute < 60 && second < 60).then_some((hour, minute, second, tail, colon))
}
