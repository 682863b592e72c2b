//! Words that tell the past from the future, as they stand before and behind a date. Which
//! words tell what is in the table of cues.

use crate::grammar::ClassSet;
use crate::known::Cues;
use crate::lexicon::Lexicon;
use crate::stop::Stops;
use crate::token::{Gap, Kind, Scanner, Shape, Token};

/// Bytes looked at before and after: a clause, not a page.
pub(crate) const BACK: usize = 180;
pub(crate) const AHEAD: usize = 160;

/// What a word tells of the way its sentence looks, or of the date behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    Past,
    Future,
    /// The same within a noun: "the planned trip", which says something only of a date behind it.
    Coming,
    /// "would": ahead of then, perhaps not of now.
    Would,
    /// "will": ahead of now.
    Will,
    /// "could", of what may come.
    Could,
    Present,
    /// "have to": what is still to do.
    Duty,
    /// "has a": an appointment that is still to come.
    Owns,
    /// A verb that a club has in the plural: "Arsenal host".
    Fixture,
    /// "the first", "the worst": of the years that follow it, it is the one.
    Extreme,
    Report,
    /// A form of "be" that is no past.
    Be,
    Stop,
    /// The date stands inside a larger noun, or after a word that sets a limit: no verb
    /// governs it for sure.
    Noun,
    /// The date is one that something lasts until.
    Limit,
    /// The date is one that something is put off to.
    PutOff,
    /// The date is one that something is put off from.
    PutFrom,
    /// The date is one that something was set for.
    SetFor,
    /// The date is one that something lasted until.
    Lasted,
    /// The date is what something is for.
    For,
    /// The date is one by which something happens.
    By,
    /// The last date on which something holds.
    Through,
    /// "as soon as": the date is the first on which something may be.
    Early,
    /// "the figures for": the date is one that was counted.
    Counted,
    /// The date is one since when something is so.
    Since,
}

/// The first character boundary at or after `at`.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Tokens between a number that is compared and the date it is of, at most.
const COMPARED: usize = 5;

/// Tokens from "ordered" to "to file", at most.
const ORDER: usize = 6;

/// Tokens between a verb that puts off and the day to which it does, at most.
pub(crate) const MOVED: usize = 5;

/// The tokens of `text[from..to]` with their classes.
pub(crate) fn classed<'a>(
    text: &'a str,
    from: usize,
    to: usize,
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = (Token, ClassSet)> + 'a {
    let mut scanner = Scanner::new(text, from, to, &lexicon.vocabulary);
    std::iter::from_fn(move || {
        let token = scanner.next()?;
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        Some((token, lexicon.classes_of(&token, words)))
    })
}

/// Tokens from "could" to what could be, at most: "could not be reached".
const ABLE: usize = 3;

