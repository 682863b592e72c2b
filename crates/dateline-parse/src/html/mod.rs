//! Markup to text, with a map back: block elements become line breaks, inline tags
//! vanish, entities are resolved, scripts and comments are skipped. There is no tree,
//! so depth is no danger, and time grows with the length alone.

mod entity;
mod flow;
mod ld;
mod marks;
mod meta;
mod oracle;
mod scene;
mod state;
mod story;
mod tag;
mod title;
mod token;

use dateline_model::{CandidateKind, DateCandidate, Metadata, Moment, Noise};
use dateline_text::{SourceBuilder, TextRange};

use crate::Context;
use crate::authors;
use crate::decode::Decoded;
use crate::lexicon::{Markup, Phrase};
use crate::lines::Hint;
use crate::posts::Live;
use crate::stamp;
use flow::{Element, Layout};
use meta::Place;
use oracle::Oracle;
use scene::{Role, Scene};
use tag::Tag;

/// How far into the text markup is looked for, in bytes.
const REACH: usize = 4096;

/// Tags that tell markup from text that begins with `<`.
const TELLING: [&str; 14] = [
    "<!doctype html",
    "<html",
    "<head",
    "<title",
    "<meta ",
    "<script",
    "<body",
    "<article",
    "<main",
    "<div",
    "<p>",
    "<p ",
    "<h1",
    "<ul",
];

/// What a page of markup holds besides its text.
pub(crate) struct Read {
    /// What the markup says of lines, in order.
    pub hints: Vec<(TextRange, Hint)>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// The dates it says of itself.
    pub candidates: Vec<DateCandidate>,
    /// Whether it says that it is a live page, and the lines that it gives a time.
    pub live: Live,
}

/// Whether `text` is a page of markup, by what it holds; `media_type` alone is not
/// believed.
pub(crate) fn is_html(text: &str, media_type: Option<&str>) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let named = media_type.is_some_and(|name| name.to_ascii_lowercase().contains("htm"));
    if !start.starts_with('<') && !named {
        return false;
    }
    let head =
        start.get(..start.floor_char_boundary(REACH)).unwrap_or_default().to_ascii_lowercase();
    if head.starts_with("<?xml") && !head.contains("<html") {
        return false;
    }
    TELLING.iter().any(|tag| head.contains(tag))
}

