//! On topic or off topic, judged within one brief: does a picture show the story that
//! headline, standfirst and body tell?

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{Block, BlockKind, EventMention, Scene, Sentence, TopicReason, Voice};

use crate::lexicon::{Lexicon, NounKind};
use crate::names::Line;
use crate::terms::stem;

/// Names that a picture must share with the story to belong to it.
const SHARED: usize = 2;

/// Judges every event mention. A picture is judged by its whole caption.
pub(crate) fn judge(
    events: &mut [EventMention],
    blocks: &[Block],
    sentences: &[Sentence],
    lines: &[Line],
    lexicon: &Lexicon,
) {
    let caption = |sentence: &Sentence| {
        blocks.get(sentence.block as usize).is_some_and(|block| block.kind == BlockKind::Caption)
    };
    let mut story: BTreeSet<String> = BTreeSet::new();
    let mut shown: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (sentence, line) in sentences.iter().zip(lines) {
        if caption(sentence) {
            shown.entry(sentence.block).or_default().extend(names(line, lexicon));
        } else {
            story.extend(line.iter().filter_map(|token| stem(token, lexicon)));
        }
    }
    for event in events.iter_mut().filter(|event| event.voice == Voice::Caption) {
        let sentence = sentences.get(event.sentence as usize);
        let shown = sentence.and_then(|sentence| shown.get(&sentence.block));
        let shared = shown.map_or(0, |shown| shown.intersection(&story).count());
        event.off_topic = match event.scene {
            Scene::File | Scene::Illustration => Some(TopicReason::FilePicture),
            Scene::Live if story.is_empty() || shared >= SHARED => None,
            Scene::Live => Some(TopicReason::UnrelatedPicture),
        };
    }
}

/// The terms of the capitalised words of a line and of its gatherings, titles left out: that both tell of some
/// president is no likeness.
fn names(line: &Line, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = line.get(at) {
        let behind = line.iter().skip(at).map(|token| token.folded.as_str());
        let title = lexicon.names().title(behind);
        if title > 0 {
            at += title;
            continue;
        }
        let gathering =
            lexicon.noun(line, at).is_some_and(|(noun, _)| noun.kind == NounKind::Gathering);
        out.extend(stem(token, lexicon).filter(|_| token.capital || gathering));
        at += 1;
    }
    out
}
