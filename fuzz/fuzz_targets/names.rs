//! Any text has its names found: in order on characters, each with name and key.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| dateline_tests::checks::check_names(text));
