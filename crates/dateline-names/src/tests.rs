//! Names in sentences, by what stands around them; the tables; the embedded gazetteer.

use dateline_model::{Mention, MentionKind};
use dateline_text::{SentenceRules, TextRange};

use crate::lexicon::TABLES;
use crate::{Lexicon, find, key};

fn mentions(text: &str, lexicon: &Lexicon) -> Vec<Mention> {
    let all = TextRange::at(0, text.len()).expect("a short text");
    find(text, &SentenceRules::english().split(text, all), lexicon)
}

/// "person Rosa Ek (Mayor)", "place Lima, Peru".
fn told(text: &str) -> Vec<String> {
    let lexicon = Lexicon::english();
    mentions(text, &lexicon)
        .iter()
        .map(|mention| {
            let role = mention.role.as_ref().map_or(String::new(), |role| format!(" ({role})"));
            let place = mention.kind == MentionKind::Place;
            let country = mention.country.as_ref().filter(|_| place);
            let country = country.map_or(String::new(), |country| format!(", {country}"));
            format!("{} {}{role}{country}", mention.kind.name(), mention.name)
        })
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn tables_are_sorted_and_each_row_stands_once() {
    Lexicon::english();
    for (name, text) in TABLES {
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').next().unwrap_or(""))
            .collect();
        for pair in rows.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} before {:?}", pair[0], pair[1]);
        }
    }
}

#[test]
fn the_table_of_people_stays_small() {
    let people = TABLES.iter().find(|(name, _)| *name == "people.tsv");
    let rows = people.map_or(0, |(_, text)| text.lines().filter(|l| !l.starts_with('#')).count());
    assert!(rows <= 300, "{rows} public figures");
}

#[test]
fn titles_ages_speech_and_appositions_make_people() {
    check("Mayor Rosa Ek opened the fair.", &["person Rosa Ek (Mayor)"]);
    check("Zbrk Qwopl, 45, was held.", &["person Zbrk Qwopl"]);
    check("Zbrk Qwopl told reporters to wait.", &["person Zbrk Qwopl"]);
    check("Zbrk Qwopl, the party's leader, left.", &["person Zbrk Qwopl"]);
    check("J. K. Zbrk won.", &["person J. K. Zbrk"]);
    check("Zbrk van der Qwopl won.", &["person Zbrk van der Qwopl"]);
    check("Frederick A. Zbrk won.", &["person Frederick A. Zbrk"]);
    check("They met the chairman, Zbrk Qwopl, there.", &["person Zbrk Qwopl (chairman)"]);
    check(
        "“It is late,” said Zbrk Qwopl, of Basel.",
        &["person Zbrk Qwopl", "place Basel, Switzerland"],
    );
    check("John Major, his successor, left.", &["person John Major"]);
    // Nothing says that these are people.
    check("Zbrk Qwopl fell from 12 to 9.", &[]);
    check("Green Valley Reservoir was full.", &[]);
    check("A Taylor Swift-themed night sold out.", &[]);
}

#[test]
fn a_surname_is_the_nearest_person_of_its_document() {
    let text = "Maria Zbrk met Paul Qwopl. Zbrk smiled. Qwopl did not. Mr Zbrk is another.";
    check(
        text,
        &[
            "person Maria Zbrk",
            "person Paul Qwopl",
            "person Maria Zbrk",
            "person Paul Qwopl",
            "person Maria Zbrk (Mr)",
        ],
    );
    // A word that is a surname too.
    check(
        "Harriet May resigned. May said so in May.",
        &["person Harriet May", "person Harriet May"],
    );
}

#[test]
fn lists_give_each_person_a_country() {
    let lexicon = Lexicon::english();
    let text = "Presidents Zbrk Qwopl (Latvia), Trrn Vlk (Estonia) and Plk Mnn (Lithuania) met.";
    let people: Vec<(String, Option<String>)> = mentions(text, &lexicon)
        .into_iter()
        .filter(|mention| mention.kind == MentionKind::Person)
        .map(|mention| (mention.name, mention.country))
        .collect();
    let expected = [("Zbrk Qwopl", "Latvia"), ("Trrn Vlk", "Estonia"), ("Plk Mnn", "Lithuania")];
    let expected: Vec<(String, Option<String>)> =
        expected.map(|(name, country)| (name.to_string(), Some(country.to_string()))).into();
    assert_eq!(people, expected);
}

