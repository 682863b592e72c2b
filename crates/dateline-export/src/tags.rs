//! Date expressions, and names and sentences where they are asked for: the contract `dateline.tag/1`, one line a document, text with carets,
//! and TimeML.

use std::io::{self, Write};

use dateline_model::{Alternative, Anchor, Grain, Joined, Mention, Moment, Timex, TimexType};
use dateline_text::{LineIndex, TextRange};
use serde::Serialize;
use serde_json::Value;

use crate::Header;
use crate::explain::{Note, carets};

/// A tagged text.
#[derive(Clone, Copy, Debug)]
pub struct Tagged<'a> {
    /// The text.
    pub text: &'a str,
    /// What relative dates were read against.
    pub reference: Option<Moment>,
    /// Its date expressions in order.
    pub dates: &'a [Timex],
    /// Its names in order, where they are asked for.
    pub names: Option<&'a [Mention]>,
    /// Its sentences in order, where they are asked for.
    pub sentences: Option<&'a [TextRange]>,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    generator: &'a str,
    lexicon: &'a str,
    reference: Option<Moment>,
    dates: Vec<DateView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<NameView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<SentenceView>>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    dates: Vec<DateView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<NameView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<SentenceView>>,
}

#[derive(Serialize)]
struct NameView<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    kind: &'static str,
    name: &'a str,
    key: &'a str,
    basis: &'static str,
    role: Option<&'a str>,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct SentenceView {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct DateView<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    r#type: &'static str,
    value: &'a str,
    r#mod: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quant: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    freq: Option<&'a str>,
    earliest: Option<Moment>,
    latest: Option<Moment>,
    grain: Option<&'static str>,
    approximate: bool,
    rule: &'a str,
    implied: Option<ImpliedView>,
    alternatives: Vec<AlternativeView<'a>>,
    parts: Vec<DateView<'a>>,
}

/// What the words do not say, and what it was taken from.
#[derive(Serialize)]
struct ImpliedView {
    grains: Vec<&'static str>,
    from: &'static str,
    moment: Option<Moment>,
    start: Option<u32>,
    end: Option<u32>,
}

#[derive(Serialize)]
struct AlternativeView<'a> {
    value: &'a str,
    earliest: Option<Moment>,
    latest: Option<Moment>,
}

