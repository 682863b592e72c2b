//! Articles of one topic in, a digest out: reads what the digest needs of each article, in
//! parallel, and keeps no text.

use std::collections::BTreeMap;

use dateline_model::Moment;
use dateline_text::TextRange;
use dateline_timeline::digest::{Entry, Fact, LEAD, Options, Story};
use dateline_timeline::is_like;
use dateline_timex::Context;
use rayon::prelude::*;

use crate::Lexicons;
use crate::article::Article;

/// What is asked of a digest.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// How many days and sentences, from when to when.
    pub options: Options,
    /// Words of which a sentence must have one, where there are any.
    pub about: String,
}

/// What one article tells, with its terms still in words.
struct Read {
    terms: Vec<String>,
    facts: Vec<(Fact, Vec<String>)>,
}

/// The digest of `articles`, and their sentences: a pick is an article and one of those.
pub fn digest(
    articles: &[Article],
    lexicons: &Lexicons,
    request: &Request,
) -> (Vec<Entry>, Vec<Vec<TextRange>>) {
    let sentences: Vec<Vec<TextRange>> = articles
        .par_iter()
        .map(|article| match article.sentences.is_empty() {
            true => crate::sentences(&article.text, lexicons),
            false => article.sentences.clone(),
        })
        .collect();
    let read: Vec<Read> = articles
        .par_iter()
        .zip(&sentences)
        .map(|(article, sentences)| read(article, sentences, lexicons))
        .collect();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |term: String| {
        let next = numbers.len() as u32;
        *numbers.entry(term).or_insert(next)
    };
    let stories: Vec<Story> = articles
        .iter()
        .zip(read)
        .map(|(article, read)| {
            let mut terms: Vec<u32> = read.terms.into_iter().map(&mut number).collect();
            terms.sort_unstable();
            let facts = read.facts.into_iter().map(|(fact, terms)| Fact {
                terms: terms.into_iter().map(&mut number).collect(),
                ..fact
            });
            let facts = facts.collect();
            Story { id: article.id.clone(), day: article.published.map(Moment::day), terms, facts }
        })
        .collect();
    let mut options = request.options.clone();
    let asked = crate::asked_terms(&request.about, lexicons);
    let about = numbers.iter().filter(|(term, _)| asked.iter().any(|asked| is_like(term, asked)));
    options.about = about.map(|(_, number)| *number).collect();
    if options.about.is_empty() && !asked.is_empty() {
        // No article has such a word: what it is about is in no sentence.
        options.about.push(u32::MAX);
    }
    (dateline_timeline::digest::digest(&stories, &options), sentences)
}

fn read(article: &Article, sentences: &[TextRange], lexicons: &Lexicons) -> Read {
    let context = Context::new(article.published);
    let dates = dateline_timex::tag_within(&article.text, sentences, &context, &lexicons.timex);
    let mut all: Vec<String> = Vec::new();
    let mut facts = Vec::new();
    let mut at = 0;
    for (sentence, range) in sentences.iter().enumerate() {
        let (terms, words) = dateline_normalize::stems(&article.text, *range, &lexicons.normalize);
        let mut days = Vec::new();
        while let Some(date) = dates.get(at).filter(|date| date.range.start() < range.end()) {
            let ends = date.interval.earliest().zip(date.interval.latest());
            if let Some((from, _)) = ends.filter(|(from, to)| from.day() == to.day()) {
                days.push(from.day());
            }
            at += 1;
        }
        days.sort_unstable();
        days.dedup();
        let sentence = sentence as u32;
        all.extend(terms.iter().cloned());
        if !days.is_empty() || sentence < LEAD {
            facts.push((Fact { sentence, days, terms: Vec::new(), words }, terms));
        }
    }
    all.sort_unstable();
    all.dedup();
    Read { terms: all, facts }
}
