//! Lines cut into pieces: a dateline off its paragraph, a credit off its caption, a
//! topic or a label off its text, a stamp off the heading it was glued to. What a piece
//! surely is, is said here; the rest is for [`crate::roles`], which sees its neighbours.

use dateline_model::BlockKind;
use dateline_text::TextRange;

use crate::Context;
use crate::lexicon::{Label, Phrase};
use crate::lines::{Hint, Line, Mark};
use crate::picture;
use crate::stamp::{self, Stamp};
use crate::wire::{self, Dateline};

/// The longest line that is looked at for anything but prose, in bytes.
const LONGEST: usize = 4000;
/// Prose of a page of markup longer than this is looked at for little else, in bytes.
const PROSE: usize = 200;

/// The most words of a piece that are counted.
const MOST: usize = 100;

/// A part of a line that has one kind.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its words.
    pub range: TextRange,
    /// Marks inside that are not its words.
    pub holes: Vec<TextRange>,
    /// Its kind, where that is known.
    pub kind: Option<BlockKind>,
    /// What its words are, where they are a fixed phrase.
    pub phrase: Option<Phrase>,
    /// What the markup says.
    pub hint: Option<Hint>,
    /// Whether it stands for or speaks of a picture: a credit after it, a label.
    pub pictured: bool,
    /// What it says of the page's day.
    pub stamp: Option<Box<Stamp>>,
    /// The dateline it is.
    pub dateline: Option<Box<Dateline>>,
    /// Whether a label of a mail or a page gave it its kind.
    pub labelled: bool,
    /// Words, up to `MOST`.
    pub words: usize,
    /// The last character that is no closing mark.
    pub last: char,
}

impl Piece {
    fn new(text: &str, range: TextRange, kind: Option<BlockKind>) -> Self {
        let words = range.slice(text).unwrap_or_default();
        let closing =
            |c: char| matches!(c, ')' | ']' | '"' | '”' | '’' | '\'' | '»') || c.is_whitespace();
        Self {
            range,
            holes: Vec::new(),
            kind,
            phrase: None,
            hint: None,
            pictured: false,
            stamp: None,
            dateline: None,
            labelled: false,
            words: count(words).min(MOST),
            last: words.trim_end_matches(closing).chars().next_back().unwrap_or(' '),
        }
    }

    /// What it is; what nothing tells apart is prose.
    pub fn kind_or_prose(&self) -> BlockKind {
        self.kind.unwrap_or(BlockKind::Paragraph)
    }

    /// Whether it ends like a sentence.
    pub fn stops(&self) -> bool {
        matches!(self.last, '.' | '!' | '?' | '…')
    }
}

/// How many words a line has; no more than `MOST` of its tokens are looked at.
fn count(line: &str) -> usize {
    if line.is_ascii() {
        return line.split_ascii_whitespace().take(MOST).count();
    }
    line.split_whitespace().map(counted).take(MOST).sum()
}

/// How many words a token is: in scripts that set no spaces, two letters are about one.
pub(crate) fn counted(token: &str) -> usize {
    if token.is_ascii() {
        return 1;
    }
    let unspaced = |c: &char| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
            || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
    };
    (token.chars().filter(unspaced).take(200).count() / 2).max(1)
}

/// Cuts `lines` into pieces.
pub(crate) fn pieces(text: &str, lines: &[Line], context: Context<'_>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let first = out.len();
        cut(text, line, context, &mut out);
        for piece in out.iter_mut().skip(first) {
            piece.hint = line.hint;
            let inside = |hole: &&TextRange| piece.range.contains(**hole);
            piece.holes = line.holes.iter().filter(inside).copied().collect();
        }
    }
    out
}

