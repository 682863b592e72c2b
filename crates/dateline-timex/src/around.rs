//! Which way the sentence around a date looks: what the words beside it tell, and the verb
//! that governs it.

use std::cell::OnceCell;
use std::ops::Range;

use dateline_text::TextRange;

use crate::clause::{is_owner, word_before};
use crate::cue::{AHEAD, BACK, Cue, boundary, classed, cues};
use crate::lexicon::Lexicon;
use crate::scene::{Look, Tense};
use crate::stop::sentence_start;
use crate::token::{Kind, Shape};

/// Tokens within which a verb governs a date beyond doubt.
const CLOSE: usize = 6;

/// Tokens within which "will" governs one behind "in" or "on".
const FAR: usize = 14;

/// Tokens within which a verb that looks ahead governs a day of a month; one that stands
/// further off does not send it into the next year.
const BESIDE: usize = 4;

/// Tokens within which "usually" tells of a date.
const HABIT: usize = 8;

/// Tokens within which a club's verb does: "host the Mariners in Game 5 on Friday".
const FIXTURE: usize = 8;

/// Words before a date that opens its sentence, with its preposition, at most: "But until
/// Thursday".
const LEADS: usize = 2;

/// Words before a date that opens its sentence, at most.
const HEAD: usize = 1;

/// Tokens from a date to the blow that it is of, at most: "the April 20 oil rig explosion".
const BLOW: usize = 3;

/// Bytes of ", and in " before a date that starts a clause, at most.
const LEAD: usize = 12;

/// Tokens from "first" to the noun that it is of, at most.
const NOUN: usize = 2;

/// What kind of date a verb governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Governed {
    /// A weekday and no more.
    Weekday,
    /// A day of a month.
    Day,
    /// A quarter or half of a year.
    Period,
    /// A length: "in two weeks".
    Length,
    /// A clock time or a part of a day that is not said.
    Hour,
    /// Another.
    Other,
}

/// Which way the sentence around `range`, a date of some kind in a narrative or another text,
/// looks, or `None` where no word tells.
pub(crate) fn tense(
    text: &str,
    stretch: TextRange,
    range: TextRange,
    kind: Governed,
    narrative: bool,
    lexicon: &Lexicon,
) -> Option<Look> {
    let around = Around::read(text, stretch, range, kind, lexicon);
    if around.is_habit(narrative) {
        return look(Tense::Past, false).map(|look| Look { habit: true, ..look });
    }
    if let Some(look) = around.beside() {
        return Some(look);
    }
    if around.is_said() {
        return look(Tense::Past, true).map(|look| Look { report: true, ..look });
    }
    if around.is_habit_behind(narrative) {
        return look(Tense::Past, false).map(|look| Look { habit: true, ..look });
    }
    if kind == Governed::Length && around.is_since_extreme() {
        return None;
    }
    around.verb()
}

/// What stands around a date in its sentence.
struct Around<'a> {
    text: &'a str,
    range: TextRange,
    kind: Governed,
    lexicon: &'a Lexicon,
    /// The cues before it, with their token, and the tokens before it.
    before: Vec<(Cue, usize)>,
    total: usize,
    /// What the words right before it tell.
    last: Cue,
    /// Where its sentence is looked at, from and to.
    from: usize,
    to: usize,
    after: OnceCell<Vec<(Cue, usize)>>,
}

impl<'a> Around<'a> {
    fn read(
        text: &'a str,
        stretch: TextRange,
        range: TextRange,
        kind: Governed,
        lexicon: &'a Lexicon,
    ) -> Self {
        let (start, end) = (range.start() as usize, range.end() as usize);
        let from = boundary(text, start.saturating_sub(BACK).max(stretch.start() as usize));
        let from = sentence_start(text, from, start, lexicon);
        let to = boundary(text, end.saturating_add(AHEAD).min(stretch.end() as usize));
        let mut before = cues(text, from, start, lexicon);
        let (last, total) = before.pop().map_or((Cue::Stop, 0), |last| last);
        if let Some(aside) = aside(text, from, start, lexicon) {
            before.retain(|(_, at)| !aside.contains(at));
        }
        Self { text, range, kind, lexicon, before, total, last, from, to, after: OnceCell::new() }
    }

