//! A case folder: the originals, the documents made of them and the hash of each file, to
//! archive and to share. It is a bag (BagIt 1.0, RFC 8493), which archives can check. It is
//! built beside its place and then moved there, so that no half of one is ever seen.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use dateline_export::Document;
use dateline_pipeline::RawInput;
use sha2::{Digest, Sha256};

use crate::{GENERATOR, documents, inputs, output};

/// The declaration that makes a folder a bag (section 2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// A case folder to be written.
#[derive(Debug, Default)]
pub struct Case {
    /// The inputs once more, to be copied, each with the hash that it had before it was read;
    /// none of them where they are not for the public.
    originals: Vec<(RawInput, String)>,
    /// The decisions that the timeline keeps, as they are in their file.
    decisions: Option<Vec<u8>>,
}

impl Case {
    /// The case of the inputs that `names` stand for, before they are read.
    pub fn new(names: &[PathBuf], decisions: Option<Vec<u8>>) -> Result<Self> {
        let hashed = inputs::expand(names).inputs.into_iter().flatten();
        let hashed = hashed.map(|RawInput { label, mut reader, .. }| {
            let mut hash = Sha256::new();
            io::copy(&mut reader, &mut Hashing(&mut hash)).map(|_| (label, hexadecimal(hash)))
        });
        // What cannot be read is told of by the build.
        let hashes: BTreeMap<String, String> = hashed.flatten().collect();
        let originals = inputs::expand(names).inputs.into_iter().flatten();
        let known = |input: RawInput| {
            let hash = hashes.get(&input.label)?.clone();
            Some((input, hash))
        };
        Ok(Self { originals: originals.filter_map(known).collect(), decisions })
    }
}

/// Writes the case folder `place` of a timeline.
pub fn write(
    document: &Document<'_>,
    choice: &documents::Choice,
    case: Case,
    place: &Path,
) -> Result<()> {
    check(place)?;
    let name = place.file_name().ok_or_else(|| anyhow!("{} is no name", place.display()))?;
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mark = format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id());
    let new = parent.unwrap_or(Path::new(".")).join(mark);
    let done = fill(document, choice, case, &new).and_then(|()| {
        if place.exists() {
            fs::remove_dir_all(place)?;
        }
        Ok(fs::rename(&new, place)?)
    });
    if done.is_err() {
        // What is left of a failed attempt is of no use; the error that matters is `done`.
        let _ = fs::remove_dir_all(&new);
    }
    done.with_context(|| format!("failed to write the case folder {}", place.display()))
}

/// Only a folder that is empty or was written so before may be replaced.
fn check(place: &Path) -> Result<()> {
    let ours = fs::read_to_string(place.join("bag-info.txt")).is_ok_and(|info| {
        info.lines().any(|line| line.starts_with("Bag-Software-Agent: dateline "))
    });
    let free = match fs::read_dir(place) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if !ours && !free {
        bail!("{} is there and is no case folder of ours; name a new folder", place.display());
    }
    Ok(())
}

fn fill(
    document: &Document<'_>,
    choice: &documents::Choice,
    case: Case,
    root: &Path,
) -> Result<()> {
    let data = root.join("data");
    documents::write(document, choice, &data.join("timeline"))?;
    for (input, hash) in case.originals {
        copy(input, &hash, &data.join("originals"))?;
    }
    if let Some(decisions) = case.decisions {
        output::write(&data.join(crate::DECISIONS), |sink| sink.write_all(&decisions))?;
    }
    let payload = hashes(root, &data)?;
    output::write(&root.join("bagit.txt"), |sink| sink.write_all(DECLARATION.as_bytes()))?;
    let octets: u64 = payload.values().map(|(_, length)| length).sum();
    let info = format!(
        "Bag-Software-Agent: {GENERATOR}\nExternal-Description: {}\nPayload-Oxum: {octets}.{}\n",
        document.header.title().split_whitespace().collect::<Vec<_>>().join(" "),
        payload.len()
    );
    output::write(&root.join("bag-info.txt"), |sink| sink.write_all(info.as_bytes()))?;
    manifest(&root.join("manifest-sha256.txt"), &payload)?;
    let mut tags = hashes(root, root)?;
    tags.retain(|name, _| !name.contains('/'));
    manifest(&root.join("tagmanifest-sha256.txt"), &tags)
}

/// Copies one original; its bytes must still be those that were there before the build.
fn copy(input: RawInput, known: &str, folder: &Path) -> Result<()> {
    let RawInput { label, mut reader, .. } = input;
    let path = folder.join(&label);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut hash = Sha256::new();
    output::write(&path, |sink| {
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = reader.read(&mut buffer)?;
            let Some(read) = buffer.get(..count).filter(|read| !read.is_empty()) else {
                return Ok(());
            };
            hash.update(read);
            sink.write_all(read)?;
        }
    })?;
    if hexadecimal(hash) != known {
        bail!("{label} was changed while it was read; build again");
    }
    Ok(())
}

/// Hash and length of every file below `folder`, by its name relative to `root`.
fn hashes(root: &Path, folder: &Path) -> Result<BTreeMap<String, (String, u64)>> {
    let mut out = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut hash = Sha256::new();
            let length = io::copy(&mut fs::File::open(&path)?, &mut Hashing(&mut hash))?;
            let parts = path.strip_prefix(root)?.components();
            let parts: Vec<_> =
                parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            out.insert(parts.join("/"), (hexadecimal(hash), length));
        }
    }
    Ok(out)
}

struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A manifest (section 2.1.3): line ends and per cent signs of names are encoded.
fn manifest(path: &Path, files: &BTreeMap<String, (String, u64)>) -> Result<()> {
    output::write(path, |sink| {
        for (name, (hash, _)) in files {
            let name = name.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
            writeln!(sink, "{hash}  {name}")?;
        }
        Ok(())
    })
}
