//! Live pages: posts under one headline, each with a clock time of its own. Each is a brief
//! of its own, spoken from its own time; so is what stands above the first.

use std::collections::BTreeSet;

use dateline_model::{
    Block, BlockKind, Brief, CandidateKind, DateCandidate, Metadata, Moment, Parsed,
};
use dateline_text::TextRange;
use jiff::civil::Date;

use crate::dates::nearest;
use crate::lexicon::StampWord;
use crate::lines::Hint;
use crate::piece::Piece;
use crate::stamp::Clock;
use crate::{Context, Lexicon};

/// Posts that make a live page, where its title says that it is one or every post has a
/// stamp of publication with its day.
const LEAST: usize = 3;
/// Blocks between the stamp of a post and its heading, at most: names of authors.
const NAMES: usize = 2;
/// The longest line of a clock time and a name, in bytes.
const SIGNED: usize = 80;
/// Minutes by which a clock time is at least out of order where midnight lies between, and
/// those behind the first post, which may be pinned.
const TURN: i32 = 6 * 60;
const PINNED: i32 = 12 * 60;
/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// What markup says of the posts of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    /// Whether it names the page a live one.
    pub named: bool,
    /// The lines that are times and no more, in order.
    pub times: Vec<(TextRange, Moment)>,
    /// The headings of posts of which its data say when they were written, in order.
    pub headings: Vec<(TextRange, Moment)>,
}

impl Live {
    /// Adds what is said of a page that begins at `start`.
    #[cfg(feature = "html")]
    pub fn append(&mut self, page: Self, start: u32) {
        let shift = |lines: Vec<(TextRange, Moment)>| {
            lines.into_iter().filter_map(move |(at, moment)| Some((at.shift(start)?, moment)))
        };
        self.named |= page.named;
        self.times.extend(shift(page.times));
        self.headings.extend(shift(page.headings));
    }
}

/// A post of a live page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    /// Where it starts.
    start: u32,
    /// The words that say when it was written, or those it is known by.
    mark: TextRange,
    /// Whether they say when.
    told: bool,
    moment: Moment,
    /// Whether the words lack the year or the day.
    implied: bool,
}

/// The time of a post as its stamp has it.
#[derive(Clone, Copy)]
struct Mark {
    /// Its place among the pieces.
    at: usize,
    time: Time,
    /// The day that stands above the post and those behind it.
    day: Option<Date>,
    /// Whether a word says that it is of publication.
    labelled: bool,
    /// The place of the heading whose time stands in the data of the page; the same as `at`
    /// where no stamp is near.
    heading: Option<usize>,
}

impl Mark {
    /// Whether it is no stamp but a heading.
    fn is_heading(&self) -> bool {
        self.heading == Some(self.at)
    }
}

#[derive(Clone, Copy)]
enum Time {
    /// Day and clock time.
    Full(Moment),
    /// Day without a year.
    Yearless(i8, i8, Clock),
    /// A clock time alone.
    Bare(Clock),
}

impl Time {
    /// The minute of the day that it says.
    fn minute(self) -> Option<i32> {
        match self {
            Self::Full(Moment::Time { at, .. }) => {
                Some(i32::from(at.hour()) * 60 + i32::from(at.minute()))
            }
            Self::Full(_) => None,
            Self::Yearless(.., clock) | Self::Bare(clock) => Some(clock.minute()),
        }
    }
}

