//! Which articles tell one story (`dateline.clusters/1`), and the same to read.

use std::io::{self, Write};

use dateline_model::Moment;
use serde::Serialize;

use crate::table::printable;
use crate::{About, Header};

/// The ids of the articles that tell one story.
pub type Story<'a> = Vec<&'a str>;

/// Given words that tell an event.
#[derive(Debug, Serialize)]
pub struct Event<'a> {
    /// Their id.
    pub id: &'a str,
    /// The article's id.
    pub article: &'a str,
    /// The words.
    pub text: &'a str,
    /// The event they tell: words of one event have the same number.
    pub chain: usize,
    /// The first day or instant it can have been, by the date that belongs to the words.
    pub earliest: Option<Moment>,
    /// The last one.
    pub latest: Option<Moment>,
    /// Where that date was taken from.
    pub basis: &'static str,
    /// The day to show it under: its own, else the one that the text is at.
    pub placed: Option<Moment>,
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    about: About<'a>,
    articles: usize,
    clusters: &'a [Story<'a>],
    mentions: &'a [Event<'a>],
}

/// Writes the stories as one object.
pub fn json(
    stories: &[Story<'_>],
    events: &[Event<'_>],
    header: &Header,
    sink: &mut impl Write,
) -> io::Result<()> {
    let document = Document {
        about: header.about("dateline.clusters/1"),
        articles: stories.iter().map(Vec::len).sum(),
        clusters: stories,
        mentions: events,
    };
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

/// Writes the stories to read: a line a story, the largest first, then a line for given words.
pub fn text(stories: &[Story<'_>], events: &[Event<'_>], sink: &mut impl Write) -> io::Result<()> {
    let mut sorted: Vec<&Story<'_>> = stories.iter().collect();
    sorted.sort_by_key(|story| std::cmp::Reverse(story.len()));
    for story in sorted {
        let ids: Vec<String> = story.iter().map(|id| printable(id)).collect();
        writeln!(sink, "{:>5}  {}", story.len(), ids.join(" "))?;
    }
    for event in events {
        let day = |moment: Option<Moment>| moment.map_or("..".to_string(), |day| day.to_string());
        let (from, to) = (day(event.earliest), day(event.latest));
        let words = printable(event.text);
        writeln!(sink, "{}  event {}  {from}/{to}  {words}", printable(event.id), event.chain)?;
    }
    Ok(())
}
