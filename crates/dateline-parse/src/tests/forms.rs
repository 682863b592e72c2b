//! Forms of input: how they are told, and what no newsroom sends.

use std::io::{Cursor, Write};

use dateline_model::Parsed;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::TABLES;
use crate::{Context, Limits, ParseError, RawInput, parse};

fn all(label: &str, bytes: &[u8]) -> Vec<Result<Parsed, ParseError>> {
    let hint = label.rsplit_once('.').map(|(_, ending)| ending.to_string());
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let input = RawInput { label: label.to_string(), hint, reader };
    TABLES.with(|(lexicon, timex)| {
        let context = Context { lexicon, timex, limits: Limits::default() };
        // A count that no test reaches: an input that goes on for ever is a failure.
        parse(input, context).take(10_000).collect()
    })
}

/// The texts that were read, and the errors.
fn texts(label: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for read in all(label, bytes) {
        match read {
            Ok(parsed) => texts.push(parsed.source.text().to_string()),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (texts, errors)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).expect("memory can be written to");
    out.finish().expect("memory can be written to")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        out.start_file(*name, options).expect("memory can be written to");
        out.write_all(bytes).expect("memory can be written to");
    }
    out.finish().expect("memory can be written to").into_inner()
}

fn record(kind: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    let body = [head.as_bytes(), body].concat();
    record("response", body.len(), &body)
}

const PAGE: &[u8] = b"<html><body><h1>Talks end</h1><p>They met on 2 June 2025.</p></body></html>";

#[test]
fn a_record_claims_what_is_not_there() {
    let small = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10000000000\r\n\r\n<html";
    let (texts, errors) = texts("a.warc", small);
    assert!(texts.is_empty());
    assert_eq!(
        errors,
        ["record at byte 0: at byte 67: the archive is cut here; fetch it again for the rest"]
    );
}

#[test]
fn bombs_do_not_burst() {
    let zeros = vec![b'a'; 8 << 20];
    let dense = "it unpacks to more than 250 times its size; if it is to be trusted, unpack it \
                 first, or raise max-ratio";
    let bomb = gzip(&zeros);
    assert_eq!(texts("a.txt.gz", &bomb).1, [dense]);
    let (read, errors) = texts("a.zip", &zip(&[("a.txt", &zeros), ("b.txt", b"They met.")]));
    assert!(errors.contains(&format!("a.txt: {dense}")), "{errors:?}");
    assert!(read.len() + errors.len() == 2);
    let body = response("Content-Encoding: gzip\r\n", &bomb);
    let archive = [body, response("", PAGE)].concat();
    let (read, errors) = texts("a.warc", &archive);
    assert_eq!(read, ["Talks end\n\nThey met on 2 June 2025."]);
    assert!(errors.first().is_some_and(|error| error.contains("max-ratio")), "{errors:?}");
}

#[test]
fn archives_nest_only_so_deep() {
    let mut bytes = b"They met on 2 June 2025.".to_vec();
    for depth in 0..6 {
        let (texts, errors) = texts("a.txt.gz", &bytes);
        match depth {
            0..=3 => assert_eq!((texts.len(), errors.len()), (1, 0), "{depth}: {errors:?}"),
            _ => assert!(errors[0].contains("max-depth"), "{errors:?}"),
        }
        bytes = gzip(&bytes);
    }
}

#[test]
fn names_that_are_paths_are_only_shown() {
    let names = [
        "../../etc/passwd.txt",
        "/etc/hosts.txt",
        "C:\\Users\\x\\a.txt",
        "d:b.txt",
        "a/../../b.md",
    ];
    let members: Vec<(&str, &[u8])> =
        names.iter().map(|name| (*name, b"They met.".as_slice())).collect();
    let mut shown: Vec<String> = all("a.zip", &zip(&members))
        .into_iter()
        .map(|read| read.expect("it is read").member.name.expect("it has a name"))
        .collect();
    shown.sort();
    assert_eq!(shown, ["Users/x/a.txt", "a/b.md", "b.txt", "etc/hosts.txt", "etc/passwd.txt"]);
}

