//! How fast names are found on one core: text made here of sentences of our own, split into
//! documents of four kilobytes, names alone and with sentences and dates, beside the same
//! at four times the size for hostile shapes. `cargo bench -p dateline-names`; a number as
//! argument is the megabytes.

use std::hint::black_box;
use std::time::Instant;

use dateline_names::{Lexicon, find};
use dateline_text::{SentenceRules, TextRange};
use dateline_timex::Context;

/// Sentences of our own, about as rich in names as a newspaper.
const SENTENCES: [&str; 20] = [
    "The council approved the new harbour plan on Tuesday after a long and bitter debate. ",
    "President Ilse Vandermeulen said in Antwerp that the talks with Poland had failed. ",
    "Rescue teams reached the valley before dawn and carried the injured to a field hospital. ",
    "Foreign Minister Tomasz Wierzbicki, 54, flew to Nairobi, Kenya, to meet African Union leaders. ",
    "The company said its profit fell 12 percent in the third quarter, hurt by the cost of fuel. ",
    "No one answered the door of the white house at the end of the gravel road. ",
    "Moscow rejected the offer, while Kyiv and the European Union called for more sanctions. ",
    "Her lawyer, Amara Okonjo-Bell, called the charge absurd and asked the court to drop it. ",
    "Voters in the northern province complained of closed stations and missing ballot papers. ",
    "The Harbour Workers Union (HWU) said its members in Rotterdam would strike. The HWU gave no date. ",
    "He had been a teacher, a poet and briefly a minister, and he never learned to drive. ",
    "Vandermeulen and Wierzbicki shook hands; Mr Wierzbicki smiled, Ms Vandermeulen did not. ",
    "Engineers found cracks in the dam wall near Arequipa and lowered the water by three metres. ",
    "The spokeswoman declined to say how many containers had been opened or what was in them. ",
    "Fishermen from the island say the trawlers take everything and leave nothing but mud. ",
    "Turkish authorities and Syrian rebels accused each other of shelling the village of Azaz. ",
    "The painter used to say that a portrait is finished when the sitter stops complaining. ",
    "Shares of the lender slid after the Ministry of Finance opened an inquiry into its loans. ",
    "A crowd gathered outside the French embassy in Ouagadougou with candles and flags. ",
    "The reform would let tenants buy their flats at a discount and sell them freely. ",
];

const HOSTILE: [&str; 12] = [
    "(",
    "Smith ",
    "(AB) ",
    "John ",
    "Paris, ",
    "Mr ",
    "of the ",
    "\u{202e}A",
    "A. ",
    "Bank of ",
    "e\u{301}E\u{301} ",
    "the Council ",
];

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its argument and a clock")]
fn main() {
    let megabytes = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(20_usize);
    let start = Instant::now();
    let lexicon = Lexicon::english();
    println!("tables to phrases: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let (rules, timex) = (SentenceRules::english(), dateline_timex::Lexicon::english());
    let context = Context::new("2025-06-15".parse().ok());
    let documents = documents(megabytes << 20);
    let sentences: Vec<Vec<TextRange>> = documents.iter().map(|text| split(text, &rules)).collect();
    let size = documents.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let start = Instant::now();
    let mut found = 0;
    for (text, sentences) in documents.iter().zip(&sentences) {
        found += find(black_box(text), sentences, &lexicon).len();
    }
    let names = start.elapsed().as_secs_f64();
    println!("{size:.0} MB: {:.1} MB/s, {found} names", size / names);
    let start = Instant::now();
    for text in &documents {
        black_box(split(text, &rules));
    }
    let split_time = start.elapsed().as_secs_f64();
    let start = Instant::now();
    for text in &documents {
        black_box(dateline_timex::tag(text, &context, &timex));
    }
    let dates = start.elapsed().as_secs_f64();
    println!(
        "sentences {:.1} MB/s, dates {:.1} MB/s, all three {:.1} MB/s",
        size / split_time,
        size / dates,
        size / (names + split_time + dates)
    );
    for shape in HOSTILE.iter().filter(|_| megabytes > 1) {
        let small = shape.repeat((1 << 17) / shape.len());
        let once = timed(&small, &lexicon);
        let four = timed(&small.repeat(4), &lexicon);
        let speed = small.len() as f64 * 4.0 / 1e6 / four;
        println!("{shape:12?} {speed:8.1} MB/s, four times the text: {:.2} times", four / once);
    }
}

/// All of it as one sentence: the worst that a splitter could leave.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn timed(text: &str, lexicon: &Lexicon) -> f64 {
    let all: Vec<TextRange> = TextRange::at(0, text.len()).into_iter().collect();
    let start = Instant::now();
    black_box(find(black_box(text), &all, lexicon));
    start.elapsed().as_secs_f64()
}

fn split(text: &str, rules: &SentenceRules) -> Vec<TextRange> {
    TextRange::at(0, text.len()).map(|all| rules.split(text, all)).unwrap_or_default()
}

/// Documents of some four kilobytes, at least `bytes` in all, the same every time.
fn documents(bytes: usize) -> Vec<String> {
    let (mut out, mut size) = (Vec::new(), 0);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    while size < bytes {
        let mut text = String::with_capacity(4200);
        while text.len() < 4000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = usize::try_from(state >> 33).unwrap_or(0) % SENTENCES.len();
            text.push_str(SENTENCES[at]);
            if state.is_multiple_of(5) {
                text.push_str("\n\n");
            }
        }
        size += text.len();
        out.push(text);
    }
    out
}