fn cut(text: &str, line: &Line, context: Context<'_>, out: &mut Vec<Piece>) {
    if let Some(Hint::Noise(_)) = line.hint {
        out.push(Piece::new(text, line.range, Some(BlockKind::Noise)));
        return;
    }
    if line.hint == Some(Hint::Stamp) {
        let stamp = stamp::read(text, line.range, context).map(Box::new);
        if stamp.is_none() && signed(text, line.range, context, out) {
            return;
        }
        let posted = || stamp::posted(text, line.range, context).map(Box::new);
        let opening = || stamp::opening(text, line.range, context).map(Box::new);
        let stamp = stamp.or_else(posted).or_else(opening);
        let kind = if stamp.is_some() { BlockKind::Stamp } else { BlockKind::Noise };
        out.push(Piece { stamp, ..Piece::new(text, line.range, Some(kind)) });
        return;
    }
    let range = without_more(text, line.range, context);
    let words = range.slice(text).unwrap_or_default();
    let new = |range, kind| Piece::new(text, range, kind);
    if words.len() > LONGEST {
        out.push(new(range, marked(line)));
        return;
    }
    // Prose by its elements, and longer than any stamp: no more than a label or a dateline
    // can stand in front of it.
    if line.hint == Some(Hint::Text) && words.len() > PROSE {
        let found = label(text, range, context, out) || dateline(text, range, context, out);
        if !found {
            out.push(new(range, None));
        }
        return;
    }
    if let Some(phrase) = context.lexicon.phrase(words) {
        let kind = match phrase {
            Phrase::Noise | Phrase::Tail | Phrase::Picture => BlockKind::Noise,
            Phrase::Overview | Phrase::Heading => BlockKind::Heading,
            Phrase::Meta => BlockKind::Meta,
        };
        out.push(Piece { phrase: Some(phrase), ..new(range, Some(kind)) });
        return;
    }
    if let Some(stamp) = stamp::read(text, range, context) {
        out.push(Piece { stamp: Some(Box::new(stamp)), ..new(range, Some(BlockKind::Stamp)) });
        return;
    }
    if let Some((count, range)) = picture_count(text, range, context) {
        out.push(Piece { phrase: Some(Phrase::Picture), ..new(count, Some(BlockKind::Noise)) });
        cut(text, &Line { range, ..line.clone() }, context, out);
        return;
    }
    if !words.chars().take(64).any(char::is_alphanumeric) || is_copyright(words) {
        out.push(new(range, Some(BlockKind::Noise)));
        return;
    }
    if is_symbol(words) {
        out.push(new(range, Some(BlockKind::Meta)));
        return;
    }
    match line.mark {
        Mark::Bullet | Mark::Quote | Mark::Heading => {
            out.push(new(range, marked(line)));
            return;
        }
        Mark::Plain => {}
    }
    let _ = leading_clock(text, range, context, out)
        || glued_stamp(text, range, context, out)
        || signed(text, range, context, out)
        || label(text, range, context, out)
        || topic(text, range, out)
        || credit(text, range, context, out)
        // "ANALYSIS - Why the river rose" under a headline names no place.
        || (line.hint != Some(Hint::Deck) || is_dated(text, range, context))
            && dateline(text, range, context, out)
        || glued_heading(text, range, context, out)
        || {
            out.push(new(range, None));
            true
        };
}

fn marked(line: &Line) -> Option<BlockKind> {
    match line.mark {
        Mark::Bullet => Some(BlockKind::Bullet),
        Mark::Quote => Some(BlockKind::Quote),
        Mark::Heading => Some(BlockKind::Heading),
        Mark::Plain => None,
    }
}

/// `range` without a link to the rest at its end ("[more]").
fn without_more(text: &str, range: TextRange, context: Context<'_>) -> TextRange {
    let Some(words) = range.slice(text) else { return range };
    let stops = |head: &str| head.ends_with(['.', '!', '?', '”', '"', '’', ')', '…']);
    let links = ["more", "trail"].into_iter();
    let mut links = links.flat_map(|class| context.lexicon.class(class).map(move |w| (class, w)));
    let end = links.find_map(|(class, link)| {
        let at = words.len().checked_sub(link.len())?;
        let (head, tail) = (words.get(..at)?.trim_end(), words.get(at..)?);
        let ends = stops(head) || class == "trail" && !head.is_empty();
        (ends && tail.to_lowercase() == *link).then_some(head.len())
    });
    let cut = end.and_then(|end| TextRange::new(range.start(), range.start() + end as u32));
    cut.unwrap_or(range)
}

