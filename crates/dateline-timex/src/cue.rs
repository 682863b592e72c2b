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
    /// "if": what may come, where no verb tells.
    If,
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
    /// The date is one that something is put off from or to.
    PutOff,
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
    /// "had been due": ahead then, and perhaps now.
    Planned,
    /// "usually": not once.
    Habit,
    /// "rainfall": what comes every year, where nothing tells that it came once.
    Climate,
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

/// Letters of a part that is set before a verb, at most: "re-elected", but "second-seeded".
const PREFIX: u32 = 3;

/// The cues in `text[from..to]` with their token, counted from 1; last, the end.
pub(crate) fn cues(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> Vec<(Cue, usize)> {
    let known = &lexicon.known.cues;
    let mut scanner = Scanner::new(text, from, to, &lexicon.vocabulary);
    let mut out: Vec<(Cue, usize)> = Vec::new();
    let mut before = Before::default();
    let mut stops = Stops::default();
    let (mut count, mut named) = (0, false);
    let mut sentence = Sentence::default();
    let mut compound = Compound::default();
    while let Some(token) = scanner.next() {
        count += 1;
        let second = compound.read(text, &token);
        let starts = token.gap == Gap::Blank || stops.starts(text, &token, lexicon);
        let opens = starts || count == 1;
        if starts {
            out.push((Cue::Stop, count));
            sentence = Sentence::default();
            before.lets = false;
        }
        stops.read(text, &token, lexicon);
        before.prior = std::mem::take(&mut before.beside);
        if sentence.compares && token.kind == Kind::Number {
            sentence.compared = sentence.compared.or(Some(count));
        }
        if token.kind != Kind::Word {
            if token.kind == Kind::Number {
                added(&mut out, count); // "added 114,000 jobs in July"
            }
            continue;
        }
        if second {
            before = Before::default();
            continue; // "second-seeded", "state-owned"
        }
        let after_name = std::mem::replace(&mut named, token.shape != Shape::Lower);
        if token.shape != Shape::Lower && !opens {
            // A name, not a verb: May, United.
            before = Before::default();
            if sentence.located {
                out.push((Cue::Be, count)); // "is in Cardiff on Saturday"
            }
            continue;
        }
        let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
        let classes = lexicon.classes_of(&token, words);
        if classes.has(known.nt) {
            // "won't" is no "won".
            if before.last.has(known.wont) && out.pop_if(|(cue, _)| *cue == Cue::Past).is_some() {
                out.push((Cue::Will, count));
            }
            continue;
        }
        if classes.has(known.article) && before.last.has(known.added) {
            added(&mut out, count); // "added a third shift in March"
        }
        if classes.has(known.in_) && before.sets {
            out.push((Cue::Past, count)); // "the record set in February"
        }
        sentence.read(classes, &before, count, known);
        if classes.has(known.relative) {
            named = after_name;
        } else if classes.has(known.attributive) {
            named = false; // "The host on Monday was ill"
        }
        let played = out.last().is_some_and(|(cue, _)| *cue == Cue::Fixture);
        let orders = within(sentence.ordered, count, ORDER) && before.last.has(known.to);
        if orders && !classes.has(known.attributive) {
            out.push((Cue::Would, count)); // "told banks to respond by Friday"
            sentence.ordered = None;
        }
        // "The hosts play Uruguay"
        let hosts = before.prior.has(lexicon.known.plural);
        let cue = match before.read(classes, lexicon) {
            None if classes.has(known.fixture) && (after_name || played || hosts) => {
                Some(Cue::Fixture)
            }
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
            let mut told = out.iter().rev().take_while(|(cue, _)| *cue != Cue::Stop);
            told.any(|(cue, _)| matches!(cue, Cue::Past | Cue::Report))
        };
        let cue = cue.filter(|cue| *cue != Cue::Present || !classes.has(known.plural) || !was());
        sentence.tell(cue, classes, &before, count, known);
        out.extend(cue.map(|cue| (cue, count)));
    }
    if stops.ended() {
        out.push((Cue::Stop, count));
    }
    // "to one per cent, from three per cent in February": what is compared is over.
    let was = within(sentence.compared, count, COMPARED) && before.beside.has(known.in_);
    if before.event == Event::On || was {
        out.push((Cue::Past, count));
    }
    out.push((sentence.end(&before, count, known), count + 1));
    out
}

/// What looked like a verb of saying right before the token was done.
fn added(out: &mut [(Cue, usize)], count: usize) {
    if let Some((cue @ Cue::Report, at)) = out.last_mut()
        && *at + 1 == count
    {
        *cue = Cue::Past;
    }
}

/// How far a compound with a hyphen has been read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Compound {
    #[default]
    None,
    First,
    Hyphen,
}

