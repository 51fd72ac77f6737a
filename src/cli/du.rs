//! `du`: how much is in the bucket, by folder and by class.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use serde_json::json;

use super::counter::{Counter, unless_stopped};
use super::place::{Place, shown};
use super::table::{Side, table};
use super::{Exit, Output, args};
use crate::bucket::{Bucket, Extent, Object, Version};
use crate::context::Context;
use crate::error::Result;
use crate::say;
use crate::words::{harmless, size};

/// Does it.
pub(super) async fn run(context: &Context, flags: &args::Du, output: &Output) -> Result<Exit> {
    let place = Place::read(flags.prefix.as_deref().unwrap_or_default())?;
    let bucket = place.open(context, output).await?;
    let mut sums = Sums::new(&place.key, flags.depth);
    unless_stopped(count(&bucket, &mut sums, flags.versions, output)).await?;
    show(&bucket, &sums, output);
    Ok(Exit::Done)
}

async fn count(bucket: &Bucket, sums: &mut Sums, versions: bool, output: &Output) -> Result<()> {
    let counter = Counter::new(output);
    let prefix = sums.prefix.clone();
    if versions {
        let mut pages = Box::pin(bucket.versions(&prefix, None));
        while let Some(page) = pages.try_next().await? {
            for version in &page.versions {
                sums.version(version);
            }
            counter.count(&sums.total);
        }
        return Ok(());
    }
    let mut pages = Box::pin(bucket.pages(&prefix, None));
    while let Some(page) = pages.try_next().await? {
        for object in &page {
            sums.object(object);
        }
        counter.count(&sums.total);
    }
    Ok(())
}

/// The sums of a prefix and of the folders in it.
struct Sums {
    prefix: String,
    depth: usize,
    folders: BTreeMap<String, Extent>,
    total: Extent,
}

impl Sums {
    fn new(prefix: &str, depth: usize) -> Self {
        Self { prefix: prefix.to_owned(), depth, folders: BTreeMap::new(), total: Extent::default() }
    }

    fn object(&mut self, object: &Object) {
        self.each(&object.key, |extent| extent.add_object(object));
    }

    fn version(&mut self, version: &Version) {
        self.each(&version.key, |extent| extent.add_version(version));
    }

    /// Adds to the total and to every folder above `key` that is shown.
    fn each(&mut self, key: &str, add: impl Fn(&mut Extent)) {
        add(&mut self.total);
        let rest = key.strip_prefix(&self.prefix).unwrap_or_default();
        let begin = key.len() - rest.len();
        for (at, _) in rest.match_indices('/').take(self.depth) {
            let folder = &key[..=begin + at];
            match self.folders.get_mut(folder) {
                Some(extent) => add(extent),
                None => add(self.folders.entry(folder.to_owned()).or_default()),
            }
        }
    }
}

fn show(bucket: &Bucket, sums: &Sums, output: &Output) {
    let mut rows = Vec::new();
    for (folder, extent) in &sums.folders {
        let mut facts = json!(extent);
        facts["prefix"] = json!(folder);
        output.event("folder", facts);
        rows.push(row(extent, &harmless(folder)));
    }
    let mut facts = json!(sums.total);
    facts["prefix"] = json!(sums.prefix);
    facts["bucket"] = json!(bucket.name());
    output.event("summary", facts);
    rows.push(row(&sums.total, &shown(bucket, &sums.prefix)));
    output.lines(table(&[Side::Right, Side::Right], &rows));
    if sums.total.by_class.len() > 1 {
        output.line("");
        output.lines(table(&[Side::Right, Side::Right], &classes(&sums.total)));
    }
}

fn row(extent: &Extent, what: &str) -> Vec<String> {
    let markers = match extent.markers {
        0 => String::new(),
        markers => say!("cli-markers", markers = markers),
    };
    vec![size(extent.bytes), say!("cli-objects", objects = extent.objects), what.to_owned(), markers]
}

/// A row for each storage class.
pub(super) fn classes(extent: &Extent) -> Vec<Vec<String>> {
    let row = |(class, tally): (&String, &crate::bucket::Tally)| {
        vec![size(tally.bytes), say!("cli-objects", objects = tally.objects), harmless(class)]
    };
    extent.by_class.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(prefix: &str, depth: usize) -> Vec<(String, u64)> {
        let mut sums = Sums::new(prefix, depth);
        for (key, size) in [("raw/", 0), ("raw/a/x", 1), ("raw/a/b/y", 2), ("raw/z", 4), ("top", 8)] {
            if key.starts_with(prefix) {
                sums.object(&Object { key: key.to_owned(), size, ..Object::default() });
            }
        }
        sums.folders.into_iter().map(|(folder, extent)| (folder, extent.bytes)).collect()
    }

    #[test]
    fn folders_hold_all_below_them_down_to_the_depth() {
        let owned = |rows: &[(&str, u64)]| {
            rows.iter().map(|(folder, bytes)| ((*folder).to_owned(), *bytes)).collect::<Vec<_>>()
        };
        assert_eq!(sums("", 1), owned(&[("raw/", 7)]));
        assert_eq!(sums("", 2), owned(&[("raw/", 7), ("raw/a/", 3)]));
        assert_eq!(sums("raw/", 1), owned(&[("raw/a/", 3)]));
        assert_eq!(sums("", 0), owned(&[]));
    }
}
