//! Event mentions: what each sentence tells, when, and by whom. One sentence may tell
//! several things; each date belongs to one of them.

use dateline_model::{
    Block, BlockKind, DateBasis, EventKind, EventMention, Gathering, Mention, MentionKind,
    Modality, Moment, Scene, Sentence, Timex, TimexType, Voice,
};
use dateline_text::TextRange;
use jiff::ToSpan;

use crate::clauses::{Capitals, Shape, shape};
use crate::gatherings::Found;
use crate::lexicon::{Cue, Grammar, Lexicon, NounKind, VerbClass};
use crate::names::Line;
use crate::owners::{NounOwner, Owner, Sight, owner, tokens_of};
use crate::prose::inside;
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
}

impl<'a> Telling<'a> {
    fn new(page: &'a Page<'a>, at: usize) -> Option<Self> {
        let sentence = *page.sentences.get(at)?;
        let line = page.lines.get(at)?;
        let near = inside(page.mentions, sentence.range);
        let near_index: Vec<u32> = near.clone().map(|index| index as u32).collect();
        let near = page.mentions.get(near).unwrap_or(&[]).to_vec();
        let kind = page.block(sentence.block)?.kind;
        let capitals = Capitals::of(line, kind == BlockKind::Headline);
        let shape = shape(line, &near, capitals, page.lexicon);
        let scene = page.scenes.get(sentence.block as usize).copied().unwrap_or(Scene::Live);
        Some(Self { page, at, sentence, line, near, near_index, shape, kind, scene })
    }

