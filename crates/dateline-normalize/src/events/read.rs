//! One sentence and what is seen in it: its dates, verbs, clauses and cues.

use dateline_model::{BlockKind, Grain, MentionKind, Scene, Timex, TimexType};
use dateline_text::TextRange;

use super::{Page, Telling};
use crate::clauses::{Capitals, shape};
use crate::lexicon::{Cue, Grammar, VerbClass};
use crate::owners::{Sight, tokens_of};
use crate::prose::inside;

/// Days between the latest picture of a page and the page itself, as a rule at most.
const PICTURE_DAYS: i32 = 7;

impl<'a> Telling<'a> {
    pub(super) fn new(page: &'a Page<'a>, at: usize) -> Option<Self> {
        let sentence = *page.sentences.get(at)?;
        let line = page.lines.get(at)?;
        let near = inside(page.mentions, sentence.range);
        let near_index: Vec<u32> = near.clone().map(|index| index as u32).collect();
        let near = page.mentions.get(near).unwrap_or(&[]).to_vec();
        let kind = page.block(sentence.block)?.kind;
        let capitals = Capitals::of(line, kind == BlockKind::Headline);
        let shape = shape(line, &near, capitals, page.lexicon);
        let scene = page.scenes.get(sentence.block as usize).copied().unwrap_or(Scene::Live);
        let dates: Vec<(u32, &Timex)> = inside(page.dates, sentence.range)
            .filter_map(|index| Some((index as u32, page.dates.get(index)?)))
            .filter(|(_, date)| is_placed(date))
            .filter(|(_, date)| page.evidence != Some(date.range))
            .collect();
        let mut dated = vec![false; line.len()];
        for (_, date) in &dates {
            let (from, to) = tokens_of(date, line);
            dated.get_mut(from..to).unwrap_or_default().fill(true);
        }
        let cue = |at: usize| page.lexicon.cue(line, at).filter(|_| dated.get(at) == Some(&false));
        let cues = (0..line.len()).map(cue).collect();
        Some(Self {
            page,
            at,
            sentence,
            line,
            near,
            near_index,
            shape,
            kind,
            scene,
            dates,
            dated,
            cues,
        })
    }

