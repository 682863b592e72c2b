//! Names given by a user → inputs to read. A label is relative to what was named, with
//! forward slashes, never an absolute path. What cannot be opened is a failure with a way
//! out, and never takes another input with it. A folder gives its texts and pages; its
//! other files are told as skipped, and documents that a build wrote are not read back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dateline_export::{Format, json, jsonl};
use dateline_model::Failure;
use dateline_pipeline::sources::Sources;
use dateline_pipeline::{ENDINGS, RawInput};

use crate::sources::{self, Lists};

/// An input, or why there is none.
pub type Input = Result<RawInput, Failure>;

/// Name that stands for standard input.
pub const STDIN: &str = "-";

/// What a list of names stands for.
#[derive(Debug, Default)]
pub struct Expanded {
    /// What to read, and what cannot be read.
    pub inputs: Vec<Input>,
    /// Labels of files found in folders that no form has by their ending.
    pub skipped: Vec<String>,
    /// What is known of inputs from lists beside them.
    pub known: Sources,
    /// Lines of such lists that could not be read.
    pub wrong: Vec<String>,
}

/// The inputs that `names` stand for: files, folders (the texts and pages in them, hidden
/// ones aside), globs, `-` for standard input. Sorted by label within one name; a file
/// named twice is read once. Labels that would be the same grow to the left until they
/// differ.
pub fn expand(names: &[PathBuf]) -> Expanded {
    let mut out = Expanded::default();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut found: Vec<Result<(PathBuf, String), Input>> = Vec::new();
    for name in names {
        if name.as_os_str() == STDIN {
            if seen.insert(PathBuf::from(STDIN)) {
                found.push(Err(stdin()));
            }
            continue;
        }
        for file in files(name, &mut out.skipped) {
            match file {
                Ok((path, label)) => {
                    let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                    if seen.insert(real) {
                        found.push(Ok((path, label)));
                    }
                }
                Err(failure) => found.push(Err(Err(failure))),
            }
        }
    }
    tell_apart(&mut found);
    let mut lists = Lists::default();
    for (path, label) in found.iter().flatten() {
        lists.look_up(path, label);
    }
    (out.known, out.wrong) = (lists.known, lists.wrong);
    let opened = found.into_iter().map(|file| match file {
        Ok((path, label)) => open(path, label),
        Err(input) => input,
    });
    out.inputs = opened.collect();
    out
}

/// Gives files of the same label (`a/page.txt` and `b/page.txt`, both named themselves)
/// one more folder in front, until all differ or their paths are used up.
fn tell_apart(found: &mut [Result<(PathBuf, String), Input>]) {
    loop {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (_, label) in found.iter().flatten() {
            *count.entry(label.clone()).or_default() += 1;
        }
        let mut grown = false;
        for (path, label) in found.iter_mut().flatten() {
            if count.get(label.as_str()).is_some_and(|count| *count > 1) {
                let parts = label.split('/').count() + 1;
                let longer = label_of_last(path, parts);
                grown |= longer != *label;
                *label = longer;
            }
        }
        if !grown {
            return;
        }
    }
}

/// Reads standard input to its end: it can be read only once.
fn stdin() -> Input {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(RawInput {
            label: STDIN.to_string(),
            hint: None,
            reader: Box::new(io::Cursor::new(bytes)),
        }),
        Err(error) => Err(Failure { label: STDIN.to_string(), reason: reason(&error) }),
    }
}

type Found = Result<(PathBuf, String), Failure>;

/// The files that one name stands for, with their labels.
fn files(name: &Path, skipped: &mut Vec<String>) -> Vec<Found> {
    if name.is_dir() {
        return folder(name, skipped);
    }
    let pattern = name.to_string_lossy();
    if !name.exists() && pattern.contains(['*', '?', '[']) {
        return matches(&pattern);
    }
    let label = name.file_name().map_or_else(|| label_of(name), |last| label_of(Path::new(last)));
    vec![Ok((name.to_path_buf(), label))]
}

