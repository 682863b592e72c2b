//! `cargo xtask eval ecb PATH`: articles of one story and words of one event, against ECB+
//! (Cybulska and Vossen 2014). Gold clusters of articles are its subtopics. The answers are
//! those of `dateline cluster`, as its users see them; articles have no date.
//!
//! Articles are measured by B³ (Bagga and Baldwin 1998) over all articles given at once,
//! without the words that tell events. Topics are cut into two folds, and each is clustered
//! by the cut that is best on the other, so that none is set where it is scored.
//!
//! Mentions are measured by CoNLL F1 (see `coref`) over all gold mentions, across articles,
//! those that stand alone kept. The baseline takes two mentions for one event where their
//! articles are in one cluster of ours and their heads have the same lemma.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::cluster::{Answer, cluster};
use super::coref::{Overlap, Score};
use heads::Heads;

mod heads;

/// An article with its gold.
#[derive(Default)]
struct Article {
    id: String,
    topic: u64,
    subtopic: String,
    sentences: Vec<String>,
    mentions: Vec<Mention>,
}

/// Words that tell an event. Where they do not stand together, they stretch from the first
/// to the last.
struct Mention {
    /// `article:sentence:first_token-last_token`.
    id: String,
    chain: String,
    start: usize,
    end: usize,
    head: String,
}

/// Prints the figures; leaves what was found at the default cut in `write`.
pub(super) fn run(binary: &Path, path: &Path, write: Option<&Path>) -> Result<()> {
    let articles = read(path)?;
    let (score, cuts) = cross_validated(binary, &articles)?;
    println!("{:32} {:>6} {:>6} {:>6}", "articles", "P", "R", "F1");
    let line = |name: &str, score: Score| {
        println!("{name:32} {:6.3} {:6.3} {:6.3}", score.precision, score.recall, score.f1());
    };
    line("documents, cross-validated", score);
    let bare: Vec<Value> = articles.iter().map(Article::bare).collect();
    let refs: Vec<&Article> = articles.iter().collect();
    let found = stories(&refs, &cluster(binary, &bare, None)?)?;
    line("documents, default cut", Overlap::new(found).b_cubed());
    println!("cuts of the folds: {}", cuts.map(|cut| format!("{cut:.3}")).join(", "));

    let whole: Vec<Value> = articles.iter().map(Article::whole).collect();
    let answer = cluster(binary, &whole, None)?;
    println!("{:32} {:>6} {:>6} {:>6} {:>6}", "mentions", "MUC", "B³", "CEAF-e", "CoNLL");
    for (name, overlap) in [
        ("mentions, same head lemma", same_head(&articles, &answer)?),
        ("mentions, ours", chains(&articles, &answer)?),
    ] {
        let figures = overlap.conll().map(|figure| format!("{figure:6.3}"));
        println!("{name:32} {}", figures.join(" "));
    }
    write.map_or(Ok(()), |folder| save(folder, &answer))
}

/// The articles of the lines of the file.
fn read(path: &Path) -> Result<Vec<Article>> {
    let text = fs::read_to_string(path);
    let text = text.with_context(|| format!("failed to read {}", path.display()))?;
    let heads = Heads::new();
    let rows = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let article = |(at, line): (usize, &str)| {
        Article::read(&serde_json::from_str(line)?, &heads)
            .with_context(|| format!("failed to read {}:{}", path.display(), at + 1))
    };
    rows.map(article).collect()
}

impl Article {
    fn read(row: &Value, heads: &Heads) -> Result<Self> {
        let text = |key: &str| row[key].as_str().with_context(|| format!("no \"{key}\""));
        let mut article = Self {
            id: text("id")?.to_string(),
            topic: row["topic"].as_u64().context("no \"topic\"")?,
            subtopic: text("subtopic")?.to_string(),
            ..Self::default()
        };
        article.sentences = serde_json::from_value(row["sentences"].clone())?;
        let tokens: Vec<Vec<String>> = serde_json::from_value(row["tokens"].clone())?;
        let words = words(&article.sentences, &tokens)?;
        let chains: BTreeMap<String, Vec<Vec<(usize, usize)>>> =
            serde_json::from_value(row["event_chains"].clone())?;
        let mut known = BTreeSet::new();
        for (chain, mentions) in &chains {
            let chain = chain_key(chain, &article.id);
            for places in mentions {
                let mention = Mention::read(&article.id, &chain, places, &words, heads);
                let mention = mention.with_context(|| format!("{places:?} is not in the text"))?;
                // Words that stand in two chains count in the first.
                if known.insert(mention.id.clone()) {
                    article.mentions.push(mention);
                }
            }
        }
        Ok(article)
    }

