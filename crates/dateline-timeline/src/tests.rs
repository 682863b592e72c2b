//! Unit tests of the timeline, on mentions made by hand: the text is not needed.

use dateline_model::{
    Anchor, DateBasis, EventKind, EventMention, Gathering, Grain, Interval, Joined, Mention,
    MentionKind, Modality, NormalizedBrief, Reference, ReferenceBasis, Scene, Sentence, Timeline,
    Timex, TimexType, Voice,
};
use dateline_text::{Source, TextRange};

use crate::{Entry, Options, build};

/// One thing told, in short.
#[derive(Clone, Copy)]
struct Told {
    verb: &'static str,
    /// `day`, `from/to`, or empty.
    when: &'static str,
    modality: Modality,
    voice: Voice,
    /// `head|party|place`, or empty.
    gathering: &'static str,
    who: &'static [&'static str],
    terms: &'static [&'static str],
}

const PLAIN: Told = Told {
    verb: "say",
    when: "",
    modality: Modality::Occurred,
    voice: Voice::Body,
    gathering: "",
    who: &[],
    terms: &[],
};

fn at(index: usize) -> TextRange {
    let start = index as u32 * 10;
    TextRange::new(start, start + 9).expect("in order")
}

fn timex(range: TextRange, when: &str) -> Timex {
    let (from, to) = when.split_once('/').unwrap_or((when, when));
    let interval = Interval::new(from.parse().ok(), to.parse().ok()).expect("in order");
    let mut timex = Timex {
        range,
        kind: TimexType::Date,
        value: when.to_string(),
        modifier: None,
        quant: None,
        freq: None,
        interval,
        grain: Some(Grain::Day),
        approximate: false,
        implied: Vec::new(),
        anchor: Anchor::Words,
        rule: "test".to_string(),
        alternatives: Vec::new(),
        parts: Vec::new(),
    };
    if from != to {
        timex.parts = vec![timex.clone()];
    }
    timex
}

fn mention(range: TextRange, kind: MentionKind, name: &str) -> Mention {
    let name = name.to_string();
    Mention {
        range,
        kind,
        key: name.to_lowercase(),
        name,
        joined: Joined::Text,
        role: None,
        country: None,
        coordinates: None,
    }
}

fn entry(label: &str, reference: &str, told: &[Told]) -> Entry {
    let source = Source::from_utf8(label);
    let mut brief = NormalizedBrief {
        reference: Reference {
            moment: reference.parse().ok(),
            basis: ReferenceBasis::Stamp,
            evidence: None,
        },
        ..NormalizedBrief::default()
    };
    for (index, told) in told.iter().enumerate() {
        let range = at(index);
        brief.sentences.push(Sentence { range, block: index as u32 });
        let mut list = |term: &str| {
            brief.terms.push(term.to_string());
            brief.terms.len() as u32 - 1
        };
        let trigger = list(told.verb);
        let terms = told.terms.iter().map(|term| list(term)).collect();
        let date = (!told.when.is_empty()).then(|| {
            brief.dates.push(timex(range, told.when));
            brief.dates.len() as u32 - 1
        });
        let mut named = |kind, name: &str| {
            brief.mentions.push(mention(range, kind, name));
            brief.mentions.len() as u32 - 1
        };
        let who = told.who.iter().map(|name| named(MentionKind::Person, name)).collect();
        let mut parts = told.gathering.split('|');
        let mut part = || parts.next().filter(|part| !part.is_empty()).map(str::to_string);
        let gathering = part().map(|head| Gathering {
            mention: 0,
            head,
            parties: part().into_iter().collect(),
            place: part(),
            anaphoric: false,
        });
        brief.events.push(EventMention {
            clause: range,
            sentence: index as u32,
            trigger,
            modality: told.modality,
            kind: if told.modality == Modality::Planned {
                EventKind::Scheduled
            } else {
                EventKind::Happened
            },
            voice: told.voice,
            date,
            date_basis: if date.is_some() { DateBasis::Clause } else { DateBasis::Reported },
            dates: date.into_iter().collect(),
            speaker: None,
            who,
            places: Vec::new(),
            gathering,
            scene: Scene::Live,
            terms,
            happenings: Vec::new(),
            own_happenings: Vec::new(),
            once: false,
            continues: None,
            title: range,
            off_topic: None,
        });
    }
    Entry { id: source.id(), label: label.to_string(), sha256: source.sha256().to_string(), brief }
}

