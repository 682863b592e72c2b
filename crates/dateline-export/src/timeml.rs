//! `timeml/`: each source as a TimeML document (version 1.2.1), its day of creation and the
//! date expressions that its citations rest on as TIMEX3. Passages that are hidden are cut.
//! All date expressions of a text, cited or not, are `dateline tag --format timeml`.

use std::io::{self, Write};

use dateline_model::{DateSaid, Event};
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
    let info = document.timeline.sources.iter().find(|known| known.id == source);
    let reference = info.and_then(|info| info.reference.moment);
    let text = document.store.get(source).map_or("", |source| source.text());
    let mut dates: Vec<&DateSaid> = document
        .timeline
        .events
        .iter()
        .flat_map(|event| &event.citations)
        .filter(|citation| citation.cut.source == source)
        .flat_map(|citation| &citation.dates)
        .collect();
    dates.sort();
    dates.dedup();
    let hidden = document.header.hidden.iter().filter(|(hidden, _)| *hidden == source);
    let hidden: Vec<TextRange> = hidden.map(|(_, range)| *range).collect();
    let dates = dates.into_iter().filter(|date| hidden.iter().all(|cut| !cut.overlaps(date.range)));
    let marks = dates.map(|date| Marked {
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
    let told = |event: &Event| event.citations.iter().any(|told| told.cut.source == source);
    lost.events("told by their dates only", document, told);
    Ok(lost.list())
}
