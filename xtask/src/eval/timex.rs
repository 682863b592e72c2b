//! `cargo xtask eval timex PATH…`: how well dates are found and read, by the measures of
//! TempEval-3 task A, with bootstrap intervals over documents. It reads corpora of
//! `{ "id", "text", "reference", "gold": [{ "start", "end", "type", "value" }] }` a line;
//! a gold with bounds (`earliest`, `latest`) is also judged by them. The answers are those
//! of `dateline tag`, as its users see them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

/// What to do.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Print each miss: gold | ours | class.
    pub errors: bool,
    /// The genre, as the command has it; told from the text where `None`.
    pub genre: Option<String>,
    /// Keep a range as one mention: as probes have it, not corpora.
    pub join: bool,
}

/// Scores what the command at `binary` answers for each of `paths`.
pub fn run(binary: &Path, paths: &[PathBuf], options: &Options) -> Result<()> {
    println!(
        "{:16} {:>5} {:>5} {:>5}  measure  P      R      F1     95%",
        "corpus", "docs", "gold", "ours"
    );
    for path in paths {
        one(binary, path, options)?;
    }
    Ok(())
}

fn one(binary: &Path, path: &Path, options: &Options) -> Result<()> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("failed to read {}", path.display()))?;
    let mut rows: Vec<Value> = Vec::new();
    for (line, row) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = serde_json::from_str(row);
        rows.push(row.with_context(|| format!("failed to read {}:{}", path.display(), line + 1))?);
    }
    let answers = answers(binary, &rows, options)?;
    let mut misses = Vec::new();
    let counts: Vec<Count> = rows
        .iter()
        .zip(&answers)
        .map(|(row, answer)| Document::read(row, answer).count(&mut misses))
        .collect();
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    report(&name.unwrap_or_default(), &counts);
    if options.errors {
        let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
        for miss in &misses {
            println!("{}", miss.line);
            *classes.entry(miss.class).or_default() += 1;
        }
        println!("misses: {classes:?}");
    }
    Ok(())
}

/// What the command answers for each of `rows`, in their order.
fn answers(binary: &Path, rows: &[Value], options: &Options) -> Result<Vec<Value>> {
    let mut command = Command::new(binary);
    command.args(["tag", "-", "--input-format", "jsonl", "--format", "jsonl", "--ranges"]);
    command.arg(if options.join { "join" } else { "split" });
    if let Some(genre) = &options.genre {
        command.args(["--genre", genre]);
    }
    let mut input = String::new();
    for row in rows {
        let (id, text, reference) = (&row["id"], &row["text"], &row["reference"]);
        input.push_str(&json!({ "id": id, "text": text, "reference": reference }).to_string());
        input.push('\n');
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("failed to start {}", binary.display()))?;
    let stdin = child.stdin.take();
    // The command answers while it reads: one thread to feed it, one to hear it.
    let feeder = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input.as_bytes()))
    });
    let output = child.wait_with_output()?;
    if let Ok(fed) = feeder.join() {
        fed.context("failed to hand the corpus over")?;
    }
    if !output.status.success() {
        bail!("{} tag failed: {}", binary.display(), output.status);
    }
    let answers = String::from_utf8(output.stdout)?;
    let answers: Vec<Value> =
        answers.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    if answers.len() != rows.len() {
        bail!("{} answers for {} texts", answers.len(), rows.len());
    }
    Ok(answers)
}

/// One gold or found mention.
#[derive(Clone, Debug, Default)]
struct Mention {
    start: usize,
    end: usize,
    kind: String,
    value: String,
    earliest: Option<String>,
    latest: Option<String>,
}

struct Document {
    id: String,
    text: String,
    gold: Vec<Mention>,
    ours: Vec<Mention>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    gold: usize,
    ours: usize,
    /// Strict, relaxed, type, value, bounds.
    hits: [usize; 5],
}

const MEASURES: [&str; 5] = ["strict", "relaxed", "type", "value", "bounds"];

struct Miss {
    class: &'static str,
    line: String,
}