impl Compound {
    /// Whether `token` is the second word of one that is no verb.
    fn read(&mut self, text: &str, token: &Token) -> bool {
        let glued = token.gap == Gap::Glued;
        let hyphen = || text.get(token.start as usize..token.end as usize) == Some("-");
        let long = token.kind == Kind::Word && token.end - token.start > PREFIX;
        let last = std::mem::replace(
            self,
            match self {
                Self::First if glued && hyphen() => Self::Hyphen,
                _ if long => Self::First,
                _ => Self::None,
            },
        );
        last == Self::Hyphen && glued && token.kind == Kind::Word
    }
}

/// Whether what stands `at` a token is at most so many tokens back.
fn within(at: Option<usize>, count: usize, most: usize) -> bool {
    at.is_some_and(|at| count - at <= most)
}

/// What a sentence has told so far.
#[derive(Default)]
struct Sentence {
    /// Where something was put off.
    moved: Option<usize>,
    /// Where someone was ordered.
    ordered: Option<usize>,
    /// What goes on is told.
    lasting: bool,
    /// "until", "until at least": a limit stands last.
    limited: bool,
    /// "is in", perhaps with names: where something is stands last.
    located: bool,
    /// "from": what is compared comes.
    compares: bool,
    /// Where what is compared began.
    compared: Option<usize>,
}

impl Sentence {
    /// Takes in a word before what it tells is known.
    fn read(&mut self, classes: ClassSet, before: &Before, count: usize, known: &Cues) {
        if classes.has(known.moved) {
            self.moved = Some(count);
        }
        self.limited = classes.has(known.limit) || self.limited && classes.has(known.hedge);
        if classes.has(known.from) {
            (self.compares, self.compared) = (before.prior == ClassSet::default(), None);
        } else if classes.has(known.to) {
            (self.compares, self.compared) = (false, None);
        }
    }

    /// Takes in what a word tells.
    fn tell(
        &mut self,
        cue: Option<Cue>,
        classes: ClassSet,
        before: &Before,
        count: usize,
        known: &Cues,
    ) {
        self.located = before.is_in || self.located && classes.has(known.attributive);
        if classes.has(known.ordered) && matches!(cue, Some(Cue::Past | Cue::Report)) {
            self.ordered = Some(count);
        }
        let told = cue == Some(Cue::Past) || !classes.has(known.past);
        let goes_on = self.lasting && (cue.is_none() || classes.has(known.state));
        self.lasting = classes.has(known.lasted) && told || goes_on;
    }

    /// What the words right before a date tell of it.
    fn end(&self, before: &Before, count: usize, known: &Cues) -> Cue {
        let (beside, prior) = (before.beside, before.prior);
        let has = |class| beside.has(class);
        let set = prior.has(known.be) && !prior.has(known.is) && !before.was_had;
        match () {
            () if self.limited && self.lasting => Cue::Lasted,
            () if has(known.through) && self.lasting => Cue::Lasted,
            () if has(known.through) => Cue::Through,
            // "They have until June 28 to show it."
            () if self.limited && prior.has(known.duty) => Cue::SetFor,
            () if self.limited => Cue::Limit,
            () if has(known.since) => Cue::Since,
            () if (has(known.to) || has(known.from)) && within(self.moved, count, MOVED) => {
                Cue::PutOff
            }
            // "set for Monday", "preparing for Saturday's match"
            () if has(known.ends_for) && (set || prior.has(known.ready)) => Cue::SetFor,
            // "a deadline of Friday"
            () if has(known.of) && prior.has(known.deadline) => Cue::For,
            () if has(known.ends_for) && prior.has(known.data) => Cue::Counted,
            () if has(known.ends_for) => Cue::For,
            () if has(known.as_) && prior.has(known.early) => Cue::Early,
            // "starting on Friday"
            () if has(known.on) && prior.has(known.starting) => Cue::For,
            () if has(known.by) => Cue::By,
            () if has(known.noun) => Cue::Noun,
            () => Cue::Stop,
        }
    }
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
    /// "forced to": what follows was done.
    implied: bool,
    /// "they set", but not "to set", "is set".
    sets: bool,
    /// "be cleaned": what is joined to it is in the same tense, "and shown".
    passive: bool,
}

