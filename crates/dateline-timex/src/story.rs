//! What moves a story on: the dates of a narrative that later ones are read from, and
//! those that stand aside from it.

use dateline_model::Grain;
use dateline_text::TextRange;

use crate::around::{self, Governed};
use crate::calendar::Point;
use crate::clause;
use crate::cue;
use crate::expr::{Expr, From};
use crate::find::Found;
use crate::lexicon::Lexicon;
use crate::scene::{Back, Look, Tense, Told};
use crate::stop::sentence_start;

/// Years between a story and what only lies beside it, at least.
const FAR: u32 = 30;

/// Years of a life, at most, and between the ends of one that is no story.
const LIFE: u32 = 110;
const SPAN: u32 = 15;

/// Bytes between a year and the day that goes on with it, at most: ", on ".
const BESIDE: usize = 5;

/// Bytes from a date told aside to what is counted from it, at most.
const COUNTED: usize = 120;

/// Bytes within which a quotation is looked for.
const QUOTED: usize = 200;

/// Where the dates of one text stand.
pub(crate) struct Story<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    /// A year that lies a lifetime away, if it was told last.
    pending: Option<i32>,
    /// What was told aside, if it was told last.
    aside: Option<Told>,
    /// The year in which someone was born: much later ones are of the life.
    birth: Option<i32>,
}

impl<'a> Story<'a> {
    pub(crate) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { text, lexicon, pending: None, aside: None, birth: None }
    }

    /// What was told aside, where `found` goes on with it ("the flood of 1953, on 1 February")
    /// or counts from it ("had crossed in 429 and taken the city ten years later").
    pub(crate) fn beside(&self, found: &Found) -> Option<Told> {
        let told = self.aside?;
        let gap = TextRange::new(told.range.end(), found.range.start())?.slice(self.text)?;
        let counts = || {
            let (from, to) = (told.range.end() as usize, found.range.end() as usize);
            told.dated
                && gap.len() <= COUNTED
                && is_later(&found.expr)
                && sentence_start(self.text, from, to, self.lexicon) == from
        };
        (gap.starts_with(',') && gap.len() <= BESIDE || counts()).then_some(told)
    }

    /// How the sentence turns back from the story, if it does.
    pub(crate) fn back(&self, range: TextRange) -> Option<Back> {
        if clause::is_since(self.text, range, self.lexicon) {
            Some(Back::Since)
        } else {
            clause::is_pluperfect(self.text, range, self.lexicon).then_some(Back::Had)
        }
    }

    /// What the story moves to when it has come to `last` and comes to `told`, if it moves.
    pub(crate) fn step(
        &mut self,
        found: &Found,
        stretch: TextRange,
        told: Option<Told>,
        last: Option<Told>,
    ) -> Option<Told> {
        let moved = told.and_then(|told| self.moved(found, stretch, told, last));
        let born = moved.filter(|_| clause::is_birth(self.text, found.range, self.lexicon));
        self.birth = born.and_then(|told| told.point.year()).or(self.birth);
        self.aside = told.filter(|_| moved.is_none());
        moved
    }

    fn moved(
        &mut self,
        found: &Found,
        stretch: TextRange,
        told: Told,
        last: Option<Told>,
    ) -> Option<Told> {
        // What is told from the day of writing, or was before it, stands outside the story.
        if points(&found.expr)
            || last.is_some() && self.is_bracketed(found)
            || self.is_lifespan(found)
            || self.back(found.range) == Some(Back::Since) && !is_anchored(&found.expr)
            || self.is_far(told, last)
            || self.is_quoted(found)
        {
            return None;
        }
        let Some(last) = last.filter(|last| last.dated) else {
            // "It had been planned for September 1982": the year holds, the month does not.
            let aside = told.dated
                && (self.is_plan(found, stretch) || self.back(found.range) == Some(Back::Had));
            let year = told.point.year().filter(|_| aside && told.point.grain() < Grain::Year);
            return Some(year.map_or(told, |year| Told { point: Point::Year(year), ..told }));
        };
        let at = |told: Told| told.point.bounds().map(|bounds| bounds.0);
        let aside = match at(told).cmp(&at(last)) {
            std::cmp::Ordering::Greater => {
                told.dated && self.is_plan(found, stretch) || self.is_put_off(found)
            }
            std::cmp::Ordering::Less => self.is_bygone(found, told, last),
            std::cmp::Ordering::Equal => false,
        };
        (!aside).then_some(told)
    }

    /// Whether what was told lies a lifetime away from the story: it is an aside, unless
    /// the next one lies there too.
    fn is_far(&mut self, told: Told, last: Option<Told>) -> bool {
        let Some(last) = last.filter(|last| last.dated) else { return false };
        let (Some(new), Some(old)) = (told.point.year(), last.point.year()) else { return false };
        let far = |a: i32, b: i32| a.abs_diff(b) > FAR;
        let lived = |year: i32, birth: i32| year >= birth && year.abs_diff(birth) <= LIFE;
        if self.birth.is_some_and(|birth| lived(new, birth) && lived(old, birth)) {
            return false;
        }
        // "Born in 1791, in July 1824 he sailed": a story is told in ever finer dates.
        // A year may lie beside the story; what has its day is told.
        let aside = told.point.grain() > Grain::Day
            && far(new, old)
            && told.point.grain() >= last.point.grain()
            && self.pending.is_none_or(|pending| far(new, pending));
        self.pending = aside.then_some(new);
        aside
    }

    /// Whether it is told as one that lies ahead of the story.
    fn is_plan(&self, found: &Found, stretch: TextRange) -> bool {
        let look =
            around::tense(self.text, stretch, found.range, Governed::Other, false, self.lexicon);
        let ahead = |look: Look| look.close && look.tense == Tense::Future;
        let year = is_year(&found.expr);
        // "forced it to close in January 2003" tells what came of it.
        let due = || clause::is_due(self.text, found.range, self.lexicon);
        is_anchored(&found.expr)
            && look.is_some_and(|look| ahead(look) && (year || !look.limit && due()))
    }

    /// "had meant to wait until the 14th": that day may never have come.
    fn is_put_off(&self, found: &Found) -> bool {
        let limit = self.lexicon.known.cues.limit;
        clause::word_before(self.text, found.range, self.lexicon).has(limit)
            && self.back(found.range) == Some(Back::Had)
    }

    /// Whether it tells of what was there before the story, or an era of which it is
    /// part: "the pact of 1932", "the last battle of the century", "had been built in 1961".
    fn is_bygone(&self, found: &Found, told: Told, last: Told) -> bool {
        let era = told.point.grain() > Grain::Year;
        let before = told.point.year() < last.point.year();
        let of = || clause::is_of(self.text, found.range, self.lexicon);
        let had = || clause::is_pluperfect(self.text, found.range, self.lexicon);
        let named = || clause::is_name(self.text, found.range, self.lexicon);
        let year = is_year(&found.expr) && (era || before) && (of() || named());
        // "the positions held before May 1998"
        let prior = || clause::is_prior(self.text, found.range, self.lexicon);
        year || before && is_anchored(&found.expr) && prior()
            || (before || !is_anchored(&found.expr)) && had()
    }

    /// Whether a range in brackets is a life: "John Smith (12 March 1845 – 4 May 1901)".
    fn is_lifespan(&self, found: &Found) -> bool {
        let year = |expr: &Expr| match expr {
            Expr::Fields(fields) => fields.year,
            _ => None,
        };
        let Expr::Range { from, to, .. } = &found.expr else { return false };
        let long = year(from).zip(year(to)).is_some_and(|(from, to)| to.abs_diff(from) >= SPAN);
        let end = found.range.end() as usize;
        long && self.text.get(end..).is_some_and(|text| text.starts_with(')'))
    }

    /// Whether years in brackets belong to what they stand behind: "the World War (1914–18)".
    fn is_bracketed(&self, found: &Found) -> bool {
        let years = match &found.expr {
            Expr::Range { from, to, .. } => is_year(from) && is_year(to),
            expr => is_year(expr),
        };
        let (start, end) = (found.range.start() as usize, found.range.end() as usize);
        let before = self.text.get(..start).is_some_and(|text| text.ends_with('('));
        let after = self.text.get(end..).is_some_and(|text| text.starts_with(')'));
        years && before && after
    }

    /// Whether a year stands in what someone says.
    fn is_quoted(&self, found: &Found) -> bool {
        if !is_year(&found.expr) {
            return false;
        }
        let start = found.range.start() as usize;
        let from = cue::boundary(self.text, start.saturating_sub(QUOTED));
        let before = self.text.get(from..start).unwrap_or_default();
        let paragraph = before.rsplit("\n\n").next().unwrap_or_default();
        let at = paragraph.rfind(['"', '“', '”']).map(|at| start - paragraph.len() + at);
        let opens = |at: usize| {
            let head = self.text.get(..at).unwrap_or_default();
            head.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(')
        };
        at.is_some_and(|at| !self.text[at..].starts_with('”') && opens(at))
    }
}

