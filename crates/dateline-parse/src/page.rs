//! A text as read, before it has blocks: what every form of input comes down to.

use dateline_model::{
    CandidateKind, DateCandidate, Diagnostic, Member, Metadata, Moment, Severity,
};
use dateline_text::{Source, SourceBuilder, TextRange};

use crate::Context;
use crate::decode::Decoded;
#[cfg(feature = "html")]
use crate::html;
use crate::lines::Hint;
use crate::posts::Live;

/// A text as read, before it has blocks.
pub(crate) struct Page {
    /// The text, with its map.
    pub source: Source,
    /// What the form says of lines, in order.
    pub hints: Vec<(TextRange, Hint)>,
    /// What the form says of the page.
    pub metadata: Metadata,
    /// The dates it says of the page.
    pub candidates: Vec<DateCandidate>,
    /// What its markup says of posts.
    pub live: Live,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
    /// Which part of the input it is.
    pub member: Member,
}

/// A page that is being put together.
pub(crate) struct Draft<'a> {
    context: Context<'a>,
    builder: SourceBuilder,
    hints: Vec<(TextRange, Hint)>,
    candidates: Vec<DateCandidate>,
    live: Live,
    /// What the form says of the page.
    pub metadata: Metadata,
    /// What there is to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Draft<'a> {
    /// A page without words.
    pub fn new(context: Context<'a>) -> Self {
        Self {
            context,
            builder: SourceBuilder::default(),
            hints: Vec::new(),
            candidates: Vec::new(),
            live: Live::default(),
            metadata: Metadata::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds a text as one or more lines of its own, of which the form says `hint`.
    pub fn plain(&mut self, text: &Decoded<'_>, hint: Option<Hint>) {
        let words = text.text.trim();
        if words.is_empty() {
            return;
        }
        let from = text.text.len() - text.text.trim_start().len();
        self.gap();
        let start = self.builder.len();
        text.copy(from, from + words.len(), &mut self.builder);
        let range = TextRange::at(start, self.builder.len());
        self.hints.extend(range.zip(hint));
    }

    /// Adds a text as it stands, white space around it too.
    pub fn whole(&mut self, text: &Decoded<'_>) {
        text.copy(0, text.text.len(), &mut self.builder);
    }

    /// Adds a text that may be markup.
    pub fn body(&mut self, text: &Decoded<'_>) {
        #[cfg(feature = "html")]
        if is_markup(&text.text) {
            self.markup(text);
            return;
        }
        self.plain(text, None);
    }

    /// Adds a page of markup. What the form said of the page stands before what the page
    /// says of itself.
    #[cfg(feature = "html")]
    pub fn markup(&mut self, text: &Decoded<'_>) {
        // A builder of its own: a page of markup begins at its start.
        let mut inner = SourceBuilder::default();
        let read = html::read(text, &mut inner, self.context);
        if !inner.is_empty() {
            self.gap();
        }
        if let Some(start) = self.builder.append(inner) {
            let hints = read.hints.into_iter();
            self.hints.extend(hints.filter_map(|(at, hint)| Some((at.shift(start)?, hint))));
            self.live.append(read.live, start);
            self.candidates.extend(read.candidates.into_iter().filter_map(|candidate| {
                let range = candidate.range.map(|range| range.shift(start));
                let place = candidate.place.map(|place| place.shift(start));
                let lost = range == Some(None) || place == Some(None);
                let candidate =
                    DateCandidate { range: range.flatten(), place: place.flatten(), ..candidate };
                (!lost).then_some(candidate)
            }));
        }
        fill(&mut self.metadata, read.metadata);
    }

    /// Adds all of `other`, which is the headline; its words.
    #[cfg(feature = "feed")]
    pub fn headline(&mut self, other: Self) -> Option<String> {
        let Self { builder, .. } = other;
        let words = line(builder.text());
        if !builder.is_empty() {
            self.gap();
        }
        let start = self.builder.append(builder);
        let range = start.and_then(|start| TextRange::at(start as usize, self.builder.len()));
        self.hints.extend(range.map(|range| (range, Hint::Title)));
        words
    }

    /// An empty line between what stands already and what comes.
    fn gap(&mut self) {
        if !self.builder.is_empty() {
            self.builder.inserted("\n\n");
        }
    }

    /// When the form says the page was published.
    pub fn published(&mut self, moment: Option<Moment>) {
        if let Some(moment) = moment {
            self.metadata.published.get_or_insert(moment);
            self.candidates.push(candidate(CandidateKind::Metadata, moment));
        }
    }

    /// When the form says the page was changed.
    pub fn modified(&mut self, moment: Option<Moment>) {
        let candidate = moment.map(|moment| candidate(CandidateKind::Modified, moment));
        self.candidates.extend(candidate);
    }

    /// Something to tell of the page.
    pub fn tell(&mut self, severity: Severity, code: &str, message: impl Into<String>) {
        self.diagnostics.push(note(severity, code, message));
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.builder.text().trim().is_empty()
    }

    /// The page, named by the hash of `record`, its bytes.
    pub fn finish(self, record: &[u8], member: Member) -> Page {
        let Self { builder, hints, candidates, live, metadata, diagnostics, .. } = self;
        let source = builder.finish(record);
        Page { source, hints, metadata, candidates, live, diagnostics, member }
    }
}

fn candidate(kind: CandidateKind, moment: Moment) -> DateCandidate {
    DateCandidate::new(kind, None, moment)
}

/// Something to tell.
pub(crate) fn note(severity: Severity, code: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity, code: code.to_string(), range: None, message: message.into() }
}

