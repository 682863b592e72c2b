//! Finds, then resolves, in the order of the text: what was told before is what "the
//! following day" counts from.

use dateline_model::{Alternative, Anchor, Grain, Moment, Timex, TimexType};
use dateline_text::{Ranged, TextRange};
use jiff::civil::Date;

use crate::around::{self, Governed};
use crate::brackets::share_days;
use crate::calendar::{Point, days};
use crate::clause;
use crate::clocks::share_clauses;
use crate::context::{Context, Genre};
use crate::cue;
use crate::expr::{Expr, Fields, From};
use crate::find::{Found, find};
use crate::genre;
use crate::lexicon::Lexicon;
use crate::meaning::{interval, meaning};
use crate::order;
use crate::quoted;
use crate::scene::{Behind, Look, Scene, Tense, Told};
use crate::story::{Story, is_later, is_year};
use crate::week::open_weeks;
use crate::years;

/// The date expressions of `text`, in order, none overlapping another.
pub fn tag(text: &str, context: &Context, lexicon: &Lexicon) -> Vec<Timex> {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let end = (0..=end).rev().find(|end| text.is_char_boundary(*end as usize)).unwrap_or(0);
    match TextRange::new(0, end) {
        Some(all) => tag_within(text, &[all], context, lexicon),
        None => Vec::new(),
    }
}

/// The date expressions of the given stretches of `text` (in order, not overlapping).
/// No expression crosses from one stretch to the next; dates told in one are what later
/// ones count from. A stretch that does not fit the text is left out.
pub fn tag_within(
    text: &str,
    stretches: &[TextRange],
    context: &Context,
    lexicon: &Lexicon,
) -> Vec<Timex> {
    let colloquial = match context.genre {
        Genre::Colloquial => true,
        Genre::Auto => genre::is_colloquial(text, lexicon),
        Genre::News | Genre::Narrative => false,
    };
    let finals = lexicon.finals.union(lexicon.not_news);
    let finals = if colloquial { finals.union(lexicon.colloquial) } else { finals };
    let all = |finals| {
        let (mut found, mut owners) = (Vec::new(), Vec::new());
        for stretch in stretches.iter().filter(|stretch| stretch.slice(text).is_some()) {
            find(text, *stretch, finals, lexicon, &mut found);
            owners.resize(found.len(), *stretch);
        }
        (found, owners)
    };
    let (mut found, mut owners) = all(finals);
    let genre = match context.genre {
        Genre::Auto if colloquial => Genre::Colloquial,
        Genre::Auto => genre::guess(text, &found, lexicon),
        told => told,
    };
    let ancient = years::ancient(&found).filter(|_| genre == Genre::Narrative);
    if ancient.is_some() {
        (found, owners) = all(finals.union(lexicon.ancient));
    }
    let is_kept = |found: &Found| match genre {
        Genre::Narrative => {
            !found.ancient
                || ancient.as_ref().is_some_and(|years| years::is_near(&found.expr, years))
        }
        _ => {
            (genre != Genre::News || !found.loose) && !years::is_number(text, found, genre, lexicon)
        }
    };
    (found, owners) = found.into_iter().zip(owners).filter(|(found, _)| is_kept(found)).unzip();
    order::settle(text, &mut found, context.day_order, context.reference, lexicon);
    share_days(text, &mut found);
    share_clauses(text, &mut found, lexicon);
    open_weeks(text, &mut found);
    let mut reader = Reader {
        text,
        context,
        lexicon,
        genre,
        told: None,
        day: None,
        past_day: None,
        limit: None,
        spoken: None,
        period: None,
        longer: false,
        story: Story::new(text, lexicon),
        last: None,
        out: Vec::new(),
    };
    let spoken = if colloquial { Vec::new() } else { quoted::spoken(text, &found, lexicon) };
    for (at, (each, stretch)) in found.iter().zip(owners).enumerate() {
        let day = spoken.get(at).copied().flatten().and_then(|day| found.get(day));
        reader.read(each, stretch, day);
    }
    reader.out
}

