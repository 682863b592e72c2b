//! The `dateline` command. Data goes to standard output, everything else to standard
//! error. Exit status: 0 done; 1 done, but some inputs failed or `--strict` found
//! something; 2 wrong usage or nothing could be read.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};
use dateline::build::{Format, Request};
use dateline_export::table::printable;
use dateline_model::{Decision, Moment, Severity};
use dateline_pipeline::{Given, Lexicons, Limits, Options, Selection};

mod articles;
mod cluster;
mod decide;
mod digest;
mod explain;
mod read;
mod tag;

/// Paste the news; get the timeline, with every date traced to the words that say it.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the timeline of files, folders, globs, or `-` for standard input
    Build(BuildArguments),
    /// Show what was read of an input: blocks, headline, dates of publication and reference
    Parse(ParseArguments),
    /// Find date expressions
    Tag(tag::TagArguments),
    /// Show source lines with carets under the words, and the rules that fired
    Explain(explain::ExplainArguments),
    /// Tell a topic from many articles: the days that most of them speak of, with sentences
    Digest(digest::DigestArguments),
    /// Tell which of many articles tell the same story
    Cluster(cluster::ClusterArguments),
    /// Decide something of an event: it holds in every later build
    Decide(decide::DecideArguments),
    /// Print the JSON Schema of a document
    Schema {
        /// The document, or for decisions a line of it
        #[arg(value_parser = dateline_export::schema::NAMES)]
        name: String,
    },
}

#[derive(clap::Args)]
struct BuildArguments {
    /// Files, folders, globs, or `-` for standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    reference: ReferenceArguments,
    /// The folder to write to
    #[arg(long, default_value = "timeline")]
    out: PathBuf,
    /// The documents to write: json, md, html, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "json,md,html", value_parser = read_format)]
    format: Vec<Format>,
    /// Leave out what is not for the public: what `decide hide` withheld, and who decided what
    /// and why
    #[arg(long)]
    public: bool,
    /// Exit with 1 if there is any warning
    #[arg(long)]
    strict: bool,
    /// Names of your own: a tab-separated file of kind (person, organization, place), name,
    /// other names split by `|`, country, latitude, longitude
    #[arg(long, value_name = "FILE")]
    names_file: Option<PathBuf>,
    /// What was decided with `dateline decide`; without it decisions.jsonl in the folder that
    /// is written to, where there is one
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// A folder to keep what was read in, so that the next build reads only what is new; it
    /// may be deleted at any time
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArguments,
    #[command(flatten)]
    selection: SelectionArguments,
}

/// From when to when, and about what.
#[derive(clap::Args)]
struct SpanArguments {
    /// Only what was on or after this day
    #[arg(long, value_name = "DAY")]
    from: Option<Moment>,
    /// Only what was on or before this day
    #[arg(long, value_name = "DAY")]
    to: Option<Moment>,
    /// Only what is told with one of these words
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    about: String,
}

impl SpanArguments {
    /// What was asked for, as documents state it.
    fn stated(&self) -> [(&'static str, Option<String>); 3] {
        let day = |moment: Option<Moment>| moment.map(|moment| moment.day().to_string());
        let about = Some(self.about.clone()).filter(|about| !about.is_empty());
        [("from", day(self.from)), ("to", day(self.to)), ("about", about)]
    }
}

/// Which events to show; what is not shown is set aside as such.
#[derive(clap::Args)]
struct SelectionArguments {
    #[command(flatten)]
    span: SpanArguments,
    /// Only events in which this name takes part or speaks; may be given again for more
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// Only events in this place or country; may be given again for more
    #[arg(long, value_name = "NAME")]
    place: Vec<String>,
    /// Only so many events, the most important ones
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only so many events of one day, the most important ones
    #[arg(long, value_name = "K")]
    per_day: Option<usize>,
}

impl SelectionArguments {
    fn selection(&self, lexicons: &Lexicons) -> Selection {
        let names = |names: &[String]| {
            names.iter().map(|name| dateline_pipeline::asked_name(name)).collect()
        };
        let mut out = Selection::default();
        out.from = self.span.from.map(Moment::day);
        out.to = self.span.to.map(Moment::day);
        out.about = dateline_pipeline::asked_terms(&self.span.about, lexicons);
        out.actors = names(&self.actor);
        out.places = names(&self.place);
        (out.top, out.per_day) = (self.top, self.per_day);
        out
    }