/// The cues in `text[from..to]` with their token, counted from 1; last, the end.
pub(crate) fn cues(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> Vec<(Cue, usize)> {
    let known = &lexicon.known.cues;
    let mut scanner = Scanner::new(text, from, to, &lexicon.vocabulary);
    let mut out: Vec<(Cue, usize)> = Vec::new();
    let mut before = Before::default();
    let mut stops = Stops::default();
    let (mut count, mut named) = (0, false);
    let (mut moved, mut lasting, mut limited) = (None, false, None);
    let (mut located, mut ordered) = (false, None);
    let (mut compares, mut compared) = (false, None);
    // The last word is no abbreviation, and a stop behind it ends its sentence.
    let (mut plain, mut ended) = (false, false);
    while let Some(token) = scanner.next() {
        count += 1;
        let starts = token.gap == Gap::Blank || stops.starts(text, &token, lexicon);
        let opens = starts || count == 1;
        if starts {
            out.push((Cue::Stop, count));
            (moved, lasting, limited) = (None, false, None);
            (located, ordered) = (false, None);
            (compares, compared) = (false, None);
            before.lets = false;
        }
        stops.read(text, &token, lexicon);
        ended = stops.open && plain;
        plain =
            token.kind == Kind::Word && token.shape == Shape::Lower && token.end - token.start > 2;
        before.prior = std::mem::take(&mut before.beside);
        if compares && token.kind == Kind::Number {
            compared = compared.or(Some(count));
        }
        if token.kind != Kind::Word {
            if let Some((cue @ Cue::Report, at)) = out.last_mut()
                && *at + 1 == count
                && token.kind == Kind::Number
            {
                *cue = Cue::Past; // "added 114,000 jobs in July"
            }
            continue;
        }
        let after_name = std::mem::replace(&mut named, token.shape != Shape::Lower);
        if token.shape != Shape::Lower && !opens {
            // A name, not a verb: May, United.
            before = Before::default();
            if located {
                out.push((Cue::Be, count)); // "is in Cardiff on Saturday"
            }
            continue;
        }
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        let classes = lexicon.classes_of(&token, words);
        if classes.has(known.moved) {
            moved = Some(count);
        }
        if classes.has(known.limit) {
            limited = Some(count);
        } else if !classes.has(known.hedge) {
            limited = None;
        }
        if classes.has(known.who) {
            named = after_name;
        } else if classes.has(known.attributive) {
            named = false; // "The host on Monday was ill"
        }
        if classes.has(known.from) {
            (compares, compared) = (before.prior == ClassSet::default(), None);
        } else if classes.has(known.to) {
            (compares, compared) = (false, None);
        }
        let played = out.last().is_some_and(|(cue, _)| *cue == Cue::Fixture);
        let orders = ordered.is_some_and(|at| count - at <= ORDER) && before.last.has(known.to);
        if orders && !classes.has(known.attributive) {
            out.push((Cue::Would, count)); // "told banks to respond by Friday"
            ordered = None;
        }
        let cue = match before.read(classes, known) {
            None if classes.has(known.fixture) && (after_name || played) => Some(Cue::Fixture),
            cue => cue,
        };
        if matches!(cue, Some(Cue::Duty | Cue::Owns)) {
            // What looked like a past tense was "have to", "have a".
            let _ = out.pop_if(|(cue, at)| *cue == Cue::Past && *at + 1 == count);
        }
        if classes.has(known.able) {
            // "could not be reached", "could be heard": what was, not what may come.
            let _ = out.pop_if(|(cue, at)| *cue == Cue::Could && count <= *at + ABLE);
        }
        // "rules on Friday", but not "announced tougher rules on Friday"
        let was = || {
            let mut sentence = out.iter().rev().take_while(|(cue, _)| *cue != Cue::Stop);
            sentence.any(|(cue, _)| matches!(cue, Cue::Past | Cue::Report))
        };
        let cue = cue.filter(|cue| *cue != Cue::Present || !classes.has(known.plural) || !was());
        located = before.is_in || located && classes.has(known.attributive);
        if classes.has(known.ordered) && matches!(cue, Some(Cue::Past | Cue::Report)) {
            ordered = Some(count);
        }
        let told = cue == Some(Cue::Past) || !classes.has(known.past);
        let lasts = classes.has(known.lasted) && told;
        lasting = lasts || lasting && (cue.is_none() || classes.has(known.state));
        out.extend(cue.map(|cue| (cue, count)));
    }
    if ended {
        out.push((Cue::Stop, count));
    }
    // "to one per cent, from three per cent in February": what is compared is over.
    let was = compared.is_some_and(|at| count - at <= COMPARED) && before.beside.has(known.in_);
    if before.event == Event::On || was {
        out.push((Cue::Past, count));
    }
    let away = |at: Option<usize>| at.is_some_and(|at| count - at <= MOVED);
    let put_off = before.beside.has(known.to) && away(moved);
    let put_from = before.beside.has(known.from) && away(moved);
    let limit = limited.is_some();
    let end = match before.beside {
        _ if limit && lasting => Cue::Lasted,
        beside if beside.has(known.through) => {
            if lasting {
                Cue::Lasted
            } else {
                Cue::Through
            }
        }
        _ if limit => Cue::Limit,
        beside if beside.has(known.since) => Cue::Since,
        _ if put_off => Cue::PutOff,
        _ if put_from => Cue::PutFrom,
        beside
            if beside.has(known.ends_for)
                && before.prior.has(known.be)
                && !before.prior.has(known.is)
                && !before.was_had =>
        {
            Cue::SetFor
        }
        // "a deadline of Friday"
        beside if beside.has(known.of) && before.prior.has(known.deadline) => Cue::For,
        beside if beside.has(known.ends_for) && before.prior.has(known.data) => Cue::Counted,
        beside if beside.has(known.ends_for) => Cue::For,
        beside if beside.has(known.as_) && before.prior.has(known.early) => Cue::Early,
        // "starting on Friday"
        beside if beside.has(known.on) && before.prior.has(known.starting) => Cue::For,
        beside if beside.has(known.by) => Cue::By,
        beside if beside.has(known.noun) => Cue::Noun,
        _ => Cue::Stop,
    };
    out.push((end, count + 1));
    out
}

/// How far "the attack on" has been read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Event {
    #[default]
    None,
    Noun,
    On,
}

