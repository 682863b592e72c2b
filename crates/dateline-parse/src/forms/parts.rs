//! What an archive and a message have in common: parts with names.

use dateline_model::{Diagnostic, Severity};

use crate::page::note;

/// A name that shows a member and says nothing of any machine: no drive, no root, no way up.
pub(super) fn plain_name(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| {
        let drive = part.len() == 2 && part.ends_with(':');
        !part.is_empty() && !drive && !matches!(*part, "." | "..")
    });
    let shown: String =
        parts.collect::<Vec<_>>().join("/").chars().filter(|c| !c.is_control()).collect();
    // A drive letter may be glued to its file.
    match shown.split_once(':') {
        Some((drive, rest)) if drive.len() == 1 => rest.to_string(),
        _ => shown,
    }
}

/// What is told of parts that are not read.
pub(super) fn skipped_note(mut skipped: Vec<String>, way_out: &str) -> Option<Diagnostic> {
    if skipped.is_empty() {
        return None;
    }
    skipped.truncate(20);
    let names = skipped.join(", ");
    let message = format!("not read, as their endings say no text: {names}; {way_out}");
    Some(note(Severity::Note, "members-skipped", message))
}