/// Adds the text of the page to `builder`.
pub(crate) fn read(
    decoded: &Decoded<'_>,
    builder: &mut SourceBuilder,
    context: Context<'_>,
) -> Read {
    let mut page = meta::Page::new(decoded, context);
    let layout = flow::flow(decoded, builder, &mut page, context.lexicon);
    if is_bare(&layout) {
        let (metadata, candidates) = page.finish(None, &|_| Place::Head);
        let items = layout.lines.iter().filter(|line| {
            let element = layout.elements.get(line.element as usize);
            element.is_some_and(|element| element.tag == Tag::Item)
        });
        let hints = items.map(|line| (line.range, Hint::Bullet)).collect();
        return Read { hints, metadata, candidates, live: Live::default() };
    }
    let mut scene = Scene::new(builder.text(), &layout);
    let titles = page.titles();
    let title = title::headline(&scene, &titles, &page.bookmarks);
    // "Sign up for our newsletter" heads no story.
    let is_offer = |line: &usize| {
        let words = scene.words(*line);
        let phrase = context.lexicon.phrase(words) == Some(Phrase::Noise);
        scene.role_of(*line) == Role::Heading && (phrase || context.lexicon.is_offer(words))
    };
    let title = title.filter(|line| !is_offer(line));
    let named = title.is_some_and(|title| title::is_told(scene.words(title), &titles));
    scene.find_noise(title);
    let oracle = page.body.as_deref().and_then(|body| Oracle::new(&scene, body));
    let stretches = story::stretches(&scene, oracle.as_ref());
    let mut noise = story::noise(&scene, &stretches, oracle.as_ref());
    let first = noise.iter().position(Option::is_none).unwrap_or(0);
    offers(&scene, context, &mut noise);
    // Between headline and text stand standfirst, names and stamps.
    if let Some(title) = title {
        for at in title + 1..first {
            let slot = noise.get_mut(at).into_iter();
            slot.for_each(|slot| *slot = story::line_noise(&scene, at));
        }
        noise.get_mut(title).into_iter().for_each(|slot| *slot = None);
    }
    let times = posts(&page, &scene);
    open_posts(&scene, &times, &mut noise);
    let headings = headings(&page, &scene, title);
    for (line, _) in &headings {
        noise.get_mut(*line).into_iter().for_each(|slot| *slot = None);
    }
    let open: Vec<usize> = (0..noise.len()).filter(|at| noise.get(*at) == Some(&None)).collect();
    if let Some(title) = title {
        title::drop_repeats(&scene, title, &mut noise);
        title::drop_parts(&scene, title, &mut noise);
    }
    let open: Vec<usize> = open.into_iter().filter(|at| noise.get(*at) == Some(&None)).collect();
    let stamps = title.map(|title| stamps(builder.text(), &scene, title, &open, context));
    let stamps = stamps.unwrap_or_default();
    let open: Vec<usize> = open.into_iter().filter(|line| !stamps.contains(line)).collect();
    let deck = title.map(|title| title::deck(&scene, title, &open, &page.descriptions));
    let deck = deck.unwrap_or_default();
    let only = only_stamp(&scene);
    let dated = is_dated(&page) || has_stamp(builder.text(), &scene, &noise, context);
    let labelled = if dated { None } else { labelled(builder.text(), &scene, &noise, context) };
    let head = title.unwrap_or(first);
    let today = today(builder.text(), &scene, head, context);
    let told = |line: &usize| noise.get(*line) == Some(&None) && scene.is_prose_at(*line);
    let text = (head + 1..noise.len()).find(told).unwrap_or(noise.len());
    let mut hints = Vec::with_capacity(layout.lines.len());
    for (at, (line, why)) in layout.lines.iter().zip(&noise).enumerate() {
        let hint = match why {
            _ if title == Some(at) && named => Some(Hint::Title),
            _ if title == Some(at) => Some(Hint::Plain),
            _ if today.contains(&at) => Some(Hint::Noise(Noise::Layout)),
            // Chrome below the first words of the story has the days of other stories.
            Some(_)
                if (at < text || !scene.is_noisy(at))
                    && (only == Some(at) || stamped(&scene, at, head)) =>
            {
                Some(Hint::Stamp)
            }
            Some(_) if labelled == Some(at) => Some(Hint::Stamp),
            Some(_) if context.lexicon.statement(scene.words(at)).is_some() => Some(Hint::Stamp),
            Some(why) => Some(Hint::Noise(*why)),
            None if at > head
                && at <= text.max(head + HEAD)
                && matches!(scene.role_of(at), Role::None | Role::Item | Role::Deck)
                && authors::is_signature(scene.words(at), context.lexicon) =>
            {
                Some(Hint::Byline)
            }
            // Languages, ways to share: lists above the text that say nothing.
            None if at > head && at < text && is_bare_item(&scene, at) => {
                Some(Hint::Noise(Noise::Layout))
            }
            None if deck.contains(&at) => Some(Hint::Deck),
            // What a stamp says is read whatever the element is.
            None if times.binary_search_by_key(&at, |(line, _)| *line).is_ok() => Some(Hint::Plain),
            None if stamps.contains(&at) => Some(Hint::Plain),
            None if (head + 1..=head + HEAD).contains(&at)
                && stamp::posted(builder.text(), line.range, context).is_some() =>
            {
                Some(Hint::Stamp)
            }
            None if numeric(&scene, at) && (head + 1..=head + HEAD).contains(&at) => {
                Some(Hint::Stamp)
            }
            None if is_bold_heading(&scene, at, &noise) => Some(Hint::Heading),
            None => hint(&scene, at),
        };
        hints.extend(hint.map(|hint| (line.range, hint)));
    }
    let place = |line: usize| {
        let near = line + 12 > head && line < head + 16;
        let read = || stamp::read(builder.text(), layout.lines.get(line)?.range, context);
        let told = |line| noise.get(line) == Some(&None) && scene.role_of(line) == Role::None;
        match near && !today.contains(&line) {
            true if read().is_some_and(|stamp| stamp.is_change()) => Place::Change,
            true if line > text && noise.get(line) != Some(&None) => Place::Below,
            true if !told(line) || !scene::stops(scene.words(line)) => Place::Head,
            _ => Place::Away,
        }
    };
    let ranges = |lines: Vec<(usize, Moment)>| {
        let lines = lines.into_iter();
        lines.filter_map(|(at, moment)| Some((layout.lines.get(at)?.range, moment))).collect()
    };
    let live = Live { named: page.is_live(), times: ranges(times), headings: ranges(headings) };
    let (metadata, candidates) = page.finish(title.map(|title| scene.words(title)), &place);
    Read { hints, metadata, candidates, live }
}

