//! A brief in, its dates, names and event mentions out. The text is never changed: all
//! that is found is ranges of it.
//!
//! | module | what |
//! |---|---|
//! | `reference` | the day a brief speaks from, and how it was found |
//! | `words`, `prose` | tokens; prose with its holes blanked out |
//! | `names`, `gatherings` | what `dateline-names` finds; meetings and talks |
//! | `clauses`, `owners` | verbs and clauses; which word a date belongs to |
//! | `events` | what each sentence tells |
//! | `topic` | whether a picture shows the story |
//! | `lexicon` | the tables under `data/` |
//!
//! ```
//! use dateline_model::{Block, BlockKind, Brief, Moment};
//! use dateline_normalize::{Context, Given, Lexicon, normalize};
//! use dateline_text::Source;
//!
//! let source = Source::from_utf8("Turkey will host peace talks in Istanbul on 2 June 2025.");
//! let blocks = vec![Block::new(BlockKind::Paragraph, source.range())];
//! let brief = Brief { blocks, ..Brief::default() };
//! let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
//! let given = Given::FillIn("2025-05-30".parse::<Moment>().unwrap());
//! let told = normalize(&source, brief, Context { lexicon: &lexicon, timex: &timex, given });
//! assert_eq!(told.events.len(), 1);
//! assert_eq!(told.events[0].kind.name(), "scheduled");
//! ```

use std::collections::BTreeSet;

use dateline_model::{
    Block, BlockKind, Brief, DateCandidate, Diagnostic, Grain, MentionKind, Moment,
    NormalizedBrief, Reference, ReferenceBasis, Scene, Sentence, SetAside, SetAsideReason,
    Severity, Timex,
};
use dateline_text::{Source, TextRange};

mod clauses;
mod events;
mod gatherings;
mod lexicon;
mod names;
mod owners;
mod prose;
mod publication;
mod reference;
mod terms;
#[cfg(test)]
mod tests;
mod topic;
mod words;

pub use events::Told;
pub use lexicon::Lexicon;
pub use prose::masked;

/// The language whose tables these are (ISO 639-1).
const LANGUAGE: &str = "en";

/// What normalize needs besides the brief.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Tables of names and triggers.
    pub lexicon: &'a Lexicon,
    /// Tables of date expressions.
    pub timex: &'a dateline_timex::Lexicon,
    /// A day the user gave, and how strongly.
    pub given: Given,
}

/// A reference date given by the user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// None.
    #[default]
    No,
    /// It fills in where a page prints none.
    FillIn(Moment),
    /// It overrides what the page prints.
    Force(Moment),
}

/// Finds what `brief` of `source` tells.
pub fn normalize(source: &Source, brief: Brief, context: Context<'_>) -> NormalizedBrief {
    normalize_asking(source, brief, context, &[]).0
}

/// The same, and for each of the words `asked` of which somebody knows that they tell an
/// event, what they tell; `None` for words in no sentence.
pub fn normalize_asking(
    source: &Source,
    brief: Brief,
    context: Context<'_>,
    asked: &[TextRange],
) -> (NormalizedBrief, Vec<Option<Told>>) {
    let lexicon = context.lexicon;
    let (text, scenes, dates, mut brief) = dated(source, brief, context);
    if is_foreign(brief.language.as_deref()) {
        return (brief, vec![None; asked.len()]);
    }
    brief.dates =
        dates.unwrap_or_else(|| tag(&text, &brief.blocks, brief.reference.moment, context));
    let (sentences, dates) = (&brief.sentences, &brief.dates);
    let lines: Vec<names::Line> =
        sentences.iter().map(|sentence| words::tokens(&text, sentence.range)).collect();
    let ranges: Vec<TextRange> = sentences.iter().map(|sentence| sentence.range).collect();
    let mut mentions = dateline_names::find(&text, &ranges, lexicon.names());
    let mut gatherings: Vec<Vec<gatherings::Found>> = lines
        .iter()
        .zip(sentences)
        .map(|(line, sentence)| {
            let near = mentions.get(prose::inside(&mentions, sentence.range)).unwrap_or(&[]);
            let dates = dates.get(prose::inside(dates, sentence.range)).unwrap_or(&[]);
            gatherings::find(&text, line, near, dates, lexicon)
        })
        .collect();
    gatherings::point_back(&mut gatherings);
    mentions.extend(gatherings.iter().flatten().map(|found| found.mention.clone()));
    mentions.sort_by_key(|mention| (mention.range, mention.kind == MentionKind::Gathering));
    let mut terms = terms::Terms::default();
    let page = events::Page {
        text: &text,
        blocks: &brief.blocks,
        sentences,
        lines: &lines,
        dates,
        mentions: &mentions,
        gatherings: &gatherings,
        scenes: &scenes,
        reference: brief.reference.moment,
        bounded_below: brief.reference.basis == ReferenceBasis::Caption,
        evidence: title_date(&brief.blocks, brief.reference),
        lexicon,
    };
    let mut events = events::find(&page, &mut terms);
    let told = asked.iter().map(|range| events::told(&page, *range)).collect();
    topic::judge(&mut events, &brief.blocks, sentences, &lines, lexicon);
    let subject = terms.subject(lines.iter(), lexicon);
    let cited: BTreeSet<u32> = events.iter().map(|event| event.sentence).collect();
    brief.set_aside = set_aside(&brief.blocks, sentences, |at| {
        (!cited.contains(&(at as u32))).then_some(SetAsideReason::NoEvent)
    });
    (brief.mentions, brief.events, brief.subject) = (mentions, events, subject);
    brief.terms = terms.into_list();
    (brief, told)
}

