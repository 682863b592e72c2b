//! The tables against their own examples, canonical form, and properties of any text.

use std::collections::BTreeSet;

use dateline_model::{Anchor, Grain, Moment, Timex, TimexType};
use dateline_text::table::rows;
use dateline_text::{Ranged, TextRange};
use jiff::civil::Date;
use proptest::prelude::*;

use crate::chart::Chart;
use crate::token::{Scanner, Token};
use crate::{Context, DayOrder, ENGLISH, Genre, Lexicon, Tables, split_ranges, tag, tag_within};

const EXAMPLES: &str = include_str!("../data/en/examples.tsv");

thread_local! {
    static LEXICON: Lexicon = Lexicon::english();
}

fn found(text: &str, reference: &str, genre: Genre) -> Vec<Timex> {
    let context = Context::new(reference.parse().ok()).with_genre(genre);
    LEXICON.with(|lexicon| tag(text, &context, lexicon))
}

/// `text` marks what is expected with brackets; `values` lists the values, `; ` between.
#[track_caller]
fn check(text: &str, reference: &str, genre: Genre, values: &str) -> Vec<Timex> {
    let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
    let found = found(&plain, reference, genre);
    let mut marked = String::new();
    let mut at = 0;
    for timex in &found {
        let range = timex.range.as_usize();
        marked.push_str(&plain[at..range.start]);
        marked.push('⟦');
        marked.push_str(&plain[range.clone()]);
        marked.push('⟧');
        at = range.end;
    }
    marked.push_str(&plain[at..]);
    assert_eq!(marked, text);
    let told: Vec<&str> = found.iter().map(|timex| timex.value.as_str()).collect();
    assert_eq!(told.join("; "), values, "{text}");
    found
}

/// The names of the rules that made anything of `text`.
fn fired(text: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    let mut scanner = Scanner::new(text, 0, text.len(), &lexicon.vocabulary);
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next() {
        tokens.push(token);
    }
    let mut chart = Chart::default();
    chart.fill(text, &tokens, lexicon);
    (0..tokens.len())
        .flat_map(|at| chart.at(at))
        .filter_map(|edge| lexicon.rules.get(usize::from(edge.rule?)))
        .map(|rule| rule.name.to_string())
        .collect()
}

fn genre(cell: &str) -> Genre {
    match cell {
        "narrative" => Genre::Narrative,
        "colloquial" => Genre::Colloquial,
        "auto" => Genre::Auto,
        _ => Genre::News,
    }
}

#[test]
fn every_example_is_found_as_written_and_every_rule_has_one() {
    let lexicon = Lexicon::english();
    let mut seen = BTreeSet::new();
    for row in rows("examples.tsv", EXAMPLES) {
        let (text, reference) = (row.cell(0), row.cell(1));
        check(text, reference, genre(row.cell(3)), row.cell(2));
        let plain: String = text.chars().filter(|c| !matches!(c, '⟦' | '⟧')).collect();
        seen.extend(fired(&plain, &lexicon));
    }
    let idle: Vec<&str> =
        lexicon.rules.iter().map(|rule| &*rule.name).filter(|name| !seen.contains(*name)).collect();
    assert!(idle.is_empty(), "rules without an example: {idle:?}");
}

#[test]
fn tables_are_sorted_and_say_nothing_twice() {
    for (name, table) in [
        ("words.tsv", ENGLISH.words),
        ("cues.tsv", ENGLISH.cues),
        ("holidays.tsv", ENGLISH.holidays),
    ] {
        let all: Vec<_> = rows(name, table)
            .map(|row| match name {
                "holidays.tsv" => (row.cell(0), row.cell(3)),
                _ => (row.cell(0), row.cell(1)),
            })
            .collect();
        for pair in all.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} before {:?}", pair[0], pair[1]);
        }
    }
    let names: Vec<String> =
        Lexicon::english().rules.iter().map(|rule| rule.name.to_string()).collect();
    let once: BTreeSet<&String> = names.iter().collect();
    assert_eq!(once.len(), names.len(), "two patterns share a name");
}

