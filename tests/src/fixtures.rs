//! The files under `fixtures/`. A missing or unreadable file stops the test that asks
//! for it: there is nothing to go on with.

use std::fs;
use std::path::{Path, PathBuf};

use dateline_model::{Failure, Moment};
use dateline_pipeline::{Given, Options, RawInput};

/// One raw brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The day that a user would give, where the page prints none.
    pub given: Option<Moment>,
}

impl Fixture {
    /// The brief as an input of the chain.
    pub fn input(&self) -> RawInput {
        raw_input(&self.name, &self.bytes)
    }

    /// Options with the given day.
    pub fn options(&self) -> Options {
        let mut options = Options::default();
        options.given = self.given.map_or(Given::No, Given::FillIn);
        options
    }
}

/// `bytes` as an input called `label`, the extension of which is the hint.
pub fn raw_input(label: &str, bytes: &[u8]) -> RawInput {
    let hint = Path::new(label).extension().and_then(|hint| hint.to_str()).map(String::from);
    RawInput {
        label: label.to_string(),
        hint,
        reader: Box::new(std::io::Cursor::new(bytes.to_vec())),
    }
}

/// The folder `fixtures/`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// All raw briefs, by name.
pub fn briefs() -> Vec<Fixture> {
    let given = read_text(&folder().join("given.tsv"));
    let given = |name: &str| {
        let mut rows = given.lines().filter_map(|line| line.split_once('\t'));
        rows.find(|(file, _)| *file == name).and_then(|(_, day)| day.parse().ok())
    };
    let fixture = |path: PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("fixtures have plain names").to_string();
        let bytes = fs::read(&path).unwrap_or_else(|why| panic!("{name}: {why}"));
        Fixture { given: given(&name), bytes, name }
    };
    files(&folder().join("briefs")).into_iter().map(fixture).collect()
}

/// The inputs in other forms than text, by name.
pub fn forms() -> Vec<Fixture> {
    let fixture = |path: PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("fixtures have plain names").to_string();
        let bytes = fs::read(&path).unwrap_or_else(|why| panic!("{name}: {why}"));
        Fixture { given: None, bytes, name }
    };
    let paths = files(&folder().join("inputs")).into_iter();
    let numbered = |fixture: &Fixture| fixture.name.starts_with(|c: char| c.is_ascii_digit());
    paths.map(fixture).filter(numbered).collect()
}

/// The brief whose file name starts with `start`.
pub fn brief(start: &str) -> Fixture {
    let found = briefs().into_iter().find(|fixture| fixture.name.starts_with(start));
    found.unwrap_or_else(|| panic!("no fixture starts with {start}"))
}

/// The inputs of `fixtures`, as the chain takes them.
pub fn inputs(fixtures: &[Fixture]) -> Vec<Result<RawInput, Failure>> {
    fixtures.iter().map(|fixture| Ok(fixture.input())).collect()
}

/// Texts as the chain takes them, called `0.txt` and so on.
pub fn pages(texts: &[String]) -> Vec<Result<RawInput, Failure>> {
    let named = texts.iter().enumerate();
    named.map(|(at, text)| Ok(raw_input(&format!("{at}.txt"), text.as_bytes()))).collect()
}

/// Name and text of each specification, by name.
pub fn specs() -> Vec<(String, String)> {
    let paths = files(&folder().join("spec")).into_iter();
    let paths = paths.filter(|path| path.extension().is_some_and(|ext| ext == "md"));
    let named = paths.filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_string();
        (name != "README.md").then(|| (name, read_text(&path)))
    });
    named.collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths
}

pub(crate) fn read_text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}
