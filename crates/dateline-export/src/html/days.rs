//! The events as they are listed: those placed under one day stand together, in the order
//! of the timeline. Nothing is sorted here.

use dateline_model::Event;
use jiff::civil::Date;

/// Events placed under one day.
#[derive(Debug)]
pub(super) struct Day<'a> {
    /// The day; `None` where nothing places them.
    pub(super) date: Option<Date>,
    /// The events, at least one.
    pub(super) events: Vec<&'a Event>,
}

impl Day<'_> {
    /// Names the day on the page.
    pub(super) fn id(&self) -> String {
        self.date.map_or("d-unknown".to_string(), |date| format!("d{date}"))
    }
}

/// Runs of events placed under one day.
pub(super) fn group<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<Day<'a>> {
    let mut days: Vec<Day<'a>> = Vec::new();
    for event in events {
        let date = event.when.placed.map(|placed| placed.day());
        match days.last_mut() {
            Some(day) if day.date == date => day.events.push(event),
            _ => days.push(Day { date, events: vec![event] }),
        }
    }
    days
}
