//! The head of the words that tell an event, and its lemma: enough for a baseline, no more.
//! It knows no parts of speech.

use std::collections::{BTreeMap, BTreeSet};

const IRREGULAR: &str = include_str!("../../../data/en/irregular.tsv");
const PARTICLES: &str = include_str!("../../../data/en/particles.tsv");

/// The words it takes to find a head.
pub(super) struct Heads {
    verbs: BTreeMap<&'static str, &'static str>,
    particles: BTreeSet<&'static str>,
}

impl Heads {
    pub(super) fn new() -> Self {
        Self {
            verbs: rows(IRREGULAR).filter_map(|row| row.split_once('\t')).collect(),
            particles: rows(PARTICLES).collect(),
        }
    }

    /// The lemma of the head: of the last word before the first particle or preposition, of
    /// the first word where that one is it.
    pub(super) fn lemma(&self, tokens: &[&str]) -> String {
        let words: Vec<String> =
            tokens.iter().map(|token| bare(token)).filter(|word| !word.is_empty()).collect();
        let behind = words.iter().position(|word| self.particles.contains(word.as_str()));
        let head = words.get(behind.unwrap_or(words.len()).saturating_sub(1));
        let head = head.map_or("", String::as_str);
        stem(self.verbs.get(head).copied().unwrap_or(head))
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// A token in lower case without marks around it and what follows an apostrophe.
fn bare(token: &str) -> String {
    let word = token.trim_matches(|c: char| !c.is_alphanumeric());
    word.split(['\'', '’']).next().unwrap_or("").to_lowercase()
}

/// What the forms of a regular word share: `-s`, then `-ed` or `-ing` behind a vowel, then
/// a silent `-e` are dropped, a doubled consonant is one and `y` is `i`. No word of the
/// language; equal for "charge", "charges", "charged" and "charging".
fn stem(word: &str) -> String {
    let vowel = |c: char| "aeiouy".contains(c);
    let keeps_s = word.chars().count() < 4 || ["ss", "us", "is"].iter().any(|s| word.ends_with(s));
    let mut stem = word.strip_suffix('s').filter(|_| !keeps_s).unwrap_or(word);
    let past = stem.strip_suffix("ed").filter(|rest| !rest.ends_with('e'));
    let ended = past.or_else(|| stem.strip_suffix("ing"));
    stem = ended.filter(|rest| rest.contains(vowel)).unwrap_or(stem);
    stem = stem.strip_suffix('e').unwrap_or(stem);
    let mut letters: Vec<char> = stem.chars().collect();
    if let [.., a, b] = letters.as_slice()
        && a == b
        && !vowel(*b)
    {
        letters.pop();
    }
    if let Some(last) = letters.last_mut().filter(|last| **last == 'y') {
        *last = 'i';
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_lemma() {
        let heads = Heads::new();
        let groups: &[&[&str]] = &[
            &["charge", "charges", "Charged", "charging"],
            &["kill", "killed", "KILLING", "kills", "killings"],
            &["stop", "stopped", "stopping"],
            &["die", "died", "dies", "dying"],
            &["carry", "carries", "carried"],
            &["say", "said", "says", "saying"],
            &["strike", "struck", "strikes", "striking"],
            &["process", "processes", "processed"],
            &["\"#Oscars", "Oscar's", "oscar"],
        ];
        for group in groups {
            let lemmas: BTreeSet<String> = group.iter().map(|word| heads.lemma(&[word])).collect();
            assert_eq!(lemmas.len(), 1, "{group:?}: {lemmas:?}");
        }
        for (a, b) in [("bed", "b"), ("bring", "br"), ("speed", "spe"), ("news", "ne")] {
            assert_ne!(stem(a), stem(b));
        }
    }

    #[test]
    fn the_head_stands_before_a_particle() {
        let heads = Heads::new();
        let cases: &[(&[&str], &str)] = &[
            (&["checked", "into"], "check"),
            (&["check", "-", "in", "."], "check"),
            (&["injured", "reserve"], "reserv"),
            (&["on", "reserve"], "on"),
            (&["tour", "of", "duty"], "tour"),
            (&["stabbed", "to", "death"], "stab"),
            (&["``"], ""),
        ];
        for (tokens, head) in cases {
            assert_eq!(heads.lemma(tokens), *head, "{tokens:?}");
        }
    }

    #[test]
    fn the_tables_are_sorted() {
        for table in [IRREGULAR, PARTICLES] {
            let words: Vec<&str> = rows(table).filter_map(|row| row.split('\t').next()).collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{words:?}");
        }
    }
}
