//! Gatherings: meetings, summits, rounds of talks. A gathering is a thing of its own, told
//! by a noun with the bodies, parties and place around it.

use std::collections::BTreeMap;

use dateline_model::{Gathering, Joined, Mention, MentionKind, Timex};
use dateline_text::{Ranged, TextRange};

use crate::clauses::Capitals;
use crate::lexicon::{Grammar, Lexicon, NounKind};
use crate::names::{Line, span, squeeze, with_containers};
use crate::words::{Token, fold};

/// A gathering and the tokens of its noun in its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub mention: Mention,
    pub gathering: Gathering,
    /// Index of the head noun's first token in its line.
    pub head_at: usize,
    /// Whether it stands beside the event ("before the summit").
    pub beside: bool,
    /// Whether it is still to come there ("ahead of the summit").
    pub ahead: bool,
}

/// The gatherings of one sentence. `mentions` are those of the whole document in order.
pub(crate) fn find(
    text: &str,
    line: &Line,
    mentions: &[Mention],
    dates: &[Timex],
    lexicon: &Lexicon,
) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let Some((noun, count)) = lexicon.noun(line, at) else {
            at += 1;
            continue;
        };
        if noun.kind == NounKind::Gathering && is_noun(line, at, mentions, lexicon) {
            let scene = Scan { text, line, mentions, dates, lexicon };
            out.push(scene.gathering(at, count, noun.head));
        }
        at += count;
    }
    // "a third round of talks" is one gathering: the outer noun holds the inner one.
    let ranges: Vec<TextRange> = out.iter().map(|found| found.mention.range).collect();
    let inner = |at: usize| {
        let range = ranges.get(at).copied();
        range.is_some_and(|range| ranges.iter().take(at).any(|outer| outer.overlaps(range)))
    };
    let keep: Vec<bool> = (0..out.len()).map(|at| !inner(at)).collect();
    let mut keep = keep.into_iter();
    out.retain(|_| keep.next().unwrap_or(true));
    out
}

/// Gives each gathering that is named by its noun alone the parties and place of the last
/// one of its kind before it in the brief.
pub(crate) fn point_back(found: &mut [Vec<Found>]) {
    let mut last: BTreeMap<String, Gathering> = BTreeMap::new();
    for gathering in found.iter_mut().flatten().map(|found| &mut found.gathering) {
        if !gathering.anaphoric {
            last.insert(gathering.head.clone(), gathering.clone());
        } else if let Some(before) = last.get(&gathering.head) {
            gathering.parties.clone_from(&before.parties);
            gathering.place.clone_from(&before.place);
        }
    }
}

/// "Trump talks to reporters" is a verb, "the talks" a noun.
pub(crate) fn is_noun(line: &[Token], at: usize, mentions: &[Mention], lexicon: &Lexicon) -> bool {
    let Some(token) = line.get(at) else { return false };
    let name = |mention: &Mention| {
        mention.kind != MentionKind::Gathering && mention.range.contains(token.range)
    };
    if mentions.iter().any(name) || part_of_name(line, at, mentions) {
        return false;
    }
    let verbs = lexicon.verbs(token);
    if verbs.is_empty() {
        return true;
    }
    let Some(before) = at.checked_sub(1).and_then(|at| line.get(at)) else {
        return verbs.iter().all(|verb| !verb.forms.ing)
            || line.get(at + 1).is_some_and(|next| !lexicon.grammar(next, Grammar::Determiner));
    };
    let person = mentions.iter().any(|mention| {
        mention.kind == MentionKind::Person && mention.range.end() == before.range.end()
    });
    !(person
        || lexicon.grammar(before, Grammar::Infinitive)
        || lexicon.grammar(before, Grammar::Pronoun)
        || lexicon.grammar(before, Grammar::Auxiliary))
}

/// "World Forum": a capital behind a capital that is no known name is part of a name. In a
/// headline every word has a capital.
fn part_of_name(line: &[Token], at: usize, mentions: &[Mention]) -> bool {
    let Some(token) = line.get(at).filter(|token| token.capital) else { return false };
    let before = at.checked_sub(1).and_then(|at| line.get(at)).filter(|before| before.capital);
    let known =
        |before: &Token| mentions.iter().any(|mention| mention.range.contains(before.range));
    Capitals::of(line, true) == Capitals::Name
        && before.is_some_and(|before| !known(before) && before.range.end() < token.range.start())
}

/// Words behind a gathering within which a place of the same clause is its own.
const PLACE_BEHIND: usize = 14;

struct Scan<'a> {
    text: &'a str,
    line: &'a [Token],
    mentions: &'a [Mention],
    dates: &'a [Timex],
    lexicon: &'a Lexicon,
}

