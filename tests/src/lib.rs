//! What the tests share: fixtures, checks that hold for any input, specifications in
//! Markdown and renderings for people.
//!
//! | module | what |
//! |---|---|
//! | [`fixtures`] | the files under `fixtures/`, in order of their names |
//! | [`checks`] | what holds for any bytes; run on fixtures, by proptest and by the fuzz targets |
//! | [`made`] | timelines made by hand: hostile words, many events |
//! | [`documents`] | the strict rules of every document |
//! | [`mutate`] | small damage done to a text, the same for the same seed |
//! | [`spec`] | text with carets under its dates, read and compared |
//! | [`render`] | stages shown for people, input beside output |
//!
//! The library knows no test framework, so that the fuzz targets can use it. The tests
//! are in `tests/it`, one binary.

pub mod checks;
pub mod documents;
pub mod fixtures;
pub mod made;
pub mod mutate;
pub mod render;
pub mod spec;
