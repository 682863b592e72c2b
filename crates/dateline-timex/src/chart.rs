//! Puts patterns together over one run of tokens, from right to left: when a place is
//! reached, all that can start further right is known.

use dateline_text::TextRange;

use crate::clause;
use crate::expr::{Expr, Sem};
use crate::grammar::{Class, ClassSet, Guard, LONGEST, Rule, Side};
use crate::lexicon::Lexicon;
use crate::token::{Gap, Shape, Token};

/// Most tokens of one expression.
const SPAN: usize = 24;

/// Most constituents that start at one token; past it, text is no prose.
const CROWD: usize = 96;

/// Something found over a few tokens.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    /// What it is.
    pub(crate) class: Class,
    /// Its first token.
    pub(crate) start: usize,
    /// One past its last token.
    pub(crate) end: usize,
    /// What it means.
    pub(crate) sem: Sem,
    /// The rule that made it, or `None` for a word or phrase.
    pub(crate) rule: Option<u16>,
    /// The rule that gave it its meaning, where the last only passed it on.
    pub(crate) origin: Option<u16>,
}

/// Working memory, kept from run to run.
#[derive(Debug, Default)]
pub(crate) struct Chart {
    edges: Vec<Edge>,
    /// Where the edges that start at each token lie in `edges`.
    spans: Vec<(u32, u32)>,
    /// The classes that start at each token.
    sets: Vec<ClassSet>,
    made: Vec<Edge>,
}

struct Run<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

/// A rule being tried at a token.
#[derive(Clone, Copy)]
struct Attempt<'a> {
    at: usize,
    rule: &'a Rule,
    id: u16,
}

impl Chart {
    /// Fills the chart for `tokens` of `text`.
    pub(crate) fn fill(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon) {
        self.edges.clear();
        self.spans.clear();
        self.spans.resize(tokens.len() + 1, (0, 0));
        self.sets.clear();
        self.sets.resize(tokens.len() + 1, ClassSet::default());
        let run = Run { text, tokens, lexicon };
        for at in (0..tokens.len()).rev() {
            self.fill_at(&run, at);
        }
    }

    /// What starts at token `at`.
    pub(crate) fn at(&self, at: usize) -> &[Edge] {
        let (from, to) = self.spans.get(at).copied().unwrap_or_default();
        self.edges.get(from as usize..to as usize).unwrap_or_default()
    }

    fn fill_at(&mut self, run: &Run<'_>, at: usize) {
        let from = self.edges.len();
        let Some(token) = run.tokens.get(at) else { return };
        let edges = &mut self.edges;
        run.lexicon.phrases_at(run.tokens, at, |class, sem, len| {
            edges.push(Edge { class, start: at, end: at + len, sem, rule: None, origin: None });
        });
        run.lexicon.seeds(token, |class, sem| {
            edges.push(Edge { class, start: at, end: at + 1, sem, rule: None, origin: None });
        });
        let mut next = from;
        while let Some(class) = self.edges.get(next).map(|edge| edge.class) {
            let after = self.edges.get(next).map_or(0, |edge| edge.end);
            let ahead = self.sets.get(after).copied().unwrap_or_default();
            for start in run.lexicon.starts.with(class, ahead) {
                let Some(rule) = run.lexicon.rules.get(usize::from(start.rule)) else { continue };
                let tried = Attempt { at, rule, id: start.rule };
                self.try_rule(run, tried, next, usize::from(start.place));
                self.keep(from);
            }
            next += 1;
        }
        for edge in self.edges.get(from..).unwrap_or_default() {
            self.sets[at].add(edge.class);
        }
        self.spans[at] = (from as u32, self.edges.len() as u32);
    }

    /// Keeps what was made: of each class and length, what the earliest rule made.
    fn keep(&mut self, from: usize) {
        for edge in self.made.drain(..) {
            let known = self.edges.get_mut(from..).unwrap_or_default();
            let count = known.len();
            let same = |other: &&mut Edge| other.class == edge.class && other.end == edge.end;
            match known.iter_mut().find(same) {
                Some(other) if edge.rule < other.rule => *other = edge,
                Some(_) => {}
                None if count < CROWD => self.edges.push(edge),
                None => {}
            }
        }
    }

