//! Which rules may start with a class, and what must come next for them to go on.

use crate::grammar::{Class, ClassSet, Rule};

/// A rule that may start with a class, and what it asks for next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// The rule.
    pub(crate) rule: u16,
    /// The place of the pattern that the class fills.
    pub(crate) place: u8,
    /// Whether nothing more is needed.
    may_end: bool,
    /// Where the classes lie of which one comes next, where more is needed.
    next: u32,
    /// Those classes, folded: most rules end here, and the set is not looked at.
    folded: u64,
}

/// The rules by the classes that they may start with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Starts {
    of: Vec<Vec<Start>>,
    /// What they ask for next.
    nexts: Vec<ClassSet>,
}

impl Starts {
    /// Those of `rules` over so many classes.
    pub(crate) fn of(rules: &[Rule], classes: usize) -> Self {
        let mut out = Self { of: vec![Vec::new(); classes], nexts: Vec::new() };
        for (id, rule) in rules.iter().enumerate() {
            for (place, element) in rule.elements.iter().enumerate() {
                let start = out.start(rule, id as u16, place);
                for class in element.any.iter() {
                    out.of[usize::from(class.0)].push(start);
                }
                if !element.optional {
                    break;
                }
            }
        }
        out
    }

    fn start(&mut self, rule: &Rule, id: u16, place: usize) -> Start {
        let rest = rule.elements.get(place + 1..).unwrap_or_default();
        let needed = rest.iter().position(|element| !element.optional);
        let next = rest
            .iter()
            .take(needed.map_or(rest.len(), |at| at + 1))
            .fold(ClassSet::default(), |set, element| set.union(element.any));
        self.nexts.push(next);
        Start {
            rule: id,
            place: place as u8,
            may_end: needed.is_none(),
            next: self.nexts.len() as u32 - 1,
            folded: next.folded(),
        }
    }

    /// The rules that may start with a class where one of `ahead` comes next.
    pub(crate) fn with(&self, class: Class, ahead: ClassSet) -> impl Iterator<Item = &Start> {
        let folded = ahead.folded();
        let all = self.of.get(usize::from(class.0)).map_or(&[][..], Vec::as_slice);
        all.iter().filter(move |start| {
            let next = || self.nexts.get(start.next as usize).is_some_and(|set| set.meets(ahead));
            start.may_end || (start.folded & folded != 0 && next())
        })
    }
}
