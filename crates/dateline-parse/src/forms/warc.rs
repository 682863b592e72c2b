//! Web archives, plain or packed member by member, read as a stream: one record at a time
//! in memory. Responses that are pages, feeds or texts are read; what else was crawled is
//! passed over. A record that is broken is an error with its offset, and the next one is
//! read; a file that is cut ends once.

use std::io::{self, BufRead, Cursor, Read};

use super::buffer::Buffer;
use super::{Bytes, Pages, Place, stream};
use crate::input::read_into;
use crate::page::{address, fill};
use crate::stamp::iso_moment;
use crate::{Context, ParseError};
use dateline_model::{Metadata, Severity};

/// How a record begins, behind the end of the last one.
const MAGIC: &[u8] = b"WARC/";
/// The most bytes that the header of a record, or of what a server answered, may have.
const HEADER: u64 = 64 << 10;
/// How many pages one archive may hold that nothing could be read from before it is given
/// up: bytes at random do not go on for ever.
const ENOUGH: u32 = 10_000;

/// The pages of an archive.
pub(super) fn read<'a>(reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let spare = context.limits.max_bytes.saturating_mul(4);
    let buffer = Buffer::new(reader);
    let mut archive = Archive { buffer, place, context, failed: 0, spare, done: false };
    let mut now: Pages<'a> = Box::new(std::iter::empty());
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(read) = now.next() {
                return Some(read);
            }
            now = match archive.next()? {
                Ok(pages) => pages,
                Err(error) => return Some(Err(error)),
            };
        }
    }))
}

struct Archive<'a> {
    buffer: Buffer<Bytes>,
    place: Place,
    context: Context<'a>,
    failed: u32,
    /// How many bytes may still be read twice.
    spare: u64,
    done: bool,
}

/// What the header of a record says.
#[derive(Default)]
struct Header {
    kind: String,
    length: Option<u64>,
    url: Option<String>,
    date: Option<String>,
    truncated: bool,
}

impl<'a> Archive<'a> {
    /// The pages of the next record that has some; `None` at the end.
    fn next(&mut self) -> Option<Result<Pages<'a>, ParseError>> {
        while !self.done {
            match self.record() {
                Ok(Some(pages)) => return Some(Ok(pages)),
                Ok(None) => {}
                Err((offset, error)) => {
                    self.failed += 1;
                    self.done |= self.failed >= ENOUGH || !self.resume();
                    return Some(Err(error.within(&format!("record at byte {offset}"))));
                }
            }
        }
        None
    }

    /// Goes to the next record after an error; whether there is one.
    fn resume(&mut self) -> bool {
        // What broke may tell so once more before it goes on.
        (0..2).any(|_| self.buffer.skip_to(MAGIC).unwrap_or(false))
    }

    /// One record: its pages, `None` where it has none that is read.
    fn record(&mut self) -> Result<Option<Pages<'a>>, (u64, ParseError)> {
        let start = self.buffer.offset();
        let at = |error: ParseError| (start, error);
        let Some(header) = self.header().map_err(at)? else {
            self.done = true;
            return Ok(None);
        };
        let offset = start;
        let Some(length) = header.length else {
            let reason = "the record does not say its length; it is passed over";
            return Err(at(ParseError::broken(offset, reason)));
        };
        if header.kind != "response" {
            self.skip(length).map_err(at)?;
            self.check_end(&[]).map_err(at)?;
            return Ok(None);
        }
        let answer = self.body(length).map_err(at)?;
        let Some((bytes, whole)) = answer else { return Ok(None) };
        let page = Answer::read(bytes, self.context, &self.place).map_err(at)?;
        Ok(page.map(|answer| answer.pages(header, whole, offset, &self.place, self.context)))
    }

    /// The header of the record ahead; `None` at the end of the file.
    fn header(&mut self) -> Result<Option<Header>, ParseError> {
        let offset = self.buffer.offset();
        let mut line = Vec::new();
        let (mut out, mut first, mut read) = (Header::default(), true, 0);
        loop {
            line.clear();
            let fits = self.buffer.line(HEADER, &mut line)?;
            if fits && line.is_empty() {
                // The end, in the middle of a header or behind the last record.
                return match first {
                    true => Ok(None),
                    false => Err(cut(offset)),
                };
            }
            read += line.len() as u64;
            let words = String::from_utf8_lossy(&line);
            let words = words.trim_end();
            if !fits || read > HEADER || first && !words.is_empty() && !words.starts_with("WARC/") {
                let reason = "no record begins here; what comes before the next one is left out";
                return Err(ParseError::broken(offset, reason));
            }
            match words.split_once(':') {
                _ if words.is_empty() && !first => return Ok(Some(out)),
                Some((name, value)) if !first => out.field(name, value.trim()),
                _ => first = first && words.is_empty(),
            }
        }
    }

    /// Passes over `length` bytes.
    fn skip(&mut self, length: u64) -> Result<(), ParseError> {
        let mut left = length;
        while left > 0 {
            let ahead = self.buffer.fill_buf()?.len();
            if ahead == 0 {
                return Err(cut(self.buffer.offset()));
            }
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(ahead);
            self.buffer.consume(step);
            left -= step as u64;
        }
        Ok(())
    }

    /// The body of a record, and whether it is all there; `None` where it is none to read.
    fn body(&mut self, length: u64) -> Result<Option<(Vec<u8>, bool)>, ParseError> {
        let limit = self.context.limits.max_bytes;
        if length > limit {
            // Pictures and films are that long; only a page is missed.
            let head = self.buffer.peek(4 << 10)?;
            let missed = Answer::is_text(head);
            self.skip(length)?;
            self.check_end(&[])?;
            return if missed { Err(ParseError::TooLarge { limit }) } else { Ok(None) };
        }
        // Room for what is there, never for what is claimed.
        let mut bytes = Vec::new();
        (&mut self.buffer).take(length).read_to_end(&mut bytes)?;
        if (bytes.len() as u64) < length {
            // Either the file is cut, or the record says too much of itself.
            if self.found_within(&bytes) {
                return Err(ParseError::broken(self.buffer.offset(), MISMATCH));
            }
            return Err(ParseError::broken(
                self.buffer.offset(),
                format!(
                    "the archive is cut here, {} bytes into a record of {length}; fetch it again \
                     for the rest",
                    bytes.len()
                ),
            ));
        }
        self.check_end(&bytes)?;
        Ok(Some((bytes, true)))
    }

    /// A record ends with two line ends, before the next or the end of the file. Where its
    /// body is shorter than its header says, the next one is found inside of `bytes`.
    fn check_end(&mut self, bytes: &[u8]) -> Result<(), ParseError> {
        let offset = self.buffer.offset();
        let ahead = self.buffer.peek(8)?;
        let blank = ahead.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if blank == ahead.len() || ahead.get(blank..).is_some_and(|rest| rest.starts_with(b"WAR")) {
            self.buffer.consume(blank);
            return Ok(());
        }
        self.found_within(bytes);
        Err(ParseError::broken(offset, MISMATCH))
    }

    /// Goes back to the record that begins inside of the last one, where there is one; only
    /// so often that time stays linear.
    fn found_within(&mut self, bytes: &[u8]) -> bool {
        let spare = self.spare.checked_sub(bytes.len() as u64);
        let next = memchr::memmem::find(bytes, b"\r\n\r\nWARC/1.");
        let (Some(next), Some(spare)) = (next, spare) else { return false };
        self.spare = spare;
        self.buffer.put_back(bytes.get(next + 4..).unwrap_or_default());
        true
    }
}

