//! What was read of an input: the contract `dateline.parse/1`.

use std::cell::RefCell;
use std::io::{self, Write};

use dateline_model::{BlockKind, Diagnostic, Moment, NormalizedBrief};
use dateline_text::Source;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::Header;

#[derive(Serialize)]
#[serde(bound = "")]
struct Document<'a, I: Iterator<Item = (String, Source, NormalizedBrief)>> {
    schema: &'static str,
    generator: &'a str,
    lexicon: &'a str,
    briefs: Briefs<'a, I>,
    diagnostics: Told<'a>,
}

/// Briefs that are written as they come, so that only one is in memory.
struct Briefs<'a, I> {
    briefs: RefCell<I>,
    told: &'a RefCell<Vec<Diagnostic>>,
}

/// What there was to say of them, written behind them.
struct Told<'a>(&'a RefCell<Vec<Diagnostic>>);

impl<I: Iterator<Item = (String, Source, NormalizedBrief)>> Serialize for Briefs<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut briefs = self.briefs.borrow_mut();
        for (label, source, mut brief) in briefs.by_ref() {
            self.told.borrow_mut().append(&mut brief.diagnostics);
            list.serialize_element(&view(&label, &source, &brief))?;
        }
        list.end()
    }
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = self.0.borrow();
        serializer.collect_seq(told.iter().map(|told| DiagnosticView {
            severity: told.severity.name(),
            code: &told.code,
            start: told.range.map(dateline_text::TextRange::start),
            end: told.range.map(dateline_text::TextRange::end),
            message: &told.message,
        }))
    }
}

#[derive(Serialize)]
struct BriefView<'a> {
    label: &'a str,
    headline: Option<&'a str>,
    deck: Option<&'a str>,
    published: Option<Moment>,
    reference: Option<Moment>,
    reference_basis: &'static str,
    language: Option<&'a str>,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    authors: &'a [String],
    url: Option<&'a str>,
    archive_url: Option<&'a str>,
    retrieved: Option<Moment>,
    licence: Option<&'a str>,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Serialize)]
struct BlockView<'a> {
    kind: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    severity: &'static str,
    code: &'a str,
    start: Option<u32>,
    end: Option<u32>,
    message: &'a str,
}

/// Writes briefs with their labels as JSON, pretty-printed, each as it comes.
pub fn write(
    briefs: impl Iterator<Item = (String, Source, NormalizedBrief)>,
    header: &Header,
    sink: &mut impl Write,
) -> io::Result<()> {
    let told = RefCell::default();
    let document = Document {
        schema: "dateline.parse/1",
        generator: &header.generator,
        lexicon: &header.lexicon,
        briefs: Briefs { briefs: RefCell::new(briefs), told: &told },
        diagnostics: Told(&told),
    };
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

fn view<'a>(label: &'a str, source: &'a Source, brief: &'a NormalizedBrief) -> BriefView<'a> {
    let first = |kind: BlockKind| {
        let block = brief.blocks.iter().find(|block| block.kind == kind)?;
        source.slice(block.range)
    };
    let metadata = &brief.metadata;
    BriefView {
        label,
        headline: first(BlockKind::Headline),
        deck: first(BlockKind::Deck),
        published: brief.published,
        reference: brief.reference.moment,
        reference_basis: brief.reference.basis.name(),
        language: brief.language.as_deref(),
        title: metadata.title.as_deref(),
        publisher: metadata.publisher.as_deref(),
        authors: &metadata.authors,
        url: metadata.url.as_deref(),
        archive_url: metadata.archive_url.as_deref(),
        retrieved: metadata.retrieved,
        licence: metadata.licence.as_deref(),
        blocks: brief
            .blocks
            .iter()
            .map(|block| BlockView {
                kind: block.kind.name(),
                start: block.range.start(),
                end: block.range.end(),
                text: source.slice(block.range).unwrap_or(""),
            })
            .collect(),
    }
}