    fn sight(&self) -> Sight<'_> {
        Sight {
            line: self.line,
            shape: &self.shape,
            mentions: &self.near,
            lexicon: self.page.lexicon,
        }
    }

    /// Date expressions of the sentence that can say when, with their index.
    fn dates(&self) -> Vec<(u32, &'a Timex)> {
        inside(self.page.dates, self.sentence.range)
            .filter_map(|index| Some((index, self.page.dates.get(index)?)))
            .filter(|(_, date)| matches!(date.kind, TimexType::Date | TimexType::Time))
            .filter(|(_, date)| self.page.evidence != Some(date.range))
            .map(|(index, date)| (index as u32, date))
            .collect()
    }

    fn drafts(&self) -> Vec<Draft> {
        let owned: Vec<(u32, &Timex, Owner)> = self
            .dates()
            .into_iter()
            .map(|(index, date)| (index, date, owner(date, &self.sight())))
            .collect();
        let main_verb = self.main_or_complement(&owned);
        let mut groups: Vec<(Owner, Vec<(u32, &Timex)>)> = Vec::new();
        let mut main_dates: Vec<(u32, &Timex)> = Vec::new();
        for (index, date, owner) in owned {
            match owner {
                Owner::Compared => {}
                _ if !main_dates.is_empty() && self.measured_from(date) => {}
                owner if self.is_main(owner, main_verb) => main_dates.push((index, date)),
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
            if let Some(draft) = out.iter_mut().find(|draft| same(draft)) {
                draft.dates.extend(&nested.dates);
                draft.gathering = draft.gathering.take().or(nested.gathering);
            } else if bounded(&dates) {
                out.push(nested);
            }
        }
        out
    }

    /// "Exports rose in May from a year earlier": the second date is what the first is
    /// measured from.
    fn measured_from(&self, date: &Timex) -> bool {
        let (from, _) = tokens_of(date, self.line);
        let before = from.checked_sub(1).and_then(|at| self.line.get(at));
        before.is_some_and(|before| self.page.lexicon.grammar(before, Grammar::Origin))
    }

    /// The cue at `at`, outside of date expressions ("May" is no "may").
    fn cue(&self, at: usize) -> Option<(Cue, usize)> {
        let token = self.line.get(at)?;
        let dated = self.dates().iter().any(|(_, date)| date.range.overlaps(token.range));
        if dated { None } else { self.page.lexicon.cue(self.line, at) }
    }

    /// What a further main clause behind a semicolon tells of someone, beside a dated event:
    /// "talks open on June 2; only Washington has seen the terms".
    fn beside(&self, main: Option<usize>) -> Vec<Draft> {
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

    /// The verb the main event is about: the main verb, or what a bare "says" says.
    fn main_or_complement(&self, owned: &[(u32, &Timex, Owner)]) -> Option<usize> {
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

    fn is_auxiliary(&self, at: usize) -> bool {
        self.line.get(at).is_some_and(|token| self.page.lexicon.grammar(token, Grammar::Auxiliary))
    }

    /// Whether what `owner` names is the main event: its verb, a verb that helps it or
    /// hangs on it, or a noun that is its subject.
    fn is_main(&self, owner: Owner, main: Option<usize>) -> bool {
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
            Owner::Noun(at, NounOwner::After(_)) => at < main_at,
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

    /// Whether the noun at `at` can be the subject: nothing between it and the start of its
    /// clause puts it into an apposition or behind a preposition.
    fn heads_clause(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let before = (0..at).filter(|before| self.clause(*before) == clause);
        before.filter_map(|before| self.line.get(before)).all(|token| {
            let grammar = |part| self.page.lexicon.grammar(token, part);
            !token.is(",") && !grammar(Grammar::Preposition) && !grammar(Grammar::Locative)
        })
    }

    /// Whether a verb that is no clause of its own hangs on a noun before or behind the
    /// main verb ("those taken on Oct. 7"), so that its date is not the main verb's.
    fn detached(&self, at: usize, main_at: usize) -> bool {
        if self.kind == BlockKind::Caption {
            return false;
        }
        let participle = self.line.get(at).is_some_and(|token| {
            let verbs = self.page.lexicon.verbs(token);
            verbs.iter().any(|verb| verb.forms.participle && !verb.forms.past)
        });
        participle || self.clause(at) != self.clause(main_at)
    }

    fn clause(&self, at: usize) -> Option<usize> {
        self.shape.clause.get(at).copied()
    }

    fn speech(&self, verb: Option<usize>) -> Option<usize> {
        let class = self.shape.verbs.get(verb?)?.verb.class;
        matches!(class, VerbClass::Say | VerbClass::Report).then_some(verb).flatten()
    }

    /// The main event of the sentence; in a caption, one for each day it shows.
    fn main_drafts(
        &self,
        verb: Option<usize>,
        dates: Vec<(u32, &Timex)>,
        nested: bool,
    ) -> Vec<Draft> {
        // "Good afternoon." is a date and no event.
        if verb.is_none() && !self.shows() {
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

    /// The part of the sentence that tells of each day: all of it for one, else up to and
    /// including the day's own words.
    fn parts(&self, days: &[Vec<(u32, &Timex)>]) -> Vec<TextRange> {
        let mut start = self.sentence.range.start();
        let count = days.len();
        days.iter()
            .enumerate()
            .map(|(at, day)| {
                let end = day.iter().map(|(_, date)| date.range.end()).max().unwrap_or(start);
                let end = if at + 1 == count { self.sentence.range.end() } else { end };
                let part = TextRange::new(start, end).unwrap_or(self.sentence.range);
                start = end;
                if count == 1 { self.sentence.range } else { part.trim(self.page.text) }
            })
            .collect()
    }

    /// Whether words without a verb can tell an event: a caption, or an event noun or name.
    fn shows(&self) -> bool {
        let noun = (0..self.line.len()).any(|at| self.page.lexicon.noun(self.line, at).is_some());
        self.kind == BlockKind::Caption || noun || !self.near.is_empty()
    }

    /// Whether the undated sentence tells an event at all: something happens, and someone
    /// or something known is near.
    fn tells(&self, verb: Option<usize>, nested: bool) -> bool {
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
            Some(VerbClass::State) => (actor || named && short) && !(nested && !actor),
            Some(_) => named || noun || short,
        }
    }

    fn draft(&self, verb: Option<usize>, dates: Vec<u32>, part: TextRange) -> Draft {
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
    fn main_gathering(&self, verb: Option<usize>, part: TextRange) -> Option<(&Found, bool)> {
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
            Some(VerbClass::Say | VerbClass::Report | VerbClass::Move | VerbClass::Harm) => None,
            Some(VerbClass::Decide | VerbClass::Other | VerbClass::Plan) => {
                let main_at =
                    verb.and_then(|verb| self.shape.verbs.get(verb)).map_or(0, |verb| verb.at);
                found.find(|found| found.head_at < main_at && !found.beside)
            }
            Some(_) => found.find(|found| !found.beside || self.shares_clause(found, verb)),
        }?;
        // Named by its noun alone it says too little to call the event by.
        let named = self.near.iter().any(|mention| {
            mention.kind != MentionKind::Gathering && inside.mention.range.contains(mention.range)
        });
        Some((inside, named && class != Some(VerbClass::Show)))
    }

    /// "After the talks failed": the gathering is the subject of the verb, not beside it.
    fn shares_clause(&self, found: &Found, verb: Option<usize>) -> bool {
        let at = verb.and_then(|verb| self.shape.verbs.get(verb)).map(|verb| verb.at);
        at.is_some_and(|at| found.head_at < at && self.clause(found.head_at) == self.clause(at))
    }

    fn indexed(&self, found: &Found) -> Gathering {
        let at = self.near.iter().position(|mention| {
            mention.kind == MentionKind::Gathering && mention.range == found.mention.range
        });
        let mention = at.and_then(|at| self.near_index.get(at)).copied().unwrap_or(0);
        Gathering { mention, ..found.gathering.clone() }
    }

    /// An event told inside the sentence by another verb or by a noun.
    fn nested(&self, owner: Owner, dates: &[(u32, &Timex)]) -> Draft {
        let mut indices: Vec<(u32, &Timex)> = dates.to_vec();
        indices.sort_by_key(|(index, date)| (date.interval.is_unknown(), date.grain, *index));
        let indices: Vec<u32> = indices.into_iter().map(|(index, _)| index).collect();
        match owner {
            Owner::Noun(at, how) => self.nested_noun(at, how, indices),
            Owner::Verb(verb) => {
                let at = self.shape.verbs.get(verb).map_or(0, |found| found.at);
                let part = self.clause_range(at);
                let draft = self.draft(Some(verb), indices, part);
                Draft { clause: self.sentence.range, title: part, main: false, ..draft }
            }
            _ => Draft { main: false, ..self.draft(None, indices, self.sentence.range) },
        }
    }

    fn nested_noun(&self, at: usize, how: NounOwner, dates: Vec<u32>) -> Draft {
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
    fn noun_phrase(&self, at: usize, date: Option<u32>) -> TextRange {
        let noun = self.line.get(at).map_or(self.sentence.range, |token| token.range);
        let date = date.and_then(|date| self.page.dates.get(date as usize));
        date.map_or(noun, |date| noun.cover(date.range))
    }

    fn clause_range(&self, at: usize) -> TextRange {
        let clause = self.clause(at);
        let tokens = self.line.iter().zip(&self.shape.clause);
        let inside =
            tokens.filter(|(_, other)| Some(**other) == clause).map(|(token, _)| token.range);
        inside.reduce(TextRange::cover).unwrap_or(self.sentence.range)
    }

    fn is_future(&self, date: u32) -> bool {
        let date = self.page.dates.get(date as usize);
        match (date.and_then(|date| date.interval.earliest()), self.page.reference) {
            (Some(earliest), Some(reference)) => earliest.day() > reference.day(),
            _ => false,
        }
    }

    fn modality(&self, verb: Option<usize>, date: Option<u32>) -> Modality {
        let Some(found) = verb.and_then(|verb| self.shape.verbs.get(verb)) else {
            let future = date.is_some_and(|date| self.is_future(date));
            return if future { Modality::Planned } else { Modality::Occurred };
        };
        let clause = self.clause(found.at);
        let mut modality = Modality::Occurred;
        for at in 0..self.line.len() {
            let Some((cue, count)) = self.cue(at) else { continue };
            let same = self.clause(at) == clause && at < found.at;
            let close = same && at + count + 2 >= found.at;
            modality = match cue {
                Cue::Planned | Cue::PlannedPast if close => Modality::Planned,
                Cue::Possible if close && modality == Modality::Occurred => Modality::Possible,
                Cue::Denied if close && at + count >= found.at => Modality::Denied,
                Cue::Cancelled if at == found.at => Modality::Cancelled,
                _ => modality,
            };
        }
        let infinitive = found.verb.forms.base
            && found
                .at
                .checked_sub(1)
                .and_then(|at| self.line.get(at))
                .is_some_and(|token| token.is("to"));
        let plan = found.verb.class == VerbClass::Plan;
        let future = date.is_some_and(|date| self.is_future(date));
        if modality == Modality::Occurred
            && (future || infinitive || plan && date.is_some() && future)
        {
            return Modality::Planned;
        }
        modality
    }

    fn kind_of(&self, date: Option<u32>, modality: Modality, verb: Option<usize>) -> EventKind {
        let known = date.and_then(|date| self.page.dates.get(date as usize));
        let interval = known.map(|date| date.interval).filter(|interval| !interval.is_unknown());
        let Some(interval) = interval else {
            let open = modality == Modality::Planned && self.speech(verb).is_none();
            return if open { EventKind::Scheduled } else { EventKind::Happened };
        };
        if modality == Modality::Target {
            return EventKind::Deadline;
        }
        let Some(reference) = self.page.reference.map(Moment::day) else {
            return if modality == Modality::Planned {
                EventKind::Scheduled
            } else {
                EventKind::Happened
            };
        };
        let latest = interval.latest().map(Moment::day);
        if latest.is_some_and(|latest| latest >= reference) && modality == Modality::Planned {
            return EventKind::Scheduled;
        }
        let old = reference.checked_sub(BACKGROUND_DAYS.days()).ok();
        let long_ago = matches!((latest, old), (Some(latest), Some(old)) if latest < old);
        let past = latest.is_some_and(|latest| latest < reference);
        let said = past && self.background_cue(date);
        if self.kind != BlockKind::Caption && (long_ago || said) {
            EventKind::Background
        } else {
            EventKind::Happened
        }
    }

    /// Whether the words around the date say that it is context ("previous round").
    fn background_cue(&self, date: Option<u32>) -> bool {
        let Some(date) = date.and_then(|date| self.page.dates.get(date as usize)) else {
            return false;
        };
        let (from, to) = tokens_of(date, self.line);
        let near = from.saturating_sub(6)..(to + 2).min(self.line.len());
        near.into_iter().any(|at| matches!(self.cue(at), Some((Cue::Background, _))))
    }

    /// Who speaks: the mention nearest before the verb of speech in its clause, or just
    /// behind it.
    fn speaker(&self, main: Option<usize>) -> Option<u32> {
        let speech = self.shape.verbs.iter().position(|verb| {
            verb.finite && matches!(verb.verb.class, VerbClass::Say | VerbClass::Report)
        });
        let index = self.speech(main).or(speech)?;
        let at = self.shape.verbs.get(index)?.at;
        let verb = self.line.get(at)?.range;
        let clause = self.clause_range(at);
        let can = |mention: &Mention| {
            matches!(mention.kind, MentionKind::Person | MentionKind::Organization)
                && clause.contains(mention.range)
        };
        let before = self.near.iter().rposition(|m| can(m) && m.range.end() <= verb.start());
        let after = || {
            self.near.iter().position(|m| {
                can(m) && m.range.start() >= verb.end() && m.range.start() <= verb.end() + 24
            })
        };
        before.or_else(after).and_then(|at| self.near_index.get(at)).copied()
    }

    /// Which earlier event of the same picture an undated caption sentence goes on with:
    /// the one that names one of its people, else the first.
    fn followed(&self, out: &[EventMention], first: usize) -> u32 {
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

    fn finish(&self, draft: Draft, continues: Option<u32>, terms: &mut Terms) -> EventMention {
        let scope = if draft.main { draft.clause } else { draft.title.cover(draft.title) };
        let (who, places) = self.parties(&draft, scope);
        let scope = self.term_scope(&draft);
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
            terms: terms.of(self.line, scope, self.page.lexicon),
            continues,
            title: draft.title,
            off_topic: None,
        }
    }

    fn term_scope(&self, draft: &Draft) -> TextRange {
        if draft.main { draft.clause } else { draft.title }
    }

    /// Who takes part and where, each name once.
    fn parties(&self, draft: &Draft, scope: TextRange) -> (Vec<u32>, Vec<u32>) {
        let (mut who, mut places): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let name =
            |index: &u32| self.page.mentions.get(*index as usize).map(|mention| &mention.name);
        let wanted = |mention: &Mention| {
            scope.contains(mention.range)
                || draft.gathering.as_ref().is_some_and(|gathering| {
                    gathering.place.as_ref() == Some(&mention.name)
                        || gathering.parties.contains(&mention.name)
                })
        };
        for (mention, index) in self.near.iter().zip(&self.near_index).filter(|(m, _)| wanted(m)) {
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

/// Whether at least one date has bounds.
fn bounded(dates: &[(u32, &Timex)]) -> bool {
    dates.iter().any(|(_, date)| !date.interval.is_unknown())
}
