//! `build --cache`: a second run reads nothing, a changed input is read alone, and the
//! documents are those of a run from nothing.

use std::fs;
use std::path::Path;

use crate::{PAGE, dateline, folder, said, status};

fn documents(folder: &Path) -> Vec<Vec<u8>> {
    let names = ["timeline.json", "timeline.md", "index.html"];
    names.map(|name| fs::read(folder.join("timeline").join(name)).expect("it was written")).to_vec()
}

fn build(folder: &Path, more: &[&str]) -> (String, Vec<Vec<u8>>) {
    let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"build", &"pages"];
    arguments.extend(more.iter().map(|word| word as &dyn AsRef<std::ffi::OsStr>));
    let output = dateline(folder, &arguments);
    assert_eq!(status(&output), Some(1), "one page is empty: {}", said(&output));
    (said(&output), documents(folder))
}

#[test]
fn a_second_run_reads_nothing_and_writes_the_same() {
    let folder = folder();
    let page = |name: &str, text: &str| {
        fs::create_dir_all(folder.path().join("pages")).unwrap();
        fs::write(folder.path().join("pages").join(name), text).unwrap();
    };
    page("a.txt", PAGE);
    page("b.html", "<h1>Talks</h1><p>They met in Oslo on 3 May 2025 &amp; signed.</p>");
    page("c.txt", " ");
    page("same.txt", PAGE);
    let plain = build(folder.path(), &[]).1;
    let cached = |more: &[&str]| build(folder.path(), &[&["--cache", "kept"], more].concat());
    let (told, first) = cached(&[]);
    assert!(told.contains(" read anew, "), "{told}");
    assert_eq!(first, plain);
    let (told, second) = cached(&[]);
    assert!(told.contains("0 read anew, 4 from the cache"), "{told}");
    assert_eq!(second, plain);

    page("a.txt", &PAGE.replace("26 April", "27 April"));
    let (told, changed) = cached(&[]);
    assert!(told.contains("1 read anew, 3 from the cache"), "{told}");
    assert_eq!(changed, build(folder.path(), &[]).1);
    assert_ne!(changed, plain);

    let (told, forced) = cached(&["--force-reference", "2025-01-01"]);
    assert!(told.contains("0 from the cache") || told.contains("1 from the cache"), "{told}");
    assert_eq!(forced, build(folder.path(), &["--force-reference", "2025-01-01"]).1);
    fs::write(folder.path().join("names.tsv"), "place\tRome\t\tItaly\t41.9\t12.5\n").unwrap();
    let (told, _) = cached(&["--names-file", "names.tsv"]);
    assert!(!told.contains("4 from the cache"), "other tables read otherwise: {told}");
}

#[test]
fn a_damaged_cache_is_read_over() {
    let folder = folder();
    fs::write(folder.path().join("page.txt"), PAGE).unwrap();
    let run = || {
        let output = dateline(folder.path(), &[&"build", &"page.txt", &"--cache", &"kept"]);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
        (said(&output), documents(folder.path()))
    };
    let (_, first) = run();
    let mut damaged = 0;
    for entry in fs::read_dir(folder.path().join("kept")).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
            fs::write(&path, bytes).unwrap();
            damaged += 1;
        }
    }
    assert_eq!(damaged, 1, "one input, one entry, no temporary file");
    let (told, second) = run();
    assert!(told.contains("1 read anew, 0 from the cache"), "{told}");
    assert_eq!(second, first);
    assert!(run().0.contains("0 read anew, 1 from the cache"), "it was mended");
    // A file in the place of the folder: nothing can be kept, and all is read.
    fs::remove_dir_all(folder.path().join("kept")).unwrap();
    fs::write(folder.path().join("kept"), "no folder").unwrap();
    assert_eq!(run().1, first);
}

#[test]
fn an_entry_in_the_place_of_another_is_read_over() {
    let folder = folder();
    fs::write(folder.path().join("a.txt"), PAGE).unwrap();
    fs::write(folder.path().join("b.txt"), PAGE.replace("Rome", "Oslo")).unwrap();
    let run = || {
        let output = dateline(folder.path(), &[&"build", &"a.txt", &"b.txt", &"--cache", &"kept"]);
        assert_eq!(status(&output), Some(0), "{}", said(&output));
        documents(folder.path())
    };
    let first = run();
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.path().join("kept")).unwrap() {
        for file in fs::read_dir(entry.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    assert_eq!(files.len(), 2);
    let (a, b) = (fs::read(&files[0]).unwrap(), fs::read(&files[1]).unwrap());
    fs::write(&files[0], b).unwrap();
    fs::write(&files[1], a).unwrap();
    assert_eq!(run(), first);
}
