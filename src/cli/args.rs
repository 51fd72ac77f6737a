//! The command line as it is written: parsed only, resolved by nobody here.

mod objects;
mod settings;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use objects::{Cost, Du, Ls, Restore, Rm, Tier, Uploads};
pub(super) use settings::{Change, Settings};

use crate::config::{self, Flags};
use crate::context::SandboxFlags;

/// From no bucket at all to verified MusicBrainz and ListenBrainz dumps in S3.
///
/// Without a command it is a wizard in the terminal; every step of it is also a command.
#[derive(Debug, Clone, Parser)]
#[command(name = "brainzlift", version, about, long_about, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// The command; none is the wizard.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// The settings among them.
    #[must_use]
    pub fn flags(&self) -> Flags {
        let mode = match &self.command {
            Some(Command::Lift(lift) | Command::Plan(lift)) => lift.mode.map(Mode::setting),
            _ => None,
        };
        Flags { mode, ..self.global.flags() }
    }
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 usage, 3 credentials or permission, 4 integrity, \
                          5 interrupted and can be resumed, 6 out of space.\n\n\
                          Certificates of your own: AWS_CA_BUNDLE (besides the system's), SSL_CERT_FILE (in their \
                          place). Proxies: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.";

const VERIFY_EXIT_CODES: &str = "Exit codes: 0 all are what was published, 1 of some that cannot be told, 4 some are not, \
                                 5 interrupted; 2, 3 as everywhere.";

const RM_EXIT_CODES: &str = "Exit codes: 0 all is gone, 1 some was refused or is not there, 2 another bucket's name, 5 interrupted \
                             or not agreed to; 3 as everywhere.";
const GET_EXIT_CODES: &str = "Exit codes: 0 all are here, 1 some failed, 4 bytes are not those of the object, 5 interrupted \
                              and can be resumed, 6 out of space; 2, 3 as everywhere.";

/// What holds for every command, before or after its name.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use an S3 server and a mirror inside the program: no account, no network.
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// Where the sandbox keeps everything (implies --sandbox); default: a lasting directory in your cache.
    #[arg(long, global = true, value_name = "DIR")]
    pub sandbox_dir: Option<PathBuf>,
    /// How fast the sandbox's mirror serves archives, bytes/s; 0 is unlimited.
    #[arg(long, global = true, value_name = "BYTES", hide = true)]
    pub sandbox_rate: Option<u64>,
    /// Faults on purpose for the sandbox, a TOML file.
    #[arg(long, global = true, value_name = "FILE", hide = true)]
    pub sandbox_faults: Option<PathBuf>,
    /// Let the sandbox speak HTTPS, with a certificate of its own authority, which this program then trusts.
    #[arg(long, global = true, hide = true)]
    pub sandbox_tls: bool,
    /// The smallest part of an upload, in bytes.
    #[arg(long, global = true, value_name = "BYTES", hide = true)]
    pub part_size: Option<u64>,
    /// A profile of your AWS configuration.
    #[arg(long, global = true)]
    pub profile: Option<String>,
    /// The AWS region, such as eu-west-3.
    #[arg(long, global = true)]
    pub region: Option<String>,
    /// An S3-compatible store instead of AWS.
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// The bucket.
    #[arg(long, global = true)]
    pub bucket: Option<String>,
    /// Another mirror of the dumps: the URL of its /pub/musicbrainz/.
    #[arg(long, global = true, value_name = "URL")]
    pub mirror: Option<String>,
    /// Where archives are kept on this machine.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// How many archives move at once, 1 to 16.
    #[arg(long, global = true, value_name = "N")]
    pub archives_at_once: Option<usize>,
    /// How many parts may fly to the bucket at once at most, 1 to 64; how many do is found while they move; default: 16.
    #[arg(long, global = true, value_name = "N")]
    pub parts_at_once: Option<usize>,
    /// How many ranges are asked of the mirror at once, all archives together, 1 to 8; default: 2.
    #[arg(long, global = true, value_name = "N")]
    pub connections: Option<usize>,
    /// Memory for what is on its way, such as 128MiB (the default); at least 32MiB.
    #[arg(long, global = true, value_name = "SIZE")]
    pub memory: Option<String>,
    /// How fast archives may come from the mirror, bytes/s: 20MiB, off, or by the hour "08:00,5MiB 23:00,off".
    #[arg(long, global = true, value_name = "LIMIT")]
    pub limit_down: Option<String>,
    /// How fast they may go to S3, written likewise.
    #[arg(long, global = true, value_name = "LIMIT")]
    pub limit_up: Option<String>,
    /// The language: en or fr; default: the desktop's.
    #[arg(long, global = true)]
    pub lang: Option<String>,
    /// One JSON object a line on stdout, each with "event".
    #[arg(long, global = true)]
    pub json: bool,
    /// Ask nothing.
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// Change nothing in any bucket: whatever would is refused before it is sent.
    #[arg(long, global = true)]
    pub read_only: bool,
    /// The colours: auto, dark, light, high-contrast, 16 or none; default: auto, as the terminal is.
    #[arg(long, global = true)]
    pub theme: Option<String>,
    /// Draw with ASCII only, besides letters.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Let nothing turn or run on the screen.
    #[arg(long, global = true)]
    pub reduced_motion: bool,
    /// Leave the mouse to the terminal.
    #[arg(long, global = true)]
    pub no_mouse: bool,
    /// Leave the terminal's title alone.
    #[arg(long, global = true)]
    pub no_title: bool,
    /// Never ring the terminal's bell.
    #[arg(long, global = true)]
    pub no_bell: bool,
    /// Another settings file.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl Global {
    /// The settings among them.
    fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            profile: self.profile.clone(),
            region: self.region.clone(),
            endpoint_url: self.endpoint_url.clone(),
            bucket: self.bucket.clone(),
            mirror: self.mirror.clone(),
            data_dir: self.data_dir.clone(),
            lang: self.lang.clone(),
            archives_at_once: self.archives_at_once,
            parts_at_once: self.parts_at_once,
            connections: self.connections,
            memory: self.memory.clone(),
            limit_down: self.limit_down.clone(),
            limit_up: self.limit_up.clone(),
            mode: None,
            read_only: self.read_only,
            theme: self.theme.clone(),
            ascii: self.ascii,
            reduced_motion: self.reduced_motion,
            no_mouse: self.no_mouse,
            no_title: self.no_title,
            no_bell: self.no_bell,
        }
    }

    /// The sandbox, where one is wanted.
    #[must_use]
    pub fn sandbox(&self) -> Option<SandboxFlags> {
        let wanted = self.sandbox || self.sandbox_dir.is_some();
        wanted.then(|| SandboxFlags {
            dir: self.sandbox_dir.clone(),
            rate: self.sandbox_rate,
            faults: self.sandbox_faults.clone(),
            tls: self.sandbox_tls,
        })
    }
}

