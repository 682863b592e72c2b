//! `timeline.sqlite`: the timeline as a database of strict tables (feature `sqlite`). It is
//! made in memory and written whole, so that the same timeline gives the same bytes.

use std::io::{self, Write};

use dateline_model::{Cut, Event, Interval, Moment, SourceInfo};
use rusqlite::{Connection, Transaction, params};

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss, edtf, words};

const TABLES: &str = include_str!("sqlite.sql");

/// Writes the database.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let mut database = Connection::open_in_memory().map_err(io::Error::other)?;
    fill(&mut database, document).map_err(io::Error::other)?;
    let bytes = database.serialize("main").map_err(io::Error::other)?;
    sink.write_all(&bytes)?;
    let mut lost = Losses::default();
    lost.events("days before the year 0 dropped", document, |event| {
        let interval = event.when.interval;
        [interval.earliest(), interval.latest()].into_iter().flatten().any(|at| !is_kept(at))
    });
    lost.note("left out", document.timeline.diagnostics.len(), "diagnostics");
    Ok(lost.list())
}

fn fill(database: &mut Connection, document: &Document<'_>) -> rusqlite::Result<()> {
    let Document { timeline, store, header, .. } = *document;
    database.execute_batch(TABLES)?;
    let all = database.transaction()?;
    let about = [
        ("schema", SCHEMA),
        ("generator", &header.generator),
        ("lexicon", &header.lexicon),
        ("title", header.title()),
    ];
    for (name, value) in about {
        all.execute("INSERT INTO about VALUES (?, ?)", [name, value])?;
    }
    for source in &timeline.sources {
        insert_source(&all, source)?;
    }
    let places = Places::new(timeline, store);
    for (position, event) in (0_i64..).zip(&timeline.events) {
        insert_event(&all, event, position, document)?;
        insert_citations(&all, event, document, &places)?;
        insert_parts(&all, event, document)?;
    }
    let mut row = all.prepare("INSERT INTO set_aside VALUES (?, ?, ?, ?, ?, ?)")?;
    for (source, aside) in &timeline.set_aside {
        let (start, end) = (aside.range.start(), aside.range.end());
        let quote = store.slice(*source, aside.range).unwrap_or_default();
        let line = places.line(*source, start);
        row.execute(params![source.to_string(), start, end, line, quote, aside.reason.name()])?;
    }
    drop(row);
    for failure in &timeline.failures {
        all.execute("INSERT INTO failures VALUES (?, ?)", [&failure.label, &failure.reason])?;
    }
    all.commit()
}

/// SQLite knows the days of the years 0 to 9999.
fn is_kept(moment: Moment) -> bool {
    moment.day().year() >= 0
}

fn day(moment: Option<Moment>) -> Option<String> {
    moment.filter(|at| is_kept(*at)).map(|at| at.day().to_string())
}

fn time(moment: Option<Moment>) -> Option<String> {
    moment.filter(|at| at.is_time() && is_kept(*at)).map(|at| at.to_string())
}

fn days(interval: Interval) -> (Option<String>, Option<String>) {
    (day(interval.earliest()), day(interval.latest()))
}

