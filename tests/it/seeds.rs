//! The checks of the fuzz targets in the ordinary suite: every fixture as it is and with
//! small damage, the same on every machine. A failure names fixture and seed.

use dateline_tests::checks::{check_chain, check_names, check_parse, check_table, check_tag};
use dateline_tests::fixtures::briefs;
use dateline_tests::mutate::mutate;

/// Damaged copies of each fixture.
const COPIES: u64 = 6;

/// Runs `check` over all fixtures and their damaged copies.
fn over_all(check: impl Fn(&[u8]) + std::panic::RefUnwindSafe) {
    for (at, fixture) in briefs().iter().enumerate() {
        for seed in 0..=COPIES {
            let bytes = match seed {
                0 => fixture.bytes.clone(),
                _ => mutate(&fixture.bytes, seed + 1000 * at as u64),
            };
            let done = std::panic::catch_unwind(|| check(&bytes));
            assert!(done.is_ok(), "{} with damage {seed} fails", fixture.name);
        }
    }
}

#[test]
fn parse() {
    over_all(check_parse);
}

#[test]
fn tag() {
    over_all(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        check_tag(&text);
        check_names(&text);
    });
}

#[test]
fn table() {
    let tables: [&[u8]; 8] = [
        b"",
        b"id,title",
        b"id;title\r\ne1;\"a\nb\"\r\n",
        b"id\ttitle\r\r\n\"",
        b"\xef\xbb\xbfid,id\n\xff,\xfe\n,,,,\n\n\nx",
        b"\"id\",\"ti\"\"tle\"\ne1,\"un",
        b"id,title\n\0,'=1+1\n",
        b"\n\n\nid\n1\n",
    ];
    for table in tables {
        for seed in 0..200 {
            check_table(&mutate(table, seed));
        }
        check_table(table);
    }
}

#[test]
fn chain() {
    over_all(check_chain);
}

/// Inputs that have nothing to read, or nothing that can be read.
#[test]
fn odd_inputs() {
    let long = "long ".repeat(4000);
    let odd: [&[u8]; 12] = [
        b"",
        b" \n\t\r\n",
        b"\0\x01\x02\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xff\xfeA\0",
        b"<html>",
        b"<p>June 2<",
        b"Results of H25, H99 2025, Q77 and 99Q are due.",
        b"In the 128th half, the 44th season and the 99th quarter of 9999.",
        b"&#99999999;&bogus;&",
        "\u{202e}June 2\u{2028}2025".as_bytes(),
        long.as_bytes(),
    ];
    for bytes in odd {
        check_parse(bytes);
        check_tag(&String::from_utf8_lossy(bytes));
        check_chain(bytes);
    }
}
