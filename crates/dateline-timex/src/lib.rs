//! Finds dates, times, durations and sets in English news text and says what they mean,
//! as TIMEX3 has it and with bounds in days or instants.
//!
//! It finds first and resolves second: [`tag`] looks for spans with no reference in
//! mind, then reads each against the [`Context`], in the order of the text. Words and
//! patterns are tables under `data/en/`; Rust holds the operators.
//!
//! What it does not do: it reads no clock and no time zone database (of zones that change
//! with the season it knows those of the United States and of Europe), tells no zone that
//! the words do not tell, and judges no page: which date is the page's own is for the
//! caller.
//!
//! ```
//! use dateline_timex::{Context, Lexicon, tag};
//!
//! let lexicon = Lexicon::english();
//! let context = Context::new("2025-06-15".parse().ok());
//! let text = "Ministers will meet on June 24–26, two weeks after Monday's vote.";
//! let dates = tag(text, &context, &lexicon);
//! assert_eq!(dates[0].range.slice(text), Some("June 24–26"));
//! assert_eq!(dates[0].value, "2025-06-24/2025-06-26");
//! ```

mod around;
mod between;
mod brackets;
mod build;
mod calendar;
mod chart;
mod clause;
mod clocks;
mod context;
mod cue;
mod expr;
mod feast;
mod find;
mod genre;
mod grammar;
mod holiday;
mod joined;
mod known;
mod length;
mod lexicon;
mod meaning;
mod near;
mod ops;
mod order;
mod quoted;
mod resolve;
mod scene;
mod starts;
mod stop;
mod story;
mod tag;
mod token;
mod vocabulary;
mod week;
mod within;
mod years;
mod zone;

pub use context::{Context, DayOrder, Genre};
pub use dateline_text::LexiconError;
pub use lexicon::{ENGLISH, Lexicon, Tables};
pub use tag::{split_ranges, tag, tag_within};

#[cfg(test)]
mod tests;
