//! Unit tests of the page, on small timelines made by hand.

use std::collections::BTreeSet;

use dateline_model::{
    Action, Conflict, ConflictValue, DateBasis, Dating, Decided, Decision, Diagnostic, Event,
    EventId, EventKind, Interval, Key, Modality, Severity, Shape, SourceStore, Timeline, Told,
    TopicReason,
};
use dateline_text::Source;

use super::dates::Calendar;
use super::{SCRIPT, STYLE, scale};
use crate::tests::{find, hostile, interval, said};
use crate::{Document, Header, html};

/// The page of a timeline.
fn page(timeline: &Timeline, store: &SourceStore, header: &Header) -> String {
    let mut out = Vec::new();
    html::write(&Document { timeline, store, header }, &mut out).expect("a vector takes all bytes");
    String::from_utf8(out).expect("documents are UTF-8")
}

fn plain(timeline: &Timeline, store: &SourceStore) -> String {
    page(timeline, store, &Header::default())
}

/// What stands between `start` and the next `end`.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let rest = page.split_once(start).expect("the start stands there").1;
    rest.split_once(end).expect("the end stands there").0
}

/// The page without its style and script, which are ours.
fn without_our_code(page: &str) -> String {
    page.replace(STYLE, "").replace(SCRIPT, "")
}

/// All values of an attribute.
fn values<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    let parts: Vec<&str> = page.split(start.as_str()).skip(1).collect();
    parts.into_iter().filter_map(|part| part.split_once('"')).map(|(value, _)| value).collect()
}

/// A timeline with all that an event can have: a conflict, a history, alternatives, a former
/// id, a decision, a second event off topic and one far away in time.
fn rich() -> (Timeline, SourceStore) {
    let (mut timeline, _) = hostile();
    let text = "Minister says the summit of 24 June was put off.\nThe summit is on June 24–26, in 1988 it was not.\n";
    let source = Source::from_utf8(text);
    let id = source.id();
    let cut = |words: &str| dateline_model::Cut { source: id, range: find(text, words) };
    let event = &mut timeline.events[0];
    event.title = cut("The summit is on June 24–26");
    event.summary = vec![event.title];
    event.citations[0].cut = cut("The summit is on June 24–26, in 1988 it was not.");
    event.citations[0].dates = vec![said(find(text, "June 24–26"))];
    let mut second = event.citations[0].clone();
    second.cut = cut("Minister says the summit of 24 June was put off.");
    second.dates = vec![said(find(text, "24 June"))];
    second.modality = Modality::Postponed;
    second.speaker = Some("the <Minister>".into());
    event.citations.insert(0, second);
    event.who[0].as_written = cut("Minister");
    event.places[0].as_written = cut("Minister");
    event.when.basis = vec![(cut("June 24–26"), DateBasis::Clause)];
    event.conflicts = vec![Conflict {
        about: "when".into(),
        values: vec![
            ConflictValue {
                interval: interval("2025-06-24", "2025-06-24"),
                sources: vec![id],
                after: vec![(id, "the <Minister>".into())],
            },
            ConflictValue {
                interval: interval("2025-06-24", "2025-06-26"),
                sources: vec![id],
                after: Vec::new(),
            },
        ],
    }];
    event.history = vec![Told {
        reported: "2025-06-03".parse().ok(),
        source: id,
        modality: Modality::Planned,
        interval: interval("2025-06-24", "2025-06-26"),
    }];
    event.corroboration.sources = 2;
    event.corroboration.independent = 1;
    event.decisions = vec![4];
    let mut far = event.clone();
    far.id = EventId(3);
    far.formerly = vec![EventId(2), EventId(1), EventId(9)];
    far.kind = EventKind::Background;
    far.when.interval = interval("1988-01-01", "1988-12-31");
    far.when.shape = Shape::Within;
    far.when.placed = "1988-12-31".parse().ok();
    far.when.approximate = true;
    (far.conflicts, far.history, far.decisions) = Default::default();
    let mut off = far.clone();
    off.id = EventId(5);
    off.formerly.clear();
    off.on_topic = false;
    off.topic_reason = Some(TopicReason::UnrelatedPicture);
    off.when.placed = None;
    off.when.interval = Interval::UNKNOWN;
    off.when.dating = Dating::Reported;
    off.when.approximate = false;
    off.when.basis.clear();
    timeline.events = vec![far, event.clone(), off];
    timeline.set_aside.clear();
    let info = &mut timeline.sources[0];
    (info.id, info.language) = (id, Some("de".into()));
    timeline.diagnostics = vec![(
        id,
        Diagnostic {
            severity: Severity::Note,
            code: "x".into(),
            range: None,
            message: "a note".into(),
        },
    )];
    timeline.decisions = vec![Decided {
        decision: Decision {
            line: 4,
            key: Key::default(),
            action: Action::Confirm,
            by: Some("J. Roe".into()),
            note: Some("log".into()),
        },
        event: Some(EventId(1)),
        message: None,
    }];
    let mut store = SourceStore::default();
    store.insert(source);
    (timeline, store)
}

