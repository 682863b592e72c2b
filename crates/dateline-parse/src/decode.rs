//! Bytes to text, with a map back: UTF-8, UTF-16, and the charsets of the Encoding
//! Standard by declaration, then by detection. No byte is refused here except those
//! that are no text in any charset.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dateline_model::{Diagnostic, Severity};
use dateline_text::SourceBuilder;
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ParseError;

/// How far into the bytes a declaration of the charset is looked for, and how many
/// bytes the detector sees.
const DECLARATION: usize = 4096;
const DETECTION: usize = 1 << 16;

/// Text and where its characters stand in the raw bytes.
pub(crate) struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Where each character starts in the raw bytes.
    map: Map,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// From an offset in the text to an offset in the raw bytes.
pub(crate) enum Map {
    /// The same bytes, moved by the length of a byte order mark.
    Shifted(u64),
    /// Runs of text in order, without a gap in the text.
    Runs(Vec<Run>),
}

/// A stretch of text and the raw bytes it came from.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// Where it starts in the text; it goes on to the next run.
    pub text: usize,
    /// The raw bytes; none for words that were put in.
    pub raw: Range<u64>,
    /// Whether they are the bytes of the text, one by one. Otherwise only the whole maps
    /// to the whole.
    pub same: bool,
}

impl Run {
    /// The raw bytes of `from..to` of the text, which lies in this run.
    fn part(&self, from: usize, to: usize) -> Range<u64> {
        if !self.same {
            return self.raw.clone();
        }
        let at = |offset: usize| self.raw.start + offset.saturating_sub(self.text) as u64;
        at(from)..at(to)
    }
}

impl<'a> Decoded<'a> {
    /// A text with its map.
    pub fn new(text: impl Into<Cow<'a, str>>, map: Map) -> Self {
        Self { text: text.into(), map, diagnostics: Vec::new() }
    }

    /// The same text, its raw bytes counted from `base`.
    #[must_use]
    pub fn moved(mut self, base: u64) -> Self {
        match &mut self.map {
            Map::Shifted(by) => *by += base,
            Map::Runs(runs) => {
                for run in runs {
                    run.raw = run.raw.start + base..run.raw.end + base;
                }
            }
        }
        self
    }

    /// The same text with the raw bytes behind those that it was decoded from: `runs` say
    /// where these came from, as where a part of a mail was unpacked.
    #[cfg(feature = "mail")]
    pub fn over(&self, runs: &[Run]) -> Decoded<'static> {
        let mut out = Patchwork::default();
        let behind = |at: u64| {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            runs.get(runs.partition_point(|run| run.text <= at).saturating_sub(1))
        };
        let raw = |from: u64, to: u64| {
            let part = |at: u64, past: u64| {
                let (at, past) = (at as usize, past as usize);
                behind(at as u64).map_or(0..0, |run| run.part(at, past))
            };
            let (first, last) = (part(from, from), part(to.saturating_sub(1), to));
            first.start..last.end.max(first.start)
        };
        self.each(0, self.text.len(), |words, data, same| {
            if !same {
                return out.replaced(words, raw(data.start, data.end));
            }
            let mut at = 0;
            while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
                let from = data.start + at as u64;
                let index = runs.partition_point(|run| run.text as u64 <= from);
                let stop = runs.get(index).map_or(data.end, |next| data.end.min(next.text as u64));
                let run = runs.get(index.saturating_sub(1));
                let length = (stop.saturating_sub(from) as usize).min(rest.len());
                // A character whose bytes lie in several runs maps to all of them.
                let whole = (0..=length).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let length = if whole == 0 { first } else { whole };
                let piece = rest.get(..length).unwrap_or_default();
                let raw = raw(from, from + length as u64);
                match run.is_some_and(|run| run.same) && whole > 0 {
                    true => out.same(piece, raw.start),
                    false => out.replaced(piece, raw),
                }
                at += length;
            }
        });
        let mut out = out.finish();
        out.diagnostics.clone_from(&self.diagnostics);
        out
    }

    /// Adds the characters `start..end` of the text to `builder` as they are.
    pub fn copy(&self, start: usize, end: usize, builder: &mut SourceBuilder) {
        self.each(start, end, |words, raw, same| match same {
            true => builder.verbatim(words, raw.start),
            false if raw.is_empty() => builder.inserted(words),
            false => builder.replaced(words, raw),
        });
    }

    /// The stretches of `start..end` of the text: their words, their raw bytes, and
    /// whether the two are the same.
    pub fn each(&self, start: usize, end: usize, mut take: impl FnMut(&str, Range<u64>, bool)) {
        let Some(words) = self.text.get(start..end).filter(|words| !words.is_empty()) else {
            return;
        };
        let runs = match &self.map {
            Map::Shifted(by) => return take(words, start as u64 + by..end as u64 + by, true),
            Map::Runs(runs) => runs,
        };
        let first = runs.partition_point(|run| run.text <= start).saturating_sub(1);
        let mut at = start;
        for (index, run) in runs.iter().enumerate().skip(first) {
            let stop = runs.get(index + 1).map_or(end, |next| next.text.min(end));
            if at >= end {
                break;
            }
            let Some(piece) = self.text.get(at..stop).filter(|piece| !piece.is_empty()) else {
                continue;
            };
            take(piece, run.part(at, stop), run.same);
            at = stop;
        }
    }

    /// Where `part`, a stretch of the text, begins in it.
    pub fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// The raw bytes behind `start..end` of the text.
    pub fn raw(&self, start: usize, end: usize) -> Range<u64> {
        let runs = match &self.map {
            Map::Shifted(by) => return start as u64 + by..end as u64 + by,
            Map::Runs(runs) => runs,
        };
        let holding = |offset: usize| {
            runs.get(runs.partition_point(|run| run.text <= offset).saturating_sub(1))
        };
        let first = holding(start).map_or(0, |run| run.part(start, start).start);
        let last = holding(end.saturating_sub(1)).map_or(0, |run| run.part(start, end).end);
        first..last.max(first)
    }
}

