//! Stores that do not know a setting, do not keep it, or do not let it be read.

use axum::response::Response;
use brainzlift::bucket::Bucket;
use brainzlift::bucket::protection::{
    ArchiveRule, Change, Outcome, Reading, Wanted, apply, diff, read, skipped,
};

use crate::stub::{Asked, Stub, bare, refused, root, xml};

/// Answers of a store whose bucket is there, before its settings are asked for.
fn there(asked: &Asked) -> Option<Response> {
    if asked.method == "HEAD" { Some(bare(200, &[])) } else { root(asked) }
}

async fn open(stub: &Stub) -> Bucket {
    stub.connect().await.bucket("b-odd").await.unwrap()
}

fn all() -> Wanted {
    Wanted { versioning: Some(true), archive: Some(Some(ArchiveRule::offered())), ..Wanted::default() }
}

async fn outcomes(bucket: &Bucket, changes: &[Change]) -> Vec<Outcome> {
    apply(bucket, changes, |_, _| ()).await.unwrap().into_iter().map(|(_, outcome)| outcome).collect()
}

#[tokio::test]
async fn a_store_that_knows_no_setting_is_said_and_skipped() {
    for (status, code) in [(501, "NotImplemented"), (501, "XNotImplemented"), (405, "MethodNotAllowed")] {
        let stub = Stub::start(move |asked| there(asked).or_else(|| Some(refused(status, code)))).await;
        let bucket = open(&stub).await;
        let current = read(&bucket).await.unwrap();
        assert_eq!(
            (&current.versioning, &current.encryption),
            (&Reading::Unsupported, &Reading::Unsupported)
        );
        assert_eq!(diff(&current, &all()), []);
        let skipped = skipped(&current, &all());
        assert_eq!(skipped.len(), 5, "{code}");
        assert_eq!(outcomes(&bucket, &skipped).await, vec![Outcome::Unsupported; 5]);
    }
}

#[tokio::test]
async fn what_is_accepted_and_dropped_is_told_as_not_kept() {
    let stub = Stub::start(|asked| {
        let answer = match asked.method.as_str() {
            "PUT" | "DELETE" => bare(200, &[]),
            _ if asked.is_about("lifecycle") => refused(404, "NoSuchLifecycleConfiguration"),
            _ if asked.is_about("versioning") => xml(200, "<VersioningConfiguration/>"),
            _ if asked.is_about("publicAccessBlock") => refused(404, "NoSuchPublicAccessBlockConfiguration"),
            _ => refused(404, "ServerSideEncryptionConfigurationNotFoundError"),
        };
        there(asked).or(Some(answer))
    })
    .await;
    let bucket = open(&stub).await;
    let changes = diff(&read(&bucket).await.unwrap(), &all());
    assert_eq!(changes.len(), 5);
    assert_eq!(outcomes(&bucket, &changes).await, vec![Outcome::NotKept; 5]);
}

#[tokio::test]
async fn a_rule_that_is_kept_without_its_transition_is_told_as_not_kept() {
    let kept = "<LifecycleConfiguration><Rule><ID>brainzlift-archive-raw</ID><Status>Enabled</Status>\
                <Filter><Prefix>raw/</Prefix></Filter></Rule></LifecycleConfiguration>";
    let stub = Stub::start(move |asked| {
        let is_get = asked.method == "GET";
        there(asked).or_else(|| {
            asked.is_about("lifecycle").then(|| if is_get { xml(200, kept) } else { bare(200, &[]) })
        })
    })
    .await;
    let change = Change::Archive { from: None, to: Some(ArchiveRule::offered()) };
    assert_eq!(outcomes(&open(&stub).await, &[change]).await, [Outcome::NotKept]);
}

#[tokio::test]
async fn rules_that_may_not_be_read_are_never_written() {
    let stub = Stub::start(|asked| {
        there(asked).or_else(|| (asked.method == "GET").then(|| refused(403, "AccessDenied")))
    })
    .await;
    let bucket = open(&stub).await;
    let current = read(&bucket).await.unwrap();
    assert_eq!(current.abort_days, Reading::Denied);
    let change = Change::AbortUnfinished { from: None, to: 7 };
    assert!(matches!(&outcomes(&bucket, &[change]).await[0], Outcome::Failed { why } if !why.is_empty()));
    assert!(!stub.seen().iter().any(|asked| asked.method == "PUT"));
}

#[tokio::test]
async fn an_answer_that_means_nothing_counts_as_unset_but_never_for_lifecycle_rules() {
    let stub = Stub::start(|asked| there(asked).or_else(|| Some(xml(200, "<Surprise/>")))).await;
    let bucket = open(&stub).await;
    let current = read(&bucket).await.unwrap();
    let changes = [Change::Versioning { enable: true }, Change::AbortUnfinished { from: None, to: 7 }];
    let outcomes = outcomes(&bucket, &changes).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Failed { .. })), "{outcomes:?}");
    assert!(!stub.seen().iter().any(|asked| asked.method == "PUT" && asked.is_about("lifecycle")));
    assert_eq!((current.versioning, current.archive), (Reading::Is(false), Reading::Unsupported));
}

#[tokio::test]
async fn one_setting_that_fails_does_not_stop_the_others() {
    let stub = Stub::start(|asked| {
        let answer = match asked.method.as_str() {
            "PUT" if asked.is_about("versioning") => refused(403, "AccessDenied"),
            "PUT" => bare(200, &[]),
            _ => xml(
                200,
                "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>\
                 <IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>\
                 <RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
            ),
        };
        there(asked).or(Some(answer))
    })
    .await;
    let changes = [Change::Versioning { enable: true }, Change::BlockPublicAccess];
    let outcomes = outcomes(&open(&stub).await, &changes).await;
    assert!(matches!(outcomes[0], Outcome::Failed { .. }));
    assert_eq!(outcomes[1], Outcome::Done);
}

#[tokio::test]
async fn credentials_that_expire_half_way_are_an_error_and_not_an_outcome() {
    let stub = Stub::start(|asked| there(asked).or_else(|| Some(refused(400, "ExpiredToken")))).await;
    let error = apply(&open(&stub).await, &[Change::BlockPublicAccess], |_, _| ()).await.unwrap_err();
    assert_eq!(error.kind(), brainzlift::Kind::Credentials);
}
