//! What the wizard knows so far: the shared facts that a screen reads when it is entered and adds to when it is left.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::bucket::protection::{ArchiveRule, Change, Current, Outcome};
use crate::bucket::{Identity, Target};
use crate::catalog::{Archive, DatasetId, Family, FamilyListing};
use crate::config::Rates;
use crate::error::Error;
use crate::transfer::{Begun, Contents, Limits, Locals, Mode, Plan, Proof, Status, Summary};

use super::{Seen, Step};

/// Facts that more than one screen needs. Screens never look into each other.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whether all of this is the sandbox.
    pub sandbox: bool,
    /// The mirror's URL, harmless to show.
    pub mirror: String,
    /// Where archives lie on this disk.
    pub data_dir: PathBuf,
    /// Where to connect.
    pub target: Target,
    /// What settings want to happen to local files; `None` where they do not say.
    pub mode: Option<Mode>,
    /// The limits that settings give to each leg.
    pub limits: Limits,
    /// How many archives earlier runs began and did not finish.
    pub resumable: usize,
    /// The bucket of the last run, or the one that settings name.
    pub last_bucket: Option<String>,
    /// Whether an earlier run chose that bucket, so that this one begins at home.
    pub returning: bool,
    /// What was seen of that bucket last time.
    pub seen: Option<Seen>,
    /// How fast the last transfer was.
    pub rates: Rates,
    /// What earlier runs began and did not finish (at the start, and from home).
    pub begun: Vec<Begun>,
    /// Where one came from, on a visit.
    pub from: Option<Step>,
    /// What the mirror has, by family, as far as it was asked (from home and datasets).
    pub found: BTreeMap<Family, Arc<FamilyListing>>,
    /// The bucket's settings as they were last read (from home and protect).
    pub protection: Option<Current>,
    /// Who one is (from connect).
    pub identity: Option<Identity>,
    /// The region in which new buckets are made (from connect).
    pub region: String,
    /// The S3-compatible endpoint, where it is not AWS's own (from connect).
    pub endpoint_url: Option<String>,
    /// The open bucket (from bucket).
    pub bucket: Option<String>,
    /// Where it lies (from bucket).
    pub bucket_region: String,
    /// What was done to its settings in this run (from protect).
    pub settings: Vec<(Change, Outcome)>,
    /// The archive rule in force (from protect).
    pub archive: Option<ArchiveRule>,
    /// The datasets of the last run; empty means the guide's. Afterwards those chosen (from datasets).
    pub datasets: Vec<DatasetId>,
    /// The archives chosen (from datasets).
    pub chosen: Vec<Archive>,
    /// What the disk has of them (from datasets).
    pub locals: Locals,
    /// What the bucket has of them (from datasets).
    pub contents: Option<Contents>,
    /// What is to be done (from review).
    pub plan: Option<Plan>,
    /// How it ended (from transfer).
    pub report: Option<Summary>,
    /// How each line of the plan ended (from transfer).
    pub ended: Vec<Ended>,
}

/// How one line of the plan ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The archive's name, harmless to show.
    pub name: String,
    /// Its key.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// How it stands.
    pub status: Status,
    /// What was checked, where it is in its place.
    pub proof: Option<Arc<Proof>>,
    /// Why it failed or waits.
    pub why: Option<Arc<Error>>,
    /// How long it took, where it was begun and has ended.
    pub took: Option<Duration>,
}
