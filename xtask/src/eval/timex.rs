//! Date expressions with gold, as TempEval-3 task A scores them (UzZaman et al. 2013):
//! strict (equal spans), relaxed (overlap), and of the relaxed matches type and value.
//! Each gold and each prediction is used once: exact matches first, then the longest
//! overlap. Intervals are 95 % percentile bootstrap intervals over documents.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use super::command;

/// Resamples of a bootstrap interval.
const SAMPLES: usize = 1000;
/// White space and marks that do not count at the ends of a span.
const OUTER: &[u8] = b" \t\r\n.,;:!?\"'()[]`";

/// Scores each file of `paths`: JSON Lines of `{ id, text, reference, gold: [] }`.
pub(super) fn run(paths: &[PathBuf], genre: &str, errors: bool) -> Result<()> {
    let binary = command()?;
    for path in paths {
        let text = fs::read_to_string(path)
            .with_context(|| format!("failed to read {}", path.display()))?;
        let rows: Vec<Value> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .with_context(|| format!("{} holds a line that is no JSON", path.display()))?;
        let answers = tag(&binary, &rows, genre)?;
        let scored: Vec<Scored> =
            rows.iter().zip(&answers).map(|(row, answer)| score(row, answer)).collect();
        report(path, &scored);
        if errors {
            scored.iter().flat_map(|scored| &scored.errors).for_each(|line| println!("{line}"));
        }
    }
    Ok(())
}

/// What the command answers for each row, in order.
fn tag(binary: &Path, rows: &[Value], genre: &str) -> Result<Vec<Value>> {
    let mut child = Command::new(binary)
        .args(["tag", "-", "--input-format", "jsonl", "--ranges", "split", "--genre", genre])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("failed to start the command")?;
    let mut input = child.stdin.take().ok_or_else(|| anyhow!("the command takes no input"))?;
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            json!({ "id": row["id"], "text": row["text"], "reference": row["reference"] })
                .to_string()
        })
        .collect();
    // Written from a thread of its own: the command answers while it still reads.
    let writer =
        std::thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| anyhow!("the writer failed"))??;
    let answers: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(serde_json::from_slice)
        .collect::<Result<_, _>>()?;
    if answers.len() != rows.len() {
        bail!("{} answers to {} texts", answers.len(), rows.len());
    }
    Ok(answers)
}

/// Counts of one document.
#[derive(Clone, Debug, Default)]
struct Scored {
    gold: usize,
    predicted: usize,
    /// strict, relaxed, type, value
    hits: [usize; 4],
    errors: Vec<String>,
}

const NAMES: [&str; 4] = ["strict", "relaxed", "type", "value"];

fn score(row: &Value, answer: &Value) -> Scored {
    let text = row["text"].as_str().unwrap_or("").as_bytes();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (gold, found) = (list(&row["gold"]), list(&answer["dates"]));
    let pairs = pairs(&gold, &found, text);
    let mut scored = Scored { gold: gold.len(), predicted: found.len(), ..Scored::default() };
    let words = |one: &Value| {
        let (start, end) = span(one);
        String::from_utf8_lossy(text.get(start..end).unwrap_or_default()).into_owned()
    };
    let mut say = |class: &str, gold: Option<&Value>, found: Option<&Value>| {
        let show = |one: Option<&Value>| {
            one.map_or("-".to_string(), |one| format!("{:?} = {}", words(one), one["value"]))
        };
        scored.errors.push(format!("{} | {} | {} | {class}", row["id"], show(gold), show(found)));
    };
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    for (at, other, exact) in pairs {
        used_gold[at] = true;
        used_found[other] = true;
        let (gold, found) = (&gold[at], &found[other]);
        let same = |name: &str| gold[name] == found[name];
        for (hit, counts) in scored.hits.iter_mut().zip([exact, true, same("type"), same("value")])
        {
            *hit += usize::from(counts);
        }
        if !same("value") {
            say("value", Some(gold), Some(found));
        } else if !exact {
            say("span", Some(gold), Some(found));
        }
    }
    for (gold, _) in gold.iter().zip(&used_gold).filter(|(_, used)| !**used) {
        say("missed", Some(gold), None);
    }
    for (found, _) in found.iter().zip(&used_found).filter(|(_, used)| !**used) {
        say("false", None, Some(found));
    }
    scored
}

fn span(one: &Value) -> (usize, usize) {
    let at = |name: &str| one[name].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    (at("start"), at("end"))
}

/// A span without outer white space and marks.
fn trimmed(one: &Value, text: &[u8]) -> (usize, usize) {
    let (mut start, mut end) = span(one);
    end = end.min(text.len());
    while start < end && OUTER.contains(&text[start]) {
        start += 1;
    }
    while end > start && OUTER.contains(&text[end - 1]) {
        end -= 1;
    }
    (start, end)
}

/// Pairs of gold and prediction, and whether their spans are equal.
fn pairs(gold: &[Value], found: &[Value], text: &[u8]) -> Vec<(usize, usize, bool)> {
    let (gold, found): (Vec<_>, Vec<_>) = (
        gold.iter().map(|one| trimmed(one, text)).collect(),
        found.iter().map(|one| trimmed(one, text)).collect(),
    );
    let mut all = Vec::new();
    for (at, (start, end)) in gold.iter().enumerate() {
        for (other, (from, to)) in found.iter().enumerate() {
            let overlap = (*end).min(*to).saturating_sub((*start).max(*from));
            if overlap > 0 {
                let exact = (start, end) == (from, to);
                all.push((!exact, std::cmp::Reverse(overlap), at, other));
            }
        }
    }
    all.sort();
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut out = Vec::new();
    for (loose, _, at, other) in all {
        if !used_gold[at] && !used_found[other] {
            used_gold[at] = true;
            used_found[other] = true;
            out.push((at, other, !loose));
        }
    }
    out
}

fn report(path: &Path, scored: &[Scored]) {
    let total = sum(scored.iter());
    println!(
        "{}: {} documents, {} gold, {} predicted",
        path.display(),
        scored.len(),
        total.gold,
        total.predicted
    );
    let samples = resampled(scored);
    for (index, name) in NAMES.iter().enumerate() {
        let hits = total.hits[index] as f64;
        let (p, r) = (hits / total.predicted.max(1) as f64, hits / total.gold.max(1) as f64);
        let mut values: Vec<f64> = samples.iter().map(|sample| f1(sample, index)).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share) as usize];
        println!(
            "  {name:8} P {:5.1}  R {:5.1}  F1 {:5.1}  [{:.1}, {:.1}]",
            100.0 * p,
            100.0 * r,
            f1(&total, index),
            at(0.025),
            at(0.975)
        );
    }
}

fn sum<'a>(scored: impl Iterator<Item = &'a Scored>) -> Scored {
    scored.fold(Scored::default(), |mut all, one| {
        all.gold += one.gold;
        all.predicted += one.predicted;
        all.hits.iter_mut().zip(one.hits).for_each(|(all, one)| *all += one);
        all
    })
}

/// F1 in per cent.
fn f1(scored: &Scored, index: usize) -> f64 {
    200.0 * scored.hits[index] as f64 / (scored.gold + scored.predicted).max(1) as f64
}

/// Totals of [`SAMPLES`] resamples of the documents, by a generator with a fixed seed, so
/// that a figure is the same wherever it is made (Marsaglia 2003, xorshift64).
fn resampled(scored: &[Scored]) -> Vec<Scored> {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % scored.len().max(1) as u64) as usize
    };
    (0..SAMPLES).map(|_| sum((0..scored.len()).map(|_| &scored[next()]))).collect()
}
