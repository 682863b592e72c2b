//! Unit tests of the parse crate.
