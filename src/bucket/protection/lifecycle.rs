//! The lifecycle rules that are ours, among those that are not.
//!
//! S3 replaces every rule at once: so all are read, ours are found by their id, and the others go back exactly as they came.

use aws_sdk_s3::error::BuildError;
use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, ExpirationStatus, LifecycleRule,
    LifecycleRuleFilter, Transition, TransitionDefaultMinimumObjectSize, TransitionStorageClass,
};

use super::super::Bucket;
use super::super::sdk::{self, Operation};
use super::read::reading;
use super::{ArchiveRule, Change, Reading};
use crate::error::{Error, Kind, Result};
use crate::say;

/// The id of the rule that archives `raw/`.
pub const ARCHIVE_RULE: &str = "brainzlift-archive-raw";

/// The id of the rule that aborts unfinished uploads.
pub const ABORT_RULE: &str = "brainzlift-abort-unfinished";

/// What the archive rule covers.
const ARCHIVED_PREFIX: &str = "raw/";

/// A bucket's lifecycle, whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Lifecycle {
    pub(super) rules: Vec<LifecycleRule>,
    /// Sent back as it came: without it S3 would fall back to its default for all rules.
    minimum_size: Option<TransitionDefaultMinimumObjectSize>,
}

impl Lifecycle {
    pub(super) async fn read(bucket: &Bucket) -> Result<Option<Reading<Self>>> {
        let answer = bucket.control.get_bucket_lifecycle_configuration().bucket(&bucket.name).send().await;
        let answer = answer.map(|there| Self {
            rules: there.rules().to_vec(),
            minimum_size: there.transition_default_minimum_object_size().cloned(),
        });
        reading(bucket, answer, Self::default())
    }

    async fn write(&self, bucket: &Bucket) -> Result<()> {
        let explain = |error: BuildError| {
            Error::new(Kind::Fatal, Operation::WriteSetting.sentence(&bucket.name)).caused_by(error)
        };
        // A configuration without rules is refused: an empty one is deleted instead.
        if self.rules.is_empty() {
            let answer = bucket.control.delete_bucket_lifecycle().bucket(&bucket.name).send().await;
            return match answer {
                Ok(_) => Ok(()),
                Err(error) => Err(sdk::explain(Operation::WriteSetting, &bucket.name, &error)),
            };
        }
        let rules = BucketLifecycleConfiguration::builder().set_rules(Some(self.rules.clone())).build();
        let request = bucket.control.put_bucket_lifecycle_configuration().bucket(&bucket.name);
        let request = request.set_transition_default_minimum_object_size(self.minimum_size.clone());
        let answer = request.lifecycle_configuration(rules.map_err(explain)?).send().await;
        answer.map(drop).map_err(|error| sdk::explain(Operation::WriteSetting, &bucket.name, &error))
    }

    /// Our archive rule, where it stands as we would write it.
    pub(super) fn archive(&self) -> Option<ArchiveRule> {
        let rule = self.ours(ARCHIVE_RULE)?;
        let [transition] = rule.transitions() else { return None };
        let after_days = u32::try_from(transition.days()?).ok()?;
        let class = transition.storage_class()?.as_str().to_owned();
        (covered(rule) == Some(ARCHIVED_PREFIX)).then_some(ArchiveRule { after_days, class })
    }

    /// The days of our abort rule, where it stands as we would write it.
    pub(super) fn abort_days(&self) -> Option<u32> {
        let rule = self.ours(ABORT_RULE)?;
        let days = rule.abort_incomplete_multipart_upload()?.days_after_initiation()?;
        (covered(rule) == Some("")).then(|| u32::try_from(days).ok()).flatten()
    }

    fn ours(&self, id: &str) -> Option<&LifecycleRule> {
        self.rules.iter().find(|rule| rule.id() == Some(id) && *rule.status() == ExpirationStatus::Enabled)
    }

    /// The rules that are not ours, as the SDK gives them.
    pub(super) fn foreign(&self) -> Vec<&LifecycleRule> {
        self.rules.iter().filter(|rule| !matches!(rule.id(), Some(ARCHIVE_RULE | ABORT_RULE))).collect()
    }

