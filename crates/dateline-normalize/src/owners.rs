//! Which word of a sentence a date belongs to. "Ukraine was invited to the June 24–26
//! summit" dates the summit, not the invitation.

use dateline_model::{Mention, MentionKind, Timex};

use crate::clauses::Shape;
use crate::gatherings::is_noun;
use crate::lexicon::{Grammar, Lexicon, Noun, NounKind, VerbClass};
use crate::words::{Form, Token};

/// What a date belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A verb, as an index into the verbs of the shape.
    Verb(usize),
    /// An event noun, as the index of its token, and what it names.
    Noun(usize, NounOwner),
    /// The sentence as a whole has no verb: what it shows.
    Scene,
    /// It is compared with ("worst day since 1997") or describes ("a 1999-born citizen"):
    /// nothing is told of that day.
    Compared,
}

/// How a noun owns a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NounOwner {
    /// The date stands before it ("the June 2 summit").
    Before(NounKind),
    /// The date stands behind it ("the attack on Sunday").
    After(NounKind),
}

/// Words before a date within which an event noun owns it, a place between included.
const NOUN_BEFORE: usize = 6;
/// Words before a date within which it may be measured against another.
const AGAINST: usize = 5;

/// Everything that the choice looks at.
pub(crate) struct Sight<'a> {
    pub line: &'a [Token],
    pub shape: &'a Shape,
    pub mentions: &'a [Mention],
    pub lexicon: &'a Lexicon,
}

/// What `date` belongs to.
pub(crate) fn owner(date: &Timex, sight: &Sight<'_>) -> Owner {
    let (from, to) = tokens_of(date, sight.line);
    if sight.compared(from) || sight.attribute(date, to) {
        return Owner::Compared;
    }
    if let Some(owner) = sight.noun_behind(to) {
        return owner;
    }
    let noun = sight.noun_before(from);
    let verb = sight.verb_before(from).or_else(|| sight.verb_after(to));
    match (noun, verb) {
        (Some((at, noun)), Some(verb)) => {
            // A date behind a noun is the verb's, unless the verb only speaks of it or
            // stands further on (then the noun is its subject).
            // Who speaks at a gathering speaks on its day.
            let says = sight.shape.verbs.get(verb).is_some_and(|found| {
                found.at < at && matches!(found.verb.class, VerbClass::Say | VerbClass::Report)
            }) && !sight.located(at);
            if says { Owner::Noun(at, NounOwner::After(noun.kind)) } else { Owner::Verb(verb) }
        }
        (None, Some(verb)) => Owner::Verb(verb),
        (Some((at, noun)), None) => Owner::Noun(at, NounOwner::After(noun.kind)),
        (None, None) => sight.shape.main.map_or(Owner::Scene, Owner::Verb),
    }
}

/// The tokens of a date: the first and one past the last.
pub(crate) fn tokens_of(date: &Timex, line: &[Token]) -> (usize, usize) {
    let from = line.partition_point(|token| token.range.end() <= date.range.start());
    let to = line.partition_point(|token| token.range.start() < date.range.end());
    (from, to.max(from))
}

