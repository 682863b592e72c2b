//! What the attributes of an element say of it: words of its class and id by the table of
//! markup, roles, item properties, whether it is shown.

use std::collections::HashMap;

use super::tag::Tag;
use super::token::attributes;
use crate::Lexicon;
use crate::lexicon::Markup;

/// The longest value that is looked at, in bytes.
const LONGEST: usize = 400;
/// Parts of an id that is made of the words of a heading, at least.
const SENTENCE: usize = 5;

/// Several markups of one element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    /// Whether `markup` is among them.
    pub fn has(self, markup: Markup) -> bool {
        self.0 & 1 << markup as u16 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn add(&mut self, markup: Markup) {
        self.0 |= 1 << markup as u16;
    }

    fn remove(&mut self, markup: Markup) {
        self.0 &= !(1 << markup as u16);
    }
}

/// Reads marks; what a class says is looked up once a page.
pub(super) struct Reader<'a> {
    lexicon: &'a Lexicon,
    known: HashMap<&'a str, Marks>,
}

impl<'a> Reader<'a> {
    /// A reader of one page.
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, known: HashMap::new() }
    }

    /// The marks of an element with these attributes. The id of a heading is a form of
    /// its words, so it says nothing of what it is.
    pub fn read(&mut self, tag: Tag, text: &'a str) -> Marks {
        let (mut marks, mut styled) = (Marks::default(), false);
        if text.len() < 3 {
            return marks;
        }
        for (name, value) in attributes(text) {
            match name.len() {
                2 if matches!(tag, Tag::Heading | Tag::Title) => {}
                2 if name.eq_ignore_ascii_case("id") && self.is_sentence(value) => {
                    self.name(value, 2, &mut marks);
                }
                2 | 5 | 7 | 8 | 11 | 14 if is_naming(name) => marks.0 |= self.words(value).0,
                4 if name.eq_ignore_ascii_case("role") => marks.0 |= role(value).0,
                5 if name.eq_ignore_ascii_case("style") => styled = is_hidden(value),
                6 if name.eq_ignore_ascii_case("hidden") => marks.add(Markup::Hidden),
                11 if name.eq_ignore_ascii_case("aria-hidden") && value == "true" => {
                    marks.add(Markup::Hidden);
                }
                _ => {}
            }
        }
        // The rest of a story for subscribers is in the page all the same.
        if styled && !marks.has(Markup::Paid) {
            marks.add(Markup::Hidden);
        }
        // A post of a network that the story quotes ("twitter-tweet").
        if tag == Tag::Quote {
            marks.remove(Markup::Noise);
        }
        marks
    }

    fn words(&mut self, value: &'a str) -> Marks {
        if let Some(marks) = self.known.get(value) {
            return *marks;
        }
        let mut marks = Marks::default();
        if value.len() <= LONGEST {
            for name in value.split_ascii_whitespace() {
                self.name(name, 1, &mut marks);
            }
            if is_hiding(value) {
                marks.add(Markup::Hidden);
            }
        }
        self.known.insert(value, marks);
        marks
    }

    /// Whether an id is made of the words of a heading, so that none of them alone says what
    /// the element is.
    fn is_sentence(&self, id: &str) -> bool {
        let parts = || id.split(['-', '_']).take(LONGEST);
        let small = |part: &str| self.lexicon.is(part, "small");
        id.len() <= LONGEST && parts().nth(SENTENCE - 1).is_some() && parts().any(small)
    }

    /// Looks up each part of `name` and each two or three that follow one another, where so
    /// few are enough.
    fn name(&self, name: &str, least: usize, marks: &mut Marks) {
        let mut joined = String::with_capacity(name.len());
        // Where each part starts, and whether a digit stands right before it.
        let mut starts: Vec<(usize, bool)> = Vec::with_capacity(8);
        let mut last = '-';
        for c in name.chars() {
            if c.is_ascii_alphabetic() {
                let begins = !last.is_ascii_alphabetic()
                    || c.is_ascii_uppercase() && last.is_ascii_lowercase();
                if begins {
                    starts.push((joined.len(), last.is_ascii_digit()));
                }
                joined.push(c.to_ascii_lowercase());
            }
            last = c;
        }
        let mut own = Marks::default();
        for (at, (start, hashed)) in starts.iter().enumerate() {
            for count in least..=3 {
                let end = match starts.get(at + count) {
                    Some((end, _)) => *end,
                    None if at + count == starts.len() => joined.len(),
                    None => break,
                };
                let words = joined.get(*start..end).unwrap_or_default();
                // Letters and digits of a hash make short words by chance.
                let many = count > 1 || *hashed || name.len() > 12 && starts.len() > 4;
                if words.len() < 3 && many {
                    continue;
                }
                if let Some(markup) = self.lexicon.markup(words) {
                    own.add(markup);
                }
            }
        }
        if own.has(Markup::Paid) {
            marks.add(Markup::Paid);
        } else if !own.has(Markup::Plain) {
            marks.0 |= own.0;
        }
    }
}

