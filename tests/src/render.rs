//! Stages shown for people: the input first, then what was made of it, one thing a
//! line, with quoted words and `line:column`. Nothing here may vary from run to run.

use std::fmt::Write as _;

use dateline_model::{
    Citation, Event, EventMention, Failure, Interval, Moment, NormalizedBrief, SourceStore,
    Timeline, Timex,
};
use dateline_pipeline::Read;
use dateline_text::{LineIndex, Source, SourceId, TextRange};

/// Longest quotation that is shown whole, in characters.
const LONGEST: usize = 96;

/// The input, numbered, and the blocks of each brief.
pub fn parse(briefs: &[Read]) -> String {
    each(briefs, |page, brief, out| {
        for block in &brief.blocks {
            let kind = block.kind.name();
            let _ = write!(out, "{kind:10} {}", page.words(block.range));
            for hole in &block.holes {
                let _ = write!(out, " hole {}", page.words(*hole));
            }
            out.push('\n');
        }
        let published = brief.published.map_or("not said".to_string(), |at| at.to_string());
        let _ = writeln!(out, "language {}", brief.language.as_deref().unwrap_or("unknown"));
        let _ = writeln!(out, "published {published}");
    })
}

/// What was read of an input in any form: each brief with what it says of itself and its
/// blocks, then what could not be read.
pub fn input(briefs: &[Read], failures: &[Failure]) -> String {
    let mut out = String::new();
    for read in briefs {
        let (brief, about) = (&read.brief, &read.brief.metadata);
        let _ = writeln!(out, "# {}", read.label);
        let moment = |at: Option<Moment>| at.map(|at| at.to_string());
        let fields = [
            ("title", about.title.clone()),
            ("publisher", about.publisher.clone()),
            ("authors", Some(about.authors.join(", ")).filter(|names| !names.is_empty())),
            ("url", about.url.clone()),
            ("archive", about.archive_url.clone()),
            ("published", moment(brief.published)),
            ("retrieved", moment(about.retrieved)),
            ("licence", about.licence.clone()),
            ("reference", moment(brief.reference.moment)),
        ];
        for (name, value) in fields.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            let _ = writeln!(out, "{name:10} {value}");
        }
        for block in &brief.blocks {
            let words = read.source.slice(block.range).unwrap_or_default();
            let raw: Vec<String> = read
                .source
                .to_raw(block.range)
                .iter()
                .map(|raw| format!("{}..{}", raw.start, raw.end))
                .collect();
            // A text full of escapes has many pieces; the first and the last say where.
            let raw = match raw.as_slice() {
                [first, .., last] => format!("{first} … {last}"),
                [one] => one.clone(),
                [] => "-".to_string(),
            };
            let _ = writeln!(out, "  {:9} {words:?} at {raw}", block.kind.name());
        }
        for told in &brief.diagnostics {
            let _ = writeln!(out, "{} {}: {}", told.severity.name(), told.code, told.message);
        }
    }
    for failure in failures {
        let _ = writeln!(out, "failed {}: {}", failure.label, failure.reason);
    }
    out
}

/// The input, numbered, and what normalize found in each brief.
pub fn normalize(briefs: &[Read]) -> String {
    each(briefs, |page, brief, out| {
        let day = brief.reference.moment.map_or("none".to_string(), |at| at.to_string());
        let _ = write!(out, "reference {day} by {}", brief.reference.basis.name());
        if let Some(evidence) = brief.reference.evidence {
            let _ = write!(out, " {}", page.words(evidence));
        }
        out.push_str("\n\ndates\n");
        for date in &brief.dates {
            let _ = writeln!(out, "  {} {}", page.words(date.range), meaning(date));
        }
        out.push_str("\nmentions\n");
        for mention in &brief.mentions {
            let _ = write!(out, "  {} {}", page.words(mention.range), mention.kind.name());
            let _ = write!(out, " {}, by {}", mention.name, mention.joined.name());
            let role = mention.role.as_ref().map(|role| format!(", {role}"));
            let country = mention.country.as_ref().map(|country| format!(", of {country}"));
            let _ = writeln!(out, "{}{}", role.unwrap_or_default(), country.unwrap_or_default());
        }
        out.push_str("\nevents\n");
        for event in &brief.events {
            let _ = writeln!(out, "  {}", mentioned(page, brief, event));
        }
        out.push_str("\nset aside\n");
        for aside in &brief.set_aside {
            let _ = writeln!(out, "  {:14} {}", aside.reason.name(), page.words(aside.range));
        }
        for told in &brief.diagnostics {
            let _ = writeln!(out, "{} {}: {}", told.severity.name(), told.code, told.message);
        }
    })
}