impl Sight<'_> {
    fn token(&self, at: usize, back: usize) -> Option<&Token> {
        at.checked_sub(back).and_then(|at| self.line.get(at))
    }

    /// "since 1997", "than in 2024", "that of 2022".
    fn compared(&self, from: usize) -> bool {
        let is = |back, part| self.token(from, back).is_some_and(|t| self.lexicon.grammar(t, part));
        let linked = is(1, Grammar::Preposition) || is(1, Grammar::Locative);
        let against = (1..=AGAINST).any(|back| {
            let clear =
                (1..back).all(|back| self.token(from, back).is_some_and(|t| t.form == Form::Word));
            clear && is(back, Grammar::Against)
        });
        against
            || is(1, Grammar::Comparison)
            || linked && (is(2, Grammar::Comparison) || is(2, Grammar::Relative))
    }

    /// "a 1999-born citizen": the date is part of a longer word.
    fn attribute(&self, date: &Timex, to: usize) -> bool {
        self.token(to, 1).is_some_and(|last| last.range.end() > date.range.end())
    }

    /// An event noun that the date stands before, with modifiers between: "June 2 summit".
    pub(crate) fn noun_behind(&self, to: usize) -> Option<Owner> {
        for ahead in 0..4 {
            let at = to + ahead;
            let token = self.line.get(at)?;
            let noun = self.lexicon.noun(self.line, at);
            let noun = noun.filter(|_| is_noun(self.line, at, self.mentions, self.lexicon));
            if let Some((noun, _)) = noun {
                return Some(Owner::Noun(at, NounOwner::Before(noun.kind)));
            }
            let verb = self.shape.verbs.iter().any(|verb| verb.at == at && verb.finite);
            let linking = [
                Grammar::Preposition,
                Grammar::Locative,
                Grammar::Coordinator,
                Grammar::Auxiliary,
                Grammar::Subordinator,
                Grammar::Relative,
                Grammar::Determiner,
                Grammar::Pronoun,
            ];
            let stops = token.form == Form::Mark && !token.is("-")
                || verb
                || linking.iter().any(|part| self.lexicon.grammar(token, *part));
            if stops {
                return None;
            }
        }
        None
    }

    /// An event noun just before the date: "the attack on Sunday", "round, on May 16".
    pub(crate) fn noun_before(&self, from: usize) -> Option<(usize, Noun)> {
        let mut at = from;
        for _ in 0..NOUN_BEFORE {
            at = at.checked_sub(1)?;
            let token = self.line.get(at)?;
            let place = self.mentions.iter().any(|mention| {
                mention.kind == MentionKind::Place && mention.range.contains(token.range)
            });
            if place {
                continue;
            }
            if let Some((noun, _)) = self.lexicon.noun(self.line, at) {
                return is_noun(self.line, at, self.mentions, self.lexicon).then_some((at, noun));
            }
            let link = token.is(",")
                || self.lexicon.grammar(token, Grammar::Locative)
                || self.lexicon.grammar(token, Grammar::Preposition);
            if !link {
                return None;
            }
        }
        None
    }

    /// Whether the phrase of the noun at `at` stands behind "at" or "during".
    fn located(&self, at: usize) -> bool {
        for back in 1..=NOUN_BEFORE {
            let Some(token) = self.token(at, back) else { return false };
            let grammar = |part| self.lexicon.grammar(token, part);
            if grammar(Grammar::Locative) {
                return true;
            }
            let verb = self.shape.verbs.iter().any(|verb| verb.at + back == at);
            if verb || token.form == Form::Mark || grammar(Grammar::Preposition) {
                return false;
            }
        }
        false
    }

    /// The nearest verb before, in the same clause; a helping verb gives way to the verb
    /// it helps.
    fn verb_before(&self, from: usize) -> Option<usize> {
        let clause = self.clause_at(from.saturating_sub(1));
        let verbs = self.shape.verbs.iter().enumerate();
        verbs
            .filter(|(_, verb)| verb.at < from && self.clause_at(verb.at) == clause)
            .map(|(index, _)| index)
            .next_back()
    }

    fn verb_after(&self, to: usize) -> Option<usize> {
        let clause = self.clause_at(to);
        let verbs = self.shape.verbs.iter().enumerate();
        let mut ahead =
            verbs.filter(|(_, verb)| verb.at >= to && self.clause_at(verb.at) == clause);
        let first = ahead.next()?;
        let auxiliary = self
            .line
            .get(first.1.at)
            .is_some_and(|token| self.lexicon.grammar(token, Grammar::Auxiliary));
        match ahead.next() {
            Some(second) if auxiliary && second.1.at <= first.1.at + 3 => Some(second.0),
            _ => Some(first.0),
        }
    }

    fn clause_at(&self, at: usize) -> Option<usize> {
        self.shape.clause.get(at).or(self.shape.clause.last()).copied()
    }
}
