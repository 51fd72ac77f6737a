//! One level of a prefix: the folders in it and the objects directly in it, page by page.
//!
//! A page is what S3 gives at once (1,000 keys and prefixes), and the next one is asked for when it is wanted: a prefix of a million
//! keys opens as fast as a small one.

use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use futures::{Stream, StreamExt as _, future};
use serde::Serialize;

use super::listing::{bytes, unquoted};
use super::sdk::{self, Operation};
use super::{Bucket, Object, spelling};
use crate::error::Result;

/// A page of one level, each list in S3's order (bytes of the key).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FolderPage {
    /// The folders, whole and with the slash at the end: `raw/musicbrainz/`.
    pub prefixes: Vec<String>,
    /// The objects directly in this level. A folder's own zero-byte key, which is the prefix itself, is one of them.
    pub objects: Vec<Object>,
}

impl FolderPage {
    /// The last element of the page, behind which the next one begins.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        let object = self.objects.last().map(|object| object.key.as_str());
        self.prefixes.last().map(String::as_str).max(object)
    }
}

impl Bucket {
    /// What stands directly under `prefix` (empty, or with a slash at its end), beginning behind the key or folder `start_after`.
    ///
    /// A page is asked for when the stream is polled, never before: dropping it stops.
    pub fn folder(
        &self,
        prefix: &str,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<FolderPage>> + Send + use<> {
        let passed = start_after.unwrap_or_default().to_owned();
        self.walk(prefix, Some("/"), start_after).map(move |page| {
            let mut page = page?;
            // Keys behind `raw/x` are still in the folder `raw/`, which S3 then names once more.
            page.prefixes.retain(|prefix| *prefix > passed);
            Ok(page)
        })
    }

    /// What stands under `prefix`, page by page, rolled up at `delimiter` where there is one.
    pub(super) fn walk(
        &self,
        prefix: &str,
        delimiter: Option<&str>,
        start_after: Option<&str>,
    ) -> impl Stream<Item = Result<FolderPage>> + Send + use<> {
        let request = self.control.list_objects_v2().bucket(&self.name).prefix(prefix);
        let request = request.encoding_type(spelling::ASKED).set_delimiter(delimiter.map(str::to_owned));
        // An empty key is none; some stores refuse it.
        let after = start_after.filter(|key| !key.is_empty()).map(str::to_owned);
        let request = request.set_start_after(after);
        let subject = self.uri(prefix);
        futures::stream::try_unfold(Some((request, subject)), |state| async move {
            let Some((request, subject)) = state else { return Ok(None) };
            let page = request.clone().send().await;
            let page = page.map_err(|error| sdk::explain(Operation::ListObjects, &subject, &error))?;
            let next = page.next_continuation_token().filter(|_| page.is_truncated() == Some(true));
            let next = next.map(|token| (request.continuation_token(token), subject));
            Ok(Some((level(&page), next)))
        })
        .filter(|page| future::ready(!matches!(page, Ok(page) if page.is_needless())))
    }
}

impl FolderPage {
    /// Some stores send pages of nothing in the middle; the first page of an empty folder is one as well, and says as little.
    fn is_needless(&self) -> bool {
        self.prefixes.is_empty() && self.objects.is_empty()
    }
}

fn level(page: &ListObjectsV2Output) -> FolderPage {
    let spelled = page.encoding_type();
    let prefixes = page.common_prefixes().iter().filter_map(|common| common.prefix());
    FolderPage {
        prefixes: prefixes.map(|prefix| spelling::plain(prefix, spelled)).collect(),
        objects: page
            .contents()
            .iter()
            .filter_map(|object| {
                let key = spelling::plain(object.key()?, spelled);
                Some(listed(key, object))
            })
            .collect(),
    }
}

fn listed(key: String, object: &aws_sdk_s3::types::Object) -> Object {
    Object {
        key,
        size: bytes(object.size()),
        etag: object.e_tag().map(unquoted),
        modified: object.last_modified().map(aws_sdk_s3::primitives::DateTime::secs),
        class: object.storage_class().map(|class| class.as_str().to_owned()),
        ..Object::default()
    }
}
