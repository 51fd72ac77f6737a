//! WHERE it goes: the connection and who one is, the bucket, its protection, and the objects in it.
//!
//! `connection` holds what a connection and a bucket are; `chain` finds credentials, region and endpoint, `http` is the client below,
//! `open` connects and asks who one is, `buckets` lists, makes and opens buckets; `credentials` shows, tests and saves keys; `naming` knows S3's rules for names;
//! `protection` reads, compares and applies settings; `sdk` turns the SDK's errors into ours. What stands there: `listing` (all of it,
//! and one object), `folder` (one level), `versions`, `uploads` (what was left unfinished), `measure` (how much it is), all page by page;
//! `spelling` knows how keys survive a listing. What changes it: `delete` and `restore`; `read_only` is what keeps everything from
//! changing. How archives get in is the business of `transfer`.

mod buckets;
mod bundle;
mod chain;
mod client;
mod connection;
pub mod credentials;
mod delete;
mod folder;
mod http;
mod listing;
mod measure;
pub mod naming;
mod object;
mod open;
pub mod protection;
mod read_only;
mod regions;
mod restore;
pub mod sdk;
mod spelling;
mod surroundings;
mod uploads;
mod versions;

pub use buckets::Created;
pub use chain::Patience;
pub use connection::{Bucket, BucketSummary, Connection, Identity, Keys, Target};
pub use delete::{Deleted, Deletion, Doomed, Refused};
pub use folder::FolderPage;
pub use measure::{Extent, Tally};
pub use naming::DEFAULT_BUCKET;
pub use object::{LAYOUT, Object, meta};
pub use read_only::refusal;
pub use regions::{DEFAULT_REGION, REGIONS};
pub use restore::{Restoring, Tier, tiers};
pub use surroundings::Surroundings;
pub use uploads::{Parts, Upload};
pub use versions::{Version, VersionPage};
