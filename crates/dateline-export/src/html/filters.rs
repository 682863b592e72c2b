//! What the events can be filtered by. The choices are listed once, in order, and each event
//! names its own by number; the form is shown only where the script runs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use dateline_model::{Event, EventKind, Timeline};
use dateline_text::SourceId;

use super::{escape, say};

/// The choices of the filters.
#[derive(Debug)]
pub(super) struct Facets<'a> {
    kinds: Choices<EventKind>,
    actors: Choices<(String, &'a str)>,
    places: Choices<(String, &'a str)>,
    sources: Choices<(String, SourceId)>,
    labels: &'a BTreeMap<SourceId, &'a str>,
}

/// Each choice with its number and how many events it shows.
#[derive(Debug)]
struct Choices<K>(BTreeMap<K, (usize, usize)>);

impl<K: Ord> Choices<K> {
    /// Counts the choices of each event, each choice of an event once.
    fn new(events: impl Iterator<Item = Vec<K>>) -> Self {
        let mut choices: BTreeMap<K, (usize, usize)> = BTreeMap::new();
        for mut keys in events {
            keys.sort();
            keys.dedup();
            for key in keys {
                choices.entry(key).or_default().1 += 1;
            }
        }
        for (number, choice) in choices.values_mut().enumerate() {
            choice.0 = number;
        }
        Self(choices)
    }

    /// The numbers of these choices, as an attribute has them.
    fn numbers(&self, keys: Vec<K>) -> String {
        let mut numbers: Vec<usize> =
            keys.iter().filter_map(|key| self.0.get(key)).map(|choice| choice.0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> Facets<'a> {
    /// The choices that the events of `timeline` give.
    pub(super) fn new(timeline: &'a Timeline, labels: &'a BTreeMap<SourceId, &'a str>) -> Self {
        let events = || timeline.events.iter();
        Self {
            kinds: Choices::new(events().map(|event| vec![event.kind])),
            actors: Choices::new(events().map(actors)),
            places: Choices::new(events().map(places)),
            sources: Choices::new(events().map(|event| sources(event, labels))),
            labels,
        }
    }

    /// The attributes of an event.
    pub(super) fn attributes(&self, event: &'a Event) -> String {
        let lists = [
            ("kind", self.kinds.numbers(vec![event.kind])),
            ("actor", self.actors.numbers(actors(event))),
            ("place", self.places.numbers(places(event))),
            ("source", self.sources.numbers(sources(event, self.labels))),
        ];
        let given = lists.iter().filter(|(_, numbers)| !numbers.is_empty());
        given.map(|(name, numbers)| format!(" data-{name}=\"{numbers}\"")).collect()
    }

    /// Writes the form.
    pub(super) fn write(&self, events: usize, sink: &mut impl Write) -> io::Result<()> {
        let [all, some] = say::shown(events);
        writeln!(
            sink,
            "<form id=\"filter\" role=\"search\" aria-label=\"{}\" hidden>\n<p class=\"field words\"><label for=\"f-text\">{}</label> <input id=\"f-text\" name=\"text\" type=\"search\" autocomplete=\"off\"></p>",
            say::FILTER,
            say::TEXT_FILTER
        )?;
        let kinds = self.kinds.0.iter();
        let kinds = kinds.map(|(kind, choice)| (kind.name(), say::kind(*kind), choice.1));
        let actors = self.actors.0.iter().map(|(name, choice)| (name.1, name.1, choice.1));
        let places = self.places.0.iter().map(|(name, choice)| (name.1, name.1, choice.1));
        let ids: Vec<String> = self.sources.0.keys().map(|name| name.1.to_string()).collect();
        let sources = self.sources.0.iter().zip(&ids).map(|((name, choice), id)| {
            (id.as_str(), self.labels.get(&name.1).copied().unwrap_or(""), choice.1)
        });
        let [kind, actor, place, source] = say::FILTERS;
        select(kind, kinds, sink)?;
        select(actor, actors, sink)?;
        select(place, places, sink)?;
        select(source, sources, sink)?;
        writeln!(
            sink,
            "<p class=\"status\"><span id=\"shown\" role=\"status\" data-all=\"{all}\" data-some=\"{some}\" data-none=\"{}\">{all}</span> <button type=\"button\" id=\"open\" data-other=\"{}\">{}</button> <button type=\"button\" class=\"clear\" hidden>{}</button></p>\n</form>",
            say::NONE_MATCH,
            say::CLOSE_ALL,
            say::OPEN_ALL,
            say::CLEAR
        )
    }
}

/// One list of choices: value, words and how many events.
fn select<'c>(
    (name, label, any): (&str, &str, &str),
    choices: impl Iterator<Item = (&'c str, &'c str, usize)>,
    sink: &mut impl Write,
) -> io::Result<()> {
    write!(
        sink,
        "<p class=\"field\"><label for=\"f-{name}\">{label}</label> <select id=\"f-{name}\" name=\"{name}\"><option value=\"\">{any}</option>"
    )?;
    for (value, words, count) in choices {
        write!(
            sink,
            "\n<option value=\"{}\">{} ({count})</option>",
            escape(value),
            escape(&crate::words::short(words, 60))
        )?;
    }
    writeln!(sink, "</select></p>")
}

/// A name after its lower case, by which a reader looks for it.
fn name(name: &str) -> (String, &str) {
    (name.to_lowercase(), name)
}

fn actors(event: &Event) -> Vec<(String, &str)> {
    event.who.iter().map(|party| name(&party.name)).collect()
}

fn places(event: &Event) -> Vec<(String, &str)> {
    event.places.iter().map(|place| name(&place.name)).collect()
}

fn sources(event: &Event, labels: &BTreeMap<SourceId, &str>) -> Vec<(String, SourceId)> {
    let ids = event.citations.iter().map(|citation| citation.cut.source);
    ids.map(|id| (labels.get(&id).copied().unwrap_or("").to_lowercase(), id)).collect()
}
