//! Finds the event mentions that decisions name by words of a source.

use std::collections::BTreeMap;

use dateline_model::{Action, Decision, Key, SourceStore};
use dateline_text::TextRange;
use dateline_timeline::{Choice, Entry, MentionAt};

/// `decisions` with the mentions they are about.
pub(crate) fn resolve(
    decisions: &[Decision],
    entries: &[Entry],
    store: &SourceStore,
) -> Vec<Choice> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let told = Told::new(entries, store);
    decisions.iter().map(|decision| told.choice(decision)).collect()
}

/// What the briefs tell, by its words.
struct Told {
    /// By sentence, the mentions with the words they are called by and the hash of their
    /// source.
    sentences: BTreeMap<String, Vec<(String, String, MentionAt)>>,
}

impl Told {
    fn new(entries: &[Entry], store: &SourceStore) -> Self {
        let mut sentences: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for entry in entries {
            let words = |range: TextRange| plain(store.slice(entry.id, range).unwrap_or(""));
            for (at, event) in entry.brief.events.iter().enumerate() {
                let sentence = entry.brief.sentences.get(event.sentence as usize);
                let sentence = words(sentence.map_or(event.clause, |sentence| sentence.range));
                let told = (entry.sha256.clone(), words(event.title), (entry.id, at as u32));
                sentences.entry(sentence).or_default().push(told);
            }
        }
        Self { sentences }
    }

    fn choice(&self, decision: &Decision) -> Choice {
        let (of, mut message) = self.find(&decision.key);
        let mut with = Vec::new();
        if let Action::Merge(keys) = &decision.action {
            for key in keys {
                let (found, why) = self.find(key);
                with.push((key.event, found));
                message = message.or(why);
            }
        }
        Choice { decision: decision.clone(), of, with, message }
    }

    /// The mentions that a key names, and what to tell of that.
    fn find(&self, key: &Key) -> (Vec<MentionAt>, Option<String>) {
        let said = self.sentences.get(&plain(&key.quote)).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<&(String, String, MentionAt)> =
            said.iter().filter(|(hash, ..)| *hash == key.sha256).collect();
        let mut message = None;
        if found.is_empty() && !said.is_empty() {
            // The page was fetched again, and still says so.
            found = said.iter().collect();
            message = Some("its source has changed, but its words are still there".to_string());
        }
        if let Some(title) = key.title.as_deref().map(plain) {
            let called = |(_, words, _): &&&(String, String, MentionAt)| *words == title;
            let exact: Vec<_> = found.iter().filter(called).copied().collect();
            // A sentence that tells one thing needs no title.
            if !exact.is_empty() || found.len() > 1 {
                found = exact;
            }
        }
        if found.is_empty() {
            let why = match said.is_empty() {
                true => "no source that was read says its quote",
                false => "its sentence tells no event of that title",
            };
            message = Some(format!("{why}; take it out, or decide again"));
        }
        (found.into_iter().map(|(.., at)| *at).collect(), message)
    }
}

/// Words as they are compared: letters in small, white space folded, no marks at the ends.
fn plain(words: &str) -> String {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
