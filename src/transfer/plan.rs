//! What would be done, and why: a pure function from what upstream, the disk and the bucket have to one verdict an archive.

mod suggest;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bucket::Object;
use crate::catalog::Archive;
use crate::say;
use crate::sha256::Sha256Digest;

pub use suggest::Suggestion;

/// Which legs a run has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Both legs; the local file stays.
    #[default]
    Keep,
    /// Both legs; no local file: what is on its way stays in memory.
    Stream,
    /// Only to the disk.
    Download,
    /// Only from the disk.
    Upload,
}

impl Mode {
    /// Whether bytes come from the mirror.
    #[must_use]
    pub const fn downloads(self) -> bool {
        matches!(self, Self::Keep | Self::Stream | Self::Download)
    }

    /// Whether bytes go to the bucket.
    #[must_use]
    pub const fn uploads(self) -> bool {
        matches!(self, Self::Keep | Self::Stream | Self::Upload)
    }

    /// Whether what is downloaded stays on the disk.
    #[must_use]
    pub const fn keeps(self) -> bool {
        matches!(self, Self::Keep | Self::Download)
    }
}

/// What the disk has of one archive, by its name under `raw/<folder>/`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Here {
    /// Size of the finished file in bytes, where there is one.
    pub file: Option<u64>,
    /// The digest that this file was proven to have, where it has not been touched since.
    pub proven: Option<Sha256Digest>,
    /// What a journal says was begun: the digest of the archive it is for and the bytes that are durable.
    pub begun: Option<(Sha256Digest, u64)>,
    /// Bytes that S3 is known to have of an upload that was begun for that digest.
    pub parts: u64,
}

/// What the disk has, by key (`raw/<folder>/<archive name>`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locals {
    /// By key.
    pub files: BTreeMap<String, Here>,
    /// Bytes that are free where the data directory lies, where that could be read.
    pub free: Option<u64>,
}

/// What the bucket has under `raw/`, by key, as HeadObject tells it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// By key.
    pub objects: BTreeMap<String, Object>,
}

/// How the user wants it done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choice {
    /// Which legs.
    pub mode: Mode,
    /// Whether an unknown object at an archive's key may be replaced.
    pub replace_unknown: bool,
}

/// What is known of an archive before anything is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// Where it should be, with the published digest.
    Current,
    /// On the disk, whole; only the upload is missing.
    Here,
    /// Begun earlier.
    Partly {
        /// Bytes that came and need not come again: on the disk, or, streamed, in S3.
        downloaded: u64,
        /// Bytes that S3 has.
        uploaded: u64,
    },
    /// Nowhere yet.
    Missing,
    /// An older dump of it stands in the bucket or on the disk.
    Newer {
        /// The older dump, where its name is known.
        have: Option<String>,
    },
    /// Something that was not put there by `brainzlift` stands at its key.
    Unknown,
    /// Wanted from the disk, but not there.
    NotHere,
}

/// What would be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing.
    Skip,
    /// Move it on the legs of the mode.
    Lift,
    /// Nothing, because something is in the way; the verdict says what.
    Blocked,
}

/// One archive of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Which archive.
    pub archive: Archive,
    /// Its key in the bucket, and its path under the data directory.
    pub key: String,
    /// What is known of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What would be done.
    pub action: Action,
    /// Bytes still to come from the mirror.
    pub down: u64,
    /// Bytes still to go to the bucket.
    pub up: u64,
}

/// What would be done, in the order in which it would be begun.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Plan {
    /// Which legs.
    pub mode: Mode,
    /// One an archive.
    pub lines: Vec<Line>,
    /// Bytes free on the disk of the data directory, where known.
    pub free: Option<u64>,
}

impl Plan {
    /// Bytes to come from the mirror.
    #[must_use]
    pub fn down(&self) -> u64 {
        self.lines.iter().map(|line| line.down).sum()
    }

    /// Bytes to go to the bucket.
    #[must_use]
    pub fn up(&self) -> u64 {
        self.lines.iter().map(|line| line.up).sum()
    }

    /// Bytes of disk that are still needed: what is to be downloaded, where it stays.
    #[must_use]
    pub fn disk(&self) -> u64 {
        if self.mode.keeps() { self.down() } else { 0 }
    }

    /// Whether the disk is known to be too small.
    #[must_use]
    pub fn is_too_large_for_disk(&self) -> bool {
        self.free.is_some_and(|free| self.disk() > free)
    }

    /// Lines of which something is to be done.
    pub fn to_lift(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.action == Action::Lift)
    }
}

/// What would be done with `archives`, given what the disk and the bucket have. `contents` is `None` where no bucket is involved.
#[must_use]
pub fn plan(archives: &[Archive], locals: &Locals, contents: Option<&Contents>, choice: Choice) -> Plan {
    let lines = archives.iter().map(|archive| line(archive, locals, contents, choice)).collect();
    Plan { mode: choice.mode, lines, free: locals.free }
}

