//! `cargo xtask check-exports`: every format of export, read back by the program it is for.
//! It writes the exports of the fixtures, of hostile words and of two thousand events, and
//! calls the clients in `clients/`. The same input must give the same bytes whatever the time
//! zone, the locale and the number of threads, and `--public` must hold in every file. It is
//! no part of `cargo test`: the clients come from registries, and one of them is a browser.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{call, cargo, root};

/// What the timeline of the fixtures is called, also in the pictures of the page.
const TITLE: &str = "Talks & summits, 2025";
/// The pages that are read.
const BRIEFS: &str = "fixtures/briefs";
/// What a decision says that is for nobody but who made it.
const BY: &str = "Nobody Inparticular";
const NOTE: &str = "withheld at the request of a source";
/// Fewest bytes of a passage that is looked for in every file.
const TELLING: usize = 40;

/// What to do besides.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A folder to write pictures of the page to
    #[arg(long, value_name = "DIR")]
    screenshots: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let out = root().join("target/check-exports");
    let again = root().join("target/check-exports-again");
    for folder in [&out, &again] {
        empty(folder)?;
    }
    let python = step("clients", install)?;
    step("exports", || exports(&out))?;
    step("the same bytes elsewhere", || same_bytes(&out, &again))?;
    step("nothing that is not for the public", || public(&out).and_then(|()| mail(&out)))?;
    step("clients of Python", || call(Command::new(&python).arg(client("clients.py")).arg(&out)))?;
    step("clients of JavaScript", || {
        call(Command::new("node").arg(client("clients.mjs")).arg(&out))
    })?;
    if client("page.mjs").exists() {
        step("the page", || {
            let mut command = Command::new("node");
            command.arg(client("page.mjs")).arg(&out);
            if let Some(folder) = &options.screenshots {
                command.arg("--screenshots").arg(folder);
            }
            call(&mut command)
        })?;
    }
    Ok(())
}

fn step<T>(name: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("== {name}");
    let start = Instant::now();
    let done = run().with_context(|| format!("step \"{name}\" failed"))?;
    println!("== {name}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(done)
}

fn client(name: &str) -> PathBuf {
    root().join("clients").join(name)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

/// Installs the clients where they are not there yet as they are pinned; answers the Python
/// that sees them.
fn install() -> Result<PathBuf> {
    let modules = client("node_modules");
    pinned(&client("package-lock.json"), &modules, || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        call(npm.arg("--prefix").arg(root().join("clients")))
    })?;
    let environment = root().join("target/clients-python");
    let python = environment.join("bin/python");
    let list = client("requirements.txt");
    pinned(&list, &environment, || {
        call(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
        let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        call(Command::new(&python).args(quiet).arg("--requirement").arg(&list))
    })?;
    Ok(python)
}

/// Runs `install` unless `folder` was made of the same list before.
fn pinned(list: &Path, folder: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let mark = folder.join(".made-of");
    let wanted = fs::read(list).with_context(|| format!("failed to read {}", list.display()))?;
    if fs::read(&mark).is_ok_and(|made_of| made_of == wanted) {
        return Ok(());
    }
    install()?;
    Ok(fs::write(mark, wanted)?)
}

/// The `dateline` command, with every format.
fn dateline() -> Command {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "dateline", "--features", "sqlite", "--"]);
    command
}

/// `dateline build` of a folder in every format, with a case folder beside.
fn build(inputs: &Path, out: &Path, name: &str) -> Command {
    let mut command = dateline();
    command.args(["build", "--format", "all", "--calendar", "all"]).arg(inputs);
    command.args(["--title", TITLE, "--timelinejs"]);
    command.arg(client("node_modules/@knight-lab/timelinejs"));
    command.arg("--out").arg(out.join(name));
    command.arg("--bundle").arg(out.join(format!("{name}.case")));
    command
}

/// Runs a command whose words are of no interest unless it fails.
fn quietly(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.current_dir(root()).output();
    let output = output.with_context(|| format!("failed to start {command:?}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{command:?} ended with {}: {said}", output.status);
    }
    Ok(output.stdout)
}

fn exports(out: &Path) -> Result<()> {
    quietly(build(Path::new(BRIEFS), out, "briefs").env("TZ", "UTC").env("LC_ALL", "C"))?;
    for name in ["timeline", "event"] {
        let schema = quietly(dateline().args(["schema", name]))?;
        fs::write(out.join(format!("{name}.schema.json")), schema)?;
    }
    let mut made = cargo();
    made.args(["run", "--quiet", "--package", "dateline-tests", "--features", "sqlite"]);
    call(made.args(["--example", "exports", "--"]).arg(out))
}

