//! `timeml/`: each source as a TimeML document (version 1.2.1), its day of creation and the
//! date expressions that its citations rest on as TIMEX3. Passages that are hidden are cut.
//! All date expressions of a text, cited or not, are `dateline tag --format timeml`.

use std::io::{self, Write};

use dateline_model::DateSaid;
use dateline_text::{SourceId, TextRange};

use crate::loss::Losses;
use crate::tags::{Marked, timex3};
use crate::{Document, Loss};

/// What stands for a passage that was cut.
const CUT: &str = "[…]";

/// Writes the document of one source.
pub fn write(
    document: &Document<'_>,
    source: Option<SourceId>,
    sink: &mut impl Write,
) -> io::Result<Vec<Loss>> {
    let Some(source) = source else { return Ok(Vec::new()) };
    let info = document.source(source);
    let reference = info.and_then(|info| info.reference.moment);
    let text = document.store.get(source).map_or("", |source| source.text());
    let hidden = document.header.hidden.iter().filter(|(hidden, _)| *hidden == source);
    let hidden: Vec<TextRange> = hidden.map(|(_, range)| *range).collect();
    let shown = |date: &&DateSaid| hidden.iter().all(|cut| !cut.overlaps(date.range));
    let marks = document.dates(source).filter(shown).map(|date| Marked {
        range: date.range,
        element: Some((date.kind, date.value.as_str(), [None; 3])),
        instead: None,
    });
    let cuts = hidden.iter().map(|cut| Marked { range: *cut, element: None, instead: Some(CUT) });
    let mut marks: Vec<Marked<'_>> = marks.chain(cuts).collect();
    marks.sort_by_key(|mark| mark.range);
    timex3(text, reference, &marks, sink)?;
    let mut lost = Losses::default();
    lost.note("cut from the text", hidden.len(), "passages");
    if document.timeline.sources.first().is_some_and(|first| first.id == source) {
        // Once for all of them.
        lost.events("told by their dates only", document, |_| true);
    }
    Ok(lost.list())
}
