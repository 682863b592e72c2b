//! How alike two partitions of the same things are, by the measures of coreference: MUC
//! (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), CEAF-e (Luo 2005) and the mean of the
//! three, the CoNLL figure (Pradhan et al. 2012). Things that stand alone count; a thing
//! that is in one partition only cannot be said here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Gains below it are those of rounding.
const LEAST: f64 = 1e-9;

/// Precision and recall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    pub(super) precision: f64,
    pub(super) recall: f64,
}

impl Score {
    pub(super) fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

/// Two partitions: the sizes of their clusters, and how much each pair of clusters shares.
pub(super) struct Overlap {
    gold: Vec<usize>,
    ours: Vec<usize>,
    /// Never 0.
    shared: BTreeMap<(usize, usize), usize>,
}

impl Overlap {
    /// Of things given by the cluster each is in, gold and ours.
    pub(super) fn new<G: Ord, O: Ord>(things: impl IntoIterator<Item = (G, O)>) -> Self {
        let (mut golds, mut ours) = (Numbers::new(), Numbers::new());
        let mut shared = BTreeMap::new();
        for (a, b) in things {
            *shared.entry((golds.count(a), ours.count(b))).or_default() += 1;
        }
        Self { gold: golds.sizes, ours: ours.sizes, shared }
    }

    /// MUC: the links that would have to be added to, or taken from, ours. A cluster of n
    /// has n − 1 links and lacks one for each part but the first that the other side breaks
    /// it into; parts are the pairs that share something.
    pub(super) fn muc(&self) -> Score {
        let things: usize = self.shared.values().sum();
        let kept = things.saturating_sub(self.shared.len());
        let of = |clusters: &[usize]| ratio(kept as f64, things.saturating_sub(clusters.len()));
        Score { precision: of(&self.ours), recall: of(&self.gold) }
    }

    /// B³: for each thing, what part of its cluster is also in its other cluster.
    pub(super) fn b_cubed(&self) -> Score {
        let mut score = Score { precision: 0.0, recall: 0.0 };
        let things: usize = self.shared.values().sum();
        for (&(gold, ours), &shared) in &self.shared {
            let weight = (shared * shared) as f64;
            score.precision += weight / size(&self.ours, ours);
            score.recall += weight / size(&self.gold, gold);
        }
        Score { precision: ratio(score.precision, things), recall: ratio(score.recall, things) }
    }

    /// CEAF-e: clusters are paired one to one so that the sum of φ₄, twice what a pair
    /// shares by its sizes, is greatest.
    pub(super) fn ceaf_e(&self) -> Score {
        let alike = |(&(gold, ours), &shared): (&(usize, usize), &usize)| {
            let sizes = size(&self.gold, gold) + size(&self.ours, ours);
            ((gold, ours), 2.0 * shared as f64 / sizes)
        };
        let sum = best_pairing(&self.shared.iter().map(alike).collect());
        Score { precision: ratio(sum, self.ours.len()), recall: ratio(sum, self.gold.len()) }
    }

    /// F1 by MUC, B³, CEAF-e, and their mean.
    pub(super) fn conll(&self) -> [f64; 4] {
        let [muc, b_cubed, ceaf_e] = [self.muc(), self.b_cubed(), self.ceaf_e()].map(Score::f1);
        [muc, b_cubed, ceaf_e, (muc + b_cubed + ceaf_e) / 3.0]
    }
}

fn ratio(part: f64, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part / whole as f64 }
}

fn size(sizes: &[usize], cluster: usize) -> f64 {
    sizes.get(cluster).map_or(f64::INFINITY, |size| *size as f64)
}

/// Clusters by number, as they come, with their sizes.
struct Numbers<T> {
    numbers: BTreeMap<T, usize>,
    sizes: Vec<usize>,
}

impl<T: Ord> Numbers<T> {
    fn new() -> Self {
        Self { numbers: BTreeMap::new(), sizes: Vec::new() }
    }

    /// Counts one more thing of the cluster and answers its number.
    fn count(&mut self, cluster: T) -> usize {
        let number = *self.numbers.entry(cluster).or_insert(self.sizes.len());
        match self.sizes.get_mut(number) {
            Some(size) => *size += 1,
            None => self.sizes.push(1),
        }
        number
    }
}

