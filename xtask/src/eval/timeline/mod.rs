//! `cargo xtask eval timeline PATH`: days and order of the events of a target, against the
//! trial data of SemEval-2015 task 4 (Minard et al. 2015). The answers are those of
//! `dateline cluster` for the gold mentions, as its users see them; each article is given
//! with the day it was created.
//!
//! A mention is where its own date puts it or, where it has none, on the day that it is shown
//! under. `day` is how many mentions with a full gold date are put on exactly that day; `month or
//! year` how many with a part of a date are put within it. Mentions that are not found in
//! their sentence are told and left out.
//!
//! `day, where the text says one` is the same for mentions whose day can be read: the
//! article holds a date expression that means that day by `dateline tag`, or the day is the
//! article's own and the sentence holds an expression with bounds. That is near the truth
//! only: the expression may belong to another event, and one that the tagger does not find
//! is not counted.
//!
//! `order` is temporal awareness (see `awareness`), micro-averaged over timelines. It is
//! simpler than the task's: events are the gold's, with coreference as in the gold; there
//! are no relations to dates, which `day` measures; events the gold cannot order (order 0)
//! are left out on both sides; ours are ordered by their first and last day, those of their
//! first mention that has both, and those without are left out of ours.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::cluster::{Told, cluster};
use super::converse;
use super::coref::Score;
use awareness::{Count, follow};
use trial::{Article, Event, Mention, Span, Timeline};

mod awareness;
mod trial;

/// First and last moment.
type When = (String, String);

/// Prints the figures of the folder at `path`.
pub(super) fn run(binary: &Path, path: &Path) -> Result<()> {
    let articles = trial::articles(&path.join("trial"))?;
    let timelines = trial::timelines(&path.join("trial-gold"))?;
    let articles: BTreeMap<&str, &Article> =
        articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let answers = Answers {
        told: told(binary, &articles, &timelines)?,
        said: said(binary, &articles)?,
        articles,
    };
    days(&timelines, &answers);
    order(&timelines, &answers);
    Ok(())
}

/// What the command answers, by article.
struct Answers<'a> {
    articles: BTreeMap<&'a str, &'a Article>,
    /// By the id of the mention.
    told: BTreeMap<String, Told>,
    /// The date expressions of each article.
    said: BTreeMap<&'a str, Vec<(Span, When)>>,
}

impl Answers<'_> {
    /// When the mention was, where the command tells it.
    fn when(&self, mention: &Mention) -> Option<&When> {
        self.told.get(&id(mention, find(&self.articles, mention)?))?.when.as_ref()
    }

    /// Whether the text says that the mention was on that day, near enough.
    fn says(&self, mention: &Mention, day: &str) -> bool {
        let name = mention.article.as_str();
        let (Some(article), Some(said)) = (self.articles.get(name), self.said.get(name)) else {
            return false;
        };
        let sentence = article.sentence(mention.sentence).unwrap_or_default();
        let inside = |(start, end): Span| sentence.0 <= start && end <= sentence.1;
        said.iter().any(|(span, when)| within(when, day) || (article.date == day && inside(*span)))
    }
}

fn find(articles: &BTreeMap<&str, &Article>, mention: &Mention) -> Option<Span> {
    articles.get(mention.article.as_str())?.find(mention)
}

fn id(mention: &Mention, (start, end): Span) -> String {
    format!("{}:{}:{start}-{end}", mention.article, mention.sentence)
}

/// Whether both ends lie in the day, month or year.
fn within((earliest, latest): &When, date: &str) -> bool {
    earliest.starts_with(date) && latest.starts_with(date)
}

/// The first and the last day.
fn days_of((earliest, latest): &When) -> [&str; 2] {
    [earliest, latest].map(|moment| moment.get(.."YYYY-MM-DD".len()).unwrap_or(moment))
}

/// What is told of the gold mentions.
fn told(
    binary: &Path,
    articles: &BTreeMap<&str, &Article>,
    timelines: &[Timeline],
) -> Result<BTreeMap<String, Told>> {
    let events = timelines.iter().flat_map(|timeline| &timeline.events);
    let mut asked: BTreeMap<&str, BTreeMap<String, Span>> = BTreeMap::new();
    for mention in events.flat_map(|event| &event.mentions) {
        if let Some(span) = find(articles, mention) {
            asked.entry(&mention.article).or_default().insert(id(mention, span), span);
        }
    }
    let row = |(name, article): (&&str, &&Article)| {
        let mentions = asked.get(*name).into_iter().flatten();
        let mentions: Vec<Value> = mentions
            .map(|(id, (start, end))| json!({ "id": id, "start": start, "end": end }))
            .collect();
        let sentences: Vec<&str> = article.text.lines().collect();
        json!({ "id": name, "date": article.date, "sentences": sentences, "mentions": mentions })
    };
    let rows: Vec<Value> = articles.iter().map(row).collect();
    let told = cluster(binary, &rows, None)?.mentions;
    let unanswered = asked.values().flat_map(BTreeMap::keys).find(|id| !told.contains_key(*id));
    unanswered.map_or(Ok(told), |id| bail!("nothing is told of {id}"))
}

