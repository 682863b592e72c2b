//! What the two feeds have in common: when an event was first and last told, as feeds write
//! it (RFC 3339), and its text. Nothing is taken from the clock.

use dateline_model::{Event, Moment};
use jiff::civil::Date;

use crate::{Document, words};

/// When the event was first told and last told; the day of the last report of all where
/// nothing says.
pub(crate) fn told(event: &Event, last: Date) -> (String, String) {
    let told = event.corroboration;
    let last = told.last.or(told.first).unwrap_or(Moment::Day(last));
    (instant(told.first.unwrap_or(last)), instant(last))
}

/// When the timeline was last changed, by its sources.
pub(crate) fn updated(last: Date) -> String {
    instant(Moment::Day(last))
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
pub(crate) fn link<'a>(event: &Event, document: &Document<'a>) -> Option<&'a str> {
    let mut sources = document.sources(event);
    sources.find_map(|source| source.metadata.url.as_deref().and_then(words::web))
}