    /// The cues before it, the nearest first, with how many tokens off they stand.
    fn back(&self) -> impl Iterator<Item = (Cue, usize)> + Clone {
        // "to get around Wednesday's ruling": what the day's event is told to undergo.
        let is_on = || {
            let word = word_before(self.text, self.range, self.lexicon);
            word.has(self.lexicon.known.cues.on)
        };
        let near = self.told().filter(|(cue, _)| !matches!(cue, Cue::Habit | Cue::Climate));
        let owns = near.clone().any(|(cue, _)| *cue == Cue::Owns);
        let owned = owns && self.kind == Governed::Weekday && !self.is_owner() && is_on();
        near.filter(move |(cue, _)| *cue != Cue::Owns || owned)
            .map(|(cue, at)| (*cue, self.total - at))
    }

    /// The cues behind it, to the end of its sentence.
    fn after(&self) -> &[(Cue, usize)] {
        self.after.get_or_init(|| {
            let mut after = cues(self.text, self.range.end() as usize, self.to, self.lexicon);
            let stop = after.iter().position(|(cue, _)| *cue == Cue::Stop);
            after.truncate(stop.unwrap_or(after.len()));
            after
        })
    }

    fn is_owner(&self) -> bool {
        is_owner(self.text, self.range)
    }

    fn looks_back(&self) -> Option<Look> {
        let at = || {
            let word = word_before(self.text, self.range, self.lexicon);
            let known = &self.lexicon.known.cues;
            word.has(known.on) || word.has(known.in_)
        };
        let mut said = false;
        self.back().find_map(|(cue, away)| {
            said |= cue == Cue::Report;
            if cue == Cue::Planned {
                // "The vote had been due in July" may still be held then.
                let weekday = self.kind == Governed::Weekday;
                return look(if weekday { Tense::Past } else { Tense::Future }, weekday);
            }
            let look = cue.before(away)?;
            // "will be named commander of the shuttle for a mission in December"
            let may = matches!(cue, Cue::Will | Cue::Would | Cue::If);
            let far = || may && !said && away <= FAR && at();
            Some(Look { close: look.close || far(), ..look })
        })
    }

    fn looks_ahead(&self) -> Option<Look> {
        // "On Friday, the exhibition opens", but not "at Friday's close"; a day of a month may
        // be of a chronicle.
        let opens = self.kind == Governed::Weekday
            && !self.is_owner()
            && (self.total <= LEADS || self.opens_clause() || !self.is_cut_off());
        self.after().iter().find_map(|(cue, away)| match cue {
            Cue::Present if opens && *away <= CLOSE => look(Tense::Future, true),
            cue => cue.after(*away),
        })
    }

    /// "Schools shut on Tuesday, shops close": what follows is another clause.
    fn is_cut_off(&self) -> bool {
        let end = self.range.end() as usize;
        let next = classed(self.text, end, self.to, self.lexicon).next();
        next.is_some_and(|(_, classes)| classes.has(self.lexicon.known.comma))
    }

    /// What the words right before the date tell, whatever its verb.
    fn beside(&self) -> Option<Look> {
        let sure = |tense| look(tense, true);
        let is = |look: Option<Look>, tense| look.is_some_and(|look| look.tense == tense);
        let day = self.kind == Governed::Day;
        let weekday = self.kind == Governed::Weekday;
        match self.last {
            Cue::Limit => {
                // "Until Thursday, they had not called": a limit that has passed.
                let opens = self.total <= LEADS && self.back().next().is_none();
                let passed = self.looks_ahead().filter(|look| opens && look.tense == Tense::Past);
                // "not shown until Sept. 18", "was not needed until March" may be over.
                let was = || self.nearest().is_some_and(|(cue, _)| cue == Cue::Past);
                let other = matches!(self.kind, Governed::Other | Governed::Hour);
                // "did not meet until Friday"
                let passed = passed.or_else(|| {
                    look(Tense::Past, true).filter(|_| weekday && was() && self.is_denied())
                });
                let limit = look(Tense::Future, !(day || other && was()))
                    .map(|look| Look { limit: true, ..look });
                passed.or(limit)
            }
            Cue::PutOff if weekday => sure(Tense::Future),
            // "set for May 28", but not "a sale planned for May 28 was put off"
            Cue::SetFor if !self.is_undone() => sure(Tense::Future),
            // "open through Friday", not "worked through Friday"
            Cue::Through if weekday && self.back().next() != Some((Cue::Past, 2)) => {
                sure(Tense::Future)
            }
            // What was put off to a date may be over since; "called a vote for Feb. 2".
            Cue::PutOff => look(Tense::Future, false),
            Cue::For | Cue::SetFor if day => look(Tense::Future, false),
            Cue::Lasted | Cue::Since => sure(Tense::Past),
            Cue::Counted if self.kind == Governed::Other => sure(Tense::Past),
            _ if self.kind == Governed::Other && self.is_counted() => sure(Tense::Past),
            _ if self.is_of_blow() => sure(Tense::Past),
            _ if weekday && self.is_from() => sure(Tense::Future),
            // "could begin as early as Wednesday", not "As early as March, he was warned"
            Cue::Early if is(self.looks_back(), Tense::Future) => sure(Tense::Future),
            // "called a strike for Monday", but not "one called for Monday was put off"
            Cue::For if weekday && !self.is_owner() && !self.is_undone() => sure(Tense::Future),
            _ => None,
        }
    }

