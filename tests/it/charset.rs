//! The same brief as UTF-8 text, as windows-1252 and as a small HTML page gives the same
//! blocks, and every range maps back to the raw bytes that say it.

use dateline_model::BlockKind;
use dateline_pipeline::{Options, Read, read};
use dateline_tests::checks::{LEXICONS, check_source};
use dateline_tests::fixtures::raw_input;
use dateline_text::TextRange;

const HEADLINE: &str = "Café talks in Vilnius end with “clear” pledge";
const LEAD: &str =
    "Lithuania’s President Gitanas Nauseda said on Monday that “nothing less” would do – and left.";
const BODY: &str = "The Bucharest Nine meeting on 2 June 2025 was held in Vilnius & lasted a day.";

fn utf8() -> Vec<u8> {
    format!("{HEADLINE}\n\n2 June 2025\n\n{LEAD}\n\n{BODY}\n").into_bytes()
}

fn windows_1252() -> Vec<u8> {
    let byte = |c: char| match c {
        'é' => 0xe9,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        other => u8::try_from(other).expect("the brief has only characters of windows-1252"),
    };
    String::from_utf8(utf8()).expect("made of strings").chars().map(byte).collect()
}

fn html() -> Vec<u8> {
    let lead = LEAD.replace('’', "&rsquo;").replace('–', "&#8211;");
    let lead = lead.replace("on Monday", "<em>on <b>Monday</b></em>");
    let body =
        BODY.replace('&', "&amp;").replace("Bucharest Nine", "<a href=\"/b9\">Bucharest Nine</a>");
    let headline = HEADLINE.replace('é', "&eacute;");
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{headline}</title></head>\n\
         <body><article><h1>{headline}</h1>\n<p>2 June 2025</p>\n<p>{lead}</p>\n<p>{body}</p>\n\
         </article></body></html>\n"
    )
    .into_bytes()
}

fn one(label: &str, bytes: &[u8]) -> Read {
    let (briefs, failures) = read(raw_input(label, bytes), &LEXICONS, &Options::default());
    assert_eq!(failures, [], "{label}");
    let mut briefs = briefs.into_iter();
    let read = briefs.next().expect("one brief");
    assert!(briefs.next().is_none(), "{label} is one brief");
    check_source(&read.source, Some(bytes));
    read
}

fn blocks(read: &Read) -> Vec<(BlockKind, &str)> {
    let words = |range| read.source.slice(range).expect("blocks lie on characters");
    read.brief.blocks.iter().map(|block| (block.kind, words(block.range))).collect()
}

fn dates(read: &Read) -> Vec<(&str, &str)> {
    let words = |range: TextRange| read.source.slice(range).expect("dates lie on characters");
    read.brief.dates.iter().map(|date| (words(date.range), date.value.as_str())).collect()
}

/// The raw bytes behind the first `words`.
fn raw_of(read: &Read, bytes: &[u8], words: &str) -> Vec<u8> {
    let start = read.source.text().find(words).unwrap_or_else(|| panic!("no {words}"));
    let range = TextRange::at(start, start + words.len()).expect("in order");
    let raw = read.source.to_raw(range).into_iter();
    raw.flat_map(|raw| bytes[raw.start as usize..raw.end as usize].to_vec()).collect()
}

#[test]
fn same_blocks_and_dates() {
    let text = one("brief.txt", &utf8());
    let legacy = one("brief.txt", &windows_1252());
    let page = one("brief.html", &html());
    let expect = [
        (BlockKind::Headline, HEADLINE),
        (BlockKind::Stamp, "2 June 2025"),
        (BlockKind::Paragraph, LEAD),
        (BlockKind::Paragraph, BODY),
    ];
    assert_eq!(blocks(&text), expect);
    assert_eq!(blocks(&legacy), expect);
    assert_eq!(blocks(&page), expect);
    assert_eq!(dates(&text), dates(&legacy));
    assert_eq!(dates(&text), dates(&page));
    assert!(dates(&text).contains(&("Monday", "2025-06-02")), "{:?}", dates(&text));
}

#[test]
fn ranges_lead_back_to_the_bytes() {
    let (text, legacy, page) = (utf8(), windows_1252(), html());
    let read = one("brief.txt", &text);
    assert_eq!(raw_of(&read, &text, "“clear”"), "“clear”".as_bytes());
    let read = one("brief.txt", &legacy);
    assert_eq!(raw_of(&read, &legacy, "“clear”"), b"\x93clear\x94");
    assert_eq!(raw_of(&read, &legacy, "Monday"), b"Monday");
    let read = one("brief.html", &page);
    assert_eq!(raw_of(&read, &page, "“clear”"), "“clear”".as_bytes());
    assert_eq!(raw_of(&read, &page, "Lithuania’s"), b"Lithuania&rsquo;s");
    assert_eq!(raw_of(&read, &page, "Monday"), b"Monday");
    assert_eq!(raw_of(&read, &page, "Vilnius & lasted"), b"Vilnius &amp; lasted");
}

/// The fixtures that are not UTF-8 text have dates whose raw bytes are those words.
#[test]
fn fixtures_in_other_forms() {
    for start in ["39-", "43-"] {
        let fixture = dateline_tests::fixtures::brief(start);
        let read = one(&fixture.name, &fixture.bytes);
        assert!(!read.brief.dates.is_empty(), "{start} has dates");
        for date in &read.brief.dates {
            let raw = read.source.to_raw(date.range);
            assert!(!raw.is_empty(), "{start} {:?} has raw bytes", read.source.slice(date.range));
        }
        let raw = raw_of(&read, &fixture.bytes, "The Hague");
        assert_eq!(raw, b"The Hague", "{start}");
    }
}
