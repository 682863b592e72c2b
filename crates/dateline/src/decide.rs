//! `dateline decide`: writes down what a person decides of an event, so that every later
//! build keeps it.

use std::fs;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Subcommand;
use dateline_export::table::printable;
use dateline_export::{decisions, json};
use dateline_model::{Action, Decision, EventId, Interval, Key, Moment};
use serde_json::Value;

use crate::{Outcome, edited};

/// Decide something of an event: it holds in every later build. To take a decision back,
/// delete its line
#[derive(clap::Args)]
pub(crate) struct DecideArguments {
    #[command(subcommand)]
    choice: Choice,
    /// The timeline that the event is in
    #[arg(long, global = true, value_name = "FILE", default_value = "timeline/timeline.json")]
    timeline: PathBuf,
    /// The file to write to; without it decisions.jsonl beside the timeline, where `build`
    /// looks for it
    #[arg(long, global = true, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Who decides
    #[arg(long, global = true, value_name = "NAME")]
    by: Option<String>,
    /// Why
    #[arg(long, global = true, value_name = "TEXT")]
    note: Option<String>,
    /// Name the event by this citation of it, from 1
    #[arg(long, global = true, value_name = "N")]
    citation: Option<usize>,
}

#[derive(Subcommand)]
enum Choice {
    /// It was then
    SetDate {
        /// Its id, or as much of it as no other has
        event: String,
        /// A day or time (2025-06-24), from one to another (2025-06-24/2025-06-26), or with an
        /// open end (/2025-06-26)
        when: String,
    },
    /// It is the same as these
    Merge {
        /// Its id
        event: String,
        /// The ids of the others, which lead to it from then on
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// What its citation (--citation N) tells is an event of its own
    Split {
        /// Its id
        event: String,
    },
    /// It is not for the timeline; its sentences are withheld, but for those that another event
    /// cites
    Hide {
        /// Its id
        event: String,
    },
    /// It is called so
    Retitle {
        /// Its id
        event: String,
        /// What to call it
        title: String,
    },
    /// It is right as it is
    Confirm {
        /// Its id
        event: String,
    },
    /// What was changed in a table of the timeline (timeline.csv): titles, days, and `hide` or
    /// `confirm` in the column `decide`
    Table {
        /// The table, as the spreadsheet saved it
        file: PathBuf,
    },
}

pub(crate) fn run(arguments: &DecideArguments) -> Result<Outcome> {
    let path = &arguments.timeline;
    let text = fs::read(path).with_context(|| {
        format!(
            "failed to read {}; build it first, or name another with --timeline",
            path.display()
        )
    })?;
    let timeline: Value =
        serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    if timeline["schema"] != json::SCHEMA {
        bail!("{} is no timeline ({})", path.display(), json::SCHEMA);
    }
    let beside = || path.with_file_name(dateline::DECISIONS);
    let file = arguments.decisions.clone().unwrap_or_else(beside);
    let (event, action) = match &arguments.choice {
        Choice::Table { file: table } => return decide_table(table, &timeline, &file, arguments),
        Choice::SetDate { event, when } => (event, Action::SetDate(interval(when)?)),
        Choice::Merge { event, others } => {
            let key = |other: &String| key(&timeline, other, None);
            (event, Action::Merge(others.iter().map(key).collect::<Result<_>>()?))
        }
        Choice::Split { event } if arguments.citation.is_none() => {
            bail!("which citation of {event} is to be split off? name it with --citation N");
        }
        Choice::Split { event } => (event, Action::Split),
        Choice::Hide { event } => (event, Action::Hide),
        Choice::Retitle { title, .. } if title.trim().is_empty() => {
            bail!("the new title is empty; to take the event out, hide it");
        }
        Choice::Retitle { event, title } => (event, Action::Retitle(title.clone())),
        Choice::Confirm { event } => (event, Action::Confirm),
    };
    let key = key(&timeline, event, arguments.citation)?;
    let (by, note) = (arguments.by.clone(), arguments.note.clone());
    let decision = Decision { line: 0, key, action, by, note };
    add(&file, &decisions::line(&decision))?;
    let said = format!("{} of {event}, written to {}", decision.action.name(), file.display());
    writeln!(io::stderr(), "{}", printable(&said))?;
    Ok(Outcome::Done)
}

/// Writes down what an edited table decides; a line that cannot be taken costs only itself.
fn decide_table(
    table: &Path,
    timeline: &Value,
    file: &Path,
    arguments: &DecideArguments,
) -> Result<Outcome> {
    let bytes = fs::read(table).with_context(|| format!("failed to read {}", table.display()))?;
    let edited = edited::read(&bytes, timeline, arguments.by.as_ref())
        .with_context(|| format!("failed to read {}", table.display()))?;
    let mut say = io::stderr().lock();
    for (title, decision) in &edited.decisions {
        add(file, &decisions::line(decision))?;
        writeln!(say, "{}", printable(&format!("{} of {title}", decision.action.name())))?;
    }
    for (line, why) in &edited.wrong {
        writeln!(say, "{}", printable(&format!("{}:{line}: {why}", table.display())))?;
    }
    if edited.missing > 0 {
        let many = edited.missing;
        writeln!(say, "{many} events have no row; nothing is decided of them")?;
    }
    let said = format!("{} decisions, written to {}", edited.decisions.len(), file.display());
    writeln!(say, "{}", printable(&said))?;
    Ok(if edited.wrong.is_empty() { Outcome::Done } else { Outcome::Partly })
}

/// `2025-06-02`, `2025-06-24/2025-06-26`, `/2025-06-03`, `2025-06-03/`.
pub(crate) fn interval(when: &str) -> Result<Interval> {
    let (from, to) = when.split_once('/').unwrap_or((when, when));
    let moment = |words: &str| {
        let words = Some(words.trim()).filter(|words| !words.is_empty() && *words != "..");
        words.map(str::parse::<Moment>).transpose()
    };
    let interval = Interval::new(moment(from)?, moment(to)?);
    let interval = interval.ok_or_else(|| anyhow!("`{when}` ends before it begins"))?;
    if decisions::ends_early(interval) {
        bail!("`{when}` ends before it begins");
    }
    if interval.is_unknown() {
        bail!("`{when}` is no date; write 2025-06-02 or 2025-06-24/2025-06-26");
    }
    Ok(interval)
}

/// Names the event by a citation: the one asked for, else the first that holds its title.
pub(crate) fn key(timeline: &Value, event: &str, citation: Option<usize>) -> Result<Key> {
    let event = find(timeline, event)?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let folded = |words: &str| {
        let words = words.to_lowercase();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (title, citations) = (words(&event["title"]), list(&event["citations"]));
    let holds = |cited: &&Value| folded(&words(&cited["quote"])).contains(&folded(&title));
    let cited = match citation {
        Some(number) => number.checked_sub(1).and_then(|at| citations.get(at)),
        None => citations.iter().find(holds).or(citations.first()),
    };
    let cited = cited.ok_or_else(|| {
        anyhow!("the event has {} citations; --citation counts from 1", citations.len())
    })?;
    let of = |source: &&Value| source["id"] == cited["source"];
    let source = list(&timeline["sources"]);
    let source = source.iter().find(of).ok_or_else(|| anyhow!("a citation has no source"))?;
    let title = holds(&cited).then(|| title.clone());
    let event = EventId::read(&words(&event["id"]));
    Ok(Key { sha256: words(&source["sha256"]), quote: words(&cited["quote"]), title, event })
}

/// The event with this id, or with this id before a merge, or with the only id that starts
/// so.
pub(crate) fn find<'a>(timeline: &'a Value, id: &str) -> Result<&'a Value> {
    let events = timeline["events"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is = |event: &&Value| {
        let formerly = event["formerly"].as_array().is_some_and(|all| all.iter().any(|o| o == id));
        event["id"] == id || formerly
    };
    let starts = |event: &&Value| event["id"].as_str().is_some_and(|own| own.starts_with(id));
    let mut like = events.iter().filter(starts);
    let found = events.iter().find(is).or_else(|| like.next());
    if found.is_some_and(|found| found["id"] != id && !is(&found)) && like.next().is_some() {
        bail!("more than one event has an id that starts with {id}; write more of it");
    }
    found.ok_or_else(|| {
        anyhow!("the timeline has no event {id}; ids are in its JSON and page, and what was hidden has none")
    })
}

/// Adds a line to a file; what was there stays, also where others add to it.
fn add(path: &Path, line: &str) -> Result<()> {
    let mut file = fs::OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(path)
        .with_context(|| format!("failed to open {}", path.display()))?;
    let mut write = || {
        file.lock()?;
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(-1)).is_ok() {
            file.read_exact(&mut last)?;
        }
        let before = if last == *b"\n" { "" } else { "\n" };
        file.write_all(format!("{before}{line}\n").as_bytes())?;
        file.sync_all()
    };
    write().with_context(|| format!("failed to write {}", path.display()))
}