    /// "did not meet"
    fn is_denied(&self) -> bool {
        let known = &self.lexicon.known.cues;
        let mut words = classed(self.text, self.from, self.range.start() as usize, self.lexicon);
        words.any(|(_, classes)| classes.has(known.not) || classes.has(known.nt))
    }

    /// "the strike called for Monday was put off": the verb of what is planned follows, and is past.
    fn is_undone(&self) -> bool {
        self.after().first() == Some(&(Cue::Past, 1))
    }

    /// "December inflation data are due": the month was counted.
    fn is_counted(&self) -> bool {
        let end = self.range.end() as usize;
        let next = classed(self.text, end, self.to, self.lexicon).next();
        next.is_some_and(|(_, classes)| classes.has(self.lexicon.known.cues.stat))
    }

    /// "the April 20 oil rig explosion", "Tuesday's earthquake": a blow that has a date has fallen.
    fn is_of_blow(&self) -> bool {
        let known = &self.lexicon.known;
        let words = classed(self.text, self.range.end() as usize, self.to, self.lexicon);
        words
            .filter(|(_, classes)| !classes.has(known.apostrophe) && !classes.has(known.s))
            .take(BLOW)
            .take_while(|(token, _)| token.kind == Kind::Word && token.shape == Shape::Lower)
            .any(|(_, classes)| classes.has(known.cues.event))
    }

    /// "From Saturday, passengers can pay by card": what has not been.
    fn is_from(&self) -> bool {
        let from = self.lexicon.known.cues.from;
        let past = |(cue, _): &(Cue, usize)| matches!(cue, Cue::Past | Cue::Report);
        self.total <= 2
            && word_before(self.text, self.range, self.lexicon).has(from)
            && !self.after().iter().any(past)
    }

    /// "said in an interview Friday that the plans …", "the announcement on Friday that …"
    fn is_said(&self) -> bool {
        let said =
            self.back().next().is_some_and(|(cue, away)| cue == Cue::Report && away <= CLOSE);
        let said = said || self.is_stated();
        let end = self.range.end() as usize;
        let that = self.lexicon.known.cues.that;
        let mut rest = classed(self.text, end, self.to, self.lexicon);
        said && rest.next().is_some_and(|(_, classes)| classes.has(that))
    }

    /// "the announcement", "the announcement on"
    fn is_stated(&self) -> bool {
        let known = &self.lexicon.known.cues;
        let words = classed(self.text, self.from, self.range.start() as usize, self.lexicon);
        let words = words.map(|(_, classes)| classes).filter(|classes| !classes.has(known.on));
        words.last().is_some_and(|last| last.has(known.statement))
    }

    /// "usually held in May", "average temperatures in January range from …": of every year. A
    /// story that tells what is tells no May of its own: "Icebergs are common in May".
    fn is_habit(&self, narrative: bool) -> bool {
        let start = self.range.start() as usize;
        let usual = self.told().find(|(cue, _)| *cue == Cue::Habit);
        let is_near = usual.is_some_and(|(_, at)| {
            self.total - at <= HABIT && !self.is_parted(self.from, start, *at..self.total)
        });
        // "worked normally on Monday" did so once.
        let is_day = matches!(self.kind, Governed::Weekday | Governed::Day);
        let was = |cue: Cue| matches!(cue, Cue::Past | Cue::Report);
        if is_near {
            return !is_day || !self.told().chain(self.after()).any(|(cue, _)| was(*cue));
        }
        self.told().any(|(cue, _)| self.holds(*cue, narrative))
            && !self.told().chain(self.after()).any(|(cue, _)| cue.is_once())
    }

