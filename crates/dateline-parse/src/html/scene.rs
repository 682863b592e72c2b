//! What each line of a page of markup is by itself: the role that its elements give it,
//! how much of it is prose and links, and which elements are no story whatever they hold.

use std::collections::{HashMap, HashSet};

use super::flow::{Element, Layout, TextLine};
use super::tag::Tag;
use crate::lexicon::Markup;

/// The longest element whose class makes a line of it a stamp, a byline, a credit; and a
/// standfirst, in bytes.
const SHORT: u32 = 240;
const DECK: u32 = 900;

/// Lines below the headline among which a standfirst may stand.
pub(super) const HEAD: usize = 14;

/// The least prose of an article that is no teaser, in bytes, and how far from it its text
/// may lie.
const CORE: u32 = 1200;
/// Teasers in a row, at least, lines of one, at most, and bytes of its headline, at least;
/// a question is one that the story answers.
const ROW: usize = 3;
const TEASER: usize = 12;
const HEADLINE: usize = 30;
/// The longest credit of an element that is called a caption as well, in bytes.
const CREDIT: u32 = 40;
const CLOSE: usize = 6;

/// Elements around a line of which one may keep it from sight.
const HIDDEN: usize = 4;

/// What its elements say of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    None,
    Title,
    Heading,
    Item,
    Cell,
    Quote,
    Caption,
    Credit,
    Figure,
    Deck,
    Byline,
    Stamp,
    Label,
}

/// How an element is known to be chrome.
#[derive(Clone, Copy)]
enum Chrome {
    Sure,
    ByClass,
}

/// A page laid out, with what is known of each line and element.
pub(super) struct Scene<'a> {
    /// The text.
    pub text: &'a str,
    /// Lines and elements.
    pub layout: &'a Layout,
    /// The role of the lines right inside each element.
    pub roles: Vec<Role>,
    /// Whether each element is chrome, whatever it holds.
    pub noisy: Vec<bool>,
    /// Sums up to each line: bytes of text, of links, of prose.
    text_sum: Vec<u32>,
    link_sum: Vec<u32>,
    prose_sum: Vec<u32>,
}

impl<'a> Scene<'a> {
    /// Looks at each element and line once.
    pub fn new(text: &'a str, layout: &'a Layout) -> Self {
        let mut scene = Self {
            text,
            layout,
            roles: Vec::with_capacity(layout.elements.len()),
            noisy: vec![false; layout.elements.len()],
            text_sum: sums(layout, |line| line.range.len()),
            link_sum: sums(layout, |line| line.linked),
            prose_sum: Vec::new(),
        };
        for element in &layout.elements {
            let role = scene.role(element);
            scene.roles.push(role);
        }
        scene.prose_sum =
            sums(layout, |line| if scene.is_prose(line) { line.range.len() } else { 0 });
        scene
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.layout.lines.len()
    }

