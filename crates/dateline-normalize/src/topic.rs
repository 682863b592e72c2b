//! On topic or off topic, judged within one brief: does a picture show the story that
//! headline, standfirst and body tell?

use std::collections::BTreeSet;

use dateline_model::{Block, BlockKind, EventMention, Scene, Sentence, TopicReason, Voice};

use crate::lexicon::Lexicon;
use crate::names::Line;
use crate::terms::stem;

/// Names that a picture must share with the story to belong to it.
const SHARED: usize = 2;

/// Judges every event mention.
pub(crate) fn judge(
    events: &mut [EventMention],
    blocks: &[Block],
    sentences: &[Sentence],
    lines: &[Line],
    lexicon: &Lexicon,
) {
    let told = |sentence: &Sentence| {
        blocks.get(sentence.block as usize).is_some_and(|block| block.kind != BlockKind::Caption)
    };
    let with_lines = || sentences.iter().zip(lines);
    let story: BTreeSet<String> =
        with_lines().filter(|(s, _)| told(s)).flat_map(|(_, line)| terms(line, lexicon)).collect();
    for event in events.iter_mut().filter(|event| event.voice == Voice::Caption) {
        let line = lines.get(event.sentence as usize).map_or(&[][..], Vec::as_slice);
        let capitals = line.iter().filter(|token| token.capital);
        let shown: BTreeSet<String> = capitals.filter_map(|token| stem(token, lexicon)).collect();
        let shared = shown.intersection(&story).count();
        event.off_topic = match event.scene {
            Scene::File | Scene::Illustration => Some(TopicReason::FilePicture),
            Scene::Live if story.is_empty() || shared >= SHARED => None,
            Scene::Live => Some(TopicReason::UnrelatedPicture),
        };
    }
}

fn terms<'a>(line: &'a Line, lexicon: &'a Lexicon) -> impl Iterator<Item = String> + 'a {
    line.iter().filter_map(|token| stem(token, lexicon))
}