fn matches(pattern: &str) -> Vec<Found> {
    let failure = |reason: String| vec![Err(Failure { label: pattern.to_string(), reason })];
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => return failure(format!("the pattern cannot be read: {}", error.msg)),
    };
    let mut found: Vec<PathBuf> = paths.flatten().filter(|path| path.is_file()).collect();
    found.sort();
    if found.is_empty() {
        return failure("no file matches the pattern; check it, or name a folder".to_string());
    }
    // Labels start where the pattern starts to vary.
    let fixed = pattern.split(['*', '?', '[']).next().unwrap_or("");
    let root = fixed.rfind('/').and_then(|at| fixed.get(..=at)).unwrap_or("").to_string();
    let label = |path: &Path| label_of(path.strip_prefix(&root).unwrap_or(path));
    found.into_iter().map(|path| Ok((path.clone(), label(&path)))).collect()
}

fn folder(root: &Path, skipped: &mut Vec<String>) -> Vec<Found> {
    let mut out = Vec::new();
    walk(root, root, &mut out, skipped);
    if out.is_empty() {
        let label =
            root.file_name().map_or_else(|| ".".to_string(), |name| label_of(Path::new(name)));
        let reason = format!(
            "the folder holds no file to read ({}); name the files, or another folder",
            ENDINGS.join(", ")
        );
        out.push(Err(Failure { label, reason }));
    }
    out
}

fn walk(root: &Path, folder: &Path, out: &mut Vec<Found>, skipped: &mut Vec<String>) {
    let label = |path: &Path| label_of(path.strip_prefix(root).unwrap_or(path));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            out.push(Err(Failure { label: label(folder), reason: reason(&error) }));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A link to a folder may lead back up; only real folders are walked.
        let linked = path.is_symlink() && path.is_dir();
        if hidden || linked {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, out, skipped);
        } else if is_ours(&path) {
            continue;
        } else if is_brief(&path) {
            out.push(Ok((path.clone(), label(&path))));
        } else {
            skipped.push(label(&path));
        }
    }
}

/// Whether a file of a folder is of a form that is read, by its ending.
fn is_brief(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether a file is a document that a build wrote, or a list that it reads otherwise. Else
/// a second build of a folder would read the timeline of the first.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy());
    if [sources::FILE, crate::DECISIONS].iter().any(|ours| name.as_deref() == Some(*ours)) {
        return true;
    }
    let ours = Format::ALL.iter().any(|format| name.as_deref() == Some(format.file()));
    let mut head = Vec::new();
    ours && File::open(path).is_ok_and(|file| file.take(1024).read_to_end(&mut head).is_ok())
        && [json::SCHEMA, jsonl::SCHEMA]
            .iter()
            .any(|mark| String::from_utf8_lossy(&head).contains(mark))
}

fn open(path: PathBuf, label: String) -> Input {
    let hint = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match fs::metadata(&path) {
        Ok(found) if found.is_file() => {
            Ok(RawInput { label, hint, reader: Box::new(LazyFile { path, file: None }) })
        }
        Ok(_) => {
            Err(Failure { label, reason: "it is no ordinary file; pipe it to `-`".to_string() })
        }
        Err(error) => Err(Failure { label, reason: reason(&error) }),
    }
}

/// A file that is opened when it is first read, so that ten thousand inputs do not hold
/// ten thousand open files.
struct LazyFile {
    path: PathBuf,
    file: Option<File>,
}

impl Read for LazyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(
                File::open(&self.path)
                    .map_err(|error| io::Error::new(error.kind(), reason(&error)))?,
            ),
        };
        file.read(buffer)
    }
}

/// A path as a label: its parts joined by `/`; what is no UTF-8 is replaced.
fn label_of(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    if parts.is_empty() { path.to_string_lossy().into_owned() } else { parts.join("/") }
}

/// The last `count` parts of a path as a label.
fn label_of_last(path: &Path, count: usize) -> String {
    let label = label_of(path);
    let parts: Vec<&str> = label.split('/').collect();
    parts.get(parts.len().saturating_sub(count)..).unwrap_or_default().join("/")
}

/// Why a file could not be opened, with a way out.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".to_string(),
        io::ErrorKind::PermissionDenied => {
            "it may not be read; change its permissions or copy it".to_string()
        }
        _ => format!("it could not be opened: {error}"),
    }
}
