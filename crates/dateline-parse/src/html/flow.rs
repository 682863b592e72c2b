//! Tokens to lines of text and the elements they stand in. White space folds as a browser
//! folds it; an element knows the lines between its tags, and no more. The elements are
//! a list, not a tree that is walked: depth costs nothing.

use dateline_text::{SourceBuilder, TextRange};

use super::entity;
use super::marks::{Marks, Reader};
use super::meta::Page;
use super::tag::Tag;
use super::token::{Token, Tokens};
use crate::Lexicon;
use crate::decode::Decoded;
use crate::lexicon::Markup;

/// The most elements that are open at once; deeper ones are read as part of the last.
const DEEPEST: usize = 256;
/// Elements within a heading that are told to be so.
const HEADING: usize = 4;
/// Bytes of a heading that are looked at for a colon, and for its parts.
const AHEAD: usize = 600;
/// Bytes of one sign, written in any way.
const SIGN: usize = 16;
/// Where the search for an open element that a tag closes ends.
const REACH: usize = 32;

/// An element that sets lines apart, and the lines in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// What it is.
    pub tag: Tag,
    /// What its attributes say.
    pub marks: Marks,
    /// The element around it; the first has itself.
    pub parent: u32,
    /// Its lines: from, to.
    pub lines: (u32, u32),
}

/// A line of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLine {
    /// Its words.
    pub range: TextRange,
    /// The innermost element.
    pub element: u32,
    /// Bytes of it that are links, and that are bold.
    pub linked: u32,
    /// See [`Self::linked`].
    pub bold: u32,
}

/// The text of a page in lines, and its elements in the order of their start tags.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The lines.
    pub lines: Vec<TextLine>,
    /// The elements; the first is the page.
    pub elements: Vec<Element>,
}

/// Adds the text of the page to `builder`; answers its lines and elements.
pub(super) fn flow<'a>(
    decoded: &'a Decoded<'a>,
    builder: &mut SourceBuilder,
    page: &mut Page<'a>,
    lexicon: &'a Lexicon,
) -> Layout {
    let root = Element { tag: Tag::Body, marks: Marks::default(), parent: 0, lines: (0, 0) };
    let mut flow = Flow {
        decoded,
        builder,
        marks: Reader::new(lexicon),
        layout: Layout { lines: Vec::new(), elements: vec![root] },
        open: vec![Open { tag: Tag::Body, element: Some(0) }],
        deeper: 0,
        hidden: 0,
        pre: 0,
        linked: false,
        bold: 0,
        line: None,
        seam: None,
        timed: None,
        links: 0,
        bolds: 0,
        breaks: 0,
        space: None,
    };
    for token in Tokens::new(&decoded.text) {
        match token {
            Token::Text(range) if flow.hidden == 0 && !flow.is_anchor(range.start, range.end) => {
                flow.time(range.start);
                flow.part(range.start, page);
                flow.text(range.start, range.end);
            }
            Token::Text(_) => {}
            Token::Raw { name, attributes, content } => {
                page.raw(name.as_str(), attributes, content);
            }
            Token::Open { name, attributes } => {
                let tag = Tag::of(name.as_str());
                page.element(name.as_str(), attributes, flow.layout.lines.len());
                flow.start(tag, attributes);
            }
            Token::Close(name) => flow.end(Tag::of(name.as_str())),
        }
    }
    flow.end_line();
    let lines = flow.layout.lines.len() as u32;
    for open in &flow.open {
        let element = open.element.and_then(|at| flow.layout.elements.get_mut(at as usize));
        element.into_iter().for_each(|element| element.lines.1 = lines);
    }
    flow.layout
}

/// An element whose end tag has not come; one that sets no lines apart has no place in
/// the list.
struct Open {
    tag: Tag,
    element: Option<u32>,
}

struct Flow<'a, 'b> {
    decoded: &'a Decoded<'a>,
    builder: &'b mut SourceBuilder,
    marks: Reader<'a>,
    layout: Layout,
    open: Vec<Open>,
    /// Elements too deep to be told apart.
    deeper: usize,
    hidden: u32,
    pre: u32,
    linked: bool,
    bold: u32,
    /// Where the line began and in which element, and how much of it is links and bold.
    line: Option<(usize, u32)>,
    /// Where in the text an element within a heading begins or ends.
    seam: Option<usize>,
    /// Where in the text a `time` begins or ends, and whether it ends.
    timed: Option<(usize, bool)>,
    links: usize,
    bolds: usize,
    /// Line breaks and white space that wait for the next word.
    breaks: u8,
    space: Option<(usize, usize)>,
}

