//! Any bytes pass the whole chain, and the account adds up.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_tests::checks::check_chain(bytes));
