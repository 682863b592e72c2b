//! Words of a stretch of prose with their folded forms.

use dateline_text::TextRange;
pub(crate) use dateline_text::fold::fold;
pub(crate) use dateline_text::words::Form;
use dateline_text::words::words;

/// One word, number or mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub range: TextRange,
    /// What it is made of.
    pub form: Form,
    /// Its folded form (see [`fold`]).
    pub folded: String,
    /// Whether it starts with a capital.
    pub capital: bool,
}

impl Token {
    pub(crate) fn is(&self, folded: &str) -> bool {
        self.folded == folded
    }
}

/// The tokens of `text` within `within`, in order.
pub(crate) fn tokens(text: &str, within: TextRange) -> Vec<Token> {
    words(text, within)
        .map(|word| Token {
            range: word.range,
            form: word.form,
            folded: fold(word.range.slice(text).unwrap_or("")),
            capital: word.capital,
        })
        .collect()
}
