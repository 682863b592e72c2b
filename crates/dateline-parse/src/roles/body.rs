//! In and below the text: captions, headings, lists that lost their glyphs, and the end
//! of the page.

use dateline_model::BlockKind;

use super::{HEADING, Page};
use crate::lexicon::Phrase;
use crate::lines::Hint;

impl Page<'_> {
    /// Captions in the text: a credit after the words, or next to a credit or a picture
    /// that stands alone, or words that speak of a picture and open it.
    pub(super) fn captions(&mut self) {
        self.agencies();
        for at in 0..self.pieces.len() {
            if !self.is_open(at) || self.count(at) > 90 {
                continue;
            }
            let kind = |at: Option<usize>| at.and_then(|at| self.kind(at));
            let credited = kind(Some(at + 1)) == Some(BlockKind::Credit)
                && kind(Some(at + 2)) != Some(BlockKind::Caption);
            let after_credit = kind(at.checked_sub(1)) == Some(BlockKind::Credit)
                && at.checked_sub(2).and_then(|at| self.kind(at)) != Some(BlockKind::Caption);
            let after_picture =
                at.checked_sub(1).is_some_and(|at| self.phrase(at) == Some(Phrase::Picture));
            let cued = self.opens_with_cue(at);
            let paired = self.pieces.get(at).is_some_and(|piece| piece.pictured);
            let short = self.count(at) <= 60;
            let dated = self.has_year(at) || !self.stops(at);
            if paired || cued || short && dated && (credited || after_credit || after_picture) {
                self.set(at, BlockKind::Caption);
            }
        }
    }

    pub(super) fn opens_with_cue(&self, at: usize) -> bool {
        let head: String = self.words(at).chars().take(24).flat_map(char::to_lowercase).collect();
        self.lexicon.class("cue").any(|cue| cue.len() > 4 && head.starts_with(cue))
    }

    /// An agency's name alone owns a picture where one is near, or once the text has
    /// begun; before that it wrote the text.
    fn agencies(&mut self) {
        let mut begun = false;
        for at in 0..self.pieces.len() {
            begun |= self.is_prose(at);
            if !self.is_open(at) || !self.lexicon.is_agency(self.words(at)) {
                continue;
            }
            let pictured = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|at| {
                self.kind(at) == Some(BlockKind::Caption)
                    || self.phrase(at) == Some(Phrase::Picture)
                    || self.opens_with_cue(at)
            });
            self.set(at, if pictured || begun { BlockKind::Credit } else { BlockKind::Byline });
        }
    }

    /// After the words that open a page's end, only prose is the story's.
    pub(super) fn tail(&mut self) {
        let mut tail = false;
        for at in 0..self.pieces.len() {
            if self.phrase(at) == Some(Phrase::Tail) {
                tail = true;
            } else if tail && self.is_prose(at) && self.count(at) > 12 && self.stops(at) {
                tail = false;
            } else if tail && matches!(self.kind(at), None | Some(BlockKind::Bullet)) {
                self.set(at, BlockKind::Noise);
            }
        }
    }

    /// Lines below the heading of a summary that lost their glyphs: several of them,
    /// without a stop, up to the next heading or stamp.
    pub(super) fn bare_lists(&mut self) {
        for at in 0..self.pieces.len() {
            if self.phrase(at) != Some(Phrase::Overview) {
                continue;
            }
            let open = |at: &usize| self.is_open(*at) && !self.stops(*at) && self.count(*at) > 4;
            let items: Vec<usize> = (at + 1..self.pieces.len()).take_while(open).collect();
            if items.len() > 1 {
                items.into_iter().for_each(|at| self.set(at, BlockKind::Bullet));
            }
        }
    }

    /// What is left: headings and paragraphs.
    pub(super) fn body(&mut self) {
        for at in (0..self.pieces.len()).rev() {
            if !self.is_open(at) {
                continue;
            }
            let before_prose = self.next(at).is_some_and(|next| self.is_prose(next));
            let short = self.count(at) <= HEADING && !self.stops(at);
            let colon = self.pieces.get(at).is_some_and(|piece| piece.last == ':');
            let ellipsis =
                self.pieces.get(at).is_some_and(|piece| matches!(piece.last, ',' | ';' | '-'));
            let small = self.words(at).starts_with(char::is_lowercase);
            let heading = short && before_prose && !ellipsis && !small;
            let heading = heading || colon && self.count(at) <= 8;
            let plain = self.pieces.get(at).is_some_and(|piece| piece.hint == Some(Hint::Plain));
            let heading = heading && !plain;
            let address = self.is_address(self.words(at));
            self.set(
                at,
                match (address, heading) {
                    (true, _) => BlockKind::Noise,
                    (false, true) => BlockKind::Heading,
                    (false, false) => BlockKind::Paragraph,
                },
            );
        }
    }
}
