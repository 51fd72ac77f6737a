//! Settings of a bucket: not there before they are set, given back as they were set, gone when removed, kept over a restart.

use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, BucketVersioningStatus, ExpirationStatus,
    LifecycleExpiration, LifecycleRule, LifecycleRuleAndOperator, LifecycleRuleFilter,
    NoncurrentVersionExpiration, NoncurrentVersionTransition, PublicAccessBlockConfiguration,
    ServerSideEncryption, ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration,
    ServerSideEncryptionRule, Tag, Tagging, Transition, TransitionDefaultMinimumObjectSize,
    TransitionStorageClass, VersioningConfiguration,
};

use crate::support::{BUCKET, Bench, is, refusal};

fn versioning(status: BucketVersioningStatus) -> VersioningConfiguration {
    VersioningConfiguration::builder().status(status).build()
}

#[tokio::test]
async fn versioning_is_never_then_enabled_then_suspended_and_survives_a_restart() {
    let bench = Bench::with_bucket().await;
    let status = async |bench: &Bench| {
        bench.client.get_bucket_versioning().bucket(BUCKET).send().await.unwrap().status().cloned()
    };
    assert_eq!(status(&bench).await, None);
    for wanted in [BucketVersioningStatus::Enabled, BucketVersioningStatus::Suspended] {
        let put = bench.client.put_bucket_versioning().bucket(BUCKET);
        put.versioning_configuration(versioning(wanted.clone())).send().await.unwrap();
        assert_eq!(status(&bench).await, Some(wanted));
    }
    let bench = bench.restarted().await;
    assert_eq!(status(&bench).await, Some(BucketVersioningStatus::Suspended));
}

#[tokio::test]
async fn versioning_of_no_known_status_is_refused() {
    let bench = Bench::with_bucket().await;
    for wanted in
        [VersioningConfiguration::builder().build(), versioning(BucketVersioningStatus::from("Sometimes"))]
    {
        let put = bench.client.put_bucket_versioning().bucket(BUCKET).versioning_configuration(wanted);
        assert_eq!(refusal(put.send().await), is(400, "IllegalVersioningConfigurationException"));
    }
}

#[tokio::test]
async fn public_access_block_is_all_on_before_anything_is_set_and_goes_round() {
    let bench = Bench::with_bucket().await;
    let get = || bench.client.get_public_access_block().bucket(BUCKET).send();
    let flags = async || {
        let answer = get().await.unwrap();
        let block = answer.public_access_block_configuration().unwrap().clone();
        [
            block.block_public_acls(),
            block.ignore_public_acls(),
            block.block_public_policy(),
            block.restrict_public_buckets(),
        ]
    };
    assert_eq!(flags().await, [Some(true); 4]);
    let wanted =
        PublicAccessBlockConfiguration::builder().block_public_acls(true).restrict_public_buckets(true);
    let put = bench.client.put_public_access_block().bucket(BUCKET);
    put.public_access_block_configuration(wanted.build()).send().await.unwrap();
    assert_eq!(flags().await, [Some(true), Some(false), Some(false), Some(true)]);
    bench.client.delete_public_access_block().bucket(BUCKET).send().await.unwrap();
    assert_eq!(refusal(get().await), is(404, "NoSuchPublicAccessBlockConfiguration"));
}

fn encryption(algorithm: ServerSideEncryption) -> ServerSideEncryptionConfiguration {
    let by_default = ServerSideEncryptionByDefault::builder().sse_algorithm(algorithm).build().unwrap();
    let rule = ServerSideEncryptionRule::builder().apply_server_side_encryption_by_default(by_default);
    let rule = rule.bucket_key_enabled(true).build();
    ServerSideEncryptionConfiguration::builder().rules(rule).build().unwrap()
}

#[tokio::test]
async fn encryption_is_on_before_anything_is_set_and_goes_round() {
    let bench = Bench::with_bucket().await;
    let rule = async || {
        let answer = bench.client.get_bucket_encryption().bucket(BUCKET).send().await.unwrap();
        let [rule] = answer.server_side_encryption_configuration().unwrap().rules() else {
            panic!("{answer:?}")
        };
        let algorithm = rule.apply_server_side_encryption_by_default().unwrap().sse_algorithm().clone();
        (algorithm, rule.bucket_key_enabled())
    };
    assert_eq!(rule().await, (ServerSideEncryption::Aes256, Some(false)));
    let put = bench.client.put_bucket_encryption().bucket(BUCKET);
    put.server_side_encryption_configuration(encryption(ServerSideEncryption::AwsKms)).send().await.unwrap();
    assert_eq!(rule().await, (ServerSideEncryption::AwsKms, Some(true)));
    bench.client.delete_bucket_encryption().bucket(BUCKET).send().await.unwrap();
    assert_eq!(rule().await, (ServerSideEncryption::Aes256, Some(false)));
    let put = bench.client.put_bucket_encryption().bucket(BUCKET);
    let put = put.server_side_encryption_configuration(encryption(ServerSideEncryption::from("rot13")));
    assert_eq!(refusal(put.send().await), is(400, "MalformedXML"));
}