/// "1 of 3 | Leaders pose …", "[1/4]Leaders pose …": the count of a gallery, and the rest.
fn picture_count(
    text: &str,
    range: TextRange,
    context: Context<'_>,
) -> Option<(TextRange, TextRange)> {
    let words = range.slice(text)?;
    let bracketed = words.starts_with('[');
    let reach = words.char_indices().map(|(at, _)| at).take(16).last()?;
    let mark = words.get(..reach)?.find(if bracketed { ']' } else { '|' })?;
    let count = words.get(..mark)?.trim_start_matches('[').trim();
    let is_count = context.lexicon.phrase(count) == Some(Phrase::Picture)
        && count.starts_with(|c: char| c.is_ascii_digit());
    let rest = TextRange::new(range.start() + mark as u32 + 1, range.end())?.trim(text);
    let head = TextRange::new(range.start(), range.start() + mark as u32 + 1)?.trim(text);
    (is_count && !rest.is_empty()).then_some((head, rest))
}

/// "© 2025 Example Media".
fn is_copyright(words: &str) -> bool {
    let rest = words.strip_prefix('©').or_else(|| words.strip_prefix("(c)")).map(str::trim_start);
    let year = rest.is_some_and(|rest| rest.starts_with("20") || rest.starts_with("19"));
    year && words.len() < 120
}

/// A document symbol (`SC/16094`): capitals, digits and slashes in one word.
fn is_symbol(words: &str) -> bool {
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    words.len() <= 40
        && words.contains('/')
        && capitals > 0
        && digits > 0
        && words.chars().all(|c| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | '(' | ')')
        })
}

/// "14:55 (GMT+3) Talks end": the time of a post in front of its heading or its text.
fn leading_clock(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    if !words.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // The longest of the first words that are a clock time and its zone.
    let ends = words.match_indices(' ').take(3).map(|(at, _)| at).collect::<Vec<_>>();
    for end in ends.into_iter().rev() {
        let (Some(clock), Some(rest)) = (
            TextRange::at(0, end).and_then(|at| at.shift(range.start())),
            TextRange::new(range.start() + end as u32, range.end()),
        ) else {
            continue;
        };
        let rest = rest.trim(text);
        let rest_words = rest.slice(text).unwrap_or_default();
        let begins = |c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘');
        let colon = words.get(..end).is_some_and(|clock| clock.contains(':'));
        if !colon || !rest_words.starts_with(begins) || rest_words.len() < 8 {
            continue;
        }
        let stamp = stamp::read(text, clock, context);
        if let Some(stamp) = stamp.filter(|stamp| stamp.clock.is_some() && stamp.dates.is_empty()) {
            out.push(Piece {
                stamp: Some(Box::new(stamp)),
                ..Piece::new(text, clock, Some(BlockKind::Stamp))
            });
            out.push(Piece::new(text, rest, None));
            return true;
        }
    }
    false
}

/// Marks between a line and the stamp behind it.
const MARKS: [char; 8] = [',', '—', '–', '|', '·', '•', '⋅', ';'];

