//! What the words of a clause tell of a date in it: a name, a birth, what had been, what is
//! put off. Which words tell what is in the table of cues.

use dateline_text::TextRange;

use crate::cue::{AHEAD, BACK, MOVED, boundary, classed};
use crate::grammar::{Class, ClassSet};
use crate::lexicon::Lexicon;
use crate::stop::{ends_sentence, sentence_start, starts_sentence};
use crate::token::{Gap, Kind, Scanner, Shape, Token};

/// Bytes before dates in which a verb that puts off is looked for.
const VERB: usize = 40;

/// Whether the dates from `start` are two, what is put off and where to: "put off from
/// 9 January to 20 February".
pub(crate) fn is_moved(text: &str, start: usize, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known.cues;
    let from = boundary(text, start.saturating_sub(VERB));
    let (mut away, mut is_from) = (MOVED, false);
    for (_, classes) in classed(text, from, start, lexicon) {
        away = if classes.has(known.moved) { 0 } else { away + 1 };
        is_from = classes.has(known.from);
    }
    is_from && away < MOVED
}

/// Whether a table names a word of the sentence around `at` in one of the classes.
pub(crate) fn is_near(text: &str, at: usize, any: ClassSet, lexicon: &Lexicon) -> bool {
    let from = sentence_start(text, boundary(text, at.saturating_sub(BACK)), at, lexicon);
    let to = boundary(text, at.saturating_add(AHEAD).min(text.len()));
    let mut scanner = Scanner::new(text, from, to, &lexicon.vocabulary);
    let mut was_stop = false;
    while let Some(token) = scanner.next() {
        let ends = token.gap == Gap::Blank || was_stop && starts_sentence(&token);
        if ends && token.start as usize > at {
            return false;
        }
        if lexicon.named(&token).meets(any) {
            return true;
        }
        was_stop = token.kind == Kind::Mark && ends_sentence(text, &token);
    }
    false
}

/// Bytes in which the word before a date is looked for.
const WORD: usize = 16;

