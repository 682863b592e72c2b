//! People, organisations and places in English news text, one name for one thing. Text
//! in, mentions out: each with the words, the canonical name, how the two were joined,
//! role, country and coordinates.
//!
//! ```
//! use dateline_names::{Lexicon, find};
//! use dateline_text::{SentenceRules, TextRange};
//!
//! let text = "President Volodymyr Zelenskyy flew to Vilnius. Zelenskyy met nobody.";
//! let all = TextRange::new(0, text.len() as u32).unwrap();
//! let sentences = SentenceRules::english().split(text, all);
//! let found = find(text, &sentences, &Lexicon::english());
//! assert_eq!(found[0].name, found[2].name);
//! assert_eq!(found[1].country.as_deref(), Some("Lithuania"));
//! ```
//!
//! | module | what |
//! |---|---|
//! | `lexicon`, `parts` | the tables under `data/en/`: phrases, and words by their parts |
//! | `gazetteer` | cities of 15,000 and more, and their areas (GeoNames) |
//! | `finder` | reads a sentence: what stands in front of a name, which table knows it |
//! | `people` | people whom no table knows; bare surnames |
//! | `bodies` | organisations whom no table knows; "Long Name (LN)" |
//! | `places` | a place, a government's seat, which of several towns |
//! | [`key`] | one key for the spellings of a full name |
//!
//! A name is decided within its document first. A bare surname crosses documents only
//! through the table of public figures, and says so ([`Joined::Table`]).
//!
//! [`Joined::Table`]: dateline_model::Joined::Table

use dateline_model::Mention;
use dateline_text::TextRange;

mod bodies;
mod finder;
mod gazetteer;
pub mod key;
mod lexicon;
mod parts;
mod people;
mod places;
#[cfg(test)]
mod tests;
mod token;

pub use lexicon::{Lexicon, english_hash};

/// The names in the sentences of one document, in order, none overlapping another.
pub fn find(text: &str, sentences: &[TextRange], lexicon: &Lexicon) -> Vec<Mention> {
    let page = token::Page::read(text, sentences, lexicon);
    finder::Finder::new(&page, lexicon).run()
}
