//! What the tables can say: what a phrase stands for, and the parts that words play around
//! and in names.

use dateline_text::LexiconError;
use dateline_text::table::Row;

/// What a phrase of a table stands for; the number is the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Person(u32),
    Surname(u32),
    Body(u32),
    Place(u32),
    Country(u32),
    Adjective(u32),
    Seat(u32),
    Title,
}

/// What the tables have at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    pub(crate) person: Option<u32>,
    pub(crate) surname: Option<u32>,
    pub(crate) body: Option<u32>,
    pub(crate) place: Option<u32>,
    pub(crate) country: Option<u32>,
    pub(crate) adjective: Option<u32>,
    pub(crate) seat: Option<u32>,
    pub(crate) title: bool,
    pub(crate) first_name: bool,
}

impl Hits {
    pub(crate) fn add(&mut self, entry: Entry) {
        match entry {
            Entry::Person(row) => self.person = self.person.or(Some(row)),
            Entry::Surname(row) => self.surname = self.surname.or(Some(row)),
            Entry::Body(row) => self.body = self.body.or(Some(row)),
            Entry::Place(row) => self.place = self.place.or(Some(row)),
            Entry::Country(row) => self.country = self.country.or(Some(row)),
            Entry::Adjective(row) => self.adjective = self.adjective.or(Some(row)),
            Entry::Seat(row) => self.seat = self.seat.or(Some(row)),
            Entry::Title => self.title = true,
        }
    }

    /// Whether it is a place or what stands for one.
    pub(crate) fn is_geographic(self) -> bool {
        self.place.is_some() || self.country.is_some() || self.seat.is_some()
    }

    /// Whether it is anything but a name of a person.
    pub(crate) fn is_other(self) -> bool {
        self.is_geographic() || self.body.is_some() || self.adjective.is_some() || self.title
    }
}

/// A phrase's entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(crate) entry: Entry,
    /// Written in capitals in the table, so that the text must be too ("US", not "us").
    pub(crate) capitals: bool,
    /// An abbreviation of a place ("Mass."), for which the text must have the stop too.
    pub(crate) stopped: bool,
}

/// The part a word plays; a word may play several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Part {
    /// Stands before a place ("in", "near").
    Locative,
    /// Any other preposition.
    Preposition,
    /// Joins the words of a body's name ("of", "for").
    Of,
    /// "the", "a", "their".
    Determiner,
    /// "and", "or".
    Coordinator,
    /// "to".
    Infinitive,
    /// Lower-case part of a name ("van", "bin").
    Particle,
    /// What someone does who is named before it ("said", "has").
    Acts,
    /// A verb of saying.
    Says,
    /// Whoever does it moves to a place ("came").
    Moves,
    /// Stands before a name ("named", "by").
    Calls,
    /// Stands behind a person ("who", "whose").
    Who,
    /// A family name that stands in front ("Xi", "Kim").
    Family,
    /// A capitalised noun that ends, or starts, the name of a body ("Ministry").
    BodyNoun,
    /// A noun of bodies that is a building too ("Hospital").
    Venue,
    /// The same, of a place that is no town ("River", "Province").
    PlaceNoun,
    /// Ends a compound that is no name ("Miami-based").
    Compound,
    /// A nickname's or generation's tail ("Jr.").
    Tail,
    /// A given name.
    FirstName,
    /// A surname that is an ordinary word too ("May").
    Surname,
    /// No part of a person's name.
    NoName,
    /// A town's name that is an ordinary word.
    NoPlace,
    /// A noun that makes an actor of an adjective, which names the country itself.
    CountryNoun,
    /// The same, named by adjective and noun.
    OwnNoun,
}

/// The part that a cell names.
pub(crate) fn part(row: Row<'_>, name: &str) -> Result<Part, LexiconError> {
    Ok(match name {
        "locative" => Part::Locative,
        "preposition" => Part::Preposition,
        "of" => Part::Of,
        "determiner" => Part::Determiner,
        "coordinator" => Part::Coordinator,
        "infinitive" => Part::Infinitive,
        "particle" => Part::Particle,
        "acts" => Part::Acts,
        "says" => Part::Says,
        "moves" => Part::Moves,
        "calls" => Part::Calls,
        "who" => Part::Who,
        "family" => Part::Family,
        "body" => Part::BodyNoun,
        "venue" => Part::Venue,
        "place" => Part::PlaceNoun,
        "surname" => Part::Surname,
        "compound" => Part::Compound,
        "tail" => Part::Tail,
        other => return Err(row.error(format!("unknown part `{other}`"))),
    })
}
