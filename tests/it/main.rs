//! The integration tests, one binary. What the tests share is in the library beside.

mod account;
mod charset;
mod conflicts;
mod corroboration;
mod decisions;
mod documents;
mod hostile;
mod inputs;
mod properties;
mod seeds;
mod snapshots;
mod specs;
mod story;
