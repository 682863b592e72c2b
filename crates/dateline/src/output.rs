//! Documents → files. A file is written under a temporary name in its folder and then
//! renamed, so that a reader finds the old one or the new one, never half of one.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes `path` by `write`.
pub fn write(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let done = create(&temporary, write).and_then(|()| Ok(fs::rename(&temporary, path)?));
    if done.is_err() {
        // What is left of a failed attempt is of no use; the error that matters is `done`.
        let _ = fs::remove_file(&temporary);
    }
    done.with_context(|| format!("failed to write {}", path.display()))
}

fn create(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write(&mut file)?;
    file.flush()?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}