    /// "In winter, temperatures usually fall": the same, where no verb stands before the date.
    fn is_habit_behind(&self, narrative: bool) -> bool {
        if self.back().next().is_some() {
            return false;
        }
        let end = self.range.end() as usize;
        let usual = self.after().iter().find(|(cue, _)| *cue == Cue::Habit);
        usual.is_some_and(|(_, at)| *at <= HABIT && !self.is_parted(end, self.to, 1..*at))
            || self.after().iter().any(|(cue, _)| self.holds(*cue, narrative))
                && !self.after().iter().any(|(cue, _)| cue.is_once())
    }

    /// The cues of its sentence before it, the nearest first.
    fn told(&self) -> impl Iterator<Item = &(Cue, usize)> + Clone {
        self.before.iter().rev().take_while(|(cue, _)| *cue != Cue::Stop)
    }

    /// Whether it tells of what comes every year, where nothing tells that it came once.
    fn holds(&self, cue: Cue, narrative: bool) -> bool {
        match cue {
            Cue::Climate => self.kind != Governed::Hour,
            Cue::Be | Cue::Present => narrative && self.kind == Governed::Other,
            _ => false,
        }
    }

    /// Whether a comma is among the given tokens of `text[from..to]`.
    fn is_parted(&self, from: usize, to: usize, tokens: Range<usize>) -> bool {
        let words = classed(self.text, from, to, self.lexicon);
        let mut words = words.skip(tokens.start).take(tokens.len());
        words.any(|(_, classes)| classes.has(self.lexicon.known.comma))
    }

    /// "the first vote in 12 years": they lie behind it.
    fn is_since_extreme(&self) -> bool {
        let mut verb = None;
        let extreme = |(cue, away): (Cue, usize)| match cue {
            Cue::Future | Cue::Will | Cue::Would | Cue::Could | Cue::Duty => Some(false),
            Cue::Present => {
                verb = verb.or(Some(away));
                None
            }
            // "the first such vote" is none that votes, "the second phase of it begins" one
            // that does.
            Cue::Extreme => Some(verb.is_none_or(|verb| away <= verb + NOUN)),
            _ => None,
        };
        self.back().find_map(extreme) == Some(true)
    }

    /// What the verb tells, or where there is none what stands in its place.
    fn verb(&self) -> Option<Look> {
        let owner = self.is_owner();
        let (day, weekday) = (self.kind == Governed::Day, self.kind == Governed::Weekday);
        let fixture = || {
            let plays = self.back().any(|(cue, away)| cue == Cue::Fixture && away <= FIXTURE);
            look(Tense::Future, true).filter(|_| plays && weekday && !owner)
        };
        // "Monday is a holiday"
        let is = || {
            let head = self.text.get(self.from..self.range.start() as usize).unwrap_or_default();
            let head = head.trim_end();
            let opens = head.is_empty() || head.ends_with(['.', '!', '?', '"', '”']);
            let heads = opens && weekday && self.after().first() == Some(&(Cue::Be, 1));
            look(Tense::Future, true).filter(|_| heads)
        };
        // "rates peaking by the end of the quarter": what no verb says lies ahead.
        let is_by = self.last == Cue::By && !owner && !day;
        let by = || look(Tense::Future, true).filter(|_| is_by);
        // "refused to be handed over, and in the spring they crowned him": a clause of its own.
        let ahead = self.opens_clause().then(|| self.looks_ahead()).flatten();
        let told = ahead.filter(|look| look.close).or_else(|| self.looks_back()).or_else(fixture);
        let told = told.or_else(|| self.looks_ahead());
        let told = told.or_else(is).or_else(by)?;
        let inside = matches!(self.last, Cue::Noun | Cue::By | Cue::Through);
        let close = match told.tense {
            Tense::Past => (told.close || self.heads()) && !inside,
            Tense::Future if day => told.close && !self.is_hedged(),
            Tense::Future => {
                told.close || is_by && self.nearest().is_none_or(|(cue, _)| cue != Cue::Would)
            }
        };
        Some(Look { close: close && !owner, ..told })
    }

