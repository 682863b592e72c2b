//! Raw input in, briefs out: blocks with byte ranges, and the dates that a page prints
//! of itself.
//!
//! | module | what |
//! |---|---|
//! | `input` | [`RawInput`], [`Context`], [`ParseError`] |
//! | `decode` | bytes to text, with a map back |
//! | `html` | markup to text, with a map back (feature `html`) |
//! | `lines` | lines, their marks, hard-wrapped lines joined |
//! | `transcript` | clock marks in front of lines |
//! | `piece` | lines cut into pieces of one kind each |
//! | `stamp`, `wire`, `picture` | what stamps, datelines and credits look like |
//! | `roles` | what each piece is, told by its neighbours |
//! | `dates` | the page's own dates, as candidates |
//! | `language` | the language of a brief |
//! | [`Lexicon`] | the tables of layout words |
//!
//! It never fails on content: whatever text comes in, blocks come out. It ranks no
//! dates and knows no site: rules look at position, form and repetition, and the tables
//! hold only fixed interface phrases, labels and the names of agencies.
//!
//! ```
//! use dateline_parse::{Context, Lexicon, RawInput, parse};
//!
//! let page = "Talks resume in Geneva\n\nGENEVA, June 2 (AP) -- Envoys met on Monday.\n";
//! let input = RawInput { label: "page.txt".into(), hint: None, reader: Box::new(page.as_bytes()) };
//! let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
//! let context = Context { lexicon: &lexicon, timex: &timex, max_bytes: 1 << 20 };
//! let parsed = parse(input, context).next().unwrap().unwrap();
//! let blocks: Vec<_> = parsed.brief.blocks.iter()
//!     .map(|block| (block.kind.name(), parsed.source.slice(block.range).unwrap()))
//!     .collect();
//! assert_eq!(blocks, [
//!     ("headline", "Talks resume in Geneva"),
//!     ("dateline", "GENEVA, June 2 (AP)"),
//!     ("paragraph", "Envoys met on Monday."),
//! ]);
//! ```

mod dates;
mod decode;
#[cfg(feature = "html")]
mod html;
mod input;
mod language;
mod lexicon;
mod lines;
mod picture;
mod piece;
mod roles;
mod stamp;
mod transcript;
mod wire;

#[cfg(test)]
mod tests;

use dateline_model::{Block, BlockKind, Brief, DateCandidate, Diagnostic, Metadata, Noise, Parsed};
use dateline_text::{Source, SourceBuilder, TextRange};

pub use input::{Context, ParseError, RawInput};
pub use lexicon::Lexicon;

use lines::Hint;

/// The briefs of one input.
pub fn parse<'a>(
    input: RawInput,
    context: Context<'a>,
) -> impl Iterator<Item = Result<Parsed, ParseError>> + 'a {
    std::iter::once_with(move || parse_one(input, context))
}

/// A text as read, before it has blocks.
struct Page {
    source: Source,
    hints: Vec<(TextRange, Hint)>,
    metadata: Metadata,
    candidates: Vec<DateCandidate>,
    diagnostics: Vec<Diagnostic>,
}

fn parse_one(input: RawInput, context: Context<'_>) -> Result<Parsed, ParseError> {
    let hint = input.hint.clone();
    let bytes = input::read_all(input, context.max_bytes)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ParseError::Empty);
    }
    let page = read(&bytes, hint.as_deref(), context)?;
    drop(bytes);
    if page.source.text().trim_start().is_empty() {
        return Err(ParseError::Empty);
    }
    let brief = structure(page.source.text(), &page.hints, page.metadata, page.candidates, context);
    Ok(Parsed { source: page.source, brief, diagnostics: page.diagnostics })
}

fn read(bytes: &[u8], hint: Option<&str>, context: Context<'_>) -> Result<Page, ParseError> {
    let decoded = decode::decode(bytes, hint)?;
    let mut builder = SourceBuilder::default();
    #[cfg(feature = "html")]
    if html::is_html(&decoded.text, hint) {
        let read = html::read(&decoded, &mut builder, context);
        return Ok(Page {
            source: builder.finish(bytes),
            hints: read.hints,
            metadata: read.metadata,
            candidates: read.candidates,
            diagnostics: decoded.diagnostics,
        });
    }
    decoded.copy(0, decoded.text.len(), &mut builder);
    Ok(Page {
        source: builder.finish(bytes),
        hints: Vec::new(),
        metadata: Metadata::default(),
        candidates: Vec::new(),
        diagnostics: decoded.diagnostics,
    })
}

/// Lines, pieces, kinds, blocks.
fn structure(
    text: &str,
    hints: &[(TextRange, Hint)],
    metadata: Metadata,
    candidates: Vec<DateCandidate>,
    context: Context<'_>,
) -> Brief {
    let (mut lines, mut spoken) = (Vec::new(), Vec::new());
    for (line, utterance) in transcript::join(text, lines::lines(text, hints)) {
        if utterance {
            spoken.push(line.range);
        }
        lines.push(line);
    }
    let mut pieces = piece::pieces(text, &lines, context);
    for piece in &mut pieces {
        if spoken.binary_search(&piece.range).is_ok() {
            piece.kind = Some(BlockKind::Paragraph);
            piece.stamp = None;
        }
    }
    roles::assign(text, &mut pieces, context.lexicon);
    let candidates = dates::candidates(text, &pieces, candidates, context);
    let mut blocks = Vec::with_capacity(pieces.len());
    let mut kinds = Vec::with_capacity(pieces.len());
    for piece in pieces.into_iter().filter(|piece| !piece.range.is_empty()) {
        let kind = piece.kind.unwrap_or(BlockKind::Paragraph);
        kinds.push((kind, piece.range));
        let why = match (kind, piece.hint, piece.phrase) {
            (BlockKind::Noise, Some(Hint::Noise(why)), _) => Some(why),
            (BlockKind::Noise, _, Some(_)) => Some(Noise::Phrase),
            (BlockKind::Noise, ..) => Some(Noise::Layout),
            _ => None,
        };
        let block = Block { kind, range: piece.range, holes: piece.holes, why };
        blocks.extend(without_agency(text, block, context));
    }
    let language = language::language(text, &kinds);
    Brief { blocks, candidates, language, metadata }
}

/// A caption that ends with an agency's name in brackets is a caption and a credit; in
/// other blocks the name is the text's.
fn without_agency(text: &str, block: Block, context: Context<'_>) -> Vec<Block> {
    let words = block.range.slice(text).unwrap_or_default();
    let credit = match block.kind {
        BlockKind::Caption if words.ends_with([')', ']']) && block.holes.is_empty() => {
            picture::tail(words, context.lexicon)
        }
        _ => None,
    };
    let parts = credit.and_then(|credit| {
        let start = block.range.start() as usize;
        let caption = TextRange::at(start, start + credit.before)?;
        Some((caption, TextRange::at(start + credit.start, start + credit.end)?))
    });
    match parts {
        Some((caption, credit)) => {
            vec![Block::new(BlockKind::Caption, caption), Block::new(BlockKind::Credit, credit)]
        }
        None => vec![block],
    }
}
