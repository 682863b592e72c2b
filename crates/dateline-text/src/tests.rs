//! Unit tests of the text crate.

use crate::table::rows;
use crate::{LineIndex, SentenceRules, Source, SourceBuilder, TextRange};

fn range(start: u32, end: u32) -> TextRange {
    TextRange::new(start, end).expect("in order")
}

/// Sentences of `text`, joined by `|`.
fn split(text: &str) -> String {
    let source = Source::from_utf8(text);
    let found = SentenceRules::english().split(text, source.range());
    found.iter().filter_map(|range| range.slice(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn sentences() {
    let cases = [
        ("One. Two! Three? Four", "One.|Two!|Three?|Four"),
        ("They met on Jan. 15. Nobody signed.", "They met on Jan. 15.|Nobody signed."),
        (
            "Sen. Graham left the U.S. The talks went on.",
            "Sen. Graham left the U.S.|The talks went on.",
        ),
        ("It was the U.S. Senate that voted.", "It was the U.S. Senate that voted."),
        ("George W. Bush spoke at 5 p.m. Monday.", "George W. Bush spoke at 5 p.m. Monday."),
        ("\"It is over.\" He left.", "\"It is over.\"|He left."),
        ("“It is over,” he said. “Go!” They went.", "“It is over,” he said.|“Go!”|They went."),
        ("They waited... and left. Then rain.", "They waited... and left.|Then rain."),
        ("Up 3.5 percent. Down 1.5.", "Up 3.5 percent.|Down 1.5."),
        ("Held in Washington, D.C. The crowd grew.", "Held in Washington, D.C.|The crowd grew."),
        ("It said No. 5 won. No. 6 lost.", "It said No. 5 won.|No. 6 lost."),
        ("", ""),
        ("   ", ""),
    ];
    for (text, expect) in cases {
        assert_eq!(split(text), expect, "{text}");
    }
}

#[test]
fn the_sentence_table_is_canonical() {
    let text = include_str!("../data/en/sentence.tsv");
    let rows: Vec<(&str, &str)> =
        rows("sentence.tsv", text).map(|r| (r.cell(0), r.cell(1))).collect();
    let mut sorted = rows.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(rows, sorted, "sorted and unique");
    let bad = SentenceRules::from_table("mr\tinner\nfoo\tbar\n").expect_err("unknown class");
    assert_eq!(bad.to_string(), "sentence.tsv:2: unknown class `bar`");
}

#[test]
fn a_slice_off_a_character_is_none() {
    let source = Source::from_utf8("é");
    assert_eq!(source.slice(range(0, 1)), None);
    assert_eq!(source.slice(range(0, 9)), None);
    assert_eq!(source.slice(range(0, 2)), Some("é"));
    assert_eq!(TextRange::new(2, 1), None);
}

#[test]
fn the_map_joins_verbatim_pieces_and_keeps_replaced_ones_whole() {
    let mut builder = SourceBuilder::default();
    builder.verbatim("AT", 10);
    builder.replaced("&", 12..17);
    builder.verbatim("T in ", 17);
    builder.inserted("\n");
    builder.verbatim("June", 40);
    let source = builder.finish(b"raw");
    assert_eq!(source.text(), "AT&T in \nJune");
    assert_eq!(source.to_raw(range(0, 4)), [10..18]);
    assert_eq!(source.to_raw(range(2, 3)), [12..17]);
    assert_eq!(source.to_raw(range(6, 10)), [20..22, 40..41]);
    assert_eq!(source.to_raw(range(8, 9)), []);
}

#[test]
fn lines_and_columns_count_from_one() {
    let text = "a\r\nbé c\n";
    let index = LineIndex::new(text);
    assert_eq!(index.line_column(text, 0), (1, 1));
    assert_eq!(index.line_column(text, 7), (2, 4));
    let lines: Vec<&str> = index.ranges(text).filter_map(|line| line.slice(text)).collect();
    assert_eq!(lines, ["a", "bé c", ""]);
}

#[test]
fn ids_print_and_read_back() {
    let id = Source::from_utf8("x").id();
    assert_eq!(id.to_string().parse(), Ok(id));
    let second = id.with_occurrence(2);
    assert_eq!(second.to_string(), format!("{id}-2"));
    assert_eq!(second.to_string().parse(), Ok(second));
}
