//! ListObjectsV2 against a model: a sorted set of keys, folded and cut by hand.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{BUCKET, Bench};

/// A listing that is asked for.
#[derive(Debug, Clone)]
struct Asked {
    prefix: String,
    delimiter: Option<String>,
    start_after: Option<String>,
    page: i32,
}

/// Keys of few letters, so that they share prefixes.
fn key() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ab/é]{1,6}").unwrap()
}

fn asked() -> impl Strategy<Value = Asked> {
    let prefix = proptest::string::string_regex("[ab/é]{0,3}").unwrap();
    let delimiter =
        proptest::option::of(prop_oneof![Just("/".to_owned()), Just("b/".to_owned()), Just("é".to_owned())]);
    (prefix, delimiter, proptest::option::of(key()), 1..6)
        .prop_map(|(prefix, delimiter, start_after, page)| Asked { prefix, delimiter, start_after, page })
}

/// The elements of the listing in order: keys, and what keys are folded into.
fn model(keys: &BTreeSet<String>, asked: &Asked) -> Vec<String> {
    let matching = keys.iter().filter_map(|key| Some((key, key.strip_prefix(&asked.prefix)?)));
    let elements: BTreeSet<String> = matching
        .map(|(key, rest)| {
            let fold = asked.delimiter.as_ref().and_then(|by| Some(rest.find(by)? + by.len()));
            fold.map_or_else(|| key.clone(), |end| key[..asked.prefix.len() + end].to_owned())
        })
        .collect();
    elements.into_iter().filter(|one| asked.start_after.as_ref().is_none_or(|after| one > after)).collect()
}

/// The same from the server, page by page.
async fn listed(bench: &Bench, asked: &Asked) -> Vec<String> {
    let (mut elements, mut token) = (Vec::new(), None);
    loop {
        let page = bench.client.list_objects_v2().bucket(BUCKET).prefix(&asked.prefix).max_keys(asked.page);
        let page = page.set_delimiter(asked.delimiter.clone()).set_start_after(asked.start_after.clone());
        let page = page.set_continuation_token(token).send().await.unwrap();
        let keys = page.contents().iter().filter_map(|object| object.key());
        let prefixes = page.common_prefixes().iter().filter_map(|prefix| prefix.prefix());
        let mut here: Vec<String> = keys.chain(prefixes).map(str::to_owned).collect();
        here.sort();
        assert!(here.len() <= usize::try_from(asked.page).unwrap());
        elements.extend(here);
        token = page.next_continuation_token().map(str::to_owned);
        assert_eq!(page.is_truncated(), Some(token.is_some()));
        if token.is_none() {
            return elements;
        }
    }
}

#[test]
fn a_listing_is_what_a_sorted_set_would_give() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let bench = runtime.block_on(Bench::with_bucket());
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let there = RefCell::new(BTreeSet::new());
    let input = (proptest::collection::btree_set(key(), 0..12), proptest::collection::vec(asked(), 1..5));
    let outcome = runner.run(&input, |(keys, asked)| {
        runtime.block_on(async {
            let there = there.replace(keys.clone());
            for gone in there.difference(&keys) {
                bench.client.delete_object().bucket(BUCKET).key(gone).send().await.unwrap();
            }
            for new in keys.difference(&there) {
                bench.put(new, b"").await;
            }
            for one in &asked {
                prop_assert_eq!(listed(&bench, one).await, model(&keys, one), "{:?} of {:?}", one, keys);
            }
            Ok(())
        })
    });
    outcome.unwrap();
}
