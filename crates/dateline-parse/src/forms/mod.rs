//! Forms of input → pages. One file a form; this one joins them.
//!
//! A **document** (a page, a feed, a message) is read whole, up to `max-bytes`. An archive
//! (WARC, mbox, lines of JSON, what gzip holds) is read as a stream, a document at a time,
//! each dropped before the next; a zip file is read whole and unpacked a member at a time.
//! What is wrong with one document is its own error; the rest is read all the same.

use std::io::{Cursor, Read as _};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dateline_model::Member;

use crate::decode::{self, Decoded};
use crate::input::read_into;
use crate::moment::moment;
use crate::page::{Draft, Page};
use crate::{Context, Limits, ParseError, RawInput};

mod article;
mod buffer;
mod detect;
#[cfg(feature = "feed")]
mod feed;
mod json;
mod lines;
#[cfg(feature = "mail")]
mod mail;
#[cfg(any(feature = "archive", feature = "mail"))]
mod parts;
#[cfg(feature = "pdf")]
mod pdf;
mod subtitles;
#[cfg(feature = "mail")]
mod transfer;
#[cfg(feature = "archive")]
mod unpack;
#[cfg(feature = "warc")]
mod warc;

pub use detect::ENDINGS;
use detect::{Form, HEAD, detect};

/// One page, or why there is none.
pub(crate) type Read = Result<Page, ParseError>;
/// The pages of an input, one after another.
pub(crate) type Pages<'a> = Box<dyn Iterator<Item = Read> + Send + 'a>;
/// The bytes of an input, or of a part of it.
type Bytes = Box<dyn std::io::Read + Send>;

/// Where some bytes lie in the input.
#[derive(Clone)]
struct Place {
    /// Their name within it.
    name: Option<String>,
    /// A media type or ending.
    hint: Option<String>,
    /// Whether they were unpacked.
    unpacked: bool,
    /// How many archives they lie in.
    depth: u32,
    /// How many bytes of the input were read so far.
    consumed: Arc<AtomicU64>,
}

impl Place {
    fn member(&self) -> Member {
        Member { name: self.name.clone(), unpacked: self.unpacked }
    }

    /// A part that was unpacked from here.
    fn part(&self, name: Option<&str>, hint: Option<String>) -> Self {
        let joined = match (&self.name, name) {
            (Some(outer), Some(name)) => Some(format!("{outer}/{name}")),
            (outer, name) => name.map(Into::into).or(outer.clone()),
        };
        Self { name: joined, hint, unpacked: true, depth: self.depth + 1, ..self.clone() }
    }

    /// How many more bytes the input may unpack to, where `unpacked` were so far; an error
    /// where none.
    fn room(&self, unpacked: u64, limits: Limits) -> Result<u64, ParseError> {
        const FREE: u64 = 1 << 20;
        let read = self.consumed.load(Ordering::Relaxed);
        let most = read.saturating_mul(limits.max_ratio).saturating_add(FREE);
        let room = most.checked_sub(unpacked);
        room.ok_or(ParseError::TooDense { limit: limits.max_ratio })
    }

    /// An error if so many bytes were unpacked that the input must be made to burst.
    fn check_ratio(&self, unpacked: u64, limits: Limits) -> Result<(), ParseError> {
        self.room(unpacked, limits).map(|_| ())
    }
}

/// The bytes of a document with its text.
struct Whole<'a> {
    bytes: &'a [u8],
    /// Where they begin in the bytes that raw ranges count.
    base: u64,
    decoded: Decoded<'a>,
}

impl Whole<'_> {
    /// The bytes at `raw`.
    fn record(&self, raw: Range<u64>) -> &[u8] {
        let at = |offset: u64| usize::try_from(offset.saturating_sub(self.base)).unwrap_or(0);
        self.bytes.get(at(raw.start)..at(raw.end)).unwrap_or_default()
    }
}

/// The pages of `input`.
pub(crate) fn open<'a>(input: RawInput, context: Context<'a>) -> Pages<'a> {
    let consumed = Arc::new(AtomicU64::new(0));
    let reader = Counted { inner: input.reader, count: Arc::clone(&consumed) };
    // "feed.xml.gz" holds XML.
    let hint = match input.label.to_ascii_lowercase().strip_suffix(".gz") {
        Some(inner) => ending(inner),
        None => input.hint,
    };
    let place = Place { name: None, hint, unpacked: false, depth: 0, consumed };
    stream(Box::new(reader), place, context)
}

/// Counts the bytes that were read.
struct Counted {
    inner: Bytes,
    count: Arc<AtomicU64>,
}

