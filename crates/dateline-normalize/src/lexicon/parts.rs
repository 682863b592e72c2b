//! What the tables can say: the kinds of words and the parts they play, and how a cell
//! names them.

use dateline_text::LexiconError;
use dateline_text::table::Row;

/// What a verb is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum VerbClass {
    Say,
    Report,
    Meet,
    Move,
    Harm,
    Decide,
    Change,
    Show,
    Plan,
    Other,
    State,
}

/// Which forms of a verb a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    pub base: bool,
    pub third: bool,
    pub past: bool,
    pub participle: bool,
    pub ing: bool,
}

/// A word form of a verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verb {
    pub lemma: u32,
    pub class: VerbClass,
    pub forms: Forms,
}

/// What kind of event a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NounKind {
    Gathering,
    Happening,
    Target,
}

/// An event noun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noun {
    pub kind: NounKind,
    /// The row whose first form names its class.
    pub head: u32,
}

/// What a cue says of the clause it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cue {
    Planned,
    PlannedPast,
    Possible,
    Denied,
    Cancelled,
    Postponed,
    Background,
}

/// What a function word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grammar {
    /// Stands before a place ("in", "near").
    Locative,
    /// Any other preposition.
    Preposition,
    /// "the", "a", "their".
    Determiner,
    /// "he", "they".
    Pronoun,
    /// Stands for someone ("he", "they", not "it", "we").
    Actor,
    /// Starts a clause of its own ("while", "after", "because").
    Subordinator,
    /// Starts a relative clause ("who", "which", "that").
    Relative,
    /// "and", "or", "but".
    Coordinator,
    /// Makes a comparison of the date behind it ("since", "than").
    Comparison,
    /// The same, with a few words between ("above the same period in 2024").
    Against,
    /// Puts a date as the last one for something ("by 2035").
    Limit,
    /// Names what something is measured from ("from a year earlier").
    Origin,
    /// Puts the event beside, not inside, what follows ("before", "after").
    Beside,
    /// The same, and what follows is still to come ("before", "ahead of").
    Ahead,
    /// Stands before the bare verb ("to").
    Infinitive,
    /// A part of a compound verb ("is", "has", "will").
    Auxiliary,
    /// Lower-case part of a name ("van", "bin").
    Particle,
    /// An adjective or adverb that keeps the run of a noun phrase ("peace", "direct").
    Modifier,
}

/// What a picture shows, by the words of its caption or credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Picture {
    File,
    Illustration,
}

pub(super) fn verb_class(row: Row<'_>) -> Result<VerbClass, LexiconError> {
    Ok(match row.need(1, "class")? {
        "say" => VerbClass::Say,
        "report" => VerbClass::Report,
        "meet" => VerbClass::Meet,
        "move" => VerbClass::Move,
        "harm" => VerbClass::Harm,
        "decide" => VerbClass::Decide,
        "change" => VerbClass::Change,
        "show" => VerbClass::Show,
        "plan" => VerbClass::Plan,
        "other" => VerbClass::Other,
        "state" => VerbClass::State,
        other => return Err(row.error(format!("unknown class `{other}`"))),
    })
}

pub(super) fn cue(row: Row<'_>) -> Result<Cue, LexiconError> {
    Ok(match row.need(1, "cue")? {
        "planned" => Cue::Planned,
        "planned-past" => Cue::PlannedPast,
        "possible" => Cue::Possible,
        "denied" => Cue::Denied,
        "cancelled" => Cue::Cancelled,
        "postponed" => Cue::Postponed,
        "background" => Cue::Background,
        other => return Err(row.error(format!("unknown cue `{other}`"))),
    })
}

pub(super) fn grammar(row: Row<'_>) -> Result<Grammar, LexiconError> {
    Ok(match row.need(1, "part")? {
        "locative" => Grammar::Locative,
        "preposition" => Grammar::Preposition,
        "determiner" => Grammar::Determiner,
        "pronoun" => Grammar::Pronoun,
        "actor" => Grammar::Actor,
        "subordinator" => Grammar::Subordinator,
        "relative" => Grammar::Relative,
        "coordinator" => Grammar::Coordinator,
        "comparison" => Grammar::Comparison,
        "against" => Grammar::Against,
        "limit" => Grammar::Limit,
        "origin" => Grammar::Origin,
        "beside" => Grammar::Beside,
        "ahead" => Grammar::Ahead,
        "infinitive" => Grammar::Infinitive,
        "auxiliary" => Grammar::Auxiliary,
        "particle" => Grammar::Particle,
        "modifier" => Grammar::Modifier,
        other => return Err(row.error(format!("unknown part `{other}`"))),
    })
}
