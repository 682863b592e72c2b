//! Stamps, datelines and credits by their form.

use std::fmt::Write as _;

use dateline_model::Parsed;

use super::{read, read_as, read_story};
use crate::{Lexicon, picture};

/// The candidates of `text`, each as kind and moment.
fn found(text: &str) -> String {
    candidates(&read(text))
}

fn candidates(parsed: &Parsed) -> String {
    let mut out = String::new();
    for candidate in &parsed.brief.candidates {
        let kind = format!("{:?}", candidate.kind).to_lowercase();
        let first = candidate.field.as_deref() == Some("stamp first");
        let kind = if first { "first" } else { &kind };
        let _ = write!(out, "{kind} {}", candidate.moment);
        if let Some(other) = candidate.alternative {
            let _ = write!(out, " or {other}");
        }
        out.push(';');
    }
    out.trim_end_matches(';').to_string()
}

#[test]
fn stamps() {
    let cases = [
        ("June 02, 2025", "stamp 2025-06-02"),
        ("Published: 2 June 2025", "stamp 2025-06-02"),
        ("Published 2 June 2025 at 17:32 BST", "stamp 2025-06-02T17:32+01:00"),
        ("(Xinhua) 09:20, June 02, 2025", "stamp 2025-06-02T09:20"),
        ("12:05 02.06.2025", "stamp 2025-06-02T12:05 or 2025-02-06T12:05"),
        ("• 6/3/2025", "stamp 2025-06-03 or 2025-03-06"),
        (
            "Wards full\n\n8/1/2014\n\nLevels of 27/6/2012 rose again.",
            "stamp 2014-01-08 or 2014-08-01",
        ),
        (
            "Wards full\n\n8/1/2014\n\nLevels of 6/27/2012 rose again.",
            "stamp 2014-08-01 or 2014-01-08",
        ),
        (
            "Wards full\n\n8/1/2014 12:05\n\nLevels of 27/6/2012 rose again.",
            "stamp 2014-01-08T12:05 or 2014-08-01T12:05",
        ),
        ("Submitted on Mon, 2019-01-21 13:49", "stamp 2019-01-21T13:49"),
        ("Posted by Jane Roe on June 2, 2025", "stamp 2025-06-02"),
        ("Submitted by mholt on Mon, 01/21/2019 - 13:49", "stamp 2019-01-21T13:49"),
        ("June 2, 2025 4:12 PM GMT+3", "stamp 2025-06-02T16:12+03:00"),
        ("Mon 2 Jun 2025 06.45 CEST", "stamp 2025-06-02T06:45+02:00"),
        ("Last updated: 25 June 2025, 18:40", "modified 2025-06-25T18:40"),
        ("Updated June 3, 2025", "modified 2025-06-03"),
        (
            "Published June 2, 2025 10:05 am, updated June 3, 2025 1:22 pm",
            "stamp 2025-06-02T10:05;modified 2025-06-03T13:22",
        ),
        ("2025-06-02T12:05:00Z", "stamp 2025-06-02T12:05Z"),
        ("Published On 2 Jun 20252 Jun 2025", "stamp 2025-06-02"),
        ("Brussels, 6 June 2025", "stamp 2025-06-06"),
        (
            "NETHERLANDS, June 26 - News item | 26-06-2025 | 09:59",
            "dateline 2025-06-26;stamp 2025-06-26T09:59",
        ),
        ("Published on 30.9.2025 at 06.00 by Lone Berg", "stamp 2025-09-30T06:00"),
        ("Posted 11.02.2026 by the news desk", "stamp 2026-02-11 or 2026-11-02"),
        ("Tuesday 21 April 2026, posted by Femke", "stamp 2026-04-21"),
        ("Wards full\n\nMorning Mail, Wednesday, Jan. 28, 2026, page 1", "stamp 2026-01-28"),
        (
            "Published 13 November 2025, corrected 14 November 2025",
            "stamp 2025-11-13;modified 2025-11-14",
        ),
        (
            "Updated 14 November 2025\n\n11.02.2025",
            "modified 2025-11-14;stamp 2025-02-11 or 2025-11-02",
        ),
        (
            "Published 2 November 2025\n\n02/11/2025",
            "stamp 2025-11-02;stamp 2025-11-02 or 2025-02-11",
        ),
        ("May 19, 2025 — For immediate release", "stamp 2025-05-19"),
        ("Oil spill contained\n\nSão Paulo and Basel, June 25, 2026", "stamp 2026-06-25"),
        ("Oil spill contained\n\nThey met by night, June 25, 2026", "title 2026-06-25"),
        ("By Jane Roe • March 12, 2025", "stamp 2025-03-12"),
        ("By Jane Roe, Staff Writer | 12 March 2025, 10:15 GMT", "stamp 2025-03-12T10:15Z"),
        ("By Jane Roe and the men of June 2, 2025, who left the house.", ""),
        ("The quay by night\n\nVideo - 19 December 2025", "stamp 2025-12-19"),
        ("The quay - 19 December 2025", "title 2025-12-19"),
        ("Originally published June 2, 2025", "first 2025-06-02"),
        (
            "This article was originally published on 26 Sep 2019 at 4:12pm but has been \
             regularly reviewed and updated.",
            "first 2019-09-26T16:12",
        ),
        ("This story was first published in 2019.", ""),
        ("This page was published on 3 March 2021", "stamp 2021-03-03"),
        ("04-27-2009, 07:14 PM #1", "stamp 2009-04-27T19:14"),
        ("Written 22nd April 2003 by Ted", "stamp 2003-04-22"),
        ("This article was last updated on 5 June 2025 to add words.", "modified 2025-06-05"),
        ("2 June 2025, written by a friend of the house, who left.", ""),
        ("Thursday, July 24", ""),
        ("Sales rose on June 2, 2025", "title 2025-06-02"),
        ("He left on 12:05 02.06.2025 for good.", ""),
    ];
    for (line, expect) in cases {
        let text = format!("{line}\n\nThey met for an hour, and nobody signed a word.\n");
        assert_eq!(found(&text), expect, "{line}");
    }
}

