//! What a format could not carry. A document that leaves something out says so to whoever
//! writes it.

use std::fmt;

use dateline_model::Event;

use crate::Document;

/// Something of the timeline that is not in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What is gone ("uncertainty dropped").
    pub what: &'static str,
    /// How many lost it.
    pub count: usize,
    /// Of what they are ("events").
    pub of: &'static str,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.of.strip_suffix('s').unwrap_or(self.of);
        let of = if self.count == 1 { one } else { self.of };
        write!(f, "{}: {} {of}", self.what, self.count)
    }
}

/// What a document lost, as it is written.
#[derive(Debug, Default)]
pub(crate) struct Losses(Vec<Loss>);

impl Losses {
    /// Notes `count` things lost; nothing where there are none.
    pub(crate) fn note(&mut self, what: &'static str, count: usize, of: &'static str) {
        if count > 0 {
            self.0.push(Loss { what, count, of });
        }
    }

    /// Notes the events of `document` that lost something.
    pub(crate) fn events(
        &mut self,
        what: &'static str,
        document: &Document<'_>,
        lost: impl Fn(&Event) -> bool,
    ) {
        let events = document.timeline.events.iter();
        self.note(what, events.filter(|event| lost(event)).count(), "events");
    }

    /// Notes what no format of events alone has room for.
    pub(crate) fn all_but_events(&mut self, document: &Document<'_>) {
        let timeline = document.timeline;
        self.note("set aside and left out", timeline.set_aside.len(), "sentences");
        self.note("not read and not told", timeline.failures.len(), "inputs");
    }

    /// The list.
    pub(crate) fn list(self) -> Vec<Loss> {
        self.0
    }
}
