//! JSON Schemas (draft 2020-12) of the contracts. Fields are only added, so every
//! object may have more.

use serde_json::{Map, Value, json};

/// Names of the documents that have a schema.
pub const NAMES: [&str; 7] =
    ["timeline", "event", "parse", "tag", "digest", "clusters", "decisions"];

/// The schema of `name`, one of [`NAMES`].
pub fn of(name: &str) -> Option<Value> {
    let (id, mut properties) = match name {
        "timeline" => ("dateline.timeline/1", timeline()),
        "event" => ("dateline.event/1", event_line()),
        "parse" => ("dateline.parse/1", parse()),
        "tag" => ("dateline.tag/1", tag()),
        "digest" => ("dateline.digest/1", digest()),
        "clusters" => ("dateline.clusters/1", clusters()),
        "decisions" => ("dateline.decisions/1", decision()),
        _ => return None,
    };
    properties.as_object_mut()?.insert("schema".to_string(), json!({ "const": id }));
    let mut schema = object(properties);
    let map = schema.as_object_mut()?;
    map.insert("$schema".to_string(), json!("https://json-schema.org/draft/2020-12/schema"));
    map.insert("title".to_string(), json!(id));
    if name == "decisions" {
        // A line is written by hand too: it says no more than it must.
        map.get_mut("properties")?.as_object_mut()?.remove("schema");
        map.insert("required".to_string(), json!(["decision", "sha256", "quote"]));
    }
    if name == "tag" {
        // Only where they are asked for.
        let properties = map.get_mut("properties")?.as_object_mut()?;
        properties.insert("names".to_string(), list(mentioned()));
        let sentence = object(json!({ "start": count(), "end": count() }));
        properties.insert("sentences".to_string(), list(sentence));
    }
    Some(schema)
}

