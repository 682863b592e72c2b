//! What stands around the words of a citation. A passage that is hidden is no context.

use dateline_model::Cut;
use dateline_text::TextRange;

use crate::Document;

/// What stands before and behind the words of `cut` in their line, at most `most` characters
/// each, with an ellipsis where something is gone; nothing where that touches a hidden
/// passage.
pub(crate) fn context(document: &Document<'_>, cut: Cut, most: usize) -> (String, String) {
    let text = document.store.get(cut.source).map_or("", |source| source.text());
    let (start, end) = (cut.range.start() as usize, cut.range.end() as usize);
    let head = text.get(..start).unwrap_or("").chars().rev();
    let mut before: Vec<char> = head.take_while(|c| *c != '\n').take(most + 1).collect();
    if before.len() > most {
        before.pop();
        before.push('…');
    }
    let tail = text.get(end..).unwrap_or("").chars();
    let mut after: String = tail.take_while(|c| *c != '\n').take(most + 1).collect();
    if let Some((at, _)) = after.char_indices().nth(most) {
        after.truncate(at);
        after.push('…');
    }
    let shown = TextRange::at(
        start.saturating_sub(before.iter().map(|c| c.len_utf8()).sum()),
        end + after.len(),
    );
    let hidden = document.header.hidden.iter().any(|(source, range)| {
        *source == cut.source && shown.is_none_or(|shown| shown.overlaps(*range))
    });
    if hidden { Default::default() } else { (before.into_iter().rev().collect(), after) }
}
