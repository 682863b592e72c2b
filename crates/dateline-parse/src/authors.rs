//! Who wrote it: names as metadata and markup give them, and as a byline has them.

use dateline_model::BlockKind;
use dateline_text::TextRange;

use crate::lexicon::{Label, Lexicon, StampWord};
use crate::page::{address, line};
use crate::piece::Piece;

/// Names that are kept, and the longest of one, in bytes.
const MOST: usize = 32;
const LONGEST: usize = 400;
/// Words of a name, at least and at most.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;
/// Pieces below a label without a name among which its name stands.
const BELOW: usize = 3;

/// `authors` as names: each once, without "By" and without addresses, and several in one
/// apart. `jane@example.org (Jane Roe)` is Jane Roe; an address alone is nobody.
pub(crate) fn names(authors: impl IntoIterator<Item = String>, lexicon: &Lexicon) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for author in authors.into_iter().take(MOST) {
        let author = match author.split_once('(') {
            Some((before, name)) if before.contains('@') => name.trim_end_matches(')'),
            _ => author.as_str(),
        };
        let behind = lexicon.label(author).filter(|(label, _)| *label == Label::Byline);
        let name = author.get(behind.map_or(0, |(_, at)| at)..).and_then(line);
        let Some(name) = name.filter(|name| name.len() <= LONGEST) else { continue };
        let name = name.trim_matches([',', ';', '|', ' ']);
        let (parts, _) = parts(name, lexicon);
        let several = parts.len() > 1 && parts.iter().all(|part| is_name(part, lexicon));
        for name in if several { parts } else { vec![name.to_string()] } {
            let key: String = name.chars().filter(|c| c.is_alphabetic()).collect();
            let key = key.to_lowercase();
            let known = key.is_empty() || keys.contains(&key);
            let web = name.starts_with("www.") || address(&name).is_some();
            if !known && !web && !name.contains('@') {
                out.push(name);
                keys.push(key);
            }
        }
    }
    out
}

/// The names in the first byline that says so ("By Jane Roe and John Doe, Reuters"); none
/// where it is not plain which of its words are names.
pub(crate) fn in_bylines(text: &str, pieces: &[Piece], lexicon: &Lexicon) -> Vec<String> {
    // Of a line with a day in it, what stands before that.
    let words = |piece: &Piece| {
        let dates = piece.stamp.iter().flat_map(|stamp| &stamp.dates);
        let end = dates.map(|date| date.range.start()).min().unwrap_or(piece.range.end());
        TextRange::new(piece.range.start(), end).and_then(|words| words.slice(text))
    };
    let above = |piece: &&Piece| !(piece.kind_or_prose().is_prose() && piece.stops());
    let mut bylines = pieces
        .iter()
        .take_while(above)
        .filter(|piece| matches!(piece.kind, Some(BlockKind::Byline | BlockKind::Stamp)))
        .filter_map(words);
    let found = bylines.find_map(|words| Some((words, label(words, lexicon)?)));
    let Some((byline, behind)) = found else { return Vec::new() };
    let mut told = byline.get(behind..).unwrap_or_default().to_string();
    // "By", "Jane Roe", "and", "John Doe", each in an element of its own.
    let joint = |told: &str| {
        let last = told.split_whitespace().next_back();
        last.is_none_or(|last| lexicon.is(last, "joint"))
    };
    for next in bylines.take(BELOW) {
        if !joint(&told) && !lexicon.is(next, "joint") {
            break;
        }
        told.push(' ');
        told.push_str(next);
    }
    names(people(&told, lexicon), lexicon)
}

/// Whether `words` say only that a name follows.
pub(crate) fn is_label(words: &str, lexicon: &Lexicon) -> bool {
    label(words, lexicon) == Some(words.len())
}

/// Where the names begin behind words that say that names follow ("By", "Author:", "Por").
fn label(words: &str, lexicon: &Lexicon) -> Option<usize> {
    if let Some((Label::Byline, behind)) = lexicon.label(words) {
        return Some(behind);
    }
    // Nothing but the label.
    let bare = words.trim_end_matches([':', ' ']);
    if matches!(lexicon.label(&format!("{bare} ")), Some((Label::Byline, _))) {
        return Some(words.len());
    }
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let by = lexicon.stamp_word(first.trim_end_matches(':')) == Some(StampWord::By);
    (by && rest.starts_with(char::is_uppercase)).then_some(words.len() - rest.len())
}

/// Whether `words` are names alone behind words that say so ("Von Jana Roth und Jan Ott").
pub(crate) fn is_signature(words: &str, lexicon: &Lexicon) -> bool {
    let Some(rest) = label(words, lexicon).and_then(|behind| words.get(behind..)) else {
        return false;
    };
    let (parts, _) = parts(rest, lexicon);
    let short =
        |part: &String| part.split(' ').count() <= 4 && part.starts_with(char::is_uppercase);
    rest.len() <= NAMES
        && !rest.ends_with(['.', ':', '?', '!'])
        && !rest.contains(|c: char| c.is_ascii_digit())
        && parts.first().is_some_and(|first| is_name(first, lexicon))
        && parts.iter().all(short)
}

/// The longest line of names, in bytes.
const NAMES: usize = 200;

/// The names that `words` begin with: the first, and where others are joined to it, all of
/// them, if each is one.
fn people(words: &str, lexicon: &Lexicon) -> Vec<String> {
    let stops = |c: char| c.is_ascii_digit() || matches!(c, '|' | '/' | '•' | '·' | '(' | '@');
    let words = words.split(stops).next().unwrap_or_default();
    let (mut names, last) = parts(words, lexicon);
    names.truncate(last + 1);
    if !names.iter().all(|name| is_name(name, lexicon)) {
        names.truncate(1);
    }
    names.retain(|name| is_name(name, lexicon));
    names
}

/// The parts of `words` up to a dash, between commas and the words that join names, and
/// which of them stands behind the last of those.
fn parts(words: &str, lexicon: &Lexicon) -> (Vec<String>, usize) {
    let mut parts = vec![String::new()];
    let mut last = 0;
    for word in words.split_whitespace().take_while(|word| !DASHES.contains(word)) {
        let joint = lexicon.is(word, "joint");
        let bare = word.trim_end_matches(',');
        if let Some(part) = parts.last_mut().filter(|_| !joint) {
            let space = if part.is_empty() { "" } else { " " };
            part.extend([space, bare]);
        }
        if (joint || bare != word) && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        if joint {
            last = parts.len() - 1;
        }
    }
    (parts, last)
}

/// Whether `words` read like the name of a person: two words or more, with capitals but for
/// particles, none of them that of an office.
pub(crate) fn is_name(words: &str, lexicon: &Lexicon) -> bool {
    let mut parts = words.split_whitespace();
    let word = |word: &str| {
        let capital = word.starts_with(char::is_uppercase) && !lexicon.is(word, "role");
        capital || lexicon.is(word, "particle")
    };
    let ends = parts.clone().next_back().is_some_and(|word| word.starts_with(char::is_uppercase));
    let plain = !words.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '@'));
    WORDS.contains(&parts.clone().count()) && parts.all(word) && ends && plain
}

/// Dashes behind names.
const DASHES: [&str; 3] = ["-", "–", "—"];