const MISMATCH: &str = "a body that does not end where its header says; the record is left out";

fn cut(offset: u64) -> ParseError {
    ParseError::broken(offset, "the archive is cut here; fetch it again for the rest")
}

impl Header {
    fn field(&mut self, name: &str, value: &str) {
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            "warc-target-uri" => self.url = address(value.trim_matches(['<', '>'])),
            "warc-date" => self.date = Some(value.to_string()),
            "warc-truncated" => self.truncated = true,
            _ => {}
        }
    }
}

/// What a server answered.
struct Answer {
    body: Vec<u8>,
    media_type: String,
    /// Whether less came than was announced.
    short: bool,
}

impl Answer {
    /// Whether the answer that begins with `head` is a text that can be read here.
    fn is_text(head: &[u8]) -> bool {
        Fields::read(head).is_some_and(|(fields, _)| fields.is_text())
    }

    /// The answer of a record; `None` where it is no page.
    fn read(
        bytes: Vec<u8>,
        context: Context<'_>,
        place: &Place,
    ) -> Result<Option<Self>, ParseError> {
        let Some((fields, start)) = Fields::read(&bytes) else { return Ok(None) };
        if !fields.is_text() {
            return Ok(None);
        }
        let raw = bytes.get(start..).unwrap_or_default();
        let mut short = fields.length.is_some_and(|length| (raw.len() as u64) < length);
        let body = match fields.chunked.then(|| joined(raw)).flatten() {
            Some((body, whole)) => {
                short = !whole;
                body
            }
            None => raw.to_vec(),
        };
        drop(bytes);
        let (body, whole) = unpacked(body, &fields.packed, context, place)?;
        short |= !whole;
        Ok(Some(Self { body, media_type: fields.media_type, short }))
    }

    fn pages<'a>(
        self,
        header: Header,
        whole: bool,
        offset: u64,
        place: &Place,
        context: Context<'a>,
    ) -> Pages<'a> {
        let mut about = Metadata {
            url: header.url,
            retrieved: header.date.as_deref().and_then(iso_moment),
            ..Metadata::default()
        };
        about.other.insert("record".to_string(), offset.to_string());
        let short = self.short || header.truncated || !whole;
        let hint = Some(self.media_type).filter(|name| !name.is_empty());
        let pages = stream(Box::new(Cursor::new(self.body)), place.part(None, hint), context);
        let pages = pages.filter_map(move |read| match read {
            Ok(mut page) => {
                fill(&mut page.metadata, about.clone());
                if short {
                    let message = "the archive holds only a part of this page; fetch it again";
                    let note = crate::page::note(Severity::Warning, "input-cut", message);
                    page.diagnostics.push(note);
                }
                Some(Ok(page))
            }
            // A page without a word, or data that only looks like one, is crawled often.
            Err(ParseError::Empty | ParseError::Binary { .. } | ParseError::Unread { .. }) => None,
            Err(error) => Some(Err(error.within(&format!("record at byte {offset}")))),
        });
        Box::new(pages)
    }
}

