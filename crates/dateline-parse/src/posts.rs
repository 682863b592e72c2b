//! Live pages: posts under one headline, each with a clock time of its own. Each is a brief
//! of its own, spoken from its own time; so is what stands above the first.

use std::collections::BTreeSet;

use dateline_model::{
    Block, BlockKind, Brief, CandidateKind, DateCandidate, Metadata, Moment, Parsed,
};
use dateline_text::TextRange;
use jiff::civil::Date;

use crate::dates::nearest;
use crate::lines::Hint;
use crate::piece::Piece;
use crate::stamp::Clock;
use crate::{Context, Lexicon};

/// Posts that make a page a live page, where its title says that it is one.
const LEAST: usize = 3;
/// The same where it does not, but every post has a stamp with its day.
const LEAST_DATED: usize = 2;
/// Seconds of a day.
const DAY: i32 = 24 * 60 * 60;
/// Words of a line that a markup gives a time, at most, in bytes.
const LONGEST: u32 = 60;

/// What markup says of the posts of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    /// Whether it names the page a live one.
    pub named: bool,
    /// The lines that it gives a time, in order.
    pub times: Vec<(TextRange, Moment)>,
}

/// A post of a live page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    /// Where it starts.
    start: u32,
    /// The words that say when it was written.
    stamp: TextRange,
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
    /// Whether a word says that it is of publication.
    labelled: bool,
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

