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
    let document = Document::new(&timeline, &store, &header);
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

/// What the readers of the formats were seen to take for something else.
mod clients {
    use dateline_model::Moment;

    use super::*;
    use crate::{geojson, ics, jsonfeed, markwhen, timelinejs, timeml};

    /// The hostile timeline with this title and these bounds, as `write` has it.
    fn titled(
        title: &str,
        bounds: (&str, &str),
        write: fn(&Document<'_>, &mut Vec<u8>) -> std::io::Result<Vec<Loss>>,
    ) -> String {
        let (mut timeline, store) = hostile();
        timeline.events[0].retitled = Some(title.into());
        timeline.events[0].when.interval = interval(bounds.0, bounds.1);
        let (header, mut out) = (Header::default(), Vec::new());
        let document = Document::new(&timeline, &store, &header);
        write(&document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn edtf_has_no_clock_time_that_is_approximate() {
        for time in ["2025-07-23T19:00", "2025-07-23T19:00-05:00", "2025-07-23T19:00:01Z"] {
            assert_eq!(edtf::write(interval(time, time), true), "2025-07-23~");
        }
    }

    #[test]
    fn edtf_has_years_of_four_digits_behind_their_sign() {
        let day = |year, month, day| Moment::Day(jiff::civil::date(year, month, day));
        let of = |from, to| edtf::write(Interval::new(Some(from), Some(to)).unwrap(), false);
        assert_eq!(of(day(-44, 3, 15), day(-44, 3, 15)), "-0044-03-15");
        assert_eq!(of(day(-44, 1, 1), day(-44, 12, 31)), "-0044");
        assert_eq!(of(day(33, 4, 1), day(33, 4, 30)), "0033-04");
    }

    #[test]
    fn markwhen_knows_a_slash_between_days_only() {
        let times = ("2025-06-02T10:00+02:00", "2025-06-02T12:00+02:00");
        let text = titled("Talks", times, markwhen::write);
        let line = "2025-06-02T08:00:00Z - 2025-06-02T10:00:00Z: Talks #scheduled\n";
        assert!(text.ends_with(line), "{text}");
        let days = titled("Talks", ("2025-06-02", "2025-06-03"), markwhen::write);
        assert!(days.ends_with("2025-06-02/2025-06-03: Talks #scheduled\n"), "{days}");
    }

    #[test]
    fn markwhen_takes_two_slashes_in_front_for_a_comment() {
        let day = ("2025-06-02", "2025-06-02");
        let text = titled("//host/share //x", day, markwhen::write);
        assert!(text.ends_with(": /\u{2060}/host/share //x #scheduled\n"), "{text}");
    }

    #[test]
    fn markwhen_takes_a_sign_in_its_title_for_a_colour() {
        let (timeline, store) = hostile();
        let header = Header { title: Some("\"Round\" #1".into()), ..Header::default() };
        let mut out = Vec::new();
        let document = Document::new(&timeline, &store, &header);
        markwhen::write(&document, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("---\ntitle: \"\\\"Round\\\" \\u00231\"\n"), "{text}");
    }

    #[test]
    fn timelinejs_takes_the_text_for_a_headline_that_is_empty() {
        let story = titled("\u{200B}", ("2025-06-02", "2025-06-02"), timelinejs::write);
        assert!(story.contains("\"headline\": \"…\""), "{story}");
    }

    #[test]
    fn timelinejs_makes_no_links_of_words() {
        let story = titled("Talks", ("2025-06-02", "2025-06-02"), timelinejs::write);
        assert_eq!(story.matches("\"autolink\": false").count(), 2, "{story}");
    }

    #[test]
    fn a_name_of_which_nothing_is_seen_is_none() {
        let (mut timeline, store) = hostile();
        timeline.events[0].who[0].name = "\u{200B}\0".into();
        timeline.events[0].places[0].name = "\u{2066}\u{2069}".into();
        let header = Header::default();
        let document = Document::new(&timeline, &store, &header);
        let [feed, calendar, map] = [jsonfeed::write, ics::write, geojson::write].map(|write| {
            let mut out = Vec::new();
            write(&document, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
        assert_eq!(feed["items"][0]["tags"], serde_json::json!(["scheduled"]));
        assert!(
            calendar.contains("\r\nCATEGORIES:scheduled\r\n") && !calendar.contains("LOCATION")
        );
        assert!(map.contains("\"who\": []") && map.contains("\"places\": []"));
    }

    #[test]
    fn timeml_keeps_every_mark_that_xml_can_hold() {
        let (mut timeline, _) = hostile();
        let source = Source::from_utf8("a\u{202E}b\u{200B}c\r\nd\u{1}e\u{FFFF} & \"f\" \u{9B}\n");
        timeline.sources[0].id = source.id();
        let mut store = SourceStore::default();
        let id = source.id();
        store.insert(source);
        timeline.events.clear();
        let (header, mut out) = (Header::default(), Vec::new());
        let document = Document::new(&timeline, &store, &header);
        timeml::write(&document, Some(id), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let expect = "<TEXT>a\u{202E}b\u{200B}c&#13;\nde &amp; &quot;f&quot; \u{9B}\n</TEXT>";
        assert!(text.contains(expect), "{text}");
    }
}