/// The posts of a page with these pieces, in their order; none where it is no live page.
pub(crate) fn posts(
    text: &str,
    pieces: &mut [Piece],
    candidates: &[DateCandidate],
    live: &Live,
    metadata: &Metadata,
    context: Context<'_>,
) -> Vec<Post> {
    let near = candidates.iter().map(|candidate| candidate.moment.day()).max();
    let marks = marks(pieces, live, near);
    if marks.len() < LEAST {
        return Vec::new();
    }
    let dated = marks.iter().all(|mark| mark.labelled && !matches!(mark.time, Time::Bare(_)));
    let head = marks.first().and_then(|mark| pieces.get(..mark.at)).unwrap_or_default();
    let shown = head.iter().filter(|piece| !matches!(piece.hint, Some(Hint::Noise(_))));
    let titles = shown.filter_map(|piece| {
        // "LIVE" above the headline is a line of its own.
        let words = piece.range.slice(text)?;
        let title = piece.kind == Some(BlockKind::Headline) || context.lexicon.is(words, "live");
        title.then_some(words)
    });
    let mut titles = titles.chain(metadata.title.as_deref());
    let named = live.named || titles.any(|title| is_live(title, context.lexicon));
    if !dated && !named {
        return Vec::new();
    }
    let Some(first) = marks.first().and_then(|mark| pieces.get(mark.at)) else { return Vec::new() };
    let head = first.range.start();
    let moments = moments(&marks, candidates, head);
    // One time again and again is a story that is repeated.
    let distinct: BTreeSet<Moment> = moments.iter().flatten().copied().collect();
    if distinct.len() < LEAST {
        return Vec::new();
    }
    let signed: Vec<_> = marks.iter().map(|mark| clock_above(text, pieces, mark)).collect();
    for (mark, signed) in marks.iter().zip(&signed) {
        let signed = signed.and_then(|(at, _)| pieces.get_mut(at));
        signed.into_iter().for_each(|piece| piece.kind = Some(BlockKind::Byline));
        let kind = if mark.is_heading() { BlockKind::Heading } else { BlockKind::Stamp };
        pieces.get_mut(mark.at).into_iter().for_each(|piece| piece.kind = Some(kind));
    }
    let above = |mark: &Mark| {
        let kind = |at: &usize| pieces.get(*at).and_then(|piece| piece.kind);
        let before = (0..mark.at).rev().take(NAMES + 1);
        let mut names =
            before.skip_while(|at| matches!(kind(at), Some(BlockKind::Byline | BlockKind::Meta)));
        names.next().filter(|at| kind(at) == Some(BlockKind::Heading))
    };
    let headed = marks.iter().filter(|mark| above(mark).is_some()).count() * 2 > marks.len();
    let starts = marks.iter().zip(signed).map(|(mark, signed)| {
        let heading = mark.heading.or_else(|| above(mark).filter(|_| headed));
        let first = heading.map_or(mark.at, |heading| heading.min(mark.at));
        let start = || pieces.get(first).map(|piece| piece.range.start());
        signed.map(|(_, start)| start).or_else(start)
    });
    let posts = starts.zip(&marks).zip(moments).filter_map(|((start, mark), moment)| {
        let words = pieces.get(mark.at)?.range;
        let implied = !matches!(mark.time, Time::Full(_));
        Some(Post {
            start: start?,
            mark: words,
            told: !mark.is_heading(),
            moment: moment?,
            implied,
        })
    });
    posts.collect()
}

/// The line above a heading whose time is known that begins with the same clock time, as
/// where the name of who wrote the post is glued to it ("21:00Jane Roe"): its piece, and
/// where it starts.
fn clock_above(text: &str, pieces: &[Piece], mark: &Mark) -> Option<(usize, u32)> {
    let Time::Full(Moment::Time { at: moment, .. }) = mark.time else { return None };
    if !mark.is_heading() {
        return None;
    }
    let clock = moment.strftime("%H:%M").to_string();
    (0..mark.at).rev().take(NAMES).find_map(|at| {
        let range = pieces.get(at)?.range;
        // The clock may be a mark that was cut off.
        let before = text.get(..range.start() as usize)?;
        let near = before.floor_char_boundary(before.len().saturating_sub(SIGNED));
        let start = near + before.get(near..)?.rfind('\n').map_or(0, |end| end + 1);
        let line = TextRange::at(start, range.end() as usize)?.slice(text)?;
        let rest = line.strip_prefix(&clock)?;
        let signed = line.len() <= SIGNED && !rest.starts_with(|c: char| c.is_numeric());
        signed.then_some((at, start as u32))
    })
}

/// Stamps with a clock time and words behind them, with a word of publication or all
/// without.
fn marks(pieces: &[Piece], live: &Live, near: Option<Date>) -> Vec<Mark> {
    let told = |piece: &Piece| piece.kind.unwrap_or(BlockKind::Paragraph).is_prose();
    let mut marks: Vec<Mark> = Vec::new();
    let (mut telling, mut day) = (true, None);
    for (at, piece) in pieces.iter().enumerate() {
        let Some(mark) = mark(at, piece, live) else {
            telling |= told(piece);
            day = day_alone(piece, near).or(day);
            continue;
        };
        // Two stamps without a word between them: one time twice is one post's, another one
        // stands above the posts. A heading and a stamp are one post's, whose time is that of
        // its data.
        let last = marks.last_mut().filter(|_| !telling);
        if let Some(last) = last {
            match (last.heading, mark.heading) {
                (Some(heading), None) => {
                    let stamp = if last.is_heading() { mark } else { *last };
                    *last = Mark { time: last.time, heading: Some(heading), ..stamp };
                    continue;
                }
                (None, Some(_)) => {
                    *last = Mark { at: last.at, day: last.day, labelled: last.labelled, ..mark };
                    continue;
                }
                _ if last.time.minute() == mark.time.minute() => continue,
                _ => {}
            }
            marks.pop();
        }
        marks.push(Mark { day: day.take(), ..mark });
        telling = false;
    }
    if !telling {
        marks.pop();
    }
    // Where the posts have headings whose times are known, what stands above the first is
    // the page's own.
    let known = |mark: &Mark| mark.heading.is_some();
    if marks.iter().filter(|mark| known(mark)).count() * 2 > marks.len() {
        marks.drain(..marks.iter().position(known).unwrap_or(0));
    }
    let labelled = marks.iter().filter(|mark| mark.labelled).count() * 2 > marks.len();
    marks.retain(|mark| mark.labelled == labelled);
    marks
}