/// Whether `expr` is told from the day of writing whatever the genre, or lies before the story.
fn points(expr: &Expr) -> bool {
    match expr {
        Expr::Unit { from: From::Reference | From::Looked, .. } => true,
        Expr::Unit { n: ..0, .. } => true,
        Expr::Shift { from: From::Reference, of: None, .. } => true,
        // "a year earlier", "the previous summer"
        Expr::Shift { sign: ..0, from: From::Told, of: None, .. }
        | Expr::Which { n: ..0, from: From::Told, .. } => true,
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Modified { of, .. } => points(of),
        _ => false,
    }
}

/// Whether `expr` is a year, a decade or a century, and no more.
pub(crate) fn is_year(expr: &Expr) -> bool {
    matches!(expr, Expr::Fields(fields) if fields.is_anchored() && fields.month.is_none())
}

/// Whether it is later than what was told: "two days later", "the next day".
pub(crate) fn is_later(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Shift { sign: 1, from: From::Told, of: None, .. }
            | Expr::Unit { n: 1, from: From::Told, .. }
            | Expr::Which { n: 1, from: From::Told, .. }
    )
}

/// Whether `expr` says its year.
fn is_anchored(expr: &Expr) -> bool {
    match expr {
        Expr::Fields(fields) => fields.is_anchored(),
        Expr::Part { of: Some(of), .. }
        | Expr::At { of: Some(of), .. }
        | Expr::Modified { of, .. } => is_anchored(of),
        Expr::Range { to, .. } => is_anchored(to),
        _ => false,
    }
}