/// Attributes that name what an element is.
fn is_naming(name: &str) -> bool {
    ["class", "id", "itemprop", "data-qa", "data-testid", "data-component"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn role(value: &str) -> Marks {
    let mut marks = Marks::default();
    let noise = [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "dialog",
        "alertdialog",
        "search",
        "menu",
        "menubar",
        "tablist",
        "toolbar",
        "alert",
    ];
    if noise.iter().any(|role| value.eq_ignore_ascii_case(role)) {
        marks.add(Markup::Noise);
    }
    marks
}

/// Whether a class is one that the style sheets in common use (Tailwind, Bootstrap) do not
/// show: "hidden", "d-none". With "md:block" or "d-md-block" beside it some screens show it.
fn is_hiding(class: &str) -> bool {
    let names = || class.split_ascii_whitespace();
    let shows = |name: &str| name.contains(':') || name.starts_with("d-") && name != "d-none";
    names().any(|name| matches!(name, "hidden" | "d-none")) && !names().any(shows)
}

/// `display: none`, `visibility: hidden`.
fn is_hidden(style: &str) -> bool {
    let hides = |declaration: &str| {
        declaration.split_once(':').is_some_and(|(name, value)| {
            let (name, value) = (name.trim(), value.trim());
            name.eq_ignore_ascii_case("display") && value.starts_with("none")
                || name.eq_ignore_ascii_case("visibility") && value.starts_with("hidden")
        })
    };
    style.len() <= LONGEST && style.split(';').any(hides)
}

#[cfg(test)]
mod tests {
    use dateline_text::table::rows;

    use super::{Marks, Reader, Tag};
    use crate::Lexicon;
    use crate::lexicon::Markup;

    /// The spellings of a row that name an element of its class, and those that do not.
    fn spellings(words: &str) -> ([String; 5], [String; 2]) {
        let parts: Vec<&str> = words.split(' ').collect();
        let capital = |part: &&str| {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + rest
        };
        let humps: String = parts.iter().map(capital).collect();
        let hyphened = parts.join("-");
        let answer = [
            parts.concat(),
            hyphened.clone(),
            parts.join("__").to_ascii_uppercase(),
            format!("qq-{hyphened}-42"),
            format!("qq{humps}"),
        ];
        (answer, [format!("qq{}", parts.concat()), format!("{}qq", parts.concat())])
    }

    /// What an element of this class is.
    fn marks(lexicon: &Lexicon, name: &str) -> Marks {
        Reader::new(lexicon).read(Tag::Block, &format!("class='{name}'"))
    }

    #[test]
    fn a_hash_says_nothing() {
        let lexicon = Lexicon::english();
        assert!(marks(&lexicon, "component_1ad269af0d").is_empty());
        assert!(marks(&lexicon, "css-9f3b2ad").is_empty());
        assert!(!marks(&lexicon, "ad1").is_empty());
        assert!(!marks(&lexicon, "side-ad-2").is_empty());
    }

    #[test]
    fn what_some_screens_show_is_not_hidden() {
        let lexicon = Lexicon::english();
        let hidden = |class: &str| marks(&lexicon, class).has(Markup::Hidden);
        assert!(hidden("hidden") && hidden("intro hidden") && hidden("row d-none"));
        assert!(!hidden("hidden md:block") && !hidden("d-none d-md-block"));
        assert!(!hidden("overflow-hidden") && !hidden("hidden-xs"));
    }

    #[test]
    fn a_post_that_is_quoted_is_no_noise() {
        let lexicon = Lexicon::english();
        let noise = |tag| {
            let marks = Reader::new(&lexicon).read(tag, "class='twitter-tweet'");
            marks.has(Markup::Noise)
        };
        assert!(noise(Tag::Block) && !noise(Tag::Quote));
    }

    #[test]
    fn each_word_answers_its_spellings_alone() {
        let lexicon = Lexicon::english();
        for row in rows("markup.tsv", include_str!("../../data/en/markup.tsv")) {
            let words = row.cell(0);
            let class = lexicon.markup(&words.replace(' ', "")).expect("the row was read");
            let (answer, none) = spellings(words);
            for name in answer {
                let marks = marks(&lexicon, &name);
                let answers =
                    if class == Markup::Plain { marks.is_empty() } else { marks.has(class) };
                assert!(answers, "{name} for {words}");
            }
            for name in none.iter().filter(|_| class != Markup::Plain) {
                assert!(marks(&lexicon, name).is_empty(), "{name} for {words}");
            }
        }
    }
}
