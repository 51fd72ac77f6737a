//! How much is under a prefix, counted page by page with a figure that grows.

use std::collections::BTreeMap;

use futures::stream::BoxStream;
use futures::{StreamExt as _, future};
use serde::{Deserialize, Serialize};

use super::{Bucket, Object, Version};
use crate::error::Result;

/// How many objects, and their bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many.
    pub objects: u64,
    /// Their bytes, all together.
    pub bytes: u64,
}

/// How much something is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// Objects, and their older versions where those are counted.
    pub objects: u64,
    /// Their bytes, all together.
    pub bytes: u64,
    /// The same by S3's name of the storage class.
    pub by_class: BTreeMap<String, Tally>,
    /// When the newest of them was written, seconds since 1970.
    pub newest: Option<i64>,
    /// Delete markers, where versions are counted.
    pub markers: u64,
}

impl Extent {
    /// Everything that is counted one by one: objects, versions and delete markers.
    #[must_use]
    pub const fn entries(&self) -> u64 {
        self.objects + self.markers
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries() == 0
    }

    /// With one more object.
    pub fn add_object(&mut self, object: &Object) {
        self.add(object.size, object.class.as_deref(), object.modified);
    }

    /// With one more version or delete marker.
    pub fn add_version(&mut self, version: &Version) {
        if version.is_delete_marker {
            self.markers += 1;
            self.newest = self.newest.max(version.modified);
        } else {
            self.add(version.size, version.class.as_deref(), version.modified);
        }
    }

    fn add(&mut self, bytes: u64, class: Option<&str>, modified: Option<i64>) {
        let class = class.unwrap_or("STANDARD");
        self.objects += 1;
        self.bytes += bytes;
        self.newest = self.newest.max(modified);
        if !self.by_class.contains_key(class) {
            self.by_class.insert(class.to_owned(), Tally::default());
        }
        if let Some(tally) = self.by_class.get_mut(class) {
            tally.objects += 1;
            tally.bytes += bytes;
        }
    }
}

impl Bucket {
    /// Counts what is under `prefix`, all folders below it among them; with `versions` also what hides behind newer versions.
    ///
    /// Each item is the whole count so far, the last one the result; nothing under the prefix is no item but the empty one.
    /// Dropping the stream stops counting.
    #[must_use]
    pub fn measure(&self, prefix: &str, versions: bool) -> BoxStream<'static, Result<Extent>> {
        if versions {
            let pages = self.versions(prefix, None);
            return growing(pages, |extent, page| {
                page.versions.iter().for_each(|one| extent.add_version(one));
            });
        }
        growing(self.pages(prefix, None), |extent, page| page.iter().for_each(|one| extent.add_object(one)))
    }
}

/// The count after each page, beginning with nothing.
pub(super) fn growing<T: Send + 'static>(
    pages: impl futures::Stream<Item = Result<T>> + Send + 'static,
    add: impl Fn(&mut Extent, T) + Send + 'static,
) -> BoxStream<'static, Result<Extent>> {
    let counted = pages.scan(Extent::default(), move |extent, page| {
        future::ready(Some(page.map(|page| {
            add(extent, page);
            extent.clone()
        })))
    });
    futures::stream::once(future::ready(Ok(Extent::default()))).chain(counted).boxed()
}
