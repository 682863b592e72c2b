//! The documents with markup: what comes from sources is text in them, and every event can be
//! linked to.

use serde_json::Value;

use super::{list, unique, words};

/// The values of `name="…"` in the tags of a page.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=\"");
    let values = page.split(mark.as_str()).skip(1);
    values.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The page: a policy, no address but links, and an anchor for each event.
pub(super) fn html(page: &str, events: &Value) {
    assert!(page.starts_with("<!doctype html>"));
    let policy = page.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1);
    let policy = policy.and_then(|rest| rest.split('"').next()).expect("a policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    for name in ["src", "srcset", "action", "formaction", "style", "onclick", "onload"] {
        assert_eq!(attributes(page, name), [] as [&str; 0], "{name}");
    }
    for href in attributes(page, "href") {
        let link =
            href.starts_with('#') || href.starts_with("https://") || href.starts_with("http://");
        assert!(link, "a link to {href}");
    }
    let ids = attributes(page, "id");
    unique("the anchor", ids.iter().copied());
    for event in list(events) {
        let former = list(&event["formerly"]).iter();
        for id in former.chain([&event["id"]]) {
            assert!(ids.contains(&words(id)), "no anchor for {id}");
        }
    }
    for tag in ["script", "style", "body", "main"] {
        let opened = page.matches(&format!("<{tag}>")).count();
        assert!(opened <= 1 && page.matches(&format!("</{tag}>")).count() == opened, "{tag}");
    }
}

/// Markdown: no markup of HTML but our own first line.
pub(super) fn markdown(text: &str, events: &Value) {
    let body = text.split_once("-->").expect("a first line").1;
    assert!(!body.contains('<'), "HTML in Markdown");
    let bare = body.replace("\\\\", "").replace("\\]", "");
    assert!(!bare.contains("](") && !bare.contains("://"), "a link in Markdown");
    let entries = body.lines().filter(|line| line.starts_with("- **")).count();
    assert!(entries >= list(events).len(), "an entry an event");
}

/// Atom: tags are ours alone, and what RFC 4287 asks for is there.
pub(super) fn atom(feed: &str, events: &Value) {
    well_formed(feed);
    let count = |tag: &str| feed.matches(tag).count();
    let events = list(events);
    for tag in ["<entry>", "<published>", "<summary>"] {
        assert_eq!(count(tag), events.len(), "{tag}");
    }
    for tag in ["<id>", "<title>", "<updated>"] {
        assert_eq!(count(tag), events.len() + 1, "{tag}");
    }
    let ids = feed.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap_or_default());
    unique("the id", ids);
}

/// TimeML, one or more documents one behind another.
pub(super) fn timeml(documents: &str) {
    for document in documents.split_inclusive("</TimeML>\n") {
        well_formed(document);
    }
}

/// Tags nest and are closed, references are known, and no character is forbidden (XML 1.0).
fn well_formed(xml: &str) {
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a head");
    let forbidden =
        |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
    assert!(!body.contains(forbidden) && !body.contains(['\u{fffe}', '\u{ffff}']));
    let mut open: Vec<&str> = Vec::new();
    for (number, part) in body.split('<').enumerate() {
        let (tag, text) =
            if number == 0 { ("", part) } else { part.split_once('>').expect("a tag ends") };
        let mut references = tag.split('&').skip(1).chain(text.split('&').skip(1));
        assert!(
            references.all(|rest| {
                let name = rest.split_once(';').map_or("", |(name, _)| name);
                matches!(name, "amp" | "lt" | "gt" | "quot" | "#39" | "#13")
            }),
            "a reference in {part}"
        );
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default();
        match () {
            () if number == 0 || tag.ends_with('/') => {}
            () if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "in {part}"),
            () => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed");
}
