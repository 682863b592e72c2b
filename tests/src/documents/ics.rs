//! iCalendar, line by line (RFC 5545): its readers take nearly everything, so that a calendar
//! which one program shows is lost in another.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde_json::Value;

use super::{list, unique, words};

const STATUS: [&str; 3] = ["TENTATIVE", "CONFIRMED", "CANCELLED"];

pub(super) fn check(bytes: &[u8], events: &Value) {
    let lines = unfolded(bytes);
    let lines: Vec<(&str, &str, &str)> = lines.iter().map(|line| content(line)).collect();
    let (first, last) = (lines.first().expect("a calendar has lines"), lines.last());
    assert_eq!(*first, ("BEGIN", "", "VCALENDAR"));
    assert_eq!(last, Some(&("END", "", "VCALENDAR")));
    let mut entries: Vec<BTreeMap<&str, (&str, &str)>> = vec![BTreeMap::new()];
    let mut open = Vec::new();
    for (name, parameters, value) in lines {
        match name {
            "BEGIN" => {
                open.push(value);
                if value == "VEVENT" {
                    assert_eq!(open, ["VCALENDAR", "VEVENT"], "events do not nest");
                    entries.push(BTreeMap::new());
                }
            }
            "END" => assert_eq!(open.pop(), Some(value), "what ends was begun"),
            _ => {
                let entry = if open.len() > 1 { entries.last_mut() } else { entries.first_mut() };
                let entry = entry.expect("there is the calendar itself");
                assert!(entry.insert(name, (parameters, value)).is_none(), "{name} twice");
            }
        }
    }
    let calendar = entries.remove(0);
    assert_eq!(calendar["VERSION"].1, "2.0");
    assert!(calendar["PRODID"].1.starts_with("-//"), "{}", calendar["PRODID"].1);
    unique("the UID", entries.iter().map(|entry| entry["UID"].1));
    entries.iter().for_each(entry);
    let titles: Vec<String> = entries.iter().map(|entry| text(entry["SUMMARY"].1)).collect();
    let mut all = list(events).iter().map(|event| words(&event["title"]));
    for title in &titles {
        // Those without a day are left out, the others are in order.
        assert!(all.any(|known| known == title), "`{title}` is no title, or out of order");
    }
}

fn entry(entry: &BTreeMap<&str, (&str, &str)>) {
    let stamp = entry["DTSTAMP"];
    assert!(stamp.0.is_empty() && stamp.1.ends_with('Z'), "{stamp:?}");
    time(stamp.1);
    let start = entry["DTSTART"];
    let end = entry.get("DTEND");
    if start.0 == "VALUE=DATE" {
        let end = end.expect("whole days end");
        assert_eq!(end.0, "VALUE=DATE");
        assert!(day(start.1) < day(end.1), "{start:?} {end:?}: the end is exclusive");
    } else {
        assert!(start.0.is_empty(), "{start:?}");
        if let Some(end) = end {
            assert_eq!(start.1.ends_with('Z'), end.1.ends_with('Z'), "one zone: {start:?} {end:?}");
            assert!(time(start.1) < time(end.1), "{start:?} {end:?}");
        } else {
            time(start.1);
        }
    }
    assert!(STATUS.contains(&entry["STATUS"].1), "{:?}", entry["STATUS"]);
    for name in ["SUMMARY", "DESCRIPTION", "LOCATION"] {
        if let Some((_, value)) = entry.get(name) {
            text(value);
        }
    }
    if let Some((_, value)) = entry.get("GEO") {
        let (lat, lon) = value.split_once(';').expect("two numbers");
        let degrees = |number: &str| number.parse::<f64>().expect("degrees").abs();
        assert!(degrees(lat) <= 90.0 && degrees(lon) <= 180.0, "{value}");
    }
}

/// The content lines. No line has more than 75 octets, none is cut inside a character.
fn unfolded(bytes: &[u8]) -> Vec<String> {
    let all = bytes.strip_suffix(b"\r\n").expect("the last line ends as the others do");
    let mut out: Vec<String> = Vec::new();
    for line in all.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        assert!(line.len() <= 75, "a line of {} octets", line.len());
        let line = std::str::from_utf8(line).expect("a line is whole characters");
        assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "control in {line:?}");
        match line.strip_prefix(' ') {
            Some(more) => out.last_mut().expect("something to go on with").push_str(more),
            None => out.push(line.to_string()),
        }
    }
    assert_eq!(
        bytes.iter().filter(|byte| **byte == b'\n').count(),
        bytes.windows(2).filter(|pair| pair == b"\r\n").count(),
        "every line ends with CR LF"
    );
    out
}

/// Name, parameters and value of a content line.
fn content(line: &str) -> (&str, &str, &str) {
    let (head, value) = line.split_once(':').unwrap_or_else(|| panic!("no value: {line}"));
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let letters = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    assert!(!name.is_empty() && name.chars().all(letters), "no name: {line}");
    (name, parameters, value)
}

fn day(words: &str) -> Date {
    assert!(words.len() == 8 && words.bytes().all(|b| b.is_ascii_digit()), "no day: {words}");
    words.parse().unwrap_or_else(|why| panic!("no day: {words}: {why}"))
}

fn time(words: &str) -> DateTime {
    let words = words.strip_suffix('Z').unwrap_or(words);
    assert!(words.len() == 15 && words.as_bytes()[8] == b'T', "no time: {words}");
    words.parse().unwrap_or_else(|why| panic!("no time: {words}: {why}"))
}

/// A text as meant; fails where an escape is none (section 3.3.11).
fn text(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("escape of {other:?} in {value}"),
            },
            (';' | ',', _) => panic!("`{c}` is not escaped in {value}"),
            _ => out.push(c),
        }
    }
    out
}