/// The day of a stamp that has no clock time: it stands above the posts of that day.
fn day_alone(piece: &Piece, near: Option<Date>) -> Option<Date> {
    let stamp = piece.stamp.as_ref().filter(|stamp| !stamp.labelled && stamp.clock.is_none())?;
    let full = stamp.dates.first().map(|date| date.moment.day());
    full.or_else(|| {
        let (month, day) = stamp.day?;
        nearest(month, day, near?)
    })
}

/// The time of a post, where a piece is its stamp: a change is none, nor the first
/// publication of all.
fn mark(at: usize, piece: &Piece, live: &Live) -> Option<Mark> {
    let told = |lines: &[(TextRange, Moment)]| {
        let found = lines.binary_search_by_key(&piece.range.start(), |(line, _)| line.start());
        let found = found.ok().and_then(|at| lines.get(at));
        found.filter(|_| !matches!(piece.hint, Some(Hint::Noise(_)))).map(|(_, moment)| *moment)
    };
    for (lines, heading) in [(&live.times, false), (&live.headings, true)] {
        if let Some(moment) = told(lines) {
            let time = Time::Full(moment);
            let heading = heading.then_some(at);
            return Some(Mark { at, time, day: None, labelled: false, heading });
        }
    }
    let stamp = piece.stamp.as_ref().filter(|_| piece.kind == Some(BlockKind::Stamp))?;
    let clock = stamp.clock?;
    let time = match (stamp.dates.first(), stamp.day) {
        (Some(date), _) if date.is_change() || date.said == Some(StampWord::First) => return None,
        (Some(date), _) => Time::Full(date.moment),
        (None, _) if stamp.changed => return None,
        (None, Some((month, day))) => Time::Yearless(month, day, clock),
        (None, None) => Time::Bare(clock),
    };
    Some(Mark { at, time, day: None, labelled: stamp.labelled, heading: None })
}

/// When the posts were written. Clock times alone run backwards from the page's last day or
/// forwards from its first, past midnight and from the days that stand between them; where
/// nothing else tells a later day, none is before the page was first published.
fn moments(marks: &[Mark], candidates: &[DateCandidate], head: u32) -> Vec<Option<Moment>> {
    let own = candidates.iter().filter(|one| {
        one.range.is_none_or(|range| range.start() < head)
            && matches!(
                one.kind,
                CandidateKind::Metadata | CandidateKind::Stamp | CandidateKind::Modified
            )
    });
    let own: Vec<(CandidateKind, Date)> = own.map(|one| (one.kind, one.moment.day())).collect();
    let first = own.iter().map(|(_, day)| *day).min();
    let last = own.iter().map(|(_, day)| *day).max();
    let minutes: Vec<i32> = marks.iter().filter_map(|mark| mark.time.minute()).collect();
    // Towards the order in which they lie closer together.
    let pairs = minutes.iter().zip(minutes.iter().skip(1));
    let ahead: i64 = pairs.map(|(one, next)| i64::from((next - one).rem_euclid(DAY))).sum();
    let newest_first = ahead * 2 > (minutes.len() as i64 - 1) * i64::from(DAY);
    let mut day = if newest_first { last } else { first };
    let mut before: Option<i32> = None;
    let mut sure = false;
    let mut out: Vec<Option<Moment>> = Vec::with_capacity(marks.len());
    for (at, mark) in marks.iter().enumerate() {
        let minute = mark.time.minute();
        let out_of_order = before
            .zip(minute)
            .map(|(before, minute)| if newest_first { minute - before } else { before - minute });
        let least = if at == 1 { PINNED } else { TURN };
        let turned = out_of_order.is_some_and(|by| by > least);
        sure |= mark.day.is_some() || !matches!(mark.time, Time::Bare(_));
        day = match mark.time {
            Time::Full(moment) => Some(moment.day()),
            Time::Yearless(month, date, _) => last.and_then(|near| nearest(month, date, near)),
            Time::Bare(_) if mark.day.is_some() => mark.day,
            Time::Bare(_) if turned && newest_first => day.and_then(|day| day.yesterday().ok()),
            Time::Bare(_) if turned => day.and_then(|day| day.tomorrow().ok()),
            Time::Bare(_) => day,
        };
        before = minute.or(before);
        out.push(match mark.time {
            Time::Full(moment) => Some(moment),
            Time::Yearless(.., clock) | Time::Bare(clock) => {
                day.map(|day| clock.on(Moment::Day(day)))
            }
        });
    }
    let changed = own.iter().any(|(kind, _)| *kind == CandidateKind::Modified);
    let oldest = out.iter().flatten().map(|moment| moment.day()).min();
    let early = first.zip(oldest).map_or(0, |(first, oldest)| (first - oldest).get_days());
    if early > 0 && !sure && !changed {
        out.iter_mut().flatten().for_each(|moment| *moment = later(*moment, early));
    }
    out
}