/// The moment that the markup says: news on the web; what lies before or far behind is a
/// default of some system.
fn moment(words: &str, context: Context<'_>) -> Option<Moment> {
    let moment = crate::moment::moment(words, context);
    moment.filter(|moment| (1990..2100).contains(&moment.day().year()))
}

/// Whether the markup says nothing but where lines end, as that of a plain mail: then the
/// words are read as a text is.
fn is_bare(layout: &Layout) -> bool {
    layout.elements.iter().all(|element| {
        let plain = [Tag::Body, Tag::Block, Tag::Paragraph, Tag::List, Tag::Item];
        plain.contains(&element.tag) && element.marks.is_empty()
    })
}

/// Whether a line that is no story may say when the page was published: a short one with
/// digits near the headline, more so where its element says that it is a day.
fn stamped(scene: &Scene<'_>, line: usize, head: usize) -> bool {
    let words = scene.words(line);
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let linked = scene.link_share(line) >= 50;
    let said = scene.role_of(line) == Role::Stamp;
    let reach = if said && !linked { 30 } else { 8 };
    (2..=16).contains(&digits)
        && words.len() <= 100
        && line + 5 > head
        && line < head + reach
        && (said || !linked)
}

/// Whether a line is hardly more than the digits of a day, in whatever language.
fn numeric(scene: &Scene<'_>, line: usize) -> bool {
    let words = scene.words(line);
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    (6..=30).contains(&digits) && letters < digits && words.len() <= 100
}

/// Paragraphs with a link, or bold, that offer a newsletter, and links in brackets.
fn offers(scene: &Scene<'_>, context: Context<'_>, noise: &mut [Option<Noise>]) {
    for (line, slot) in noise.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
        let (words, linked) = (scene.words(line), scene.link_share(line));
        let bracketed = words.starts_with('[') && words.ends_with(']') && linked >= 50;
        let marked = linked > 0 || scene.is_bold(line);
        let offer = marked && words.len() <= OFFER && context.lexicon.is_offer(words);
        if bracketed || offer {
            *slot = Some(if offer { Noise::Phrase } else { Noise::Links });
        }
    }
}

/// The longest offer of a newsletter, in bytes.
const OFFER: usize = 320;

/// Whether an item of a list is a word or a few and no sentence.
fn is_bare_item(scene: &Scene<'_>, line: usize) -> bool {
    let words = scene.words(line);
    scene.role_of(line) == Role::Item
        && words.split_whitespace().count() <= 4
        && !words.contains(|c: char| c.is_ascii_digit())
        && !scene::stops(words)
}

/// Lines between the time of a post and its first words, at most, and between its heading
/// and its time.
const POST: usize = 8;
const ABOVE: usize = 3;

/// The longest line that is a time and no more ("10 hours 25 minutes ago"), in bytes.
const AGO: usize = 24;

/// The lines of a live page that are times and no more, by the markup.
fn posts(page: &meta::Page<'_>, scene: &Scene<'_>) -> Vec<(usize, Moment)> {
    let mut times = if page.is_live() { page.times() } else { Vec::new() };
    let alone = |words: &str| words.len() <= AGO && !words.ends_with(['.', '!', '?']);
    times.retain(|(line, _)| alone(scene.words(*line)));
    times
}

/// The headings of posts of which the data of the page say when they were written.
fn headings(
    page: &meta::Page<'_>,
    scene: &Scene<'_>,
    title: Option<usize>,
) -> Vec<(usize, Moment)> {
    let heads = |line: &usize| {
        Some(*line) != title && matches!(scene.role_of(*line), Role::Heading | Role::Title)
    };
    let lines = (0..scene.line_count()).filter(heads);
    lines.filter_map(|line| Some((line, page.written(scene.words(line))?))).collect()
}

