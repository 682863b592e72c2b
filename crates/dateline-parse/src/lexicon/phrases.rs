//! The fixed phrases of pages in languages other than English, each in the table of its
//! folder.

/// The tables with their names; a phrase of two languages is the same in both.
pub(crate) const PHRASES: [(&str, &str); 22] = [
    ("cs/phrases.tsv", include_str!("../../data/cs/phrases.tsv")),
    ("da/phrases.tsv", include_str!("../../data/da/phrases.tsv")),
    ("de/phrases.tsv", include_str!("../../data/de/phrases.tsv")),
    ("el/phrases.tsv", include_str!("../../data/el/phrases.tsv")),
    ("es/phrases.tsv", include_str!("../../data/es/phrases.tsv")),
    ("fi/phrases.tsv", include_str!("../../data/fi/phrases.tsv")),
    ("fr/phrases.tsv", include_str!("../../data/fr/phrases.tsv")),
    ("hu/phrases.tsv", include_str!("../../data/hu/phrases.tsv")),
    ("id/phrases.tsv", include_str!("../../data/id/phrases.tsv")),
    ("it/phrases.tsv", include_str!("../../data/it/phrases.tsv")),
    ("ja/phrases.tsv", include_str!("../../data/ja/phrases.tsv")),
    ("ko/phrases.tsv", include_str!("../../data/ko/phrases.tsv")),
    ("nl/phrases.tsv", include_str!("../../data/nl/phrases.tsv")),
    ("no/phrases.tsv", include_str!("../../data/no/phrases.tsv")),
    ("pl/phrases.tsv", include_str!("../../data/pl/phrases.tsv")),
    ("pt/phrases.tsv", include_str!("../../data/pt/phrases.tsv")),
    ("ro/phrases.tsv", include_str!("../../data/ro/phrases.tsv")),
    ("ru/phrases.tsv", include_str!("../../data/ru/phrases.tsv")),
    ("sv/phrases.tsv", include_str!("../../data/sv/phrases.tsv")),
    ("tr/phrases.tsv", include_str!("../../data/tr/phrases.tsv")),
    ("uk/phrases.tsv", include_str!("../../data/uk/phrases.tsv")),
    ("zh/phrases.tsv", include_str!("../../data/zh/phrases.tsv")),
];