/// What stands before a word.
#[derive(Default)]
struct Before {
    /// The classes of the last word, perhaps with marks since.
    last: ClassSet,
    /// The same, empty after a mark.
    beside: ClassSet,
    /// Those of the word before it, empty where a mark stands between or after.
    prior: ClassSet,
    /// A verb in the past perfect is being told ("had been due").
    had: bool,
    /// It was before the last word.
    was_had: bool,
    /// The next word tells nothing.
    skip: bool,
    /// A blow that fell is named: its day is past, whatever the verb.
    event: Event,
    /// "is in", "are in": where or in what state something is.
    is_in: bool,
    /// Someone let, made or saw it happen: the next verb has no tense of its own.
    lets: bool,
}

impl Before {
    /// What a word of these classes tells after what stands before it.
    fn read(&mut self, classes: ClassSet, known: &Cues) -> Option<Cue> {
        if std::mem::take(&mut self.skip) || classes.has(known.not) {
            return None;
        }
        self.beside = classes;
        if classes.has(known.adverb) {
            return None; // "as previously planned", "the hastily planned trip"
        }
        let last = std::mem::replace(&mut self.last, classes);
        self.event = match self.event {
            _ if classes.has(known.event) && last.has(known.attributive) => Event::Noun,
            Event::Noun if classes.has(known.on) => Event::On,
            _ => Event::None,
        };
        let had = self.had;
        self.was_had = had;
        let verb = classes.has(known.past) || classes.has(known.future);
        let meant = classes.has(known.meant) && last.has(known.was);
        let was_in =
            std::mem::replace(&mut self.is_in, classes.has(known.in_) && last.has(known.is));
        let lets = self.lets && classes.has(known.bare);
        self.lets = classes.has(known.lets) || self.lets && !verb && !lets;
        self.had = classes.has(known.had) || meant || (had && (verb || classes.has(known.be)));
        if had && classes.has(known.to) {
            // "had been due to": ahead of then, not of now.
            (self.skip, self.last) = (true, ClassSet::default());
            return None;
        }
        // "will shut", where the past has the same form.
        let bare = classes.has(known.base) && (last.has(known.future) || last.has(known.to));
        let participle =
            (last.has(known.be) || last.has(known.attributive) || bare) && !classes.has(known.was);
        // "is to meet", "to be completed".
        let infinitive = (classes.has(known.to) && (last.has(known.be) || last.has(known.was)))
            || (classes.has(known.infinitive) && last.has(known.to));
        // "are meeting", "ahead of the vote"
        let coming = (classes.has(known.going) && last.has(known.is))
            || (classes.has(known.of) && last.has(known.ahead));
        if infinitive || coming {
            Some(Cue::Future)
        } else if classes.has(known.marker) && last.has(known.duty) {
            Some(Cue::Duty)
        } else if classes.has(known.article) && last.has(known.duty) {
            Some(Cue::Owns)
        } else if classes.has(known.state) && last.has(known.is)
            || was_in && classes.has(known.force)
        {
            Some(Cue::Be) // is closed from Monday, is in force from Monday
        } else if (participle && classes.has(known.past) && !classes.has(known.future))
            || (classes.has(known.or_noun) && last.has(known.attributive))
            || (classes.has(known.be) || classes.has(known.future) && !classes.has(known.early))
                && last.has(known.as_)
            || lets
        {
            // will be paid, at reduced prices; announced the plan; opened as planned; let it begin
            None
        } else if classes.has(known.future) {
            Some(match had {
                true => Cue::Past, // "had expected": what was ahead then is no more
                false if last.has(known.attributive) => Cue::Coming,
                false if classes.has(known.would) => Cue::Would,
                false if classes.has(known.will) => Cue::Will,
                false => Cue::Future,
            })
        } else if classes.has(known.could) {
            Some(Cue::Could)
        } else if classes.has(known.past) {
            Some(Cue::Past)
        } else if classes.has(known.report) {
            Some(Cue::Report)
        } else if classes.has(known.present) && (had || last.has(known.duty)) {
            Some(Cue::Past) // had just come
        } else if classes.has(known.present)
            && !last.has(known.attributive)
            && !last.has(known.past)
        {
            Some(Cue::Present) // not "was open"
        } else if classes.has(known.is) {
            Some(Cue::Be)
        } else if classes.has(known.extreme) {
            Some(Cue::Extreme)
        } else {
            None
        }
    }
}