/// What can be done.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Open or create the bucket, lay it out and protect it.
    Setup(Setup),
    /// Show what can be lifted, what the mirror has, and what the bucket has.
    Datasets,
    /// Show what lift would do, and why; changes nothing.
    Plan(Lift),
    /// Bring datasets from the mirror into the bucket, verified.
    Lift(Lift),
    /// Bring datasets from the mirror to this machine, verified.
    Download(Download),
    /// Bring archives that are on this machine into the bucket, verified.
    Upload(Upload),
    /// Show the bucket, what is in it, and what can be resumed.
    Status,
    /// Look again whether what stands in the bucket is what was published; changes nothing.
    #[command(after_help = VERIFY_EXIT_CODES)]
    Verify(Verify),
    /// List what stands in the bucket: one level, or everything below.
    Ls(Ls),
    /// Count what is in the bucket, by folder and by storage class.
    Du(Du),
    /// Delete keys, a prefix or everything; shows what first, and wants the bucket's name.
    #[command(after_help = RM_EXIT_CODES)]
    Rm(Rm),
    /// Show the unfinished multipart uploads, which are billed, or throw them away.
    Uploads(Uploads),
    /// Say what the bucket costs a month, what its archive rule saves, and what getting things back costs.
    Cost(Cost),
    /// Ask for an object in GLACIER or DEEP_ARCHIVE back, or say how that stands.
    Restore(Restore),
    /// Bring objects from the bucket to this machine, checked.
    #[command(after_help = GET_EXIT_CODES)]
    Get(Get),
    /// Show the first members and lines of an archive in the bucket, without fetching it.
    Look(Look),
    /// Show every setting with its value and where it comes from; change the settings file.
    Settings(Settings),
    /// Serve the sandbox's S3 and mirror in the foreground for other programs.
    #[cfg(feature = "sandbox")]
    Sandbox(Sandbox),
}

