//! Articles as records of JSON: schema.org (JSON-LD), ninjs of either generation, JSON
//! Feed, the rows of news corpora, and the chat exports of Telegram. Keys are those of the
//! formats; a record is an article where it has a text.

use dateline_model::{Member, Severity};

use super::json::{self, Fields, Value};
use super::{Place, Read, Whole, finished};
use crate::decode::{Decoded, Patchwork};
use crate::lines::Hint;
use crate::page::{Draft, address, line};
use crate::{Context, ParseError};

/// Keys by what they hold, the better one first.
const TITLE: &[&str] = &["headline", "title", "headlines", "name"];
const BODY: &[&str] = &[
    "articleBody",
    "body_html",
    "bodyHtml",
    "content_html",
    "bodies",
    "body_text",
    "bodyText",
    "content_text",
    "text",
    "body",
    "content",
    "maintext",
    "fulltext",
    "sentences",
];
const SUMMARY: &[&str] = &[
    "standfirst",
    "deck",
    "description_html",
    "description_text",
    "description",
    "descriptions",
    "summary",
    "excerpt",
    "abstract",
];
const PUBLISHED: &[&str] = &[
    "datePublished",
    "date_published",
    "firstpublished",
    "firstPublished",
    "published_at",
    "publishedAt",
    "published",
    "publish_date",
    "date_publish",
    "pubDate",
    "pubdate",
    "firstcreated",
    "firstCreated",
    "date",
    "created_at",
    "createdAt",
    "versioncreated",
    "versionCreated",
];
const MODIFIED: &[&str] = &[
    "dateModified",
    "date_modified",
    "versioncreated",
    "versionCreated",
    "updated_at",
    "updatedAt",
    "modified",
    "updated",
    "date_modify",
];
const URL: &[&str] =
    &["url", "link", "canonical", "canonicalurl", "external_url", "mainEntityOfPage", "uri", "@id"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "by", "creator"];
const PUBLISHER: &[&str] = &[
    "publisher",
    "source_name",
    "source",
    "organisation",
    "infosources",
    "copyrightholder",
    "site_name",
    "site",
    "source_domain",
];
const LICENCE: &[&str] = &["license", "licence", "usageterms", "usageTerms", "rights"];
const ARCHIVE: &[&str] = &["archivedAt", "archive_url"];
const RETRIEVED: &[&str] = &["retrieved", "retrieved_at", "date_download", "crawled_at"];
/// Lists of records.
const LISTS: &[&str] = &[
    "@graph",
    "items",
    "articles",
    "results",
    "docs",
    "documents",
    "entries",
    "messages",
    "list",
    "data",
];
/// The posts of a live page.
const POSTS: &str = "liveBlogUpdate";
/// Objects that hold such a list.
const HOLDERS: &[&str] = &["response", "data", "result", "feed", "chats"];

/// The briefs of a file of JSON.
pub(super) fn read(whole: Whole<'_>, place: &Place, context: Context<'_>) -> Vec<Read> {
    let text: &str = &whole.decoded.text;
    let mut file = File { whole: &whole, place, context, out: Vec::new(), told: true };
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    // Several values one after another are lines of JSON, whatever the name says.
    while let Some(value) = json::value(text, at) {
        file.value(value, None, 0);
        at = value.end;
    }
    if file.out.is_empty() {
        return vec![Err(unknown())];
    }
    file.out
}

/// The brief of one line of JSON.
pub(super) fn read_line(whole: Whole<'_>, place: &Place, context: Context<'_>) -> Option<Read> {
    let text: &str = &whole.decoded.text;
    let value = json::value(text, 0).filter(|value| value.is_object())?;
    let mut file = File { whole: &whole, place, context, out: Vec::new(), told: true };
    file.article(value, &value.fields(), None);
    file.out.pop()
}

fn unknown() -> ParseError {
    let reason = "JSON without an article that is known here (schema.org, ninjs, JSON Feed, a \
                  Telegram export, or records with a \"text\"); convert it, one {\"date\", \
                  \"title\", \"text\"} a line";
    ParseError::Unread { reason: reason.to_string() }
}

struct File<'a> {
    whole: &'a Whole<'a>,
    place: &'a Place,
    context: Context<'a>,
    out: Vec<Read>,
    /// Whether what there is to say of the file still has to be told.
    told: bool,
}

