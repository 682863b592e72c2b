//! What `dateline-names` finds, as the reading of events needs it.

use dateline_model::{Mention, MentionKind};
use dateline_text::TextRange;

use crate::words::Token;

/// One sentence's tokens.
pub(crate) type Line = Vec<Token>;

/// Whether the `at`-th of `mentions` only says where the place before it lies: ", Lithuania".
pub(crate) fn is_container(text: &str, mentions: &[Mention], at: usize) -> bool {
    let Some([place, container]) = at.checked_sub(1).and_then(|from| mentions.get(from..=at))
    else {
        return false;
    };
    let gap = TextRange::new(place.range.end(), container.range.start());
    place.kind == MentionKind::Place
        && container.kind == MentionKind::Place
        && place.country.is_some()
        && place.country == container.country
        && gap.and_then(|gap| gap.slice(text)) == Some(", ")
}

/// The words of a place, with those that say where it lies.
pub(crate) fn with_containers(text: &str, mentions: &[Mention], place: &Mention) -> TextRange {
    let from = mentions.partition_point(|mention| mention.range <= place.range);
    let inner = (from..mentions.len()).take_while(|at| is_container(text, mentions, *at));
    let last = inner.last().and_then(|at| mentions.get(at));
    last.map_or(place.range, |last| place.range.cover(last.range))
}

/// The range of `count` tokens from `at` on.
pub(crate) fn span(tokens: &[Token], at: usize, count: usize) -> Option<TextRange> {
    let first = tokens.get(at)?;
    let last = tokens.get((at + count).checked_sub(1)?)?;
    Some(first.range.cover(last.range))
}

/// White space folded.
pub(crate) fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
