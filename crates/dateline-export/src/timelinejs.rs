//! `timelinejs.json`: the events for TimelineJS 3 (Knight Lab). It drops a whole timeline for
//! one `null`, so that what is not there is left out. Its texts are HTML.

use std::io::{self, Write};

use dateline_model::{Event, Moment, Shape};
use dateline_text::source::sha256;
use serde::Serialize;

use crate::html::{base64, escape};
use crate::json::SCHEMA;
use crate::loss::Losses;
use crate::{Document, Loss, span, words};

#[derive(Serialize)]
struct Story {
    /// TimelineJS passes over what it does not know.
    dateline: &'static str,
    scale: &'static str,
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    unique_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
    /// It would make links of words, and leave some of them out.
    autolink: bool,
    text: Text,
}

#[derive(Serialize)]
struct Day {
    year: i16,
    month: i8,
    day: i8,
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute: Option<i8>,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

/// Writes the story.
pub fn write(document: &Document<'_>, sink: &mut impl Write) -> io::Result<Vec<Loss>> {
    serde_json::to_writer_pretty(&mut *sink, &story(document))?;
    sink.write_all(b"\n")?;
    Ok(lost(document))
}

/// TimelineJS as its user has it: none of it is part of this program.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// `js/timeline.js`.
    pub script: String,
    /// `css/timeline.css`.
    pub style: String,
    /// `css/icons/tl-icons.woff2`, the font of its icons.
    pub icons: Vec<u8>,
}

/// Writes one page with the story and TimelineJS in it. It works from disk and asks for
/// nothing: its policy allows no request.
pub fn page(
    document: &Document<'_>,
    bundle: &Bundle,
    sink: &mut impl Write,
) -> io::Result<Vec<Loss>> {
    // `<` in a string of JSON, so that nothing ends the script or begins a comment.
    let story = serde_json::to_string(&story(document))?.replace('<', "\\u003c");
    let start = format!(
        "new TL.Timeline('timeline', {story}, {{ font: null, hash_bookmark: true, ga_measurement_id: null, default_bg_color: 'white' }});"
    );
    let script = bundle.script.replace("</script", "<\\/script");
    let icons = format!("url(data:font/woff2;base64,{})", base64(&bundle.icons));
    let style = inline(&bundle.style, &icons).replace("</style", "<\\/style");
    let hash = |text: &str| format!("'sha256-{}'", base64(&sha256(text.as_bytes())));
    let (language, title) = (escape(document.header.language()), escape(document.header.title()));
    write!(
        sink,
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {} {}; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}; {SCHEMA}\">\n\
         <title>{title}</title>\n<style>{style}\nhtml,body{{height:100%;margin:0}}#timeline{{height:100%}}</style>\n\
         <body>\n<div id=\"timeline\"></div>\n\
         <script>{script}</script>\n<script>{start}</script>\n</body>\n</html>\n",
        hash(&script),
        hash(&start),
        escape(&document.header.generator),
    )?;
    Ok(lost(document))
}

/// A style whose files are in it: the one font it draws icons with, and no other file.
fn inline(style: &str, icons: &str) -> String {
    let mut out = String::with_capacity(style.len() + icons.len());
    let mut rest = style;
    while let Some((head, tail)) = rest.split_once("url(") {
        let (name, after) = tail.split_once(')').unwrap_or((tail, ""));
        out += head;
        if name.ends_with(".woff2") || name.ends_with(".woff2\"") {
            out += icons;
        } else if name.trim_start_matches(['"', '\'']).starts_with("data:") {
            out += &format!("url({name})");
        } else {
            out += "url(data:,)";
        }
        rest = after;
    }
    out + rest
}

fn story(document: &Document<'_>) -> Story {
    let timeline = document.timeline;
    Story {
        dateline: SCHEMA,
        scale: "human",
        title: Slide {
            unique_id: "timeline".to_string(),
            start_date: None,
            end_date: None,
            display_date: None,
            group: None,
            autolink: false,
            text: Text {
                headline: escape(document.header.title()),
                text: format!("<p>{} events</p>", timeline.events.len()),
            },
        },
        events: timeline.events.iter().filter_map(|event| slide(event, document)).collect(),
    }
}

fn lost(document: &Document<'_>) -> Vec<Loss> {
    let mut lost = Losses::default();
    lost.events("without any day and left out", document, |event| span::of(event).is_none());
    lost.events("uncertainty told in words only", document, |event| {
        span::of(event).is_some() && span::is_uncertain(event)
    });
    lost.events("zones left out", document, |event| {
        span::of(event)
            .is_some_and(|span| matches!(span.first, Moment::Time { offset: Some(_), .. }))
    });
    lost.all_but_events(document);
    lost.list()
}

fn slide(event: &Event, document: &Document<'_>) -> Option<Slide> {
    let span = span::of(event)?;
    let about = if event.when.approximate { "about " } else { "" };
    let inside =
        if event.when.shape == Shape::Within && !span.is_one_day() { "within " } else { "" };
    let display = format!("{about}{inside}{}", words::when(event.when.interval));
    Some(Slide {
        unique_id: event.id.to_string(),
        start_date: Some(day(span.first)),
        end_date: (span.first < span.last).then(|| day(span.last)),
        display_date: Some(escape(&display)),
        group: Some(event.kind.name()),
        autolink: false,
        text: Text {
            headline: escape(&words::title(document.store, event)),
            text: told(event, document),
        },
    })
}

fn day(moment: Moment) -> Day {
    let (day, at) = (moment.day(), moment.datetime());
    let clock = moment.is_time();
    Day {
        year: day.year(),
        month: day.month(),
        day: day.day(),
        hour: clock.then(|| at.hour()),
        minute: clock.then(|| at.minute()),
    }
}

/// The date in words, and each citation with its source.
fn told(event: &Event, document: &Document<'_>) -> String {
    let mut out = format!("<p>{}</p>", escape(&words::dated(event)));
    for citation in &event.citations {
        let quote = escape(&words::line(document.store, citation.cut));
        let source = document.source(citation.cut.source);
        let name = source.map_or("", |s| s.metadata.publisher.as_deref().unwrap_or(&s.label));
        let name = escape(&words::shown(name));
        let url = source.and_then(|s| s.metadata.url.as_deref()).and_then(words::web).map(escape);
        let name = match url {
            Some(url) => format!("<a href=\"{url}\" rel=\"noreferrer\">{name}</a>"),
            None => name,
        };
        out += &format!("<blockquote>{quote} <cite>{name}</cite></blockquote>");
    }
    out
}
