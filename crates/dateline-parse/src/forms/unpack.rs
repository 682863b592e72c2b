//! gzip and zip around anything. How much comes out is bounded by `max-ratio` and
//! `max-bytes`, how deep it goes by `max-depth`. Names of members are only shown, never
//! opened: no file is written.

use std::io::{self, Cursor, Read};

use ::zip::ZipArchive;
use ::zip::result::ZipError;
use flate2::bufread::GzDecoder;

use super::buffer::Buffer;
use super::detect::ENDINGS;
use super::parts::{plain_name, skipped_note};
use super::{Bytes, Pages, Place, ending, fail, stream};
use crate::input::read_into;
use crate::{Context, Limits, ParseError};

/// How a member of a gzip file begins.
const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// What a gzip file holds.
pub(super) fn gzip<'a>(reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let part = place.part(None, place.hint.clone());
    let limits = context.limits;
    let reader = Gunzip { state: State::Between(Buffer::new(reader)), place, limits, out: 0 };
    stream(Box::new(reader), part, context)
}

/// The content of a gzip file, its members one after another. A member that is broken is
/// an error, once; reading goes on with the next one.
struct Gunzip {
    state: State,
    place: Place,
    limits: Limits,
    /// How many bytes came out.
    out: u64,
}

enum State {
    Between(Buffer<Bytes>),
    Within(Box<GzDecoder<Buffer<Bytes>>>),
    Done,
}

impl Read for Gunzip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(mut inner) => {
                    // What stands between members, or behind the last, is padding.
                    if inner.skip_to(MAGIC)? {
                        self.state = State::Within(Box::new(GzDecoder::new(inner)));
                    }
                }
                State::Within(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(count) => {
                        self.out += count as u64;
                        self.place.check_ratio(self.out, self.limits)?;
                        self.state = State::Within(decoder);
                        return Ok(count);
                    }
                    Err(error) => {
                        let inner = decoder.into_inner();
                        let offset = inner.offset();
                        self.state = State::Between(inner);
                        return Err(broken(offset, &error).into());
                    }
                },
            }
        }
    }
}

fn broken(offset: u64, error: &io::Error) -> ParseError {
    let reason = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the gzip file is cut here; fetch it again for the rest",
        _ => "the gzip file is damaged here; fetch it again",
    };
    ParseError::broken(offset, reason)
}

/// The members of a zip file.
pub(super) fn zip<'a>(reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let mut bytes = Vec::new();
    if let Err(error) = read_into(reader, context.limits.max_bytes, &mut bytes) {
        return fail(error);
    }
    let archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return fail(unread(&error)),
    };
    let mut skipped: Vec<String> = Vec::new();
    let mut wanted: Vec<(usize, String)> = Vec::new();
    for (index, name) in archive.file_names().enumerate() {
        // A name in no known charset is shown by its number.
        let name = name.map_or_else(|_| index.to_string(), |name| name.into_owned());
        let shown = plain_name(&name);
        let hidden = shown.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if name.ends_with(['/', '\\']) || hidden {
            continue;
        }
        match ending(&shown).is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            true => wanted.push((index, shown)),
            false => skipped.push(shown),
        }
    }
    if wanted.is_empty() {
        let reason = format!("the zip file holds nothing to read ({})", ENDINGS.join(", "));
        return fail(ParseError::Unread { reason });
    }
    wanted.sort_by(|a, b| a.1.cmp(&b.1));
    let mut members =
        Members { archive, wanted: wanted.into_iter(), place, context, out: 0, now: None };
    let mut told = skipped_note(skipped, "unpack them");
    Box::new(std::iter::from_fn(move || {
        let mut read = members.next()?;
        if let Ok(page) = &mut read {
            page.diagnostics.extend(told.take());
        }
        Some(read)
    }))
}

struct Members<'a> {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    wanted: std::vec::IntoIter<(usize, String)>,
    place: Place,
    context: Context<'a>,
    /// How many bytes came out.
    out: u64,
    /// The briefs of the member that is being read.
    now: Option<(String, Pages<'a>)>,
}

impl Members<'_> {
    fn next(&mut self) -> Option<super::Read> {
        loop {
            if let Some((name, pages)) = &mut self.now {
                if let Some(read) = pages.next() {
                    return Some(read.map_err(|error| error.within(name)));
                }
                self.now = None;
            }
            let (index, name) = self.wanted.next()?;
            match self.member(index) {
                Ok(bytes) => {
                    let part = self.place.part(Some(&name), ending(&name));
                    let pages = stream(Box::new(Cursor::new(bytes)), part, self.context);
                    self.now = Some((name, pages));
                }
                Err(error) => return Some(Err(error.within(&name))),
            }
        }
    }

    fn member(&mut self, index: usize) -> Result<Vec<u8>, ParseError> {
        let limits = self.context.limits;
        let mut bytes = Vec::new();
        let member = self.archive.by_index(index).map_err(|error| unread(&error))?;
        let most = limits.max_bytes.min(self.place.room(self.out, limits)?);
        let done = read_into(member, most, &mut bytes);
        self.out += bytes.len() as u64;
        self.place.check_ratio(self.out, limits)?;
        match done {
            Err(ParseError::Read(error)) => {
                Err(ParseError::broken(0, format!("it cannot be unpacked: {error}")))
            }
            done => done.map(|()| bytes),
        }
    }
}

fn unread(error: &ZipError) -> ParseError {
    let reason = match error {
        ZipError::UnsupportedArchive(why) => {
            format!("the zip file cannot be read: {why}; unpack it first")
        }
        _ => "the zip file is damaged or cut; fetch it again".to_string(),
    };
    ParseError::Unread { reason }
}
