//! Unit tests of normalize.