fn tagging(pairs: &[(&str, &str)]) -> Tagging {
    let tags = pairs.iter().map(|(key, value)| Tag::builder().key(*key).value(*value).build().unwrap());
    Tagging::builder().set_tag_set(Some(tags.collect())).build().unwrap()
}

#[tokio::test]
async fn tags_of_a_bucket_go_round() {
    let bench = Bench::with_bucket().await;
    let get = || bench.client.get_bucket_tagging().bucket(BUCKET).send();
    let put = |pairs| bench.client.put_bucket_tagging().bucket(BUCKET).tagging(tagging(pairs)).send();
    assert_eq!(refusal(get().await), is(404, "NoSuchTagSet"));
    put(&[("project", "recommender"), ("pour", "écouter & voir")]).await.unwrap();
    let answer = get().await.unwrap();
    let tags: Vec<_> = answer.tag_set().iter().map(|tag| (tag.key(), tag.value())).collect();
    assert_eq!(tags, [("project", "recommender"), ("pour", "écouter & voir")]);
    assert_eq!(refusal(put(&[("twice", "a"), ("twice", "b")]).await), is(400, "InvalidTag"));
    bench.client.delete_bucket_tagging().bucket(BUCKET).send().await.unwrap();
    assert_eq!(refusal(get().await), is(404, "NoSuchTagSet"));
}

fn rule(id: &str, filter: LifecycleRuleFilter) -> aws_sdk_s3::types::builders::LifecycleRuleBuilder {
    LifecycleRule::builder().id(id).status(ExpirationStatus::Enabled).filter(filter)
}

fn after(days: i32, class: TransitionStorageClass) -> Transition {
    Transition::builder().days(days).storage_class(class).build()
}

/// A rule of every kind of filter and action.
fn rules() -> Vec<LifecycleRule> {
    let abort = AbortIncompleteMultipartUpload::builder().days_after_initiation(7).build();
    let and = LifecycleRuleAndOperator::builder()
        .prefix("raw/")
        .tags(Tag::builder().key("a").value("1").build().unwrap())
        .tags(Tag::builder().key("b").value("").build().unwrap())
        .object_size_greater_than(1 << 20)
        .object_size_less_than(1 << 40);
    let tag = Tag::builder().key("old").value("yes").build().unwrap();
    let old = NoncurrentVersionTransition::builder()
        .noncurrent_days(30)
        .newer_noncurrent_versions(2)
        .storage_class(TransitionStorageClass::DeepArchive);
    let gone = NoncurrentVersionExpiration::builder().noncurrent_days(365).newer_noncurrent_versions(2);
    vec![
        rule("archive raw", LifecycleRuleFilter::builder().prefix("raw/").build())
            .transitions(after(90, TransitionStorageClass::Glacier))
            .transitions(after(400, TransitionStorageClass::DeepArchive))
            .build()
            .unwrap(),
        rule("abort & clean <up>", LifecycleRuleFilter::builder().prefix("").build())
            .abort_incomplete_multipart_upload(abort)
            .expiration(LifecycleExpiration::builder().expired_object_delete_marker(true).build())
            .build()
            .unwrap(),
        rule("foreign", LifecycleRuleFilter::builder().and(and.build()).build())
            .status(ExpirationStatus::Disabled)
            .noncurrent_version_transitions(old.build())
            .noncurrent_version_expiration(gone.build())
            .build()
            .unwrap(),
        rule("by tag", LifecycleRuleFilter::builder().tag(tag).build())
            .expiration(LifecycleExpiration::builder().days(10).build())
            .build()
            .unwrap(),
    ]
}

async fn put_rules(bench: &Bench, rules: Vec<LifecycleRule>) -> Result<(), (u16, String)> {
    let lifecycle = BucketLifecycleConfiguration::builder().set_rules(Some(rules)).build().unwrap();
    let put = bench.client.put_bucket_lifecycle_configuration().bucket(BUCKET);
    let answer = put.lifecycle_configuration(lifecycle).send().await;
    if answer.is_ok() { Ok(()) } else { Err(refusal(answer)) }
}

