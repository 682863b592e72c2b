//! The command, run as its users run it: exit status, streams, labels, bad input.

mod cache;
mod decide;
mod documents;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PAGE: &str = "Talks in Rome\n\nIran and the United States met in Rome on 19 April 2025. They will meet again on 26 April 2025.\n";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn dateline(folder: &Path, arguments: &[&dyn AsRef<OsStr>]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).stdin(Stdio::null());
    for argument in arguments {
        command.arg(argument);
    }
    command.output().expect("the command starts")
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

fn timeline(folder: &Path) -> Value {
    json(&fs::read(folder.join("timeline/timeline.json")).expect("a timeline was written"))
}

/// Pipes `input` into the command.
fn piped(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("it is piped").write_all(input).expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

#[test]
fn build_writes_three_documents_and_says_where() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let output = dateline(folder.path(), &[&"build", &"page.txt"]);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    assert!(output.stdout.is_empty(), "data is in the files");
    assert!(said(&output).contains("timeline/index.html"));
    let document = timeline(folder.path());
    assert_eq!(document["schema"], "dateline.timeline/1");
    assert_eq!(document["sources"][0]["label"], "page.txt");
    assert_eq!(document["events"][0]["when"]["edtf"], "2025-04-19");
    let quote = document["events"][0]["citations"][0]["quote"].as_str();
    assert_eq!(quote, Some("Iran and the United States met in Rome on 19 April 2025."));
    let mut left: Vec<_> = fs::read_dir(folder.path().join("timeline"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["index.html", "timeline.json", "timeline.md"], "no temporary file is left");
}

#[test]
fn a_bad_input_takes_no_other_with_it() {
    let folder = folder();
    let briefs = folder.path().join("briefs");
    fs::create_dir_all(briefs.join("deep")).unwrap();
    fs::write(briefs.join("deep/page.txt"), PAGE).unwrap();
    fs::write(briefs.join("empty.txt"), "").unwrap();
    fs::write(briefs.join("binary.txt"), [0_u8, 159, 146, 150, 0, 0, 1, 2, 3]).unwrap();
    fs::write(briefs.join(".hidden"), "not read").unwrap();
    let output = dateline(folder.path(), &[&"build", &"briefs", &"gone.txt"]);
    assert_eq!(status(&output), Some(1), "{}", said(&output));
    let document = timeline(folder.path());
    assert_eq!(document["sources"][0]["label"], "deep/page.txt");
    let failures: Vec<(&str, &str)> = document["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["label"].as_str().unwrap(), f["reason"].as_str().unwrap()))
        .collect();
    let labels: Vec<&str> = failures.iter().map(|(label, _)| *label).collect();
    assert_eq!(labels, ["binary.txt", "empty.txt", "gone.txt"]);
    assert!(failures[2].1.contains("no such file"), "{failures:?}");
    assert_eq!(document["account"]["inputs"], 4);
    assert_eq!(document["account"]["failures"], 3);
}

#[test]
fn nothing_to_read_is_status_two() {
    let folder = folder();
    fs::create_dir(folder.path().join("none")).unwrap();
    for name in ["none", "gone.txt", "*.nothing"] {
        let output = dateline(folder.path(), &[&"build", &name]);
        assert_eq!(status(&output), Some(2), "{name}");
        assert!(said(&output).contains("nothing could be read"), "{}", said(&output));
    }
    assert_eq!(status(&dateline(folder.path(), &[&"build"])), Some(2), "no input named");
    assert_eq!(
        status(&dateline(folder.path(), &[&"build", &"x", &"--reference", &"soon"])),
        Some(2)
    );
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf8_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(folder.path().join(name), PAGE).unwrap();
    let output = dateline(folder.path(), &[&"build", &name]);
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    assert_eq!(timeline(folder.path())["sources"][0]["label"], "caf\u{fffd}.txt");
}

#[test]
fn labels_are_never_absolute() {
    let folder = folder();
    let page = folder.path().join("page.txt");
    fs::write(&page, PAGE).unwrap();
    let pattern = folder.path().join("p*.txt");
    for name in [page.as_path(), pattern.as_path(), folder.path()] {
        let out = folder.path().join(".out");
        let output = dateline(folder.path(), &[&"build", &name, &"--out", &out]);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
        let document = json(&fs::read(out.join("timeline.json")).unwrap());
        assert_eq!(document["sources"][0]["label"], "page.txt");
    }
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    dateline(folder.path(), &[&"build", &"page.txt", &"*.txt", &"page.txt"]);
    assert_eq!(timeline(folder.path())["account"]["inputs"], 1);
}

#[test]
fn standard_input_parses_and_tags() {
    let folder = folder();
    let output = piped(folder.path(), &["parse", "-"], PAGE.as_bytes());
    assert_eq!(status(&output), Some(0), "{}", said(&output));
    let document = json(&output.stdout);
    assert_eq!(document["schema"], "dateline.parse/1");
    assert_eq!(document["briefs"][0]["headline"], "Talks in Rome");
    let arguments = ["tag", "-", "--format", "json", "--reference", "2025-06-03"];
    let output = piped(folder.path(), &arguments, b"They met yesterday.");
    let document = json(&output.stdout);
    assert_eq!(document["reference"], "2025-06-03");
    assert_eq!(document["dates"][0]["value"], "2025-06-02");
    assert_eq!(
        (document["dates"][0]["start"].as_u64(), document["dates"][0]["end"].as_u64()),
        (Some(9), Some(18))
    );
}

#[test]
fn tag_answers_one_line_a_line_in_order() {
    let folder = folder();
    let input = b"{\"id\":1,\"text\":\"They met yesterday.\",\"reference\":\"2025-06-03\"}\nnot json\n\n{\"id\":\"b\",\"text\":\"Nothing.\"}\n";
    let output = piped(folder.path(), &["tag", "-", "--input-format", "jsonl"], input);
    assert_eq!(status(&output), Some(1), "one line was bad");
    assert!(said(&output).contains("line 2"), "{}", said(&output));
    let lines: Vec<Value> =
        output.stdout.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(json).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["dates"][0]["value"], "2025-06-02");
    assert_eq!(
        (lines[1]["id"].as_str(), lines[1]["dates"].as_array().map(Vec::len)),
        (Some("b"), Some(0))
    );
}

#[test]
fn tag_splits_ranges_and_writes_timeml() {
    let folder = folder();
    let text = b"The summit runs June 24-26 & ends <there>.";
    let arguments = ["tag", "-", "--reference", "2025-06-03", "--format", "json", "--ranges"];
    let count = |ranges: &str| {
        let all: Vec<&str> = arguments.iter().copied().chain([ranges]).collect();
        json(&piped(folder.path(), &all, text).stdout)["dates"].as_array().map(Vec::len)
    };
    assert_eq!((count("join"), count("split")), (Some(1), Some(2)));
    let arguments = ["tag", "-", "--reference", "2025-06-03", "--format", "timeml"];
    let output = String::from_utf8(piped(folder.path(), &arguments, text).stdout).unwrap();
    assert!(
        output.contains("value=\"2025-06-24\"") && output.contains("&amp; ends &lt;there&gt;"),
        "{output}"
    );
}

#[test]
fn explain_shows_words_and_rules() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let output = dateline(folder.path(), &[&"explain", &"page.txt"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("^^^^^^^^^^^^^ DATE 2025-04-19 by rule"), "{text}");
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let id = timeline(folder.path())["events"][0]["id"].as_str().unwrap().to_string();
    let output =
        dateline(folder.path(), &[&"explain", &id, &"--timeline", &"timeline/timeline.json"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("page.txt:3:1") && text.contains("^ says when"), "{text}");
    let output =
        dateline(folder.path(), &[&"explain", &"e0", &"--timeline", &"timeline/timeline.json"]);
    assert_eq!(status(&output), Some(2));
    assert!(said(&output).contains("no event `e0`"));
}

#[test]
fn strict_fails_on_a_warning() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), "Talks\n\nThey met in Rome on Monday.\n").unwrap();
    assert_eq!(status(&dateline(folder.path(), &[&"build", &"page.txt"])), Some(0));
    let output = dateline(folder.path(), &[&"build", &"page.txt", &"--strict"]);
    assert_eq!(status(&output), Some(1));
    assert!(said(&output).contains("--reference"), "{}", said(&output));
}