impl Mark {
    /// Stamps of one form: those of posts have one, that of the page may have another.
    fn form(&self) -> (u8, bool) {
        let time = match self.time {
            Time::Full(_) => 0,
            Time::Yearless(..) => 1,
            Time::Bare(_) => 2,
        };
        (time, self.labelled)
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
    let marks = marks(pieces, &live.times);
    if marks.len() < LEAST_DATED {
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
    if !(dated || named && marks.len() >= LEAST) {
        return Vec::new();
    }
    let Some(first) = marks.first().and_then(|mark| pieces.get(mark.at)) else { return Vec::new() };
    let head = first.range.start();
    let moments = moments(&marks, candidates, head);
    // One time again and again is a story that is repeated.
    let distinct: BTreeSet<Moment> = moments.iter().flatten().copied().collect();
    if distinct.len() < LEAST_DATED {
        return Vec::new();
    }
    for mark in &marks {
        pieces.get_mut(mark.at).into_iter().for_each(|piece| piece.kind = Some(BlockKind::Stamp));
    }
    let above = |mark: &&Mark| {
        let before = mark.at.checked_sub(1).and_then(|at| pieces.get(at));
        before.is_some_and(|piece| piece.kind == Some(BlockKind::Heading))
    };
    let headed = marks.iter().filter(above).count() * 2 > marks.len();
    let starts = marks.iter().map(|mark| mark.at - usize::from(headed && above(&mark)));
    let posts = starts.zip(&marks).zip(moments).filter_map(|((start, mark), moment)| {
        let stamp = pieces.get(mark.at)?.range;
        let start = pieces.get(start)?.range.start();
        let implied = !matches!(mark.time, Time::Full(_));
        Some(Post { start, stamp, moment: moment?, implied })
    });
    posts.collect()
}

/// Stamps with a clock time and words behind them, all of the form that most of them have.
fn marks(pieces: &[Piece], times: &[(TextRange, Moment)]) -> Vec<Mark> {
    let told = |piece: &Piece| {
        let kind = piece.kind.unwrap_or(BlockKind::Paragraph);
        kind.is_prose() || matches!(kind, BlockKind::Bullet | BlockKind::Quote)
    };
    let mut marks: Vec<Mark> = Vec::new();
    let mut telling = true;
    for (at, piece) in pieces.iter().enumerate() {
        match mark(at, piece, times) {
            // Two stamps without a word between them are one post's.
            Some(mark) if telling => {
                marks.push(mark);
                telling = false;
            }
            Some(_) => {}
            None => telling |= told(piece),
        }
    }
    if !telling {
        marks.pop();
    }
    let form = |form: (u8, bool)| marks.iter().filter(|mark| mark.form() == form).count();
    let most = marks.iter().map(Mark::form).max_by_key(|one| form(*one));
    marks.into_iter().filter(|mark| Some(mark.form()) == most).collect()
}

/// The time of a post, where a piece is its stamp: a change of the page is none.
fn mark(at: usize, piece: &Piece, times: &[(TextRange, Moment)]) -> Option<Mark> {
    let told = times.binary_search_by_key(&piece.range.start(), |(line, _)| line.start()).ok();
    let told = told.and_then(|at| times.get(at)).filter(|(line, _)| line.len() <= LONGEST);
    if let Some((_, moment)) = told.filter(|_| !matches!(piece.hint, Some(Hint::Noise(_)))) {
        return Some(Mark { at, time: Time::Full(*moment), labelled: false });
    }
    let stamp = piece.stamp.as_ref().filter(|_| piece.kind == Some(BlockKind::Stamp))?;
    let clock = stamp.clock?;
    let labelled = stamp.labelled;
    let time = match (stamp.dates.first(), stamp.day) {
        (Some(date), _) if date.is_change() => return None,
        (Some(date), _) => Time::Full(date.moment),
        (None, Some((month, day))) => Time::Yearless(month, day, clock),
        (None, None) => Time::Bare(clock),
    };
    Some(Mark { at, time, labelled })
}

/// When the posts were written. Clock times alone run backwards from the page's last day or
/// forwards from its first, and past midnight.
fn moments(marks: &[Mark], candidates: &[DateCandidate], head: u32) -> Vec<Option<Moment>> {
    let own = candidates.iter().filter(|one| {
        one.range.is_none_or(|range| range.start() < head)
            && matches!(
                one.kind,
                CandidateKind::Metadata | CandidateKind::Stamp | CandidateKind::Modified
            )
    });
    let days: Vec<Date> = own.map(|one| one.moment.day()).collect();
    let clocks = marks.iter().filter_map(|mark| match mark.time {
        Time::Bare(clock) => Some(clock),
        _ => None,
    });
    let clocks: Vec<Clock> = clocks.collect();
    // Towards the order in which they lie closer together.
    let pairs = clocks.iter().zip(clocks.iter().skip(1));
    let steps = pairs.map(|(one, next)| (next.second() - one.second()).rem_euclid(DAY));
    let ahead: i64 = steps.map(i64::from).sum();
    let newest_first = ahead * 2 > (clocks.len() as i64 - 1) * i64::from(DAY);
    let mut day = if newest_first { days.iter().max() } else { days.iter().min() }.copied();
    let mut last: Option<Clock> = None;
    let moment = |mark: &Mark| match mark.time {
        Time::Full(moment) => Some(moment),
        Time::Yearless(month, date, clock) => {
            let near = days.iter().max().copied()?;
            Some(clock.on(Moment::Day(nearest(month, date, near)?)))
        }
        Time::Bare(clock) => {
            let turned = last.is_some_and(|last| {
                if newest_first {
                    clock.second() > last.second()
                } else {
                    clock.second() < last.second()
                }
            });
            last = Some(clock);
            if turned {
                day = day.and_then(|day| {
                    if newest_first { day.yesterday() } else { day.tomorrow() }.ok()
                });
            }
            Some(clock.on(Moment::Day(day?)))
        }
    };
    marks.iter().map(moment).collect()
}

/// Whether a title says that its page is a live one: a part of it is "Live", or it has
/// "live updates", "as it happened".
pub(crate) fn is_live(title: &str, lexicon: &Lexicon) -> bool {
    let folded = title.to_lowercase();
    let mut parts = folded.split([':', '|', '–', '—', '-', '.', '•']).map(str::trim);
    let word = |phrase: &str| !phrase.contains(' ');
    parts.any(|part| lexicon.is(part, "live"))
        || lexicon.class("live").any(|phrase| !word(phrase) && folded.contains(phrase))
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
        let back = |one: TextRange| TextRange::new(one.start() - from, one.end() - from);
        let mut blocks: Vec<Block> = Vec::new();
        for block in brief.blocks.iter().filter(|block| within(&block.range)) {
            let holes = block.holes.iter().filter_map(|hole| back(*hole)).collect();
            blocks.push(Block { range: back(block.range)?, holes, ..block.clone() });
        }
        let mut metadata = brief.metadata.clone();
        metadata.other.insert(Metadata::PAGE.to_string(), source.id().to_string());
        let candidates = match post {
            Some(post) => {
                crown(&mut blocks, back(post.stamp)?);
                metadata.published = Some(post.moment);
                let stamp = back(post.stamp);
                let own = DateCandidate::new(CandidateKind::Stamp, stamp, post.moment);
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

/// The heading right before or right behind the stamp is the headline of the post.
fn crown(blocks: &mut [Block], stamp: TextRange) {
    let Some(at) = blocks.iter().position(|block| block.range == stamp) else { return };
    let heading = |at: &usize| blocks.get(*at).is_some_and(|b| b.kind == BlockKind::Heading);
    let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().find(heading);
    let block = near.and_then(|at| blocks.get_mut(at));
    block.into_iter().for_each(|block| block.kind = BlockKind::Headline);
}