/// An object in which every property named is required.
fn object(properties: Value) -> Value {
    let required: Vec<String> =
        properties.as_object().map(Map::keys).into_iter().flatten().cloned().collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn optional_text() -> Value {
    json!({ "type": ["string", "null"] })
}

fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn yes_no() -> Value {
    json!({ "type": "boolean" })
}

/// A day or an instant, or null.
fn moment() -> Value {
    let pattern = r"^-?\d{4,6}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$";
    json!({ "type": ["string", "null"], "pattern": pattern })
}

fn one_of(names: &[&str]) -> Value {
    json!({ "enum": names })
}

fn bounds() -> Value {
    object(json!({ "edtf": text(), "earliest": moment(), "latest": moment() }))
}

/// The properties of an event.
fn event() -> Value {
    let when = object(json!({
        "edtf": text(), "earliest": moment(), "latest": moment(),
        "shape": one_of(&["within", "throughout"]),
        "grain": optional_text(), "approximate": yes_no(),
        "dating": one_of(&["stated", "implied", "inferred", "reported", "editor"]),
        "placed": moment(), "alternatives": list(bounds()),
        "basis": list(object(json!({
            "source": text(), "start": count(), "end": count(), "quote": text(), "from": text()
        }))),
    }));
    let party = object(json!({ "name": text(), "as_written": text(), "basis": text() }));
    let degrees = json!({ "type": ["number", "null"] });
    let place = object(json!({
        "name": text(), "as_written": text(), "basis": text(), "country": optional_text(),
        "lat": degrees, "lon": degrees,
    }));
    let citation = object(json!({
        "source": text(), "start": count(), "end": count(),
        "raw": list(object(json!({ "start": count(), "end": count() }))),
        "line": count(), "column": count(), "quote": text(), "modality": text(),
        "speaker": optional_text(),
        "dates": list(object(json!({
            "start": count(), "end": count(), "text": text(),
            "type": one_of(&["DATE", "TIME", "DURATION", "SET"]), "value": text(),
        }))),
    }));
    let value = object(json!({
        "edtf": text(), "earliest": moment(), "latest": moment(), "sources": list(text()),
        "after": list(object(json!({ "source": text(), "speaker": text() }))),
    }));
    let told = object(json!({
        "reported": moment(), "source": text(), "modality": text(), "edtf": text(),
        "earliest": moment(), "latest": moment(),
    }));
    json!({
        "id": text(), "formerly": list(text()), "when": when,
        "kind": one_of(&["happened", "scheduled", "deadline", "background"]),
        "title": text(), "summary": text(), "on_topic": yes_no(),
        "importance": count(), "topic_reason": optional_text(),
        "who": list(party), "where": list(place), "citations": list(citation),
        "corroboration": object(json!({
            "sources": count(), "publishers": count(), "independent": count(),
            "first": moment(), "last": moment(),
        })),
        "history": list(told),
        "conflicts": list(object(json!({ "about": text(), "values": list(value) }))),
        "decisions": list(text()),
    })
}

/// A line of `events.jsonl`.
fn event_line() -> Value {
    let mut properties = event();
    if let Some(map) = properties.as_object_mut() {
        map.insert("sources".to_string(), list(source()));
    }
    properties
}

/// A source of a timeline.
fn source() -> Value {
    object(json!({
        "id": text(), "label": text(), "sha256": text(), "title": optional_text(),
        "publisher": optional_text(), "authors": list(text()), "url": optional_text(),
        "archive_url": optional_text(), "published": moment(), "retrieved": moment(),
        "licence": optional_text(), "language": optional_text(), "reference": moment(),
        "reference_basis": text(), "copy_of": optional_text(),
    }))
}

fn timeline() -> Value {
    let decision = object(json!({
        "line": count(), "decision": text(), "event": optional_text(), "by": optional_text(),
        "note": optional_text(), "message": optional_text(),
    }));
    let aside = object(json!({
        "source": text(), "start": count(), "end": count(), "line": count(), "quote": text(),
        "reason": one_of(&["noise", "no-event", "repeats", "not-understood", "other-language", "withheld", "not-selected"]),
    }));
    json!({
        "generator": text(), "lexicon": text(), "options": { "type": "object" },
        "title": text(), "events": list(object(event())), "set_aside": list(aside), "sources": list(source()),
        "failures": list(object(json!({ "label": text(), "reason": text() }))),
        "diagnostics": { "type": "array" },
        "decisions": list(decision),
        "account": object(json!({
            "inputs": count(), "briefs": count(), "failures": count(), "sentences": count(),
            "cited": count(), "set_aside": count(),
        })),
    })
}

fn parse() -> Value {
    let block = object(json!({ "kind": text(), "start": count(), "end": count(), "text": text() }));
    let brief = object(json!({
        "label": text(),
        "headline": optional_text(), "deck": optional_text(), "published": moment(),
        "reference": moment(), "reference_basis": text(), "language": optional_text(),
        "title": optional_text(), "publisher": optional_text(), "authors": list(text()),
        "url": optional_text(), "archive_url": optional_text(), "retrieved": moment(),
        "licence": optional_text(), "blocks": list(block),
    }));
    json!({ "briefs": list(brief), "diagnostics": { "type": "array" } })
}

fn tag() -> Value {
    let alternative = object(json!({ "value": text(), "earliest": moment(), "latest": moment() }));
    let date = object(json!({
        "start": count(), "end": count(), "text": text(),
        "type": one_of(&["DATE", "TIME", "DURATION", "SET"]),
        "value": text(), "mod": optional_text(), "earliest": moment(), "latest": moment(),
        "grain": optional_text(), "approximate": yes_no(), "rule": text(),
        "implied": { "type": ["object", "null"] }, "alternatives": list(alternative),
        "parts": { "type": "array" },
    }));
    json!({ "reference": moment(), "dates": list(date) })
}

fn mentioned() -> Value {
    let degrees = json!({ "type": ["number", "null"] });
    object(json!({
        "start": count(), "end": count(), "text": text(),
        "kind": one_of(&["person", "organization", "place", "gathering"]),
        "name": text(), "key": text(), "basis": one_of(&["text", "document", "table", "pattern"]),
        "role": optional_text(), "country": optional_text(), "lat": degrees, "lon": degrees,
    }))
}

fn digest() -> Value {
    let quote = object(json!({
        "article": text(), "published": moment(), "sentence": count(), "start": count(),
        "end": count(), "text": text(),
    }));
    let day = object(json!({ "date": moment(), "articles": count(), "sentences": list(quote) }));
    json!({
        "generator": text(), "lexicon": text(), "options": { "type": "object" },
        "articles": count(), "days": list(day),
    })
}

fn clusters() -> Value {
    let mention = object(json!({
        "id": text(), "article": text(), "text": text(), "chain": count(), "earliest": moment(),
        "latest": moment(), "basis": text(), "placed": moment(),
    }));
    json!({
        "generator": text(), "lexicon": text(), "options": { "type": "object" },
        "articles": count(), "clusters": list(list(text())), "mentions": list(mention),
    })
}

fn decision() -> Value {
    let key = json!({
        "type": "object", "required": ["sha256", "quote"],
        "properties": {
            "sha256": text(), "quote": text(), "title": optional_text(), "event": optional_text(),
        },
    });
    let names = ["set-date", "merge", "split", "hide", "retitle", "confirm"];
    json!({
        "decision": one_of(&names), "sha256": text(), "quote": text(), "title": optional_text(),
        "event": optional_text(), "earliest": moment(), "latest": moment(), "with": list(key), "new_title": optional_text(),
        "by": optional_text(), "note": optional_text(),
    })
}