#[test]
fn schemas_are_printed() {
    let folder = folder();
    for name in ["timeline", "parse", "tag"] {
        let output = dateline(folder.path(), &[&"schema", &name]);
        let expect = format!("dateline.{name}/1");
        assert_eq!(json(&output.stdout)["properties"]["schema"]["const"], expect.as_str());
    }
    assert_eq!(status(&dateline(folder.path(), &[&"schema", &"other"])), Some(2));
}

#[test]
fn what_is_written_holds_to_its_schema() {
    let folder = folder();
    let text = "Talks in Rome\n\nIran and the United States met in Rome on 19 April 2025.\n\nThe NATO summit of June 24-26 will be in The Hague. It rained.\n";
    fs::write(folder.path().join("page.txt"), text).unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    dateline(folder.path(), &[&"build", &"page.txt", &"empty.txt"]);
    let parsed = dateline(folder.path(), &[&"parse", &"page.txt"]);
    let tagged = dateline(folder.path(), &[&"tag", &"page.txt", &"--format", &"json"]);
    let documents = [
        ("timeline", timeline(folder.path())),
        ("parse", json(&parsed.stdout)),
        ("tag", json(&tagged.stdout)),
    ];
    for (name, document) in documents {
        let schema = json(&dateline(folder.path(), &[&"schema", &name]).stdout);
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let wrong: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        let mut less = document.clone();
        less.as_object_mut().unwrap().remove("schema");
        assert!(!validator.is_valid(&less), "{name}: a document without its schema is refused");
    }
}

