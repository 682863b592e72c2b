//! What one sentence tells, before names and terms are looked up: each date goes to one
//! of the things told.

use dateline_model::{BlockKind, DateBasis, Gathering, MentionKind, Modality, Moment, Timex};
use dateline_text::TextRange;

use super::{Draft, Telling};
use crate::clauses::{Start, VerbAt};
use crate::gatherings::Found;
use crate::lexicon::{Grammar, NounKind, VerbClass};
use crate::names::with_containers;
use crate::owners::{NounOwner, Owner, owner, tokens_of};
use crate::words::{Form, Token};

/// Words between a gathering and the relative clause that tells of it, at most.
const ANTECEDENT: usize = 5;

impl Telling<'_> {
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let owned: Vec<(u32, &Timex, Owner)> = self
            .dates()
            .iter()
            .map(|(index, date)| (*index, *date, owner(date, &self.sight())))
            .collect();
        let main_verb = self.main_or_complement(&owned);
        let mut groups: Vec<(Owner, Vec<(u32, &Timex)>)> = Vec::new();
        let mut main_dates: Vec<(u32, &Timex)> = Vec::new();
        for (index, date, owner) in owned {
            match owner {
                Owner::Compared => {}
                Owner::Verb(verb) if self.carried(verb, main_verb) && !self.is_future(index) => {
                    main_dates.push((index, date));
                }
                _ if !main_dates.is_empty() && self.measured_from(date) => {}
                owner if self.is_main(owner, main_verb) => match self.overtaken(index, main_verb) {
                    Some(noun) => groups.push((noun, vec![(index, date)])),
                    None => main_dates.push((index, date)),
                },
                owner => match groups.iter_mut().find(|(other, _)| *other == owner) {
                    Some((_, dates)) => dates.push((index, date)),
                    None => groups.push((owner, vec![(index, date)])),
                },
            }
        }
        let mut out = self.main_drafts(main_verb, main_dates, !groups.is_empty());
        if out.iter().any(|draft| draft.date.is_some()) {
            out.extend(self.beside(main_verb));
        }
        out.extend(self.other_speakers(main_verb));
        for (owner, dates) in groups {
            let nested = self.nested(owner, &dates);
            let same = |draft: &Draft| {
                let day = |index: Option<u32>| index.and_then(|i| self.page.dates.get(i as usize));
                match (day(draft.date), day(nested.date)) {
                    (Some(a), Some(b)) => {
                        a.interval == b.interval
                            || b.interval.contains(a.interval) && b.grain > a.grain
                    }
                    _ => false,
                }
            };
            // "Turkey hosts the 2026 summit": the gathering has a date of its own, and what is
            // told of it without one is another thing.
            let own = nested.gathering.as_ref().map(|gathering| gathering.mention);
            for draft in out.iter_mut().filter(|draft| draft.date.is_none()) {
                if own.is_some()
                    && draft.gathering.as_ref().map(|gathering| gathering.mention) == own
                {
                    draft.gathering = None;
                    draft.title = draft.clause;
                }
            }
            if let Some(draft) = out.iter_mut().find(|draft| same(draft)) {
                draft.dates.extend(&nested.dates);
                draft.gathering = draft.gathering.take().or(nested.gathering);
            } else if bounded(&dates)
                && !matches!(owner, Owner::Verb(verb) if self.only_is(Some(verb)) || self.measures(verb))
            {
                out.push(nested);
            }
        }
        out
    }

    /// "Failed to agree on Monday": the infinitive right behind the main verb tells no second
    /// thing, unless it lies ahead ("agreed to meet next week").
    fn carried(&self, verb: usize, main: Option<usize>) -> bool {
        let at = |verb: usize| self.shape.verbs.get(verb).map(|found| found.at);
        let (Some(at), Some(main)) = (at(verb), main.and_then(at)) else { return false };
        let to = at.checked_sub(1).and_then(|before| self.line.get(before));
        at > main
            && at <= main + 3
            && self.clause(at) == self.clause(main)
            && to.is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Infinitive))
    }

    /// "Was invited to the summit in The Hague on June 24": what is told as done cannot lie
    /// ahead, so the date is that of the event noun before it.
    fn overtaken(&self, date: u32, main: Option<usize>) -> Option<Owner> {
        let found = self.shape.verbs.get(main?)?;
        let done = self.is_ahead(date, main) && self.modality(main, None) == Modality::Occurred;
        let timex = self.page.dates.get(date as usize).filter(|_| done)?;
        let (from, to) = tokens_of(timex, self.line);
        let sight = self.sight();
        let noun =
            sight.noun_before(from).map(|(at, noun)| Owner::Noun(at, NounOwner::After(noun.kind)));
        let behind = sight.noun_behind(to);
        let noun = noun.or(behind)?;
        matches!(noun, Owner::Noun(at, _) if at > found.at).then_some(noun)
    }

    /// What a further main clause behind a semicolon tells of someone, beside a dated event:
    /// "talks open on June 2; only Washington has seen the terms".
    pub(super) fn beside(&self, main: Option<usize>) -> Vec<Draft> {
        let told =
            main.and_then(|main| self.shape.verbs.get(main)).and_then(|verb| self.clause(verb.at));
        let dated =
            |range: TextRange| self.dates().iter().any(|(_, date)| range.contains(date.range));
        let opens = |at: usize| self.line.get(at).is_some_and(|token| token.is(";"));
        (0..self.line.len())
            .filter(|at| opens(*at) && self.clause(*at) != told)
            .filter_map(|at| {
                let part = self.clause_range(at);
                let clause = self.clause(at);
                let verb = self.shape.verbs.iter().position(|verb| {
                    verb.finite && self.clause(verb.at) == clause && !self.is_auxiliary(verb.at)
                })?;
                let named = self.near.iter().any(|mention| part.contains(mention.range));
                let words = TextRange::new(part.start() + 1, part.end())?.trim(self.page.text);
                let draft = self.draft(Some(verb), Vec::new(), words);
                (named && !dated(part)).then_some(Draft { main: true, ..draft })
            })
            .collect()
    }

    /// What someone else says in the same sentence: "Sikorski said …, while Lavrov denounced
    /// the warning".
    fn other_speakers(&self, main: Option<usize>) -> Vec<Draft> {
        let name = |at: Option<u32>| {
            at.and_then(|at| self.page.mentions.get(at as usize)).map(|mention| &mention.name)
        };
        let Some(first) = self.speech(main).and_then(|main| name(self.speaker(Some(main)))) else {
            return Vec::new();
        };
        let told = main.and_then(|main| self.shape.verbs.get(main)).and_then(|v| self.clause(v.at));
        let verbs = self.shape.verbs.iter().enumerate().filter(|(_, verb)| {
            let clause = self.clause(verb.at);
            let start = clause.and_then(|clause| self.shape.starts.get(clause));
            verb.finite
                && verb.verb.class == VerbClass::Say
                && clause != told
                && start != Some(&Start::Relative)
        });
        verbs
            .filter_map(|(index, verb)| {
                let part = self.clause_range(verb.at);
                let speaker = self.speaker(Some(index))?;
                let mention = self.page.mentions.get(speaker as usize)?;
                let own = mention.kind == MentionKind::Person && part.contains(mention.range);
                let dated = self.dates().iter().any(|(_, date)| part.contains(date.range));
                let other = own && !dated && mention.name != *first;
                let draft = other.then(|| self.draft(Some(index), Vec::new(), part))?;
                Some(Draft { title: self.without_link(part), ..draft })
            })
            .collect()
    }

    /// The verb the main event is about: the main verb, or what a bare "says" says.
    pub(super) fn main_or_complement(&self, owned: &[(u32, &Timex, Owner)]) -> Option<usize> {
        let main = self.shape.main?;
        let verb = self.shape.verbs.get(main)?;
        let dated = |verb: usize| owned.iter().any(|(_, _, owner)| *owner == Owner::Verb(verb));
        if !matches!(verb.verb.class, VerbClass::Report | VerbClass::Plan) || dated(main) {
            return Some(main);
        }
        let mut after = self.shape.verbs.iter().enumerate().skip(main + 1);
        let complement = after.find(|(_, verb)| verb.finite && !self.is_auxiliary(verb.at));
        complement.map(|(index, _)| index).filter(|index| dated(*index)).or(Some(main))
    }

    /// Whether what `owner` names is the main event: its verb, a verb that helps it or
    /// hangs on it, or a noun that is its subject.
    pub(super) fn is_main(&self, owner: Owner, main: Option<usize>) -> bool {
        let Some(main_at) = main.and_then(|main| self.shape.verbs.get(main)).map(|verb| verb.at)
        else {
            return matches!(owner, Owner::Scene | Owner::Noun(_, NounOwner::After(_)))
                || self.shape.verbs.is_empty();
        };
        match owner {
            Owner::Verb(verb) => {
                Some(verb) == main
                    || self.shape.verbs.get(verb).is_some_and(|found| {
                        !found.finite && !self.detached(found.at, main_at)
                            || self.is_auxiliary(found.at)
                                && self.clause(found.at) == self.clause(main_at)
                    })
            }
            Owner::Noun(at, NounOwner::After(_)) => at < main_at || self.kind == BlockKind::Caption,
            Owner::Noun(at, NounOwner::Before(kind)) => {
                kind != NounKind::Target
                    && at < main_at
                    && self.clause(at) == self.clause(main_at)
                    && self.speech(main).is_none()
                    && self.heads_clause(at)
            }
            Owner::Scene => true,
            Owner::Compared => false,
        }
    }

    /// The main event of the sentence; in a caption, one for each day it shows.
    pub(super) fn main_drafts(
        &self,
        verb: Option<usize>,
        dates: Vec<(u32, &Timex)>,
        nested: bool,
    ) -> Vec<Draft> {
        // A headline that is a title and the page's own day tells no event.
        let own = |date: &Timex| {
            date.implied.is_empty()
                && date.interval.is_one_day()
                && date.interval.latest().map(Moment::day) == self.page.reference.map(Moment::day)
        };
        let titled = verb.is_none() && self.kind == BlockKind::Headline;
        if titled && !dates.is_empty() && dates.iter().all(|(_, date)| own(date)) {
            return Vec::new();
        }
        // "Good afternoon." is a date and no event.
        if verb.is_none() && !(self.shows() && self.has_subject()) || self.only_is(verb) {
            return Vec::new();
        }
        let vague = dates.iter().find(|(_, date)| date.interval.is_unknown());
        let mut days: Vec<Vec<(u32, &Timex)>> = Vec::new();
        for (index, date) in dates.iter().filter(|(_, date)| !date.interval.is_unknown()) {
            let joins = days
                .iter_mut()
                .find(|day| day.iter().any(|(_, other)| other.interval.overlaps(date.interval)));
            match joins {
                Some(day) => day.push((*index, date)),
                None => days.push(vec![(*index, *date)]),
            }
        }
        if days.is_empty() {
            if !self.tells(verb, nested) {
                return Vec::new();
            }
            return vec![self.draft(
                verb,
                vague.map(|(i, _)| vec![*i]).unwrap_or_default(),
                self.sentence.range,
            )];
        }
        let parts = self.parts(&days);
        days.iter()
            .zip(parts)
            .map(|(day, part)| {
                let mut day: Vec<&(u32, &Timex)> = day.iter().collect();
                day.sort_by_key(|(index, date)| (date.grain, *index));
                self.draft(verb, day.iter().map(|(index, _)| *index).collect(), part)
            })
            .collect()
    }

    /// "Since records began in 1851": the clause only says from when on something is measured.
    fn measures(&self, verb: usize) -> bool {
        let own = self.shape.verbs.get(verb).and_then(|verb| self.clause(verb.at));
        let opens = self.shape.clause.iter().position(|clause| Some(*clause) == own);
        opens
            .and_then(|opens| self.line.get(opens))
            .is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Comparison))
    }

    /// Whether nothing but being is told, of nothing that has a name.
    fn only_is(&self, verb: Option<usize>) -> bool {
        let state = verb
            .and_then(|verb| self.shape.verbs.get(verb))
            .is_some_and(|found| found.verb.class == VerbClass::State);
        state && !self.shows() && !self.has_subject()
    }

    /// Whether a word that is no verb, no date and no function word is among the words.
    fn has_subject(&self) -> bool {
        let lexicon = self.page.lexicon;
        self.line.iter().enumerate().any(|(at, token)| {
            token.form == Form::Word
                && !lexicon.is_stopword(&token.folded)
                && lexicon.verbs(token).is_empty()
                && self
                    .near
                    .iter()
                    .all(|m| m.kind == MentionKind::Gathering || !m.range.overlaps(token.range))
                && !self.is_dated(at)
        })
    }

    /// `part` without the comma, "and" or "which" that links it to the one before.
    fn without_link(&self, part: TextRange) -> TextRange {
        let inside = self.line.iter().filter(|token| part.contains(token.range));
        let link = |token: &&&Token| {
            token.form == Form::Mark
                || self.page.lexicon.grammar(token, Grammar::Coordinator)
                || self.page.lexicon.grammar(token, Grammar::Relative)
                || self.page.lexicon.grammar(token, Grammar::Subordinator)
        };
        let linked = inside.clone().take_while(|token| link(&token)).count();
        let first = inside.clone().nth(linked).map(|token| token.range.start());
        first
            .and_then(|first| TextRange::new(first, part.end()))
            .unwrap_or(part)
            .trim(self.page.text)
    }

    /// Whether `part` says more than its own date.
    fn says_more(&self, part: TextRange, day: &[(u32, &Timex)]) -> bool {
        let words = self.line.iter().filter(|token| part.contains(token.range));
        let other =
            words.filter(|token| day.iter().all(|(_, date)| !date.range.overlaps(token.range)));
        other.filter(|token| token.form == Form::Word).count() > 2
    }

    /// The part of the sentence that tells of each day: all of it for one, else up to and
    /// including the day's own words.
    pub(super) fn parts(&self, days: &[Vec<(u32, &Timex)>]) -> Vec<TextRange> {
        let mut start = self.sentence.range.start();
        let count = days.len();
        days.iter()
            .enumerate()
            .map(|(at, day)| {
                let end = day.iter().map(|(_, date)| date.range.end()).max().unwrap_or(start);
                let end = if at + 1 == count { self.sentence.range.end() } else { end };
                let part = TextRange::new(start, end).map(|part| self.without_link(part));
                start = end;
                let part = part.filter(|part| self.says_more(*part, day));
                part.filter(|_| count > 1).unwrap_or(self.sentence.range)
            })
            .collect()
    }

    pub(super) fn draft(&self, verb: Option<usize>, dates: Vec<u32>, part: TextRange) -> Draft {
        let found = verb.and_then(|verb| self.shape.verbs.get(verb));
        let gathering = self.main_gathering(verb, part);
        let lexicon = self.page.lexicon;
        let lemma = found.and_then(|found| lexicon.lemmas.get(found.verb.lemma as usize)).cloned();
        let trigger =
            lemma.or_else(|| gathering.as_ref().map(|(found, _)| found.gathering.head.clone()));
        let date = dates.first().copied();
        let ahead = verb.is_none() && gathering.as_ref().is_some_and(|(found, _)| found.ahead);
        let modality = if ahead { Modality::Planned } else { self.modality(verb, date) };
        let title = match &gathering {
            Some((found, true)) => found.mention.range,
            _ => part,
        };
        Draft {
            clause: part,
            title,
            trigger: trigger.unwrap_or_default(),
            modality,
            kind: self.kind_of(date, modality, verb),
            date,
            basis: if date.is_some() { DateBasis::Clause } else { DateBasis::Reported },
            dates,
            gathering: gathering.map(|(found, _)| self.indexed(found)),
            speaker: self.speaker(verb),
            follows: self.kind == BlockKind::Caption && date.is_none(),
            main: true,
        }
    }

    /// The gathering that the main event is, and whether it alone names the event.
    pub(super) fn main_gathering(
        &self,
        verb: Option<usize>,
        part: TextRange,
    ) -> Option<(&Found, bool)> {
        let class = verb.and_then(|verb| self.shape.verbs.get(verb)).map(|verb| verb.verb.class);
        let mut found = self
            .page
            .gatherings
            .get(self.at)?
            .iter()
            .filter(|found| part.contains(found.mention.range));
        let inside = match class {
            // "Before the summit" is no gathering of the event, unless nothing else is told.
            None => found.next(),
            // A picture of someone who speaks shows where.
            Some(VerbClass::Say) if self.kind == BlockKind::Caption => {
                found.find(|found| !found.beside)
            }
            // Spoken, decided or done by or in a gathering, not the gathering itself; but
            // "the meeting will discuss" is.
            Some(
                VerbClass::Say
                | VerbClass::Report
                | VerbClass::Move
                | VerbClass::Harm
                | VerbClass::Decide
                | VerbClass::Other
                | VerbClass::Plan,
            ) => found.find(|found| {
                !found.beside && self.shares_clause(found, verb) && self.heads_clause(found.head_at)
            }),
            Some(_) => found.find(|found| !found.beside || self.shares_clause(found, verb)),
        }?;
        // Named by its noun alone it says too little to call the event by.
        let named = self.near.iter().any(|mention| {
            mention.kind != MentionKind::Gathering && inside.mention.range.contains(mention.range)
        });
        Some((inside, named && class != Some(VerbClass::Show)))
    }

    /// "After the talks failed": the gathering is the subject of the verb, not beside it.
    pub(super) fn shares_clause(&self, found: &Found, verb: Option<usize>) -> bool {
        let at = verb.and_then(|verb| self.shape.verbs.get(verb)).map(|verb| verb.at);
        at.is_some_and(|at| {
            let between = |verb: &VerbAt| verb.finite && verb.at > found.head_at && verb.at < at;
            found.head_at < at
                && self.clause(found.head_at) == self.clause(at)
                && !self.shape.verbs.iter().any(|verb| between(verb) && !self.is_auxiliary(verb.at))
        })
    }

    pub(super) fn indexed(&self, found: &Found) -> Gathering {
        let at = self.near.iter().position(|mention| {
            mention.kind == MentionKind::Gathering && mention.range == found.mention.range
        });
        let mention = at.and_then(|at| self.near_index.get(at)).copied().unwrap_or(0);
        Gathering { mention, ..found.gathering.clone() }
    }

    /// An event told inside the sentence by another verb or by a noun.
    pub(super) fn nested(&self, owner: Owner, dates: &[(u32, &Timex)]) -> Draft {
        let mut indices: Vec<(u32, &Timex)> = dates.to_vec();
        indices.sort_by_key(|(index, date)| (date.interval.is_unknown(), date.grain, *index));
        let indices: Vec<u32> = indices.into_iter().map(|(index, _)| index).collect();
        match owner {
            Owner::Noun(at, how) => self.nested_noun(at, how, indices),
            Owner::Verb(verb) => {
                let at = self.shape.verbs.get(verb).map_or(0, |found| found.at);
                let part = self.with_antecedent(at, self.without_link(self.clause_range(at)));
                let draft = self.draft(Some(verb), indices, part);
                let draft =
                    Draft { clause: self.sentence.range, title: part, main: false, ..draft };
                self.of_antecedent(at, draft)
            }
            _ => Draft { main: false, ..self.draft(None, indices, self.sentence.range) },
        }
    }

    /// The words of a relative clause with the noun it hangs on: "the deal, which was signed
    /// in 2015"; of any other clause, the words themselves.
    fn with_antecedent(&self, at: usize, part: TextRange) -> TextRange {
        let own = self.clause(at);
        let relative = own.and_then(|own| self.shape.starts.get(own)) == Some(&Start::Relative);
        let opens = self.shape.clause.iter().position(|clause| Some(*clause) == own);
        let Some(opens) = opens.filter(|_| relative) else { return part };
        let lexicon = self.page.lexicon;
        let stops = [
            Grammar::Preposition,
            Grammar::Locative,
            Grammar::Coordinator,
            Grammar::Auxiliary,
            Grammar::Relative,
        ];
        let before =
            self.line.iter().take(opens).rev().skip_while(|token| token.form == Form::Mark);
        let noun = before.take(ANTECEDENT).take_while(|token| {
            token.form != Form::Mark
                && stops.iter().all(|stop| !lexicon.grammar(token, *stop))
                && self.shape.verbs.iter().all(|verb| {
                    self.line.get(verb.at).is_none_or(|other| other.range != token.range)
                })
        });
        noun.map(|token| token.range).last().map_or(part, |start| start.cover(part))
    }

    /// "The next summit, which will take place on June 24": what the relative clause tells is
    /// told of the gathering before it.
    fn of_antecedent(&self, at: usize, draft: Draft) -> Draft {
        let relative = self
            .clause(at)
            .filter(|clause| self.shape.starts.get(*clause) == Some(&Start::Relative));
        let opens =
            relative.and_then(|own| self.shape.clause.iter().position(|clause| *clause == own));
        let Some(opens) = opens else { return draft };
        let found = self.page.gatherings.get(self.at).into_iter().flatten().rfind(|found| {
            found.head_at < opens && found.head_at + ANTECEDENT >= opens && !found.beside
        });
        match found {
            Some(found) => {
                let title = found.mention.range;
                Draft { title, gathering: Some(self.indexed(found)), ..draft }
            }
            None => draft,
        }
    }

    pub(super) fn nested_noun(&self, at: usize, how: NounOwner, dates: Vec<u32>) -> Draft {
        let date = dates.first().copied();
        let found = self
            .page
            .gatherings
            .get(self.at)
            .and_then(|found| found.iter().find(|found| found.head_at == at));
        let (NounOwner::Before(kind) | NounOwner::After(kind)) = how;
        let future = date.is_some_and(|date| self.is_future(date));
        let modality = match (kind, future) {
            (NounKind::Target, _) => Modality::Target,
            (_, true) => Modality::Planned,
            (_, false) => Modality::Occurred,
        };
        let words = self.noun_phrase(at, date);
        let lexicon = self.page.lexicon;
        let head =
            lexicon.noun(self.line, at).and_then(|(noun, _)| lexicon.heads.get(noun.head as usize));
        Draft {
            clause: self.sentence.range,
            title: found.map_or(words, |found| found.mention.range.cover(words)),
            trigger: head.cloned().unwrap_or_default(),
            modality,
            kind: self.kind_of(date, modality, None),
            date,
            dates,
            basis: DateBasis::Clause,
            gathering: found.map(|found| self.indexed(found)),
            speaker: self.speaker(self.shape.main),
            follows: false,
            main: false,
        }
    }

    /// The words of a dated noun: from the date to the noun, or the other way round.
    pub(super) fn noun_phrase(&self, at: usize, date: Option<u32>) -> TextRange {
        let noun = self.line.get(at).map_or(self.sentence.range, |token| token.range);
        let date = date.and_then(|date| self.page.dates.get(date as usize));
        let words = date.map_or(noun, |date| noun.cover(date.range));
        // "The attack on Sunday in Boulder".
        let behind = self.line.partition_point(|token| token.range.start() < words.end());
        let locative = self
            .line
            .get(behind)
            .is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Locative));
        let place = self.line.get(behind + 1).filter(|_| locative).and_then(|next| {
            self.near.iter().find(|mention| {
                mention.kind == MentionKind::Place && mention.range.contains(next.range)
            })
        });
        place.map_or(words, |place| {
            words.cover(with_containers(self.page.text, self.page.mentions, place))
        })
    }
}

/// Whether at least one date has bounds.
fn bounded(dates: &[(u32, &Timex)]) -> bool {
    dates.iter().any(|(_, date)| !date.interval.is_unknown())
}
