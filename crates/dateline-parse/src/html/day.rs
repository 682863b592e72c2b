//! Days and times as markup writes them: ISO 8601 and what is near it, and the words of
//! the date tagger for the rest.

use dateline_model::Moment;
use dateline_text::TextRange;

use crate::Context;
use crate::stamp;

/// The longest value that is read, in bytes.
const LONGEST: usize = 80;

/// The moment that `words` say; `None` where they say none or only a part of one.
pub(super) fn moment(words: &str, context: Context<'_>) -> Option<Moment> {
    let words = words.trim();
    if words.len() < 8 || words.len() > LONGEST {
        return None;
    }
    numbers(words).filter(|moment| is_recent(*moment)).or_else(|| told(words, context))
}

/// News on the web; what lies before or far behind is a default of some system.
fn is_recent(moment: Moment) -> bool {
    (1990..2100).contains(&moment.day().year())
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

/// "Tue, 03 Jun 2025 12:00:00 GMT", "June 3, 2025".
fn told(words: &str, context: Context<'_>) -> Option<Moment> {
    let all = TextRange::at(0, words.len())?;
    if let Some(stamp) = stamp::read(words, all, context) {
        let date = stamp.dates.first()?;
        return Some(date.moment).filter(|moment| is_recent(*moment));
    }
    let day = stamp::tag(words, all, context).iter().find_map(stamp::full_day)?;
    Some(Moment::Day(day.day())).filter(|moment| is_recent(*moment))
}
