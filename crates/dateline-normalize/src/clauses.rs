//! The shape of one sentence: its verbs, which of them are finite, and its clauses.

use dateline_model::{Mention, MentionKind};

use crate::gatherings::is_noun;
use crate::lexicon::{Forms, Grammar, Lexicon, Verb, VerbClass};
use crate::words::{Form, Token};

/// A verb in a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VerbAt {
    /// Index of its token.
    pub at: usize,
    /// What the table says of it.
    pub verb: Verb,
    /// Whether it makes a clause ("signed", "will sign"), or only hangs on a noun ("those
    /// taken", "Moscow proposing").
    pub finite: bool,
}

/// The shape of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// Its verbs in order.
    pub verbs: Vec<VerbAt>,
    /// The clause of each token, counted from 0.
    pub clause: Vec<usize>,
    /// How each clause starts.
    pub starts: Vec<Start>,
    /// Index into the verbs of the verb that the sentence is about.
    pub main: Option<usize>,
}

/// What a capital inside a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capitals {
    /// A name or title.
    Name,
    /// Nothing: every word of a headline may have one.
    Nothing,
}

impl Capitals {
    /// What capitals say in `line`, which may be a headline.
    pub(crate) fn of(line: &[Token], headline: bool) -> Self {
        let words = line.iter().filter(|token| token.form == Form::Word && token.folded.len() > 3);
        let (count, capital) =
            words.fold((0, 0), |(n, c), token| (n + 1, c + usize::from(token.capital)));
        if headline && capital * 4 >= count * 3 { Self::Nothing } else { Self::Name }
    }
}

/// How a clause starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// As the sentence does, or behind a semicolon or "and".
    Main,
    /// With "while", "after", "because".
    Sub,
    /// With "who", "which", "that".
    Relative,
}

/// The shape of `line`. `mentions` are the mentions of its sentence.
pub(crate) fn shape(
    line: &[Token],
    mentions: &[Mention],
    capitals: Capitals,
    lexicon: &Lexicon,
) -> Shape {
    let mut shape = Shape::default();
    for at in 0..line.len() {
        if let Some(verb) = verb_at(line, at, mentions, capitals, lexicon) {
            shape.verbs.push(verb);
        }
    }
    cut(line, mentions, lexicon, &mut shape);
    reduce(line, lexicon, &mut shape);
    shape.main = main_verb(line, lexicon, &shape);
    shape
}

fn verb_at(
    line: &[Token],
    at: usize,
    mentions: &[Mention],
    capitals: Capitals,
    lexicon: &Lexicon,
) -> Option<VerbAt> {
    let token = line.get(at)?;
    if token.form != Form::Word {
        return None;
    }
    let verb = *lexicon.verbs(token).first()?;
    let inside = mentions.iter().any(|mention| {
        mention.kind != MentionKind::Gathering && mention.range.contains(token.range)
    });
    let named = token.capital && at > 0 && capitals == Capitals::Name;
    let event_noun = lexicon.noun(line, at).is_some() && is_noun(line, at, mentions, lexicon);
    if inside || named || event_noun {
        return None;
    }
    let before = at.checked_sub(1).and_then(|at| line.get(at));
    let helped = helped(line, at, lexicon);
    let forms = lexicon.verbs(token).iter().fold(Forms::default(), |all, verb| Forms {
        base: all.base || verb.forms.base,
        third: all.third || verb.forms.third,
        past: all.past || verb.forms.past,
        participle: all.participle || verb.forms.participle,
        ing: all.ing || verb.forms.ing,
    });
    let nominal = before.is_some_and(|before| {
        before.is("'s")
            || lexicon.grammar(before, Grammar::Determiner)
                && !lexicon.grammar(before, Grammar::Relative)
            || lexicon.grammar(before, Grammar::Modifier)
            || before.form == Form::Number
            || (lexicon.grammar(before, Grammar::Preposition)
                || lexicon.grammar(before, Grammar::Locative))
                && !lexicon.grammar(before, Grammar::Infinitive)
    });
    // A sentence starts with its subject: "Exports rose".
    if before.is_none() && !forms.ing && !forms.participle {
        return None;
    }
    // "Donald Trump, left, at the Capitol".
    let beside = before.is_some_and(|before| before.is(","))
        && line.get(at + 1).is_some_and(|next| next.is(","));
    if beside {
        return None;
    }
    // "Adopt sanctions": behind a verb stands its object.
    let object = before.is_some_and(|before| {
        let noun = at.checked_sub(1).is_some_and(|at| lexicon.noun(line, at).is_some());
        !noun && !lexicon.verbs(before).is_empty() && !lexicon.grammar(before, Grammar::Auxiliary)
    });
    if object && (forms.third || forms.base) && !forms.past {
        return None;
    }
    let participle = forms.participle && !forms.past;
    let counted = forms.past && before.is_some_and(|before| before.form == Form::Number);
    if nominal && !forms.ing && !participle && !counted {
        return None;
    }
    let finite = match forms {
        forms if forms.past || forms.third => !forms.ing || helped,
        forms if forms.base => helped || base_is_finite(line, at, mentions, lexicon),
        _ => helped,
    };
    // A bare form that makes no clause is a noun that looks like a verb ("tax cuts").
    let hangs = forms.participle || forms.ing;
    (finite || hangs).then_some(VerbAt { at, verb, finite })
}

