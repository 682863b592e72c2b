//! The documents of a build: every format, the case folder, what is for the public, and the
//! table that reads back.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{PAGE, dateline, folder, json, said, status, timeline};

const TOLD: &str = "Talks in Rome\n\nIran and the United States met in Rome on 19 April 2025. The envoy slept at a secret address on 18 April 2025. They will meet again on 26 April 2025.\n";

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

fn id_of(timeline: &serde_json::Value, words: &str) -> String {
    let events = timeline["events"].as_array().expect("events");
    let quotes = |event: &&serde_json::Value| event["citations"].to_string().contains(words);
    let event = events.iter().find(quotes).expect("an event with these words");
    event["id"].as_str().expect("an id").to_string()
}

#[test]
fn all_formats_are_written_and_tell_what_they_lack() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let output = dateline(
        folder.path(),
        &[&"build", &"page.txt", &"--format", &"all", &"--title", &"A & B"],
    );
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    let out = folder.path().join("timeline");
    for format in dateline_export::Format::ALL {
        assert!(out.join(format.file()).exists(), "{}", format.file());
        assert!(said(&output).contains(format.file()), "{}", said(&output));
    }
    assert!(said(&output).contains("timeline.mmd  (kinds, names and places left out: "));
    assert_eq!(timeline(folder.path())["title"], "A & B");
    assert!(
        fs::read_to_string(out.join("index.html")).unwrap().contains("<title>A &amp; B</title>")
    );
    let again = dateline(folder.path(), &[&"build", &"timeline"]);
    assert_eq!(status(&again), Some(2), "what a build wrote is not read: {}", said(&again));
}

#[test]
fn a_calendar_has_what_is_scheduled_unless_told_otherwise() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let count = |more: &[&str]| {
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
            vec![&"build", &"page.txt", &"--format", &"ics"];
        for one in more {
            arguments.push(one);
        }
        assert_eq!(status(&dateline(folder.path(), &arguments)), Some(0));
        let text = fs::read_to_string(folder.path().join("timeline/timeline.ics")).unwrap();
        (text.matches("BEGIN:VEVENT").count(), text)
    };
    let (planned, text) = count(&[]);
    assert_eq!(planned, 1);
    assert!(
        text.contains("DTSTART;VALUE=DATE:20250426\r\nDTEND;VALUE=DATE:20250427\r\n"),
        "{text}"
    );
    assert_eq!(count(&["--calendar", "happened,scheduled"]).0, 2);
    assert_eq!(count(&["--calendar", "all"]).0, 2);
    assert_eq!(count(&["--calendar", "deadline"]).0, 0);
}

#[test]
fn what_is_wrong_with_the_wishes_is_told_with_a_way_out() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/notes"), "not yours").unwrap();
    let cases: [(&[&str], &str); 7] = [
        (&["page.txt", "--format", "docx"], "there are json, jsonl, md"),
        (&["page.txt", "--calendar", "holidays"], "there are happened, scheduled"),
        (&["page.txt", "--lang", "\"><b>"], "no language tag"),
        (&["page.txt", "--timelinejs", "mine"], "@knight-lab/timelinejs"),
        (&["-", "--bundle", "case"], "save standard input to a file"),
        (&["page.txt", "--bundle", "mine"], "name a new folder"),
        (&["page.txt", "--bundle", ".."], "name a new folder"),
    ];
    for (arguments, expect) in cases {
        let mut all: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"build"];
        for one in arguments {
            all.push(one);
        }
        let output = dateline(folder.path(), &all);
        assert_eq!(status(&output), Some(2), "{arguments:?}");
        assert!(said(&output).contains(expect), "{}", said(&output));
    }
    assert_eq!(fs::read_to_string(folder.path().join("mine/notes")).unwrap(), "not yours");
}

#[test]
fn a_case_folder_is_a_bag_that_can_be_written_again() {
    let folder = folder();
    fs::create_dir(folder.path().join("pages")).unwrap();
    fs::write(folder.path().join("pages/one 100%.txt"), PAGE).unwrap();
    for _ in 0..2 {
        let output = dateline(folder.path(), &[&"build", &"pages", &"--bundle", &"case"]);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
    }
    let case = folder.path().join("case");
    assert_eq!(fs::read_to_string(case.join("data/originals/one 100%.txt")).unwrap(), PAGE);
    let manifest = fs::read_to_string(case.join("manifest-sha256.txt")).unwrap();
    assert!(manifest.contains("  data/originals/one 100%25.txt\n"), "{manifest}");
    assert!(manifest.contains("  data/timeline/timeline.json\n"), "{manifest}");
    assert_eq!(manifest.lines().count(), files(&case.join("data")).len());
    let tags = fs::read_to_string(case.join("tagmanifest-sha256.txt")).unwrap();
    assert_eq!(tags.lines().count(), 3, "{tags}");
    let left = fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".tmp"))
    });
    assert_eq!(left.count(), 0, "nothing half is left");
}

