//! The prose of a brief: its text with everything that is not prose blanked out, byte for
//! byte, so that every range still fits.

use dateline_model::{Block, Sentence};
use dateline_text::{Ranged, SentenceRules, TextRange};

/// `text` with the holes of its blocks overwritten by spaces. Offsets are those of `text`.
pub fn masked(text: &str, blocks: &[Block]) -> String {
    let holes = blocks.iter().flat_map(|block| &block.holes);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for hole in holes {
        let (start, end) = (hole.start() as usize, hole.end() as usize);
        if let (Some(before), Some(_)) = (text.get(at..start), text.get(start..end)) {
            out.push_str(before);
            out.extend(std::iter::repeat_n(' ', end - start));
            at = end;
        }
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// Longest sentence in bytes. Longer ones are cut at white space: nobody wrote them as
/// sentences, and what is quadratic in a sentence stays bounded.
const LONGEST: u32 = 2048;

/// The sentences of the prose blocks, in order.
pub(crate) fn sentences(text: &str, blocks: &[Block], rules: &SentenceRules) -> Vec<Sentence> {
    let prose = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_prose());
    prose
        .flat_map(|(at, block)| {
            let found = rules.split(text, block.range).into_iter();
            let found = found.flat_map(|range| pieces(text, range));
            found.map(move |range| Sentence { range, block: at as u32 })
        })
        .collect()
}

/// The sentences of a text that is all prose.
pub fn sentences_of(text: &str, rules: &SentenceRules) -> Vec<TextRange> {
    let all = TextRange::at(0, text.len());
    let lines = all.into_iter().flat_map(|all| dateline_text::lines::stretches(text, all));
    let found = lines.flat_map(|line| rules.split(text, line));
    found.flat_map(|range| pieces(text, range)).collect()
}

/// Stretches in which dates are looked for: all blocks but noise.
pub(crate) fn stretches(blocks: &[Block]) -> Vec<TextRange> {
    use dateline_model::BlockKind::{Credit, Noise};
    let told = blocks.iter().filter(|block| !matches!(block.kind, Noise | Credit));
    told.map(|block| block.range).collect()
}

/// `range` cut into pieces of at most [`LONGEST`] bytes.
fn pieces(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut rest = range;
    while rest.len() > LONGEST {
        let words = rest.slice(text).unwrap_or("");
        let most = (0..=LONGEST as usize).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
        let head = words.get(..most).unwrap_or("");
        let cut = head.rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(most) as u32;
        let Some(piece) = TextRange::new(rest.start(), rest.start() + cut) else { break };
        let Some(tail) = TextRange::new(piece.end(), rest.end()) else { break };
        if piece.is_empty() {
            break;
        }
        out.push(piece.trim(text));
        rest = tail.trim(text);
    }
    out.push(rest);
    out.retain(|piece| !piece.is_empty());
    out
}

/// The values among `all`, sorted by where they start, that lie in `within`.
pub(crate) fn inside<T: Ranged>(all: &[T], within: TextRange) -> std::ops::Range<usize> {
    let start = all.partition_point(|value| value.range().start() < within.start());
    let rest = all.get(start..).unwrap_or(&[]);
    start..start + rest.partition_point(|value| value.range().start() < within.end())
}
