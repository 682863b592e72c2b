//! A digest: the days of a topic with the sentences that tell them (`dateline.digest/1`),
//! and the same to read.

use std::io::{self, Write};

use dateline_model::Moment;
use serde::Serialize;

use crate::table::printable;
use crate::{About, Header};

/// One day.
#[derive(Debug, Serialize)]
pub struct Day<'a> {
    /// The day.
    pub date: Moment,
    /// How many articles mention it.
    pub articles: usize,
    /// What is quoted.
    pub sentences: Vec<Quote<'a>>,
}

/// A sentence and where it stands.
#[derive(Debug, Serialize)]
pub struct Quote<'a> {
    /// The article's id.
    pub article: &'a str,
    /// The day it was published, where it is known.
    pub published: Option<Moment>,
    /// Which sentence of the article, from 0.
    pub sentence: u32,
    /// Its first byte in the article's text.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
    /// Its words.
    pub text: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: About<'a>,
    articles: usize,
    days: &'a [Day<'a>],
}

/// Writes the digest of so many articles as one object.
pub fn json(
    days: &[Day<'_>],
    articles: usize,
    header: &Header,
    sink: &mut impl Write,
) -> io::Result<()> {
    let document = Document { about: header.about("dateline.digest/1"), articles, days };
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

/// Writes the digest to read: a line a day, a line a sentence.
pub fn text(days: &[Day<'_>], sink: &mut impl Write) -> io::Result<()> {
    for day in days {
        writeln!(sink, "{}  ({} articles)", day.date, day.articles)?;
        for quote in &day.sentences {
            let words = quote.text.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(sink, "  {}  [{}]", printable(&words), printable(quote.article))?;
        }
    }
    Ok(())
}