#[test]
fn every_class_that_a_pattern_asks_for_can_be_met() {
    let made: BTreeSet<&str> = rows("patterns.tsv", ENGLISH.patterns)
        .map(|row| row.cell(1))
        .chain(rows("words.tsv", ENGLISH.words).map(|row| row.cell(1)))
        .chain(rows("cues.tsv", ENGLISH.cues).map(|row| row.cell(1)))
        .chain(rows("holidays.tsv", ENGLISH.holidays).map(|row| row.cell(3)))
        .chain([
            "HOLIDAY", "N", "N1", "D", "M", "H", "MM", "Y4", "Y2", "YOLD", "Y3", "HHMM", "HHMM0",
            "YMD8", "DHM6", "DX",
        ])
        .chain(["CAPITAL", "LOWER", "EDGE"])
        .collect();
    let asked = rows("patterns.tsv", ENGLISH.patterns)
        .filter(|row| !row.cell(0).starts_with('@'))
        .flat_map(|row| row.cell(2).split_ascii_whitespace())
        .flat_map(|place| place.trim_start_matches(['~', '_']).trim_end_matches('?').split('|'));
    for class in asked {
        assert!(made.contains(class), "nothing makes {class}");
    }
    let used = format!("{}{}", ENGLISH.patterns, include_str!("known.rs"));
    for row in rows("words.tsv", ENGLISH.words) {
        let class = row.cell(1);
        assert!(class.starts_with("NOT_") || used.contains(class), "nothing asks for {class}");
    }
}

#[test]
fn a_bad_row_is_an_error_with_its_line() {
    let check = |tables: Tables<'_>, expect: &str| {
        let error = Lexicon::from_tables(tables).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(expect));
    };
    check(
        Tables { words: "# a\nday\tunit\tday\n", ..ENGLISH },
        "words.tsv:2: a class is written in capitals, not `unit`",
    );
    check(Tables { words: "day\tUNIT\tdayz\n", ..ENGLISH }, "words.tsv:1: unknown value `dayz`");
    check(
        Tables { patterns: "a\tDATE\tX\tadd n=1\n", ..ENGLISH },
        "patterns.tsv:1: unknown operator `add`",
    );
    check(
        Tables { patterns: "a\tDATE\tX\tsame of=2\n", ..ENGLISH },
        "patterns.tsv:1: no such place in `of=2`",
    );
    check(
        Tables { patterns: "a\tDATE\tX?\tsame of=1\n", ..ENGLISH },
        "patterns.tsv:1: a pattern needs a place that is not optional",
    );
    check(
        Tables { patterns: "a\tDATE\tX\tsame of=1\tbeside=Y\n", ..ENGLISH },
        "patterns.tsv:1: a guard starts with before, after, own or near: `beside=Y`",
    );
    check(
        Tables { holidays: "Smallday\tfixed\t2-31\n", ..ENGLISH },
        "holidays.tsv:1: `fixed 2-31` is no day",
    );
    check(
        Tables { holidays: "Smallday\tsame\tBigday\n", ..ENGLISH },
        "holidays.tsv:1: no `Bigday` stands above",
    );
    check(
        Tables { words: "XT\tZONE\teurope 1500\n", ..ENGLISH },
        "words.tsv:1: unknown value `europe 1500`",
    );
}

#[test]
fn a_range_is_one_mention_with_its_ends() {
    let found = check("From ⟦June 24–26⟧ on.", "2025-06-15", Genre::News, "2025-06-24/2025-06-26");
    let parts: Vec<&str> = found[0].parts.iter().map(|part| part.value.as_str()).collect();
    assert_eq!(parts, ["2025-06-24", "2025-06-26"]);
    let split = split_ranges(found);
    assert_eq!(split.len(), 2);
    assert_eq!(split[1].range.len(), 2);
    assert!(!split.iter().any(|timex| timex.value.contains('/')));
}

#[test]
fn what_was_implied_is_told_apart() {
    let said = found("On June 2, 2025 they met.", "2025-06-15", Genre::News);
    assert_eq!((&said[0].anchor, said[0].implied.len()), (&Anchor::Words, 0));
    let year = found("On June 2 they met.", "2025-06-15", Genre::News);
    assert_eq!(year[0].implied, [Grain::Year]);
    assert_eq!(year[0].anchor, Anchor::Reference("2025-06-15".parse().unwrap()));
    let day = found("On Tuesday they met.", "2025-06-15", Genre::News);
    assert_eq!(day[0].implied, [Grain::Day]);
    let told = found("On May 3, 2019 they met. Two days later they left.", "", Genre::News);
    assert_eq!(told[1].anchor, Anchor::Earlier(told[0].range));
    let open = found("On June 24–26 they meet.", "", Genre::News);
    assert_eq!(open[0].value, "XXXX-06-24/XXXX-06-26");
    assert_eq!(open[0].anchor, Anchor::Missing);
    assert!(open[0].interval.is_unknown());
}

