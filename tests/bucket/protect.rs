//! Protection against a store that keeps what it is told.

use aws_sdk_s3::types::{
    BucketLifecycleConfiguration, ExpirationStatus, LifecycleExpiration, LifecycleRule, LifecycleRuleFilter,
};
use brainzlift::bucket::Bucket;
use brainzlift::bucket::protection::{
    ArchiveRule, Change, Outcome, Reading, Wanted, apply, diff, read, skipped,
};

use crate::store::fresh_bucket;

fn everything() -> Wanted {
    Wanted { versioning: Some(true), archive: Some(Some(ArchiveRule::offered())), ..Wanted::default() }
}

/// Applies what differs; every outcome must be `Done`.
async fn bring_about(bucket: &Bucket, wanted: &Wanted) -> Vec<Change> {
    let changes = diff(&read(bucket).await.unwrap(), wanted);
    let mut told = Vec::new();
    let outcomes = apply(bucket, &changes, |change, outcome| told.push((change.clone(), outcome.clone())))
        .await
        .unwrap();
    assert_eq!(told, outcomes);
    assert!(outcomes.iter().all(|(_, outcome)| *outcome == Outcome::Done), "{outcomes:?}");
    changes
}

#[tokio::test]
async fn what_is_wanted_is_brought_about_once_and_then_nothing_is_left_to_do() {
    let bucket = fresh_bucket().await;
    let changes = bring_about(&bucket, &everything()).await;
    assert!(changes.contains(&Change::Versioning { enable: true }));
    let current = read(&bucket).await.unwrap();
    assert_eq!(current.versioning, Reading::Is(true));
    assert_eq!(current.archive, Reading::Is(Some(ArchiveRule::offered())));
    assert_eq!(current.abort_days, Reading::Is(Some(7)));
    assert_eq!(current.public_access_block, Reading::Is(true));
    assert_eq!(current.encryption, Reading::Is(Some("AES256".into())));
    assert_eq!(diff(&current, &everything()), []);
    assert_eq!(skipped(&current, &everything()), []);
}

#[tokio::test]
async fn versions_can_be_switched_off_and_the_archive_rule_changed_and_taken_away() {
    let bucket = fresh_bucket().await;
    bring_about(&bucket, &everything()).await;
    let colder = ArchiveRule { after_days: 30, class: "DEEP_ARCHIVE".into() };
    let wanted = Wanted { versioning: Some(false), archive: Some(Some(colder.clone())), abort_days: 3 };
    assert_eq!(bring_about(&bucket, &wanted).await.len(), 3);
    let current = read(&bucket).await.unwrap();
    assert_eq!((current.versioning, current.archive), (Reading::Is(false), Reading::Is(Some(colder))));
    bring_about(&bucket, &Wanted { archive: Some(None), ..Wanted::default() }).await;
    let current = read(&bucket).await.unwrap();
    assert_eq!((current.archive, current.abort_days), (Reading::Is(None), Reading::Is(Some(7))));
}

#[tokio::test]
async fn lifecycle_rules_of_others_survive_every_change() {
    let bucket = fresh_bucket().await;
    let foreign = LifecycleRule::builder()
        .id("theirs")
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix("logs/").build())
        .expiration(LifecycleExpiration::builder().days(5).build())
        .build()
        .unwrap();
    let rules = BucketLifecycleConfiguration::builder().rules(foreign).build().unwrap();
    let put = bucket.client().put_bucket_lifecycle_configuration().bucket(bucket.name());
    put.lifecycle_configuration(rules).send().await.unwrap();
    let before = rule(&bucket, "theirs").await;
    bring_about(&bucket, &everything()).await;
    bring_about(&bucket, &Wanted { archive: Some(None), abort_days: 2, ..Wanted::default() }).await;
    assert_eq!(read(&bucket).await.unwrap().foreign_rules, 1);
    assert_eq!(rule(&bucket, "theirs").await, before);
}

#[tokio::test]
async fn a_rule_that_s3_could_not_have_is_refused_before_anything_is_written() {
    let bucket = fresh_bucket().await;
    let bad = [("GLACIER", 3651), ("STANDARD", 1)]
        .map(|(class, after_days)| ArchiveRule { after_days, class: class.into() });
    for rule in bad {
        let change = Change::Archive { from: None, to: Some(rule) };
        let outcomes = apply(&bucket, &[change], |_, _| ()).await.unwrap();
        assert!(matches!(outcomes[0].1, Outcome::Failed { .. }));
    }
    assert_eq!(read(&bucket).await.unwrap().archive, Reading::Is(None));
}

async fn rule(bucket: &Bucket, id: &str) -> LifecycleRule {
    let answer =
        bucket.client().get_bucket_lifecycle_configuration().bucket(bucket.name()).send().await.unwrap();
    answer.rules().iter().find(|rule| rule.id() == Some(id)).unwrap().clone()
}
