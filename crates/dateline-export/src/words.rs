//! Words cut from sources, and what the readable formats say of an event.

use dateline_model::{Cut, Event, Interval, Modality, Moment, SourceStore, Told};

/// The words of a cut as a reader is shown them; empty where it fits no source.
pub(crate) fn line(store: &SourceStore, cut: Cut) -> String {
    shown(store.slice(cut.source, cut.range).unwrap_or(""))
}

/// Words as a reader is shown them: white space is folded, and control characters and marks
/// that turn or hide text are gone. The words as they stand are in the quotes of
/// `timeline.json`.
pub(crate) fn shown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let mark = out.len();
        if mark > 0 {
            out.push(' ');
        }
        let start = out.len();
        out.extend(word.chars().filter(|c| !c.is_control() && !is_mark(*c)));
        if out.len() == start {
            out.truncate(mark);
        }
    }
    out
}

/// Marks that turn the direction of text or hide in it, and could make words read as
/// others (Unicode bidirectional controls, zero-width and tag characters), and what Unicode
/// will never make a character of, which HTML and XML forbid.
pub(crate) fn is_mark(c: char) -> bool {
    let mark = matches!(
        c,
        '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    mark || matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// An address of the web, which a link may lead to; `None` for any other (`javascript:`, a
/// path).
pub(crate) fn web(url: &str) -> Option<&str> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control() || is_mark(c));
    (plain && matches!(scheme.as_deref(), Some("http" | "https"))).then_some(url)
}

/// The names of an event's parties, then of its places. One of which nothing is to be seen
/// is none.
pub(crate) fn names(event: &Event) -> (Vec<String>, Vec<String>) {
    let visible = |name: &String| Some(shown(name)).filter(|name| !name.is_empty());
    let who = event.who.iter().filter_map(|party| visible(&party.name)).collect();
    (who, event.places.iter().filter_map(|place| visible(&place.name)).collect())
}

/// The summary of an event: whole sentences as a reader is shown them.
pub(crate) fn summary(store: &SourceStore, event: &Event) -> String {
    event.summary.iter().map(|cut| line(store, *cut)).collect::<Vec<_>>().join(" ")
}

/// What a reader should know of an event's date besides its bounds: "not after 2025-06-03;
/// told without a date".
pub(crate) fn dated(event: &Event) -> String {
    let about = if event.when.approximate { "about " } else { "" };
    let mut out = format!("{about}{}; {}", when(event.when.interval), dating(event));
    for other in &event.when.alternatives {
        out += &format!("; it could also be {}", when(*other));
    }
    out
}

/// The title of an event: what a person calls it, else its words, starting with a capital.
/// Many programs drop what has no title: where nothing can be shown it is an ellipsis.
pub(crate) fn title(store: &SourceStore, event: &Event) -> String {
    let title = match &event.retitled {
        Some(title) => shown(title),
        None => capital(&line(store, event.title)),
    };
    if title.is_empty() { "…".to_string() } else { title }
}

fn capital(words: &str) -> String {
    let words =
        words.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '‘'));
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// `words` cut to at most `most` characters, with an ellipsis where something is gone.
pub(crate) fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_string();
    }
    let head: String = words.chars().take(most.saturating_sub(1)).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    format!("{}…", head.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Bounds in words: "2025-06-02", "2025-06-24 to 2025-06-26", "not after 2025-06-03",
/// "not known".
pub(crate) fn when(interval: Interval) -> String {
    let show = |moment: Moment| moment.to_string().replace('T', " ");
    match (interval.earliest(), interval.latest()) {
        (None, None) => "not known".to_string(),
        (Some(from), None) => format!("not before {}", show(from)),
        (None, Some(to)) => format!("not after {}", show(to)),
        (Some(from), Some(to)) if from == to => show(from),
        (Some(from), Some(to)) => format!("{} to {}", show(from), show(to)),
    }
}

/// How a date is known, for a reader.
pub(crate) fn dating(event: &Event) -> &'static str {
    match event.when.dating {
        dateline_model::Dating::Stated => "the text says when",
        dateline_model::Dating::Implied => "a part of the date is implied",
        dateline_model::Dating::Inferred => "dated from another source",
        dateline_model::Dating::Reported => "told without a date",
        dateline_model::Dating::Editor => "dated by a person",
    }
}

/// What was told of an event at a time: "planned for 2025-06-12, told on 2025-06-10".
pub(crate) fn told(told: &Told) -> String {
    let when = when(told.interval);
    let reported = told.reported.map_or(String::new(), |day| format!(", told on {day}"));
    match told.modality {
        Modality::Planned => format!("planned for {when}{reported}"),
        other => format!("{}, {when}{reported}", other.name()),
    }
}

/// How many tell an event, where that is more or less than meets the eye.
pub(crate) fn corroboration(event: &Event) -> Option<String> {
    let told = event.corroboration;
    (told.sources > 1).then(|| {
        let voices = match told.independent {
            1 => "1 independent voice".to_string(),
            more => format!("{more} independent voices"),
        };
        let days = match (told.first, told.last) {
            (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
            _ => String::new(),
        };
        format!("{} sources, {voices}{days}", told.sources)
    })
}