#[test]
fn a_small_page_as_it_is() {
    let (timeline, store) = rich();
    let header = Header { title: Some("Summit <2025>".into()), ..Header::default() };
    let page = page(&timeline, &store, &header);
    let page = page.replace(STYLE, "/* page.css */").replace(SCRIPT, "/* page.js */");
    let hashes = page.split('\'').filter(|part| part.starts_with("sha256-"));
    let page = hashes.fold(page.clone(), |page, hash| page.replace(hash, "sha256-…"));
    insta::assert_snapshot!(page);
}

#[test]
fn the_policy_names_style_and_script_by_their_hashes() {
    let (timeline, store) = hostile();
    let page = plain(&timeline, &store);
    let policy = between(&page, "content=\"", "\"");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for (what, start, end) in
        [("style", "<style>", "</style>"), ("script", "<script>", "</script>")]
    {
        let hash = dateline_text::source::sha256(between(&page, start, end).as_bytes());
        assert!(policy.contains(&format!("{what}-src 'sha256-{}'", super::base64(&hash))));
    }
    assert_eq!(super::base64(b"Ma"), "TWE=");
    assert_eq!(super::base64(b"Man"), "TWFu");
    assert_eq!(super::base64(b"M"), "TQ==");
    let ours = without_our_code(&page);
    assert_eq!(ours.matches("<script").count() + ours.matches("<style").count(), 2);
    assert!(!ours.contains(" style=") && !ours.contains(" onclick="), "nothing inline");
}

#[test]
fn the_page_asks_for_nothing() {
    let (mut timeline, store) = rich();
    timeline.sources[0].metadata.url = Some("https://example.org/a".into());
    let page = plain(&timeline, &store);
    for outside in ["src=", "url(", "@import", "<link", "<img", "fetch(", "XMLHttp", "import("] {
        assert!(!page.contains(outside), "{outside}");
    }
    for (at, _) in page.match_indices("http") {
        let after = page.get(at..at + 10).unwrap_or("");
        let before = page.get(..at).unwrap_or("");
        let link = before.ends_with("href=\"") || before.ends_with("rel=\"noreferrer\">");
        assert!(link || after.starts_with("http-equiv"), "{after}");
    }
}

#[test]
fn ids_are_unique_and_each_event_and_former_id_is_one() {
    let (timeline, store) = rich();
    let page = plain(&timeline, &store);
    let ids = values(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
    // 1 is an event's own; 2 was that of two: the first keeps it.
    for id in [1, 2, 3, 5, 9] {
        let id = EventId(id).to_string();
        assert_eq!(ids.iter().filter(|one| **one == id).count(), 1, "{id}");
    }
    let targets = values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
    for target in targets {
        assert!(unique.contains(target), "a link leads nowhere: {target}");
    }
}

#[test]
fn hostile_words_are_text() {
    let (timeline, store) = hostile();
    let page = without_our_code(&plain(&timeline, &store));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "));
    assert!(!page.contains("<script>alert") && !page.contains('\u{202E}'));
    assert!(page.contains("<mark>June 24–26</mark>"), "the date is marked");
    assert!(page.contains("a&lt;b&gt;.txt") && page.contains("&lt;b&gt;NATO&lt;/b&gt;"));
    let words = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(1)>",
        "' autofocus onfocus='x",
        "]]>",
        "a\u{0}b\u{7}c\u{85}d\u{B}e\u{FFFE}f\u{FDD0}",
        "\u{202E}\u{2066}\u{200B}\u{61C}turned",
        "javascript:alert(1)",
    ];
    let plain_tags = page.matches('<').count();
    for words in words {
        let (mut timeline, store) = hostile();
        timeline.events[0].who[0].name = words.into();
        timeline.events[0].retitled = Some(words.into());
        timeline.events[0].places[0].name = words.into();
        timeline.events[0].citations[0].speaker = Some(words.into());
        timeline.sources[0].label = words.into();
        timeline.sources[0].language = Some(words.into());
        timeline.failures[0].reason = words.into();
        let header = Header {
            title: Some(words.into()),
            language: Some(words.into()),
            generator: words.into(),
            ..Header::default()
        };
        let page = without_our_code(&super::tests::page(&timeline, &store, &header));
        // Two tags about who speaks.
        let (tags, more) = (page.matches('<').count(), 2);
        assert!(tags <= plain_tags + more, "{words:?} made markup");
        assert!(!page.contains("<!--") && !page.contains("<img") && !page.contains(" onfocus='"));
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        assert!(!page.chars().any(|c| control(c) || super::is_invisible_control(c)), "{words:?}");
    }
}