/// Whether what `range` says only names a thing: "the 2004 constitution", "the 2012 Games".
pub(crate) fn is_name(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known.cues;
    let last = word_before(text, range, lexicon);
    let owns = last.has(known.attributive) && last.has(known.noun) && !last.has(known.by);
    let after = text.get(range.end() as usize..).and_then(|rest| rest.strip_prefix(' '));
    owns && after.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Whether what `range` says is of a thing, or where it began: "the pact of 1932", "silent
/// since the fifties".
pub(crate) fn is_of(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let of = lexicon.known.cues.of;
    is_since(text, range, lexicon) || word_before(text, range, lexicon).has(of)
}

/// Whether `range` is where something began: "silent since the fifties".
pub(crate) fn is_since(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    word_before(text, range, lexicon).has(lexicon.known.cues.since)
}

/// Whether `range` is where something began that still goes on: "has drilled since May".
pub(crate) fn is_since_now(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    is_since(text, range, lexicon) && {
        let from = sentence_start(text, boundary(text, start.saturating_sub(BACK)), start, lexicon);
        let has = |(_, classes): (Token, ClassSet)| classes.has(lexicon.known.cues.duty);
        classed(text, from, start, lexicon).any(has)
    }
}

/// Whether `range` is what came before: "the positions held before May 1998".
pub(crate) fn is_prior(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    word_before(text, range, lexicon).has(lexicon.known.cues.prior)
}

/// How many tokens before the end of `text[from..to]` the last word of a class stands, and whether a
/// mark stands between.
fn last_of(
    text: &str,
    from: usize,
    to: usize,
    class: Class,
    lexicon: &Lexicon,
) -> Option<(usize, bool)> {
    let mut found = None;
    for (token, classes) in classed(text, from, to, lexicon) {
        let next = |(away, mark)| (away + 1, mark || token.kind == Kind::Mark);
        found = if classes.has(class) { Some((0, false)) } else { found.map(next) };
    }
    found
}

/// Words from "after" to what is behind, at most: "after a flat second quarter".
const BEHIND: usize = 3;

/// Whether what `range` says is behind what is told: "after a flat second quarter".
pub(crate) fn is_behind(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    let from = boundary(text, start.saturating_sub(2 * WORD));
    let behind = lexicon.known.cues.behind;
    last_of(text, from, start, behind, lexicon).is_some_and(|(away, mark)| away < BEHIND && !mark)
}

/// Words from "born" to the date, at most: "born in Paris on 5 May 1950".
const BORN: usize = 6;

/// Whether `range` is when someone was born.
pub(crate) fn is_birth(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    let from = sentence_start(text, boundary(text, start.saturating_sub(4 * WORD)), start, lexicon);
    let born = lexicon.known.cues.born;
    last_of(text, from, start, born, lexicon).is_some_and(|(away, _)| away < BORN)
}

/// Whether the sentence of `range` tells in the pluperfect what had been: "the line, which had been laid in
/// 1861", "the winter had been dry".
pub(crate) fn is_pluperfect(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let (known, joins) = (&lexicon.known.cues, &lexicon.known);
    let (start, end) = (range.start() as usize, range.end() as usize);
    let to = boundary(text, end.saturating_add(WORD).min(text.len()));
    let mut after = classed(text, end, to, lexicon).map(|(_, classes)| classes);
    // "The diet, opened on 28 March, had sworn", not "by the end of October had reached it"
    let next =
        after.next().and_then(|next| if next.has(joins.comma) { after.next() } else { Some(next) });
    if next.is_some_and(|next| next.has(known.had)) {
        return !word_before(text, range, lexicon).has(known.by);
    }
    let from = sentence_start(text, boundary(text, start.saturating_sub(BACK)), start, lexicon);
    let mut had = Had::No;
    let mut last = ClassSet::default();
    for (token, classes) in classed(text, from, start, lexicon) {
        let form = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        let verb = classes.has(known.past);
        let joined = last.has(joins.and) || last.has(joins.or);
        had = match had {
            _ if classes.has(known.had) => Had::Said,
            _ if form == ";" || classes.has(known.was) => Had::No,
            // "They had failed, and on 3 May …"
            _ if last.has(joins.comma) && classes.has(joins.and) => Had::No,
            Had::Said if classes.has(known.adverb) || classes.has(known.not) => Had::Said,
            // "had the town", "had 70 men", "had to leave"
            Had::Said
                if classes.has(known.owned)
                    || token.kind == Kind::Number
                    || token.shape != Shape::Lower =>
            {
                Had::No
            }
            Had::Said => Had::Done,
            // "who had fought came home", but not "had come and gone"
            Had::Done if verb && !joined && !last.has(known.been) => Had::No,
            had => had,
        };
        last = classes;
    }
    had != Had::No
}

/// Whether the sentence of `range` tells what had been, before it or behind: "The night before,
/// the same car had been seen".
pub(crate) fn had_been(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known.cues;
    let end = range.end() as usize;
    let to = boundary(text, end.saturating_add(AHEAD).min(text.len()));
    let verb = |classes: &ClassSet| classes.has(known.had) || classes.has(known.past);
    let next = classed(text, end, to, lexicon)
        .take_while(|(token, _)| token.gap != Gap::Blank && !ends_sentence(text, token))
        .map(|(_, classes)| classes)
        .find(verb);
    next.is_some_and(|classes| classes.has(known.had)) || is_pluperfect(text, range, lexicon)
}

/// Whether the sentence of `range` tells what is expected or planned, before it.
pub(crate) fn is_due(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    let from = sentence_start(text, boundary(text, start.saturating_sub(BACK)), start, lexicon);
    let known = &lexicon.known.cues;
    // "expected", "due", "set" are ahead after "be"; "to close" is none of them.
    let due = |classes: ClassSet| {
        classes.has(known.would)
            || classes.has(known.will)
            || classes.has(known.be) && classes.has(known.future)
    };
    let mut last = ClassSet::default();
    classed(text, from, start, lexicon).any(|(_, classes)| {
        // "fell due in January"
        let before = std::mem::replace(&mut last, classes);
        let fell = before.has(known.past) && !before.has(known.was) && !before.has(known.be);
        due(classes) && !fell
    })
}

/// How far a sentence has come with a pluperfect.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Had {
    No,
    /// "had"
    Said,
    /// "had built"
    Done,
}

/// Whether something is of `range`: "Wednesday's".
pub(crate) fn is_owner(text: &str, range: TextRange) -> bool {
    let rest = text.get(range.end() as usize..).unwrap_or_default();
    // Tokenized text has a blank before it: "Wednesday 's".
    let mut next = rest.strip_prefix(' ').unwrap_or_default().chars();
    let mark = |c: char| matches!(c, '\'' | '’');
    let apart = next.next().is_some_and(mark) && next.next().is_some_and(char::is_alphabetic);
    rest.starts_with(mark) || apart && !next.next().is_some_and(char::is_alphabetic)
}

/// Whether a preposition leads to it that leads to dates: "in", "until".
pub(crate) fn is_led(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let known = &lexicon.known.cues;
    let word = word_before(text, range, lexicon);
    let leads = [known.in_, known.since, known.from, known.by, known.of, known.limit];
    leads.iter().any(|class| word.has(*class))
}

/// The classes of the word right before `range`.
pub(crate) fn word_before(text: &str, range: TextRange, lexicon: &Lexicon) -> ClassSet {
    let start = range.start() as usize;
    let from = boundary(text, start.saturating_sub(WORD));
    classed(text, from, start, lexicon).last().map_or(ClassSet::default(), |(_, classes)| classes)
}
