//! Names given by a user → inputs to read. A label is relative to what was named, with
//! forward slashes, never an absolute path. What cannot be opened is a failure with a way
//! out, and never takes another input with it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dateline_model::Failure;
use dateline_pipeline::RawInput;

/// An input, or why there is none.
pub type Input = Result<RawInput, Failure>;

/// Name that stands for standard input.
pub const STDIN: &str = "-";

/// The inputs that `names` stand for: files, folders (all files in them, hidden ones
/// aside), globs, `-` for standard input. Sorted by label within one name; a file named
/// twice is read once.
pub fn expand(names: &[PathBuf]) -> Vec<Input> {
    let mut out: Vec<Input> = Vec::new();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    for name in names {
        if name.as_os_str() == STDIN {
            out.push(stdin());
            continue;
        }
        for found in files(name) {
            match found {
                Ok((path, label)) => {
                    let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                    if seen.insert(real) {
                        out.push(open(path, label));
                    }
                }
                Err(failure) => out.push(Err(failure)),
            }
        }
    }
    out
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
fn files(name: &Path) -> Vec<Found> {
    if name.is_dir() {
        return folder(name);
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

fn folder(root: &Path) -> Vec<Found> {
    let mut out = Vec::new();
    walk(root, root, &mut out);
    if out.is_empty() {
        let label =
            root.file_name().map_or_else(|| ".".to_string(), |name| label_of(Path::new(name)));
        let reason = "the folder holds no file to read; name the files, or another folder";
        out.push(Err(Failure { label, reason: reason.to_string() }));
    }
    out
}

fn walk(root: &Path, folder: &Path, out: &mut Vec<Found>) {
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
            walk(root, &path, out);
        } else {
            out.push(Ok((path.clone(), label(&path))));
        }
    }
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
