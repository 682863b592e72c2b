//! When a page was published: the candidates that parse found, ranked by the table of
//! evidence. A modified or a fetched day never passes as the day of publication.

use std::collections::BTreeSet;

use dateline_model::{BlockKind, Brief, CandidateKind, DateCandidate, Moment};

use crate::Lexicon;

/// The candidate that says when the page was published.
pub(crate) fn evidence<'a>(brief: &'a Brief, lexicon: &Lexicon) -> Option<&'a DateCandidate> {
    let listed = is_listed(brief);
    let candidates = brief.candidates.iter().enumerate();
    let candidates = candidates.filter(|(_, candidate)| !listed(candidate));
    let ranked = candidates.filter_map(|(at, candidate)| {
        let rank = lexicon.evidence(&name(candidate)?)?;
        Some((rank, at, candidate))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, at, _)| (*rank, *at));
    let ranked: Vec<_> = ranked.into_iter().map(|(_, _, candidate)| candidate).collect();
    let best = *ranked.first()?;
    let best = as_addressed(brief, best, &ranked).unwrap_or(best);
    Some(as_first_printed(brief, best, &ranked).unwrap_or_else(|| as_printed(brief, best)))
}

/// The day in the page's own address, where the best that is printed is another, bare and
/// below the first words: that of another story.
fn as_addressed<'a>(
    brief: &Brief,
    best: &DateCandidate,
    ranked: &[&'a DateCandidate],
) -> Option<&'a DateCandidate> {
    let below = is_below(brief)(best);
    let address = ranked.iter().find(|other| other.kind == CandidateKind::Address);
    address.filter(|other| below && other.moment.day() != best.moment.day()).copied()
}

/// Whether a candidate is a bare day below the first words of the page.
pub(crate) fn is_below(brief: &Brief) -> impl Fn(&DateCandidate) -> bool + use<> {
    let told = brief.blocks.iter().find(|block| block.kind == BlockKind::Paragraph);
    let told = told.map_or(u32::MAX, |block| block.range.start());
    move |candidate| {
        candidate.kind == CandidateKind::Stamp
            && candidate.field.is_none()
            && candidate.range.is_some_and(|range| range.start() > told)
    }
}

/// Bare days of a page below its first words, all different, of which none is its own.
const LISTED: usize = 4;

/// Whether a candidate is one of the days of a table or a list: bare, below the first words
/// of the page, one of several that all differ.
pub(crate) fn is_listed(brief: &Brief) -> impl Fn(&DateCandidate) -> bool {
    let below = is_below(brief);
    let bare = brief.candidates.iter().filter(|candidate| below(candidate));
    let days: BTreeSet<_> = bare.map(|candidate| candidate.moment.day()).collect();
    move |candidate| days.len() >= LISTED && below(candidate)
}

/// The earlier day that the page prints, where the data say that it was published at the
/// moment of its last change: such systems write the one into the other.
fn as_first_printed<'a>(
    brief: &Brief,
    best: &DateCandidate,
    ranked: &[&'a DateCandidate],
) -> Option<&'a DateCandidate> {
    let renewed = best.kind == CandidateKind::Metadata
        && brief.candidates.iter().any(|other| {
            other.kind == CandidateKind::Modified
                && other.range.is_none()
                && other.moment == best.moment
        });
    let stamps = || ranked.iter().filter(|other| other.kind == CandidateKind::Stamp);
    // A page that prints that day, too, has the others for other stories.
    let printed = stamps().any(|other| other.moment.day() == best.moment.day());
    let earlier = stamps().find(|other| other.moment.day() < best.moment.day());
    earlier.filter(|_| renewed && !printed).copied()
}

/// The name of a candidate in the table.
fn name(candidate: &DateCandidate) -> Option<String> {
    match (candidate.kind, &candidate.field) {
        (CandidateKind::Metadata | CandidateKind::Stamp, Some(field)) => Some(field.clone()),
        (CandidateKind::Metadata, None) => Some("json-ld".to_string()),
        (CandidateKind::Stamp, None) => Some("stamp".to_string()),
        (CandidateKind::Address, _) => Some("address".to_string()),
        _ => None,
    }
}

/// The same instant in the zone of the page, where another candidate tells it so: systems
/// write UTC, the page says its own day.
fn as_printed<'a>(brief: &'a Brief, best: &'a DateCandidate) -> &'a DateCandidate {
    let Moment::Time { offset: Some(0), .. } = best.moment else { return best };
    let instant = utc(best.moment);
    let same = brief.candidates.iter().find(|other| {
        matches!(other.kind, CandidateKind::Metadata | CandidateKind::Stamp)
            && matches!(other.moment, Moment::Time { offset: Some(offset), .. } if offset != 0)
            && utc(other.moment) == instant
    });
    same.unwrap_or(best)
}

/// A time of day in UTC, to the minute.
fn utc(moment: Moment) -> Option<jiff::civil::DateTime> {
    let Moment::Time { at, offset: Some(offset) } = moment else { return None };
    let at = at.checked_sub(jiff::Span::new().minutes(i64::from(offset))).ok()?;
    at.with().second(0).subsec_nanosecond(0).build().ok()
}
