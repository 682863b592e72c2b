//! Specifications in Markdown: text with carets under its dates. How to write one is
//! told in `fixtures/spec/README.md`. A specification is exhaustive both ways: what
//! carries no carets must not be found.

use std::fmt::Write as _;

use dateline_model::{Moment, Timex};
use dateline_text::TextRange;
use dateline_timex::{Context, Genre};

/// One fenced block of a specification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// Headings above it, joined by ` / `.
    pub name: String,
    /// Line of its fence, counted from 1.
    pub line: usize,
    /// The day it speaks from.
    pub reference: Option<Moment>,
    /// The kind of text, by name.
    pub genre: Option<String>,
    /// The country it speaks from.
    pub country: Option<String>,
    /// Whether only the tagger is to be asked (the chain would find a reference itself).
    pub tagger_only: bool,
    /// The text, without the carets.
    pub text: String,
    /// What is to be found, in order.
    pub marks: Vec<Mark>,
}

/// Words and what is expected of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub range: TextRange,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 type, bounds and modifier, as written; empty where none is asked.
    pub asked: Vec<String>,
}

impl Spec {
    /// How the tagger is to read the text.
    pub fn context(&self) -> Context {
        let genre = match self.genre.as_deref() {
            None => Genre::default(),
            Some("news") => Genre::News,
            Some("narrative") => Genre::Narrative,
            Some("colloquial") => Genre::Colloquial,
            Some(other) => panic!("{}: no genre is called `{other}`", self.name),
        };
        let context = Context::new(self.reference).with_country(self.country.clone());
        context.with_genre(genre)
    }

    /// What differs between the marks and `found`, for people; `None` where nothing does.
    pub fn difference(&self, found: &[Timex]) -> Option<String> {
        let found: Vec<Mark> = found.iter().map(Mark::of).collect();
        let same = found.len() == self.marks.len()
            && self.marks.iter().zip(&found).all(|(mark, found)| found.answers(mark));
        if same {
            return None;
        }
        let mut out = format!("{} (line {})\nexpected\n", self.name, self.line);
        out.push_str(&with_carets(&self.text, &self.marks));
        out.push_str("found\n");
        out.push_str(&with_carets(&self.text, &found));
        Some(out)
    }
}

impl Mark {
    /// What was found, with all that could be asked of it.
    pub fn of(timex: &Timex) -> Self {
        let bound = |bound: Option<Moment>| bound.map(|at| at.to_string()).unwrap_or_default();
        let (earliest, latest) = (bound(timex.interval.earliest()), bound(timex.interval.latest()));
        let bounds = if earliest == latest && !earliest.is_empty() {
            format!("={earliest}")
        } else {
            format!("{earliest}..{latest}")
        };
        let modifier = timex.modifier.map(|modifier| format!("mod={}", modifier.name()));
        let asked = [timex.kind.name().to_string(), bounds].into_iter().chain(modifier);
        Self { range: timex.range, value: timex.value.clone(), asked: asked.collect() }
    }

    fn answers(&self, mark: &Self) -> bool {
        self.range == mark.range
            && self.value == mark.value
            && mark.asked.iter().all(|asked| self.asked.contains(asked))
    }
}

/// The specifications of a Markdown file called `file`.
pub fn read(file: &str, markdown: &str) -> Vec<Spec> {
    let mut headings: Vec<&str> = Vec::new();
    let mut out: Vec<Spec> = Vec::new();
    let mut open: Option<(Spec, Vec<&str>)> = None;
    for (at, line) in markdown.lines().enumerate() {
        if let Some((spec, lines)) = &mut open {
            if line.trim_end() == "```" {
                fill(spec, lines);
                out.extend(open.take().map(|(spec, _)| spec));
            } else {
                lines.push(line);
            }
        } else if let Some(info) = line.strip_prefix("```brief") {
            let name = format!("{file}: {}", headings.join(" / "));
            let spec = Spec { name, line: at + 1, ..Spec::default() };
            open = Some((with_options(spec, info), Vec::new()));
        } else if let Some(rest) = line.strip_prefix('#') {
            let depth = rest.len() - rest.trim_start_matches('#').len();
            headings.truncate(depth);
            headings.push(rest.trim_start_matches('#').trim());
        }
    }
    assert!(open.is_none(), "{file}: a block is not closed");
    out
}

fn with_options(mut spec: Spec, info: &str) -> Spec {
    for word in info.split_whitespace() {
        match word.split_once('=') {
            Some(("reference", day)) => {
                let day = day.parse().unwrap_or_else(|why| panic!("{}: {why}", spec.name));
                spec.reference = Some(day);
            }
            Some(("genre", genre)) => spec.genre = Some(genre.to_string()),
            Some(("country", country)) => spec.country = Some(country.to_string()),
            None if word == "tagger" => spec.tagger_only = true,
            _ => panic!("{}: what is `{word}`?", spec.name),
        }
    }
    spec
}

/// Splits text lines from caret lines; carets count characters of the line above.
fn fill(spec: &mut Spec, lines: &[&str]) {
    let mut last = 0;
    for line in lines {
        let Some((indent, width, words)) = carets(line) else {
            last = spec.text.len();
            spec.text.push_str(line);
            spec.text.push('\n');
            continue;
        };
        let above = spec.text.get(last..).unwrap_or_default();
        let byte = |count: usize| above.char_indices().nth(count).map(|(at, _)| last + at);
        let range = byte(indent).zip(byte(indent + width));
        let range = range.and_then(|(start, end)| TextRange::at(start, end));
        let range = range.unwrap_or_else(|| panic!("{}: carets past the line: {line}", spec.name));
        let mut words = words.split_whitespace().map(String::from);
        let value = words.next().unwrap_or_else(|| panic!("{}: no value: {line}", spec.name));
        spec.marks.push(Mark { range, value, asked: words.collect() });
    }
    spec.marks.sort_by_key(|mark| mark.range.start());
}

/// Indent, width and words of a caret line.
fn carets(line: &str) -> Option<(usize, usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let words = rest.trim_start_matches('^');
    let width = rest.len() - words.len();
    (width > 0).then_some((line.len() - rest.len(), width, words))
}

/// `text` with a caret line under its line for each mark.
pub fn with_carets(text: &str, marks: &[Mark]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let _ = writeln!(out, "  {}", line.trim_end_matches('\n'));
        for mark in marks {
            let (from, to) = (mark.range.start() as usize, mark.range.end() as usize);
            if (start..end).contains(&from) {
                let count = |words: Option<&str>| words.unwrap_or_default().chars().count();
                let indent = count(text.get(start..from));
                let width = count(text.get(from..to.min(end)));
                let _ = write!(out, "  {}{}", " ".repeat(indent), "^".repeat(width));
                let asked = mark.asked.iter().map(|asked| format!(" {asked}"));
                let _ = writeln!(out, " {}{}", mark.value, asked.collect::<String>());
            }
        }
        start = end;
    }
    out
}
