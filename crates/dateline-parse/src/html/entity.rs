//! Character references. Names come from the table of the HTML standard; numbers that
//! stand for windows-1252 are read as such, as browsers do.

use encoding_rs::WINDOWS_1252;

/// The longest reference, `&` and `;` included.
const LONGEST: usize = 34;

/// The reference at the start of `text`: its length and what it stands for.
pub(super) fn reference(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((end + 1, character(code)));
    }
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let words = text.get(..=end)?;
    let resolved = html_escape::decode_html_entities(words);
    (resolved != words).then(|| (end + 1, resolved.into_owned()))
}

fn character(code: u32) -> String {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => {
            let bytes = [byte];
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            text.into_owned()
        }
        _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}').to_string(),
    }
}

/// `words` with all references resolved, for attributes and titles.
pub(super) fn resolve(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        match reference(tail) {
            Some((len, text)) => {
                out.push_str(&text);
                rest = tail.get(len..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}