impl<'a> Flow<'a, '_> {
    fn start(&mut self, tag: Tag, attributes: &'a str) {
        self.mark_seam(tag);
        self.mark_time(tag, false);
        match tag {
            Tag::Void => return,
            Tag::Hidden => {
                if !attributes.ends_with('/') {
                    self.hidden = self.hidden.saturating_add(1);
                }
                return;
            }
            Tag::Body | Tag::Article | Tag::Main => self.hidden = 0,
            Tag::Link => self.linked = true,
            Tag::Bold => self.bold = self.bold.saturating_add(1),
            _ => {}
        }
        if tag == Tag::Line {
            // A heading is one line, however it is drawn.
            if self.line.is_some() && self.in_heading() {
                self.space = self.space.or(Some((0, 0)));
                return;
            }
            self.end_line();
            self.breaks = self.breaks.max(1);
            return;
        }
        if self.hidden > 0 || matches!(tag, Tag::Link | Tag::Time | Tag::Bold) {
            return;
        }
        let marks = self.marks.read(tag, attributes);
        let above = marks.has(Markup::Kicker) || marks.has(Markup::Noise);
        // What stands behind the first words of a heading is not above it.
        let behind = self.line.is_some() && marks.has(Markup::Kicker);
        let joined = above && self.in_heading() && (behind || self.is_joined(attributes));
        if joined && !tag.is_inline() {
            self.push(tag, None);
            return;
        }
        if tag.is_inline() && (joined || !self.is_apart(marks)) {
            if !attributes.ends_with('/') && self.needs_place(tag) {
                self.push(tag, None);
            }
            return;
        }
        if tag.ends_paragraph() && self.open.last().is_some_and(|o| o.tag == Tag::Paragraph) {
            self.pop();
        }
        if let Some((same, stop)) = tag.closes() {
            self.close_open(same, stop);
        }
        if tag == Tag::Pre {
            self.pre += 1;
        }
        self.set_apart(tag);
        let parent = self.parent();
        let first = self.layout.lines.len() as u32;
        let at = self.layout.elements.len() as u32;
        if self.open.len() < DEEPEST {
            self.layout.elements.push(Element { tag, marks, parent, lines: (first, first) });
        }
        self.push(tag, Some(at));
    }

    /// Inline elements are kept apart only where one of them is, so that their end tags
    /// are told from its.
    fn needs_place(&self, tag: Tag) -> bool {
        tag == Tag::Inline && self.open.iter().rev().take(4).any(|open| open.tag == Tag::Inline)
    }

    /// Whether an inline element with these marks stands on lines of its own.
    fn is_apart(&self, marks: Marks) -> bool {
        if marks.is_empty() {
            return false;
        }
        // A heading is one line, what is only heard of it too; not the words above it.
        if self.in_heading() {
            let apart = [Markup::Kicker, Markup::Byline, Markup::Stamp, Markup::Noise];
            return apart.into_iter().any(|markup| marks.has(markup));
        }
        let in_paragraph = self.open.last().is_some_and(|open| {
            open.tag == Tag::Paragraph && !self.marks_of(open).has(Markup::Fields)
        });
        marks.has(Markup::Credit)
            || marks.has(Markup::Caption)
            || !in_paragraph
                && [Markup::Hidden, Markup::Noise, Markup::Deck, Markup::Byline, Markup::Stamp]
                    .into_iter()
                    .any(|markup| marks.has(markup))
    }

    fn in_heading(&self) -> bool {
        let mut near = self.open.iter().rev().take(HEADING);
        near.any(|open| matches!(open.tag, Tag::Title | Tag::Heading))
    }

    /// Whether the words of an element with these attributes are a colon or followed by one,
    /// so that they are no words above the heading but its beginning.
    fn is_joined(&self, attributes: &str) -> bool {
        let start = self.decoded.offset(attributes) + attributes.len();
        let rest = self.decoded.text.get(start..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(AHEAD)).unwrap_or_default();
        let texts = rest.split('<').filter_map(|part| part.split_once('>')).map(|part| part.1);
        let texts = texts.map(str::trim_start).filter(|words| !words.is_empty());
        texts.take(2).any(|words| words.starts_with(':'))
    }

    fn marks_of(&self, open: &Open) -> Marks {
        let element = open.element.and_then(|at| self.layout.elements.get(at as usize));
        element.map_or_else(Marks::default, |element| element.marks)
    }

    fn push(&mut self, tag: Tag, element: Option<u32>) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { tag, element });
        } else {
            self.deeper += 1;
        }
    }

    fn parent(&self) -> u32 {
        self.open.iter().rev().find_map(|open| open.element).unwrap_or(0)
    }

    fn pop(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        let Some(at) = open.element else { return };
        self.set_apart(open.tag);
        let lines = self.layout.lines.len() as u32;
        if let Some(element) = self.layout.elements.get_mut(at as usize) {
            element.lines.1 = lines;
        }
    }

    /// Ends the line before or behind an element.
    fn set_apart(&mut self, tag: Tag) {
        if tag == Tag::Cell {
            // Cells of a row stand on one line.
            if self.space.is_none() {
                self.space = Some((0, 0));
            }
            return;
        }
        self.end_line();
        self.breaks = self.breaks.max(tag.breaks().max(1));
    }

    /// Closes an element that was left open before another of its kind.
    fn close_open(&mut self, same: &[Tag], stop: &[Tag]) {
        let near = self.open.iter().rev().take(REACH).enumerate();
        let found = near
            .take_while(|(_, open)| !stop.contains(&open.tag))
            .find(|(_, open)| same.contains(&open.tag));
        for _ in 0..found.map_or(0, |(at, _)| at + 1) {
            self.pop();
        }
    }

    fn end(&mut self, tag: Tag) {
        self.mark_seam(tag);
        self.mark_time(tag, true);
        match tag {
            Tag::Void | Tag::Line => return,
            Tag::Hidden => {
                self.hidden = self.hidden.saturating_sub(1);
                return;
            }
            Tag::Link => {
                self.linked = false;
                return;
            }
            Tag::Bold => {
                self.bold = self.bold.saturating_sub(1);
                return;
            }
            Tag::Pre => self.pre = self.pre.saturating_sub(1),
            _ => {}
        }
        if self.hidden > 0 || tag == Tag::Time {
            return;
        }
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        if tag == Tag::Inline {
            if self.open.last().is_some_and(|open| open.tag == Tag::Inline) {
                self.pop();
            }
            return;
        }
        let found = self.open.iter().rev().position(|open| open.tag == tag);
        match found {
            Some(at) => (0..=at).for_each(|_| self.pop()),
            None => self.set_apart(tag),
        }
    }

    fn end_line(&mut self) {
        let Some((start, element)) = self.line.take() else { return };
        let range = TextRange::at(start, self.builder.len()).filter(|line| !line.is_empty());
        let (linked, bold) = (self.links as u32, self.bolds as u32);
        self.layout.lines.extend(range.map(|range| TextLine { range, element, linked, bold }));
        (self.links, self.bolds) = (0, 0);
    }

    /// Writes what waits before a word.
    fn before_word(&mut self) {
        let first = self.builder.is_empty();
        if self.breaks > 0 && !first {
            self.end_line();
            self.builder.inserted(if self.breaks > 1 { "\n\n" } else { "\n" });
        } else if let (Some((start, end)), false) = (self.space, first) {
            match self.decoded.text.get(start..end) {
                Some(" ") => self.decoded.copy(start, end, self.builder),
                Some("") | None => self.builder.inserted(" "),
                Some(_) => self.builder.replaced(" ", self.decoded.raw(start, end)),
            }
        }
        if self.line.is_none() {
            self.line = Some((self.builder.len(), self.parent()));
        }
        (self.breaks, self.space) = (0, None);
    }

    fn text(&mut self, start: usize, end: usize) {
        let from = self.builder.len();
        let mut at = start;
        while at < end {
            let rest = self.decoded.text.get(at..end).unwrap_or_default();
            let white = rest.len() - rest.trim_start().len();
            if white > 0 {
                self.white(at, at + white);
                at += white;
                continue;
            }
            let entity = if rest.starts_with('&') { entity::reference(rest) } else { None };
            if let Some((len, words)) = entity {
                if words.chars().all(char::is_whitespace) {
                    self.white(at, at + len);
                } else {
                    self.before_word();
                    self.builder.replaced(&words, self.decoded.raw(at, at + len));
                }
                at += len;
                continue;
            }
            let len = words_end(rest);
            self.before_word();
            self.decoded.copy(at, at + len, self.builder);
            at += len;
        }
        if self.linked {
            self.links += self.builder.len() - from;
        }
        if self.bold > 0 {
            self.bolds += self.builder.len() - from;
        }
    }

    /// Whether text is a link of one sign in a heading ("¶", "#"), which leads to the heading.
    fn is_anchor(&self, start: usize, end: usize) -> bool {
        if !self.linked || end - start > SIGN || !self.in_heading() {
            return false;
        }
        let words = entity::resolve(self.decoded.text.get(start..end).unwrap_or_default());
        let mut signs = words.trim().chars();
        let one = signs.next().is_some_and(|sign| !sign.is_alphanumeric());
        one && signs.next().is_none()
    }

    fn mark_seam(&mut self, tag: Tag) {
        if matches!(tag, Tag::Inline | Tag::Link) && self.in_heading() {
            self.seam = Some(self.builder.len());
        }
    }

    fn mark_time(&mut self, tag: Tag, ends: bool) {
        if tag == Tag::Time {
            self.timed = Some((self.builder.len(), ends));
        }
    }

    /// Sets a time off from words that stand right beside it, as the page draws it: a space
    /// before it ("Jane Roe3 June"), a line behind it ("3 June4 min read").
    fn time(&mut self, at: usize) {
        let Some((seam, ends)) = self.timed else { return };
        let next = self.decoded.text.get(at..).and_then(|rest| rest.chars().next());
        let last = self.builder.text().chars().next_back();
        let glued = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if seam != self.builder.len() || self.line.is_none() {
            self.timed = None;
        } else if ends && self.heads() && next.is_some_and(char::is_uppercase) {
            // A day in front of a headline is none of its words.
            self.end_line();
            (self.breaks, self.space) = (1, None);
        } else if self.space.is_none() && self.breaks == 0 && glued(next) && glued(last) {
            if ends {
                self.end_line();
                self.breaks = 1;
            } else {
                self.space = Some((0, 0));
            }
        }
    }

    /// Whether the innermost heading says that it is the headline.
    fn heads(&self) -> bool {
        let heading = self.open.iter().rev().find(|o| matches!(o.tag, Tag::Title | Tag::Heading));
        heading.is_some_and(|open| self.in_heading() && self.marks_of(open).has(Markup::Title))
    }

    /// Sets a part of a heading off that follows another without a space, as the page draws
    /// it: "… starts soon"Minister speaks". One that the page is called by has its own line.
    fn part(&mut self, at: usize, page: &Page<'_>) {
        let seam = self.seam.take() == Some(self.builder.len());
        let (Some((start, _)), None, 0, true) = (self.line, self.space, self.breaks, seam) else {
            return;
        };
        let text = self.builder.text();
        let start = start.max(text.floor_char_boundary(text.len().saturating_sub(AHEAD)));
        let before = text.get(start..).unwrap_or_default();
        let rest = self.decoded.text.get(at..).unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(AHEAD)).unwrap_or_default();
        let rest = entity::resolve(rest.split('<').next().unwrap_or_default());
        let ends = |c: char| c.is_lowercase() || c.is_ascii_digit() || "\"”“»’?!.".contains(c);
        let opens = |c: char| c.is_uppercase() || "\"“„«‘".contains(c);
        if before.contains(' ') && before.ends_with(ends) && rest.starts_with(opens) {
            if page.is_called(before) || page.is_called(&rest) {
                self.end_line();
                self.breaks = 1;
            } else {
                self.space = Some((0, 0));
            }
        }
    }

    /// White space between `start` and `end`: it waits for the next word.
    fn white(&mut self, start: usize, end: usize) {
        let words = self.decoded.text.get(start..end).unwrap_or_default();
        if self.pre > 0 && words.contains('\n') {
            self.breaks = self.breaks.max(if words.matches('\n').count() > 1 { 2 } else { 1 });
        }
        self.space = Some(match self.space {
            // Two stretches with a tag between them are one space.
            Some((from, to)) if to == start && from < to => (from, end),
            Some(space) if space.0 < space.1 => space,
            _ => (start, end),
        });
    }
}
/// Length of the words at the start of `rest`, single spaces between them included:
/// they end before an entity and before other white space.
fn words_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'&' => break,
            b' ' => {
                let next = bytes.get(at + 1);
                if next.is_none_or(|b| b.is_ascii_whitespace() || *b == b'&' || *b >= 0x80) {
                    break;
                }
            }
            b'\t' | b'\n' | b'\r' | 0x0C => break,
            0x80.. => {
                // White space beyond ASCII (U+00A0) folds as well.
                let is_white = rest.is_char_boundary(at)
                    && rest.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
                if is_white {
                    break;
                }
            }
            _ => {}
        }
        at += 1;
    }
    while at < rest.len() && !rest.is_char_boundary(at) {
        at += 1;
    }
    at
}
