//! `timeline.ics`: the events on a calendar (RFC 5545, with the properties of RFC 7986).
//! Which events is decided before; none is left out but those without any day. The stamp of
//! an event is the day of its last report, never the clock.

use std::io::{self, Write};

use dateline_model::{Event, Modality, Moment};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

use crate::loss::Losses;
use crate::{Document, Loss, id, span, words};

/// Most octets of a line, its break aside (RFC 5545, section 3.1).
const LONGEST: usize = 75;

/// Writes the calendar.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, header, .. } = *document;
    let mut out = Lines { sink };
    out.line("BEGIN:VCALENDAR")?;
    out.line("VERSION:2.0")?;
    out.line(&format!("PRODID:-//Dateline//{}//EN", text(&header.generator)))?;
    out.line(&format!("UID:{}", uuid(&id::timeline(timeline))))?;
    out.line(&format!("NAME:{}", text(header.title())))?;
    // What most programs show as the name; the one above is younger than they are.
    out.line(&format!("X-WR-CALNAME:{}", text(header.title())))?;
    let last = document.last_told();
    for event in &timeline.events {
        write_event(event, last, document, &mut out)?;
    }
    out.line("END:VCALENDAR")?;
    let mut lost = Losses::default();
    lost.events("without any day and left out", document, |event| span::of(event).is_none());
    lost.events("uncertainty dropped", document, |event| {
        span::of(event).is_some() && span::is_uncertain(event)
    });
    lost.events("conflicts told in words only", document, |event| !event.conflicts.is_empty());
    lost.all_but_events(document);
    Ok(lost.list())
}

fn write_event(
    event: &Event,
    last: Date,
    document: &Document<'_>,
    out: &mut Lines<'_, impl Write>,
) -> io::Result<()> {
    let store = document.store;
    let Some((start, end)) = bounds(event) else { return Ok(()) };
    out.line("BEGIN:VEVENT")?;
    out.line(&format!("UID:{}", uuid(&id::event(event.id))))?;
    out.line(&format!(
        "DTSTAMP:{}",
        instant(event.corroboration.last.unwrap_or(Moment::Day(last)))
    ))?;
    out.line(&format!("DTSTART{start}"))?;
    if let Some(end) = end {
        out.line(&format!("DTEND{end}"))?;
    }
    out.line(&format!("SUMMARY:{}", text(&words::title(store, event))))?;
    out.line(&format!("DESCRIPTION:{}", text(&description(event, document))))?;
    let (who, places) = words::names(event);
    if !places.is_empty() {
        out.line(&format!("LOCATION:{}", text(&places.join("; "))))?;
    }
    if let Some((lat, lon)) = event.places.iter().find_map(|place| place.coordinates) {
        out.line(&format!("GEO:{:.6};{:.6}", f64::from(lat) / 1e6, f64::from(lon) / 1e6))?;
    }
    let url = document
        .sources(event)
        .find_map(|source| source.metadata.url.as_deref().and_then(words::web));
    if let Some(url) = url {
        out.line(&format!("URL:{url}"))?;
    }
    let categories: Vec<String> = std::iter::once(event.kind.name())
        .chain(who.iter().map(String::as_str))
        .map(text)
        .collect();
    out.line(&format!("CATEGORIES:{}", categories.join(",")))?;
    out.line(&format!("STATUS:{}", status(event)))?;
    out.line("TRANSP:TRANSPARENT")?;
    out.line("END:VEVENT")
}

/// What begins behind DTSTART and DTEND. Two clock times are times; all else is whole days,
/// whose end is the day behind the last.
fn bounds(event: &Event) -> Option<(String, Option<String>)> {
    let span = span::of(event)?;
    if span.first.is_time() && span.last.is_time() {
        let end = (span.first < span.last).then(|| clock(span.last));
        return Some((clock(span.first), end));
    }
    let (first, last) = (span.first.day(), span.last.day());
    let behind = last.checked_add(1.day()).ok()?;
    // RFC 5545 has years of four digits.
    let day =
        |day: Date| format!(";VALUE=DATE:{:04}{:02}{:02}", day.year(), day.month(), day.day());
    (first.year() >= 0).then(|| (day(first), Some(day(behind))))
}

/// A clock time: in UTC where the zone is known, else as told, "floating".
fn clock(moment: Moment) -> String {
    match moment {
        Moment::Time { at, offset: Some(minutes) } => {
            let utc = at.checked_sub(i64::from(minutes).minutes()).unwrap_or(at);
            format!(":{}Z", digits(utc))
        }
        other => format!(":{}", digits(other.datetime())),
    }
}

fn digits(at: DateTime) -> String {
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}",
        at.year().max(0),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn instant(moment: Moment) -> String {
    let clock = clock(moment);
    format!("{}Z", clock.trim_start_matches(':').trim_end_matches('Z'))
}

fn status(event: &Event) -> &'static str {
    let cancelled = |modality: Modality| modality == Modality::Cancelled;
    match event.history.last() {
        Some(told) if cancelled(told.modality) => "CANCELLED",
        None if event.citations.iter().all(|told| cancelled(told.modality)) => "CANCELLED",
        _ if span::is_uncertain(event) => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

/// The summary, what is known of the date, and who says it.
fn description(event: &Event, document: &Document<'_>) -> String {
    let mut lines = vec![words::summary(document.store, event), words::dated(event)];
    for value in event.conflicts.iter().flat_map(|conflict| &conflict.values) {
        let sources = value.sources.iter().filter_map(|id| document.source(*id));
        let labels: Vec<String> = sources.map(|source| words::shown(&source.label)).collect();
        lines.push(format!("{}: {}", words::when(value.interval), labels.join(", ")));
    }
    lines.extend(document.sources(event).map(|source| {
        let name = source.metadata.publisher.as_deref().unwrap_or(&source.label);
        let url = source.metadata.url.as_deref().and_then(words::web);
        let url = url.map_or(String::new(), |url| format!(", {url}"));
        format!("{}{url}", words::shown(name))
    }));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn uuid(urn: &str) -> &str {
    urn.strip_prefix("urn:uuid:").unwrap_or(urn)
}

/// A value of type TEXT (section 3.3.11): no control character but the escaped line break.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

struct Lines<'a, W> {
    sink: &'a mut W,
}

impl<W: Write> Lines<'_, W> {
    /// A content line, folded: no line has more than 75 octets, and no character is cut.
    fn line(&mut self, line: &str) -> io::Result<()> {
        let (mut rest, mut most) = (line, LONGEST);
        while rest.len() > most {
            let cut = rest.floor_char_boundary(most).max(1);
            let (head, tail) = rest.split_at_checked(cut).unwrap_or((rest, ""));
            write!(self.sink, "{head}\r\n ")?;
            (rest, most) = (tail, LONGEST - 1);
        }
        write!(self.sink, "{rest}\r\n")
    }
}
