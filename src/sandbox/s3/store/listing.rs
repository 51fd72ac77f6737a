//! Listings: pages of keys, versions or uploads as range scans, with prefix, delimiter and a place to go on from.
//!
//! A listing is the sorted list of keys and of common prefixes (what keys share up to the first delimiter behind the prefix); a
//! page is what comes after a given element. Keys below a common prefix are leapt over, not read.

use redb::ReadableTable as _;

use super::tables::decode;
use super::{Look, Outcome, Upload, Version};

/// What to list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
    pub(crate) delimiter: Option<String>,
    /// The element behind which the page begins; empty for the first page.
    pub(crate) after: String,
    /// With it, elements of the key `after` that come behind this version or upload belong to the page.
    pub(crate) after_id: Option<String>,
    /// How many elements a page has at most.
    pub(crate) limit: usize,
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<(String, T)>,
    pub(crate) prefixes: Vec<String>,
    /// There is more behind `last`.
    pub(crate) truncated: bool,
    /// The last element of the page, a key or a common prefix.
    pub(crate) last: Option<String>,
}

/// The objects of a bucket: the newest version of each key that is not deleted.
pub(crate) fn objects(look: &impl Look, query: &Query) -> Outcome<Page<Version>> {
    look.bucket(&query.bucket)?;
    let mut previous = None;
    let admit = |key: &str, (_, version): &(u64, Version)| {
        let newest = previous.as_deref() != Some(key);
        previous = Some(key.to_owned());
        newest && version.object.is_some() && key > query.after.as_str()
    };
    let page = walk_versions(look, query, admit)?;
    let items = page.items.into_iter().map(|(key, (_, version))| (key, version)).collect();
    Ok(Page { items, prefixes: page.prefixes, truncated: page.truncated, last: page.last })
}

/// All versions of a bucket, the newest of each key first; the flag says whether it is that.
pub(crate) fn versions(look: &impl Look, query: &Query) -> Outcome<Page<(Version, bool)>> {
    look.bucket(&query.bucket)?;
    let passed = match &query.after_id {
        Some(id) => super::objects::age(look, &query.bucket, &query.after, id)?,
        None => None,
    };
    let newest_of_after = super::objects::newest_age(look, &query.bucket, &query.after)?;
    let mut previous = query.after.clone();
    let admit = |key: &str, (age, _): &(u64, Version)| {
        key > query.after.as_str() || (key == query.after && passed.is_some_and(|passed| *age > passed))
    };
    let page = walk_versions(look, query, admit)?;
    let flagged = page.items.into_iter().map(|(key, (age, version))| {
        let newest = if key == query.after { newest_of_after == Some(age) } else { key != previous };
        previous.clone_from(&key);
        (key, (version, newest))
    });
    Ok(Page { items: flagged.collect(), prefixes: page.prefixes, truncated: page.truncated, last: page.last })
}

/// The uploads of a bucket that are not finished, with their ids.
pub(crate) fn uploads(look: &impl Look, query: &Query) -> Outcome<Page<(String, Upload)>> {
    look.bucket(&query.bucket)?;
    let table = look.uploads()?;
    let bucket = query.bucket.as_str();
    let scan = |from: &[u8]| {
        let found = table.range((bucket, from, "")..(bucket, [0xff].as_slice(), ""))?;
        let found = found.map(|entry| {
            let (at, upload) = entry?;
            let (_, key, id) = at.value();
            Ok((text(key), (id.to_owned(), decode::<Upload>(upload.value())?)))
        });
        Ok(Box::new(found) as Scan<'_, _>)
    };
    let admit = |key: &str, (id, _): &(String, Upload)| {
        let behind = query.after_id.as_ref().is_some_and(|after| key == query.after && id > after);
        key > query.after.as_str() || behind
    };
    walk(query, scan, admit)
}

/// Walks over versions with their ages.
fn walk_versions(
    look: &impl Look,
    query: &Query,
    admit: impl FnMut(&str, &(u64, Version)) -> bool,
) -> Outcome<Page<(u64, Version)>> {
    let table = look.versions()?;
    let bucket = query.bucket.as_str();
    let scan = |from: &[u8]| {
        let found = table.range((bucket, from, 0)..(bucket, [0xff].as_slice(), 0))?;
        let found = found.map(|entry| {
            let (at, version) = entry?;
            let (_, key, age) = at.value();
            Ok((text(key), (age, decode::<Version>(version.value())?)))
        });
        Ok(Box::new(found) as Scan<'_, _>)
    };
    walk(query, scan, admit)
}

/// Keys and what stands there, in order.
type Scan<'a, T> = Box<dyn Iterator<Item = Outcome<(String, T)>> + 'a>;

/// Collects one page from `scan`, which begins at the key it is given, of what `admit` lets in. No key has the byte 0xFF in it, so
/// a prefix with that byte behind it comes after all its keys.
fn walk<'a, T: 'a>(
    query: &Query,
    scan: impl Fn(&[u8]) -> Outcome<Scan<'a, T>>,
    mut admit: impl FnMut(&str, &T) -> bool,
) -> Outcome<Page<T>> {
    let mut page = Page { items: Vec::new(), prefixes: Vec::new(), truncated: false, last: None };
    let mut entries = scan(query.prefix.as_str().max(&query.after).as_bytes())?;
    while let Some(entry) = entries.next() {
        let (key, item) = entry?;
        let Some(rest) = key.strip_prefix(&query.prefix) else { break };
        let common = query.delimiter.as_deref().and_then(|delimiter| common(&query.prefix, rest, delimiter));
        let admitted = match &common {
            Some(common) => *common > query.after && admit(&key, &item),
            None => admit(&key, &item),
        };
        if admitted && page.items.len() + page.prefixes.len() >= query.limit {
            page.truncated = true;
            break;
        }
        match common {
            Some(common) if admitted || common <= query.after => {
                entries = scan(&[common.as_bytes(), &[0xff]].concat())?;
                if admitted {
                    page.last = Some(common.clone());
                    page.prefixes.push(common);
                }
            }
            None if admitted => {
                page.last = Some(key.clone());
                page.items.push((key, item));
            }
            _ => {}
        }
    }
    Ok(page)
}

/// The common prefix of a key that is `prefix` and then `rest`.
fn common(prefix: &str, rest: &str, delimiter: &str) -> Option<String> {
    let end = rest.find(delimiter)? + delimiter.len();
    Some(format!("{prefix}{}", &rest[..end]))
}

fn text(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}
