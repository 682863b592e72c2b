//! `cargo xtask eval conflicts`: pairs of briefs with gold, some of which differ about when.
//! What counts is told in `fixtures/conflicts/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::root;

/// A value of a conflict: its first and last day, and the files that say so.
type Values = BTreeSet<(String, String, BTreeSet<String>)>;

/// Builds each pair under `path` and compares the conflicts found with those planted.
pub(super) fn run(binary: &Path, path: &Path) -> Result<()> {
    let gold = path.join("gold.jsonl");
    let gold =
        fs::read_to_string(&gold).with_context(|| format!("failed to read {}", gold.display()))?;
    let out = root().join("target/eval/conflicts");
    let (mut planted, mut found, mut invented, mut pairs) = (0, 0, 0, 0);
    for line in gold.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let pair = gold["pair"].as_str().unwrap_or_default();
        let timeline = build(binary, &path.join(pair), &out)?;
        let wanted = Some(&gold["conflict"])
            .filter(|gold| !gold.is_null())
            .map(|conflict| values(conflict, None));
        let (mut right, mut wrong) = (0, 0);
        let labels = labels(&timeline);
        for event in list(&timeline["events"]) {
            for conflict in list(&event["conflicts"]) {
                let same = wanted.as_ref() == Some(&values(conflict, Some(&labels)));
                if same && names(event, &gold["words"]) { right += 1 } else { wrong += 1 }
            }
        }
        pairs += 1;
        planted += usize::from(wanted.is_some());
        found += usize::from(right > 0);
        invented += wrong;
        let verdict = match (wanted.is_some(), right > 0, wrong) {
            (true, true, 0) => "found",
            (false, _, 0) => "none, none invented",
            (true, false, 0) => "missed",
            _ => "invented",
        };
        println!("{pair:<24} {verdict}");
    }
    println!("\n{pairs} pairs: {found} of {planted} planted conflicts found, {invented} invented");
    Ok(())
}

fn build(binary: &Path, pair: &Path, out: &Path) -> Result<Value> {
    let mut command = Command::new(binary);
    command.arg("build").arg(pair.join("a.txt")).arg(pair.join("b.txt"));
    command.args(["--format", "json", "--out"]).arg(out);
    let done = command.output().with_context(|| format!("failed to start {command:?}"))?;
    anyhow::ensure!(done.status.success(), "{command:?} failed: {}", done.status);
    Ok(serde_json::from_slice(&fs::read(out.join("timeline.json"))?)?)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// The file of each source.
fn labels(timeline: &Value) -> BTreeMap<String, String> {
    list(&timeline["sources"])
        .iter()
        .map(|source| (text(&source["id"]), text(&source["label"])))
        .collect()
}

/// The values of a conflict; sources are files in the gold, ids in a timeline.
fn values(conflict: &Value, labels: Option<&BTreeMap<String, String>>) -> Values {
    let file = |source: &Value| {
        let source = text(source);
        labels.and_then(|labels| labels.get(&source)).cloned().unwrap_or(source)
    };
    let value = |value: &Value| {
        let sources = list(&value["sources"]).iter().map(file).collect();
        (text(&value["earliest"]), text(&value["latest"]), sources)
    };
    list(&conflict["values"]).iter().map(value).collect()
}

/// Whether the title or a quote of the event holds one of `words`.
fn names(event: &Value, words: &Value) -> bool {
    let quotes = list(&event["citations"]).iter().map(|citation| &citation["quote"]);
    let told: Vec<String> =
        quotes.chain([&event["title"]]).map(|words| text(words).to_lowercase()).collect();
    list(words).iter().any(|word| told.iter().any(|told| told.contains(&text(word).to_lowercase())))
}
