//! `timeline.csv`: an event a row (RFC 4180), for spreadsheets. Its two last columns are
//! empty: what a person writes there, and what is changed of title and days, reads back as
//! decisions ([`read`]).

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use ::csv::{ReaderBuilder, Terminator, WriterBuilder};
use dateline_model::{Event, Moment};

use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss, edtf, words};

/// The columns, in order.
pub const COLUMNS: [&str; 29] = [
    "id",
    "edtf",
    "earliest",
    "latest",
    "earliest_time",
    "latest_time",
    "placed",
    "shape",
    "kind",
    "dating",
    "approximate",
    "title",
    "summary",
    "who",
    "where",
    "country",
    "lat",
    "lon",
    "on_topic",
    "importance",
    "sources",
    "publishers",
    "independent",
    "conflict",
    "source",
    "url",
    "line",
    "decide",
    "note",
];

/// Writes the events of the timeline, in its order.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let places = Places::new(document.timeline, document.store);
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(sink);
    table.write_record(COLUMNS)?;
    for event in &document.timeline.events {
        let row = row(event, document, &places);
        table.write_record(row.iter().map(|cell| {
            if document.header.guard_formulas { guarded(cell) } else { cell.clone() }
        }))?;
    }
    table.flush()?;
    let mut lost = Losses::default();
    lost.events("citations after the first left out", document, |e| e.citations.len() > 1);
    lost.events("history left out", document, |event| !event.history.is_empty());
    lost.events("other possible days left out", document, |e| !e.when.alternatives.is_empty());
    lost.all_but_events(document);
    Ok(lost.list())
}

fn row(event: &Event, document: &Document<'_>, places: &Places<'_>) -> [String; COLUMNS.len()] {
    let when = &event.when;
    let (earliest, latest) = (when.interval.earliest(), when.interval.latest());
    let day = |moment: Option<Moment>| moment.map_or(String::new(), |at| at.day().to_string());
    let time = |moment: Option<Moment>| {
        moment.filter(|at| at.is_time()).map_or(String::new(), |at| at.to_string())
    };
    let (who, spots) = words::names(event);
    let located = event.places.iter().find(|place| place.coordinates.is_some());
    let located = located.or(event.places.first());
    let degrees = |micro: Option<i32>| {
        micro.map_or(String::new(), |micro| (f64::from(micro) / 1e6).to_string())
    };
    let conflict = event.conflicts.iter().flat_map(|conflict| &conflict.values);
    let conflict: Vec<String> = conflict.map(|value| edtf::write(value.interval, false)).collect();
    let cited = event.citations.first().map(|citation| citation.cut);
    let source = document.sources(event).next();
    [
        event.id.to_string(),
        edtf::write(when.interval, when.approximate),
        day(earliest),
        day(latest),
        time(earliest),
        time(latest),
        day(when.placed),
        when.shape.name().to_string(),
        event.kind.name().to_string(),
        when.dating.name().to_string(),
        when.approximate.to_string(),
        words::title(document.store, event),
        words::summary(document.store, event),
        who.join("; "),
        spots.join("; "),
        located.and_then(|place| place.country.clone()).unwrap_or_default(),
        degrees(located.and_then(|place| place.coordinates).map(|(lat, _)| lat)),
        degrees(located.and_then(|place| place.coordinates).map(|(_, lon)| lon)),
        event.on_topic.to_string(),
        event.importance.to_string(),
        event.corroboration.sources.to_string(),
        event.corroboration.publishers.to_string(),
        event.corroboration.independent.to_string(),
        conflict.join(" | "),
        source.map_or(String::new(), |source| words::shown(&source.label)),
        source.and_then(|source| source.metadata.url.clone()).unwrap_or_default(),
        cited.map_or(String::new(), |cut| places.line(cut.source, cut.range.start()).to_string()),
        String::new(),
        String::new(),
    ]
}

/// A cell that no spreadsheet takes for a formula (OWASP, "CSV injection").
fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_string() }
}

fn is_formula(cell: &str) -> bool {
    let number = cell.parse::<f64>().is_ok();
    !number && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The lines of a table, counted as it is read.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line, from 1, of the record that begins at `byte` or behind the line break there.
    fn of(&mut self, byte: u64) -> u64 {
        let start = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let breaks = self.text.iter().skip(start).take_while(|b| matches!(b, b'\r' | b'\n'));
        let end = start + breaks.count();
        let passed = self.text.get(self.at..end).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = end.max(self.at);
        self.line
    }
}

/// A row of a table that a person may have edited, by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// What stands in this column; empty where the table has none such. The apostrophe in
    /// front of what looked like a formula is taken off.
    pub fn cell(&self, column: &str) -> &str {
        let cell = self.cells.get(column).map_or("", |cell| cell.trim());
        cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
    }
}

/// A table as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Lines that are no row, and why.
    pub wrong: Vec<(u64, String)>,
}

/// Reads a table. Columns are known by their
/// names, in any order; a semicolon or tab between cells is taken as well, as some
/// spreadsheets write them.
pub fn read(mut bytes: impl Read) -> io::Result<Table> {
    let mut text = Vec::new();
    bytes.read_to_end(&mut text)?;
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    let head = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|byte| **byte == mark).count();
    let mark = [b',', b';', b'\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',');
    let mut table = ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(text);
    let columns = table.byte_headers().map_err(io::Error::from)?.clone();
    let columns: Vec<String> =
        columns.iter().map(|name| String::from_utf8_lossy(name).trim().to_string()).collect();
    let (mut out, mut lines) = (Table::default(), Lines { text, at: 0, line: 1 });
    for record in table.byte_records() {
        match record {
            Ok(record) => {
                let line = lines.of(record.position().map_or(0, ::csv::Position::byte));
                let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
                let cells = columns.iter().cloned().zip(cells).collect();
                out.rows.push(Row { line, cells });
            }
            Err(error) => {
                let line = lines.of(error.position().map_or(0, ::csv::Position::byte));
                out.wrong.push((line, error.to_string()));
            }
        }
    }
    Ok(out)
}