#[tokio::test]
async fn a_lifecycle_goes_round_with_every_kind_of_filter_and_action() {
    let bench = Bench::with_bucket().await;
    let get = |bench: &Bench| bench.client.get_bucket_lifecycle_configuration().bucket(BUCKET).send();
    assert_eq!(refusal(get(&bench).await), is(404, "NoSuchLifecycleConfiguration"));
    put_rules(&bench, rules()).await.unwrap();
    let answer = get(&bench).await.unwrap();
    assert_eq!(answer.rules(), rules());
    assert_eq!(
        answer.transition_default_minimum_object_size(),
        Some(&TransitionDefaultMinimumObjectSize::AllStorageClasses128K)
    );
    let bench = bench.restarted().await;
    assert_eq!(get(&bench).await.unwrap().rules(), rules());
    put_rules(&bench, rules()[..1].to_vec()).await.unwrap();
    assert_eq!(get(&bench).await.unwrap().rules().len(), 1);
    bench.client.delete_bucket_lifecycle().bucket(BUCKET).send().await.unwrap();
    assert_eq!(refusal(get(&bench).await), is(404, "NoSuchLifecycleConfiguration"));
}

#[tokio::test]
async fn a_rule_without_an_id_gets_one() {
    let bench = Bench::with_bucket().await;
    let mut nameless = rules()[0].clone();
    nameless.id = None;
    put_rules(&bench, vec![nameless]).await.unwrap();
    let answer = bench.client.get_bucket_lifecycle_configuration().bucket(BUCKET).send().await.unwrap();
    assert!(answer.rules()[0].id().is_some_and(|id| !id.is_empty()));
}

#[tokio::test]
async fn rules_that_make_no_sense_are_refused() {
    let bench = Bench::with_bucket().await;
    let one = rules()[0].clone();
    let twice = put_rules(&bench, vec![one.clone(), one.clone()]).await;
    assert_eq!(twice, Err(is(400, "InvalidArgument")));
    let mut idle = one.clone();
    idle.transitions = None;
    assert_eq!(put_rules(&bench, vec![idle]).await, Err(is(400, "InvalidRequest")));
    let mut unfiltered = one.clone();
    unfiltered.filter = None;
    assert_eq!(put_rules(&bench, vec![unfiltered]).await, Err(is(400, "MalformedXML")));
    let mut nowhere = one.clone();
    nowhere.transitions = Some(vec![after(90, TransitionStorageClass::from("CELLAR"))]);
    assert_eq!(put_rules(&bench, vec![nowhere]).await, Err(is(400, "MalformedXML")));
    let mut early = one;
    early.transitions = Some(vec![after(-1, TransitionStorageClass::Glacier)]);
    assert_eq!(put_rules(&bench, vec![early]).await, Err(is(400, "InvalidArgument")));
    let none = bench.client.get_bucket_lifecycle_configuration().bucket(BUCKET).send().await;
    assert_eq!(refusal(none), is(404, "NoSuchLifecycleConfiguration"));
}

#[tokio::test]
async fn settings_of_a_bucket_that_is_not_there_are_not_there() {
    let bench = Bench::new().await;
    let client = &bench.client;
    let missing = is(404, "NoSuchBucket");
    assert_eq!(refusal(client.get_bucket_versioning().bucket("none").send().await), missing);
    assert_eq!(refusal(client.get_bucket_lifecycle_configuration().bucket("none").send().await), missing);
    assert_eq!(refusal(client.get_public_access_block().bucket("none").send().await), missing);
    assert_eq!(refusal(client.get_bucket_encryption().bucket("none").send().await), missing);
    assert_eq!(refusal(client.get_bucket_tagging().bucket("none").send().await), missing);
    let put = client.put_bucket_versioning().bucket("none");
    let put = put.versioning_configuration(versioning(BucketVersioningStatus::Enabled)).send().await;
    assert_eq!(refusal(put), missing);
    assert_eq!(refusal(client.delete_bucket_lifecycle().bucket("none").send().await), missing);
}

#[tokio::test]
async fn what_is_not_supported_says_not_implemented() {
    let bench = Bench::with_bucket().await;
    let client = &bench.client;
    let unsupported = is(501, "NotImplemented");
    assert_eq!(refusal(client.get_bucket_policy().bucket(BUCKET).send().await), unsupported);
    assert_eq!(refusal(client.get_bucket_cors().bucket(BUCKET).send().await), unsupported);
    assert_eq!(refusal(client.get_bucket_replication().bucket(BUCKET).send().await), unsupported);
    assert_eq!(refusal(client.get_object_acl().bucket(BUCKET).key("k").send().await), unsupported);
    assert_eq!(refusal(client.get_object_legal_hold().bucket(BUCKET).key("k").send().await), unsupported);
}
