//! Lines that say when the page was published or changed. A line is a stamp where
//! nothing is left of it but a date, a clock time and words of the stamp table; what
//! the date means is read by the date tagger.

mod abroad;
mod behind;
mod clock;
mod names;
mod posted;

use dateline_model::{Moment, Timex, TimexType};
use dateline_text::TextRange;

use crate::Context;
use crate::lexicon::StampWord;

use behind::{before_end, before_initials, before_number, before_phrase, doubled};
pub(crate) use clock::Clock;
use clock::clocks;
pub(crate) use names::behind_names;
pub(crate) use posted::posted;

/// The longest line that may be a stamp, in bytes.
const LONGEST: usize = 200;

/// What a stamp line says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stamp {
    /// Its full dates, in order.
    pub dates: Vec<StampDate>,
    /// Whether a word of publication or change stands in it.
    pub labelled: bool,
    /// Whether it has a day without a year.
    pub yearless: bool,
    /// Month and day of the first such day.
    pub day: Option<(i8, i8)>,
    /// Its first clock time.
    pub clock: Option<Clock>,
    /// Whether a word of change stands in it.
    pub changed: bool,
}

/// A full date in a stamp line.
#[derive(Clone, Debug)]
pub(crate) struct StampDate {
    /// The words.
    pub range: TextRange,
    /// Day or time.
    pub moment: Moment,
    /// The other reading.
    pub alternative: Option<Moment>,
    /// Which date it says it is: of publication, the first one, or a change.
    pub said: Option<StampWord>,
}

impl Stamp {
    /// Whether all its dates are days of a change.
    pub fn is_change(&self) -> bool {
        !self.dates.is_empty() && self.dates.iter().all(StampDate::is_change)
    }
}

impl StampDate {
    /// Whether it is the day of a change.
    pub fn is_change(&self) -> bool {
        self.said == Some(StampWord::Modified)
    }
}

/// Words of a stamp line with their place in it.
struct Token<'a> {
    start: usize,
    end: usize,
    words: &'a str,
}

/// The stamp at `range`, where it is one.
pub(crate) fn read(text: &str, range: TextRange, context: Context<'_>) -> Option<Stamp> {
    let words = range.slice(text).filter(|words| words.len() <= LONGEST)?;
    if !words.bytes().any(|b| b.is_ascii_digit()) {
        return labelled_without_digits(text, range, words, context);
    }
    if let Some(range) = before_end(range, words, context) {
        return read(text, range, context);
    }
    if let Some(range) = before_number(range, words) {
        return read(text, range, context);
    }
    if let Some(range) = before_phrase(range, words, context) {
        return read(text, range, context);
    }
    if let Some(range) = before_initials(range, words, context) {
        return read(text, range, context);
    }
    if let Some(stamp) = statement(text, range, words, context) {
        return Some(stamp);
    }
    if !words.contains(['|', '·', '•']) && is_told(words, context) {
        return None;
    }
    if let Some(range) = doubled(range, words) {
        return read(text, range, context);
    }
    if let Some(stamp) = iso(range, words, context) {
        return Some(stamp);
    }
    let tagged = tag(text, range, context);
    let dates: Vec<Timex> = tagged.into_iter().filter(|timex| is_day(timex, text)).collect();
    let mut clocks = clocks(words, context);
    // "12.31 Uhr: Zwei Tote am Hafen" heads a part of the story.
    clocks.retain(|clock| !clock.bare || !dates.is_empty());
    if dates.is_empty() && clocks.is_empty() {
        return None;
    }
    let mut taken: Vec<(usize, usize)> = clocks.iter().map(|c| (c.start, c.end)).collect();
    let local = |timex: &Timex| {
        let start = timex.range.start().checked_sub(range.start());
        start.map_or((0, 0), |start| (start as usize, (timex.range.end() - range.start()) as usize))
    };
    taken.extend(dates.iter().map(local));
    let labels = labels(words, &taken, opens(text, range), context)?;
    let mut stamp = Stamp {
        labelled: !labels.is_empty(),
        clock: clocks.first().copied(),
        changed: labels.iter().any(|(_, said)| *said == StampWord::Modified),
        ..Stamp::default()
    };
    let starts: Vec<usize> = dates.iter().map(|timex| local(timex).0).collect();
    for timex in &dates {
        let (start, end) = local(timex);
        let Some(day) = full_day(timex) else {
            stamp.yearless = true;
            stamp.day = stamp.day.or_else(|| month_and_day(timex));
            continue;
        };
        let said = said_of(start, &starts, &labels);
        let section = |at: usize| labels.iter().filter(|(label, _)| *label <= at).count();
        let clock = clocks.iter().find(|clock| section(clock.start) == section(start)).copied();
        let (moment, alternative) = moments(timex, day, clock);
        let (from, to) = clock.map_or((start, end), |clock| {
            let near = clock.start <= end + 40 && start <= clock.end + 40;
            if near { (start.min(clock.start), end.max(clock.end)) } else { (start, end) }
        });
        if let Some(range) = TextRange::at(from, to).and_then(|at| at.shift(range.start())) {
            stamp.dates.push(StampDate { range, moment, alternative, said });
        }
    }
    Some(stamp)
}