    /// What was asked for, as documents state it.
    fn stated(&self) -> Vec<(&'static str, String)> {
        let list = |names: &[String]| Some(names.join(", ")).filter(|names| !names.is_empty());
        let number = |n: Option<usize>| n.map(|n| n.to_string());
        let all = [
            ("actor", list(&self.actor)),
            ("place", list(&self.place)),
            ("top", number(self.top)),
            ("per_day", number(self.per_day)),
        ];
        let all = self.span.stated().into_iter().chain(all);
        all.filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[derive(clap::Args)]
struct ParseArguments {
    /// A file, or `-` for standard input
    input: PathBuf,
    #[command(flatten)]
    reference: ReferenceArguments,
    #[command(flatten)]
    limits: LimitArguments,
    /// The form of the answer
    #[arg(long, default_value = "json", value_parser = ["json"])]
    format: String,
}

/// The day that relative dates are read against.
#[derive(clap::Args)]
struct ReferenceArguments {
    /// A day (2025-06-03) or time (2025-06-03T14:00+02:00) to read relative dates against
    /// where a page prints none
    #[arg(long, value_name = "WHEN")]
    reference: Option<Moment>,
    /// The same, whatever the page prints
    #[arg(long, value_name = "WHEN", conflicts_with = "reference")]
    force_reference: Option<Moment>,
}

impl ReferenceArguments {
    fn given(&self) -> Given {
        match (self.force_reference, self.reference) {
            (Some(moment), _) => Given::Force(moment),
            (None, Some(moment)) => Given::FillIn(moment),
            (None, None) => Given::No,
        }
    }
}

/// How much is read of an input before it is refused.
#[derive(clap::Args)]
struct LimitArguments {
    /// The most bytes that one page, feed, message or member of an archive may have
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().max_bytes)]
    max_bytes: u64,
    /// How many times its size an input may unpack to
    #[arg(long, value_name = "TIMES", default_value_t = Limits::default().max_ratio)]
    max_ratio: u64,
    /// How many archives may lie within each other
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().max_depth)]
    max_depth: u32,
}

impl LimitArguments {
    fn limits(&self) -> Limits {
        let Self { max_bytes, max_ratio, max_depth } = *self;
        Limits { max_bytes, max_ratio, max_depth }
    }
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Done, but something failed on the way.
    Partly,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Build(arguments) => build(&arguments),
        Command::Parse(arguments) => parse(&arguments),
        Command::Tag(arguments) => tag::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
        Command::Cluster(arguments) => cluster::run(&arguments),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Schema { name } => schema(&name),
    };
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        // Whoever reads our output has read enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{}", printable(&format!("dateline: {error:#}")));
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind == Some(io::ErrorKind::BrokenPipe) || json == Some(io::ErrorKind::BrokenPipe)
    })
}

fn read_format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| format!("no format `{name}`; there are json, md and html"))
}

/// The tables, with names of the user's own where a file holds some.
fn lexicons(names: Option<&std::path::Path>) -> Result<Lexicons> {
    let Some(path) = names else { return Ok(Lexicons::english()) };
    let own = std::fs::read_to_string(path)
        .with_context(|| format!("failed to read {}", path.display()))?;
    Lexicons::with_names(&own).with_context(|| format!("{} cannot be used", path.display()))
}

