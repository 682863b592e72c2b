//! Bytes to text, with a map back: UTF-8, UTF-16, and the charsets of the Encoding
//! Standard by declaration, then by detection. No byte is refused here except those
//! that are no text in any charset.

use std::borrow::Cow;

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
enum Map {
    /// The same bytes, moved by the length of a byte order mark.
    Shifted(u64),
    /// Runs of text: where each starts in the text and in the raw bytes, and whether
    /// its bytes are the same in both. A run of others is one character.
    Runs(Vec<Run>),
}

struct Run {
    text: usize,
    raw: u64,
    same: bool,
}

impl Decoded<'_> {
    /// Adds the characters `start..end` of the text to `builder` as they are.
    pub fn copy(&self, start: usize, end: usize, builder: &mut SourceBuilder) {
        let Some(words) = self.text.get(start..end) else { return };
        match &self.map {
            Map::Shifted(by) => builder.verbatim(words, start as u64 + by),
            Map::Runs(runs) => {
                let first = runs.partition_point(|run| run.text <= start).saturating_sub(1);
                let mut at = start;
                for (run, next) in runs.iter().skip(first).zip(runs.iter().skip(first + 1)) {
                    if at >= end {
                        break;
                    }
                    let stop = next.text.min(end);
                    let Some(piece) = self.text.get(at..stop) else { break };
                    if run.same {
                        builder.verbatim(piece, run.raw + (at - run.text) as u64);
                    } else {
                        builder.replaced(piece, run.raw..next.raw);
                    }
                    at = stop;
                }
            }
        }
    }

    /// The raw bytes behind `start..end` of the text.
    #[cfg(feature = "html")]
    pub fn raw(&self, start: usize, end: usize) -> std::ops::Range<u64> {
        self.raw_at(start)..self.raw_at(end)
    }

    #[cfg(feature = "html")]
    fn raw_at(&self, offset: usize) -> u64 {
        match &self.map {
            Map::Shifted(by) => offset as u64 + by,
            Map::Runs(runs) => {
                let at = runs.partition_point(|run| run.text <= offset).saturating_sub(1);
                runs.get(at).map_or(0, |run| {
                    run.raw + if run.same { (offset - run.text) as u64 } else { 0 }
                })
            }
        }
    }
}

/// Decodes `bytes`. `media_type` may name the charset.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    media_type: Option<&str>,
) -> Result<Decoded<'a>, ParseError> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, mark),
        None => (UTF_8, 0),
    };
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Ok(transcode(bytes, mark, encoding, Vec::new()));
    }
    refuse_binary(bytes)?;
    let rest = bytes.get(mark..).unwrap_or_default();
    if let Ok(text) = std::str::from_utf8(rest) {
        let map = Map::Shifted(mark as u64);
        return Ok(Decoded { text: Cow::Borrowed(text), map, diagnostics: Vec::new() });
    }
    if mark > 0 || is_nearly_utf8(rest) {
        return Ok(transcode(bytes, mark, UTF_8, Vec::new()));
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
    Ok(transcode(bytes, 0, encoding, diagnostic.into_iter().collect()))
}

fn note(code: &str, severity: Severity, message: String) -> Diagnostic {
    Diagnostic { severity, code: code.to_string(), range: None, message }
}

/// Bytes that no text has: any NUL, or more than a thirtieth of the first bytes being
/// control characters.
fn refuse_binary(bytes: &[u8]) -> Result<(), ParseError> {
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(ParseError::Binary { offset: at as u64 });
    }
    let head = bytes.get(..DETECTION.min(bytes.len())).unwrap_or_default();
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B);
    let count = head.iter().filter(|b| control(b)).count();
    match head.iter().position(control) {
        Some(at) if count * 30 > head.len() => Err(ParseError::Binary { offset: at as u64 }),
        _ => Ok(()),
    }
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
    let places = [media_type.unwrap_or_default(), &head];
    places.iter().flat_map(|text| ["charset", "encoding"].map(|key| (text, key))).find_map(
        |(text, key)| {
            let (_, rest) = text.split_once(key)?;
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let rest = rest.trim_start_matches(['"', '\'']);
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
            let name = rest.get(..end.unwrap_or(rest.len()))?;
            let encoding = Encoding::for_label(name.as_bytes())?;
            // What is declared as UTF-8 or UTF-16 here has been shown to be neither.
            (encoding != UTF_8 && encoding.is_ascii_compatible()).then_some(encoding)
        },
    )
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
            runs.push(Run { text: text.len(), raw: at as u64, same: true });
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
            runs.push(Run { text: before, raw: start as u64, same: false });
        } else if at == start {
            break;
        }
    }
    runs.push(Run { text: text.len(), raw: at as u64, same: true });
    if replaced > 0 {
        let message = format!(
            "{replaced} stretches of bytes are not {}: each stands as U+FFFD",
            encoding.name().to_lowercase()
        );
        diagnostics.push(note("bytes-replaced", Severity::Warning, message));
    }
    Decoded { text: Cow::Owned(text), map: Map::Runs(runs), diagnostics }
}
