//! Inputs that no newsroom sends, and that must be answered all the same: many copies, a
//! thousand dates, stamps that contradict each other, no date at all, the ends of the calendar.

use dateline_model::Timeline;
use dateline_pipeline::{Options, run};
use dateline_tests::checks::{LEXICONS, check_timeline};
use dateline_tests::fixtures::{brief, pages};
use dateline_tests::render::interval;

fn build(texts: &[String]) -> Timeline {
    let (timeline, store) = run(pages(texts), &LEXICONS, &Options::default(), &|| ());
    check_timeline(&timeline, &store);
    timeline
}

#[test]
fn a_thousand_identical_briefs_are_one_timeline() {
    let page = String::from_utf8(brief("44-").bytes).expect("it is UTF-8");
    let once = build(std::slice::from_ref(&page));
    let many = build(&vec![page; 1000]);
    assert_eq!(many.sources.len(), 1000);
    assert_eq!(many.events.len(), once.events.len(), "each event is told a thousand times");
    for event in &many.events {
        let told = event.corroboration;
        assert_eq!((told.sources, told.independent), (1000, 1), "copies are one voice");
        assert!(event.conflicts.is_empty());
    }
    let copies = many.sources.iter().filter(|source| source.copy_of.is_some()).count();
    assert_eq!(copies, 999);
}

#[test]
fn a_brief_with_a_thousand_dates_tells_them_all() {
    let day = |at: usize| jiff::civil::date(2020, 1, 1) + jiff::Span::new().days(at as i64);
    let text = |at: usize| format!("The envoys met in Doha on {}. ", day(at).strftime("%-d %B %Y"));
    let text: String = (0..1000).map(text).collect();
    let timeline = build(&[format!("Talks\n\nPublished 1 June 2025\n\n{text}\n")]);
    let days = timeline.events.iter().filter(|event| event.when.interval.is_one_day()).count();
    assert_eq!(days, 1000);
    assert!(timeline.events.iter().all(|event| event.conflicts.is_empty()));
}

#[test]
fn stamps_that_contradict_each_other_give_one_reference() {
    let page = "Talks\n\nPublished 3 June 2025\nUpdated 1 June 2025\n\nDOHA, March 7 (Agency) — The \
        envoys left Doha yesterday.\n\nPublished 9 June 2031\n";
    let timeline = build(&[page.to_string()]);
    assert_eq!(timeline.sources.len(), 1);
    let reference = timeline.sources[0].reference.moment.expect("it has one");
    let event = timeline.events.iter().find(|event| event.when.interval.is_one_day());
    let day = event.and_then(|event| event.when.interval.latest()).expect("yesterday is a day");
    assert_eq!(reference.day().yesterday().ok(), Some(day.day()), "yesterday of the reference");
}

#[test]
fn briefs_without_any_date_are_told_undated() {
    let page = |who: &str| format!("Talks\n\n{who} met envoys in Doha. {who} will return soon.\n");
    let timeline = build(&[page("Mark Rutte"), page("Emmanuel Macron")]);
    assert!(!timeline.events.is_empty());
    for event in &timeline.events {
        assert_eq!((event.when.placed, interval(event.when.interval).as_str()), (None, "?"));
    }
    assert_eq!(timeline.account.sentences, timeline.account.cited + timeline.account.set_aside);
}

#[test]
fn the_ends_of_the_calendar_are_dates_like_others() {
    let pages = ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"].map(|day| {
        format!("Talks\n\nPublished {day}\n\nThe envoys met in Doha yesterday. They meet again tomorrow, in two weeks and in a thousand years.\n")
    });
    let timeline = build(&pages);
    assert_eq!(timeline.sources.len(), 4);
    assert!(timeline.failures.is_empty());
    let far = "In the year 1 they signed it, on 31 December 9999 it ends, from 1 January 1 to 31 December 9999.";
    build(&[format!("Treaty\n\nPublished 31 December 9999\n\n{far}\n")]);
}
