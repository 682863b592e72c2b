//! Any text is read as decisions: each line is one, or says why not.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| dateline_tests::checks::check_decisions(text));
