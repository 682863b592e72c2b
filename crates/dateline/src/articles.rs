//! Articles as records: one `{ "id", "date", "text" }` a line.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use dateline_model::Moment;
use dateline_pipeline::article::Article;
use dateline_text::TextRange;
use serde_json::Value;

use crate::Outcome;

/// The articles of `inputs`, sorted by id so that their order does not matter. A line that
/// cannot be read is told and left out; an error where none can be read. `dated` says
/// whether an article without a date cannot be read.
pub(crate) fn read(inputs: &[PathBuf], dated: bool) -> Result<(Vec<Article>, Outcome)> {
    let (mut articles, mut outcome) = (Vec::new(), Outcome::Done);
    for path in inputs {
        read_file(path, dated, &mut articles, &mut outcome)?;
    }
    if articles.is_empty() {
        bail!("no article could be read; a line is {{ \"id\", \"date\", \"text\" }}");
    }
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok((articles, outcome))
}

fn read_file(
    path: &Path,
    dated: bool,
    articles: &mut Vec<Article>,
    outcome: &mut Outcome,
) -> Result<()> {
    let reader: Box<dyn BufRead> = if path.as_os_str() == dateline::inputs::STDIN {
        Box::new(io::stdin().lock())
    } else {
        let file = std::fs::File::open(path);
        Box::new(io::BufReader::new(
            file.with_context(|| format!("failed to open {}", path.display()))?,
        ))
    };
    for (number, line) in reader.split(b'\n').enumerate() {
        let line = line.with_context(|| format!("failed to read {}", path.display()))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match article(&line, dated) {
            Ok(article) => articles.push(article),
            Err(error) => {
                crate::warn(&format!("{}:{}: {error:#}\n", path.display(), number + 1));
                *outcome = Outcome::Partly;
            }
        }
    }
    Ok(())
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