/// The events of a timeline with their citations, then sources, what was set aside and
/// the account.
pub fn timeline(timeline: &Timeline, store: &SourceStore) -> String {
    let page = Pages { timeline, store };
    let mut out = String::new();
    for event in &timeline.events {
        let _ = writeln!(out, "{}", page.event(event));
        for citation in &event.citations {
            let _ = writeln!(out, "    {}", page.citation(citation));
        }
        for conflict in &event.conflicts {
            for value in &conflict.values {
                let labels: Vec<&str> =
                    value.sources.iter().map(|source| page.label(*source)).collect();
                let when = interval(value.interval);
                let _ = writeln!(
                    out,
                    "    conflict about {}: {when} in {}",
                    conflict.about,
                    labels.join(", ")
                );
            }
        }
    }
    out.push_str("\nset aside\n");
    let mut aside: Vec<String> = timeline
        .set_aside
        .iter()
        .map(|(source, aside)| format!("{} {}", page.at(*source, aside.range), aside.reason.name()))
        .collect();
    aside.sort();
    aside.iter().for_each(|line| {
        let _ = writeln!(out, "  {line}");
    });
    out.push_str("\nsources\n");
    for source in &timeline.sources {
        let day = source.reference.moment.map_or("none".to_string(), |at| at.to_string());
        let _ = write!(out, "  {} speaks from {day}", source.label);
        let _ = writeln!(out, " by {}", source.reference.basis.name());
    }
    for failure in &timeline.failures {
        let _ = writeln!(out, "failed {}: {}", failure.label, failure.reason);
    }
    let account = timeline.account;
    let _ = writeln!(
        out,
        "\n{} inputs, {} briefs, {} failures: {} sentences, {} cited, {} set aside",
        account.inputs,
        account.briefs,
        account.failures,
        account.sentences,
        account.cited,
        account.set_aside
    );
    out
}

/// `earliest..latest`, one bound where both are the same, `?` where nothing is known.
pub fn interval(interval: Interval) -> String {
    let bound = |bound: Option<Moment>| bound.map(|at| at.to_string()).unwrap_or_default();
    match (interval.earliest(), interval.latest()) {
        (None, None) => "?".to_string(),
        (earliest, latest) if earliest == latest => bound(earliest),
        (earliest, latest) => format!("{}..{}", bound(earliest), bound(latest)),
    }
}

/// What a date expression means, on one line.
pub fn meaning(date: &Timex) -> String {
    let mut out = format!("{} {} {}", date.kind.name(), date.value, interval(date.interval));
    if let Some(modifier) = date.modifier {
        let _ = write!(out, " {}", modifier.name());
    }
    if date.approximate {
        out.push_str(" about");
    }
    for grain in &date.implied {
        let _ = write!(out, " implied {}", grain.name());
    }
    for other in &date.alternatives {
        let _ = write!(out, " or {}", other.value);
    }
    let _ = write!(out, " [{}]", date.rule);
    out
}

fn mentioned(page: &Page<'_>, brief: &NormalizedBrief, event: &EventMention) -> String {
    let term = brief.terms.get(event.trigger as usize).map_or("?", String::as_str);
    let name = |at: &u32| brief.mentions.get(*at as usize).map_or("?", |found| found.name.as_str());
    let names = |list: &[u32]| list.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut out = format!("{} {term}: {}, ", page.words(event.clause), event.kind.name());
    let _ = write!(out, "{}", event.modality.name());
    let date = event.date.and_then(|at| brief.dates.get(at as usize));
    let words = date.and_then(|date| date.range.slice(page.source.text()));
    let _ = write!(out, ", when {:?} by {}", words.unwrap_or(""), event.date_basis.name());
    if let Some(speaker) = &event.speaker {
        let _ = write!(out, ", says {}", name(speaker));
    }
    if !event.who.is_empty() {
        let _ = write!(out, ", who {}", names(&event.who));
    }
    if !event.places.is_empty() {
        let _ = write!(out, ", where {}", names(&event.places));
    }
    if let Some(gathering) = &event.gathering {
        let parties = gathering.parties.join(" + ");
        let place = gathering.place.as_deref().unwrap_or("?");
        let _ = write!(out, ", gathering {} of {parties} in {place}", gathering.head);
    }
    if let Some(at) = event.continues {
        let _ = write!(out, ", goes on from {}", at + 1);
    }
    if let Some(reason) = &event.off_topic {
        let _ = write!(out, ", off topic: {}", reason.name());
    }
    out
}