#[test]
fn nothing_withheld_and_no_path_is_in_any_public_document() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), TOLD).unwrap();
    let page = folder.path().join("page.txt");
    assert_eq!(status(&dateline(folder.path(), &[&"build", &page])), Some(0));
    let id = id_of(&timeline(folder.path()), "secret");
    let hide = dateline(
        folder.path(),
        &[&"decide", &"hide", &id, &"--by", &"Ann Onymous", &"--note", &"asked for"],
    );
    assert_eq!(status(&hide), Some(0), "{}", said(&hide));
    let build = |more: &[&str]| {
        let mut all: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"build", &page, &"--format", &"all"];
        for one in more {
            all.push(one);
        }
        let output = dateline(folder.path(), &all);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
    };
    build(&["--public", "--bundle", "case"]);
    let path = folder.path().display().to_string();
    let written =
        [files(&folder.path().join("timeline")), files(&folder.path().join("case"))].concat();
    for file in written.iter().filter(|file| !file.ends_with("decisions.jsonl")) {
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        for secret in ["secret address", "slept", "Onymous", "asked for", path.as_str()] {
            assert!(!text.contains(secret), "{secret} in {}", file.display());
        }
    }
    let case = files(&folder.path().join("case"));
    let kept = |name: &str| case.iter().any(|file| file.to_string_lossy().contains(name));
    assert!(!kept("originals") && !kept("decisions.jsonl"), "nothing can be withheld from those");
}

#[test]
fn an_edited_table_reads_back_as_decisions() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), TOLD).unwrap();
    let build = || dateline(folder.path(), &[&"build", &"page.txt", &"--format", &"json,csv"]);
    assert_eq!(status(&build()), Some(0));
    let path = folder.path().join("timeline/timeline.csv");
    let table = fs::read_to_string(&path).unwrap();
    let unchanged = dateline(folder.path(), &[&"decide", &"table", &path]);
    assert!(said(&unchanged).starts_with("0 decisions"), "{}", said(&unchanged));
    // As some spreadsheets save it: a mark in front, semicolons, other line ends.
    let edited: Vec<String> = table
        .lines()
        .map(|line| {
            let line = line.replace("2025-04-26,2025-04-26,,,", "2025-04-27,2025-04-28,,,");
            let cut = line.len() - 2;
            let hidden = line.contains("secret");
            if hidden { format!("{},hide,not ours", &line[..cut]) } else { line }
        })
        .collect();
    fs::write(&path, format!("\u{feff}{}\n", edited.join("\n"))).unwrap();
    let output = dateline(folder.path(), &[&"decide", &"table", &path, &"--by", &"me"]);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    assert!(said(&output).contains("2 decisions"), "{}", said(&output));
    assert_eq!(status(&build()), Some(0));
    let built = timeline(folder.path());
    let next = id_of(&built, "meet again");
    let event =
        built["events"].as_array().unwrap().iter().find(|event| event["id"] == next.as_str());
    assert_eq!(event.unwrap()["when"]["edtf"], "2025-04-27/2025-04-28");
    assert!(!built["events"].to_string().contains("secret"), "it is hidden");
    let wrong = "id,title,earliest,latest,decide\r\n,x,,,\r\nnone,x,,,\r\n";
    fs::write(
        &path,
        format!("{wrong}{next},,26/04/2025,,\r\n{next},,2025-04-27,2025-04-28,burn\r\n"),
    )
    .unwrap();
    let output = dateline(folder.path(), &[&"decide", &"table", &path]);
    assert_eq!(status(&output), Some(1));
    for expect in [":2: it has no id", ":3: ", ":4: write days as", ":5: `burn` is nothing"] {
        assert!(said(&output).contains(expect), "{expect}: {}", said(&output));
    }
}

#[test]
fn events_of_lines_hold_to_their_schema() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    assert_eq!(
        status(&dateline(folder.path(), &[&"build", &"page.txt", &"--format", &"jsonl"])),
        Some(0)
    );
    let schema = json(&dateline(folder.path(), &[&"schema", &"event"]).stdout);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let lines = fs::read_to_string(folder.path().join("timeline/events.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        let errors: Vec<String> =
            validator.iter_errors(&json(line.as_bytes())).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dateline(folder.path(), &[&"completions", &shell]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("dateline"), "{shell}");
    }
    let page = dateline(folder.path(), &[&"man"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains(".TH dateline 1"));
    assert_eq!(status(&dateline(folder.path(), &[&"man", &"--out", &"man"])), Some(0));
    assert!(folder.path().join("man/dateline-build.1").exists());
}
