//! Who owns a picture: credits at the end of a caption or alone on a line. They are
//! told by their form (a slash between names, `via`, brackets, a label) and by the
//! names of agencies.

use crate::Lexicon;
use crate::lexicon::Label;

/// The longest credit, in bytes.
const LONGEST: usize = 160;

/// A credit within a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Credit {
    /// Where the words before it end.
    pub before: usize,
    /// First byte of the credit, brackets left out.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether its form says that it is one; an agency's name alone does not.
    pub strong: bool,
}

/// The credit at the end of `words`.
pub(crate) fn tail(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    bracketed(words, lexicon)
        .or_else(|| labelled(words, lexicon))
        .or_else(|| after_sentence(words, lexicon))
        .or_else(|| after_slash(words, lexicon))
}

/// Whether the whole of `words` is a credit, and whether its form says so.
pub(crate) fn whole(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    if words.len() > LONGEST {
        return None;
    }
    let start = words.len() - words.trim_start_matches(['|', ' ', '\u{a0}']).len();
    let rest = words.get(start..)?;
    let label = lexicon.label(rest).filter(|(label, after)| {
        let owner = rest.get(*after..).unwrap_or_default().trim();
        *label == Label::Credit && !owner.is_empty() && is_names(owner, lexicon)
    });
    let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let strong = if label.is_some() || rest.starts_with('©') && rest.len() < 80 {
        true
    } else {
        // A headline may end with an agency's name: a line needs a mark of ownership.
        let owned = rest.contains('/') || rest.contains(" via ");
        strength(inner.unwrap_or(rest), lexicon)? && owned
    };
    let (start, end) = match inner {
        Some(_) => (start + 1, words.len() - 1),
        None => (start, words.len()),
    };
    Some(Credit { before: 0, start, end, strong })
}

/// The credit at the end of a caption: what else than an agency may own a picture there
/// ("(Jane Roe/Harbour Gazette)", "[Harbour Wire: Jane Roe]").
pub(crate) fn of_caption(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    let owned = || {
        let (start, end) = in_brackets(words)?;
        let inner = words.get(start..end)?;
        let named = inner.split_once(": ").is_some_and(|(paper, owner)| {
            is_names(paper, lexicon) && is_names(owner, lexicon) && !inner.contains(',')
        });
        let before = words.get(..start - 1)?.trim_end().len();
        let fits = before > 0 && (named || is_slashed(inner, lexicon));
        fits.then_some(Credit { before, start, end, strong: true })
    };
    tail(words, lexicon).or_else(owned)
}

/// The bytes within the last brackets of `words`, where it ends with them.
fn in_brackets(words: &str) -> Option<(usize, usize)> {
    let trimmed = words.trim_end_matches(['.', ' ']);
    let (open, _) = [('(', ')'), ('[', ']')].into_iter().find(|(_, c)| trimmed.ends_with(*c))?;
    let end = trimmed.len() - 1;
    let start = words.get(..end)?.rfind(open)? + 1;
    (end - start <= LONGEST).then_some((start, end))
}

/// "… in Vilnius. (AP Photo/Jane Roe)", "… [File: Jane Roe/Reuters]".
fn bracketed(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    let (start, end) = in_brackets(words)?;
    let inner = words.get(start..end)?;
    let strong = if lexicon.label(inner).is_some_and(|(label, _)| label == Label::Credit) {
        true
    } else {
        strength(inner, lexicon)?
    };
    let before = words.get(..start - 1)?.trim_end().len();
    (before > 0).then_some(Credit { before, start, end, strong })
}

/// "… in Vilnius. Photograph: Jane Roe/AFP", "… in Vilnius Image: Jane Roe/AP Photo",
/// "… © Jane Roe, AFP".
fn labelled(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    let credit = |start: usize, before: usize| {
        let end = words.trim_end().len();
        Some(Credit { before, start, end, strong: true }).filter(|_| before > 0)
    };
    if let Some(at) = words.rfind('©').filter(|at| words.len() - at <= 80) {
        return credit(at, words.get(..at)?.trim_end().len());
    }
    let from = words.floor_char_boundary(words.len().saturating_sub(LONGEST));
    let near = words.get(from..)?;
    let folded = near.to_ascii_lowercase();
    for (label, finder) in lexicon.owner_labels() {
        let Some(at) = finder.rfind(folded.as_bytes()).filter(|at| *at > 0) else { continue };
        let before = near.get(..at)?;
        let owner = near.get(at + label.len()..)?.trim();
        // In the midst of a sentence it would begin small.
        let begins = near.get(at..)?.starts_with(char::is_uppercase);
        if begins && before.ends_with(char::is_whitespace) && is_names(owner, lexicon) {
            return credit(from + at, words.get(..from + at)?.trim_end().len());
        }
    }
    for (colon, _) in near.match_indices(": ") {
        let before = near.get(..colon)?;
        // A label may be glued to the caption: it starts at a capital.
        let starts = before.char_indices().rev().take(24).filter(|(_, c)| c.is_uppercase());
        let owner = near.get(colon + 2..)?.trim();
        let is_credit = |start: &usize| {
            let label = near.get(*start..).and_then(|label| lexicon.label(label));
            label.is_some_and(|(label, _)| label == Label::Credit)
        };
        let start = starts.map(|(at, _)| at).filter(is_credit).min();
        if let Some(start) = start.filter(|_| is_names(owner, lexicon)) {
            return credit(from + start, words.get(..from + start)?.trim_end().len());
        }
    }
    None
}

