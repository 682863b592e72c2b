//! The dates that a page prints of itself, as candidates with their evidence. Which of
//! them the page speaks from is for normalize.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{BlockKind, CandidateKind, DateCandidate, Moment, Timex};
use dateline_text::TextRange;
use dateline_timex::DayOrder;
use jiff::civil::Date;

use crate::Context;
use crate::lexicon::StampWord;
use crate::piece::Piece;
use crate::stamp;

/// The longest headline whose dates are read, in bytes.
const LONGEST: u32 = 400;

/// The candidates of `pieces`, in the order of the text; `metadata` stand before them.
pub(crate) fn candidates(
    text: &str,
    pieces: &[Piece],
    metadata: Vec<DateCandidate>,
    context: Context<'_>,
) -> Vec<DateCandidate> {
    let mut out = metadata;
    for piece in pieces {
        match piece.kind {
            Some(BlockKind::Stamp) => stamps(piece, &mut out),
            Some(BlockKind::Headline) => titles(text, piece.range, context, &mut out),
            _ => {}
        }
    }
    let near = out
        .iter()
        .filter(|candidate| candidate.kind != CandidateKind::Modified)
        .map(|candidate| candidate.moment.day())
        .next()
        .or_else(|| latest_caption(text, pieces, context));
    for piece in pieces {
        if piece.kind == Some(BlockKind::Dateline) {
            out.extend(dateline(piece, near));
        }
        if piece.kind == Some(BlockKind::Stamp) {
            out.extend(place_in_stamp(text, piece, near, context));
        }
    }
    out.sort_by_key(|candidate| candidate.range.map_or(0, TextRange::start));
    out
}

/// "03/10/2023" is read as another day of the page supports it, else in the order of the
/// text's other numbers, where that is not in English as a day and its month; the other
/// reading stays beside it.
pub(crate) fn settle(
    text: &str,
    language: Option<&str>,
    candidates: &mut [DateCandidate],
    context: Context<'_>,
) {
    let sure = candidates.iter().filter(|one| one.alternative.is_none() && !one.year_implied);
    let sure: BTreeSet<Date> = sure.map(|candidate| candidate.moment.day()).collect();
    let supported = |moment: Moment| sure.contains(&moment.day());
    let mut ordered = None;
    for candidate in candidates {
        let Some(other) = candidate.alternative else { continue };
        let turned = match (supported(candidate.moment), supported(other)) {
            (false, false) => {
                let ordered = ordered.get_or_insert_with(|| in_order(text, language, context));
                let day = candidate.range.and_then(|range| {
                    let (_, (start, day)) = ordered.range(range.start() + 1..).next()?;
                    (*start < range.end()).then_some(*day)
                });
                day == Some(other.day())
            }
            (own, other) => other && !own,
        };
        if turned {
            candidate.alternative = Some(candidate.moment);
            candidate.moment = other;
        }
    }
}

/// The days of `text` as its own order reads them: where their words end, where they start.
fn in_order(
    text: &str,
    language: Option<&str>,
    context: Context<'_>,
) -> BTreeMap<u32, (u32, Date)> {
    let foreign = language.is_some_and(|language| language != "en");
    let order = if foreign { DayOrder::DayFirst } else { DayOrder::Auto };
    let speaks = dateline_timex::Context::default().with_day_order(order);
    let all = TextRange::at(0, text.len());
    let tagged = dateline_timex::tag_within(text, all.as_slice(), &speaks, context.timex);
    let day = |timex: &Timex| {
        Some((timex.range.end(), (timex.range.start(), stamp::full_day(timex)?.day())))
    };
    tagged.iter().filter_map(day).collect()
}

fn stamps(piece: &Piece, out: &mut Vec<DateCandidate>) {
    let Some(stamp) = &piece.stamp else { return };
    for date in &stamp.dates {
        let kind = if date.is_change() { CandidateKind::Modified } else { CandidateKind::Stamp };
        let field = match date.said {
            Some(StampWord::First) => Some("stamp first"),
            _ => stamp.labelled.then_some("stamp labelled"),
        };
        out.push(DateCandidate {
            alternative: date.alternative,
            field: field.map(str::to_string),
            ..DateCandidate::new(kind, Some(date.range), date.moment)
        });
    }
}

fn titles(text: &str, range: TextRange, context: Context<'_>, out: &mut Vec<DateCandidate>) {
    if range.len() > LONGEST {
        return;
    }
    for timex in stamp::tag(text, range, context) {
        let Some(day) = stamp::full_day(&timex) else { continue };
        let day = Moment::Day(day.day());
        out.push(DateCandidate::new(CandidateKind::Title, Some(timex.range), day));
    }
}

fn dateline(piece: &Piece, near: Option<Date>) -> Option<DateCandidate> {
    let dateline = piece.dateline.as_ref()?;
    let timex = dateline.date.as_ref()?;
    let full = stamp::full_day(timex);
    let day = match full {
        Some(day) => day.day(),
        None => {
            let (month, day) = stamp::month_and_day(timex)?;
            nearest(month, day, near?)?
        }
    };
    Some(DateCandidate {
        year_implied: full.is_none(),
        place: dateline.place,
        ..DateCandidate::new(CandidateKind::Dateline, Some(timex.range), Moment::Day(day))
    })
}

/// "NETHERLANDS, June 26 - News item | 26-06-2025": a place and a day without a year in
/// front of the stamp are a dateline.
fn place_in_stamp(
    text: &str,
    piece: &Piece,
    near: Option<Date>,
    context: Context<'_>,
) -> Option<DateCandidate> {
    let stamp = piece.stamp.as_ref().filter(|stamp| stamp.yearless && !stamp.dates.is_empty())?;
    let first = stamp.dates.first()?;
    let before = TextRange::new(piece.range.start(), first.range.start())?;
    let timex = stamp::tag(text, before, context)
        .into_iter()
        .find(|timex| stamp::month_and_day(timex).is_some())?;
    let (month, day) = stamp::month_and_day(&timex)?;
    let place = TextRange::new(before.start(), timex.range.start())?;
    let words = place.slice(text)?;
    let name = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    let place = TextRange::new(place.start(), place.start() + name.len() as u32)?;
    let day = Moment::Day(nearest(month, day, near?)?);
    Some(DateCandidate {
        year_implied: true,
        place: Some(place).filter(|place| !place.is_empty()),
        ..DateCandidate::new(CandidateKind::Dateline, Some(timex.range), day)
    })
}

/// The day in the year that brings it nearest to `near`.
pub(crate) fn nearest(month: i8, day: i8, near: Date) -> Option<Date> {
    let years = [near.year() - 1, near.year(), near.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| (*date - near).get_days().unsigned_abs())
}

/// The latest full date of a caption: without a stamp it lends its year to a dateline.
fn latest_caption(text: &str, pieces: &[Piece], context: Context<'_>) -> Option<Date> {
    let captions = pieces.iter().filter(|piece| piece.kind == Some(BlockKind::Caption));
    let dates = captions.filter(|piece| piece.range.len() < 4000).take(50).flat_map(|piece| {
        stamp::tag(text, piece.range, context)
            .into_iter()
            .filter_map(|timex| stamp::full_day(&timex).map(Moment::day))
    });
    dates.max()
}