/// What `setup` takes.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Setup {
    /// Keep old versions of objects (each of them is billed).
    #[arg(long, overrides_with = "no_versioning")]
    pub versioning: bool,
    /// Do not keep old versions.
    #[arg(long)]
    pub no_versioning: bool,
    /// Move what is under raw/ to a colder class after so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=3650))]
    pub archive_after: Option<u32>,
    /// That class.
    #[arg(long, value_name = "CLASS", value_parser = ["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"], ignore_case = true)]
    pub archive_class: Option<String>,
    /// Move nothing to a colder class; takes the rule away where there is one.
    #[arg(long, conflicts_with_all = ["archive_after", "archive_class"])]
    pub no_archive: bool,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// What `lift` and `plan` take.
#[derive(Debug, Clone, Default, Args)]
pub struct Lift {
    /// musicbrainz (the guide's four), musicbrainz/artist, listenbrainz, listenbrainz/listens, all.
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// What happens to the local file; default: keep. One that is whole already is used in either mode.
    #[arg(long, value_enum)]
    pub mode: Option<Mode>,
    /// Replace objects at an archive's key that brainzlift did not put there.
    #[arg(long)]
    pub replace: bool,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// What happens to the local file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// It stays in the data directory.
    Keep,
    /// There is none: memory is the buffer, and the disk needs no room.
    Stream,
}

impl Mode {
    /// As settings write it.
    fn setting(self) -> String {
        let same = match self {
            Self::Keep => config::Mode::Keep,
            Self::Stream => config::Mode::Stream,
        };
        same.name().to_owned()
    }
}

/// What `download` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Download {
    /// musicbrainz (the guide's four), musicbrainz/artist, listenbrainz, listenbrainz/listens, all.
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// What `upload` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Upload {
    /// The datasets; none is everything that is on the disk.
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Replace objects at an archive's key that brainzlift did not put there.
    #[arg(long)]
    pub replace: bool,
    /// Only show what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// What `verify` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Verify {
    /// The datasets; none is every archive in the bucket.
    #[arg(value_name = "DATASET")]
    pub datasets: Vec<String>,
    /// Read the objects back and compute their SHA-256 (S3 bills what leaves its region).
    #[arg(long)]
    pub deep: bool,
}

/// What `get` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Get {
    /// The objects, such as raw/musicbrainz/artist.tar.xz.
    #[arg(value_name = "KEY", required_unless_present = "prefix")]
    pub keys: Vec<String>,
    /// Everything whose key begins with this, as files and folders below it.
    #[arg(long, value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// The folder, or for one object also the file; default: the folder where you are.
    #[arg(long, value_name = "DIR|FILE")]
    pub to: Option<PathBuf>,
    /// Write over files that are there and differ.
    #[arg(long)]
    pub replace: bool,
}

/// What `look` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Look {
    /// The object, such as raw/musicbrainz/artist.tar.xz.
    #[arg(value_name = "KEY")]
    pub key: String,
    /// How many members to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub members: usize,
    /// How many lines of each to show.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub lines: usize,
    /// Only the lines of this member.
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,
}

/// What `sandbox` takes.
#[cfg(feature = "sandbox")]
#[derive(Debug, Clone, Default, Args)]
pub struct Sandbox {
    /// Where the sandbox keeps everything.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Port of the S3 server; 0 lets the system choose.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub s3_port: u16,
    /// Port of the mirror; 0 lets the system choose.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub mirror_port: u16,
    /// How fast the mirror serves archives, bytes/s; 0 is unlimited.
    #[arg(long, value_name = "BYTES")]
    pub rate: Option<u64>,
    /// Faults on purpose, a TOML file.
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// Serve HTTPS, with a certificate that the sandbox's own authority signs; where its certificate lies is printed.
    #[arg(long)]
    pub tls: bool,
    /// First put so many tiny objects under many/ into the bucket, which is made where it is missing.
    #[arg(long, value_name = "N", default_value_t = 0, hide = true)]
    pub fill: u32,
}
