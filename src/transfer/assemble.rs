//! The one thread through which all bytes of an archive pass in order: digests, the local file, and the parts that are made of them.
//!
//! Pieces stay as they came. Where they come from is the business of `source`; where parts go, of `upload`.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::budget::Memory;
use super::checkpoint::Teller;
use super::digest::Digests;
use super::gate::Gate;
use super::job::Job;
use super::part::{Content, Part, Piece, Run};
use super::parts::{Cut, cuts};
use super::{Progress, disk, trouble};
use crate::error::{Error, Kind, Result};
use crate::say;

/// Pieces that are taken from a run at once.
const PIECES: usize = 64;
/// How often the middle of a part is told, so that on a slow line a crash costs no more than this.
const TELL: Duration = Duration::from_millis(50);

/// The local file that is being written.
#[derive(Debug, Clone)]
pub(super) struct Local {
    pub(super) file: Arc<File>,
    pub(super) path: PathBuf,
}

impl Local {
    /// Opens the unfinished file at `path` and cuts off what is behind `from`, which nothing speaks of. Blocks.
    pub(super) fn open(path: PathBuf, from: u64) -> Result<Self> {
        let io = |error| trouble::disk(&path, error);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = options.map_err(io)?;
        file.set_len(from).map_err(io)?;
        Ok(Self { file: Arc::new(file), path })
    }
}

/// Where finished parts go, and how many of them wait there in memory.
#[derive(Debug, Clone)]
pub(super) struct Outlet {
    pub(super) parts: mpsc::UnboundedSender<Part>,
    pub(super) waiting: Arc<AtomicUsize>,
    pub(super) gate: Arc<Gate>,
}

impl Outlet {
    /// Hands a part on. Where the file has it too and enough of them wait already, its memory is given to others.
    fn push(&self, mut part: Part, is_in_file: bool) {
        if is_in_file && self.waiting.load(Relaxed) > self.gate.limit() {
            part.content = Content::InFile;
        }
        self.waiting.fetch_add(usize::from(part.is_held()), Relaxed);
        // An upload that has failed takes nothing any more; its error is told elsewhere.
        let _ended = self.parts.send(part);
    }
}

/// What becomes of the bytes.
#[derive(Debug, Default)]
pub(super) struct Outlets {
    /// The local file, in the modes that keep one.
    pub(super) local: Option<Local>,
    /// The upload leg, where there is one.
    pub(super) upload: Option<Outlet>,
    /// Who is told what is written.
    pub(super) teller: Option<Teller>,
}

/// The thread's state.
pub(super) struct Assembler {
    digests: Digests,
    cuts: std::iter::Peekable<Box<dyn Iterator<Item = Cut> + Send>>,
    pieces: Vec<Bytes>,
    memory: Option<Memory>,
    outlets: Outlets,
    progress: Arc<Progress>,
    line: usize,
    /// When the middle of a part was told last.
    told_at: Instant,
    /// Whether the part under way was begun by an earlier run: memory has only the rest of it.
    is_headless: bool,
    /// Whether bytes come from the mirror, so that passing here means that they were downloaded.
    is_download: bool,
}

impl Assembler {
    /// Goes on behind the bytes that `digests` have seen, in parts of `part_size`.
    pub(super) fn new(
        job: &Job,
        digests: Digests,
        part_size: u64,
        outlets: Outlets,
        is_download: bool,
    ) -> Self {
        let from = digests.bytes();
        let cuts: Box<dyn Iterator<Item = Cut> + Send> =
            Box::new(cuts(job.archive.size, part_size).filter(move |cut| cut.range.end > from));
        let progress = Arc::clone(&job.progress);
        let (pieces, memory) = (Vec::new(), None);
        let cuts = cuts.peekable();
        let (told_at, is_headless) = (Instant::now(), digests.border() < from);
        let line = job.line;
        let assembler = Self {
            digests,
            cuts,
            pieces,
            memory,
            outlets,
            progress,
            line,
            told_at,
            is_headless,
            is_download,
        };
        assembler.report();
        assembler.progress.here_until(line, part_size, from);
        assembler
    }

    /// Takes the pieces of all `runs`; gives the digests of as much as came. Blocks.
    pub(super) fn run(mut self, mut runs: mpsc::UnboundedReceiver<Run>) -> Result<Digests> {
        let mut pieces = Vec::with_capacity(PIECES);
        while let Some(mut run) = runs.blocking_recv() {
            let mut at = run.start;
            while run.pieces.blocking_recv_many(&mut pieces, PIECES) > 0 {
                for piece in pieces.drain(..) {
                    let length = piece.bytes.len() as u64;
                    self.take(at, piece)?;
                    at += length;
                }
            }
        }
        // Whatever ended it, what is on the disk is worth keeping.
        self.tell_middle();
        Ok(self.digests)
    }

    /// Takes the piece that lies at `at`: what was there before is passed over, what leaves a gap is of no use.
    pub(super) fn take(&mut self, at: u64, mut piece: Piece) -> Result<()> {
        let position = self.digests.bytes();
        let over = position.saturating_sub(at).min(piece.bytes.len() as u64);
        let bytes = piece.bytes.split_off(usize::try_from(over).unwrap_or(usize::MAX));
        if bytes.is_empty() || at > position {
            return Ok(());
        }
        if let Some(local) = &self.outlets.local {
            disk::write_at(&local.file, &bytes, position)
                .map_err(|error| trouble::disk(&local.path, error))?;
        }
        self.digests.update(&bytes);
        self.memory = piece.memory.or(self.memory.take());
        if self.outlets.upload.is_some() && !self.is_headless {
            self.pieces.push(bytes);
        }
        self.report();
        let is_whole = self.cuts.peek().is_some_and(|cut| cut.range.end == self.digests.bytes());
        if is_whole {
            return self.finish_part();
        }
        if self.told_at.elapsed() >= TELL {
            self.tell_middle();
        }
        Ok(())
    }

    /// Tells how far the part is that is under way, where a file keeps it.
    fn tell_middle(&mut self) {
        self.told_at = Instant::now();
        if let Some(teller) = &self.outlets.teller {
            // Whoever keeps the journal and could not says so at the end of a part.
            let _ended = teller.reached(self.digests.save());
        }
    }

    /// The digests of all that was taken.
    pub(super) fn into_digests(self) -> Digests {
        self.digests
    }

    /// Bytes that were taken.
    pub(super) const fn position(&self) -> u64 {
        self.digests.bytes()
    }

    fn finish_part(&mut self) -> Result<()> {
        let Some(cut) = self.cuts.next() else { return Ok(()) };
        self.progress.part_here(self.line, cut.number);
        let crc64nvme = self.digests.end_part();
        let digests = self.digests.save();
        let is_kept = self.outlets.teller.as_ref().is_none_or(|teller| teller.reached(digests.clone()));
        let held = Content::Held(std::mem::take(&mut self.pieces), self.memory.take());
        let content = if std::mem::take(&mut self.is_headless) { Content::InFile } else { held };
        if let Some(upload) = &self.outlets.upload {
            // A file that is only read has its parts too, but they are here already.
            let is_in_file = self.is_download && self.outlets.local.is_some();
            upload.push(Part { cut, crc64nvme, digests, content }, is_in_file);
        }
        // What the keeper of the journal met is told when it is ended.
        if is_kept { Ok(()) } else { Err(Error::new(Kind::Fatal, say!("transfer-disk-gone"))) }
    }

    fn report(&self) {
        let bytes = self.digests.bytes();
        if self.is_download {
            self.progress.set_downloaded(self.line, bytes);
        }
        self.progress.set_hashed(self.line, bytes);
    }
}