/// The stamp of a long line of chrome that opens with a sentence on the publication.
pub(crate) fn opening(text: &str, range: TextRange, context: Context<'_>) -> Option<Stamp> {
    let words = range.slice(text).filter(|words| words.len() > LONGEST)?;
    let head = TextRange::at(0, words.floor_char_boundary(LONGEST))?.shift(range.start())?;
    statement(text, head, head.slice(text)?, context)
}

/// The stamp at `range`, where its first words say that it tells the day of publication, or
/// who put it in on that day ("Gespeichert von rasos am 24. Juli 2017").
pub(crate) fn labelled(text: &str, range: TextRange, context: Context<'_>) -> Option<Stamp> {
    let words = range.slice(text).filter(|words| words.len() <= LONGEST)?;
    let tokens = tokens(words);
    let (count, phrase, said) = phrase_at(words, &tokens, 0, context)?;
    if said == StampWord::Filler || context.lexicon.is_weak_stamp(phrase) {
        return None;
    }
    match (count, said) {
        (_, StampWord::Published | StampWord::First) => {
            read(text, range, context).filter(|stamp| !stamp.is_change())
        }
        (2.., StampWord::By) => Some(behind_names(text, range, context)?.2),
        _ => None,
    }
    .or_else(|| posted(text, range, context))
}

/// Whether a line is the first of the page, its title, also where that ends in a date.
fn opens(text: &str, range: TextRange) -> bool {
    text.get(..range.start() as usize).is_none_or(|before| before.trim().is_empty())
}

/// What the labels say of the date that starts at `start`: the last one before it, or,
/// where they stand behind their dates, the first one behind it ("2024年6月3日 更新").
fn said_of(start: usize, starts: &[usize], labels: &[(usize, StampWord)]) -> Option<StampWord> {
    let first = labels.first().zip(starts.first()).is_some_and(|((at, _), date)| at > date);
    let last = labels.last().zip(starts.last()).is_some_and(|((at, _), date)| at > date);
    let found = if first && last {
        let next = starts.iter().copied().find(|next| *next > start).unwrap_or(usize::MAX);
        labels.iter().find(|(at, _)| (start..next).contains(at))
    } else {
        labels.iter().rev().find(|(at, _)| *at <= start)
    };
    found.map(|(_, said)| *said)
}

/// Bytes between the opening of a sentence on the publication and its date, at most.
const OPENING: usize = 24;
/// Words behind that date among which the one for what was done is looked for.
const DONE: usize = 12;