struct Reader<'a> {
    text: &'a str,
    context: &'a Context,
    lexicon: &'a Lexicon,
    genre: Genre,
    told: Option<Told>,
    /// The last day told.
    day: Option<Told>,
    /// The last day told that is not ahead of the reference.
    past_day: Option<Told>,
    /// What is told right before, if it is a limit.
    limit: Option<Told>,
    /// The last day on which someone was told to speak.
    spoken: Option<Told>,
    period: Option<Told>,
    longer: bool,
    story: Story<'a>,
    last: Option<Last<'a>>,
    out: Vec<Timex>,
}

/// The expression read last.
struct Last<'a> {
    found: &'a Found,
    look: Option<Look>,
    /// It is a weekday told from another: "next Tuesday".
    which: bool,
    /// It is the first that is or may be a quarter reported on.
    first: bool,
}

/// Bytes between "two days later" and the date that says when, at most: ", on ".
const APPOSED: usize = 5;

/// Days of half a quarter.
const HALF_QUARTER: i64 = 45;

/// Bytes within which a far date governs what follows.
const NEAR: u32 = 300;

impl<'a> Reader<'a> {
    /// Reads `found`, said by someone on `day` where the text tells that.
    fn read(&mut self, found: &'a Found, stretch: TextRange, day: Option<&Found>) {
        let mut scene = self.scene(found, stretch);
        let day = day.and_then(|day| self.said_on(day, found, stretch));
        if let Some(day) = day {
            (scene.reference, scene.narrative) = (day.point.first().map(Moment::Day), false);
        }
        let next = self.next_weekday(found);
        let expr = next.as_ref().unwrap_or(&found.expr);
        let mut meaning = meaning(expr, found.range, &scene);
        if let Some(day) = day
            && matches!(meaning.timex.anchor, Anchor::Reference(_))
        {
            meaning.timex.anchor = Anchor::Earlier(day.range);
        }
        if self.genre == Genre::Colloquial {
            open_year(&found.expr, &mut meaning.timex);
        }
        if matches!(found.expr, Expr::Event { .. })
            && let Some(event) = event_after(self.text, found.range, stretch)
        {
            meaning.timex.anchor = Anchor::Event(event);
        }
        let name = self.lexicon.rules.get(usize::from(found.rule)).map_or("", |rule| &rule.name);
        meaning.timex.rule.push_str(name);
        for part in &mut meaning.timex.parts {
            part.rule = meaning.timex.rule.clone();
        }
        let look = scene.look;
        let last =
            Last { found, look, which: is_which_weekday(expr), first: self.period.is_none() };
        self.end_quarter(&meaning.timex);
        self.remember(found, stretch, look, meaning.told);
        self.appose(found, &meaning.timex);
        self.last = Some(last);
        self.out.push(meaning.timex);
    }

    /// What `day` is, on which someone said `found`, where it is fine enough for that and not the
    /// reference.
    fn said_on(&self, day: &Found, found: &Found, stretch: TextRange) -> Option<Told> {
        let scene = self.scene(day, stretch);
        let told = meaning(&day.expr, day.range, &scene).told?;
        let now = self.context.reference.map(|reference| Point::Day(reference.day()));
        let fits = match (told.point.grain(), &found.expr) {
            (Grain::Day, _) => true,
            (grain, Expr::Unit { unit, .. }) => grain <= *unit,
            _ => false,
        };
        (fits && Some(told.point) != now).then_some(told)
    }

    /// "Five days later, on April 20": the date told right after says which day that was.
    fn appose(&mut self, found: &Found, day: &Timex) {
        let later = self.last.as_ref().filter(|last| is_later(&last.found.expr));
        let gap = later.and_then(|last| gap_after(last, found.range));
        let gap = gap.and_then(|gap| gap.slice(self.text)).unwrap_or_default();
        if gap.starts_with(',')
            && gap.len() <= APPOSED
            && day.kind == TimexType::Date
            && !day.interval.is_unknown()
            && let Some(before) = self.out.last_mut()
            && (before.anchor == Anchor::Missing && before.grain >= day.grain
                || before.grain == day.grain && gap.len() > 2)
        {
            before.value.clone_from(&day.value);
            before.interval = day.interval;
            before.grain = day.grain;
            before.implied.clone_from(&day.implied);
            before.anchor = Anchor::Earlier(found.range);
        }
    }