impl File<'_> {
    /// A record, a list of them, or an object that holds one.
    fn value(&mut self, value: Value<'_>, publisher: Option<&str>, depth: u8) {
        if depth > 4 {
            return;
        }
        if value.is_list() {
            value.items().for_each(|item| self.value(item, publisher, depth + 1));
        } else if value.is_object() {
            let fields = value.fields();
            if fields.get("messages").is_some_and(|list| list.is_list()) {
                self.chat(&fields);
                return;
            }
            let list = LISTS.iter().filter_map(|key| fields.get(key)).find(Value::is_list);
            let held = HOLDERS.iter().filter_map(|key| fields.get(key)).find(Value::is_object);
            let posts = fields.get(POSTS).filter(Value::is_list);
            if self.article(value, &fields, publisher) || posts.is_some() {
                let publisher = Self::publisher(&fields, publisher);
                let posts = posts.into_iter();
                posts.for_each(|posts| self.value(posts, publisher.as_deref(), depth + 1));
            } else if let Some(list) = list {
                // A feed says once who publishes it.
                let name = fields.line(&["title"]).or(publisher.map(Into::into));
                let is_feed = fields.line(&["version"]).is_some_and(|it| it.contains("jsonfeed"));
                self.value(list, name.as_deref().filter(|_| is_feed), depth + 1);
            } else if let Some(held) = held {
                self.value(held, publisher, depth + 1);
            }
        }
    }

    /// Adds the brief of a record, where it is an article.
    fn article(&mut self, value: Value<'_>, fields: &Fields<'_>, publisher: Option<&str>) -> bool {
        let decoded = &self.whole.decoded;
        let title = prose(fields, TITLE, decoded);
        let body = prose(fields, BODY, decoded);
        let summary = prose(fields, SUMMARY, decoded);
        // Of JSON-LD, what has a name is not yet an article.
        let linked = fields.get("@type").is_some();
        let plain = fields.get("headline").is_some() || !linked && title.is_some();
        if body.is_none() && !(plain && summary.is_some()) {
            return false;
        }
        let mut draft = Draft::new(self.context);
        if let Some(title) = &title {
            draft.plain(title, Some(Hint::Title));
            draft.metadata.title = line(&title.text);
        }
        match (&summary, &body) {
            (Some(summary), Some(body)) if !repeats(summary, body) => draft.body(summary),
            (Some(summary), None) => draft.body(summary),
            _ => {}
        }
        if let Some(body) = &body {
            draft.body(body);
        }
        self.describe(&mut draft, fields, publisher);
        if !value.whole {
            draft.tell(Severity::Warning, "input-cut", CUT);
        }
        self.add(value, draft);
        true
    }

    /// Who publishes a record, `publisher` where it does not say.
    fn publisher(fields: &Fields<'_>, publisher: Option<&str>) -> Option<String> {
        let named = PUBLISHER.iter().find_map(|key| names(fields.get(key)?).into_iter().next());
        named.or(publisher.map(Into::into))
    }

    fn describe(&self, draft: &mut Draft<'_>, fields: &Fields<'_>, publisher: Option<&str>) {
        let moment = |keys: &[&str]| {
            keys.iter().find_map(|key| super::moment(&fields.line(&[key])?, self.context))
        };
        let published = moment(PUBLISHED);
        draft.published(published);
        draft.modified(moment(MODIFIED).filter(|at| Some(*at) != published));
        let web = |keys: &[&str]| {
            keys.iter().find_map(|key| {
                let value = fields.get(key)?;
                let words = value.words().or_else(|| value.fields().line(&["@id", "url"]));
                words.and_then(|words| address(&words))
            })
        };
        draft.metadata.url = web(URL);
        draft.metadata.archive_url = web(ARCHIVE);
        draft.metadata.retrieved = moment(RETRIEVED);
        draft.metadata.authors = AUTHORS
            .iter()
            .map(|key| fields.get(key).map(names).unwrap_or_default())
            .find(|names| !names.is_empty())
            .unwrap_or_default();
        draft.metadata.publisher = Self::publisher(fields, publisher);
        draft.metadata.licence = fields.line(LICENCE);
    }

    /// The messages of a chat, each a brief.
    fn chat(&mut self, fields: &Fields<'_>) {
        let open = fields.line(&["type"]).is_some_and(|kind| kind.contains("channel"));
        // Only a channel publishes; the names of a private chat stay where they are.
        let channel = fields.line(&["name"]).filter(|_| open);
        let Some(messages) = fields.get("messages") else { return };
        for message in messages.items().filter(Value::is_object) {
            let fields = message.fields();
            let mut words = Patchwork::default();
            pieces(fields.get("text"), &self.whole.decoded, &mut words);
            if words.is_empty() {
                continue;
            }
            let mut draft = Draft::new(self.context);
            draft.plain(&words.finish(), None);
            draft.published(fields.line(&["date"]).and_then(|at| super::moment(&at, self.context)));
            let edited = fields.line(&["edited"]).and_then(|at| super::moment(&at, self.context));
            draft.modified(edited);
            draft.metadata.publisher.clone_from(&channel);
            draft.metadata.authors =
                fields.line(&["author"]).filter(|_| open).into_iter().collect();
            if !message.whole {
                draft.tell(Severity::Warning, "input-cut", CUT);
            }
            self.add(message, draft);
        }
    }

    fn add(&mut self, value: Value<'_>, mut draft: Draft<'_>) {
        if std::mem::take(&mut self.told) {
            draft.diagnostics.extend(self.whole.decoded.diagnostics.iter().cloned());
        }
        let raw = self.whole.decoded.raw(value.start, value.end);
        let record = self.whole.record(raw);
        let member = Member { name: self.place.name.clone(), unpacked: self.place.unpacked };
        self.out.push(finished(draft, record, member));
    }
}

