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
        let (mut end, mut skip) = (token.end, 1);
        let mut hours = half(tail, context);
        if let Some(token) = next(1).filter(|_| tail.is_empty()) {
            hours = half(token.words, context);
            if hours.is_some() {
                (end, skip) = (token.end, 2);
            }
        }
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let mut start = token.start;
        // "오후 3:45"; "am 6.8.2018" is German.
        let free = hours.is_none() && tail.is_empty();
        if let Some(before) = before.filter(|before| free && !before.words.is_ascii()) {
            hours = half(before.words, context);
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

/// The hours to add that a half of the day stands for.
fn half(words: &str, context: Context<'_>) -> Option<i8> {
    match context.lexicon.stamp_word(words.trim_end_matches('.')) {
        Some(StampWord::Half(hours)) => Some(hours),
        _ => None,
    }
}

/// "18時30分", "오후 6시 30분 15초": numbers with a mark behind each, the hour at `at`.
fn marked(tokens: &[Token<'_>], at: usize, context: Context<'_>) -> Option<Clock> {
    // The number at a token and where the mark behind it ends; what follows the mark of a
    // minute is set without a space.
    let part = |at: usize, said: char| {
        let number = tokens.get(at)?.words.parse::<i8>().ok().filter(|number| *number >= 0)?;
        let token = tokens.get(at + 1)?;
        let (word, _) = token.words.split_at(token.words.chars().next()?.len_utf8());
        let is_mark = context.lexicon.stamp_word(word) == Some(StampWord::Mark(said));
        let whole = said != 'h' || word == token.words;
        (is_mark && whole).then_some((number, token.start + word.len()))
    };
    let (hour, mut end) = part(at, 'h')?;
    let mut more = |at: usize, said: char| {
        let (number, after) = part(at, said)?;
        end = after;
        Some(number)
    };
    let minute = more(at + 2, 'n');
    let second = minute.and_then(|_| more(at + 4, 's')).unwrap_or(0);
    let minute = minute.unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let hours = before.and_then(|before| half(before.words, context)).filter(|_| hour <= 12);
    let (hour, start) = match (hours, before) {
        (Some(hours), Some(before)) => (hour % 12 + hours, before.start),
        _ => (hour, tokens.get(at)?.start),
    };
    let clock = Clock { start, end, hour, minute, second, offset: None, bare: false };
    (hour < 24 && minute < 60 && second < 60).then_some(clock)
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