#[test]
fn dates_of_pages() {
    let cases = [
        // Fields of a byline, each in an element of its own.
        (
            "<p class=post-meta><span class=author>Jane Roe</span> \
             <span class=date>02 Feb 2026</span> <span>7 Comments</span></p>",
            "stamp 2026-02-02",
        ),
        // In a sentence the same element is part of it.
        ("<p>The men met on <span class=date>2 Feb 2026</span> and left.</p>", ""),
        ("<div class=date><a href=/archive>2 June 2025</a></div>", "stamp 2025-06-02"),
        ("<h4>By Jane Roe • March 12, 2025</h4>", "stamp 2025-03-12"),
        ("<meta itemprop=datePublished content=2025-06-02>", "metadata 2025-06-02"),
        (
            "<meta property=og:url content=https://harbour.example/2023/october/03/wine>\
             <link rel=canonical href='Which wines are there?'><p>03/10/2023</p>",
            "address 2023-10-03;stamp 2023-10-03 or 2023-03-10",
        ),
        ("<link rel=canonical href='https://harbour.example/2023/8/9/wine'>", "address 2023-08-09"),
        ("<link rel=canonical href='https://harbour.example/2023/8/9-wines'>", ""),
        (
            "<abbr class=published title=2019-06-27T10:21:40Z>jeudi</abbr>",
            "metadata 2019-06-27T10:21:40Z",
        ),
        ("<abbr class=full-width title=2019-06-27>jeudi</abbr>", "metadata 2019-06-27"),
        ("<meta itemprop=datePublished content=1425913200851>", "metadata 2015-03-09T15:00Z"),
        ("<span data-publishtime='1425913200851'>3/9</span>", "metadata 2015-03-09T15:00Z"),
        (
            "<script type=application/ld+json>{\"title\": \"\", \"pubDate\": \
             \"2019-09-05T11:10:52\", \"upDate\": \"2019-09-06T08:00:00\"}</script>",
            "metadata 2019-09-05T11:10:52;modified 2019-09-06T08:00",
        ),
        ("<abbr title='2 June 2019'>AGM</abbr>", ""),
        ("<p>Festival <abbr class=dtstart title=2025-12-24>24 December</abbr></p>", ""),
        (
            "<p>Updated <time datetime=2024-06-03>June 3, 2024</time></p>",
            "modified 2024-06-03;modified 2024-06-03",
        ),
        ("<p>He resigned on <time datetime=2019-06-03>3 June 2019</time> over this.</p>", ""),
        ("<div class=date>Blog entry by Jane Roe | 28 April, 2017</div>", "stamp 2017-04-28"),
        (
            "<footer><p>This story was originally published June 3, 2025 at 5:00 PM.</p></footer>",
            "first 2025-06-03T17:00",
        ),
    ];
    for (line, expect) in cases {
        let parsed = read_story(line);
        assert_eq!(candidates(&parsed), expect, "{line}");
    }
}

