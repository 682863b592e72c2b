//! `cargo xtask eval`: accuracy against gold that is not part of the project. All of it
//! goes through the command, as a user would see it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{call, cargo, root};

mod briefs;
mod cluster;
mod conflicts;
mod coref;
mod ecb;
mod html;
mod names;
mod timeline;
mod timex;
mod tls;

/// What to measure.
#[derive(clap::Subcommand)]
pub(crate) enum Eval {
    /// Briefs with gold: headline, noise, dates, events
    Briefs {
        /// The folder with the briefs, `gold.jsonl` and `score_gold.py`
        path: PathBuf,
        /// Print each miss
        #[arg(long)]
        misses: bool,
    },
    /// Pairs of briefs, some of which differ about when: conflicts found and invented
    Conflicts {
        /// The folder with `gold.jsonl` and a folder a pair
        path: PathBuf,
    },
    /// Stories and events across articles (ECB+): B³ of articles, CoNLL F1 of mentions
    Ecb {
        /// The file (JSON Lines)
        path: PathBuf,
        /// Leave what was found here: clusters.json and chains.json
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
    /// Pages of HTML with gold: body, headline, standfirst, headings, day of publication
    Html {
        /// The folders, each with `gold.jsonl` and its pages
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Print what was missed of each page
        #[arg(long)]
        errors: bool,
        /// Score every second page only, from the first (0) or the second (1) on
        #[arg(long, value_name = "0|1")]
        half: Option<usize>,
    },
    /// Names with gold: people, places, organisations, sentences, spellings
    Names {
        /// The folder with `gold.jsonl` and `variants.tsv`
        path: PathBuf,
        /// Print each miss
        #[arg(long)]
        misses: bool,
    },
    /// Days and order of the events of target timelines (SemEval-2015 task 4)
    Timeline {
        /// The folder with `trial` and `trial-gold`
        path: PathBuf,
    },
    /// Topics with timelines that newsrooms wrote: aligned ROUGE and date F1
    Tls {
        /// The folders of the topics
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Leave what was predicted here, a file a reference timeline
        #[arg(long, value_name = "DIR")]
        write: Option<PathBuf>,
    },
    /// Date expressions with gold (JSON Lines): strict, relaxed, type and value F1
    Timex {
        /// The files
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// How the texts tell time: auto, news, narrative or colloquial
        #[arg(long)]
        genre: Option<String>,
        /// Keep a range as one mention, as the probes have it, not the corpora
        #[arg(long)]
        join: bool,
        /// Print each miss: gold | ours | class
        #[arg(long)]
        errors: bool,
    },
}

pub(crate) fn run(eval: &Eval) -> Result<()> {
    match eval {
        Eval::Briefs { path, misses } => briefs::run(path, *misses),
        Eval::Conflicts { path } => conflicts::run(&command()?, path),
        Eval::Ecb { path, write } => ecb::run(&command()?, path, write.as_deref()),
        Eval::Html { paths, errors, half } => {
            html::run(&command()?, paths, html::Options { errors: *errors, half: *half })
        }
        Eval::Timeline { path } => timeline::run(&command()?, path),
        Eval::Tls { paths, write } => tls::run(&command()?, paths, write.as_deref()),
        Eval::Names { path, misses } => names::run(&command()?, path, *misses),
        Eval::Timex { paths, genre, join, errors } => {
            let options = timex::Options { errors: *errors, genre: genre.clone(), join: *join };
            timex::run(&command()?, paths, &options)
        }
    }
}

/// Builds the command as it is released and answers its path.
fn command() -> Result<PathBuf> {
    call(cargo().args(["build", "--quiet", "--release", "--package", "dateline"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| root().join("target"));
    Ok(target.join("release").join(format!("dateline{}", std::env::consts::EXE_SUFFIX)))
}

/// Runs `command` and reads the JSON it answers.
fn answer(command: &mut Command) -> Result<Value> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("failed to start {command:?}"))?;
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("{command:?} answered no JSON"))
}

/// Runs `command` with `input` and answers what it writes.
fn converse(command: &mut Command, input: String) -> Result<Vec<u8>> {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("failed to start {command:?}"))?;
    let stdin = child.stdin.take();
    // The command may answer while it reads: one thread to feed it, one to hear it.
    let feeder = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input.as_bytes()))
    });
    let output = child.wait_with_output()?;
    let fed = feeder.join();
    if !output.status.success() || !matches!(fed, Ok(Ok(()))) {
        bail!("{command:?} failed: {}", output.status);
    }
    Ok(output.stdout)
}
