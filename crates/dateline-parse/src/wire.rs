//! The dateline in front of wire copy: place, day, agency, dash. A place is told by its
//! capitals, or by the day or the agency after it; no list of places is needed.

use dateline_model::Timex;
use dateline_text::TextRange;

use crate::Context;
use crate::lexicon::StampWord;
use crate::stamp;

/// How far into a line the dash of a dateline is looked for, in bytes.
const REACH: usize = 130;

/// A dateline at the start of a line.
#[derive(Clone, Debug)]
pub(crate) struct Dateline {
    /// Place, day and agency, without the dash.
    pub range: TextRange,
    /// Where the text goes on.
    pub rest: u32,
    /// The place.
    pub place: Option<TextRange>,
    /// The day.
    pub date: Option<Timex>,
}

/// The marks that end a dateline, longest first.
const DASHES: [&str; 8] = ["---", "--", "—", "–", " - ", ".- ", ")- ", "): "];

/// The datelines at the start of `range`: none, one, or two where copy is passed on.
pub(crate) fn datelines(text: &str, range: TextRange, context: Context<'_>) -> Vec<Dateline> {
    let mut out = Vec::new();
    let mut at = range;
    while let Some(dateline) = dateline(text, at, context) {
        let rest = TextRange::new(dateline.rest, range.end());
        out.push(dateline);
        match rest {
            Some(rest) if out.len() < 2 && !rest.is_empty() => at = rest,
            _ => break,
        }
    }
    out
}

fn dateline(text: &str, range: TextRange, context: Context<'_>) -> Option<Dateline> {
    let words = range.slice(text)?;
    let first = words.chars().next()?;
    if !first.is_uppercase() && !first.is_ascii_digit() && !matches!(first, '(' | '/') {
        return None;
    }
    let reach = words.char_indices().map(|(at, _)| at).take_while(|at| *at <= REACH).last()?;
    let reach = if words.len() <= REACH { words } else { words.get(..reach)? };
    // Every mark at which one may end has one of these bytes, a dash the first of several.
    if !reach.bytes().any(|byte| matches!(byte, b'-' | b'/' | b')') || !byte.is_ascii()) {
        return None;
    }
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for dash in DASHES {
        cuts.extend(reach.match_indices(dash).take(3).map(|(at, dash)| {
            let inner = usize::from(dash.starts_with(')'));
            (at + inner, at + dash.len())
        }));
    }
    // "MOSCOW, June 2. /TASS/. Text" and "New Delhi, Jun 3 (PTI) Text" have no dash.
    cuts.extend(reach.match_indices("/. ").take(2).map(|(at, mark)| (at + 1, at + mark.len())));
    cuts.extend(reach.match_indices(") ").take(2).map(|(at, mark)| (at + 1, at + mark.len())));
    cuts.sort_unstable();
    cuts.iter().find_map(|(end, rest)| {
        let dashed = words.get(*end..*rest).is_some_and(|mark| mark.trim() != "");
        read(text, range, *end, *rest, dashed, context)
    })
}

/// Words of the name of an agency, at most.
const NAME: usize = 4;

/// Whether a few words, each with a capital, can be the name of an agency.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    (1..=NAME).contains(&count) && words.split_whitespace().all(capital)
}

