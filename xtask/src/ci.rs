//! `cargo xtask ci`: what CI runs, step by step, each with its time.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::{call, cargo, tidy};

/// The steps that are a call of cargo: name, arguments.
const STEPS: &[(&str, &[&str])] = &[
    ("format", &["fmt", "--all", "--check"]),
    ("clippy", &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]),
    ("tests", &["test", "--workspace"]),
    // What the default build leaves out.
    ("tests of pdf", &["test", "--package", "dateline-parse", "--lib", "--features", "pdf", "pdf"]),
    ("docs", &["doc", "--workspace", "--no-deps", "--quiet"]),
];

pub(crate) fn run() -> Result<()> {
    step("tidy", tidy::run)?;
    for (name, arguments) in STEPS {
        step(name, || {
            let mut command = cargo();
            command.args(*arguments);
            // A snapshot is accepted by a person, never by a run; warnings of the docs count.
            command.env("INSTA_UPDATE", "no").env("RUSTDOCFLAGS", "-D warnings");
            call(&mut command)
        })?;
    }
    Ok(())
}

fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("== {name}");
    let start = Instant::now();
    run().with_context(|| format!("step {name} failed"))?;
    println!("== {name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
