//! WHERE it goes: the connection and who one is, the bucket, its protection, and the objects in it.
//!
//! `connection` holds what a connection and a bucket are; `chain` finds credentials, region and endpoint, `http` is the client below,
//! `open` connects and asks who one is, `buckets` lists, makes and opens buckets; `credentials` shows, tests and saves keys; `naming` knows S3's rules for names;
//! `protection` reads, compares and applies settings; `listing` and `uploads` tell what stands there; `sdk` turns the SDK's errors into
//! ours. How archives get in is the business of `transfer`.

mod buckets;
mod bundle;
mod chain;
mod client;
mod connection;
pub mod credentials;
mod http;
mod listing;
pub mod naming;
mod object;
mod open;
pub mod protection;
mod regions;
pub mod sdk;
mod surroundings;
mod uploads;

pub use buckets::Created;
pub use chain::Patience;
pub use connection::{Bucket, BucketSummary, Connection, Identity, Keys, Target};
pub use naming::DEFAULT_BUCKET;
pub use object::{LAYOUT, Object, meta};
pub use regions::{DEFAULT_REGION, REGIONS};
pub use surroundings::Surroundings;
pub use uploads::Upload;