/// What is told of a record at the cut.
pub(super) const CUT: &str = "the input ends within this text; fetch it again for the rest";

/// The words of the first of `keys` that has some, with their places.
fn prose(fields: &Fields<'_>, keys: &[&str], decoded: &Decoded<'_>) -> Option<Decoded<'static>> {
    keys.iter().find_map(|key| {
        let mut words = Patchwork::default();
        pieces(Some(fields.get(key)?), decoded, &mut words);
        let words = words.finish();
        (!words.text.trim().is_empty()).then_some(words)
    })
}

/// A string, the strings of a list, or the texts of a list of objects: pieces of one text
/// where they are mixed, lines where all are strings, the first where all are objects.
fn pieces(value: Option<Value<'_>>, decoded: &Decoded<'_>, words: &mut Patchwork) {
    let Some(value) = value else { return };
    if value.is_string() {
        return value.copy(decoded, words);
    }
    let strings = value.items().all(|item| item.is_string());
    let objects = value.items().all(|item| item.is_object());
    for item in value.items() {
        if strings && !words.is_empty() {
            words.inserted("\n");
        }
        if item.is_string() {
            item.copy(decoded, words);
        } else if let Some(text) = item.fields().first(&["text", "value"]) {
            text.copy(decoded, words);
            if objects && !words.is_empty() && item.fields().get("type").is_none() {
                break;
            }
        }
    }
}

/// Names in a string, an object or a list of either.
fn names(value: Value<'_>) -> Vec<String> {
    let name = |value: Value<'_>| {
        let words = match value.is_object() {
            true => value.fields().line(&["name", "value", "rendered"]),
            false => value.words().filter(|_| value.is_string()),
        };
        words.and_then(|words| line(&words)).filter(|name| address(name).is_none())
    };
    match value.is_list() {
        true => value.items().take(32).filter_map(name).collect(),
        false => name(value).into_iter().collect(),
    }
}

/// Whether a summary is only the beginning of the text.
pub(super) fn repeats(summary: &Decoded<'_>, body: &Decoded<'_>) -> bool {
    let letters = |text: &str| {
        let mut tag = false;
        let seen = text.chars().filter(move |c| {
            let inside = tag;
            tag = match c {
                '<' => true,
                '>' => false,
                _ => tag,
            };
            !inside && *c != '<' && c.is_alphanumeric()
        });
        seen.take(400).collect::<String>()
    };
    let (summary, body) = (letters(&summary.text), letters(&body.text));
    // The last letters may be those of a cut word or of a word for more.
    let most: String = summary.chars().take((summary.chars().count() * 4 / 5).max(1)).collect();
    summary.is_empty() || body.starts_with(&most)
}
