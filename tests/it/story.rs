//! What the first timeline must show: the page that started it alone, and with two pages
//! that tell of the same meetings otherwise. Rows are found by words of their citations.

use dateline_model::{BlockKind, Dating, Event, EventKind, Shape, SourceStore, Timeline};
use dateline_pipeline::{Options, read, run};
use dateline_tests::checks::LEXICONS;
use dateline_tests::fixtures::{brief, briefs, inputs};
use dateline_tests::render::interval;

struct Story {
    timeline: Timeline,
    store: SourceStore,
}

impl Story {
    fn of(starts: &[&str]) -> Self {
        let fixtures: Vec<_> = starts.iter().map(|start| brief(start)).collect();
        let (timeline, store) = run(inputs(&fixtures), &LEXICONS, &Options::default(), &|| ());
        Self { timeline, store }
    }

    fn says(&self, event: &Event, words: &str) -> bool {
        let cuts = event.citations.iter().map(|citation| citation.cut);
        let cuts = cuts.filter_map(|cut| self.store.slice(cut.source, cut.range));
        cuts.into_iter().any(|quote| quote.contains(words))
    }

    /// The events of this kind that cite a sentence with these words.
    fn all(&self, kind: EventKind, words: &str) -> Vec<&Event> {
        let events = self.timeline.events.iter();
        events.filter(|event| event.kind == kind && self.says(event, words)).collect()
    }

    fn one(&self, kind: EventKind, words: &str) -> &Event {
        let found = self.all(kind, words);
        assert_eq!(found.len(), 1, "one {} event says {words:?}", kind.name());
        found[0]
    }
}

fn shown(event: &Event) -> String {
    event.when.placed.map_or_else(|| "nowhere".to_string(), |at| at.day().to_string())
}

fn who(event: &Event) -> Vec<&str> {
    event.who.iter().map(|who| who.name.as_str()).collect()
}

#[test]
fn the_vilnius_captions_are_one_event() {
    let story = Story::of(&["01-"]);
    let event = story.one(EventKind::Happened, "greets Ukrainian President");
    assert!(story.says(event, "stand for a group photo"));
    assert_eq!(shown(event), "2025-06-02");
    assert_eq!(interval(event.when.interval), "2025-06-02");
    assert_eq!(event.when.dating, Dating::Stated);
    assert!(event.on_topic);
    for name in ["Gitanas Nausėda", "Volodymyr Zelenskyy", "Mark Rutte", "Petteri Orpo"] {
        assert!(who(event).contains(&name), "{name} in {:?}", who(event));
    }
    assert_eq!(event.places.iter().map(|at| at.name.as_str()).collect::<Vec<_>>(), ["Vilnius"]);
}

#[test]
fn no_day_is_invented_for_recent_talks() {
    let story = Story::of(&["01-"]);
    let event = story.one(EventKind::Happened, "Recent peace talks");
    assert_eq!(
        (shown(event).as_str(), interval(event.when.interval).as_str()),
        ("2025-06-03", "?")
    );
    assert_eq!(event.when.dating, Dating::Stated);
}

#[test]
fn what_is_only_reported_has_a_speaker_and_no_day() {
    let story = Story::of(&["01-"]);
    let rows = [
        ("formally invited", None),
        ("confirmed that military support", Some("Mark Rutte")),
        ("warned that", Some("Mette Frederiksen")),
        ("has demanded", Some("Vladimir Putin")),
    ];
    for (words, speaker) in rows {
        let event = story.one(EventKind::Happened, words);
        assert_eq!(interval(event.when.interval), "?", "{words}");
        assert_eq!(event.when.dating, Dating::Reported, "{words}");
        assert_eq!(shown(event), "2025-06-03", "{words}");
        assert!(event.on_topic, "{words}");
        if let Some(name) = speaker {
            let says = event.citations.iter().any(|told| told.speaker.as_deref() == Some(name));
            assert!(says, "{words} is said by {name}");
        }
    }
}

#[test]
fn the_white_house_picture_is_off_topic() {
    let story = Story::of(&["01-"]);
    let rows = [("Karoline Leavitt takes", Dating::Stated), ("Elon Musk", Dating::Implied)];
    for (words, dating) in rows {
        let event = story.one(EventKind::Happened, words);
        assert_eq!(interval(event.when.interval), "2025-06-03", "{words}");
        assert_eq!(event.when.dating, dating, "{words}");
        assert!(!event.on_topic && event.topic_reason.is_some(), "{words}");
    }
}

#[test]
fn what_is_ahead() {
    let story = Story::of(&["01-"]);
    let summit = story.one(EventKind::Scheduled, "June 24–26 summit");
    assert_eq!(interval(summit.when.interval), "2025-06-24..2025-06-26");
    assert_eq!(summit.when.shape, Shape::Throughout);
    assert_eq!(summit.when.dating, Dating::Implied);
    assert_eq!(shown(summit), "2025-06-24");
    let target = story.one(EventKind::Deadline, "2032");
    assert_eq!(interval(target.when.interval), "2032-01-01..2032-12-31");
    assert_eq!(target.when.dating, Dating::Stated);
    assert_eq!(shown(target), "2032-12-31");
}

