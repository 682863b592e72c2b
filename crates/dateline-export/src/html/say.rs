//! The words of the page's own. All that a reader is told around the words of the sources
//! stands here, or comes from [`crate::words`] and the table of the calendar.

use dateline_model::{
    Account, Action, DateBasis, Dating, Event, EventKind, Modality, ReferenceBasis, SetAsideReason,
    Severity, TopicReason,
};

pub(super) const SKIP: &str = "Skip to the events";
pub(super) const EVENTS: &str = "Events";
pub(super) const OFF_TOPIC: &str = "Off topic";
pub(super) const SET_ASIDE: &str = "Set aside";
pub(super) const DECISIONS: &str = "Decided by a person";
pub(super) const SOURCES: &str = "Sources";
pub(super) const FAILURES: &str = "Not read";
pub(super) const OVERVIEW: &str = "Overview";
pub(super) const ON_THIS_PAGE: &str = "On this page";
pub(super) const FILTER: &str = "Filter the events";
pub(super) const UNDATED: &str = "Day not known";
pub(super) const PERMALINK: &str = "Link to this event";
pub(super) const CLEAR: &str = "Clear the filters";
pub(super) const OPEN_ALL: &str = "Open all citations";
pub(super) const CLOSE_ALL: &str = "Close all citations";
pub(super) const NONE_MATCH: &str = "No event matches these filters.";
pub(super) const WHO: &str = "Who";
pub(super) const WHERE: &str = "Where";
pub(super) const WHY: &str = "Why this date";
pub(super) const TOLD: &str = "What was told of it, in time";
pub(super) const DIFFER: &str =
    "The sources differ. None is chosen: the days shown above hold them all.";
pub(super) const OFF_TOPIC_NOTE: &str =
    "Shown beside the story, but about something else: kept, and not hidden.";
pub(super) const SET_ASIDE_NOTE: &str =
    "Every sentence that no event cites, and why. Nothing of the sources is lost.";
pub(super) const NO_EVENTS: &str = "The sources tell of no event.";
pub(super) const DAY_UNKNOWN: &str = "day not known";
pub(super) const ABOUT: &str = "about ";
pub(super) const THROUGHOUT: &str = "throughout";
/// Before a heading that is no day: a month or year, two days, a limit.
pub(super) const IN: &str = "some time in";
pub(super) const FROM: &str = "some time from";
pub(super) const UP_TO: &str = "up to";
pub(super) const SHOWN_BY_PAGE: &str = "shown under the day its page speaks from";

/// "1 event", "12 events".
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// What became of the sentences, and what the page promises.
pub(super) fn account(account: Account) -> String {
    format!(
        "{} read: {} cited, {} set aside with a reason. Every date points at the words that say it.",
        count(account.sentences as usize, "sentence"),
        account.cited,
        account.set_aside
    )
}

/// The status of the filters: all shown, and some (`#` stands for how many).
pub(super) fn shown(all: usize) -> [String; 2] {
    [format!("{} shown", count(all, "event")), format!("# of {} shown", count(all, "event"))]
}

/// A label of a filter, and its first choice.
pub(super) const FILTERS: [(&str, &str, &str); 4] = [
    ("kind", "Kind", "Any kind"),
    ("actor", "Who", "Anyone"),
    ("place", "Where", "Anywhere"),
    ("source", "Source", "Any source"),
];
pub(super) const TEXT_FILTER: &str = "Words";

pub(super) fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Happened => "Happened",
        EventKind::Scheduled => "Scheduled",
        EventKind::Deadline => "Deadline",
        EventKind::Background => "Background",
    }
}

pub(super) fn topic(reason: &TopicReason) -> &'static str {
    match reason {
        TopicReason::UnrelatedPicture => {
            "Off topic: a picture that shares no subject with its page."
        }
        TopicReason::FilePicture => "Off topic: a file picture or illustration.",
        TopicReason::UnrelatedText => "Off topic: text that shares no subject with its headline.",
    }
}

/// How a citation tells it.
pub(super) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Occurred => "told as happened",
        Modality::Planned => "told as planned",
        Modality::Target => "told as a target",
        Modality::Possible => "told as possible",
        Modality::Denied => "denied",
        Modality::Cancelled => "told as called off",
        Modality::Postponed => "told as put off",
    }
}

/// Why an event has its date, in a sentence.
pub(super) fn dating(dating: Dating) -> &'static str {
    match dating {
        Dating::Stated => "The words of the sources say it.",
        Dating::Implied => {
            "The words leave a part open, as the year or the week; it was filled in from the day the page speaks from, or from an earlier date on it."
        }
        Dating::Inferred => "These words give no day; another source that tells the same does.",
        Dating::Reported => {
            "No words give it a time of its own: it happened before it was reported."
        }
        Dating::Editor => "A person set it.",
    }
}

/// Where the words of a date stand to what they date.
pub(super) fn basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Clause => "in the clause that tells it",
        DateBasis::Sentence => "in the sentence that tells it",
        DateBasis::Block => "in the same paragraph",
        DateBasis::Gathering => "where the page tells of the same gathering",
        DateBasis::Reported => "where it is reported",
    }
}

/// What gives a page the day it speaks from.
pub(super) fn reference(basis: ReferenceBasis) -> &'static str {
    match basis {
        ReferenceBasis::Forced => "as was insisted on",
        ReferenceBasis::Stamp => "by its stamp",
        ReferenceBasis::Metadata => "by its metadata",
        ReferenceBasis::Dateline => "by its dateline",
        ReferenceBasis::Title => "by a date in its title or first sentence",
        ReferenceBasis::Given => "as was given for pages without a day",
        ReferenceBasis::Caption => "by its latest caption, so from then at the earliest",
        ReferenceBasis::None => "by nothing on it",
    }
}