#[test]
fn choices_are_escaped_and_counted_once_an_event() {
    let (mut timeline, store) = hostile();
    let mut twice = timeline.events[0].who[0].clone();
    twice.name = "\"><script>".into();
    timeline.events[0].who.extend([twice.clone(), twice]);
    let page = without_our_code(&plain(&timeline, &store));
    assert!(
        page.contains("<option value=\"&quot;&gt;&lt;script&gt;\">&quot;&gt;&lt;script&gt; (1)")
    );
    assert_eq!(values(&page, "data-actor"), ["0 1"]);
    assert_eq!(values(&page, "data-kind"), ["0"]);
}

#[test]
fn a_citation_stands_in_its_line_but_for_what_is_hidden() {
    let (mut timeline, _) = hostile();
    let source = Source::from_utf8("Told off record. They met on June 24–26. More <b>.\nNext.\n");
    let (id, text) = (source.id(), source.text().to_string());
    timeline.events[0].citations[0].cut =
        dateline_model::Cut { source: id, range: find(&text, "They met on June 24–26.") };
    timeline.events[0].citations[0].dates = vec![said(find(&text, "June 24–26"))];
    let mut store = SourceStore::default();
    store.insert(source);
    let page = |hidden| page(&timeline, &store, &Header { hidden, ..Header::default() });
    let cited = "<span class=\"cited\">They met on <mark>June 24–26</mark>.</span>";
    assert!(page(Vec::new()).contains(&format!("Told off record. {cited} More &lt;b&gt;.</p>")));
    let masked = page(vec![(id, find(&text, "Told off record."))]);
    assert!(masked.contains(cited) && !masked.contains("off record"));
}

#[test]
fn only_addresses_of_the_web_are_links() {
    let (mut timeline, store) = hostile();
    let mut links = |address: &str| {
        timeline.sources[0].metadata.url = Some(address.into());
        plain(&timeline, &store).contains("rel=\"noreferrer\"")
    };
    assert!(links("https://example.org/\"x") && links("HTTP://example.org/"));
    for address in [
        "javascript:alert(1)",
        "javascript://example.org/%0Aalert(1)",
        " https://example.org/",
        "data:text/html,x",
        "https://example.org/\u{202E}gpj.exe",
        "java\nscript://x",
        "//example.org",
        "",
    ] {
        assert!(!links(address), "{address:?}");
    }
    timeline.sources[0].metadata.url = Some("https://example.org/\"x".into());
    assert!(plain(&timeline, &store).contains("href=\"https://example.org/&quot;x\""));
}

#[test]
fn words_of_another_language_say_so() {
    let (timeline, store) = rich();
    let german = |language: &str| {
        let header = Header { language: Some(language.into()), ..Header::default() };
        page(&timeline, &store, &header).matches(" lang=\"de\"").count()
    };
    assert!(german("en") > 4);
    assert_eq!(german("de-AT"), 0);
}

#[test]
fn an_empty_timeline_is_a_page() {
    let page = plain(&Timeline::default(), &SourceStore::default());
    assert!(page.contains("<h1><bdi>Timeline</bdi></h1>") && page.contains("no event"));
    assert!(!page.contains("<form") && !page.contains("<svg"));
}

#[test]
fn the_page_is_the_same_on_every_run() {
    let (timeline, store) = rich();
    assert_eq!(plain(&timeline, &store), plain(&timeline, &store));
}

