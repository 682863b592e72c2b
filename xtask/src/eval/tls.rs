//! `cargo xtask eval tls PATH…`: timelines of topics against those that newsrooms wrote.
//! Each folder has `articles.jsonl`, `timelines.json` and `keywords.json`. The answers are
//! those of `dateline digest`, as its users see them.
//!
//! Measures of Martschat and Markert (2017): date F1 is that of the sets of days; AR-n is
//! ROUGE-n F1 of days that are aligned many to one (`align+ m:1`): each day goes to the day
//! of the other side where (1 − t)·(1 − R1) is least, with t = 1/(days apart + 1), and what
//! they share counts for t. Words are runs of letters and digits in lower case, not stemmed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::answer;

/// Day → sentences.
type Timeline = BTreeMap<String, Vec<String>>;
type Grams = BTreeMap<Vec<String>, usize>;

/// Prints the figures of each reference timeline and their means; leaves what was
/// predicted in `write`.
pub(super) fn run(binary: &Path, paths: &[PathBuf], write: Option<&Path>) -> Result<()> {
    println!(
        "{:28} {:>5} {:>3}   AR1   AR2   date    own: N   K   AR1   AR2   date",
        "timeline", "N", "K"
    );
    let mut sums = [0.0; 6];
    let mut count = 0.0;
    for path in paths {
        let topic = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let keywords: Vec<String> =
            serde_json::from_value(json_file(&path.join("keywords.json"))?)?;
        for reference in json_file(&path.join("timelines.json"))?.as_array().into_iter().flatten() {
            let source = reference["source"].as_str().unwrap_or("");
            let gold: Timeline = serde_json::from_value(reference["timeline"].clone())?;
            let (Some((first, _)), Some((last, _))) =
                (gold.first_key_value(), gold.last_key_value())
            else {
                continue;
            };
            let sentences: usize = gold.values().map(Vec::len).sum();
            let mean = (sentences as f64 / gold.len() as f64).round().max(1.0) as usize;
            let span =
                ["--from", first, "--to", last, "--about", &keywords.join(" ")].map(String::from);
            let lengths = [
                "--dates".to_string(),
                gold.len().to_string(),
                "--sentences".to_string(),
                mean.to_string(),
            ];
            let articles = path.join("articles.jsonl");
            let with_gold = predict(binary, &articles, span.iter().chain(&lengths))?;
            let own = predict(binary, &articles, span.iter())?;
            let figures: Vec<f64> =
                [&with_gold, &own].into_iter().flat_map(|told| measure(told, &gold)).collect();
            let most = own.values().map(Vec::len).max().unwrap_or(0);
            print!("{source:28} {:>5} {mean:>3}  ", gold.len());
            for (at, figure) in figures.iter().enumerate() {
                if at == 3 {
                    print!("   {:>6} {most:>3}  ", own.len());
                }
                print!(" {figure:.3}");
                if let Some(sum) = sums.get_mut(at) {
                    *sum += figure;
                }
            }
            println!();
            count += 1.0;
            if let Some(folder) = write {
                save(folder, &topic, source, &with_gold)?;
                save(&folder.join("own"), &topic, source, &own)?;
            }
        }
    }
    let mean = |at: usize| sums.get(at).copied().unwrap_or(0.0) / f64::max(count, 1.0);
    println!(
        "{:28} {:>5} {:>3}   {:.3} {:.3} {:.3}   {:>6} {:>3}   {:.3} {:.3} {:.3}",
        "mean",
        "",
        "",
        mean(0),
        mean(1),
        mean(2),
        "",
        "",
        mean(3),
        mean(4),
        mean(5)
    );
    Ok(())
}

fn json_file(path: &Path) -> Result<Value> {
    let text = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("failed to read {}", path.display()))
}

fn predict<'a>(
    binary: &Path,
    articles: &Path,
    options: impl Iterator<Item = &'a String>,
) -> Result<Timeline> {
    let mut command = Command::new(binary);
    command.arg("digest").arg(articles).args(["--format", "json"]).args(options);
    let document = answer(&mut command)?;
    let mut out = Timeline::new();
    for day in document["days"].as_array().into_iter().flatten() {
        let texts = day["sentences"].as_array().into_iter().flatten();
        let texts = texts.filter_map(|quote| quote["text"].as_str()).map(String::from).collect();
        out.insert(day["date"].as_str().unwrap_or("").to_string(), texts);
    }
    Ok(out)
}

