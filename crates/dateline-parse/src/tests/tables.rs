//! The tables: canonical, each row with an example that it answers and a
//! counter-example that it does not.

use dateline_text::table::rows;

use crate::Lexicon;
use crate::lexicon::{Label, PHRASES, Phrase, STAMPS, StampWord};

const TABLES: [(&str, &str); 7] = [
    ("phrases.tsv", include_str!("../../data/en/phrases.tsv")),
    ("labels.tsv", include_str!("../../data/en/labels.tsv")),
    ("stamp.tsv", include_str!("../../data/en/stamp.tsv")),
    ("agencies.tsv", include_str!("../../data/en/agencies.tsv")),
    ("words.tsv", include_str!("../../data/en/words.tsv")),
    ("markup.tsv", include_str!("../../data/en/markup.tsv")),
    ("fields.tsv", include_str!("../../data/en/fields.tsv")),
];

#[test]
fn tables_are_sorted_and_unique() {
    for (name, text) in TABLES.into_iter().chain(STAMPS).chain(PHRASES) {
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
    let mut wrong = Vec::new();
    let tables = PHRASES.into_iter().chain([TABLES[0]]);
    for row in tables.flat_map(|(name, text)| rows(name, text)) {
        let class = match row.cell(1) {
            "noise" => Phrase::Noise,
            "tail" => Phrase::Tail,
            "picture" => Phrase::Picture,
            "overview" => Phrase::Overview,
            "heading" => Phrase::Heading,
            _ => Phrase::Meta,
        };
        let found = [lexicon.phrase(row.cell(2)), lexicon.phrase(row.cell(3))];
        if found != [Some(class), None] || row.cell(3).is_empty() {
            wrong.push(format!("{}: {found:?}", row.cell(0)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_label_answers_its_example_alone() {
    let lexicon = Lexicon::english();
    let (_, text) = TABLES[1];
    let mut wrong = Vec::new();
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
        let label = |words| lexicon.label(words).map(|(label, _)| label);
        // Labels before names are told from prose by what follows, in `piece`.
        let other = label(row.cell(4)).filter(|_| row.cell(2) != "space");
        if label(row.cell(3)) != Some(class) || other.is_some() || row.cell(4).is_empty() {
            wrong.push(format!("{}: {:?}, {other:?}", row.cell(0), label(row.cell(3))));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_field_answers_its_name_alone() {
    let lexicon = Lexicon::english();
    let (_, text) = TABLES[6];
    for row in rows("fields.tsv", text) {
        let name = row.cell(0);
        let found = lexicon.field(name);
        assert!(found.is_some(), "{name}");
        assert_eq!(lexicon.field(&name.to_ascii_uppercase()), found, "{name}");
        assert_eq!(lexicon.field(&format!("{name}x")), None, "{name}");
        assert_eq!(lexicon.field(&format!("x{name}")), None, "{name}");
    }
}

#[test]
fn each_month_has_one_number() {
    let lexicon = Lexicon::english();
    for (name, text) in STAMPS {
        let mut months = std::collections::BTreeSet::new();
        for row in rows("stamp.tsv", text).filter(|row| row.cell(1) == "month") {
            let month = row.cell(2).parse().expect("a month has a number");
            assert_eq!(lexicon.stamp_word(row.cell(0)), Some(StampWord::Month(month)), "{name}");
            months.insert(month);
        }
        let marks: std::collections::BTreeSet<&str> = rows("stamp.tsv", text)
            .filter(|row| row.cell(1) == "mark")
            .map(|row| row.cell(2))
            .collect();
        let marked = ["y", "m", "d"].into_iter().all(|mark| marks.contains(mark));
        // "listopada" is October in Croatian and November in Polish.
        let least = if ["hr/stamp.tsv", "pl/stamp.tsv"].contains(&name) { 11 } else { 12 };
        assert!(months.len() >= least || marked, "{name}: {months:?}");
    }
}

#[test]
fn bad_tables_say_where() {
    let error = |tables| Lexicon::from_tables(tables).expect_err("a bad row").to_string();
    assert_eq!(
        error(["menu\tfood\n", "", "", "", "", "", ""]),
        "phrases.tsv:1: unknown class `food`"
    );
    assert_eq!(error(["", "by\n", "", "", "", "", ""]), "labels.tsv:1: no class in cell 2");
    assert_eq!(error(["", "", "at\twhat\n", "", "", "", ""]), "stamp.tsv:1: unknown class `what`");
}

#[test]
fn the_hash_is_of_the_tables() {
    let tables = |words| ["", "", "", "", words, "", ""];
    let empty = |words| Lexicon::from_tables(tables(words)).expect("a good table").hash();
    assert_eq!(Lexicon::english().hash(), Lexicon::english().hash());
    assert_ne!(empty("the\tsmall\n"), empty("a\tsmall\n"));
}
