//! Which line is the headline, and which the standfirst: told by what the page says of
//! itself and by the element.

use std::collections::BTreeSet;

use dateline_model::Noise;

use super::flow::Element;
use super::scene::{HEAD, Role, Scene, stops};
use crate::lexicon::Markup;
use crate::piece::counted;

/// The longest line that may be a headline, and a standfirst that is only set off, in
/// bytes.
const LONGEST: usize = 400;
const SET_OFF: usize = 600;
/// The longest line that may be a day and its time, in bytes.
const DAY: usize = 100;

/// The line that is the headline; `bookmarks` are those that link to what they head.
pub(super) fn headline(scene: &Scene<'_>, titles: &[String], bookmarks: &[usize]) -> Option<usize> {
    let keys: Vec<String> = titles.iter().map(|title| key(title)).collect();
    let mut best: Option<(u32, usize)> = None;
    for line in 0..scene.layout.lines.len() {
        let score = score(scene, line, titles, &keys, bookmarks.contains(&line));
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, line));
        }
    }
    let Some((_, line)) = best else { return first_heading(scene, titles) };
    let line =
        below_crumb(scene, line, &keys).or_else(|| below_name(scene, line, &keys)).unwrap_or(line);
    Some(to_the_letter(scene, line, titles).unwrap_or(line))
}

/// The letters of a word that tells of the same thing, and how many such a headline has, at
/// least.
const LETTERS: usize = 4;
const SHARED: usize = 2;

/// The headline of a page that has no heading of the first rank and calls itself by other
/// words: the heading above the text that shares most of them.
fn first_heading(scene: &Scene<'_>, titles: &[String]) -> Option<usize> {
    if (0..scene.line_count()).any(|at| scene.role_of(at) == Role::Title) {
        return None;
    }
    let text = (0..scene.line_count()).find(|at| scene.is_prose_at(*at))?;
    let words = |line: &str| -> BTreeSet<String> {
        line.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= LETTERS)
            .map(key)
            .collect()
    };
    // Behind the last mark stands the name of the site.
    let own = |title: &str| {
        let mark = title.rfind(|c| MARKS.contains(&c)).filter(|at| *at > title.len() / 3);
        words(mark.and_then(|at| title.get(..at)).unwrap_or(title))
    };
    let called: BTreeSet<String> = titles.iter().flat_map(|title| own(title)).collect();
    let heads = |at: &usize| {
        scene.role_of(*at) == Role::Heading
            && scene.link_share(*at) < 50
            && (12..=LONGEST).contains(&scene.words(*at).len())
    };
    let shared = |at: usize| words(scene.words(at)).intersection(&called).count();
    let above = || (text.saturating_sub(BELOW)..text).filter(heads);
    let best = above().max_by_key(|at| shared(*at))?;
    if shared(best) >= SHARED {
        return Some(best);
    }
    // Where the page calls itself nothing but its site, the one heading right above the text.
    let plain = |at: usize| !scene.words(at).contains(|c: char| c.is_ascii_digit());
    let site = |at: &usize| text - at <= NEAR && count(scene.words(*at)) > SHARED && plain(*at);
    let mut near = above().filter(site);
    near.next().filter(|_| above().nth(1).is_none())
}

/// Lines between such a heading and the text, at most.
const NEAR: usize = 6;

/// Of headings that say the same words the one that a title of the page says to the letter:
/// drawn of two parts, a headline has lost its colon ("New bridge It bears trains alone").
fn to_the_letter(scene: &Scene<'_>, line: usize, titles: &[String]) -> Option<usize> {
    let said = |line: usize| titles.iter().any(|title| title == scene.words(line));
    if said(line) {
        return None;
    }
    let own = key(scene.words(line));
    let heads = |at: &usize| matches!(scene.role_of(*at), Role::Title | Role::Heading);
    let mut others = (0..scene.line_count()).filter(heads);
    others.find(|at| said(*at) && key(scene.words(*at)) == own)
}

/// Whether `words` can be the headline: more than one word, or what a title of the page
/// begins with.
pub(super) fn is_told(words: &str, titles: &[String]) -> bool {
    count(words) > 1 || titles.iter().any(|title| begins(title, words))
}

