//! Temporal awareness (UzZaman and Allen 2011): what part of the relations of one side,
//! none of which follows from the others, follows from those of the other side.
//!
//! A timeline puts events at places, so its relations are BEFORE and SIMULTANEOUS, and all
//! that follows from them is the comparison of two places. The relations that do not follow
//! from the others are not unique; here each event is related to the next by place, and of
//! one place by number.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// What is right of all: here relations that follow from the other side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) hits: usize,
    pub(super) all: usize,
}

impl Count {
    pub(super) fn add(&mut self, right: bool) {
        *self += Self { hits: usize::from(right), all: 1 };
    }

    pub(super) fn part(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.hits as f64 / self.all as f64 }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, more: Self) {
        self.hits += more.hits;
        self.all += more.all;
    }
}

/// The relations of `side`, by the number of the event, that follow from `other`.
pub(super) fn follow<A: Ord, B: Ord>(
    side: &BTreeMap<usize, A>,
    other: &BTreeMap<usize, B>,
) -> Count {
    let mut events: Vec<(&A, &usize)> = side.iter().map(|(event, place)| (place, event)).collect();
    events.sort();
    let related = |pair: &&[(&A, &usize)]| match pair {
        [(place, event), (next_place, next)] => {
            let places = other.get(*event).zip(other.get(*next));
            places.is_some_and(|(a, b)| a.cmp(b) == place.cmp(next_place))
        }
        _ => false,
    };
    let pairs = events.windows(2);
    Count { all: pairs.len(), hits: pairs.filter(related).count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(gold: &[(usize, u8)], ours: &[(usize, u8)]) -> [(usize, usize); 2] {
        let (gold, ours) = (gold.iter().copied().collect(), ours.iter().copied().collect());
        [follow(&ours, &gold), follow(&gold, &ours)].map(|count| (count.hits, count.all))
    }

    /// Precision and recall as parts, by hand.
    #[test]
    fn relations_count_where_they_follow() {
        // 1 < 2 = 3 < 4 against 1 = 2 < 3 < 4: the last relation of each follows.
        let gold = [(1, 1), (2, 2), (3, 2), (4, 3)];
        assert_eq!(both(&gold, &[(1, 1), (2, 1), (3, 2), (4, 3)]), [(1, 3), (1, 3)]);
        // 1 < 4 is not among the gold relations but follows from them; none of them is ours.
        assert_eq!(both(&gold, &[(1, 5), (4, 9)]), [(1, 1), (0, 3)]);
        // An event that the gold does not have (7) breaks two relations.
        assert_eq!(both(&gold, &[(1, 1), (7, 2), (2, 3), (3, 3), (4, 4)]), [(2, 4), (3, 3)]);
        assert_eq!(both(&gold, &[]), [(0, 0), (0, 3)]);
        assert_eq!(both(&gold, &[(1, 1)]), [(0, 0), (0, 3)]);
    }
}
