//! The sandbox, spoken to as its users will: over HTTP, with the AWS SDK, and raw where the SDK hides things.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod mirror_dumps;
mod mirror_faults;
mod mirror_http;
mod mirror_kit;
mod s3_auth;
mod s3_buckets;
mod s3_checksums;
mod s3_complete;
mod s3_conditions;
mod s3_copy;
mod s3_fill;
mod s3_keys;
mod s3_listing;
mod s3_listing_model;
// Memory is measured as Linux tells it.
#[cfg(target_os = "linux")]
mod s3_load;
mod s3_multipart;
mod s3_objects;
mod s3_restart;
mod s3_settings;
mod s3_start;
mod s3_versions;
mod support;
mod tls;
