//! Timelines made by hand, to try documents on: one whose words try to be everything but
//! words (`fixtures/hostile.jsonl`), and one of many events.

use dateline_model::{
    Citation, Conflict, ConflictValue, Corroboration, Cut, DateBasis, DateSaid, Dating, Event,
    EventId, EventKind, Failure, Grain, Interval, Joined, Metadata, Modality, Moment, Party, Place,
    SetAside, SetAsideReason, Shape, SourceInfo, SourceStore, Timeline, TimexType, Told, When,
};
use dateline_text::{Source, TextRange};

use crate::fixtures::{folder, read_text};

/// A timeline and its texts.
pub type Made = (Timeline, SourceStore);

/// Words that have hurt programs before: each with its kind.
pub fn hostile_words() -> Vec<(String, String)> {
    let rows = read_text(&folder().join("hostile.jsonl"));
    let rows = rows.lines().map(|row| {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row is an object");
        let field = |name: &str| row[name].as_str().expect("a row has kind and text").to_string();
        (field("kind"), field("text"))
    });
    rows.collect()
}

/// An event for each of the hostile words, which are its title, its quote, its speaker, and
/// the names of who and where; and a source for each kind, of which they are the label, the
/// title, the publisher, the author and the address.
pub fn hostile() -> Made {
    let words = hostile_words();
    let mut kinds: Vec<&str> = words.iter().map(|(kind, _)| kind.as_str()).collect();
    kinds.dedup();
    let mut made = Made::default();
    for kind in kinds {
        let of_kind: Vec<&str> =
            words.iter().filter(|(of, _)| of == kind).map(|(_, text)| text.as_str()).collect();
        // A passage of its own for each, so that the words stand alone in the text.
        let text = of_kind.iter().map(|text| format!("{text}\n\n")).collect::<String>();
        let name = of_kind[of_kind.len() / 2];
        let source = add_source(&mut made, text, name);
        let mut at = 0;
        for (number, text) in of_kind.iter().enumerate() {
            let range = TextRange::at(at, at + text.len()).expect("in order");
            at += text.len() + 2;
            let seed = made.0.events.len();
            add_event(&mut made, Cut { source, range }, text, seed, number % 2 == 1);
        }
    }
    made.0
        .failures
        .push(Failure { label: "<b>.txt".into(), reason: "\u{202E}no & \"none\"".into() });
    finish(made)
}

/// A timeline of `count` plain events over ten years, of one source for each hundred.
pub fn many(count: usize) -> Made {
    const VERBS: [&str; 8] =
        ["met", "signed", "opened", "struck", "warned", "elected", "closed", "reached"];
    const THINGS: [&str; 7] =
        ["the treaty", "a new line", "the port", "an accord", "the dam", "the vote", "the strike"];
    const PLACES: [&str; 5] = ["Vilnius", "Geneva", "The Hague", "Doha", "Istanbul"];
    let sentence = |at: usize| {
        format!(
            "Envoy {} {} {} in {} on day {at}, as officials of both sides said at length.",
            at % 97,
            VERBS[at % VERBS.len()],
            THINGS[at / 3 % THINGS.len()],
            PLACES[at / 5 % PLACES.len()]
        )
    };
    let mut made = Made::default();
    for first in (0..count).step_by(100) {
        let sentences: Vec<String> = (first..count.min(first + 100)).map(sentence).collect();
        let source = add_source(&mut made, sentences.join("\n"), "The Daily Example");
        let mut at = 0;
        for (number, words) in sentences.iter().enumerate() {
            let range = TextRange::at(at, at + words.len()).expect("in order");
            at += words.len() + 1;
            let place = PLACES[(first + number) / 5 % PLACES.len()];
            add_event(&mut made, Cut { source, range }, place, first + number, false);
        }
    }
    finish(made)
}

fn add_source((timeline, store): &mut Made, text: String, name: &str) -> dateline_text::SourceId {
    let source = Source::from_utf8(text);
    let number = timeline.sources.len();
    let id = source.id();
    timeline.sources.push(SourceInfo {
        id,
        copy_of: None,
        label: format!("{number:02}/{name}"),
        sha256: source.sha256().to_string(),
        metadata: Metadata {
            title: Some(name.to_string()),
            publisher: Some(name.to_string()),
            authors: vec![name.to_string(), "A. Writer".into()],
            url: Some(match number % 3 {
                0 => name.to_string(),
                1 => "javascript:alert(0)".into(),
                _ => format!("https://example.org/{number}?a=1&b=\"2\""),
            }),
            licence: Some(name.to_string()),
            ..Metadata::default()
        },
        published: moment("2025-06-03T10:00+02:00"),
        language: Some("en".into()),
        reference: dateline_model::Reference {
            moment: moment("2025-06-03"),
            ..dateline_model::Reference::default()
        },
    });
    store.insert(source);
    id
}

