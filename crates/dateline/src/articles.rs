//! Articles for `digest` and `cluster`: records of `{ "id", "date", "text" }` a line, and the
//! briefs of inputs of every other form.

use std::io::{self, BufRead};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use dateline::inputs::{Input, STDIN};
use dateline_export::table::printable;
use dateline_model::Moment;
use dateline_pipeline::article::Article;
use dateline_pipeline::{Lexicons, Options, RawInput};
use dateline_text::TextRange;
use rayon::prelude::*;
use serde_json::Value;

use crate::Outcome;
use crate::read::warn_of;

/// The articles of `inputs`, sorted by id so that their order does not matter. What cannot
/// be read is told and left out; an error where nothing can be. `dated` says whether an
/// article without a date cannot be read.
pub(crate) fn read(
    inputs: &[PathBuf],
    dated: bool,
    lexicons: &Lexicons,
) -> Result<(Vec<Article>, Outcome)> {
    let found = dateline::inputs::expand(inputs);
    warn_of(&found);
    let mut options = Options::default();
    options.sources = found.known;
    let read = found.inputs.into_par_iter().map(|input| one(input, dated, lexicons, &options));
    let read: Vec<(Vec<Article>, Vec<String>)> = read.collect();
    let (mut articles, mut outcome) = (Vec::new(), Outcome::Done);
    for (more, wrong) in read {
        articles.extend(more);
        for line in wrong {
            crate::warn(&format!("{}\n", printable(&line)));
            outcome = Outcome::Partly;
        }
    }
    if articles.is_empty() {
        bail!("no article could be read; name pages, or lines of {{ \"id\", \"date\", \"text\" }}");
    }
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok((articles, outcome))
}

/// The articles of one input, and what is wrong with those that cannot be read.
fn one(
    input: Input,
    dated: bool,
    lexicons: &Lexicons,
    options: &Options,
) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut wrong) = (Vec::new(), Vec::new());
    let mut fail = |label: &str, why: &str| wrong.push(format!("failed to read {label}: {why}"));
    let input = match input {
        Ok(input) => input,
        Err(failure) => {
            fail(&failure.label, &failure.reason);
            return (articles, wrong);
        }
    };
    let RawInput { label, hint, reader } = input;
    let mut reader = io::BufReader::with_capacity(HEAD, reader);
    if is_records(&label, hint.as_deref(), &mut reader) {
        records(&label, reader, dated, &mut articles, &mut fail);
        return (articles, wrong);
    }
    let input = RawInput { label, hint, reader: Box::new(reader) };
    for read in dateline_pipeline::date_each(input, lexicons, options.clone()) {
        match read {
            Ok(read) if read.is_foreign() => fail(&read.label, "it is not in English"),
            Ok(read) if read.brief.sentences.is_empty() => fail(&read.label, "it tells nothing"),
            Ok(read) if dated && read.moment().is_none() => {
                let way = "it has no date; give it one in sources.jsonl";
                fail(&read.label, way);
            }
            Ok(read) => articles.push(Article::from(read)),
            Err(failure) => fail(&failure.label, &failure.reason),
        }
    }
    (articles, wrong)
}

/// Bytes of the first line that are looked at.
const HEAD: usize = 1 << 20;

/// Whether an input holds a record a line: by its name, or its first line is one; what is
/// piped, where it begins as one.
fn is_records(label: &str, hint: Option<&str>, reader: &mut dyn BufRead) -> bool {
    if matches!(hint, Some("jsonl" | "ndjson")) {
        return true;
    }
    let head = reader.fill_buf().unwrap_or_default().trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_record = || {
        let row: Value = serde_json::from_slice(first).unwrap_or_default();
        row["text"].is_string() || row["sentences"].is_array()
    };
    head.starts_with(b"{") && (label == STDIN || is_record())
}

fn records(
    label: &str,
    reader: impl BufRead,
    dated: bool,
    articles: &mut Vec<Article>,
    fail: &mut dyn FnMut(&str, &str),
) {
    for (number, line) in reader.split(b'\n').enumerate() {
        let line = match line {
            Ok(line) => line,
            Err(error) => return fail(label, &error.to_string()),
        };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match article(&line, dated) {
            Ok(article) => articles.push(article),
            Err(error) => fail(&format!("{label}:{}", number + 1), &format!("{error:#}")),
        }
    }
}

/// One article. Sentences that are given are joined by line breaks and kept as they are.
fn article(line: &[u8], dated: bool) -> Result<Article> {
    let row: Value = serde_json::from_slice(line).context("it is no JSON object")?;
    let published = ["date", "published", "reference"].iter().find_map(|key| row[key].as_str());
    let published = published.map(str::parse::<Moment>).transpose()?;
    if dated && published.is_none() {
        bail!("it has no \"date\"");
    }
    let (mut text, mut sentences) = (String::new(), Vec::new());
    if let Some(given) = row["sentences"].as_array() {
        for sentence in given.iter().filter_map(Value::as_str) {
            let start = text.len();
            text.push_str(sentence);
            sentences.extend(TextRange::at(start, text.len()));
            text.push('\n');
        }
    } else {
        let given = row["text"].as_str();
        text.push_str(given.ok_or_else(|| anyhow!("it has no \"text\" and no \"sentences\""))?);
    }
    let given = row["mentions"].as_array().into_iter().flatten();
    let mentions = given.map(|mention| self::mention(mention, &text)).collect::<Result<_>>()?;
    Ok(Article { id: id(&row["id"]), published, text, sentences, mentions })
}

/// Words that are known to tell an event: `{ "id", "start", "end" }` in bytes of the text.
fn mention(row: &Value, text: &str) -> Result<(String, TextRange)> {
    let end = |key: &str| row[key].as_u64().and_then(|at| usize::try_from(at).ok());
    let range = end("start").zip(end("end")).and_then(|(start, end)| TextRange::at(start, end));
    let range = range.filter(|range| range.slice(text).is_some_and(|words| !words.is_empty()));
    let id = id(&row["id"]);
    let range = range.ok_or_else(|| anyhow!("the mention `{id}` is no stretch of the text"))?;
    Ok((id, range))
}

fn id(value: &Value) -> String {
    match value {
        Value::String(id) => id.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
