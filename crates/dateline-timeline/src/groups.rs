//! Union-find over nodes. The smallest node names its group, so that the result does not
//! depend on the order of the joins.

/// Groups of nodes `0..len`.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    /// Every node alone.
    pub(crate) fn new(len: usize) -> Self {
        Self { parent: (0..len).collect() }
    }

    /// The smallest node of the group of `at`.
    pub(crate) fn find(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(&parent) = self.parent.get(at) {
            if parent == at {
                break;
            }
            at = parent;
        }
        at
    }

    /// Makes one group of two, and the paths to both roots short.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (from_a, from_b) = (a, b);
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(parent) = self.parent.get_mut(high) {
            *parent = low;
        }
        self.shorten(from_a, low);
        self.shorten(from_b, low);
    }

    /// Points every node on the way from `at` to the root at the root.
    fn shorten(&mut self, mut at: usize, root: usize) {
        while let Some(parent) = self.parent.get_mut(at) {
            if *parent == root || *parent == at {
                break;
            }
            at = std::mem::replace(parent, root);
        }
    }

    /// The groups, each sorted, in order of their smallest node.
    pub(crate) fn sets(&self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for at in 0..self.parent.len() {
            if let Some(set) = sets.get_mut(self.find(at)) {
                set.push(at);
            }
        }
        sets.retain(|set| !set.is_empty());
        sets
    }
}
