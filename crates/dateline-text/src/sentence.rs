//! Sentences within a stretch of prose. Blocks are for the parser: this module never
//! looks past the range it is given. An empty line and a bullet at the start of a line
//! end a sentence; any other line break is white space.
//!
//! A full stop ends a sentence unless the word before it is an abbreviation that does
//! not, or what follows does not look like a beginning. Which words are what is in
//! `data/en/sentence.tsv`. What the marks do is here, and is the same in most European
//! languages: quotes and brackets that close after the stop belong to the sentence.
//!
//! All looks back and ahead are short or cover ground that no other look covers, so
//! that the time is linear in the text.

use rustc_hash::FxHashMap;

use crate::range::TextRange;
use crate::table::{LexiconError, rows};

const TABLE: &str = include_str!("../data/en/sentence.tsv");

/// The longest word, in bytes, that a table can hold.
const LONGEST: usize = 24;

/// What a table says of a word with respect to sentence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// The stop after it never ends a sentence ("Sen.").
    Inner,
    /// The stop ends a sentence unless a number follows ("Jan.", "No.").
    Number,
    /// The stop ends a sentence only where a usual first word follows ("U.S. The").
    Either,
    /// As `Either`, but after a comma any capital will do ("in Mobile, Ala. Lee won").
    State,
    /// The stop ends a sentence unless a `Time` follows ("p.m.").
    Hour,
    /// What may follow an hour ("Monday", "ET").
    Time,
    /// A usual first word of a sentence.
    Starter,
    /// A usual first word of a sentence, where a word in lower case follows ("Police").
    Opener,
    /// What tells who spoke, after a quote that ends in `?` or `!` ("asked").
    Saying,
    /// The end of a name with a stop in it ("com").
    Suffix,
}

/// The classes of a word, as bits.
#[derive(Clone, Copy, Debug, Default)]
struct Classes(u16);

impl Classes {
    fn of(class: Class) -> Self {
        Self(1 << class as u16)
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, class: Class) -> bool {
        self.0 & Self::of(class).0 != 0
    }
}

/// Rules that find sentence ends.
#[derive(Clone, Debug)]
pub struct SentenceRules {
    words: FxHashMap<String, Classes>,
}

impl SentenceRules {
    /// The rules for English.
    pub fn english() -> Self {
        Self::from_table(TABLE).expect("the embedded table is checked by a test")
    }

    /// Rules from a table of `word<TAB>class`, the classes being those that the head of
    /// `data/en/sentence.tsv` explains.
    pub fn from_table(text: &str) -> Result<Self, LexiconError> {
        let mut words: FxHashMap<String, Classes> = FxHashMap::default();
        for row in rows("sentence.tsv", text) {
            let class = match row.need(1, "class")? {
                "inner" => Class::Inner,
                "number" => Class::Number,
                "either" => Class::Either,
                "state" => Class::State,
                "hour" => Class::Hour,
                "time" => Class::Time,
                "starter" => Class::Starter,
                "opener" => Class::Opener,
                "saying" => Class::Saying,
                "suffix" => Class::Suffix,
                other => return Err(row.error(format!("unknown class `{other}`"))),
            };
            let found = words.entry(row.need(0, "word")?.to_owned()).or_default();
            *found = found.with(Classes::of(class));
        }
        Ok(Self { words })
    }

    /// The sentences of `text` within `within`, in order, trimmed, none empty. Empty
    /// where `within` does not fit the text.
    pub fn split(&self, text: &str, within: TextRange) -> Vec<TextRange> {
        let Some(prose) = within.slice(text) else { return Vec::new() };
        let mut out = Vec::new();
        let mut start = 0;
        for end in self.ends(prose) {
            push(&mut out, text, within, start, end);
            start = end;
        }
        push(&mut out, text, within, start, prose.len());
        out
    }

