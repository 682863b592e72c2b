//! Tokens to lines of text. White space folds as a browser folds it, and what the
//! elements say of a line is kept beside it.

use dateline_text::{SourceBuilder, TextRange};

use super::entity;
use super::meta::Page;
use super::token::{Name, Token, Tokens};
use crate::decode::Decoded;
use crate::lines::Hint;

/// Elements set apart by an empty line, and those that only begin a new one.
const APART: [&str; 25] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "figure",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "aside",
    "main",
    "form",
    "hr",
    "pre",
    "address",
    "body",
];
const LINES: [&str; 16] = [
    "div",
    "li",
    "br",
    "tr",
    "figcaption",
    "dt",
    "dd",
    "option",
    "button",
    "caption",
    "summary",
    "details",
    "label",
    "legend",
    "fieldset",
    "center",
];
/// Elements whose text is no story.
const CHROME: [&str; 6] = ["nav", "footer", "aside", "button", "select", "dialog"];
/// Elements whose text is not shown.
const HIDDEN: [&str; 11] = [
    "noscript", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas", "head",
    "datalist",
];

/// Adds the text of the page to `builder`; answers what the elements say of its lines.
pub(super) fn flow(
    decoded: &Decoded<'_>,
    builder: &mut SourceBuilder,
    page: &mut Page,
) -> Vec<(TextRange, Hint)> {
    let mut flow = Flow {
        decoded,
        builder,
        hints: Vec::new(),
        line: 0,
        hint: None,
        breaks: 0,
        space: None,
        open: Open::default(),
    };
    for token in Tokens::new(&decoded.text) {
        match token {
            Token::Text(range) if flow.open.hidden == 0 => flow.text(range.start, range.end),
            Token::Text(_) => {}
            Token::Raw { name, attributes, content } => {
                page.raw(name.as_str(), attributes, content);
            }
            Token::Open { name, attributes } => {
                page.element(name.as_str(), attributes);
                flow.element(name, true, attributes.ends_with('/'));
            }
            Token::Close(name) => flow.element(name, false, false),
        }
    }
    flow.end_line();
    flow.hints
}

/// How many elements of each kind are open.
#[derive(Default)]
struct Open {
    hidden: u32,
    chrome: u32,
    title: u32,
    heading: u32,
    caption: u32,
    item: u32,
    quote: u32,
    cell: u32,
    pre: u32,
}

struct Flow<'a, 'b> {
    decoded: &'a Decoded<'a>,
    builder: &'b mut SourceBuilder,
    hints: Vec<(TextRange, Hint)>,
    /// Where the line began, and what the elements say of it.
    line: usize,
    hint: Option<Hint>,
    /// Line breaks and white space that wait for the next word.
    breaks: u8,
    space: Option<(usize, usize)>,
    open: Open,
}

impl Flow<'_, '_> {
    fn element(&mut self, name: Name, opens: bool, closed: bool) {
        let name = name.as_str();
        let step = |count: &mut u32| {
            *count = if opens { count.saturating_add(1) } else { count.saturating_sub(1) };
        };
        if HIDDEN.contains(&name) {
            if !closed {
                step(&mut self.open.hidden);
            }
            return;
        }
        if opens && matches!(name, "body" | "article" | "main") {
            // A tag left open above must not hide the story.
            (self.open.hidden, self.open.chrome) = (0, 0);
        }
        if APART.contains(&name) {
            self.breaks = 2;
        } else if LINES.contains(&name) {
            self.breaks = self.breaks.max(1);
        } else if matches!(name, "td" | "th") && self.space.is_none() {
            self.space = Some((0, 0));
        }
        match name {
            "h1" => step(&mut self.open.title),
            "h2" | "h3" | "h4" | "h5" | "h6" => step(&mut self.open.heading),
            "figcaption" => step(&mut self.open.caption),
            // An item may lack its end tag: a list never nests items in items directly.
            "li" => self.open.item = u32::from(opens),
            "ul" | "ol" if !opens => self.open.item = 0,
            "blockquote" => step(&mut self.open.quote),
            "td" | "th" => self.open.cell = u32::from(opens),
            "table" if !opens => self.open.cell = 0,
            "pre" => step(&mut self.open.pre),
            name if CHROME.contains(&name) => step(&mut self.open.chrome),
            _ => {}
        }
    }

    fn hint_now(&self) -> Option<Hint> {
        let open = &self.open;
        let hints = [
            (open.chrome, Hint::Noise),
            (open.title, Hint::Title),
            (open.heading, Hint::Heading),
            (open.caption, Hint::Caption),
            (open.cell, Hint::Table),
            (open.item, Hint::Bullet),
            (open.quote, Hint::Quote),
        ];
        hints.into_iter().find(|(count, _)| *count > 0).map(|(_, hint)| hint)
    }

    fn end_line(&mut self) {
        let end = self.builder.len();
        let line = TextRange::at(self.line, end).filter(|line| !line.is_empty());
        if let (Some(hint), Some(line)) = (self.hint.take(), line) {
            self.hints.push((line, hint));
        }
    }

    /// Writes what waits before a word.
    fn before_word(&mut self) {
        let first = self.builder.is_empty();
        if self.breaks > 0 && !first {
            self.end_line();
            self.builder.inserted(if self.breaks > 1 { "\n\n" } else { "\n" });
        }
        if first || self.breaks > 0 {
            self.line = self.builder.len();
            self.hint = self.hint_now();
        } else if let Some((start, end)) = self.space {
            match self.decoded.text.get(start..end) {
                Some(" ") => self.decoded.copy(start, end, self.builder),
                Some("") | None => self.builder.inserted(" "),
                Some(_) => self.builder.replaced(" ", self.decoded.raw(start, end)),
            }
        }
        (self.breaks, self.space) = (0, None);
    }

    fn text(&mut self, start: usize, end: usize) {
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
    }

    /// White space between `start` and `end`: it waits for the next word.
    fn white(&mut self, start: usize, end: usize) {
        let words = self.decoded.text.get(start..end).unwrap_or_default();
        if self.open.pre > 0 && words.contains('\n') {
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