/// Whether `words` are a title, but for the name of the site behind it.
fn begins(title: &str, words: &str) -> bool {
    let rest = title.strip_prefix(words);
    rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(MARKS))
}

/// Whether `words` are a title, but for the name of the site before it.
fn ends(title: &str, words: &str) -> bool {
    title.strip_suffix(words).is_some_and(|rest| rest.trim_end().ends_with(MARKS))
}

fn count(words: &str) -> usize {
    words.split_whitespace().map(counted).sum()
}

/// Marks between the parts of a title.
const MARKS: [char; 10] = ['|', '｜', '-', '–', '—', '·', '_', '›', '»', '•'];

/// Elements around a line that are looked at, and lines below it.
const AROUND: usize = 4;
const BELOW: usize = 20;
/// How alike a heading is to a title of the page, in a hundred, that is the headline where
/// the page only may have another in its way from the front page.
const ALIKE: u32 = 85;

/// The headline where `line` is the last crumb of the way from the front page, written for
/// search engines: the heading before the text that says most of what the page is called.
fn below_crumb(scene: &Scene<'_>, line: usize, keys: &[String]) -> Option<usize> {
    if scene.role_of(line) != Role::Title {
        return None;
    }
    let named = scene.around(line, AROUND).any(|element| element.marks.has(Markup::Crumb));
    // Behind links, and nothing behind it.
    let is_link = |at: u32| {
        let words = scene.words(at as usize);
        scene.link_share(at as usize) >= 50 || !words.contains(char::is_alphanumeric)
    };
    let is_row = |element: &Element| {
        let (from, to) = element.lines;
        from < line as u32 && to == line as u32 + 1 && (from..line as u32).all(is_link)
    };
    if !named && !scene.around(line, AROUND).any(is_row) {
        return None;
    }
    let below = (line + 1..scene.line_count()).take(BELOW);
    let below = below.take_while(|at| !scene.is_prose_at(*at));
    let heads = |at: &usize| {
        scene.role_of(*at) == Role::Heading
            && scene.link_share(*at) < 50
            && (12..=LONGEST).contains(&scene.words(*at).len())
    };
    let said = |at: usize| {
        let own = key(scene.words(at));
        keys.iter().map(|key| likeness(&own, key)).max().unwrap_or(0)
    };
    let whole = key(scene.words(line));
    // Where all that the page calls itself is the crumb's words, no other heading is meant.
    let meant = |at: usize| {
        let own = key(scene.words(at));
        keys.iter().any(|key| likeness(&own, key) > likeness(&whole, key))
    };
    // A headline in several headings is whole in the crumb alone.
    let part = |at: usize| {
        let own = key(scene.words(at));
        own.len() * 2 < whole.len() && whole.starts_with(&own)
    };
    let parts = below.clone().filter(heads).any(part);
    let scored = below.filter(heads).map(|at| (said(at), at));
    // Of equals the first.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let best = best.filter(|(said, at)| (named && !parts || *said >= ALIKE) && meant(*at));
    best.map(|(_, at)| at)
}

/// How alike a line is to a title at most that is the name of a site or of a part of it, and
/// how many words it has.
const NAMED: u32 = 50;
const WORDS: usize = 6;

/// The headline where no title of the page says what `line` says, the name of a site or of
/// a part of it: the heading below it that a title begins with, before most of the text.
fn below_name(scene: &Scene<'_>, line: usize, keys: &[String]) -> Option<usize> {
    let words = scene.words(line);
    if scene.role_of(line) != Role::Title || count(words) > WORDS {
        return None;
    }
    let name = key(words);
    let behind = |said: &str| said.strip_prefix(&name).unwrap_or_default().to_string();
    let names = |said: &str| behind(said).len() > name.len();
    let apart = |said: &str| likeness(&name, said) < NAMED;
    let end = scene.line_count();
    let heads = |at: &usize| {
        scene.role_of(*at) == Role::Heading && (12..=LONGEST).contains(&scene.words(*at).len())
    };
    let told = |at: &usize| {
        let own = key(scene.words(*at));
        keys.iter().any(|said| apart(said) && said.starts_with(&own) || behind(said) == own)
    };
    let first = (line + 1..end).filter(heads).find(told)?;
    let all = keys.iter().all(|said| apart(said) || names(said));
    let most = scene.prose_between(line, first) <= scene.prose_between(first, end) / 20;
    (all && most).then_some(first)
}

