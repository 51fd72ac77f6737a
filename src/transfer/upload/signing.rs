//! Whether the bytes of parts are signed, too. Their CRC64NVME is a signed header in any case.
//!
//! A signature of the payload is a second SHA-256 of every byte. Where TLS or the checksum keeps bytes what they are it gains
//! nothing, but there are stores that insist on it over plain HTTP: the first refusal of an unsigned payload is taken as that.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use aws_runtime::auth::PayloadSigningOverride;
use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use sha2::{Digest, Sha256};

use super::body::Pieces;
use crate::transfer::multipart::Refusal;

const UNTRIED: u8 = 0;
const UNSIGNED_WORKS: u8 = 1;
const SIGNED: u8 = 2;

/// What was found out about one store.
#[derive(Debug, Default)]
pub(in crate::transfer) struct Signing(AtomicU8);

impl Signing {
    /// Whether payloads are to be signed.
    pub(super) fn is_wanted(&self) -> bool {
        self.0.load(Relaxed) == SIGNED
    }

    /// An unsigned payload was taken.
    pub(super) fn not_needed(&self) {
        self.0.store(UNSIGNED_WORKS, Relaxed);
    }

    /// A request with an unsigned payload failed with `refusal`. Gives whether it is worth trying a signed one.
    pub(super) fn refused(&self, refusal: &Refusal) -> bool {
        // Another part may have found it out while this one was on its way.
        let is_signed =
            || self.0.compare_exchange(UNTRIED, SIGNED, Relaxed, Relaxed).unwrap_or_else(|now| now);
        refusal.may_mean_unsigned && is_signed() != UNSIGNED_WORKS
    }

    /// Signing did not help either.
    pub(super) fn did_not_help(&self) {
        self.0.store(UNTRIED, Relaxed);
    }
}

/// The SHA-256 of `pieces`, hex, as a signature wants it. Blocks for as long as hashing takes.
pub(super) fn payload_digest(pieces: &Pieces) -> String {
    let mut sha256 = Sha256::new();
    pieces.iter().for_each(|piece| sha256.update(piece));
    hex::encode(sha256.finalize())
}

/// Gives the signer a digest that was computed before.
#[derive(Debug)]
pub(in crate::transfer) struct SignPayload(pub(super) String);

impl Intercept for SignPayload {
    fn name(&self) -> &'static str {
        "SignPayload"
    }

    fn modify_before_signing(
        &self,
        _context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(PayloadSigningOverride::Precomputed(self.0.clone()));
        Ok(())
    }
}
