//! Live pages: which pages are ones, and what time each post has.

use super::{read_all, read_each};

/// The moments of the briefs of `text`, each with its headline.
fn posts(text: &str, hint: Option<&str>) -> String {
    let briefs = read_all(text.as_bytes(), hint);
    let line = |parsed: &dateline_model::Parsed| {
        let headline = parsed.brief.blocks.iter().find(|block| block.kind.name() == "headline");
        let headline = headline.and_then(|block| parsed.source.slice(block.range));
        let published = parsed.brief.metadata.published.map(|moment| moment.to_string());
        format!("{} {}", published.unwrap_or_default(), headline.unwrap_or("-"))
    };
    briefs.iter().map(line).map(|line| line.trim().to_string()).collect::<Vec<_>>().join("; ")
}

/// A page of plain text with posts of these stamps.
fn page(title: &str, day: &str, stamps: &[&str]) -> String {
    let post = |stamp: &&str| format!("{stamp}\nThe council met in the hall and took a vote.\n");
    format!("{title}\n\n{day}\n\n{}", stamps.iter().map(post).collect::<String>())
}

#[test]
fn clock_times_are_of_the_day_they_run_from() {
    let cases = [
        // The newest first, past midnight: none is before the page was published.
        (
            &["00:30", "23:50", "20:10"][..],
            "2025-06-04T00:30 -; 2025-06-03T23:50 -; 2025-06-03T20:10 -",
        ),
        // The oldest first.
        (
            &["20:10", "23:50", "00:30"],
            "2025-06-03T20:10 -; 2025-06-03T23:50 -; 2025-06-04T00:30 -",
        ),
        // A pinned post, and one that is a minute late.
        (
            &["07:00", "16:42", "16:43", "13:00"],
            "2025-06-03T07:00 -; 2025-06-03T16:42 -; 2025-06-03T16:43 -; 2025-06-03T13:00 -",
        ),
        // Days between the posts, and one in a stamp.
        (
            &["09:15", "08:40", "Monday 2 June\n\n22:10", "1 June 2025, 20:00", "19:00"],
            "2025-06-03T09:15 -; 2025-06-03T08:40 -; 2025-06-02T22:10 -; 2025-06-01T20:00 -; \
             2025-06-01T19:00 -",
        ),
        // Each with its day, and with its zone.
        (
            &["3 June 2025, 09:15 BST", "2 June 2025, 18:00 BST", "2 June 2025, 17:00 BST"],
            "2025-06-03T09:15+01:00 -; 2025-06-02T18:00+01:00 -; 2025-06-02T17:00+01:00 -",
        ),
    ];
    for (stamps, expect) in cases {
        let text = page("Harbour vote – live", "Published 3 June 2025", stamps);
        let found = posts(&text, None);
        assert_eq!(found, format!("Harbour vote – live; {expect}"), "{stamps:?}");
    }
}

#[test]
fn a_page_is_live_where_it_says_so() {
    let split = |title: &str, day: &str, stamps: &[&str]| {
        read_all(page(title, day, stamps).as_bytes(), None).len()
    };
    let (day, three) = ("Published 3 June 2025", ["20:10", "19:50", "19:30"]);
    assert_eq!(split("Harbour vote as it happened", day, &three), 4);
    assert_eq!(split("Live updates from the harbour vote", day, &three), 4);
    assert_eq!(split("Storm Ottilie live: thousands without power", day, &three), 4);
    assert_eq!(split("Quay v Lindhaven LIVE! The cup final", day, &three), 4);
    assert_eq!(split("Film shows the storm as it happened, say survivors", day, &three), 1);
    assert_eq!(split("TV guide: live coverage of the weekend", day, &three), 1);
    assert_eq!(split("Live music returns to the harbour", day, &three), 1);
    assert_eq!(split("LIVE\n\nHarbour vote goes on", day, &three), 4);
    assert_eq!(split("The harbour vote", day, &three), 1, "a schedule may have times too");
    assert_eq!(split("Harbour vote – live", day, &["20:10", "19:50"]), 1, "two times are few");
    assert_eq!(split("Harbour vote – live", "By Jane Roe", &three), 1, "no day is known");
    let same = ["Published 3 June 2025, 10:00"; 4];
    assert_eq!(split("Harbour vote – live", day, &same), 1, "one story again and again");
    // "Published" and a day with each of them need no title.
    let dated = [10, 9, 8].map(|hour| format!("Published 3 June 2025, {hour}:15"));
    let dated = dated.each_ref().map(String::as_str);
    assert_eq!(split("The harbour vote", "By Jane Roe", &dated), 4);
    // An article with a line on its first publication is no live page.
    let dated = ["Published 13 November 2025 10:00", "First published 12 November 2025 09:00"];
    assert_eq!(split("The harbour vote", "By Jane Roe", &dated), 1);
}

#[test]
fn the_stamp_of_the_page_and_changes_are_no_posts() {
    let say = "The council met in the hall and took a vote.";
    let post = |clock: &str, title: &str| {
        format!("{clock}\n{title}\n{say}\nUpdated at {}.55 GMT\n", &clock[..2])
    };
    let text = format!(
        "Harbour vote – live\nPublished 3 June 2025, 08:00\n\n{}{}{}",
        post("16.42 GMT", "Minister resigns"),
        post("15.10 GMT", "Vote fails"),
        post("13.00 GMT", "Session opens")
    );
    assert_eq!(
        posts(&text, None),
        "Harbour vote – live; 2025-06-03T16:42Z Minister resigns; 2025-06-03T15:10Z Vote fails; \
         2025-06-03T13:00Z Session opens"
    );
    // Changed the day after: the last day is that of the change.
    let text = "Harbour vote – live\nUpdated 4 June 2025\n\n";
    let text = format!("{text}00:30\n{say}\n23:50\n{say}\n20:10\n{say}\n");
    assert_eq!(
        posts(&text, None),
        "Harbour vote – live; 2025-06-04T00:30 -; 2025-06-03T23:50 -; 2025-06-03T20:10 -"
    );
}

