//! Walks through the members of an archive and tells what it sees, until enough was seen. Blocks: it has a thread of its own.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tar::EntryType;
use tokio::sync::mpsc;

use super::Wanted;
use super::packing::{self, Packing, peek};
use super::seen::{Ended, Kind, Member, Seen};
use super::source::Told;
use super::stream::{Incoming, Meter, Metered, Stop, Why};
use super::text::{Text, lines};
use crate::error::{Error, Kind as Trouble, Result};
use crate::say;
use crate::words::{harmless, size};

/// A block of a tar.
const BLOCK: usize = 512;
/// What describes one member may take no more: long names are read into memory.
const LONGEST_HEADER: u64 = 1 << 20;

/// How the walk ended, where nothing was in its way.
enum Walk {
    /// All of the archive was gone through.
    Whole,
    /// All that was wanted was seen, or nobody listens any more.
    Enough,
    /// Going on would take more than is allowed.
    TooMuch,
}

/// Unpacks what comes over `queue` and tells what it sees.
pub(super) fn unpack(
    wanted: &Wanted,
    queue: mpsc::Receiver<Told>,
    seen: &mpsc::Sender<Seen>,
    read: &AtomicU64,
) -> Result<Ended> {
    let why = Why::default();
    let mut unpacker = Unpacker {
        wanted,
        seen,
        meter: Meter::new(wanted.most_unpacked, why.clone()),
        members: 0,
        size: 0,
        found: false,
    };
    let walked = unpacker.walk(Incoming::new(queue, why.clone()));
    let (is_whole, is_limited) = match (walked, why.take()) {
        (_, Stop::Failed(error)) | (Ok(Err(error)), _) => return Err(error),
        (Ok(Ok(Walk::Whole)), _) => (true, false),
        (Ok(Ok(Walk::TooMuch)), _) | (Err(_), Stop::Limit) => (false, true),
        (Ok(Ok(Walk::Enough)), _) | (Err(_), Stop::Stopped) => (false, false),
        (Err(error), Stop::No) => return Err(unpacker.damaged(&error)),
    };
    let ended = Ended {
        members: unpacker.members,
        read: read.load(Relaxed),
        size: unpacker.size,
        is_whole,
        is_limited,
    };
    unpacker.missing(&ended).map_or(Ok(ended), Err)
}

struct Unpacker<'a> {
    wanted: &'a Wanted,
    seen: &'a mpsc::Sender<Seen>,
    meter: Meter,
    members: usize,
    size: u64,
    /// Whether the member that was named came by.
    found: bool,
}

