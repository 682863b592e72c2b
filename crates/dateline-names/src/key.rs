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
    let mut parts: Vec<String> = Vec::new();
    for part in folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        // Short parts are told apart by their vowels: Lee, Li, Le.
        parts.push(if part.len() < SHORT { part.to_string() } else { spell(part) });
    }
    // "al-Sisi", "el Sisi", "Sisi": the article is no part of the key.
    let is_article = |part: &String| ARTICLES.contains(&part.as_str());
    if parts.iter().any(|part| !is_article(part)) {
        parts.retain(|part| !is_article(part));
    }
    parts.join(" ")
}

/// Letters from which the rules apply.
const SHORT: usize = 4;

const ARTICLES: &[&str] = &["al", "el", "il", "ul", "an", "as", "ar", "ad", "az", "at"];

/// How a rule applies.
enum Place {
    Start,
    End,
    Anywhere,
}

static RULES: LazyLock<Vec<(Place, &str, &str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let (from, to) = line.split_once('\t').unwrap_or((line, ""));
        match (from.strip_prefix('^'), from.strip_suffix('$')) {
            (Some(start), _) => (Place::Start, start, to),
            (_, Some(end)) => (Place::End, end, to),
            _ => (Place::Anywhere, from, to),
        }
    })
    .collect()
});

fn spell(part: &str) -> String {
    let mut out = part.to_string();
    for (place, from, to) in RULES.iter() {
        match place {
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
    // Doubled letters once: "Mohammed", "Mohamed".
    let mut before = None;
    out.retain(|c| before.replace(c) != Some(c));
    out
}
