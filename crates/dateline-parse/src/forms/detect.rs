//! Which form some bytes have: by what they begin with, then by name. A name alone is
//! believed only where the bytes do not speak against it.

use crate::decode;

/// How many of the first bytes are looked at.
pub(crate) const HEAD: usize = 16 << 10;

/// Endings of the files that are read where a folder, an archive or a message holds them.
pub const ENDINGS: [&str; 24] = [
    "atom", "eml", "gz", "htm", "html", "json", "jsonl", "jsonld", "mbox", "md", "mht", "mhtml",
    "ndjson", "pdf", "rdf", "rss", "srt", "text", "txt", "vtt", "warc", "xhtml", "xml", "zip",
];

/// A form of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Gzip,
    Zip,
    /// Packed in a way that nothing here unpacks.
    Packed(&'static str),
    Pdf,
    Warc,
    Mbox,
    /// A message, or a page saved as one (MHTML).
    Mail,
    JsonLines,
    Json,
    Feed,
    Html,
    Subtitles,
    /// Plain text, Markdown, anything else.
    Text,
}

/// What forms are told by.
struct Head<'a> {
    bytes: &'a [u8],
    /// The same as text, without a byte order mark and white space before it.
    text: &'a str,
    /// The ending of the name, or the media type, in small letters.
    name: &'a str,
}

/// Whether bytes have a form.
type Rule = fn(&Head<'_>) -> bool;

/// What the forms begin with, in the order in which they are asked.
const RULES: [(Form, Rule); 16] = [
    (Form::Gzip, |head| head.bytes.starts_with(b"\x1f\x8b")),
    (Form::Zip, |head| [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|m| head.bytes.starts_with(*m))),
    (Form::Packed("zstd"), |head| head.bytes.starts_with(b"\x28\xb5\x2f\xfd")),
    (Form::Packed("bzip2"), |head| head.bytes.starts_with(b"BZh") && !head.is_plain()),
    (Form::Packed("xz"), |head| head.bytes.starts_with(b"\xfd7zXZ\0")),
    (Form::Packed("7z"), |head| head.bytes.starts_with(b"7z\xbc\xaf\x27\x1c")),
    (Form::Packed("rar"), |head| head.bytes.starts_with(b"Rar!\x1a\x07")),
    (Form::Pdf, |head| memchr::memmem::find(head.start(1024), b"%PDF-").is_some()),
    (Form::Warc, |head| head.bytes.starts_with(b"WARC/")),
    (Form::Mbox, is_mbox),
    (Form::Mail, is_mail),
    (Form::Subtitles, is_subtitles),
    (Form::JsonLines, is_json_lines),
    (Form::Json, is_json),
    (Form::Feed, is_feed),
    (Form::Html, is_html),
];

/// The form of bytes that begin with `bytes`; `name` is a file's ending or a media type.
pub(crate) fn detect(bytes: &[u8], name: Option<&str>) -> Form {
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let bytes = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let decoded = decode::decode(bytes, None).ok();
    let text = decoded.as_ref().map_or("", |decoded| &decoded.text);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head = Head { bytes, text, name: &name };
    RULES.iter().find(|(_, is)| is(&head)).map_or(Form::Text, |(form, _)| *form)
}

impl Head<'_> {
    fn start(&self, length: usize) -> &[u8] {
        self.bytes.get(..length.min(self.bytes.len())).unwrap_or_default()
    }

    /// Whether the bytes are text.
    fn is_plain(&self) -> bool {
        !self.text.is_empty()
    }

    fn is_named(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name == *name || self.name.contains(&format!("/{name}")))
    }
}

fn is_html(head: &Head<'_>) -> bool {
    #[cfg(feature = "html")]
    return crate::html::is_html(head.text, Some(head.name));
    #[cfg(not(feature = "html"))]
    return {
        let _ = head;
        false
    };
}

/// The name of a header that begins `line`.
pub(crate) fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (!name.is_empty() && name.len() < 64 && name.bytes().all(plain)).then_some((name, value))
}

/// Headers that only a message has, and those that a page may print as well.
const OF_MAIL: [&str; 6] =
    ["message-id", "mime-version", "received", "return-path", "delivered-to", "dkim-signature"];
const OF_BOTH: [&str; 5] = ["from", "subject", "date", "to", "content-type"];

fn is_mail(head: &Head<'_>) -> bool {
    let (mut sure, mut likely) = (0, 0);
    for line in head.text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = header(line) else { return false };
        let name = name.to_ascii_lowercase();
        sure += usize::from(OF_MAIL.contains(&name.as_str()));
        likely += usize::from(OF_BOTH.contains(&name.as_str()));
    }
    let named = head.is_named(&["eml", "mht", "mhtml", "rfc822"]);
    sure > 0 && likely > 0 || named && sure + likely > 0
}

/// `From somebody@example.org Mon Jun  2 10:00:00 2025`, then headers.
fn is_mbox(head: &Head<'_>) -> bool {
    let mut lines = head.text.lines();
    let opens = lines.next().is_some_and(is_envelope);
    opens && lines.next().is_some_and(|line| header(line).is_some())
}

/// Whether a line opens a message of an mbox.
pub(crate) fn is_envelope(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("From ") else { return false };
    let parts = rest.split_whitespace().count();
    let clock = rest.split_whitespace().any(|part| {
        part.len() >= 4
            && part.contains(':')
            && part.bytes().all(|b| b.is_ascii_digit() || b == b':')
    });
    rest.len() < 256 && (5..=10).contains(&parts) && clock
}

fn is_subtitles(head: &Head<'_>) -> bool {
    if let Some(rest) = head.text.strip_prefix("WEBVTT") {
        return rest.is_empty() || rest.starts_with(char::is_whitespace);
    }
    let mut lines = head.text.lines();
    let number = lines.next().is_some_and(|line| line.trim().parse::<u32>().is_ok());
    number && lines.next().is_some_and(|line| super::subtitles::times(line).is_some())
}

fn is_json(head: &Head<'_>) -> bool {
    let mut marks = head.text.chars().filter(|c| !c.is_whitespace());
    match (marks.next(), marks.next()) {
        (Some('{'), Some(next)) => matches!(next, '"' | '}'),
        (Some('['), Some(next)) => matches!(next, '{' | '[' | ']'),
        _ => false,
    }
}

fn is_json_lines(head: &Head<'_>) -> bool {
    let mut lines = head.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let object = |line: &str| line.starts_with("{\"") || line.starts_with("{ \"");
    let Some(first) = lines.next().filter(|line| object(line)) else { return false };
    let named = head.is_named(&["jsonl", "ndjson", "x-ndjson", "jsonlines"]);
    named || first.ends_with('}') && lines.next().is_some_and(object)
}

/// Whether the first element is that of a feed.
fn is_feed(head: &Head<'_>) -> bool {
    let mut rest = head.text;
    // Declarations, comments and processing instructions stand before it.
    while let Some(inner) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = match inner.find(['[', '>']) {
            _ if inner.starts_with("--") => inner.find("-->").map(|at| at + 2),
            // A DOCTYPE with declarations of its own.
            Some(at) if inner.get(at..at + 1) == Some("[") => {
                let close = inner.find(']');
                close.and_then(|close| Some(close + inner.get(close..)?.find('>')?))
            }
            end => end,
        };
        let Some(end) = end else { return false };
        rest = inner.get(end + 1..).unwrap_or_default().trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = name.get(..end.unwrap_or(0)).unwrap_or_default().to_ascii_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(local, "rss" | "feed" | "channel") || name == "rdf:rdf"
}
