//! Any bytes are read as messages and mailboxes: segments, blocks and candidates hold.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_tests::checks::check_forms(bytes, &["any.eml", "any.mbox"]));