/// Whether an auxiliary or "to" stands before the verb, with at most two words between.
fn helped(line: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    (1..=3).any(|back| {
        let Some(token) = at.checked_sub(back).and_then(|at| line.get(at)) else { return false };
        let clear = line.get(at - back + 1..at).is_some_and(|between| {
            between.iter().all(|token| token.form == Form::Word && !token.capital)
        });
        clear
            && (lexicon.grammar(token, Grammar::Auxiliary)
                || back == 1 && lexicon.grammar(token, Grammar::Infinitive))
    })
}

/// "Leaders pose for a picture": a bare verb behind a noun or pronoun.
fn base_is_finite(line: &[Token], at: usize, mentions: &[Mention], lexicon: &Lexicon) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| line.get(at)) else { return false };
    let named = mentions.iter().any(|mention| mention.range.end() == before.range.end());
    let plain = before.form == Form::Word
        && [Grammar::Coordinator, Grammar::Determiner, Grammar::Subordinator]
            .iter()
            .all(|part| !lexicon.grammar(before, *part));
    let object = line.get(at + 1).is_some_and(|next| {
        let parts =
            [Grammar::Determiner, Grammar::Preposition, Grammar::Locative, Grammar::Pronoun];
        parts.iter().any(|part| lexicon.grammar(next, *part))
    });
    named || lexicon.grammar(before, Grammar::Pronoun) || before.is(",") || plain && object
}

/// Cuts the sentence into clauses.
fn cut(line: &[Token], mentions: &[Mention], lexicon: &Lexicon, shape: &mut Shape) {
    let mut current = 0;
    shape.starts.push(Start::Main);
    for (at, token) in line.iter().enumerate() {
        let start = clause_start(line, at, mentions, lexicon, &shape.verbs);
        if let Some(start) = start.filter(|_| at > 0) {
            current += 1;
            shape.starts.push(start);
        } else if let (Some(start), Some(first)) = (start, shape.starts.first_mut()) {
            *first = start;
        }
        // "A truce that took effect on May 1 collapsed": the second verb of a relative clause
        // is the main clause's.
        let second = shape.starts.last() == Some(&Start::Relative)
            && start.is_none()
            && second_verb(line, at, current, lexicon, shape);
        if second {
            current += 1;
            shape.starts.push(Start::Main);
        }
        // The main clause goes on behind the comma that closes a clause put in front.
        let closes = token.is(",") && shape.starts.last() != Some(&Start::Main);
        let verb_inside = shape
            .verbs
            .iter()
            .any(|verb| verb.at < at && shape.clause.get(verb.at) == Some(&current));
        if closes && verb_inside && start.is_none() {
            current += 1;
            shape.starts.push(Start::Main);
        }
        shape.clause.push(current);
    }
}

/// "Talks scheduled for Friday were cancelled": a form that may be past or participle, with
/// a preposition behind it and another finite verb further on in its clause, hangs on its
/// noun.
fn reduce(line: &[Token], lexicon: &Lexicon, shape: &mut Shape) {
    let reduced: Vec<usize> = (0..shape.verbs.len())
        .filter(|index| {
            let Some(verb) = shape.verbs.get(*index) else { return false };
            let forms = verb.verb.forms;
            let speech = matches!(verb.verb.class, VerbClass::Say | VerbClass::Report);
            let ambiguous = forms.past && forms.participle && !speech && verb.finite;
            let noun = verb.at.checked_sub(1).and_then(|at| line.get(at)).is_some_and(|before| {
                before.form == Form::Word && !lexicon.grammar(before, Grammar::Auxiliary)
            });
            let behind = line.get(verb.at + 1).is_some_and(|next| {
                lexicon.grammar(next, Grammar::Preposition)
                    || lexicon.grammar(next, Grammar::Locative)
            });
            let clause = shape.clause.get(verb.at);
            let later = shape.verbs.iter().skip(index + 1).find(|other| other.finite);
            let carried = later.is_some_and(|later| {
                shape.clause.get(later.at) == clause
                    && line.get(verb.at..later.at).is_some_and(|between| {
                        between.iter().all(|token| {
                            !token.is(",")
                                && !lexicon.grammar(token, Grammar::Infinitive)
                                && !lexicon.grammar(token, Grammar::Coordinator)
                        })
                    })
            });
            ambiguous && noun && behind && carried
        })
        .collect();
    for index in reduced {
        if let Some(verb) = shape.verbs.get_mut(index) {
            verb.finite = false;
        }
    }
}

