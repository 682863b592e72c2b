//! `dateline decide`, and `build` that keeps what was decided.

use std::fs;

use crate::{PAGE, dateline, folder, said, status, timeline};

#[test]
fn a_decision_is_written_beside_the_timeline_and_kept_by_build() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let build = || dateline(folder.path(), &[&"build", &"page.txt"]);
    assert_eq!(status(&build()), Some(0));
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    let decide: [&dyn AsRef<std::ffi::OsStr>; 6] =
        [&"decide", &"set-date", &id, &"2025-04-20", &"--note", &"by the protocol"];
    let output = dateline(folder.path(), &decide);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    let retitle = dateline(folder.path(), &[&"decide", &"retitle", &id, &"Rome <b>round</b>"]);
    assert_eq!(status(&retitle), Some(0), "{}", said(&retitle));
    assert_eq!(status(&build()), Some(0));
    let document = timeline(folder.path());
    let event = &document["events"][0];
    assert_eq!(event["when"]["edtf"], "2025-04-20");
    assert_eq!(
        (&event["when"]["dating"], &event["title"]),
        (&"editor".into(), &"Rome <b>round</b>".into())
    );
    assert_eq!(event["decisions"], serde_json::json!(["set-date", "retitle"]));
    assert_eq!(document["decisions"][0]["note"], "by the protocol");
    let page = fs::read_to_string(folder.path().join("timeline/index.html")).unwrap();
    assert!(page.contains("Rome &lt;b&gt;round") && !page.contains("Rome <b>round"));
}

#[test]
fn what_cannot_be_decided_is_told_with_a_way_out() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let nothing = dateline(folder.path(), &[&"decide", &"hide", &"e1"]);
    assert_eq!(status(&nothing), Some(2));
    assert!(said(&nothing).contains("build it first"), "{}", said(&nothing));
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    let cases: [(&[&dyn AsRef<std::ffi::OsStr>], &str); 5] = [
        (&[&"decide", &"hide", &"e1234"], "no event e1234"),
        (&[&"decide", &"split", &id], "--citation"),
        (&[&"decide", &"split", &id, &"--citation", &"9"], "counts from 1"),
        (&[&"decide", &"set-date", &id, &"2025-13-01"], "2025-13-01"),
        (&[&"decide", &"set-date", &id, &"2025-04-20/2025-04-19"], "ends before"),
    ];
    for (arguments, words) in cases {
        let output = dateline(folder.path(), arguments);
        assert_eq!(status(&output), Some(2), "{words}");
        assert!(said(&output).contains(words), "{words}: {}", said(&output));
    }
    assert!(!folder.path().join("timeline/decisions.jsonl").exists(), "nothing was written");
}

#[test]
fn a_bad_line_and_a_lost_decision_are_told_and_change_nothing_else() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let lost = "{\"decision\":\"hide\",\"sha256\":\"0\",\"quote\":\"Nobody says so.\"}\n";
    fs::write(folder.path().join("mine.jsonl"), format!("{lost}no\n")).unwrap();
    let build =
        [&"build" as &dyn AsRef<std::ffi::OsStr>, &"page.txt", &"--decisions", &"mine.jsonl"];
    let output = dateline(folder.path(), &build);
    assert_eq!(status(&output), Some(1), "a line could not be read");
    assert!(said(&output).contains("mine.jsonl:2: it is no decision"), "{}", said(&output));
    assert!(said(&output).contains("no source that was read"), "{}", said(&output));
    assert_eq!(timeline(folder.path())["events"].as_array().map(Vec::len), Some(2));
    fs::write(folder.path().join("mine.jsonl"), lost).unwrap();
    assert_eq!(status(&dateline(folder.path(), &build)), Some(0));
    let strict: Vec<&dyn AsRef<std::ffi::OsStr>> =
        build.into_iter().chain([&"--strict" as _]).collect();
    assert_eq!(status(&dateline(folder.path(), &strict)), Some(1));
}

#[test]
fn what_is_hidden_is_in_no_public_document() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    dateline(folder.path(), &[&"decide", &"hide", &id, &"--by", &"Jane Roe", &"--note", &"secret"]);
    let output = dateline(folder.path(), &[&"build", &"page.txt", &"--public"]);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    for name in ["timeline.json", "timeline.md", "index.html"] {
        let document = fs::read_to_string(folder.path().join("timeline").join(name)).unwrap();
        for words in ["19 April", "Jane Roe", "secret"] {
            assert!(!document.contains(words), "{name} holds {words}");
        }
    }
}

#[test]
fn a_hide_that_matches_nothing_fails_a_public_build() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    dateline(folder.path(), &[&"decide", &"hide", &id]);
    fs::write(folder.path().join("page.txt"), PAGE.replace("met in Rome", "sat in Rome")).unwrap();
    let output = dateline(folder.path(), &[&"build", &"page.txt", &"--public"]);
    assert_eq!(status(&output), Some(1));
    assert!(said(&output).contains("something is to be hidden"), "{}", said(&output));
}

#[test]
fn decisions_made_at_once_are_all_kept() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    fs::write(
        folder.path().join("timeline/decisions.jsonl"),
        "{\"decision\":\"hide\",\"sha256\":\"\",\"quote\":\"No end.\"}",
    )
    .unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| dateline(folder.path(), &[&"decide", &"confirm", &id]));
        }
    });
    let text = fs::read_to_string(folder.path().join("timeline/decisions.jsonl")).unwrap();
    assert_eq!(text.lines().count(), 9, "{text}");
}
