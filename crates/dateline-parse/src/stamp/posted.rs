//! Lines of a blog that say when an entry was posted, by whom and under what.

use dateline_text::TextRange;

use super::{Stamp, StampDate, Token, clocks, full_day, moments, phrase_at, tag, tokens};
use crate::Context;
use crate::lexicon::StampWord;

/// The longest such line, in bytes, and how many words of it may be names and topics.
const LONGEST: usize = 120;
const OTHERS: usize = 8;

/// "Posted by Ann on 5/16/2010 at 08:12 PM in Cake": a line that opens with the word for it,
/// or with its day and who wrote it, and has one full day and no stop.
pub(crate) fn posted(text: &str, range: TextRange, context: Context<'_>) -> Option<Stamp> {
    let words = range.slice(text).filter(|words| words.len() <= LONGEST)?;
    if words.ends_with(['.', '!', '?', ':']) || !words.contains(super::is_digit) {
        return None;
    }
    let tokens = tokens(words);
    let told = tag(text, range, context);
    let mut days = told.iter().filter(|timex| full_day(timex).is_some());
    let timex = days.next()?;
    if days.next().is_some() {
        return None;
    }
    let local = |at: u32| at.saturating_sub(range.start()) as usize;
    let (start, end) = (local(timex.range.start()), local(timex.range.end()));
    let opens = matches!(
        phrase_at(words, &tokens, 0, context),
        Some((_, _, StampWord::Published | StampWord::First) | (2.., _, StampWord::By))
    );
    // "3. Mai 2019 von Peter in Politik"
    let behind = tokens.iter().find(|token| token.start >= end);
    let filed = start == 0
        && behind.is_some_and(|token| {
            let said = context.lexicon.stamp_word(token.words);
            matches!(said, Some(StampWord::By | StampWord::End))
        });
    if !opens && !filed {
        return None;
    }
    let clock = clocks(words, context).into_iter().next();
    let taken = |token: &Token<'_>| {
        let within = |from: usize, to: usize| token.start < to && from < token.end;
        within(start, end) || clock.is_some_and(|clock| within(clock.start, clock.end))
    };
    let mut others = 0;
    for token in tokens.iter().filter(|token| !taken(token)) {
        match context.lexicon.stamp_word(token.words) {
            Some(StampWord::Modified) => return None,
            Some(_) => {}
            // "12.05.1901 von Wien nach Graz" says what happened.
            None if !opens && token.words.starts_with(char::is_lowercase) => return None,
            None => others += 1,
        }
    }
    let (moment, alternative) = moments(timex, full_day(timex)?, clock);
    let said = Some(StampWord::Published);
    let date = StampDate { range: timex.range, moment, alternative, said };
    (others <= OTHERS).then(|| Stamp { dates: vec![date], labelled: opens, ..Stamp::default() })
}