    /// The article as the command reads it.
    fn bare(&self) -> Value {
        json!({ "id": self.id, "sentences": self.sentences })
    }

    /// The same with the words that tell events.
    fn whole(&self) -> Value {
        let mention =
            |told: &Mention| json!({ "id": told.id, "start": told.start, "end": told.end });
        let mentions: Vec<Value> = self.mentions.iter().map(mention).collect();
        json!({ "id": self.id, "sentences": self.sentences, "mentions": mentions })
    }
}

impl Mention {
    /// The words at `places`: sentence and token.
    fn read(
        article: &str,
        chain: &str,
        places: &[(usize, usize)],
        words: &[Vec<Word<'_>>],
        heads: &Heads,
    ) -> Option<Self> {
        let (first, last) = (places.first()?, places.last()?);
        let word = |&(sentence, token): &(usize, usize)| words.get(sentence)?.get(token).copied();
        let words: Vec<Word<'_>> = places.iter().map(word).collect::<Option<_>>()?;
        let tokens: Vec<&str> = words.iter().map(|word| word.token).collect();
        Some(Self {
            id: format!("{article}:{}:{}-{}", first.0, first.1, last.1),
            chain: chain.to_string(),
            start: words.iter().map(|word| word.start).min()?,
            end: words.iter().map(|word| word.end).max()?,
            head: heads.lemma(&tokens),
        })
    }
}

/// A token and where it stands in the text, in bytes.
#[derive(Clone, Copy)]
struct Word<'a> {
    token: &'a str,
    start: usize,
    end: usize,
}

/// The tokens of each sentence, where the text is the sentences joined by line breaks.
fn words<'a>(sentences: &[String], tokens: &'a [Vec<String>]) -> Result<Vec<Vec<Word<'a>>>> {
    if sentences.len() != tokens.len() {
        bail!("{} sentences, tokens of {}", sentences.len(), tokens.len());
    }
    let mut before = 0;
    let mut out = Vec::new();
    for (sentence, tokens) in sentences.iter().zip(tokens) {
        let mut at = 0;
        let word = |token: &'a String| {
            let rest = sentence.get(at..).unwrap_or("");
            let found = rest.find(token.as_str());
            let start = at + found.with_context(|| format!("no {token:?} in {rest:?}"))?;
            at = start + token.len();
            Ok(Word { token, start: before + start, end: before + at })
        };
        out.push(tokens.iter().map(word).collect::<Result<_>>()?);
        before += sentence.len() + 1;
    }
    Ok(out)
}

/// The id of a chain is known to all articles where it is a kind and the number of an
/// instance (`ACT1623…`); any other (a word, `?`, `INTRA_1`) is the article's own.
fn chain_key(chain: &str, article: &str) -> String {
    let number = chain.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let shared = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    if shared { chain.to_string() } else { format!("{article}:{chain}") }
}

/// The clusters of articles, gold and ours.
type Stories<'a> = Vec<(&'a str, usize)>;

fn stories<'a>(articles: &[&'a Article], answer: &Answer) -> Result<Stories<'a>> {
    let numbers = answer.numbers();
    let story = |article: &&'a Article| {
        let number = numbers.get(article.id.as_str());
        let number = number.with_context(|| format!("no cluster has {}", article.id))?;
        Ok((article.subtopic.as_str(), *number))
    };
    articles.iter().map(story).collect()
}

/// B³ of all articles, each fold of topics clustered by the cut that is best on the other,
/// and the two cuts.
fn cross_validated(binary: &Path, articles: &[Article]) -> Result<(Score, [f64; 2])> {
    let topics: BTreeSet<u64> = articles.iter().map(|article| article.topic).collect();
    let odd: BTreeSet<u64> = topics.into_iter().step_by(2).collect();
    let (odd, even): (Vec<&Article>, Vec<&Article>) =
        articles.iter().partition(|article| odd.contains(&article.topic));
    let (odd, even) = (tried(binary, &odd)?, tried(binary, &even)?);
    let used = [best(&even), best(&odd)];
    let folds = [odd.get(used[0]), even.get(used[1])].into_iter().flatten().enumerate();
    let all = folds
        .flat_map(|(fold, stories)| stories.iter().map(move |(gold, ours)| (*gold, (fold, *ours))));
    Ok((Overlap::new(all).b_cubed(), used.map(cut)))
}

