//! The table, by RFC 4180: records end with CR LF, all have as many cells, a quote stands only
//! around a cell or doubled within.

use dateline_export::csv::{COLUMNS, read};
use serde_json::Value;

use super::{is_day, list, words};

pub(super) fn check(bytes: &[u8], events: &Value) {
    let records = records(std::str::from_utf8(bytes).expect("a table is UTF-8"));
    assert_eq!(records[0], COLUMNS);
    assert_eq!(records.len() - 1, list(events).len(), "a row an event");
    let again = read(bytes).expect("memory can be read");
    assert!(again.wrong.is_empty(), "{:?}", again.wrong);
    for ((record, event), row) in records.iter().skip(1).zip(list(events)).zip(&again.rows) {
        assert_eq!(record.len(), COLUMNS.len(), "as many cells as columns");
        let cell = |name: &str| {
            let at = COLUMNS.iter().position(|column| *column == name).expect("a column");
            record[at].as_str()
        };
        assert_eq!(cell("id"), words(&event["id"]));
        assert_eq!(cell("title"), words(&event["title"]));
        assert_eq!(cell("edtf"), words(&event["when"]["edtf"]));
        for name in ["earliest", "latest", "placed"] {
            let day = cell(name);
            assert!(day.is_empty() || is_day(day) || day.starts_with('-'), "no day: {day}");
            let known = event["when"][name].as_str().unwrap_or("");
            assert!(known.starts_with(day), "{name} is {known}, not {day}");
        }
        assert_eq!(row.cell("title"), cell("title").trim(), "what is written is read");
    }
}

/// The records of a table, read by the grammar of RFC 4180, section 2.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut out, mut record, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let (cell, behind) = cell(rest);
        record.push(cell);
        if let Some(next) = behind.strip_prefix("\r\n") {
            out.push(std::mem::take(&mut record));
            rest = next;
        } else {
            rest =
                behind.strip_prefix(',').unwrap_or_else(|| panic!("behind a cell: {behind:.20}"));
        }
    }
    assert!(record.is_empty(), "the last record ends as the others do");
    out
}

fn cell(text: &str) -> (String, &str) {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\r', '\n', '"']).expect("a cell ends");
        return (text[..end].to_string(), &text[end..]);
    };
    let mut out = String::new();
    loop {
        let (head, behind) = rest.split_once('"').expect("a quoted cell ends");
        out += head;
        match behind.strip_prefix('"') {
            Some(more) => {
                out.push('"');
                rest = more;
            }
            None => return (out, behind),
        }
    }
}