    /// "the quarter ended July 31": the day told right after says which quarter that was, the
    /// one that most of its days are of.
    fn end_quarter(&mut self, day: &Timex) {
        let quarter = |last: &&Last<'_>| last.first && is_the_quarter(&last.found.expr);
        let gap = self.last.as_ref().filter(quarter).and_then(|last| gap_after(last, day.range));
        let ended = gap.is_some_and(|gap| {
            let (from, to) = (gap.start() as usize, gap.end() as usize);
            let mut words = cue::classed(self.text, from, to, self.lexicon);
            let first =
                words.next().is_some_and(|(_, classes)| classes.has(self.lexicon.known.cues.ended));
            first && words.all(|(_, classes)| classes.has(self.lexicon.known.cues.on))
        });
        let last = day.interval.latest().filter(|_| ended && day.grain == Some(Grain::Day));
        let middle = last.and_then(|last| days(last.day(), -HALF_QUARTER));
        let point = middle.and_then(|middle| Point::holding(Grain::Quarter, middle));
        if let Some((point, before)) = point.zip(self.out.last_mut())
            && let Some(told) = self.period.as_mut()
        {
            before.value = point.value();
            before.interval = interval(point.bounds());
            before.anchor = Anchor::Earlier(day.range);
            told.point = point;
        }
    }

