//! Patterns as their table has them: a sequence of classes, each perhaps glued to the
//! one before or left out, with what it makes of them. Nothing here knows any word.

use std::collections::HashMap;

use dateline_text::LexiconError;
use dateline_text::table::Row;

use crate::ops::Op;

/// The number of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class(pub(crate) u16);

/// How many classes there can be, in words of a set.
const WORDS: usize = 8;
const MOST: u16 = 64 * WORDS as u16;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet([u64; WORDS]);

impl ClassSet {
    /// Adds a class.
    pub(crate) fn add(&mut self, class: Class) {
        self.0[usize::from(class.0 >> 6)] |= 1 << (class.0 & 63);
    }

    /// Whether `class` is one of them.
    pub(crate) fn has(self, class: Class) -> bool {
        self.0[usize::from(class.0 >> 6)] & (1 << (class.0 & 63)) != 0
    }

    /// Whether the two share a class.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).fold(0, |both, (mine, theirs)| both | (mine & theirs)) != 0
    }

    /// All words of the set in one: sets that share a class share a bit of it.
    pub(crate) fn folded(self) -> u64 {
        self.0.iter().fold(0, |all, word| all | word)
    }

    /// The classes of both.
    #[must_use]
    pub(crate) fn union(self, other: Self) -> Self {
        let mut out = self;
        for (mine, theirs) in out.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        out
    }

    /// The classes in it.
    pub(crate) fn iter(self) -> impl Iterator<Item = Class> {
        (0..MOST).map(Class).filter(move |class| self.has(*class))
    }
}

/// The names of classes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    names: HashMap<Box<str>, u16>,
}

impl Classes {
    /// The class called `name`, added where it is new; `None` where a set has no room for it.
    pub(crate) fn intern(&mut self, name: &str) -> Option<Class> {
        if let Some(class) = self.get(name) {
            return Some(class);
        }
        let class = u16::try_from(self.names.len()).ok().filter(|id| *id < MOST)?;
        self.names.insert(name.into(), class);
        Some(Class(class))
    }

    /// The class called `name`.
    pub(crate) fn get(&self, name: &str) -> Option<Class> {
        self.names.get(name).copied().map(Class)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

/// One place of a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// What may stand here.
    pub(crate) any: ClassSet,
    /// No white space before it.
    pub(crate) glued: bool,
    /// Whether it must stand on the line of the token before.
    pub(crate) beside: bool,
    /// It may be left out.
    pub(crate) optional: bool,
}

/// Where a guard looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The token before.
    Before,
    /// The token after.
    After,
    /// The first token of the words themselves.
    Own,
    /// Any word of the sentence.
    Near,
}

/// What must, or must not, stand beside the words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard {
    /// Where.
    pub(crate) side: Side,
    /// Which classes.
    pub(crate) any: ClassSet,
    /// Whether one of them must be there; none may otherwise.
    pub(crate) wanted: bool,
}

/// A pattern: what it makes of which sequence.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Its name.
    pub(crate) name: Box<str>,
    /// The class it makes.
    pub(crate) makes: Class,
    /// The sequence.
    pub(crate) elements: Vec<Element>,
    /// What it means.
    pub(crate) op: Op,
    /// What must stand beside it.
    pub(crate) guards: Vec<Guard>,
}

/// Most places a pattern may have.
pub(crate) const LONGEST: usize = 10;

impl Rule {
    /// The rule of a row: name, class, sequence, operator, guards.
    pub(crate) fn read(row: Row<'_>, classes: &mut Classes) -> Result<Self, LexiconError> {
        let name = row.need(0, "name")?;
        let makes = class(row, classes, row.need(1, "class")?)?;
        let mut elements = Vec::new();
        for word in row.need(2, "pattern")?.split_ascii_whitespace() {
            let (word, glued) = word.strip_prefix('~').map_or((word, false), |word| (word, true));
            let (word, beside) = word.strip_prefix('_').map_or((word, false), |word| (word, true));
            let (word, optional) =
                word.strip_suffix('?').map_or((word, false), |word| (word, true));
            elements.push(Element { any: set(row, classes, word)?, glued, beside, optional });
        }
        if elements.iter().all(|element| element.optional) {
            return Err(row.error("a pattern needs a place that is not optional"));
        }
        if elements.len() > LONGEST {
            return Err(row.error(format!("a pattern has at most {LONGEST} places")));
        }
        let op = Op::read(row, row.need(3, "operator")?, elements.len())?;
        let guards = guards(row, classes, row.cell(4))?;
        Ok(Self { name: name.into(), makes, elements, op, guards })
    }
}

fn guards(row: Row<'_>, classes: &mut Classes, cell: &str) -> Result<Vec<Guard>, LexiconError> {
    let mut out = Vec::new();
    for word in cell.split_ascii_whitespace() {
        let (side, rest) = if let Some(rest) = word.strip_prefix("before") {
            (Side::Before, rest)
        } else if let Some(rest) = word.strip_prefix("after") {
            (Side::After, rest)
        } else if let Some(rest) = word.strip_prefix("own") {
            (Side::Own, rest)
        } else if let Some(rest) = word.strip_prefix("near") {
            (Side::Near, rest)
        } else {
            return Err(
                row.error(format!("a guard starts with before, after, own or near: `{word}`"))
            );
        };
        let (wanted, names) = if let Some(names) = rest.strip_prefix("!=") {
            (false, names)
        } else if let Some(names) = rest.strip_prefix('=') {
            (true, names)
        } else {
            return Err(row.error(format!("a guard has = or !=: `{word}`")));
        };
        out.push(Guard { side, any: set(row, classes, names)?, wanted });
    }
    Ok(out)
}

fn set(row: Row<'_>, classes: &mut Classes, names: &str) -> Result<ClassSet, LexiconError> {
    let mut out = ClassSet::default();
    for name in names.split('|') {
        out.add(class(row, classes, name)?);
    }
    Ok(out)
}

/// The class called `name` in `row`.
pub(crate) fn class(
    row: Row<'_>,
    classes: &mut Classes,
    name: &str,
) -> Result<Class, LexiconError> {
    let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    if name.is_empty() || !name.bytes().all(fits) {
        return Err(row.error(format!("a class is written in capitals, not `{name}`")));
    }
    classes.intern(name).ok_or_else(|| row.error("too many classes"))
}
