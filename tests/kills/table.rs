//! What came out, a line a round, and in sum for each store and mode.

use std::collections::BTreeMap;
use std::fmt;

use crate::kit::round::{Again, Round};

/// Rounds by store and mode.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<(&'static str, &'static str), Vec<Round>>);

impl Table {
    /// Keeps a round, and prints it.
    pub(crate) fn add(&mut self, store: &'static str, mode: &'static str, round: Round) {
        println!("{}", row(store, mode, std::slice::from_ref(&round)));
        for wrong in &round.wrong {
            println!("  WRONG: {wrong}");
        }
        self.0.entry((store, mode)).or_default().push(round);
    }

    /// Whether all was as it must be.
    pub(crate) fn is_well(&self) -> bool {
        self.0.values().flatten().all(|round| round.wrong.is_empty())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nMoved again, in MiB: in all, and the most of one kill. Early: before a byte moved.")?;
        for ((store, mode), rounds) in &self.0 {
            writeln!(f, "{}", row(store, mode, rounds))?;
        }
        Ok(())
    }
}

fn row(store: &str, mode: &str, rounds: &[Round]) -> String {
    let sum = |number: fn(&Round) -> u64| rounds.iter().map(number).sum::<u64>();
    let kills = sum(|round| round.kills.into());
    let early = sum(|round| round.early.into());
    let (down, up) = (again(rounds, |round| round.down), again(rounds, |round| round.up));
    let orphans: usize = rounds.iter().map(|round| round.orphans).sum();
    let wrong = rounds.iter().filter(|round| !round.wrong.is_empty()).count();
    let seconds: f64 = rounds.iter().map(|round| round.took.as_secs_f64()).sum();
    let proven = rounds.len() - wrong;
    format!(
        "{store:10} {mode:6} {kills:3} kills ({early} early)  proven {proven} of {}  again down {down}, up {up}  \
         uploads begun in the instant {orphans}  {seconds:.1} s",
        rounds.len()
    )
}

#[expect(clippy::cast_precision_loss, reason = "mebibytes to one digit")]
fn again(rounds: &[Round], leg: fn(&Round) -> Again) -> String {
    let mebibytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    let total = rounds.iter().map(|round| leg(round).total).sum();
    let most = rounds.iter().map(|round| leg(round).most).max().unwrap_or_default();
    format!("{:.1} (most {:.1})", mebibytes(total), mebibytes(most))
}