/// "… agree on exchange - resultpublished at 17:32 British Summer Time 2 June": a stamp
/// that begins right after a letter.
fn glued_stamp(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    let digits = words.bytes().any(|b| b.is_ascii_digit());
    if words.len() > 400 || !digits {
        return false;
    }
    let mut last = ' ';
    for (at, c) in words.char_indices() {
        let glued = last.is_alphanumeric() || matches!(last, '.' | '?' | '!' | '”' | '"' | '’');
        let word = words.get(at..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let set_off = last == ' ' && before.trim_end().ends_with(MARKS);
        last = c;
        if at == 0 || !(glued || set_off) || !c.is_alphabetic() {
            continue;
        }
        let first = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // "Updated" is not "Up" and "dated".
        let start = before.trim_end_matches(char::is_alphabetic).len();
        let whole = words.get(start..at + first.len()).unwrap_or_default();
        if start < at && context.lexicon.stamp_word(whole).is_some() {
            continue;
        }
        let label = context.lexicon.stamp_word(first);
        if !matches!(
            label,
            Some(crate::lexicon::StampWord::Published | crate::lexicon::StampWord::Modified)
        ) {
            continue;
        }
        let head = TextRange::new(range.start(), range.start() + at as u32);
        let tail = TextRange::new(range.start() + at as u32, range.end());
        let (Some(head), Some(tail)) = (head, tail) else { continue };
        if let Some(stamp) = stamp::read(text, tail, context) {
            let kind = if set_off { None } else { Some(BlockKind::Heading) };
            let mark = |c: char| c == ' ' || MARKS.contains(&c);
            let end = range.start() + before.trim_end_matches(mark).len() as u32;
            let head = TextRange::new(range.start(), end).unwrap_or(head).trim(text);
            out.push(Piece::new(text, head, kind));
            out.push(Piece {
                stamp: Some(Box::new(stamp)),
                ..Piece::new(text, tail, Some(BlockKind::Stamp))
            });
            return true;
        }
    }
    false
}

/// "By Jane Roe • March 12, 2025": names and a stamp in one line.
fn signed(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some((names, tail, stamp)) = stamp::behind_names(text, range, context) else {
        return false;
    };
    let words = names.slice(text).unwrap_or_default();
    // Without a label it is one of another language, and names are all that it has.
    match context.lexicon.label(words) {
        Some(_) if !label(text, names, context, out) => return false,
        None if !names.is_empty() => {
            let kind = if words.contains(' ') { BlockKind::Byline } else { BlockKind::Meta };
            out.push(Piece::new(text, names, Some(kind)));
        }
        _ => {}
    }
    let stamp = Some(Box::new(stamp));
    out.push(Piece { stamp, ..Piece::new(text, tail, Some(BlockKind::Stamp)) });
    true
}

fn label(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    let Some((label, after)) = context.lexicon.label(words) else { return false };
    let rest =
        TextRange::new(range.start() + after as u32, range.end()).map(|rest| rest.trim(text));
    let Some(rest) = rest else { return false };
    let head = TextRange::new(range.start(), range.start() + after as u32);
    let rest_words = rest.slice(text).unwrap_or_default();
    let new = |range, kind| Piece { labelled: true, ..Piece::new(text, range, Some(kind)) };
    match label {
        Label::Meta => out.push(new(range, BlockKind::Meta)),
        Label::Subject => out.push(new(rest, BlockKind::Meta)),
        Label::Part => {
            out.extend(head.map(|head| new(head, BlockKind::Heading)));
            if !rest.is_empty() {
                let first = out.len();
                if !dateline(text, rest, context, out) {
                    out.push(Piece::new(text, rest, Some(BlockKind::Paragraph)));
                }
                debug_assert!(out.len() > first);
            }
        }
        Label::Quote if after == 0 => out.push(new(range, BlockKind::Quote)),
        Label::Quote => {
            out.extend(head.map(|head| new(head, BlockKind::Heading)));
            if !rest.is_empty() {
                out.push(new(rest, BlockKind::Quote));
            }
        }
        Label::Credit => {
            let credit = picture::whole(words, context.lexicon);
            if credit.is_none() {
                return false;
            }
            out.push(Piece { pictured: true, ..new(range, BlockKind::Credit) });
        }
        Label::Caption => {
            let caption = if rest.is_empty() { range } else { rest };
            out.push(Piece { pictured: true, ..new(caption, BlockKind::Caption) });
        }
        Label::Staff => {
            if !rest_words.starts_with(char::is_uppercase) || rest_words.len() > 240 {
                return false;
            }
            out.push(new(range, BlockKind::Meta));
        }
        Label::Byline => {
            let plain = rest.len() <= 60
                && rest_words.split_whitespace().count() <= 4
                && !rest_words.ends_with(['.', '!', '?', ':'])
                && !rest_words.contains([',', '—'])
                && !rest_words.chars().any(|c| c.is_ascii_digit());
            if !plain && !is_byline(rest_words, context) {
                return false;
            }
            out.push(new(range, BlockKind::Byline));
        }
    }
    true
}

/// Names alone: capitalised words and small ones, no stop, not many.
fn is_byline(words: &str, context: Context<'_>) -> bool {
    let count = words.split_whitespace().count();
    let name = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty() || word.starts_with(char::is_uppercase) || context.lexicon.is(word, "small")
    };
    let stops = words.ends_with(['.', '?', '!']) && count > 4;
    (1..=14).contains(&count)
        && !stops
        && words.split_whitespace().all(name)
        && !words.chars().any(|c| c.is_ascii_digit())
}

