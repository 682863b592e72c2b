//! EDTF (ISO 8601-2:2019), level 1, as far as a timeline uses it: days, months, years and
//! times, about (`~`), and intervals with an unknown end.

use dateline_model::Moment;
use serde_json::Value;

/// Checks every `edtf` in a document, however deep.
pub(super) fn check_all(value: &Value) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match value {
                    Value::String(words) if name == "edtf" => check(words),
                    _ => check_all(value),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(check_all),
        _ => {}
    }
}

/// Fails where `words` is no EDTF; nothing at all is right where nothing is known.
pub(super) fn check(words: &str) {
    let right = match words.split_once('/') {
        _ if words.is_empty() => true,
        Some((from, to)) => {
            let known = [from, to].iter().filter(|end| !end.is_empty()).count();
            let dates = [from, to].iter().all(|end| end.is_empty() || is_date(end));
            known > 0 && dates && (from.is_empty() || to.is_empty() || from <= to)
        }
        None => is_date(words) || is_time(words),
    };
    assert!(right, "`{words}` is no EDTF");
}

fn is_date(words: &str) -> bool {
    let words = words.strip_suffix('~').unwrap_or(words);
    let unsigned = words.strip_prefix('-').unwrap_or(words);
    let parts: Vec<&str> = unsigned.split('-').collect();
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2) && ("01"..="12").contains(month),
        [_, _, _] => words.starts_with('-') || super::is_day(words),
        _ => false,
    }
}

/// A clock time is never approximate: level 1 has the mark for dates only.
fn is_time(words: &str) -> bool {
    let seconds = words.get(16..19).is_some_and(|part| part.starts_with(':'));
    seconds && matches!(words.parse(), Ok(Moment::Time { .. }))
}
