//! What the home screen saw of a bucket last time, kept so that the next start has something to show before anybody answered.
//!
//! Only for showing: nothing is decided by it, and whoever shows it says from when it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bucket::protection::Current;
use crate::bucket::{Extent, Object};
use crate::catalog::{self, DatasetId};

/// What was seen of a bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The bucket.
    pub bucket: String,
    /// Where it lies.
    pub region: String,
    /// When it was seen.
    pub at: Timestamp,
    /// The newest object of each dataset.
    pub standing: Vec<Standing>,
    /// Its settings, where they could be read.
    pub protection: Option<Current>,
    /// Everything that it holds, where that was counted to the end.
    pub extent: Option<Extent>,
    /// Its unfinished uploads, where they could be listed.
    pub unfinished: Option<Unfinished>,
}

/// The newest object of a dataset in the bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Which dataset.
    pub dataset: DatasetId,
    /// Its key.
    pub key: String,
    /// The dump that its metadata names.
    pub dump: Option<String>,
    /// Bytes.
    pub size: u64,
    /// S3's name of its class; `None` is `STANDARD`.
    pub class: Option<String>,
    /// When it was written, seconds since 1970.
    pub modified: Option<i64>,
}

impl Standing {
    /// What `object` is, where it belongs to a dataset: by its metadata, else by its name.
    #[must_use]
    pub fn of(object: &Object) -> Option<Self> {
        let named = object.dataset.clone().map(DatasetId);
        Some(Self {
            dataset: named.or_else(|| catalog::dataset_at(&object.key))?,
            key: object.key.clone(),
            dump: object.dump.clone(),
            size: object.size,
            class: object.class.clone(),
            modified: object.modified,
        })
    }

    /// The day of its dump in ISO form, from what the metadata or else the key says; `None` where neither says one.
    #[must_use]
    pub fn date(&self) -> Option<String> {
        self.dump.as_deref().and_then(day).or_else(|| day(&self.key))
    }

    /// S3's name of its class.
    #[must_use]
    pub fn class(&self) -> &str {
        self.class.as_deref().unwrap_or("STANDARD")
    }
}

/// The newest of each dataset, in the order of the catalogue.
#[must_use]
pub fn newest(objects: &[Object]) -> Vec<Standing> {
    let all: Vec<Standing> = objects.iter().filter_map(Standing::of).collect();
    let of = |id: &DatasetId| {
        let same = all.iter().filter(|standing| standing.dataset == *id);
        same.max_by_key(|standing| (standing.date(), standing.modified)).cloned()
    };
    catalog::datasets().iter().filter_map(|dataset| of(&dataset.id)).collect()
}

/// Unfinished uploads, all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unfinished {
    /// How many.
    pub count: u64,
    /// Bytes of the parts that they have brought, which are billed.
    pub bytes: u64,
    /// Of how many the parts were not counted, because there are too many.
    pub uncounted: u64,
}

/// `2026-05-23` where `text` holds `20260523-001002`.
fn day(text: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let stamp =
        |pair: &&[&str]| pair[0].len() == 8 && pair[1].len() == 6 && digits(pair[0]) && digits(pair[1]);
    let day = parts.windows(2).find(stamp)?[0];
    Some(format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(key: &str, dataset: Option<&str>, dump: Option<&str>) -> Object {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Object { key: key.to_owned(), dataset: own(dataset), dump: own(dump), size: 7, ..Object::default() }
    }

    #[test]
    fn the_day_of_a_dump_is_read_from_its_name_or_its_key() {
        let json =
            object("raw/musicbrainz/artist.tar.xz", Some("musicbrainz/artist"), Some("20260523-001002"));
        assert_eq!(Standing::of(&json).unwrap().date().as_deref(), Some("2026-05-23"));
        let key = "raw/listenbrainz/listenbrainz-listens-dump-2593-20260712-000003-full.tar.zst";
        let listens = Standing::of(&object(key, None, None)).unwrap();
        assert_eq!(
            (listens.dataset.0.as_str(), listens.date().as_deref()),
            ("listenbrainz/listens", Some("2026-07-12"))
        );
        assert_eq!(Standing::of(&object("raw/musicbrainz/artist.tar.xz", None, None)).unwrap().date(), None);
    }

    #[test]
    fn of_two_dumps_of_a_dataset_the_newer_one_is_shown_and_strangers_are_not() {
        let key = |stamp| format!("raw/listenbrainz/listenbrainz-listens-dump-2593-{stamp}-full.tar.zst");
        let objects = [
            object(&key("20260712-000003"), None, None),
            object(&key("20260615-000003"), None, None),
            object("raw/musicbrainz/notes.txt", None, None),
        ];
        let newest = newest(&objects);
        assert_eq!(newest.len(), 1);
        assert_eq!(newest[0].date().as_deref(), Some("2026-07-12"));
    }
}
