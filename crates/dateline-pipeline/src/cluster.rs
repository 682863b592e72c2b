//! Articles in, stories out: which of them tell the same thing, and which of the words that
//! are known to tell an event tell the same one.

use std::collections::BTreeMap;

use dateline_model::{Block, BlockKind, Brief, DateBasis, Interval, Moment};
use dateline_normalize::{Context, Given, Told};
use dateline_text::{Source, TextRange};
use dateline_timeline::cluster::{Document, Stories, chains, stories};
use rayon::prelude::*;

use crate::Lexicons;
use crate::article::Article;

/// What was found of articles.
#[derive(Debug)]
pub struct Clusters {
    /// The story of each article, from 0.
    pub stories: Vec<usize>,
    /// For each article the first one that it is a copy of; itself where it is none.
    pub originals: Vec<usize>,
    /// What their mentions tell, in order.
    pub mentions: Vec<Mentioned>,
}

/// What a given mention tells.
#[derive(Debug)]
pub struct Mentioned {
    /// Its article.
    pub article: usize,
    /// Its place among the mentions of the article.
    pub mention: usize,
    /// The event it tells, from 0: mentions of one event have the same.
    pub chain: usize,
    /// When that was, by the date that belongs to it.
    pub interval: Interval,
    /// Where that date was taken from.
    pub basis: DateBasis,
    /// The day to show it under: its own, else the one that the text is at.
    pub placed: Option<Moment>,
}

/// Which of `articles` tell the same story, and which of their mentions the same event.
/// `cut` is the mean cosine from which on two groups of articles are one.
pub fn cluster(articles: &[Article], lexicons: &Lexicons, cut: f64) -> Clusters {
    let read: Vec<_> = articles.par_iter().map(|article| read(article, lexicons)).collect();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |term: &str| match numbers.get(term) {
        Some(number) => *number,
        None => {
            let next = numbers.len() as u32;
            numbers.insert(term.to_string(), next);
            next
        }
    };
    let mut list = |terms: &[String]| {
        let mut out: Vec<u32> = terms.iter().map(|term| number(term)).collect();
        out.sort_unstable();
        out
    };
    let documents: Vec<Document> = articles
        .iter()
        .zip(&read)
        .map(|(article, read)| Document {
            day: article.published.map(Moment::day),
            terms: list(&read.terms),
            names: list(&read.names),
        })
        .collect();
    let Stories { story: stories, original } = stories(&documents, cut);
    let mut mentions = Vec::new();
    let mut kinds = Vec::new();
    for (article, (read, story)) in read.into_iter().zip(&stories).enumerate() {
        for (mention, told) in read.told.into_iter().enumerate() {
            let told = told.unwrap_or_else(|| Told {
                happening: String::new(),
                interval: Interval::UNKNOWN,
                basis: DateBasis::Reported,
                placed: None,
            });
            let (interval, basis) = (told.interval, told.basis);
            let placed = told.placed.map(Moment::Day);
            mentions.push(Mentioned { article, mention, chain: 0, interval, basis, placed });
            kinds.push((*story, told.happening));
        }
    }
    for (mention, chain) in mentions.iter_mut().zip(chains(&kinds)) {
        mention.chain = chain;
    }
    Clusters { stories, originals: original, mentions }
}

/// What one article tells, with its terms still in words.
struct Read {
    terms: Vec<String>,
    names: Vec<String>,
    told: Vec<Option<Told>>,
}

fn read(article: &Article, lexicons: &Lexicons) -> Read {
    let source = Source::from_utf8(article.text.as_str());
    let lines = dateline_text::lines::stretches(source.text(), source.range()).into_iter();
    let paragraphs = match article.sentences.is_empty() {
        true => lines.collect(),
        false => article.sentences.clone(),
    };
    let blocks = paragraphs.into_iter().map(|range| Block::new(BlockKind::Paragraph, range));
    let brief = Brief { blocks: blocks.collect(), ..Brief::default() };
    let asked: Vec<TextRange> = article.mentions.iter().map(|(_, range)| *range).collect();
    let context = Context {
        lexicon: &lexicons.normalize,
        timex: &lexicons.timex,
        given: article.published.map_or(Given::No, Given::Force),
    };
    let (brief, told) = dateline_normalize::normalize_asking(&source, brief, context, &asked);
    let words = |terms: &[u32]| {
        terms.iter().filter_map(|term| brief.terms.get(*term as usize)).cloned().collect()
    };
    Read { terms: words(&brief.subject.terms), names: words(&brief.subject.names), told }
}
