//! Bytes to text: charsets, markup, and the way back to the raw bytes.

use dateline_model::{BlockKind, Parsed};
use dateline_text::TextRange;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{blocks, read_all, read_as, read_within};
use crate::ParseError;

/// The pages that are plain text.
fn pages() -> Vec<(String, String)> {
    let mut out = Vec::new();
    insta::glob!("pages/*.txt", |path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        #[expect(clippy::disallowed_methods, reason = "a test reads its own pages")]
        let text = std::fs::read_to_string(path).expect("the page is there");
        out.push((name.unwrap_or_default(), text));
    });
    assert!(out.len() >= 20, "the pages are found");
    out
}

/// `text` as a small page: an element a line, entities, inline tags.
fn to_html(text: &str) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html><body>\n");
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let line = line.trim();
        let (tag, words) = match line.strip_prefix("• ") {
            Some(words) => ("li", words),
            None => ("p", line),
        };
        let mut words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        for (c, entity) in [('“', "&ldquo;"), ('”', "&#8221;"), ('’', "&rsquo;"), ('—', "&#x2014;")]
        {
            words = words.replace(c, entity);
        }
        // An inline tag around the second word, and a comment after it.
        let parts: Vec<&str> = words.splitn(3, ' ').collect();
        if let [first, second, rest] = parts.as_slice() {
            words = format!("{first} <b class=\"x>y\">{second}</b><!-- no --> {rest}");
        }
        out.push_str(&format!("<{tag}>{words}</{tag}>\n"));
    }
    out + "</body></html>\n"
}

/// Each block's raw bytes, decoded, are the block's words.
fn maps_back(briefs: &[Parsed], raw: &[u8], encoding: &'static Encoding, markup: bool) {
    let all = briefs.iter().flat_map(|parsed| parsed.brief.blocks.iter().map(move |b| (parsed, b)));
    for (parsed, block) in all {
        let words = parsed.source.slice(block.range).expect("a range fits the text");
        let mut back = String::new();
        for piece in parsed.source.to_raw(block.range) {
            let bytes = raw.get(piece.start as usize..piece.end as usize).expect("in the input");
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            back.push_str(&text);
        }
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        let back =
            if markup { html_escape::decode_html_entities(&back).into_owned() } else { back };
        assert_eq!(squeeze(&back), squeeze(words));
        assert!(!parsed.source.to_raw(block.range).is_empty());
    }
}

/// Blocks of all briefs, each brief's behind one another.
fn all_blocks(briefs: &[Parsed]) -> Vec<Vec<(BlockKind, String)>> {
    briefs.iter().map(blocks).collect()
}

/// The texts of all briefs, which are all of the input.
fn words(briefs: &[Parsed]) -> String {
    briefs.iter().map(|parsed| parsed.source.text()).collect()
}

#[test]
fn a_charset_changes_nothing() {
    for (name, text) in pages() {
        let plain = read_all(text.as_bytes(), None);
        maps_back(&plain, text.as_bytes(), UTF_8, false);
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let parsed = read_all(&marked, None);
        assert_eq!(all_blocks(&parsed), all_blocks(&plain), "{name} with a byte order mark");
        maps_back(&parsed, &marked, UTF_8, false);

        let (bytes, _, lost) = WINDOWS_1252.encode(&text);
        assert!(!lost, "{name} has letters that windows-1252 lacks");
        let parsed = read_all(&bytes, Some("text/plain; charset=windows-1252"));
        assert_eq!(all_blocks(&parsed), all_blocks(&plain), "{name} as windows-1252");
        assert_eq!(words(&parsed), text);
        maps_back(&parsed, &bytes, WINDOWS_1252, false);

        let wide: Vec<u8> = text.encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
        let wide = [b"\xFF\xFE", wide.as_slice()].concat();
        let parsed = read_all(&wide, None);
        assert_eq!(all_blocks(&parsed), all_blocks(&plain), "{name} as UTF-16");
        maps_back(&parsed, &wide, encoding_rs::UTF_16LE, false);

        let lines = text.replace('\n', "\r\n");
        assert_eq!(
            all_blocks(&read_all(lines.as_bytes(), None)),
            all_blocks(&plain),
            "{name} with CRLF"
        );
    }
}

#[test]
fn markup_changes_nothing() {
    // Lines wrapped by hand are told by their width, which markup does not keep.
    for (name, text) in pages().into_iter().filter(|(name, _)| !name.starts_with("wrapped")) {
        let plain = read_all(text.as_bytes(), None);
        let page = to_html(&text);
        let parsed = read_all(page.as_bytes(), Some("text/html"));
        assert_eq!(all_blocks(&parsed), all_blocks(&plain), "{name} as HTML");
        maps_back(&parsed, page.as_bytes(), UTF_8, true);
        let (bytes, _, _) = WINDOWS_1252.encode(&page);
        let parsed = read_all(&bytes, Some("text/html; charset=iso-8859-1"));
        assert_eq!(all_blocks(&parsed), all_blocks(&plain), "{name} as HTML in windows-1252");
        maps_back(&parsed, &bytes, WINDOWS_1252, true);
    }
}

