//! The lists of days and events. An event shows what it is called, when it was and who took
//! part; it opens to its evidence.

use std::io::{self, Write};

use dateline_model::{Conflict, Event};

use super::days::Day;
use super::{Page, escape, say};
use crate::words;

impl<'a> Page<'a> {
    /// The events of the story.
    pub(super) fn events(&self, days: &[Day<'a>], sink: &mut impl Write) -> io::Result<()> {
        writeln!(sink, "<section class=\"list\"><h2 id=\"events\">{}</h2>", say::EVENTS)?;
        if self.document.timeline.events.is_empty() {
            writeln!(sink, "<p>{}</p>", say::NO_EVENTS)?;
        }
        writeln!(
            sink,
            "<div id=\"none\" hidden><p>{}</p><p><button type=\"button\" class=\"clear\">{}</button></p></div>",
            say::NONE_MATCH,
            say::CLEAR
        )?;
        for day in days {
            writeln!(sink, "<section class=\"day\" id=\"{}\">", day.id())?;
            self.day(day, sink)?;
        }
        writeln!(sink, "</section>")
    }

    /// What is off topic, in a section of its own.
    pub(super) fn off_topic(&self, days: &[Day<'a>], sink: &mut impl Write) -> io::Result<()> {
        if days.is_empty() {
            return Ok(());
        }
        writeln!(
            sink,
            "<section class=\"list\"><h2 id=\"off-topic\">{}</h2>\n<p class=\"note\">{}</p>",
            say::OFF_TOPIC,
            say::OFF_TOPIC_NOTE
        )?;
        for day in days {
            writeln!(sink, "<section class=\"day\">")?;
            self.day(day, sink)?;
        }
        writeln!(sink, "</section>")
    }

    fn day(&self, day: &Day<'a>, sink: &mut impl Write) -> io::Result<()> {
        let heading = day.date.map_or(format!("<b>{}</b>", say::UNDATED), |date| {
            self.calendar.heading(date, &day.events)
        });
        writeln!(sink, "<h3>{heading}</h3>\n<ol>")?;
        for event in &day.events {
            self.event(event, sink)?;
        }
        writeln!(sink, "</ol></section>")
    }

    fn event(&self, event: &'a Event, sink: &mut impl Write) -> io::Result<()> {
        let id = event.id;
        writeln!(
            sink,
            "<li class=\"event {}\" id=\"{id}\"{}>",
            event.kind.name(),
            self.facets.attributes(event)
        )?;
        self.former(event, sink)?;
        let title = words::title(self.document.store, event);
        let lang =
            if event.retitled.is_some() { String::new() } else { self.lang(event.title.source) };
        writeln!(
            sink,
            "<h4><bdi{lang}>{}</bdi> <a class=\"link\" href=\"#{id}\" aria-label=\"{}\">#</a></h4>",
            escape(&title),
            say::PERMALINK
        )?;
        writeln!(
            sink,
            "<p class=\"when\">{} · <span class=\"kind\">{}</span> · {}</p>",
            self.calendar.when(event),
            say::kind(event.kind),
            words::dating(event)
        )?;
        if let Some(reason) = &event.topic_reason {
            writeln!(sink, "<p class=\"note\">{}</p>", say::topic(reason))?;
        }
        let other = event.when.alternatives.iter().map(|other| self.calendar.interval(*other));
        let other: Vec<String> = other.collect();
        if !other.is_empty() {
            writeln!(sink, "<p class=\"note\">{}</p>", say::alternatives(&other))?;
        }
        for conflict in &event.conflicts {
            writeln!(sink, "<p class=\"differ\">{}</p>", self.differ(conflict))?;
        }
        self.names(event, sink)?;
        self.evidence(event, sink)?;
        writeln!(sink, "</li>")
    }

    /// Ids that the event had before: links to them still lead here.
    fn former(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        let mut ids: Vec<_> = event.formerly.clone();
        ids.sort_unstable();
        ids.dedup();
        for id in ids.iter().filter(|id| self.former.get(id) == Some(&event.id)) {
            write!(sink, "<span class=\"former\" id=\"{id}\"></span>")?;
        }
        Ok(())
    }

    /// In what the sources differ, in a line.
    fn differ(&self, conflict: &Conflict) -> String {
        let values = conflict.values.iter().map(|value| self.calendar.interval(value.interval));
        say::differ(&escape(&conflict.about), &values.collect::<Vec<_>>())
    }

    fn names(&self, event: &Event, sink: &mut impl Write) -> io::Result<()> {
        let list = |names: Vec<&str>| {
            let names = names.iter().map(|name| format!("<bdi>{}</bdi>", escape(name)));
            names.collect::<Vec<_>>().join(", ")
        };
        let who = list(event.who.iter().map(|party| party.name.as_str()).collect());
        let places = list(event.places.iter().map(|place| place.name.as_str()).collect());
        let parts = [(say::WHO, who), (say::WHERE, places)];
        if parts.iter().all(|(_, names)| names.is_empty()) {
            return Ok(());
        }
        write!(sink, "<p class=\"names\">")?;
        for (what, names) in parts.iter().filter(|(_, names)| !names.is_empty()) {
            write!(sink, "<span><b>{what}</b> {names}</span> ")?;
        }
        writeln!(sink, "</p>")
    }
}
