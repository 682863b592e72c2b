//! Sources that differ about when, and sources that only seem to: the pairs under
//! `fixtures/conflicts`. What is asserted is what `cargo xtask eval conflicts` counts. What is
//! missed stands in `missed.txt` and must be missed, so that a gain is written down.

use std::collections::BTreeSet;

use dateline_model::{Event, Timeline};
use dateline_pipeline::{Options, run};
use dateline_tests::checks::{LEXICONS, check_timeline};
use dateline_tests::fixtures::{folder, raw_input};
use dateline_tests::render::interval;
use serde_json::Value;

/// A value of a conflict: its bounds and its sources.
type Said = BTreeSet<(String, BTreeSet<String>)>;

fn said(timeline: &Timeline, event: &Event) -> Said {
    let label = |id| timeline.sources.iter().find(|source| source.id == id);
    let values = event.conflicts.iter().flat_map(|conflict| &conflict.values);
    let sources =
        |sources: &[_]| sources.iter().filter_map(|id| Some(label(*id)?.label.clone())).collect();
    values.map(|value| (interval(value.interval), sources(&value.sources))).collect()
}

fn wanted(conflict: &Value) -> Said {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let bounds = |value: &Value| {
        let (from, to) = (text(&value["earliest"]), text(&value["latest"]));
        if from == to { from } else { format!("{from}..{to}") }
    };
    let sources =
        |value: &Value| value["sources"].as_array().into_iter().flatten().map(text).collect();
    let values = conflict["values"].as_array().into_iter().flatten();
    values.map(|value| (bounds(value), sources(value))).collect()
}

#[test]
fn planted_differences_are_found_and_none_is_invented() {
    let root = folder().join("conflicts");
    let gold = std::fs::read_to_string(root.join("gold.jsonl")).expect("it is part of the project");
    let missed =
        std::fs::read_to_string(root.join("missed.txt")).expect("it is part of the project");
    for line in gold.lines() {
        let gold: Value = serde_json::from_str(line).expect("JSON");
        let pair = gold["pair"].as_str().expect("a name");
        let page = |name: &str| {
            let bytes = std::fs::read(root.join(pair).join(name)).expect("a brief");
            Ok(raw_input(name, &bytes))
        };
        let inputs = vec![page("a.txt"), page("b.txt")];
        let (timeline, store) = run(inputs, &LEXICONS, &Options::default(), &|| ());
        check_timeline(&timeline, &store);
        let found: Vec<Said> = timeline
            .events
            .iter()
            .filter(|event| !event.conflicts.is_empty())
            .map(|event| said(&timeline, event))
            .collect();
        let wanted: Vec<Said> = Some(&gold["conflict"])
            .filter(|gold| !gold.is_null())
            .map(wanted)
            .into_iter()
            .collect();
        if missed.lines().any(|line| line == pair) {
            assert_eq!(found, [], "{pair} is missed no more: take it out of missed.txt");
        } else {
            assert_eq!(found, wanted, "{pair}: {}", gold["why"]);
        }
    }
}
