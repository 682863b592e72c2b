//! `cargo xtask tidy`: the habits of the house that no compiler checks. It compiles none
//! of the stages and reads files as text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::root;

/// The allowed edges between our crates. What is not here is forbidden: above all that a
/// stage sees a stage.
const EDGES: &[(&str, &[&str])] = &[
    ("dateline-text", &[]),
    ("dateline-model", &["dateline-text"]),
    ("dateline-timex", &["dateline-model", "dateline-text"]),
    ("dateline-parse", &["dateline-model", "dateline-text", "dateline-timex"]),
    ("dateline-names", &["dateline-model", "dateline-text", "dateline-timex"]),
    (
        "dateline-normalize",
        &["dateline-model", "dateline-names", "dateline-text", "dateline-timex"],
    ),
    ("dateline-timeline", &["dateline-model", "dateline-text"]),
    ("dateline-export", &["dateline-model", "dateline-text"]),
    (
        "dateline-pipeline",
        &[
            "dateline-model",
            "dateline-names",
            "dateline-normalize",
            "dateline-parse",
            "dateline-text",
            "dateline-timeline",
            "dateline-timex",
        ],
    ),
    (
        "dateline",
        &[
            "dateline-export",
            "dateline-model",
            "dateline-pipeline",
            "dateline-text",
            "dateline-timex",
        ],
    ),
    ("xtask", &["dateline-text"]),
    (
        "dateline-tests",
        &[
            "dateline-export",
            "dateline-model",
            "dateline-normalize",
            "dateline-parse",
            "dateline-pipeline",
            "dateline-text",
            "dateline-timeline",
            "dateline-timex",
        ],
    ),
];

/// Crates that may name `anyhow`, open files and read the environment.
const EDGE_CRATES: &[&str] = &["dateline", "xtask", "dateline-tests"];
/// Most lines of a source file.
const MOST_LINES: usize = 600;
/// Most bytes of a tracked file.
const MOST_BYTES: u64 = 1 << 20;

pub(crate) fn run() -> Result<()> {
    let files = tracked()?;
    let mut found = Vec::new();
    edges(&files, &mut found)?;
    found.extend(crate::data::damage()?);
    for file in &files {
        check(file, &mut found)?;
    }
    snapshots(&files, &mut found)?;
    if found.is_empty() {
        println!("tidy: {} files, nothing to say", files.len());
        return Ok(());
    }
    for line in &found {
        println!("{line}");
    }
    bail!("{} untidy places", found.len())
}

/// The files that git tracks or would track, relative to the root.
fn tracked() -> Result<Vec<PathBuf>> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    let output = Command::new("git").args(arguments).current_dir(root()).output();
    let output = output.context("failed to ask git for the files")?;
    if !output.status.success() {
        bail!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let names = String::from_utf8_lossy(&output.stdout);
    let files = names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
    Ok(files.filter(|file| root().join(file).is_file()).collect())
}

/// Dependencies between our crates are those of [`EDGES`], and `anyhow` stays at the edges.
fn edges(files: &[PathBuf], found: &mut Vec<String>) -> Result<()> {
    let manifests = files.iter().filter(|file| {
        file.file_name().is_some_and(|name| name == "Cargo.toml") && !file.starts_with("fuzz")
    });
    for manifest in manifests {
        let text = fs::read_to_string(root().join(manifest))?;
        let table: toml::Table = text.parse().with_context(|| manifest.display().to_string())?;
        let Some(name) = table.get("package").and_then(|package| package.get("name")) else {
            continue;
        };
        let name = name.as_str().unwrap_or_default();
        let Some((_, allowed)) = EDGES.iter().find(|(known, _)| *known == name) else {
            found
                .push(format!("{}: crate {name} is not in the table of edges", manifest.display()));
            continue;
        };
        let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
        for section in sections {
            let named = table.get(section).and_then(toml::Value::as_table);
            for dependency in named.into_iter().flat_map(|named| named.keys()) {
                let ours = EDGES.iter().any(|(known, _)| known == dependency);
                if ours && !allowed.contains(&dependency.as_str()) {
                    let place = manifest.display();
                    found.push(format!("{place}: {name} may not depend on {dependency}"));
                }
                // An example or a benchmark is a program, and so an edge.
                let edge = EDGE_CRATES.contains(&name) || section == "dev-dependencies";
                if dependency == "anyhow" && !edge {
                    found.push(format!("{}: anyhow belongs to the edges", manifest.display()));
                }
            }
        }
    }
    Ok(())
}

