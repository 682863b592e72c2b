//! Messages (EML), mailboxes (mbox) and pages saved as a message (MHTML). One brief a
//! message: its subject, and its text or HTML part; raw ranges point into the message. What
//! is attached to it (a message that is passed on, a statement) has briefs of its own, as
//! what an archive holds.
//!
//! Who got a message is nobody's business: no header but subject, sender, date and the
//! addresses of archives is read, and lines of the text that name recipients, addresses of
//! mail and addresses of the web (which may hold who got it) are no part of the text.

use std::io::Cursor;

use dateline_model::Moment;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::buffer::Buffer;
use super::detect::{ENDINGS, is_envelope};
use super::parts::{plain_name, skipped_note};
use super::{Bytes, Pages, Place, ending, fail, finished, moment, stream, transfer};
use crate::decode::{self, Decoded, Patchwork};
use crate::lines::Hint;
use crate::page::{Draft, address, line};
use crate::stamp::iso_moment;
use crate::{Context, ParseError};

/// A text part of so many bytes is preferred to markup; a shorter one may only say that
/// there is markup.
const ENOUGH: usize = 400;

/// The messages of a mailbox.
pub(super) fn mbox<'a>(reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let mut mailbox = Mailbox { buffer: Buffer::new(reader), ahead: Vec::new(), failed: None };
    let most = context.limits.max_bytes;
    let mut number = 0;
    let messages = std::iter::from_fn(move || {
        let (base, message, fits) = mailbox.next(most)?;
        number += 1;
        // What is attached to it is told from what is attached to others.
        let name = (number > 1).then(|| number.to_string());
        let pages = match fits {
            true => self::message(&message, base, name.as_deref(), &place, context),
            false => fail(ParseError::TooLarge { limit: most }),
        };
        let within = move |error: ParseError| error.within(&format!("message at byte {base}"));
        Some(pages.map(move |read| read.map_err(within)))
    });
    Box::new(messages.fuse().flatten())
}

struct Mailbox {
    buffer: Buffer<Bytes>,
    /// The line that opens the next message.
    ahead: Vec<u8>,
    failed: Option<std::io::Error>,
}

impl Mailbox {
    /// Where the next message begins, its bytes, and whether all of them are there.
    fn next(&mut self, most: u64) -> Option<(u64, Vec<u8>, bool)> {
        let mut message = Vec::new();
        let (mut fits, mut blank) = (true, true);
        if self.ahead.is_empty() {
            self.buffer.line(most, &mut self.ahead).ok()?;
        }
        self.ahead.clear();
        let base = self.buffer.offset();
        let mut text = Vec::new();
        loop {
            text.clear();
            match self.buffer.line(most, &mut text) {
                Ok(whole) => fits &= whole,
                // What was read before the bytes broke off is a message.
                Err(error) => self.failed = Some(error),
            }
            if text.is_empty() && fits || self.failed.is_some() {
                break;
            }
            let opens = blank && text.starts_with(b"From ");
            if opens && std::str::from_utf8(&text).is_ok_and(|line| is_envelope(line.trim_end())) {
                self.ahead = text;
                break;
            }
            blank = text.iter().all(u8::is_ascii_whitespace);
            fits &= (message.len() + text.len()) as u64 <= most;
            if fits {
                message.extend_from_slice(&text);
            }
        }
        let some = !fits || message.iter().any(|b| !b.is_ascii_whitespace());
        (some || !self.ahead.is_empty()).then_some((base, message, fits))
    }
}

