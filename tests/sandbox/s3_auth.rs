//! Who may come in, and who they are told they are.

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use secrecy::ExposeSecret;

use crate::support::{BUCKET, Bench, client, config, is, refusal};

fn sts(bench: &Bench, key: &str, secret: &str) -> aws_sdk_sts::Client {
    let credentials = aws_sdk_sts::config::Credentials::new(key, secret, None, None, "test");
    let config = aws_sdk_sts::Config::builder()
        .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
        .endpoint_url(bench.sandbox.s3_url())
        .region(aws_sdk_sts::config::Region::new("eu-west-3"))
        .credentials_provider(credentials);
    aws_sdk_sts::Client::from_conf(config.build())
}

#[tokio::test]
async fn a_wrong_secret_is_refused_with_signature_does_not_match() {
    let bench = Bench::with_bucket().await;
    let stranger = client(&bench.sandbox, "not-the-secret");
    assert_eq!(refusal(stranger.list_buckets().send().await), is(403, "SignatureDoesNotMatch"));
}

#[tokio::test]
async fn a_wrong_secret_is_told_even_to_a_client_that_sends_first_and_reads_later() {
    let bench = Bench::with_bucket().await;
    let stranger = client(&bench.sandbox, "not-the-secret");
    let body = ByteStream::from(vec![7; 24 << 20]);
    let put = stranger.put_object().bucket(BUCKET).key("k").body(body).send().await;
    assert_eq!(refusal(put), is(403, "SignatureDoesNotMatch"));
    assert_eq!(bench.blobs(), 0);
}

#[tokio::test]
async fn an_unknown_key_is_refused_with_invalid_access_key_id() {
    let bench = Bench::new().await;
    let stranger = Client::from_conf(config(&bench.sandbox, "AKIASOMEBODYELSE", "secret").build());
    assert_eq!(refusal(stranger.list_buckets().send().await), is(403, "InvalidAccessKeyId"));
}

#[tokio::test]
async fn without_a_signature_nothing_is_shown() {
    let bench = Bench::with_bucket().await;
    let answer = reqwest::get(format!("{}/{BUCKET}/k", bench.sandbox.s3_url())).await.unwrap();
    assert_eq!(answer.status(), 403);
    assert!(answer.headers().contains_key("x-amz-request-id"));
    assert!(answer.text().await.unwrap().contains("<Code>AccessDenied</Code>"));
}

#[tokio::test]
async fn a_presigned_url_works_without_a_client() {
    let bench = Bench::with_bucket().await;
    bench.put("k", b"signed").await;
    let soon = PresigningConfig::expires_in(std::time::Duration::from_mins(1)).unwrap();
    let url = bench.client.get_object().bucket(BUCKET).key("k").presigned(soon).await.unwrap();
    let answer = reqwest::get(url.uri()).await.unwrap();
    assert_eq!(answer.bytes().await.unwrap(), "signed");
}

#[tokio::test]
async fn sts_says_who_the_keys_belong_to_on_the_same_port() {
    let bench = Bench::new().await;
    let secret = bench.sandbox.secret_key().expose_secret();
    let identity =
        sts(&bench, bench.sandbox.access_key(), secret).get_caller_identity().send().await.unwrap();
    assert_eq!(identity.account(), Some("000000000000"));
    assert!(identity.arn().unwrap().starts_with("arn:aws:iam::000000000000:"));
    assert!(identity.user_id().is_some());
}

#[tokio::test]
async fn sts_refuses_in_its_own_words() {
    let bench = Bench::new().await;
    let key = bench.sandbox.access_key();
    let wrong = sts(&bench, key, "not-the-secret").get_caller_identity().send().await;
    assert_eq!(refusal(wrong), is(403, "SignatureDoesNotMatch"));
    let unknown = sts(&bench, "AKIASOMEBODYELSE", "secret").get_caller_identity().send().await;
    assert_eq!(refusal(unknown), is(403, "InvalidClientTokenId"));
}

#[tokio::test]
async fn what_is_not_supported_says_not_implemented() {
    let bench = Bench::with_bucket().await;
    let policy = bench.client.get_bucket_policy().bucket(BUCKET).send().await;
    assert_eq!(refusal(policy), is(501, "NotImplemented"));
    let website = bench.client.get_bucket_website().bucket(BUCKET).send().await;
    assert_eq!(refusal(website), is(501, "NotImplemented"));
    let key = bench.sandbox.access_key();
    let secret = bench.sandbox.secret_key().expose_secret();
    let token = sts(&bench, key, secret).get_session_token().send().await;
    assert_eq!(refusal(token), is(501, "NotImplemented"));
}
