//! Words that tell the past from the future, as they stand before and behind a date. Which
//! words tell what is in the table of cues.

use dateline_text::TextRange;

use crate::grammar::ClassSet;
use crate::known::Cues;
use crate::lexicon::Lexicon;
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

/// Just past the last stop before a capital in `text[from..to]`, or `from`: tokens
/// before it would only be thrown away.
pub(crate) fn sentence_start(text: &str, from: usize, to: usize) -> usize {
    let bytes = text.as_bytes().get(from..to).unwrap_or_default();
    let starts = |at: &usize| match bytes.get(*at..*at + 3) {
        Some([b'.' | b'!' | b'?', b' ' | b'\n', b'A'..=b'Z']) => true,
        _ => bytes.get(*at..*at + 2) == Some(b"\n\n"),
    };
    (0..bytes.len()).rev().find(starts).map_or(from, |at| from + at + 1)
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
const MOVED: usize = 5;

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

/// Whether a word of the sentence around `at` has one of the classes.
pub(crate) fn is_near(text: &str, at: usize, any: ClassSet, lexicon: &Lexicon) -> bool {
    let from = sentence_start(text, boundary(text, at.saturating_sub(BACK)), at);
    let to = boundary(text, at.saturating_add(AHEAD).min(text.len()));
    let mut was_stop = false;
    let mut sentence = classed(text, from, to, lexicon).take_while(|(token, _)| {
        let ends = token.gap == Gap::Blank || was_stop && starts_sentence(token);
        was_stop = token.kind == Kind::Mark && ends_sentence(text, token);
        !ends || token.start as usize <= at
    });
    sentence.any(|(_, classes)| classes.meets(any))
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

/// Words from "after" to what is behind, at most: "after a flat second quarter".
const BEHIND: usize = 3;

/// Whether what `range` says is behind what is told: "after a flat second quarter".
pub(crate) fn is_behind(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    let from = boundary(text, start.saturating_sub(2 * WORD));
    let mut away = BEHIND;
    for (token, classes) in classed(text, from, start, lexicon) {
        away = match token.kind {
            Kind::Mark => BEHIND,
            _ if classes.has(lexicon.known.cues.behind) => 0,
            _ => away + 1,
        };
    }
    away < BEHIND
}

/// Words from "born" to the date, at most: "born in Paris on 5 May 1950".
const BORN: usize = 6;

/// Whether `range` is when someone was born.
pub(crate) fn is_birth(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let start = range.start() as usize;
    let from = sentence_start(text, boundary(text, start.saturating_sub(4 * WORD)), start);
    let mut away = BORN;
    for (_, classes) in classed(text, from, start, lexicon) {
        away = if classes.has(lexicon.known.cues.born) { 0 } else { away + 1 };
    }
    away < BORN
}

/// Whether the sentence of `range` tells in the pluperfect what had been: "the line, which had been laid in
/// 1861", "the winter had been dry".
pub(crate) fn is_pluperfect(text: &str, range: TextRange, lexicon: &Lexicon) -> bool {
    let (known, joins) = (&lexicon.known.cues, &lexicon.known);
    let (start, end) = (range.start() as usize, range.end() as usize);
    let to = boundary(text, end.saturating_add(WORD).min(text.len()));
    let next = classed(text, end, to, lexicon).next();
    if next.is_some_and(|(_, classes)| classes.has(known.had)) {
        return true;
    }
    let from = sentence_start(text, boundary(text, start.saturating_sub(BACK)), start);
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
    let from = sentence_start(text, boundary(text, start.saturating_sub(BACK)), start);
    let known = &lexicon.known.cues;
    // "expected", "due", "set" are ahead after "be"; "to close" is none of them.
    let due = |classes: ClassSet| {
        classes.has(known.would)
            || classes.has(known.will)
            || classes.has(known.be) && classes.has(known.future)
    };
    classed(text, from, start, lexicon).any(|(_, classes)| due(classes))
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

/// The classes of the word right before `range`.
pub(crate) fn word_before(text: &str, range: TextRange, lexicon: &Lexicon) -> ClassSet {
    let start = range.start() as usize;
    let from = boundary(text, start.saturating_sub(WORD));
    classed(text, from, start, lexicon).last().map_or(ClassSet::default(), |(_, classes)| classes)
}

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
        lasting = lasts || lasting && matches!(cue, None | Some(Cue::Past));
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
            || (classes.has(known.be) && last.has(known.as_))
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

/// Where sentences end, as tokens are read.
#[derive(Default)]
struct Stops {
    /// The last mark was a stop, perhaps with a closing quotation mark behind it.
    open: bool,
    /// It stands behind an initial or a word that is shortened: "J. Smith", "St. Louis".
    short: bool,
    last: Option<Token>,
}

impl Stops {
    /// Whether `token`, which comes next, starts a sentence. One behind a shortened word does
    /// where it is a small word: "Acme Inc. The firm …".
    fn starts(&self, text: &str, token: &Token, lexicon: &Lexicon) -> bool {
        let small = || {
            let known = &lexicon.known.cues;
            let classes = classes(text, token, lexicon);
            [known.attributive, known.on, known.owned].iter().any(|class| classes.has(*class))
        };
        self.open && starts_sentence(token) && (!self.short || small())
    }

    fn read(&mut self, text: &str, token: &Token, lexicon: &Lexicon) {
        if ends_sentence(text, token) {
            let word = self.last.filter(|last| last.kind == Kind::Word);
            self.open = true;
            self.short = word.is_some_and(|word| {
                let initial = word.end - word.start == 1 && word.shape != Shape::Lower;
                initial || classes(text, &word, lexicon).has(lexicon.known.cues.short)
            });
        } else if self.open {
            self.open = ends_quote(text, token);
        }
        self.last = Some(*token);
    }
}

fn classes(text: &str, token: &Token, lexicon: &Lexicon) -> ClassSet {
    let words = text.get(token.start as usize..token.end as usize).unwrap_or_default();
    lexicon.classes_of(token, words)
}

/// Whether a mark closes a quotation whose sentence has ended.
fn ends_quote(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    token.gap == Gap::Glued && matches!(mark, Some("\"" | "”" | "'" | "’" | ")"))
}

fn ends_sentence(text: &str, token: &Token) -> bool {
    let mark = text.get(token.start as usize..token.end as usize);
    matches!(mark, Some("." | "!" | "?" | "…"))
}

fn starts_sentence(token: &Token) -> bool {
    token.gap >= Gap::Space && (token.kind != Kind::Word || token.shape != Shape::Lower)
}
