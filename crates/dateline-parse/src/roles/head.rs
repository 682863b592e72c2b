//! Above the text: which line is the headline, what stands over it, and below it the
//! issuer, the names, the standfirst and the captions of a summary.

use dateline_model::BlockKind;

use super::{DECK, HEAD, HEADING, HEADLINE, NAME, Page};
use crate::lexicon::Phrase;
use crate::lines::Hint;
use crate::piece::Piece;

impl Page<'_> {
    /// Finds the headline among the lines before the text.
    pub(super) fn headline(&mut self) -> Option<usize> {
        let title = |piece: &Piece| piece.hint == Some(Hint::Title);
        let marked = self.pieces.iter().position(title);
        let found = marked.or_else(|| self.pick_headline())?;
        self.set(found, BlockKind::Headline);
        Some(found)
    }

    fn pick_headline(&self) -> Option<usize> {
        let end = (0..self.pieces.len()).find(|at| self.ends_head(*at));
        let end = end.unwrap_or(self.pieces.len()).min(HEAD);
        let candidates: Vec<usize> = (0..end).filter(|at| self.may_be_headline(*at)).collect();
        if let Some(at) = self.subject() {
            return Some(at);
        }
        let long = candidates.iter().copied().find(|at| self.count(*at) > NAME);
        let some = candidates.iter().copied().find(|at| self.count(*at) > 2);
        let found = match (some, long) {
            // A short line is the site's name or a section where the line after it is
            // written like a headline, or where it is the very first; else it is the
            // headline itself, and the longer one its standfirst.
            (Some(short), Some(long)) if short < long => {
                let first = (0..short).all(|at| self.kind(at) == Some(BlockKind::Meta));
                if first || self.is_title_case(long) { long } else { short }
            }
            (Some(short), _) => short,
            (None, Some(long)) => long,
            (None, None) => {
                let prose = |at: &usize| self.next(*at).is_some_and(|next| self.is_prose(next));
                let two = candidates.last().copied().filter(prose);
                two.or_else(|| self.sentence_headline())?
            }
        };
        let alone = self.pieces.len() == 1;
        (!alone).then_some(found)
    }

    /// Most of its longer words begin with a capital.
    fn is_title_case(&self, at: usize) -> bool {
        let long = self.words(at).split_whitespace().filter(|word| word.chars().count() > 3);
        let (mut capital, mut count) = (0, 0);
        for word in long.take(20) {
            count += 1;
            capital += usize::from(!word.starts_with(char::is_lowercase));
        }
        count > 0 && capital * 5 >= count * 4
    }

    /// The subject of a mail, where other lines of its header stand beside it.
    fn subject(&self) -> Option<usize> {
        let labelled = |at: &usize| {
            self.pieces.get(*at).is_some_and(|p| p.labelled && p.kind == Some(BlockKind::Meta))
        };
        let header: Vec<usize> = (0..8.min(self.pieces.len())).filter(labelled).collect();
        let plain = |at: &usize| !self.words(*at).contains(':') || self.count(*at) > 3;
        let subject = header.iter().copied().find(|at| {
            let start = self.pieces.get(*at).map_or(0, |piece| piece.range.start() as usize);
            let line = self.text.get(..start).unwrap_or_default();
            let line = line.rsplit('\n').next().unwrap_or_default().trim();
            line.ends_with(':')
        });
        subject.filter(|at| header.len() > 1 && plain(at))
    }

    /// A sentence alone above a heading, below noise: the title of a video.
    fn sentence_headline(&self) -> Option<usize> {
        let first = (0..self.pieces.len()).find(|at| {
            !matches!(self.kind(*at), Some(BlockKind::Noise | BlockKind::Stamp | BlockKind::Meta))
        })?;
        let next = self.next(first)?;
        let titled = self.is_open(first)
            && first > 0
            && self.count(first) <= HEADING
            && self.kind(next) == Some(BlockKind::Heading);
        titled.then_some(first)
    }

    /// Whether the lines above the text end here.
    pub(super) fn ends_head(&self, at: usize) -> bool {
        let phrase = self.pieces.get(at).and_then(|piece| piece.phrase);
        let heading = self.kind(at) == Some(BlockKind::Heading) && phrase != Some(Phrase::Heading);
        let prose = self.is_prose(at) && !self.asks(at);
        prose || phrase == Some(Phrase::Overview) || heading || {
            self.pieces.get(at).is_some_and(|piece| piece.pictured && piece.kind.is_none())
        }
    }

    /// A line that may be a headline though it ends like a sentence: a question, a cry,
    /// initials.
    fn asks(&self, at: usize) -> bool {
        let last = self.pieces.get(at).map_or(' ', |piece| piece.last);
        let titled = || self.count(at) > 4 && self.is_title_case(at);
        let asks = matches!(last, '?' | '!') || last == '.' && (self.initials(at) || titled());
        self.is_open(at) && asks && self.count(at) <= 20 && !self.words(at).contains(". ")
    }

    fn may_be_headline(&self, at: usize) -> bool {
        let Some(piece) = self.pieces.get(at) else { return false };
        let words = self.words(at);
        let ends = matches!(piece.last, ':' | ',' | ';') || piece.last == '.' && !self.asks(at);
        piece.kind.is_none()
            && (2..=HEADLINE).contains(&piece.words)
            && !ends
            && !self.is_trail(words)
            && !self.is_address(words)
            && !self.is_cue(words)
            && !self.is_issuer(at)
    }

    /// "… visits the U.S.": the stop belongs to the word.
    fn initials(&self, at: usize) -> bool {
        let last = self.words(at).split_whitespace().next_back().unwrap_or_default();
        last.len() <= 6 && last.matches('.').count() > 1
    }

    /// A line that names an office and nothing else, below a line that may be a
    /// headline and near the day.
    pub(super) fn is_issuer(&self, at: usize) -> bool {
        let words = self.words(at);
        if words.len() > 120 {
            return false;
        }
        let capital = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.is_empty()
                || word.starts_with(|c: char| !c.is_lowercase())
                || self.lexicon.is(word, "small")
        };
        let folded = words.to_lowercase().replace('’', "'");
        let office = self.lexicon.class("office").any(|office| {
            let first = folded.strip_prefix(office).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with(" of ")
                    || rest.starts_with(',')
                    || rest.starts_with(" for ")
                    || rest.starts_with("'s ")
            });
            let last = folded.strip_suffix(office).is_some_and(|rest| {
                rest.ends_with(", ") || rest.ends_with("'s ") || rest.ends_with(" foreign ")
            });
            first
                || last
                || folded.split_once(", ").is_some_and(|(_, rest)| rest.starts_with(office))
        });
        let count = self.count(at);
        let mut near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut stamped = || near.any(|at| self.kind(at) == Some(BlockKind::Stamp));
        let below = || (0..at).any(|at| self.is_open(at) && self.count(at) > 2);
        let above = || count <= 6 && self.headed_below(at);
        office
            && count <= 10
            && words.split_whitespace().all(capital)
            && (stamped() || below() || above())
            && !self.stops(at)
    }

    /// Whether a longer line written like a headline stands within the next lines.
    fn headed_below(&self, at: usize) -> bool {
        (at + 1..self.pieces.len().min(at + 6)).any(|at| {
            self.is_open(at) && !self.stops(at) && self.count(at) > 6 && self.is_title_case(at)
        })
    }

    /// Above the headline stand the site's name, sections, issuers.
    pub(super) fn above(&mut self, headline: Option<usize>) {
        let end = headline
            .unwrap_or_else(|| (0..self.pieces.len()).find(|at| self.ends_head(*at)).unwrap_or(0));
        for at in 0..end {
            let short = self.count(at) <= 12 && !self.stops(at);
            if self.is_open(at) && self.is_issuer(at) {
                self.set(at, BlockKind::Meta);
            } else if self.is_open(at) && (short || self.is_address(self.words(at))) {
                self.set(at, BlockKind::Noise);
            }
        }
        // Past the head an address alone is still the site's.
        for at in end..self.pieces.len() {
            if self.is_open(at) && self.is_trail(self.words(at)) && self.count(at) < 12 {
                self.set(at, BlockKind::Noise);
            }
        }
    }

    /// Names next to a stamp, sections between headline and text, and the headline told
    /// twice.
    pub(super) fn bylines(&mut self, headline: Option<usize>) {
        let title = headline.map(|at| self.words(at).to_string());
        // Without a headline only names next to a stamp are told.
        let first = headline.unwrap_or(0);
        let body = (first + 1..self.pieces.len()).find(|at| self.is_prose(*at));
        for at in first + 1..self.pieces.len() {
            if !self.is_open(at) {
                continue;
            }
            let stamp = |at: usize| self.kind(at) == Some(BlockKind::Stamp);
            let head = headline.is_some() && body.is_some_and(|body| at < body);
            if title.as_deref() == Some(self.words(at)) {
                self.set(at, BlockKind::Noise);
                continue;
            }
            let named = self.is_names(at) && (stamp(at + 1) || stamp(at - 1));
            let short = head && self.count(at) <= 3 && !self.stops(at);
            if at < first + HEAD && self.is_issuer(at) {
                continue;
            } else if named || short && self.beside_furniture(at) {
                self.set(at, BlockKind::Byline);
            } else if head && self.count(at) == 1 && !self.stops(at) {
                // A single word next to the day is where it was issued.
                let issued = stamp(at + 1) || stamp(at - 1);
                self.set(at, if issued { BlockKind::Meta } else { BlockKind::Noise });
            }
        }
    }

    /// Whether a stamp or a fact about the page stands right before or after.
    fn beside_furniture(&self, at: usize) -> bool {
        let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        near.into_iter().all(|at| {
            matches!(self.kind(at), Some(BlockKind::Stamp | BlockKind::Meta | BlockKind::Byline))
        })
    }

    /// Two to eight capitalised words, small ones between them.
    fn is_names(&self, at: usize) -> bool {
        let words = self.words(at);
        let capital = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.starts_with(char::is_uppercase) || self.lexicon.is(word, "small")
        };
        (2..=8).contains(&self.count(at))
            && !self.stops(at)
            && words.starts_with(char::is_uppercase)
            && words.split_whitespace().all(capital)
            && !words.chars().any(|c| c.is_ascii_digit() || c == ':')
    }

    /// Below the headline: issuer, standfirst, captions.
    pub(super) fn below(&mut self, headline: Option<usize>) {
        let Some(headline) = headline else { return };
        let end = (headline + 1..self.pieces.len()).find(|at| self.ends_story_head(*at));
        let end = end.unwrap_or(self.pieces.len()).min(headline + HEAD);
        self.values(headline, end);
        for at in headline + 1..end.min(headline + 6) {
            if self.is_open(at) && self.is_issuer(at) {
                self.set(at, BlockKind::Meta);
            }
        }
        let open: Vec<usize> = (headline + 1..end).filter(|at| self.is_open(*at)).collect();
        let plain: Vec<usize> =
            open.iter().copied().filter(|at| !self.speaks_of_picture(*at)).collect();
        let summary = self.is_summary(end) && open.len() <= 16 && {
            let uncaptioned = plain.iter().skip(1).filter(|at| !self.has_year(**at)).count();
            uncaptioned <= 2 || self.phrase(end) == Some(Phrase::Overview) && uncaptioned <= 4
        };
        // Markup that says which line is the standfirst is believed.
        let told = (headline + 1..end).any(|at| self.kind(at) == Some(BlockKind::Deck));
        let first = plain.first().copied().filter(|at| !told && self.may_be_deck(*at));
        let deck = first.filter(|deck| {
            let cued = summary && self.has_year(*deck) && open.first() != plain.first();
            let above = (headline + 1..*deck).all(|at| match self.kind(at) {
                Some(BlockKind::Noise) => true,
                // Below a stamp only what a picture follows is a standfirst.
                Some(BlockKind::Stamp) => self.pictured_next(*deck),
                _ => false,
            });
            !cued
                && above
                && (if summary { self.leads_captions(*deck) } else { self.reads_as_deck(*deck) })
        });
        if let Some(deck) = deck {
            self.set(deck, BlockKind::Deck);
        }
        if summary {
            let headed = self.phrase(end) == Some(Phrase::Overview);
            for at in open.into_iter().filter(|at| Some(*at) != deck) {
                let picture = |at: usize| {
                    self.phrase(at) == Some(Phrase::Picture)
                        || self.kind(at) == Some(BlockKind::Credit)
                };
                let near = picture(at - 1) || picture(at + 1);
                if headed || near || self.has_year(at) || self.speaks_of_picture(at) {
                    self.set(at, BlockKind::Caption);
                }
            }
        }
    }

    /// Lines below a label that stands alone ("From:") are what it says.
    fn values(&mut self, from: usize, end: usize) {
        for at in from + 1..end {
            let label = self.pieces.get(at - 1).is_some_and(|piece| {
                piece.labelled && piece.kind == Some(BlockKind::Meta) && piece.last == ':'
            });
            if label && self.is_open(at) && !self.stops(at) && self.count(at) <= 24 {
                self.set(at, BlockKind::Meta);
            }
        }
    }

    fn ends_story_head(&self, at: usize) -> bool {
        let heading = self.kind(at) == Some(BlockKind::Heading);
        heading
            || matches!(
                self.kind(at),
                Some(
                    BlockKind::Bullet
                        | BlockKind::Dateline
                        | BlockKind::Paragraph
                        | BlockKind::Quote
                )
            )
    }

    /// Whether a list is the story, and what stands above it pictures and standfirst.
    fn is_summary(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(BlockKind::Bullet) => true,
            Some(BlockKind::Heading) => {
                self.phrase(at) == Some(Phrase::Overview)
                    && self.next(at).is_some_and(|at| self.kind(at) == Some(BlockKind::Bullet))
            }
            _ => false,
        }
    }

    fn may_be_deck(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.range.len() <= DECK && piece.words > 3)
    }

    /// In a summary the first line is the standfirst unless it is a caption with the day
    /// it was taken at its end.
    fn leads_captions(&self, at: usize) -> bool {
        !self.ends_with_date(at)
    }

    /// Whether a day with its year stands among the last words; a year alone is a target
    /// or a memory.
    fn ends_with_date(&self, at: usize) -> bool {
        let words = self.words(at);
        let tail: Vec<&str> = words.split_whitespace().rev().take(7).collect();
        let number = |word: &str| {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if digits.len() == bare.len() { digits.parse::<u16>().unwrap_or(0) } else { 0 }
        };
        tail.iter().take(4).enumerate().any(|(place, word)| {
            let day = tail.iter().skip(place + 1).take(2);
            (1900..2100).contains(&number(word))
                && day.into_iter().any(|word| (1..=31).contains(&number(word)))
        })
    }

    /// Whether a picture follows, an address of the page left out.
    fn pictured_next(&self, at: usize) -> bool {
        let skip = |at: &usize| !(self.is_open(*at) && self.is_address(self.words(*at)));
        let next = (at + 1..self.pieces.len()).find(skip);
        next.is_some_and(|next| {
            self.phrase(next) == Some(Phrase::Picture) || self.speaks_of_picture(next)
        })
    }

    /// A line right below the headline that a picture, a byline or a stamp follows, or
    /// that has no stop though text follows it.
    fn reads_as_deck(&self, at: usize) -> bool {
        let Some(following) = self.pieces.get(at + 1) else { return false };
        let furniture = match following.kind {
            Some(BlockKind::Byline | BlockKind::Credit | BlockKind::Caption) => true,
            Some(BlockKind::Stamp) => true,
            Some(BlockKind::Noise) => {
                following.phrase.is_some_and(|phrase| phrase != Phrase::Tail)
                    && (at + 2..self.pieces.len()).any(|at| self.is_prose(at))
            }
            Some(BlockKind::Meta) => (at + 2..self.pieces.len()).any(|at| self.is_prose(at)),
            None if self.is_address(self.words(at + 1)) => self.pictured_next(at),
            None => self.speaks_of_picture(at + 1),
            _ => false,
        };
        let open = !self.stops(at)
            && self.count(at) > 5
            && self.next(at).is_some_and(|next| self.is_prose(next));
        furniture && !self.pieces.get(at).is_some_and(|piece| piece.pictured) || open
    }
}
