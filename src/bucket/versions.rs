//! Everything that a bucket keeps: the versions of its objects, and the delete markers that hide them.

use aws_sdk_s3::operation::list_object_versions::ListObjectVersionsOutput;
use aws_sdk_s3::primitives::DateTime;
use aws_sdk_s3::types::{DeleteMarkerEntry, EncodingType, ObjectVersion};
use futures::{Stream, StreamExt as _, future};
use serde::Serialize;

use super::listing::bytes;
use super::sdk::{self, Operation};
use super::{Bucket, spelling};
use crate::error::Result;

/// One version of an object, or a delete marker.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The key.
    pub key: String,
    /// S3's id of the version; `null` for what was written while the bucket kept no versions.
    pub version_id: String,
    /// Whether it is what stands at the key now; a delete marker that is the latest hides the object.
    pub is_latest: bool,
    /// Whether it is a delete marker, which has neither bytes nor a class.
    pub is_delete_marker: bool,
    /// Bytes.
    pub size: u64,
    /// When it was written, seconds since 1970.
    pub modified: Option<i64>,
    /// S3's name of its class: `STANDARD`, `GLACIER_IR`.
    pub class: Option<String>,
}

/// A page of versions: by key, the newest of each key first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VersionPage {
    /// The folders, where the listing is of one level; empty otherwise.
    pub prefixes: Vec<String>,
    /// The versions and delete markers.
    pub versions: Vec<Version>,
}

impl Bucket {
    /// Every version and delete marker whose key begins with `prefix`, page by page (1,000 at once), behind the key `start_after`.
    pub fn versions(
        &self,
        prefix: &str,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<VersionPage>> + Send + use<> {
        self.walk_versions(prefix, None, start_after)
    }

    /// One level of the same: the folders under `prefix`, and the versions of what stands directly in it.
    pub fn folder_versions(
        &self,
        prefix: &str,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<VersionPage>> + Send + use<> {
        let passed = start_after.unwrap_or_default().to_owned();
        self.walk_versions(prefix, Some("/"), start_after).map(move |page| {
            let mut page = page?;
            page.prefixes.retain(|prefix| *prefix > passed);
            Ok(page)
        })
    }

    fn walk_versions(
        &self,
        prefix: &str,
        delimiter: Option<&str>,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<VersionPage>> + Send + use<> {
        let request = self.control.list_object_versions().bucket(&self.name).prefix(prefix);
        let request = request.encoding_type(spelling::ASKED).set_delimiter(delimiter.map(str::to_owned));
        let after = start_after.filter(|key| !key.is_empty()).map(str::to_owned);
        let request = request.set_key_marker(after);
        let subject = self.uri(prefix);
        futures::stream::try_unfold(Some((request, subject)), |state| async move {
            let Some((request, subject)) = state else { return Ok(None) };
            let page = request.clone().send().await;
            let page = page.map_err(|error| sdk::explain(Operation::ListVersions, &subject, &error))?;
            let next =
                next(&page).map(|(key, id)| (request.key_marker(key).set_version_id_marker(id), subject));
            Ok(Some((read(&page), next)))
        })
        .filter(|page| future::ready(!matches!(page, Ok(page) if *page == VersionPage::default())))
    }
}

/// Where the next page begins, where there is one.
fn next(page: &ListObjectVersionsOutput) -> Option<(String, Option<String>)> {
    let key = page.next_key_marker().filter(|key| page.is_truncated() == Some(true) && !key.is_empty())?;
    let id = page.next_version_id_marker().filter(|id| !id.is_empty());
    Some((spelling::plain(key, page.encoding_type()), id.map(str::to_owned)))
}

fn read(page: &ListObjectVersionsOutput) -> VersionPage {
    let spelled = page.encoding_type();
    let kept = page.versions().iter().filter_map(|version| kept(version, spelled));
    let markers = page.delete_markers().iter().filter_map(|marker| marker_of(marker, spelled));
    let mut versions: Vec<Version> = kept.chain(markers).collect();
    // The answer has them in two lists; each is in order already, and the sort keeps that among equals.
    versions.sort_by(|a, b| {
        let newest_first = (!a.is_latest, std::cmp::Reverse(a.modified));
        a.key.cmp(&b.key).then_with(|| newest_first.cmp(&(!b.is_latest, std::cmp::Reverse(b.modified))))
    });
    let prefixes = page.common_prefixes().iter().filter_map(|common| common.prefix());
    VersionPage { prefixes: prefixes.map(|prefix| spelling::plain(prefix, spelled)).collect(), versions }
}

fn kept(version: &ObjectVersion, spelled: Option<&EncodingType>) -> Option<Version> {
    Some(Version {
        key: spelling::plain(version.key()?, spelled),
        version_id: version.version_id().unwrap_or("null").to_owned(),
        is_latest: version.is_latest() == Some(true),
        is_delete_marker: false,
        size: bytes(version.size()),
        modified: version.last_modified().map(DateTime::secs),
        class: version.storage_class().map(|class| class.as_str().to_owned()),
    })
}

fn marker_of(marker: &DeleteMarkerEntry, spelled: Option<&EncodingType>) -> Option<Version> {
    Some(Version {
        key: spelling::plain(marker.key()?, spelled),
        version_id: marker.version_id().unwrap_or("null").to_owned(),
        is_latest: marker.is_latest() == Some(true),
        is_delete_marker: true,
        modified: marker.last_modified().map(DateTime::secs),
        ..Version::default()
    })
}