/// The briefs of a message whose bytes begin at `base` of the input: its own and those of
/// what is attached to it. `name` tells it from others in the same place.
pub(super) fn message<'a>(
    bytes: &[u8],
    base: u64,
    name: Option<&str>,
    place: &Place,
    context: Context<'a>,
) -> Pages<'a> {
    // Built with debug assertions, the crate panics on messages within messages whose parts
    // do not add up; without them it reads on.
    let message = std::panic::catch_unwind(|| MessageParser::default().parse(bytes));
    let Ok(Some(message)) = message else {
        return fail(ParseError::broken(base, "no message; take it out, or save it again"));
    };
    let mut draft = Draft::new(context);

    let mail = Mail { bytes, base, message: &message };
    match mail.saved_from() {
        Some(url) => {
            draft.metadata.url = address(&url);
            draft.metadata.retrieved = mail.date(context);
            let parts = mail.parts(&message.html_body, true);
            // Frames and pictures have parts of their own; the first is the page.
            for part in parts.into_iter().take(1) {
                mail.add(part, &mut draft, false);
            }
        }
        None => {
            mail.headers(&mut draft, context);
            let (texts, pages) =
                (mail.parts(&message.text_body, false), mail.parts(&message.html_body, true));
            let length: usize = texts.iter().map(|part| mail.content(part).len()).sum();
            let chosen = if length >= ENOUGH || pages.is_empty() { texts } else { pages };
            for part in chosen {
                mail.add(part, &mut draft, true);
            }
        }
    }
    let (attached, skipped) = match mail.saved_from() {
        Some(_) => (Vec::new(), Vec::new()),
        None => mail.attached(name, place),
    };
    draft.diagnostics.extend(skipped_note(skipped, "save their text"));
    let own = match finished(draft, bytes, place.member()) {
        // A letter that only brings something.
        Err(ParseError::Empty) if !attached.is_empty() => None,
        read => Some(read),
    };
    let date = mail.date(context);
    let attached = attached.into_iter().flat_map(move |(place, bytes)| {
        let name = place.name.as_deref().and_then(|name| name.rsplit('/').next());
        let within = name.unwrap_or_default().to_string();
        let pages = match place.depth < context.limits.max_depth {
            true => stream(Box::new(Cursor::new(bytes)), place, context),
            false => fail(ParseError::TooDeep { limit: context.limits.max_depth }),
        };
        let pages: Pages<'a> = Box::new(pages.map(move |read| {
            let mut page = read.map_err(|error| error.within(&within))?;
            // It came when the message did.
            page.metadata.retrieved = page.metadata.retrieved.or(date);
            Ok(page)
        }));
        pages
    });
    Box::new(own.into_iter().chain(attached))
}

struct Mail<'a> {
    bytes: &'a [u8],
    base: u64,
    message: &'a Message<'a>,
}

impl<'a> Mail<'a> {
    fn header(&self, name: &'static str) -> Option<String> {
        self.message.header_raw(HeaderName::parse(name)?).and_then(line)
    }

    /// Where a page saved as a message came from.
    fn saved_from(&self) -> Option<String> {
        let snapshot = self.header("Snapshot-Content-Location");
        let page = self.parts(&self.message.html_body, true).into_iter().next();
        let own = page.and_then(|page| {
            let header = page.headers.iter().find(|h| h.name == HeaderName::ContentLocation)?;
            header.value.as_text().map(Into::into)
        });
        // A letter that went to nobody is none.
        snapshot.or(own.filter(|_| self.message.to().is_none()))
    }

    fn date(&self, context: Context<'_>) -> Option<Moment> {
        let ours = self.header("Date").and_then(|words| moment(&words, context));
        ours.or_else(|| iso_moment(&self.message.date()?.to_rfc3339()))
    }

    fn headers(&self, draft: &mut Draft<'_>, context: Context<'_>) {
        draft.published(self.date(context));
        if let Some(subject) = self.subject() {
            draft.metadata.title = line(&subject.text);
            draft.plain(&subject, Some(Hint::Title));
        }
        let sender = self.message.from().and_then(|from| from.first());
        let name = sender.and_then(|sender| sender.name.as_deref()).and_then(line);
        draft.metadata.publisher = name.filter(|name| !name.contains('@'));
        let archived = self.header("Archived-At");
        let archived = archived.and_then(|url| address(url.trim_matches(['<', '>'])));
        draft.metadata.archive_url = archived;
    }