/// What a heading counts that its element says is the headline.
const MARKED: u32 = 75;

/// Bytes of letters that are the headline wherever they stand, if a title begins with them,
/// at least.
const SURE: usize = 24;

/// How much a line looks like the headline; nothing where it cannot be one.
fn score(
    scene: &Scene<'_>,
    line: usize,
    titles: &[String],
    keys: &[String],
    is_bookmark: bool,
) -> u32 {
    let words = scene.words(line);
    let role = scene.role_of(line);
    let named = |element: &Element| element.marks.has(Markup::Title);
    let linked = role != Role::Title && scene.link_share(line) > 50;
    let marked = is_bookmark || !linked && scene.around(line, 1).any(named);
    let all = scene.line_count();
    let above = || scene.prose_between(0, line) <= scene.prose_between(line, all);
    let marked = role == Role::Heading && marked && above();
    if words.len() > LONGEST || words.len() < 4 {
        return 0;
    }
    let by_role = match role {
        // A line of its own that is no link and longer than a name.
        Role::Title if scene.link_share(line) < 50 && words.len() > 20 => 95,
        Role::Title => 40,
        Role::Heading if marked => MARKED,
        Role::Heading => 12,
        Role::None | Role::Deck => 0,
        _ => return 0,
    };
    let own = key(words);
    // Where no heading says so, or one that links to its own page, the words themselves do.
    let sure = marked || role == Role::None && scene.around(line, 1).any(named);
    let says = |title: &String| begins(title, words) || sure && ends(title, words);
    let called = || own.len() >= SURE && titles.iter().any(says);
    if own.is_empty() || linked && !(role == Role::Heading && (marked || called())) {
        return 0;
    }
    let said = keys.iter().map(|key| likeness(&own, key)).max().unwrap_or(0);
    let sure = role == Role::None || marked;
    let said = if sure && called() { said.max(90) } else { said };
    let score = match (role, said) {
        (Role::Title, said) => by_role + said,
        (_, said) if said >= 90 || marked && said >= 60 => by_role + said - 20,
        (Role::Heading, said) if said >= 60 => said - 30,
        _ => 0,
    };
    // What is hidden has the headline once more, to share or to copy.
    if scene.is_hidden(line) { score / 4 } else { score }
}

/// How much of the longer of two keys the other is, in a hundred.
fn likeness(own: &str, said: &str) -> u32 {
    if own == said {
        return 100;
    }
    let (short, long) = if own.len() < said.len() { (own, said) } else { (said, own) };
    if short.len() < 8 {
        return 0;
    }
    let part = (short.len() * 100 / long.len().max(1)) as u32;
    if long.starts_with(short) {
        // A title has the site's name behind it.
        return if own.len() < said.len() { 60 + part * 3 / 10 } else { 30 + part / 2 };
    }
    let same = own.bytes().zip(said.bytes()).take_while(|(a, b)| a == b).count();
    let same = same + own.bytes().rev().zip(said.bytes().rev()).take_while(|(a, b)| a == b).count();
    ((same * 80 / long.len().max(1)) as u32).min(80)
}