    /// Offsets in `prose` just past each sentence end but the last.
    fn ends(&self, prose: &str) -> Vec<usize> {
        let mut out = Vec::new();
        // Where the sentence starts, and whether a straight quote is open.
        let mut from = skip_white(prose, 0);
        let mut quoted = false;
        let mut at = from;
        let told = |c: char| matches!(c, '"' | '\n') || is_mark(c) || is_bullet(c);
        while let Some(step) = prose[at..].find(told) {
            let here = at + step;
            let Some(c) = prose[here..].chars().next() else { break };
            at = here + c.len_utf8();
            let sentence = &prose[from..here];
            let end = match c {
                '"' => {
                    quoted = !quoted;
                    None
                }
                '\n' if is_blank(&prose[at..]) => {
                    quoted = false;
                    Some(here)
                }
                '\n' => is_item(sentence, &prose[at..]).then_some(here),
                c if is_bullet(c) => {
                    let listed = sentence.starts_with(is_bullet);
                    (listed && sentence.ends_with(char::is_whitespace)).then_some(here)
                }
                _ => {
                    let stop = Stop::read(prose, from, here, &mut quoted);
                    at = stop.end;
                    self.ends_here(&stop).then_some(at)
                }
            };
            if let Some(end) = end {
                out.push(end);
                from = skip_white(prose, end);
                at = from;
            }
        }
        out
    }

    fn ends_here(&self, stop: &Stop<'_>) -> bool {
        let rest = stop.rest.trim_start();
        // Marks that a sentence starts with ("... and so on") do not end it.
        if rest.is_empty() || stop.done.is_empty() {
            return false;
        }
        if rest.len() == stop.rest.len() {
            return self.ends_glued(stop);
        }
        if rest.starts_with(is_bullet) {
            return true;
        }
        // "He wrote (sic!)" and "Gen. Park (ret.)", but not "(Applause.)" on its own.
        let aside = stop.done.strip_suffix(last_word(stop.done)).unwrap_or("");
        if aside.len() > 1 && aside.ends_with(['(', '[']) {
            return false;
        }
        let Some(next) = Next::read(rest) else { return false };
        if stop.strong {
            return self.ends_strong(stop, next);
        }
        stop.lasting || !is_enumerator(stop.done) && self.ends_word(stop, next)
    }

    /// Whether a stop that is `!` or `?` ends a sentence before `next`.
    fn ends_strong(&self, stop: &Stop<'_>, next: Next<'_>) -> bool {
        let word = last_word(stop.done);
        let named = format!("{word}{}", stop.mark);
        if self.is(&named, Class::Either) {
            return self.starts(next.head);
        }
        let aside = || self.attributes(next.head) || self.is(first_word(next.head), Class::Time);
        stop.closed != Closed::Quote || next.open.is_some() || !aside()
    }

    /// Whether the word before the stop lets it end a sentence before `next`.
    fn ends_word(&self, stop: &Stop<'_>, next: Next<'_>) -> bool {
        let word = last_word(stop.done);
        let found = self.classes(word);
        let digit = first_word(next.head).contains(char::is_numeric);
        if found.has(Class::Inner) || found.has(Class::Number) && digit {
            return false;
        }
        // "5p.m" as well.
        let bare = word.trim_start_matches(|c: char| c == '.' || c.is_numeric());
        let hour = self.is(bare, Class::Hour);
        let state = found.has(Class::State);
        if !hour && !state && !found.has(Class::Either) && !is_initials(word) {
            return true;
        }
        // A dash goes on after a place ("Tampa, Fla. - The"), a bracket may.
        if next.open.is_some_and(is_dash) {
            return false;
        }
        if stop.closed == Closed::Quote || self.starts(next.head) {
            return true;
        }
        match next.open {
            Some(open) => !matches!(open, '(' | '['),
            None if hour => !digit && !self.is(first_word(next.head), Class::Time),
            None if state => {
                let town = stop.done.strip_suffix(word).unwrap_or("").trim_end();
                town.ends_with(',') && !digit && stop.closed == Closed::Nothing
            }
            None => false,
        }
    }

