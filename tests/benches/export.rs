//! How fast documents are written: a timeline of many events in every format, on one core,
//! and twice and eight times as many. `cargo bench -p dateline-tests --bench export`; a number
//! as argument is the events.

use std::time::Instant;

use dateline_export::{Document, Format, Header};
use dateline_tests::made;

/// Runs of which the fastest counts.
const RUNS: usize = 5;

fn main() {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(5000);
    let header = Header::default();
    let (timeline, store) = made::many(count);
    let (more, more_store) = made::many(count * 8);
    println!("{count} events, and the time of eight times as many");
    for format in Format::ALL {
        let document = Document::new(&timeline, &store, &header);
        let (seconds, bytes) = timed(*format, &document);
        let larger = Document::new(&more, &more_store, &header);
        let (eight, _) = timed(*format, &larger);
        let speed = bytes as f64 / 1e6 / seconds;
        println!("{:12} {speed:8.1} MB/s, {:5.2} times", format.name(), eight / seconds);
    }
}

/// Seconds of the fastest run, and bytes written.
fn timed(format: Format, document: &Document<'_>) -> (f64, usize) {
    let once = || {
        let mut out = Vec::with_capacity(1 << 20);
        let start = Instant::now();
        for file in format.files(document) {
            format.write(&file, document, &mut out).expect("memory can be written to");
        }
        (start.elapsed().as_secs_f64(), out.len())
    };
    (0..RUNS).map(|_| once()).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}
