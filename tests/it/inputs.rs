//! Inputs of every form: what is read of each fixture, every prefix of it, damaged copies of
//! it, and that nothing of it tells who got it or where it lay.

use dateline_pipeline::{Limits, Options, Read, read};
use dateline_tests::checks::{LEXICONS, check_forms, check_read};
use dateline_tests::fixtures::{forms, raw_input};
use dateline_tests::mutate::mutate;
use dateline_tests::render;

fn form(start: &str) -> (Vec<Read>, Vec<u8>) {
    let fixture = forms().into_iter().find(|fixture| fixture.name.starts_with(start));
    let fixture = fixture.unwrap_or_else(|| panic!("no fixture starts with {start}"));
    (read(fixture.input(), &LEXICONS, &Options::default()).0, fixture.bytes)
}

#[test]
fn what_is_read() {
    for fixture in forms() {
        let (briefs, failures) = read(fixture.input(), &LEXICONS, &Options::default());
        insta::assert_snapshot!(fixture.name.clone(), render::input(&briefs, &failures));
    }
}

#[test]
fn raw_ranges_hold() {
    for fixture in forms() {
        check_read(fixture.input(), &fixture.bytes, &Options::default());
        let (briefs, _) = read(fixture.input(), &LEXICONS, &Options::default());
        for read in &briefs {
            for block in &read.brief.blocks {
                let words = read.source.slice(block.range);
                assert!(!read.source.to_raw(block.range).is_empty(), "{}: {words:?}", read.label);
            }
        }
    }
}

/// The raw bytes behind `words` of the brief at `at`.
fn raw_of(briefs: &[Read], bytes: &[u8], at: usize, words: &str) -> String {
    let source = &briefs[at].source;
    let start = source.text().find(words).unwrap_or_else(|| panic!("no {words}"));
    let range = dateline_text::TextRange::at(start, start + words.len()).expect("in order");
    let raw = source.to_raw(range).into_iter();
    let raw: Vec<u8> =
        raw.flat_map(|raw| bytes[raw.start as usize..raw.end as usize].to_vec()).collect();
    String::from_utf8_lossy(&raw).into_owned()
}

#[test]
fn words_lead_back_to_their_bytes() {
    let (briefs, bytes) = form("01-");
    assert_eq!(
        raw_of(&briefs, &bytes, 1, "Ferry & tug collide off Bod\u{f8}"),
        "Ferry &amp; tug collide off Bod&#xF8;"
    );
    assert_eq!(raw_of(&briefs, &bytes, 1, "off Bod\u{f8} on"), "off Bod&amp;oslash; on");
    assert_eq!(raw_of(&briefs, &bytes, 0, "1 June 2025"), "1 June 2025");
    let (briefs, bytes) = form("14-");
    assert_eq!(raw_of(&briefs, &bytes, 0, "Gda\u{144}sk"), "Gda\\u0144sk");
    assert_eq!(raw_of(&briefs, &bytes, 1, "14 June"), "14 June");
    let (briefs, bytes) = form("22-");
    assert_eq!(raw_of(&briefs, &bytes, 1, "H\u{e4}meenpuisto"), "H=E4meenpuisto");
    assert_eq!(raw_of(&briefs, &bytes, 1, "1 August"), "1 August");
    let (briefs, bytes) = form("20-");
    assert_eq!(raw_of(&briefs, &bytes, 0, "Caf\u{e9} owners"), "Caf=C3=A9 owners");
    let (briefs, bytes) = form("24-");
    assert_eq!(raw_of(&briefs, &bytes, 0, "28 May 2025"), "28 May 2025");
    let (briefs, bytes) = form("16-");
    assert_eq!(raw_of(&briefs, &bytes, 0, "Sunday"), "Sunday");
}

/// Nobody is named who only got a message, and no machine on which it was saved.
#[test]
fn nothing_tells_who_got_it() {
    for fixture in forms() {
        let (briefs, failures) = read(fixture.input(), &LEXICONS, &Options::default());
        let all = format!("{briefs:?}{failures:?}");
        for private in [
            "home.example",
            "desk.example",
            "Jane Reader",
            "Private Person",
            "3f9c2a",
            "somebody",
            "C:",
        ] {
            assert!(!all.contains(private), "{} tells {private}", fixture.name);
        }
    }
}

/// Each fixture as far as it goes, and with small damage.
#[test]
fn any_part_of_an_input_is_read() {
    for (at, fixture) in forms().iter().enumerate() {
        let label = fixture.name.as_str();
        let step = (fixture.bytes.len() / 40).max(1);
        for end in (0..fixture.bytes.len()).step_by(step) {
            check_forms(&fixture.bytes[..end], &[label]);
        }
        for seed in 0..12 {
            check_forms(&mutate(&fixture.bytes, seed + 1000 * at as u64), &[label]);
        }
    }
}

/// A forwarded message that is nothing but another one: the reader of mail asserts that it
/// is not so.
#[test]
fn a_message_right_inside_a_message_is_read() {
    let within = "Content-Type: message/rfc822\r\n\r\n";
    let mail = format!(
        "From: desk@quaypost.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
         --b\r\n{within}{within}Subject: Quay closed\r\n\r\nThe quay is closed.\r\n--b--\r\n"
    );
    check_forms(mail.as_bytes(), &["forward.eml"]);
    let input = raw_input("forward.eml", mail.as_bytes());
    let (briefs, failures) = read(input, &LEXICONS, &Options::default());
    let told = |read: &Read| read.source.text().contains("The quay is closed.");
    assert!(briefs.iter().any(told), "the words of the inner message are lost");
    assert!(failures.is_empty());
}

/// Of a feed that is cut anywhere, the entries before the cut are those of the whole.
#[test]
fn a_cut_feed_keeps_what_came_before() {
    for start in ["01-", "03-", "05-"] {
        let (whole, bytes) = form(start);
        let cut = bytes.len() * 3 / 4;
        let (part, _) = read(raw_input("feed", &bytes[..cut]), &LEXICONS, &Options::default());
        assert!(part.len() + 1 >= whole.len().min(2), "{start} has entries");
        for (part, whole) in part.iter().zip(&whole).take(part.len().saturating_sub(1)) {
            assert_eq!(part.source.text(), whole.source.text());
        }
    }
}

#[test]
fn limits_are_named() {
    let (_, bytes) = form("53-");
    let mut options = Options::default();
    options.limits = Limits { max_depth: 1, ..Limits::default() };
    let (_, failures) = read(raw_input("a.zip", &bytes), &LEXICONS, &options);
    assert!(failures.iter().all(|failure| failure.reason.contains("max-depth")), "{failures:?}");
    assert!(!failures.is_empty());
    options.limits = Limits { max_bytes: 100, ..Limits::default() };
    let (_, failures) = read(raw_input("a.zip", &bytes), &LEXICONS, &options);
    assert!(failures.iter().all(|failure| failure.reason.contains("max-bytes")), "{failures:?}");
}
