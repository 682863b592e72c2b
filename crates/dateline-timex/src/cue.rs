//! Which way a sentence looks: past or future, by the words around a date. Which words
//! tell is in the table of cues.

use dateline_text::TextRange;

use crate::lexicon::Lexicon;
use crate::scene::{Look, Tense};
use crate::token::{Gap, Kind, Scanner, Shape, Token};

/// Bytes looked at on each side: a clause, not a page.
const REACH: usize = 240;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    Past,
    Future,
    Present,
    Report,
    Stop,
    /// The date stands inside a larger noun, or after a word that sets a limit: no verb
    /// governs it for sure.
    Noun,
    /// The date is one that something lasts until.
    Limit,
}

/// Tokens within which a verb governs a date beyond doubt.
const CLOSE: usize = 6;

/// Which way the sentence around `range` looks, or `None` where no word tells.
pub(crate) fn tense(
    text: &str,
    stretch: TextRange,
    range: TextRange,
    lexicon: &Lexicon,
) -> Option<Look> {
    let (start, end) = (range.start() as usize, range.end() as usize);
    let from = boundary(text, start.saturating_sub(REACH).max(stretch.start() as usize));
    let from = sentence_start(text, from, start);
    let to = boundary(text, end.saturating_add(REACH).min(stretch.end() as usize));
    let mut before = cues(text, from, start, lexicon);
    let (beside, total) = before.pop().map_or((Cue::Stop, 0), |last| last);
    if beside == Cue::Limit {
        return Some(Look { tense: Tense::Future, close: false, report: false });
    }
    let back = before.iter().rev().take_while(|(cue, _)| *cue != Cue::Stop);
    let back = back.map(|(cue, at)| (*cue, total - at));
    let look = decide(back, Cue::before).or_else(|| {
        let after = cues(text, end, to, lexicon);
        let ahead = after.iter().take_while(|(cue, _)| *cue != Cue::Stop);
        decide(ahead.copied(), Cue::after)
    })?;
    let close = look.close && (beside != Cue::Noun || look.tense == Tense::Future);
    Some(Look { close, ..look })
}

/// Just past the last stop before a capital in `text[from..to]`, or `from`: tokens
/// before it would only be thrown away.
fn sentence_start(text: &str, from: usize, to: usize) -> usize {
    let bytes = text.as_bytes().get(from..to).unwrap_or_default();
    let starts = |at: &usize| match bytes.get(*at..*at + 3) {
        Some([b'.' | b'!' | b'?', b' ' | b'\n', b'A'..=b'Z']) => true,
        _ => bytes.get(*at..*at + 2) == Some(b"\n\n"),
    };
    (0..bytes.len()).rev().find(starts).map_or(from, |at| from + at + 1)
}

/// The first character boundary at or after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

impl Cue {
    /// What a cue so far before a date says of it. A verb of saying governs it only
    /// where it stands right beside ("said Monday").
    fn before(self, away: usize) -> Option<Look> {
        let close = away <= CLOSE;
        let look = |tense| Some(Look { tense, close, report: false });
        match self {
            Self::Future => look(Tense::Future),
            Self::Present if close => look(Tense::Future),
            Self::Past => look(Tense::Past),
            Self::Report if away <= 2 => {
                Some(Look { tense: Tense::Past, close: true, report: true })
            }
            _ => None,
        }
    }

    /// What a cue so far after a date says of it.
    fn after(self, away: usize) -> Option<Look> {
        let close = away <= CLOSE;
        let look = |tense| Some(Look { tense, close, report: false });
        match self {
            Self::Report if close => look(Tense::Past),
            Self::Future => look(Tense::Future),
            Self::Past => look(Tense::Past),
            _ => None,
        }
    }
}

/// What the first cue that says anything says.
fn decide(
    mut cues: impl Iterator<Item = (Cue, usize)>,
    say: fn(Cue, usize) -> Option<Look>,
) -> Option<Look> {
    cues.find_map(|(cue, away)| say(cue, away))
}

/// The cues in `text[from..to]` with their token, counted from 1; last, the end.
fn cues(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> Vec<(Cue, usize)> {
    let mut scanner = Scanner::new(text, from, to, &lexicon.vocabulary);
    let mut out: Vec<(Cue, usize)> = Vec::new();
    let known = &lexicon.known.cues;
    let (mut count, mut was_be, mut was_to, mut was_stop) = (0, false, false, false);
    let (mut noun, mut limit, mut had, mut was_attributive) = (false, false, false, false);
    let mut skip = false;
    while let Some(token) = scanner.next() {
        count += 1;
        if token.gap == Gap::Blank || (was_stop && starts_sentence(&token)) {
            out.push((Cue::Stop, count));
        }
        let opens = was_stop || token.gap == Gap::Blank;
        was_stop = token.kind == Kind::Mark && ends_sentence(text, &token);
        (noun, limit) = (false, false);
        if token.kind != Kind::Word {
            continue;
        }
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        if token.shape != Shape::Lower && count > 1 && !opens {
            // A name, not a verb: May, United.
            (was_be, was_to, had, was_attributive) = (false, false, false, false);
            continue;
        }
        let classes = lexicon.classes_of(&token, words);
        if std::mem::take(&mut skip) {
            continue;
        }
        let be = classes.has(known.be);
        if had && classes.has(known.to) {
            // "had been due to": ahead of then, not of now.
            (was_to, skip) = (false, true);
            continue;
        }
        if (classes.has(known.to) && was_be) || (classes.has(known.infinitive) && was_to) {
            // "is to meet", "to be completed".
            out.push((Cue::Future, count));
        } else if (was_be || was_attributive)
            && classes.has(known.past)
            && !classes.has(known.future)
        {
            // A participle: "is closed", "will be paid", "at reduced prices".
        } else if classes.has(known.future) {
            // "had expected": what was ahead then is no more.
            out.push((if had { Cue::Past } else { Cue::Future }, count));
        } else if classes.has(known.past) {
            out.push((Cue::Past, count));
        } else if classes.has(known.report) {
            out.push((Cue::Report, count));
        } else if classes.has(known.present) && !was_attributive {
            out.push((Cue::Present, count));
        }
        noun = classes.has(known.noun);
        limit = classes.has(known.limit);
        had = classes.has(known.had)
            || (had && (classes.has(known.past) || classes.has(known.future)));
        was_attributive = classes.has(known.attributive);
        was_be = be;
        was_to = classes.has(known.to);
    }
    let end = match (limit, noun) {
        (true, _) => Cue::Limit,
        (_, true) => Cue::Noun,
        _ => Cue::Stop,
    };
    out.push((end, count + 1));
    out
}

fn ends_sentence(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    matches!(mark, Some("." | "!" | "?" | "…"))
}

fn starts_sentence(token: &Token) -> bool {
    token.gap >= Gap::Space && (token.kind != Kind::Word || token.shape != Shape::Lower)
}