/// "U.S. ECONOMY | Jerome Powell told …": capitals before a bar are a topic.
fn topic(text: &str, range: TextRange, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    let Some((topic, rest)) = words.split_once('|') else { return false };
    let capitals = topic.chars().filter(|c| c.is_uppercase()).count();
    let topical = capitals >= 2
        && topic.split_whitespace().count() <= 6
        && topic.chars().all(|c| !c.is_lowercase());
    let rest = rest.trim();
    if !topical || rest.is_empty() {
        return false;
    }
    let sentence = rest.ends_with(['.', '!', '?', '”', '"', '…', ']', ')']);
    if rest.ends_with(':') || !sentence && rest.split_whitespace().take(13).count() < 13 {
        out.push(Piece::new(text, range, Some(BlockKind::Heading)));
        return true;
    }
    let head = TextRange::at(0, topic.trim_end().len()).and_then(|at| at.shift(range.start()));
    let from = range.end() - rest.len() as u32;
    out.extend(head.map(|head| Piece::new(text, head, Some(BlockKind::Heading))));
    let body = TextRange::new(from, range.end());
    out.extend(body.map(|body| Piece::new(text, body, Some(BlockKind::Paragraph))));
    true
}

/// "Council: decisions for the alliance The council was …": a heading with a colon whose
/// line break was lost. The sentence begins at a word that begins sentences, after a
/// small one.
fn glued_heading(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    let mut start = 0;
    let mut last = "";
    let mut colon = false;
    for (count, word) in words.split(' ').take(13).enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let begins = word.starts_with(char::is_uppercase) && context.lexicon.is(bare, "starter");
        let after_small = last.starts_with(char::is_lowercase)
            && last.ends_with(char::is_alphanumeric)
            && !context.lexicon.is(last, "small");
        if colon && count > 3 && begins && after_small {
            let at = range.start() + start as u32;
            let head = TextRange::new(range.start(), at).map(|head| head.trim(text));
            let body = TextRange::new(at, range.end());
            out.extend(head.map(|head| Piece::new(text, head, Some(BlockKind::Heading))));
            out.extend(body.map(|body| Piece::new(text, body, Some(BlockKind::Paragraph))));
            return true;
        }
        colon |= word.ends_with(':');
        if word.ends_with(['.', '!', '?', ',', '”', '"', '“']) {
            return false;
        }
        start += word.len() + 1;
        last = word;
    }
    false
}

fn credit(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let Some(words) = range.slice(text) else { return false };
    let at =
        |start: usize, end: usize| TextRange::at(start, end).and_then(|at| at.shift(range.start()));
    if let Some(credit) = picture::whole(words, context.lexicon).filter(|credit| credit.strong) {
        let Some(range) = at(credit.start, credit.end) else { return false };
        out.push(Piece { pictured: true, ..Piece::new(text, range, Some(BlockKind::Credit)) });
        return true;
    }
    let Some(credit) = picture::tail(words, context.lexicon).filter(|credit| credit.strong) else {
        return false;
    };
    let (Some(caption), Some(credit)) = (at(0, credit.before), at(credit.start, credit.end)) else {
        return false;
    };
    let caption = trim_bar(text, caption.trim(text));
    let caption = Piece { pictured: true, ..Piece::new(text, caption, None) };
    out.push(caption);
    out.push(Piece {
        pictured: true,
        ..Piece::new(text, credit.trim(text), Some(BlockKind::Credit))
    });
    true
}

/// `range` without a bar at its end.
fn trim_bar(text: &str, range: TextRange) -> TextRange {
    let words = range.slice(text).unwrap_or_default();
    let inner = words.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
    TextRange::new(range.start(), range.start() + inner.len() as u32).unwrap_or(range)
}

/// Whether a dateline says its day or, in brackets, its agency.
fn is_dated(text: &str, range: TextRange, context: Context<'_>) -> bool {
    wire::datelines(text, range, context).first().is_some_and(|dateline| {
        let words = dateline.range.slice(text).unwrap_or_default();
        dateline.date.is_some() || words.contains(['(', '/'])
    })
}

fn dateline(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<Piece>) -> bool {
    let datelines = wire::datelines(text, range, context);
    let Some(rest) = datelines.last().map(|dateline| dateline.rest) else { return false };
    for dateline in datelines {
        let piece = Piece::new(text, dateline.range, Some(BlockKind::Dateline));
        out.push(Piece { dateline: Some(Box::new(dateline)), ..piece });
    }
    let rest = TextRange::new(rest, range.end()).map(|rest| rest.trim(text));
    let rest = rest.filter(|rest| !rest.is_empty());
    out.extend(rest.map(|rest| Piece::new(text, rest, Some(BlockKind::Paragraph))));
    true
}
