//! What an event rests on: the reason for its date, what its sources say word for word and in
//! which they differ, and what was told of it one after another.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dateline_model::{Citation, Conflict, Cut, DateBasis, Dating, Event, Interval, Moment};
use dateline_text::{SourceId, TextRange};
use jiff::civil::Date;

use super::{Page, escape, say};
use crate::context::context;
use crate::words;

/// Most characters shown before and behind the words of a citation.
const CONTEXT: usize = 160;

impl Page<'_> {
    /// All of it, closed until it is asked for.
    pub(super) fn evidence(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        writeln!(sink, "<details><summary>{}</summary>", say::evidence(event))?;
        self.why(event, sink)?;
        for conflict in &event.conflicts {
            self.conflict(conflict, sink)?;
        }
        writeln!(sink, "<p class=\"label\">{}</p>", say::cited(event.citations.len()))?;
        for citation in &event.citations {
            self.citation(citation, sink)?;
        }
        self.history(event, sink)?;
        self.decided(event, sink)?;
        writeln!(sink, "</details>")
    }

    /// The reason for the date: which words, from where, read as what.
    fn why(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        let dating = say::dating(event.when.dating);
        writeln!(sink, "<p class=\"label\">{}</p><p class=\"why\">{dating}</p>", say::WHY)?;
        if event.when.basis.is_empty() {
            return Ok(());
        }
        let said = event.citations.iter().flat_map(|citation| {
            citation.dates.iter().map(|date| ((citation.cut.source, date.range), &date.value))
        });
        let said: BTreeMap<(SourceId, TextRange), &String> = said.collect();
        let mut readings: BTreeMap<(Option<Interval>, DateBasis), Vec<Cut>> = BTreeMap::new();
        for (cut, basis) in &event.when.basis {
            let value = said.get(&(cut.source, cut.range));
            readings.entry((value.and_then(|value| read(value)), *basis)).or_default().push(*cut);
        }
        writeln!(sink, "<ul class=\"why\">")?;
        for ((interval, basis), cuts) in readings {
            let days = interval.map_or(String::new(), |interval| {
                format!("<b>{}</b>, ", self.calendar.interval(interval))
            });
            let words: Vec<String> = cuts.into_iter().map(|cut| self.quoted(cut)).collect();
            writeln!(sink, "<li>{days}{}: {}</li>", say::basis(basis), words.join(", "))?;
        }
        writeln!(sink, "</ul>")
    }

    /// A few words, and their source.
    fn quoted(&self, cut: Cut) -> String {
        let words = escape(&words::line(self.document.store, cut));
        let (lang, source) = (self.lang(cut.source), self.source(cut.source));
        format!("<q dir=\"auto\"{lang}>{words}</q> ({source})")
    }

    /// The values side by side, with who says each, and after whom.
    fn conflict(&self, conflict: &Conflict, sink: &mut impl Write) -> io::Result<()> {
        writeln!(sink, "<p class=\"label\">{}</p>\n<ul class=\"sides\">", say::DIFFER)?;
        for value in &conflict.values {
            let when = self.calendar.interval(value.interval);
            write!(sink, "<li><b>{when}</b><ul>")?;
            let after: BTreeMap<SourceId, &str> =
                value.after.iter().map(|(source, speaker)| (*source, speaker.as_str())).collect();
            for source in &value.sources {
                let after = after.get(source).map_or(String::new(), |speaker| {
                    say::after(&format!("<bdi>{}</bdi>", escape(speaker)))
                });
                write!(sink, "<li>{}{after}</li>", self.source(*source))?;
            }
            writeln!(sink, "</ul></li>")?;
        }
        writeln!(sink, "</ul>")
    }

    /// The words cited, in the line they stand in, with their date expressions marked.
    fn citation(&self, citation: &Citation, sink: &mut impl Write) -> io::Result<()> {
        let Cut { source, range } = citation.cut;
        let (before, after) = context(self.document, citation.cut, CONTEXT);
        writeln!(
            sink,
            "<blockquote{}><p dir=\"auto\">{}<span class=\"cited\">{}</span>{}</p></blockquote>",
            self.lang(source),
            escape(&before),
            self.marked(citation),
            escape(&after)
        )?;
        let (line, column) = self.places.line_column(source, range.start());
        write!(
            sink,
            "<p class=\"source\">{}, line {line}, column {column} · {}",
            self.source(source),
            say::modality(citation.modality)
        )?;
        if let Some(speaker) = &citation.speaker {
            write!(sink, " · {}", say::says(&format!("<bdi>{}</bdi>", escape(speaker))))?;
        }
        if !citation.interval.is_unknown() {
            let when = self.calendar.interval(citation.interval);
            write!(sink, " · {}", say::by_these_words(&when))?;
        }
        if citation.dating == Dating::Implied {
            write!(sink, " · {}", self.speaks_from(source))?;
        }
        writeln!(sink, "</p>")
    }

    /// The words of a citation with its date expressions marked.
    fn marked(&self, citation: &Citation) -> String {
        let Cut { source, range } = citation.cut;
        let (mut out, mut at) = (String::new(), range.start());
        for date in citation.dates.iter().map(|date| date.range) {
            if date.start() < at || !range.contains(date) {
                continue;
            }
            out += &self.words(source, at, date.start());
            out += &format!("<mark>{}</mark>", self.words(source, date.start(), date.end()));
            at = date.end();
        }
        out + &self.words(source, at, range.end())
    }

    fn words(&self, source: SourceId, start: u32, end: u32) -> String {
        let range = TextRange::new(start, end);
        let words = range.and_then(|range| self.document.store.slice(source, range));
        words.map(escape).unwrap_or_default()
    }

    /// A link to a source.
    pub(super) fn source(&self, source: SourceId) -> String {
        let label = escape(self.places.label(source));
        if self.document.source(source).is_some() {
            format!("<a href=\"#{source}\"><bdi>{label}</bdi></a>")
        } else {
            format!("<bdi>{label}</bdi>")
        }
    }

    /// The day that a page speaks from, and how that is known.
    pub(super) fn speaks_from(&self, source: SourceId) -> String {
        let reference = self.document.source(source).map(|source| source.reference);
        let reference = reference.unwrap_or_default();
        match reference.moment {
            Some(moment) => {
                say::speaks_from(&self.calendar.time(moment), say::reference(reference.basis))
            }
            None => say::SPEAKS_FROM_NONE.to_string(),
        }
    }

    fn history(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        if event.history.is_empty() {
            return Ok(());
        }
        writeln!(sink, "<p class=\"label\">{}</p>\n<ol class=\"history\">", say::TOLD)?;
        for told in &event.history {
            let reported = told.reported.map_or(String::new(), |day| self.calendar.time(day));
            let when = self.calendar.interval(told.interval);
            let words = say::told(&reported, told.modality, &when);
            writeln!(sink, "<li>{words} ({})</li>", self.source(told.source))?;
        }
        writeln!(sink, "</ol>")
    }

    fn decided(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        for line in &event.decisions {
            let Some(decided) = self.decided.get(line) else { continue };
            let words = self.decision(decided);
            writeln!(sink, "<p class=\"note\">{}: {words}</p>", say::DECISIONS)?;
        }
        Ok(())
    }
}

/// The days of a TIMEX3 value, where it is a day, a moment, a month, a year or two of them.
fn read(value: &str) -> Option<Interval> {
    if let Some((from, to)) = value.split_once('/') {
        return Interval::new(read(from)?.earliest(), read(to)?.latest());
    }
    if let Ok(moment) = value.parse::<Moment>() {
        return Some(Interval::point(moment));
    }
    let day = |value: String| match value.parse::<Moment>() {
        Ok(Moment::Day(day)) => Some(day),
        _ => None,
    };
    let bounds = |first: Date, last: Date| Interval::new(Some(first.into()), Some(last.into()));
    match value.len() {
        4 => day(format!("{value}-01-01")).and_then(|day| bounds(day, day.last_of_year())),
        7 => day(format!("{value}-01")).and_then(|day| bounds(day, day.last_of_month())),
        _ => None,
    }
}