/// Below the text, days that differ are those of other stories; one may be its own.
#[test]
fn days_below_the_text() {
    let page = |below: &str| {
        let page = format!(
            "<html><body><article><h1>Ferry sinks off the coast</h1>\
             <p>They met for an hour in the harbour, and nobody signed a word of it.</p>\
             <p>The talks go on in the town next week, the men said as they left.</p>\
             </article><aside>{below}</aside></body></html>"
        );
        candidates(&read_as(page.as_bytes(), Some("text/html")).expect("a page parses"))
    };
    let one = "<p><a href=/a>One</a> <time datetime=2024-06-03>3 June</time></p>";
    let two = "<p><a href=/b>Two</a> <time datetime=2024-06-02>2 June</time></p>";
    assert_eq!(page(one), "metadata 2024-06-03");
    assert_eq!(page(&[one, two].concat()), "");
}

/// Who posted a piece, when and under what, in the words of blogs.
#[test]
fn lines_of_blogs() {
    let cases = [
        ("Posted on January 29th, 2013 in Pop", "stamp 2013-01-29"),
        ("Posted by Ann on 5/16/2010 at 08:12 PM in Cake", "stamp 2010-05-16T20:12"),
        ("Posted by: Ann Poe | May 3, 2019 | Boats, Tides", "stamp 2019-05-03"),
        ("May 3, 2019 at 4:05 pm · Filed under Boats", "stamp 2019-05-03T16:05"),
        ("Veröffentlicht in Politik am 3. Mai 2019", "stamp 2019-05-03"),
        ("Geschrieben am 3. Mai 2019 von Peter", "stamp 2019-05-03"),
        ("Publié par Anne le 3 mai 2019 dans Bateaux", "stamp 2019-05-03"),
        ("Scritto da Anna il 3 maggio 2019", "stamp 2019-05-03"),
        ("Written by Ann Poe, last updated on 3 May 2019", "modified 2019-05-03"),
        ("Date of Last Revision: May 3, 2019", ""),
        ("3 May 2019 was a Friday like any other for the men of the harbour", ""),
        ("The vote on 3 May 2019 in Paris", ""),
        ("June 14, 2026 in Town Hall", ""),
        ("June 3, 2025 by admin | 3 Comments", "stamp 2025-06-03"),
        ("3 June 2025 by staff and agencies", "stamp 2025-06-03"),
        ("12 May 2024 - by the news desk", "stamp 2024-05-12"),
        ("Updated June 3, 2025 by staff", "modified 2025-06-03"),
        ("18 juin 1940 - Appel par de Gaulle", ""),
        ("12.05.1901 von Wien nach Graz", ""),
        ("3 May 2019 (cancelled)", ""),
        ("Dieser Bericht wurde am 12. März 2018 dem Parlament übergeben.", ""),
    ];
    for (line, expect) in cases {
        let parsed = read_story(&format!("<p>{line}</p>"));
        assert_eq!(candidates(&parsed), expect, "{line}");
    }
}

