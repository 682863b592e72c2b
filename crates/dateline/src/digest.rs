//! `dateline digest`: thousands of articles on one topic, a few sentences for each of the
//! days that matter.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::ValueEnum;
use dateline_export::digest::{Day, Quote};
use dateline_model::Moment;
use dateline_pipeline::Lexicons;
use dateline_pipeline::digest::{Article, Request};
use dateline_text::TextRange;
use serde_json::Value;

use crate::{Outcome, SpanArguments};

/// Tell a topic from many articles: the days that most of them speak of, with sentences
#[derive(clap::Args)]
pub(crate) struct DigestArguments {
    /// Articles, one `{ "id", "date", "text" }` a line (or `"sentences": []` for the text);
    /// files, or `-` for standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// How many days; without it those that stand out
    #[arg(long, value_name = "N")]
    dates: Option<usize>,
    /// How many sentences a day
    #[arg(long, value_name = "K")]
    sentences: Option<usize>,
    #[command(flatten)]
    span: SpanArguments,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    format: DigestFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DigestFormat {
    Text,
    Json,
}

pub(crate) fn run(arguments: &DigestArguments) -> Result<Outcome> {
    let lexicons = Lexicons::english();
    let (mut articles, mut outcome) = (Vec::new(), Outcome::Done);
    for path in &arguments.inputs {
        read(path, &mut articles, &mut outcome)?;
    }
    if articles.is_empty() {
        bail!("no article could be read; a line is {{ \"id\", \"date\", \"text\" }}");
    }
    let mut request = Request::default();
    request.options.dates = arguments.dates;
    request.options.sentences = arguments.sentences;
    request.options.from = arguments.span.from.map(Moment::day);
    request.options.to = arguments.span.to.map(Moment::day);
    request.about.clone_from(&arguments.span.about);
    let (entries, sentences) = dateline_pipeline::digest::digest(&articles, &lexicons, &request);
    let quote = |(at, sentence): (usize, u32)| {
        let (article, range) = (articles.get(at)?, sentences.get(at)?.get(sentence as usize)?);
        Some(Quote {
            article: &article.id,
            published: Moment::Day(article.published.day()),
            sentence,
            start: range.start(),
            end: range.end(),
            text: range.slice(&article.text)?,
        })
    };
    let days: Vec<Day<'_>> = entries
        .into_iter()
        .map(|entry| Day {
            date: Moment::Day(entry.day),
            articles: entry.articles,
            sentences: entry.picks.into_iter().filter_map(quote).collect(),
        })
        .collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        DigestFormat::Text => dateline_export::digest::text(&days, &mut out)?,
        DigestFormat::Json => {
            let header = dateline::header(&lexicons, &options(arguments));
            dateline_export::digest::json(&days, articles.len(), &header, &mut out)?;
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// What was asked for, as the document states it.
fn options(arguments: &DigestArguments) -> Vec<(&'static str, String)> {
    let number = |n: Option<usize>| n.map(|n| n.to_string());
    let all = [("dates", number(arguments.dates)), ("sentences", number(arguments.sentences))];
    let all = all.into_iter().chain(arguments.span.stated());
    all.filter_map(|(name, value)| Some((name, value?))).collect()
}

fn read(path: &Path, articles: &mut Vec<Article>, outcome: &mut Outcome) -> Result<()> {
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
        match article(&line) {
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
fn article(line: &[u8]) -> Result<Article> {
    let row: Value = serde_json::from_slice(line).context("it is no JSON object")?;
    let published = ["date", "published", "reference"].iter().find_map(|key| row[key].as_str());
    let published = published.ok_or_else(|| anyhow!("it has no \"date\""))?.parse::<Moment>()?;
    let id = match &row["id"] {
        Value::String(id) => id.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
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
    Ok(Article { id, published, text, sentences })
}
