//! `dateline digest`: thousands of articles on one topic, a few sentences for each of the
//! days that matter.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use dateline_export::digest::{Day, Quote};
use dateline_model::Moment;
use dateline_pipeline::Lexicons;
use dateline_pipeline::digest::Request;

use crate::{Outcome, SpanArguments, articles};

/// Tell a topic from many articles: the days that most of them speak of, with sentences
#[derive(clap::Args)]
pub(crate) struct DigestArguments {
    /// Pages, feeds, archives, folders of them; or records, one `{ "id", "date", "text" }` a
    /// line of a `.jsonl` file (or `"sentences": []` for the text); `-` for standard input
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
    let (articles, outcome) = articles::read(&arguments.inputs, true, &lexicons)?;
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
            published: article.published.map(|moment| Moment::Day(moment.day())),
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