/// The header of what a server answered.
#[derive(Default)]
struct Fields {
    ok: bool,
    media_type: String,
    chunked: bool,
    /// How the body is packed.
    packed: Vec<String>,
    length: Option<u64>,
}

impl Fields {
    /// The header at the start of `bytes`, and where the body begins.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let head = bytes.get(..bytes.len().min(HEADER as usize)).unwrap_or_default();
        let mut out = Self::default();
        let mut at = 0;
        for line in head.split_inclusive(|b| *b == b'\n') {
            let words = String::from_utf8_lossy(line);
            let words = words.trim_end();
            if at == 0 {
                let status = words.strip_prefix("HTTP/")?.split_whitespace().nth(1)?;
                out.ok = status.starts_with('2') && status.len() == 3;
            } else if let Some((name, value)) = words.split_once(':') {
                out.field(&name.to_ascii_lowercase(), value.trim());
            }
            at += line.len();
            if words.is_empty() {
                break;
            }
        }
        Some((out, at))
    }

    fn field(&mut self, name: &str, value: &str) {
        match name {
            "content-type" => self.media_type = value.to_ascii_lowercase(),
            "transfer-encoding" => self.chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => {
                let all = value.split(',').map(|how| how.trim().to_ascii_lowercase());
                self.packed = all.filter(|how| !how.is_empty() && how != "identity").collect();
            }
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }

    fn is_text(&self) -> bool {
        const READ: [&str; 10] = [
            "text/html",
            "application/xhtml",
            "text/plain",
            "text/xml",
            "application/xml",
            "application/rss",
            "application/atom",
            "application/rdf",
            "application/ld+json",
            "application/feed+json",
        ];
        let pdf = cfg!(feature = "pdf") && self.media_type.starts_with("application/pdf");
        let read = READ.iter().any(|kind| self.media_type.starts_with(kind));
        self.ok && (read || pdf || self.media_type.is_empty())
    }
}

/// The chunks of a body put together, and whether the last one is there; `None` where the
/// crawler has put them together already.
fn joined(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    let mut rest = bytes;
    loop {
        let end = memchr::memchr(b'\n', rest.get(..rest.len().min(256))?);
        let line = end.and_then(|end| std::str::from_utf8(rest.get(..end)?).ok());
        let size = line.map(|line| line.split(';').next().unwrap_or_default().trim());
        let size = size.and_then(|size| usize::from_str_radix(size, 16).ok());
        let (Some(size), Some(end)) = (size, end) else {
            return (!out.is_empty()).then_some((out, false));
        };
        if size == 0 {
            return Some((out, true));
        }
        let body = rest.get(end + 1..).unwrap_or_default();
        let Some(chunk) = body.get(..size) else {
            out.extend_from_slice(body);
            return Some((out, false));
        };
        out.extend_from_slice(chunk);
        rest = body.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// A body as it was before the server packed it, and whether all of it is there.
fn unpacked(
    body: Vec<u8>,
    packed: &[String],
    context: Context<'_>,
    place: &Place,
) -> Result<(Vec<u8>, bool), ParseError> {
    let (mut body, mut whole) = (body, true);
    for how in packed.iter().rev().take(3) {
        let input = body.as_slice();
        // Crawlers unpack at times, and leave the header.
        let reader: Box<dyn Read + '_> = match how.as_str() {
            "gzip" | "x-gzip" if input.starts_with(b"\x1f\x8b") => {
                Box::new(flate2::read::MultiGzDecoder::new(input))
            }
            "deflate" if input.first().is_some_and(|b| b & 0x0F == 8) => {
                Box::new(flate2::read::ZlibDecoder::new(input))
            }
            "deflate" => Box::new(flate2::read::DeflateDecoder::new(input)),
            "br" => Box::new(brotli_decompressor::Decompressor::new(input, 4096)),
            "gzip" | "x-gzip" => continue,
            _ => {
                let reason = format!("a body packed with {how}, which is not unpacked here");
                return Err(ParseError::Unread { reason });
            }
        };
        let limits = context.limits;
        let mut out = Vec::new();
        let most = limits.max_bytes.min(place.room(0, limits)?);
        match read_into(reader, most, &mut out) {
            Ok(()) => {}
            Err(ParseError::Read(error)) if out.is_empty() => {
                let reason = format!("the body cannot be unpacked: {error}");
                return Err(ParseError::broken(0, reason));
            }
            // A part of a page is read as such.
            Err(ParseError::Read(error)) if error.kind() != io::ErrorKind::Interrupted => {
                whole = false;
            }
            Err(ParseError::TooLarge { .. }) if most < limits.max_bytes => {
                return Err(ParseError::TooDense { limit: limits.max_ratio });
            }
            Err(error) => return Err(error),
        }
        body = out;
    }
    Ok((body, whole))
}