#[test]
fn a_folder_gives_its_pages_and_not_what_a_build_wrote() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    fs::write(folder.path().join("picture.png"), [0_u8, 1, 2]).unwrap();
    fs::write(folder.path().join(".hidden.txt"), PAGE).unwrap();
    let first = dateline(folder.path(), &[&"build", &"."]);
    assert_eq!(status(&first), Some(0));
    assert!(said(&first).contains("picture.png"), "{}", said(&first));
    let before = fs::read(folder.path().join("timeline/timeline.json")).unwrap();
    assert_eq!(status(&dateline(folder.path(), &[&"build", &"."])), Some(0));
    assert_eq!(fs::read(folder.path().join("timeline/timeline.json")).unwrap(), before);
}

#[test]
fn files_of_one_name_are_told_apart() {
    let folder = folder();
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("page.txt"), format!("{PAGE}\n{name}\n")).unwrap();
    }
    dateline(folder.path(), &[&"build", &"a/page.txt", &"b/page.txt"]);
    let document = timeline(folder.path());
    let labels: Vec<_> = (0..2).map(|at| document["sources"][at]["label"].clone()).collect();
    assert_eq!(labels, ["a/page.txt", "b/page.txt"]);
}

#[test]
fn a_build_of_nothing_leaves_the_last_timeline() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    dateline(folder.path(), &[&"build", &"page.txt"]);
    let before = fs::read(folder.path().join("timeline/timeline.json")).unwrap();
    assert_eq!(status(&dateline(folder.path(), &[&"build", &"gone.txt"])), Some(2));
    assert_eq!(fs::read(folder.path().join("timeline/timeline.json")).unwrap(), before);
}

#[test]
fn tag_answers_names_and_sentences_where_asked() {
    let folder = folder();
    let text = "Mayor Rosa Ek flew to Lima. Ek left.";
    let line = serde_json::json!({ "id": 1, "text": text }).to_string();
    let ask = ["tag", "-", "--input-format", "jsonl", "--format", "jsonl"];
    let plain = json(&piped(folder.path(), &ask, line.as_bytes()).stdout);
    assert!(plain.get("names").is_none() && plain.get("sentences").is_none());
    let ask = [&ask[..], &["--names", "--sentences"]].concat();
    let told = json(&piped(folder.path(), &ask, line.as_bytes()).stdout);
    let names: Vec<&str> =
        told["names"].as_array().unwrap().iter().filter_map(|name| name["name"].as_str()).collect();
    assert_eq!(names, ["Rosa Ek", "Lima", "Rosa Ek"]);
    assert_eq!(told["names"][2]["basis"], "document");
    assert_eq!(told["names"][1]["country"], "Peru");
    assert_eq!(told["sentences"][0]["end"], 27);
}

