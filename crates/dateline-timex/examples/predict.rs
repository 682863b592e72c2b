//! Reads `{ "id", "text", "reference" }` a line and prints `{ "id", "dates": [] }`.
use std::io::BufRead as _;

use dateline_model::Timex;
use dateline_timex::{Context, Genre, Lexicon, split_ranges, tag};
use serde_json::{Value, json};

#[expect(clippy::disallowed_methods, reason = "an edge")]
fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let lexicon = Lexicon::english();
    let split = args.iter().any(|a| a == "split");
    let genre = match args.get(1).map(String::as_str) {
        Some("narrative") => Genre::Narrative,
        Some("news") => Genre::News,
        Some("colloquial") => Genre::Colloquial,
        _ => Genre::Auto,
    };
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("");
        let context =
            Context::new(row["reference"].as_str().and_then(|r| r.parse().ok())).with_genre(genre);
        let mut found = tag(text, &context, &lexicon);
        if split {
            found = split_ranges(found);
        }
        let dates: Vec<Value> = found.iter().map(show).collect();
        println!("{}", json!({ "id": row["id"], "dates": dates }));
    }
    Ok(())
}

fn show(t: &Timex) -> Value {
    json!({ "start": t.range.start(), "end": t.range.end(), "type": t.kind.name(), "value": t.value,
        "mod": t.modifier.map(|m| m.name()), "rule": t.rule,
        "earliest": t.interval.earliest().map(|m| m.to_string()),
        "latest": t.interval.latest().map(|m| m.to_string()) })
}
