//! Any bytes are read as web archives, zip and gzip: segments, blocks and candidates hold.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_tests::checks::check_forms(bytes, &["any.warc", "any.zip", "any.gz"]));
