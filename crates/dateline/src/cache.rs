//! A folder of what was read before, one file an entry.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use dateline_pipeline::cache::Cache;

/// A cache in a folder. It may be deleted at any time; what cannot be written is not kept.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Tells files that are being written apart.
    count: AtomicU64,
    /// Whether an entry could not be kept.
    failed: AtomicBool,
}

impl Folder {
    /// The cache in the folder `path`, which is made when first needed.
    pub fn new(path: PathBuf) -> Self {
        Self { path, count: AtomicU64::new(0), failed: AtomicBool::new(false) }
    }

    /// Whether an entry could not be kept.
    pub fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        // A folder of a hundred thousand files is slow on some systems.
        Some(self.path.join(name.get(..2)?).join(name.get(2..)?))
    }
}

impl Cache for Folder {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.file(name)?).ok()
    }

    fn put(&self, name: &str, entry: &[u8]) {
        let Some(path) = self.file(name) else { return };
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_extension(format!("{}.{count}.tmp", std::process::id()));
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let kept = folder
            .and_then(|()| fs::write(&temporary, entry))
            .and_then(|()| fs::rename(&temporary, &path));
        if kept.is_err() {
            // The next run reads it again.
            let _ = fs::remove_file(&temporary);
            self.failed.store(true, Ordering::Relaxed);
        }
    }
}
