//! The buckets of a connection: listing one's own, making one, following one to its region.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::create_bucket::CreateBucketError;
use aws_sdk_s3::operation::head_bucket::{HeadBucketError, HeadBucketOutput};
use aws_sdk_s3::primitives::DateTimeFormat;
use aws_sdk_s3::types::{BucketLocationConstraint, CreateBucketConfiguration};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::client::Clients;
use super::sdk::{self, Operation};
use super::{Bucket, BucketSummary, Connection, naming};
use crate::error::{Error, Kind, Result};
use crate::say;

/// What became of making a bucket.
#[derive(Debug, Clone)]
pub enum Created {
    /// It is new.
    New(Bucket),
    /// It was one's own already, perhaps in another region.
    AlreadyYours(Bucket),
}

impl Created {
    /// The bucket, whichever way.
    #[must_use]
    pub fn into_bucket(self) -> Bucket {
        match self {
            Self::New(bucket) | Self::AlreadyYours(bucket) => bucket,
        }
    }
}

impl Connection {
    /// One's own buckets, by name; all pages.
    pub async fn buckets(&self) -> Result<Vec<BucketSummary>> {
        let mut pages = self.client.list_buckets().max_buckets(1000).into_paginator().send();
        let mut buckets = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| sdk::explain(Operation::ListBuckets, &self.place(), &error))?;
            buckets.extend(page.buckets().iter().filter_map(summary));
        }
        buckets.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(buckets)
    }

    /// Whether `name` can be a bucket's here; an error of kind Usage that says all that is wrong with it where not.
    pub fn check_name(&self, name: &str) -> Result<()> {
        if self.endpoint_url.is_some() { naming::require_elsewhere(name) } else { naming::require(name) }
    }

    /// Makes a bucket in `region`. One that is one's own already is opened, wherever it lies; one that is somebody else's is an
    /// error of kind Usage whose hint names a free one.
    pub async fn create(&self, name: &str, region: &str) -> Result<Created> {
        self.check_name(name)?;
        let clients = self.clients(region);
        let request = clients.control.create_bucket().bucket(name);
        // us-east-1 is the one region that must not be named.
        let location = (region != "us-east-1").then(|| BucketLocationConstraint::from(region));
        let request = request.set_create_bucket_configuration(
            location.map(|region| CreateBucketConfiguration::builder().location_constraint(region).build()),
        );
        let Err(error) = request.send().await else {
            return Ok(Created::New(self.bucket_in(name, region).await?));
        };
        match sdk::code(&error) {
            Some("BucketAlreadyOwnedByYou") => Ok(Created::AlreadyYours(self.bucket(name).await?)),
            Some("BucketAlreadyExists") => self.yours_after_all(name, &error).await,
            _ => Err(sdk::explain(Operation::CreateBucket, name, &error)),
        }
    }

    /// Several stores say `BucketAlreadyExists` of one's own bucket, too: the list of one's buckets tells.
    async fn yours_after_all(
        &self,
        name: &str,
        error: &SdkError<CreateBucketError, HttpResponse>,
    ) -> Result<Created> {
        let is_mine = self.buckets().await.is_ok_and(|own| own.iter().any(|bucket| bucket.name == name));
        if is_mine {
            return Ok(Created::AlreadyYours(self.bucket(name).await?));
        }
        let taken = sdk::explain(Operation::CreateBucket, name, error);
        Err(match self.free_name(name).await {
            Some(free) => taken.hint(say!("bucket-hint-free-name", name = free)),
            None => taken,
        })
    }

    /// A name near `name` that nobody has, as far as the store tells; `None` where it does not tell.
    pub async fn free_name(&self, name: &str) -> Option<String> {
        let salt =
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()).to_string();
        for candidate in naming::suggest(name, self.identity.account.as_deref(), &salt) {
            let answer = self.client.head_bucket().bucket(&candidate).send().await;
            if answer.is_err_and(|error| sdk::status(&error) == Some(404)) {
                return Some(candidate);
            }
        }
        None
    }

    /// Opens a bucket that exists, following it to the region in which it lies.
    pub async fn bucket(&self, name: &str) -> Result<Bucket> {
        self.bucket_in(name, &self.region).await
    }

    async fn bucket_in(&self, name: &str, region: &str) -> Result<Bucket> {
        // Names from before 2018 may break today's rules, but none has a slash, and none is empty.
        if name.is_empty() || name.contains(['/', '?', '#']) || name.contains(char::is_control) {
            naming::require(name)?;
        }
        let mut region = region.to_owned();
        for _ in 0..3 {
            let clients = self.clients(&region);
            let elsewhere = match clients.control.head_bucket().bucket(name).send().await {
                Ok(there) => match region_of(&there).filter(|said| *said != region) {
                    Some(said) if self.endpoint_url.is_none() => said,
                    said => {
                        let region = said.unwrap_or(region);
                        return Ok(Bucket {
                            client: clients.data,
                            control: clients.control,
                            name: name.to_owned(),
                            region,
                            endpoint_url: self.endpoint_url.clone(),
                            read_only: self.read_only.clone(),
                        });
                    }
                },
                Err(error) => match region_in(&error).filter(|said| *said != region) {
                    Some(said) => said,
                    None => return Err(self.not_opened(name, &error)),
                },
            };
            tracing::info!(
                bucket = name,
                from = region,
                to = elsewhere,
                "the bucket is in another region: following"
            );
            region = elsewhere;
        }
        Err(Error::new(Kind::Fatal, Operation::OpenBucket.sentence(name)).because(say!("bucket-why-regions")))
    }

    fn clients(&self, region: &str) -> Clients {
        let (endpoint, read_only) = (self.endpoint_url.as_deref(), self.read_only.as_deref());
        Clients::new(&self.sdk_config, endpoint, region, &self.patience, read_only)
    }

    fn not_opened(&self, name: &str, error: &SdkError<HeadBucketError, HttpResponse>) -> Error {
        // A HEAD has no body in which the store could say that it is the name.
        if let (Some(400), Err(refused)) = (sdk::status(error), self.check_name(name)) {
            return refused;
        }
        let explained = sdk::explain(Operation::OpenBucket, name, error);
        match explained.kind() {
            Kind::NotFound => {
                explained.because(say!("bucket-why-no-bucket", code = "404")).hint(say!("bucket-hint-create"))
            }
            Kind::Permission => {
                explained.because(say!("bucket-why-not-yours")).hint(say!("bucket-hint-not-yours"))
            }
            _ => explained,
        }
    }
}

fn region_of(there: &HeadBucketOutput) -> Option<String> {
    there.bucket_region().filter(|region| !region.is_empty()).map(str::to_owned)
}

/// The region that a refusal names: a redirect (301), a wrong signature region (400), or somebody else's bucket (403).
fn region_in(error: &SdkError<HeadBucketError, HttpResponse>) -> Option<String> {
    let said = sdk::header(error, "x-amz-bucket-region")?;
    let is_plain = !said.is_empty() && said.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_plain && matches!(sdk::status(error), Some(301 | 307 | 400 | 403))).then(|| said.to_owned())
}

fn summary(bucket: &aws_sdk_s3::types::Bucket) -> Option<BucketSummary> {
    Some(BucketSummary {
        name: bucket.name()?.to_owned(),
        region: bucket.bucket_region().filter(|region| !region.is_empty()).map(str::to_owned),
        created: bucket.creation_date().and_then(|date| date.fmt(DateTimeFormat::DateTime).ok()),
    })
}
