//! How fast pages of HTML become briefs, on one core: `cargo bench -p dateline-parse -- DIR`
//! reads every page of a folder into memory, gzipped ones too, and parses each three
//! times. Without a folder it parses a page made here, and hostile ones at one and four
//! times their size.

use std::hint::black_box;
use std::io::Read as _;
use std::time::Instant;

use dateline_parse::{Context, Lexicon, Limits, RawInput, parse};

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its pages and a clock")]
fn main() {
    let folder = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let pages = match folder {
        Some(folder) => read(&folder),
        None => vec![page(400).into_bytes()],
    };
    let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
    let context = Context { lexicon: &lexicon, timex: &timex, limits: Limits::default() };
    let seconds = |pages: &[Vec<u8>]| {
        let start = Instant::now();
        for bytes in pages {
            let reader = Box::new(std::io::Cursor::new(bytes.clone()));
            let input = RawInput { label: "page.html".into(), hint: Some("html".into()), reader };
            black_box(parse(input, context).count());
        }
        start.elapsed().as_secs_f64()
    };
    let best = (0..3).map(|_| seconds(&pages)).fold(f64::INFINITY, f64::min);
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let (count, megabytes) = (pages.len() as f64, bytes as f64 / 1e6);
    println!("{count} pages: {:.0} a second, {:.0} MB/s", count / best, megabytes / best);
    for shape in SHAPES {
        let numbered = |at: usize| shape.replace('#', &at.to_string());
        let copies = |bytes: usize| -> Vec<u8> {
            (0..bytes / shape.len()).flat_map(|at| numbered(at).into_bytes()).collect()
        };
        let (once, four) = (seconds(&[copies(100_000)]), seconds(&[copies(400_000)]));
        let shape = shape.get(..16).unwrap_or(shape);
        println!("{shape:16} 400 KB in {:.0} ms, {:.1} times 100 KB", four * 1e3, four / once);
    }
}

/// Hostile shapes; `#` is another number each time.
const SHAPES: [&str; 11] = [
    "<div>",
    "<p>a",
    "<a href='",
    "</div>",
    "<span class=x>",
    "&amp",
    "<li><ul>",
    "<h1><i>ab cd</i>Ef",
    "<p>03/10/2023</p><p>3 June 2025</p>",
    "<meta property=og:title content='The quay, part #, is told of'><h2>The quay, part #</h2>",
    "<li><h3><a href=x>The quay is closed again, part #</a></h3><p>Nobody was hurt on the quay.</p>",
];

/// A page of `count` paragraphs.
fn page(count: usize) -> String {
    let text = "<p>The council approved the <a href=\"/harbour\">harbour plan</a> on Tuesday.</p>";
    format!("<html><body><article><h1>The harbour plan</h1>{}</article>", text.repeat(count))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its pages")]
fn read(folder: &str) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().contains(".htm"));
    paths.sort();
    let page = |path| {
        let raw: Vec<u8> = std::fs::read(path).expect("the page is there");
        let mut page = Vec::new();
        match flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut page) {
            Ok(_) => page,
            Err(_) => raw,
        }
    };
    paths.iter().map(page).collect()
}
