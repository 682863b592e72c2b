//! What holds for any input: an answer, blocks in order on characters, a way back.

use dateline_text::Ranged;
use proptest::prelude::*;

use super::{blocks, read_as};

/// Pieces that news pages are made of, in any order.
fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Overview",
        "Image",
        "• ",
        "- ",
        "June 2, 2025",
        "Published: ",
        "(AP Photo/Jane Roe)",
        "REUTERS/Jane Roe",
        "KYIV, June 2 (AP) — ",
        "00:07",
        "TOPIC | ",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "They met on Monday. ",
        "Talks resume in Geneva",
        "é",
        "“",
        "”",
        "\u{a0}",
        "\u{2028}",
        "<p>",
        "</p>",
        "<li>",
        "&mdash;",
        "&#x2014;",
        "&",
        "<",
        "<script>",
        "Source: ",
        "|",
        "©",
        "published at 17:32 BST 2 June",
        "Image source, Getty Images",
        "[more]",
        "12:05",
        "20252",
        "By Jane Roe",
        "Details: ",
        "> ",
        "# ",
        "/6:36",
        "İ",
        "ß",
        "\u{301}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn holds(bytes: &[u8], hint: Option<&str>) -> Result<(), TestCaseError> {
    let Ok(parsed) = read_as(bytes, hint) else { return Ok(()) };
    let source = &parsed.source;
    let mut end = 0;
    for block in &parsed.brief.blocks {
        let range = block.range();
        prop_assert!(range.start() >= end, "blocks are in order and do not overlap");
        prop_assert!(!range.is_empty());
        let words = source.slice(range);
        prop_assert!(words.is_some(), "a range lies on characters");
        prop_assert_eq!(words, words.map(str::trim), "a range has no outer white space");
        for raw in source.to_raw(range) {
            prop_assert!(raw.start < raw.end && raw.end <= bytes.len() as u64);
        }
        let mut inner = range.start();
        for hole in &block.holes {
            prop_assert!(range.contains(*hole) && hole.start() >= inner);
            prop_assert!(source.slice(*hole).is_some());
            inner = hole.end();
        }
        end = range.end();
    }
    for candidate in &parsed.brief.candidates {
        prop_assert!(candidate.range.is_none_or(|range| source.slice(range).is_some()));
        prop_assert!(candidate.place.is_none_or(|range| source.slice(range).is_some()));
    }
    let again = read_as(bytes, hint).expect("the same input parses again");
    prop_assert_eq!(blocks(&again), blocks(&parsed));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes_parse(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        holds(&bytes, None)?;
        holds(&bytes, Some("html"))?;
    }

    #[test]
    fn any_text_parses(text in "\\PC{0,200}") {
        holds(text.as_bytes(), None)?;
    }

    #[test]
    fn any_page_parses(text in page()) {
        holds(text.as_bytes(), None)?;
        holds(["<p>", &text].concat().as_bytes(), Some("html"))?;
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        holds(&[b"\xFE\xFF", wide.as_slice()].concat(), None)?;
    }
}
