//! Whole pages. Each snapshot shows the page and, below it, its blocks and dates.

use super::{blocks, read, read_all, show};

#[test]
fn pages() {
    insta::glob!("pages/*", |path| {
        let name = path.extension().and_then(|name| name.to_str());
        #[expect(clippy::disallowed_methods, reason = "a test reads its own pages")]
        let bytes = std::fs::read(path).expect("the page is there");
        let parsed = read_all(&bytes, name);
        let text = String::from_utf8_lossy(&bytes);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(show(&text, &parsed));
        });
    });
}

/// Kinds of the blocks of `text`, in order.
fn kinds(text: &str) -> String {
    let found = blocks(&read(text));
    found.iter().map(|(kind, _)| kind.name()).collect::<Vec<_>>().join(" ")
}

#[test]
fn kinds_of_small_texts() {
    let cases = [
        ("They met on Monday and nobody signed.", "paragraph"),
        ("Talks resume in Geneva", "paragraph"),
        ("Talks resume in Geneva\n\nThey met on Monday and nobody signed.", "headline paragraph"),
        (
            "Minister Skips Meeting at NATO\n\nThe minister skipped a meeting of the group.",
            "headline paragraph",
        ),
        ("BRUSSELS —\nThey met on Monday and nobody signed.", "dateline paragraph"),
        ("# Talks resume in Geneva\n\nThey met on Monday and nobody signed.", "heading paragraph"),
        (
            "They met on Monday and nobody signed.\n\nThen they left for home at once.",
            "paragraph paragraph",
        ),
        ("- They met on Monday.\n- They left on Tuesday.", "bullet bullet"),
        ("•\nThey met on Monday.\n•\nThey left on Tuesday.", "bullet bullet"),
        ("> They met on Monday and nobody signed.", "quote"),
        (
            "Home\nWorld\nSport\nWeather\nTalks resume in Geneva\nThey met on Monday and nobody signed.",
            "noise noise noise noise headline paragraph",
        ),
        (
            "Home > World > Europe\nTalks resume in Geneva\nThey met on Monday and nobody signed.",
            "noise headline paragraph",
        ),
        (
            "Talks resume in Geneva\nThey met on Monday and nobody signed.\nRelated articles\nA boat sinks\nRain in Spain",
            "headline paragraph noise noise noise",
        ),
        (
            "Talks resume in Geneva\n© 2025 The Harbour\nThey met on Monday and nobody signed.",
            "headline noise paragraph",
        ),
        (
            "Talks resume in Geneva\nImage\nImage\nThey met on Monday and nobody signed.",
            "headline noise noise paragraph",
        ),
    ];
    for (text, expect) in cases {
        assert_eq!(kinds(text), expect, "{text}");
    }
}

#[test]
fn lines_wrapped_by_hand_are_joined() {
    let text = "The delegations met on Monday in a palace by the water and left\n\
                after little more than an hour, two people who were in the room\n\
                said, without a word about a truce or about the next round of\n\
                talks.\n\nThey will meet again, they said, when the lists are ready.\n";
    assert_eq!(kinds(text), "paragraph paragraph");
    let verse = "Short line.\nAnother one.\nAnd a third that is a bit longer than these.\n";
    assert_eq!(kinds(verse), "paragraph paragraph paragraph");
}
