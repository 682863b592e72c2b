//! Names that stay: what other programs know an event, a source or a timeline by.

use std::fmt::Write as _;

use dateline_model::{EventId, Timeline};
use dateline_text::SourceId;
use dateline_text::source::sha256;

/// The URN of an event.
pub(crate) fn event(id: EventId) -> String {
    urn("event", &id.to_string())
}

/// The URN of a source.
pub(crate) fn source(id: SourceId) -> String {
    urn("source", &id.to_string())
}

/// The URN of a timeline: of the sources that it was made from.
pub(crate) fn timeline(timeline: &Timeline) -> String {
    let sources: Vec<String> =
        timeline.sources.iter().map(|source| source.id.to_string()).collect();
    urn("timeline", &sources.join(" "))
}

/// The URN of one of the parts of an event, by its number.
pub(crate) fn part(id: EventId, number: usize) -> String {
    urn("part", &format!("{id} {number}"))
}

/// A UUID of version 8 (RFC 9562, section 5.8): the first bits of a hash of the name.
fn urn(kind: &str, name: &str) -> String {
    let mut bytes = sha256(format!("dateline {kind} {name}").as_bytes());
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut out = String::from("urn:uuid:");
    for (at, byte) in bytes.iter().take(16).enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        let _ = write!(out, "{byte:02x}");
    }
    out
}
