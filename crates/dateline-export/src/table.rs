//! The timeline as a short table for a terminal.

use std::fmt::Write;

use dateline_model::{SourceStore, Timeline};

use crate::words;

/// One event a line, at most `width` characters wide: day, when, kind and dating, sources,
/// title. Off-topic events are marked.
pub fn write(timeline: &Timeline, store: &SourceStore, width: usize) -> String {
    let mut out = String::new();
    for event in &timeline.events {
        let day =
            event.when.placed.map_or("          ".to_string(), |placed| placed.day().to_string());
        let when = words::when(event.when.interval);
        let how = format!("{}, {}", event.kind.name(), event.when.dating.name());
        let marks = match (event.conflicts.is_empty(), event.on_topic) {
            (false, _) => "!",
            (true, false) => "-",
            (true, true) => " ",
        };
        let head =
            format!("{day} {marks} {when:<24} {how:<21} {:>2}  ", event.corroboration.sources);
        let room = width.saturating_sub(head.chars().count()).max(20);
        let title = words::short(&printable(&words::title(store, event)), room);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{head}{title}");
    }
    out
}

/// The account in one line.
pub fn account(timeline: &Timeline) -> String {
    let account = timeline.account;
    format!(
        "{} inputs: {} briefs, {} failed; {} sentences: {} cited, {} set aside; {} events",
        account.inputs,
        account.briefs,
        account.failures,
        account.sentences,
        account.cited,
        account.set_aside,
        timeline.events.len()
    )
}

/// Text without what a terminal would take as a command.
pub fn printable(words: &str) -> String {
    let hidden = |c: char| c.is_control() && c != '\t' || words::is_mark(c);
    words.chars().filter(|c| !hidden(*c)).collect()
}
