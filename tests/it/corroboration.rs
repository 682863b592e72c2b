//! How many say so: copies and relays are no voices of their own, and a plan that was put off
//! is the history of its event, no conflict.

use dateline_model::{Event, Modality, Timeline};
use dateline_pipeline::{Options, run};
use dateline_tests::checks::{LEXICONS, check_timeline};
use dateline_tests::fixtures::pages;
use dateline_tests::render::interval;

const FIRE: &str = "A fire destroyed the Morava paper mill near Olomouc on Tuesday, 3 June 2025. \
    Ninety workers were led out by the night guard before the roof of the rolling hall fell in. \
    Pumps from eleven villages drew water out of the river until noon. The mill, built in 1904, \
    made school notebooks and envelopes for half of the country. Its owners have not yet said \
    whether they want to build it again. Smoke drifted over the southern districts, where people \
    were told to keep their windows shut, and the railway was closed for some hours.";

fn page(headline: &str, published: &str, text: &str) -> String {
    format!("{headline}\n\nPublished {published}\n\n{text}\n")
}

fn build(texts: &[String]) -> Timeline {
    let (timeline, store) = run(pages(texts), &LEXICONS, &Options::default(), &|| ());
    check_timeline(&timeline, &store);
    timeline
}

fn on<'t>(timeline: &'t Timeline, day: &str) -> &'t Event {
    let found: Vec<&Event> =
        timeline.events.iter().filter(|event| interval(event.when.interval) == day).collect();
    assert!(!found.is_empty(), "an event on {day}");
    found[0]
}

#[test]
fn a_copy_is_a_source_and_no_publisher() {
    let own = "Nothing is left of the Morava paper mill near Olomouc. The fire that destroyed it \
        broke out on Tuesday, 3 June 2025, and was seen from thirty kilometres away.";
    let cut: String = FIRE.split_inclusive(". ").take(5).collect();
    let timeline = build(&[
        page("Paper mill burns down", "4 June 2025", FIRE),
        page("Morava: fire destroys mill", "5 June 2025", FIRE),
        page("Mill destroyed", "6 June 2025", &cut),
        page("A town loses its mill", "5 June 2025", own),
    ]);
    let event = on(&timeline, "2025-06-03");
    let corroboration = event.corroboration;
    assert_eq!(corroboration.sources, 4);
    assert_eq!((corroboration.publishers, corroboration.independent), (2, 2));
    let day = |moment: Option<dateline_model::Moment>| moment.map(|moment| moment.to_string());
    assert_eq!(day(corroboration.first).as_deref(), Some("2025-06-04"));
    assert_eq!(day(corroboration.last).as_deref(), Some("2025-06-06"));
    let original = timeline.sources.iter().find(|source| source.label == "0.txt");
    let copies = timeline.sources.iter().filter(|source| source.copy_of.is_some());
    let copies: Vec<_> = copies.map(|source| (source.label.as_str(), source.copy_of)).collect();
    let first = original.map(|source| source.id);
    assert_eq!(copies, [("1.txt", first), ("2.txt", first)]);
}

#[test]
fn the_posts_of_a_live_page_are_one_publisher() {
    let post = |clock: &str, words: &str| format!("{clock}\n{words}\n");
    let text = [
        "Mill fire – live\n\nPublished 3 June 2025\n\n".to_string(),
        post("20:10", "The fire that destroyed the Morava paper mill on Tuesday is out."),
        post("16:40", "A fire destroyed the Morava paper mill near Olomouc on Tuesday."),
        post("09:30", "Ninety workers were led out of the mill by the night guard."),
    ];
    let timeline = build(&[text.concat()]);
    assert_eq!(timeline.account.briefs, 4);
    let twice = timeline.events.iter().find(|event| event.corroboration.sources == 2);
    let corroboration = twice.expect("one event of two posts").corroboration;
    assert_eq!((corroboration.publishers, corroboration.independent), (1, 1));
}

#[test]
fn ten_who_relay_one_ministry_are_one_voice() {
    let relay = |at: usize| {
        let lead = ["Late in the evening", "In a short note", "Before the press", "By telephone"];
        page(
            "Blast at the port of Odesa",
            "4 June 2025",
            &format!(
                "{} Oleksiy Hromov said that a depot in the port of Odesa exploded on Tuesday, 3 \
                 June 2025. Reporters were not let in; page {at} of our paper has a map.",
                lead[at % lead.len()]
            ),
        )
    };
    let timeline = build(&(0..4).map(relay).collect::<Vec<_>>());
    let event = on(&timeline, "2025-06-03");
    assert_eq!(event.corroboration.sources, 4);
    assert_eq!(event.corroboration.independent, 1, "all tell it after one man");
}

#[test]
fn a_plan_put_off_is_history_and_no_conflict() {
    let plan = "The ferry Aurelia will be launched at the yard of Rauma on Thursday, 12 June 2025. \
        The mayor is to break the bottle.";
    let held = "The ferry Aurelia was launched at the yard of Rauma on Monday, 16 June 2025. The \
        launch had been set for Thursday, 12 June, but the wind was too strong.";
    let timeline = build(&[
        page("Ferry to be launched in Rauma", "10 June 2025", plan),
        page("Ferry launched in Rauma", "17 June 2025", held),
    ]);
    let event = on(&timeline, "2025-06-16");
    assert_eq!((event.citations.len() >= 2, event.conflicts.len()), (true, 0));
    let told: Vec<(Modality, String)> =
        event.history.iter().map(|told| (told.modality, interval(told.interval))).collect();
    assert_eq!(
        told,
        [
            (Modality::Planned, "2025-06-12".to_string()),
            (Modality::Occurred, "2025-06-16".to_string())
        ]
    );
}