/// What holds for one file.
fn check(file: &Path, found: &mut Vec<String>) -> Result<()> {
    let path = root().join(file);
    let mut say = |what: String| found.push(format!("{}: {what}", file.display()));
    if fs::metadata(&path)?.len() > MOST_BYTES {
        say(format!("larger than {MOST_BYTES} bytes"));
    }
    let bytes = fs::read(&path)?;
    let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("");
    match ending {
        "rs" => source(file, &text, &mut say),
        "tsv" => table(&text, &mut say),
        _ => {}
    }
    if !file.starts_with("xtask") && names_a_machine(&text) {
        say("holds a path of some machine".to_string());
    }
    Ok(())
}

fn source(file: &Path, text: &str, say: &mut impl FnMut(String)) {
    if !text.starts_with("//!") && !text.starts_with("#![no_main]") {
        say("has no `//!` head that says what it is".to_string());
    }
    let lines = text.lines().count();
    let test = file.components().any(|part| {
        matches!(
            part.as_os_str().to_str(),
            Some("tests" | "tests.rs" | "it" | "benches" | "examples")
        )
    });
    if lines > MOST_LINES && !test {
        say(format!("{lines} lines; reshape it at {MOST_LINES}"));
    }
    if test || file.starts_with("xtask") {
        return;
    }
    for (at, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        if code.split('"').skip(1).step_by(2).any(names_a_month) {
            say(format!("line {}: English belongs into tables", at + 1));
        }
    }
}

/// Whether a string literal names a month: a sure sign of language in code.
fn names_a_month(literal: &str) -> bool {
    let months = [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = literal.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| months.contains(&word))
}

fn table(text: &str, say: &mut impl FnMut(String)) {
    if !text.ends_with('\n') {
        say("does not end with a line break".to_string());
    }
    let mut rows = BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        if line.ends_with(' ') {
            say(format!("line {}: white space at its end", at + 1));
        }
        if !line.starts_with('#') && !line.is_empty() && !rows.insert(line) {
            say(format!("line {}: the row stands twice", at + 1));
        }
    }
    if !text.starts_with('#') {
        say("has no head that says what its columns are".to_string());
    }
}

fn names_a_machine(text: &str) -> bool {
    text.lines().any(|line| {
        let paths = ["home", "root", "Users"].map(|folder| format!("/{folder}/"));
        paths.iter().any(|path| {
            line.match_indices(path.as_str()).any(|(at, _)| {
                let before = line.get(..at).and_then(|head| head.chars().next_back());
                before.is_none_or(|c| {
                    !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-' | '/' | ':')
                })
            })
        })
    })
}

/// No snapshot waits for a person, and each belongs to a test that stands.
fn snapshots(files: &[PathBuf], found: &mut Vec<String>) -> Result<()> {
    for file in files {
        let name = file.to_string_lossy();
        if name.ends_with(".snap.new") || name.ends_with(".pending-snap") {
            found.push(format!("{name}: a pending snapshot; read it, then accept or delete it"));
        }
        if !name.ends_with(".snap") {
            continue;
        }
        let text = fs::read_to_string(root().join(file))?;
        let source = text.lines().find_map(|line| line.strip_prefix("source: "));
        if source.is_some_and(|source| !root().join(source.trim_matches('"')).is_file()) {
            found.push(format!("{name}: its test is gone"));
        }
        let input = text.lines().find_map(|line| line.strip_prefix("input_file: "));
        if input.is_some_and(|input| !root().join(input.trim_matches('"')).is_file()) {
            found.push(format!("{name}: its input is gone"));
        }
    }
    Ok(())
}
