//! The elements that layout knows, and how they break lines. Nothing here looks at
//! attributes.

/// An element's name, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Article,
    Aside,
    Block,
    Body,
    Bold,
    Button,
    Caption,
    Cell,
    Figure,
    Footer,
    Form,
    Header,
    Heading,
    Hidden,
    Inline,
    Item,
    Label,
    Line,
    Link,
    List,
    Main,
    Nav,
    Paragraph,
    Pre,
    Quote,
    Row,
    Table,
    Term,
    Time,
    Title,
    Void,
}

impl Tag {
    /// The tag of a name in small letters.
    pub fn of(name: &str) -> Self {
        match name {
            "article" => Self::Article,
            "aside" => Self::Aside,
            "div" | "section" | "address" | "details" | "fieldset" | "center" | "hgroup" => {
                Self::Block
            }
            "body" => Self::Body,
            "b" | "strong" => Self::Bold,
            "button" | "select" | "dialog" | "menu" => Self::Button,
            "figcaption" | "caption" => Self::Caption,
            "td" | "th" => Self::Cell,
            "figure" => Self::Figure,
            "footer" => Self::Footer,
            "form" => Self::Form,
            "header" => Self::Header,
            "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "video" | "audio"
            | "canvas" | "head" | "datalist" => Self::Hidden,
            "li" => Self::Item,
            "option" | "label" | "legend" | "summary" => Self::Label,
            "br" => Self::Line,
            "a" => Self::Link,
            "ul" | "ol" | "dl" => Self::List,
            "main" => Self::Main,
            "nav" => Self::Nav,
            "p" => Self::Paragraph,
            "pre" => Self::Pre,
            "blockquote" => Self::Quote,
            "tr" => Self::Row,
            "table" | "tbody" | "thead" | "tfoot" => Self::Table,
            "dt" | "dd" => Self::Term,
            "time" => Self::Time,
            "h1" => Self::Title,
            "hr" | "img" | "input" | "meta" | "link" | "source" | "wbr" | "area" | "base"
            | "col" | "embed" | "param" | "track" => Self::Void,
            _ => Self::Inline,
        }
    }

    /// Whether it stands in lines of other elements.
    pub fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Bold | Self::Inline | Self::Link | Self::Time | Self::Void | Self::Hidden
        )
    }

    /// How many line breaks stand before and behind it.
    pub fn breaks(self) -> u8 {
        match self {
            tag if tag.is_inline() => 0,
            Self::Cell => 0,
            Self::Block
            | Self::Item
            | Self::Row
            | Self::Caption
            | Self::Term
            | Self::Label
            | Self::Line
            | Self::Button => 1,
            _ => 2,
        }
    }

    /// Whether it ends a paragraph that was left open.
    pub fn ends_paragraph(self) -> bool {
        !self.is_inline() && !matches!(self, Self::Line | Self::Button | Self::Label)
    }

    /// The element that it closes where it was left open, and where the search for it
    /// ends.
    pub fn closes(self) -> Option<(&'static [Self], &'static [Self])> {
        match self {
            Self::Item => Some((&[Self::Item], &[Self::List])),
            Self::Term => Some((&[Self::Term], &[Self::List])),
            Self::Row => Some((&[Self::Row], &[Self::Table])),
            Self::Cell => Some((&[Self::Cell], &[Self::Row, Self::Table])),
            _ => None,
        }
    }
}
