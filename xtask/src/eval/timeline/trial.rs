//! The files of SemEval-2015 task 4 (Minard et al. 2015): articles in CAT format, of which
//! the tokens and the day of creation are read and no other markup, and timelines of a
//! target as lines of order, date and mentions (`article-sentence-words`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Bytes of the text of an article, half-open.
pub(super) type Span = (usize, usize);

/// An article, its text made anew from its tokens.
pub(super) struct Article {
    pub(super) id: String,
    /// The day it was created.
    pub(super) date: String,
    /// Its sentences, joined by line breaks.
    pub(super) text: String,
    /// The tokens of each sentence and where they stand in the text.
    sentences: BTreeMap<usize, Vec<(String, Span)>>,
}

/// A gold timeline.
pub(super) struct Timeline {
    pub(super) name: String,
    pub(super) events: Vec<Event>,
}

/// A line of a timeline: what is one event.
pub(super) struct Event {
    /// Its place; 0 where it has none.
    pub(super) order: usize,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub(super) date: Option<String>,
    pub(super) mentions: Vec<Mention>,
}

/// Words that tell the event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mention {
    pub(super) article: String,
    pub(super) sentence: usize,
    /// In lower case.
    words: Vec<String>,
    /// Which of the equal words of the sentence, from 0: a timeline that names words twice
    /// means the next ones.
    nth: usize,
}

/// The articles of `folder`, in the order of their files.
pub(super) fn articles(folder: &Path) -> Result<Vec<Article>> {
    let article = |path: PathBuf| {
        let xml = fs::read_to_string(&path)?;
        Article::read(&xml).with_context(|| format!("{} is no article", path.display()))
    };
    files(folder, "xml")?.into_iter().map(article).collect()
}

/// The timelines of `folder`, in the order of their files.
pub(super) fn timelines(folder: &Path) -> Result<Vec<Timeline>> {
    let timeline = |path: PathBuf| {
        let text = fs::read_to_string(&path)?;
        let events = events(&text).with_context(|| format!("{} is no timeline", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Timeline { name, events })
    };
    files(folder, "txt")?.into_iter().map(timeline).collect()
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder);
    let entries = entries.with_context(|| format!("failed to read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut paths: Vec<PathBuf> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|it| it == ending)).collect();
    paths.sort();
    Ok(paths)
}

impl Article {
    fn read(xml: &str) -> Option<Self> {
        let id = attribute(tags(xml, "Document").next()?.0, "doc_id")?;
        let creation = tags(xml, "TIMEX3").find(|(tag, _)| {
            attribute(tag, "functionInDocument").as_deref() == Some("CREATION_TIME")
        });
        let date = attribute(creation?.0, "value")?;
        let mut sentences: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (tag, rest) in tags(xml, "token") {
            let sentence = attribute(tag, "sentence")?.parse().ok()?;
            let token = unescape(rest.split_once('<')?.0);
            sentences.entry(sentence).or_default().push(token);
        }
        let mut text = String::new();
        let sentences = sentences.into_iter().map(|(at, tokens)| (at, set(tokens, &mut text)));
        let sentences = sentences.collect();
        Some(Self { id, date, text, sentences })
    }

    /// Where the sentence stands.
    pub(super) fn sentence(&self, sentence: usize) -> Option<Span> {
        let tokens = self.sentences.get(&sentence)?;
        Some((tokens.first()?.1.0, tokens.last()?.1.1))
    }

    /// Where the mention stands: its words in their order, other words may be between them.
    /// The last such place where there are fewer than the timeline names ("in March and
    /// June").
    pub(super) fn find(&self, mention: &Mention) -> Option<Span> {
        let tokens = self.sentences.get(&mention.sentence)?;
        let (first, more) = mention.words.split_first()?;
        let is = |word: &str, token: &(String, Span)| token.0.to_lowercase() == word;
        let stretch = |from: usize| {
            let mut rest = tokens.get(from..)?.iter();
            let (start, mut end) = rest.next().filter(|token| is(first, token))?.1;
            for word in more {
                end = rest.find(|token| is(word, token))?.1.1;
            }
            Some((start, end))
        };
        (0..tokens.len()).filter_map(stretch).take(mention.nth + 1).last()
    }
}

/// Each opening tag of the name, without its brackets, and what follows it.
fn tags<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let opening = format!("<{name} ");
    let places: Vec<usize> = xml.match_indices(&opening).map(|(at, _)| at).collect();
    places.into_iter().filter_map(|at| xml.get(at..)?.split_once('>'))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split_once('"')?.0))
}

fn unescape(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_string(), |text, (entity, mark)| text.replace(entity, mark))
}

