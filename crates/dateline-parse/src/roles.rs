//! What each piece is, told by its neighbours: headline, standfirst, captions, headings,
//! the end of the page. The passes run in the order of [`assign`]; each decides only
//! what the ones before left open.

mod body;
mod head;

use std::collections::BTreeMap;

use dateline_model::BlockKind;

use crate::Lexicon;
use crate::lexicon::Phrase;
use crate::lines::Hint;
use crate::piece::Piece;

/// The most words that a heading, a headline, a site's name may have.
const HEADING: usize = 14;
const HEADLINE: usize = 40;
const NAME: usize = 4;
/// The most pieces that stand above the text of a page.
const HEAD: usize = 120;
/// The longest standfirst, in bytes.
const DECK: u32 = 400;

/// Gives every piece a kind.
pub(crate) fn assign(text: &str, pieces: &mut [Piece], lexicon: &Lexicon) {
    let mut page = Page { text, pieces, lexicon };
    page.hints();
    page.clocks();
    page.repeated();
    page.menus();
    let headline = page.headline();
    page.above(headline);
    page.bylines(headline);
    page.below(headline);
    page.captions();
    page.tail();
    page.bare_lists();
    page.body();
}

struct Page<'a> {
    text: &'a str,
    pieces: &'a mut [Piece],
    lexicon: &'a Lexicon,
}

