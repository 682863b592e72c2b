//! What was read of an input: the contract `dateline.parse/1`.

use std::io::{self, Write};

use dateline_model::{BlockKind, Moment, NormalizedBrief};
use dateline_text::Source;
use serde::Serialize;

use crate::Header;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    generator: &'a str,
    lexicon: &'a str,
    briefs: Vec<BriefView<'a>>,
    diagnostics: Vec<DiagnosticView<'a>>,
}

#[derive(Serialize)]
struct BriefView<'a> {
    headline: Option<&'a str>,
    deck: Option<&'a str>,
    published: Option<Moment>,
    reference: Option<Moment>,
    reference_basis: &'static str,
    language: Option<&'a str>,
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

/// Writes the briefs of one input as JSON, pretty-printed.
pub fn write<'a>(
    briefs: impl IntoIterator<Item = (&'a Source, &'a NormalizedBrief)>,
    header: &Header,
    sink: &mut impl Write,
) -> io::Result<()> {
    let (mut views, mut diagnostics) = (Vec::new(), Vec::new());
    for (source, brief) in briefs {
        views.push(view(source, brief));
        diagnostics.extend(brief.diagnostics.iter().map(|told| DiagnosticView {
            severity: told.severity.name(),
            code: &told.code,
            start: told.range.map(dateline_text::TextRange::start),
            end: told.range.map(dateline_text::TextRange::end),
            message: &told.message,
        }));
    }
    let document = Document {
        schema: "dateline.parse/1",
        generator: &header.generator,
        lexicon: &header.lexicon,
        briefs: views,
        diagnostics,
    };
    serde_json::to_writer_pretty(&mut *sink, &document)?;
    sink.write_all(b"\n")
}

fn view<'a>(source: &'a Source, brief: &'a NormalizedBrief) -> BriefView<'a> {
    let first = |kind: BlockKind| {
        let block = brief.blocks.iter().find(|block| block.kind == kind)?;
        source.slice(block.range)
    };
    BriefView {
        headline: first(BlockKind::Headline),
        deck: first(BlockKind::Deck),
        published: brief.published,
        reference: brief.reference.moment,
        reference_basis: brief.reference.basis.name(),
        language: brief.language.as_deref(),
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