impl Unpacker<'_> {
    fn walk(&mut self, mut incoming: Incoming) -> io::Result<Result<Walk>> {
        self.size = incoming.size()?;
        let (packing, unpacked) = match packing::open(incoming)? {
            Ok(opened) => opened,
            Err(foreign) => return Ok(Err(self.unsupported(foreign))),
        };
        let (first, unpacked) = peek(Metered::new(unpacked, self.meter.clone()), BLOCK)?;
        let is_tar = is_tar(&first);
        if let Some(error) = self.broken_promise(packing, is_tar) {
            return Ok(Err(error));
        }
        if !self.tell(Seen::Opened { size: self.size, packing, is_tar }) {
            return Ok(Ok(Walk::Enough));
        }
        if is_tar { self.members(unpacked).map(Ok) } else { self.single(packing, unpacked).map(Ok) }
    }

    /// Whether somebody still listens.
    fn tell(&self, seen: Seen) -> bool {
        self.seen.blocking_send(seen).is_ok()
    }

    /// The members of a tar.
    fn members(&mut self, unpacked: impl Read) -> io::Result<Walk> {
        let mut archive = tar::Archive::new(unpacked);
        let walk = self.entries(&mut archive)?;
        if matches!(walk, Walk::Whole) {
            // The checksum of a stream stands behind its last byte.
            io::copy(&mut archive.into_inner(), &mut io::sink())?;
        }
        Ok(walk)
    }

    fn entries(&mut self, archive: &mut tar::Archive<impl Read>) -> io::Result<Walk> {
        let mut entries = archive.entries()?;
        loop {
            self.meter.begin_header(LONGEST_HEADER);
            let entry = entries.next();
            self.meter.end_header();
            let Some(mut entry) = entry.transpose()? else { return Ok(Walk::Whole) };
            self.members += 1;
            let member = describe(self.members, &entry);
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let is_file = member.kind == Kind::File;
            if !self.tell(Seen::Member(member)) {
                return Ok(Walk::Enough);
            }
            let is_meant = self.wanted.member.as_ref().is_none_or(|wanted| is_same(wanted, &name));
            if is_meant && is_file && !self.lines(&mut entry)? {
                return Ok(Walk::Enough);
            }
            self.found |= is_meant;
            if self.is_enough(is_meant) {
                return Ok(Walk::Enough);
            }
            // What is left of it lies before the next one.
            if !self.meter.has_room(entry.size()) {
                return Ok(Walk::TooMuch);
            }
            io::copy(&mut entry, &mut io::sink())?;
        }
    }

    fn is_enough(&self, is_meant: bool) -> bool {
        match self.wanted.member {
            Some(_) => is_meant,
            None => self.members >= self.wanted.members,
        }
    }

    /// An object that is no tar is its own only member.
    fn single(&mut self, packing: Packing, unpacked: impl Read) -> io::Result<Walk> {
        let name = self.wanted.key.rsplit('/').next().unwrap_or_default();
        let name = if packing == Packing::None {
            name
        } else {
            name.rsplit_once('.').map_or(name, |(stem, _)| stem)
        };
        self.members = 1;
        let size = (packing == Packing::None).then_some(self.size);
        let member = Member { number: 1, name: harmless(name), size, kind: Kind::File };
        self.found = self.wanted.member.as_ref().is_none_or(|wanted| is_same(wanted, name));
        if self.tell(Seen::Member(member)) && self.found {
            self.lines(unpacked)?;
        }
        Ok(Walk::Enough)
    }

    /// The first lines of a member; `false` where nobody listens any more.
    fn lines(&self, member: impl Read) -> io::Result<bool> {
        if self.wanted.lines == 0 {
            return Ok(true);
        }
        let tell = |text, is_cut| self.tell(Seen::Line { text, is_cut });
        Ok(match lines(member, self.wanted.lines, self.wanted.line_bytes.max(1), tell)? {
            Text::Binary => self.tell(Seen::Binary),
            Text::Lines(_) => !self.seen.is_closed(),
        })
    }

    /// The error where the name says one thing and the bytes say another.
    fn broken_promise(&self, packing: Packing, is_tar: bool) -> Option<Error> {
        let (promised, tar) = Packing::promised(&self.wanted.key)?;
        // An empty object holds nothing that could be wrong, and nothing of what it promises either.
        let is_kept = packing == promised && (is_tar || !tar);
        let name = if tar { format!("tar {}", promised.name()) } else { promised.name().to_owned() };
        (!is_kept)
            .then(|| self.trouble(Trouble::Fatal).because(say!("inside-no-archive", format = name.trim())))
    }

    fn unsupported(&self, foreign: &str) -> Error {
        self.trouble(Trouble::Unsupported)
            .because(say!("inside-unsupported", format = foreign))
            .hint(say!("inside-unsupported-hint"))
    }

    /// Bytes that cannot be unpacked.
    fn damaged(&self, error: &io::Error) -> Error {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return self
                .trouble(Trouble::Fatal)
                .because(say!("inside-truncated"))
                .hint(say!("inside-damaged-hint"));
        }
        self.trouble(Trouble::Fatal)
            .because(say!("inside-damaged", why = error.to_string()))
            .hint(say!("inside-damaged-hint"))
    }

    /// The member that was named did not come by.
    fn missing(&self, ended: &Ended) -> Option<Error> {
        let name =
            self.wanted.member.as_ref().filter(|_| !self.found && (ended.is_whole || ended.is_limited))?;
        let error = Error::new(
            Trouble::NotFound,
            say!("inside-no-member", member = harmless(name), key = harmless(&self.wanted.key)),
        );
        Some(if ended.is_whole {
            error
        } else {
            error.because(say!(
                "inside-not-reached",
                bytes = size(ended.read),
                members = ended.members.to_string()
            ))
        })
    }

    fn trouble(&self, kind: Trouble) -> Error {
        let uri = harmless(&self.wanted.bucket.uri(&self.wanted.key));
        Error::new(kind, say!("inside-cannot-look", uri = uri))
    }
}

fn describe<R: Read>(number: usize, entry: &tar::Entry<'_, R>) -> Member {
    let kind = match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => Kind::File,
        EntryType::Directory => Kind::Folder,
        EntryType::Link | EntryType::Symlink => Kind::Link,
        _ => Kind::Other,
    };
    let name = harmless(&String::from_utf8_lossy(&entry.path_bytes()));
    Member { number, name, size: Some(entry.size()), kind }
}

/// Whether a member is the one that was named: by its path, as it is or as it is shown, or by its last name.
fn is_same(wanted: &str, name: &str) -> bool {
    let name = name.trim_start_matches("./");
    let wanted = wanted.trim_start_matches("./");
    wanted == name || wanted == harmless(name) || name.rsplit('/').next() == Some(wanted)
}

/// Whether these first bytes are a tar's: its header carries a sum of itself.
fn is_tar(first: &[u8]) -> bool {
    let Ok(block) = <&[u8; BLOCK]>::try_from(first) else { return false };
    let header = tar::Header::from_byte_slice(block);
    let sum = |range: std::ops::Range<usize>| block[range].iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let is_empty = block.iter().all(|byte| *byte == 0);
    is_empty || header.cksum().is_ok_and(|noted| noted == sum(0..148) + 8 * 32 + sum(156..BLOCK))
}