/// What the chrome says in so many words is read wherever it stands, but not in a list.
#[test]
fn days_the_chrome_tells() {
    let whole = |own: &str, below: &str| {
        let page = format!(
            "<html><body><article><h1>Ferry sinks off the coast</h1>{own}\
             <p>They met for an hour in the harbour, and nobody signed a word of it.</p>\
             <p>The talks go on in the town next week, the men said as they left.</p>\
             </article><div class=sidebar>{below}</div></body></html>"
        );
        candidates(&read_as(page.as_bytes(), Some("text/html")).expect("a page parses"))
    };
    let page = |below: &str| whole("", below);
    let labelled = "<p>VERÖFFENTLICHT AM 17.06.2019</p>";
    assert_eq!(page(labelled), "stamp 2019-06-17");
    let signed = "<p>Gespeichert von <b>rasos</b> am 24. Juli 2017 - 18:55</p>";
    assert_eq!(page(signed), "stamp 2017-07-24T18:55");
    // A box beside the story has days of other things, and the page has its own.
    assert_eq!(page("<p>Release date: 14 March 2003</p>"), "");
    assert_eq!(page("<div class=comments><p>Posted on 5 July 2021</p></div>"), "");
    let boxed = "<p>Published: 4 April 2011</p>";
    assert_eq!(whole("<p>3 June 2019</p>", boxed), "stamp 2019-06-03");
    let list = "<p>Publication | 17 January, 2017</p><p>Blog entry by Ann Poe | 3 May, 2017</p>";
    assert_eq!(page(list), "");
    let changed = "<p>Publié le 29/10/2012</p><p>Mis à jour le 29/10/2012 à 14h03</p>";
    assert_eq!(page(changed), "stamp 2012-10-29");
    let two = "<p>Posted: 7 June 2019</p><p>Posted: 8 June 2019</p>";
    assert_eq!(page(two), "");
}

