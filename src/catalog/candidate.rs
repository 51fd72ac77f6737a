//! Which folders of a listing are dumps, in which order they are looked at, and which of them upstream has marked complete.

use url::Url;

use super::discover::join;
use super::listing::Index;
use super::names::FolderName;
use super::{Dump, Family};
use crate::error::Result;

/// A dump that might be complete.
pub(super) struct Candidate {
    pub(super) dump: Dump,
    /// Upstream's mark of completion: for MusicBrainz JSON, a `latest-is-<stamp>` of this dump or of a newer one (the mark is moved on
    /// when the next dump is published). Always true elsewhere: there, an archive counts when its `.sha256` stands beside it.
    pub(super) is_marked: bool,
}

/// The dumps that a family's listing shows, newest first.
pub(super) fn candidates(family: Family, place: &Url, index: &Index) -> Result<Vec<Candidate>> {
    let mut folders: Vec<(FolderName, &String)> =
        index.folders.iter().filter_map(|name| Some((FolderName::read(family, name)?, name))).collect();
    folders.sort_by(|(a, _), (b, _)| a.newest_first(b));
    folders.dedup_by(|(_, a), (_, b)| a == b);
    let newest_mark = index.files.iter().filter_map(|name| name.strip_prefix("latest-is-")).max();
    let candidate = |(folder, name): (FolderName, &String)| {
        let is_marked = family != Family::MusicbrainzJson
            || newest_mark.is_some_and(|mark| folder.stamp.as_str() <= mark);
        let url = join(place, &format!("{name}/"))?;
        let dump = Dump { family, name: name.clone(), stamp: folder.stamp, id: folder.id, url };
        Ok(Candidate { dump, is_marked })
    };
    folders.into_iter().map(candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::datasets;

    fn place() -> Url {
        "https://example.org/pub/".parse().unwrap()
    }

    fn marked(folders: &[&str], files: &[&str]) -> Vec<(String, bool)> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let index = Index { folders: owned(folders), files: owned(files), refused: Vec::new() };
        let found = candidates(Family::MusicbrainzJson, &place(), &index).unwrap();
        found.into_iter().map(|candidate| (candidate.dump.stamp, candidate.is_marked)).collect()
    }

    #[test]
    fn a_dump_newer_than_the_newest_mark_is_not_complete_yet() {
        let (old, new) = ("20260520-001001", "20260523-001002");
        assert_eq!(
            marked(&[old, new], &["LATEST", "latest-is-20260520-001001"]),
            [(new.into(), false), (old.into(), true)]
        );
    }

    #[test]
    fn the_mark_moves_on_and_the_dumps_before_it_stay_complete() {
        let (old, new) = ("20260520-001001", "20260523-001002");
        let both = [(new.to_owned(), true), (old.to_owned(), true)];
        assert_eq!(marked(&[old, new], &["latest-is-20260523-001002"]), both);
        assert_eq!(marked(&[new, old], &["latest-is-20260523-001002", "latest-is-20260520-001001"]), both);
    }

    #[test]
    fn without_a_mark_nothing_is_complete_and_only_stamps_are_dumps() {
        assert_eq!(
            marked(&["20260523-001002", "tmp", "20260523-001002.old"], &["LATEST"]),
            [("20260523-001002".into(), false)]
        );
    }

    #[test]
    fn every_dataset_but_those_named_by_their_entity_asks_for_a_stamp() {
        for dataset in datasets() {
            assert_eq!(
                dataset.file.contains("<stamp>"),
                dataset.family != Family::MusicbrainzJson,
                "{}",
                dataset.id
            );
        }
    }
}