/// The text of each brief, numbered, and under it what `show` says of it.
fn each(briefs: &[Read], show: impl Fn(&Page<'_>, &NormalizedBrief, &mut String)) -> String {
    let mut out = String::new();
    for read in briefs {
        let page = Page { source: &read.source, lines: LineIndex::new(read.source.text()) };
        for (at, line) in read.source.text().lines().enumerate() {
            let _ = writeln!(out, "{}", format!("{:>3} {line}", at + 1).trim_end());
        }
        out.push_str("----\n");
        show(&page, &read.brief, &mut out);
    }
    out
}

/// A source with its line starts.
struct Page<'a> {
    source: &'a Source,
    lines: LineIndex,
}

impl Page<'_> {
    fn words(&self, range: TextRange) -> String {
        let (line, column) = self.lines.line_column(self.source.text(), range.start());
        format!("{line}:{column} {}", quote(self.source.slice(range)))
    }
}

/// A timeline with its texts.
struct Pages<'a> {
    timeline: &'a Timeline,
    store: &'a SourceStore,
}

impl Pages<'_> {
    fn label(&self, id: SourceId) -> &str {
        let found = self.timeline.sources.iter().find(|source| source.id == id);
        found.map_or("?", |source| source.label.as_str())
    }

    fn at(&self, id: SourceId, range: TextRange) -> String {
        let (line, column) = self.store.line_column(id, range.start()).unwrap_or_default();
        format!("{}:{line:03}:{column} {}", self.label(id), quote(self.store.slice(id, range)))
    }

    fn event(&self, event: &Event) -> String {
        let when = &event.when;
        let placed = when.placed.map_or("undated".to_string(), |at| at.day().to_string());
        let title = quote(self.store.slice(event.title.source, event.title.range));
        let mut out =
            format!("{placed} {} {title}: {}", interval(when.interval), event.kind.name());
        let _ = write!(out, ", {}, {}", when.dating.name(), when.shape.name());
        if when.approximate {
            out.push_str(", about");
        }
        for other in &when.alternatives {
            let _ = write!(out, ", or {}", interval(*other));
        }
        let list = |names: Vec<&str>| names.join(", ");
        if !event.who.is_empty() {
            let names = event.who.iter().map(|who| who.name.as_str()).collect();
            let _ = write!(out, "; who {}", list(names));
        }
        if !event.places.is_empty() {
            let names = event.places.iter().map(|place| place.name.as_str()).collect();
            let _ = write!(out, "; where {}", list(names));
        }
        if !event.on_topic {
            out.push_str("; off topic");
        }
        let told = event.corroboration;
        let _ = write!(out, "; {} sources", told.sources);
        out
    }

    fn citation(&self, citation: &Citation) -> String {
        let mut out = self.at(citation.cut.source, citation.cut.range);
        let _ = write!(out, " {}, {}", citation.modality.name(), interval(citation.interval));
        let _ = write!(out, " {}", citation.dating.name());
        if let Some(speaker) = &citation.speaker {
            let _ = write!(out, ", says {speaker}");
        }
        out
    }
}

/// Words in quotes on one line, the middle left out where they are many.
fn quote(words: Option<&str>) -> String {
    let words = words.unwrap_or("?").replace('\n', "⏎");
    let count = words.chars().count();
    if count <= LONGEST {
        return format!("\"{words}\"");
    }
    let head: String = words.chars().take(LONGEST * 2 / 3).collect();
    let tail: String = words.chars().skip(count - LONGEST / 3).collect();
    format!("\"{head} … {tail}\"")
}
