//! Where a command is meant: a key or prefix in the bucket that is meant anyway, or `s3://bucket/key`.

use super::{Output, ground};
use crate::bucket::Bucket;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::say;
use crate::words::{excerpt, harmless};

/// A key or prefix, and the bucket where that was named with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The bucket, where the text names one.
    pub(super) bucket: Option<String>,
    /// The key or prefix; empty is the whole bucket.
    pub(super) key: String,
}

impl Place {
    /// Reads `raw/x` or `s3://bucket/raw/x`.
    pub(super) fn read(text: &str) -> Result<Self> {
        let Some(rest) = text.strip_prefix("s3://") else {
            return Ok(Self { bucket: None, key: text.to_owned() });
        };
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            let error = Error::new(Kind::Usage, say!("cli-bad-place", text = excerpt(text)));
            return Err(error.hint(say!("cli-bad-place-hint")));
        }
        Ok(Self { bucket: Some(bucket.to_owned()), key: key.to_owned() })
    }

    /// Several, which must all be in one bucket.
    pub(super) fn read_all(texts: &[String]) -> Result<(Option<String>, Vec<String>)> {
        let places = texts.iter().map(|text| Self::read(text)).collect::<Result<Vec<_>>>()?;
        let first = places.first().and_then(|place| place.bucket.clone());
        if places.iter().any(|place| place.bucket != first) {
            return Err(Error::new(Kind::Usage, say!("cli-several-buckets")));
        }
        Ok((first, places.into_iter().map(|place| place.key).collect()))
    }

    /// The bucket that is meant, opened.
    pub(super) async fn open(&self, context: &Context, output: &Output) -> Result<Bucket> {
        open(context, self.bucket.as_deref(), output).await
    }
}

/// Opens the bucket `named`, or the one that is meant anyway.
pub(super) async fn open(context: &Context, named: Option<&str>, output: &Output) -> Result<Bucket> {
    match named {
        None => ground::open_bucket(context, output).await,
        Some(name) => {
            let connection = ground::connect(context, output).await?;
            ground::open(&connection, name).await
        }
    }
}

/// `s3://bucket/key`, harmless to show.
pub(super) fn shown(bucket: &Bucket, key: &str) -> String {
    harmless(&bucket.uri(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_key_or_an_address() {
        let read = |text| Place::read(text).unwrap();
        assert_eq!(read("raw/x"), Place { bucket: None, key: "raw/x".to_owned() });
        assert_eq!(read("s3://b/raw/x"), Place { bucket: Some("b".to_owned()), key: "raw/x".to_owned() });
        assert_eq!(read("s3://b"), Place { bucket: Some("b".to_owned()), key: String::new() });
        assert_eq!(Place::read("s3:///x").unwrap_err().kind(), Kind::Usage);
    }

    #[test]
    fn keys_of_two_buckets_are_not_mixed() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(Place::read_all(&words(&["s3://a/x", "s3://a/y"])).unwrap().1, ["x", "y"]);
        for mixed in [["s3://a/x", "s3://b/y"], ["s3://a/x", "y"]] {
            assert_eq!(Place::read_all(&words(&mixed)).unwrap_err().kind(), Kind::Usage);
        }
    }
}
