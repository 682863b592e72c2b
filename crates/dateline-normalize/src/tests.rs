//! Unit tests of normalize: what a sentence tells, in one line an event.

use dateline_model::{
    Block, BlockKind, Brief, CandidateKind, DateCandidate, MentionKind, Moment, NormalizedBrief,
};
use dateline_text::{Source, TextRange};

use crate::lexicon::{Lexicon, TABLES};
use crate::{Context, Given, date, normalize};

/// Normalizes `text` as one block of `kind`, spoken from `reference`.
fn told(kind: BlockKind, text: &str, reference: &str) -> (Source, NormalizedBrief) {
    let source = Source::from_utf8(text);
    let blocks = vec![Block::new(kind, source.range())];
    let brief = Brief { blocks, ..Brief::default() };
    let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
    let given = reference.parse::<Moment>().map_or(Given::No, Given::FillIn);
    let normalized = normalize(&source, brief, Context { lexicon: &lexicon, timex: &timex, given });
    (source, normalized)
}

/// One event a line: kind, date words, trigger, speaker.
fn events(text: &str, reference: &str) -> Vec<String> {
    let (source, brief) = told(BlockKind::Paragraph, text, reference);
    let words = |range| source.slice(range).unwrap_or("").to_string();
    brief
        .events
        .iter()
        .map(|event| {
            let date = event.date.and_then(|date| brief.dates.get(date as usize));
            let date = date.map_or("-".to_string(), |date| words(date.range));
            let speaker = event.speaker.and_then(|at| brief.mentions.get(at as usize));
            let trigger = brief.terms.get(event.trigger as usize).map_or("", String::as_str);
            let speaker = speaker.map_or(String::new(), |speaker| format!(" by {}", speaker.name));
            format!("{} [{date}] {trigger}{speaker}", event.kind.name())
        })
        .collect()
}

/// Names in `text`: kind, canonical name, role.
fn names(text: &str) -> Vec<String> {
    let (_, brief) = told(BlockKind::Paragraph, text, "2025-06-03");
    let named = brief.mentions.iter().filter(|mention| mention.kind != MentionKind::Gathering);
    named
        .map(|mention| {
            let role = mention.role.as_ref().map_or(String::new(), |role| format!(" ({role})"));
            format!("{} {}{role}", mention.kind.name(), mention.name)
        })
        .collect()
}

#[test]
fn every_table_loads_and_is_canonical() {
    Lexicon::load(std::sync::OnceLock::new()).expect("every row is read");
    for (name, text) in TABLES {
        let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(rows, sorted, "{name} is sorted, each row once");
        assert!(rows.iter().all(|row| *row == row.trim_end_matches(' ')), "{name}");
    }
}

#[test]
fn a_date_belongs_to_one_thing() {
    let cases: &[(&str, &[&str])] = &[
        // The verb's own clause.
        (
            "The two leaders will meet in Geneva on Friday, the Kremlin said on Tuesday.",
            &["scheduled [Friday] meet by Russia", "happened [Tuesday] say by Russia"],
        ),
        (
            "The deal was signed in 2015 and abandoned by Trump in 2018.",
            &["background [2015] sign", "background [2018] abandon"],
        ),
        // In front of an event noun: the noun's, and the verb stays undated.
        (
            "Ukraine received an invitation to NATO’s June 24–26 summit.",
            &["happened [-] receive", "scheduled [June 24–26] meeting"],
        ),
        ("The June 24–26 summit opens in The Hague.", &["scheduled [June 24–26] open"]),
        (
            "Frederiksen warned that a 2032 spending target must be met.",
            &[
                "happened [-] warn by Mette Frederiksen",
                "deadline [2032] target by Mette Frederiksen",
            ],
        ),
        // Behind an event noun: the verb's, unless the verb only speaks of it.
        (
            "Leavitt began by speaking about the attack on Sunday in Boulder.",
            &["happened [-] begin", "happened [Sunday] attack"],
        ),
        ("The attack on Sunday killed 14 people in Kharkiv.", &["happened [Sunday] kill"]),
        // A participle that hangs on a noun.
        (
            "Israel says 20 of those taken on Oct. 7, 2023 are alive.",
            &["happened [-] say by Israel", "background [Oct. 7, 2023] take by Israel"],
        ),
        // What is compared with or describes is told of no day.
        ("Prices in Tokyo fell most since 1997.", &["happened [-] fall"]),
        ("The FSB held a 1999-born citizen in Moscow.", &["happened [-] hold"]),
        ("Exports from China rose in May from a year earlier.", &["happened [May] rise"]),
        ("Jamaica has seen no storm like it since records began in 1851.", &["happened [-] see"]),
        // Two people who speak are two events.
        (
            "Sikorski said Poland could not promise it, while Lavrov denounced the warning.",
            &["happened [-] say by Radosław Sikorski", "happened [-] denounce by Sergei Lavrov"],
        ),
        // A vague word gives no day.
        ("Recent talks in Istanbul collapsed.", &["happened [Recent] collapse"]),
    ];
    for (text, expect) in cases {
        assert_eq!(&events(text, "2025-06-03"), expect, "{text}");
    }
}