/// `moment` so many days later.
fn later(moment: Moment, days: i32) -> Moment {
    let by = jiff::Span::new().days(days);
    match moment {
        Moment::Time { at, offset } => at.checked_add(by).map(|at| Moment::Time { at, offset }),
        Moment::Day(day) => day.checked_add(by).map(Moment::Day),
    }
    .unwrap_or(moment)
}

/// Whether a title says that its page is a live one: a part of it is "Live" or ends so
/// ("Harbour vote live: the plan fails", "as it happened"), or it opens with several such
/// words ("Live updates from the harbour vote").
pub(crate) fn is_live(title: &str, lexicon: &Lexicon) -> bool {
    let folded = title.to_lowercase().replace(" - ", " | ");
    let parts = folded.split([':', '|', '–', '—', '.', '!', '•', ';']).map(str::trim);
    lexicon.class("live").any(|phrase| {
        let opens = phrase.contains(' ') && folded.starts_with(phrase);
        let ends = |part: &str| {
            let before = part.strip_suffix(phrase);
            before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
        };
        opens || parts.clone().any(ends)
    })
}

/// A page with these posts as briefs, what stands above the first before them.
pub(crate) fn split(page: Parsed, posts: &[Post]) -> Vec<Parsed> {
    let Some(first) = posts.first() else { return vec![page] };
    let Parsed { source, brief, member, diagnostics } = page;
    let end = source.range().end();
    let ends = posts.iter().skip(1).map(|post| post.start).chain([end]);
    let head = Some((None, 0, first.start)).filter(|_| first.start > 0);
    let parts = posts.iter().zip(ends).map(|(post, end)| (Some(post), post.start, end));
    let mut diagnostics = Some(diagnostics);
    let part = |(post, from, to): (Option<&Post>, u32, u32)| {
        let range = TextRange::new(from, to)?;
        let within = |one: &TextRange| from <= one.start() && one.end() <= to;
        let first = brief.blocks.partition_point(|block| block.range.start() < from);
        let here = brief.blocks.iter().skip(first).take_while(|block| block.range.start() < to);
        let back = |one: TextRange| TextRange::new(one.start() - from, one.end() - from);
        let mut blocks: Vec<Block> = Vec::new();
        for block in here {
            let holes = block.holes.iter().filter_map(|hole| back(*hole)).collect();
            blocks.push(Block { range: back(block.range)?, holes, ..block.clone() });
        }
        let mut metadata = brief.metadata.clone();
        metadata.other.insert(Metadata::PAGE.to_string(), source.id().to_string());
        let candidates = match post {
            Some(post) => {
                let mark = back(post.mark)?;
                crown(&mut blocks, mark);
                metadata.published = Some(post.moment);
                let (kind, words) = if post.told {
                    (CandidateKind::Stamp, Some(mark))
                } else {
                    (CandidateKind::Metadata, None)
                };
                let own = DateCandidate::new(kind, words, post.moment);
                vec![DateCandidate { year_implied: post.implied, ..own }]
            }
            None => {
                let own = |one: &&DateCandidate| one.range.is_none_or(|range| within(&range));
                brief.candidates.iter().filter(own).cloned().collect()
            }
        };
        let brief = Brief { blocks, candidates, language: brief.language.clone(), metadata };
        let diagnostics = diagnostics.take().unwrap_or_default();
        Some(Parsed { source: source.part(range)?, brief, member: member.clone(), diagnostics })
    };
    head.into_iter().chain(parts).filter_map(part).collect()
}

/// The heading right before or right behind the stamp is the headline of the post, or what
/// it is known by.
fn crown(blocks: &mut [Block], mark: TextRange) {
    let Some(at) = blocks.iter().position(|block| block.range == mark) else { return };
    let heading = |at: &usize| blocks.get(*at).is_some_and(|b| b.kind == BlockKind::Heading);
    let kind = |at: &usize| blocks.get(*at).map(|block| block.kind);
    let name = |at: &usize| matches!(kind(at), Some(BlockKind::Byline | BlockKind::Meta));
    let behind = (at + 1..blocks.len()).take(NAMES + 1).find(|at| !name(at)).filter(heading);
    let own = Some(at).filter(heading);
    let near = own.or_else(|| (0..at).rev().take(NAMES + 1).find(heading)).or(behind);
    let block = near.and_then(|at| blocks.get_mut(at));
    block.into_iter().for_each(|block| block.kind = BlockKind::Headline);
}
