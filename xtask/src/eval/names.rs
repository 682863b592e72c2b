//! `cargo xtask eval names PATH`: people, places, organisations and sentences against
//! `gold.jsonl`, spellings and look-alikes against `variants.tsv`. The answers are those of
//! `dateline tag --names --sentences`, as its users see them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

/// Hits, answers and gold of one measure.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    hits: usize,
    answers: usize,
    gold: usize,
}

impl Count {
    fn line(self) -> String {
        let part = |all: usize| if all == 0 { 0.0 } else { self.hits as f64 / all as f64 };
        let (precision, recall) = (part(self.answers), part(self.gold));
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        format!(
            "P {precision:.3}  R {recall:.3}  F1 {f1:.3}  ({} of {} and {})",
            self.hits, self.answers, self.gold
        )
    }
}

/// How far a place may lie from the gold, in kilometres: 100 miles, as toponym resolution
/// is measured (Speriosu and Baldridge 2013).
const NEAR: f64 = 161.0;

/// Prints the figures of the folder at `path`.
pub(super) fn run(binary: &Path, path: &Path, misses: bool) -> Result<()> {
    let gold = lines(&path.join("gold.jsonl"))?;
    let answers = answers(binary, &gold)?;
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut told = Vec::new();
    for (gold, answer) in gold.iter().zip(&answers) {
        one(gold, answer, &mut counts, &mut told);
    }
    for (measure, count) in &counts {
        println!("{measure:28} {}", count.line());
    }
    variants(binary, &path.join("variants.tsv"), &mut told)?;
    if misses {
        told.iter().for_each(|miss| println!("{miss}"));
    }
    Ok(())
}

fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("failed to read {}", path.display()))?;
    let rows = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    rows.collect::<Result<_, _>>().with_context(|| format!("failed to read {}", path.display()))
}

