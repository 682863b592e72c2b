//! Source lines with carets under the words, and why: for people who want to see what a
//! rule saw.

use std::io::{self, Write};

use dateline_model::{NormalizedBrief, Timex};
use dateline_text::{LineIndex, Source, TextRange};

use crate::table::printable;

/// What is to be said of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The words.
    pub range: TextRange,
    /// What to say, on one line.
    pub says: String,
}

/// Most characters of a line that are shown before and behind a note.
const AROUND: usize = 60;

/// Writes each note below the line it stands in, with carets under its words. Notes must
/// be in order.
pub fn carets(
    text: &str,
    lines: &LineIndex,
    notes: &[Note],
    sink: &mut impl Write,
) -> io::Result<()> {
    let mut shown: Option<u32> = None;
    for note in notes {
        let line = lines.line(note.range.start());
        let words = note.range.slice(text).unwrap_or("");
        let words = words.lines().next().unwrap_or("");
        let (before, after) = around(text, note.range, words);
        let gutter = format!("{line:>4} | ");
        if shown != Some(line) || before.starts_with('…') {
            writeln!(
                sink,
                "{gutter}{}{}{}",
                printable(&before),
                printable(words),
                printable(&after)
            )?;
            shown = Some(line);
        }
        let indent = before.chars().filter(|c| !c.is_control()).count();
        let count = printable(words).chars().count().max(1);
        writeln!(
            sink,
            "     | {}{} {}",
            " ".repeat(indent),
            "^".repeat(count),
            printable(&note.says)
        )?;
    }
    Ok(())
}

/// The text of the line before and behind some words, cut where it is long.
fn around(text: &str, range: TextRange, words: &str) -> (String, String) {
    let start = range.start() as usize;
    let head = text.get(..start).unwrap_or("");
    let head = head.rsplit('\n').next().unwrap_or("");
    let tail = text.get(start + words.len()..).unwrap_or("");
    let tail = tail.split('\n').next().unwrap_or("");
    let count = head.chars().count();
    let before = if count > 2 * AROUND {
        let kept: String = head.chars().skip(count - AROUND).collect();
        format!("…{kept}")
    } else {
        head.to_string()
    };
    let mut after: String = tail.chars().take(AROUND).collect();
    if after.len() < tail.len() {
        after.push('…');
    }
    (before, after)
}

/// Explains one brief: its reference, its date expressions with their rules, its event
/// mentions with the date that each owns.
pub fn brief(
    label: &str,
    source: &Source,
    brief: &NormalizedBrief,
    sink: &mut impl Write,
) -> io::Result<()> {
    let lines = LineIndex::new(source.text());
    let reference = brief.reference;
    let moment = reference.moment.map_or("none".to_string(), |moment| moment.to_string());
    writeln!(sink, "{}", printable(label))?;
    writeln!(sink, "reference {moment}, by {}", reference.basis.name())?;
    if let Some(range) = reference.evidence {
        let says = "the page speaks from here".to_string();
        carets(source.text(), &lines, &[Note { range, says }], sink)?;
    }
    writeln!(sink, "\ndates")?;
    let dates: Vec<Note> = brief.dates.iter().map(date_note).collect();
    carets(source.text(), &lines, &dates, sink)?;
    writeln!(sink, "\nevents")?;
    for event in &brief.events {
        let date = event.date.and_then(|date| brief.dates.get(date as usize));
        let when = date.map_or("no date of its own".to_string(), |date| {
            let words = source.slice(date.range).unwrap_or("");
            format!("{words} = {} (by its {})", date.value, event.date_basis.name())
        });
        let trigger = brief.terms.get(event.trigger as usize).map_or("", String::as_str);
        let topic = event
            .off_topic
            .as_ref()
            .map_or(String::new(), |reason| format!(", off topic: {}", reason.name()));
        let says =
            format!("{} [{trigger}, {}]: {when}{topic}", event.kind.name(), event.modality.name());
        carets(source.text(), &lines, &[Note { range: event.title, says }], sink)?;
    }
    writeln!(sink, "\nnames")?;
    let names: Vec<Note> = brief
        .mentions
        .iter()
        .map(|mention| Note {
            range: mention.range,
            says: format!(
                "{} {} (by {})",
                mention.kind.name(),
                mention.name,
                mention.joined.name()
            ),
        })
        .collect();
    carets(source.text(), &lines, &names, sink)?;
    writeln!(sink, "\nset aside")?;
    let aside: Vec<Note> = brief
        .set_aside
        .iter()
        .map(|aside| Note { range: aside.range, says: aside.reason.name().to_string() })
        .collect();
    carets(source.text(), &lines, &aside, sink)
}

fn date_note(date: &Timex) -> Note {
    let from = match &date.anchor {
        dateline_model::Anchor::Words => String::new(),
        dateline_model::Anchor::Reference(moment) => format!(", from {moment}"),
        dateline_model::Anchor::Earlier(_) => ", from an earlier date".to_string(),
        dateline_model::Anchor::Event(_) => ", from an event".to_string(),
        dateline_model::Anchor::Missing => ", open without a reference".to_string(),
    };
    let says = format!("{} {} by rule {}{from}", date.kind.name(), date.value, date.rule);
    Note { range: date.range, says }
}