pub(super) fn reason(reason: SetAsideReason) -> &'static str {
    match reason {
        SetAsideReason::Noise => "Navigation, advertising and the like",
        SetAsideReason::NoEvent => "Tells of no event",
        SetAsideReason::Repeats => "Says again what another sentence says",
        SetAsideReason::NotUnderstood => "Tells something that was not understood",
        SetAsideReason::OtherLanguage => "In another language",
        SetAsideReason::Withheld => "Withheld by a person",
        SetAsideReason::NotSelected => "Tells an event that was not asked for",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "Note",
        Severity::Warning => "Warning",
    }
}

/// How to read the page: terms and what they mean.
pub(super) const HELP: (&str, [(&str, &str); 9]) = (
    "How to read this page",
    [
        ("Scheduled", "planned, and told as done by no source."),
        ("Deadline", "a target for the day."),
        ("Background", "told as context, long before."),
        ("not after", "the latest day it can have been; how long before is not said."),
        ("some time from … to …", "one time within these days. Which is not said."),
        ("throughout", "the whole span, as a summit of three days."),
        ("a part of the date is implied", "the words name a weekday or a day without its year."),
        ("dated from another source", "these words give no day; another source does."),
        (
            "independent voices",
            "sources that do not repeat one another. Copies of one agency, or pages that relay one ministry, are one voice.",
        ),
    ],
);

pub(super) const EARLIER: &str = "earlier";
pub(super) const LATER: &str = "later";

/// What the overview is, for who cannot see it.
pub(super) fn strip(span: &str) -> String {
    format!("Events in time, {span}")
}

/// A stretch of the overview.
pub(super) fn stretch(span: &str, events: usize) -> String {
    format!("{span}: {}", count(events, "event"))
}

/// How the overview is to be read: what is drawn to scale, and what stands at its edges.
pub(super) fn scale(span: &str, edges: &[String]) -> String {
    let edges = match edges {
        [] => String::new(),
        _ => format!(" Off the scale, at the edge: {}.", edges.join("; ")),
    };
    format!(
        "{span}, to scale.{edges} Above the line: events whose day is known. Below it, outlined: those placed by a limit, a report or a longer span."
    )
}

/// What the overview shows at an edge.
pub(super) fn off_scale(events: usize, what: &str, span: &str) -> String {
    format!("{events} {what} ({span})")
}

/// What the overview leaves out.
pub(super) fn not_drawn(events: usize) -> String {
    let is = if events == 1 { "has" } else { "have" };
    format!(" {} {is} no known day.", count(events, "event"))
}

pub(super) const SENTENCE: &str = "sentence";
pub(super) const SPEAKS_FROM_NONE: &str = "the page prints no day that it speaks from";
pub(super) const ITS_EVENT: &str = "its event";
pub(super) const NO_SUCH_EVENT: &str = "it matches no event of this timeline";

/// The first line under the title.
pub(super) fn lead(events: usize, account: Account, extent: &str) -> String {
    let from =
        format!("{} from {}", count(events, "event"), count(account.briefs as usize, "page"));
    if extent.is_empty() { format!("{from}.") } else { format!("{from}, {extent}.") }
}

/// Other days that an event could have been; each is HTML already.
pub(super) fn alternatives(days: &[String]) -> String {
    format!("It could also be {}.", days.join(" or "))
}

/// In what sources differ, in a line.
pub(super) fn differ(about: &str, values: &[String]) -> String {
    format!("The sources differ in {about}: {}.", values.join(" or "))
}

/// What opens to the evidence of an event.
pub(super) fn evidence(event: &Event) -> String {
    let citations = count(event.citations.len(), "citation");
    let told = event.corroboration;
    if told.sources < 2 {
        return format!("{citations}, and why this date");
    }
    let sources = count(told.sources as usize, "source");
    let voices = count(told.independent as usize, "independent voice");
    format!("{citations} from {sources}, {voices}, and why this date")
}

/// Above the citations.
pub(super) fn cited(citations: usize) -> &'static str {
    if citations == 1 {
        "The words that tell it"
    } else {
        "The words that tell it, source by source"
    }
}

/// After whom a source says it.
pub(super) fn after(speaker: &str) -> String {
    format!(", after {speaker}")
}

/// Who is quoted.
pub(super) fn says(speaker: &str) -> String {
    format!("{speaker} says it")
}

/// When it was by one citation alone.
pub(super) fn by_these_words(when: &str) -> String {
    format!("by these words {when}")
}

/// The day a page speaks from.
pub(super) fn speaks_from(day: &str, basis: &str) -> String {
    format!("the page speaks from {day}, {basis}")
}

/// What was told at a time.
pub(super) fn told(reported: &str, modality_told: Modality, when: &str) -> String {
    let reported = if reported.is_empty() { String::new() } else { format!("{reported}: ") };
    format!("{reported}{}, {when}", modality(modality_told))
}

pub(super) fn published(day: &str) -> String {
    format!("published {day}")
}

pub(super) fn retrieved(day: &str) -> String {
    format!("fetched {day}")
}

pub(super) fn language(code: &str) -> String {
    format!("language {code}")
}

pub(super) fn licence(words: &str) -> String {
    format!("terms <bdi>{words}</bdi>")
}

pub(super) fn copy_of(source: &str) -> String {
    format!("a copy of {source}")
}

/// What was decided.
pub(super) fn action(action: &Action) -> &'static str {
    match action {
        Action::SetDate(_) => "date set",
        Action::Merge(_) => "merged",
        Action::Split => "split off",
        Action::Hide => "hidden",
        Action::Retitle(_) => "title set",
        Action::Confirm => "confirmed",
    }
}

/// By whom.
pub(super) fn by(name: &str) -> String {
    format!(" by {name}")
}
