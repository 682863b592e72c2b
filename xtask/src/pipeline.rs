//! `cargo xtask pipeline`: the whole chain over the fixtures. The chain itself lives in
//! `dateline-pipeline`, reading and writing in the command.

use std::path::PathBuf;

use anyhow::Result;

use crate::{call, cargo};

/// What to build.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Files, folders or globs
    #[arg(default_value = "fixtures/briefs")]
    inputs: Vec<PathBuf>,
    /// A day to read relative dates against where a page prints none
    #[arg(long, value_name = "WHEN")]
    reference: Option<String>,
    /// The folder to write to
    #[arg(long, default_value = "target/timeline")]
    out: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "dateline", "--", "build"]);
    command.args(&options.inputs).arg("--out").arg(&options.out);
    if let Some(reference) = &options.reference {
        command.arg("--reference").arg(reference);
    }
    call(&mut command)
}
