//! JSON-LD: what the page says of itself as data. Every object is looked at, wherever it
//! stands; one of an article is believed before one of the page around it.

use dateline_model::Moment;
use serde_json::Value;

use super::moment;
use crate::Context;

/// Objects deeper than this are not looked at.
const DEEPEST: usize = 32;

/// What one block of JSON-LD says.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Headlines and names of articles.
    pub titles: Vec<String>,
    /// Descriptions of articles.
    pub descriptions: Vec<String>,
    /// The text of an article.
    pub body: Option<String>,
    /// Days: the key, whether its object is an article, the words, what they say.
    pub days: Vec<(&'static str, bool, String, Moment)>,
    /// Names of authors, people and whoever else.
    pub authors: Vec<String>,
    pub bodies: Vec<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// Whether it is a live page.
    pub live: bool,
    /// Posts of a live page: the headline and when it was written.
    pub updates: Vec<(String, Moment)>,
    /// Its terms.
    pub licence: Option<String>,
}

/// Keys of days, in the order of trust; the two that are no words of schema.org are those
/// of Baidu's Cambrian data.
const DAYS: [&str; 6] =
    ["datePublished", "dateCreated", "uploadDate", "pubDate", "dateModified", "upDate"];

/// Keys of what the page links to, which is not what it is, and of the posts it is made of.
const OTHER: [&str; 6] =
    ["itemListElement", "hasPart", "relatedLink", "review", "comment", "liveBlogUpdate"];

/// Reads `content`; what is no JSON says nothing.
pub(super) fn read(content: &str, context: Context<'_>) -> Option<Told> {
    let content = content.trim().trim_end_matches(';').trim();
    let inner = content.strip_prefix("<!--").unwrap_or(content);
    let inner = inner.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let inner = inner.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>");
    let value = serde_json::from_str::<Value>(inner).or_else(|_| {
        // Line breaks and tabs inside strings are what most broken ones have.
        serde_json::from_str(&inner.replace(['\n', '\r', '\t'], " "))
    });
    let mut told = Told::default();
    visit(&value.ok()?, 0, &mut told, context);
    Some(told)
}

fn visit(value: &Value, depth: usize, told: &mut Told, context: Context<'_>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|item| visit(item, depth + 1, told, context)),
        Value::Object(object) => {
            let kind = kind(value);
            if kind != Kind::Other {
                read_object(value, kind, told, context);
            }
            for (key, inner) in object {
                if (inner.is_object() || inner.is_array()) && !OTHER.contains(&key.as_str()) {
                    visit(inner, depth + 1, told, context);
                }
            }
        }
        _ => {}
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Other,
}

fn kind(value: &Value) -> Kind {
    let names = match &value["@type"] {
        // Without a type it is what the page says of itself.
        Value::Null => vec!["WebPage"],
        Value::String(name) => vec![name.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let of = |name: &&str| {
        name.contains("Article")
            || name.ends_with("Posting")
            || name.ends_with("Report")
            || ["Review", "Recipe", "HowTo", "CreativeWork", "BackgroundNews", "AnalysisNews"]
                .contains(name)
    };
    if names.iter().any(of) {
        Kind::Article
    } else if names.iter().any(|name| name.ends_with("Page")) {
        Kind::Page
    } else {
        Kind::Other
    }
}

fn read_object(value: &Value, kind: Kind, told: &mut Told, context: Context<'_>) {
    let text = |key: &str| value[key].as_str().map(str::trim).filter(|text| !text.is_empty());
    for key in DAYS {
        if let Some(words) = text(key) {
            let day = moment(words, context);
            let article = kind == Kind::Article;
            told.days.extend(day.map(|day| (key, article, words.to_string(), day)));
        }
    }
    if kind != Kind::Article {
        return;
    }
    told.live |= value["@type"].as_str() == Some("LiveBlogPosting");
    let posts = value["liveBlogUpdate"].as_array().into_iter().flatten();
    told.updates.extend(posts.filter_map(|post| {
        let headline = post["headline"].as_str().or_else(|| post["name"].as_str())?;
        Some((headline.to_string(), moment(post["datePublished"].as_str()?, context)?))
    }));
    told.titles.extend(text("headline").or_else(|| text("name")).map(str::to_string));
    told.descriptions.extend(text("description").map(str::to_string));
    if told
        .body
        .as_ref()
        .is_none_or(|body| text("articleBody").is_some_and(|t| t.len() > body.len()))
    {
        told.body = text("articleBody").map(str::to_string).or(told.body.take());
    }
    if told.authors.is_empty() {
        names(&value["author"], told);
    }
    if told.publisher.is_none() {
        told.publisher = value["publisher"]["name"].as_str().map(str::to_string);
    }
    told.url = told.url.take().or_else(|| text("url").map(str::to_string));
    told.licence = told.licence.take().or_else(|| text("license").map(str::to_string));
}

fn names(value: &Value, told: &mut Told) {
    match value {
        Value::String(name) => told.authors.push(name.clone()),
        Value::Array(list) => list.iter().take(32).for_each(|author| names(author, told)),
        Value::Object(_) => {
            let body = value["@type"].as_str().is_some_and(|kind| kind.ends_with("Organization"));
            let names = if body { &mut told.bodies } else { &mut told.authors };
            names.extend(value["name"].as_str().map(str::to_string));
        }
        _ => {}
    }
}