impl Document {
    fn read(row: &Value, answer: &Value) -> Self {
        let mentions = |list: &Value| list.as_array().into_iter().flatten().map(mention).collect();
        Self {
            id: row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_string),
            text: row["text"].as_str().unwrap_or_default().to_string(),
            gold: mentions(&row["gold"]),
            ours: mentions(&answer["dates"]),
        }
    }

    /// Pairs gold with ours one to one, the same spans first, then the longest overlap.
    fn pairs(&self) -> Vec<(usize, usize, bool)> {
        let trim = |mention: &Mention| trim(&self.text, mention.start, mention.end);
        let gold: Vec<_> = self.gold.iter().map(trim).collect();
        let ours: Vec<_> = self.ours.iter().map(trim).collect();
        let mut all = Vec::new();
        for (i, a) in gold.iter().enumerate() {
            for (j, b) in ours.iter().enumerate() {
                let overlap = a.1.min(b.1).saturating_sub(a.0.max(b.0));
                if overlap > 0 {
                    all.push((a != b, usize::MAX - overlap, i, j));
                }
            }
        }
        all.sort_unstable();
        let (mut used_gold, mut used_ours) = (vec![false; gold.len()], vec![false; ours.len()]);
        let mut out = Vec::new();
        for (differs, _, i, j) in all {
            if !used_gold[i] && !used_ours[j] {
                (used_gold[i], used_ours[j]) = (true, true);
                out.push((i, j, !differs));
            }
        }
        out
    }

    fn count(&self, misses: &mut Vec<Miss>) -> Count {
        let mut count = Count { gold: self.gold.len(), ours: self.ours.len(), hits: [0; 5] };
        let pairs = self.pairs();
        for &(i, j, same) in &pairs {
            let (gold, ours) = (&self.gold[i], &self.ours[j]);
            let bounded = gold.earliest.is_some() || gold.latest.is_some();
            let bounds =
                same_day(&gold.earliest, &ours.earliest) && same_day(&gold.latest, &ours.latest);
            let right = [
                same,
                true,
                gold.kind == ours.kind,
                gold.value == ours.value,
                if bounded { bounds } else { gold.value == ours.value },
            ];
            for (hits, right) in count.hits.iter_mut().zip(right) {
                *hits += usize::from(right);
            }
            if !right[3] {
                misses.push(self.miss("value", Some(gold), Some(ours)));
            } else if !same {
                misses.push(self.miss("span", Some(gold), Some(ours)));
            }
        }
        for (i, gold) in self.gold.iter().enumerate() {
            if !pairs.iter().any(|(used, _, _)| *used == i) {
                misses.push(self.miss("missed", Some(gold), None));
            }
        }
        for (j, ours) in self.ours.iter().enumerate() {
            if !pairs.iter().any(|(_, used, _)| *used == j) {
                misses.push(self.miss("false", None, Some(ours)));
            }
        }
        count
    }

    fn miss(&self, class: &'static str, gold: Option<&Mention>, ours: Option<&Mention>) -> Miss {
        let show = |mention: Option<&Mention>| {
            mention.map_or_else(String::new, |mention| {
                let words = self.text.get(mention.start..mention.end).unwrap_or("?");
                format!("{} {}", words.replace('\n', " "), mention.value)
            })
        };
        let line = format!("{}\t{} | {} | {class}", self.id, show(gold), show(ours));
        Miss { class, line }
    }
}

/// Bounds agree where they name one moment, or one names the day of the other.
fn same_day(gold: &Option<String>, ours: &Option<String>) -> bool {
    match (gold, ours) {
        (Some(gold), Some(ours)) => gold == ours || gold.get(..10) == ours.get(..10),
        (gold, ours) => gold.is_none() && ours.is_none(),
    }
}

fn mention(row: &Value) -> Mention {
    let text = |key: &str| row[key].as_str().map(str::to_string);
    let number = |key: &str| row[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    Mention {
        start: number("start"),
        end: number("end"),
        kind: text("type").unwrap_or_default(),
        value: text("value").unwrap_or_default(),
        earliest: text("earliest"),
        latest: text("latest"),
    }
}

/// A span without the white space and punctuation at its ends.
fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let outer = |byte: &u8| b" \t\r\n.,;:!?\"'()[]`".contains(byte);
    let words = text.as_bytes().get(start..end).unwrap_or_default();
    let front = words.iter().take_while(|byte| outer(byte)).count();
    let back = words.iter().rev().take_while(|byte| outer(byte)).count();
    (start + front, end.saturating_sub(back).max(start + front))
}

fn f1(hits: usize, count: Count) -> f64 {
    let sum = count.gold + count.ours;
    if sum == 0 { 0.0 } else { 200.0 * hits as f64 / sum as f64 }
}

fn total(counts: impl Iterator<Item = Count>) -> Count {
    counts.fold(Count::default(), |mut sum, one| {
        sum.gold += one.gold;
        sum.ours += one.ours;
        for (sum, one) in sum.hits.iter_mut().zip(one.hits) {
            *sum += one;
        }
        sum
    })
}

fn report(name: &str, counts: &[Count]) {
    let all = total(counts.iter().copied());
    let samples = bootstrap(counts);
    for (at, measure) in MEASURES.iter().enumerate() {
        let mut scores: Vec<f64> = samples.iter().map(|count| f1(count.hits[at], *count)).collect();
        scores.sort_by(f64::total_cmp);
        let edge = |part: f64| {
            scores.get((part * scores.len() as f64) as usize).copied().unwrap_or_default()
        };
        let share = |of: usize| 100.0 * all.hits[at] as f64 / of.max(1) as f64;
        println!(
            "{name:16} {:5} {:5} {:5}  {measure:8} {:5.2}  {:5.2}  {:5.2}  {:5.2}–{:5.2}",
            counts.len(),
            all.gold,
            all.ours,
            share(all.ours),
            share(all.gold),
            f1(all.hits[at], all),
            edge(0.025),
            edge(0.975),
        );
    }
}

/// A thousand draws of as many documents, the same every time.
fn bootstrap(counts: &[Count]) -> Vec<Count> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = move |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % n.max(1)
    };
    (0..1000)
        .map(|_| total((0..counts.len()).filter_map(|_| counts.get(draw(counts.len())).copied())))
        .collect()
}
