//! Transcripts: lines that begin with a clock mark. Lines are joined to the sentence
//! they belong to, and the marks become holes, so that the prose reads through.

use dateline_text::TextRange;

use crate::lines::{Line, Mark};

/// The most lines that are joined to one paragraph.
const LONGEST: usize = 40;

/// A clock mark in front of a line: its end, whether the words are glued to it, and its
/// seconds.
#[derive(Clone, Copy)]
struct Clock {
    end: usize,
    glued: bool,
    seconds: u32,
}

/// Joins the lines of a transcript; lines of anything else stay as they are. The lines
/// that hold an utterance are told by `true`.
pub(crate) fn join(text: &str, lines: Vec<Line>) -> Vec<(Line, bool)> {
    let clocks: Vec<Option<Clock>> =
        lines.iter().map(|line| line.range.slice(text).and_then(clock)).collect();
    if !is_transcript(text, &lines, &clocks) {
        return lines.into_iter().map(|line| (line, false)).collect();
    }
    let mut out: Vec<(Line, bool)> = Vec::new();
    let mut joined = 0;
    // A mark alone on its line belongs to the next one.
    let mut waiting = false;
    for (line, clock) in lines.into_iter().zip(clocks) {
        let Some(clock) = clock else {
            let near = waiting || !line.blank_before;
            let goes_on = out.last().is_some_and(|(last, spoken)| {
                *spoken && near && line.mark == Mark::Plain && !stops(text, last)
            });
            if std::mem::take(&mut waiting) && !goes_on && line.mark == Mark::Plain {
                joined = 0;
                out.push((line, true));
                continue;
            }
            match out.last_mut() {
                Some((last, _)) if goes_on && joined < LONGEST => {
                    last.range = last.range.cover(line.range);
                    joined += 1;
                }
                _ => out.push((line, false)),
            }
            continue;
        };
        let from = line.range.start() + clock.end as u32;
        let Some(words) = TextRange::new(from, line.range.end()).map(|words| words.trim(text))
        else {
            continue;
        };
        let mark = TextRange::new(line.range.start(), words.start());
        waiting = words.is_empty();
        match out.last_mut() {
            Some((last, true)) if joined < LONGEST && !stops(text, last) => {
                // A mark with nothing after it would end the block: the next line takes
                // it in, since a range covers what lies between.
                last.holes.extend(mark.map(|mark| mark.trim(text)));
                if !words.is_empty() {
                    last.range = last.range.cover(words);
                }
                joined += 1;
            }
            _ if words.is_empty() => {}
            _ => {
                joined = 0;
                out.push((Line { range: words, ..line }, true));
            }
        }
    }
    out
}

/// Three marks or more that count upwards, with words glued to them or lines that break
/// within sentences.
fn is_transcript(text: &str, lines: &[Line], clocks: &[Option<Clock>]) -> bool {
    let marked: Vec<(&Line, Clock)> =
        lines.iter().zip(clocks).filter_map(|(line, clock)| Some((line, (*clock)?))).collect();
    let rising = marked.windows(2).filter(|pair| match pair {
        [(_, a), (_, b)] => a.seconds <= b.seconds,
        _ => false,
    });
    let glued = marked.iter().filter(|(_, clock)| clock.glued).count();
    let alone = |(line, clock): &&(&Line, Clock)| clock.end as u32 == line.range.len();
    let lone = marked.iter().filter(alone).count() * 2 > marked.len();
    let after = lines.windows(2).zip(clocks).filter(|(pair, clock)| match pair {
        [line, next] => clock.is_some_and(|clock| {
            let spoken = if clock.end as u32 == line.range.len() { next } else { line };
            !stops(text, spoken)
        }),
        _ => false,
    });
    let broken = after.count();
    let latest = if lone { 60 } else { 3600 };
    let starts_low = marked.first().is_some_and(|(_, clock)| clock.seconds < latest);
    marked.len() >= 3
        && starts_low
        && rising.count() * 10 >= (marked.len() - 1) * 8
        && (glued * 2 > marked.len() || broken * 3 > marked.len())
}

fn stops(text: &str, line: &Line) -> bool {
    let words = line.range.slice(text).unwrap_or_default();
    words.trim_end_matches(['"', '”', '\'', '’', ')', ']', '»']).ends_with(['.', '?', '!', '…'])
}

/// `00:07`, `1:02:03`, `[00:07]` in front of words.
fn clock(words: &str) -> Option<Clock> {
    let open = usize::from(words.starts_with(['[', '(']));
    let rest = words.get(open..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
    let digits = rest.get(..end).filter(|digits| digits.len() >= 4 && digits.len() <= 8)?;
    let mut seconds = 0u32;
    let parts: Vec<&str> = digits.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (at, part) in parts.iter().enumerate() {
        if part.is_empty() || part.len() > 2 || at > 0 && part.len() != 2 {
            return None;
        }
        seconds = seconds * 60 + part.parse::<u32>().ok()?;
    }
    let rest = rest.get(end..)?;
    let closed = rest.strip_prefix([']', ')']);
    if open == 1 && closed.is_none() {
        return None;
    }
    let end = open + end + usize::from(open == 1);
    let glued = open == 1 || rest.starts_with(char::is_alphabetic) || rest.starts_with(['"', '“']);
    Some(Clock { end, glued, seconds })
}
