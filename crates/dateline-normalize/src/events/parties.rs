//! Who speaks, who takes part and where; and the event mention made of all that.

use dateline_model::{BlockKind, EventMention, Mention, MentionKind, Voice};
use dateline_text::TextRange;

use super::{Draft, Telling};
use crate::clauses::Start;
use crate::lexicon::{Grammar, Often, Verb, VerbClass};
use crate::names::is_container;
use crate::owners::tokens_of;
use crate::terms::Terms;

/// Bytes behind a verb of speech within which its speaker may stand ("said Rutte").
const SPEAKER_BEHIND: u32 = 24;

impl Telling<'_> {
    /// Who speaks: the mention nearest before the verb of speech in its clause, or just
    /// behind it.
    pub(super) fn speaker(&self, main: Option<usize>) -> Option<u32> {
        let speech = self.shape.verbs.iter().position(|verb| {
            verb.finite && matches!(verb.verb.class, VerbClass::Say | VerbClass::Report)
        });
        let index = self.speech(main).or(speech)?;
        let at = self.shape.verbs.get(index)?.at;
        let verb = self.line.get(at)?.range;
        let actor = |mention: &Mention| {
            matches!(mention.kind, MentionKind::Person | MentionKind::Organization)
        };
        // "Medinsky, who led the Russian team, said": the relative clause names no speaker.
        let own = |mention: &Mention| {
            let at = self.line.partition_point(|token| token.range.end() <= mention.range.start());
            let start = self.clause(at).and_then(|clause| self.shape.starts.get(clause));
            start != Some(&Start::Relative)
        };
        let from = self.clause_start(at).max(self.verb_before(at));
        let before = self.near.iter().rposition(|mention| {
            actor(mention)
                && own(mention)
                && mention.range.end() <= verb.start()
                && mention.range.start() >= from
        });
        let after = || {
            self.near.iter().position(|mention| {
                actor(mention)
                    && mention.range.start() >= verb.end()
                    && mention.range.start() <= verb.end() + SPEAKER_BEHIND
            })
        };
        before.or_else(after).and_then(|at| self.near_index.get(at)).copied()
    }

    /// Where the main clause that holds the verb at `at`, with the clauses set into it,
    /// starts.
    fn clause_start(&self, at: usize) -> u32 {
        let own = self.clause(at).unwrap_or(0);
        let set_in = |clause: usize| self.shape.starts.get(clause) == Some(&Start::Relative);
        let first = (0..own).rev().take_while(|clause| set_in(*clause)).last();
        let opens = first.map_or(own, |first| first.saturating_sub(1));
        let token = self.shape.clause.iter().position(|clause| *clause == opens);
        token.and_then(|token| self.line.get(token)).map_or(0, |token| token.range.start())
    }

    /// Where the last finite verb before the one at `at` ends, those of relative clauses
    /// aside: what stands before it speaks of something else.
    fn verb_before(&self, at: usize) -> u32 {
        let told = self.shape.verbs.iter().rev().find(|verb| {
            let start = self.clause(verb.at).and_then(|clause| self.shape.starts.get(clause));
            verb.at < at
                && verb.finite
                && start != Some(&Start::Relative)
                && !self.is_auxiliary(verb.at)
        });
        told.and_then(|verb| self.line.get(verb.at)).map_or(0, |token| token.range.end())
    }

    /// Which earlier event of the same picture an undated caption sentence goes on with:
    /// the one that names one of its people, else the first.
    pub(super) fn followed(&self, out: &[EventMention], first: usize) -> u32 {
        let names: Vec<&str> = self
            .near
            .iter()
            .filter(|m| m.kind == MentionKind::Person)
            .map(|m| m.name.as_str())
            .collect();
        let speaker = names.first();
        let named = out.iter().enumerate().skip(first).find(|(_, event)| {
            event.who.iter().any(|who| {
                let name =
                    self.page.mentions.get(*who as usize).map(|mention| mention.name.as_str());
                name.is_some() && name == speaker.copied()
            })
        });
        named.map_or(first, |(at, _)| at) as u32
    }

    pub(super) fn finish(
        &self,
        draft: Draft,
        continues: Option<u32>,
        terms: &mut Terms,
    ) -> EventMention {
        let scope = if draft.main { draft.clause } else { draft.title.cover(draft.title) };
        let (who, places) = self.parties(&draft, scope);
        let scope = self.term_scope(&draft);
        let trigger = self.trigger_kinds(&draft);
        let said = trigger.iter().any(|(_, often)| *often == Often::Said);
        // Who says something of an event does no more than that.
        let (happenings, once) =
            if said { (Vec::new(), false) } else { self.happenings(scope, &draft.dates, terms) };
        let own = trigger.iter().filter(|(_, often)| often.tells());
        let own = own.map(|(kind, _)| terms.intern(kind)).collect();
        EventMention {
            clause: draft.clause,
            sentence: self.at as u32,
            trigger: terms.intern(&draft.trigger),
            modality: draft.modality,
            kind: draft.kind,
            voice: match self.kind {
                BlockKind::Caption => Voice::Caption,
                BlockKind::Deck => Voice::Deck,
                BlockKind::Headline => Voice::Headline,
                _ => Voice::Body,
            },
            date: draft.date,
            date_basis: draft.basis,
            dates: draft.dates,
            speaker: draft.speaker,
            who,
            places,
            gathering: draft.gathering,
            scene: self.scene,
            happenings,
            own_happenings: own,
            once,
            terms: terms.of(self.line, scope, self.page.lexicon),
            continues,
            title: draft.title,
            off_topic: None,
        }
    }

    /// The kinds of what the trigger can name: where its verb stands with a particle or
    /// object ("jumped the rails"), what they name together.
    fn trigger_kinds(&self, draft: &Draft) -> Vec<(&str, Often)> {
        let lexicon = self.page.lexicon;
        let is = |verb: &Verb| lexicon.lemmas.get(verb.lemma as usize) == Some(&draft.trigger);
        let at = self.line.iter().position(|token| {
            draft.clause.contains(token.range) && lexicon.verbs(token).iter().any(is)
        });
        match at {
            Some(at) => lexicon.happenings(self.line, at).collect(),
            None => lexicon.happenings_of(&draft.trigger),
        }
    }

    /// The kinds of what the words in `scope` tell; and whether one of them happens only once.
    /// What stands behind "after" or "since", or in a clause with a date of its own, is told
    /// of another day than `dates`.
    fn happenings(&self, scope: TextRange, dates: &[u32], terms: &mut Terms) -> (Vec<u32>, bool) {
        let lexicon = self.page.lexicon;
        let clauses = |own: bool| {
            let dated = self.dates.iter().filter(move |(at, _)| dates.contains(at) == own);
            dated.filter_map(|(_, date)| self.clause(tokens_of(date, self.line).0))
        };
        let told: Vec<usize> = clauses(true).collect();
        let elsewhere: Vec<usize> =
            clauses(false).filter(|clause| !told.contains(clause)).collect();
        let (mut out, mut once, mut aside) = (Vec::new(), false, None);
        for (at, token) in self.line.iter().enumerate() {
            if !scope.contains(token.range) {
                continue;
            }
            let grammar = |part| lexicon.grammar(token, part);
            if grammar(Grammar::Beside) || grammar(Grammar::Ahead) || grammar(Grammar::Comparison) {
                aside = self.clause(at);
            }
            let clause = self.clause(at);
            if clause.is_some_and(|clause| aside == Some(clause) || elsewhere.contains(&clause)) {
                continue;
            }
            let kinds: Vec<(&str, Often)> = lexicon.happenings(self.line, at).collect();
            for (kind, _) in kinds.iter().filter(|(_, often)| often.tells()) {
                out.push(terms.intern(kind));
            }
            // Of a word that can name several things, none is sure.
            once |= !kinds.is_empty() && kinds.iter().all(|(_, often)| *often == Often::Once);
        }
        out.sort_unstable();
        out.dedup();
        (out, once)
    }

    pub(super) fn term_scope(&self, draft: &Draft) -> TextRange {
        if draft.main { draft.clause } else { draft.title }
    }

    /// Who takes part and where, each name once.
    pub(super) fn parties(&self, draft: &Draft, scope: TextRange) -> (Vec<u32>, Vec<u32>) {
        let (mut who, mut places): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let name =
            |index: &u32| self.page.mentions.get(*index as usize).map(|mention| &mention.name);
        // What stands inside the name of another gathering belongs to that one.
        let own = draft.gathering.as_ref().map(|gathering| gathering.mention);
        let others = || {
            let gatherings = self.near.iter().zip(&self.near_index);
            gatherings.filter(|(m, at)| m.kind == MentionKind::Gathering && own != Some(**at))
        };
        let elsewhere = |mention: &Mention| {
            own.is_some() && others().any(|(other, _)| other.range.contains(mention.range))
        };
        let wanted = |mention: &Mention| {
            scope.contains(mention.range) && !elsewhere(mention)
                || draft.gathering.as_ref().is_some_and(|gathering| {
                    gathering.place.as_ref() == Some(&mention.name)
                        || gathering.parties.contains(&mention.name)
                })
        };
        let named = self.near.iter().zip(&self.near_index).enumerate();
        for (at, (mention, index)) in named.filter(|(_, (mention, _))| wanted(mention)) {
            if is_container(self.page.text, &self.near, at) {
                continue;
            }
            let list = match mention.kind {
                MentionKind::Person | MentionKind::Organization => &mut who,
                MentionKind::Place => &mut places,
                MentionKind::Gathering => continue,
            };
            if list.iter().all(|other| name(other) != Some(&mention.name)) {
                list.push(*index);
            }
        }
        if let Some(speaker) =
            draft.speaker.filter(|speaker| who.iter().all(|w| name(w) != name(speaker)))
        {
            who.push(speaker);
        }
        (who, places)
    }
}
