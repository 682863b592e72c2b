//! The transfer encodings of mail, with where each byte came from: what a library decodes
//! without saying so is read here. Quoted-printable maps byte by byte, base64 line by line.

use mail_parser::Encoding;

use crate::decode::Run;

/// The content of a part whose bytes are `bytes`, which begin at `base` of the input.
pub(super) fn decode(bytes: &[u8], encoding: Encoding, base: u64) -> (Vec<u8>, Vec<Run>) {
    let mut out = Decoder { base, data: Vec::with_capacity(bytes.len()), runs: Vec::new() };
    match encoding {
        Encoding::None => out.same(bytes, 0),
        Encoding::QuotedPrintable => out.quoted(bytes),
        Encoding::Base64 => out.base64(bytes),
    }
    (out.data, out.runs)
}

/// Length of the line end, and of white space before it, that a mark takes away.
fn soft_break(rest: &[u8]) -> usize {
    let white = rest.iter().take(80).take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
    if rest.get(white) == Some(&b'\n') { white + 1 } else { 0 }
}

struct Decoder {
    base: u64,
    data: Vec<u8>,
    runs: Vec<Run>,
}

impl Decoder {
    fn same(&mut self, bytes: &[u8], at: usize) {
        if bytes.is_empty() {
            return;
        }
        let start = self.base + at as u64;
        let raw = start..start + bytes.len() as u64;
        match self.runs.last_mut().filter(|last| last.same && last.raw.end == start) {
            Some(last) => last.raw.end = raw.end,
            None => self.runs.push(Run { text: self.data.len(), raw, same: true }),
        }
        self.data.extend_from_slice(bytes);
    }

    fn replaced(&mut self, bytes: &[u8], from: usize, to: usize) {
        if !bytes.is_empty() {
            let raw = self.base + from as u64..self.base + to as u64;
            self.runs.push(Run { text: self.data.len(), raw, same: false });
            self.data.extend_from_slice(bytes);
        }
    }

    fn quoted(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'=', bytes.get(at..).unwrap_or_default()) {
            let mark = at + found;
            self.same(bytes.get(at..mark).unwrap_or_default(), at);
            let rest = bytes.get(mark + 1..).unwrap_or_default();
            let hex = |at: usize| rest.get(at).and_then(|b| char::from(*b).to_digit(16));
            at = match (hex(0), hex(1), rest) {
                (Some(high), Some(low), _) => {
                    self.replaced(&[(high * 16 + low) as u8], mark, mark + 3);
                    mark + 3
                }
                _ if soft_break(rest) > 0 => mark + 1 + soft_break(rest),
                // A mark that means nothing stands for itself.
                _ => {
                    self.same(b"=", mark);
                    mark + 1
                }
            };
        }
        self.same(bytes.get(at..).unwrap_or_default(), at);
    }

    fn base64(&mut self, bytes: &[u8]) {
        let (mut bits, mut count, mut from) = (0u32, 0u32, 0);
        let mut line = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                _ => {
                    if *byte == b'\n' {
                        self.replaced(&std::mem::take(&mut line), from, at);
                        from = at + 1;
                    }
                    continue;
                }
            };
            bits = bits << 6 | u32::from(value);
            count += 6;
            if count >= 8 {
                count -= 8;
                line.push((bits >> count & 0xFF) as u8);
                bits &= (1 << count) - 1;
            }
        }
        self.replaced(&line, from, bytes.len());
    }
}