fn timeline(entries: Vec<Entry>) -> Timeline {
    build(entries, Vec::new(), &Options::default())
}

/// One event a line: bounds, kind, dating, citations, conflicting values, alternatives.
fn lines(timeline: &Timeline) -> Vec<String> {
    let day =
        |moment: Option<dateline_model::Moment>| moment.map_or("?".to_string(), |m| m.to_string());
    let interval =
        |interval: Interval| format!("{}/{}", day(interval.earliest()), day(interval.latest()));
    timeline
        .events
        .iter()
        .map(|event| {
            let mut line = format!(
                "{} {} {} x{}",
                interval(event.when.interval),
                event.kind.name(),
                event.when.dating.name(),
                event.citations.len()
            );
            for value in event.conflicts.iter().flat_map(|conflict| &conflict.values) {
                line += &format!(" vs {}", interval(value.interval));
            }
            for other in &event.when.alternatives {
                line += &format!(" or {}", interval(*other));
            }
            line
        })
        .collect()
}

const SUMMIT: Told = Told {
    verb: "summit",
    modality: Modality::Planned,
    gathering: "meeting|NATO|The Hague",
    ..PLAIN
};
const TALKS: Told = Told { verb: "meet", gathering: "talks|Russia|Istanbul", ..PLAIN };

#[test]
fn extents_that_differ_are_one_event_in_conflict() {
    let a = entry("a", "2025-06-02", &[Told { when: "2025-06-24/2025-06-26", ..SUMMIT }]);
    let b = entry("b", "2025-06-02", &[Told { when: "2025-06-24/2025-06-25", ..SUMMIT }]);
    assert_eq!(
        lines(&timeline(vec![a, b])),
        [
            "2025-06-24/2025-06-26 scheduled stated x2 vs 2025-06-24/2025-06-25 vs 2025-06-24/2025-06-26"
        ]
    );
}

#[test]
fn a_day_inside_an_extent_is_no_conflict() {
    let a = entry("a", "2025-06-02", &[Told { when: "2025-06-24/2025-06-25", ..SUMMIT }]);
    let held =
        Told { when: "2025-06-24", modality: Modality::Occurred, voice: Voice::Caption, ..SUMMIT };
    let b = entry("b", "2025-06-24", &[held]);
    assert_eq!(lines(&timeline(vec![a, b])), ["2025-06-24/2025-06-25 happened stated x2"]);
}

#[test]
fn an_undated_outcome_joins_a_plan_only_as_inferred() {
    let plans = [
        Told { when: "2025-05-16", ..TALKS },
        Told { when: "2025-06-02", modality: Modality::Planned, ..TALKS },
    ];
    let a = entry("a", "2025-06-01", &plans);
    let b = entry("b", "2025-06-03", &[Told { verb: "collapse", ..TALKS }]);
    assert_eq!(
        lines(&timeline(vec![a.clone(), b])),
        [
            "2025-05-16/2025-05-16 happened stated x1",
            "2025-06-02/2025-06-02 happened inferred x2 or 2025-05-16/2025-05-16"
        ]
    );
    // A report from before the plan's day cannot tell its outcome.
    let early = entry("b", "2025-05-20", &[Told { verb: "collapse", ..TALKS }]);
    assert_eq!(lines(&timeline(vec![a, early])).len(), 2);
}

#[test]
fn other_places_and_parties_are_other_gatherings() {
    let rome = Told { when: "2025-06-02", gathering: "talks|Iran|Rome", ..TALKS };
    let a = entry("a", "2025-06-03", &[Told { when: "2025-06-02", ..TALKS }]);
    let b = entry("b", "2025-06-03", &[rome]);
    assert_eq!(timeline(vec![a, b]).events.len(), 2);
}

#[test]
fn template_stories_with_other_actors_stay_apart() {
    let wins = |who, place| Told { verb: "win", when: "2024-11-05", who, terms: place, ..PLAIN };
    let a = entry("a", "2024-11-06", &[wins(&["A"], &["ohio", "race"])]);
    let b = entry("b", "2024-11-06", &[wins(&["B"], &["iowa", "race"])]);
    assert_eq!(timeline(vec![a, b]).events.len(), 2);
}