    /// Where the text stands when it comes to `found`.
    fn scene(&self, found: &Found, stretch: TextRange) -> Scene<'_> {
        let away = |told: Told| found.range.start().saturating_sub(told.range.end());
        let told = self.story.beside(found).or(self.limit(found)).or(self.told);
        let near = told.is_some_and(|told| away(told) < NEAR);
        let listed = self.last.as_ref().filter(|last| self.is_listed(last, found));
        let look = listed
            .and_then(|last| listed_look(last))
            .unwrap_or_else(|| self.look(&found.expr, found.list, stretch));
        let between = told.filter(|_| near).and_then(|told| {
            TextRange::new(told.range.end(), found.range.start())?.slice(self.text)
        });
        let between = between.unwrap_or_default();
        let narrative = self.genre == Genre::Narrative;
        let colloquial = self.genre == Genre::Colloquial;
        // "last year, from May to July"
        let joined = between.starts_with(',') && between.len() <= APPOSED + 2;
        // The day on which someone speaks is not one of that year.
        let spoken = look.is_some_and(|look| look.report);
        Scene {
            reference: self.context.reference,
            told,
            day: self.day.filter(|day| {
                // "Sat Dec 5 at the hall, doors 8pm"
                let now = self.context.reference.map(|reference| reference.day());
                let ahead = || day.point.first().zip(now).is_some_and(|(day, now)| day >= now);
                let near = away(*day) < NEAR && (!colloquial || ahead());
                near && (told == self.day || opens_line(self.text, found.range))
            }),
            last_day: self.day.filter(|day| away(*day) < 2 * NEAR),
            past_day: self.past_day.filter(|day| away(*day) < 4 * NEAR),
            spoken: self.spoken.filter(|day| away(*day) < 2 * NEAR),
            period: self.period,
            narrative,
            colloquial,
            back: if narrative { self.story.back(found.range) } else { None },
            look,
            behind: match between {
                _ if !near || colloquial => Behind::Far,
                gap if gap.trim() == "," => Behind::Comma,
                gap if gap.contains(['.', '!', '?', '\n']) => Behind::Near,
                gap if gap.len() <= 2 * APPOSED => Behind::Words,
                _ => Behind::Sentence,
            },
            near_far: told.is_some_and(|told| {
                let grain = told.point.grain();
                let governs = || {
                    let year = || joined || self.opens(told, stretch);
                    grain < Grain::Half || !spoken && grain == Grain::Year && year()
                };
                let since = || clause::is_since_now(self.text, found.range, self.lexicon);
                away(told) < NEAR / 2 && governs() && (narrative || !since())
            }),
            near_period: !self.longer && self.period.is_some_and(|told| away(told) < 4 * NEAR),
            longer: self.longer,
            strict: false,
            country: self.context.country.as_deref(),
            holidays: &self.lexicon.holidays,
        }
    }

    /// "runs until Sept. 4; the new one begins on the following day": what a limit was told for.
    fn limit(&self, found: &Found) -> Option<Told> {
        let told = self.limit?;
        let gap = TextRange::new(told.range.end(), found.range.start())?.slice(self.text)?;
        (is_later(&found.expr) && gap.len() <= NEAR as usize / 2).then_some(told)
    }

    /// "next Tuesday and Wednesday": the second weekday is the one that follows the first.
    fn next_weekday(&self, found: &Found) -> Option<Expr> {
        let Expr::Fields(fields) = &found.expr else { return None };
        self.last.as_ref().filter(|last| last.which && self.is_listed(last, found))?;
        Some(Expr::Which { fields: *fields, n: 1, from: From::Told })
    }

    /// Whether `found` is a weekday, month, season or feast in a list with the last: a verb
    /// governs them all.
    fn is_listed(&self, last: &Last<'_>, found: &Found) -> bool {
        let known = &self.lexicon.known;
        let (from, to) = (last.found.range.end() as usize, found.range.start() as usize);
        let mut joins = cue::classed(self.text, from, to, self.lexicon);
        (found.expr.is_weekday() || is_bare(&found.expr))
            && joins.all(|(_, classes)| {
                classes.has(known.comma) || classes.has(known.and) || classes.has(known.or)
            })
    }

    /// Whether what was told opens its sentence: "In 1989 the regime fell".
    fn opens(&self, told: Told, stretch: TextRange) -> bool {
        let start = told.range.start() as usize;
        let inside = self.text.get(stretch.start() as usize..start);
        let before = inside.or_else(|| self.text.get(..start)).unwrap_or_default();
        let head = before.trim_end().trim_end_matches(char::is_alphabetic);
        // "“In 2009 it was cold"
        let word = head.len() < before.trim_end().len();
        let head = if word { head.trim_end_matches(['"', '“', '‘']) } else { head };
        let stop = head.trim_end().chars().next_back();
        matches!(stop, None | Some('.' | '!' | '?')) || head.ends_with('\n')
    }

    /// Keeps what was told for what comes after, unless it stands aside.
    fn remember(
        &mut self,
        found: &Found,
        stretch: TextRange,
        look: Option<Look>,
        told: Option<Told>,
    ) {
        // "a year earlier" compares; the story does not move there. The day on which
        // someone spoke is not the day of what they told, nor a year that names a thing.
        let aside = || {
            compares_years(&found.expr)
                || compares_parts(&found.expr)
                || self.is_of_thing(found)
                || looks_back(&found.expr) && clause::had_been(self.text, found.range, self.lexicon)
                || look.is_some_and(|look| look.report || look.limit)
                || is_year(&found.expr) && clause::is_name(self.text, found.range, self.lexicon)
        };
        let moved = match self.genre {
            Genre::Narrative => self.story.step(found, stretch, told, self.told),
            _ => told.filter(|_| !aside()),
        };
        self.limit = told.filter(|_| look.is_some_and(|look| look.limit));
        let day = |told: &Told| told.point.grain() == Grain::Day;
        self.spoken =
            told.filter(|_| look.is_some_and(|look| look.report)).filter(day).or(self.spoken);
        self.told = moved.or(self.told);
        // "has been his since 26 August 1999. It was 3.45am": not of that day
        let since = || clause::is_since(self.text, found.range, self.lexicon);
        self.day = moved.filter(|told| day(told) && !since()).or(self.day);
        let now = self.context.reference.map(|now| now.day());
        let past = |told: &Told| now.is_none_or(|now| told.point.first() <= Some(now));
        self.past_day = self.day.filter(past).or(self.past_day);
        if told.is_some_and(|told| told.point.grain() == Grain::Quarter) {
            self.longer = false;
        } else if months(&found.expr) {
            self.longer = true;
        }
        self.period = told
            .filter(|told| told.point.grain() == Grain::Quarter)
            .filter(|told| !found.expr.compares() || self.is_latest(&found.expr, told.point))
            .filter(|told| self.is_reported(told.point))
            .filter(|_| {
                self.period.is_none() || !clause::is_behind(self.text, found.range, self.lexicon)
            })
            .or(self.period);
    }

    /// Whether a quarter is the one reported on: not the one it is compared with, nor one
    /// that is still forecast.
    fn is_reported(&self, point: Point) -> bool {
        let Some(before) = self.period else { return true };
        let ended = |end: Date| self.context.reference.is_none_or(|now| end <= now.day());
        point.year() >= before.point.year() && point.bounds().is_some_and(|(_, end)| ended(end))
    }

    /// Whether a month of a year belongs to a thing: "the offensive of October 2015",
    /// "the first since June 2019".
    fn is_of_thing(&self, found: &Found) -> bool {
        let dated = matches!(&found.expr, Expr::Fields(fields)
            if fields.is_anchored() && fields.month.is_some() && fields.day.is_none());
        dated && clause::is_of(self.text, found.range, self.lexicon)
    }

    /// Whether a quarter told with its year is the last to end: what is reported on.
    fn is_latest(&self, expr: &Expr, point: Point) -> bool {
        let fields = matches!(expr, Expr::Fields(_));
        let now = self.context.reference.map(|reference| reference.day());
        let last = now.and_then(|now| Point::holding(Grain::Quarter, now)?.step(-1));
        fields && last == Some(point)
    }

    /// The tense around a date, where it matters.
    fn look(&self, expr: &Expr, range: TextRange, stretch: TextRange) -> Option<Look> {
        let kind = governed(expr);
        let narrative = self.genre == Genre::Narrative;
        let tense = || around::tense(self.text, stretch, range, kind, narrative, self.lexicon);
        waits(expr).then(tense).flatten()
    }
}

