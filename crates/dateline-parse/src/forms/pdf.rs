//! PDF files with a text layer. What stands behind a word in the file is a stream of glyphs
//! that no byte range points at, so raw ranges count the bytes of the text layer, page by
//! page, as a kept crate reads it. A picture of a page has none, and says so.

use dateline_model::Member;

use super::{Place, Read, finished};
use crate::decode;
use crate::page::Draft;
use crate::{Context, ParseError};

/// The brief of a PDF file.
pub(super) fn read(bytes: &[u8], place: &Place, context: Context<'_>) -> Read {
    // The crate is known to panic on files that are damaged in ways it does not expect;
    // such a file costs only itself.
    let text = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(bytes));
    let pages = match text {
        Ok(Ok(pages)) => pages,
        Ok(Err(error)) => {
            let reason = format!("the PDF file cannot be read: {error}; save its text");
            return Err(ParseError::Unread { reason });
        }
        Err(_) => {
            let reason = "the PDF file is damaged; open it elsewhere and save its text";
            return Err(ParseError::Unread { reason: reason.to_string() });
        }
    };
    let text = pages.iter().map(|page| page.trim()).collect::<Vec<_>>().join("\n\n");
    let text = text.replace('\0', "");
    if text.trim().is_empty() {
        let reason = "a PDF file without a text layer; run it through text recognition first";
        return Err(ParseError::Unread { reason: reason.to_string() });
    }
    let decoded = decode::decode(text.as_bytes(), None)?;
    let mut draft = Draft::new(context);
    draft.whole(&decoded);
    let member = Member { name: place.name.clone(), unpacked: true };
    finished(draft, bytes, member)
}
