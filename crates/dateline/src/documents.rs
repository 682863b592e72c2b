//! A timeline → its documents in a folder. Which events go into which document is decided
//! here, before export; what a format could not carry is told.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dateline_export::{Document, Format, Loss, timelinejs};
use dateline_model::{EventKind, Timeline};

use crate::output;

/// The file of the TimelineJS page.
const STORY: &str = "timelinejs.html";

/// Which documents to write.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The formats.
    pub formats: Vec<Format>,
    /// The kinds of events that go into a calendar.
    pub calendar: Vec<EventKind>,
    /// A folder with TimelineJS, to make a page of it.
    pub timelinejs: Option<PathBuf>,
}

/// A file or folder that was written, and what it could not carry.
#[derive(Debug)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// What is not in it.
    pub lost: Vec<Loss>,
}

/// Writes the documents to `out`.
pub fn write(document: &Document<'_>, choice: &Choice, out: &Path) -> Result<Vec<Written>> {
    fs::create_dir_all(out)
        .with_context(|| format!("failed to create the folder {}", out.display()))?;
    let calendar = of_kinds(document.timeline, &choice.calendar);
    let calendar = Document::new(&calendar, document.store, document.header);
    let mut all = Vec::new();
    for format in &choice.formats {
        let scheduled = *format == Format::ICalendar;
        all.push(write_one(*format, if scheduled { &calendar } else { document }, out)?);
    }
    if let Some(bundle) = &choice.timelinejs {
        all.push(write_story(document, bundle, out)?);
    }
    Ok(all)
}

/// The timeline with the events of these kinds alone.
fn of_kinds(timeline: &Timeline, kinds: &[EventKind]) -> Timeline {
    let mut timeline = timeline.clone();
    timeline.events.retain(|event| kinds.contains(&event.kind));
    timeline
}

fn write_one(format: Format, document: &Document<'_>, out: &Path) -> Result<Written> {
    let mut lost: Vec<Loss> = Vec::new();
    let folder = out.join(format.file());
    let files = format.files(document);
    if files.iter().any(|file| file.source.is_some()) {
        // What an earlier build wrote of sources that are there no more is stale.
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("failed to empty {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("failed to create the folder {}", folder.display()))?;
    }
    for file in files {
        output::write(&out.join(&file.name), |sink| {
            for loss in format.write(&file, document, sink)? {
                let same = |known: &&mut Loss| (known.what, known.of) == (loss.what, loss.of);
                match lost.iter_mut().find(same) {
                    Some(known) => known.count += loss.count,
                    None => lost.push(loss),
                }
            }
            Ok(())
        })?;
    }
    Ok(Written { path: folder, lost })
}

/// The page around TimelineJS. None of it is ours: it is read from where the user has it.
fn write_story(document: &Document<'_>, bundle: &Path, out: &Path) -> Result<Written> {
    let read = |names: &[&str]| {
        let places = ["", "dist"]
            .iter()
            .flat_map(|folder| names.iter().map(move |name| bundle.join(folder).join(name)));
        let Some(path) = places.into_iter().find(|path| path.is_file()) else {
            bail!(
                "{} holds no {}; name the folder of the package @knight-lab/timelinejs",
                bundle.display(),
                names.join(" or ")
            );
        };
        fs::read(&path).with_context(|| format!("failed to read {}", path.display()))
    };
    let text = |names: &[&str]| Ok::<_, anyhow::Error>(String::from_utf8(read(names)?)?);
    let parts = timelinejs::Bundle {
        script: text(&["js/timeline.js", "js/timeline-min.js"])?,
        style: text(&["css/timeline.css"])?,
        icons: read(&["css/icons/tl-icons.woff2"]).unwrap_or_default(),
    };
    let path = out.join(STORY);
    let mut lost = Vec::new();
    output::write(&path, |sink| {
        lost = timelinejs::page(document, &parts, sink)?;
        Ok(())
    })?;
    Ok(Written { path, lost })
}