    /// Whether a stop that white space does not follow ends a sentence: "ended.The".
    fn ends_glued(&self, stop: &Stop<'_>) -> bool {
        let head = stop.rest.trim_start_matches(['“', '„', '¿', '¡']);
        if !self.begins_glued(head) {
            return false;
        }
        if stop.closed == Closed::Quote {
            return true;
        }
        let word = last_word(stop.done);
        let before = stop.done.strip_suffix(word).unwrap_or("").chars().next_back();
        let part = |c: char| !c.is_whitespace() && !matches!(c, '-' | '“' | '"' | '(' | ',');
        let found = self.classes(word);
        if before.is_some_and(part) || found.has(Class::Inner) {
            return false;
        }
        let short = [Class::Number, Class::Either, Class::State, Class::Hour];
        let known = short.into_iter().any(|class| found.has(class));
        let lower = word.chars().filter(|c| c.is_lowercase()).count();
        let plain = lower > 1 && word.chars().all(|c| c.is_lowercase() || is_apostrophe(c));
        if plain && !known {
            return true;
        }
        // After a name or a number only before a usual first word.
        let named = lower > 1 && !word.contains('.');
        let dated = stop.closed == Closed::Nothing && word.chars().all(char::is_numeric);
        (known || named || dated && !word.is_empty()) && self.starts(head)
    }

    /// Whether `head` looks like the first word of a sentence and like nothing else.
    fn begins_glued(&self, head: &str) -> bool {
        let word = first_word(head);
        let after = &head[word.len()..];
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let fits = match letters.as_str() {
            "" => capital && after.starts_with(char::is_whitespace) && self.starts(head),
            rest => capital && rest.chars().all(|c| c.is_lowercase() || is_apostrophe(c)),
        };
        fits && ends_token(after) && !self.is(word, Class::Suffix)
    }

    /// Whether `head` starts with a usual first word.
    fn starts(&self, head: &str) -> bool {
        let word = first_word(head);
        let rest = &head[word.len()..];
        let followed = || rest.trim_start().starts_with(char::is_lowercase);
        let found = self.classes(word);
        found.has(Class::Starter) || found.has(Class::Opener) && followed()
    }

    /// Whether `head` tells who said the quote before it: "Deputy Mayor Ann Cole asked".
    fn attributes(&self, head: &str) -> bool {
        if self.starts(head) {
            return false;
        }
        let mut named = false;
        for token in head.split_whitespace().take(9) {
            if token.starts_with(|c| is_opening(c) || c == '…') {
                return false;
            }
            let word = first_word(token);
            let found = self.classes(word);
            if named && found.has(Class::Saying) {
                return true;
            }
            named = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            let stopped = token.ends_with(['.', ';', ':', '!', '?', '"', '”']);
            if stopped && !is_initials(word) && !found.has(Class::Inner) {
                return false;
            }
        }
        false
    }

    fn is(&self, word: &str, class: Class) -> bool {
        self.classes(word).has(class)
    }

    /// What the table says of `word`: as it stands, in lower case, or, where it is all
    /// capitals, with the first alone.
    fn classes(&self, word: &str) -> Classes {
        if word.is_empty() || word.len() > LONGEST {
            return Classes::default();
        }
        let find = |key: &str| self.words.get(key).copied().unwrap_or_default();
        let small = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if small {
            return find(word);
        }
        let lower = match word.is_ascii() {
            true => word.to_ascii_lowercase(),
            false => word.to_lowercase().replace('’', "'"),
        };
        let found = find(word).with(find(&lower));
        if word.contains(char::is_lowercase) {
            return found;
        }
        let mut letters = lower.chars();
        let capital = letters.next().into_iter().flat_map(char::to_uppercase);
        found.with(find(&capital.chain(letters).collect::<String>()))
    }
}

fn push(out: &mut Vec<TextRange>, text: &str, within: TextRange, start: usize, end: usize) {
    if let Some(range) = TextRange::at(start, end).and_then(|range| range.shift(within.start())) {
        let range = range.trim(text);
        if !range.is_empty() {
            out.push(range);
        }
    }
}