fn save(folder: &Path, topic: &str, source: &str, told: &Timeline) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let document = json!({ "topic": topic, "source": source, "timeline": told });
    let path = folder.join(format!("{source}.json"));
    std::fs::write(&path, serde_json::to_vec_pretty(&document)?)
        .with_context(|| format!("failed to write {}", path.display()))
}

/// AR1, AR2 and date F1.
fn measure(told: &Timeline, gold: &Timeline) -> [f64; 3] {
    let (a, b): (BTreeSet<&String>, BTreeSet<&String>) =
        (told.keys().collect(), gold.keys().collect());
    let hits = a.intersection(&b).count() as f64;
    let date = f1(hits / a.len().max(1) as f64, hits / b.len().max(1) as f64);
    [aligned(told, gold, 1), aligned(told, gold, 2), date]
}

fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

fn grams(sentences: &[String], n: usize) -> Grams {
    let mut out = Grams::new();
    for sentence in sentences {
        let lower = sentence.to_lowercase().replace("-lrb-", " ").replace("-rrb-", " ");
        let words: Vec<String> = lower
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(String::from)
            .collect();
        for gram in words.windows(n) {
            *out.entry(gram.to_vec()).or_default() += 1;
        }
    }
    out
}

fn shared(a: &Grams, b: &Grams) -> f64 {
    a.iter().map(|(gram, count)| (*count).min(b.get(gram).copied().unwrap_or(0))).sum::<usize>()
        as f64
}

fn size(grams: &Grams) -> f64 {
    grams.values().sum::<usize>() as f64
}

/// A day with its n-grams and its single words.
struct Day {
    number: i64,
    grams: Grams,
    words: Grams,
}

fn days(timeline: &Timeline, n: usize) -> Vec<Day> {
    let day = |(date, sentences): (&String, &Vec<String>)| Day {
        number: number(date),
        grams: grams(sentences, n),
        words: grams(sentences, 1),
    };
    timeline.iter().map(day).collect()
}

/// Days since the year 0 of the proleptic Gregorian calendar.
fn number(date: &str) -> i64 {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().unwrap_or(0));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (year, month, day) = (year.unwrap_or(0), month.unwrap_or(1), day.unwrap_or(1));
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
}

fn aligned(told: &Timeline, gold: &Timeline, n: usize) -> f64 {
    let (told, gold) = (days(told, n), days(gold, n));
    f1(side(&told, &gold), side(&gold, &told))
}

/// What part of the n-grams of `from` stands in the days they are aligned to.
fn side(from: &[Day], to: &[Day]) -> f64 {
    let (mut hits, mut all) = (0.0, 0.0);
    for day in from {
        all += size(&day.grams);
        let best = to
            .iter()
            .map(|other| {
                let near = 1.0 / (day.number.abs_diff(other.number) as f64 + 1.0);
                let common = shared(&day.words, &other.words);
                let like =
                    f1(common / size(&day.words).max(1.0), common / size(&other.words).max(1.0));
                ((1.0 - near) * (1.0 - like), near, other)
            })
            .reduce(|best, next| if next.0 < best.0 { next } else { best });
        if let Some((_, near, other)) = best {
            hits += near * shared(&day.grams, &other.grams);
        }
    }
    if all == 0.0 { 0.0 } else { hits / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(days: &[(&str, &str)]) -> Timeline {
        days.iter().map(|(day, text)| (day.to_string(), vec![text.to_string()])).collect()
    }

    /// Worked out by hand: three of four words on the right day; the second day is one day
    /// off, so its four words count half.
    #[test]
    fn aligned_rouge_is_that_of_the_paper() {
        let gold = timeline(&[("2025-01-01", "a b c d"), ("2025-01-10", "e f g h")]);
        let told = timeline(&[("2025-01-01", "a b c x"), ("2025-01-11", "e f g h")]);
        let expected = (3.0 + 0.5 * 4.0) / 8.0;
        assert!((aligned(&told, &gold, 1) - expected).abs() < 1e-9);
        let expected = (2.0 + 0.5 * 3.0) / 6.0;
        assert!((aligned(&told, &gold, 2) - expected).abs() < 1e-9);
        assert_eq!(measure(&told, &gold)[2], 0.5);
        assert_eq!(measure(&gold, &gold), [1.0, 1.0, 1.0]);
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(number("2024-03-01") - number("2024-02-28"), 2);
        assert_eq!(number("2025-03-01") - number("2025-02-28"), 1);
        assert_eq!(number("2000-01-01") - number("1999-12-31"), 1);
    }
}