/// The time of a post and its heading are no noise, though they stand in a head that is
/// drawn like one; `times` are the lines that are times.
fn open_posts(scene: &Scene<'_>, times: &[(usize, Moment)], noise: &mut [Option<Noise>]) {
    let lines = || times.iter().map(|(line, _)| line);
    for (at, next) in lines().zip(lines().skip(1).chain([&usize::MAX])) {
        let end = noise.len().min(*next).min(at + POST);
        let told = |line: &usize| noise.get(*line) == Some(&None) && scene.is_prose_at(*line);
        let Some(text) = (at + 1..end).find(told) else { continue };
        // Its heading may stand above its time.
        let above = (0..*at).rev().take(ABOVE).take_while(|line| noise.get(*line) != Some(&None));
        let above = above.last().unwrap_or(*at);
        for line in above..text {
            if line == *at || matches!(scene.role_of(line), Role::Heading | Role::Title) {
                noise.get_mut(line).into_iter().for_each(|slot| *slot = None);
            }
        }
    }
}

/// The lines between the headline and the first words of the story that read as stamps:
/// neither standfirst nor row of a table, whatever their elements are.
fn stamps(
    text: &str,
    scene: &Scene<'_>,
    title: usize,
    open: &[usize],
    context: Context<'_>,
) -> Vec<usize> {
    let stamp = |line: &usize| {
        let range = scene.layout.lines.get(*line).map(|line| line.range)?;
        let alone = || stamp::read(text, range, context).filter(|stamp| !stamp.dates.is_empty());
        let signed = || stamp::behind_names(text, range, context);
        (alone().is_some() || signed().is_some()).then_some(*line)
    };
    let below = open.iter().filter(|line| **line > title);
    below.take(HEAD).filter_map(stamp).collect()
}

/// The lines of the site's own head that say what day it is, where the story has a stamp of
/// its own below the headline.
fn today(text: &str, scene: &Scene<'_>, head: usize, context: Context<'_>) -> Vec<usize> {
    let dated = |line: &usize| {
        let range = scene.layout.lines.get(*line).map(|line| line.range);
        let digits = scene.words(*line).bytes().any(|byte| byte.is_ascii_digit());
        let stamp = range.filter(|_| digits).and_then(|range| stamp::read(text, range, context));
        stamp.is_some_and(|stamp| !stamp.dates.is_empty() && !stamp.is_change())
    };
    let is_site = |element: &Element| {
        matches!(element.tag, Tag::Header | Tag::Nav) && element.lines.1 as usize <= head
    };
    let above = (0..head).filter(|line| scene.around(*line, AROUND).any(is_site));
    let above: Vec<usize> = above.filter(dated).collect();
    let below = || (head + 1..scene.line_count()).take(BELOW).any(|line| dated(&line));
    if above.is_empty() || !below() { Vec::new() } else { above }
}

/// Elements around a line of the site's head that are looked at, and lines below the
/// headline among which the story's own stamp is looked for.
const AROUND: usize = 4;
const BELOW: usize = 16;

/// Lines below the headline among which stamps are looked for.
const HEAD: usize = 6;

/// The one line of the page whose element says that it is a day, wherever it stands; of
/// several, as in a list of stories, none.
fn only_stamp(scene: &Scene<'_>) -> Option<usize> {
    let is_stamp = |line: &usize| {
        let words = scene.words(*line);
        let digits = words.bytes().filter(u8::is_ascii_digit).count();
        scene.role_of(*line) == Role::Stamp
            && !scene.is_hidden(*line)
            && (3..=16).contains(&digits)
            && words.len() <= 100
    };
    let mut stamps = (0..scene.line_count()).filter(is_stamp);
    let first = stamps.next()?;
    stamps.next().is_none().then_some(first)
}

/// Whether the data of the page say when it was published.
fn is_dated(page: &meta::Page<'_>) -> bool {
    let told = |found: &DateCandidate| found.kind == CandidateKind::Metadata;
    !page.times.is_empty() || page.candidates.iter().any(told)
}

/// Whether a line of the story is a stamp, or one of the chrome that its element marks.
fn has_stamp(text: &str, scene: &Scene<'_>, noise: &[Option<Noise>], context: Context<'_>) -> bool {
    let own = |at: &usize| noise.get(*at) == Some(&None) || scene.role_of(*at) == Role::Stamp;
    let mut lines = (0..noise.len()).filter(own).filter(|at| numeric_day(scene.words(*at)));
    lines.any(|at| {
        let range = scene.layout.lines.get(at).map(|line| line.range);
        let stamp = range.and_then(|range| stamp::read(text, range, context));
        stamp.is_some_and(|stamp| !stamp.dates.is_empty() && !stamp.is_change())
    })
}