/// What closed after the marks of a stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closed {
    Nothing,
    Bracket,
    Quote,
}

/// A mark, or several, with what closes after them.
struct Stop<'a> {
    /// The first mark.
    mark: char,
    /// One of the marks is `!` or `?`.
    strong: bool,
    /// The marks are an ellipsis.
    lasting: bool,
    closed: Closed,
    /// The sentence so far, without the marks.
    done: &'a str,
    end: usize,
    rest: &'a str,
}

impl<'a> Stop<'a> {
    /// The stop at `at` of a sentence that starts at `from`. `quoted` tells whether a
    /// straight quote is open, before and after.
    fn read(prose: &'a str, from: usize, at: usize, quoted: &mut bool) -> Self {
        let mark = prose[at..].chars().next().unwrap_or('.');
        let mut stop = Stop {
            mark,
            strong: false,
            lasting: false,
            closed: Closed::Nothing,
            done: "",
            end: at,
            rest: "",
        };
        stop.done = &prose[from..at];
        while let Some(c) = prose[stop.end..].chars().next() {
            let after = &prose[stop.end + c.len_utf8()..];
            let mut taken = c.len_utf8();
            match c {
                '.' | '…' => stop.lasting |= c == '…' || prose[at..stop.end].ends_with('.'),
                '!' | '?' => stop.strong = true,
                ')' | ']' => stop.closed = Closed::Bracket,
                '[' => match footnote(after) {
                    Some(length) => taken += length,
                    None => break,
                },
                c if closes(c, after, *quoted) => {
                    *quoted &= c != '"';
                    stop.closed = Closed::Quote;
                }
                // "Il partit. »": one space before a quote that can only close.
                c if c.is_whitespace() && c != '\n' => {
                    let Some(quote) = after.chars().next() else { break };
                    let alone = after[quote.len_utf8()..].chars().next();
                    let alone = alone.is_none_or(|c| c.is_whitespace() || is_closing(c));
                    if !alone || !(is_closing(quote) || quote == '"' && *quoted) {
                        break;
                    }
                    *quoted &= quote != '"';
                    taken += quote.len_utf8();
                    stop.closed = Closed::Quote;
                }
                _ => break,
            }
            stop.end += taken;
        }
        stop.rest = &prose[stop.end..];
        stop
    }
}

/// What follows a stop and white space, if it can begin a sentence.
#[derive(Clone, Copy)]
struct Next<'a> {
    /// The first mark before the first word.
    open: Option<char>,
    /// From the first word on.
    head: &'a str,
}

impl<'a> Next<'a> {
    fn read(rest: &'a str) -> Option<Self> {
        let open = rest.chars().next().filter(|c| is_opening(*c));
        let head = rest.trim_start_matches(|c: char| is_opening(c) || c.is_whitespace());
        // "He left. …and so on", but not the first of ". . .".
        let bare = head.strip_prefix("...").or(head.strip_prefix('…')).map(str::trim_start);
        if let Some(head) = bare.filter(|bare| bare.starts_with(char::is_alphabetic)) {
            return Some(Self { open, head });
        }
        let mut letters = head.chars();
        let first = letters.next()?;
        let fits = match first {
            ',' | ';' | ':' | '!' | '?' | ')' | ']' | '%' | '/' => false,
            '.' => letters.next().is_some_and(char::is_numeric),
            // "iPhone" begins a sentence, "phone" does not.
            _ if first.is_lowercase() => {
                first_word(head).chars().nth(1).is_some_and(char::is_uppercase)
            }
            _ => true,
        };
        fits.then_some(Self { open, head })
    }
}

fn skip_white(prose: &str, from: usize) -> usize {
    prose.len() - prose[from..].trim_start().len()
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '‣' | '◦' | '▪' | '●' | '■')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_opening(c: char) -> bool {
    let quote = matches!(c, '"' | '\'' | '“' | '”' | '‘' | '«' | '»' | '‹' | '›' | '„' | '‚');
    quote || is_dash(c) || is_bullet(c) || matches!(c, '(' | '[' | '¿' | '¡' | '*')
}

