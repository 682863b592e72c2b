//! Lines of JSON, an article each, read as a stream.

use super::buffer::Buffer;
use super::{Bytes, Pages, Place, Read, Whole, article};
use crate::{Context, ParseError, decode};

/// The briefs of a file of such lines.
pub(super) fn read<'a>(reader: Bytes, place: Place, context: Context<'a>) -> Pages<'a> {
    let mut buffer = Buffer::new(reader);
    let (mut number, mut done) = (0u64, false);
    let mut line = Vec::new();
    Box::new(std::iter::from_fn(move || {
        while !done {
            line.clear();
            let base = buffer.offset();
            let most = context.limits.max_bytes;
            let fits = match buffer.line(most, &mut line) {
                Ok(fits) => fits,
                Err(error) => {
                    done = true;
                    return Some(Err(error.into()));
                }
            };
            if fits && line.is_empty() {
                break;
            }
            number += 1;
            let mark = usize::from(number == 1 && line.starts_with(b"\xef\xbb\xbf")) * 3;
            let words = line.get(mark..).unwrap_or_default();
            if fits && words.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let read = match fits {
                true => one(words, base + mark as u64, &place, context),
                false => Err(ParseError::TooLarge { limit: most }),
            };
            return Some(read.map_err(|error| error.within(&format!("line {number}"))));
        }
        None
    }))
}

fn one(bytes: &[u8], base: u64, place: &Place, context: Context<'_>) -> Read {
    let decoded = decode::decode(bytes, place.hint.as_deref())?.moved(base);
    let whole = Whole { bytes, base, decoded };
    article::read_line(whole, place, context).unwrap_or_else(|| {
        let reason = "no JSON object with a \"text\" or \"title\" and a summary; leave the line \
                      out, or add what it lacks";
        Err(ParseError::Unread { reason: reason.to_string() })
    })
}