    /// The subject, with its place in the header.
    fn subject(&self) -> Option<Decoded<'static>> {
        let words = line(self.message.subject()?)?;
        let headers = &self.message.root_part().headers;
        let header = headers.iter().find(|header| header.name == HeaderName::Subject)?;
        let (start, end) = (header.offset_start as usize, header.offset_end as usize);
        let raw = self.bytes.get(start..end)?;
        let mut out = Patchwork::default();
        match memchr::memmem::find(raw, words.as_bytes()) {
            Some(at) => out.same(&words, self.base + (start + at) as u64),
            None => out.replaced(&words, self.base + start as u64..self.base + end as u64),
        }
        Some(masked(&out.finish()))
    }

    /// The parts of these numbers that are markup, or those that are not.
    fn parts(&self, ids: &[u32], markup: bool) -> Vec<&'a MessagePart<'a>> {
        let parts = ids.iter().filter_map(|id| self.message.parts.get(*id as usize));
        parts
            .filter(|part| match part.body {
                PartType::Html(_) => markup,
                PartType::Text(_) => !markup,
                _ => false,
            })
            .collect()
    }

    /// What is attached and can be read, by name, and the names of what cannot.
    fn attached(&self, name: Option<&str>, place: &Place) -> (Vec<(Place, Vec<u8>)>, Vec<String>) {
        let (mut out, mut skipped) = (Vec::new(), Vec::new());
        let ids = self.message.attachments.iter();
        for part in ids.filter_map(|id| self.message.parts.get(*id as usize)) {
            let kind = part.headers.iter().find(|h| h.name == HeaderName::ContentType);
            let kind = kind.and_then(|h| h.value.as_content_type());
            let kind =
                kind.map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("")));
            // Only the name: folders are those of the sender.
            let given = part.attachment_name().map(plain_name);
            let given = given.and_then(|name| name.rsplit('/').next().map(str::to_string));
            let given = given.filter(|name| !name.is_empty());
            let is_message = matches!(part.body, PartType::Message(_));
            let shown = given.unwrap_or_else(|| match is_message {
                true => "message.eml".to_string(),
                false => kind.clone().unwrap_or_else(|| "part".to_string()).replace('/', "."),
            });
            let hint = ending(&shown).filter(|ending| ENDINGS.contains(&ending.as_str()));
            let hint = match (hint, &part.body) {
                (Some(hint), _) => hint,
                (None, PartType::Message(_)) => "eml".to_string(),
                (None, PartType::Html(_)) => "html".to_string(),
                _ => {
                    skipped.push(shown);
                    continue;
                }
            };
            let (data, _) = transfer::decode(self.content(part), part.encoding, 0);
            let shown = name.map_or(shown.clone(), |name| format!("{name}/{shown}"));
            out.push((place.part(Some(&shown), Some(hint)), data));
        }
        out.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        (out, skipped)
    }

    /// The bytes of a part, as they were sent.
    fn content(&self, part: &MessagePart<'_>) -> &'a [u8] {
        let range = part.offset_body as usize..part.offset_end as usize;
        self.bytes.get(range).unwrap_or_default()
    }

    fn add(&self, part: &MessagePart<'_>, draft: &mut Draft<'_>, is_mail: bool) {
        let base = self.base + u64::from(part.offset_body);
        let (data, runs) = transfer::decode(self.content(part), part.encoding, base);
        let charset = part.headers.iter().find(|h| h.name == HeaderName::ContentType);
        let charset = charset.and_then(|h| h.value.as_content_type()?.attribute("charset"));
        let charset = charset.map(|name| format!("charset={name}"));
        let decoded = match decode::decode(&data, charset.as_deref()) {
            Ok(decoded) => decoded.over(&runs),
            Err(_) => return,
        };
        draft.diagnostics.extend(decoded.diagnostics.iter().cloned());
        let is_markup = matches!(part.body, PartType::Html(_));
        let decoded = match (is_mail, is_markup) {
            (true, true) => unfolded_tables(&masked(&decoded)),
            (true, false) => masked(&decoded),
            _ => decoded,
        };
        #[cfg(feature = "html")]
        if is_markup {
            return draft.markup(&decoded);
        }
        draft.plain(&decoded, None);
    }
}

