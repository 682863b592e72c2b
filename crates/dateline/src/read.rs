//! The briefs of one input, a brief at a time, for the commands that show what was read.

use std::collections::VecDeque;
use std::path::PathBuf;

use anyhow::{Result, bail};
use dateline::inputs::{Expanded, Input};
use dateline_export::table::printable;
use dateline_model::Failure;
use dateline_pipeline::{Lexicons, Options, RawInput, Read};

use crate::{Outcome, warn};

/// How an input is read: [`dateline_pipeline::read_each`] or [`dateline_pipeline::date_each`].
type Each<'a> = fn(RawInput, &'a Lexicons, Options) -> Reads<'a>;
type Reads<'a> = Box<dyn Iterator<Item = Result<Read, Failure>> + 'a>;

/// The briefs that a name stands for. What cannot be read is told as it comes.
pub(crate) struct Briefs<'a> {
    lexicons: &'a Lexicons,
    options: Options,
    inputs: VecDeque<Input>,
    each: Each<'a>,
    now: Option<Reads<'a>>,
    /// The first brief, which was read to know that there is one.
    first: Option<Read>,
    failed: bool,
}

impl<'a> Briefs<'a> {
    /// The briefs of `input`, each read by `each`; an error where there is none.
    pub fn of(
        input: &PathBuf,
        lexicons: &'a Lexicons,
        mut options: Options,
        each: Each<'a>,
    ) -> Result<Self> {
        let found = dateline::inputs::expand(std::slice::from_ref(input));
        warn_of(&found);
        options.sources = found.known;
        let inputs = found.inputs.into();
        let (now, first, failed) = (None, None, false);
        let mut briefs = Self { lexicons, options, inputs, each, now, first, failed };
        briefs.first = briefs.advance();
        if briefs.first.is_none() {
            bail!("nothing could be read");
        }
        Ok(briefs)
    }

    /// How reading went so far.
    pub fn outcome(&self) -> Outcome {
        if self.failed { Outcome::Partly } else { Outcome::Done }
    }

    fn advance(&mut self) -> Option<Read> {
        loop {
            let failure = match self.now.as_mut().map(Iterator::next) {
                Some(Some(Ok(read))) => return Some(read),
                Some(Some(Err(failure))) => failure,
                Some(None) | None => match self.inputs.pop_front()? {
                    Ok(input) => {
                        let (lexicons, options) = (self.lexicons, self.options.clone());
                        self.now = Some((self.each)(input, lexicons, options));
                        continue;
                    }
                    Err(failure) => failure,
                },
            };
            self.failed = true;
            let line = format!("failed to read {}: {}", failure.label, failure.reason);
            warn(&format!("{}\n", printable(&line)));
        }
    }
}

impl Iterator for Briefs<'_> {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        self.first.take().or_else(|| self.advance())
    }
}

/// Tells which files of folders were not taken for briefs, and which lines of lists beside
/// inputs could not be read.
pub(crate) fn warn_of(found: &Expanded) {
    for wrong in &found.wrong {
        warn(&format!("{}\n", printable(wrong)));
    }
    if found.skipped.is_empty() {
        return;
    }
    let endings = dateline_pipeline::ENDINGS.join(", ");
    let line = format!(
        "not read, since they do not end in {endings}: {}; name a file itself to read it",
        found.skipped.join(", ")
    );
    warn(&format!("{}\n", printable(&line)));
}