/// The date expressions of each article.
fn said<'a>(
    binary: &Path,
    articles: &BTreeMap<&'a str, &Article>,
) -> Result<BTreeMap<&'a str, Vec<(Span, When)>>> {
    let row = |(name, article): (&&str, &&Article)| {
        let row = json!({ "id": name, "text": article.text, "reference": article.date });
        format!("{row}\n")
    };
    let mut command = Command::new(binary);
    command.args(["tag", "-", "--input-format", "jsonl", "--format", "jsonl"]);
    let output = String::from_utf8(converse(&mut command, articles.iter().map(row).collect())?)?;
    let dates = |line: &str| -> Result<Vec<(Span, When)>> {
        let answer: Value = serde_json::from_str(line)?;
        let date = |date: &Value| {
            let end = |key: &str| usize::try_from(date[key].as_u64()?).ok();
            let moment = |key: &str| date[key].as_str().map(str::to_string);
            Some(((end("start")?, end("end")?), (moment("earliest")?, moment("latest")?)))
        };
        Ok(answer["dates"].as_array().into_iter().flatten().filter_map(date).collect())
    };
    let answers = output.lines().map(dates).collect::<Result<Vec<_>>>()?;
    if answers.len() != articles.len() {
        bail!("{} answers for {} articles", answers.len(), articles.len());
    }
    Ok(articles.keys().copied().zip(answers).collect())
}

/// Prints how many mentions are on the right day.
fn days(timelines: &[Timeline], answers: &Answers<'_>) {
    let (mut day, mut said, mut part) = (Count::default(), Count::default(), Count::default());
    let (mut lost, mut undated) = (0, 0);
    let events = timelines.iter().flat_map(|timeline| &timeline.events);
    for (event, mention) in
        events.flat_map(|event| event.mentions.iter().map(move |mention| (event, mention)))
    {
        let Some(date) = &event.date else {
            undated += 1;
            continue;
        };
        if find(&answers.articles, mention).is_none() {
            lost += 1;
            continue;
        }
        let right = answers.when(mention).is_some_and(|when| within(when, date));
        if date.len() < "YYYY-MM-DD".len() {
            part.add(right);
            continue;
        }
        day.add(right);
        if answers.says(mention, date) {
            said.add(right);
        }
    }
    println!("{:32} {:>6} {:>6} {:>6}", "mentions", "right", "of", "part");
    for (name, count) in
        [("day", day), ("day, where the text says one", said), ("month or year", part)]
    {
        println!("{name:32} {:6} {:6} {:6.3}", count.hits, count.all, count.part());
    }
    println!("left out: {lost} not found, {undated} without a date");
}

/// Prints how well the events are ordered.
fn order(timelines: &[Timeline], answers: &Answers<'_>) {
    println!("{:32} {:>6} {:>6} {:>6}", "order", "P", "R", "F1");
    let line = |name: &str, ours: Count, gold: Count| {
        let score = Score { precision: ours.part(), recall: gold.part() };
        println!("{name:32} {:6.3} {:6.3} {:6.3}", score.precision, score.recall, score.f1());
    };
    let (mut all_ours, mut all_gold) = (Count::default(), Count::default());
    for timeline in timelines {
        let ordered = || timeline.events.iter().enumerate().filter(|(_, event)| event.order > 0);
        let when = |event: &Event| event.mentions.iter().find_map(|mention| answers.when(mention));
        let gold: BTreeMap<usize, usize> = ordered().map(|(at, event)| (at, event.order)).collect();
        let ours: BTreeMap<usize, [&str; 2]> =
            ordered().filter_map(|(at, event)| Some((at, days_of(when(event)?)))).collect();
        let (ours, gold) = (follow(&ours, &gold), follow(&gold, &ours));
        line(&timeline.name, ours, gold);
        all_ours += ours;
        all_gold += gold;
    }
    line("all, micro-averaged", all_ours, all_gold);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(earliest: &str, latest: &str) -> When {
        (earliest.to_string(), latest.to_string())
    }

    #[test]
    fn an_interval_is_within_what_holds_it() {
        let month = when("2008-03-01", "2008-03-31");
        assert!(within(&month, "2008-03") && within(&month, "2008"));
        assert!(!within(&month, "2008-03-01"));
        let hour = when("2008-03-06T17:00", "2008-03-06T18:00");
        assert!(within(&hour, "2008-03-06"));
        assert_eq!(days_of(&hour), ["2008-03-06"; 2]);
    }

    /// An article of 6 March 2008 with one date expression, in its first sentence.
    #[test]
    fn a_day_is_said_in_the_article_or_implied_in_the_sentence() {
        let article = trial::tests::article();
        let mention = |sentence: usize| {
            let line = format!("Target\n1\t2008\t7-{sentence}-it\n");
            let events = trial::events(&line).expect("the line above is whole");
            let mut mentions = events.into_iter().flat_map(|event| event.mentions);
            mentions.next().expect("it has one mention")
        };
        let mut answers = Answers {
            articles: BTreeMap::from([("7", &article)]),
            told: BTreeMap::new(),
            said: BTreeMap::from([("7", vec![((0, 5), when("2007-03-05", "2007-03-05"))])]),
        };
        assert!(answers.says(&mention(1), "2007-03-05"));
        assert!(answers.says(&mention(0), "2008-03-06"));
        assert!(!answers.says(&mention(1), "2008-03-06"));
        answers.said.clear();
        assert!(!answers.says(&mention(1), "2007-03-05"));
    }
}
