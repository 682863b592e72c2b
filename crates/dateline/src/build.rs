//! Inputs → timeline → documents: what `dateline build` and the developer task share.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Result;
use dateline_export::Document;
use dateline_model::{
    Action, Decided, Decision, Failure, Reference, SetAside, SetAsideReason, SourceStore, Timeline,
};
use dateline_pipeline::cache::Cache;
use dateline_pipeline::sources::Sources;
use dateline_pipeline::{Given, Lexicons, Limits, Options, Selection, run_with};
use dateline_text::{SourceId, TextRange};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::bundle::Case;
use crate::cache::Folder;
use crate::documents::Written;
use crate::inputs::Input;
use crate::{bundle, documents, header};

/// What to build.
#[derive(Debug)]
pub struct Request {
    /// A reference date given by the user.
    pub given: Given,
    /// The documents to write.
    pub documents: documents::Choice,
    /// The folder to write them to.
    pub out: PathBuf,
    /// A case folder to write besides: where, and what goes into it.
    pub case: Option<(PathBuf, Case)>,
    /// What the timeline is called.
    pub title: Option<String>,
    /// The language of the documents.
    pub language: Option<String>,
    /// Whether a table is safe to open in a spreadsheet, whatever its words.
    pub guard_formulas: bool,
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
    /// The documents written.
    pub documents: Vec<Written>,
    /// The case folder written.
    pub case: Option<PathBuf>,
    /// How many inputs had to be read, where others may have come from the cache, and whether
    /// all of them could be kept.
    pub fresh: Option<(usize, bool)>,
}

/// Reads `inputs`, builds their timeline and writes its documents.
pub fn build(inputs: Vec<Input>, lexicons: &Lexicons, request: Request) -> Result<Built> {
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
    (header.title, header.language) = (request.title, request.language);
    header.guard_formulas = request.guard_formulas;
    if timeline.sources.is_empty() {
        // Nothing could be read: an older timeline in that folder is worth more than none.
        return Ok(Built { timeline, store, documents: Vec::new(), case: None, fresh });
    }
    let document = Document::new(&timeline, &store, &header);
    let documents = documents::write(&document, &request.documents, &request.out)?;
    let case = request.case.map(|(place, case)| {
        bundle::write(&document, &request.documents, case, &place).map(|()| place)
    });
    Ok(Built { documents, case: case.transpose()?, timeline, store, fresh })
}

/// Takes out what a person withheld, and answers where it stands.
fn withhold(timeline: &mut Timeline) -> Vec<(SourceId, TextRange)> {
    let withheld = |aside: &SetAside| aside.reason == SetAsideReason::Withheld;
    let hidden = timeline.set_aside.iter().filter(|(_, aside)| withheld(aside));
    let hidden: Vec<(SourceId, TextRange)> =
        hidden.map(|(source, aside)| (*source, aside.range)).collect();
    // A day that only the hidden words say is as hidden as they are.
    for source in &mut timeline.sources {
        let said = source.reference.evidence;
        let shown = |words: TextRange| {
            hidden.iter().all(|(id, range)| *id != source.id || !range.overlaps(words))
        };
        if said.is_some_and(|words| !shown(words)) {
            source.reference = Reference::default();
        }
    }
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
    for Written { path, lost } in &built.documents {
        out += &show(path);
        let lost: Vec<String> = lost.iter().map(ToString::to_string).collect();
        if !lost.is_empty() {
            out += &format!("  ({})", lost.join("; "));
        }
        out.push('\n');
    }
    if let Some(place) = &built.case {
        out += &format!("{}\n", show(place));
    }
    out
}

fn show(path: &Path) -> String {
    dateline_export::table::printable(&path.display().to_string())
}
