//! The documents that are JSON, each by the rules of its format.

use serde_json::Value;

use super::{edtf, list, placed, unique, words};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("no JSON: {why}"))
}

/// Fails where there is a null, however deep: some readers drop all for one.
fn no_null(value: &Value) {
    match value {
        Value::Null => panic!("a null"),
        Value::Array(list) => list.iter().for_each(no_null),
        Value::Object(map) => map.values().for_each(no_null),
        _ => {}
    }
}

/// HTML text as it is read.
fn unescaped(html: &str) -> String {
    let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    assert!(!html.contains(['<', '>']), "markup in {html}");
    plain.replace("&#39;", "'").replace("&amp;", "&")
}

fn titles<'a>(events: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
    events.into_iter().map(|event| words(&event["title"]).to_string()).collect()
}

/// `events.jsonl`: each line stands on its own.
pub(super) fn lines(text: &str, events: &Value) {
    assert_eq!(text.lines().count(), list(events).len(), "a line an event");
    for (line, event) in text.lines().zip(list(events)) {
        let line = read(line);
        assert_eq!(line["schema"], "dateline.event/1");
        for (name, value) in event.as_object().expect("an event is an object") {
            if name != "decisions" {
                assert_eq!(&line[name], value, "{name}");
            }
        }
        for citation in list(&event["citations"]) {
            let known = list(&line["sources"]).iter().any(|one| one["id"] == citation["source"]);
            assert!(known, "a source that the line does not tell of");
        }
    }
}

/// TimelineJS drops a whole timeline for one null.
pub(super) fn timelinejs(text: &str, events: &Value) {
    let story = read(text);
    no_null(&story);
    let slides = list(&story["events"]);
    let all = slides.iter().chain([&story["title"]]);
    unique("the slide", all.map(|slide| words(&slide["unique_id"])));
    let heads = slides.iter().map(|slide| unescaped(words(&slide["text"]["headline"])));
    assert_eq!(heads.collect::<Vec<_>>(), titles(placed(events)));
    for slide in slides {
        let date = |name: &str| {
            let part = |part: &str| slide[name][part].as_i64();
            let day = [part("year"), part("month"), part("day")].map(|part| part.expect("a day"));
            (day, part("hour").unwrap_or(0), part("minute").unwrap_or(0))
        };
        let ([_, month, day], hour, minute) = date("start_date");
        assert!((1..=12).contains(&month) && (1..=31).contains(&day), "{slide}");
        assert!((0..24).contains(&hour) && (0..60).contains(&minute), "{slide}");
        if slide.get("end_date").is_some() {
            assert!(date("start_date") <= date("end_date"), "{slide}");
        }
    }
}

/// vis-timeline.
pub(super) fn vis(text: &str, events: &Value) {
    let view = read(text);
    no_null(&view);
    let items = list(&view["items"]);
    unique("the item", items.iter().map(|item| words(&item["id"])));
    let heads = items.iter().map(|item| unescaped(words(&item["content"])));
    assert_eq!(heads.collect::<Vec<_>>(), titles(placed(events)));
    for item in items {
        edtf::check(words(&item["edtf"]));
        unescaped(words(&item["title"]));
        assert!(list(&view["groups"]).iter().any(|group| group["id"] == item["group"]), "{item}");
        match words(&item["type"]) {
            "range" => assert!(words(&item["start"]) < words(&item["end"]), "{item}"),
            "box" => assert!(item.get("end").is_none(), "{item}"),
            other => panic!("a type {other}"),
        }
    }
}