fn moment(words: &str) -> Option<Moment> {
    words.parse().ok()
}

/// Bounds of every kind: a day, days, months, open ends, clock times, nothing.
fn bounds(seed: usize) -> Interval {
    let (year, month, day) = (2016 + seed % 10, 1 + seed / 10 % 12, 1 + seed / 7 % 28);
    let date = format!("{year}-{month:02}-{day:02}");
    let (from, to) = match seed % 11 {
        0 => (format!("{year}-{month:02}-01"), format!("{year}-{month:02}-28")),
        1 => (format!("{year}-01-01"), format!("{year}-12-31")),
        2 => (String::new(), date),
        3 => (date, String::new()),
        4 => (format!("{date}T09:30+02:00"), format!("{date}T11:00+02:00")),
        5 => (format!("{date}T23:45-05:00"), format!("{date}T23:45-05:00")),
        6 => (format!("{date}T08:15"), format!("{date}T08:15")),
        7 if seed % 2 == 1 => (String::new(), String::new()),
        8 => (date, format!("{year}-12-31")),
        _ => (date.clone(), date),
    };
    Interval::new(moment(&from), moment(&to)).expect("in order")
}

fn add_event((timeline, _): &mut Made, cut: Cut, name: &str, seed: usize, retitled: bool) {
    let interval = bounds(seed);
    let shape = if seed.is_multiple_of(4) { Shape::Throughout } else { Shape::Within };
    let kind = EventKind::ALL[seed % 4];
    let party = |name: &str| Party { name: name.into(), as_written: cut, basis: Joined::Text };
    let told = Told {
        reported: moment("2025-06-02"),
        source: cut.source,
        modality: Modality::Planned,
        interval,
    };
    let value = |interval| ConflictValue {
        interval,
        sources: vec![cut.source],
        after: vec![(cut.source, name.to_string())],
    };
    let conflict =
        Conflict { about: "when".into(), values: vec![value(interval), value(bounds(seed + 1))] };
    timeline.events.push(Event {
        id: EventId(dateline_text::source::short_hash(format!("made {seed}").as_bytes())),
        formerly: vec![EventId(dateline_text::source::short_hash(
            format!("was {seed}").as_bytes(),
        ))],
        when: When {
            interval,
            shape,
            grain: Some(Grain::Day),
            approximate: seed.is_multiple_of(13),
            dating: Dating::Stated,
            placed: interval.latest().or(interval.earliest()),
            alternatives: if seed.is_multiple_of(5) { vec![bounds(seed + 2)] } else { Vec::new() },
            basis: vec![(cut, DateBasis::Clause)],
        },
        kind,
        title: cut,
        retitled: retitled.then(|| name.to_string()),
        summary: vec![cut],
        on_topic: !seed.is_multiple_of(9),
        topic_reason: None,
        who: vec![party(name), party("Envoy")],
        places: vec![Place {
            name: name.to_string(),
            as_written: cut,
            basis: Joined::Table,
            country: Some(name.to_string()),
            coordinates: (!seed.is_multiple_of(3)).then_some((52_080_000, 4_310_000 + seed as i32)),
        }],
        citations: vec![Citation {
            cut,
            modality: Modality::Occurred,
            speaker: Some(name.to_string()),
            dates: vec![DateSaid {
                range: cut.range,
                kind: TimexType::Date,
                value: "2025-06-24".into(),
            }],
            interval,
            dating: Dating::Stated,
        }],
        corroboration: Corroboration {
            sources: 1,
            publishers: 1,
            independent: 1,
            first: moment("2025-06-03"),
            last: moment("2025-06-04"),
        },
        conflicts: if seed.is_multiple_of(6) { vec![conflict] } else { Vec::new() },
        history: if seed.is_multiple_of(8) { vec![told] } else { Vec::new() },
        importance: (seed % 50) as u32,
        decisions: Vec::new(),
    });
}

fn finish((mut timeline, store): Made) -> Made {
    let aside = timeline.events.iter().take(5).map(|event| {
        let Cut { source, range } = event.title;
        (source, SetAside { range, reason: SetAsideReason::Noise })
    });
    timeline.set_aside = aside.collect();
    timeline.events.sort_by_key(|event| (event.when.placed.is_none(), event.when.placed, event.id));
    timeline.account.briefs = timeline.sources.len() as u32;
    (timeline, store)
}
