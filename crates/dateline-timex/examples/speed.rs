//! temporary
use dateline_timex::{Context, Lexicon, tag};
#[expect(clippy::disallowed_methods, reason = "an edge")]
fn main() {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let l = Lexicon::english();
    let c = Context::new("2025-06-15".parse().ok());
    println!("{}", tag(&text, &c, &l).len());
}
