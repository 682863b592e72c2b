//! One key for the spellings of a full name: "Volodymyr Zelenskiy", "Wolodymyr
//! Zelenskyy". What no rule can tell (Kyiv, Kiev) is for the tables of names.

use std::sync::LazyLock;

use dateline_text::fold::fold;

/// Rules of transliteration, in order: what newsrooms write differently, and one form of
/// it. They apply to folded names.
const TABLE: &str = include_str!("../data/en/spelling.tsv");

/// The key of a full name: folded, without marks between its parts, each part by the rules
/// of `spelling.tsv`. Names with equal keys are spellings of one name.
pub fn key(name: &str) -> String {
    let folded = fold(name).replace('\'', "");
    let parts = folded.split(|c: char| !c.is_alphanumeric()).map(spell);
    // "al-Sisi", "el Sisi", "Sisi": an article is no part of the key, unless it is all.
    let kept: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    if kept.is_empty() { folded } else { kept.join(" ") }
}

/// Letters from which the rules apply; shorter parts only have rules for all of them.
const SHORT: usize = 4;

/// How a rule applies.
#[derive(PartialEq)]
enum Place {
    Whole,
    Start,
    End,
    Anywhere,
}

static RULES: LazyLock<Vec<(Place, &str, &str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let (from, to) = line.split_once('\t').unwrap_or((line, ""));
        match (from.strip_prefix('^'), from.strip_suffix('$')) {
            (Some(whole), Some(_)) => (Place::Whole, whole.strip_suffix('$').unwrap_or(whole), to),
            (Some(start), None) => (Place::Start, start, to),
            (_, Some(end)) => (Place::End, end, to),
            _ => (Place::Anywhere, from, to),
        }
    })
    .collect()
});

fn spell(part: &str) -> String {
    let mut out = part.to_string();
    // Short parts are told apart by their vowels: Lee, Li, Le.
    let short = part.len() < SHORT;
    for (place, from, to) in RULES.iter().filter(|rule| !short || rule.0 == Place::Whole) {
        match place {
            Place::Whole => {
                if out == *from {
                    out = (*to).to_string();
                }
            }
            Place::Anywhere => {
                if out.contains(from) {
                    out = out.replace(from, to);
                }
            }
            Place::Start => {
                if let Some(rest) = out.strip_prefix(from) {
                    out = format!("{to}{rest}");
                }
            }
            Place::End => {
                if let Some(stem) = out.strip_suffix(from).filter(|stem| stem.len() >= 2) {
                    out = format!("{stem}{to}");
                }
            }
        }
    }
    if short {
        return out;
    }
    // Doubled letters once: "Mohammed", "Mohamed".
    let mut before = None;
    out.retain(|c| before.replace(c) != Some(c));
    out
}
