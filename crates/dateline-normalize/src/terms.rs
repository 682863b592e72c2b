//! Terms for likeness: content words cut to a common stem length, interned per brief.

use std::collections::BTreeMap;

use dateline_model::Subject;
use dateline_text::TextRange;

use crate::lexicon::Lexicon;
use crate::words::{Form, Token};

/// Characters of a word that count. Cutting words to their beginning joins "Ukraine" and
/// "Ukrainian", "celebrate" and "celebrated", in any language that inflects at the end.
const STEM: usize = 6;

/// The terms of one brief.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    list: Vec<String>,
    index: BTreeMap<String, u32>,
}

impl Terms {
    /// The number of `term`.
    pub(crate) fn intern(&mut self, term: &str) -> u32 {
        if let Some(at) = self.index.get(term) {
            return *at;
        }
        let at = self.list.len() as u32;
        self.list.push(term.to_string());
        self.index.insert(term.to_string(), at);
        at
    }

    /// The terms of the words of `line` within `scope`, sorted, each once.
    pub(crate) fn of(&mut self, line: &[Token], scope: TextRange, lexicon: &Lexicon) -> Vec<u32> {
        let inside = line.iter().filter(|token| scope.contains(token.range));
        let mut out: Vec<u32> = inside
            .filter_map(|token| stem(token, lexicon))
            .map(|stem| self.intern(&stem))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What `lines` are about.
    pub(crate) fn subject<'a>(
        &mut self,
        lines: impl Iterator<Item = &'a Vec<Token>>,
        lexicon: &Lexicon,
    ) -> Subject {
        let mut out = Subject::default();
        for line in lines {
            let mut opens = true;
            for token in line {
                if let Some(stem) = stem(token, lexicon) {
                    let term = self.intern(&stem);
                    out.terms.push(term);
                    if token.capital && !opens || token.folded.bytes().any(|b| b.is_ascii_digit()) {
                        out.names.push(term);
                    }
                }
                // The first word of a sentence has a capital, whatever it is.
                opens &= token.form == Form::Mark;
            }
        }
        for list in [&mut out.terms, &mut out.names] {
            list.sort_unstable();
            list.dedup();
        }
        out
    }

    /// The list that the numbers point into.
    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// The term of one word; `None` for function words and marks.
pub(crate) fn stem(token: &Token, lexicon: &Lexicon) -> Option<String> {
    let content =
        token.form != Form::Mark && !token.is("'s") && !lexicon.is_stopword(&token.folded);
    content.then(|| token.folded.chars().take(STEM).collect())
}