#[test]
fn a_length_from_an_event_says_where_the_event_is_told() {
    let text = "Two days after the fall of the city, they fled.";
    let found = found(text, "2025-06-15", Genre::News);
    let Anchor::Event(event) = found[0].anchor else { panic!("{:?}", found[0].anchor) };
    assert_eq!(event.slice(text), Some("the fall of the city"));
}

#[test]
fn numbers_are_read_in_the_order_of_the_document_and_keep_the_other_reading() {
    let text = "On 03/04/2025 and 25/04/2025 they met.";
    let found = found(text, "2025-06-15", Genre::News);
    assert_eq!(found[0].value, "2025-04-03");
    assert_eq!(found[0].alternatives[0].value, "2025-03-04");
    let context = Context::default().with_day_order(DayOrder::DayFirst);
    let asked = LEXICON.with(|lexicon| tag("On 03/04/2025 they met.", &context, lexicon));
    assert_eq!(asked[0].value, "2025-04-03");
}

#[test]
fn a_named_day_is_that_of_the_country() {
    let context = Context::new("2025-08-30".parse().ok()).with_country(Some("CA".to_string()));
    let found = LEXICON.with(|lexicon| tag("They will meet on Thanksgiving.", &context, lexicon));
    assert_eq!(found[0].value, "2025-10-13");
}

#[test]
fn no_expression_crosses_from_one_stretch_to_the_next() {
    let text = "Ends in June\n2, 3 and 4";
    let (first, second) = (TextRange::new(0, 12).unwrap(), TextRange::new(13, 23).unwrap());
    let context = Context::new("2025-06-15".parse().ok());
    let found = LEXICON.with(|lexicon| tag_within(text, &[first, second], &context, lexicon));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].range.slice(text), Some("June"));
    let off = TextRange::new(5, 999).unwrap();
    assert!(LEXICON.with(|lexicon| tag_within(text, &[off], &context, lexicon)).is_empty());
}

