//! A timeline in, documents out. One module a format.