/// Longest description of an event, in bytes.
const EVENT: usize = 100;

/// The words after `range` and the preposition that follows it, to the end of the clause:
/// the event that a length is counted from.
fn event_after(text: &str, range: TextRange, stretch: TextRange) -> Option<TextRange> {
    let rest = text.get(range.end() as usize..stretch.end() as usize)?;
    let word = rest.len() - rest.trim_start().len();
    let gap = word + rest.get(word..)?.find(char::is_whitespace)?;
    let words = rest.get(gap..)?;
    let start = gap + words.len() - words.trim_start().len();
    let told = rest.get(start..)?;
    let end = told
        .char_indices()
        .find(|(at, c)| *at >= EVENT || matches!(c, ',' | '.' | ';' | ':' | '\n' | '!' | '?'))
        .map_or(told.len(), |(at, _)| at);
    let from = range.end() as usize + start;
    TextRange::at(from, from + end).filter(|range| !range.is_empty())
}

/// A bare year in a message is some day of that year, as corpora of messages have it.
fn open_year(expr: &Expr, timex: &mut Timex) {
    let bare = matches!(expr, Expr::Fields(fields)
        if fields.year.is_some() && fields.grain() == Grain::Year && !fields.fiscal);
    if bare {
        let value = format!("{}-XX-XX", timex.value);
        let plain = std::mem::replace(&mut timex.value, value);
        timex.alternatives.push(Alternative { value: plain, interval: timex.interval });
    }
}

/// Whether a report turns from a quarter to more: "for the nine months".
fn months(expr: &Expr) -> bool {
    match expr {
        Expr::Length(length) | Expr::Stretch { length, .. } => {
            length.unit.grain() == Grain::Month
                && length.amount.is_some_and(|n| n == 6000 || n == 9000)
        }
        Expr::Modified { of, .. } => months(of),
        _ => false,
    }
}

fn compares_years(expr: &Expr) -> bool {
    matches!(expr, Expr::Shift { length, sign: ..0, of: None, .. }
        if length.unit.grain() == Grain::Year && length.amount == Some(1000))
}

/// Whether `expr` is "the same month of 2022".
fn compares_parts(expr: &Expr) -> bool {
    matches!(expr, Expr::In { fields, .. } if *fields == Fields::default())
}

/// Whether `range` opens a line, as the times of a log do.
fn opens_line(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start() as usize).unwrap_or_default();
    before.is_empty() || before.ends_with('\n')
}

