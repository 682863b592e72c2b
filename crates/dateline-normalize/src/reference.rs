//! The day a brief speaks from: candidates ranked, never made up.

use dateline_model::{
    Block, BlockKind, Brief, CandidateKind, DateCandidate, Moment, Reference, ReferenceBasis,
    Timex, TimexType,
};
use jiff::ToSpan;

use crate::Given;
use crate::prose::inside;
use crate::publication::{is_below, is_listed};

/// The page's own reference date, from what it prints of itself or what the user gave;
/// captions come later, once their dates are read (see [`from_captions`]).
pub(crate) fn of_page(brief: &Brief, evidence: Option<&DateCandidate>, given: Given) -> Reference {
    if let Given::Force(moment) = given {
        return Reference { moment: Some(moment), basis: ReferenceBasis::Forced, evidence: None };
    }
    let stamp = stamp(brief, evidence).or(evidence);
    let dateline = first(brief, CandidateKind::Dateline);
    let metadata = brief.metadata.published.map(|moment| Reference {
        moment: Some(Moment::Day(moment.day())),
        basis: ReferenceBasis::Metadata,
        evidence: None,
    });
    let modified = first(brief, CandidateKind::Modified);
    let modified = modified.map(|candidate| by(candidate, ReferenceBasis::Stamp));
    match (stamp, dateline) {
        (Some(stamp), Some(dateline)) if dateline_wins(stamp, dateline) => {
            by(dateline, ReferenceBasis::Dateline)
        }
        (Some(stamp), _) if stamp.kind == CandidateKind::Stamp => by(stamp, ReferenceBasis::Stamp),
        (Some(stamp), _) => by(stamp, ReferenceBasis::Metadata),
        (None, Some(dateline)) if metadata.is_none() || !dateline.year_implied => {
            by(dateline, ReferenceBasis::Dateline)
        }
        (None, _) if metadata.is_some() => metadata.unwrap_or_default(),
        (None, _) => match (first(brief, CandidateKind::Title), given) {
            // A page that prints only when it was changed speaks from then.
            _ if modified.is_some() => modified.unwrap_or_default(),
            (Some(title), _) => by(title, ReferenceBasis::Title),
            (None, Given::FillIn(moment)) => {
                Reference { moment: Some(moment), basis: ReferenceBasis::Given, evidence: None }
            }
            (None, _) => Reference::default(),
        },
    }
}

/// The page's own stamp; one that lies days from what the markup says of publication is
/// that of another story.
fn stamp<'a>(brief: &'a Brief, evidence: Option<&DateCandidate>) -> Option<&'a DateCandidate> {
    let listed = is_listed(brief);
    let own =
        |candidate: &&DateCandidate| candidate.kind == CandidateKind::Stamp && !listed(candidate);
    let stamp = brief.candidates.iter().find(own)?;
    // The page's own address stands before a bare day below the text.
    let sure = |found: &&DateCandidate| match found.kind {
        CandidateKind::Address => is_below(brief)(stamp),
        kind => kind == CandidateKind::Metadata,
    };
    let Some(evidence) = evidence.filter(sure) else { return Some(stamp) };
    let apart = (stamp.moment.day() - evidence.moment.day()).get_days().unsigned_abs();
    let most = u32::from(evidence.kind == CandidateKind::Metadata);
    (apart <= most).then_some(stamp)
}

/// Wire copy speaks from its dateline, where that lies up to a day before the stamp.
fn dateline_wins(stamp: &DateCandidate, dateline: &DateCandidate) -> bool {
    let (stamp, dateline) = (stamp.moment.day(), dateline.moment.day());
    dateline.checked_add(1.day()).is_ok_and(|next| next == stamp)
}

/// The latest day of a caption that is no file photo: a lower bound of the page's day.
/// `shown` says of each block whether it is such a caption.
pub(crate) fn from_captions(
    blocks: &[Block],
    dates: &[Timex],
    shown: &dyn Fn(usize) -> bool,
) -> Reference {
    let latest = blocks
        .iter()
        .enumerate()
        .filter(|(at, block)| block.kind == BlockKind::Caption && shown(*at))
        .flat_map(|(_, block)| dates.get(inside(dates, block.range)).unwrap_or(&[]))
        .filter(|date| matches!(date.kind, TimexType::Date | TimexType::Time))
        .filter(|date| date.interval.is_one_day() && date.implied.is_empty())
        .filter_map(|date| Some((date.interval.latest()?.day(), date.range)))
        .max_by_key(|(day, range)| (*day, std::cmp::Reverse(*range)));
    match latest {
        Some((day, range)) => Reference {
            moment: Some(Moment::Day(day)),
            basis: ReferenceBasis::Caption,
            evidence: Some(range),
        },
        None => Reference::default(),
    }
}

fn first(brief: &Brief, kind: CandidateKind) -> Option<&DateCandidate> {
    brief.candidates.iter().find(|candidate| candidate.kind == kind)
}

/// A reference is a civil day as printed, never converted.
fn by(candidate: &DateCandidate, basis: ReferenceBasis) -> Reference {
    let moment = Some(Moment::Day(candidate.moment.day()));
    Reference { moment, basis, evidence: candidate.range }
}
