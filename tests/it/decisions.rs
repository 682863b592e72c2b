//! What a person decided survives every rebuild, and what no longer matches is told.

use dateline_export::decisions;
use dateline_model::{Dating, Decision, Event, SetAsideReason, SourceStore, Timeline};
use dateline_pipeline::{Options, RawInput, run};
use dateline_tests::checks::{LEXICONS, check_timeline};
use dateline_tests::fixtures::{brief, raw_input};

const PAGE: &str = "Envoys in Doha\n\nPublished 5 June 2025\n\nThe envoys arrived in Doha on 2 June 2025. Qatar hosted a dinner for the envoys on 3 June 2025. The envoys left Doha on 4 June 2025.\n";

fn build(pages: &[&str], decided: &[Decision]) -> (Timeline, SourceStore) {
    let inputs = pages.iter().enumerate();
    let inputs = inputs.map(|(at, page)| Ok(raw_input(&format!("{at}.txt"), page.as_bytes())));
    let mut options = Options::default();
    options.decisions = decided.to_vec();
    let (timeline, store) = run(inputs.collect(), &LEXICONS, &options, &|| ());
    check_timeline(&timeline, &store);
    (timeline, store)
}

/// One decision of the sentence that holds `words` of `PAGE`, as a line of the file.
fn decide(words: &str, more: &str) -> Vec<Decision> {
    let quote = quote(words);
    let sha256 = dateline_text::source::sha256_hex(PAGE.as_bytes());
    let line = format!("{{\"sha256\":\"{sha256}\",\"quote\":\"{quote}\",{more}}}");
    let (decisions, wrong) = decisions::read(&line);
    assert_eq!(wrong, [], "{line}");
    assert_eq!(decisions::read(&decisions::line(&decisions[0])).0, decisions, "it is read back");
    decisions
}

/// The sentence of `PAGE` that holds `words`.
fn quote(words: &str) -> String {
    let prose = PAGE.lines().last().unwrap_or("");
    let mut sentences = prose.split_inclusive(". ").map(str::trim);
    sentences.find(|sentence| sentence.contains(words)).expect("it is on the page").to_string()
}

fn says<'t>(timeline: &'t Timeline, store: &SourceStore, words: &str) -> Option<&'t Event> {
    let cites = |event: &&Event| {
        let cuts = event.citations.iter().map(|citation| citation.cut);
        cuts.into_iter().any(|cut| store.slice(cut.source, cut.range).unwrap_or("").contains(words))
    };
    timeline.events.iter().find(cites)
}

#[test]
fn a_date_that_is_set_stays_set_when_more_is_read() {
    let decided = decide(
        "arrived",
        "\"decision\":\"set-date\",\"earliest\":\"2025-06-01\",\"latest\":\"2025-06-01\"",
    );
    let other = "Floods\n\nPublished 9 June 2025\n\nThe river flooded Ghent on 8 June 2025.\n";
    for pages in [&[PAGE][..], &[other, PAGE], &[PAGE, other, PAGE]] {
        let (timeline, store) = build(pages, &decided);
        let event = says(&timeline, &store, "arrived").expect("it is still told");
        assert_eq!(event.when.interval.latest().expect("set").to_string(), "2025-06-01");
        assert_eq!((event.when.dating, event.decisions.as_slice()), (Dating::Editor, &[1][..]));
        assert_eq!(timeline.decisions[0].event, Some(event.id));
        assert_eq!(timeline.decisions[0].message, None);
    }
}

#[test]
fn events_are_merged_and_split_as_decided() {
    let with = |words: &str| {
        let sha256 = dateline_text::source::sha256_hex(PAGE.as_bytes());
        format!("\"with\":[{{\"sha256\":\"{sha256}\",\"quote\":\"{}\"}}]", quote(words))
    };
    let merge = decide("arrived", &format!("\"decision\":\"merge\",{}", with("dinner")));
    let (timeline, store) = build(&[PAGE], &merge);
    let event = says(&timeline, &store, "arrived").expect("told");
    assert_eq!(event.id, says(&timeline, &store, "dinner").expect("told").id);
    assert_eq!(event.formerly.len(), 1, "the other's name still leads here");
    let mut both = merge;
    both.extend(decide("dinner", "\"decision\":\"split\""));
    let (timeline, store) = build(&[PAGE], &both);
    let (first, second) = (says(&timeline, &store, "arrived"), says(&timeline, &store, "dinner"));
    assert_ne!(first.expect("told").id, second.expect("told").id, "the later decision wins");
}

#[test]
fn what_is_hidden_is_withheld_and_counted() {
    let (timeline, store) = build(&[PAGE], &decide("dinner", "\"decision\":\"hide\""));
    assert!(says(&timeline, &store, "dinner").is_none());
    let withheld =
        |aside: &&(_, dateline_model::SetAside)| aside.1.reason == SetAsideReason::Withheld;
    assert_eq!(timeline.set_aside.iter().filter(withheld).count(), 1);
}