/// What stands for an address that is left out.
const LEFT_OUT: &str = "…";

/// The text without addresses, and without lines that say to whom it went.
fn masked(decoded: &Decoded<'_>) -> Decoded<'static> {
    let text: &str = &decoded.text;
    let mut out = Patchwork::default();
    let (mut from, mut at) = (0, 0);
    // Words between marks that no address has.
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']');
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let skip = recipients(text, at);
        let length = rest.find(is_mark).unwrap_or(rest.len());
        let token = rest.get(..length).unwrap_or_default();
        let (start, end) = match token_address(token) {
            _ if skip > 0 => (0, skip),
            Some(found) => found,
            None => {
                let mark = rest.get(length..).and_then(|rest| rest.chars().next());
                at += length + mark.map_or(0, char::len_utf8);
                continue;
            }
        };
        out.copied(decoded, from..at + start);
        if skip == 0 {
            out.replaced(LEFT_OUT, decoded.raw(at + start, at + end));
        }
        at += end;
        from = at;
    }
    out.copied(decoded, from..text.len());
    let mut out = out.finish();
    out.diagnostics.clone_from(&decoded.diagnostics);
    out
}

/// From where to where in `token` an address goes.
fn token_address(token: &str) -> Option<(usize, usize)> {
    let end = |words: &str| words.trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
    if let Some(found) = token.find("://") {
        let start = token.get(..found)?.rfind(|c: char| !c.is_ascii_alphanumeric());
        return Some((start.map_or(0, |at| at + 1), end(token)));
    }
    let at = token.find('@')?;
    let outer = |c: char| !(c.is_alphanumeric() || "._%+-=".contains(c));
    let before = token.get(..at)?;
    let start = before.char_indices().rev().find(|(_, c)| outer(*c));
    let start = start.map_or(0, |(at, c)| at + c.len_utf8());
    let after = token.get(at + 1..)?;
    let length = after.find(outer).unwrap_or(after.len());
    let host = after.get(..length)?;
    (start < at && host.contains('.')).then(|| (start, at + 1 + end(host)))
}

/// The longest list of recipients that is looked for, in bytes.
const LINE: usize = 1024;

/// Length of a line at `at` that says to whom a message went, as where it quotes another's
/// headers; 0 for any other.
fn recipients(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let named = ["to:", "cc:", "bcc:"]
        .iter()
        .any(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
    if !named {
        return 0;
    }
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '*', '>']);
    let tag = text.get(..at).is_some_and(|before| before.trim_end().ends_with('>'));
    if !(before.is_empty() || before.ends_with('\n') || tag) {
        return 0;
    }
    let ends = ["\n", "<br", "</p", "</div", "</td", "</tr", "<div", "<p"];
    // A line that goes on for long is none of these.
    let line = rest.get(..rest.floor_char_boundary(LINE)).unwrap_or_default();
    ends.iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len())
}

/// The markup with its tables as plain blocks: in mail a table is how a page is laid out.
fn unfolded_tables(decoded: &Decoded<'_>) -> Decoded<'static> {
    const TABLES: [&str; 6] = ["table", "tbody", "thead", "tr", "td", "th"];
    let text: &str = &decoded.text;
    let mut out = Patchwork::default();
    let mut from = 0;
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = text.get(at + 1..).unwrap_or_default();
        let start = usize::from(rest.starts_with('/'));
        let length = rest.bytes().skip(start).take(8).take_while(u8::is_ascii_alphabetic).count();
        let name = rest.get(start..start + length).unwrap_or_default();
        if TABLES.iter().any(|table| name.eq_ignore_ascii_case(table)) {
            let (start, end) = (at + 1 + start, at + 1 + start + length);
            out.copied(decoded, from..start);
            out.replaced("div", decoded.raw(start, end));
            from = end;
        }
    }
    out.copied(decoded, from..text.len());
    out.finish()
}