/// Writes one object, pretty-printed.
pub fn json(tagged: Tagged<'_>, header: &Header, sink: &mut impl Write) -> io::Result<()> {
    let document = Document {
        schema: "dateline.tag/1",
        generator: &header.generator,
        lexicon: &header.lexicon,
        reference: tagged.reference,
        dates: views(tagged),
        names: names(tagged),
        sentences: sentences(tagged),
    };
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

/// Writes one date a line, then one name, then one sentence.
pub fn jsonl(tagged: Tagged<'_>, sink: &mut impl Write) -> io::Result<()> {
    rows(&views(tagged), sink)?;
    rows(&names(tagged).unwrap_or_default(), sink)?;
    rows(&sentences(tagged).unwrap_or_default(), sink)
}

fn rows(views: &[impl Serialize], sink: &mut impl Write) -> io::Result<()> {
    for view in views {
        serde_json::to_writer(&mut *sink, view)?;
        sink.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes `{ "id", "dates" }` as one line: the answer to one line of input.
pub fn line(id: &Value, tagged: Tagged<'_>, sink: &mut impl Write) -> io::Result<()> {
    let line =
        Line { id, dates: views(tagged), names: names(tagged), sentences: sentences(tagged) };
    serde_json::to_writer(&mut *sink, &line)?;
    sink.write_all(b"\n")
}

fn names(tagged: Tagged<'_>) -> Option<Vec<NameView<'_>>> {
    Some(tagged.names?.iter().map(|mention| name_view(tagged.text, mention)).collect())
}

fn name_view<'a>(text: &'a str, mention: &'a Mention) -> NameView<'a> {
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    NameView {
        start: mention.range.start(),
        end: mention.range.end(),
        text: mention.range.slice(text).unwrap_or(""),
        kind: mention.kind.name(),
        name: &mention.name,
        key: &mention.key,
        basis: mention.joined.name(),
        role: mention.role.as_deref(),
        country: mention.country.as_deref(),
        lat: mention.coordinates.map(|(lat, _)| degrees(lat)),
        lon: mention.coordinates.map(|(_, lon)| degrees(lon)),
    }
}

fn sentences(tagged: Tagged<'_>) -> Option<Vec<SentenceView>> {
    let view = |range: &TextRange| SentenceView { start: range.start(), end: range.end() };
    Some(tagged.sentences?.iter().map(view).collect())
}

/// Writes the lines that hold a date or a name, with carets under the words and behind
/// them what they mean.
pub fn text(tagged: Tagged<'_>, sink: &mut impl Write) -> io::Result<()> {
    let mut notes: Vec<Note> = tagged
        .dates
        .iter()
        .map(|date| Note {
            range: date.range,
            says: format!("{} {}", date.kind.name(), value(date)),
        })
        .collect();
    notes.extend(tagged.names.into_iter().flatten().map(|mention| {
        let from = match mention.joined {
            Joined::Text => String::new(),
            other => format!(" ({})", other.name()),
        };
        Note {
            range: mention.range,
            says: format!("{} {}{from}", mention.kind.name(), mention.name),
        }
    }));
    notes.sort_by_key(|note| note.range);
    carets(tagged.text, &LineIndex::new(tagged.text), &notes, sink)
}

/// Writes the text with inline TIMEX3 elements (TimeML 1.2.1).
pub fn timeml(tagged: Tagged<'_>, sink: &mut impl Write) -> io::Result<()> {
    let marks = tagged.dates.iter().map(|date| Marked {
        range: date.range,
        element: Some((
            date.kind,
            date.value.as_str(),
            [
                date.modifier.map(dateline_model::Modifier::name),
                date.quant.as_deref(),
                date.freq.as_deref(),
            ],
        )),
        instead: None,
    });
    timex3(tagged.text, tagged.reference, &marks.collect::<Vec<_>>(), sink)
}

/// Words of a text that are an element, or that something stands for.
pub(crate) struct Marked<'a> {
    /// The words.
    pub range: TextRange,
    /// The type, the value, and where they have one `mod`, `quant` and `freq` of TIMEX3.
    pub element: Option<(TimexType, &'a str, [Option<&'a str>; 3])>,
    /// What is written for the words.
    pub instead: Option<&'a str>,
}

/// A TimeML document. Marks are in order; one that begins inside another is passed over.
pub(crate) fn timex3(
    text: &str,
    reference: Option<Moment>,
    marks: &[Marked<'_>],
    sink: &mut impl Write,
) -> io::Result<()> {
    writeln!(sink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>")?;
    if let Some(reference) = reference {
        writeln!(
            sink,
            "<DCT><TIMEX3 tid=\"t0\" type=\"{}\" value=\"{reference}\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">{reference}</TIMEX3></DCT>",
            if reference.is_time() { "TIME" } else { "DATE" },
        )?;
    }
    write!(sink, "<TEXT>")?;
    let slice = |start: u32, end: u32| {
        let words = TextRange::new(start, end).and_then(|range| range.slice(text));
        xml(words.unwrap_or(""))
    };
    let mut at = 0;
    for (index, mark) in marks.iter().enumerate().filter(|(_, mark)| !mark.range.is_empty()) {
        if mark.range.start() < at {
            continue;
        }
        write!(sink, "{}", slice(at, mark.range.start()))?;
        at = mark.range.end();
        let words = mark.instead.map_or_else(|| slice(mark.range.start(), at), xml);
        let Some((kind, value, [modifier, quant, freq])) = mark.element else {
            write!(sink, "{words}")?;
            continue;
        };
        let attribute = |name: &str, value: Option<&str>| {
            value.map_or(String::new(), |value| format!(" {name}=\"{}\"", xml(value)))
        };
        write!(
            sink,
            "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"{}{}{}>{words}</TIMEX3>",
            index + 1,
            kind.name(),
            xml(value),
            attribute("mod", modifier),
            attribute("quant", quant),
            attribute("freq", freq),
        )?;
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    writeln!(sink, "{}</TEXT>\n</TimeML>", slice(at, end))
}

/// Text as XML text, mark for mark: a corpus is what was said, not what is shown. Characters
/// that XML 1.0 has no way to write are left out; a carriage return is written as a number,
/// for its readers take a plain one for the end of a line.
fn xml(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}

fn value(date: &Timex) -> String {
    match date.modifier {
        Some(modifier) => format!("{} {}", date.value, modifier.name()),
        None => date.value.clone(),
    }
}

fn views(tagged: Tagged<'_>) -> Vec<DateView<'_>> {
    tagged.dates.iter().map(|date| view(tagged.text, date)).collect()
}

fn view<'a>(text: &'a str, date: &'a Timex) -> DateView<'a> {
    DateView {
        start: date.range.start(),
        end: date.range.end(),
        text: date.range.slice(text).unwrap_or(""),
        r#type: date.kind.name(),
        value: &date.value,
        r#mod: date.modifier.map(dateline_model::Modifier::name),
        quant: date.quant.as_deref(),
        freq: date.freq.as_deref(),
        earliest: date.interval.earliest(),
        latest: date.interval.latest(),
        grain: date.grain.map(Grain::name),
        approximate: date.approximate,
        rule: &date.rule,
        implied: implied(date),
        alternatives: date.alternatives.iter().map(alternative).collect(),
        parts: date.parts.iter().map(|part| view(text, part)).collect(),
    }
}

fn alternative(other: &Alternative) -> AlternativeView<'_> {
    AlternativeView {
        value: &other.value,
        earliest: other.interval.earliest(),
        latest: other.interval.latest(),
    }
}

fn implied(date: &Timex) -> Option<ImpliedView> {
    let (from, moment, range) = match &date.anchor {
        Anchor::Words => return None,
        Anchor::Reference(moment) => ("reference", Some(*moment), None),
        Anchor::Earlier(range) => ("earlier", None, Some(*range)),
        Anchor::Event(range) => ("event", None, Some(*range)),
        Anchor::Missing => ("missing", None, None),
    };
    Some(ImpliedView {
        grains: date.implied.iter().map(|grain| grain.name()).collect(),
        from,
        moment,
        start: range.map(TextRange::start),
        end: range.map(TextRange::end),
    })
}
