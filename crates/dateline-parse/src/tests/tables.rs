//! The tables: canonical, each row with an example that it answers and a
//! counter-example that it does not.

use dateline_text::table::rows;

use crate::Lexicon;
use crate::lexicon::{Label, Phrase};

const TABLES: [(&str, &str); 5] = [
    ("phrases.tsv", include_str!("../../data/en/phrases.tsv")),
    ("labels.tsv", include_str!("../../data/en/labels.tsv")),
    ("stamp.tsv", include_str!("../../data/en/stamp.tsv")),
    ("agencies.tsv", include_str!("../../data/en/agencies.tsv")),
    ("words.tsv", include_str!("../../data/en/words.tsv")),
];

#[test]
fn tables_are_sorted_and_unique() {
    for (name, text) in TABLES {
        let found: Vec<(&str, &str)> =
            rows("table", text).map(|row| (row.cell(0), row.cell(1))).collect();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(found, sorted, "{name}");
    }
}

#[test]
fn each_phrase_answers_its_example_alone() {
    let lexicon = Lexicon::english();
    let (_, text) = TABLES[0];
    for row in rows("phrases.tsv", text) {
        let class = match row.cell(1) {
            "noise" => Phrase::Noise,
            "tail" => Phrase::Tail,
            "picture" => Phrase::Picture,
            "overview" => Phrase::Overview,
            "heading" => Phrase::Heading,
            _ => Phrase::Meta,
        };
        assert_eq!(lexicon.phrase(row.cell(2)), Some(class), "{}: {}", row.cell(0), row.cell(2));
        assert!(!row.cell(3).is_empty(), "{} has no counter-example", row.cell(0));
        assert_eq!(lexicon.phrase(row.cell(3)), None, "{}: {}", row.cell(0), row.cell(3));
    }
}

#[test]
fn each_label_answers_its_example_alone() {
    let lexicon = Lexicon::english();
    let (_, text) = TABLES[1];
    for row in rows("labels.tsv", text) {
        let class = match row.cell(1) {
            "meta" => Label::Meta,
            "subject" => Label::Subject,
            "part" => Label::Part,
            "quote" => Label::Quote,
            "credit" => Label::Credit,
            "caption" => Label::Caption,
            "byline" => Label::Byline,
            _ => Label::Staff,
        };
        let found = lexicon.label(row.cell(2)).map(|(label, _)| label);
        assert_eq!(found, Some(class), "{}: {}", row.cell(0), row.cell(2));
        // Labels before names are told from prose by what follows, in `piece`.
        if row.cell(2).contains([':', ',']) {
            assert_eq!(lexicon.label(row.cell(3)), None, "{}: {}", row.cell(0), row.cell(3));
        }
    }
}

#[test]
fn bad_tables_say_where() {
    let error = |tables| Lexicon::from_tables(tables).expect_err("a bad row").to_string();
    assert_eq!(error(["menu\tfood\n", "", "", "", ""]), "phrases.tsv:1: unknown class `food`");
    assert_eq!(error(["", "by\n", "", "", ""]), "labels.tsv:1: no class in cell 2");
    assert_eq!(error(["", "", "at\twhat\n", "", ""]), "stamp.tsv:1: unknown class `what`");
}

#[test]
fn the_hash_is_of_the_tables() {
    let empty = |words| Lexicon::from_tables(["", "", "", "", words]).expect("a good table").hash();
    assert_eq!(Lexicon::english().hash(), Lexicon::english().hash());
    assert_ne!(empty("the\tsmall\n"), empty("a\tsmall\n"));
}
