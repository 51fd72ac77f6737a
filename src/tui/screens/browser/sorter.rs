//! Sorts rows in pieces of bounded work, while more of them come: runs that are sorted, and merged two by two.

/// Rows that are sorted at once. At about 20 ns for each comparison this is some two milliseconds.
const RUN: usize = 8192;
/// What sorting one row of a run costs, in rows that are merged.
const COST: usize = 4;

/// What a row is sorted by, and which row it is: equal ones stay in the store's order.
type Entry = (u64, u32);

/// Two runs becoming one.
#[derive(Debug, Default)]
struct Merge {
    left: Vec<Entry>,
    right: Vec<Entry>,
    /// How far each of them is.
    at: (usize, usize),
    out: Vec<Entry>,
}

impl Merge {
    fn new(left: Vec<Entry>, right: Vec<Entry>) -> Self {
        let out = Vec::with_capacity(left.len() + right.len());
        Self { left, right, at: (0, 0), out }
    }

    /// Merges at most `budget` rows, and says how many.
    fn step(&mut self, budget: usize) -> usize {
        let before = self.out.len();
        while self.out.len() - before < budget {
            let (left, right) = (self.left.get(self.at.0), self.right.get(self.at.1));
            let entry = match (left, right) {
                (Some(left), Some(right)) if right < left => right,
                (Some(left), _) => left,
                (None, Some(right)) => right,
                (None, None) => break,
            };
            self.out.push(*entry);
            if Some(entry) == left { self.at.0 += 1 } else { self.at.1 += 1 }
        }
        self.out.len() - before
    }

    fn is_done(&self) -> bool {
        self.out.len() == self.left.len() + self.right.len()
    }
}

/// Rows on their way into an order.
#[derive(Debug, Default)]
pub(super) struct Sorter {
    fresh: Vec<Entry>,
    runs: Vec<Vec<Entry>>,
    merge: Option<Merge>,
    /// The rows in their order, as they were when all that had come was last sorted.
    sorted: Vec<u32>,
    count: usize,
}

impl Sorter {
    /// One more row, sorted by `key`.
    pub(super) fn push(&mut self, key: u64, row: u32) {
        self.fresh.push((key, row));
        self.count += 1;
    }

    /// The rows in order; those that came since are not among them.
    pub(super) fn sorted(&self) -> &[u32] {
        &self.sorted
    }

    /// Whether rows wait to be sorted in.
    pub(super) fn is_busy(&self) -> bool {
        self.sorted.len() != self.count
    }

    /// Does work that is worth about `budget` rows merged. While more rows are `coming` soon, small runs are not yet merged into large ones.
    pub(super) fn step(&mut self, mut budget: usize, coming: bool) {
        while budget > 0 && self.is_busy() {
            let done = match &mut self.merge {
                Some(merge) => merge.step(budget),
                None => self.begin(coming),
            };
            if let Some(merge) = self.merge.take_if(|merge| merge.is_done()) {
                self.runs.push(merge.out);
            }
            if done == 0 && self.merge.is_none() {
                break;
            }
            budget = budget.saturating_sub(done);
        }
        self.publish();
    }

    /// Begins the next piece of work; what it cost already.
    fn begin(&mut self, coming: bool) -> usize {
        if !self.fresh.is_empty() {
            let rest = self.fresh.split_off(self.fresh.len().min(RUN));
            let mut run = std::mem::replace(&mut self.fresh, rest);
            run.sort_unstable();
            let cost = run.len() * COST;
            self.runs.push(run);
            return cost;
        }
        let wanted = match &self.runs[..] {
            [.., left, right] => !coming || left.len() <= right.len() * 2,
            _ => false,
        };
        if wanted && let (Some(right), Some(left)) = (self.runs.pop(), self.runs.pop()) {
            self.merge = Some(Merge::new(left, right));
            return 1;
        }
        0
    }

    /// One run with everything in it is the order.
    fn publish(&mut self) {
        let [run] = &self.runs[..] else { return };
        if run.len() == self.count && self.is_busy() {
            self.sorted = run.iter().map(|(_, row)| *row).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_step_never_does_more_than_its_budget_and_a_run() {
        let mut merge =
            Merge::new((0..100).map(|row| (1, row)).collect(), (100..200).map(|row| (0, row)).collect());
        assert_eq!(merge.step(30), 30);
        assert!(!merge.is_done());
        assert_eq!(merge.step(1000), 170);
        assert!(merge.is_done());
    }

    proptest! {
        #[test]
        fn whatever_comes_in_whatever_pieces_is_sorted_at_the_end(
            pieces in prop::collection::vec((prop::collection::vec(0_u64..50, 0..300), 0_usize..400), 0..12),
        ) {
            let mut sorter = Sorter::default();
            let mut naive: Vec<Entry> = Vec::new();
            for (keys, budget) in pieces {
                for key in keys {
                    let row = u32::try_from(naive.len()).unwrap();
                    sorter.push(key, row);
                    naive.push((key, row));
                }
                sorter.step(budget, true);
            }
            while sorter.is_busy() {
                sorter.step(64, false);
            }
            naive.sort_unstable();
            let rows: Vec<u32> = naive.iter().map(|(_, row)| *row).collect();
            prop_assert_eq!(sorter.sorted(), &rows[..]);
        }
    }
}