/// A text put together of stretches of others, each with its raw bytes.
#[derive(Default)]
pub(crate) struct Patchwork {
    text: String,
    runs: Vec<Run>,
}

impl Patchwork {
    /// Whether it has no text yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds `range` of `from` as it stands.
    pub fn copied(&mut self, from: &Decoded<'_>, range: Range<usize>) {
        from.each(range.start, range.end, |words, raw, same| self.push(words, raw, same));
    }

    /// Adds words that stand for these raw bytes: an escape, an entity.
    pub fn replaced(&mut self, words: &str, raw: Range<u64>) {
        self.push(words, raw, false);
    }

    /// Adds words that are the raw bytes from `start` on.
    pub fn same(&mut self, words: &str, start: u64) {
        self.push(words, start..start + words.len() as u64, true);
    }

    /// Adds words that stand for nothing.
    pub fn inserted(&mut self, words: &str) {
        self.push(words, 0..0, false);
    }

    fn push(&mut self, words: &str, raw: Range<u64>, same: bool) {
        if words.is_empty() {
            return;
        }
        let last = self.runs.last_mut();
        match last.filter(|last| same && last.same && last.raw.end == raw.start) {
            Some(last) => last.raw.end = raw.end,
            None => self.runs.push(Run { text: self.text.len(), raw, same }),
        }
        self.text.push_str(words);
    }

    /// The text with its map.
    pub fn finish(self) -> Decoded<'static> {
        Decoded::new(self.text, Map::Runs(self.runs))
    }
}

/// Decodes `bytes`. `media_type` may name the charset.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    media_type: Option<&str>,
) -> Result<Decoded<'a>, ParseError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (wide(bytes).unwrap_or(UTF_8), 0),
    };
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Ok(transcode(bytes, mark, encoding, Vec::new()));
    }
    refuse_binary(bytes)?;
    Ok(without_nul(in_charset(bytes, mark, media_type)))
}

/// Decodes what has no mark of UTF-16.
fn in_charset<'a>(bytes: &'a [u8], mark: usize, media_type: Option<&str>) -> Decoded<'a> {
    let rest = bytes.get(mark..).unwrap_or_default();
    if let Ok(text) = std::str::from_utf8(rest) {
        return Decoded::new(text, Map::Shifted(mark as u64));
    }
    if mark > 0 || is_nearly_utf8(rest) {
        return transcode(bytes, mark, UTF_8, Vec::new());
    }
    let (encoding, diagnostic) = match declared(bytes, media_type) {
        Some(encoding) => (encoding, None),
        None => {
            let encoding = guess(bytes);
            let message = format!(
                "no charset is declared and the bytes are not UTF-8: read as {}, \
                 save as UTF-8 where letters look wrong",
                encoding.name().to_lowercase()
            );
            (encoding, Some(note("charset-guessed", Severity::Note, message)))
        }
    };
    transcode(bytes, 0, encoding, diagnostic.into_iter().collect())
}

/// The same text with U+FFFD for each NUL, as in HTML (13.2.5, unexpected-null-character).
fn without_nul(decoded: Decoded<'_>) -> Decoded<'_> {
    let found: Vec<usize> = memchr::memchr_iter(0, decoded.text.as_bytes()).collect();
    if found.is_empty() {
        return decoded;
    }
    let mut out = Patchwork::default();
    let mut from = 0;
    for at in &found {
        out.copied(&decoded, from..*at);
        out.replaced("\u{FFFD}", decoded.raw(*at, *at + 1));
        from = *at + 1;
    }
    out.copied(&decoded, from..decoded.text.len());
    let message = format!("{} NUL bytes: each stands as U+FFFD", found.len());
    let mut out = out.finish();
    out.diagnostics = decoded.diagnostics;
    out.diagnostics.push(note("bytes-replaced", Severity::Warning, message));
    out
}

/// UTF-16 without a mark: most letters of the first bytes are ASCII with a NUL beside them.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..256.min(bytes.len())).unwrap_or_default();
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match (even * 10, odd * 10) {
        _ if half < 8 => None,
        (0, odd) if odd > half * 6 => Some(UTF_16LE),
        (even, 0) if even > half * 6 => Some(UTF_16BE),
        _ => None,
    }
}

