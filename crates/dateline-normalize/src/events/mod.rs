//! Event mentions: what each sentence tells, when, and by whom. One sentence may tell
//! several things; each date belongs to one of them.

use dateline_model::{
    Block, BlockKind, DateBasis, EventKind, EventMention, Gathering, Mention, Modality, Moment,
    Scene, Sentence, Timex,
};
use dateline_text::TextRange;

mod asked;
mod drafts;
mod parties;
mod read;
mod verdict;

pub use asked::Told;
pub(crate) use asked::told;

use crate::clauses::Shape;
use crate::gatherings::Found;
use crate::lexicon::{Cue, Lexicon};
use crate::names::Line;
use crate::terms::Terms;

/// Days before the reference from which on something told in passing is background.
const BACKGROUND_DAYS: i32 = 45;

/// What the whole brief knows.
pub(crate) struct Page<'a> {
    pub text: &'a str,
    pub blocks: &'a [Block],
    pub sentences: &'a [Sentence],
    pub lines: &'a [Line],
    pub dates: &'a [Timex],
    pub mentions: &'a [Mention],
    /// Gatherings by sentence; their mentions are already among `mentions`.
    pub gatherings: &'a [Vec<Found>],
    /// How each block shows its scene.
    pub scenes: &'a [Scene],
    pub reference: Option<Moment>,
    /// Whether a picture alone dates the page, so that the page may be some days younger.
    pub bounded_below: bool,
    /// The words that date the page itself, and so no event: a date in its title.
    pub evidence: Option<TextRange>,
    pub lexicon: &'a Lexicon,
}

/// One thing told, before names and terms are looked up.
#[derive(Clone, Debug)]
struct Draft {
    clause: TextRange,
    title: TextRange,
    trigger: String,
    modality: Modality,
    kind: EventKind,
    date: Option<u32>,
    dates: Vec<u32>,
    basis: DateBasis,
    gathering: Option<Gathering>,
    speaker: Option<u32>,
    /// Whether it only continues what its block tells (a further caption sentence).
    follows: bool,
    main: bool,
}

/// The event mentions of the page, in order, and for each sentence whether one cites it.
pub(crate) fn find(page: &Page<'_>, terms: &mut Terms) -> Vec<EventMention> {
    let mut out: Vec<EventMention> = Vec::new();
    let mut first: Option<(u32, usize)> = None;
    for at in 0..page.sentences.len() {
        let Some(telling) = Telling::new(page, at) else { continue };
        let block = telling.sentence.block;
        let first_of_block = first.filter(|(of, _)| *of == block).map(|(_, first)| first);
        for draft in telling.drafts() {
            let continues = match (draft.follows, first_of_block) {
                (true, Some(first)) => Some(telling.followed(&out, first)),
                _ => None,
            };
            let event = telling.finish(draft, continues, terms);
            if first.is_none_or(|(of, _)| of != block) {
                first = Some((block, out.len()));
            }
            out.push(event);
        }
    }
    out
}

impl Page<'_> {
    fn block(&self, at: u32) -> Option<&Block> {
        self.blocks.get(at as usize)
    }
}

/// One sentence and what was seen in it.
struct Telling<'a> {
    page: &'a Page<'a>,
    at: usize,
    sentence: Sentence,
    line: &'a Line,
    /// Mentions of the sentence, with their index on the page.
    near: Vec<Mention>,
    near_index: Vec<u32>,
    shape: Shape,
    kind: BlockKind,
    scene: Scene,
    /// Its date expressions that can say when, with their index on the page.
    dates: Vec<(u32, &'a Timex)>,
    /// Whether each token is part of one.
    dated: Vec<bool>,
    /// The cue at each token.
    cues: Vec<Option<(Cue, usize)>>,
}