#[test]
fn no_word_is_lost_between_posts() {
    let text = page("Harbour vote – live", "Published 3 June 2025", &["20:10", "19:50", "19:30"]);
    let briefs = read_each(text.as_bytes(), None, 1 << 20);
    let words: String = briefs.iter().flatten().map(|parsed| parsed.source.text()).collect();
    assert_eq!(words, text);
    for parsed in briefs.iter().flatten() {
        let raw = parsed.source.to_raw(parsed.source.range());
        let bytes = raw.iter().filter_map(|raw| text.get(raw.start as usize..raw.end as usize));
        assert_eq!(bytes.collect::<String>(), parsed.source.text());
    }
}

#[test]
fn times_of_the_markup_go_before_the_words() {
    let post = |time: &str, ago: &str, title: &str| {
        format!(
            "<article><header><time datetime='{time}'>{ago}</time><h2>{title}</h2></header>\
             <p>The vote is at <time datetime='2025-12-01T10:00:00Z'>ten</time> on Monday.</p>\
             <p>The ferry company has cancelled all crossings, it said in a statement.</p></article>"
        )
    };
    let posts_of = |kind: &str| {
        let page = format!(
            "<html><head><script type='application/ld+json'>{{\"@type\": \"{kind}\", \"headline\": \
             \"The storm nears the coast\", \"datePublished\": \"2025-11-12\"}}</script></head><body>\
             <main><h1>The storm nears the coast</h1>{}{}{}</main></body></html>",
            post("2025-11-13T08:20:00Z", "7m ago", "Power is back"),
            post("2025-11-12T22:15:00Z", "10h ago", "Two people hurt"),
            post("2025-11-12T16:05:00Z", "17h ago", "Ferries stopped"),
        );
        posts(&page, Some("text/html"))
    };
    assert_eq!(
        posts_of("LiveBlogPosting"),
        "2025-11-12 The storm nears the coast; 2025-11-13T08:20Z Power is back; \
         2025-11-12T22:15Z Two people hurt; 2025-11-12T16:05Z Ferries stopped"
    );
    assert_eq!(posts_of("NewsArticle"), "2025-11-12 The storm nears the coast");
}

#[test]
fn times_of_the_data_are_those_of_the_headings() {
    let page = |post: &dyn Fn(&str, &str) -> String| {
        let told = [
            ("Power is back", "2025-11-13T08:20:00Z", "2 min ago"),
            ("Two people hurt", "2025-11-12T22:15:00Z", "5:15 p.m. ET"),
            ("Ferries &amp; trams stopped", "2025-11-12T16:05:00Z", "17 hr ago"),
        ];
        let data = told.map(|(title, time, _)| {
            format!(
                "{{\"@type\": \"BlogPosting\", \"headline\": \"{title}\", \"datePublished\": \
                 \"{time}\", \"articleBody\": \"The council met.\"}}"
            )
        });
        let shown = told.map(|(title, _, stamp)| post(title, stamp));
        format!(
            "<html><head><script type='application/ld+json'>{{\"@type\": \"LiveBlogPosting\", \
             \"headline\": \"The storm nears the coast\", \"datePublished\": \
             \"2025-11-12T15:00:00Z\", \"liveBlogUpdate\": [{}]}}</script></head><body><main>\
             <h1>The storm nears the coast</h1><p>Ferries are stopped and schools are closed as \
             the storm nears the coast.</p>{}</main></body></html>",
            data.join(","),
            shown.concat(),
        )
    };
    let posts_of = |post: &dyn Fn(&str, &str) -> String| posts(&page(post), Some("text/html"));
    let text = "<p>The ferry company has cancelled all crossings, it said in a statement.</p>\
                <h3>What we know</h3><p>The crossings are cancelled until Friday, it added.</p>";
    let expect = "2025-11-12T15:00Z The storm nears the coast; 2025-11-13T08:20Z Power is back; \
                  2025-11-12T22:15Z Two people hurt; 2025-11-12T16:05Z Ferries & trams stopped";
    assert_eq!(posts_of(&|title, _| format!("<article><h2>{title}</h2>{text}</article>")), expect);
    let below = |title: &str, stamp: &str| {
        format!("<article><h2>{title}</h2><div>{stamp}</div>{text}</article>")
    };
    assert_eq!(posts_of(&below), expect);
    let above = |title: &str, stamp: &str| {
        format!("<article><div>{stamp}</div><h2>{title}</h2>{text}</article>")
    };
    assert_eq!(posts_of(&above), expect);
    // A time and a name glued together belong to the post below them.
    let glued = |title: &str, stamp: &str| {
        let clock = if stamp.starts_with('2') { "08:20" } else { "22:15" };
        format!("<article><p>{clock}Jane Roe</p><h2>{title}</h2>{text}</article>")
    };
    let briefs = read_all(page(&glued).as_bytes(), Some("text/html"));
    let first = |parsed: &dateline_model::Parsed| {
        parsed.source.text().lines().next().map(str::to_string).unwrap_or_default()
    };
    let first: Vec<String> = briefs.iter().skip(1).map(first).collect();
    assert_eq!(first, ["08:20Jane Roe", "22:15Jane Roe", "Ferries & trams stopped"]);
}