/// The greatest sum of weights of pairs (row, column) of which no two share a row or a
/// column. Rows enter one by one (Kuhn 1955), each by the path of exchanges that gains most
/// (Bellman and Ford); only pairs that have a weight are looked at, so it is as quick as the
/// clusters that overlap are few.
fn best_pairing(weights: &BTreeMap<(usize, usize), f64>) -> f64 {
    let rows: BTreeSet<usize> = weights.keys().map(|(row, _)| *row).collect();
    let weight = |row: usize, column: usize| weights.get(&(row, column)).copied().unwrap_or(0.0);
    let columns = |row: usize| {
        weights.range((row, 0)..=(row, usize::MAX)).map(|((_, column), weight)| (*column, *weight))
    };
    let mut holders: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        // What is gained so far where a row has lost its column, and who took it.
        let mut gains = BTreeMap::from([(row, 0.0)]);
        let mut takers: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut queue = VecDeque::from([row]);
        while let Some(from) = queue.pop_front() {
            let gain = gains.get(&from).copied().unwrap_or(0.0);
            for (column, more) in columns(from) {
                let Some(&holder) = holders.get(&column).filter(|holder| **holder != from) else {
                    continue;
                };
                let gain = gain + more - weight(holder, column);
                if gains.get(&holder).is_none_or(|known| gain > known + LEAST) {
                    gains.insert(holder, gain);
                    takers.insert(holder, (from, column));
                    queue.push_back(holder);
                }
            }
        }
        // The last row of the path takes a free column or goes without.
        let ends = gains.iter().flat_map(|(&end, &gain)| {
            let free = columns(end).filter(|(column, _)| !holders.contains_key(column));
            free.map(move |(column, more)| (gain + more, end, Some(column)))
                .chain([(gain, end, None)])
        });
        let best = ends.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((_, mut end, mut column)) = best else { continue };
        loop {
            if let Some(column) = column {
                holders.insert(column, end);
            }
            let Some(&(taker, lost)) = takers.get(&end) else { break };
            (end, column) = (taker, Some(lost));
        }
    }
    holders.iter().map(|(&column, &row)| weight(row, column)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Bagga and Baldwin (1998) and Luo (2005): twelve things in clusters of
    /// five, two and five, each by the letter of its gold cluster.
    fn overlap(ours: &str) -> Overlap {
        Overlap::new("aaaaabbccccc".chars().zip(ours.chars()))
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "{found} is not {expected}");
    }

    /// Table 1 of Luo (2005), with the F1 of MUC, B³ and CEAF by φ₄.
    #[test]
    fn figures_are_those_of_the_papers() {
        let table = [
            ("111112222222", 0.947, 0.865, 0.733),
            ("111112211111", 0.947, 0.737, 0.667),
            ("111111111111", 0.900, 0.545, 0.294),
            ("123456789xyz", 0.000, 0.400, 0.178),
            ("111112233333", 1.000, 1.000, 1.000),
        ];
        for (ours, muc, b_cubed, ceaf_e) in table {
            let found = overlap(ours).conll();
            for (found, expected) in found.into_iter().zip([muc, b_cubed, ceaf_e]) {
                close(found, expected);
            }
            close(found[3], (muc + b_cubed + ceaf_e) / 3.0);
        }
    }

    /// Section 4 of Bagga and Baldwin (1998): two errors that MUC holds for equal.
    #[test]
    fn precision_is_lower_where_more_is_merged() {
        let (few, many) = (overlap("111112222222"), overlap("111112211111"));
        close(few.muc().precision, 0.9);
        close(many.muc().precision, 0.9);
        close(few.b_cubed().precision, 0.762);
        close(many.b_cubed().precision, 0.583);
        close(many.b_cubed().recall, 1.0);
        // One of two pairs shares all, the other five of 15; three gold clusters.
        close(many.ceaf_e().precision, (1.0 + 2.0 * 5.0 / 15.0) / 2.0);
        close(many.ceaf_e().recall, (1.0 + 2.0 * 5.0 / 15.0) / 3.0);
    }

    #[test]
    fn nothing_has_no_figures() {
        assert_eq!(Overlap::new(Vec::<(u8, u8)>::new()).conll(), [0.0; 4]);
    }

    #[test]
    fn a_row_gives_way_where_all_gain() {
        // Greedy would take .9 and .1.
        let weights = BTreeMap::from([((0, 0), 0.9), ((0, 1), 0.8), ((1, 0), 0.8), ((1, 1), 0.1)]);
        close(best_pairing(&weights), 1.6);
        // The second row is worth more than the first, which has no other column.
        close(best_pairing(&BTreeMap::from([((0, 0), 0.3), ((1, 0), 0.5)])), 0.5);
    }

    /// Against all pairings, on tables of four by five with gaps.
    #[test]
    fn no_pairing_is_better() {
        fn most(weights: &BTreeMap<(usize, usize), f64>, row: usize, taken: &[usize]) -> f64 {
            if row == 4 {
                return 0.0;
            }
            let with = (0..5).filter(|column| !taken.contains(column)).filter_map(|column| {
                let weight = weights.get(&(row, column))?;
                Some(weight + most(weights, row + 1, &[taken, &[column]].concat()))
            });
            with.fold(most(weights, row + 1, taken), f64::max)
        }
        let mut state = 1_u64;
        for _ in 0..200 {
            let mut weights = BTreeMap::new();
            for at in 0..20 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                if state >> 62 != 0 {
                    weights.insert((at / 5, at % 5), ((state >> 33) % 1000) as f64 / 1000.0);
                }
            }
            close(best_pairing(&weights), most(&weights, 0, &[]));
        }
    }
}
