//! Words cut from sources, and what the readable formats say of an event.

use dateline_model::{Cut, Event, Interval, Modality, Moment, SourceStore, Told};

/// The words of a cut with white space folded; empty where it fits no source.
pub(crate) fn line(store: &SourceStore, cut: Cut) -> String {
    let words = store.slice(cut.source, cut.range).unwrap_or("");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The title of an event: what a person calls it, else its words, starting with a capital.
pub(crate) fn title(store: &SourceStore, event: &Event) -> String {
    if let Some(title) = &event.retitled {
        let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let words = line(store, event.title);
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