#[test]
fn stamps_of_other_languages() {
    let cases = [
        ("Donnerstag, 15.2.2018, 19:51 Uhr", "stamp 2018-02-15T19:51"),
        ("Dienstag, 29. Januar 2019", "stamp 2019-01-29"),
        ("Veröffentlicht am 6. August 2018 um 12.05 Uhr", "stamp 2018-08-06T12:05"),
        ("Stand: 9. Oktober 2017, 01:40 Uhr", "modified 2017-10-09T01:40"),
        ("Gespeichert von rasos am 24. Juli 2017 - 18:55", "stamp 2017-07-24T18:55"),
        ("14.06.2019 (ch)", "stamp 2019-06-14"),
        (
            "Freitag | 14. Juni 2019 | 15:49 VON Ina Gabel IN Mode | 0 COMMENTS",
            "stamp 2019-06-14T15:49",
        ),
        (
            "Dieser Artikel wurde am 14. Dezember 2015 um 14:48 von Heiner geschrieben.",
            "stamp 2015-12-14",
        ),
        ("Dieser Artikel wurde am 3. Mai 2019 aktualisiert.", "modified 2019-05-03"),
        (
            "Esta entrada fue publicada en Sin categoría el 3 mayo, 2019 por Ana.",
            "stamp 2019-05-03",
        ),
        ("Publié le 1er juin 2019 à 18h28", "stamp 2019-06-01T18:28"),
        ("Mis à jour le 3 mars 2020 à 9h15", "modified 2020-03-03T09:15"),
        ("Mis à jour le 3 mars 2020 à 09:15", "modified 2020-03-03T09:15"),
        ("par Jeanne Roux, le 5 déc. 2020", "stamp 2020-12-05"),
        ("Publicado el 27 de octubre de 2012", "stamp 2012-10-27"),
        ("Ultimo aggiornamento: 12 maggio 2021", "modified 2021-05-12"),
        ("Publicado em 3 de março de 2022 às 10:45", "stamp 2022-03-03T10:45"),
        ("Laatst bijgewerkt op 8 mei 2023 om 14:20 uur", "modified 2023-05-08T14:20"),
        ("Publicerad 11 maj 2024 kl. 06:30", "stamp 2024-05-11T06:30"),
        ("Sist oppdatert 2. des. 2024", "modified 2024-12-02"),
        ("Offentliggjort 31. marts 2024 kl. 8:05", "stamp 2024-03-31T08:05"),
        ("Julkaistu 7. kesäkuuta 2024 klo 9:10", "stamp 2024-06-07T09:10"),
        ("Aktualizacja: 17 września 2024", "modified 2024-09-17"),
        ("Publikováno 4. července 2024 v 7:00", "stamp 2024-07-04T07:00"),
        ("2019. január 23. 10:05", "stamp 2019-01-23T10:05"),
        ("2015. augusztus 20., 11:16 forrás: MTI", "stamp 2015-08-20T11:16"),
        ("Yayınlanma tarihi: 9 Ağustos 2024", "stamp 2024-08-09"),
        ("27 июня 2019 г., 10:05", "stamp 2019-06-27T10:05"),
        ("Оновлено 5 квітня 2024 о 11:30", "modified 2024-04-05T11:30"),
        ("2020 m. sausio 5 d. 10:00", "stamp 2020-01-05T10:00"),
        ("Ενημερώθηκε: 3 Μαΐου 2024", "modified 2024-05-03"),
        ("نشر في 12 يناير 2024", "stamp 2024-01-12"),
        ("2019年1月23日 10:05", "stamp 2019-01-23T10:05"),
        ("更新时间：2019年1月23日", "modified 2019-01-23"),
        (
            "기사입력 2019년 1월 23일 기사수정 2019년 1월 24일",
            "stamp 2019-01-23;modified 2019-01-24",
        ),
        // The label stands behind its day, also without a space.
        ("2024年6月3日更新", "modified 2024-06-03"),
        ("2024年6月1日 公開 2024年6月3日 更新", "stamp 2024-06-01;modified 2024-06-03"),
        ("公開日：2024年6月1日 更新日：2024年6月3日", "stamp 2024-06-01;modified 2024-06-03"),
        (
            "입력 2024.06.01 10:00 수정 2024.06.03 12:00",
            "stamp 2024-06-01T10:00;modified 2024-06-03T12:00",
        ),
        ("2024年6月3日（月）12:05", "stamp 2024-06-03T12:05"),
        ("2016年7月5日18時30分", "stamp 2016-07-05T18:30"),
        ("2016年7月5日 午後6時30分更新", "modified 2016-07-05T18:30"),
        ("2016年7月5日 18时", "stamp 2016-07-05T18:00"),
        ("2016年7月5日18时30分45秒", "stamp 2016-07-05T18:30:45"),
        ("입력 2016년 7월 5일 오후 6시 30분", "stamp 2016-07-05T18:30"),
        (
            "21 aprile 2017 (modifica il 22 aprile 2017 | 19:42)",
            "stamp 2017-04-21;modified 2017-04-22T19:42",
        ),
        ("Data utworzenia: 9 lutego 2024, 14:22", "stamp 2024-02-09T14:22"),
        // What stands behind "source", "author", "views" is no part of it.
        ("发布日期：2019-09-23 14:34:05 所属分类： 头条", "stamp 2019-09-23T14:34:05"),
        ("时间：2019-09-25 作者：网络整理", "stamp 2019-09-25"),
        ("来源: | 发布时间: 2018-05-17 | 浏览次数: 2168", "stamp 2018-05-17"),
        ("2019-08-13 14:07来源：澎湃新闻·政务", "stamp 2019-08-13T14:07"),
        ("2019年9月26日 星期四 15:10 来源：天天基金网", "stamp 2019-09-26T15:10"),
        ("2018年6月18日 10:01 発信地：カノ/ナイジェリア", "stamp 2018-06-18T10:01"),
        ("发表于2014-08-24 21:30| 1164次阅读| 来源CSDN", "stamp 2014-08-24T21:30"),
        ("입력 2020.07.07 오후 3:42", "stamp 2020-07-07T15:42"),
        ("下午3:45 2019-05-18", "stamp 2019-05-18T15:45"),
        // A few words beside a day in digits with its clock time.
        ("中国网 2019-11-25 10:37:31", "stamp 2019-11-25T10:37:31"),
        ("金融市场棱镜2019-09-23 07:48", "stamp 2019-09-23T07:48"),
        ("2020-06-05 20:35 叨叨姐 胡一刀", "stamp 2020-06-05T20:35"),
        ("2023 11/ 17 20:52:15", "stamp 2023-11-17T20:52:15"),
        ("会议于2019-05-18 15:30在北京举行", ""),
        ("Anmeldeschluss: 2019-05-18 15:30", ""),
        ("Akte SC2019-05-18", ""),
        ("12. März 2025 aktualisiert", "modified 2025-03-12"),
        ("14 March 2025 (updated)", "modified 2025-03-14"),
        ("Do., 12. Juni 2025, 10.30 Uhr", "stamp 2025-06-12T10:30"),
        ("Dernière mise à jour le 14 mars 2025", "modified 2025-03-14"),
        // Sentences on the page itself.
        ("Dieser Artikel wurde zuletzt am 3. Juni 2025 aktualisiert.", "modified 2025-06-03"),
        ("Dieser Text wurde erstmals am 2. Juni 2025 veröffentlicht.", "first 2025-06-02"),
        ("Cet article a été publié le 2 juin 2025 dans nos colonnes.", "stamp 2025-06-02"),
        ("Cet article a été publié initialement le 2 juin 2025.", "first 2025-06-02"),
        ("Este artículo fue actualizado el 3 de junio de 2025.", "modified 2025-06-03"),
        ("Dieser Artikel wurde im Juni 2025 vom Gericht verboten.", ""),
        // What ends a line beside the stamp: words of interfaces, a source.
        ("Feb 12, 2026 3 min read", "stamp 2026-02-12"),
        ("22.02.2026, 08:03 Lesezeit: 3 Min.", "stamp 2026-02-22T08:03"),
        (
            "27. Juni 2026, 17:12 Uhr Quelle: DIE ZEIT Nr. 27/2026 24 Kommentare",
            "stamp 2026-06-27T17:12",
        ),
        // A section or a name alone before a day with its time.
        ("Politics Feb 3, 2026 6:35 PM EST", "stamp 2026-02-03T18:35-05:00"),
        ("Kinga Mrozowska 28.05.2026, 07:50", "stamp 2026-05-28T07:50"),
        ("Morning Brief March 3, 2026", ""),
        ("11 may 2026 - 05:30 CEST", "stamp 2026-05-11T05:30+02:00"),
        ("Actualizado a 20/08/2026 19:30", "modified 2026-08-20T19:30"),
        ("Oluşturulma Tarihi: Mart 24, 2026 09:12", "stamp 2026-03-24T09:12"),
        // Days of a book and of a meeting come behind that of the page.
        ("Datum: 14. Juni 2025", "stamp 2025-06-14"),
        ("12.31 Uhr: Zwei Tote am Hafen", ""),
        ("12.31 Uhr", ""),
        // No day of the month, no year, no such day.
        ("29. Januar", ""),
        ("Januar 2019", ""),
        ("31. Februar 2019", ""),
        ("2019年13月23日", ""),
        // A sentence tells when something happened.
        ("Am 29. Januar 2019 wurde der Hafen gesperrt.", ""),
        ("Von der Brücke fiel er am 29. Januar 2019.", ""),
        ("Door knocking resumes, March 12, 2025", ""),
        ("Par for the course, June 3, 2024", ""),
        ("Af Klint show opens 3 June 2024", ""),
    ];
    for (line, expect) in cases {
        let text = format!("Der Hafen ist wieder gesperrt\n\n{line}\n\nDie Fähren liegen fest.");
        assert_eq!(found(&text), expect, "{line}");
    }
}