fn note(code: &str, severity: Severity, message: String) -> Diagnostic {
    Diagnostic { severity, code: code.to_string(), range: None, message }
}

/// How far into a text no NUL may stand, and of how many bytes one may be further on.
const CLEAN: usize = 1024;
const STRAY: usize = 1000;

/// Bytes that no text has: a NUL early on or more than a stray one, or more than a thirtieth
/// of the first bytes being control characters.
fn refuse_binary(bytes: &[u8]) -> Result<(), ParseError> {
    if let Some(at) = memchr::memchr(0, bytes)
        && (at < CLEAN || memchr::memchr_iter(0, bytes).count() * STRAY > bytes.len())
    {
        return Err(ParseError::Binary { offset: at as u64 });
    }
    let head = bytes.get(..DETECTION.min(bytes.len())).unwrap_or_default();
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B);
    // Summed up in bytes: a machine counts many at once.
    let counts = head.chunks(255).map(|part| part.iter().map(|b| u8::from(control(b))).sum::<u8>());
    let count: usize = counts.map(usize::from).sum();
    if count * 30 <= head.len() {
        return Ok(());
    }
    let at = head.iter().position(control).unwrap_or(0);
    Err(ParseError::Binary { offset: at as u64 })
}

/// Whether the bytes are UTF-8 but for a few broken sequences: more than ten good
/// sequences of several bytes for each broken one.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let head = bytes.get(..DETECTION.min(bytes.len())).unwrap_or_default();
    let (mut good, mut bad) = (0, 0);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// The charset that the media type or the first bytes name (`charset=…`,
/// `encoding="…"`), in the words of HTML, XML and mail alike.
fn declared(bytes: &[u8], media_type: Option<&str>) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION.min(bytes.len())).unwrap_or_default();
    let text = head.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' });
    let head: String = text.collect::<String>().to_ascii_lowercase();
    [media_type.unwrap_or_default(), &head].iter().find_map(|text| {
        let keys = ["charset", "encoding"];
        let mut named = keys.iter().flat_map(|key| text.split(key).skip(1));
        named.find_map(charset)
    })
}

/// The charset named by what stands behind `charset` or `encoding`.
fn charset(rest: &str) -> Option<&'static Encoding> {
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    let name = rest.get(..end.unwrap_or(rest.len()))?;
    let encoding = Encoding::for_label(name.as_bytes())?;
    // What is declared as UTF-8 or UTF-16 here has been shown to be neither.
    (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let head = bytes.get(..DETECTION.min(bytes.len())).unwrap_or_default();
    detector.feed(head, head.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding.is_ascii_compatible() { encoding } else { WINDOWS_1252 }
}

/// Decodes with `encoding`, keeping for each stretch where it came from. Stretches of
/// ASCII are copied whole; every other character is decoded alone, so that it maps to
/// its own bytes.
fn transcode<'a>(
    bytes: &'a [u8],
    mark: usize,
    encoding: &'static Encoding,
    mut diagnostics: Vec<Diagnostic>,
) -> Decoded<'a> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut runs = Vec::new();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut at = mark;
    let mut replaced = 0u32;
    let mut between = true;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let plain = if between && encoding.is_ascii_compatible() {
            Encoding::ascii_valid_up_to(rest)
        } else {
            0
        };
        if plain > 0 {
            let raw = at as u64..(at + plain) as u64;
            runs.push(Run { text: text.len(), raw, same: true });
            let ascii = rest.get(..plain).and_then(|ascii| std::str::from_utf8(ascii).ok());
            text.push_str(ascii.unwrap_or_default());
            at += plain;
            continue;
        }
        let start = at;
        let before = text.len();
        // Bytes go in one by one until a character comes out.
        while at < bytes.len() && text.len() == before {
            let last = at + 1 == bytes.len();
            let byte = bytes.get(at..=at).unwrap_or_default();
            // A small buffer: decoding into the text itself would clear all of its room.
            let mut room = [0; 16];
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(byte, &mut room, last);
            let words = room.get(..written).and_then(|words| std::str::from_utf8(words).ok());
            text.push_str(words.unwrap_or_default());
            at += read;
            between = text.len() > before;
            if let DecoderResult::Malformed(..) = result {
                text.push('\u{FFFD}');
                replaced += 1;
                between = true;
            } else if read == 0 {
                break;
            }
        }
        if text.len() > before {
            runs.push(Run { text: before, raw: start as u64..at as u64, same: false });
        } else if at == start {
            break;
        }
    }
    if replaced > 0 {
        let message = format!(
            "{replaced} stretches of bytes are not {}: each stands as U+FFFD",
            encoding.name().to_lowercase()
        );
        diagnostics.push(note("bytes-replaced", Severity::Warning, message));
    }
    Decoded { text: Cow::Owned(text), map: Map::Runs(runs), diagnostics }
}
