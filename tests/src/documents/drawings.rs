//! The two drawings that are text, line by line: what their programs would read is what was
//! meant.

use serde_json::Value;

use super::{is_day, placed, words};

/// Markwhen: a head, then a line an event, that begins with real days.
pub(super) fn markwhen(text: &str, events: &Value) {
    let (head, body) = text.split_once("\n---\n\n").expect("a head");
    assert!(head.starts_with("---\ntitle: \"") && head.lines().count() == 3, "{head}");
    let titles = placed(events).map(|event| words(&event["title"]));
    let titles: Vec<&str> = titles.collect();
    assert!(body.lines().count() <= titles.len());
    let mut titles = titles.iter();
    for line in body.lines() {
        let (dates, rest) = line.split_once(": ").expect("dates, then words");
        // A slash stands between days, a hyphen between instants.
        let mark = if dates.contains('T') { " - " } else { "/" };
        let moments: Vec<&str> = dates.split(mark).collect();
        assert!(moments.len() <= 2 && moments.iter().all(|at| is_moment(at)), "{line}");
        assert!(moments.is_sorted(), "{line}");
        let (title, kind) = rest.rsplit_once(" #").expect("a kind");
        assert!(kind.bytes().all(|byte| byte.is_ascii_lowercase()), "{line}");
        let bare = title.replace(['#', '!'], "");
        let tags = title.match_indices(['#', '!']);
        for (at, _) in tags {
            assert!(title[at + 1..].starts_with('\u{2060}'), "a tag in {line}");
        }
        let bare = bare.replace('\u{2060}', "");
        assert!(titles.any(|known| known.replace(['#', '!'], "") == bare), "no title: {line}");
    }
}

fn is_moment(words: &str) -> bool {
    let utc = words.len() == 20 && words.ends_with('Z');
    is_day(words) || utc && words.parse::<dateline_model::Moment>().is_ok()
}

/// Mermaid: a comment, the word, a title, then periods and events.
pub(super) fn mermaid(text: &str, events: &Value) {
    let mut lines = text.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with("%% ")));
    assert_eq!(lines.next(), Some("timeline"));
    assert!(lines.next().is_some_and(|line| line.starts_with("    title ")));
    let lines: Vec<&str> = lines.collect();
    let titles: Vec<&str> =
        super::list(events).iter().map(|event| words(&event["title"])).collect();
    assert_eq!(lines.len(), titles.len(), "a line an event");
    for (line, title) in lines.iter().zip(titles) {
        let (_, event) = line.split_once(" : ").expect("a period, then an event");
        assert!(!event.contains([':', '<', '%', '"', '`']), "it means something: {line}");
        assert_eq!(decoded(event), if title.is_empty() { "…" } else { title }, "{line}");
    }
}

/// Numbered entities as characters; what is no entity stays.
fn decoded(words: &str) -> String {
    let mut parts = words.split('#');
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (number, rest) = part.split_once(';').expect("`#` is the start of an entity");
        let code: u32 = number.parse().expect("a number");
        out.push(char::from_u32(code).expect("a character"));
        out += rest;
    }
    out
}
