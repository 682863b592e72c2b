//! What a date expression is read against, given by the caller. Nothing here is read
//! from a clock or a locale.

use dateline_model::Moment;

/// What a date expression is read against.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Context {
    /// The day or time the text speaks from.
    pub reference: Option<Moment>,
    /// Minutes east of UTC of the place the text speaks from. It is never put into a
    /// value: only words give a zone.
    pub offset: Option<i16>,
    /// The country the text speaks from, ISO 3166 alpha-2, for named days that differ.
    pub country: Option<String>,
    /// How a date of two small numbers is read (12/03/2025).
    pub day_order: DayOrder,
    /// What kind of text it is.
    pub genre: Genre,
}

impl Context {
    /// A text that speaks from `reference`, or from an unknown day.
    pub fn new(reference: Option<Moment>) -> Self {
        Self { reference, ..Self::default() }
    }

    /// With the place's minutes east of UTC.
    #[must_use]
    pub fn with_offset(self, offset: Option<i16>) -> Self {
        Self { offset, ..self }
    }

    /// With the country, ISO 3166 alpha-2.
    #[must_use]
    pub fn with_country(self, country: Option<String>) -> Self {
        Self { country, ..self }
    }

    /// With the order of day and month.
    #[must_use]
    pub fn with_day_order(self, day_order: DayOrder) -> Self {
        Self { day_order, ..self }
    }

    /// With the kind of text.
    #[must_use]
    pub fn with_genre(self, genre: Genre) -> Self {
        Self { genre, ..self }
    }
}

/// How a date of two small numbers is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// As the other dates of the text have it, else as the places that it names do, else by
    /// its marks: dots put the day first, slashes the month.
    #[default]
    Auto,
    /// Day first.
    DayFirst,
    /// Month first.
    MonthFirst,
}

/// What kind of text it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Genre {
    /// Told from the text.
    #[default]
    Auto,
    /// News: dates are read against the reference.
    News,
    /// A narrative: dates are read against the last one told.
    Narrative,
    /// Short messages: read like news.
    Colloquial,
}