#[test]
fn a_headline_joins_the_event_it_names() {
    let body =
        Told { verb: "agree", who: &["Rutte"], terms: &["allies", "spend", "goal"], ..PLAIN };
    let other = Told { verb: "strike", who: &["Kim"], terms: &["port", "ship"], ..PLAIN };
    let headline =
        Told { verb: "back", voice: Voice::Headline, terms: &["allies", "goal"], ..PLAIN };
    let timeline = timeline(vec![entry("a", "2025-06-03", &[headline, body, other])]);
    assert_eq!(
        lines(&timeline),
        ["?/2025-06-03 happened reported x2", "?/2025-06-03 happened reported x1"]
    );
    assert_eq!(
        (timeline.account.sentences, timeline.account.cited, timeline.account.set_aside),
        (3, 3, 0)
    );
}

#[test]
fn the_order_of_the_input_is_irrelevant() {
    let entries: Vec<Entry> = ["a", "b", "c", "d"]
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let when = ["2025-06-24/2025-06-26", "2025-06-24/2025-06-25", "2025-06-24", ""][at];
            entry(label, "2025-07-01", &[Told { when, modality: Modality::Occurred, ..SUMMIT }])
        })
        .collect();
    let forward = timeline(entries.clone());
    let backward = timeline(entries.into_iter().rev().collect());
    assert_eq!(forward, backward);
    assert_eq!(forward.events.len(), 1);
    assert_eq!(forward.events[0].corroboration.sources, 4);
    assert_eq!(forward.events[0].formerly.len(), 3);
}

mod digests {
    //! What many articles tell of one topic.

    use jiff::civil::{Date, date};

    use crate::digest::{Fact, Options, Story, digest};

    fn fact(sentence: u32, days: &[Date], terms: &[u32]) -> Fact {
        Fact { sentence, days: days.to_vec(), terms: terms.to_vec(), words: 12 }
    }

    fn story(id: &str, day: Date, facts: Vec<Fact>) -> Story {
        let mut terms: Vec<u32> = facts.iter().flat_map(|fact| fact.terms.clone()).collect();
        terms.sort_unstable();
        terms.dedup();
        Story { id: id.to_string(), day: Some(day), terms, facts }
    }

    /// Three articles on a flood of the 2nd, one of which also tells of the 5th.
    fn flood() -> Vec<Story> {
        let (second, fifth) = (date(2025, 6, 2), date(2025, 6, 5));
        vec![
            story("a", date(2025, 6, 3), vec![fact(0, &[second], &[1, 2, 3]), fact(1, &[], &[9])]),
            story("b", date(2025, 6, 4), vec![fact(0, &[second], &[1, 2, 4])]),
            story(
                "c",
                date(2025, 6, 6),
                vec![fact(0, &[second], &[1, 2, 3]), fact(1, &[fifth], &[5, 6])],
            ),
        ]
    }

    fn options(dates: usize, sentences: usize) -> Options {
        Options { dates: Some(dates), sentences: Some(sentences), ..Options::default() }
    }

    #[test]
    fn the_day_most_articles_mention_comes_first() {
        let told = digest(&flood(), &Options { from: Some(date(2025, 6, 1)), ..options(1, 1) });
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].day, told[0].articles), (date(2025, 6, 2), 3));
        assert_eq!(told[0].picks.len(), 1);
    }

    #[test]
    fn two_sentences_that_say_the_same_are_told_once() {
        let told = digest(&flood(), &Options { from: Some(date(2025, 6, 1)), ..options(1, 3) });
        let picks = &told[0].picks;
        assert!(!(picks.contains(&(0, 0)) && picks.contains(&(2, 0))), "{picks:?}");
    }

    #[test]
    fn only_what_it_is_about_is_taken_where_there_is_any() {
        let about = Options { from: Some(date(2025, 6, 1)), about: vec![4], ..options(1, 1) };
        assert_eq!(digest(&flood(), &about)[0].picks, [(1, 0)]);
        let nothing = Options { about: vec![77], ..about };
        assert!(digest(&flood(), &nothing).is_empty());
    }

    #[test]
    fn the_order_of_articles_does_not_matter() {
        let stories = flood();
        let back: Vec<Story> = stories.iter().rev().cloned().collect();
        let ids = |stories: &[Story]| -> Vec<(Date, Vec<(String, u32)>)> {
            digest(stories, &Options::default())
                .into_iter()
                .map(|entry| {
                    let picks = entry.picks.iter();
                    (entry.day, picks.map(|(at, s)| (stories[*at].id.clone(), *s)).collect())
                })
                .collect()
        };
        assert_eq!(ids(&stories), ids(&back));
        assert!(digest(&[], &Options::default()).is_empty());
    }
}