fn insert_source(all: &Transaction<'_>, source: &SourceInfo) -> rusqlite::Result<()> {
    let metadata = &source.metadata;
    let mut row = all.prepare_cached(
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    row.execute(params![
        source.id.to_string(),
        source.label,
        source.sha256,
        metadata.title,
        metadata.publisher,
        serde_json::to_string(&metadata.authors).unwrap_or_default(),
        metadata.url,
        metadata.archive_url,
        day(source.published),
        day(metadata.retrieved),
        metadata.licence,
        source.language,
        day(source.reference.moment),
        source.reference.basis.name(),
        source.copy_of.map(|original| original.to_string()),
    ])?;
    Ok(())
}

fn insert_event(
    all: &Transaction<'_>,
    event: &Event,
    position: i64,
    document: &Document<'_>,
) -> rusqlite::Result<()> {
    let when = &event.when;
    let (earliest, latest) = days(when.interval);
    let mut row = all.prepare_cached(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    row.execute(params![
        event.id.to_string(),
        position,
        words::title(document.store, event),
        words::summary(document.store, event),
        event.kind.name(),
        edtf::write(when.interval, when.approximate),
        earliest,
        latest,
        time(when.interval.earliest()),
        time(when.interval.latest()),
        day(when.placed),
        when.shape.name(),
        when.dating.name(),
        when.approximate,
        event.on_topic,
        event.importance,
        event.corroboration.sources,
        event.corroboration.publishers,
        event.corroboration.independent,
    ])?;
    for former in &event.formerly {
        let ids = [former.to_string(), event.id.to_string()];
        all.execute("INSERT OR IGNORE INTO formerly VALUES (?, ?)", ids)?;
    }
    Ok(())
}

fn insert_citations(
    all: &Transaction<'_>,
    event: &Event,
    document: &Document<'_>,
    places: &Places<'_>,
) -> rusqlite::Result<()> {
    let mut row =
        all.prepare_cached("INSERT INTO citations VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut date = all.prepare_cached("INSERT INTO dates VALUES (?, ?, ?, ?, ?, ?)")?;
    for citation in &event.citations {
        let Cut { source, range } = citation.cut;
        let (line, column) = places.line_column(source, range.start());
        row.execute(params![
            event.id.to_string(),
            source.to_string(),
            range.start(),
            range.end(),
            line,
            column,
            document.store.slice(source, range).unwrap_or_default(),
            citation.modality.name(),
            citation.speaker,
        ])?;
        let id = all.last_insert_rowid();
        for said in &citation.dates {
            let words = document.store.slice(source, said.range).unwrap_or_default();
            let (start, end) = (said.range.start(), said.range.end());
            date.execute(params![id, start, end, words, said.kind.name(), said.value])?;
        }
    }
    Ok(())
}

/// Names, places, other days, conflicts, history.
fn insert_parts(
    all: &Transaction<'_>,
    event: &Event,
    document: &Document<'_>,
) -> rusqlite::Result<()> {
    let id = event.id.to_string();
    let mut who = all.prepare_cached("INSERT INTO who VALUES (?, ?, ?, ?)")?;
    for party in &event.who {
        let words = words::line(document.store, party.as_written);
        who.execute(params![id, party.name, words, party.basis.name()])?;
    }
    let mut spot = all.prepare_cached("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for place in &event.places {
        let words = words::line(document.store, place.as_written);
        let lat = place.coordinates.map(|(lat, _)| f64::from(lat) / 1e6);
        let lon = place.coordinates.map(|(_, lon)| f64::from(lon) / 1e6);
        spot.execute(params![id, place.name, words, place.basis.name(), place.country, lat, lon])?;
    }
    let mut other = all.prepare_cached("INSERT INTO alternatives VALUES (?, ?, ?, ?)")?;
    for interval in &event.when.alternatives {
        let (earliest, latest) = days(*interval);
        other.execute(params![id, edtf::write(*interval, false), earliest, latest])?;
    }
    let mut differs =
        all.prepare_cached("INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    for conflict in &event.conflicts {
        for (at, value) in (0_i64..).zip(&conflict.values) {
            let (earliest, latest) = days(value.interval);
            let edtf = edtf::write(value.interval, false);
            for source in &value.sources {
                let after = value.after.iter().find(|(after, _)| after == source);
                let speaker = after.map(|(_, speaker)| speaker);
                differs.execute(params![
                    id,
                    conflict.about,
                    at,
                    edtf,
                    earliest,
                    latest,
                    source.to_string(),
                    speaker
                ])?;
            }
        }
    }
    let mut told = all.prepare_cached("INSERT INTO history VALUES (?, ?, ?, ?, ?)")?;
    for once in &event.history {
        told.execute(params![
            id,
            day(once.reported),
            once.source.to_string(),
            once.modality.name(),
            edtf::write(once.interval, false),
        ])?;
    }
    Ok(())
}