/// Whether words are a stretch of markup: a tag, or an entity of HTML.
#[cfg(feature = "html")]
fn is_markup(words: &str) -> bool {
    let tag = |at: usize| {
        let next = words.as_bytes().get(at + 1);
        next.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
    };
    let close = memchr::memrchr(b'>', words.as_bytes());
    let opens = close.is_some_and(|close| {
        let before = words.as_bytes().get(..close).unwrap_or_default();
        memchr::memchr_iter(b'<', before).any(tag)
    });
    let entity = |at: usize| {
        let rest = words.as_bytes().get(at + 1..).unwrap_or_default();
        let name = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#');
        let length = name.count();
        length > 1 && rest.get(length) == Some(&b';')
    };
    opens || memchr::memchr_iter(b'&', words.as_bytes()).any(entity)
}

/// Fills what `ours` lacks from `other`.
pub(crate) fn fill(ours: &mut Metadata, other: Metadata) {
    let Metadata {
        title,
        publisher,
        authors,
        url,
        archive_url,
        published,
        retrieved,
        licence,
        other: more,
    } = other;
    ours.title = ours.title.take().or(title);
    ours.publisher = ours.publisher.take().or(publisher);
    if ours.authors.is_empty() {
        ours.authors = authors;
    }
    ours.url = ours.url.take().or(url.and_then(|url| address(&url)));
    ours.archive_url = ours.archive_url.take().or(archive_url.and_then(|url| address(&url)));
    ours.published = ours.published.or(published);
    ours.retrieved = ours.retrieved.or(retrieved);
    ours.licence = ours.licence.take().or(licence);
    for (name, value) in more {
        ours.other.entry(name).or_insert(value);
    }
}

/// An address on the web. Any other, above all of a file, tells of somebody's machine.
pub(crate) fn address(words: &str) -> Option<String> {
    let words = words.trim();
    let lower = words.get(..8.min(words.len())).unwrap_or_default().to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let plain = !words.chars().any(|c| c.is_whitespace() || c.is_control());
    (web && plain && words.len() < 4096).then(|| words.to_string())
}

/// Words of a header or a field on one line; `None` where there are none.
pub(crate) fn line(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words).filter(|words| !words.is_empty())
}
