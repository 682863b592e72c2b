//! What given words tell, where a reader already knows which words tell an event.

use dateline_model::{DateBasis, Interval, Timex};
use dateline_text::TextRange;

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
    Some(Told { happening, interval, basis })
}

impl Telling<'_> {
    /// When what the word at `head` tells was: the date that it owns, else one of its
    /// clause, else that of its sentence.
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
        let clause = self.clause(head);
        let beside = |date: &Timex| self.clause(tokens_of(date, self.line).0) == clause;
        let near = |date: &Timex| tokens_of(date, self.line).0.abs_diff(head);
        let own = owned.iter().find(|(_, owner)| owns(*owner));
        let same = || {
            let inside = owned.iter().filter(|(date, _)| beside(date));
            inside.min_by_key(|(date, _)| near(date))
        };
        let any = || owned.iter().min_by_key(|(date, _)| near(date));
        let found = own.or_else(same).map(|(date, _)| (date.interval, DateBasis::Clause));
        let found = found.or_else(|| any().map(|(date, _)| (date.interval, DateBasis::Sentence)));
        found.unwrap_or((Interval::UNKNOWN, DateBasis::Reported))
    }
}
