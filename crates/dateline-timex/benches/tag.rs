//! How fast text is tagged: fifty megabytes of news-like text made here, on one core,
//! beside `wc -w` on the same bytes, and twenty hostile shapes at one and four times
//! their size. `cargo bench -p dateline-timex`; a number as argument is the megabytes.
//!
//! `cargo bench -p dateline-timex -- instructions [KB]` has valgrind count the
//! instructions of each hostile shape instead: a clock is too noisy for a ratio.

use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use dateline_timex::{Context, Lexicon, tag};

/// Sentences of our own, about as rich in dates as a newspaper: one in some 270 bytes.
const SENTENCES: [&str; 22] = [
    "The council approved the new harbour plan on Tuesday after a long and bitter debate. ",
    "Prices of wheat rose by a tenth while the ministry promised to keep bread affordable. ",
    "Rescue teams reached the valley before dawn and carried the injured to a field hospital. ",
    "Ministers from nine countries will gather in the capital on June 24–26 to discuss fishing. ",
    "The company said its profit fell 12 percent in the third quarter, hurt by the cost of fuel. ",
    "No one answered the door of the white house at the end of the gravel road. ",
    "The bridge, built in 1931 and closed two years ago, carries some 2,025 lorries a day. ",
    "Her lawyer called the charge absurd and asked the court to throw out every piece of evidence. ",
    "Voters in the northern province complained of closed stations and missing ballot papers. ",
    "An official with knowledge of the talks described them as frank but without any result. ",
    "He had been a teacher, a poet and briefly a minister, and he never learned to drive. ",
    "The orchestra opened the season with a symphony that nobody in the hall had heard before. ",
    "Engineers found cracks in the dam wall and lowered the water by almost three metres. ",
    "The spokeswoman declined to say how many containers had been opened or what was in them. ",
    "Fishermen from the island say the trawlers take everything and leave nothing but mud. ",
    "Both sides accused each other of shelling the village, where only pensioners remain. ",
    "The painter used to say that a portrait is finished when the sitter stops complaining. ",
    "Shares of the lender slid after regulators opened an inquiry into its property loans. ",
    "A crowd gathered outside the embassy with candles, flags and hand-painted banners. ",
    "The reform would let tenants buy their flats at a discount and sell them freely. ",
    "Doctors at the clinic treated dozens of people for burns, smoke and broken limbs. ",
    "Farmers blocked the road to the airport with tractors and burned tyres beside the fence. ",
];

const HOSTILE: [&str; 20] = [
    "(", "June ", "1 ", "Monday ", "the the ", "1/1/1/", "e\u{301}", "1-1-1-", "12:12:", "two ",
    "of the ", "May 1, ", "'", "2024 ", "year ", "last ", "a.m. ", "\n", "half a ", "first ",
];

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its argument and a clock")]
fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let number = |at: usize| args.get(at).and_then(|arg| arg.parse::<usize>().ok());
    match args.first().map(String::as_str) {
        Some("instructions") => return count_all(number(1).unwrap_or(256) << 10),
        Some("shape") => return once(number(1).unwrap_or(0), number(2).unwrap_or(0)),
        _ => {}
    }
    let megabytes = number(0).unwrap_or(50);
    let start = Instant::now();
    let lexicon = Lexicon::english();
    println!("tables to rules: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let context = Context::new("2025-06-15".parse().ok());
    let text = news(megabytes << 20);
    let (seconds, found) = timed(&text, &context, &lexicon);
    let speed = text.len() as f64 / 1e6 / seconds;
    println!("{megabytes} MB of news: {speed:.1} MB/s, {found} found");
    if let Some(words) = word_count(&text) {
        println!("wc -w: {words:.1} MB/s, ratio {:.2}", speed / words);
    }
    for shape in HOSTILE {
        let small = shape.repeat((1 << 19) / shape.len());
        let (once, _) = timed(&small, &context, &lexicon);
        let (four, _) = timed(&small.repeat(4), &context, &lexicon);
        let speed = small.len() as f64 * 4.0 / 1e6 / four;
        println!("{shape:10?} {speed:8.1} MB/s, four times the text: {:.2} times", four / once);
    }
}

/// Tags one hostile shape: what valgrind watches.
fn once(shape: usize, bytes: usize) {
    let lexicon = Lexicon::english();
    let context = Context::new("2025-06-15".parse().ok());
    let shape = HOSTILE.get(shape).copied().unwrap_or_default();
    let text = shape.repeat(bytes / shape.len().max(1));
    black_box(tag(black_box(&text), &context, &lexicon));
}

/// Instructions of each shape at `bytes` and at four times as many.
fn count_all(bytes: usize) {
    let Some(start) = count(0, 0) else {
        println!("valgrind counted nothing: is it installed?");
        return;
    };
    for (at, shape) in HOSTILE.iter().enumerate() {
        let counts = count(at, bytes).zip(count(at, bytes * 4));
        let Some((one, four)) = counts else { continue };
        let (one, four) = (one.saturating_sub(start).max(1), four.saturating_sub(start));
        let each = one as f64 / bytes as f64;
        let ratio = four as f64 / one as f64;
        println!(
            "{shape:10?} {each:8.1} instructions a byte, four times the text: {ratio:.3} times"
        );
    }
}

/// Instructions that valgrind counts while one shape is tagged, start-up included.
fn count(shape: usize, bytes: usize) -> Option<u64> {
    let this = std::env::current_exe().ok()?;
    let out = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(this)
        .args(["shape", &shape.to_string(), &bytes.to_string()])
        .output()
        .ok()?;
    let log = String::from_utf8_lossy(&out.stderr);
    let line = log.lines().find(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed(text: &str, context: &Context, lexicon: &Lexicon) -> (f64, usize) {
    let start = Instant::now();
    let found = tag(black_box(text), context, lexicon).len();
    (start.elapsed().as_secs_f64(), found)
}

/// Text of at least `bytes` bytes, the same every time.
fn news(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 200);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    while out.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = usize::try_from(state >> 33).unwrap_or(0) % SENTENCES.len();
        out.push_str(SENTENCES[at]);
        if state.is_multiple_of(5) {
            out.push_str("\n\n");
        }
    }
    out
}

/// Megabytes a second of `wc -w`, where there is one.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn word_count(text: &str) -> Option<f64> {
    let start = Instant::now();
    let mut child =
        Command::new("wc").arg("-w").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    child.wait().ok()?;
    Some(text.len() as f64 / 1e6 / start.elapsed().as_secs_f64())
}
