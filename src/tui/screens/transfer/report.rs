//! How a run ended, as far as the screen saw it, for the screens that come after.

use std::sync::Arc;

use super::State;
use super::row::Row;
use crate::error::Kind;
use crate::transfer::{Proof, Status, Summary};
use crate::tui::known::Ended;

impl State {
    /// How it ended as far as this screen saw it: until the engine has wound down and says it itself.
    pub(super) fn own_report(&self) -> Summary {
        let count = |status| self.rows.iter().filter(|row| row.status == status).count();
        let proofs: Vec<Proof> = self.rows.iter().filter_map(|row| row.proof.as_deref().cloned()).collect();
        Summary {
            archives: self.rows.len(),
            proven: count(Status::Proven),
            skipped: count(Status::Skipped),
            failed: count(Status::Failed),
            cancelled: count(Status::Cancelled),
            interrupted: count(Status::Interrupted),
            bytes: proofs.iter().map(|proof| proof.size).sum(),
            downloaded: self.snapshot.moved_down,
            uploaded: self.snapshot.moved_up,
            seconds: self.took().as_secs_f64(),
            proofs,
            ..Summary::default()
        }
    }

    /// What a line of the plan is called.
    pub(super) fn name(&self, line: usize) -> String {
        self.rows.get(line).map(|row| row.name.clone()).unwrap_or_default()
    }
}

impl Row {
    pub(super) fn ended(&self) -> Ended {
        Ended {
            name: self.name.clone(),
            key: self.key.clone(),
            size: self.size,
            status: self.status,
            proof: self.proof.clone(),
            why: self.why.clone(),
            took: self.took(),
        }
    }

    /// Whether what is in its way is that its dump is gone or another one by now.
    pub(super) fn lost_its_dump(&self) -> bool {
        self.why.as_ref().is_some_and(|why| matches!(why.kind(), Kind::NotFound | Kind::SourceChanged))
    }

    pub(super) fn wants_credentials(&self) -> bool {
        let lacks = |why: &Arc<crate::Error>| why.kind() == Kind::Credentials;
        self.status == Status::Waiting && self.why.as_ref().is_some_and(lacks)
    }
}