#[test]
fn an_empty_member_costs_only_itself() {
    let (texts, errors) = texts(
        "a.zip",
        &zip(&[("a.txt", b""), ("b.txt", b"They met."), ("c.html.gz", &gzip(b" \n"))]),
    );
    assert_eq!(texts, ["They met."]);
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].starts_with("a.txt: nothing in it"));
}

#[test]
fn a_broken_member_of_an_archive_costs_only_itself() {
    let mut broken = gzip(&response("", PAGE));
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    broken[middle + 1] ^= 0x55;
    let good = gzip(&response("", PAGE));
    let (texts, errors) = texts("a.warc.gz", &[good.clone(), broken, good].concat());
    assert_eq!((texts.len(), errors.len()), (2, 1), "{errors:?}");
}

#[test]
fn a_cut_archive_ends_once() {
    let whole = [response("", PAGE), response("", PAGE)].concat();
    for cut in [whole.len() - 30, whole.len() / 2 + 20] {
        let (texts, errors) = texts("a.warc", &whole[..cut]);
        assert_eq!((texts.len(), errors.len()), (1, 1), "{errors:?}");
        assert!(errors[0].contains("cut"), "{errors:?}");
        let packed = [gzip(&response("", PAGE)), gzip(&response("", PAGE))].concat();
        let (texts, errors) = self::texts("a.warc.gz", &packed[..packed.len() - 20]);
        assert_eq!((texts.len(), errors.len()), (1, 1), "{errors:?}");
    }
}

/// Records that all claim to reach the end would be read again and again.
#[test]
fn records_that_claim_the_rest_are_linear() {
    let archive = record("response", 2 << 20, b"HTTP/1.1 200 OK\r\n\r\nx").repeat(4_000);
    assert!(!all("a.warc", &archive).is_empty());
}