    /// "In March, a week after the vote on the bill, a bomb exploded": the date opens its
    /// sentence, and the verb is its own, however far.
    fn heads(&self) -> bool {
        let stop = self.before.last().map_or(1, |(_, at)| *at);
        let ahead = |cue| matches!(cue, Cue::Future | Cue::Will | Cue::Would | Cue::Duty);
        self.back().next().is_none()
            && self.total <= stop + HEAD
            && !self.after().iter().any(|(cue, _)| ahead(*cue))
    }

    /// ", and in the spring", "; on Monday": a clause starts with it.
    fn opens_clause(&self) -> bool {
        let known = &self.lexicon.known;
        let before = boundary(self.text, (self.range.start() as usize).saturating_sub(LEAD));
        let start = before.max(self.from);
        let (mut mark, mut opens) = (false, false);
        for (token, classes) in classed(self.text, start, self.range.start() as usize, self.lexicon)
        {
            let form = self.text.get(token.start as usize..token.end as usize).unwrap_or_default();
            let joins = classes.has(known.and) || classes.has(known.cues.but);
            let leads = classes.has(known.cues.on) || classes.has(known.cues.in_);
            opens = form == ";" || mark && joins || opens && leads;
            mark = classes.has(known.comma);
        }
        opens
    }

    /// The nearest cue before it that says anything of it.
    fn nearest(&self) -> Option<(Cue, usize)> {
        self.back().find(|(cue, away)| cue.before(*away).is_some())
    }

    /// "failed to prevent the April 20 blast", "said that it would pay by March 15": what was
    /// ahead then may be over.
    fn is_hedged(&self) -> bool {
        let after = || self.after().iter().find(|(cue, away)| cue.after(*away).is_some()).copied();
        self.last == Cue::Noun
            || self.nearest().or_else(after).is_some_and(|(cue, away)| match cue {
                Cue::Will => away > CLOSE,
                Cue::Would | Cue::Could => true,
                _ => away > BESIDE,
            })
    }
}

/// The tokens, counted from 1, of a clause in commas that ends right before a date: "will close
/// the plant, which opened in 1954, by March".
fn aside(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    // One comma stands right before, another further off.
    let before = text.as_bytes().get(from..to)?;
    let near = before.len().saturating_sub(LEAD);
    let last = near + before.get(near..)?.iter().rposition(|byte| *byte == b',')?;
    before.get(..last)?.iter().rposition(|byte| *byte == b',')?;
    let known = &lexicon.known;
    let (mut opened, mut closed, mut comma, mut count) = (None, None, 0, 0);
    for (token, classes) in classed(text, from, to, lexicon) {
        count += 1;
        if classes.has(known.comma) {
            closed = opened.map(|open| (open, count));
            comma = count;
        } else if classes.has(known.cues.relative) && comma + 1 == count {
            (opened, closed) = (Some(comma), None);
        } else if token.kind == Kind::Mark {
            (opened, closed) = (None, None);
        }
    }
    let (open, close) = closed?;
    (count <= close + LEADS).then_some(open..close)
}

/// A look that no one said.
fn look(tense: Tense, close: bool) -> Option<Look> {
    Some(Look::new(tense, close))
}

impl Cue {
    /// Whether it tells of what was or will be, and not of what is.
    fn is_once(self) -> bool {
        let ahead = matches!(self, Self::Future | Self::Will | Self::Would | Self::Could);
        ahead || matches!(self, Self::Past | Self::Report)
    }

    /// What a cue so far before a date says of it. A verb of saying governs it only
    /// where it stands right beside ("said Monday").
    fn before(self, away: usize) -> Option<Look> {
        let close = away <= CLOSE;
        let look = |tense| look(tense, close);
        match self {
            Self::Future
            | Self::Coming
            | Self::Will
            | Self::Would
            | Self::Could
            | Self::If
            | Self::Duty => look(Tense::Future),
            Self::Present | Self::Owns if close => look(Tense::Future),
            Self::Past => look(Tense::Past),
            Self::Be if away <= 2 => look(Tense::Future),
            Self::Report if away <= 2 => {
                look(Tense::Past).map(|look| Look { report: true, ..look })
            }
            _ => None,
        }
    }

    /// What a cue so far after a date says of it.
    fn after(self, away: usize) -> Option<Look> {
        let close = away <= CLOSE;
        let look = |tense| look(tense, close);
        match self {
            Self::Report => look(Tense::Past),
            Self::Future | Self::Will | Self::Would => look(Tense::Future),
            Self::Past => look(Tense::Past),
            _ => None,
        }
    }
}
