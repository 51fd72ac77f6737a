//! Getting objects back from the classes that cannot be read as they lie.

use aws_sdk_s3::types::{GlacierJobParameters, RestoreRequest};
use jiff::fmt::rfc2822;
use serde::Serialize;

use super::sdk::{self, Operation};
use super::{Bucket, Object};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Whether an object can be read, and what it takes if not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Restoring {
    /// Its class can be read as it lies.
    NotNeeded,
    /// It lies in an archive class, and nobody asked for it.
    Needed,
    /// A restore is under way.
    InProgress,
    /// A copy can be read for a while.
    Restored {
        /// Until when, seconds since 1970, where the store says it.
        until: Option<i64>,
    },
}

impl Restoring {
    /// Out of a class and S3's header `x-amz-restore`: `ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"`.
    pub(super) fn of(class: Option<&str>, header: Option<&str>) -> Self {
        if tiers(class.unwrap_or_default()).is_empty() {
            return Self::NotNeeded;
        }
        match header {
            None => Self::Needed,
            Some(header) if header.contains("ongoing-request=\"true\"") => Self::InProgress,
            Some(header) => Self::Restored { until: expiry(header) },
        }
    }

    /// Whether the object's bytes can be had now.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Restored { .. })
    }
}

fn expiry(header: &str) -> Option<i64> {
    let (_, rest) = header.split_once("expiry-date=\"")?;
    let (date, _) = rest.split_once('"')?;
    rfc2822::parse(date).ok().map(|at| at.timestamp().as_second())
}

/// How fast, and how dear, a restore is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Minutes, and the dearest; not from DEEP_ARCHIVE.
    Expedited,
    /// Hours.
    Standard,
    /// The cheapest.
    Bulk,
}

impl Tier {
    /// S3's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expedited => "Expedited",
            Self::Standard => "Standard",
            Self::Bulk => "Bulk",
        }
    }

    /// How many hours S3 takes at most in this tier for an object of `class` (AWS's documentation, "Archive retrieval options");
    /// `None` where the class does not have the tier. Minutes are one hour.
    #[must_use]
    pub fn hours(self, class: &str) -> Option<u32> {
        match (class, self) {
            ("GLACIER", Self::Expedited) => Some(1),
            ("GLACIER", Self::Standard) => Some(5),
            ("GLACIER", Self::Bulk) | ("DEEP_ARCHIVE", Self::Standard) => Some(12),
            ("DEEP_ARCHIVE", Self::Bulk) => Some(48),
            _ => None,
        }
    }
}

/// The tiers in which an object of `class` can be restored; none where it can be read as it lies.
#[must_use]
pub fn tiers(class: &str) -> &'static [Tier] {
    match class {
        "GLACIER" => &[Tier::Standard, Tier::Bulk, Tier::Expedited],
        "DEEP_ARCHIVE" => &[Tier::Standard, Tier::Bulk],
        _ => &[],
    }
}

impl Bucket {
    /// Whether the object at `key` can be read; a missing one is an error of kind NotFound.
    pub async fn restoring(&self, key: &str) -> Result<Restoring> {
        Ok(self.described(key).await?.restoring.unwrap_or(Restoring::NotNeeded))
    }

    /// Asks S3 for a copy of the archived object at `key` that can be read for `days` days (at least one), and says how it stands then.
    ///
    /// One that is under way already is left alone; one that is restored keeps its copy for `days` from now. One that needs no restore
    /// is not asked for.
    pub async fn restore(&self, key: &str, days: u32, tier: Tier) -> Result<Restoring> {
        let object = self.described(key).await?;
        let class = object.class.as_deref().unwrap_or_default();
        match object.restoring {
            None | Some(Restoring::NotNeeded) => return Ok(Restoring::NotNeeded),
            Some(_) if tier.hours(class).is_none() => return Err(self.no_such_tier(key, class, tier)),
            Some(_) => {}
        }
        self.ask_for(key, days, tier).await?;
        self.restoring(key).await
    }

    async fn ask_for(&self, key: &str, days: u32, tier: Tier) -> Result<()> {
        let explain = |error: &_| sdk::explain(Operation::RestoreObject, &self.uri(key), error);
        let how = GlacierJobParameters::builder().tier(tier.name().into()).build();
        let how = how.map_err(|error| {
            Error::new(Kind::Fatal, Operation::RestoreObject.sentence(&self.uri(key))).caused_by(error)
        })?;
        let days = i32::try_from(days.max(1)).unwrap_or(i32::MAX);
        let wanted = RestoreRequest::builder().days(days).glacier_job_parameters(how).build();
        let request = self.control.restore_object().bucket(&self.name).key(key).restore_request(wanted);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if sdk::code(&error) == Some("RestoreAlreadyInProgress") => Ok(()),
            Err(error) => Err(explain(&error)),
        }
    }

    fn no_such_tier(&self, key: &str, class: &str, tier: Tier) -> Error {
        let names = tiers(class).iter().map(|tier| tier.name()).collect::<Vec<_>>().join(", ");
        Error::new(Kind::Usage, Operation::RestoreObject.sentence(&self.uri(key)))
            .because(say!("bucket-why-no-tier", tier = tier.name(), class = class.to_owned()))
            .hint(say!("bucket-hint-tiers", tiers = names))
    }

    /// The object at `key`, which must be there.
    async fn described(&self, key: &str) -> Result<Object> {
        self.head(key).await?.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Operation::HeadObject.sentence(&crate::words::harmless(&self.uri(key))),
            )
            .because(say!("bucket-why-no-object"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_whether_it_runs_and_until_when_the_copy_stays() {
        let of = |header| Restoring::of(Some("GLACIER"), header);
        assert_eq!(of(None), Restoring::Needed);
        assert_eq!(of(Some("ongoing-request=\"true\"")), Restoring::InProgress);
        let until = of(Some("ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\""));
        assert_eq!(until, Restoring::Restored { until: Some(1_356_048_000) });
        assert_eq!(of(Some("ongoing-request=\"false\"")), Restoring::Restored { until: None });
    }

    #[test]
    fn only_the_two_archive_classes_need_a_restore() {
        for class in [None, Some("STANDARD"), Some("GLACIER_IR"), Some("STANDARD_IA")] {
            assert_eq!(Restoring::of(class, None), Restoring::NotNeeded, "{class:?}");
        }
        assert_eq!(Restoring::of(Some("DEEP_ARCHIVE"), None), Restoring::Needed);
    }

    #[test]
    fn the_deepest_class_has_no_fast_way_back() {
        assert!(!tiers("DEEP_ARCHIVE").contains(&Tier::Expedited));
        for class in ["GLACIER", "DEEP_ARCHIVE"] {
            assert!(tiers(class).iter().all(|tier| tier.hours(class).is_some()));
        }
    }
}