/// "This article was originally published on 26 Sep 2019 at 4:12pm but has been revised.":
/// a sentence on the page itself, whatever it goes on to say.
fn statement(text: &str, range: TextRange, words: &str, context: Context<'_>) -> Option<Stamp> {
    let (len, said) = context.lexicon.statement(words)?;
    let timex = tag(text, range, context).into_iter().find(|timex| full_day(timex).is_some())?;
    let start = (timex.range.start() - range.start()) as usize;
    let told = timex.value.parse::<Moment>().ok().or_else(|| full_day(&timex))?;
    let other = timex.alternatives.iter().find_map(|other| day_of(&other.value));
    // "Dieser Artikel wurde am 3. Mai 2019 aktualisiert": what was done may stand behind it.
    let behind = words.get((timex.range.end() - range.start()) as usize..).unwrap_or_default();
    let said = match said {
        StampWord::Filler => tokens(behind).iter().take(DONE).find_map(|token| {
            let done = context.lexicon.stamp_word(token.words)?;
            let told = [StampWord::Published, StampWord::First, StampWord::Modified];
            told.contains(&done).then_some(done)
        })?,
        said => said,
    };
    let said = Some(said);
    let date = StampDate { range: timex.range, moment: told, alternative: other, said };
    (start < len + OPENING).then(|| Stamp { dates: vec![date], labelled: true, ..Stamp::default() })
}

/// Whether a word in small letters stands in `words` that no stamp has: so most lines
/// are known to be none before their dates are looked for.
fn is_told(words: &str, context: Context<'_>) -> bool {
    let parts = words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '.');
    let small = |part: &str| part.starts_with(|c: char| c.is_lowercase());
    // "Marjan Messenger staff, 16 July 2025 11:20": who says it stands in front.
    let named = title(words).map_or(0, |title| title.split_whitespace().count());
    parts
        .skip(named)
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| small(part))
        .any(|part| !context.lexicon.in_stamps(part))
}

/// Words of a name in front of a date, at most.
const TITLE: usize = 4;

/// A few words up to the first comma that can be the name of whoever publishes.
fn title(words: &str) -> Option<&str> {
    let (title, _) = words.split_once(", ")?;
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '&' | '-' | '\'' | '’');
    let count = title.split_whitespace().count();
    (count <= TITLE && title.starts_with(char::is_uppercase) && title.chars().all(plain))
        .then_some(title)
}

/// The date expressions at `range`, read against nothing; of those in other languages the
/// full dates.
pub(crate) fn tag(text: &str, range: TextRange, context: Context<'_>) -> Vec<Timex> {
    let speaks = dateline_timex::Context::default();
    let mut told = dateline_timex::tag_within(text, &[range], &speaks, context.timex);
    for date in abroad::dates(text, range, context) {
        let holds = |timex: &Timex| timex.range.contains(date.range) && full_day(timex).is_some();
        if !told.iter().any(holds) {
            told.retain(|timex| !timex.range.overlaps(date.range));
            told.push(date);
        }
    }
    told.sort_by_key(|timex| timex.range.start());
    told
}

/// The day of a date expression that says its year.
pub(crate) fn full_day(timex: &Timex) -> Option<Moment> {
    day_of(&timex.value).filter(|_| timex.implied.is_empty())
}

/// The moment of a full day with the clock time beside it, and that of its other reading.
fn moments(timex: &Timex, day: Moment, clock: Option<Clock>) -> (Moment, Option<Moment>) {
    let timed = |day: Moment| clock.map_or(day, |clock| clock.on(day));
    let moment = match (clock, timex.value.parse::<Moment>().ok()) {
        (Some(Clock { offset: None, .. }), Some(told @ Moment::Time { offset: Some(_), .. })) => {
            told
        }
        (None, Some(told)) => told,
        _ => timed(day),
    };
    let other = timex.alternatives.iter().find_map(|other| day_of(&other.value));
    (moment, other.map(timed))
}

