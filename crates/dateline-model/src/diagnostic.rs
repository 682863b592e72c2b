//! What a stage has to say besides its value: a kind, a place, a message.

use dateline_text::TextRange;
use serde::{Deserialize, Serialize};

/// Something worth a person's look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its kind, a stable name in kebab case ("no-reference", "other-language").
    pub code: String,
    /// The words it is about, where there are some.
    pub range: Option<TextRange>,
    /// What to tell, with a way out: a lower-case fragment without a full stop.
    pub message: String,
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// The answer may be less than the text deserves; `--strict` fails on it.
    Warning,
}

impl Severity {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }
}