#[test]
fn stamps_of_pages_are_read() {
    for (text, value) in [
        ("⟦12:05 02.06.2025⟧", "2025-06-02T12:05"),
        ("⟦09:20, June 02, 2025⟧", "2025-06-02T09:20"),
        ("⟦26-06-2025 | 09:59⟧", "2025-06-26T09:59"),
        ("⟦6/3/2025⟧", "2025-06-03"),
        ("⟦Thursday, July 24⟧", "2025-07-24"),
        ("⟦Wednesday⟧ (⟦July 23, 2025⟧)", "2025-07-23; 2025-07-23"),
        ("Updated ⟦17:32 British Summer Time 2 June⟧", "2025-06-02T17:32+01:00"),
        ("⟦around 7:00 p.m.⟧ (⟦1600 GMT⟧)", "2025-06-15T19:00; 2025-06-15T16:00Z"),
    ] {
        check(text, "2025-06-15", Genre::News, value);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let words = [
        "June ",
        "May 1, ",
        "2025",
        "1/1/",
        "Monday",
        " to ",
        "–",
        "-",
        "the ",
        "of ",
        "two ",
        "years ago",
        " a.m.",
        "12:30",
        "’90s",
        "last ",
        "night ",
        "quarter",
        "'s ",
        "\n\n",
        "½",
        "é",
        "\u{301}",
        "e",
        "(",
        ")",
        "first ",
        "BC",
        "99999999999",
        "29 February ",
        "0",
        "second ",
        "every ",
        "later ",
        "1,000 ",
        "and ",
        "a ",
        "half ",
        "week ",
        "Easter ",
        ".",
        ", ",
        "00",
    ];
    let forms: Vec<&str> = rows("words.tsv", ENGLISH.words)
        .map(|row| row.cell(0))
        .chain(rows("holidays.tsv", ENGLISH.holidays).map(|row| row.cell(0)))
        .collect();
    let piece = prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(str::to_string),
        4 => prop::sample::select(forms).prop_map(|form| format!("{form} ")),
        1 => prop::sample::select(vec!["-", "/", ":", ".", "’", ",", "–"]).prop_map(str::to_string),
        2 => (0_u32..3_000).prop_map(|n| n.to_string()),
        1 => (0_u32..40).prop_map(|n| format!("{n} ")),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A life is told like a story, but one that begins with the day of a death is news.
#[test]
fn an_obituary_is_news() {
    let life = "She was born on 11 February 1909 and came to the city in 1913. She left school in \
        1923 and bought her first camera in May 1929. Her first book appeared in November 1949 and \
        was read to the council on 4 March 1950. She taught from 1961 until 1974. On 5 May 1986 a \
        museum gave her a retrospective. Her husband had died on 3 June 1982, and a son in 1988. ";
    let text =
        |lead: &str| format!("{lead} {life}{}Many came on 19 March.", "Her work hung. ".repeat(50));
    let last =
        |text: &str| found(text, "2000-03-09", Genre::Auto).last().map(|last| last.value.clone());
    assert_eq!(
        last(&text("The painter died on Monday in the city.")).as_deref(),
        Some("2000-03-19")
    );
    assert_eq!(last(&text("She was a painter.")).as_deref(), Some("1988-03-19"));
}

fn any_day() -> impl Strategy<Value = Date> {
    (-800_i32..800).prop_map(|n| {
        let start = Date::constant(2024, 1, 1);
        start.checked_add(jiff::Span::new().days(n)).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_ordered_ranges_on_characters(text in any_text()) {
        let spans = |reference: &str, genre| -> Vec<TextRange> {
            found(&text, reference, genre).iter().map(Ranged::range).collect()
        };
        for genre in [Genre::Auto, Genre::News, Genre::Narrative, Genre::Colloquial] {
            let with = spans("2025-06-15", genre);
            prop_assert_eq!(&with, &spans("", genre));
            for range in &with {
                prop_assert!(!range.is_empty());
                prop_assert!(range.slice(&text).is_some());
            }
            for pair in with.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start());
            }
        }
    }

    /// Words are read by eight bytes where there are so many; alone, most are shorter.
    #[test]
    fn a_word_is_the_same_alone(text in any_text()) {
        let vocabulary = LEXICON.with(|lexicon| lexicon.vocabulary.clone());
        let scanner = |from: usize, to: usize| Scanner::new(&text, from, to, &vocabulary);
        let read = |token: Token| (token.end, token.word, token.kind, token.shape);
        let mut all = scanner(0, text.len());
        while let Some(token) = all.next() {
            let alone = scanner(token.start as usize, token.end as usize).next();
            prop_assert_eq!(alone.map(read), Some(read(token)));
        }
    }

    #[test]
    fn shifting_the_reference_by_weeks_shifts_days(day in any_day(), weeks in -40_i64..40) {
        let later = day.checked_add(jiff::Span::new().weeks(weeks)).unwrap();
        for words in ["yesterday", "today", "on Tuesday", "three days ago", "next Friday", "the day after tomorrow"] {
            let text = format!("They met {words}.");
            let at = |day: Date| found(&text, &day.to_string(), Genre::News)[0].interval;
            let moved = |moment: Option<Moment>| moment.unwrap().day();
            let (before, after) = (at(day), at(later));
            let gap = moved(after.earliest()).since(moved(before.earliest())).unwrap();
            prop_assert_eq!(i64::from(gap.get_days()), weeks * 7);
        }
    }

    #[test]
    fn a_full_date_needs_no_reference(day in any_day()) {
        let text = format!("On {}/{}/{}, {day} and {day}.", day.month(), day.day(), day.year());
        let found = found(&text, "", Genre::News);
        prop_assert_eq!(found.last().map(|timex| timex.value.clone()), Some(day.to_string()));
        prop_assert!(found.iter().all(|timex| timex.kind == TimexType::Date));
        prop_assert!(found.iter().all(|timex| timex.anchor == Anchor::Words));
    }
}

/// The years with their lengths that differ, and the two that history remembers.
#[test]
fn days_of_the_hebrew_calendar_are_computed() {
    let lexicon = Lexicon::english();
    let day = |form: &str, year: i16| {
        let text = format!("It was on {form} {year}.");
        let found = tag(&text, &Context::default(), &lexicon);
        found.first().map(|timex| timex.value.to_string())
    };
    for (form, days) in [
        ("Passover", ["2018-03-31", "2019-04-20", "2021-03-28", "2024-04-23", "2029-03-31"]),
        ("Purim", ["2018-03-01", "2019-03-21", "2021-02-26", "2024-03-24", "2029-03-01"]),
        ("Rosh Hashanah", ["2018-09-10", "2019-09-30", "2021-09-07", "2024-10-03", "2029-09-10"]),
        ("Hanukkah", ["2018-12-03", "2019-12-23", "2021-11-29", "2024-12-26", "2029-12-02"]),
        ("Yom Kippur", ["1973-10-06", "1944-09-27", "2021-09-16", "2024-10-12", "2029-09-19"]),
        ("Simchat Torah", ["2023-10-07", "2019-10-21", "2021-09-28", "2024-10-24", "2029-10-01"]),
    ] {
        for expected in days {
            let year = expected[..4].parse().expect("a year");
            assert_eq!(day(form, year).as_deref(), Some(expected), "{form}");
        }
    }
}
