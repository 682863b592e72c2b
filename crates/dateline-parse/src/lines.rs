//! Text to lines: where they stand, what mark they begin with, and hard-wrapped lines
//! joined again. Nothing here knows news.

use dateline_model::Noise;
use dateline_text::TextRange;

/// The mark in front of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None.
    Plain,
    /// An item of a list.
    Bullet,
    /// A quotation (`>`).
    Quote,
    /// A heading of Markdown.
    Heading,
}

/// What the markup says of a line.
#[cfg_attr(not(feature = "html"), expect(dead_code, reason = "only markup gives hints"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// The heading of the page.
    Title,
    /// The standfirst.
    Deck,
    /// A heading.
    Heading,
    /// Running text.
    Text,
    /// Whatever its words say, but no heading: headings have elements of their own.
    Plain,
    /// An item of a list.
    Bullet,
    /// Who wrote it.
    Byline,
    /// A stamp, where it reads like one; else noise.
    Stamp,
    /// Who owns a picture.
    Credit,
    /// The words under a picture.
    Caption,
    /// A quotation.
    Quote,
    /// A row of a table.
    Table,
    /// Navigation and the like, and why.
    Noise(Noise),
}

/// One line with words in it.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its words, without white space and mark.
    pub range: TextRange,
    /// The mark in front of them.
    pub mark: Mark,
    /// Whether an empty line stands before it.
    pub blank_before: bool,
    /// What the markup says.
    pub hint: Option<Hint>,
    /// Marks of joined lines, which are not its words.
    pub holes: Vec<TextRange>,
}

const BULLETS: [char; 14] = ['•', '‣', '◦', '·', '●', '▪', '■', '○', '∙', '⁃', '➤', '►', '✅', '✔'];

/// The widest lines that count as wrapped by hand or by a mail program.
const WIDEST: usize = 90;

/// The lines of `text` that hold words.
pub(crate) fn lines(text: &str, hints: &[(TextRange, Hint)]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut blank = false;
    let mut pending: Option<Mark> = None;
    let mut hints = hints.iter().peekable();
    for range in physical(text) {
        let range = range.trim(text);
        if range.is_empty() {
            blank = true;
            continue;
        }
        while hints.next_if(|(hinted, _)| hinted.end() <= range.start()).is_some() {}
        let hint = hints.peek().filter(|(hinted, _)| hinted.start() < range.end());
        let (mark, words) = match hint {
            // A dash before what the page has as a paragraph opens speech.
            Some((_, Hint::Text))
                if text.get(range.start() as usize..).is_some_and(opens_speech) =>
            {
                (Mark::Plain, range)
            }
            _ => mark_of(text, range),
        };
        if words.is_empty() {
            // A glyph alone on its line belongs to the next one.
            pending = Some(mark);
            continue;
        }
        let mark = pending.take().unwrap_or(mark);
        let hint = hint.map(|(_, hint)| *hint);
        out.push(Line { range: words, mark, blank_before: blank, hint, holes: Vec::new() });
        blank = false;
    }
    join_wrapped(text, out)
}

fn opens_speech(words: &str) -> bool {
    words.starts_with(['-', '–'])
}

/// The lines of `text` as they stand, empty ones too; `\n`, `\r\n` and `\r` end one.
fn physical(text: &str) -> Vec<TextRange> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if at < start {
            continue;
        }
        out.extend(TextRange::at(start, at));
        let crlf = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
        start = at + if crlf { 2 } else { 1 };
    }
    out.extend(TextRange::at(start, text.len()));
    out
}

fn mark_of(text: &str, range: TextRange) -> (Mark, TextRange) {
    let plain = (Mark::Plain, range);
    let Some(words) = range.slice(text) else { return plain };
    let Some(first) = words.chars().next() else { return plain };
    let rest = words.get(first.len_utf8()..).unwrap_or_default();
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let (mark, skip) = match first {
        c if BULLETS.contains(&c) => (Mark::Bullet, c.len_utf8()),
        '*' | '-' | '–' | '+' if spaced && !rest.is_empty() => (Mark::Bullet, first.len_utf8()),
        '*' if rest.is_empty() => (Mark::Bullet, 1),
        '|' if spaced && !rest.is_empty() => (Mark::Plain, 1),
        '>' if spaced => (Mark::Quote, words.len() - words.trim_start_matches(['>', ' ']).len()),
        '#' => {
            let rest = words.trim_start_matches('#');
            let level = words.len() - rest.len();
            if level > 6 || !rest.starts_with(' ') {
                return plain;
            }
            (Mark::Heading, level)
        }
        _ => return plain,
    };
    let inner = TextRange::new(range.start() + skip as u32, range.end());
    (mark, inner.map_or(range, |inner| inner.trim(text)))
}

/// Joins lines that were broken because the next word did not fit. A text counts as
/// wrapped where no line is wide and several lines end so, the next one going on in
/// small letters.
fn join_wrapped(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let width = |line: &Line| line.range.slice(text).map_or(0, |words| words.chars().count());
    if lines.iter().any(|line| line.range.len() > 4 * WIDEST as u32) {
        return lines;
    }
    let widths: Vec<usize> = lines.iter().map(width).collect();
    let has_space = |line: &Line| line.range.slice(text).is_some_and(|words| words.contains(' '));
    let widest = lines.iter().zip(&widths).filter(|(line, _)| has_space(line));
    let Some(widest) = widest.map(|(_, width)| *width).max() else { return lines };
    if !(40..=WIDEST).contains(&widest) {
        return lines;
    }
    let first_word = |line: &Line| {
        let words = line.range.slice(text).unwrap_or_default();
        words.split_whitespace().next().map_or(0, |word| word.chars().count())
    };
    let goes_on = |at: usize| {
        let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
        let full = widths.get(at).is_some_and(|width| width + 1 + first_word(next) > widest);
        let same = next.mark == Mark::Plain || next.mark == Mark::Quote && line.mark == Mark::Quote;
        full && same && !next.blank_before && line.hint.is_none() && next.hint.is_none()
    };
    let small = |at: usize| {
        let next = lines.get(at + 1).and_then(|line| line.range.slice(text));
        next.and_then(|words| words.chars().next()).is_some_and(char::is_lowercase)
    };
    let evidence = (0..lines.len()).filter(|at| goes_on(*at) && small(*at)).count();
    if evidence < 3 {
        return lines;
    }
    let joins: Vec<bool> = (0..lines.len()).map(goes_on).collect();
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut join = false;
    for (line, next_joins) in lines.into_iter().zip(joins) {
        match out.last_mut() {
            Some(last) if join => {
                if line.mark == Mark::Quote {
                    // The mark stands between the end of the last words and these.
                    let mark = TextRange::new(last.range.end(), line.range.start());
                    last.holes.extend(mark.map(|mark| mark.trim(text)));
                }
                last.range = last.range.cover(line.range);
            }
            _ => out.push(line),
        }
        join = next_joins;
    }
    out
}