/// The dateline whose words are the first `end` bytes of `range`.
fn read(
    text: &str,
    range: TextRange,
    end: usize,
    rest: usize,
    dashed: bool,
    context: Context<'_>,
) -> Option<Dateline> {
    let words = range.slice(text)?;
    let head = words.get(..end)?.trim_end();
    let after = words.get(rest..)?.trim_start();
    let opens = |c: char| !c.is_lowercase() && !matches!(c, '-' | '–' | '—' | ',' | ';');
    if !after.starts_with(opens) && !after.is_empty() {
        return None;
    }
    let (head_without, agency) = without_agency(head, context);
    let inner = TextRange::at(0, head_without.len())?.shift(range.start())?;
    let date = stamp::tag(text, inner, context)
        .into_iter()
        .find(|timex| stamp::full_day(timex).is_some() || stamp::month_and_day(timex).is_some());
    let place_end = date.as_ref().map_or(head_without.len(), |timex| {
        timex.range.start().saturating_sub(range.start()) as usize
    });
    let tail = date.as_ref().and_then(|timex| {
        let from = timex.range.end().checked_sub(range.start())? as usize;
        head_without.get(from..)
    });
    let zone = |word: &str| matches!(context.lexicon.stamp_word(word), Some(StampWord::Zone(_)));
    let mut words_behind =
        tail.into_iter().flat_map(|tail| tail.split(|c: char| !c.is_alphanumeric()));
    if words_behind.any(|word| !word.is_empty() && !zone(word)) {
        return None;
    }
    let mark = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '–' | '—' | '(' | '/');
    let before = head_without.get(..place_end)?;
    // "BERGEN, Norway (Northlight News, 26 April 2024)", "ASUNCION (Chaco News Agency), Apr 8":
    // whoever stands in brackets with a day or before one is an agency.
    let bracketed = before.rsplit_once('(').filter(|(_, name)| {
        let closed = head.ends_with(')') || name.contains(')');
        let name = name.trim_end_matches(|c: char| mark(c) || c == ')');
        date.is_some() && closed && is_name(name)
    });
    let place = bracketed.map_or(before, |(place, _)| place).trim_end_matches(mark);
    let agency = agency || bracketed.is_some();
    let known = (agency, date.is_some());
    let ok = if place.is_empty() {
        known == (true, true)
    } else {
        is_place(place, known, after, context)
    };
    let marked = dashed || agency && date.is_some();
    if !ok || !marked {
        return None;
    }
    let skipped = words.get(rest..)?.len() - after.len();
    Some(Dateline {
        range: TextRange::at(0, head.len())?.shift(range.start())?,
        rest: range.start() + u32::try_from(rest + skipped).ok()?,
        place: TextRange::at(0, place.len())
            .filter(|place| !place.is_empty())
            .and_then(|place| place.shift(range.start())),
        date,
    })
}

/// `head` without the agency in brackets or slashes at its end, and whether one stood
/// there.
fn without_agency<'a>(head: &'a str, context: Context<'_>) -> (&'a str, bool) {
    let pairs = [(')', '('), (']', '['), ('/', '/')];
    let trimmed = head.trim_end_matches(['.', ',']).trim_end();
    for (close, open) in pairs {
        let Some(inner) = trimmed.strip_suffix(close) else { continue };
        let Some(at) = inner.rfind(open) else { continue };
        let name = inner.get(at + open.len_utf8()..).unwrap_or_default();
        let named = (name.starts_with(char::is_uppercase) || context.lexicon.is_agency(name))
            && name.len() <= 40
            && name.split_whitespace().count() <= 4
            && (!name.chars().any(|c| c.is_ascii_digit()) || context.lexicon.is_agency(name));
        if named {
            return (head.get(..at).unwrap_or(head).trim_end(), true);
        }
    }
    (head, false)
}

/// Whether `place` reads as one: capitals, or capitalised words where an agency or a
/// day stands after them.
fn is_place(place: &str, (agency, date): (bool, bool), after: &str, context: Context<'_>) -> bool {
    let split = |c: char| c.is_whitespace() || matches!(c, '/' | ',' | '[' | ']' | '.');
    let words: Vec<&str> = place.split(split).filter(|word| !word.is_empty()).collect();
    let named = |word: &&str| {
        word.starts_with(char::is_uppercase) || context.lexicon.is(word, "placesmall")
    };
    let letters = place.chars().all(|c| c.is_alphabetic() || split(c) || "'’-–`".contains(c));
    if words.is_empty() || words.len() > 7 || !words.iter().all(named) || !letters {
        return false;
    }
    let first = words.first().copied().unwrap_or_default();
    let slug = context.lexicon.is(first, "slug");
    let capitals = first.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && first.chars().all(|c| !c.is_lowercase());
    if capitals && !slug && !agency && !date {
        let opens =
            |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘');
        // Alone on its line it may stand above its text.
        let above = after.is_empty() && words.len() <= 4;
        return above || words.len() <= 5 && after.starts_with(opens) && after.len() > 40;
    }
    let short = capitals || words.len() <= 5;
    short && (date || agency && !slug)
}
