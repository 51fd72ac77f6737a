//! The sandbox's S3 server: the crate s3s for the protocol, a store of our own for everything else.
//!
//! Here lives the way in: [`Server`] opens the store and is the service to serve. By subject: `ops` has the operations, `store`
//! what is kept, `receive` and `send` the bytes, `checksum` and `claims` what proves them, `conditions` If-Match and its kin, `sts`
//! who one is, `front` what every answer gets, `keys` the one pair of keys, `weak` stores that check
//! less.

mod checksum;
mod claims;
mod conditions;
mod front;
pub(super) mod keys;
mod ops;
mod receive;
mod send;
mod store;
mod sts;
mod weak;

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use s3s::dto::Timestamp;
use s3s::service::S3ServiceBuilder;
use s3s::validation::NameValidation;
use s3s::{S3Error, S3ErrorCode};

pub(super) use self::front::Front;
use self::keys::Keys;
use self::ops::Operations;
pub(super) use self::store::Failure;
use self::store::Store;
pub use self::weak::Checksums;

/// The account that everything belongs to.
const ACCOUNT: &str = "000000000000";
/// The same account as S3 names it in listings.
const CANONICAL_ID: &str = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";
/// A bucket name that belongs to another account, so that this can be lived through.
const OWNED_BY_SOMEBODY_ELSE: &str = "taken-by-somebody-else";

/// How long to wait for changes that were under way when the server stopped.
const CLOSING: Duration = Duration::from_secs(10);

/// An open store with the service over it.
pub(super) struct Server {
    store: Store,
    service: Front,
}

impl Server {
    /// Opens the store under `dir`, in which a restore takes `restoring`, and lets in who has `keys`. Blocks.
    pub(super) fn open(
        dir: &Path,
        keys: &Keys,
        checksums: Checksums,
        restoring: Duration,
    ) -> Result<Self, Failure> {
        let store = Store::open(dir, restoring)?;
        let mut builder = S3ServiceBuilder::new(Operations { store: store.clone() });
        builder.set_auth(keys.clone());
        builder.set_access(checksums);
        builder.set_route(sts::CallerIdentity);
        builder.set_validation(ShortNamesToo);
        Ok(Self { store, service: Front::new(builder.build(), checksums) })
    }

    /// The service, to be served.
    pub(super) fn service(&self) -> Front {
        self.service.clone()
    }

    /// Fills a bucket with `count` tiny objects whose keys begin with `prefix`, past the protocol.
    pub(super) async fn fill(&self, bucket: String, prefix: String, count: u32) -> Result<(), Failure> {
        let store = self.store.clone();
        let filling = move || store.fill(&bucket, &prefix, count);
        Ok(store::off_the_workers(filling).await?)
    }

    /// Waits until nothing uses the store any more, then closes it.
    pub(super) async fn close(self) {
        drop(self.service);
        let closed = self.store.closed();
        if tokio::time::timeout(CLOSING, closed).await.is_err() {
            tracing::warn!("the sandbox's store is still in use");
        }
    }
}

/// AWS's rules for bucket names but for the shortest: in a sandbox, `--bucket b` is enough.
struct ShortNamesToo;

impl NameValidation for ShortNamesToo {
    fn validate_bucket_name(&self, name: &str) -> bool {
        // Two more letters do not change what the other rules say of a name.
        s3s::path::check_bucket_name(name)
            || (name.len() < 3 && s3s::path::check_bucket_name(&format!("{name}-{name}")))
    }
}

/// A time of the store (milliseconds since 1970) as s3s has it.
fn timestamp(milliseconds: u64) -> Timestamp {
    (UNIX_EPOCH + Duration::from_millis(milliseconds)).into()
}

/// An answer with a code that s3s has no name for.
fn refusal(code: &str, status: http::StatusCode, why: &'static str) -> S3Error {
    let mut error = S3Error::with_message(S3ErrorCode::Custom(code.into()), why);
    error.set_status_code(status);
    error
}