    pub(super) fn sight(&self) -> Sight<'_> {
        Sight {
            line: self.line,
            shape: &self.shape,
            mentions: &self.near,
            lexicon: self.page.lexicon,
        }
    }

    /// Date expressions of the sentence that can say when, with their index.
    pub(super) fn dates(&self) -> &[(u32, &'a Timex)] {
        &self.dates
    }

    /// "Exports rose in May from a year earlier": the second date is what the first is
    /// measured from.
    pub(super) fn measured_from(&self, date: &Timex) -> bool {
        let (from, _) = tokens_of(date, self.line);
        let before = from.checked_sub(1).and_then(|at| self.line.get(at));
        before.is_some_and(|before| self.page.lexicon.grammar(before, Grammar::Origin))
    }

    /// The cue at `at`, outside of date expressions ("May" is no "may").
    pub(super) fn cue(&self, at: usize) -> Option<(Cue, usize)> {
        self.cues.get(at).copied().flatten()
    }

    /// Whether the token at `at` is part of a date expression.
    pub(super) fn is_dated(&self, at: usize) -> bool {
        self.dated.get(at).copied().unwrap_or(false)
    }

    pub(super) fn is_auxiliary(&self, at: usize) -> bool {
        self.line.get(at).is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Auxiliary))
    }

    /// Whether the noun at `at` can be the subject: nothing between it and the start of its
    /// clause puts it into an apposition or behind a preposition.
    pub(super) fn heads_clause(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let before = (0..at).filter(|before| self.clause(*before) == clause);
        before.filter_map(|before| self.line.get(before)).all(|token| {
            let grammar = |part| self.page.lexicon.grammar(token, part);
            !token.is(",") && !grammar(Grammar::Preposition) && !grammar(Grammar::Locative)
        })
    }

    /// Whether a verb that is no clause of its own hangs on a noun before or behind the
    /// main verb ("those taken on Oct. 7"), so that its date is not the main verb's.
    pub(super) fn detached(&self, at: usize, main_at: usize) -> bool {
        if self.kind == BlockKind::Caption {
            return false;
        }
        let participle = self.line.get(at).is_some_and(|token| {
            let verbs = self.page.lexicon.verbs(token);
            verbs.iter().any(|verb| verb.forms.participle && !verb.forms.past)
        });
        participle || self.clause(at) != self.clause(main_at)
    }

    pub(super) fn clause(&self, at: usize) -> Option<usize> {
        self.shape.clause.get(at).copied()
    }

    pub(super) fn speech(&self, verb: Option<usize>) -> Option<usize> {
        let class = self.shape.verbs.get(verb?)?.verb.class;
        matches!(class, VerbClass::Say | VerbClass::Report).then_some(verb).flatten()
    }

    /// Whether a pronoun that stands for someone is the subject of the verb ("they promised").
    fn someone_before(&self, verb: Option<usize>) -> bool {
        let at = verb.and_then(|verb| self.shape.verbs.get(verb)).map(|verb| verb.at);
        let before = at.and_then(|at| self.line.get(at.saturating_sub(3)..at)).unwrap_or(&[]);
        before.iter().any(|token| self.page.lexicon.grammar(token, Grammar::Actor))
    }

    /// Whether words without a verb can tell an event: a caption, or an event noun or name.
    pub(super) fn shows(&self) -> bool {
        let noun = (0..self.line.len()).any(|at| self.page.lexicon.noun(self.line, at).is_some());
        self.kind == BlockKind::Caption || noun || !self.near.is_empty()
    }

    /// Whether the undated sentence tells an event at all: something happens, and someone
    /// or something known is near.
    pub(super) fn tells(&self, verb: Option<usize>, nested: bool) -> bool {
        let caption = self.kind == BlockKind::Caption;
        let class = verb.and_then(|verb| self.shape.verbs.get(verb)).map(|verb| verb.verb.class);
        let named = self.near.iter().any(|mention| mention.kind != MentionKind::Gathering);
        let actor = self
            .near
            .iter()
            .any(|mention| matches!(mention.kind, MentionKind::Person | MentionKind::Organization));
        let noun = (0..self.line.len()).any(|at| self.page.lexicon.noun(self.line, at).is_some());
        let short = matches!(self.kind, BlockKind::Bullet | BlockKind::Headline | BlockKind::Deck);
        match class {
            None => caption && (named || noun),
            Some(VerbClass::State) => actor || named && short && !nested,
            Some(_) => named || noun || short || self.someone_before(verb),
        }
    }

    pub(super) fn clause_range(&self, at: usize) -> TextRange {
        let clause = self.clause(at);
        let tokens = self.line.iter().zip(&self.shape.clause);
        let inside =
            tokens.filter(|(_, other)| Some(**other) == clause).map(|(token, _)| token.range);
        inside.reduce(TextRange::cover).unwrap_or(self.sentence.range)
    }

    pub(super) fn is_future(&self, date: u32) -> bool {
        let date = self.page.dates.get(date as usize);
        match (date.and_then(|date| date.interval.earliest()), self.page.reference) {
            (Some(earliest), Some(reference)) => earliest.day() > reference.day(),
            _ => false,
        }
    }

    /// Whether a date lies ahead for what `verb` tells. Where only a picture bounds the
    /// page's day, what is told as past a few days after the picture is past.
    pub(super) fn is_ahead(&self, date: u32, verb: Option<usize>) -> bool {
        if !self.is_future(date) {
            return false;
        }
        let past = verb
            .and_then(|verb| self.shape.verbs.get(verb))
            .is_some_and(|found| found.finite && found.verb.forms.past && !found.verb.forms.base);
        let latest = self.page.dates.get(date as usize).and_then(|date| date.interval.latest());
        let days = latest.zip(self.page.reference).and_then(|(latest, reference)| {
            Some(latest.day().since(reference.day()).ok()?.get_days())
        });
        !(self.page.bounded_below && past && days.is_some_and(|days| days < PICTURE_DAYS))
    }
}

/// Whether `date` is a place in time: a date, or a length with both ends in the calendar
/// ("the first five months of 2025"), not one that only reaches back from today.
fn is_placed(date: &Timex) -> bool {
    match date.kind {
        TimexType::Date | TimexType::Time => true,
        TimexType::Duration => {
            let ends = date.interval.earliest().zip(date.interval.latest());
            ends.is_some() && !date.implied.contains(&Grain::Day)
        }
        TimexType::Set => false,
    }
}
