//! RestoreObject, and what HeadObject and GetObject say of a restore.

use http::StatusCode;
use s3s::dto::{RestoreObjectInput, RestoreObjectOutput, RestoreRequest, Timestamp, TimestampFormat};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::super::store::{Restored, Store, Version, now, objects};
use super::super::timestamp;

/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// RestoreObject: a copy of what is archived can be read a short while later. Asked for again, it stays for the days that were asked for
/// last.
pub(super) async fn restore(
    store: &Store,
    request: S3Request<RestoreObjectInput>,
) -> S3Result<S3Response<RestoreObjectOutput>> {
    let RestoreObjectInput { bucket, key, version_id, restore_request, .. } = request.input;
    let (days, tier) = wanted(restore_request)?;
    let takes = u64::try_from(store.restoring().as_millis()).unwrap_or(u64::MAX);
    let again = store
        .write(move |changes| {
            let mut again = false;
            objects::amend(changes, &bucket, &key, version_id.as_deref(), |version| {
                let now = now();
                allow(version, tier.as_deref())?;
                let ready = match version.restored_at(now) {
                    Some(running) if now < running.ready => return Err(already().into()),
                    Some(done) => done.ready,
                    None => now.saturating_add(takes),
                };
                again = ready <= now;
                version.restored = Some(Restored { ready, until: until(ready.max(now), days) });
                Ok(())
            })?;
            Ok(again)
        })
        .await?;
    let status = if again { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok(S3Response::with_status(RestoreObjectOutput::default(), status))
}

/// The header `x-amz-restore` of a version, where it has one.
pub(super) fn header(version: &Version) -> Option<String> {
    let now = now();
    let restored = version.restored_at(now)?;
    if now < restored.ready {
        return Some("ongoing-request=\"true\"".to_owned());
    }
    let expiry = http_date(&timestamp(restored.until))?;
    Some(format!("ongoing-request=\"false\", expiry-date=\"{expiry}\""))
}

fn http_date(at: &Timestamp) -> Option<String> {
    let mut text = Vec::new();
    at.format(TimestampFormat::HttpDate, &mut text).ok()?;
    String::from_utf8(text).ok()
}

/// Midnight UTC after the days are over, as S3 rounds.
fn until(ready: u64, days: u64) -> u64 {
    (ready + days * DAY).div_ceil(DAY) * DAY
}

/// The days and the tier that are asked for.
fn wanted(request: Option<RestoreRequest>) -> S3Result<(u64, Option<String>)> {
    let request = request.unwrap_or_default();
    let days = request.days.and_then(|days| u64::try_from(days).ok()).filter(|days| *days > 0);
    let days = days.ok_or_else(|| {
        s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        )
    })?;
    let named = request.glacier_job_parameters.map(|job| job.tier).or(request.tier);
    Ok((days, named.map(|tier| tier.as_str().to_owned())))
}

fn allow(version: &Version, tier: Option<&str>) -> S3Result<()> {
    let class = version.object.as_ref().and_then(|object| object.attributes.storage_class.as_deref());
    match (class, tier) {
        (Some("GLACIER"), None | Some("Expedited" | "Standard" | "Bulk"))
        | (Some("DEEP_ARCHIVE"), None | Some("Standard" | "Bulk")) => Ok(()),
        (Some("GLACIER" | "DEEP_ARCHIVE"), Some(_)) => {
            Err(s3_error!(InvalidArgument, "Retrieval option is not supported by this storage class"))
        }
        _ => Err(s3_error!(
            InvalidObjectState,
            "Restore is not allowed for the object's current storage class"
        )),
    }
}

fn already() -> s3s::S3Error {
    s3_error!(RestoreAlreadyInProgress, "Object restore is already in progress")
}
