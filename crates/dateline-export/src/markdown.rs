//! The timeline as Markdown (CommonMark), to read, send and paste.

use std::io::{self, Write};

use dateline_model::{Event, Moment, SourceStore, Timeline};

use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::place::Places;
use crate::{Document, Loss, words};

/// Writes the timeline.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    let Document { timeline, store, header, .. } = *document;
    let places = Places::new(timeline, store);
    writeln!(sink, "<!-- {SCHEMA} -->\n\n# {}\n", escape(header.title()))?;
    let account = timeline.account;
    writeln!(
        sink,
        "{} events from {} briefs. {} sentences: {} cited, {} set aside.",
        timeline.events.len(),
        account.briefs,
        account.sentences,
        account.cited,
        account.set_aside
    )?;
    let mut day: Option<Option<Moment>> = None;
    for event in timeline.events.iter().filter(|event| event.on_topic) {
        if day != Some(event.when.placed) {
            day = Some(event.when.placed);
            let title = event.when.placed.map_or("Undated".to_string(), |day| day.to_string());
            writeln!(sink, "\n## {title}\n")?;
        }
        write_event(event, &places, store, sink)?;
    }
    let mut off = timeline.events.iter().filter(|event| !event.on_topic).peekable();
    if off.peek().is_some() {
        writeln!(sink, "\n## Off topic\n")?;
    }
    for event in off {
        write_event(event, &places, store, sink)?;
    }
    write_rest(timeline, &places, store, sink)?;
    writeln!(sink, "\n---\n\n{} · lexicon {}", escape(&header.generator), escape(&header.lexicon))?;
    let mut lost = Losses::default();
    let bounds = |event: &Event| event.places.iter().any(|place| place.coordinates.is_some());
    lost.events("coordinates left out", document, bounds);
    Ok(lost.list())
}

fn write_event(
    event: &Event,
    places: &Places<'_>,
    store: &SourceStore,
    sink: &mut impl Write,
) -> io::Result<()> {
    let when = words::when(event.when.interval);
    let kind = event.kind.name();
    write!(sink, "- **{}** — {when}", escape(&words::title(store, event)))?;
    write!(sink, " ({kind}, {})", event.when.dating.name())?;
    if let Some(reason) = &event.topic_reason {
        write!(sink, ", off topic: {}", reason.name())?;
    }
    writeln!(sink)?;
    let list = |names: Vec<&str>| escape(&names.join(", "));
    if !event.who.is_empty() {
        writeln!(sink, "  - who: {}", list(event.who.iter().map(|p| p.name.as_str()).collect()))?;
    }
    if !event.places.is_empty() {
        writeln!(
            sink,
            "  - where: {}",
            list(event.places.iter().map(|p| p.name.as_str()).collect())
        )?;
    }
    for other in &event.when.alternatives {
        writeln!(sink, "  - or: {}", words::when(*other))?;
    }
    for value in event.conflicts.iter().flat_map(|conflict| &conflict.values) {
        let sources: Vec<&str> = value.sources.iter().map(|id| places.label(*id)).collect();
        writeln!(sink, "  - conflict: {} in {}", words::when(value.interval), list(sources))?;
    }
    for told in &event.history {
        writeln!(sink, "  - {} ({})", words::told(told), escape(places.label(told.source)))?;
    }
    if let Some(told) = words::corroboration(event) {
        writeln!(sink, "  - {told}")?;
    }
    for citation in &event.citations {
        let cut = citation.cut;
        let line = places.line(cut.source, cut.range.start());
        let quote = escape(&words::line(store, cut));
        writeln!(sink, "  - > {quote}  \n    {}:{line}", escape(places.label(cut.source)))?;
    }
    Ok(())
}

fn write_rest(
    timeline: &Timeline,
    places: &Places<'_>,
    store: &SourceStore,
    sink: &mut impl Write,
) -> io::Result<()> {
    if !timeline.set_aside.is_empty() {
        writeln!(sink, "\n## Set aside\n")?;
    }
    for (source, aside) in &timeline.set_aside {
        let cut = dateline_model::Cut { source: *source, range: aside.range };
        let quote = words::short(&words::line(store, cut), 120);
        let label = escape(places.label(*source));
        writeln!(sink, "- {}: {} ({label})", aside.reason.name(), escape(&quote))?;
    }
    writeln!(sink, "\n## Sources\n")?;
    for source in &timeline.sources {
        let reference =
            source.reference.moment.map_or("none".to_string(), |moment| moment.to_string());
        let basis = source.reference.basis.name();
        writeln!(sink, "- {} (speaks from {reference}, by {basis})", escape(&source.label))?;
    }
    if !timeline.failures.is_empty() {
        writeln!(sink, "\n## Not read\n")?;
    }
    for failure in &timeline.failures {
        writeln!(sink, "- {}: {}", escape(&failure.label), escape(&failure.reason))?;
    }
    Ok(())
}

/// Text that Markdown takes as text: no markup, no HTML, no link.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c if words::is_mark(c) => {}
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    // A scheme makes a link of bare text in many readers.
    out.replace("://", ":&#47;/")
}
