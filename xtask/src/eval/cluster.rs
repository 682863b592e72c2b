//! `dateline cluster`, asked: which articles tell one story, which words one event, when.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::converse;

/// What the command answers.
pub(super) struct Answer {
    /// The ids of the articles of each cluster.
    pub(super) clusters: Vec<Vec<String>>,
    /// By the id of the mention.
    pub(super) mentions: BTreeMap<String, Told>,
}

/// What is told of a mention.
pub(super) struct Told {
    /// Mentions of one event have the same number.
    pub(super) chain: u64,
    /// The first and the last moment it can have been, where the text tells both; else the
    /// day it is shown under.
    pub(super) when: Option<(String, String)>,
}

impl Answer {
    /// Each article with the number of its cluster.
    pub(super) fn numbers(&self) -> BTreeMap<&str, usize> {
        let articles = self.clusters.iter().enumerate();
        articles.flat_map(|(at, ids)| ids.iter().map(move |id| (id.as_str(), at))).collect()
    }
}

/// Hands `articles` over, one a line; the command's own cut where none is given.
pub(super) fn cluster(binary: &Path, articles: &[Value], cut: Option<f64>) -> Result<Answer> {
    let mut command = Command::new(binary);
    command.args(["cluster", "-", "--format", "json"]);
    if let Some(cut) = cut {
        command.args(["--cut", &format!("{cut:.3}")]);
    }
    let input: String = articles.iter().map(|article| format!("{article}\n")).collect();
    let document: Value = serde_json::from_slice(&converse(&mut command, input)?)
        .with_context(|| format!("{command:?} answered no JSON"))?;
    let clusters = serde_json::from_value(document["clusters"].clone())
        .with_context(|| format!("{command:?} answered no clusters"))?;
    let told = |mention: &Value| {
        let moment = |key: &str| mention[key].as_str().map(str::to_string);
        let when = moment("earliest").zip(moment("latest"));
        let when = when.or_else(|| moment("placed").zip(moment("placed")));
        let chain = mention["chain"].as_u64()?;
        Some((mention["id"].as_str()?.to_string(), Told { chain, when }))
    };
    let mentions = document["mentions"].as_array().into_iter().flatten().filter_map(told);
    Ok(Answer { clusters, mentions: mentions.collect() })
}
