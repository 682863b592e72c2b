//! Any bytes are read as a table: each row is one, or says why not.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_tests::checks::check_table(bytes));