fn day_of(value: &str) -> Option<Moment> {
    if value.contains('/') {
        return None;
    }
    value.get(..10)?.parse::<Moment>().ok()
}

/// Month and day of a date expression that lacks the year (`XXXX-06-02`).
pub(crate) fn month_and_day(timex: &Timex) -> Option<(i8, i8)> {
    let rest = timex.value.strip_prefix("XXXX-")?;
    let (month, day) = (rest.get(..2)?, rest.get(3..5)?);
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// Days and times, but no lengths of time; what "3 days ago" counts from is unknown.
fn is_day(timex: &Timex, text: &str) -> bool {
    let words = timex.range.slice(text).unwrap_or_default();
    matches!(timex.kind, TimexType::Date | TimexType::Time) && !words.is_empty()
}

/// "Updated yesterday", "Published 2 hours ago" without a digit.
fn labelled_without_digits(
    text: &str,
    range: TextRange,
    words: &str,
    context: Context<'_>,
) -> Option<Stamp> {
    let starts = words.split_whitespace().next().is_some_and(|first| {
        let first = first.trim_end_matches([':', ',']).to_lowercase();
        context.lexicon.in_stamps(&first)
    });
    if words.len() > 60 || !starts {
        return None;
    }
    let taken: Vec<(usize, usize)> = tag(text, range, context)
        .iter()
        .map(|t| {
            let start = t.range.start().saturating_sub(range.start()) as usize;
            (start, start + t.range.len() as usize)
        })
        .collect();
    let labels = labels(words, &taken, true, context)?;
    let labelled = !labels.is_empty() && !taken.is_empty();
    labelled.then(|| Stamp { labelled, ..Stamp::default() })
}

/// A time of ISO 8601 in a line of stamp words ("Published 2025-06-02T12:05:00Z").
fn iso(range: TextRange, words: &str, context: Context<'_>) -> Option<Stamp> {
    let part = words.split_whitespace().find(|part| part.len() > 15 && part.contains('T'))?;
    let start = words.find(part)?;
    let moment = iso_moment(part)?;
    let labels = labels(words, &[(start, start + part.len())], true, context)?;
    let changed = labels.iter().find(|(_, said)| *said == StampWord::Modified);
    let said = changed.or(labels.first()).map(|(_, said)| *said);
    let range = TextRange::at(start, start + part.len())?.shift(range.start())?;
    let dates = vec![StampDate { range, moment, alternative: None, said }];
    Some(Stamp { dates, labelled: !labels.is_empty(), ..Stamp::default() })
}

/// A moment of ISO 8601, fractions of a second left out.
pub(crate) fn iso_moment(words: &str) -> Option<Moment> {
    let words = words.trim();
    if let Some((head, tail)) = words.split_once('.') {
        let zone = tail.trim_start_matches(|c: char| c.is_ascii_digit());
        return format!("{head}{zone}").parse().ok();
    }
    words.parse().ok()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn tokens(words: &str) -> Vec<Token<'_>> {
    let outer = |c: char| !c.is_alphanumeric();
    let mut out = Vec::new();
    let parts = |c: char| {
        c.is_whitespace() || matches!(c, '|' | '•' | '·' | '(' | '+' | '：' | '（' | '）')
    };
    for part in words.split(parts) {
        let mut rest = part.trim_matches(outer);
        while !rest.is_empty() {
            let (one, behind) = rest.split_at(glued(rest).unwrap_or(rest.len()));
            let start = one.as_ptr() as usize - words.as_ptr() as usize;
            out.push(Token { start, end: start + one.len(), words: one });
            rest = behind;
        }
    }
    out
}

/// Where a number stands right beside letters of an alphabet without spaces
/// ("发表于2014-08-24", "14:07来源").
fn glued(words: &str) -> Option<usize> {
    let wide = |c: char| c.is_alphabetic() && c.len_utf8() > 2;
    let meet = |one: char, two: char| {
        wide(one) && two.is_ascii_digit() || one.is_ascii_digit() && wide(two)
    };
    let mut pairs = words.char_indices().zip(words.chars().skip(1));
    pairs.find(|((_, one), two)| meet(*one, *two)).map(|((at, one), _)| at + one.len_utf8())
}

/// The words of publication and change in `words`; `None` where what is not `taken` holds words that no stamp has.
fn labels(
    words: &str,
    taken: &[(usize, usize)],
    opens: bool,
    context: Context<'_>,
) -> Option<Vec<(usize, StampWord)>> {
    let mut labels = Vec::new();
    let rest: Vec<Token<'_>> =
        tokens(words).into_iter().filter_map(|token| untaken(words, token, taken)).collect();
    let mut at = 0;
    while let Some(token) = rest.get(at) {
        match phrase_at(words, &rest, at, context) {
            Some((count, _, word)) => {
                match word {
                    StampWord::Published | StampWord::First | StampWord::Modified => {
                        labels.push((token.start, word));
                    }
                    StampWord::Clock
                    | StampWord::Filler
                    | StampWord::Half(_)
                    | StampWord::Zone(_)
                    | StampWord::Link => {}
                    StampWord::End | StampWord::Month(_) | StampWord::Mark(_) | StampWord::By
                        if is_aside(words, token, taken, opens, context) => {}
                    StampWord::End | StampWord::Month(_) | StampWord::Mark(_) | StampWord::By => {
                        return None;
                    }
                }
                at += count;
            }
            None if is_aside(words, token, taken, opens, context) => at += 1,
            None => return None,
        }
    }
    Some(labels)
}

/// Words of a phrase of the table, at most.
const PHRASE: usize = 5;

/// The longest phrase of the table that starts at a token: how many tokens, its words, its kind.
fn phrase_at<'a>(
    words: &'a str,
    tokens: &[Token<'_>],
    at: usize,
    context: Context<'_>,
) -> Option<(usize, &'a str, StampWord)> {
    let first = tokens.get(at)?;
    (1..=PHRASE).rev().find_map(|count| {
        let phrase = words.get(first.start..tokens.get(at + count - 1)?.end)?;
        Some((count, phrase, context.lexicon.stamp_word(phrase)?))
    })
}

/// What of a token is no part of a date or a clock time: all of it, or what an alphabet
/// without spaces sets behind one ("2024年6月3日更新").
fn untaken<'w>(words: &'w str, token: Token<'w>, taken: &[(usize, usize)]) -> Option<Token<'w>> {
    let over = |(start, end): &&(usize, usize)| token.start < *end && *start < token.end;
    let Some((_, end)) = taken.iter().filter(over).max_by_key(|(_, end)| *end) else {
        return Some(token);
    };
    let tail = words.get(*end..token.end)?.trim_matches(|c: char| !c.is_alphanumeric());
    let wide = tail.starts_with(|c: char| c.is_alphabetic() && c.len_utf8() > 2);
    wide.then(|| Token { start: token.end - tail.len(), end: token.end, words: tail })
}

/// Words of a field between bars, at most.
const FIELD: usize = 5;

/// Dashes that part a field from the date as a bar does, and how many words it may have.
const DASHES: [(&str, usize); 3] = [(" — ", FIELD), (" – ", 2), (" - ", 2)];

/// Names beside a day in digits with its clock time, at most.
const NAMES: usize = 4;

/// "中国网 2019-11-25 10:37:31": a few words before or behind a day in digits, the year
/// first, with its clock time.
fn is_beside_time(words: &str, taken: &[(usize, usize)]) -> bool {
    let (Some(start), Some(end)) =
        (taken.iter().map(|at| at.0).min(), taken.iter().map(|at| at.1).max())
    else {
        return false;
    };
    let day = words.get(start..end).unwrap_or_default().as_bytes();
    let year = day.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = year == 4 && matches!(day.get(4), Some(b'-' | b'/' | b'.')) && taken.len() > 1;
    let (before, behind) = (words.get(..start), words.get(end..));
    let rest = match (before.unwrap_or_default().trim(), behind.unwrap_or_default().trim()) {
        ("", rest) | (rest, "") => rest,
        _ => return false,
    };
    let told = |c: char| matches!(c, ':' | '：' | ',' | '，' | '。' | '、' | '!' | '?');
    digits && rest.split_whitespace().count() <= NAMES && !rest.contains(told)
}

/// Words that are no stamp's but may stand beside one: an agency, a field of its own
/// between bars, a place in front of the date.
fn is_aside(
    words: &str,
    token: &Token<'_>,
    taken: &[(usize, usize)],
    opens: bool,
    context: Context<'_>,
) -> bool {
    // "Politics / 21.01.2025": a bar by another name.
    let words = &words.replace(" / ", " | ");
    let before = words.get(..token.start).unwrap_or_default();
    let after = words.get(token.end..).unwrap_or_default();
    if is_beside_time(words, taken) {
        return true;
    }
    let bracketed = before.ends_with(['(', '（', '/']) && after.starts_with([')', '）', '/']);
    if bracketed || context.lexicon.is_agency(token.words) {
        return true;
    }
    let bar = |c: char| matches!(c, '|' | '•' | '·');
    let from = before.rfind(bar).map_or(0, |at| at + 1);
    let to = after.find(bar).map_or(words.len(), |at| token.end + at);
    // "Video - 19 December 2025": a hyphen is a weaker mark, and a title may have it too.
    let marks = if opens { &DASHES[..1] } else { &DASHES[..] };
    let (mut from, mut to, mut most) = (from, to, FIELD);
    for (dash, words) in marks {
        match (before.rfind(dash), after.find(dash)) {
            (None, Some(at)) if token.end + at < to => (to, most) = (token.end + at, *words),
            (Some(at), None) if at + dash.len() > from => (from, most) = (at + dash.len(), *words),
            _ => {}
        }
    }
    let field = from > 0 || to < words.len();
    let holds_date = taken.iter().any(|(start, end)| from <= *start && *end <= to);
    let field_words = words.get(from..to).unwrap_or_default();
    if field && !holds_date {
        return field_words.split_whitespace().count() <= most;
    }
    let last = taken.iter().map(|(_, end)| *end).max().unwrap_or(0);
    let behind = words.get(last..).unwrap_or_default().trim_start();
    if words.len() <= 40 && token.start >= last && behind.starts_with(['-', '–']) {
        return behind.split_whitespace().count() <= 3;
    }
    let place = taken.iter().map(|(start, _)| *start).min().unwrap_or(0);
    let head = words.get(from..place.max(from)).unwrap_or_default().trim();
    let capitals = token.words.chars().all(|c| !c.is_lowercase());
    let count = head.split_whitespace().count();
    let first = head.split_whitespace().next().unwrap_or_default();
    let named = count == 1 || count == 2 && context.lexicon.is(first, "placefirst");
    let capital = token.words.starts_with(char::is_uppercase);
    let named = named || capitals && count <= TITLE;
    // A date with a clock time needs no more to be a stamp; without one, whoever publishes is
    // written with capitals: "Alpine Herald, Friday, 14 February 2025".
    let publisher = |title: &str| {
        let small =
            |word: &str| word.starts_with(char::is_lowercase) && !context.lexicon.is(word, "small");
        title.contains(' ') && !title.split_whitespace().any(small)
    };
    let clocked = title(words).is_some_and(|title| {
        let ends = words.get(last..).unwrap_or_default().trim_matches(['.', ' ']).is_empty();
        token.end <= title.len() && (taken.len() > 1 || ends && !opens && publisher(title))
    });
    token.end <= place && head.ends_with(',') && (capital && named || clocked)
}