impl std::io::Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The ending of a name.
fn ending(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

fn one<'a>(read: Read) -> Pages<'a> {
    Box::new(std::iter::once(read))
}

fn fail<'a>(error: ParseError) -> Pages<'a> {
    one(Err(error))
}

fn stream<'a>(mut reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let mut head = Vec::new();
    let read = (&mut reader).take(HEAD as u64).read_to_end(&mut head);
    if let (Err(error), true) = (read, head.is_empty()) {
        return fail(error.into());
    }
    let form = detect(&head, place.hint.as_deref());
    let packed = matches!(form, Form::Gzip | Form::Zip | Form::Warc);
    if packed && place.depth >= context.limits.max_depth {
        return fail(ParseError::TooDeep { limit: context.limits.max_depth });
    }
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let reader: Bytes = Box::new(Cursor::new(head).chain(reader));
    match form {
        #[cfg(feature = "archive")]
        Form::Gzip => unpack::gzip(reader, place, context),
        #[cfg(feature = "archive")]
        Form::Zip => unpack::zip(reader, place, context),
        #[cfg(feature = "warc")]
        Form::Warc => warc::read(reader, place, context),
        #[cfg(feature = "mail")]
        Form::Mbox => mail::mbox(reader, place, context),
        Form::JsonLines if !wide => lines::read(reader, place, context),
        Form::Packed(how) => fail(ParseError::Unread {
            reason: format!("packed with {how}, which is not unpacked here; unpack it first"),
        }),
        _ => document(form, reader, &place, context),
    }
}

/// The pages of a document, which is read whole. What came before the bytes broke off is
/// read; why they did is told last.
fn document<'a>(form: Form, reader: Bytes, place: &Place, context: Context<'a>) -> Pages<'a> {
    let mut bytes = Vec::new();
    let broken = match read_into(reader, context.limits.max_bytes, &mut bytes) {
        Err(error) if !matches!(error, ParseError::Broken { .. }) => return fail(error),
        done => done.err(),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail(broken.unwrap_or(ParseError::Empty));
    }
    #[cfg(feature = "mail")]
    if form == Form::Mail {
        let pages = mail::message(&bytes, 0, None, place, context);
        return Box::new(pages.chain(broken.map(Err)));
    }
    let mut pages = pages(form, &bytes, place, context);
    pages.extend(broken.map(Err));
    Box::new(pages.into_iter())
}

fn pages(form: Form, bytes: &[u8], place: &Place, context: Context<'_>) -> Vec<Read> {
    match form {
        #[cfg(feature = "pdf")]
        Form::Pdf => return vec![pdf::read(bytes, place, context)],
        #[cfg(not(feature = "pdf"))]
        Form::Pdf => return vec![Err(unread("PDF", "pdf"))],
        _ => {}
    }
    let decoded = match decode::decode(bytes, place.hint.as_deref()) {
        Ok(decoded) => decoded,
        Err(error) => return vec![Err(error)],
    };
    let whole = Whole { bytes, base: 0, decoded };
    match form {
        #[cfg(feature = "feed")]
        Form::Feed => feed::read(whole, place, context),
        Form::Json | Form::JsonLines => article::read(whole, place, context),
        Form::Subtitles => subtitles::read(whole, place, context),
        Form::Gzip | Form::Zip => vec![Err(unread("a packed file", "archive"))],
        Form::Warc => vec![Err(unread("a web archive", "warc"))],
        #[cfg(not(feature = "feed"))]
        Form::Feed => vec![Err(unread("a feed", "feed"))],
        Form::Mbox | Form::Mail => vec![Err(unread("mail", "mail"))],
        _ => vec![page(whole, form, place, context)],
    }
}

/// A form that this build leaves out.
fn unread(what: &str, feature: &str) -> ParseError {
    ParseError::Unread {
        reason: format!(
            "{what}, which this build does not read; build with the feature `{feature}`, or save \
             it as text or HTML"
        ),
    }
}

/// A page of text or markup.
fn page(whole: Whole<'_>, form: Form, place: &Place, context: Context<'_>) -> Read {
    let mut draft = Draft::new(context);
    match form {
        #[cfg(feature = "html")]
        Form::Html => draft.markup(&whole.decoded),
        _ => draft.whole(&whole.decoded),
    }
    draft.diagnostics = whole.decoded.diagnostics;
    finished(draft, whole.bytes, place.member())
}

/// The page of a draft; an error where it has no words.
fn finished(draft: Draft<'_>, record: &[u8], member: Member) -> Read {
    if draft.is_empty() { Err(ParseError::Empty) } else { Ok(draft.finish(record, member)) }
}
