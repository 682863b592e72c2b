//! `dateline cluster`: which of many articles tell the same story, and which of the words
//! that are known to tell an event tell the same one.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use dateline_export::clusters::{Event, Story};
use dateline_pipeline::Lexicons;
use dateline_pipeline::cluster::cluster;

use crate::{Outcome, articles};

/// Tell which of many articles tell the same story
#[derive(clap::Args)]
pub(crate) struct ClusterArguments {
    /// Pages, feeds, archives, folders of them; or records, one `{ "id", "date", "text" }` a
    /// line of a `.jsonl` file (or `"sentences": []` for the text; `date` may be left out;
    /// `"mentions": [{ "id", "start", "end" }]` are words that tell an event, in bytes of the
    /// text); `-` for standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// How alike articles of one story are: a mean cosine between 0 and 1
    #[arg(long, value_name = "COSINE", default_value_t = dateline_pipeline::CUT, value_parser = read_cut)]
    cut: f64,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    format: ClusterFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ClusterFormat {
    Text,
    Json,
}

fn read_cut(words: &str) -> Result<f64, String> {
    let cut = words.parse::<f64>().ok().filter(|cut| (0.0..=1.0).contains(cut));
    cut.ok_or_else(|| format!("`{words}` is no number between 0 and 1"))
}

pub(crate) fn run(arguments: &ClusterArguments) -> Result<Outcome> {
    let lexicons = Lexicons::english();
    let (articles, outcome) = articles::read(&arguments.inputs, false, &lexicons)?;
    let found = cluster(&articles, &lexicons, arguments.cut);
    let count = found.stories.iter().max().map_or(0, |last| last + 1);
    let mut stories: Vec<Story<'_>> = vec![Vec::new(); count];
    for (article, story) in articles.iter().zip(&found.stories) {
        if let Some(story) = stories.get_mut(*story) {
            story.push(&article.id);
        }
    }
    let event = |told: &dateline_pipeline::cluster::Mentioned| {
        let article = articles.get(told.article)?;
        let (id, range) = article.mentions.get(told.mention)?;
        Some(Event {
            id,
            article: &article.id,
            text: range.slice(&article.text)?,
            chain: told.chain,
            earliest: told.interval.earliest(),
            latest: told.interval.latest(),
            basis: told.basis.name(),
            placed: told.placed,
        })
    };
    let events: Vec<Event<'_>> = found.mentions.iter().filter_map(event).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        ClusterFormat::Text => dateline_export::clusters::text(&stories, &events, &mut out)?,
        ClusterFormat::Json => {
            let header = dateline::header(&lexicons, &[("cut", arguments.cut.to_string())]);
            dateline_export::clusters::json(&stories, &events, &header, &mut out)?;
        }
    }
    out.flush()?;
    Ok(outcome)
}