#[test]
fn furniture_is_cited_nowhere() {
    let story = Story::of(&["01-"]);
    for words in ["Particle.news", "Download on the App Store", "Image"] {
        let cited = story.timeline.events.iter().any(|event| story.says(event, words));
        assert!(!cited, "{words} is cited");
    }
}

/// Sources put the last day of the summit on the 25th and on the 26th.
#[test]
fn the_last_day_of_the_summit_is_a_conflict() {
    let story = Story::of(&["01-", "16-", "18-"]);
    let summit = story.one(EventKind::Scheduled, "June 24–26 summit");
    assert!(story.says(summit, "June 24-25"), "both sources are cited");
    assert_eq!(interval(summit.when.interval), "2025-06-24..2025-06-26", "the hull");
    let values: Vec<String> = summit
        .conflicts
        .iter()
        .flat_map(|conflict| &conflict.values)
        .map(|value| format!("{} in {}", interval(value.interval), value.sources.len()))
        .collect();
    assert_eq!(values, ["2025-06-24..2025-06-25 in 1", "2025-06-24..2025-06-26 in 1"]);
}

/// The undated talks join the round planned for 2 June, but only as inferred.
#[test]
fn the_undated_talks_are_joined_as_inferred() {
    let story = Story::of(&["01-", "16-", "18-"]);
    let talks = story.one(EventKind::Happened, "Recent peace talks");
    assert!(story.says(talks, "resume on Monday"), "the planned round is cited");
    assert_eq!(talks.when.dating, Dating::Inferred);
    assert_eq!(interval(talks.when.interval.in_days()), "2025-06-02");
    let other: Vec<String> = talks.when.alternatives.iter().map(|at| interval(*at)).collect();
    assert_eq!(other, ["2025-05-16"]);
}

/// Nothing that is told as happened lies after the day of the page that tells it.
#[test]
fn nothing_happened_after_its_report() {
    let mut wrong = Vec::new();
    for fixture in briefs() {
        for read in read(fixture.input(), &LEXICONS, &fixture.options()).0 {
            let brief = &read.brief;
            let day = brief.reference.moment.filter(|_| brief.reference.bounds_latest());
            for event in brief.events.iter().filter(|event| event.kind == EventKind::Happened) {
                let date = event.date.and_then(|at| brief.dates.get(at as usize));
                let start = date.and_then(|date| date.interval.earliest());
                if start.zip(day).is_some_and(|(start, day)| start.day() > day.day()) {
                    let words = read.source.slice(event.clause).unwrap_or_default();
                    wrong.push(format!("{}: {words}", read.label));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "told as happened:\n{}", wrong.join("\n"));
}

/// Headline, standfirst and list items of the pages of one layout, word for word.
#[test]
fn every_aggregator_page_has_its_parts() {
    for fixture in briefs().iter().filter(|fixture| fixture.name.contains("-particle-")) {
        for read in read(fixture.input(), &LEXICONS, &fixture.options()).0 {
            let count = |kind| read.brief.blocks.iter().filter(|block| block.kind == kind).count();
            let text = read.source.text();
            assert_eq!(count(BlockKind::Headline), 1, "{}", read.label);
            assert_eq!(count(BlockKind::Deck), 1, "{}", read.label);
            assert_eq!(count(BlockKind::Bullet), text.matches('•').count(), "{}", read.label);
            let images = text.lines().filter(|line| line.ends_with("mage")).count();
            assert_eq!(count(BlockKind::Noise), 2 + images, "{}", read.label);
        }
    }
}

/// Among all pages the three meetings stay apart, and each is told by several.
#[test]
fn the_three_meetings_among_all_pages() {
    let fixtures = briefs();
    let (timeline, store) = run(inputs(&fixtures), &LEXICONS, &Options::default(), &|| ());
    let story = Story { timeline, store };
    let rows = [
        ("greets Ukrainian President", "2025-06-02", 2),
        ("the second round of talks between Ukraine and Russia", "2025-06-02", 4),
        ("NATO’s June 24–26 summit", "2025-06-24..2025-06-26", 8),
    ];
    for (words, days, sources) in rows {
        let events = story.timeline.events.iter();
        let told = events.filter(|event| event.citations.len() > 1 && story.says(event, words));
        let best = told.max_by_key(|event| event.corroboration.sources);
        let event = best.unwrap_or_else(|| panic!("no joined event says {words}"));
        let count = event.corroboration.sources;
        assert!(count >= sources, "{count} sources say {words}");
        assert_eq!(interval(event.when.interval.in_days()), days, "{words}");
    }
}
