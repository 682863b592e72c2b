//! Raw input in, briefs out: blocks with byte ranges, and the dates that a page prints
//! of itself.
//!
//! | module | what |
//! |---|---|
//! | `input` | [`RawInput`], [`Context`], [`Limits`], [`ParseError`] |
//! | `forms` | forms of input → pages: feeds, mail, archives, records |
//! | `page` | a text as read, before it has blocks |
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
//! use dateline_parse::{Context, Lexicon, Limits, RawInput, parse};
//!
//! let page = "Talks resume in Geneva\n\nGENEVA, June 2 (AP) -- Envoys met on Monday.\n";
//! let input = RawInput { label: "page.txt".into(), hint: None, reader: Box::new(page.as_bytes()) };
//! let (lexicon, timex) = (Lexicon::english(), dateline_timex::Lexicon::english());
//! let context = Context { lexicon: &lexicon, timex: &timex, limits: Limits::default() };
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

mod authors;
mod dates;
mod decode;
mod forms;
#[cfg(feature = "html")]
mod html;
mod input;
mod language;
mod lexicon;
mod lines;
mod moment;
mod page;
mod picture;
mod piece;
mod posts;
mod roles;
mod stamp;
mod transcript;
mod wire;

#[cfg(test)]
mod tests;

use dateline_model::{Block, BlockKind, Brief, Noise, Parsed};
use dateline_text::TextRange;

pub use forms::ENDINGS;
pub use input::{Context, Limits, ParseError, RawInput};
pub use lexicon::Lexicon;

use lines::Hint;
use page::Page;

/// The briefs of one input, each read when it is asked for. A part of the input that gives
/// none is an error of its own; what comes after it is read all the same.
pub fn parse<'a>(
    input: RawInput,
    context: Context<'a>,
) -> impl Iterator<Item = Result<Parsed, ParseError>> + Send + 'a {
    let pages = std::iter::once_with(move || forms::open(input, context)).flatten();
    pages.flat_map(move |page| match page {
        Ok(page) => structure(page, context).into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    })
}

/// Lines, pieces, kinds, blocks; of a live page, a brief a post.
fn structure(page: Page, context: Context<'_>) -> Vec<Parsed> {
    let Page { source, hints, mut metadata, candidates, live, diagnostics, member } = page;
    let text = source.text();
    let (mut lines, mut spoken) = (Vec::new(), Vec::new());
    for (line, utterance) in transcript::join(text, lines::lines(text, &hints)) {
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
    metadata.authors = authors::names(metadata.authors, context.lexicon);
    if metadata.authors.is_empty() {
        metadata.authors = authors::in_bylines(text, &pieces, context.lexicon);
    }
    let kinds: Vec<_> = pieces.iter().map(|piece| (piece.kind_or_prose(), piece.range)).collect();
    let language = language::language(text, &kinds);
    let mut candidates = dates::candidates(text, &pieces, candidates, context);
    dates::settle(text, language.as_deref(), &mut candidates, context);
    let posts = posts::posts(text, &mut pieces, &candidates, &live, &metadata, context);
    let mut blocks = Vec::with_capacity(pieces.len());
    for piece in pieces.into_iter().filter(|piece| !piece.range.is_empty()) {
        let kind = piece.kind_or_prose();
        let why = match (kind, piece.hint, piece.phrase) {
            (BlockKind::Noise, Some(Hint::Noise(why)), _) => Some(why),
            (BlockKind::Noise, _, Some(_)) => Some(Noise::Phrase),
            (BlockKind::Noise, ..) => Some(Noise::Layout),
            _ => None,
        };
        let block = Block { kind, range: piece.range, holes: piece.holes, why };
        blocks.extend(without_agency(text, block, context));
    }
    let brief = Brief { blocks, candidates, language, metadata };
    posts::split(Parsed { source, brief, member, diagnostics }, &posts)
}

/// A caption that ends with an agency's name in brackets is a caption and a credit; in
/// other blocks the name is the text's.
fn without_agency(text: &str, block: Block, context: Context<'_>) -> Vec<Block> {
    let words = block.range.slice(text).unwrap_or_default();
    let credit = match block.kind {
        BlockKind::Caption if words.ends_with([')', ']']) && block.holes.is_empty() => {
            picture::of_caption(words, context.lexicon)
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
