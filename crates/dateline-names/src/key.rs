//! One key for the spellings of a full name: "Volodymyr Zelenskiy", "Wolodymyr
//! Zelenskyy". What no rule can tell (Kyiv, Kiev) is for the tables of names.

use dateline_text::fold::fold;

/// Rules of transliteration, in order: what newsrooms write differently, and one form of
/// it. They apply to folded names.
const RULES: &str = include_str!("../data/en/spelling.tsv");

/// The key of a full name: folded, without marks between its parts, each part by the rules
/// of `spelling.tsv`. Names with equal keys are spellings of one name.
pub fn key(name: &str) -> String {
    let folded = fold(name);
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

fn spell(part: &str) -> String {
    let mut out = part.to_string();
    for (from, to) in rules() {
        out = match from.strip_suffix('$') {
            Some(ending) => match out.strip_suffix(ending) {
                Some(stem) if stem.chars().count() >= 2 => format!("{stem}{to}"),
                _ => out,
            },
            None => match from.strip_prefix('^') {
                Some(start) => match out.strip_prefix(start) {
                    Some(rest) => format!("{to}{rest}"),
                    None => out,
                },
                None => out.replace(from, to),
            },
        };
    }
    out.dedup()
}

trait Dedup {
    fn dedup(&self) -> String;
}

impl Dedup for String {
    /// Doubled letters once: "Mohammed", "Mohamed".
    fn dedup(&self) -> String {
        let mut out = String::with_capacity(self.len());
        for c in self.chars() {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        out
    }
}

fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    RULES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let from = cells.next().filter(|from| !from.is_empty())?;
        Some((from, cells.next().unwrap_or("")))
    })
}