#[test]
fn names_of_the_users_own_are_read_or_refused_with_their_line() {
    let folder = folder();
    fs::write(folder.path().join("own.tsv"), "organization\tZbrk\tThe Zbrk\tPeru\n").unwrap();
    fs::write(folder.path().join("bad.tsv"), "# names\nplanet\tMars\n").unwrap();
    fs::write(folder.path().join("page.txt"), "Heads\n\nZbrk paid on 2 June 2025.\n").unwrap();
    let arguments: [&dyn AsRef<OsStr>; 5] =
        [&"tag", &"page.txt", &"--names", &"--names-file", &"own.tsv"];
    let told = dateline(folder.path(), &arguments);
    assert!(String::from_utf8_lossy(&told.stdout).contains("organization Zbrk"));
    let arguments: [&dyn AsRef<OsStr>; 4] = [&"build", &"page.txt", &"--names-file", &"bad.tsv"];
    let refused = dateline(folder.path(), &arguments);
    assert_eq!(status(&refused), Some(2));
    assert!(said(&refused).contains("bad.tsv") && said(&refused).contains("planet"));
}

#[test]
fn digest_tells_the_days_of_many_articles() {
    let folder = folder();
    let article = |id: &str, date: &str, text: &str| {
        serde_json::json!({ "id": id, "date": date, "text": text }).to_string()
    };
    let flood = "The river burst its banks on 2 June 2025 and drowned nine people in the old town.";
    let lines = [
        article("a", "2025-06-03", flood),
        "{ \"id\": \"b\" }".to_string(),
        article("c", "2025-06-04", &format!("{flood} Nobody was warned in time, said the mayor.")),
    ];
    let input = lines.join("\n");
    let ask = ["digest", "-", "--format", "json", "--dates", "1", "--from", "2025-06-01"];
    let told = piped(folder.path(), &ask, input.as_bytes());
    assert_eq!(status(&told), Some(1), "one line is no article");
    assert!(said(&told).contains(":2: it has no \"date\""), "{}", said(&told));
    let document = json(&told.stdout);
    assert_eq!(document["schema"], "dateline.digest/1");
    assert_eq!(document["articles"], 2);
    let day = &document["days"][0];
    assert_eq!((&day["date"], &day["articles"]), (&"2025-06-02".into(), &2.into()));
    assert_eq!(day["sentences"][0]["text"], flood);
    assert_eq!(day["sentences"].as_array().unwrap().len(), 1, "the same is told once");
    let none = piped(folder.path(), &["digest", "-"], b"");
    assert_eq!(status(&none), Some(2));
}

