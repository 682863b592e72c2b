//! The state that a page hands to its own program, as JSON in a script: the records of its
//! stories, of which one bears the page's own title.

use serde_json::{Deserializer, Map, Value};

/// Records deeper than this are not looked at.
const DEEPEST: usize = 64;
/// How far into a script the value that it assigns begins, at most, in bytes.
const REACH: usize = 200;

/// Keys under which a record has its title, and the title in a record of its own.
const TITLES: [&str; 4] = ["title", "headline", "name", "rendered"];

/// Whether a script with these attributes may hold a state: JSON, or an assignment of it.
pub(super) fn is_state(attributes: &str, content: &str) -> bool {
    attributes.contains("application/json") || json(content).starts_with('{')
}

/// What a key and its words say, and how much it is trusted, the least number most.
pub(super) type Wanted<'a, T> = &'a dyn Fn(&str, &str) -> Option<(usize, T)>;

/// What `wanted` trusts most in the first record that has such and whose title is the page's
/// own by `is_own`.
pub(super) fn day<T>(
    content: &str,
    is_own: &dyn Fn(&str) -> bool,
    wanted: Wanted<'_, T>,
) -> Option<T> {
    let value = Deserializer::from_str(json(content)).into_iter::<Value>().next()?.ok()?;
    visit(&value, 0, is_own, wanted)
}

/// What lies behind the sign of an assignment, or all of it.
fn json(content: &str) -> &str {
    let content = content.trim_start();
    if content.starts_with(['{', '[']) {
        return content;
    }
    let head = content.get(..content.floor_char_boundary(REACH)).unwrap_or_default();
    let behind = head.find('=').and_then(|at| content.get(at + 1..));
    behind.unwrap_or_default().trim_start()
}

fn visit<T>(
    value: &Value,
    depth: usize,
    is_own: &dyn Fn(&str) -> bool,
    wanted: Wanted<'_, T>,
) -> Option<T> {
    if depth > DEEPEST {
        return None;
    }
    let deeper = |inner: &Value| visit(inner, depth + 1, is_own, wanted);
    match value {
        Value::Array(list) => list.iter().find_map(deeper),
        Value::Object(record) => {
            let told = |(key, words): (&String, &Value)| match words {
                Value::String(words) => wanted(key, words),
                Value::Number(number) => wanted(key, &number.to_string()),
                _ => None,
            };
            let own = title(record).is_some_and(is_own);
            let days = record.iter().filter(|_| own).filter_map(told);
            let day = days.min_by_key(|(rank, _)| *rank).map(|(_, day)| day);
            day.or_else(|| record.values().find_map(deeper))
        }
        _ => None,
    }
}

fn title(record: &Map<String, Value>) -> Option<&str> {
    TITLES.iter().find_map(|key| match record.get(*key)? {
        Value::String(title) => Some(title.as_str()),
        Value::Object(inner) => TITLES.iter().find_map(|key| inner.get(*key)?.as_str()),
        _ => None,
    })
}
