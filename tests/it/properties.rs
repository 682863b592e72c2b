//! What no example proves: any bytes give an answer, and order, threads and the day a
//! text speaks from act as they should.

use dateline_model::{Moment, SourceStore, Timeline};
use dateline_pipeline::{Options, run};
use dateline_tests::checks::{
    LEXICONS, check_chain, check_decisions, check_names, check_parse, check_tag,
};
use dateline_tests::fixtures::{Fixture, briefs, inputs};
use dateline_timex::{Context, tag};
use jiff::ToSpan as _;
use proptest::prelude::*;

/// Words that make dates, pages and trouble when they meet.
const WORDS: [&str; 44] = [
    "June",
    "2",
    "2025",
    "24–26",
    "Monday",
    "Tuesday",
    "last",
    "next",
    "week",
    "weeks",
    "ago",
    "the",
    "of",
    "to",
    "in",
    "on",
    "yesterday",
    "tomorrow",
    "May",
    "Sept.",
    "early",
    "mid-",
    "two",
    "p.m.",
    "12:05",
    "02.06.2025",
    "1990s",
    "since",
    "from",
    "until",
    "(Xinhua) --",
    "Image",
    "REUTERS/Ints Kalnins",
    "Overview",
    "•",
    "Zelenskiy",
    "met",
    "said",
    "summit",
    ".",
    ",",
    "\n",
    "\n\n",
    "“",
];

fn words() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS.as_slice());
    proptest::collection::vec(word, 0..40).prop_map(|words| words.join(" "))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn in_threads(threads: usize, fixtures: &[Fixture]) -> (Timeline, SourceStore) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.expect("a pool of a few threads can be built");
    pool.install(|| run(inputs(fixtures), &LEXICONS, &Options::default(), &|| ()))
}

/// `timeline.json`.
fn document(timeline: &Timeline, store: &SourceStore) -> String {
    let mut out = Vec::new();
    let header = dateline_export::Header::default();
    let document = dateline_export::Document::new(timeline, store, &header);
    dateline_export::json::write(&document, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("JSON is UTF-8")
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn any_bytes_parse(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_parse(&bytes);
    }

    #[test]
    fn any_text_is_tagged(text in "\\PC{0,120}") {
        check_tag(&text);
        check_names(&text);
    }

    #[test]
    fn any_text_is_decisions_or_says_why_not(
        text in "(\\{\"(decision|sha256|quote)\":\"(hide|split|x)\"[,}]|\\PC|\n){0,20}",
        whole in "\\{\"decision\":\"(hide|split|merge|confirm|bless)\",\"sha256\":\"[a-f]?\",\"quote\":\"[a-z ]{0,3}\"\\}",
    ) {
        check_decisions(&text);
        check_decisions(&whole);
    }

    #[test]
    fn any_words_are_tagged(text in words()) {
        check_tag(&text);
        check_names(&text);
    }

    #[test]
    fn any_bytes_pass_the_chain(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check_chain(&bytes);
    }

    #[test]
    fn any_words_pass_the_chain(text in words()) {
        check_chain(text.as_bytes());
    }
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn order_and_threads_change_nothing(
        fixtures in Just(briefs()).prop_shuffle(),
        threads in 2_usize..=4,
    ) {
        let (expect, first) = in_threads(1, &briefs());
        let (timeline, second) = in_threads(threads, &fixtures);
        prop_assert_eq!(document(&expect, &first), document(&timeline, &second));
        prop_assert_eq!(expect, timeline);
    }
}

proptest! {
    #![proptest_config(config(64))]

    /// Days said by their distance from the reference move with it, whole weeks so that
    /// weekdays stay.
    #[test]
    fn a_later_reference_shifts_relative_dates(day in 0_i32..9000, weeks in 1_i32..200) {
        let text = "They met yesterday. On Monday they will meet again, two days after \
                    that they part. Last Friday they signed; three weeks ago, not. \
                    Tomorrow is free. Last week was not, next week is.";
        let first = jiff::civil::date(2001, 1, 1) + day.days();
        let second = first + (weeks * 7).days();
        let read = |day: jiff::civil::Date| {
            tag(text, &Context::new(Some(Moment::Day(day))), &LEXICONS.timex)
        };
        let (before, after) = (read(first), read(second));
        prop_assert_eq!(before.len(), after.len());
        prop_assert!(before.len() >= 7);
        let moved = |bound: Option<Moment>| bound.map(|at| at.day() + (weeks * 7).days());
        for (before, after) in before.iter().zip(&after) {
            prop_assert_eq!(before.range, after.range);
            let (from, to) = (before.interval, after.interval);
            prop_assert_eq!(moved(from.earliest()), to.earliest().map(Moment::day));
            prop_assert_eq!(moved(from.latest()), to.latest().map(Moment::day));
        }
    }

    /// A date that says all of itself is the same from every day.
    #[test]
    fn a_full_date_does_not_move(day in 0_i32..9000) {
        let text = "They met on 2 June 2025, in 1999 and from 3 to 5 March 2020.";
        let first = jiff::civil::date(2001, 1, 1) + day.days();
        let with = tag(text, &Context::new(Some(Moment::Day(first))), &LEXICONS.timex);
        let without = tag(text, &Context::new(None), &LEXICONS.timex);
        let values = |dates: &[dateline_model::Timex]| {
            dates.iter().map(|date| (date.range, date.value.clone(), date.interval)).collect::<Vec<_>>()
        };
        prop_assert_eq!(values(&with), values(&without));
    }
}
