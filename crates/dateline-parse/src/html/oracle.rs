//! The text of the article as JSON-LD has it. It has no place in the page, so it is never
//! the text; it tells which lines of the page say the same.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::scene::Scene;

/// Words of a shingle, and the shortest text that tells anything, in bytes.
const SHINGLE: usize = 3;
const SHORTEST: usize = 400;

/// Which lines say what the article says.
pub(super) struct Oracle {
    lines: Vec<bool>,
}

impl Oracle {
    /// Compares the lines with `body`; `None` where the page says less than half of it.
    pub fn new(scene: &Scene<'_>, body: &str) -> Option<Self> {
        if body.len() < SHORTEST {
            return None;
        }
        let said: HashSet<u64> = shingles(body).collect();
        if said.len() < 50 {
            return None;
        }
        let mut found = HashSet::new();
        let mut lines = Vec::with_capacity(scene.layout.lines.len());
        for at in 0..scene.layout.lines.len() {
            let (mut hits, mut all) = (0, 0);
            for shingle in shingles(scene.words(at)) {
                all += 1;
                if said.contains(&shingle) {
                    hits += 1;
                    found.insert(shingle);
                }
            }
            lines.push(all > 0 && hits * 10 >= all * 7);
        }
        (found.len() * 2 >= said.len()).then_some(Self { lines })
    }

    /// Whether the article says what this line says.
    pub fn has(&self, line: usize) -> bool {
        self.lines.get(line).copied().unwrap_or(false)
    }
}

/// Hashes of each few words that follow one another.
fn shingles(text: &str) -> impl Iterator<Item = u64> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut last = [0u64; SHINGLE];
    words.enumerate().filter_map(move |(at, word)| {
        last.rotate_left(1);
        if let Some(slot) = last.last_mut() {
            *slot = hash(word);
        }
        (at + 1 >= SHINGLE).then(|| hash(last))
    })
}

fn hash(of: impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
