//! Connecting, and the buckets of a connection.

use brainzlift::Kind;
use brainzlift::bucket::{Connection, Created, LAYOUT, Patience, naming};
use std::time::Duration;

use crate::store::{connect, fresh_bucket, fresh_name, good_target, is_embedded, store};
use crate::target::target;

#[tokio::test]
async fn good_keys_are_told_who_they_are() {
    let connection = connect().await;
    assert_eq!(connection.identity.access_key_id, store().access_key);
    assert_eq!(connection.identity.account.as_deref().map(str::len), Some(12));
    assert!(connection.identity.arn.as_deref().unwrap().starts_with("arn:aws:"));
    assert_eq!((connection.region.as_str(), connection.region_is_assumed), ("eu-west-3", false));
    assert_eq!(connection.endpoint_url.as_deref(), Some(store().url.as_str()));
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_key_are_refused_each_in_its_own_words() {
    if !is_embedded() {
        return;
    }
    let wrong = Connection::open(&target(&store().url, &store().access_key, "wrong")).await.unwrap_err();
    let unknown =
        Connection::open(&target(&store().url, "AKIANOBODY", &store().secret_key)).await.unwrap_err();
    assert_eq!((wrong.kind(), unknown.kind()), (Kind::Credentials, Kind::Credentials));
    assert!(wrong.why().unwrap().contains("SignatureDoesNotMatch"), "{wrong}");
    assert!(unknown.why().unwrap().contains("Invalid"), "{unknown}");
    assert!(wrong.advice().is_some() && unknown.advice().is_some());
}

#[tokio::test]
async fn no_secret_is_shown_by_debug() {
    let text = format!("{:?} {:?}", good_target(), connect().await);
    assert!(!text.contains(&store().secret_key));
}

#[tokio::test]
async fn an_endpoint_where_nobody_listens_is_offline_and_says_so() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = Connection::open(&target(&format!("http://{free}"), "A", "B")).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Offline);
    assert_eq!(error.why().unwrap(), brainzlift::say!("bucket-why-refused"));
    assert!(error.to_string().contains(&free.to_string()));
}

#[tokio::test]
async fn an_endpoint_that_never_answers_is_given_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let patience = Patience { control: Duration::from_millis(150), ..Patience::default() };
    let url = format!("http://{}", silent.local_addr().unwrap());
    let error = Connection::open_with(&target(&url, "A", "B"), &patience).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.why()),
        (Kind::Offline, Some(brainzlift::say!("bucket-why-silent").as_str()))
    );
}

#[tokio::test]
async fn https_where_http_is_spoken_is_told() {
    let url = store().url.replace("http://", "https://");
    let error = Connection::open(&target(&url, "A", "B")).await.unwrap_err();
    assert_eq!(error.advice(), Some(brainzlift::say!("network-hint-plain").as_str()), "{error}");
}

#[tokio::test]
async fn an_endpoint_that_is_none_is_a_mistake_of_the_user() {
    for url in ["", "minio:9000", "ftp://host", "http://"] {
        let error = Connection::open(&target(url, "A", "B")).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Usage, "{url}: {error}");
    }
}

#[tokio::test]
async fn a_new_bucket_is_new_once_and_then_already_mine() {
    let connection = connect().await;
    let name = fresh_name();
    assert!(matches!(connection.create(&name, "eu-west-3").await.unwrap(), Created::New(_)));
    assert!(matches!(connection.create(&name, "eu-west-3").await.unwrap(), Created::AlreadyYours(_)));
    let own = connection.buckets().await.unwrap();
    assert!(own.iter().any(|bucket| bucket.name == name && bucket.created.is_some()));
    assert!(own.is_sorted_by_key(|bucket| bucket.name.clone()));
}

#[tokio::test]
async fn a_bucket_is_made_in_us_east_1_and_opened_where_it_lies() {
    let connection = connect().await;
    let name = fresh_name();
    connection.create(&name, "us-east-1").await.unwrap();
    let bucket = connection.bucket(&name).await.unwrap();
    assert_eq!((bucket.name(), bucket.region()), (name.as_str(), "us-east-1"));
}

#[tokio::test]
async fn somebody_elses_name_is_refused_with_a_free_one() {
    if !is_embedded() {
        return;
    }
    let connection = connect().await;
    let error = connection.create("taken-by-somebody-else", "eu-west-3").await.unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    let account = connection.identity.account.clone().unwrap();
    let near = naming::suggest("taken-by-somebody-else", Some(&account), "").remove(0);
    assert!(error.advice().unwrap().contains(&near), "{:?}", error.advice());
}

#[tokio::test]
async fn a_name_against_the_rules_never_leaves_this_machine() {
    let error = connect().await.create("My_Bucket", "eu-west-3").await.unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_not_found() {
    let error = connect().await.bucket(&fresh_name()).await.unwrap_err();
    assert_eq!(error.kind(), Kind::NotFound);
    assert!(error.advice().is_some());
}

#[tokio::test]
async fn the_layout_is_made_once_and_then_left_alone() {
    let bucket = fresh_bucket().await;
    assert_eq!(bucket.ensure_layout().await.unwrap(), LAYOUT);
    assert_eq!(bucket.ensure_layout().await.unwrap(), Vec::<String>::new());
    let keys: Vec<_> =
        bucket.objects("").await.unwrap().into_iter().map(|object| (object.key, object.size)).collect();
    let mut expected = LAYOUT.map(|key| (key.to_owned(), 0));
    expected.sort();
    assert_eq!(keys, expected);
}