#[test]
fn what_is_declared_goes_before_what_is_detected() {
    let page = "<html><head><meta charset=windows-1257></head><body><p>Gitanas Naus\u{117}da \
                hosted the meeting in Vilnius.</p></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1257.encode(page);
    let parsed = read_as(&bytes, Some("html")).expect("a page parses");
    assert!(parsed.source.text().contains("Naus\u{117}da"), "{}", parsed.source.text());
    assert!(parsed.diagnostics.is_empty());
    let (bytes, _, _) = WINDOWS_1252.encode("“We met in the café,” he said – and left it at that.");
    let parsed = read_as(&bytes, None).expect("text parses");
    assert_eq!(parsed.source.text(), "“We met in the café,” he said – and left it at that.");
    assert_eq!(parsed.diagnostics.first().map(|d| d.code.as_str()), Some("charset-guessed"));
}

#[test]
fn half_a_character_is_replaced_and_said() {
    let text = "Jenča said that they would meet — in the café — on Monday, “as agreed”, Naus";
    let mut bytes = [text, "ėda éééé said."].concat().into_bytes();
    bytes.extend_from_slice(b" caf\xC3");
    let parsed = read_as(&bytes, None).expect("text parses");
    assert!(parsed.source.text().ends_with("caf\u{FFFD}"));
    assert_eq!(parsed.diagnostics.first().map(|d| d.code.as_str()), Some("bytes-replaced"));
    let end = parsed.source.range().end();
    let last = TextRange::new(end - 3, end).expect("in order");
    let raw = parsed.source.to_raw(last);
    assert_eq!(raw.first().map(|raw| raw.start..raw.end), Some(end_of(&bytes)));
}

/// The last byte.
fn end_of(bytes: &[u8]) -> std::ops::Range<u64> {
    bytes.len() as u64 - 1..bytes.len() as u64
}

/// A NUL that strayed into a page takes nothing else with it.
#[test]
fn a_stray_nul_is_replaced() {
    let words = "They met on Monday and nobody signed a word of it. ".repeat(40);
    let page = format!("<html><body><h1>Talks go on</h1><p>{words}</p><p>Year\0 XXIII</p>");
    let parsed = read_as(page.as_bytes(), Some("text/html")).expect("a page parses");
    assert!(parsed.source.text().ends_with("Year\u{FFFD} XXIII"));
    let code = parsed.diagnostics.first().map(|found| found.code.as_str());
    assert_eq!(code, Some("bytes-replaced"));
    let many = format!("{words}{}", "a\0b".repeat(99));
    assert!(read_as(many.as_bytes(), None).is_err());
}

#[test]
fn what_cannot_be_read_says_why() {
    let error = |bytes: &[u8], max| match read_within(bytes, None, max) {
        Ok(_) => "no error".to_string(),
        Err(error) => error.to_string(),
    };
    assert_eq!(error(b"", 9), "nothing in it but white space; give it a brief to read");
    assert_eq!(error(b" \r\n\t", 9), "nothing in it but white space; give it a brief to read");
    assert_eq!(error(b"1234567890", 9), "more than 9 bytes; split it, or raise max-bytes");
    let binary = "no text, as byte 4 shows; save the page as text or HTML first";
    assert_eq!(error(b"\x89PNG\0\0\0\x0D", 99), binary);
    assert_eq!(error(b"text\x01\x02\x03\x04", 99), binary);
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let (lexicon, timex) = (crate::Lexicon::english(), dateline_timex::Lexicon::english());
    let context =
        crate::Context { lexicon: &lexicon, timex: &timex, limits: crate::Limits::default() };
    let input = crate::RawInput { label: "x".into(), hint: None, reader: Box::new(Broken) };
    let failed = crate::parse(input, context).next().expect("one answer");
    assert!(matches!(&failed, Err(ParseError::Read(_))));
    let message = failed.err().map(|error| error.to_string());
    assert_eq!(message.as_deref(), Some("the bytes could not be read: the disk is gone"));
}

#[test]
fn long_and_deep_inputs_stay_linear() {
    // Each took minutes where a step was quadratic; together they take a second.
    let deep = "<div>".repeat(100_000) + "They met on Monday and nobody signed.";
    assert_eq!(blocks(&read_as(deep.as_bytes(), Some("html")).expect("parses")).len(), 1);
    for part in ["word ", "<a \"", "&amp", "A/B: ", "U.S. | ", "(", "12:05 ", "Photo: "] {
        let long = part.repeat(400_000 / part.len());
        assert!(read_as(long.as_bytes(), None).is_ok(), "{part}");
        let page = ["<p>", &long].concat();
        assert!(read_as(page.as_bytes(), Some("html")).is_ok(), "{part}");
    }
    for line in ["Image\n", "• word\n", "00:07word\n", "June 2, 2025\n", "<p>x\n", "\r"] {
        let long = line.repeat(20_000 / line.len());
        let _ = read_as(long.as_bytes(), None);
    }
}
