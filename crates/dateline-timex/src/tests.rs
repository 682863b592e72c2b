//! The tables against their own examples, canonical form, and properties of any text.

use std::collections::BTreeSet;

use dateline_model::{Anchor, Grain, Moment, Timex, TimexType};
use dateline_text::table::rows;
use dateline_text::{Ranged, TextRange};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::chart::Chart;
use crate::token::Scanner;
use crate::{Context, DayOrder, ENGLISH, Genre, Lexicon, Tables, split_ranges, tag, tag_within};

const EXAMPLES: &str = include_str!("../data/en/examples.tsv");

thread_local! {
    static LEXICON: Lexicon = Lexicon::english();
}

fn found(text: &str, reference: &str, genre: Genre) -> Vec<Timex> {
    let context = Context::new(reference.parse().ok()).with_genre(genre);
    LEXICON.with(|lexicon| tag(text, &context, lexicon))
}

/// `text` marks what is expected with brackets; `values` lists the values, `; ` between.
#[track_caller]
fn check(text: &str, reference: &str, genre: Genre, values: &str) -> Vec<Timex> {
    let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
    let found = found(&plain, reference, genre);
    let mut marked = String::new();
    let mut at = 0;
    for timex in &found {
        let range = timex.range.as_usize();
        marked.push_str(&plain[at..range.start]);
        marked.push('⟦');
        marked.push_str(&plain[range.clone()]);
        marked.push('⟧');
        at = range.end;
    }
    marked.push_str(&plain[at..]);
    assert_eq!(marked, text);
    let told: Vec<&str> = found.iter().map(|timex| timex.value.as_str()).collect();
    assert_eq!(told.join("; "), values, "{text}");
    found
}

/// The names of the rules that made anything of `text`.
fn fired(text: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    let mut scanner = Scanner::new(text, 0, text.len(), &lexicon.vocabulary);
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next() {
        tokens.push(token);
    }
    let mut chart = Chart::default();
    chart.fill(text, &tokens, lexicon);
    (0..tokens.len())
        .flat_map(|at| chart.at(at))
        .filter_map(|edge| lexicon.rules.get(usize::from(edge.rule?)))
        .map(|rule| rule.name.to_string())
        .collect()
}

fn genre(cell: &str) -> Genre {
    match cell {
        "narrative" => Genre::Narrative,
        "colloquial" => Genre::Colloquial,
        _ => Genre::News,
    }
}

#[test]
fn every_example_is_found_as_written_and_every_rule_has_one() {
    let lexicon = Lexicon::english();
    let mut seen = BTreeSet::new();
    for row in rows("examples.tsv", EXAMPLES) {
        let (text, reference) = (row.cell(0), row.cell(1));
        check(text, reference, genre(row.cell(3)), row.cell(2));
        let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        seen.extend(fired(&plain, &lexicon));
    }
    let idle: Vec<&str> =
        lexicon.rules.iter().map(|rule| &*rule.name).filter(|name| !seen.contains(*name)).collect();
    assert!(idle.is_empty(), "rules without an example: {idle:?}");
}
