//! WHERE it goes: the connection and who one is, the bucket, its protection, and the objects in it.
//!
//! `connection` finds credentials and an endpoint and says who one is; `credentials` tests and saves new ones; `naming` knows S3's rules for names;
//! `protection` reads, compares and applies settings; `object` lists and describes what stands there. How archives get in is the
//! business of `transfer`.

mod connection;
mod object;
pub mod protection;

pub use connection::{Bucket, BucketSummary, Connection, Identity, Keys, Target};
pub use object::{LAYOUT, Object, meta};
