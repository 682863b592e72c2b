//! SRT and WebVTT: the words of the cues, one after another. The marks of time around them
//! count from the start of a recording and are no dates; they are left out.

use dateline_model::Member;

use super::{Place, Whole};
use crate::Context;
use crate::decode::{Decoded, Patchwork};
use crate::page::Draft;

/// From when to when a cue is shown, in seconds: `00:01:02,500 --> 00:01:04,000`.
pub(crate) fn times(line: &str) -> Option<(u32, u32)> {
    let (from, to) = line.split_once("-->")?;
    let to = to.split_whitespace().next()?;
    Some((seconds(from.trim())?, seconds(to)?))
}

fn seconds(words: &str) -> Option<u32> {
    let (clock, fraction) = words.split_once([',', '.'])?;
    let digits = |words: &str| !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = clock.split(':').collect();
    let fits = (2..=3).contains(&parts.len()) && digits(fraction) && fraction.len() <= 3;
    if !fits || !parts.iter().all(|part| digits(part) && part.len() <= 4) {
        return None;
    }
    let add = |sum: u32, part: &&str| sum.checked_mul(60)?.checked_add(part.parse().ok()?);
    parts.iter().try_fold(0, add)
}

/// How long nobody speaks before what follows is another paragraph, in seconds.
const PAUSE: u32 = 4;

/// The one brief of a file of cues.
pub(super) fn read(whole: Whole<'_>, place: &Place, context: Context<'_>) -> Vec<super::Read> {
    let text: &str = &whole.decoded.text;
    let mut words = Patchwork::default();
    let (mut last, mut in_cue, mut skipping) = (0u32, false, false);
    let mut said = Line::default();
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap_or_default();
        if let Some((from, to)) = times(line) {
            // What was said before a pause is a paragraph.
            said.apart = from > last.saturating_add(PAUSE);
            (last, in_cue, skipping) = (to, true, false);
        } else if line.trim().is_empty() {
            (in_cue, skipping) = (false, false);
        } else if in_cue {
            said.add(&whole.decoded, start, end, &mut words);
        } else if !skipping {
            // Numbers of cues, and blocks of style and notes.
            skipping = line.trim().parse::<u32>().is_err();
        }
    }
    let mut draft = Draft::new(context);
    draft.diagnostics.clone_from(&whole.decoded.diagnostics);
    draft.plain(&words.finish(), None);
    let member = Member { name: place.name.clone(), unpacked: place.unpacked };
    vec![super::finished(draft, whole.bytes, member)]
}

/// What was added last.
#[derive(Default)]
struct Line {
    text: String,
    apart: bool,
}

impl Line {
    /// Adds the words of a line, tags left out. A line that stands in the cue before too,
    /// as where captions roll, is added once.
    fn add(&mut self, decoded: &Decoded<'_>, start: usize, end: usize, words: &mut Patchwork) {
        let line = decoded.text.get(start..end).unwrap_or_default();
        let mut pieces = without_tags(line);
        // A dash says that somebody else speaks.
        if let Some((from, to)) = pieces.first_mut() {
            let words = line.get(*from..*to).unwrap_or_default();
            *from += words.len() - words.trim_start_matches(['-', '–', ' ']).len();
        }
        let plain: String = pieces.iter().filter_map(|(from, to)| line.get(*from..*to)).collect();
        if plain.trim().is_empty() || plain.trim() == self.text {
            return;
        }
        if !words.is_empty() {
            let ended = self.text.ends_with(['.', '?', '!', '"', '”', '…']);
            words.inserted(if self.apart && ended { "\n\n" } else { " " });
        }
        for (from, to) in pieces {
            words.copied(decoded, start + from..start + to);
        }
        (self.text, self.apart) = (plain.trim().to_string(), false);
    }
}

/// The stretches of a line outside of `<v Name>`, `<i>`, `{\an8}`.
fn without_tags(line: &str) -> Vec<(usize, usize)> {
    let (mut out, mut from) = (Vec::new(), 0);
    let mut at = 0;
    while let Some(found) = line.get(at..).and_then(|rest| rest.find(['<', '{'])) {
        let start = at + found;
        let close =
            if line.get(start..).is_some_and(|rest| rest.starts_with('<')) { '>' } else { '}' };
        let Some(length) = line.get(start..).and_then(|rest| rest.find(close)) else { break };
        out.push((from, start));
        from = start + length + 1;
        at = from;
    }
    out.push((from, line.len()));
    out.retain(|(from, to)| from < to);
    out
}

/// From where to where each line of `text` goes, its end left out.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let start = text.as_ptr() as usize;
    text.lines().map(move |line| {
        let from = line.as_ptr() as usize - start;
        (from, from + line.len())
    })
}
