//! WHAT can be lifted: datasets, mirrors, dumps, archives and their published digests.
//!
//! `dataset` reads what can be chosen from `assets/datasets.toml`; `mirror` asks an HTTP server for listings, checksum files and sizes;
//! `discover` finds the newest complete dump of each family and pins it; `published` asks what stands of a dump
//! that is known already. Nothing here knows buckets, transfers or screens.

mod archive;
mod candidate;
mod checksums;
mod choice;
mod dataset;
mod discover;
pub(crate) mod http;
mod listing;
mod mirror;
mod names;
mod published;

pub use archive::{Archive, Dump, FamilyListing, Listing, PassedOver, Validators};
pub use choice::{choose, datasets};
pub use dataset::{Dataset, DatasetId, Family, Licence};
pub use mirror::{DEFAULT_MIRROR, Head, Mirror, Patience};
pub use published::{Published, dataset_at, family_of};
