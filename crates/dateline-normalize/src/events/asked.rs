//! What given words tell, where a reader already knows which words tell an event.

use dateline_model::{DateBasis, Interval, Moment, Timex};
use dateline_text::TextRange;
use jiff::civil::Date;

use super::{Page, Telling};
use crate::owners::{Owner, owner, tokens_of};

/// What given words tell: the kind of happening, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its kind ("arrest" for "detained"), or the base form of the word.
    pub happening: String,
    /// When, by the date that belongs to the words; unknown where none does.
    pub interval: Interval,
    /// Where that date was taken from.
    pub basis: DateBasis,
    /// The day to show it under: its own, else the one that the text is at.
    pub placed: Option<Date>,
}

/// What the words in `range` tell; `None` where they stand in no sentence.
pub(crate) fn told(page: &Page<'_>, range: TextRange) -> Option<Told> {
    let at = page.sentences.partition_point(|sentence| sentence.range.end() <= range.start());
    let telling = Telling::new(page, at)?;
    let line = telling.line;
    let from = line.partition_point(|token| token.range.end() <= range.start());
    let to = line.partition_point(|token| token.range.start() < range.end());
    let head = from + page.lexicon.head(line.get(from..to)?);
    let happening = page.lexicon.kind_of(line, head);
    let (interval, basis) = telling.when(head);
    let own = interval.latest().or(interval.earliest()).map(Moment::day);
    // What is told in the present holds on the day of the report.
    let present = telling.shape.verbs.iter().any(|verb| {
        verb.at == head && verb.finite && verb.verb.forms.third && !verb.verb.forms.past
    });
    let reported = page.reference.map(Moment::day).filter(|_| present);
    let placed = own.or(reported).or_else(|| story_day(page, at));
    Some(Told { happening, interval, basis, placed })
}

/// Days before the report within which the day that a text told last is still its day.
const STORY: i32 = 7;

/// The day that the text is at when it comes to the sentence `at`: the last day told before
/// it, if it is a few days before the report; else the day of the report.
fn story_day(page: &Page<'_>, at: usize) -> Option<Date> {
    let reported = page.reference.map(Moment::day);
    let ends = page.sentences.get(at).map_or(0, |sentence| sentence.range.end());
    let told = page.dates.iter().rev().skip_while(|date| date.range.start() >= ends);
    let mut days = told.filter(|date| date.interval.is_one_day()).filter_map(|date| {
        let day = date.interval.latest()?.day();
        let age = reported?.since(day).ok()?.get_days();
        (0..=STORY).contains(&age).then_some(day)
    });
    days.next().or(reported)
}

impl Telling<'_> {
    /// When what the word at `head` tells was: the date that it owns, else one of its
    /// clause that no other verb owns, else for a noun that of its sentence.
    fn when(&self, head: usize) -> (Interval, DateBasis) {
        let owned: Vec<(&Timex, Owner)> = self
            .dates
            .iter()
            .filter(|(_, date)| !date.interval.is_unknown())
            .map(|(_, date)| (*date, owner(date, &self.sight())))
            .filter(|(_, owner)| *owner != Owner::Compared)
            .collect();
        let verb = |index: usize| self.shape.verbs.get(index).map(|verb| verb.at);
        let owns = |owner: Owner| match owner {
            Owner::Verb(index) => verb(index) == Some(head),
            Owner::Noun(at, _) => at == head,
            Owner::Scene | Owner::Compared => false,
        };
        let is_verb = self.shape.verbs.iter().any(|verb| verb.at == head);
        let free = |owner: Owner| !is_verb || !matches!(owner, Owner::Verb(_));
        let clause = self.clause(head);
        let beside = |date: &Timex| self.clause(tokens_of(date, self.line).0) == clause;
        let near = |date: &Timex| tokens_of(date, self.line).0.abs_diff(head);
        let own = owned.iter().find(|(_, owner)| owns(*owner));
        let same = || {
            let inside = owned.iter().filter(|(date, owner)| beside(date) && free(*owner));
            inside.min_by_key(|(date, _)| near(date))
        };
        let any = || {
            let inside = owned.iter().filter(|_| !is_verb);
            inside.min_by_key(|(date, _)| near(date))
        };
        let found = own.or_else(same).map(|(date, _)| (date.interval, DateBasis::Clause));
        let found = found.or_else(|| any().map(|(date, _)| (date.interval, DateBasis::Sentence)));
        found.unwrap_or((Interval::UNKNOWN, DateBasis::Reported))
    }
}
