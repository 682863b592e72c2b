//! `dateline explain`: why an input was read as it was, or what stands behind one event.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use dateline_export::table::printable;
use dateline_pipeline::Lexicons;
use serde_json::Value;

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
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    match &arguments.timeline {
        Some(timeline) => event(&arguments.what, timeline),
        None => input(arguments),
    }
}

fn input(arguments: &ExplainArguments) -> Result<Outcome> {
    let lexicons = Lexicons::english();
    let path = PathBuf::from(&arguments.what);
    let (read, outcome) = crate::read_one(&path, &lexicons, arguments.reference.given())?;
    let mut out = BufWriter::new(io::stdout().lock());
    for read in &read {
        dateline_export::explain::brief(&read.label, &read.source, &read.brief, &mut out)?;
    }
    out.flush()?;
    Ok(outcome)
}

/// One event of a timeline: its citations with carets under the dates.
fn event(id: &str, timeline: &PathBuf) -> Result<Outcome> {
    let file = std::fs::read(timeline)
        .with_context(|| format!("failed to read {}", timeline.display()))?;
    let document: Value = serde_json::from_slice(&file)
        .with_context(|| format!("{} is no JSON", timeline.display()))?;
    if document["schema"] != "dateline.timeline/1" {
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
    for citation in list(&event["citations"]) {
        let quote = citation["quote"].as_str().unwrap_or("");
        writeln!(
            out,
            "\n{}:{}:{}",
            label(&document, &citation["source"]),
            citation["line"],
            citation["column"]
        )?;
        let start = citation["start"].as_u64().unwrap_or(0);
        let dates = list(&citation["dates"]);
        let notes: Vec<_> = dates.iter().filter_map(|date| note(date, start)).collect();
        let quote_lines = dateline_text::LineIndex::new(quote);
        if notes.is_empty() {
            writeln!(out, "       {}", printable(quote))?;
        }
        dateline_export::explain::carets(quote, &quote_lines, &notes, &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// A date of a citation, relative to its quote.
fn note(date: &Value, start: u64) -> Option<dateline_export::explain::Note> {
    let at = |name: &str| usize::try_from(date[name].as_u64()?.checked_sub(start)?).ok();
    let range = dateline_text::TextRange::at(at("start")?, at("end")?)?;
    Some(dateline_export::explain::Note { range, says: "says when".to_string() })
}

fn label(document: &Value, id: &Value) -> String {
    let sources = document["sources"].as_array();
    let found = sources.and_then(|sources| sources.iter().find(|source| source["id"] == *id));
    printable(found.and_then(|source| source["label"].as_str()).unwrap_or("?"))
}