#[test]
fn days_of_records() {
    let story = "<h1>The harbour is closed again</h1><p>The board said that no ship may land.";
    let other = r#"{"title": "A crane falls on the quay", "date": "2025-06-01 10:00:00"}"#;
    let own = r#"{"title": "The harbour is closed again", "date": "2025-06-02 15:52:08"}"#;
    let named = r#"{"title": {"rendered": "The harbour is closed again"},
        "modified": "2025-06-04", "publishedAt": "2025-06-03T08:00:00Z"}"#;
    let cases = [
        (format!(r#"{{"posts": [{other}, {own}]}}"#), "metadata 2025-06-02T15:52:08"),
        (
            format!("window.__STATE__ = {{\"page\": {own}}}; start()"),
            "metadata 2025-06-02T15:52:08",
        ),
        (format!(r#"{{"posts": [{other}, {named}]}}"#), "metadata 2025-06-03T08:00Z"),
        (
            r#"{"title": "The harbour is closed again", "publishedAt": 1748822400000}"#.to_string(),
            "metadata 2025-06-02T00:00Z",
        ),
        (
            r#"{"title": "The harbour is closed again", "date": "2025-06-09",
            "dateCreated": "2025-06-08", "published": "2025-06-07"}"#
                .to_string(),
            "metadata 2025-06-07",
        ),
        // A record of another story says nothing of this one, nor one that is cut off.
        (format!(r#"{{"posts": [{other}]}}"#), ""),
        (format!(r#"{{"posts": [{own}"#), ""),
    ];
    for (state, told) in cases {
        let kind = if state.starts_with('{') { " type=\"application/json\"" } else { "" };
        let text = format!("<html><body>{story}<script{kind}>{state}</script></body></html>");
        let parsed = read_as(text.as_bytes(), Some("text/html")).expect("a page parses");
        assert_eq!(candidates(&parsed), told, "{state}");
        for candidate in &parsed.brief.candidates {
            let raw = candidate.raw.clone().expect("the place is known");
            let words = &text[raw.start as usize..raw.end as usize];
            assert!(words.starts_with("2025-06-0") || words == "1748822400000", "{words}");
        }
    }
}

#[test]
fn datelines() {
    let cases = [
        ("ISTANBUL, June 1 (Xinhua) -- ", "ISTANBUL, June 1 (Xinhua)", "ISTANBUL"),
        ("WASHINGTON (AP) — ", "WASHINGTON (AP)", ""),
        ("KYIV, Ukraine — ", "KYIV, Ukraine", ""),
        ("MOSCOW. June 2 (Interfax) - ", "MOSCOW. June 2 (Interfax)", "MOSCOW"),
        ("MOSCOW, June 2. /TASS/. ", "MOSCOW, June 2. /TASS/", "MOSCOW"),
        ("PARIS, June 3 (Reuters) - ", "PARIS, June 3 (Reuters)", "PARIS"),
        ("PARIS/ANKARA, June 3 (Reuters) - ", "PARIS/ANKARA, June 3 (Reuters)", "PARIS/ANKARA"),
        ("June 2 (UPI) -- ", "June 2 (UPI)", ""),
        ("New Delhi, Jun 3 (PTI) ", "New Delhi, Jun 3 (PTI)", "New Delhi"),
        ("THE HAGUE, Netherlands (AP) — ", "THE HAGUE, Netherlands (AP)", ""),
        ("GENEVA, 3 June 2025 – ", "GENEVA, 3 June 2025", "GENEVA"),
        ("Geneva (dpa) - ", "Geneva (dpa)", ""),
        (
            "ASUNCION (Chaco News Agency), Apr 8, 2025, 10:44 PYT — ",
            "ASUNCION (Chaco News Agency), Apr 8, 2025, 10:44 PYT",
            "ASUNCION",
        ),
    ];
    for (dateline, expect, place) in cases {
        let text = format!(
            "Talks resume in Geneva\nJune 4, 2025\n{dateline}Envoys met for an hour, and nobody signed a word.\n"
        );
        let parsed = read(&text);
        let words = |range| parsed.source.slice(range).unwrap_or_default();
        let blocks = &parsed.brief.blocks;
        let block = blocks.iter().find(|b| b.kind.name() == "dateline").map(|b| words(b.range));
        assert_eq!(block, Some(expect), "{text}");
        let body = blocks.last().map(|b| words(b.range)).unwrap_or_default();
        assert_eq!(body, "Envoys met for an hour, and nobody signed a word.", "{text}");
        let found = parsed.brief.candidates.iter().find_map(|c| c.place).map(words);
        assert_eq!(found.unwrap_or_default(), place, "{text}");
    }
}

#[test]
fn no_datelines() {
    let cases = [
        "NATO — the alliance of 32 — met in The Hague on Wednesday to talk.",
        "FILE - The flag at the council building in Brussels on that day.",
        "The talks, on June 2 - a Monday - ended after an hour and no more.",
        "Leaders of the Nine - Bulgaria, Estonia and others - met in Vilnius.",
        "UPDATE — Talks went on for an hour and then they stopped for good.",
        "He said it (on June 2) — and then he said it again to the others.",
    ];
    for text in cases {
        let parsed =
            read(&format!("Talks resume in Geneva\n\n{text}\n\nThey met for an hour or so.\n"));
        let dateline = parsed.brief.blocks.iter().any(|b| b.kind.name() == "dateline");
        assert!(!dateline, "{text}");
    }
}

#[test]
fn credits() {
    let lexicon = Lexicon::english();
    let cases = [
        ("They met. (AP Photo/Jane Roe)", "AP Photo/Jane Roe"),
        ("They met. (Jane Roe/Pool Photo via AP)", "Jane Roe/Pool Photo via AP"),
        ("They met in Rome June 2, 2025. REUTERS/Jane Roe", "REUTERS/Jane Roe"),
        ("They met in Rome June 2, 2025 REUTERS/Jane Roe", "REUTERS/Jane Roe"),
        (
            "They met. REUTERS/Jane Roe/Illustration/File Photo",
            "REUTERS/Jane Roe/Illustration/File Photo",
        ),
        ("They met [File: Jane Roe/Reuters]", "File: Jane Roe/Reuters"),
        (
            "They met. Photograph: Jane Roe/AFP/Getty Images",
            "Photograph: Jane Roe/AFP/Getty Images",
        ),
        (
            "They met on Sunday nightImage: Jane Roe/AP Photo/picture alliance",
            "Image: Jane Roe/AP Photo/picture alliance",
        ),
        ("They met. | Photo Credit: Reuters", "Photo Credit: Reuters"),
        (
            "They met. (Photo by Jane Roe/AFP via Getty Images)",
            "Photo by Jane Roe/AFP via Getty Images",
        ),
        ("They met. Handout via REUTERS", "Handout via REUTERS"),
        ("They met. © Jane Roe, AFP", "© Jane Roe, AFP"),
        ("They met. (Jane Roe / Getty Images)", "Jane Roe / Getty Images"),
        ("They met. EPA-EFE/JANE ROE", "EPA-EFE/JANE ROE"),
        ("They met. Photo: W. Roe", "Photo: W. Roe"),
        ("They met. (Photo courtesy: Harbour Trust)", "Photo courtesy: Harbour Trust"),
        ("They met. (Jane Roe/Harbour Gazette)", ""),
        ("They met, Lindsey Roe (right) and Jon Doe (left)", ""),
        ("They met. The agency TASS said so", ""),
        ("They met. He left", ""),
        ("The 24/7 line rang and rang", ""),
    ];
    for (text, expect) in cases {
        let credit = picture::tail(text, &lexicon).filter(|credit| credit.strong);
        let words = credit.and_then(|credit| text.get(credit.start..credit.end));
        assert_eq!(words.unwrap_or_default(), expect, "{text}");
    }
    // The last brackets of a caption name whoever owns the picture.
    let cases = [
        ("They met. (Jane Roe/Harbour Gazette)", "Jane Roe/Harbour Gazette"),
        ("They met [Harbour Wire: Jane Roe]", "Harbour Wire: Jane Roe"),
        ("They met (the men on the left)", ""),
        ("They met (left: Jane Roe, right: Jon Doe)", ""),
    ];
    for (text, expect) in cases {
        let credit = picture::of_caption(text, &lexicon);
        let words = credit.and_then(|credit| text.get(credit.start..credit.end));
        assert_eq!(words.unwrap_or_default(), expect, "{text}");
    }
}

#[test]
fn languages() {
    let language = |text: &str| read(text).brief.language;
    let english = "The delegations met on Monday for an hour. They will meet again in June, \
                   when the lists of prisoners are ready and the bodies have been returned.";
    assert_eq!(language(english).as_deref(), Some("en"));
    assert_eq!(language("Talks resume."), None);
    let german = "Die zweite Runde der Gespräche ist am Montag nach rund einer Stunde zu Ende \
                  gegangen. Beide Seiten einigten sich darauf, weitere Gefangene auszutauschen, \
                  teilte der Minister nach dem Treffen in der türkischen Stadt mit.";
    assert_eq!(language(german).as_deref(), Some("de"));
    let russian = "Второй раунд переговоров завершился в понедельник в Стамбуле. Стороны \
                   договорились обменять всех тяжелораненых военнопленных.";
    assert_eq!(language(russian).as_deref(), Some("ru"));
}
