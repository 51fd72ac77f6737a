//! The mirror: a folder of dumps served over HTTP as upstream's nginx does it.

/// Whether `path` names an archive: its bytes are slowed down to the mirror's rate, and counted.
pub(super) fn is_archive(path: &str) -> bool {
    [".tar", ".tar.xz", ".tar.zst", ".tar.bz2"].iter().any(|end| path.ends_with(end))
}
