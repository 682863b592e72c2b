//! `decisions.jsonl`, the contract `dateline.decisions/1`: one decision of a person a line,
//! read and written.

use dateline_model::{Action, Decision, EventId, Interval, Key, Moment};
use serde::{Deserialize, Serialize};

/// A line as it is written.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    decision: String,
    #[serde(flatten)]
    key: KeyRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<Moment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    with: Vec<KeyRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct KeyRow {
    sha256: String,
    quote: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
}

impl From<KeyRow> for Key {
    fn from(KeyRow { sha256, quote, title, event }: KeyRow) -> Self {
        let event = event.as_deref().and_then(EventId::read);
        Self { sha256, quote, title, event }
    }
}

impl From<&Key> for KeyRow {
    fn from(key: &Key) -> Self {
        Self {
            sha256: key.sha256.clone(),
            quote: key.quote.clone(),
            title: key.title.clone(),
            event: key.event.map(|event| event.to_string()),
        }
    }
}

/// The decisions of a file, and why a line is none, with its number from 1. Empty lines are
/// passed over.
pub fn read(text: &str) -> (Vec<Decision>, Vec<(u32, String)>) {
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    // Some editors put a mark in front of the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match decision(line, number) {
            Ok(decision) => out.push(decision),
            Err(why) => wrong.push((number, why)),
        }
    }
    (out, wrong)
}

fn decision(line: &str, number: u32) -> Result<Decision, String> {
    let row: Row =
        serde_json::from_str(line).map_err(|error| format!("it is no decision: {error}"))?;
    let action = match row.decision.as_str() {
        "set-date" => {
            let interval = Interval::new(row.earliest, row.latest)
                .ok_or("its latest lies before its earliest")?;
            if ends_early(interval) {
                return Err("its latest lies before its earliest".into());
            }
            if interval.is_unknown() {
                return Err("it sets a date and gives neither `earliest` nor `latest`".into());
            }
            Action::SetDate(interval)
        }
        "merge" if row.with.is_empty() => {
            return Err("it merges and names nothing under `with`".into());
        }
        "merge" => Action::Merge(row.with.into_iter().map(Key::from).collect()),
        "split" => Action::Split,
        "hide" => Action::Hide,
        "retitle" => match row.new_title.filter(|title| !title.trim().is_empty()) {
            Some(title) => Action::Retitle(title),
            None => return Err("it gives a title and has no `new_title`".into()),
        },
        "confirm" => Action::Confirm,
        other => {
            return Err(format!(
                "there is no decision `{other}`; there are set-date, merge, split, hide, retitle \
                 and confirm"
            ));
        }
    };
    let key = Key::from(row.key);
    if key.quote.trim().is_empty() {
        return Err("its quote is empty".into());
    }
    Ok(Decision { line: number, key, action, by: row.by, note: row.note })
}

/// Whether an interval of one day ends at an earlier time than it begins.
pub fn ends_early(interval: Interval) -> bool {
    match (interval.earliest(), interval.latest()) {
        (Some(from), Some(to)) => {
            from.day() == to.day() && from.is_time() && to.is_time() && to < from
        }
        _ => false,
    }
}

/// A decision as a line, without the line break.
pub fn line(decision: &Decision) -> String {
    let mut row = Row {
        decision: decision.action.name().to_string(),
        key: KeyRow::from(&decision.key),
        by: decision.by.clone(),
        note: decision.note.clone(),
        ..Row::default()
    };
    match &decision.action {
        Action::SetDate(interval) => {
            (row.earliest, row.latest) = (interval.earliest(), interval.latest());
        }
        Action::Merge(with) => row.with = with.iter().map(KeyRow::from).collect(),
        Action::Retitle(title) => row.new_title = Some(title.clone()),
        Action::Split | Action::Hide | Action::Confirm => {}
    }
    serde_json::to_string(&row).unwrap_or_default()
}
