//! Any bytes are read as PDF files: segments, blocks and candidates hold.
//!
//! The crate that reads them panics on damaged files, which is caught; so a panic says
//! nothing here, and only one that leaves the check ends the run.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| ())),
    |bytes: &[u8]| dateline_tests::checks::check_forms(bytes, &["any.pdf"])
);