    /// The words of a line.
    pub fn words(&self, line: usize) -> &'a str {
        let range = self.layout.lines.get(line).map(|line| line.range);
        range.and_then(|range| range.slice(self.text)).unwrap_or_default()
    }

    /// The role of a line.
    pub fn role_of(&self, line: usize) -> Role {
        let element = self.layout.lines.get(line).map_or(0, |line| line.element as usize);
        self.roles.get(element).copied().unwrap_or(Role::None)
    }

    /// Whether nearly all of a line is bold.
    pub fn is_bold(&self, line: usize) -> bool {
        let line = self.layout.lines.get(line);
        line.is_some_and(|line| u64::from(line.bold) * 10 >= u64::from(line.range.len()) * 9)
    }

    /// Whether a line stands right in a heading, whatever the role that its class gives it.
    pub fn is_heading(&self, line: usize) -> bool {
        let own = self.layout.lines.get(line).map(|line| line.element as usize);
        let own = own.and_then(|at| self.layout.elements.get(at));
        own.is_some_and(|element| element.tag == Tag::Heading)
    }

    /// Bytes of text, of links, of prose in the lines of an element.
    pub fn bytes(&self, element: &Element) -> u32 {
        between(&self.text_sum, element.lines)
    }

    /// See [`Self::bytes`].
    pub fn links(&self, element: &Element) -> u32 {
        between(&self.link_sum, element.lines)
    }

    /// See [`Self::bytes`].
    pub fn prose(&self, element: &Element) -> u32 {
        between(&self.prose_sum, element.lines)
    }

    /// Bytes of prose in the lines `from..to`.
    pub fn prose_between(&self, from: usize, to: usize) -> u32 {
        between(&self.prose_sum, (from as u32, to as u32))
    }

    fn role(&self, element: &Element) -> Role {
        let parent = self.roles.get(element.parent as usize).copied().unwrap_or(Role::None);
        let bytes = self.bytes(element);
        let marked = |markup: Markup| element.marks.has(markup);
        let in_figure = matches!(parent, Role::Figure | Role::Caption | Role::Credit);
        let own = match element.tag {
            Tag::Title => Role::Title,
            Tag::Heading => Role::Heading,
            Tag::Caption => Role::Caption,
            Tag::Figure => Role::Figure,
            Tag::Item => Role::Item,
            Tag::Cell => Role::Cell,
            Tag::Quote => Role::Quote,
            Tag::Label => Role::Label,
            _ => Role::None,
        };
        if matches!(own, Role::Title) {
            return own;
        }
        let heading = matches!(parent, Role::Title | Role::Heading);
        let alone = self.layout.elements.get(element.parent as usize).map(|outer| outer.lines);
        if marked(Markup::Kicker) && heading && alone != Some(element.lines) {
            return Role::Label;
        }
        let short = bytes <= SHORT;
        // Of one that is called both, a long one is the caption.
        let captioned = marked(Markup::Caption) && bytes > CREDIT;
        let by_class = if marked(Markup::Title) && own == Role::Heading {
            Role::Heading
        } else if marked(Markup::Credit) && (in_figure || short) && !captioned {
            Role::Credit
        } else if marked(Markup::Caption) && bytes <= 2 * DECK {
            Role::Caption
        } else if marked(Markup::Deck) && bytes <= DECK && bytes > 20 {
            Role::Deck
        } else if marked(Markup::Stamp) && short && own == Role::None {
            Role::Stamp
        } else if marked(Markup::Byline)
            && short
            && matches!(own, Role::None | Role::Heading | Role::Item)
        {
            Role::Byline
        } else {
            Role::None
        };
        match (by_class, own, parent) {
            (by_class, ..) if by_class != Role::None => by_class,
            (_, own, Role::Caption | Role::Credit) if own != Role::Cell => parent,
            (_, own, _) if own != Role::None => own,
            (_, _, Role::Cell) if element.tag == Tag::Paragraph => Role::None,
            _ => parent,
        }
    }

    /// Running text: not a heading, not links, long or with a stop.
    fn is_prose(&self, line: &TextLine) -> bool {
        let role = self.roles.get(line.element as usize).copied().unwrap_or(Role::None);
        let words = line.range.slice(self.text).unwrap_or_default();
        let len = line.range.len();
        let open = !matches!(
            role,
            Role::Title | Role::Heading | Role::Caption | Role::Credit | Role::Label | Role::Stamp
        );
        open && line.linked < len.div_ceil(2) && (len >= 140 || len >= 40 && stops(words))
    }

    /// Whether a line is prose.
    pub fn is_prose_at(&self, line: usize) -> bool {
        let at = line as u32;
        between(&self.prose_sum, (at, at + 1)) > 0
    }

    /// Tells the elements that are chrome by tag or class; one that holds the title is
    /// none, whatever it is called, nor, but beside an article with the title, one that holds
    /// half of the prose, or a third of what no tag and no comment takes away where only its
    /// class says so.
    pub fn find_noise(&mut self, title: Option<usize>) {
        let teasers = self.teasers();
        let story = self.article_of(title);
        let all = self.prose_sum.last().copied().unwrap_or(0);
        let mut left = all;
        for pass in [Chrome::Sure, Chrome::ByClass] {
            let total = left;
            left = all;
            let mut end = 0;
            let core = match pass {
                Chrome::Sure => HashSet::new(),
                Chrome::ByClass => self.core(title),
            };
            for at in 0..self.layout.elements.len() {
                let Some(element) = self.layout.elements.get(at) else { continue };
                let known = |at: usize| self.noisy.get(at).copied().unwrap_or(false);
                let inherited = known(element.parent as usize) || known(at);
                let lines = element.lines.0..element.lines.1;
                let held = || title.is_some_and(|title| lines.contains(&(title as u32)));
                let enough = match pass {
                    Chrome::Sure => total / 2,
                    Chrome::ByClass => total / 3,
                };
                let prose = self.prose(element);
                let most = total > 0 && prose >= enough;
                let named = teasers.contains(&at)
                    || self.is_chrome(element, pass, title) && !core.contains(&at);
                let beside = story
                    .is_some_and(|(from, to)| element.lines.1 <= from || to <= element.lines.0);
                let noise = inherited || named && (beside || !most) && !held();
                if noise && element.lines.0 >= end {
                    end = element.lines.1;
                    left = left.saturating_sub(prose);
                }
                self.noisy.get_mut(at).into_iter().for_each(|slot| *slot = noise);
            }
        }
    }

    /// The lines of the article around the headline, where its prose is no teaser.
    fn article_of(&self, title: Option<usize>) -> Option<(u32, u32)> {
        let own = self.layout.lines.get(title?)?.element as usize;
        let mut around = self.outward(own);
        let article = around.find(|outer| outer.tag == Tag::Article)?;
        (self.prose(article) >= CORE).then_some(article.lines)
    }

    /// The elements of rows that are teasers of other stories: each begins with a link and
    /// has words below it. A page that holds little else has none.
    fn teasers(&self) -> HashSet<usize> {
        let mut rows: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, element) in self.layout.elements.iter().enumerate() {
            if self.is_teaser(element) {
                rows.entry(element.parent).or_default().push(at);
            }
        }
        let bytes = |at: &usize| {
            self.layout.elements.get(*at).map_or(0, |element| u64::from(self.prose(element)))
        };
        let prose = |row: &Vec<usize>| row.iter().map(bytes).sum::<u64>();
        let is_row = |(parent, row): &(&u32, &Vec<usize>)| {
            row.len() >= ROW && prose(row) * 4 >= bytes(&(**parent as usize)) * 3
        };
        let rows: Vec<&Vec<usize>> = rows.iter().filter(is_row).map(|(_, row)| row).collect();
        let all: u64 = rows.iter().map(|row| prose(row)).sum();
        let whole = u64::from(self.prose_sum.last().copied().unwrap_or(0));
        if whole.saturating_sub(all) < u64::from(CORE / 2) {
            return HashSet::new();
        }
        rows.into_iter().flatten().copied().collect()
    }

    fn is_teaser(&self, element: &Element) -> bool {
        let boxed = matches!(element.tag, Tag::Item | Tag::Article | Tag::Block);
        let (from, to) = (element.lines.0 as usize, element.lines.1 as usize);
        let head = |line: usize| {
            let heading = matches!(self.role_of(line), Role::Heading) || element.tag == Tag::Item;
            let words = self.words(line);
            let told = words.len() >= HEADLINE && !words.ends_with('?');
            heading && told && self.link_share(line) >= 90
        };
        boxed
            && (2..TEASER).contains(&(to - from))
            && self.prose(element) > 0
            && (from..to).take(3).any(head)
    }

    /// The elements that an article is made of although their class calls them chrome: with
    /// all that are called so beside them, half of its prose would go; so would half of what
    /// one of them holds.
    fn core(&self, title: Option<usize>) -> HashSet<usize> {
        let sure = |at: usize| self.noisy.get(at).copied().unwrap_or(false);
        let named = |(at, element): &(usize, &Element)| {
            !sure(*at) && self.is_chrome(element, Chrome::ByClass, title)
        };
        let named: Vec<_> = self.layout.elements.iter().enumerate().filter(named).collect();
        let mut beside: HashMap<u32, u32> = HashMap::new();
        for (_, element) in &named {
            let sum = beside.entry(element.parent).or_default();
            *sum = sum.saturating_add(self.prose(element));
        }
        let mut core = HashSet::new();
        for (at, element) in named {
            let together = beside.get(&element.parent).copied().unwrap_or(0);
            let parent = element.parent as usize;
            let held = self.layout.elements.get(parent).map_or(0, |outer| self.prose(outer));
            let within = core.contains(&parent) && self.prose(element) >= held / 2;
            let mut around = self.outward(parent).take(CLOSE);
            let mut article = || around.find(|outer| outer.tag == Tag::Article);
            let most = together >= CORE
                && article().is_some_and(|article| together >= self.prose(article) / 2);
            if element.tag == Tag::Block && (within || most) {
                core.insert(at);
            }
        }
        core
    }

    fn is_chrome(&self, element: &Element, pass: Chrome, title: Option<usize>) -> bool {
        let tag = match element.tag {
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Button | Tag::Form => true,
            Tag::Header => self.prose(element) == 0,
            _ => false,
        };
        let has = |markup: Markup| element.marks.has(markup);
        // What a paragraph or list of prose is called says where it stands, not that it is
        // chrome.
        let text = matches!(element.tag, Tag::Paragraph | Tag::List)
            && self.prose(element) > 0
            && self.links(element) < self.bytes(element) / 5;
        // A standfirst is a teaser of its own story.
        let near =
            title.is_some_and(|title| (title..title + HEAD).contains(&(element.lines.0 as usize)));
        let deck =
            near && has(Markup::Deck) && self.links(element) == 0 && self.bytes(element) <= DECK;
        match pass {
            Chrome::Sure => tag || has(Markup::Comment) || has(Markup::Hidden),
            Chrome::ByClass => {
                (has(Markup::Noise) || has(Markup::Crumb))
                    && !text
                    && !deck
                    && element.tag != Tag::Body
            }
        }
    }

    /// Whether the elements of a line are chrome.
    pub fn is_noisy(&self, line: usize) -> bool {
        let element = self.layout.lines.get(line).map_or(0, |line| line.element as usize);
        self.noisy.get(element).copied().unwrap_or(false)
    }

    /// Whether the elements around a line keep it from sight.
    pub fn is_hidden(&self, line: usize) -> bool {
        self.around(line, HIDDEN).any(|element| element.marks.has(Markup::Hidden))
    }

    /// The innermost element around a line that is no paragraph.
    pub fn box_of(&self, line: usize) -> Option<&Element> {
        let mut at = self.layout.lines.get(line)?.element as usize;
        loop {
            let element = self.layout.elements.get(at)?;
            let paragraph = matches!(element.tag, Tag::Paragraph | Tag::Inline);
            if !paragraph || at == element.parent as usize {
                return Some(element);
            }
            at = element.parent as usize;
        }
    }

    /// The elements around a line, the innermost first, up to `count`.
    pub fn around(&self, line: usize, count: usize) -> impl Iterator<Item = &Element> {
        let first = self.layout.lines.get(line).map(|line| line.element as usize);
        first.into_iter().flat_map(move |first| self.outward(first).take(count))
    }

    /// An element and those around it, the innermost first.
    fn outward(&self, at: usize) -> impl Iterator<Item = &Element> {
        let outer = |at: &usize| {
            let parent = self.layout.elements.get(*at)?.parent as usize;
            (parent != *at).then_some(parent)
        };
        std::iter::successors(Some(at), outer).filter_map(|at| self.layout.elements.get(at))
    }

    /// How much of a line is links, in a hundred.
    pub fn link_share(&self, line: usize) -> u32 {
        let line = self.layout.lines.get(line);
        line.map_or(0, |line| {
            let share = u64::from(line.linked) * 100 / u64::from(line.range.len().max(1));
            share.min(100) as u32
        })
    }
}

/// Whether `words` end like a sentence, in any script.
pub(super) fn stops(words: &str) -> bool {
    let closing = |c: char| matches!(c, ')' | ']' | '"' | '”' | '’' | '\'' | '»' | '“' | '」');
    words
        .trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '۔', '؟'])
}

/// Sums of `of` over the lines before each line and over all.
pub(super) fn sums(layout: &Layout, of: impl Fn(&TextLine) -> u32) -> Vec<u32> {
    let mut out = Vec::with_capacity(layout.lines.len() + 1);
    let mut sum = 0;
    out.push(sum);
    for line in &layout.lines {
        sum += of(line);
        out.push(sum);
    }
    out
}

/// The sum over the lines `from..to`.
pub(super) fn between(sums: &[u32], (from, to): (u32, u32)) -> u32 {
    let at = |at: u32| sums.get(at as usize).copied().unwrap_or(0);
    at(to).saturating_sub(at(from))
}