/// Sets a sentence behind `text` as it was printed, near enough for a reader: no blank
/// before a closing mark, behind an opening one, inside quotes; one between other tokens.
fn set(tokens: Vec<String>, text: &mut String) -> Vec<(String, Span)> {
    if !text.is_empty() {
        text.push('\n');
    }
    let (mut glued, mut quoted) = (true, false);
    let mut out = Vec::new();
    for token in tokens {
        let quote = token == "\"";
        let closes = closes(&token) || (quote && quoted);
        quoted ^= quote;
        if !glued && !closes {
            text.push(' ');
        }
        glued = ["(", "[", "$", "£", "€", "`"].contains(&token.as_str()) || (quote && quoted);
        let start = text.len();
        text.push_str(&token);
        out.push((token, (start, text.len())));
    }
    out
}

/// A mark that ends something, or an apostrophe and what is cut off behind a word.
fn closes(token: &str) -> bool {
    let cut = token.strip_prefix('\'').map(|rest| rest.chars().all(char::is_alphabetic));
    let short = token.chars().count() < 4;
    cut.is_some_and(|letters| letters && short) || token.chars().all(|c| ",.;:!?%)]".contains(c))
}

/// The events of the lines behind the first, which names the target.
pub(super) fn events(text: &str) -> Option<Vec<Event>> {
    let mut seen: BTreeMap<(String, usize, Vec<String>), usize> = BTreeMap::new();
    let mut event = |line: &str| {
        let mut fields = line.split('\t').map(str::trim);
        let (order, date) = (fields.next()?.parse().ok()?, date(fields.next()?));
        let mut mention = |field: &str| {
            let mut parts = field.splitn(3, '-');
            let article = parts.next()?.to_string();
            let sentence = parts.next()?.parse().ok()?;
            let words: Vec<String> =
                parts.next()?.to_lowercase().split('_').map(String::from).collect();
            let next = seen.entry((article.clone(), sentence, words.clone())).or_default();
            let nth = *next;
            *next += 1;
            Some(Mention { article, sentence, words, nth })
        };
        let mentions = fields.filter(|field| !field.is_empty()).map(&mut mention);
        Some(Event { order, date, mentions: mentions.collect::<Option<_>>()? })
    };
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(&mut event).collect()
}

/// A date without the parts that are not known: `2008-03-XX` is `2008-03`.
fn date(field: &str) -> Option<String> {
    let known =
        field.split("-X").next().filter(|known| known.starts_with(|c: char| c.is_ascii_digit()));
    known.map(str::to_string)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An article of two sentences.
    pub(in crate::eval::timeline) fn article() -> Article {
        let tokens = [
            (0, &["March", "6", ",", "2008"][..]),
            (
                1,
                &[
                    "He", "took", "&quot;", "six", "&quot;", "off", ",", "Jobs", "'", "Mac", "'s",
                    "took", "$", "3",
                ],
            ),
        ];
        let mut xml = r#"<?xml version="1.0"?><Document doc_id="7" doc_name="a">"#.to_string();
        for (sentence, tokens) in tokens {
            for token in tokens {
                xml += &format!(
                    "<token number=\"0\" sentence=\"{sentence}\" t_id=\"1\">{token}</token>\n"
                );
            }
        }
        xml += r#"<TIMEX3 m_id="3" functionInDocument="CREATION_TIME" value="2008-03-06">"#;
        Article::read(&xml).expect("the article above is whole")
    }

    #[test]
    fn an_article_is_set_from_its_tokens() {
        let article = article();
        let text = "March 6, 2008\nHe took \"six\" off, Jobs' Mac's took $3";
        assert_eq!((article.id.as_str(), article.date.as_str()), ("7", "2008-03-06"));
        assert_eq!(article.text, text);
        assert_eq!(article.sentence(1), Some((14, text.len())));
    }

    #[test]
    fn mentions_are_found_in_their_sentence() {
        let article = article();
        let first = "1\t2008-03-XX\t7-1-took_off\t7-1-Took";
        let second = "2\tXXXX-XX-XX\t7-1-took\t7-1-took\t7-1-six-off";
        let events = events(&format!("Target\n{first}\n{second}\n")).expect("the lines are whole");
        assert_eq!(events.len(), 2, "two lines are two events");
        let (one, two) = events.first().zip(events.last()).expect("there are two");
        let words = |event: &Event| -> Vec<Option<String>> {
            let found = event.mentions.iter().map(|mention| article.find(mention));
            found
                .map(|span| span.and_then(|(a, b)| article.text.get(a..b)).map(String::from))
                .collect()
        };
        let some = |words: &str| Some(words.to_string());
        assert_eq!(words(one), [some("took \"six\" off"), some("took")]);
        assert_eq!(words(two), [some("took"), some("took"), None]);
        let last = one.mentions.last().and_then(|mention| article.find(mention));
        let first = two.mentions.first().and_then(|mention| article.find(mention));
        assert_eq!((last, first), (Some((17, 21)), Some((45, 49))));
        assert_eq!((one.date.as_deref(), two.date.as_deref()), (Some("2008-03"), None));
        assert_eq!((one.order, two.order), (1, 2));
    }
}
