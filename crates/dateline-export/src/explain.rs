//! Source lines with carets under the words, and why: for people who want to see what a
//! rule saw.

use std::io::{self, Write};

use dateline_model::{DateCandidate, Joined, Mention, NormalizedBrief, Timex};
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
/// Most characters of the words of a note that are shown at their head and at their end.
const HEAD: usize = 80;
const END: usize = 30;

/// Writes each note below the line it stands in, with carets under its words. Notes must
/// be in order.
pub fn carets(
    text: &str,
    lines: &LineIndex,
    notes: &[Note],
    sink: &mut impl Write,
) -> io::Result<()> {
    carets_from(1, text, lines, notes, sink)
}

/// The same for a text that was cut from another, where it starts on line `first`.
pub fn carets_from(
    first: u32,
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
        let (before, after, words) = (flat(&before), flat(&after), flat(&middle(words)));
        let number = line.saturating_add(first).saturating_sub(1);
        if shown != Some(line) || before.starts_with('…') || words.contains('…') {
            writeln!(sink, "{number:>4} | {before}{words}{after}")?;
            shown = Some(line);
        }
        let (indent, count) = (before.chars().count(), words.chars().count().max(1));
        let (indent, marks) = (" ".repeat(indent), "^".repeat(count));
        writeln!(sink, "     | {indent}{marks} {}", printable(&note.says))?;
    }
    Ok(())
}

/// Text of one line as a terminal shows it, one column a character.
fn flat(words: &str) -> String {
    printable(&words.replace('\t', " "))
}

/// The words themselves, their middle left out where they are long.
fn middle(words: &str) -> String {
    let Some((cut, _)) = words.char_indices().nth(HEAD) else { return words.to_string() };
    let tail = words.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at);
    match (words.get(..cut), words.get(tail..)) {
        (Some(head), Some(end)) if tail > cut => format!("{head}…{end}"),
        _ => words.to_string(),
    }
}

/// The text of the line before and behind some words, cut where it is long. It looks no
/// further than it shows, since a line may be as long as the text.
fn around(text: &str, range: TextRange, words: &str) -> (String, String) {
    let start = range.start() as usize;
    let head = text.get(..start).unwrap_or("").chars().rev().take_while(|c| *c != '\n');
    let mut before: Vec<char> = head.take(2 * AROUND + 1).collect();
    if before.len() > 2 * AROUND {
        before.truncate(AROUND);
        before.push('…');
    }
    let tail = text.get(start + words.len()..).unwrap_or("");
    let mut after: String = tail.chars().take_while(|c| *c != '\n').take(AROUND).collect();
    if tail.get(after.len()..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('\n')) {
        after.push('…');
    }
    (before.into_iter().rev().collect(), after)
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
    writeln!(sink, "\npublication")?;
    for candidate in &brief.candidates {
        let taken = brief.evidence.as_ref().is_some_and(|evidence| {
            (evidence.range, &evidence.raw, evidence.moment)
                == (candidate.range, &candidate.raw, candidate.moment)
        });
        published(source, candidate, taken, &lines, sink)?;
    }
    writeln!(sink, "\nnoise")?;
    let noise = brief.blocks.iter().filter_map(|block| {
        let says = format!("noise: {}", block.why?.name());
        Some(Note { range: block.range, says })
    });
    carets(source.text(), &lines, &noise.collect::<Vec<_>>(), sink)?;
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
        .map(|mention| {
            let why = joined(mention, &brief.mentions, &lines);
            Note {
                range: mention.range,
                says: format!("{} {} ({why})", mention.kind.name(), mention.name),
            }
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

/// A candidate for the day of publication, where it stands, and whether it was taken.
fn published(
    source: &Source,
    candidate: &DateCandidate,
    taken: bool,
    lines: &LineIndex,
    sink: &mut impl Write,
) -> io::Result<()> {
    let field = candidate.field.as_deref().unwrap_or_default();
    let taken = if taken { ", taken" } else { "" };
    let says = format!("{} {field}: {}{taken}", candidate.kind.name(), candidate.moment);
    match (candidate.range, &candidate.raw) {
        (Some(range), _) => carets(source.text(), lines, &[Note { range, says }], sink),
        (None, Some(raw)) => {
            writeln!(sink, "     | bytes {}–{} {}", raw.start, raw.end, printable(&says))
        }
        (None, None) => writeln!(sink, "     | {}", printable(&says)),
    }
}

/// Why the words of a mention are that name.
fn joined(mention: &Mention, all: &[Mention], lines: &LineIndex) -> String {
    let fuller = || {
        let first = all.iter().find(|other| {
            other.key == mention.key
                && other.kind == mention.kind
                && other.joined != Joined::Document
        });
        first.map(|first| lines.line(first.range.start()))
    };
    match mention.joined {
        Joined::Text => "as written".to_string(),
        Joined::Pattern => "by a pattern".to_string(),
        Joined::Table => "a table has this spelling".to_string(),
        Joined::Document => match fuller() {
            Some(line) => format!("the document tells it in full in line {line}"),
            None => "by the document".to_string(),
        },
    }
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
