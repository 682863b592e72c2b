//! The classes that Rust knows by name: those that a number has by its form, and those of
//! the cues. All others are known to tables only.

use crate::grammar::{Class, Classes};

/// The classes that Rust gives to tokens by their form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) number: Class,
    pub(crate) day: Class,
    pub(crate) month: Class,
    pub(crate) hour: Class,
    pub(crate) minute: Class,
    pub(crate) year: Class,
    pub(crate) one_digit: Class,
    pub(crate) year2: Class,
    pub(crate) old_year: Class,
    pub(crate) four: Class,
    pub(crate) grouped: Class,
    pub(crate) eight: Class,
    pub(crate) capital: Class,
    pub(crate) lower: Class,
    pub(crate) edge: Class,
    pub(crate) bad_before: Class,
    pub(crate) bad_after: Class,
    pub(crate) bad_name: Class,
    /// From one date to another.
    pub(crate) range: Class,
    /// A place that writes the day of a date before the month.
    pub(crate) day_first: Class,
    /// A place that writes the month first.
    pub(crate) month_first: Class,
    pub(crate) cues: Cues,
}

/// The classes of words that tell past from future.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cues {
    pub(crate) past: Class,
    pub(crate) future: Class,
    pub(crate) present: Class,
    pub(crate) be: Class,
    pub(crate) to: Class,
    pub(crate) report: Class,
    pub(crate) infinitive: Class,
    pub(crate) noun: Class,
    pub(crate) or_noun: Class,
    pub(crate) had: Class,
    pub(crate) duty: Class,
    pub(crate) marker: Class,
    pub(crate) event: Class,
    pub(crate) on: Class,
    pub(crate) is: Class,
    pub(crate) was: Class,
    pub(crate) limit: Class,
    pub(crate) by: Class,
    pub(crate) state: Class,
    pub(crate) base: Class,
    pub(crate) fixture: Class,
    pub(crate) moved: Class,
    pub(crate) from: Class,
    pub(crate) lasted: Class,
    pub(crate) ends_for: Class,
    pub(crate) going: Class,
    pub(crate) ahead: Class,
    pub(crate) of: Class,
    pub(crate) not: Class,
    pub(crate) attributive: Class,
    pub(crate) colloquial: Class,
}

/// The known classes, interned before all others.
pub(crate) fn known(classes: &mut Classes) -> Known {
    // The first few classes: there is room for them.
    let mut name = |name: &str| classes.intern(name).unwrap_or(Class(0));
    Known {
        number: name("N"),
        day: name("D"),
        month: name("M"),
        hour: name("H"),
        minute: name("MM"),
        year: name("Y4"),
        one_digit: name("N1"),
        year2: name("Y2"),
        old_year: name("YOLD"),
        four: name("HHMM"),
        eight: name("YMD8"),
        grouped: name("GROUPED"),
        capital: name("CAPITAL"),
        lower: name("LOWER"),
        edge: name("EDGE"),
        bad_before: name("BADBEFORE"),
        bad_after: name("BADAFTER"),
        bad_name: name("BADNAME"),
        range: name("RANGE"),
        day_first: name("CUE_DAY_FIRST"),
        month_first: name("CUE_MONTH_FIRST"),
        cues: Cues {
            past: name("CUE_PAST"),
            future: name("CUE_FUTURE"),
            present: name("CUE_PRESENT"),
            be: name("CUE_BE"),
            to: name("CUE_TO"),
            report: name("CUE_REPORT"),
            infinitive: name("CUE_INFINITIVE"),
            noun: name("CUE_NOUN"),
            or_noun: name("CUE_OR_NOUN"),
            had: name("CUE_HAD"),
            duty: name("CUE_DUTY"),
            marker: name("CUE_MARKER"),
            event: name("CUE_EVENT"),
            on: name("CUE_ON"),
            is: name("CUE_IS"),
            was: name("CUE_WAS"),
            limit: name("CUE_LIMIT"),
            by: name("CUE_BY"),
            state: name("CUE_STATE"),
            base: name("CUE_BASE"),
            fixture: name("CUE_FIXTURE"),
            moved: name("CUE_MOVED"),
            from: name("CUE_FROM"),
            lasted: name("CUE_LASTED"),
            ends_for: name("CUE_FOR"),
            going: name("CUE_GOING"),
            ahead: name("CUE_AHEAD"),
            of: name("CUE_OF"),
            not: name("CUE_NOT"),
            attributive: name("CUE_ATTRIBUTIVE"),
            colloquial: name("CUE_COLLOQUIAL"),
        },
    }
}