/// Letters and digits in small letters.
pub(super) fn key(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Headings that tell the headline again are no sections, nor two in a row that tell it
/// together.
pub(super) fn drop_repeats(scene: &Scene<'_>, title: usize, noise: &mut [Option<Noise>]) {
    let said = key(scene.words(title));
    let is_heading =
        |at: &usize| *at != title && matches!(scene.role_of(*at), Role::Title | Role::Heading);
    let headings: Vec<_> = (0..noise.len()).filter(is_heading).collect();
    let keys: Vec<_> = headings.iter().map(|at| key(scene.words(*at))).collect();
    let mut repeats: Vec<usize> = Vec::new();
    for (place, (at, own)) in headings.iter().zip(&keys).enumerate() {
        if *own == said || own.len() > 20 && likeness(own, &said) >= 88 {
            repeats.push(*at);
        }
        let rest = said.strip_prefix(own.as_str()).filter(|rest| !rest.is_empty());
        if rest.is_some() && rest == keys.get(place + 1).map(String::as_str) {
            repeats.extend(headings.get(place..place + 2).unwrap_or_default());
        }
    }
    for at in repeats {
        let slot = noise.get_mut(at).filter(|slot| slot.is_none());
        slot.into_iter().for_each(|slot| *slot = Some(Noise::Label));
    }
}

/// Other lines of the headline's own element are words above it, or the name of the site.
pub(super) fn drop_parts(scene: &Scene<'_>, title: usize, noise: &mut [Option<Noise>]) {
    let element = |line: usize| scene.layout.lines.get(line).map(|line| line.element);
    let own = |line: &usize| *line != title && element(*line) == element(title);
    let is_heading = matches!(scene.role_of(title), Role::Title | Role::Heading);
    let near = (title.saturating_sub(PARTS)..=title + PARTS).filter(own);
    for line in near.filter(|_| is_heading) {
        noise.get_mut(line).into_iter().for_each(|slot| *slot = Some(Noise::Label));
    }
}

/// Lines beside the headline that may be parts of its element.
const PARTS: usize = 3;

/// The lines that are the standfirst, between the headline and the text or at its head.
pub(super) fn deck(
    scene: &Scene<'_>,
    title: usize,
    open: &[usize],
    descriptions: &[String],
) -> Vec<usize> {
    let said: Vec<String> = descriptions.iter().map(|told| key(told)).collect();
    // Six digits are a day and its time, not numbers of a story.
    let is_day = |line: usize| {
        let words = scene.words(line);
        let digits = words.bytes().filter(u8::is_ascii_digit).count();
        digits >= 6 && words.len() <= DAY && !stops(words)
    };
    let head = open.iter().copied().filter(|line| *line > title && !is_day(*line));
    let head: Vec<usize> = head.take(HEAD).collect();
    let prose = head.iter().copied().find(|line| scene.is_prose_at(*line)).unwrap_or(usize::MAX);
    // Behind the first paragraph a heading is a section's, whatever it is called.
    let decks = |line: &usize| {
        scene.role_of(*line) == Role::Deck && !(scene.is_heading(*line) && *line > prose)
    };
    let marked = head.iter().copied().find(decks);
    if let Some(first) = marked {
        let element = |line: usize| scene.layout.lines.get(line).map(|line| line.element);
        let same = |line: &usize| {
            scene.role_of(*line) == Role::Deck
                && (element(*line) == element(first) || *line < first + 3)
        };
        return head.into_iter().filter(same).collect();
    }
    let like = |line: &usize| {
        let role = scene.role_of(*line);
        let own = key(scene.words(*line));
        matches!(role, Role::None | Role::Heading)
            && own.len() > 30
            && own.len() < 600
            && said.contains(&own)
    };
    if let Some(said) = head.iter().copied().take(6).find(like) {
        return vec![said];
    }
    // A long heading right below the headline, with text below it, heads no section.
    let below = |line: &usize| {
        matches!(scene.role_of(*line), Role::Heading | Role::None) && scene.words(*line).len() > 12
    };
    let first = head.iter().copied().find(below);
    let heads = |line: &usize| {
        scene.role_of(*line) == Role::Heading && scene.words(*line).split_whitespace().count() > 5
    };
    if let Some(first) = first.filter(heads) {
        return vec![first];
    }
    set_off(scene, &head, open).into_iter().collect()
}

/// The first paragraph, where it is set off from those below: bold as they are not, or
/// alone in an element of which they have another.
fn set_off(scene: &Scene<'_>, head: &[usize], open: &[usize]) -> Option<usize> {
    let prose =
        |line: &usize| matches!(scene.role_of(*line), Role::None) && scene.is_prose_at(*line);
    let first = head.iter().copied().find(prose)?;
    if scene.words(first).len() > SET_OFF || head.iter().take_while(|at| **at < first).count() > 5 {
        return None;
    }
    let rest: Vec<usize> = open.iter().copied().filter(|at| *at > first).filter(prose).collect();
    let box_of = |line: usize| scene.box_of(line);
    let next = rest.first().copied()?;
    let alone = |line: usize| {
        box_of(line).is_some_and(|element| scene.prose(element) == scene.words(line).len() as u32)
    };
    let apart = rest.len() > 2 && alone(first) && !alone(next);
    (scene.is_bold(first) && !scene.is_bold(next) || apart).then_some(first)
}
