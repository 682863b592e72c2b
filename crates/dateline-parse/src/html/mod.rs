//! Markup to text.
use crate::decode::Decoded;
use crate::lines::Hint;
use dateline_model::{DateCandidate, Metadata};
use dateline_text::{SourceBuilder, TextRange};
pub(crate) struct Read {
    pub hints: Vec<(TextRange, Hint)>,
    pub metadata: Metadata,
    pub candidates: Vec<DateCandidate>,
}
pub(crate) fn is_html(_: &str, _: Option<&str>) -> bool {
    false
}
pub(crate) fn read(_: &Decoded<'_>, _: &mut SourceBuilder) -> Read {
    unreachable!()
}