/// "… in Vilnius, June 2, 2025. REUTERS/Jane Roe".
fn after_sentence(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    let trimmed = words.trim_end();
    let from = words.floor_char_boundary(trimmed.len().saturating_sub(LONGEST));
    let near = trimmed.get(from..)?;
    let stops = near.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '”' | '"' | '|'));
    for (at, stop) in stops {
        let after = at + stop.len_utf8();
        let tail = near.get(after..)?;
        let start = after + (tail.len() - tail.trim_start().len());
        let tail = near.get(start..)?;
        if start == after || tail.is_empty() {
            continue;
        }
        let by = lexicon.label(tail).is_some_and(|(label, _)| label == Label::Credit);
        // "the U.S. Army/Navy": a stop after initials ends no sentence.
        let initials =
            near.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_uppercase()));
        let named = by && is_names(tail, lexicon) || !initials && is_slashed(tail, lexicon);
        let strong = strength(tail, lexicon).or(named.then_some(true));
        if let Some(strong) = strong {
            let end = from + near.len();
            return Some(Credit { before: from + after, start: from + start, end, strong });
        }
    }
    None
}

/// "… in Vilnius, June 2, 2025 REUTERS/Jane Roe": no stop before the credit.
fn after_slash(words: &str, lexicon: &Lexicon) -> Option<Credit> {
    let trimmed = words.trim_end();
    let from = words.floor_char_boundary(trimmed.len().saturating_sub(LONGEST));
    let near = trimmed.get(from..)?;
    for (slash, _) in near.match_indices('/') {
        let start = near.get(..slash)?.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let agency = near.get(start..slash)?;
        let tail = near.get(start..)?;
        if start > 0 && lexicon.is_agency(agency) && strength(tail, lexicon) == Some(true) {
            let before = words.get(..from + start)?.trim_end().len();
            return Some(Credit {
                before,
                start: from + start,
                end: from + near.len(),
                strong: true,
            });
        }
    }
    None
}

/// Whether `words` are names of owners: `None` where they are not, `Some(true)` where
/// their form says so too.
fn strength(words: &str, lexicon: &Lexicon) -> Option<bool> {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() || words.len() > LONGEST || !is_names(words, lexicon) {
        return None;
    }
    if lexicon.is_agency(words) {
        return Some(false);
    }
    let parts = words.split([',', '/', '|', '–', '—', ':']).flat_map(|part| {
        part.split(" - ").flat_map(|part| part.split(" via ")).flat_map(|part| part.split(" for "))
    });
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    let agency =
        parts.iter().any(|part| lexicon.is_agency(part) || ends_with_agency(part, lexicon));
    (agency && (parts.len() > 1 || words.contains(' '))).then_some(true)
}

/// "Jane Roe/Harbour Gazette": two names with a slash between them.
fn is_slashed(words: &str, lexicon: &Lexicon) -> bool {
    let count = words.split_whitespace().count();
    let Some((owner, paper)) = words.split_once('/') else { return false };
    let named = |name: &str| name.trim().starts_with(char::is_uppercase) && name.len() > 2;
    (2..=8).contains(&count)
        && named(owner)
        && named(paper)
        && is_names(words, lexicon)
        && !words.chars().any(|c| c.is_ascii_digit())
}

/// "Kremlin Pool Photo", "Handout": the last words name an agency or a pool.
fn ends_with_agency(part: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    (1..=2).any(|count| {
        let tail = words.len().checked_sub(count).and_then(|from| words.get(from..));
        tail.is_some_and(|tail| lexicon.is_agency(&tail.join(" ")))
    })
}

/// "Press service of the president/Handout via REUTERS": a slash, an agency at the end;
/// what stands before may be an office in small letters.
fn is_handed_out(words: &str, lexicon: &Lexicon) -> bool {
    let words = words.trim_end_matches('.');
    let Some((owner, last)) = words.rsplit_once('/') else { return false };
    let last = last.rsplit_once(" via ").map_or(last, |(_, agency)| agency);
    lexicon.is_agency(last.trim())
        && owner.starts_with(char::is_uppercase)
        && owner.split_whitespace().count() <= 10
        && !owner.contains([',', ';', ':'])
}

/// Whether the stop at `stop` is that of an initial: "W. Roe".
fn is_initial(words: &str, stop: usize) -> bool {
    let before = words.get(..stop).unwrap_or_default();
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or_default();
    last.chars().count() == 1
}

/// At most twenty words, all capitalised but small ones.
fn is_names(words: &str, lexicon: &Lexicon) -> bool {
    if words.len() > LONGEST || words.match_indices(". ").any(|(stop, _)| !is_initial(words, stop))
    {
        return false;
    }
    if is_handed_out(words, lexicon) {
        return true;
    }
    let split = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–');
    let small = |word: &str| lexicon.is(word, "small") || matches!(word, "file" | "via");
    let name = |word: &&str| {
        let word = word.trim_start_matches(['(', '"', '“', '‘', '@', '©']);
        word.is_empty()
            || !word.starts_with(char::is_lowercase)
            || small(word)
            || lexicon.is_agency(word)
    };
    let mut owners = words.split('/').filter(|part| !lexicon.is_agency(part.trim())).peekable();
    if owners.peek().is_none() {
        return true;
    }
    let mut words = owners.flat_map(|part| part.split(split)).filter(|word| !word.is_empty());
    let mut count = 0;
    words.all(|word| {
        count += 1;
        count <= MOST && name(&word)
    }) && count > 0
}

/// Words of owners, at most.
const MOST: usize = 20;