fn build(arguments: &BuildArguments) -> Result<Outcome> {
    let lexicons = lexicons(arguments.names_file.as_deref())?;
    let (decisions, wrong) = decisions(arguments)?;
    let found = dateline::inputs::expand(&arguments.inputs);
    read::warn_of(&found);
    let request = Request {
        decisions,
        limits: arguments.limits.limits(),
        known: found.known,
        cache: arguments.cache.clone(),
        given: arguments.reference.given(),
        formats: arguments.format.clone(),
        out: arguments.out.clone(),
        public: arguments.public,
        selection: arguments.selection.selection(&lexicons),
        selected: arguments.selection.stated(),
    };
    let built = dateline::build::build(found.inputs, &lexicons, &request)?;
    warn(&dateline::build::report(&built, width()));
    let warnings = built.timeline.diagnostics.iter();
    let warnings: Vec<_> =
        warnings.filter(|(_, told)| told.severity == Severity::Warning).collect();
    for (source, told) in &warnings {
        let label = built.timeline.sources.iter().find(|known| known.id == *source);
        let label = label.map_or("", |known| known.label.as_str());
        warn(&format!("{}\n", printable(&format!("{label}: {}", told.message))));
    }
    for decided in &built.timeline.decisions {
        if let Some(message) = &decided.message {
            let (line, name) = (decided.decision.line, decided.decision.action.name());
            warn(&format!(
                "{}\n",
                printable(&format!("decision in line {line}, {name}: {message}"))
            ));
        }
    }
    if built.timeline.sources.is_empty() {
        bail!("nothing could be read; see the lines above");
    }
    let lost = built.timeline.decisions.iter().any(|decided| decided.event.is_none());
    let hide = |decided: &dateline_model::Decided| {
        decided.event.is_none() && decided.decision.action == dateline_model::Action::Hide
    };
    let shown = arguments.public && built.timeline.decisions.iter().any(hide);
    if shown {
        warn(
            "something is to be hidden that matches nothing: what it says may be in the documents\n",
        );
    }
    let strict = arguments.strict && (lost || !warnings.is_empty());
    let failed = !built.timeline.failures.is_empty() || wrong || shown;
    Ok(if failed || strict { Outcome::Partly } else { Outcome::Done })
}

/// The decisions that the build is to keep, and whether a line of their file is none.
fn decisions(arguments: &BuildArguments) -> Result<(Vec<Decision>, bool)> {
    let beside = arguments.out.join(dateline::DECISIONS);
    let path = match &arguments.decisions {
        Some(path) => path,
        None if beside.exists() => &beside,
        None => return Ok((Vec::new(), false)),
    };
    let text = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    // A line that is no UTF-8 costs only itself: its quote is on no page.
    let text = String::from_utf8_lossy(&text);
    let (decisions, wrong) = dateline_export::decisions::read(&text);
    for (line, why) in &wrong {
        warn(&format!("{}\n", printable(&format!("{}:{line}: {why}", path.display()))));
    }
    Ok((decisions, !wrong.is_empty()))
}

fn parse(arguments: &ParseArguments) -> Result<Outcome> {
    let lexicons = Lexicons::english();
    let mut options = Options::default();
    (options.given, options.limits) = (arguments.reference.given(), arguments.limits.limits());
    let mut briefs = read::Briefs::of(&arguments.input, &lexicons, options)?;
    let header = dateline::header(&lexicons, &[]);
    let mut out = BufWriter::new(io::stdout().lock());
    let each = briefs.by_ref().map(|read| (read.label, read.source, read.brief));
    dateline_export::briefs::write(each, &header, &mut out)?;
    out.flush()?;
    Ok(briefs.outcome())
}

fn schema(name: &str) -> Result<Outcome> {
    let schema = dateline_export::schema::of(name);
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    Ok(Outcome::Done)
}

/// Says something to the person. That nobody listens is no error.
fn warn(message: &str) {
    let _ = io::stderr().lock().write_all(message.as_bytes());
}

/// Columns of the terminal, or a usual width.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(120)
}