#[test]
fn bodies_are_put_together() {
    let chunked = [format!("{:x}\r\n", PAGE.len()).as_bytes(), PAGE, b"\r\n0\r\n\r\n"].concat();
    let text = "Talks end\n\nThey met on 2 June 2025.";
    let chunked = response("Transfer-Encoding: chunked\r\n", &chunked);
    assert_eq!(texts("a.warc", &chunked).0, [text]);
    let packed = response("Content-Encoding: gzip\r\n", &gzip(PAGE));
    assert_eq!(texts("a.warc", &packed).0, [text]);
    let already = response("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE);
    assert_eq!(texts("a.warc", &already).0, [text]);
}

#[test]
fn half_a_character_is_one_replacement() {
    for (label, bytes) in [
        ("a.txt", b"The caf\xc3".to_vec()),
        ("a.json", b"{\"text\": \"The caf\xc3".to_vec()),
        ("a.rss", b"<rss><channel><item><description>The caf\xc3".to_vec()),
        ("a.eml", b"From: a <a@b.c>\nMessage-ID: <1>\nContent-Type: text/plain; charset=utf-8\n\nThe caf\xc3".to_vec()),
    ] {
        let (texts, errors) = texts(label, &bytes);
        assert!(errors.is_empty(), "{label} {errors:?}");
        assert!(texts[0].starts_with("The caf"), "{label} {texts:?}");
    }
}

#[test]
fn a_form_is_told_by_content_then_by_name() {
    let json = b"{\"text\": \"They met.\"}";
    assert_eq!(texts("a.txt", json).0, ["They met."]);
    assert_eq!(texts("a", b"[UPDATE] They met.").0, ["[UPDATE] They met."]);
    assert_eq!(
        texts("a.eml", b"{\"text\": \"They met.\"}\n{\"text\": \"Again.\"}\n").0,
        ["They met.", "Again."]
    );
    // A page that prints who it is from is no mail.
    let page = b"From: Ministry\nPublished: 2 June 2025\n\nThey met.\n";
    assert!(texts("a.txt", page).0[0].starts_with("From: Ministry"));
    let letter = b"From: Ministry <a@b.example>\nSubject: Talks\n\nThey met.\n";
    assert_eq!(texts("a.eml", letter).0, ["Talks\n\nThey met."]);
    // Written by a program that sends the least there is.
    let least = b"From: Ministry\nContent-Type: text/plain; charset=iso-8859-1\n\nOn t\xe9l\xe9.\n";
    assert_eq!(texts("a.eml", least).0, ["On t\u{e9}l\u{e9}."]);
    // A part of a message that was saved as one.
    let part = b"Content-Type: multipart/mixed; boundary=b\nX-Id: 7\n\n--b\n\nThey met.\n--b--\n";
    assert_eq!(texts("a.eml", part).0, ["They met."]);
    // What a server answered with is none: its date is that of the answer.
    let answer = b"Date: Tue, 03 Jun 2025 09:00:00 GMT\nContent-Type: text/html\n\nThey met.\n";
    assert!(texts("a.txt", answer).0[0].starts_with("Date: Tue"));
    let zstd = texts("a.zst", b"\x28\xb5\x2f\xfd\0\0").1;
    assert_eq!(zstd, ["packed with zstd, which is not unpacked here; unpack it first"]);
    let config = texts("a.json", b"{\"name\": \"x\", \"version\": 3}").1;
    assert!(config[0].starts_with("JSON without an article"), "{config:?}");
}

#[test]
fn dates_of_feeds_as_people_write_them() {
    let cases = [
        ("Mon, 02 Jun 2025 10:00:00 EET", "2025-06-02T10:00+02:00"),
        ("Mon, 2 Jun 2025 10:00:00 +0200 (CEST)", "2025-06-02T10:00+02:00"),
        ("Monday, 02-Jun-25 10:00:00 GMT", "2025-06-02T10:00Z"),
        ("June 2, 2025 10:30 AM", "2025-06-02T10:30"),
        ("Jun 02 2025 10:30:15", "2025-06-02T10:30:15"),
        ("2025-06-02 10:30:00 +0000", "2025-06-02T10:30Z"),
        ("2025-06-02T10:30:00.123Z", "2025-06-02T10:30Z"),
        ("2 June 2025", "2025-06-02"),
        ("Mon, 2 Jun 25 10:30:00 EST", "2025-06-02T10:30-05:00"),
        ("2 Jun 64 10:30 UT", "1964-06-02T10:30Z"),
        ("Mon Jun  2 10:30:15 2025", "2025-06-02T10:30:15"),
        ("Mon Jun  2 10:30:15 EDT 2025", "2025-06-02T10:30:15-04:00"),
        ("2025-06-02T10:30:15 -0800", "2025-06-02T10:30:15-08:00"),
        ("1748822400", "2025-06-02T00:00Z"),
        // What is not known does not take the day with it.
        ("Mon, 02 Jun 2025 10:30:00 Europe/Moscow", "2025-06-02"),
        ("2025-06-02T25:30:00Z", "2025-06-02"),
        ("Mon, 32 Jun 2025 10:30:00 GMT", "-"),
        ("no day at all", "-"),
    ];
    for (words, expect) in cases {
        let feed = format!(
            "<rss><channel><item><title>Talks in Rome</title><pubDate>{words}</pubDate></item></channel></rss>"
        );
        let parsed = all("a.rss", feed.as_bytes()).remove(0).expect("an entry");
        let found = parsed.brief.metadata.published.map_or("-".to_string(), |at| at.to_string());
        assert_eq!(found, expect, "{words}");
    }
}

#[test]
fn feeds_with_declarations_of_their_own() {
    let rdf = br#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:r="http://purl.org/rss/1.0/" xmlns:terms="http://purl.org/dc/terms/"
        xmlns:media="http://search.yahoo.com/mrss/">
        <r:item><r:title>Talks in Rome</r:title><media:title>A photo</media:title>
        <r:description>They met.</r:description><terms:issued>2025-06-02</terms:issued>
        </r:item></rdf:RDF>"#;
    let atom = br#"<ns2:feed xmlns:ns2="http://www.w3.org/2005/Atom"><ns2:entry>
        <ns2:title>Talks in Rome</ns2:title><ns2:published>2025-06-02T10:00:00Z</ns2:published>
        <ns2:content type="text">They met.</ns2:content></ns2:entry></ns2:feed>"#;
    // As Drupal wrote it.
    let declared = br#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC
        "-//W3C//ENTITIES Latin 1 for XHTML//EN" "xhtml-lat1.ent">]>
        <rss version="2.0"><channel><item><title>Talks in Rome</title>
        <pubDate>Mon, 02 Jun 2025 10:00:00 +0200</pubDate><description>They met.</description>
        </item></channel></rss>"#;
    for feed in [rdf.as_slice(), atom, declared] {
        let parsed = all("a.xml", feed).remove(0).expect("an entry");
        assert_eq!(parsed.source.text(), "Talks in Rome\n\nThey met.");
        let day = parsed.brief.metadata.published.map(|at| at.day().to_string());
        assert_eq!(day.as_deref(), Some("2025-06-02"));
    }
}

