//! Unit tests of the parse crate: its tables, whole pages as snapshots, charsets and
//! markup against plain text, and properties of any input.

mod authors;
mod dates;
#[cfg(all(feature = "archive", feature = "feed", feature = "mail", feature = "warc"))]
mod forms;
mod layout;
mod live;
mod properties;
mod reading;
mod tables;

use std::fmt::Write as _;

use dateline_model::{BlockKind, Parsed};
use dateline_text::LineIndex;

use crate::{Context, Lexicon, ParseError, RawInput, parse};

// The tables are read once for each thread of tests.
thread_local! {
    static TABLES: (Lexicon, dateline_timex::Lexicon) =
        (Lexicon::english(), dateline_timex::Lexicon::english());
}

/// Reads `bytes` as one brief, the first there is, `hint` being its media type.
fn read_as(bytes: &[u8], hint: Option<&str>) -> Result<Parsed, ParseError> {
    read_within(bytes, hint, 64 << 20)
}

/// Reads a page with `markup` between its headline and its story.
fn read_story(markup: &str) -> Parsed {
    let page = format!(
        "<html><body><article><h1>Ferry sinks off the coast</h1>{markup}\
         <p>They met for an hour in the harbour, and nobody signed a word of it.</p>\
         <p>The talks go on in the town next week, the men said as they left.</p>\
         </article></body></html>"
    );
    read_as(page.as_bytes(), Some("text/html")).expect("a page parses")
}

/// All briefs of `bytes`.
fn read_all(bytes: &[u8], hint: Option<&str>) -> Vec<Parsed> {
    let briefs = read_each(bytes, hint, 64 << 20).into_iter();
    briefs.collect::<Result<_, _>>().expect("every part gives a brief")
}

fn read_within(bytes: &[u8], hint: Option<&str>, max_bytes: u64) -> Result<Parsed, ParseError> {
    let mut briefs = read_each(bytes, hint, max_bytes).into_iter();
    briefs.next().expect("an input gives a brief or says why not")
}

fn read_each(bytes: &[u8], hint: Option<&str>, max_bytes: u64) -> Vec<Result<Parsed, ParseError>> {
    TABLES.with(|(lexicon, timex)| {
        let limits = crate::Limits { max_bytes, ..crate::Limits::default() };
        let context = Context { lexicon, timex, limits };
        let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
        let input = RawInput { label: "test".into(), hint: hint.map(Into::into), reader };
        parse(input, context).collect()
    })
}

fn read(text: &str) -> Parsed {
    read_as(text.as_bytes(), None).expect("text parses")
}

/// Kinds and words of the blocks, holes left out, white space folded.
fn blocks(parsed: &Parsed) -> Vec<(BlockKind, String)> {
    let words = |block: &dateline_model::Block| {
        let mut words = String::new();
        let mut at = block.range.start();
        for hole in &block.holes {
            let part = dateline_text::TextRange::new(at, hole.start());
            words.push_str(part.and_then(|part| parsed.source.slice(part)).unwrap_or_default());
            at = hole.end();
        }
        let part = dateline_text::TextRange::new(at, block.range.end());
        words.push_str(part.and_then(|part| parsed.source.slice(part)).unwrap_or_default());
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    parsed.brief.blocks.iter().map(|block| (block.kind, words(block))).collect()
}

/// `text` and the briefs read from it.
fn show(text: &str, briefs: &[Parsed]) -> String {
    let briefs = briefs.iter().map(show_one);
    std::iter::once(format!("{}\n", text.trim_end()))
        .chain(briefs)
        .collect::<Vec<_>>()
        .join("---\n")
}

/// What was read: a block a line, then the page's own dates.
fn show_one(parsed: &Parsed) -> String {
    let source = parsed.source.text();
    let lines = LineIndex::new(source);
    let place = |at: u32| {
        let (line, column) = lines.line_column(source, at);
        format!("{line}:{column}")
    };
    let mut out = String::new();
    for (block, (kind, words)) in parsed.brief.blocks.iter().zip(blocks(parsed)) {
        let place = place(block.range.start());
        let _ = writeln!(out, "{:<9} {place:>5}  {words:?}", kind.name());
    }
    for candidate in &parsed.brief.candidates {
        let words = candidate.range.and_then(|range| parsed.source.slice(range));
        let at = candidate.range.map_or("-".to_string(), |range| place(range.start()));
        let kind = format!("{:?}", candidate.kind).to_lowercase();
        let _ = write!(out, "@ {kind} {at} {}", candidate.moment);
        if let Some(words) = words {
            let _ = write!(out, " {words:?}");
        }
        if candidate.year_implied {
            out.push_str(" year implied");
        }
        if let Some(other) = candidate.alternative {
            let _ = write!(out, " or {other}");
        }
        if let Some(place) = candidate.place.and_then(|place| parsed.source.slice(place)) {
            let _ = write!(out, " in {place:?}");
        }
        out.push('\n');
    }
    let language = parsed.brief.language.as_deref().unwrap_or("not known");
    let _ = writeln!(out, "language: {language}");
    for diagnostic in &parsed.diagnostics {
        let _ = writeln!(out, "{}: {}", diagnostic.code, diagnostic.message);
    }
    out
}
