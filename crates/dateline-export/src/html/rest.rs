//! What is not an event: sentences set aside, decisions, sources, and inputs not read.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dateline_model::{Cut, Decided, SetAsideReason, SourceInfo};
use dateline_text::{SourceId, TextRange};

use super::{Page, escape, say};
use crate::words;

impl Page<'_> {
    /// All of it.
    pub(super) fn rest(&self, sink: &mut impl Write) -> io::Result<()> {
        self.set_aside(sink)?;
        self.decisions(sink)?;
        self.all_sources(sink)?;
        self.failures(sink)
    }

    fn set_aside(&self, sink: &mut impl Write) -> io::Result<()> {
        let mut reasons: BTreeMap<SetAsideReason, Vec<(SourceId, TextRange)>> = BTreeMap::new();
        for (source, aside) in &self.document.timeline.set_aside {
            reasons.entry(aside.reason).or_default().push((*source, aside.range));
        }
        if reasons.is_empty() {
            return Ok(());
        }
        writeln!(
            sink,
            "<section><h2 id=\"set-aside\">{}</h2>\n<p class=\"note\">{}</p>",
            say::SET_ASIDE,
            say::SET_ASIDE_NOTE
        )?;
        for (reason, passages) in reasons {
            writeln!(
                sink,
                "<details class=\"aside\"><summary>{}: {}</summary><ul>",
                say::reason(reason),
                say::count(passages.len(), say::SENTENCE)
            )?;
            for (source, range) in passages {
                writeln!(
                    sink,
                    "<li><bdi{}>{}</bdi> <span class=\"source\">{}, line {}</span></li>",
                    self.lang(source),
                    escape(&words::line(self.document.store, Cut { source, range })),
                    self.source(source),
                    self.places.line(source, range.start())
                )?;
            }
            writeln!(sink, "</ul></details>")?;
        }
        writeln!(sink, "</section>")
    }

    fn decisions(&self, sink: &mut impl Write) -> io::Result<()> {
        let decisions = &self.document.timeline.decisions;
        if decisions.is_empty() {
            return Ok(());
        }
        writeln!(sink, "<section><h2 id=\"decisions\">{}</h2>\n<ul>", say::DECISIONS)?;
        for decided in decisions {
            let event = match decided.event {
                Some(id) => format!(" <a href=\"#{id}\">{}</a>", say::ITS_EVENT),
                None => format!(" {}", say::NO_SUCH_EVENT),
            };
            writeln!(sink, "<li>{};{event}</li>", self.decision(decided))?;
        }
        writeln!(sink, "</ul></section>")
    }

    /// One decision: what, by whom, why, and what came of it.
    pub(super) fn decision(&self, decided: &Decided) -> String {
        let decision = &decided.decision;
        let text = |words: &String| format!("<bdi>{}</bdi>", escape(words));
        let mut words = say::action(&decision.action).to_string();
        if let Some(by) = &decision.by {
            words += &say::by(&text(by));
        }
        for more in [&decision.note, &decided.message].into_iter().flatten() {
            words += &format!(": {}", text(more));
        }
        words
    }

    fn all_sources(&self, sink: &mut impl Write) -> io::Result<()> {
        let timeline = self.document.timeline;
        if timeline.sources.is_empty() {
            return Ok(());
        }
        let mut told: BTreeMap<SourceId, Vec<String>> = BTreeMap::new();
        for (source, one) in &timeline.diagnostics {
            let words = format!("{}: {}.", say::severity(one.severity), escape(&one.message));
            told.entry(*source).or_default().push(words);
        }
        writeln!(
            sink,
            "<section><h2 id=\"sources\">{}</h2>\n<ul class=\"sources\">",
            say::SOURCES
        )?;
        for source in &timeline.sources {
            writeln!(
                sink,
                "<li id=\"{}\"><b><bdi>{}</bdi></b>{}",
                source.id,
                escape(&source.label),
                self.about(source)
            )?;
            for words in told.get(&source.id).into_iter().flatten() {
                writeln!(sink, "<br><span class=\"note\">{words}</span>")?;
            }
            writeln!(sink, "</li>")?;
        }
        writeln!(sink, "</ul></section>")
    }

    /// What a source says of itself, and what is known of it.
    fn about(&self, source: &SourceInfo) -> String {
        let metadata = &source.metadata;
        let mut out = String::new();
        let lang = self.lang(source.id);
        if let Some(title) = &metadata.title {
            out += &format!("<br><cite><bdi{lang}>{}</bdi></cite>", escape(title));
        }
        let mut facts: Vec<String> = Vec::new();
        let names = metadata.authors.iter().chain(&metadata.publisher);
        facts.extend(names.map(|name| format!("<bdi>{}</bdi>", escape(name))));
        facts.extend(source.published.map(|day| say::published(&self.calendar.time(day))));
        facts.push(self.speaks_from(source.id));
        facts.extend(metadata.retrieved.map(|day| say::retrieved(&self.calendar.time(day))));
        facts.extend(source.language.as_ref().map(|code| say::language(&escape(code))));
        facts.extend(metadata.licence.as_ref().map(|words| say::licence(&escape(words))));
        facts.extend(source.copy_of.map(|other| say::copy_of(&self.source(other))));
        out += &format!("<br>{}", facts.join(" · "));
        for address in [&metadata.url, &metadata.archive_url].into_iter().flatten() {
            out += &format!("<br>{}", link(address));
        }
        out
    }

    fn failures(&self, sink: &mut impl Write) -> io::Result<()> {
        let failures = &self.document.timeline.failures;
        if failures.is_empty() {
            return Ok(());
        }
        writeln!(sink, "<section><h2 id=\"failures\">{}</h2>\n<ul>", say::FAILURES)?;
        for failure in failures {
            let (label, reason) = (escape(&failure.label), escape(&failure.reason));
            writeln!(sink, "<li><bdi>{label}</bdi>: <bdi>{reason}</bdi></li>")?;
        }
        writeln!(sink, "</ul></section>")
    }
}

/// An address of the web as a link. Any other is text, never a link.
fn link(address: &str) -> String {
    let shown = escape(address);
    match words::web(address) {
        Some(_) => format!("<a href=\"{shown}\" rel=\"noreferrer\">{shown}</a>"),
        None => format!("<bdi>{shown}</bdi>"),
    }
}
