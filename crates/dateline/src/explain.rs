//! `dateline explain`: why an input was read as it was, or what stands behind one event.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use dateline_export::explain::{Note, carets_from};
use dateline_export::table::printable;
use dateline_model::{Moment, Timex};
use dateline_pipeline::{Lexicons, Options};
use dateline_text::{LineIndex, TextRange};
use dateline_timex::Context;
use serde_json::Value;

use crate::read::Briefs;
use crate::{Outcome, ReferenceArguments};

/// Show source lines with carets under the words, and the rules that fired
#[derive(clap::Args)]
pub(crate) struct ExplainArguments {
    /// A file to explain, `-` for standard input, or an event's id with `--timeline`
    what: String,
    /// The `timeline.json` that holds the event
    #[arg(long, value_name = "FILE")]
    timeline: Option<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArguments,
    /// Names of your own, as for `build`
    #[arg(long, value_name = "FILE")]
    names_file: Option<PathBuf>,
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    match &arguments.timeline {
        Some(timeline) => event(&arguments.what, timeline),
        None => input(arguments),
    }
}

fn input(arguments: &ExplainArguments) -> Result<Outcome> {
    let lexicons = crate::lexicons(arguments.names_file.as_deref())?;
    let path = PathBuf::from(&arguments.what);
    let mut options = Options::default();
    options.given = arguments.reference.given();
    let mut briefs = Briefs::of(&path, &lexicons, options, dateline_pipeline::read_each)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for read in briefs.by_ref() {
        dateline_export::explain::brief(&read.label, &read.source, &read.brief, &mut out)?;
    }
    out.flush()?;
    Ok(briefs.outcome())
}

/// One event of a timeline: its citations with carets under the dates.
fn event(id: &str, timeline: &PathBuf) -> Result<Outcome> {
    let file = std::fs::read(timeline)
        .with_context(|| format!("failed to read {}", timeline.display()))?;
    let document: Value = serde_json::from_slice(&file)
        .with_context(|| format!("{} is no JSON", timeline.display()))?;
    if document["schema"] != dateline_export::json::SCHEMA {
        bail!("{} is no timeline (its \"schema\" is not dateline.timeline/1)", timeline.display());
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let events = list(&document["events"]);
    let named = |event: &&Value| {
        event["id"] == id || list(&event["formerly"]).iter().any(|former| former == id)
    };
    let event = events.iter().find(named).ok_or_else(|| {
        anyhow!("no event `{id}` in {}; its ids stand under \"id\"", timeline.display())
    })?;
    let text = |value: &Value| printable(value.as_str().unwrap_or("-"));
    let mut out = BufWriter::new(io::stdout().lock());
    let when = &event["when"];
    writeln!(out, "{} {}", text(&event["id"]), text(&event["title"]))?;
    writeln!(
        out,
        "{}, {}: earliest {}, latest {}, {}",
        text(&event["kind"]),
        text(&when["dating"]),
        text(&when["earliest"]),
        text(&when["latest"]),
        text(&when["shape"])
    )?;
    for basis in list(&when["basis"]) {
        writeln!(out, "dated by “{}” of its {}", text(&basis["quote"]), text(&basis["from"]))?;
    }
    for conflict in list(&event["conflicts"]) {
        for value in list(&conflict["values"]) {
            let sources = list(&value["sources"]);
            let labels: Vec<String> = sources.iter().map(|id| label(&document, id)).collect();
            writeln!(out, "conflict: {} in {}", text(&value["edtf"]), labels.join(", "))?;
        }
    }
    let lexicons = Lexicons::english();
    for citation in list(&event["citations"]) {
        writeln!(
            out,
            "\n{}:{}:{}",
            label(&document, &citation["source"]),
            citation["line"],
            citation["column"]
        )?;
        explain_citation(&citation, reference_of(&document, &citation), &lexicons, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The words of a citation with carets under its dates, or under all of them where it has
/// none, and the rules that read them.
fn explain_citation(
    citation: &Value,
    reference: Option<Moment>,
    lexicons: &Lexicons,
    out: &mut impl Write,
) -> Result<()> {
    let quote = citation["quote"].as_str().unwrap_or("");
    let start = citation["start"].as_u64().unwrap_or(0);
    let found = dateline_timex::tag(quote, &Context::new(reference), &lexicons.timex);
    let dates = citation["dates"].as_array().map_or(&[][..], Vec::as_slice);
    let mut notes: Vec<Note> = dates.iter().filter_map(|date| note(date, start, &found)).collect();
    if notes.is_empty() {
        let modality = citation["modality"].as_str().unwrap_or("");
        let speaker =
            citation["speaker"].as_str().map_or(String::new(), |name| format!(", says {name}"));
        let range = TextRange::at(0, quote.len());
        let says = format!("{modality}{speaker}; no date of its own");
        notes.extend(range.map(|range| Note { range, says }));
    }
    let first = citation["line"].as_u64().and_then(|line| u32::try_from(line).ok()).unwrap_or(1);
    carets_from(first, quote, &LineIndex::new(quote), &notes, out)?;
    Ok(())
}

/// The day that the source of a citation speaks from.
fn reference_of(document: &Value, citation: &Value) -> Option<Moment> {
    let sources = document["sources"].as_array()?;
    let source = sources.iter().find(|source| source["id"] == citation["source"])?;
    source["reference"].as_str()?.parse().ok()
}

/// A date of a citation, relative to its quote, and the rule that reads these words.
fn note(date: &Value, start: u64, found: &[Timex]) -> Option<Note> {
    let at = |name: &str| usize::try_from(date[name].as_u64()?.checked_sub(start)?).ok();
    let range = TextRange::at(at("start")?, at("end")?)?;
    let rule = found.iter().find(|timex| timex.range == range);
    let says = rule.map_or("says when".to_string(), |timex| {
        format!("says when: {} by rule {}", timex.value, timex.rule)
    });
    Some(Note { range, says })
}

fn label(document: &Value, id: &Value) -> String {
    let sources = document["sources"].as_array();
    let found = sources.and_then(|sources| sources.iter().find(|source| source["id"] == *id));
    printable(found.and_then(|source| source["label"].as_str()).unwrap_or("?"))
}
