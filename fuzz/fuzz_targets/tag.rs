//! Any text is tagged: expressions lie in order on characters, each with rule and value.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| dateline_tests::checks::check_tag(text));