#[test]
fn a_deep_or_long_structure_is_linear() {
    for (label, bytes) in [
        ("a.json", "[".repeat(1 << 15)),
        ("a.json", "{\"items\":".repeat(1 << 15)),
        ("a.json", format!("[{}]", "{\"text\":[],".repeat(1 << 15))),
        ("a.rss", format!("<rss>{}", "<item>".repeat(1 << 15))),
        ("a.rss", format!("<rss><item><description>{}", "<b>".repeat(1 << 15))),
        ("a.rss", format!("<rss>{}", "<item><title>&".repeat(1 << 13))),
        ("a.eml", format!("From: a <a@b.c>\nMessage-ID: <1>\n\n{}", "To:".repeat(1 << 13))),
        ("a.eml", format!("From: a <a@b.c>\nMessage-ID: <1>\n\n{}", "\nTo:>".repeat(1 << 14))),
        ("a.eml", format!("From: a <a@b.c>\nMessage-ID: <1>\n\n{}", "a@b".repeat(1 << 15))),
        ("a.srt", format!("1\n00:00:01,000 --> 00:00:02,000\n{}", "{".repeat(1 << 15))),
        ("a.vtt", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}", "<".repeat(1 << 15))),
    ] {
        // It ends: what is quadratic does not, in anybody's patience.
        let _ = all(label, bytes.as_bytes());
    }
}

/// A message with the parts given, each with its headers.
fn message(subject: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--{subject}\r\n{part}\r\n")).collect();
    format!(
        "From: Ann <ann@quay.example>\r\nSubject: {subject}\r\nDate: Tue, 3 Jun 2025 09:00:00 \
         +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{subject}\"\r\n\
         \r\n{parts}--{subject}--\r\n"
    )
}

fn attached(name: &str, kind: &str, content: &str) -> String {
    format!(
        "Content-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n\
         {content}"
    )
}

