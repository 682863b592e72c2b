//! `cargo xtask eval html PATH…`: how well pages of HTML are read, by the measures of
//! `pages.py`: body by shingles of four words, headline, standfirst, section headings and
//! the day of publication, with bootstrap intervals over pages. Each folder holds
//! `gold.jsonl` and its pages, gzipped or not; the answers are those of `dateline parse`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::answer;

/// What to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Print what was missed of each page.
    pub errors: bool,
    /// Score every second page only: 0 the first, third …, 1 the second, fourth ….
    pub half: Option<usize>,
}

/// Kinds of blocks that are the body.
const BODY: [&str; 6] = ["deck", "paragraph", "bullet", "heading", "quote", "table"];
/// Words of a shingle.
const SHINGLE: usize = 4;

/// Scores what the command at `binary` answers for the pages of each of `paths`.
pub fn run(binary: &Path, paths: &[PathBuf], options: Options) -> Result<()> {
    println!("{:16} {:>5}  {:22} {:>6}  95%", "pages", "gold", "measure", "score");
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let gold = std::fs::read_to_string(path.join("gold.jsonl"))
            .with_context(|| format!("failed to read {}", path.join("gold.jsonl").display()))?;
        let rows = gold.lines().filter(|line| !line.trim().is_empty()).enumerate();
        let rows = rows.filter(|(at, _)| options.half.is_none_or(|half| at % 2 == half));
        let scores = rows
            .map(|(_, line)| page(binary, path, &serde_json::from_str(line)?, options))
            .collect::<Result<Vec<Score>>>()?;
        report(&name.unwrap_or_default(), &scores);
    }
    Ok(())
}

/// The counts of one page: for each measure a hit, over how many.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    precision: f64,
    recall: f64,
    headline: Option<bool>,
    deck: Option<bool>,
    day: Option<bool>,
    /// Headings of the gold, ours, and both.
    headings: [usize; 3],
}

fn page(binary: &Path, folder: &Path, gold: &Value, options: Options) -> Result<Score> {
    let file = gold["file"].as_str().unwrap_or_default();
    let page = unpacked(&folder.join(file))?;
    let read = answer(Command::new(binary).args(["parse", "--format", "json"]).arg(page.path()))?;
    let brief = &read["briefs"][0];
    let blocks = brief["blocks"].as_array().map_or(&[][..], Vec::as_slice);
    let text = |block: &Value| block["text"].as_str().unwrap_or_default().to_string();
    let of_body = |block: &&Value| block["kind"].as_str().is_some_and(|k| BODY.contains(&k));
    let body: Vec<String> = blocks.iter().filter(of_body).map(text).collect();
    let (precision, recall) = overlap(&body.join("\n"), &body_of(gold));
    let mut score = Score { precision, recall, ..Score::default() };
    let told = |name: &str| fold(brief[name].as_str().unwrap_or_default());
    if let Some(title) = gold["title"].as_str().filter(|title| !title.is_empty()) {
        score.headline = Some(told("headline") == fold(title));
    }
    let day = gold["date"].as_str().map(|date| date.get(..10).unwrap_or(date));
    let ours = brief["published"].as_str().map(|day| day.get(..10).unwrap_or(day));
    score.day = day.map(|day| ours == Some(day));
    let summary = fold(&strings(&gold["body"]["summary"]).join(" "));
    if !summary.is_empty() {
        let (precision, recall) = overlap(&told("deck"), &summary);
        score.deck = Some(f1(precision, recall) >= 0.8 || told("deck") == summary);
    }
    if gold["body"].is_object() {
        let headings = blocks.iter().filter(|block| block["kind"] == "heading").map(text);
        let headings: Vec<String> = headings.map(|heading| fold(&heading)).collect();
        let wanted = sections(gold, "headline").iter().map(|h| fold(h)).collect::<Vec<_>>();
        score.headings = [wanted.len(), headings.len(), common(&wanted, &headings)];
    }
    if options.errors {
        println!("{file}\tbody P {precision:.2} R {recall:.2}");
        let miss = |hit: Option<bool>, name: &str, gold: &str, ours: &str| {
            if hit == Some(false) {
                println!("{file}\t{name}: {gold} | {ours}");
            }
        };
        let title = gold["title"].as_str().unwrap_or_default();
        miss(score.headline, "headline", &fold(title), &told("headline"));
        miss(score.day, "day", day.unwrap_or_default(), ours.unwrap_or_default());
        miss(score.deck, "standfirst", &summary, &told("deck"));
    }
    Ok(score)
}