#[test]
fn what_is_planned_or_called_off_is_told_apart() {
    let cases: &[(&str, &[&str])] = &[
        ("Talks will resume in Istanbul on June 5.", &["scheduled [June 5] resume"]),
        ("Talks resumed in Istanbul on June 2.", &["happened [June 2] resume"]),
        ("The storm is forecast to reach Cuba on Thursday.", &["scheduled [Thursday] reach"]),
        (
            "A ceasefire that took effect on May 1 collapsed.",
            &["happened [-] collapse", "happened [May 1] take"],
        ),
        (
            "The EU plans to adopt sanctions by the end of June.",
            &["scheduled [the end of June] adopt"],
        ),
        ("Talks scheduled for Friday were cancelled.", &["scheduled [Friday] cancel"]),
    ];
    for (text, expect) in cases {
        assert_eq!(&events(text, "2025-06-03"), expect, "{text}");
    }
    let (_, brief) =
        told(BlockKind::Paragraph, "Talks scheduled for Friday were cancelled.", "2025-06-03");
    let modality = brief.events.first().map(|event| event.modality.name());
    assert_eq!(modality, Some("cancelled"));
}

#[test]
fn a_sentence_without_an_event_is_set_aside() {
    let text = "The hearts of many go out to them. It is what it is. Putin flew to Minsk.";
    let (source, brief) = told(BlockKind::Paragraph, text, "2025-06-03");
    let aside: Vec<_> =
        brief.set_aside.iter().filter_map(|aside| source.slice(aside.range)).collect();
    assert_eq!(aside, ["The hearts of many go out to them.", "It is what it is."]);
    assert_eq!(brief.events.len(), 1);
}

#[test]
fn names_with_roles_and_countries() {
    let cases: &[(&str, &[&str])] = &[
        (
            "NATO Secretary General Mark Rutte met Lithuanian President Gitanas Nauseda in Vilnius, Lithuania.",
            &[
                "organization NATO",
                "person Mark Rutte (NATO Secretary General)",
                "person Gitanas Nausėda (President)",
                "place Vilnius",
                "place Lithuania",
            ],
        ),
        // A surname joins the full name of its own document, or else the table.
        (
            "Mayor Ihor Terekhov spoke. Terekhov thanked Zelenskiy.",
            &[
                "person Ihor Terekhov (Mayor)",
                "person Ihor Terekhov",
                "person Volodymyr Zelenskyy (President)",
            ],
        ),
        // A seat of government acts; a city is where something is.
        (
            "Moscow proposed short truces, and Turkish authorities agreed in Moscow.",
            &["organization Russia", "organization Turkish authorities", "place Moscow"],
        ),
        (
            "Crowds filled Tel Aviv, Israel, and Rome.",
            &["place Tel Aviv", "place Israel", "place Rome"],
        ),
    ];
    for (text, expect) in cases {
        assert_eq!(&names(text), expect, "{text}");
    }
}

#[test]
fn gatherings_keep_party_and_place() {
    let text = "Leaders gathered for the NATO Bucharest Nine meeting in Vilnius. Peace talks between Ukraine and Russia in Istanbul ended.";
    let (_, brief) = told(BlockKind::Paragraph, text, "2025-06-03");
    let found: Vec<String> = brief
        .events
        .iter()
        .filter_map(|event| event.gathering.as_ref())
        .map(|g| {
            format!("{} {} {}", g.head, g.parties.join("+"), g.place.as_deref().unwrap_or("-"))
        })
        .collect();
    assert_eq!(found, ["meeting Bucharest Nine+NATO Vilnius", "talks Russia+Ukraine Istanbul"]);
}

#[test]
fn without_a_reference_nothing_is_made_up() {
    let (_, brief) = told(BlockKind::Paragraph, "Talks resumed in Istanbul on June 2.", "");
    assert_eq!(brief.reference.moment, None);
    assert!(brief.dates.iter().all(|date| date.interval.is_unknown()));
    assert!(brief.diagnostics.iter().any(|told| told.code == "no-reference"));
}

