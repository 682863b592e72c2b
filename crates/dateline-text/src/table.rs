//! Tab-separated tables: the form in which words and rules are kept.
//!
//! A table is UTF-8 text, one row a line, cells separated by a tab. A line that starts
//! with `#` is a comment, an empty line is skipped. What a cell means is for the
//! reader of the table; this module only finds rows and reports the bad ones.

use std::fmt;

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Name of the table, as errors call it.
    pub table: &'static str,
    /// Line in the table, counted from 1.
    pub line: usize,
    text: &'a str,
}

/// The rows of `text`, a table called `table` in errors.
pub fn rows<'a>(table: &'static str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines()
        .enumerate()
        .map(move |(at, text)| Row { table, line: at + 1, text })
        .filter(|row| !row.text.starts_with('#') && !row.text.trim().is_empty())
}

impl<'a> Row<'a> {
    /// The `index`-th cell without outer white space, counted from 0; empty where the
    /// row has fewer.
    pub fn cell(self, index: usize) -> &'a str {
        let tab = |text: &str| text.bytes().position(|byte| byte == b'\t');
        let mut rest = self.text;
        for _ in 0..index {
            rest = tab(rest).and_then(|at| rest.get(at + 1..)).unwrap_or_default();
        }
        rest.get(..tab(rest).unwrap_or(rest.len())).unwrap_or_default().trim()
    }

    /// All cells without outer white space.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        self.text.split('\t').map(str::trim)
    }

    /// The `index`-th cell, which must not be empty; `what` names it in the error.
    pub fn need(self, index: usize, what: &str) -> Result<&'a str, LexiconError> {
        match self.cell(index) {
            "" => Err(self.error(format!("no {what} in cell {}", index + 1))),
            cell => Ok(cell),
        }
    }

    /// An error at this row. `what` is a lower-case fragment.
    pub fn error(self, what: impl Into<String>) -> LexiconError {
        LexiconError { table: self.table, line: self.line, what: what.into() }
    }
}

/// A row of a table that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LexiconError {
    /// The table.
    pub table: &'static str,
    /// Line in the table, counted from 1.
    pub line: usize,
    /// What is wrong, a lower-case fragment.
    pub what: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.table, self.line, self.what)
    }
}

impl std::error::Error for LexiconError {}
