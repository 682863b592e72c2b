//! A brief: the blocks of one page, each one range, and the dates that the page prints
//! of itself. What they mean is for normalize.

use std::collections::BTreeMap;

use dateline_text::{Ranged, RawRange, Source, TextRange};
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::time::Moment;

/// What parse answers for one brief of an input.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The text as read.
    pub source: Source,
    /// Its structure.
    pub brief: Brief,
    /// Which part of the input it is.
    pub member: Member,
    /// What there is to say of it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which part of an input a brief is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name within the input, where it has one: parts joined by `/`, never absolute.
    pub name: Option<String>,
    /// Whether it had to be unpacked, so that raw ranges count its own bytes and not those
    /// of the input.
    pub unpacked: bool,
}

/// The structure of one page of news.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// The blocks in the order of the text; they do not overlap.
    pub blocks: Vec<Block>,
    /// The dates that the page prints of itself, in the order of the text.
    pub candidates: Vec<DateCandidate>,
    /// ISO 639-1 code of the language, where one was recognised with confidence.
    pub language: Option<String>,
    /// What the page says of itself, or a file beside it.
    pub metadata: Metadata,
}

/// One block: a stretch of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its text, without bullet glyphs, credits or glued marks around it.
    pub range: TextRange,
    /// Stretches inside that are not its prose (the clock marks of a transcript), in
    /// order.
    pub holes: Vec<TextRange>,
    /// Why it is noise, where it is.
    pub why: Option<Noise>,
}

impl Block {
    /// A block without holes.
    pub fn new(kind: BlockKind, range: TextRange) -> Self {
        Self { kind, range, holes: Vec::new(), why: None }
    }
}

/// Why a block is noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noise {
    /// Its element is navigation, a form, a comment, hidden, by its tag, role or class.
    Element,
    /// It stands outside of the elements that hold the story.
    Outside,
    /// It is mostly links.
    Links,
    /// It is a label, or what a figure holds besides its caption.
    Label,
    /// It is a heading of which all else was dropped.
    Bare,
    /// It is a fixed phrase of interfaces.
    Phrase,
    /// Its form and its neighbours say so.
    Layout,
}

impl Noise {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Outside => "outside",
            Self::Links => "links",
            Self::Label => "label",
            Self::Bare => "bare",
            Self::Phrase => "phrase",
            Self::Layout => "layout",
        }
    }
}

impl Ranged for Block {
    fn range(&self) -> TextRange {
        self.range
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline.
    Headline,
    /// The standfirst.
    Deck,
    /// Who wrote it.
    Byline,
    /// Place, day and agency in front of wire copy.
    Dateline,
    /// When the page says it was published.
    Stamp,
    /// A section heading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Bullet,
    /// The words under a picture.
    Caption,
    /// Who owns a picture.
    Credit,
    /// A quotation set apart.
    Quote,
    /// A table.
    Table,
    /// Facts about the page (issuer, document symbol, source line).
    Meta,
    /// Navigation, advertising, player controls.
    Noise,
}

impl BlockKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Headline,
        Self::Deck,
        Self::Byline,
        Self::Dateline,
        Self::Stamp,
        Self::Heading,
        Self::Paragraph,
        Self::Bullet,
        Self::Caption,
        Self::Credit,
        Self::Quote,
        Self::Table,
        Self::Meta,
        Self::Noise,
    ];

    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Deck => "deck",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Stamp => "stamp",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Bullet => "bullet",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Quote => "quote",
            Self::Table => "table",
            Self::Meta => "meta",
            Self::Noise => "noise",
        }
    }

    /// Whether it tells the story, so that its sentences count in the account.
    pub fn is_prose(self) -> bool {
        matches!(
            self,
            Self::Headline
                | Self::Deck
                | Self::Paragraph
                | Self::Bullet
                | Self::Caption
                | Self::Quote
                | Self::Table
        )
    }
}

/// A date that a page prints of itself, with its evidence. Normalize ranks them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateCandidate {
    /// What kind of evidence it is.
    pub kind: CandidateKind,
    /// The words; `None` where it stands in the markup alone.
    pub range: Option<TextRange>,
    /// The day or time it says, as printed.
    pub moment: Moment,
    /// Whether the words lack the year, so that it was taken from another candidate.
    pub year_implied: bool,
    /// The other reading of an ambiguous order (03/06/2025).
    pub alternative: Option<Moment>,
    /// Words naming the place, for a dateline.
    pub place: Option<TextRange>,
    /// The field of the markup that says it, as the table of publication names it.
    pub field: Option<String>,
    /// Where the raw input says it, for what stands in the markup alone.
    pub raw: Option<RawRange>,
}

impl DateCandidate {
    /// A candidate that says no more than its moment.
    pub fn new(kind: CandidateKind, range: Option<TextRange>, moment: Moment) -> Self {
        Self {
            kind,
            range,
            moment,
            year_implied: false,
            alternative: None,
            place: None,
            field: None,
            raw: None,
        }
    }
}

/// What kind of evidence for a page's day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CandidateKind {
    /// The page's own stamp of publication.
    Stamp,
    /// Publication as the metadata have it (JSON-LD, OpenGraph, `<time>`, a header).
    Metadata,
    /// The day in a dateline.
    Dateline,
    /// A full date in the headline or title.
    Title,
    /// A later change. It never passes as publication.
    Modified,
    /// The day in the page's own address.
    Address,
    /// When the page was fetched. It never passes as publication.
    Crawled,
}

impl CandidateKind {
    /// The name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stamp => "stamp",
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Title => "title",
            Self::Modified => "modified",
            Self::Address => "address",
            Self::Crawled => "crawled",
        }
    }
}

/// What a page says of itself, or a `sources.jsonl` beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// An archived copy.
    pub archive_url: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was fetched.
    pub retrieved: Option<Moment>,
    /// Terms.
    pub licence: Option<String>,
    /// What else it says, by name.
    pub other: BTreeMap<String, String>,
}

impl Metadata {
    /// The name under which a post of a live page has the id of its page.
    pub const PAGE: &'static str = "page";
}
