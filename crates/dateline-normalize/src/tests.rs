//! Unit tests of normalize: what a sentence tells, in one line an event.

use dateline_model::{Block, BlockKind, Brief, MentionKind, Moment, NormalizedBrief};
use dateline_text::Source;

use crate::lexicon::{Lexicon, TABLES};
use crate::{Context, Given, normalize};

/// Normalizes `text` as one block of `kind`, spoken from `reference`.
fn told(kind: BlockKind, text: &str, reference: &str) -> (Source, NormalizedBrief) {
    let source = Source::from_utf8(text);
    let blocks = vec![Block::new(kind, source.range())];
    let brief = Brief { blocks, ..Brief::default() };
    let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
    let given = reference.parse::<Moment>().map_or(Given::No, Given::FillIn);
    let normalized = normalize(&source, brief, Context { lexicon: &lexicon, timex: &timex, given });
    (source, normalized)
}

/// One event a line: kind, date words, trigger, speaker.
fn events(text: &str, reference: &str) -> Vec<String> {
    let (source, brief) = told(BlockKind::Paragraph, text, reference);
    let words = |range| source.slice(range).unwrap_or("").to_string();
    brief
        .events
        .iter()
        .map(|event| {
            let date = event.date.and_then(|date| brief.dates.get(date as usize));
            let date = date.map_or("-".to_string(), |date| words(date.range));
            let speaker = event.speaker.and_then(|at| brief.mentions.get(at as usize));
            let trigger = brief.terms.get(event.trigger as usize).map_or("", String::as_str);
            let speaker = speaker.map_or(String::new(), |speaker| format!(" by {}", speaker.name));
            format!("{} [{date}] {trigger}{speaker}", event.kind.name())
        })
        .collect()
}

/// Names in `text`: kind, canonical name, role.
fn names(text: &str) -> Vec<String> {
    let (_, brief) = told(BlockKind::Paragraph, text, "2025-06-03");
    let named = brief.mentions.iter().filter(|mention| mention.kind != MentionKind::Gathering);
    named
        .map(|mention| {
            let role = mention.role.as_ref().map_or(String::new(), |role| format!(" ({role})"));
            format!("{} {}{role}", mention.kind.name(), mention.name)
        })
        .collect()
}