/// What kind of date `expr` is to a verb.
fn governed(expr: &Expr) -> Governed {
    match expr {
        Expr::Ahead(_) => Governed::Length,
        expr if expr.is_weekday() => Governed::Weekday,
        Expr::Fields(fields) if fields.day.is_some() => Governed::Day,
        Expr::Fields(fields) if fields.quarter.is_some() || fields.half.is_some() => {
            Governed::Period
        }
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Modified { of, .. } => governed(of),
        Expr::Part { of: None, .. } | Expr::At { of: None, .. } => Governed::Hour,
        Expr::Range { from, .. } => governed(from),
        _ => Governed::Other,
    }
}

/// What stands between the last expression and one that starts `range`.
fn gap_after(last: &Last<'_>, range: TextRange) -> Option<TextRange> {
    TextRange::new(last.found.range.end(), range.start())
}

/// Whether it is a weekday told from another: "next Tuesday".
fn is_which_weekday(expr: &Expr) -> bool {
    matches!(expr, Expr::Which { fields, n: 0.., .. } if fields.bare_weekday().is_some())
}

/// How what is listed with the last looks: as it does, or ahead behind "tomorrow".
fn listed_look(last: &Last<'_>) -> Option<Option<Look>> {
    let ahead = Look::new(Tense::Future, true);
    match &last.found.expr {
        Expr::Unit { unit: Grain::Day, n: 1, from: From::Reference } => Some(Some(ahead)),
        expr if expr.is_weekday() || is_bare(expr) => Some(last.look),
        _ => None,
    }
}

/// Whether it is a month, a season or a feast and no more.
fn is_bare(expr: &Expr) -> bool {
    let month = |fields: &Fields| fields.month.is_some() && fields.grain() == Grain::Month;
    match expr {
        Expr::Fields(fields) => (month(fields) || fields.season.is_some()) && !fields.is_anchored(),
        Expr::Holiday { year: None, n: None, .. } => true,
        _ => false,
    }
}

/// Whether it is "the quarter".
fn is_the_quarter(expr: &Expr) -> bool {
    matches!(expr, Expr::Unit { unit: Grain::Quarter, n: 0, from: From::Told })
}

/// Whether it is earlier than what was told: "the evening before".
fn looks_back(expr: &Expr) -> bool {
    match expr {
        Expr::Unit { n, from, .. } => *n < 0 && from.is_told(),
        Expr::Shift { sign: ..0, from, of: None, .. } => from.is_told(),
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Modified { of, .. } => looks_back(of),
        _ => false,
    }
}

/// Whether what `expr` means depends on which way its sentence looks.
fn waits(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => !fields.is_anchored(),
        Expr::In { of, .. } => waits(of),
        Expr::Ahead(_)
        | Expr::Unit { from: From::Looked | From::Governed, .. }
        | Expr::Which { .. }
        | Expr::Holiday { .. }
        | Expr::Weekend { n: None, .. } => true,
        Expr::Nth { of: None, .. } => true,
        // What is later than something untold lies before the reference where it was; "that
        // day" is no day ahead where it was.
        _ if is_later(expr) => true,
        Expr::Unit { unit: Grain::Day, n: ..=0, from: From::Told | From::That } => true,
        // Midnight is the one that was or the one that comes; no other hour that was is of a
        // day that comes.
        Expr::At { of: None, .. } | Expr::Part { of: None, .. } => true,
        Expr::Nth { of: Some(of), .. }
        | Expr::Stretch { of: Some(of), .. }
        | Expr::Beside { of, .. }
        | Expr::NthDay { of, .. }
        | Expr::Holding { of, .. }
        | Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Shift { of: Some(of), .. }
        | Expr::Modified { of, .. } => waits(of),
        Expr::Range { from, to, .. } => waits(from) || waits(to),
        _ => false,
    }
}

/// The same mentions with every range split into its ends, as TimeML has them.
pub fn split_ranges(mentions: Vec<Timex>) -> Vec<Timex> {
    let mut out = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let apart = mention.parts.windows(2).all(|pair| match pair {
            [first, second] => first.range().end() <= second.range().start(),
            _ => true,
        });
        if mention.parts.len() > 1 && apart {
            out.extend(mention.parts);
        } else {
            out.push(mention);
        }
    }
    out
}