#[test]
fn another_language_is_set_aside_as_such() {
    let source = Source::from_utf8("Die Minister trafen sich am Montag in Wien.");
    let blocks = vec![Block::new(BlockKind::Paragraph, source.range())];
    let brief = Brief { blocks, language: Some("de".to_string()), ..Brief::default() };
    let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
    let context = Context { lexicon: &lexicon, timex: &timex, given: Given::No };
    let told = normalize(&source, brief, context);
    assert!(told.events.is_empty() && told.dates.is_empty());
    let reasons: Vec<_> = told.set_aside.iter().map(|aside| aside.reason.name()).collect();
    assert_eq!(reasons, ["other-language"]);
}

#[test]
fn an_endless_sentence_is_cut_and_loses_nothing() {
    let text = "Putin met Xi and ".repeat(4000);
    let (source, brief) = told(BlockKind::Paragraph, &text, "2025-06-03");
    let words: usize = brief
        .sentences
        .iter()
        .filter_map(|s| source.slice(s.range))
        .map(|s| s.split_whitespace().count())
        .sum();
    assert_eq!(words, text.split_whitespace().count());
    assert!(brief.sentences.iter().all(|sentence| sentence.range.len() <= 2048));
}

#[test]
fn a_relative_clause_is_called_by_what_it_hangs_on() {
    let title = |text: &str| {
        let (source, brief) = told(BlockKind::Paragraph, text, "2025-06-03");
        let last = brief.events.last().map(|event| event.title);
        last.and_then(|title| source.slice(title)).unwrap_or("").to_string()
    };
    let cases = [
        (
            "Trump left the nuclear deal, which was signed in 2015.",
            "the nuclear deal, which was signed in 2015.",
        ),
        (
            "Rutte called Zelensky, who is due in Rome on Friday.",
            "Zelensky, who is due in Rome on Friday.",
        ),
        ("They spoke about the NATO summit, which will open on June 24.", "the NATO summit"),
    ];
    for (text, expect) in cases {
        assert_eq!(title(text), expect, "{text}");
    }
}

/// Which of a page's days is the one of publication; each as kind, field and moment.
#[test]
fn the_day_of_publication() {
    use CandidateKind::{Address, Metadata, Modified, Stamp};
    type Case = (&'static [(CandidateKind, &'static str, &'static str)], &'static str);
    let cases: &[Case] = &[
        (
            &[(Modified, "json-ld dateModified", "2025-06-05"), (Address, "address", "2025-06-02")],
            "2025-06-02",
        ),
        // The data before what is printed.
        (
            &[(Stamp, "", "2025-06-03"), (Metadata, "json-ld datePublished", "2025-06-02")],
            "2025-06-02",
        ),
        // The page itself tells the first day from a later one.
        (
            &[
                (Metadata, "json-ld datePublished", "2025-06-05"),
                (Stamp, "stamp first", "2025-06-02"),
            ],
            "2025-06-02",
        ),
        // The data were renewed with the last change; the page prints an earlier day.
        (
            &[
                (Metadata, "json-ld datePublished", "2025-06-05T10:00:30Z"),
                (Modified, "json-ld dateModified", "2025-06-05T10:00:30Z"),
                (Stamp, "stamp labelled", "2025-06-02"),
            ],
            "2025-06-02",
        ),
        // It prints the day of the data, too: an earlier one is that of another story.
        (
            &[
                (Metadata, "json-ld datePublished", "2025-06-05T10:00:30Z"),
                (Modified, "json-ld dateModified", "2025-06-05T10:00:30Z"),
                (Stamp, "", "2025-06-05"),
                (Stamp, "", "2025-06-02"),
            ],
            "2025-06-05T10:00:30Z",
        ),
        // Changed later than published: the data know the two apart.
        (
            &[
                (Metadata, "json-ld datePublished", "2025-06-05T10:00:30Z"),
                (Modified, "json-ld dateModified", "2025-06-06T10:00:30Z"),
                (Stamp, "stamp labelled", "2025-06-02"),
            ],
            "2025-06-05T10:00:30Z",
        ),
        // Days of other stories say less than what is printed here.
        (&[(Metadata, "among others", "2025-06-09"), (Stamp, "", "2025-06-02")], "2025-06-02"),
        // One instant in UTC and in the zone of the page.
        (
            &[
                (Metadata, "json-ld datePublished", "2025-06-03T02:00Z"),
                (Stamp, "stamp labelled", "2025-06-02T22:00-04:00"),
            ],
            "2025-06-02T22:00-04:00",
        ),
    ];
    let lexicon = Lexicon::english();
    for (candidates, expect) in cases {
        let candidate = |(kind, field, moment): &(CandidateKind, &str, &str)| DateCandidate {
            field: Some(field.to_string()).filter(|field| !field.is_empty()),
            ..DateCandidate::new(*kind, None, moment.parse().expect("a moment"))
        };
        let candidates: Vec<DateCandidate> = candidates.iter().map(candidate).collect();
        let brief = Brief { candidates, ..Brief::default() };
        let found = crate::publication::evidence(&brief, &lexicon);
        let expect: Moment = expect.parse().expect("a moment");
        assert_eq!(found.map(|found| found.moment), Some(expect), "{:?}", brief.candidates);
    }
}

