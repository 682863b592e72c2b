//! The words of stamps: of English in the table of its folder, of other languages each in
//! its own.

use dateline_text::LexiconError;
use dateline_text::table::{Row, rows};

use super::Lexicon;

/// The words of stamps in other languages; a word of two has the meaning in the first.
pub(crate) const STAMPS: [(&str, &str); 30] = [
    ("ar/stamp.tsv", include_str!("../../data/ar/stamp.tsv")),
    ("bg/stamp.tsv", include_str!("../../data/bg/stamp.tsv")),
    ("cs/stamp.tsv", include_str!("../../data/cs/stamp.tsv")),
    ("da/stamp.tsv", include_str!("../../data/da/stamp.tsv")),
    ("de/stamp.tsv", include_str!("../../data/de/stamp.tsv")),
    ("el/stamp.tsv", include_str!("../../data/el/stamp.tsv")),
    ("es/stamp.tsv", include_str!("../../data/es/stamp.tsv")),
    ("et/stamp.tsv", include_str!("../../data/et/stamp.tsv")),
    ("fi/stamp.tsv", include_str!("../../data/fi/stamp.tsv")),
    ("fr/stamp.tsv", include_str!("../../data/fr/stamp.tsv")),
    ("hr/stamp.tsv", include_str!("../../data/hr/stamp.tsv")),
    ("hu/stamp.tsv", include_str!("../../data/hu/stamp.tsv")),
    ("id/stamp.tsv", include_str!("../../data/id/stamp.tsv")),
    ("it/stamp.tsv", include_str!("../../data/it/stamp.tsv")),
    ("ja/stamp.tsv", include_str!("../../data/ja/stamp.tsv")),
    ("ko/stamp.tsv", include_str!("../../data/ko/stamp.tsv")),
    ("lt/stamp.tsv", include_str!("../../data/lt/stamp.tsv")),
    ("lv/stamp.tsv", include_str!("../../data/lv/stamp.tsv")),
    ("nl/stamp.tsv", include_str!("../../data/nl/stamp.tsv")),
    ("no/stamp.tsv", include_str!("../../data/no/stamp.tsv")),
    ("pl/stamp.tsv", include_str!("../../data/pl/stamp.tsv")),
    ("pt/stamp.tsv", include_str!("../../data/pt/stamp.tsv")),
    ("ro/stamp.tsv", include_str!("../../data/ro/stamp.tsv")),
    ("ru/stamp.tsv", include_str!("../../data/ru/stamp.tsv")),
    ("sk/stamp.tsv", include_str!("../../data/sk/stamp.tsv")),
    ("sl/stamp.tsv", include_str!("../../data/sl/stamp.tsv")),
    ("sv/stamp.tsv", include_str!("../../data/sv/stamp.tsv")),
    ("tr/stamp.tsv", include_str!("../../data/tr/stamp.tsv")),
    ("uk/stamp.tsv", include_str!("../../data/uk/stamp.tsv")),
    ("zh/stamp.tsv", include_str!("../../data/zh/stamp.tsv")),
];

/// What a word of a stamp line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StampWord {
    /// The date is of publication.
    Published,
    /// The date is of the first publication, told from later ones.
    First,
    /// The date is of a change.
    Modified,
    /// Nothing.
    Filler,
    /// A clock time stands behind it, also one with a stop in it ("at 18.20").
    Clock,
    /// What stands behind it is no part of the stamp: a name ("by"), a page number.
    End,
    /// The half of the day: hours to add.
    Half(i8),
    /// The zone, in minutes east of UTC where the name says them.
    Zone(Option<i16>),
    /// The name of a month in another language, and its number.
    Month(i8),
    /// Stands behind the number of a year (`y`), a month (`m`), a day (`d`), an hour (`h`), a
    /// minute (`n`) or a second (`s`).
    Mark(char),
    /// A small word in a date of another language or beside it.
    Link,
    /// Whoever wrote it follows, in another language.
    By,
}

impl Lexicon {
    /// Adds the rows of the table `name`.
    pub(super) fn read_stamp(
        &mut self,
        name: &'static str,
        text: &str,
    ) -> Result<(), LexiconError> {
        for row in rows(name, text) {
            let word = match row.need(1, "class")? {
                "published" => StampWord::Published,
                "first" => StampWord::First,
                "modified" => StampWord::Modified,
                "filler" => StampWord::Filler,
                "clock" => StampWord::Clock,
                "end" => StampWord::End,
                "half" => StampWord::Half(row.cell(2).parse().unwrap_or(0)),
                "zone" => StampWord::Zone(row.cell(2).parse().ok()),
                "month" => StampWord::Month(number(row)?),
                "mark" => StampWord::Mark(row.need(2, "mark")?.chars().next().unwrap_or(' ')),
                "link" => StampWord::Link,
                "by" => StampWord::By,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            let words = row.need(0, "word")?.to_lowercase();
            if row.cell(2) == "sentence" {
                self.statements.push((words, word));
                continue;
            }
            if row.cell(2) == "weak" {
                self.stamp_weak.insert(words.clone());
            }
            self.stamp_parts.extend(words.split_whitespace().map(String::from));
            self.stamp.entry(words).or_insert(word);
        }
        Ok(())
    }

    /// What `word` says in a stamp line.
    pub(crate) fn stamp_word(&self, word: &str) -> Option<StampWord> {
        self.stamp.get(&word.to_lowercase()).copied()
    }

    /// What a sentence that opens as `words` do says of the date behind its opening, and
    /// the length of that.
    pub(crate) fn statement(&self, words: &str) -> Option<(usize, StampWord)> {
        let opens = |opening: &str| {
            words.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
                && !words
                    .get(opening.len()..)
                    .unwrap_or_default()
                    .starts_with(char::is_alphanumeric)
        };
        let found = self.statements.iter().filter(|(opening, _)| opens(opening));
        let found = found.max_by_key(|(opening, _)| opening.len())?;
        Some((found.0.len(), found.1))
    }

    /// Whether `word` tells the day of many other things as well ("Date", "Released").
    pub(crate) fn is_weak_stamp(&self, word: &str) -> bool {
        self.stamp_weak.contains(&word.to_lowercase())
    }

    /// Whether `word`, in small letters, stands in the stamp table, alone or with others.
    pub(crate) fn in_stamps(&self, word: &str) -> bool {
        self.stamp_parts.contains(word)
    }
}

/// The number of a month.
fn number(row: Row<'_>) -> Result<i8, LexiconError> {
    let number = row.need(2, "number")?.parse().ok().filter(|number| (1..=12).contains(number));
    number.ok_or_else(|| row.error("no month has this number"))
}
