//! Unit tests of the documents, on a small timeline made by hand.

use dateline_model::{
    Account, Citation, Conflict, ConflictValue, Corroboration, Cut, DateBasis, DateSaid, Dating,
    Event, EventId, EventKind, Failure, Grain, Interval, Joined, Modality, Party, Place, Reference,
    ReferenceBasis, SetAside, SetAsideReason, Shape, SourceInfo, SourceStore, Timeline, TimexType,
    When,
};
use dateline_text::{Source, TextRange};

use crate::{Document, Header, Loss, edtf, json, markdown, table};

pub(crate) fn interval(earliest: &str, latest: &str) -> Interval {
    Interval::new(earliest.parse().ok(), latest.parse().ok()).expect("in order")
}

pub(crate) fn find(text: &str, words: &str) -> TextRange {
    let start = text.find(words).expect("the words stand there");
    TextRange::at(start, start + words.len()).expect("in order")
}

pub(crate) fn said(range: TextRange) -> DateSaid {
    DateSaid { range, kind: TimexType::Date, value: "2025-06-24/2025-06-26".into() }
}

/// A timeline of one page whose words try to be markup.
pub(crate) fn hostile() -> (Timeline, SourceStore) {
    let text = "Ad\n<script>alert(1)</script> & [x](javascript:y) met \u{202E}on June 24–26.\n";
    let source = Source::from_utf8(text);
    let id = source.id();
    let sentence =
        find(text, "<script>alert(1)</script> & [x](javascript:y) met \u{202E}on June 24–26.");
    let date = find(text, "June 24–26");
    let when = interval("2025-06-24", "2025-06-26");
    let cut = |range| Cut { source: id, range };
    let event = Event {
        id: EventId(1),
        formerly: vec![EventId(2)],
        when: When {
            interval: when,
            shape: Shape::Throughout,
            grain: Some(Grain::Day),
            approximate: false,
            dating: Dating::Implied,
            placed: "2025-06-24".parse().ok(),
            alternatives: vec![interval("2024-06-24", "2024-06-26")],
            basis: vec![(cut(date), DateBasis::Clause)],
        },
        kind: EventKind::Scheduled,
        title: cut(sentence),
        summary: vec![cut(sentence)],
        on_topic: true,
        topic_reason: None,
        who: vec![Party {
            name: "<b>NATO</b>".into(),
            as_written: cut(date),
            basis: Joined::Table,
        }],
        places: vec![Place {
            name: "The Hague".into(),
            as_written: cut(date),
            basis: Joined::Text,
            country: Some("Netherlands".into()),
            coordinates: Some((52_080_000, 4_310_000)),
        }],
        citations: vec![Citation {
            cut: cut(sentence),
            modality: Modality::Planned,
            speaker: None,
            dates: vec![said(date)],
            interval: when,
            dating: Dating::Implied,
        }],
        corroboration: Corroboration { sources: 1, publishers: 1, ..Corroboration::default() },
        conflicts: vec![Conflict {
            about: "when".into(),
            values: vec![ConflictValue { interval: when, sources: vec![id], after: Vec::new() }],
        }],
        retitled: None,
        history: Vec::new(),
        decisions: Vec::new(),
        importance: 9,
    };
    let noise = SetAside { range: find(text, "Ad"), reason: SetAsideReason::Noise };
    let info = SourceInfo {
        copy_of: None,
        id,
        label: "a<b>.txt".into(),
        sha256: source.sha256().into(),
        metadata: dateline_model::Metadata::default(),
        published: None,
        language: Some("en".into()),
        reference: Reference {
            moment: "2025-06-03".parse().ok(),
            basis: ReferenceBasis::Stamp,
            evidence: None,
        },
    };
    let timeline = Timeline {
        decisions: Vec::new(),
        events: vec![event],
        set_aside: vec![(id, noise)],
        sources: vec![info],
        failures: vec![Failure {
            label: "\"x\".txt".into(),
            reason: "there is no such file".into(),
        }],
        diagnostics: Vec::new(),
        account: Account {
            inputs: 2,
            briefs: 1,
            failures: 1,
            sentences: 2,
            cited: 1,
            set_aside: 1,
        },
    };
    let mut store = SourceStore::default();
    store.insert(source);
    (timeline, store)
}