impl Scan<'_> {
    fn gathering(&self, at: usize, count: usize, head: u32) -> Found {
        let left = self.left_edge(at);
        let right = self.right_edge(at + count);
        let range = span(self.line, left, right - left).unwrap_or(TextRange::empty(0));
        let near: Vec<&Mention> = self.named_in(range);
        let head_range = span(self.line, at, count).unwrap_or(range);
        let mut parties: Vec<String> = near
            .iter()
            .filter(|mention| mention.kind == MentionKind::Organization)
            .map(|mention| mention.name.clone())
            .collect();
        parties.sort();
        parties.dedup();
        let place = near.iter().find(|mention| mention.kind == MentionKind::Place);
        let place =
            place.map(|mention| mention.name.clone()).or_else(|| self.place_after(at + count));
        let before = near.iter().rev().find(|mention| mention.range.end() <= head_range.start());
        let noun = squeeze(head_range.slice(self.text).unwrap_or("")).to_lowercase();
        let name = match (before, &place) {
            (Some(named), _) => format!("{} {noun}", named.name),
            (None, Some(place)) => format!("{place} {noun}"),
            (None, None) => noun,
        };
        let head = self.lexicon.heads.get(head as usize).cloned().unwrap_or_default();
        let before = |part| {
            let token = |back| left.checked_sub(back).and_then(|at| self.line.get(at));
            let is = |token: Option<&Token>| {
                token.is_some_and(|token| self.lexicon.grammar(token, part))
            };
            is(token(1))
                || is(token(2))
                    && token(1).is_some_and(|of| self.lexicon.grammar(of, Grammar::Preposition))
        };
        let (beside, ahead) =
            (before(Grammar::Beside) || before(Grammar::Ahead), before(Grammar::Ahead));
        let mention = Mention {
            range,
            kind: MentionKind::Gathering,
            key: fold(&name),
            name,
            joined: Joined::Pattern,
            role: None,
            country: None,
            coordinates: None,
        };
        Found {
            mention,
            gathering: Gathering {
                mention: 0,
                head,
                anaphoric: parties.is_empty() && place.is_none(),
                parties,
                place,
            },
            head_at: at,
            beside,
            ahead,
        }
    }

    fn mention_starting(&self, start: u32) -> Option<&Mention> {
        self.mentions
            .iter()
            .find(|mention| mention.range.start() == start && mention.kind != MentionKind::Person)
    }

    /// Token index where the noun phrase of the noun at `at` starts.
    fn left_edge(&self, at: usize) -> usize {
        let mut left = at;
        while let Some(token) = left.checked_sub(1).and_then(|at| self.line.get(at)) {
            let date = self.dates.iter().any(|date| date.range.contains(token.range));
            let named = self.mentions.iter().any(|mention| {
                mention.kind != MentionKind::Person && mention.range.contains(token.range)
            });
            let adjective = token.capital && self.lexicon.names().is_adjective(&token.folded);
            let possessive = token.is("'s") && self.names_before(left - 1);
            let modifier = self.lexicon.grammar(token, Grammar::Modifier);
            if !(date || named || adjective || possessive || modifier) {
                let determiner = self.lexicon.grammar(token, Grammar::Determiner);
                return if determiner { left - 1 } else { left };
            }
            left -= 1;
        }
        left
    }

    /// Whether a name ends just before the token at `at`.
    fn names_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.line.get(at));
        before.is_some_and(|before| {
            self.mentions.iter().any(|mention| {
                mention.kind != MentionKind::Person && mention.range.end() == before.range.end()
            })
        })
    }

    /// Token index behind the noun phrase: "of the X and Y", "between A and B", "with A",
    /// "in Place".
    fn right_edge(&self, from: usize) -> usize {
        let mut right = from;
        let mut open = false;
        let mut at = from;
        while let Some(token) = self.line.get(at) {
            if let Some(mention) = self.mention_starting(token.range.start()) {
                if !open {
                    break;
                }
                let whole = with_containers(self.text, self.mentions, mention);
                let inside = |token: &&Token| whole.contains(token.range);
                at += self.line.iter().skip(at).take_while(inside).count().max(1);
                right = at;
                open = false;
                continue;
            }
            let links = self.lexicon.grammar(token, Grammar::Locative)
                || self.lexicon.grammar(token, Grammar::Preposition)
                || self.lexicon.grammar(token, Grammar::Coordinator) && right > from;
            let inner = open
                && (self.lexicon.grammar(token, Grammar::Determiner)
                    || self.lexicon.noun(self.line, at).is_some());
            if !(links || inner) {
                break;
            }
            open = true;
            at += 1;
        }
        right
    }

    /// "talks will take place in Istanbul on June 2": a place further on in the clause.
    fn place_after(&self, from: usize) -> Option<String> {
        for (ahead, token) in self.line.iter().skip(from).enumerate() {
            // A further gathering has its own place.
            let other = self.lexicon.noun(self.line, from + ahead);
            let other = other.is_some_and(|(noun, _)| noun.kind == NounKind::Gathering);
            if other || matches!(token.folded.as_str(), ";" | ":") || ahead > PLACE_BEHIND {
                return None;
            }
            let found = self.mention_starting(token.range.start());
            if let Some(mention) = found.filter(|mention| mention.kind == MentionKind::Place) {
                return Some(mention.name.clone());
            }
        }
        None
    }

    fn named_in(&self, range: TextRange) -> Vec<&Mention> {
        let inside = |mention: &&Mention| {
            mention.kind != MentionKind::Person && range.contains(mention.range())
        };
        self.mentions.iter().filter(inside).collect()
    }
}