impl Before {
    /// What a word of these classes tells after what stands before it.
    fn read(&mut self, classes: ClassSet, lexicon: &Lexicon) -> Option<Cue> {
        let known = &lexicon.known.cues;
        if std::mem::take(&mut self.skip) || classes.has(known.not) {
            return None;
        }
        self.beside = classes;
        if classes.has(known.habit) {
            // "usually meets", but not "a typically long day"
            return (!self.last.has(known.attributive)).then_some(Cue::Habit);
        }
        if classes.has(known.adverb) {
            return None; // "as previously planned", "the hastily planned trip"
        }
        let last = std::mem::replace(&mut self.last, classes);
        self.event = match self.event {
            _ if classes.has(known.event) && last.has(known.attributive) => Event::Noun,
            Event::Noun if classes.has(known.on) => Event::On,
            _ => Event::None,
        };
        let helped = [known.be, known.was, known.to, known.had].iter().any(|c| last.has(*c))
            || last.has(known.future);
        let sets = std::mem::replace(&mut self.sets, classes.has(known.set) && !helped);
        if sets && classes.has(known.particle) {
            return Some(Cue::Past); // "they set out"
        }
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
        let done = std::mem::replace(
            &mut self.implied,
            classes.has(known.to) && last.has(known.implicative),
        );
        let joined = self.passive && last.has(lexicon.known.and);
        self.passive = classes.has(known.past)
            && (last.has(known.be) && !last.has(known.is) || joined)
            || self.passive && !verb;
        // "is to meet", "to be completed", but not "appeared to be calm".
        let infinitive = (classes.has(known.to) && (last.has(known.be) || last.has(known.was)))
            || (classes.has(known.infinitive) && last.has(known.to) && !done);
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
            || joined && classes.has(known.past)
            || (classes.has(known.be) || classes.has(known.future) && !classes.has(known.early))
                && last.has(known.as_)
            || lets
        {
            // will be paid and sent, at reduced prices; announced the plan; opened as planned; let it begin
            None
        } else if classes.has(known.future) {
            Some(match had {
                true if classes.has(known.planned) => Cue::Planned,
                true => Cue::Past, // "had expected": what was ahead then is no more
                false if last.has(known.attributive) => Cue::Coming,
                false if classes.has(known.would) => Cue::Would,
                false if classes.has(known.will) => Cue::Will,
                false => Cue::Future,
            })
        } else if classes.has(known.could) {
            Some(Cue::Could)
        } else if classes.has(known.if_) && !last.has(known.as_) {
            Some(Cue::If)
        } else if classes.has(known.past) {
            Some(Cue::Past)
        } else if classes.has(known.report) {
            // "will be announced"
            (!last.has(known.be) || last.has(known.is)).then_some(Cue::Report)
        } else if classes.has(known.present) && (had || last.has(known.duty)) {
            Some(Cue::Past) // had just come
        } else if classes.has(known.present)
            && !last.has(known.attributive)
            && !last.has(known.past)
            && !done
        {
            Some(Cue::Present) // not "was open", "forced to leave"
        } else if classes.has(known.is) {
            Some(Cue::Be)
        } else if classes.has(known.extreme) {
            Some(Cue::Extreme)
        } else if classes.has(known.climate) {
            Some(Cue::Climate)
        } else {
            None
        }
    }
}