/// The cut of each step.
fn cut(step: usize) -> f64 {
    0.05 + 0.025 * step as f64
}

/// What each cut from .05 to .6 makes of the articles.
fn tried<'a>(binary: &Path, articles: &[&'a Article]) -> Result<Vec<Stories<'a>>> {
    let rows: Vec<Value> = articles.iter().map(|article| article.bare()).collect();
    let one = |step| stories(articles, &cluster(binary, &rows, Some(cut(step)))?);
    (0..=22).map(one).collect()
}

/// The step of the best stories by F1; of equal ones the first.
fn best(tried: &[Stories<'_>]) -> usize {
    let figures = tried.iter().map(|stories| Overlap::new(stories.iter().copied()).b_cubed().f1());
    let best = figures.enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(0, |(step, _)| step)
}

/// The gold chains and those of the baseline: a head within a cluster of articles.
fn same_head(articles: &[Article], answer: &Answer) -> Result<Overlap> {
    let refs: Vec<&Article> = articles.iter().collect();
    let stories = stories(&refs, answer)?;
    let things = articles.iter().zip(stories).flat_map(|(article, (_, story))| {
        article.mentions.iter().map(move |mention| (&mention.chain, (story, &mention.head)))
    });
    Ok(Overlap::new(things))
}

/// The gold chains and ours.
fn chains<'a>(articles: &'a [Article], answer: &Answer) -> Result<Overlap> {
    let mentions = articles.iter().flat_map(|article| &article.mentions);
    let pair = |mention: &'a Mention| {
        let told = answer.mentions.get(&mention.id);
        let told = told.with_context(|| format!("no chain has {}", mention.id))?;
        Ok((mention.chain.as_str(), told.chain))
    };
    Ok(Overlap::new(mentions.map(pair).collect::<Result<Vec<_>>>()?))
}

/// Leaves the ids of the articles of each cluster, and of the mentions of each chain.
fn save(folder: &Path, answer: &Answer) -> Result<()> {
    let mut chains: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for (id, told) in &answer.mentions {
        chains.entry(told.chain).or_default().push(id);
    }
    let chains: Vec<Vec<&str>> = chains.into_values().collect();
    fs::create_dir_all(folder)?;
    for (name, ids) in [("clusters.json", json!(answer.clusters)), ("chains.json", json!(chains))] {
        let path = folder.join(name);
        fs::write(&path, serde_json::to_vec_pretty(&ids)?)
            .with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        let row = json!({
            "id": "1_1", "topic": 1, "subtopic": "1e",
            "sentences": ["A « strike » ended .", "He called it off"],
            "tokens": [["A", "«", "strike", "»", "ended", "."], ["He", "called", "it", "off"]],
            "event_chains": {
                "ACT12": [[[0, 2]], [[1, 1], [1, 3]]],
                "call": [[[1, 1], [1, 3]], [[0, 4]]],
            },
        });
        Article::read(&row, &Heads::new()).expect("the row above is whole")
    }

    #[test]
    fn mentions_are_bytes_of_the_text() {
        let article = article();
        let text = article.sentences.join("\n");
        let found = article.mentions.iter().map(|mention| {
            let words =
                text.get(mention.start..mention.end).expect("a mention is a stretch of its text");
            (mention.id.as_str(), mention.chain.as_str(), words, mention.head.as_str())
        });
        let expected = [
            ("1_1:0:2-2", "ACT12", "strike", "strik"),
            ("1_1:1:1-3", "ACT12", "called it off", "cal"),
            ("1_1:0:4-4", "1_1:call", "ended", "end"),
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn only_an_instance_is_known_to_all_articles() {
        for own in ["?", "12x", "INTRA_12", "Singleton_ACT_1", "fire", "ACT"] {
            assert_eq!(chain_key(own, "1_1"), format!("1_1:{own}"));
        }
        assert_eq!(chain_key("NEG160", "1_1"), "NEG160");
    }

    #[test]
    fn the_first_of_the_best_cuts_is_taken() {
        let tried = [vec![("a", 0), ("b", 0)], vec![("a", 0), ("b", 1)], vec![("a", 1), ("b", 0)]];
        assert_eq!(best(&tried), 1);
        assert!((cut(0) - 0.05).abs() < 1e-9 && (cut(22) - 0.6).abs() < 1e-9);
    }
}
