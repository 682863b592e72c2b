//! Parses every page of the folders named and checks that the words of each block lead back to
//! the raw bytes they came from. `cargo run --release -p dateline-tests --example spans -- DIR…`
//! answers how many pages hold, and fails where one does not.

use std::fs;
use std::io::Read as _;

use dateline_tests::checks::check_forms;

fn main() {
    let mut count = 0;
    for folder in std::env::args().skip(1) {
        let entries = fs::read_dir(&folder).expect("name folders of pages");
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.to_string_lossy().contains(".htm")) {
            let raw = fs::read(path).expect("a page can be read");
            let mut page = Vec::new();
            if flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut page).is_err() {
                page = raw;
            }
            println!("{}", path.display());
            check_forms(&page, &["page.html"]);
            count += 1;
        }
    }
    println!("{count} pages: every span leads back to its bytes");
}