/// RFC 7946.
pub(super) fn geojson(text: &str, events: &Value) {
    let map = read(text);
    assert_eq!(map["type"], "FeatureCollection");
    let features = list(&map["features"]);
    unique("the feature", features.iter().map(|feature| words(&feature["id"])));
    let located =
        |event: &&Value| list(&event["where"]).iter().any(|place| !place["lat"].is_null());
    let located: Vec<&Value> = list(events).iter().filter(located).collect();
    assert_eq!(features.len(), located.len());
    for (feature, event) in features.iter().zip(located) {
        assert_eq!(feature["type"], "Feature");
        assert_eq!(feature["properties"]["title"], event["title"]);
        let coordinates = &feature["geometry"]["coordinates"];
        let points = match words(&feature["geometry"]["type"]) {
            "Point" => std::slice::from_ref(coordinates),
            "MultiPoint" => list(coordinates),
            other => panic!("a geometry {other}"),
        };
        for point in points {
            let degrees = |at: usize| point[at].as_f64().expect("degrees").abs();
            assert!(degrees(0) <= 180.0 && degrees(1) <= 90.0, "{point}");
            assert_eq!(list(point).len(), 2);
        }
    }
}

/// JSON Feed 1.1.
pub(super) fn feed(text: &str, events: &Value) {
    let feed = read(text);
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let items = list(&feed["items"]);
    unique("the item", items.iter().map(|item| words(&item["id"])));
    assert_eq!(titles(items), titles(list(events)));
    for item in items {
        assert!(!words(&item["content_text"]).is_empty());
        for name in ["date_published", "date_modified"] {
            let moment: Result<dateline_model::Moment, _> = words(&item[name]).parse();
            assert!(moment.is_ok_and(|at| at.is_time()), "{name}: {}", item[name]);
        }
        let url = item.get("external_url").map_or("https://", words);
        assert!(url.starts_with("https://") || url.starts_with("http://"), "{url}");
    }
}

/// JSON-LD: every node that is named is there, and no node but one has a name.
pub(super) fn linked(text: &str, events: &Value) {
    let graph = read(text);
    no_null(&graph);
    let nodes = list(&graph["@graph"]);
    unique("the node", nodes.iter().map(|node| words(&node["@id"])));
    let of =
        |kind: &str| nodes.iter().filter(move |node| node["@type"] == kind).collect::<Vec<_>>();
    let names = |node: &&Value| node.get("name").map_or("", words).to_string();
    let named = titles(list(events));
    assert_eq!(of("Event").iter().map(names).collect::<Vec<_>>(), named);
    let known = |id: &Value| nodes.iter().any(|node| node["@id"] == *id);
    for item in list(&of("ItemList")[0]["itemListElement"]) {
        assert!(known(&item["item"]["@id"]), "{item}");
    }
    for quotation in of("Event").iter().flat_map(|event| list(&event["subjectOf"])) {
        assert!(known(&quotation["isPartOf"]["@id"]), "{quotation}");
    }
}

/// W3C Web Annotation: quotes are those of the timeline, positions as long as they.
pub(super) fn annotations(text: &str, events: &Value) {
    let collection = read(text);
    let items = list(&collection["first"]["items"]);
    assert_eq!(collection["total"], items.len());
    unique("the annotation", items.iter().map(|item| words(&item["id"])));
    let cited = list(events).iter().flat_map(|event| list(&event["citations"]));
    let cited: Vec<&Value> = cited.collect();
    assert_eq!(items.len(), cited.len(), "an annotation a citation");
    for (item, citation) in items.iter().zip(cited) {
        let selectors = list(&item["target"]["selector"]);
        let exact = words(&selectors[0]["exact"]);
        assert_eq!(exact, words(&citation["quote"]));
        let bound = |name: &str| selectors[1][name].as_u64().expect("a position");
        assert_eq!(bound("end") - bound("start"), exact.chars().count() as u64, "code points");
    }
}

/// CSL-JSON.
pub(super) fn bibliography(text: &str, sources: &Value) {
    const TYPES: [&str; 3] = ["article-newspaper", "webpage", "document"];
    let items = read(text);
    no_null(&items);
    assert_eq!(list(&items).len(), list(sources).len(), "an item a source");
    for (item, source) in list(&items).iter().zip(list(sources)) {
        assert_eq!(item["id"], source["id"]);
        assert!(TYPES.contains(&words(&item["type"])) && !words(&item["title"]).is_empty());
        let url = item.get("URL").map_or("https://", words);
        assert!(url.starts_with("https://") || url.starts_with("http://"), "{url}");
    }
}
