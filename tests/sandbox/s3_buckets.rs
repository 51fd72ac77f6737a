//! Buckets: made, looked at, listed, removed.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::Region;
use aws_sdk_s3::types::{BucketLocationConstraint, ChecksumAlgorithm, CreateBucketConfiguration};
use secrecy::ExposeSecret;

use crate::support::{BUCKET, Bench, config, is, make_bucket, refusal};

fn at(region: &str) -> CreateBucketConfiguration {
    CreateBucketConfiguration::builder().location_constraint(BucketLocationConstraint::from(region)).build()
}

fn client_in(bench: &Bench, region: &str) -> Client {
    let config =
        config(&bench.sandbox, bench.sandbox.access_key(), bench.sandbox.secret_key().expose_secret());
    Client::from_conf(config.region(Region::new(region.to_owned())).build())
}

#[tokio::test]
async fn a_bucket_is_made_listed_and_removed() {
    let bench = Bench::with_bucket().await;
    make_bucket(&bench.client, "another").await;
    let listed = bench.client.list_buckets().send().await.unwrap();
    let names: Vec<_> = listed.buckets().iter().filter_map(|bucket| bucket.name()).collect();
    assert_eq!(names, ["another", BUCKET]);
    assert!(listed.buckets()[0].creation_date().is_some());
    bench.client.delete_bucket().bucket("another").send().await.unwrap();
    let gone = bench.client.head_bucket().bucket("another").send().await;
    assert_eq!(refusal(gone).0, 404);
    let gone = bench.client.list_objects_v2().bucket("another").send().await;
    assert_eq!(refusal(gone), is(404, "NoSuchBucket"));
}

#[tokio::test]
async fn a_list_of_buckets_comes_in_pages() {
    let bench = Bench::new().await;
    for name in ["one", "two", "three"] {
        make_bucket(&bench.client, name).await;
    }
    let first = bench.client.list_buckets().max_buckets(2).send().await.unwrap();
    assert_eq!(first.buckets().len(), 2);
    let token = first.continuation_token().unwrap();
    let second = bench.client.list_buckets().max_buckets(2).continuation_token(token).send().await.unwrap();
    assert_eq!(second.buckets()[0].name(), Some("two"));
    assert_eq!(second.continuation_token(), None);
}

#[tokio::test]
async fn a_bucket_of_ones_own_is_told_from_somebody_else_s() {
    let bench = Bench::with_bucket().await;
    let again =
        bench.client.create_bucket().bucket(BUCKET).create_bucket_configuration(at("eu-west-3")).send().await;
    assert_eq!(refusal(again), is(409, "BucketAlreadyOwnedByYou"));
    let taken = bench.client.create_bucket().bucket("taken-by-somebody-else");
    let taken = taken.create_bucket_configuration(at("eu-west-3")).send().await;
    assert_eq!(refusal(taken), is(409, "BucketAlreadyExists"));
}

#[tokio::test]
async fn a_bucket_lies_where_it_was_asked_for() {
    let bench = Bench::new().await;
    let milan = client_in(&bench, "eu-south-1");
    milan
        .create_bucket()
        .bucket("in-milan")
        .create_bucket_configuration(at("eu-south-1"))
        .send()
        .await
        .unwrap();
    let head = bench.client.head_bucket().bucket("in-milan").send().await.unwrap();
    assert_eq!(head.bucket_region(), Some("eu-south-1"));
    let location = bench.client.get_bucket_location().bucket("in-milan").send().await.unwrap();
    assert_eq!(location.location_constraint().unwrap().as_str(), "eu-south-1");

    let classic = client_in(&bench, "us-east-1");
    classic.create_bucket().bucket("classic").send().await.unwrap();
    let head = bench.client.head_bucket().bucket("classic").send().await.unwrap();
    assert_eq!(head.bucket_region(), Some("us-east-1"));
    let location = bench.client.get_bucket_location().bucket("classic").send().await.unwrap();
    assert!(location.location_constraint().is_none_or(|constraint| constraint.as_str().is_empty()));
}

#[tokio::test]
async fn a_region_must_be_named_and_be_the_client_s_own() {
    let bench = Bench::new().await;
    let unnamed = bench.client.create_bucket().bucket("nowhere").send().await;
    assert_eq!(refusal(unnamed), is(400, "IllegalLocationConstraintException"));
    let elsewhere = bench.client.create_bucket().bucket("elsewhere");
    let elsewhere = elsewhere.create_bucket_configuration(at("eu-west-1")).send().await;
    assert_eq!(refusal(elsewhere), is(400, "IllegalLocationConstraintException"));
}

#[tokio::test]
async fn a_name_that_breaks_the_rules_is_refused() {
    let bench = Bench::new().await;
    for name in ["Capitals", "-ab", "under_score", "192.168.0.1", "two..dots"] {
        let refused = bench
            .client
            .create_bucket()
            .bucket(name)
            .create_bucket_configuration(at("eu-west-3"))
            .send()
            .await;
        assert_eq!(refusal(refused), is(400, "InvalidBucketName"), "{name}");
    }
}

#[tokio::test]
async fn only_an_empty_bucket_is_removed_and_its_unfinished_uploads_with_it() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"x").await;
    let full = bench.client.delete_bucket().bucket(BUCKET).send().await;
    assert_eq!(refusal(full), is(409, "BucketNotEmpty"));
    bench.client.delete_object().bucket(BUCKET).key("k").send().await.unwrap();
    let upload = bench.client.create_multipart_upload().bucket(BUCKET).key("u");
    let upload = upload.checksum_algorithm(ChecksumAlgorithm::Crc32).send().await.unwrap();
    let part = bench.client.upload_part().bucket(BUCKET).key("u").part_number(1);
    part.upload_id(upload.upload_id().unwrap()).body(vec![1; 100].into()).send().await.unwrap();
    bench.client.delete_bucket().bucket(BUCKET).send().await.unwrap();
    assert_eq!(bench.blobs(), 0);
}