/// Whether the token at `at` is a finite verb with another before it in the clause
/// `current`, neither linked to it nor helping it.
fn second_verb(
    line: &[Token],
    at: usize,
    current: usize,
    lexicon: &Lexicon,
    shape: &Shape,
) -> bool {
    let helps =
        |at: usize| line.get(at).is_some_and(|token| lexicon.grammar(token, Grammar::Auxiliary));
    let here = shape.verbs.iter().any(|verb| verb.at == at && verb.finite);
    let first = shape.verbs.iter().any(|verb| {
        verb.at < at
            && verb.finite
            && !helps(verb.at)
            && shape.clause.get(verb.at) == Some(&current)
    });
    let linked = at.checked_sub(1).and_then(|before| line.get(before)).is_none_or(|before| {
        [Grammar::Coordinator, Grammar::Infinitive, Grammar::Auxiliary, Grammar::Pronoun]
            .iter()
            .any(|part| lexicon.grammar(before, *part))
    });
    here && first && !linked && !helped(line, at, lexicon)
}

/// Whether a clause starts at `at`, and how.
fn clause_start(
    line: &[Token],
    at: usize,
    mentions: &[Mention],
    lexicon: &Lexicon,
    verbs: &[VerbAt],
) -> Option<Start> {
    let token = line.get(at)?;
    let before = at.checked_sub(1).and_then(|at| line.get(at));
    let verb_ahead = |limit: usize| {
        verbs.iter().any(|verb| verb.at > at && verb.at <= at + limit && verb.finite)
    };
    if token.is(";") {
        return Some(Start::Main);
    }
    if lexicon.grammar(token, Grammar::Relative) && verb_ahead(8) && before.is_some() {
        return Some(Start::Relative);
    }
    if lexicon.grammar(token, Grammar::Subordinator) && verb_ahead(14) {
        return Some(Start::Sub);
    }
    if lexicon.grammar(token, Grammar::Coordinator) {
        let comma = before.is_some_and(|before| before.is(","));
        let subject = line.get(at + 1).is_some_and(|next| {
            mentions.iter().any(|mention| mention.range.start() == next.range.start())
                || lexicon.grammar(next, Grammar::Determiner)
                || lexicon.grammar(next, Grammar::Pronoun)
        });
        return (comma && (verb_ahead(8) || subject)).then_some(Start::Main);
    }
    // "with Moscow proposing only short truces".
    let with =
        before.is_some_and(|before| before.is(",")) && lexicon.grammar(token, Grammar::Preposition);
    let ing = verbs.iter().any(|verb| verb.verb.forms.ing && verb.at > at && verb.at <= at + 4);
    let named = line.get(at + 1).is_some_and(|next| {
        mentions.iter().any(|mention| mention.range.start() == next.range.start())
    });
    (with && ing && named).then_some(Start::Sub)
}

/// The first finite verb of a main clause; else of any clause; else any verb.
fn main_verb(line: &[Token], lexicon: &Lexicon, shape: &Shape) -> Option<usize> {
    let start = |verb: &VerbAt| {
        shape.clause.get(verb.at).and_then(|clause| shape.starts.get(*clause)).copied()
    };
    let plain = |verb: &VerbAt| {
        line.get(verb.at).is_some_and(|token| !lexicon.grammar(token, Grammar::Auxiliary))
    };
    let find = |wanted: &dyn Fn(&VerbAt) -> bool| shape.verbs.iter().position(wanted);
    find(&|verb| verb.finite && start(verb) == Some(Start::Main) && plain(verb))
        .or_else(|| find(&|verb| verb.finite && start(verb) == Some(Start::Main)))
        .or_else(|| find(&|verb| verb.finite && start(verb) == Some(Start::Sub)))
        .or_else(|| find(&|verb| verb.verb.class != VerbClass::State))
}
