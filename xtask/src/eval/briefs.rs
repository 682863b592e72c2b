//! Briefs with gold: turns what the command answers into the scorer's form and calls it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{answer, command};
use crate::{call, root};

/// Runs the command over each brief alone and the scorer over the answers.
pub(super) fn run(path: &Path, misses: bool) -> Result<()> {
    let path =
        fs::canonicalize(path).with_context(|| format!("failed to open {}", path.display()))?;
    let binary = command()?;
    let out = root().join("target/eval/briefs");
    fs::create_dir_all(&out)?;
    let gold = path.join("gold.jsonl");
    let text =
        fs::read_to_string(&gold).with_context(|| format!("failed to read {}", gold.display()))?;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value =
            serde_json::from_str(line).context("gold.jsonl holds a line that is no JSON")?;
        let name = row["file"].as_str().unwrap_or_default();
        let Some(file) = find(&path, name) else {
            println!("{name}: not there");
            continue;
        };
        let prediction = predict(&binary, &file, row["given"].as_str(), &out)?;
        fs::write(out.join(format!("{name}.json")), serde_json::to_string_pretty(&prediction)?)?;
    }
    let mut score = Command::new("python3");
    score.arg(path.join("score_gold.py")).arg(&gold).arg(&out);
    if misses {
        score.arg("--misses");
    }
    call(&mut score)
}

/// The file of one row. The page that is not ours lies beside the folder.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let here = folder.join(name);
    if here.is_file() {
        return Some(here);
    }
    let beside = folder.join("../seed");
    let mut files: Vec<PathBuf> =
        fs::read_dir(beside).ok()?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
        .into_iter()
        .find(|file| name == "seed.txt" && file.extension().is_some_and(|e| e == "txt"))
}

/// What the command answers for one page, in the scorer's form.
fn predict(binary: &Path, file: &Path, given: Option<&str>, out: &Path) -> Result<Value> {
    let reference: Vec<&str> = given.map_or(Vec::new(), |given| vec!["--reference", given]);
    let parsed = answer(Command::new(binary).arg("parse").arg(file).args(&reference))?;
    let brief = parsed.pointer("/briefs/0").cloned().unwrap_or_default();
    let speaks_from = brief["reference"].as_str().map(str::to_string);
    let mut tag = Command::new(binary);
    tag.arg("tag").arg(file).args(["--format", "json"]);
    if let Some(reference) = &speaks_from {
        tag.arg("--reference").arg(reference);
    }
    let tagged = answer(&mut tag)?;
    let folder = out.join("timeline");
    let mut build = Command::new(binary);
    build.arg("build").arg(file).args(&reference).args(["--format", "json", "--out"]).arg(&folder);
    build.output().context("failed to build a timeline")?;
    let timeline: Value = serde_json::from_slice(&fs::read(folder.join("timeline.json"))?)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let names =
        |value: &Value| list(value).iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
    let events: Vec<Value> = list(&timeline["events"])
        .iter()
        .map(|event| {
            let quotes: Vec<Value> = list(&event["citations"]).iter().map(|c| c["quote"].clone()).collect();
            json!({
                "earliest": event["when"]["earliest"], "latest": event["when"]["latest"],
                "kind": event["kind"], "dating": event["when"]["dating"], "quotes": quotes,
                "on_topic": event["on_topic"], "who": names(&event["who"]), "where": names(&event["where"]),
            })
        })
        .collect();
    Ok(json!({
        "headline": brief["headline"], "deck": brief["deck"], "published": brief["published"],
        "reference": brief["reference"], "blocks": brief["blocks"], "dates": tagged["dates"],
        "events": events,
    }))
}