#[test]
fn a_new_title_is_shown_and_a_confirmed_event_says_so() {
    let mut decided = decide("arrived", "\"decision\":\"retitle\",\"new_title\":\"Arrival\"");
    decided.extend(decide("dinner", "\"decision\":\"confirm\",\"by\":\"Jo\",\"note\":\"seen\""));
    decided[1].line = 2;
    let (timeline, store) = build(&[PAGE], &decided);
    let event = says(&timeline, &store, "arrived").expect("told");
    assert_eq!(event.retitled.as_deref(), Some("Arrival"));
    assert_eq!(says(&timeline, &store, "dinner").expect("told").decisions, [2]);
}

#[test]
fn what_matches_nothing_or_only_another_copy_is_told() {
    let decided = decide("arrived", "\"decision\":\"confirm\"");
    let (timeline, _) = build(&[&PAGE.replace("Published 5 June", "Published 6 June")], &decided);
    let told = &timeline.decisions[0];
    assert!(told.event.is_some(), "the words are still there");
    assert!(told.message.as_deref().is_some_and(|message| message.contains("has changed")));
    let (timeline, _) = build(&[&PAGE.replace("arrived", "landed")], &decided);
    let told = &timeline.decisions[0];
    assert_eq!(told.event, None);
    assert!(told.message.as_deref().is_some_and(|message| message.contains("no source")));
}

#[test]
fn a_line_that_is_no_decision_says_why() {
    let text = "\n{}\nno\n{\"decision\":\"bless\",\"sha256\":\"\",\"quote\":\"x\"}\n\
        {\"decision\":\"set-date\",\"sha256\":\"\",\"quote\":\"x\"}\n\
        {\"decision\":\"set-date\",\"sha256\":\"\",\"quote\":\"x\",\"earliest\":\"2025-06-02\",\"latest\":\"2025-06-01\"}\n\
        {\"decision\":\"merge\",\"sha256\":\"\",\"quote\":\"x\"}\n\
        {\"decision\":\"retitle\",\"sha256\":\"\",\"quote\":\"x\",\"new_title\":\" \"}\n\
        {\"decision\":\"hide\",\"sha256\":\"\",\"quote\":\"\"}\n";
    let (decisions, wrong) = decisions::read(text);
    assert_eq!(decisions, []);
    let lines: Vec<u32> = wrong.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9]);
    assert!(wrong.iter().all(|(_, why)| !why.is_empty()));
}

/// All pages: each event is the one decided, also where one sentence tells several.
#[test]
fn each_event_of_all_pages_is_told_from_the_others() {
    let fixtures = dateline_tests::fixtures::briefs();
    let inputs = || dateline_tests::fixtures::inputs(&fixtures);
    let (timeline, store) = run(inputs(), &LEXICONS, &Options::default(), &|| ());
    let mut options = Options::default();
    for (line, event) in (1..).zip(&timeline.events) {
        let cut = event.citations[0].cut;
        let quote = store.slice(cut.source, cut.range).unwrap_or("").to_string();
        let source = timeline.sources.iter().find(|source| source.id == cut.source);
        let sha256 = source.map(|source| source.sha256.clone()).unwrap_or_default();
        let key = dateline_model::Key { sha256, quote, title: None, event: Some(event.id) };
        let action = dateline_model::Action::Confirm;
        options.decisions.push(Decision { line, key, action, by: None, note: None });
    }
    let (again, _) = run(inputs(), &LEXICONS, &options, &|| ());
    let decided: Vec<_> = again.decisions.iter().map(|decided| decided.event).collect();
    let wanted: Vec<_> = timeline.events.iter().map(|event| Some(event.id)).collect();
    assert_eq!(decided, wanted);
}

/// A page of the fixtures: each event can be named and set by what the document says of it.
#[test]
fn each_event_of_a_page_can_be_decided() {
    let fixture = brief("01-");
    let input = || -> Vec<Result<RawInput, _>> { vec![Ok(fixture.input())] };
    let (timeline, store) = run(input(), &LEXICONS, &fixture.options(), &|| ());
    let mut options = fixture.options();
    let key = |event: &Event| {
        let cut = event.citations[0].cut;
        let quote = store.slice(cut.source, cut.range).unwrap_or("").to_string();
        let title = store.slice(event.title.source, event.title.range).map(str::to_string);
        let sha256 = timeline.sources[0].sha256.clone();
        let title = title.filter(|title| quote.contains(title));
        dateline_model::Key { sha256, title, quote, event: Some(event.id) }
    };
    for (line, event) in (1..).zip(&timeline.events) {
        let action = dateline_model::Action::Confirm;
        options.decisions.push(Decision { line, key: key(event), action, by: None, note: None });
    }
    let (again, _) = run(input(), &LEXICONS, &options, &|| ());
    let decided: Vec<_> = again.decisions.iter().map(|decided| decided.event).collect();
    let wanted: Vec<_> = timeline.events.iter().map(|event| Some(event.id)).collect();
    assert_eq!(decided, wanted);
}