/// The days of `brief`: of its publication, and the one that it speaks from. No dates, names
/// and events are looked for, and no sentence is set aside but for its language; it needs no
/// tables of names.
pub fn date(source: &Source, brief: Brief, context: Context<'_>) -> NormalizedBrief {
    dated(source, brief, context).3
}

/// The text without what is no prose, the scene of each block, the dates where the day
/// depends on them, and what [`date`] answers.
fn dated(
    source: &Source,
    brief: Brief,
    context: Context<'_>,
) -> (String, Vec<Scene>, Option<Vec<Timex>>, NormalizedBrief) {
    let lexicon = context.lexicon;
    let text = masked(source.text(), &brief.blocks);
    let sentences = prose::sentences(&text, &brief.blocks, &lexicon.sentences);
    let evidence = publication::evidence(&brief, lexicon).cloned();
    if is_foreign(brief.language.as_deref()) {
        let brief = foreign(brief, sentences, evidence, context.given);
        return (text, Vec::new(), None, brief);
    }
    let scenes = scenes(&text, &brief.blocks, lexicon);
    let (reference, dates) = reference(&text, &brief, &scenes, context);
    let brief = NormalizedBrief {
        published: evidence.as_ref().map(|found| found.moment).or(brief.metadata.published),
        blocks: brief.blocks,
        metadata: brief.metadata,
        language: brief.language,
        evidence,
        candidates: brief.candidates,
        reference,
        sentences,
        diagnostics: diagnostics(reference),
        ..NormalizedBrief::default()
    };
    (text, scenes, dates, brief)
}

/// Whether a language is another than that of the tables.
fn is_foreign(language: Option<&str>) -> bool {
    language.is_some_and(|language| language != LANGUAGE)
}

/// The sentences of a text that is all prose.
pub fn sentences(text: &str, lexicon: &Lexicon) -> Vec<TextRange> {
    prose::sentences_of(text, &lexicon.sentences)
}

/// The terms of the content words within `range`, in order with repeats, and how many words
/// there are in all.
pub fn stems(text: &str, range: TextRange, lexicon: &Lexicon) -> (Vec<String>, u32) {
    let line = words::tokens(text, range);
    let count = line.iter().filter(|token| token.form != words::Form::Mark).count() as u32;
    (line.iter().filter_map(|token| terms::stem(token, lexicon)).collect(), count)
}

/// The words of the headline that date the page, and so no event.
fn title_date(blocks: &[Block], reference: Reference) -> Option<TextRange> {
    let evidence = reference.evidence?;
    let titles = blocks.iter().filter(|block| block.kind == BlockKind::Headline);
    titles.map(|block| block.range).find(|range| range.contains(evidence)).map(|_| evidence)
}

/// The date expressions of the prose in `blocks`, read against `reference`.
fn tag(
    text: &str,
    blocks: &[Block],
    reference: Option<Moment>,
    context: Context<'_>,
) -> Vec<Timex> {
    let mut timex = dateline_timex::Context::default();
    timex.reference = reference;
    dateline_timex::tag_within(text, &prose::stretches(blocks), &timex, context.timex)
}

/// The page's own reference or, where it prints none, that of its first sentence or of its
/// latest caption, with the dates where they had to be read for it.
fn reference(
    text: &str,
    brief: &Brief,
    scenes: &[Scene],
    context: Context<'_>,
) -> (Reference, Option<Vec<Timex>>) {
    let evidence = publication::evidence(brief, context.lexicon);
    let reference = reference::of_page(brief, evidence, context.given);
    if reference.moment.is_some() {
        return (reference, None);
    }
    let dates = tag(text, &brief.blocks, None, context);
    if let Some(reference) = lead_date(text, brief, &dates, context) {
        return (reference, None);
    }
    let live = |at: usize| scenes.get(at) == Some(&Scene::Live);
    let reference = reference::from_captions(&brief.blocks, &dates, &live);
    let unread = reference.moment.is_some();
    (reference, (!unread).then_some(dates))
}

