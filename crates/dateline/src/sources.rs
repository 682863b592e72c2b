//! `sources.jsonl` beside inputs: what somebody knows of them, one file a line. It fills in
//! or corrects what they say themselves. A line that cannot be read is told and left out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use dateline_model::{Metadata, Moment};
use dateline_pipeline::sources::{Known, Sources};
use serde_json::Value;

/// The file in each folder.
pub const FILE: &str = "sources.jsonl";

/// More is no list that anybody wrote.
const MOST: u64 = 64 << 20;

/// The lists of the folders that were looked into.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    folders: BTreeMap<PathBuf, Vec<(String, Known)>>,
    /// What is known, by label.
    pub known: Sources,
    /// What could not be read.
    pub wrong: Vec<String>,
}

impl Lists {
    /// Looks up the file at `path`, which is shown as `label`: in the list of its folder,
    /// and of those above it that belong to the input.
    pub fn look_up(&mut self, path: &Path, label: &str) {
        let above = label.split('/').count();
        for folder in path.ancestors().skip(1).take(above) {
            let Ok(file) = path.strip_prefix(folder) else { continue };
            let parts = file.components().map(|part| part.as_os_str().to_string_lossy());
            let file = parts.collect::<Vec<_>>().join("/");
            if !self.folders.contains_key(folder) {
                let rows = self.read(folder);
                self.folders.insert(folder.to_path_buf(), rows);
            }
            for (name, known) in self.folders.get(folder).into_iter().flatten() {
                // `feed.xml#2` is a brief of the file.
                let behind = name.strip_prefix(&file);
                if let Some(behind) = behind.filter(|it| it.is_empty() || it.starts_with('#')) {
                    self.known.insert(format!("{label}{behind}"), known.clone());
                }
            }
        }
    }

    fn read(&mut self, folder: &Path) -> Vec<(String, Known)> {
        let mut bytes = Vec::new();
        let Ok(file) = File::open(folder.join(FILE)) else { return Vec::new() };
        if let Err(error) = file.take(MOST).read_to_end(&mut bytes) {
            self.wrong.push(format!("{FILE}: it cannot be read: {error}"));
        }
        let mut rows = Vec::new();
        for (number, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match row(line.trim_start_matches('\u{feff}')) {
                Ok(row) => rows.push(row),
                Err(why) => self.wrong.push(format!("{FILE}:{}: {why}", number + 1)),
            }
        }
        rows
    }
}

fn row(line: &str) -> Result<(String, Known), String> {
    let row: Value = serde_json::from_str(line).map_err(|_| "it is no JSON object".to_string())?;
    let text = |key: &str| row[key].as_str().map(str::trim).filter(|words| !words.is_empty());
    let file = text("file").or(text("label")).ok_or("it names no \"file\"")?;
    let moment = |key: &str| match text(key) {
        Some(words) => words.parse::<Moment>().map(Some).map_err(|why| format!("\"{key}\": {why}")),
        None => Ok(None),
    };
    let web = |key: &str| match text(key) {
        Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
            Ok(Some(url.to_string()))
        }
        Some(_) => Err(format!("\"{key}\" is no address of the web")),
        None => Ok(None),
    };
    let authors = match &row["authors"] {
        Value::String(name) => vec![name.clone()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(Into::into).collect(),
        _ => Vec::new(),
    };
    let metadata = Metadata {
        title: text("title").map(Into::into),
        publisher: text("publisher").map(Into::into),
        authors,
        url: web("url")?,
        archive_url: web("archive_url")?,
        published: moment("published")?,
        retrieved: moment("retrieved")?,
        licence: text("licence").or(text("license")).map(Into::into),
        ..Metadata::default()
    };
    let file = file.trim_start_matches("./").to_string();
    Ok((file, Known { reference: moment("reference")?, metadata }))
}
