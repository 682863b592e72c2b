//! Markup to text, with a map back: block elements become line breaks, inline tags
//! vanish, entities are resolved, scripts and comments are skipped. There is no tree,
//! so depth is no danger, and time grows with the length alone.

mod entity;
mod flow;
mod meta;
mod token;

use dateline_model::{DateCandidate, Metadata};
use dateline_text::{SourceBuilder, TextRange};

use crate::decode::Decoded;
use crate::lines::Hint;

/// How far into the text markup is looked for, in bytes.
const REACH: usize = 4096;

/// Tags that tell markup from text that begins with `<`.
const TELLING: [&str; 11] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<article",
    "<main",
    "<div",
    "<p>",
    "<p ",
    "<h1",
    "<ul",
];

/// What a page of markup holds besides its text.
pub(crate) struct Read {
    /// What the markup says of lines, in order.
    pub hints: Vec<(TextRange, Hint)>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// The dates it says of itself.
    pub candidates: Vec<DateCandidate>,
}

/// Whether `text` is a page of markup, by what it holds; `media_type` alone is not
/// believed.
pub(crate) fn is_html(text: &str, media_type: Option<&str>) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let named = media_type.is_some_and(|name| name.to_ascii_lowercase().contains("htm"));
    if !start.starts_with('<') && !named {
        return false;
    }
    let reach = (0..=REACH.min(start.len())).rev().find(|at| start.is_char_boundary(*at));
    let head = start.get(..reach.unwrap_or(0)).unwrap_or_default().to_ascii_lowercase();
    if head.starts_with("<?xml") && !head.contains("<html") {
        return false;
    }
    TELLING.iter().any(|tag| head.contains(tag))
}

/// Adds the text of the page to `builder`.
pub(crate) fn read(decoded: &Decoded<'_>, builder: &mut SourceBuilder) -> Read {
    let mut page = meta::Page::default();
    let hints = flow::flow(decoded, builder, &mut page);
    let (metadata, candidates) = page.finish();
    Read { hints, metadata, candidates }
}
