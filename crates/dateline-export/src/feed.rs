//! What the two feeds have in common: when an event was first and last told, as feeds write
//! it (RFC 3339), and its text. Nothing is taken from the clock.

use dateline_model::{Event, Moment, Timeline};

use crate::{Document, words};

/// When the event was first told and last told; the first day of our count where nothing
/// says.
pub(crate) fn told(event: &Event, timeline: &Timeline) -> (String, String) {
    let told = event.corroboration;
    let last = told.last.or(told.first);
    let last = last.map_or_else(|| updated(timeline), instant);
    (told.first.map_or_else(|| last.clone(), instant), last)
}

/// When the timeline was last changed, by its sources.
pub(crate) fn updated(timeline: &Timeline) -> String {
    let days = timeline.sources.iter().filter_map(|source| {
        source.published.map(|at| at.day()).max(source.reference.moment.map(|at| at.day()))
    });
    let last = days.max().filter(|day| day.year() >= 0);
    instant(Moment::Day(last.unwrap_or(jiff::civil::date(1970, 1, 1))))
}

/// RFC 3339. A day is its first moment, a clock time without zone is taken as UTC.
fn instant(moment: Moment) -> String {
    let at = moment.datetime();
    let day = format!("{:04}-{:02}-{:02}", at.year().max(0), at.month(), at.day());
    let clock = format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second());
    let zone = match moment {
        Moment::Time { offset: Some(minutes), .. } if minutes != 0 => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let minutes = minutes.unsigned_abs();
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
        _ => "Z".to_string(),
    };
    format!("{day}T{clock}{zone}")
}

/// The text of an entry: the summary, and what is known of the date.
pub(crate) fn text(event: &Event, document: &Document<'_>) -> String {
    let summary = words::summary(document.store, event);
    let summary = if summary.is_empty() { words::title(document.store, event) } else { summary };
    format!("{summary} ({})", words::dated(event))
}

/// The first address of the web that tells the event.
pub(crate) fn link<'a>(event: &'a Event, document: &Document<'a>) -> Option<&'a str> {
    let mut sources = words::sources(document, event);
    sources.find_map(|source| source.metadata.url.as_deref().and_then(words::web))
}