#[test]
fn bodies_have_nouns_and_short_names() {
    check(
        "The Harbour Zbrk Union (HZU) struck. The HZU won; the Union cheered.",
        &[
            "organization Harbour Zbrk Union",
            "organization Harbour Zbrk Union",
            "organization Harbour Zbrk Union",
            "organization Harbour Zbrk Union",
        ],
    );
    check(
        "The Ministry of Trade and Industry paid.",
        &["organization Ministry of Trade and Industry"],
    );
    check("Turkish authorities agreed.", &["organization Turkish authorities"]);
}

#[test]
fn towns_lie_in_their_containers() {
    check("He died in Arequipa.", &["place Arequipa, Peru"]);
    check(
        "She lives in Paris, Texas.",
        &["place Paris, United States", "place Texas, United States"],
    );
    check("It rained in London, Ontario.", &["place London, Canada", "place Ontario, Canada"]);
    check(
        "Athens, Ga., and Rome, Ga., voted.",
        &[
            "place Athens, United States",
            "place Georgia state, United States",
            "place Rome, United States",
            "place Georgia state, United States",
        ],
    );
    // The state, in a text on its country.
    check(
        "Texas sued. Georgia did not. It rained in Georgia.",
        &[
            "place Texas, United States",
            "place Georgia state, United States",
            "place Georgia state, United States",
        ],
    );
    check("São Gabriel da Cachoeira is far.", &[]);
    // An ordinary word is a town only where the words say so.
    check("Nice weather is a Mobile matter.", &[]);
}

#[test]
fn a_seat_acts_for_its_government() {
    check("Moscow proposed a truce.", &["organization Russia"]);
    check("He flew to Moscow.", &["place Moscow, Russia"]);
    let lexicon = Lexicon::english();
    let seat = mentions("Moscow proposed a truce.", &lexicon);
    assert!(seat[0].coordinates.is_some(), "the seat lies somewhere");
}

#[test]
fn names_of_the_users_own() {
    let own = "person\tZbrk\tThe Zbrk\tPeru\nplace\tQwopl\t\tPeru\t-12.5\t-77\n";
    let lexicon = Lexicon::with_names(own).expect("the rows are read");
    let found = mentions("Zbrk left Qwopl.", &lexicon);
    assert_eq!(found[0].kind, MentionKind::Person);
    assert_eq!(found[1].coordinates, Some((-12_500_000, -77_000_000)));
    let error = Lexicon::with_names("person\tA\nplanet\tMars\n").expect_err("no such kind");
    assert_eq!(error.line, 2);
    assert!(error.to_string().contains("planet"), "{error}");
}

#[test]
fn spellings_have_one_key_and_other_names_another() {
    for (a, b) in [
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"),
        ("Mohammed al-Zbrk", "Muhammad el Zbrk"),
        ("Sergei Qwopl", "Sergey Qwopl"),
        ("Jean-Pierre Zbrk", "Jean Pierre Zbrk"),
    ] {
        assert_eq!(key::key(a), key::key(b), "{a}, {b}");
    }
    for (a, b) in [
        ("Lee Zbrk", "Li Zbrk"),
        ("Maria Zbrk", "Mario Zbrk"),
        ("Mohammed bin Salman", "Mohammed bin Zayed"),
        ("George W. Zbrk", "George H. W. Zbrk"),
    ] {
        assert_ne!(key::key(a), key::key(b), "{a}, {b}");
    }
}

#[test]
fn hostile_runs_end() {
    let lexicon = Lexicon::english();
    for shape in ["Smith ", "(AB) ", "\u{202e}A", "Bank of ", "Mr ", "(", "Paris, ", "ÅЖ "] {
        let text = shape.repeat(4000);
        let all: Vec<TextRange> = TextRange::at(0, text.len()).into_iter().collect();
        for mention in find(&text, &all, &lexicon) {
            assert!(mention.range.slice(&text).is_some(), "{shape:?}");
        }
    }
}