/// Builds once more on another machine, as far as a process can tell, and compares.
fn same_bytes(out: &Path, again: &Path) -> Result<()> {
    let mut elsewhere = build(Path::new(BRIEFS), again, "briefs");
    elsewhere.env("TZ", "Pacific/Kiritimati").env("RAYON_NUM_THREADS", "1");
    quietly(elsewhere.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8"))?;
    let mut count = 0;
    for name in ["briefs", "briefs.case"] {
        let (first, second) = (files(&out.join(name))?, files(&again.join(name))?);
        let names = || first.keys().chain(second.keys());
        if let Some(file) = names().find(|file| first.get(*file) != second.get(*file)) {
            bail!("{name}/{file} differs in another time zone, locale or number of threads");
        }
        count += first.len();
    }
    fs::remove_dir_all(again)?;
    println!("{count} files are the same in another time zone, locale and number of threads");
    Ok(())
}

/// The files below a folder, by their names in it.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inner) = folders.pop() {
        let entries = fs::read_dir(&inner);
        for entry in entries.with_context(|| format!("failed to read {}", inner.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                out.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(out)
}

/// Hides an event and builds with `--public`, from inputs that are named by their whole
/// paths: its words, what the decision says, and the paths of this machine stand in no file.
fn public(out: &Path) -> Result<()> {
    let timeline = out.join("briefs/timeline.json");
    let (event, secret) = telling(&serde_json::from_slice(&fs::read(&timeline)?)?)?;
    let decisions = out.join("hide.jsonl");
    let mut decide = dateline();
    decide.args(["decide", "hide", &event, "--by", BY, "--note", NOTE, "--timeline"]);
    quietly(decide.arg(timeline).arg("--decisions").arg(&decisions))?;
    let mut built = build(&root().join(BRIEFS), out, "public");
    quietly(built.arg("--public").arg("--decisions").arg(&decisions))?;
    let machine = root().to_string_lossy().into_owned();
    let home = std::env::var("HOME").unwrap_or_default();
    let banned = [secret.as_str(), BY, NOTE, &machine, &home];
    let banned = banned.into_iter().filter(|words| words.len() > 1);
    let banned: Vec<&str> = banned.collect();
    let mut count = 0;
    for name in ["public", "public.case"] {
        for (file, bytes) in files(&out.join(name))? {
            count += 1;
            if let Some(words) = banned.iter().find(|words| holds(&bytes, words)) {
                bail!("{name}/{file} is for the public and holds \"{words}\"");
            }
        }
    }
    fs::remove_file(decisions)?;
    println!("{count} files hold nothing of \"{secret}\", who hid it and why, and no path");
    Ok(())
}

/// Builds the fixtures that are mail with `--public`: no address of whom it went to stands in
/// any file.
fn mail(out: &Path) -> Result<()> {
    let mut built = dateline();
    built.args(["build", "fixtures/inputs/*.eml", "fixtures/inputs/*.mbox", "--public"]);
    built.args(["--format", "all", "--calendar", "all", "--out"]).arg(out.join("mail"));
    quietly(&mut built)?;
    let inputs = files(&root().join("fixtures/inputs"))?;
    let letters =
        inputs.iter().filter(|(name, _)| name.ends_with(".eml") || name.ends_with(".mbox"));
    let letters: Vec<String> =
        letters.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    let to = ["To:", "Cc:", "Bcc:", "Delivered-To:"];
    let lines = letters.iter().flat_map(|letter| letter.lines());
    let lines = lines.filter(|line| to.iter().any(|name| line.starts_with(name)));
    let words = lines.flat_map(|line| line.split([' ', '<', '>', ',']));
    let addresses: Vec<&str> = words.filter(|word| word.contains('@')).collect();
    if addresses.is_empty() {
        bail!("no fixture names whom it went to");
    }
    let written = files(&out.join("mail"))?;
    for (file, bytes) in &written {
        if let Some(address) = addresses.iter().find(|address| holds(bytes, address)) {
            bail!("mail/{file} is for the public and holds \"{address}\"");
        }
    }
    fs::remove_dir_all(out.join("mail"))?;
    println!("{} files of mail name none of {} it went to", written.len(), addresses.len());
    Ok(())
}

/// An event that one source tells with one sentence, which tells no other, and words of it
/// that stand once in the fixtures.
fn telling(timeline: &Value) -> Result<(String, String)> {
    let briefs = files(&root().join(BRIEFS))?;
    let events = timeline["events"].as_array().context("the timeline has events")?;
    let citations = || events.iter().flat_map(|event| event["citations"].as_array()).flatten();
    let one = events.iter().find_map(|event| {
        let [citation] = event["citations"].as_array()?.as_slice() else { return None };
        // Words that no format writes in another way.
        let plain = |c: char| !c.is_ascii_alphanumeric() && c != ' ';
        let passages = citation["quote"].as_str()?.split(plain).map(str::trim);
        let words = passages.max_by_key(|words| words.len())?;
        let places = briefs.values().filter(|bytes| holds(bytes, words)).count();
        let id = event["id"].as_str()?.to_string();
        let told = citations().filter(|other| other["quote"] == citation["quote"]).count();
        (words.len() >= TELLING && places == 1 && told == 1).then(|| (id, words.to_string()))
    });
    one.context("no event of the fixtures is told once, with words to look for")
}

/// Whether `words` stand in a file, folded lines of a calendar aside.
fn holds(bytes: &[u8], words: &str) -> bool {
    let text = String::from_utf8_lossy(bytes).replace("\r\n ", "");
    text.contains(words)
}