/// The page as a file of its own that the command reads.
fn unpacked(path: &Path) -> Result<tempfile::NamedTempFile> {
    let raw = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    let mut page = Vec::new();
    if raw.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut page)?;
    } else {
        page = raw;
    }
    let mut file = tempfile::Builder::new().suffix(".html").tempfile()?;
    std::io::Write::write_all(&mut file, &page)?;
    Ok(file)
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|item| item.as_str().map(str::to_string)).collect()
}

fn sections(gold: &Value, field: &str) -> Vec<String> {
    let list = gold["body"]["sections"].as_array().map_or(&[][..], Vec::as_slice);
    list.iter().flat_map(|section| strings(&section[field])).collect()
}

fn body_of(gold: &Value) -> String {
    if let Some(body) = gold["articleBody"].as_str() {
        return body.to_string();
    }
    let mut parts = strings(&gold["body"]["summary"]);
    let list = gold["body"]["sections"].as_array().map_or(&[][..], Vec::as_slice);
    for section in list {
        parts.extend(strings(&section["headline"]));
        parts.extend(strings(&section["paragraphs"]));
    }
    parts.join("\n")
}

/// `text` with its white space folded.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut out = BTreeMap::new();
    if words.is_empty() {
        return out;
    }
    for at in 0..(words.len() + 1).saturating_sub(SHINGLE).max(1) {
        let end = words.len().min(at + SHINGLE);
        *out.entry(words.get(at..end).unwrap_or_default().to_vec()).or_default() += 1;
    }
    out
}

/// Precision and recall of the shingles of `ours`.
fn overlap(ours: &str, gold: &str) -> (f64, f64) {
    let (ours, gold) = (shingles(ours), shingles(gold));
    let count = |of: &BTreeMap<Vec<&str>, usize>| of.values().sum::<usize>();
    let both: usize = ours.iter().map(|(k, n)| gold.get(k).map_or(0, |of| *of.min(n))).sum();
    let share = |of: usize| if of > 0 { both as f64 / of as f64 } else { 0.0 };
    (share(count(&ours)), share(count(&gold)))
}

/// How many of `ours` are in `gold`, each once.
fn common(gold: &[String], ours: &[String]) -> usize {
    let mut left: Vec<&String> = gold.iter().collect();
    let taken = ours.iter().filter(|heading| match left.iter().position(|l| l == heading) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    });
    taken.count()
}

fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}

/// A measure over pages: its name and how it is made; `None` where no page has it.
type Measure = (&'static str, fn(&[Score]) -> Option<f64>);

const MEASURES: [Measure; 7] = [
    ("body precision", |scores| mean(scores.iter().map(|s| s.precision))),
    ("body recall", |scores| mean(scores.iter().map(|s| s.recall))),
    ("body F1", |scores| {
        let precision = mean(scores.iter().map(|s| s.precision))?;
        Some(f1(precision, mean(scores.iter().map(|s| s.recall))?))
    }),
    ("headline exact", |scores| rate(scores.iter().map(|s| s.headline))),
    ("standfirst found", |scores| rate(scores.iter().map(|s| s.deck))),
    ("section headings F1", |scores| {
        let sum = |at: usize| scores.iter().filter_map(|s| s.headings.get(at)).sum::<usize>();
        let all = sum(0) + sum(1);
        (sum(0) > 0).then(|| 2.0 * sum(2) as f64 / all as f64)
    }),
    ("publication day exact", |scores| rate(scores.iter().map(|s| s.day))),
];

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0usize);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / count as f64)
}

fn rate(hits: impl Iterator<Item = Option<bool>>) -> Option<f64> {
    mean(hits.flatten().map(|hit| f64::from(u8::from(hit))))
}

fn report(name: &str, scores: &[Score]) {
    let samples = bootstrap(scores);
    for (measure, of) in MEASURES {
        let Some(score) = of(scores) else { continue };
        let mut drawn: Vec<f64> = samples.iter().filter_map(|sample| of(sample)).collect();
        drawn.sort_by(f64::total_cmp);
        let edge = |part: f64| {
            drawn.get((part * drawn.len() as f64) as usize).copied().unwrap_or_default()
        };
        let (low, high) = (edge(0.025), edge(0.975));
        println!("{name:16} {:5}  {measure:22} {score:6.3}  {low:.3}–{high:.3}", scores.len());
    }
}

/// A thousand draws of as many pages, the same every time.
fn bootstrap(scores: &[Score]) -> Vec<Vec<Score>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = move |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % n.max(1)
    };
    let mut sample = || {
        let drawn = (0..scores.len()).filter_map(|_| scores.get(draw(scores.len())).copied());
        drawn.collect::<Vec<_>>()
    };
    (0..1000).map(|_| sample()).collect()
}