/// Whether a mark closes a quote and cannot open one.
fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '»' | '›')
}

/// Whether a mark, directly after a stop, closes a quote. One that opens as well closes
/// only before white space, or where it is open.
fn closes(c: char, after: &str, quoted: bool) -> bool {
    let bare = !after.starts_with(char::is_alphanumeric);
    match c {
        '"' => quoted || bare,
        '\'' => bare,
        '“' | '‘' | '«' | '‹' => after.is_empty() || after.starts_with(char::is_whitespace),
        _ => is_closing(c),
    }
}

/// Length of the rest of a footnote mark after its bracket: `12]`.
fn footnote(after: &str) -> Option<usize> {
    let length = after.chars().take(4).take_while(char::is_ascii_alphanumeric).count();
    (length > 0 && after[length..].starts_with(']')).then_some(length + 1)
}

/// Whether nothing but white space follows on the line.
fn is_blank(line: &str) -> bool {
    line.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').starts_with('\n')
}

/// Whether `line` starts an item of a list: after a bullet, or after a dash or the next
/// number where a capital follows.
fn is_item(sentence: &str, line: &str) -> bool {
    let line = line.trim_start();
    let capital = |rest: &str| {
        let word = rest.trim_start();
        word.len() < rest.len() && word.starts_with(char::is_uppercase)
    };
    if let Some(rest) = line.strip_prefix(|c| is_dash(c) || c == '*') {
        return capital(rest);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered =
        matches!(line.len() - rest.len(), 1 | 2) && sentence.starts_with(char::is_numeric);
    line.starts_with(is_bullet) || numbered && rest.strip_prefix(['.', ')']).is_some_and(capital)
}

/// Whether all of a sentence so far is the number of an item: "1", "IV", "a". A "1" after
/// a colon is one as well.
fn is_enumerator(done: &str) -> bool {
    if done.len() > 16 {
        return done.strip_suffix('1').is_some_and(|rest| rest.trim_end().ends_with(':'));
    }
    let word = done.trim_start_matches(is_opening).trim_start();
    let numeral = |c: char| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x');
    match word.len() {
        1 => word.starts_with(|c: char| c.is_ascii_alphanumeric()),
        2 if word.chars().all(|c| c.is_ascii_digit()) => true,
        2..=4 => word.chars().all(numeral),
        _ => word.strip_suffix('1').is_some_and(|rest| rest.trim_end().ends_with(':')),
    }
}

/// Whether a word ends before `after`: at white space or a mark with nothing glued to it.
fn ends_token(after: &str) -> bool {
    let mut marks = after.chars();
    match marks.next() {
        Some('.') => marks.next().is_none_or(char::is_whitespace),
        Some(c) => c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!' | '?' | '”' | '"'),
        None => true,
    }
}

/// The word before the stop, inner stops included ("p.m", "U.S"). Of a word too long for
/// a table only the last part.
fn last_word(done: &str) -> &str {
    let letters = done.char_indices().rev().take(LONGEST + 8);
    let word = letters.take_while(|(_, c)| c.is_alphanumeric() || *c == '.' || is_apostrophe(*c));
    let start = word.last().map_or(done.len(), |(at, _)| at);
    done[start..].trim_start_matches(is_apostrophe)
}

/// The word that `head` starts with; of one too long for a table only the first part.
fn first_word(head: &str) -> &str {
    let letters = head.char_indices().take(LONGEST + 8);
    let word = letters.take_while(|(_, c)| c.is_alphanumeric() || is_apostrophe(*c));
    let end = word.last().map_or(0, |(at, c)| at + c.len_utf8());
    &head[..end]
}

/// A single capital ("George W.") or capitals with stops between ("U.S.S.R.").
fn is_initials(word: &str) -> bool {
    word.len() <= LONGEST
        && !word.is_empty()
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
        })
}