/// Four bare days below the first words are rows of a table; three, or one above, are not.
#[test]
fn days_of_a_table_are_none_of_the_page() {
    let at = |start: usize, end: usize| TextRange::at(start, end).expect("short");
    let page = |places: &[usize]| {
        let day = |(nth, start): (usize, &usize)| {
            let moment = format!("1907-09-{:02}", nth + 1).parse().expect("a day");
            DateCandidate::new(CandidateKind::Stamp, Some(at(*start, start + 10)), moment)
        };
        let candidates = places.iter().enumerate().map(day).collect();
        let blocks = vec![Block::new(BlockKind::Paragraph, at(100, 200))];
        Brief { blocks, candidates, ..Brief::default() }
    };
    let lexicon = Lexicon::english();
    let day = |places: &[usize]| {
        let brief = page(places);
        let evidence = crate::publication::evidence(&brief, &lexicon);
        let reference = crate::reference::of_page(&brief, evidence, Given::No);
        assert_eq!(reference.moment, evidence.map(|found| found.moment));
        evidence.map(|found| found.moment.to_string())
    };
    assert_eq!(day(&[300, 320, 340, 360]), None);
    assert_eq!(day(&[300, 320, 340]).as_deref(), Some("1907-09-01"));
    assert_eq!(day(&[80, 320, 340, 360, 380]).as_deref(), Some("1907-09-01"));
    // The page's own address says more than a bare day below the text, not than one above it.
    let addressed = |places: &[usize]| {
        let mut brief = page(places);
        let moment = "1907-08-31".parse().expect("a day");
        brief.candidates.push(DateCandidate::new(CandidateKind::Address, None, moment));
        let evidence = crate::publication::evidence(&brief, &lexicon);
        let reference = crate::reference::of_page(&brief, evidence, Given::No);
        assert_eq!(reference.moment, evidence.map(|found| found.moment));
        evidence.map(|found| found.moment.to_string())
    };
    assert_eq!(addressed(&[300]).as_deref(), Some("1907-08-31"));
    assert_eq!(addressed(&[80]).as_deref(), Some("1907-09-01"));
}

#[test]
fn the_days_of_a_brief_are_those_of_the_whole_reading() {
    let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
    let day: Moment = "2025-06-03".parse().expect("a day");
    let pages = [
        (BlockKind::Paragraph, "The envoys arrived in Doha yesterday.", Some(day)),
        (BlockKind::Paragraph, "The envoys arrived in Doha on 2 June 2025.", None),
        (BlockKind::Caption, "The envoys arrive in Doha, 2 June 2025.", None),
        (BlockKind::Paragraph, "The envoys arrived in Doha yesterday.", None),
    ];
    for (kind, text, printed) in pages {
        let source = Source::from_utf8(text);
        let stamp = printed.map(|day| DateCandidate::new(CandidateKind::Stamp, None, day));
        let blocks = vec![Block::new(kind, source.range())];
        let brief = Brief { blocks, candidates: Vec::from_iter(stamp), ..Brief::default() };
        let context = Context { lexicon: &lexicon, timex: &timex, given: Given::No };
        let dated = date(&source, brief.clone(), context);
        let told = normalize(&source, brief, context);
        assert_eq!(dated.reference, told.reference, "{text}");
        assert_eq!(dated.published, told.published, "{text}");
        assert_eq!(dated.sentences, told.sentences, "{text}");
        assert_eq!(dated.diagnostics, told.diagnostics, "{text}");
        assert!(!told.dates.is_empty(), "{text}");
        assert!(dated.events.is_empty() && dated.mentions.is_empty(), "{text}");
    }
}