fn written(write: fn(&Document<'_>, &mut Vec<u8>) -> std::io::Result<Vec<Loss>>) -> String {
    let (timeline, store) = hostile();
    let (header, mut out) = (Header::default(), Vec::new());
    let document = Document { timeline: &timeline, store: &store, header: &header };
    write(&document, &mut out).expect("a vector takes all bytes");
    String::from_utf8(out).expect("documents are UTF-8")
}

#[test]
fn edtf_names_units_and_open_ends() {
    let cases = [
        ("", "", ""),
        ("2025-06-02", "2025-06-02", "2025-06-02"),
        ("2025-06-01", "2025-06-30", "2025-06"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2032-01-01", "2032-12-31", "2032"),
        ("2025-06-24", "2025-06-26", "2025-06-24/2025-06-26"),
        ("2025-01-01", "2025-05-31", "2025-01-01/2025-05-31"),
        ("", "2025-06-03", "/2025-06-03"),
        ("2025-06-03", "", "2025-06-03/"),
        ("2025-06-02T13:00", "2025-06-02T13:00", "2025-06-02T13:00:00"),
        ("2025-06-02T13:00", "2025-06-02T15:00", "2025-06-02"),
        ("2025-06-02T13:00", "2025-06-03T01:00", "2025-06-02/2025-06-03"),
        ("", "2025-06-02T13:00", "/2025-06-02"),
        ("2025-06-02T10:00Z", "2025-06-02T10:00Z", "2025-06-02T10:00:00Z"),
        ("2025-06-02T10:00:30+03:00", "2025-06-02T10:00:30+03:00", "2025-06-02T10:00:30+03:00"),
    ];
    for (earliest, latest, expect) in cases {
        assert_eq!(edtf::write(interval(earliest, latest), false), expect);
    }
    assert_eq!(edtf::write(interval("2025-06-02", "2025-06-02"), true), "2025-06-02~");
    assert_eq!(edtf::write(interval("2025-06-24", "2025-06-26"), true), "2025-06-24~/2025-06-26~");
}

#[test]
fn markdown_takes_hostile_words_as_text() {
    let text = written(markdown::write);
    assert!(text.contains("&lt;script&gt;") && !text.contains("<script>"), "{text}");
    assert!(text.contains("\\[x\\](javascript:y)"), "no link: {text}");
    assert!(text.contains("conflict: 2025-06-24 to 2025-06-26"));
    assert!(text.contains("or: 2024-06-24 to 2024-06-26"));
}

#[test]
fn json_has_the_exact_words_and_their_bytes() {
    let document: serde_json::Value = serde_json::from_str(&written(json::write)).unwrap();
    let citation = &document["events"][0]["citations"][0];
    assert_eq!((citation["line"].as_u64(), citation["column"].as_u64()), (Some(2), Some(1)));
    assert_eq!(citation["dates"][0]["text"], "June 24–26");
    assert_eq!(citation["raw"][0]["start"], citation["start"]);
    assert_eq!(document["events"][0]["where"][0]["lat"], 52.08);
    assert_eq!(document["events"][0]["when"]["edtf"], "2025-06-24/2025-06-26");
    assert_eq!(document["events"][0]["conflicts"][0]["values"][0]["edtf"], "2025-06-24/2025-06-26");
    assert_eq!(document["set_aside"][0]["quote"], "Ad");
    assert_eq!(document["failures"][0]["label"], "\"x\".txt");
    assert!(document["sources"][0]["published"].is_null());
}

#[test]
fn the_table_is_one_line_an_event() {
    let (timeline, store) = hostile();
    let text = table::write(&timeline, &store, 100);
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with("2025-06-24 ! 2025-06-24 to 2025-06-26"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100));
    assert!(!text.contains('\u{202E}'));
    assert_eq!(
        table::account(&timeline),
        "2 inputs: 1 briefs, 1 failed; 2 sentences: 1 cited, 1 set aside; 1 events"
    );
}

#[test]
fn carets_stand_under_their_words() {
    let text = "one\nThey met yesterday, é and today.\n";
    let lines = dateline_text::LineIndex::new(text);
    let note = |words: &str, says: &str| crate::explain::Note {
        range: find(text, words),
        says: says.into(),
    };
    let mut out = Vec::new();
    crate::explain::carets(text, &lines, &[note("yesterday", "A"), note("today", "B")], &mut out)
        .unwrap();
    let expect = "   2 | They met yesterday, é and today.\n     |          ^^^^^^^^^ A\n     |                           ^^^^^ B\n";
    assert_eq!(String::from_utf8(out).unwrap(), expect);
}

#[test]
fn long_words_and_lines_are_cut_around_their_carets() {
    let text = format!("{}\t{}", "a ".repeat(90), "word ".repeat(60));
    let range = TextRange::at(181, text.len() - 1).unwrap();
    let mut out = Vec::new();
    let notes = [crate::explain::Note { range, says: "A".into() }];
    let lines = dateline_text::LineIndex::new(&text);
    crate::explain::carets_from(7, &text, &lines, &notes, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let (line, below) = out.split_once('\n').unwrap();
    assert!(line.starts_with("   7 | …") && line.chars().count() < 190, "{out}");
    assert_eq!(line.find("word"), Some(below.find('^').unwrap() + "…".len() - 1), "{out}");
}

#[test]
fn places_are_those_of_the_line_index() {
    let (mut timeline, _) = hostile();
    let text = format!("{}\nshort\r\n\n{}", "é x".repeat(5000), "–\n".repeat(3000));
    let source = Source::from_utf8(text.clone());
    let id = source.id();
    timeline.sources[0].id = id;
    let mut store = SourceStore::default();
    store.insert(source);
    let places = crate::place::Places::new(&timeline, &store);
    let ends = text.char_indices().map(|(at, _)| at).step_by(97).chain([text.len()]);
    for at in ends {
        let at = u32::try_from(at).unwrap();
        assert_eq!(Some(places.line_column(id, at)), store.line_column(id, at), "byte {at}");
    }
    assert_eq!(places.label(id), "a<b>.txt");
}
