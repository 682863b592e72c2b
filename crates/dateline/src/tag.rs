//! `dateline tag`: date expressions of one input, or of one text a line.

use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow};
use clap::ValueEnum;
use dateline_export::tags::{self, Tagged};
use dateline_model::{Moment, Timex};
use dateline_pipeline::{Given, Lexicons, Options, date_each};
use dateline_timex::{Context, Genre};
use serde_json::Value;

use crate::Outcome;
use crate::read::Briefs;

/// Find date expressions
#[derive(clap::Args)]
pub(crate) struct TagArguments {
    /// A file, or `-` for standard input
    input: PathBuf,
    /// The day or time to read relative dates against; without it the input's own serves
    #[arg(long, value_name = "WHEN")]
    reference: Option<Moment>,
    /// How the text tells time
    #[arg(long, value_enum, default_value = "auto")]
    genre: GenreArgument,
    /// Whether a range written as one expression is one entry or two
    #[arg(long, value_enum, default_value = "join")]
    ranges: Ranges,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "text")]
    format: TagFormat,
    /// `text` for one text, `jsonl` for one { "id", "text", "reference" } a line
    #[arg(long, value_enum, default_value = "text")]
    input_format: InputFormat,
    /// Answer the people, organisations and places too
    #[arg(long)]
    names: bool,
    /// Answer the sentences too
    #[arg(long)]
    sentences: bool,
    /// Names of your own: a tab-separated file of kind (person, organization, place), name,
    /// other names split by `|`, country, latitude, longitude
    #[arg(long, value_name = "FILE")]
    names_file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GenreArgument {
    Auto,
    News,
    Narrative,
    Colloquial,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Ranges {
    Join,
    Split,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TagFormat {
    Text,
    Json,
    Jsonl,
    Timeml,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    Text,
    Jsonl,
}

pub(crate) fn run(arguments: &TagArguments) -> Result<Outcome> {
    let lexicons = crate::lexicons(arguments.names_file.as_deref())?;
    match arguments.input_format {
        InputFormat::Text => tag_one(arguments, &lexicons),
        InputFormat::Jsonl => tag_lines(arguments, &lexicons),
    }
}

fn tag_one(arguments: &TagArguments, lexicons: &Lexicons) -> Result<Outcome> {
    let given = arguments.reference.map_or(Given::No, Given::Force);
    let mut options = Options::default();
    options.given = given;
    let each = if arguments.names { dateline_pipeline::read_each } else { date_each };
    let mut briefs = Briefs::of(&arguments.input, lexicons, options, each)?;
    let header = dateline::header(lexicons, &[]);
    let mut out = BufWriter::new(io::stdout().lock());
    for read in briefs.by_ref() {
        let (text, reference) = (read.source.text(), read.brief.reference.moment);
        let context = context(arguments, reference);
        let dates = ranges(arguments, dateline_pipeline::tag(&read, &context, lexicons));
        let (sentences, names) = (read.sentences(), read.names());
        let tagged = Tagged {
            text,
            reference,
            dates: &dates,
            names: arguments.names.then_some(&names),
            sentences: arguments.sentences.then_some(&sentences),
        };
        match arguments.format {
            TagFormat::Text => tags::text(tagged, &mut out)?,
            TagFormat::Json => tags::json(tagged, &header, &mut out)?,
            TagFormat::Jsonl => tags::jsonl(tagged, &mut out)?,
            TagFormat::Timeml => tags::timeml(tagged, &mut out)?,
        }
    }
    out.flush()?;
    Ok(briefs.outcome())
}

fn context(arguments: &TagArguments, reference: Option<Moment>) -> Context {
    Context::new(reference).with_genre(match arguments.genre {
        GenreArgument::Auto => Genre::Auto,
        GenreArgument::News => Genre::News,
        GenreArgument::Narrative => Genre::Narrative,
        GenreArgument::Colloquial => Genre::Colloquial,
    })
}

/// Ranges as one entry or two. TimeML has no ranges.
fn ranges(arguments: &TagArguments, dates: Vec<Timex>) -> Vec<Timex> {
    if arguments.ranges == Ranges::Split || arguments.format == TagFormat::Timeml {
        dateline_timex::split_ranges(dates)
    } else {
        dates
    }
}

/// One answer a line, in order, each as soon as its line was read.
fn tag_lines(arguments: &TagArguments, lexicons: &Lexicons) -> Result<Outcome> {
    let mut reader: Box<dyn BufRead> = if arguments.input.as_os_str() == dateline::inputs::STDIN {
        Box::new(io::stdin().lock())
    } else {
        let file = std::fs::File::open(&arguments.input)
            .with_context(|| format!("failed to open {}", arguments.input.display()))?;
        Box::new(io::BufReader::new(file))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut line, mut number, mut outcome) = (Vec::new(), 0, Outcome::Done);
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match read_line(&line) {
            Ok((id, text, reference)) => {
                let reference = reference.or(arguments.reference);
                let context = context(arguments, reference);
                let dates = dateline_timex::tag(&text, &context, &lexicons.timex);
                let dates = ranges(arguments, dates);
                let sentences = match arguments.names || arguments.sentences {
                    true => dateline_pipeline::sentences(&text, lexicons),
                    false => Vec::new(),
                };
                let names = match arguments.names {
                    true => dateline_pipeline::names(&text, &sentences, lexicons),
                    false => Vec::new(),
                };
                let tagged = Tagged {
                    text: &text,
                    reference,
                    dates: &dates,
                    names: arguments.names.then_some(&names),
                    sentences: arguments.sentences.then_some(&sentences),
                };
                tags::line(&id, tagged, &mut out)?;
                out.flush()?;
            }
            Err(error) => {
                crate::warn(&format!("line {number}: {error:#}\n"));
                outcome = Outcome::Partly;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn read_line(line: &[u8]) -> Result<(Value, String, Option<Moment>)> {
    let row: Value = serde_json::from_slice(line).context("it is no JSON object")?;
    let text = row.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| anyhow!("it has no \"text\""))?.to_string();
    let reference = match row.get("reference") {
        None | Some(Value::Null) => None,
        Some(Value::String(reference)) => Some(reference.parse::<Moment>()?),
        Some(other) => return Err(anyhow!("its \"reference\" is no date: {other}")),
    };
    Ok((row.get("id").cloned().unwrap_or(Value::Null), text, reference))
}
