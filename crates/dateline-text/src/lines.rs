//! Line and column, for display only: everything else counts bytes.

use crate::range::TextRange;

/// Where the lines of a text start. A line ends with `\n`; a `\r` before it belongs to
/// the line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let after = breaks.filter_map(|(at, _)| u32::try_from(at + 1).ok());
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self { starts: std::iter::once(0).chain(after).collect(), length }
    }

    /// Line of the byte at `offset`, counted from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Line and column of the byte at `offset`, both counted from 1; the column counts
    /// characters of `text`, which must be the text indexed.
    pub fn line_column(&self, text: &str, offset: u32) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = TextRange::new(start, offset).and_then(|range| range.slice(text));
        (line, before.map_or(1, |words| words.chars().count() as u32 + 1))
    }

    /// The ranges of the lines, without their line breaks.
    pub fn ranges<'a>(&'a self, text: &'a str) -> impl Iterator<Item = TextRange> + 'a {
        let ends = self.starts.iter().skip(1).copied().chain([self.length]);
        self.starts.iter().zip(ends).filter_map(move |(start, end)| {
            let line = TextRange::new(*start, end)?;
            let words = line.slice(text)?;
            let words = words.strip_suffix('\n').unwrap_or(words);
            let words = words.strip_suffix('\r').unwrap_or(words);
            TextRange::new(*start, start + words.len() as u32)
        })
    }
}

/// Longest line that can be wrapped text, in characters.
const WIDEST: usize = 110;

/// The stretches of `within` that no sentence leaves. In text whose paragraphs are lines,
/// these are its lines; in text that is wrapped at a width, lines that fill it go on in
/// the next one.
pub fn stretches(text: &str, within: TextRange) -> Vec<TextRange> {
    let Some(prose) = within.slice(text) else { return Vec::new() };
    let lines: Vec<(usize, &str)> = prose
        .split_inclusive('\n')
        .scan(within.start() as usize, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .collect();
    let width = |line: &str| line.trim_end().chars().count();
    let widest = lines.iter().map(|(_, line)| width(line)).max().unwrap_or(0);
    let small = |line: &str| line.trim_start().starts_with(char::is_lowercase);
    let wrapped = widest <= WIDEST && lines.iter().skip(1).any(|(_, line)| small(line));
    let mut out: Vec<TextRange> = Vec::new();
    let mut open = false;
    for (start, line) in lines {
        let Some(range) = TextRange::at(start, start + line.len()) else { continue };
        match out.last_mut() {
            Some(last) if open || (small(line) && !last.is_empty()) => *last = last.cover(range),
            _ => out.push(range),
        }
        open = wrapped && width(line) * 10 >= widest * 7;
    }
    let trimmed = out.into_iter().map(|range| range.trim(text));
    trimmed.filter(|range| !range.is_empty()).collect()
}