/// The names of the parts of what is read, and the errors.
fn parts(label: &str, bytes: &[u8]) -> String {
    let name = |read: Result<Parsed, ParseError>| match read {
        Ok(parsed) => parsed.member.name.unwrap_or_else(|| "-".to_string()),
        Err(error) => format!("({error})"),
    };
    all(label, bytes).into_iter().map(name).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_is_attached_is_read() {
    let letter = "Content-Type: text/plain\r\n\r\nThe council met on Monday and nobody signed.\r\n";
    let text = "They met on Monday and nobody signed.";
    let page = attached("a.html", "text/html", "<p>They met on Monday and nobody signed.</p>");
    let statement = attached("C:/mail/../b.txt", "text/plain", text);
    let picture = attached("c.png", "image/png", "x");
    let mail = message("all", &[letter.to_string(), page.clone(), statement.clone(), picture]);
    assert_eq!(parts("a.eml", mail.as_bytes()), "-; a.html; b.txt");
    let found = all("a.eml", mail.as_bytes());
    let first = found[0].as_ref().expect("the letter is read");
    assert!(first.diagnostics[0].message.contains("c.png"), "{:?}", first.diagnostics);
    // A letter that says nothing only brings something.
    let mail = message("bare", std::slice::from_ref(&statement));
    assert_eq!(parts("a.eml", mail.as_bytes()), "-; b.txt");
    let mail = mail.replace("Subject: bare\r\n", "");
    assert_eq!(parts("a.eml", mail.as_bytes()), "b.txt");
    // Two of one name, an empty one, and one of several messages of a mailbox.
    let mail = message("two", &[letter.to_string(), page.clone(), page.clone()]);
    assert_eq!(parts("a.eml", mail.as_bytes()), "-; a.html; a.html");
    let mail = message("empty", &[letter.to_string(), attached("e.txt", "text/plain", "")]);
    assert!(parts("a.eml", mail.as_bytes()).starts_with("-; (e.txt: "));
    let mail = message("box", &[letter.to_string(), page]);
    let mailbox = format!("From a@b.example Tue Jun  3 09:00:00 2025\n{mail}\n").repeat(2);
    assert_eq!(parts("a.mbox", mailbox.as_bytes()), "-; a.html; -; 2/a.html");
}

#[test]
fn messages_within_messages_end_somewhere() {
    let letter = "Content-Type: text/plain\r\n\r\nThe council met on Monday and nobody signed.\r\n";
    let mut mail = message("m0", &[letter.to_string()]);
    for depth in 1..40 {
        let inner = attached("in.eml", "message/rfc822", &mail);
        mail = message(&format!("m{depth}"), &[letter.to_string(), inner]);
    }
    assert_eq!(
        parts("a.eml", mail.as_bytes()),
        "-; in.eml; in.eml/in.eml; (in.eml: in.eml: in.eml: more than 3 archives within \
         each other; unpack the outer ones first, or raise max-depth)"
    );
}

/// PDF files, in a build that reads them.
#[cfg(feature = "pdf")]
mod pdf {
    use super::{all, gzip, texts};

    const STATEMENT: &[u8] = include_bytes!("../../../../fixtures/inputs/60-statement.pdf");
    const REPORT: &[u8] = include_bytes!("../../../../fixtures/inputs/61-report.pdf");

    #[test]
    fn the_text_layer_of_a_pdf_is_read() {
        for (bytes, words) in [
            (STATEMENT, "The dam at Inga was closed for repairs on Monday."),
            (REPORT, "Engineers arrived on Monday."),
        ] {
            for (label, bytes) in [("a.pdf", bytes.to_vec()), ("a.pdf.gz", gzip(bytes))] {
                let (texts, errors) = texts(label, &bytes);
                assert_eq!((texts.len(), errors), (1, Vec::new()), "{label}");
                assert!(texts[0].contains(words), "{}", texts[0]);
            }
        }
    }

    #[test]
    fn a_damaged_pdf_costs_only_itself() {
        for bytes in [STATEMENT, REPORT] {
            for end in (0..bytes.len()).step_by(9) {
                let read = all("a.pdf", &bytes[..end]);
                assert_eq!(read.len(), 1, "cut at {end}");
                let mut bent = bytes.to_vec();
                bent[end] ^= 0x11;
                assert_eq!(all("a.pdf", &bent).len(), 1, "bent at {end}");
            }
        }
    }
}