    fn try_rule(&mut self, run: &Run<'_>, tried: Attempt<'_>, first: usize, place: usize) {
        let mut parts = [usize::MAX; LONGEST];
        parts[place] = first;
        let Some(end) = self.edges.get(first).map(|edge| edge.end) else { return };
        self.walk(run, tried, place + 1, end, &mut parts);
    }

    fn walk(
        &mut self,
        run: &Run<'_>,
        tried: Attempt<'_>,
        place: usize,
        pos: usize,
        parts: &mut [usize; LONGEST],
    ) {
        let Some(element) = tried.rule.elements.get(place) else {
            return self.make(run, tried, pos, parts);
        };
        let gap = run.tokens.get(pos).map_or(Gap::Space, |token| token.gap);
        let fits = (gap == Gap::Glued || !element.glued) && (gap < Gap::Line || !element.beside);
        let here = self.sets.get(pos).is_some_and(|set| element.any.meets(*set));
        if here && pos - tried.at < SPAN && fits {
            let (from, to) = self.spans.get(pos).copied().unwrap_or_default();
            for next in from as usize..to as usize {
                let Some(edge) = self.edges.get(next) else { break };
                if element.any.has(edge.class) {
                    let end = edge.end;
                    parts[place] = next;
                    self.walk(run, tried, place + 1, end, parts);
                }
            }
            parts[place] = usize::MAX;
        }
        if element.optional {
            self.walk(run, tried, place + 1, pos, parts);
        }
    }

    fn make(&mut self, run: &Run<'_>, tried: Attempt<'_>, end: usize, parts: &[usize; LONGEST]) {
        let Attempt { at, rule, id } = tried;
        if !rule.guards.iter().all(|guard| run.allows(guard, at, end)) {
            return;
        }
        let filled = rule.elements.len();
        let mut sems: [Option<&Sem>; LONGEST] = [None; LONGEST];
        for (slot, part) in sems.iter_mut().zip(parts).take(filled) {
            *slot = self.edges.get(*part).map(|edge| &edge.sem);
        }
        if let Some(mut sem) = rule.op.apply(sems.get(..filled).unwrap_or_default()) {
            if let Sem::Expr(expr) = &mut sem
                && let Expr::Range { gap, .. } | Expr::Pair { gap, .. } = &mut **expr
                && gap.is_empty()
            {
                *gap = self.gap(run, rule, parts).unwrap_or(*gap);
            }
            let passed = parts.get(rule.op.passes()).and_then(|part| self.edges.get(*part));
            let origin = passed.and_then(|edge| edge.origin).or(Some(id));
            self.made.push(Edge { origin, class: rule.makes, start: at, end, sem, rule: Some(id) });
        }
    }
}

impl Chart {
    /// The bytes between the first and the last part of a range.
    fn gap(&self, run: &Run<'_>, rule: &Rule, parts: &[usize; LONGEST]) -> Option<TextRange> {
        let (first, last) = rule.op.ends()?;
        let edge = |place: usize| self.edges.get(*parts.get(place)?);
        let (first, last) = (edge(first)?, edge(last)?);
        let from = run.tokens.get(first.end.checked_sub(1)?)?.end;
        TextRange::new(from, run.tokens.get(last.start)?.start)
    }
}

impl Run<'_> {
    fn allows(&self, guard: &Guard, start: usize, end: usize) -> bool {
        let beside = match guard.side {
            Side::Before => start.checked_sub(1).and_then(|at| self.tokens.get(at)),
            Side::After => self.tokens.get(end),
            Side::Own => self.tokens.get(start),
            Side::Near => {
                let range = self.tokens.get(start).map_or(0, |token| token.start as usize);
                return clause::is_near(self.text, range, guard.any, self.lexicon) == guard.wanted;
            }
        };
        let Some(token) = beside else {
            return guard.any.has(self.lexicon.known.edge) == guard.wanted;
        };
        let words = self.text.get(token.start as usize..token.end as usize).unwrap_or_default();
        let mut classes = self.lexicon.classes_of(token, words);
        // A word of the tables is written with a capital only where it is a name or comes first.
        if guard.side == Side::Own && token.shape != Shape::Lower {
            classes.add(self.lexicon.known.capital);
        }
        classes.meets(guard.any) == guard.wanted
    }
}