fn line(archive: &Archive, locals: &Locals, contents: Option<&Contents>, choice: Choice) -> Line {
    let key = archive.key();
    let nothing = Here::default();
    let here = locals.files.get(&key).unwrap_or(&nothing);
    let standing = contents.filter(|_| choice.mode.uploads());
    let verdict = verdict(archive, here, standing.map(|contents| in_bucket(archive, contents)), choice.mode);
    let action = action(&verdict, choice);
    let (down, up) = if action == Action::Lift { legs(archive, here, choice.mode) } else { (0, 0) };
    Line { archive: archive.clone(), key, verdict, action, down, up }
}

/// What the bucket has of an archive.
enum Standing {
    Nothing,
    Current,
    Older(Option<String>),
    Unknown,
}

fn in_bucket(archive: &Archive, contents: &Contents) -> Standing {
    match contents.objects.get(&archive.key()) {
        Some(object) if object.sha256 == Some(archive.sha256) && object.size == archive.size => {
            Standing::Current
        }
        Some(object) if object.sha256.is_some() => Standing::Older(object.dump.clone()),
        Some(_) => Standing::Unknown,
        None => older_at_another_key(archive, contents),
    }
}

/// ListenBrainz names carry the dump, so an older one stands at a key of its own.
fn older_at_another_key(archive: &Archive, contents: &Contents) -> Standing {
    let mut same =
        contents.objects.values().filter(|object| object.dataset.as_ref() == Some(&archive.dataset.0));
    same.next_back().map_or(Standing::Nothing, |object| Standing::Older(object.dump.clone()))
}

fn verdict(archive: &Archive, here: &Here, standing: Option<Standing>, mode: Mode) -> Verdict {
    let whole = is_whole(archive, here);
    match standing {
        Some(Standing::Current) => return Verdict::Current,
        Some(Standing::Unknown) => return Verdict::Unknown,
        None if mode == Mode::Download && whole && here.proven == Some(archive.sha256) => {
            return Verdict::Current;
        }
        _ => {}
    }
    let begun = here.begun.filter(|(digest, _)| *digest == archive.sha256);
    match (whole, begun, standing) {
        (true, _, _) if here.parts == 0 => Verdict::Here,
        (true, _, _) => Verdict::Partly { downloaded: archive.size, uploaded: here.parts },
        _ if !mode.downloads() => Verdict::NotHere,
        (false, Some((_, downloaded)), _) => Verdict::Partly { downloaded, uploaded: here.parts },
        (false, None, Some(Standing::Older(have))) => Verdict::Newer { have },
        (false, None, _) if here.file.is_some() => Verdict::Newer { have: None },
        _ => Verdict::Missing,
    }
}

/// A finished file of the right size is taken for the archive until its digest, which is always computed, says otherwise; one
/// that was proven to be something else is not.
fn is_whole(archive: &Archive, here: &Here) -> bool {
    here.file == Some(archive.size) && here.proven.is_none_or(|digest| digest == archive.sha256)
}

const fn action(verdict: &Verdict, choice: Choice) -> Action {
    match verdict {
        Verdict::Current => Action::Skip,
        Verdict::Unknown if !choice.replace_unknown => Action::Blocked,
        Verdict::NotHere => Action::Blocked,
        _ => Action::Lift,
    }
}

fn legs(archive: &Archive, here: &Here, mode: Mode) -> (u64, u64) {
    let begun = here.begun.filter(|(digest, _)| *digest == archive.sha256);
    let have = if is_whole(archive, here) {
        archive.size
    } else {
        begun.map_or(0, |(_, bytes)| bytes.min(archive.size))
    };
    let sent = if begun.is_some() || have == archive.size { here.parts.min(archive.size) } else { 0 };
    let down = if mode.downloads() { archive.size - have } else { 0 };
    let up = if mode.uploads() { archive.size - sent } else { 0 };
    (down, up)
}

impl Verdict {
    /// The reason for people, one sentence in their language.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Current => say!("plan-current"),
            Self::Here => say!("plan-here"),
            Self::Partly { downloaded, uploaded } => say!(
                "plan-partly",
                downloaded = crate::words::size(*downloaded),
                uploaded = crate::words::size(*uploaded)
            ),
            Self::Missing => say!("plan-missing"),
            Self::Newer { have: Some(have) } => say!("plan-newer-than", have = crate::words::harmless(have)),
            Self::Newer { have: None } => say!("plan-newer"),
            Self::Unknown => say!("plan-unknown"),
            Self::NotHere => say!("plan-not-here"),
        }
    }
}

#[cfg(test)]
mod tests;