    /// `change` among the others: in its old place where there was one, else at the end.
    fn merged(&self, change: &Change) -> Result<Self, BuildError> {
        let (id, rule) = match change {
            Change::Archive { to, .. } => {
                (ARCHIVE_RULE, to.as_ref().map(|to| self.archive_rule(to)).transpose()?)
            }
            Change::AbortUnfinished { to, .. } => (ABORT_RULE, Some(self.abort_rule(*to)?)),
            Change::Versioning { .. } | Change::BlockPublicAccess | Change::Encrypt => {
                return Ok(self.clone());
            }
        };
        let place = self.rules.iter().position(|rule| rule.id() == Some(id)).unwrap_or(self.rules.len());
        let mut rules: Vec<_> = self.rules.iter().filter(|rule| rule.id() != Some(id)).cloned().collect();
        if let Some(rule) = rule {
            rules.insert(place.min(rules.len()), rule);
        }
        Ok(Self { rules, minimum_size: self.minimum_size.clone() })
    }

    fn archive_rule(&self, wanted: &ArchiveRule) -> Result<LifecycleRule, BuildError> {
        let days = i32::try_from(wanted.after_days).unwrap_or(i32::MAX);
        let class = TransitionStorageClass::from(wanted.class.as_str());
        let transition = Transition::builder().days(days).storage_class(class).build();
        self.rule(ARCHIVE_RULE, ARCHIVED_PREFIX).transitions(transition).build()
    }

    fn abort_rule(&self, days: u32) -> Result<LifecycleRule, BuildError> {
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        let abort = AbortIncompleteMultipartUpload::builder().days_after_initiation(days).build();
        self.rule(ABORT_RULE, "").abort_incomplete_multipart_upload(abort).build()
    }

    /// A rule in the form that the others have: S3 refuses the old form (a bare prefix) beside the new one (a filter).
    fn rule(&self, id: &str, prefix: &str) -> aws_sdk_s3::types::builders::LifecycleRuleBuilder {
        let rule = LifecycleRule::builder().id(id).status(ExpirationStatus::Enabled);
        if self.foreign().iter().any(|rule| is_old_form(rule)) {
            #[expect(deprecated, reason = "buckets with rules of the old form take no others")]
            return rule.prefix(prefix);
        }
        rule.filter(LifecycleRuleFilter::builder().prefix(prefix).build())
    }
}

/// Reads, merges, writes: nothing is written where the rules could not be read, for that would lose those that are not ours.
pub(super) async fn change(bucket: &Bucket, change: &Change) -> Result<()> {
    let before = match Lifecycle::read(bucket).await? {
        Some(Reading::Is(lifecycle)) => lifecycle,
        Some(Reading::Unsupported) => return Err(unreadable(bucket, Kind::Unsupported)),
        Some(Reading::Denied) => return Err(unreadable(bucket, Kind::Permission)),
        None => return Err(unreadable(bucket, Kind::Fatal)),
    };
    let built = |error: BuildError| {
        Error::new(Kind::Fatal, Operation::WriteSetting.sentence(&bucket.name)).caused_by(error)
    };
    let after = before.merged(change).map_err(built)?;
    after.write(bucket).await
}

fn unreadable(bucket: &Bucket, kind: Kind) -> Error {
    let error = Error::new(kind, Operation::ReadSetting.sentence(&bucket.name));
    error.because(say!("bucket-why-rules-unreadable"))
}

/// The prefix that a rule covers, if it is nothing but a prefix.
fn covered(rule: &LifecycleRule) -> Option<&str> {
    #[expect(deprecated, reason = "rules of the old form are read as well")]
    let bare = rule.prefix();
    match rule.filter() {
        None => bare,
        Some(filter) => {
            let more = filter.tag().is_some()
                || filter.and().is_some()
                || filter.object_size_greater_than().is_some()
                || filter.object_size_less_than().is_some();
            (!more).then(|| filter.prefix().unwrap_or_default())
        }
    }
}

fn is_old_form(rule: &LifecycleRule) -> bool {
    #[expect(deprecated, reason = "this is what the old form is")]
    let bare = rule.prefix();
    rule.filter().is_none() && bare.is_some()
}

#[cfg(test)]
mod tests;