/// Which texts tell one story.
mod clusters {
    use jiff::civil::{Date, date};

    use crate::cluster::{CUT, Document, chains, stories};

    /// Thirty terms from `from` on, the first `names` of them names.
    fn text(day: Option<Date>, from: u32, names: u32) -> Document {
        let names = (from..from + names).collect();
        Document { day, terms: (from..from + 30).collect(), names }
    }

    #[test]
    fn texts_with_much_in_common_are_one_story_and_others_are_not() {
        let texts = [text(None, 0, 5), text(None, 100, 5), text(None, 10, 5), text(None, 115, 5)];
        assert_eq!(stories(&texts, CUT).story, [0, 1, 0, 1]);
        assert_eq!(stories(&texts, 1.0).story, [0, 1, 2, 3], "nothing is wholly alike");
    }

    #[test]
    fn texts_weeks_apart_are_no_story() {
        let day = |day| Some(date(2025, 6, day));
        let texts = [text(day(1), 0, 5), text(day(5), 5, 5), text(day(25), 4, 5)];
        let story = stories(&texts, CUT).story;
        assert_eq!(story[0], story[1]);
        assert_ne!(story[0], story[2]);
    }

    #[test]
    fn names_tell_one_accident_from_another() {
        // Twenty words of any accident, ten names.
        let accident = |names: u32| {
            let names: Vec<u32> = (1000 * names..1000 * names + 10).collect();
            Document { day: None, terms: (0..20).chain(names.iter().copied()).collect(), names }
        };
        let cut = 0.3;
        let texts = [accident(1), accident(2), accident(1)];
        let found = stories(&texts, cut);
        assert_eq!(found.story, [0, 1, 0]);
        assert_eq!(found.original, [0, 1, 0], "the third has the words of the first");
    }

    #[test]
    fn a_copy_may_be_cut_and_a_chain_of_copies_leads_to_the_first() {
        let day = |day| Some(date(2025, 6, day));
        let first = text(day(1), 0, 5);
        let cut = Document { day: day(2), terms: (0..27).collect(), names: (0..5).collect() };
        let other = text(day(3), 12, 5);
        let found = stories(&[cut.clone(), other, first, cut], CUT);
        assert_eq!(found.original, [2, 1, 2, 2]);
        assert_eq!(found.story[0], found.story[2]);
    }

    #[test]
    fn the_order_of_texts_only_numbers_stories() {
        let texts: Vec<Document> =
            [0, 100, 7, 107, 14, 300].into_iter().map(|from| text(None, from, 3)).collect();
        let forward = stories(&texts, CUT).story;
        let reversed: Vec<Document> = texts.iter().rev().cloned().collect();
        let mut backward = stories(&reversed, CUT).story;
        backward.reverse();
        for a in 0..texts.len() {
            for b in 0..texts.len() {
                assert_eq!(forward[a] == forward[b], backward[a] == backward[b], "{a} and {b}");
            }
        }
    }

    #[test]
    fn a_thousand_copies_are_one_story_also_where_each_has_a_word_of_its_own() {
        let same = vec![Document { day: None, terms: vec![1, 2, 3], names: vec![1] }; 1000];
        assert!(stories(&same, CUT).story.iter().all(|story| *story == 0));
        let near =
            |at: u32| Document { terms: (0..30).chain([1000 + at]).collect(), ..text(None, 0, 3) };
        let near: Vec<Document> = (0..1000).map(near).collect();
        let found = stories(&near, CUT);
        assert!(found.story.iter().chain(&found.original).all(|first| *first == 0));
    }

    #[test]
    fn nothing_and_empty_texts_have_an_answer() {
        assert!(stories(&[], CUT).story.is_empty());
        let empty = vec![Document::default(); 3];
        assert_eq!(stories(&empty, CUT).story, [0, 1, 2]);
        assert_eq!(stories(&empty, 0.0).story.len(), 3);
    }

    #[test]
    fn a_chain_is_one_kind_of_happening_in_one_story() {
        let mention = |story, kind: &str| (story, kind.to_string());
        let told =
            [mention(0, "arrest"), mention(1, "arrest"), mention(0, "die"), mention(0, "arrest")];
        assert_eq!(chains(&told), [0, 1, 2, 0]);
    }
}