#[test]
fn dates_are_told_in_words() {
    let calendar = Calendar::new();
    let words = |earliest: &str, latest: &str| {
        let html = calendar.interval(interval(earliest, latest));
        let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        parts.collect::<String>()
    };
    for (earliest, latest, expect) in [
        ("", "", "day not known"),
        ("2025-06-02", "2025-06-02", "2 June 2025"),
        ("2025-06-24", "2025-06-26", "24 to 26 June 2025"),
        ("2025-05-30", "2025-06-02", "30 May to 2 June 2025"),
        ("2024-12-30", "2025-01-02", "30 December 2024 to 2 January 2025"),
        ("2025-06-01", "2025-06-30", "June 2025"),
        ("1988-01-01", "1988-12-31", "1988"),
        ("", "2025-06-02", "not after 2 June 2025"),
        ("2025-06-02", "", "not before 2 June 2025"),
        ("2025-06-02T13:00", "2025-06-02T13:00", "2 June 2025, 13:00"),
        ("2025-06-02T13:00Z", "2025-06-02T15:30Z", "2 June 2025, 13:00 UTC to 15:30 UTC"),
        (
            "2025-06-02T13:00:09-03:30",
            "2025-06-02T13:00:09-03:30",
            "2 June 2025, 13:00:09 UTC-03:30",
        ),
    ] {
        assert_eq!(words(earliest, latest), expect);
    }
    let day = |at: &str| at.parse::<dateline_model::Moment>().expect("a day").day();
    assert_eq!(calendar.weekday(day("2025-06-02")), "Monday");
    assert_eq!(calendar.days(day("2025-06-02"), day("2025-06-02")), "2 June 2025");
    assert!(calendar.interval(interval("0000-03-04", "0000-03-04")).starts_with("4 March"));
    for month in 1..=12 {
        let day = day(&format!("2025-{month:02}-01"));
        assert!(!calendar.month(day).contains('?') && !calendar.short_month(day).contains('?'));
    }
}

#[test]
fn what_is_uncertain_is_said() {
    let (mut timeline, store) = rich();
    let page = plain(&timeline, &store);
    assert!(page.contains("<b>some time in about <time datetime=\"1988\">1988</time></b>"));
    assert!(page.contains("throughout <time datetime=\"2025-06-24\">24</time> to "));
    assert!(page.contains("It could also be "));
    assert!(page.contains("The sources differ in when: "));
    assert!(page.contains("<b>day not known</b>"));
    timeline.events[1].when.interval = interval("2025-06-01", "2025-06-24");
    timeline.events[1].when.shape = Shape::Within;
    assert!(plain(&timeline, &store).contains("some time from <time"));
}

#[test]
fn the_scale_is_broken_where_few_lie_far_off() {
    let week: Vec<i64> = (20_240..20_247).collect();
    assert_eq!(scale::window(&week), (0, 7));
    let with = |more: &[i64]| {
        let mut days = [more, &week].concat();
        days.sort_unstable();
        scale::window(&days)
    };
    assert_eq!(with(&[6_939]), (1, 8), "1988 beside a week of 2025");
    assert_eq!(with(&[6_939, 30_000]), (1, 8));
    assert_eq!(with(&[20_230]), (0, 8), "ten days are not far");
    assert_eq!(scale::window(&[1, 20_000]), (0, 2), "of two days none is the outlier");
    assert_eq!(scale::window(&[]), (0, 0));
    assert_eq!(scale::window(&[5]), (0, 1));
}

#[test]
fn ticks_are_few_and_on_the_scale() {
    let calendar = Calendar::new();
    let lengths = [1, 2, 7, 30, 90, 365, 4_000, 40_000, 700_000];
    for (length, most) in lengths.iter().flat_map(|length| [(*length, 3), (*length, 8)]) {
        let ticks = scale::ticks(&calendar, 20_000, 20_000 + length - 1, most);
        assert!(ticks.len() <= most + 1, "{length} days: {ticks:?}");
        assert!(ticks.iter().all(|(at, _)| (20_000..20_000 + length).contains(at)));
    }
    let week = scale::ticks(&calendar, 20_241, 20_247, 8);
    assert_eq!(week.first().map(|(_, words)| words.as_str()), Some("2 Jun"));
    let first = scale::number(jiff::civil::Date::MIN);
    assert_eq!(scale::day(first), jiff::civil::Date::MIN);
    assert!(scale::ticks(&calendar, first, first + 5, 8).len() < 9);
}

/// Events of one day stand under one heading, in the order of the timeline.
#[test]
fn days_are_runs_of_events() {
    let (timeline, _) = rich();
    let mut events: Vec<Event> = timeline.events;
    events.push(events[2].clone());
    let days = super::days::group(events.iter());
    let sizes: Vec<usize> = days.iter().map(|day| day.events.len()).collect();
    assert_eq!(sizes, [1, 1, 2]);
    assert_eq!(days[0].id(), "d1988-12-31");
    assert_eq!(days[2].id(), "d-unknown");
}
