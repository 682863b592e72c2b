//! `dateline decide table`: a table of the timeline that a person edited → decisions. A title
//! or day that was changed is one; what stands under `decide` (hide, confirm) is one. A row
//! that is gone decides nothing: it may have been filtered away.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use dateline_export::csv::{self, Row};
use dateline_model::{Action, Decision, Interval, Moment};
use serde_json::Value;

use crate::decide::{find, interval, key};

/// What an edited table decides.
#[derive(Debug, Default)]
pub(crate) struct Edited {
    /// The decisions, with the title of each event.
    pub decisions: Vec<(String, Decision)>,
    /// What could not be taken for one, by line.
    pub wrong: Vec<(u64, String)>,
    /// How many events of the timeline have no row.
    pub missing: usize,
}

/// Reads the table `bytes` against the timeline that it was written from.
pub(crate) fn read(bytes: &[u8], timeline: &Value, by: Option<&String>) -> Result<Edited> {
    let table = csv::read(bytes).context("it is no table")?;
    let mut out = Edited { wrong: table.wrong, ..Edited::default() };
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        if row.cell("id").is_empty() {
            let why = "it has no id, so that nothing says which event it is".to_string();
            out.wrong.push((row.line, why));
            continue;
        }
        let decided = find(timeline, row.cell("id")).and_then(|event| {
            seen.insert(event["id"].to_string());
            decide(row, event, timeline, by)
        });
        match decided {
            Ok(decisions) => out.decisions.extend(decisions),
            Err(why) => out.wrong.push((row.line, format!("{why:#}"))),
        }
    }
    let events = timeline["events"].as_array().map_or(&[][..], Vec::as_slice);
    out.missing = events.iter().filter(|event| !seen.contains(&event["id"].to_string())).count();
    out.wrong.sort();
    Ok(out)
}

/// What the row decides of its event.
fn decide(
    row: &Row,
    event: &Value,
    timeline: &Value,
    by: Option<&String>,
) -> Result<Vec<(String, Decision)>> {
    let title = event["title"].as_str().unwrap_or_default();
    let mut actions = Vec::new();
    let new_title = row.cell("title");
    if !new_title.is_empty() && new_title != title.trim() {
        actions.push(Action::Retitle(new_title.to_string()));
    }
    if let Some(interval) = new_days(row, event)? {
        actions.push(Action::SetDate(interval));
    }
    match row.cell("decide").to_lowercase().as_str() {
        "" => {}
        "hide" => actions.push(Action::Hide),
        "confirm" => actions.push(Action::Confirm),
        other => anyhow::bail!(
            "`{other}` is nothing to decide in a table; write hide or confirm, and use `dateline decide` for more"
        ),
    }
    let note = Some(row.cell("note").to_string()).filter(|note| !note.is_empty());
    let key = key(timeline, row.cell("id"), None)?;
    let decisions = actions.into_iter().map(|action| {
        let decision =
            Decision { line: 0, key: key.clone(), action, by: by.cloned(), note: note.clone() };
        (title.to_string(), decision)
    });
    Ok(decisions.collect())
}

/// The days of the row, where they are not those of the timeline.
fn new_days(row: &Row, event: &Value) -> Result<Option<Interval>> {
    let known = |name: &str| {
        let moment: Option<Moment> = event["when"][name].as_str().and_then(|at| at.parse().ok());
        moment.map_or(String::new(), |moment| moment.day().to_string())
    };
    let (from, to) = (row.cell("earliest"), row.cell("latest"));
    if from == known("earliest") && to == known("latest") {
        let edtf = row.cell("edtf");
        if !edtf.is_empty() && edtf != event["when"]["edtf"].as_str().unwrap_or_default() {
            anyhow::bail!("`edtf` is not read; change `earliest` and `latest` instead");
        }
        return Ok(None);
    }
    if from.is_empty() && to.is_empty() {
        anyhow::bail!("both days are gone; to take the event out, write hide under `decide`");
    }
    let days = interval(&format!("{from}/{to}"));
    days.context("write days as 2025-06-24, whatever form the spreadsheet shows").map(Some)
}