impl Page<'_> {
    fn words(&self, at: usize) -> &str {
        self.pieces.get(at).and_then(|piece| piece.range.slice(self.text)).unwrap_or_default()
    }

    fn kind(&self, at: usize) -> Option<BlockKind> {
        self.pieces.get(at).and_then(|piece| piece.kind)
    }

    fn set(&mut self, at: usize, kind: BlockKind) {
        if let Some(piece) = self.pieces.get_mut(at) {
            piece.kind = Some(kind);
        }
    }

    fn is_open(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.kind.is_none())
    }

    /// The next piece that is no noise.
    fn next(&self, at: usize) -> Option<usize> {
        (at + 1..self.pieces.len()).find(|at| self.kind(*at) != Some(BlockKind::Noise))
    }

    fn stops(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(Piece::stops)
    }

    fn count(&self, at: usize) -> usize {
        self.pieces.get(at).map_or(0, |piece| piece.words)
    }

    /// Running text: long, or a sentence.
    fn is_prose(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(BlockKind::Paragraph | BlockKind::Bullet | BlockKind::Quote) => true,
            Some(BlockKind::Dateline) => true,
            Some(_) => false,
            None => {
                let pictured = self.pieces.get(at).is_some_and(|piece| piece.pictured);
                !pictured && (self.stops(at) && self.count(at) > 5 || self.count(at) > HEADLINE)
            }
        }
    }

    /// What the markup says.
    fn hints(&mut self) {
        for piece in self.pieces.iter_mut() {
            let kind = match piece.hint {
                Some(Hint::Noise(_)) => BlockKind::Noise,
                Some(Hint::Table) => BlockKind::Table,
                Some(Hint::Deck) if piece.kind.is_none() => BlockKind::Deck,
                Some(Hint::Byline) if piece.kind.is_none() => BlockKind::Byline,
                Some(Hint::Credit) if piece.kind.is_none() => BlockKind::Credit,
                Some(Hint::Text) if piece.kind.is_none() && !piece.pictured => BlockKind::Paragraph,
                Some(Hint::Bullet) if piece.kind.is_none() => BlockKind::Bullet,
                Some(Hint::Quote) if piece.kind.is_none() => BlockKind::Quote,
                Some(Hint::Heading) if piece.kind.is_none() => BlockKind::Heading,
                Some(Hint::Caption) if piece.kind.is_none() => {
                    piece.pictured = true;
                    BlockKind::Caption
                }
                _ => continue,
            };
            piece.kind = Some(kind);
        }
    }

    /// Clock times of a player are noise; so is the navigation's day without a year.
    fn clocks(&mut self) {
        let body = (0..self.pieces.len()).find(|at| self.is_prose(*at));
        for at in 0..self.pieces.len() {
            let words = self.words(at);
            let clock = !words.is_empty()
                && words.len() <= 16
                && words.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '/' | ' ' | '-'))
                && words.contains(':');
            let noise = |at: usize| self.kind(at) == Some(BlockKind::Noise);
            let near = at > 0 && noise(at - 1) || noise(at + 1);
            if clock && (words.starts_with(['/', '-']) || words.starts_with("0:") || near) {
                self.set(at, BlockKind::Noise);
                continue;
            }
            let head = body.is_none_or(|body| at < body);
            let stamp = self.pieces.get(at).and_then(|piece| piece.stamp.as_ref());
            let bare = stamp.is_some_and(|s| {
                s.yearless && !s.labelled && s.clock.is_none() && s.dates.is_empty()
            });
            if head && bare && at < 6 {
                self.set(at, BlockKind::Noise);
            }
        }
    }

    /// Short lines that the page repeats.
    fn repeated(&mut self) {
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for piece in self.pieces.iter().filter(|piece| piece.words <= NAME) {
            *count.entry(piece.range.slice(self.text).unwrap_or_default()).or_default() += 1;
        }
        for piece in self.pieces.iter_mut() {
            let words = piece.range.slice(self.text).unwrap_or_default();
            let often = count.get(words).is_some_and(|count| *count > 2);
            if often && piece.kind.is_none() && !piece.stops() {
                piece.kind = Some(BlockKind::Noise);
            }
        }
    }

    /// Menus: three short items or more in a row, before any prose.
    fn menus(&mut self) {
        let body = (0..self.pieces.len()).find(|at| self.is_prose(*at) && self.count(*at) > 4);
        let body = body.unwrap_or(0);
        let short = |page: &Self, at: usize| {
            let kind = page.kind(at);
            let item = matches!(kind, None | Some(BlockKind::Bullet | BlockKind::Noise));
            item && page.count(at) <= 2 && !page.stops(at)
        };
        let mut at = 0;
        while at < body {
            let end = (at..body).find(|at| !short(self, *at)).unwrap_or(body);
            if end - at >= 4 {
                (at..end).for_each(|at| self.set(at, BlockKind::Noise));
            }
            at = end.max(at) + 1;
        }
    }

    /// "Home > World > Europe".
    fn is_trail(&self, words: &str) -> bool {
        words.contains(" > ")
            || words.contains(" › ")
            || words.contains(" » ")
            || words.matches(" / ").count() > 1
            || words.matches(" | ").count() > 1
    }

    /// "Example.news", "www.example.org".
    fn is_address(&self, words: &str) -> bool {
        let inner = words.trim_matches(|c: char| !c.is_alphanumeric());
        !inner.contains(' ') && inner.contains('.') && inner.len() <= 60
    }

    /// Words that speak of a picture.
    fn is_cue(&self, words: &str) -> bool {
        if words.len() > 4000 {
            return false;
        }
        let folded = words.to_lowercase();
        self.lexicon.class("cue").any(|cue| {
            let opens = cue.ends_with(['-', '–', '—', ':']);
            if opens { folded.starts_with(cue) } else { holds(&folded, cue) }
        })
    }

    fn phrase(&self, at: usize) -> Option<Phrase> {
        self.pieces.get(at).and_then(|piece| piece.phrase)
    }

    fn has_year(&self, at: usize) -> bool {
        let words = self.words(at);
        let digits = words.split(|c: char| !c.is_ascii_digit());
        digits.take(200).any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
    }

    fn speaks_of_picture(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.pictured) || self.is_cue(self.words(at))
    }
}

/// Whether `text` holds `cue`, not within a longer word.
fn holds(text: &str, cue: &str) -> bool {
    text.match_indices(cue).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + cue.len()..).and_then(|tail| tail.chars().next());
        edge(before) && edge(after)
    })
}