#[test]
fn digest_and_cluster_read_every_form() {
    let folder = folder();
    let flood = "The river burst its banks on 2 June 2025 and drowned nine people in the old town.";
    let page = |day: u32| {
        format!(
            "<title>Flood</title><meta property=\"article:published_time\" content=\"2025-06-0{day}\"><nav><a>Home on 1 May 2025</a></nav><h1>The old town is flooded</h1><p>{flood}</p><p>Nobody was warned in time, said the mayor of the town on Tuesday.</p>"
        )
    };
    fs::create_dir(folder.path().join("in")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join("in").join(name), text);
    write("a.html", &page(3)).unwrap();
    write("b.html", &page(4)).unwrap();
    write("undated.txt", "They met in the hall and nobody signed anything.").unwrap();
    write("foreign.txt", "Der Fluss trat am Montag über die Ufer und neun Menschen ertranken in der Altstadt, wie die Polizei am Dienstag mitteilte. Die Bewohner der Stadt wurden nicht rechtzeitig gewarnt. Der Bürgermeister sagte, er habe von der Gefahr erst am Abend erfahren, und versprach den Familien der Opfer schnelle Hilfe.").unwrap();
    let record = serde_json::json!({ "id": "c", "date": "2025-06-05", "text": flood }).to_string();
    write("c.jsonl", &record).unwrap();
    let arguments: [&dyn AsRef<OsStr>; 6] =
        [&"digest", &"in", &"--format", &"json", &"--from", &"2025-01-01"];
    let told = dateline(folder.path(), &arguments);
    assert_eq!(status(&told), Some(1), "{}", said(&told));
    assert!(said(&told).contains("undated.txt: it has no date"), "{}", said(&told));
    assert!(said(&told).contains("foreign.txt: it is not in English"), "{}", said(&told));
    let document = json(&told.stdout);
    assert_eq!(document["articles"], 3);
    let days = document["days"].as_array().unwrap();
    assert!(days.iter().all(|day| day["date"] != "2025-05-01"), "navigation tells nothing");
    let day = days.iter().find(|day| day["date"] == "2025-06-02").expect("the day of the flood");
    assert_eq!((&day["articles"], &day["sentences"][0]["article"]), (&3.into(), &"a.html".into()));
    assert_eq!(day["sentences"][0]["text"], flood);
    // Records keep their ids whatever their file is called.
    write("records.txt", &record).unwrap();
    let arguments: [&dyn AsRef<OsStr>; 4] = [&"cluster", &"in/records.txt", &"--format", &"json"];
    let told = dateline(folder.path(), &arguments);
    assert_eq!(json(&told.stdout)["clusters"], serde_json::json!([["c"]]));
    fs::remove_file(folder.path().join("in/records.txt")).unwrap();
    let arguments: [&dyn AsRef<OsStr>; 4] = [&"cluster", &"in", &"--format", &"json"];
    let told = dateline(folder.path(), &arguments);
    let clusters = &json(&told.stdout)["clusters"];
    assert!(clusters[0].as_array().unwrap().len() >= 3, "{clusters}");
}

#[test]
fn build_shows_what_is_asked_for_and_loses_nothing() {
    let folder = folder();
    let page = "Talks in Rome\n\nIran and the United States met in Rome on 19 April 2025. President Volodymyr Zelenskiy visited Vilnius on 2 June 2025. A flood destroyed 40 homes in Lima on 5 June 2025.\n";
    fs::write(folder.path().join("page.txt"), page).unwrap();
    let days = |arguments: &[&str]| -> (Vec<String>, Value) {
        let mut all: Vec<&dyn AsRef<OsStr>> = vec![&"build", &"page.txt"];
        all.extend(arguments.iter().map(|argument| argument as &dyn AsRef<OsStr>));
        let output = dateline(folder.path(), &all);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
        let document = timeline(folder.path());
        let account = &document["account"];
        let sum = account["cited"].as_u64().unwrap() + account["set_aside"].as_u64().unwrap();
        assert_eq!(Some(sum), account["sentences"].as_u64(), "{arguments:?}");
        let events = document["events"].as_array().unwrap().iter();
        let days = events.map(|event| event["when"]["latest"].as_str().unwrap_or("").to_string());
        (days.collect(), document)
    };
    let (all, document) = days(&[]);
    assert_eq!(all, ["2025-04-19", "2025-06-02", "2025-06-05"]);
    assert!(document["events"][0]["importance"].as_u64().unwrap() > 0);
    assert_eq!(days(&["--from", "2025-06-01"]).0, ["2025-06-02", "2025-06-05"]);
    assert_eq!(days(&["--to", "2025-06-02"]).0, ["2025-04-19", "2025-06-02"]);
    assert_eq!(days(&["--about", "floods, fires"]).0, ["2025-06-05"]);
    // Another spelling of the same name.
    assert_eq!(days(&["--actor", "Volodymyr Zelensky"]).0, ["2025-06-02"]);
    assert_eq!(days(&["--actor", "zelenskyy"]).0, ["2025-06-02"]);
    assert_eq!(days(&["--place", "Peru"]).0, ["2025-06-05"]);
    assert_eq!(days(&["--top", "1"]).0.len(), 1);
    let (none, document) = days(&["--actor", "Nobody"]);
    assert!(none.is_empty());
    let aside = document["set_aside"].as_array().unwrap();
    assert!(aside.iter().any(|aside| aside["reason"] == "not-selected"));
    assert_eq!(document["options"]["actor"], "Nobody");
}
