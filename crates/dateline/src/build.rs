//! Inputs → timeline → documents: what `dateline build` and the developer task share.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dateline_export::{html, json, markdown};
use dateline_model::{
    Action, Decided, Decision, Failure, SetAside, SetAsideReason, SourceStore, Timeline,
};
use dateline_pipeline::cache::Cache;
use dateline_pipeline::sources::Sources;
use dateline_pipeline::{Given, Lexicons, Limits, Options, Selection, run_with};
use dateline_text::{SourceId, TextRange};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cache::Folder;
use crate::inputs::Input;
use crate::{header, output};

/// A document that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `timeline.json`.
    Json,
    /// `timeline.md`.
    Markdown,
    /// `index.html`.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Json, Self::Markdown, Self::Html];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    /// The file it is written to.
    pub fn file(self) -> &'static str {
        match self {
            Self::Json => "timeline.json",
            Self::Markdown => "timeline.md",
            Self::Html => "index.html",
        }
    }
}

/// What to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// A reference date given by the user.
    pub given: Given,
    /// The documents to write.
    pub formats: Vec<Format>,
    /// The folder to write them to.
    pub out: PathBuf,
    /// Whether to leave out what is not for the public: passages that were withheld.
    pub public: bool,
    /// Which events to show.
    pub selection: Selection,
    /// The same as options, for the documents to state.
    pub selected: Vec<(&'static str, String)>,
    /// What a person decided.
    pub decisions: Vec<Decision>,
    /// How much is read of an input.
    pub limits: Limits,
    /// What is known of sources from lists beside them.
    pub known: Sources,
    /// The folder of what was read before.
    pub cache: Option<PathBuf>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The timeline.
    pub timeline: Timeline,
    /// Its texts.
    pub store: SourceStore,
    /// The files written.
    pub files: Vec<PathBuf>,
    /// How many inputs had to be read, where others may have come from the cache, and whether
    /// all of them could be kept.
    pub fresh: Option<(usize, bool)>,
}

/// Reads `inputs`, builds their timeline and writes its documents.
pub fn build(inputs: Vec<Input>, lexicons: &Lexicons, request: &Request) -> Result<Built> {
    let mut options = Options::default();
    options.given = request.given;
    options.limits = request.limits;
    options.sources.clone_from(&request.known);
    options.timeline.selection = request.selection.clone();
    options.decisions.clone_from(&request.decisions);
    let bar = progress(inputs.len());
    let cache = request.cache.clone().map(Folder::new);
    let known = cache.as_ref().map(|folder| folder as &dyn Cache);
    let ((mut timeline, store), fresh) =
        run_with(inputs, lexicons, &options, known, &|| bar.inc(1));
    let fresh = cache.map(|folder| (fresh, !folder.failed()));
    bar.finish_and_clear();
    let given = match request.given {
        Given::No => None,
        Given::FillIn(moment) => Some(("reference", moment.to_string())),
        Given::Force(moment) => Some(("force_reference", moment.to_string())),
    };
    let mut stated: Vec<(&str, String)> = given.into_iter().collect();
    if request.public {
        stated.push(("public", "true".to_string()));
    }
    stated.extend(request.selected.iter().cloned());
    let mut header = header(lexicons, &stated);
    if request.public {
        header.hidden = withhold(&mut timeline);
    }
    let mut files = Vec::new();
    if timeline.sources.is_empty() {
        // Nothing could be read: an older timeline in that folder is worth more than none.
        return Ok(Built { timeline, store, files, fresh });
    }
    fs::create_dir_all(&request.out)
        .with_context(|| format!("failed to create the folder {}", request.out.display()))?;
    for format in &request.formats {
        let path = request.out.join(format.file());
        output::write(&path, |sink| match format {
            Format::Json => json::write(&timeline, &store, &header, sink),
            Format::Markdown => markdown::write(&timeline, &store, &header, sink),
            Format::Html => html::write(&timeline, &store, &header, sink),
        })?;
        files.push(path);
    }
    Ok(Built { timeline, store, files, fresh })
}

/// Takes out what a person withheld, and answers where it stands.
fn withhold(timeline: &mut Timeline) -> Vec<(SourceId, TextRange)> {
    let withheld = |aside: &SetAside| aside.reason == SetAsideReason::Withheld;
    let hidden = timeline.set_aside.iter().filter(|(_, aside)| withheld(aside));
    let hidden = hidden.map(|(source, aside)| (*source, aside.range)).collect();
    timeline.set_aside.retain(|(_, aside)| !withheld(aside));
    // Nor is it for the public what was withheld, by whom and why.
    for decided in &mut timeline.decisions {
        (decided.decision.by, decided.decision.note) = (None, None);
    }
    let hidden_by = |decided: &Decided| decided.decision.action == Action::Hide;
    timeline.decisions.retain(|decided| decided.event.is_none() || !hidden_by(decided));
    hidden
}

/// A bar on a terminal, nothing elsewhere.
fn progress(length: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} inputs")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(length as u64), target).with_style(style)
}

/// The lines that tell a person what was built: the table, the account, failures, files.
pub fn report(built: &Built, width: usize) -> String {
    let mut out = dateline_export::table::write(&built.timeline, &built.store, width);
    out.push('\n');
    out += &dateline_export::table::account(&built.timeline);
    out.push('\n');
    if let Some((fresh, kept)) = built.fresh {
        let all = built.timeline.account.inputs as usize;
        let known = all.saturating_sub(fresh);
        out += &format!("{fresh} read anew, {known} from the cache\n");
        if !kept {
            out += "the cache could not be written; the next build reads all anew\n";
        }
    }
    for Failure { label, reason } in &built.timeline.failures {
        let line = format!("failed to read {label}: {reason}");
        out += &dateline_export::table::printable(&line);
        out.push('\n');
    }
    for file in &built.files {
        out += &format!("{}\n", show(file));
    }
    out
}

fn show(path: &Path) -> String {
    dateline_export::table::printable(&path.display().to_string())
}