/// The line of the page's chrome that says in so many words that it tells the day of
/// publication ("Veröffentlicht: 25.10.2007"), soon below the story, where no other tells
/// another and it is none of a list of stories.
fn labelled(
    text: &str,
    scene: &Scene<'_>,
    noise: &[Option<Noise>],
    context: Context<'_>,
) -> Option<usize> {
    let prose = |at: &usize| noise.get(*at) == Some(&None) && scene.is_prose_at(*at);
    let end = (0..noise.len()).rev().find(prose)?;
    let told = |at: usize| {
        let range = scene.layout.lines.get(at)?.range;
        let words = scene.words(at);
        // Comments have days of their own, and the site's foot that of its rules.
        let apart =
            |element: &Element| element.tag == Tag::Footer || element.marks.has(Markup::Comment);
        if !numeric_day(words) || scene.link_share(at) >= 50 || scene.around(at, BOXES).any(apart) {
            return None;
        }
        let stamp = stamp::labelled(text, range, context)?;
        Some((at, stamp.dates.first()?.moment.day()))
    };
    // Below a heading stand other stories, or what readers say.
    let heads = |at: &usize| matches!(scene.role_of(*at), Role::Heading | Role::Title | Role::Item);
    let below = (end + 1..noise.len()).take(SOON).take_while(|at| !heads(at));
    let mut lines = below.filter_map(told);
    let (first, day) = lines.next()?;
    let listed = |at: &usize| {
        let range = scene.layout.lines.get(*at).map(|line| line.range).filter(|_| *at != first);
        let dated = range.filter(|_| numeric_day(scene.words(*at)));
        dated.is_some_and(|range| {
            let tagged = stamp::tag(text, range, context);
            tagged.iter().filter_map(stamp::full_day).any(|other| other.day() != day)
        })
    };
    let near = first.saturating_sub(LISTED)..noise.len().min(first + LISTED + 1);
    let noisy = |at: &usize| noise.get(*at).is_some_and(Option::is_some);
    let alone = !near.filter(noisy).any(|at| listed(&at));
    (alone && lines.all(|(_, other)| other == day)).then_some(first)
}

/// Lines below the story among which such a line is looked for.
const SOON: usize = 16;

/// Elements around such a line that are looked at.
const BOXES: usize = 6;

/// Lines beside such a line among which others have a day in a list of stories.
const LISTED: usize = 8;

/// Whether a short line has as many digits as a day and its year.
fn numeric_day(words: &str) -> bool {
    words.len() <= 100 && words.bytes().filter(u8::is_ascii_digit).count() >= 5
}

/// The longest paragraph that may be a heading, in bytes.
const HEADING: usize = 100;

/// Whether a paragraph is a heading by its form: short, all bold and without a stop,
/// between paragraphs that are not.
fn is_bold_heading(scene: &Scene<'_>, line: usize, noise: &[Option<Noise>]) -> bool {
    let words = scene.words(line);
    let short = words.len() <= HEADING && words.split_whitespace().nth(1).is_some();
    let alone =
        short && scene.is_bold(line) && scene.role_of(line) == Role::None && !scene::stops(words);
    let told = |at: &usize| noise.get(*at) == Some(&None);
    let plain =
        |at: Option<usize>| at.is_some_and(|at| scene.is_prose_at(at) && !scene.is_bold(at));
    alone
        && plain((0..line).rev().take(BESIDE).find(told))
        && plain((line + 1..noise.len()).take(BESIDE).find(told))
}

/// Lines beside a line among which that of the story next to it is looked for.
const BESIDE: usize = 12;

/// What its elements say of a line of the story.
fn hint(scene: &Scene<'_>, line: usize) -> Option<Hint> {
    match scene.role_of(line) {
        Role::Title | Role::Heading => Some(Hint::Heading),
        Role::Item => Some(Hint::Bullet),
        Role::Cell => Some(Hint::Table),
        Role::Quote => Some(Hint::Quote),
        Role::Caption => Some(Hint::Caption),
        Role::Credit => Some(Hint::Credit),
        Role::Byline => Some(Hint::Byline),
        Role::None if scene.is_prose_at(line) => Some(Hint::Text),
        Role::Deck if scene.is_heading(line) => Some(Hint::Heading),
        Role::Deck if scene.is_prose_at(line) => Some(Hint::Text),
        _ => Some(Hint::Plain),
    }
}
