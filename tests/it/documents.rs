//! Every document of every timeline, by the strict rules of its format: of the fixtures, of
//! hostile words, of many events.

use dateline_export::{Document, Format, Header};
use dateline_pipeline::{Options, run};
use dateline_tests::checks::LEXICONS;
use dateline_tests::documents::check;
use dateline_tests::fixtures;
use dateline_tests::made::{self, Made};

fn documents((timeline, store): &Made) {
    let header = Header {
        generator: "dateline \"<test>\"".into(),
        title: Some("</title><script>alert(1)</script> & \u{202E}a\nb: #c".into()),
        ..Header::default()
    };
    check(&Document::new(timeline, store, &header));
}

#[test]
fn of_the_fixtures() {
    let inputs = fixtures::briefs().iter().map(|fixture| Ok(fixture.input())).collect();
    documents(&run(inputs, &LEXICONS, &Options::default(), &|| ()));
}

#[test]
fn of_hostile_words() {
    let words = made::hostile_words();
    assert!(words.len() >= 200, "at least two hundred");
    documents(&made::hostile());
}

#[test]
fn of_many_events() {
    documents(&made::many(500));
}

#[test]
fn of_nothing() {
    documents(&Made::default());
}

#[test]
fn hostile_words_are_quoted_as_they_stand() {
    let made = made::hostile();
    let header = Header::default();
    let document = Document::new(&made.0, &made.1, &header);
    let mut out = Vec::new();
    dateline_export::json::write(&document, &mut out).expect("memory can be written to");
    let whole: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
    let events = whole["events"].as_array().expect("events");
    let mut quotes: Vec<&str> = events
        .iter()
        .map(|event| event["citations"][0]["quote"].as_str().expect("words"))
        .collect();
    let words = made::hostile_words();
    let mut words: Vec<&str> = words.iter().map(|(_, text)| text.as_str()).collect();
    quotes.sort_unstable();
    words.sort_unstable();
    assert_eq!(quotes, words);
}

#[test]
fn the_same_timeline_gives_the_same_bytes() {
    let (timeline, store) = made::hostile();
    let header = Header::default();
    let document = Document::new(&timeline, &store, &header);
    for format in Format::ALL {
        for file in format.files(&document) {
            let write = || {
                let mut out = Vec::new();
                format.write(&file, &document, &mut out).expect("memory can be written to");
                out
            };
            assert!(write() == write(), "{} differs", file.name);
        }
    }
}