fn answers(binary: &Path, rows: &[Value]) -> Result<Vec<Value>> {
    let mut input = String::new();
    for row in rows {
        input.push_str(&json!({ "id": row["id"], "text": row["text"] }).to_string());
        input.push('\n');
    }
    let mut child = Command::new(binary)
        .args(["tag", "-", "--input-format", "jsonl", "--format", "jsonl"])
        .args(["--names", "--sentences"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("failed to start {}", binary.display()))?;
    let mut sink = child.stdin.take().context("no input")?;
    let writer = std::thread::spawn(move || sink.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    let wrote = writer.join();
    if !output.status.success() || !matches!(wrote, Ok(Ok(()))) {
        bail!("{} tag failed: {}", binary.display(), output.status);
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn span(value: &Value) -> (u64, u64) {
    (value["start"].as_u64().unwrap_or(0), value["end"].as_u64().unwrap_or(0))
}

fn overlaps(a: (u64, u64), b: (u64, u64)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn of<'a>(mentions: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    mentions.iter().filter(move |mention| mention["kind"] == kind)
}

fn one(gold: &Value, answer: &Value, counts: &mut BTreeMap<&str, Count>, told: &mut Vec<String>) {
    let (id, text) = (gold["id"].as_str().unwrap_or(""), gold["text"].as_str().unwrap_or(""));
    let (theirs, ours) = (list(&gold["mentions"]), list(&answer["names"]));
    let mut miss = |measure: &str, what: &Value, why: &Value| {
        told.push(format!("{measure}\t{id}\t{} {}\t{why}", what["text"], what["name"]));
    };
    // People by word, as named-entity recognition is measured by token.
    let words = word_spans(text);
    let within = |mentions: &[Value], word: (u64, u64)| {
        of(mentions, "person").any(|mention| overlaps(span(mention), word))
    };
    let count = counts.entry("person words").or_default();
    for word in words {
        let (gold, ours) = (within(theirs, word), within(ours, word));
        count.gold += usize::from(gold);
        count.answers += usize::from(ours);
        count.hits += usize::from(gold && ours);
    }
    for mention in of(theirs, "person") {
        let found = of(ours, "person").find(|ours| overlaps(span(ours), span(mention)));
        let whole = mention["name"] == mention["text"];
        if found.is_none() {
            miss("person missed", mention, &Value::Null);
        }
        if !whole {
            let right = found.is_some_and(|found| same(found, mention));
            let count = counts.entry("bare surname, right person").or_default();
            count.gold += 1;
            count.answers += usize::from(found.is_some());
            count.hits += usize::from(right);
            if let Some(found) = found.filter(|_| !right) {
                miss("surname", mention, &found["name"]);
            }
        }
    }
    for mention in of(ours, "person") {
        if !of(theirs, "person").any(|gold| overlaps(span(gold), span(mention))) {
            miss("no person", mention, &Value::Null);
        }
    }
    let located = |mention: &Value| mention["lat"].is_number();
    let count = counts.entry("places within 161 km").or_default();
    for mention in of(theirs, "place") {
        let found = ours.iter().filter(|ours| overlaps(span(ours), span(mention)));
        let near = found.clone().any(|found| kilometres(found, mention) <= NEAR);
        count.gold += 1;
        count.hits += usize::from(near);
        if !near {
            let found = found.clone().next();
            let why = found.map_or(Value::Null, |found| {
                json!([found["kind"], found["name"], found["lat"], found["lon"]])
            });
            miss("place", mention, &why);
        }
    }
    for mention in ours.iter().filter(|mention| located(mention)) {
        count.answers += 1;
        let known = theirs
            .iter()
            .any(|gold| gold["kind"] != "person" && overlaps(span(gold), span(mention)));
        if !known {
            miss("no place", mention, &mention["country"]);
        }
    }
    let count = counts.entry("organizations").or_default();
    for mention in of(theirs, "organization") {
        let found = of(ours, "organization").any(|ours| overlaps(span(ours), span(mention)));
        count.gold += 1;
        count.hits += usize::from(found);
        if !found {
            miss("organization missed", mention, &Value::Null);
        }
    }
    for mention in of(ours, "organization").filter(|mention| !located(mention)) {
        count.answers += 1;
        if !theirs.iter().any(|gold| overlaps(span(gold), span(mention))) {
            miss("no organization", mention, &Value::Null);
        }
    }
    let ends = |sentences: &[Value], of: fn(&Value) -> Option<u64>| -> Vec<u64> {
        sentences.iter().filter_map(of).collect()
    };
    let theirs = ends(list(&gold["sentences"]), |pair| pair.get(1)?.as_u64());
    let ours = ends(list(&answer["sentences"]), |sentence| sentence["end"].as_u64());
    let count = counts.entry("sentence ends").or_default();
    count.gold += theirs.len();
    count.answers += ours.len();
    count.hits += ours.iter().filter(|end| theirs.contains(end)).count();
    let odd = |a: &[u64], b: &[u64]| -> Vec<u64> {
        a.iter().filter(|end| !b.contains(end)).copied().collect()
    };
    for (what, ends) in [("not ended", odd(&theirs, &ours)), ("ended", odd(&ours, &theirs))] {
        for end in ends {
            let from = (0..=end as usize).rev().nth(30).unwrap_or(0);
            let from = (from..).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            told.push(format!("{what}\t{id}\t{:?}", text.get(from..end as usize).unwrap_or("")));
        }
    }
}

fn word_spans(text: &str) -> Vec<(u64, u64)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from as u64, at as u64));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn same(ours: &Value, gold: &Value) -> bool {
    let words = |value: &Value| value.as_str().unwrap_or("").to_lowercase().replace('’', "'");
    words(&ours["name"]) == words(&gold["name"])
}

/// Great-circle distance; endless where a side has no coordinates.
fn kilometres(a: &Value, b: &Value) -> f64 {
    let point = |value: &Value| {
        Some((value["lat"].as_f64()?.to_radians(), value["lon"].as_f64()?.to_radians()))
    };
    let (Some(a), Some(b)) = (point(a), point(b)) else { return f64::INFINITY };
    let half = ((a.0 - b.0) / 2.0).sin().powi(2)
        + a.0.cos() * b.0.cos() * ((a.1 - b.1) / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

/// Two texts, each with one of the names: one thing where the keys are equal.
fn variants(binary: &Path, path: &Path, told: &mut Vec<String>) -> Result<()> {
    let table = std::fs::read_to_string(path);
    let table = table.with_context(|| format!("failed to read {}", path.display()))?;
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').collect())
        .collect();
    let text = |name: &str, kind: &str| match kind {
        "person" => format!("On Monday President {name} said nothing."),
        "place" => format!("The train arrived in {name} on Monday."),
        _ => format!("On Monday officials of {name} said nothing."),
    };
    let mut asked = Vec::new();
    for row in &rows {
        let [a, b, _, kind, ..] = row.as_slice() else { bail!("{}: {row:?}", path.display()) };
        asked.extend([json!({ "text": text(a, kind) }), json!({ "text": text(b, kind) })]);
    }
    let keys: Vec<Option<String>> = answers(binary, &asked)?
        .iter()
        .map(|answer| list(&answer["names"]).first()?["key"].as_str().map(str::to_string))
        .collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (row, keys) in rows.iter().zip(keys.chunks(2)) {
        let merged = matches!(keys, [Some(a), Some(b)] if a == b);
        let what = row.get(2).copied().unwrap_or("");
        let count = counts.entry(what).or_default();
        count.0 += usize::from(merged);
        count.1 += 1;
        if merged != (what == "same") {
            told.push(format!("variant {what}\t{row:?}\t{keys:?}"));
        }
    }
    for (what, (merged, all)) in counts {
        println!("{what:28} {merged} of {all} merged");
    }
    Ok(())
}
