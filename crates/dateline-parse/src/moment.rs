//! Days and times in a field of a format or an attribute: ISO 8601 and what is near it, the
//! orders of RFC 822 and of C's `asctime`, and stamps as newsrooms print them.

use dateline_model::Moment;
use dateline_text::TextRange;

use crate::Context;
use crate::stamp::{self, iso_moment};

/// The longest value that is read, in bytes.
const LONGEST: usize = 80;

/// The moment that `words` say; `None` where they say none or only a part of one.
pub(crate) fn moment(words: &str, context: Context<'_>) -> Option<Moment> {
    let words = words.trim();
    if words.len() < 8 || words.len() > LONGEST {
        return None;
    }
    let read = iso_moment(words).or_else(|| numbers(words));
    read.or_else(|| told(ordered(words).as_deref().unwrap_or(words), context))
}

/// `2025-06-03`, `2025/06/03`, `20250603`, each with a clock time behind it or without;
/// seconds of Unix, or thousandths of them.
fn numbers(words: &str) -> Option<Moment> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (day, rest) = match digits {
        10 | 13 if words.starts_with('1') => {
            let seconds = words.get(..10).filter(|_| words.len() == digits)?.parse().ok()?;
            let at = jiff::Timestamp::from_second(seconds).ok()?;
            return at.to_string().parse().ok();
        }
        4 => {
            let mark = words.get(4..5).filter(|mark| matches!(*mark, "-" | "/" | "."))?;
            let mut parts = words.splitn(3, mark);
            let (year, month, tail) = (parts.next()?, parts.next()?, parts.next()?);
            let end = tail.bytes().take_while(u8::is_ascii_digit).count();
            let (day, rest) = tail.split_at_checked(end)?;
            (format!("{year}-{month:0>2}-{day:0>2}"), rest)
        }
        8 | 12 | 14 => {
            let (date, rest) = words.split_at(8);
            (format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..)?), rest)
        }
        _ => return None,
    };
    let whole: Moment = day.parse().ok()?;
    Some(clock(rest).and_then(|clock| format!("{day}T{clock}").parse().ok()).unwrap_or(whole))
}

/// A clock time of ISO 8601 without the fraction of its second, and its zone.
fn clock(words: &str) -> Option<String> {
    let words = words.trim_start_matches(['T', 't', ' ']);
    let end = words.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(words.len());
    let (clock, rest) = words.split_at(end);
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let rest = rest.trim();
    let zone = match rest {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".to_string(),
        zone if zone.starts_with(['+', '-']) => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let sign = zone.get(..1)?;
            match digits.len() {
                2 => format!("{sign}{digits}:00"),
                4 => format!("{sign}{}:{}", digits.get(..2)?, digits.get(2..)?),
                _ => String::new(),
            }
        }
        _ => String::new(),
    };
    match clock.len() {
        4 if !clock.contains(':') => Some(format!("{}:{}{zone}", clock.get(..2)?, clock.get(2..)?)),
        4 if clock.get(1..2) == Some(":") => Some(format!("0{clock}{zone}")),
        5 | 8 => Some(format!("{clock}{zone}")),
        _ => None,
    }
}

/// The parts of a date in the order that is read elsewhere, where a program wrote them in
/// another: `Sun Jan  4 16:29:06 EST 2004` (`asctime`, `date`), `Thu, 1 Jan 04 19:48 EST`
/// (RFC 822; the century is that of RFC 2822, section 4.3).
fn ordered(words: &str) -> Option<String> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let digits = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let name = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if let [weekday, month, day, clock, zone @ .., year] = parts.as_slice()
        && name(weekday)
        && name(month)
        && digits(day, 1..=2)
        && clock.contains(':')
        && zone.len() < 2
        && digits(year, 4..=4)
    {
        return Some(format!("{day} {month} {year} {clock} {}", zone.concat()));
    }
    let dated = parts.split_first().filter(|(first, _)| first.ends_with(','));
    let [day, month, year, clock, zone @ ..] = dated.map_or(&*parts, |(_, rest)| rest) else {
        return None;
    };
    let short = digits(day, 1..=2) && name(month) && digits(year, 2..=2) && clock.contains(':');
    let century = if *year < "50" { "20" } else { "19" };
    short.then(|| format!("{day} {month} {century}{year} {clock} {}", zone.join(" ")))
}

/// "Tue, 03 Jun 2025 12:00:00 GMT", "June 3, 2025".
fn told(words: &str, context: Context<'_>) -> Option<Moment> {
    let all = TextRange::at(0, words.len())?;
    if let Some(stamp) = stamp::read(words, all, context) {
        return stamp.dates.first().map(|date| date.moment);
    }
    let day = stamp::tag(words, all, context).iter().find_map(stamp::full_day)?;
    Some(Moment::Day(day.day()))
}
