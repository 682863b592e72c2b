//! The `dateline` command. Data goes to standard output, everything else to standard
//! error. Exit status: 0 done; 1 done, but some inputs failed or `--strict` found
//! something; 2 wrong usage or nothing could be read.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;
use dateline::build::Request;
use dateline::bundle::Case;
use dateline_export::Format;
use dateline_export::table::printable;
use dateline_model::{Decision, EventKind, Moment, Severity};
use dateline_pipeline::{Given, Lexicons, Limits, Options, Selection, date_each};

mod articles;
mod cluster;
mod decide;
mod digest;
mod edited;
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
    Build(Box<BuildArguments>),
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
    /// Print the completions of a shell, for its folder of them
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    Man {
        /// The folder
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
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
    #[command(flatten)]
    documents: DocumentArguments,
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

/// Which documents to write, and what they say of themselves.
#[derive(clap::Args)]
struct DocumentArguments {
    /// The documents to write, separated by commas: json, jsonl, md, html, csv, ics, timelinejs,
    /// csl, atom, jsonfeed, jsonld, geojson, markwhen, mermaid, vis, timeml, annotations, sqlite,
    /// or all
    #[arg(long, value_delimiter = ',', default_value = "json,md,html", value_parser = read_format)]
    format: Vec<Formats>,
    /// The kinds of events that go into a calendar, separated by commas: happened, scheduled,
    /// deadline, background, or all
    #[arg(long, value_delimiter = ',', default_value = "scheduled", value_parser = read_kind)]
    calendar: Vec<Kinds>,
    /// What the timeline is called
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// The language of the documents around the words of the sources (BCP 47)
    #[arg(long, value_name = "TAG", value_parser = read_language)]
    lang: Option<String>,
    /// Put an apostrophe in front of cells of the table that a spreadsheet would take for a
    /// formula
    #[arg(long)]
    csv_guard: bool,
    /// A folder of TimelineJS (the npm package @knight-lab/timelinejs): writes timelinejs.html,
    /// one page that works from disk
    #[arg(long, value_name = "DIR")]
    timelinejs: Option<PathBuf>,
    /// A case folder to write besides: originals, documents and their hashes (a BagIt bag)
    #[arg(long, value_name = "DIR")]
    bundle: Option<PathBuf>,
}

/// One format, or all.
type Formats = Vec<Format>;

/// One kind of event, or all.
type Kinds = Vec<EventKind>;

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
        Command::Completions { shell } => completions(shell),
        Command::Man { out } => man(out.as_deref()),
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

fn read_format(name: &str) -> Result<Formats, String> {
    if name == "all" {
        return Ok(Format::ALL.to_vec());
    }
    if name == "sqlite" && Format::named(name).is_none() {
        let way = "cargo install --path crates/dateline --features sqlite";
        return Err(format!("this program was built without SQLite; build it with `{way}`"));
    }
    let names = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    let format = Format::named(name);
    format.map(|one| vec![one]).ok_or_else(|| format!("no format `{name}`; there are {}", names()))
}

fn read_kind(name: &str) -> Result<Kinds, String> {
    let all = EventKind::ALL;
    if name == "all" {
        return Ok(all.to_vec());
    }
    let names = || all.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    let kind = all.iter().find(|kind| kind.name() == name);
    kind.map(|one| vec![*one]).ok_or_else(|| format!("no kind `{name}`; there are {}", names()))
}

/// A language tag by its form (RFC 5646): subtags of letters and digits.
fn read_language(tag: &str) -> Result<String, String> {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if first && rest { Ok(tag.to_string()) } else { Err("no language tag (en, en-GB)".into()) }
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
    let wanted = &arguments.documents;
    let found = dateline::inputs::expand(&arguments.inputs);
    read::warn_of(&found);
    let request = Request {
        decisions,
        limits: arguments.limits.limits(),
        known: found.known,
        cache: arguments.cache.clone(),
        given: arguments.reference.given(),
        documents: dateline::documents::Choice {
            formats: unique(&wanted.format),
            calendar: unique(&wanted.calendar),
            timelinejs: wanted.timelinejs.clone(),
        },
        out: arguments.out.clone(),
        case: case(arguments)?,
        title: wanted.title.clone(),
        language: wanted.lang.clone(),
        guard_formulas: wanted.csv_guard,
        public: arguments.public,
        selection: arguments.selection.selection(&lexicons),
        selected: arguments.selection.stated(),
    };
    let built = dateline::build::build(found.inputs, &lexicons, request)?;
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

/// Each once, in order of first mention.
fn unique<T: Copy + PartialEq>(lists: &[Vec<T>]) -> Vec<T> {
    let mut out = Vec::new();
    for one in lists.iter().flatten() {
        if !out.contains(one) {
            out.push(*one);
        }
    }
    out
}

/// What goes into a case folder, where one is asked for. What is for the public has no
/// originals: nothing can be withheld from them.
fn case(arguments: &BuildArguments) -> Result<Option<(PathBuf, Case)>> {
    let Some(place) = arguments.documents.bundle.clone() else { return Ok(None) };
    let stdin = std::path::Path::new(dateline::inputs::STDIN);
    if arguments.inputs.iter().any(|input| input == stdin) {
        bail!("a case folder keeps the originals; save standard input to a file, and name that");
    }
    let case = if arguments.public {
        Case::default()
    } else {
        let decisions = decisions_file(arguments).map(std::fs::read).transpose()?;
        Case::new(&arguments.inputs, decisions)?
    };
    Ok(Some((place, case)))
}

/// The file of decisions, where there is one.
fn decisions_file(arguments: &BuildArguments) -> Option<PathBuf> {
    let beside = arguments.out.join(dateline::DECISIONS);
    arguments.decisions.clone().or_else(|| beside.exists().then_some(beside))
}

/// The decisions that the build is to keep, and whether a line of their file is none.
fn decisions(arguments: &BuildArguments) -> Result<(Vec<Decision>, bool)> {
    let Some(path) = decisions_file(arguments) else { return Ok((Vec::new(), false)) };
    let text =
        std::fs::read(&path).with_context(|| format!("failed to read {}", path.display()))?;
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
    let mut briefs = read::Briefs::of(&arguments.input, &lexicons, options, date_each)?;
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

fn completions(shell: Shell) -> Result<Outcome> {
    // Written at once: the generator does not survive a reader that has read enough.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "dateline", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

fn man(out: Option<&std::path::Path>) -> Result<Outcome> {
    match out {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("failed to create the folder {}", folder.display()))?;
            clap_mangen::generate_to(Arguments::command(), folder)
                .with_context(|| format!("failed to write to {}", folder.display()))?;
        }
        None => clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout().lock())?,
    }
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