/// A full date in the first sentence of the text, told as past: the page speaks from it.
/// A day that the user gave is better than that.
fn lead_date(
    text: &str,
    brief: &Brief,
    dates: &[Timex],
    context: Context<'_>,
) -> Option<Reference> {
    if context.given != Given::No {
        return None;
    }
    let lead = brief.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)?;
    let sentence = *context.lexicon.sentences.split(text, lead.range).first()?;
    let line = words::tokens(text, sentence);
    let ahead = (0..line.len()).any(|at| {
        let cue = context.lexicon.cue(&line, at).map(|(cue, _)| cue);
        matches!(
            cue,
            Some(lexicon::Cue::Planned | lexicon::Cue::Possible | lexicon::Cue::PlannedPast)
        )
    });
    let told = dates.get(prose::inside(dates, sentence))?.iter().find(|date| {
        date.grain == Some(Grain::Day) && date.implied.is_empty() && date.interval.is_one_day()
    });
    let told = told.filter(|_| !ahead)?;
    let moment = told.interval.latest().map(|moment| Moment::Day(moment.day()));
    Some(Reference { moment, basis: ReferenceBasis::Title, evidence: Some(told.range) })
}

/// How each block shows its scene: a caption's own words and its credit say whether it is
/// a file photo or an illustration.
fn scenes(text: &str, blocks: &[Block], lexicon: &Lexicon) -> Vec<Scene> {
    let seen = |range: TextRange| lexicon.picture(&words::tokens(text, range));
    blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            if block.kind != BlockKind::Caption {
                return Scene::Live;
            }
            let credit = blocks.get(at + 1).filter(|next| next.kind == BlockKind::Credit);
            let found = seen(block.range).or_else(|| credit.and_then(|credit| seen(credit.range)));
            match found {
                Some(lexicon::Picture::File) => Scene::File,
                Some(lexicon::Picture::Illustration) => Scene::Illustration,
                None => Scene::Live,
            }
        })
        .collect()
}

/// Sentences that are cited by nothing, and lines of noise.
fn set_aside(
    blocks: &[Block],
    sentences: &[Sentence],
    reason: impl Fn(usize) -> Option<SetAsideReason>,
) -> Vec<SetAside> {
    let noise = blocks.iter().filter(|block| block.kind == BlockKind::Noise);
    let noise = noise.map(|block| SetAside { range: block.range, reason: SetAsideReason::Noise });
    let told = sentences.iter().enumerate();
    let told = told
        .filter_map(|(at, sentence)| Some(SetAside { range: sentence.range, reason: reason(at)? }));
    let mut out: Vec<SetAside> = noise.chain(told).collect();
    out.sort();
    out
}

/// A brief in another language: nothing of it is guessed at.
fn foreign(
    brief: Brief,
    sentences: Vec<Sentence>,
    evidence: Option<DateCandidate>,
    given: Given,
) -> NormalizedBrief {
    let set_aside = set_aside(&brief.blocks, &sentences, |_| Some(SetAsideReason::OtherLanguage));
    let published = evidence.as_ref().map(|found| found.moment).or(brief.metadata.published);
    let language = brief.language.clone().unwrap_or_default();
    let diagnostic = Diagnostic {
        severity: Severity::Warning,
        code: "other-language".to_string(),
        range: None,
        message: format!("the text is in another language ({language}); all of it is set aside"),
    };
    NormalizedBrief {
        reference: reference::of_page(&brief, evidence.as_ref(), given),
        blocks: brief.blocks,
        metadata: brief.metadata,
        language: brief.language,
        published,
        evidence,
        candidates: brief.candidates,
        sentences,
        set_aside,
        diagnostics: vec![diagnostic],
        ..NormalizedBrief::default()
    }
}

fn diagnostics(reference: Reference) -> Vec<Diagnostic> {
    let note = |severity, code: &str, message: &str| Diagnostic {
        severity,
        code: code.to_string(),
        range: reference.evidence,
        message: message.to_string(),
    };
    match reference.basis {
        ReferenceBasis::None => vec![note(
            Severity::Warning,
            "no-reference",
            "the page prints no date of its own, so relative dates stay open; give one with --reference",
        )],
        ReferenceBasis::Caption => vec![note(
            Severity::Note,
            "caption-reference",
            "the page prints no date of its own; the latest caption bounds it from below",
        )],
        _ => Vec::new(),
    }
}
