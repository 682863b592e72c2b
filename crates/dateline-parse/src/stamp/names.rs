//! Names and sections that stand before a stamp on its line.

use dateline_text::TextRange;

use super::{LONGEST, Stamp, TITLE, Token, is_day, is_digit, opens, read, tag, tokens};
use crate::Context;
use crate::authors;
use crate::lexicon::{Label, StampWord};

/// "By Jane Roe • March 12, 2025": where the names end and what the stamp behind them says.
pub(crate) fn behind_names(
    text: &str,
    range: TextRange,
    context: Context<'_>,
) -> Option<(TextRange, TextRange, Stamp)> {
    let words = range.slice(text).filter(|words| words.len() <= LONGEST)?;
    if !words.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let label = match context.lexicon.label(words) {
        Some((Label::Byline, named)) => Some(named),
        _ if opens(text, range) => return None,
        _ => signed(words, context),
    };
    // Names alone are told only by a day with its time: "Morning Brief March 3, 2025" is a title.
    let named = label.unwrap_or(0);
    let day = tag(text, range, context).into_iter().find(|timex| is_day(timex, text))?;
    let day = (day.range.start() - range.start()) as usize;
    let mark = |(_, c): &(usize, char)| matches!(c, ',' | '|' | '•' | '·' | '—' | '–' | '-' | '/');
    let marks = words.char_indices().filter(mark).map(|(at, c)| (at, at + c.len_utf8()));
    let cuts = marks.filter(|(at, _)| (named..day).contains(at)).chain([(day, day)]).take(MARKS);
    let mut cuts = cuts.filter_map(|(to, from)| {
        let cut = |from, to| Some(TextRange::at(from, to)?.shift(range.start())?.trim(text));
        let stamp = cut(from, words.len())?;
        let names = cut(0, before_filler(words.get(..to)?, context).len())?;
        let said = read(text, stamp, context).filter(|stamp| !stamp.dates.is_empty())?;
        let before = names.slice(text).unwrap_or_default();
        // A section of the site is a word alone.
        let section = !before.contains(' ') && before.starts_with(char::is_uppercase);
        let labelled = words.get(..to)?.trim_end().ends_with(':');
        let told = !labelled && section || authors::is_name(before, context.lexicon);
        let sure = label.is_some() || said.clock.is_some() && told;
        sure.then_some((names, stamp, said))
    });
    cuts.next()
}

/// Where the name begins behind words that say so in another language ("Gespeichert von"),
/// in a line that is no sentence.
fn signed(words: &str, context: Context<'_>) -> Option<usize> {
    let tokens = tokens(words);
    let by = |count: usize| {
        let (first, last) = (tokens.first()?, tokens.get(count - 1)?);
        let said = context.lexicon.stamp_word(words.get(first.start..last.end)?);
        (said == Some(StampWord::By)).then_some((count, last.end))
    };
    let (count, end) = (1..=2).rev().find_map(by)?;
    let rest = tokens.get(count..)?;
    let name = rest.iter().take_while(|token| !token.words.contains(is_digit));
    let named = |token: &&Token<'_>| context.lexicon.stamp_word(token.words).is_none();
    let name: Vec<_> = name.filter(named).collect();
    let capital = |token: &&Token<'_>| token.words.starts_with(char::is_uppercase);
    let is_name = name.len() < 2 || name.len() <= TITLE && name.iter().all(capital);
    (is_name && !words.ends_with('.')).then_some(end)
}

/// `words` without the marks and the one small word of stamps ("on") that they end with.
fn before_filler<'w>(words: &'w str, context: Context<'_>) -> &'w str {
    let bare = |words: &'w str| words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let words = bare(words);
    let (before, last) = words.rsplit_once(' ').unwrap_or((words, ""));
    let filler = matches!(
        context.lexicon.stamp_word(last),
        Some(StampWord::Filler | StampWord::Half(_) | StampWord::Link)
    );
    if filler && last.starts_with(char::is_lowercase) { bare(before) } else { words }
}

/// Marks behind names at which a stamp may begin, at most.
const MARKS: usize = 6;
