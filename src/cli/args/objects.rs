//! What the commands that look into a bucket and clean it take.

use clap::{Args, ValueEnum};

/// What `ls` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Ls {
    /// A prefix such as raw/musicbrainz/, or s3://bucket/prefix; none is the top of the bucket.
    #[arg(value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// Everything below, not one level.
    #[arg(long, short)]
    pub recursive: bool,
    /// Older versions and delete markers as well.
    #[arg(long)]
    pub versions: bool,
    /// Stop after so many lines.
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
}

/// What `du` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Du {
    /// A prefix such as raw/, or s3://bucket/prefix; none is the whole bucket.
    #[arg(value_name = "PREFIX")]
    pub prefix: Option<String>,
    /// How many levels of folders are shown; all below is counted in any case.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// Older versions and delete markers as well: they are billed, too.
    #[arg(long)]
    pub versions: bool,
}

/// What `rm` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Rm {
    /// Keys, or s3://bucket/key; what lies below them stays.
    #[arg(value_name = "KEY", required_unless_present_any = ["prefix", "everything"])]
    pub keys: Vec<String>,
    /// Every key that begins so, or s3://bucket/prefix.
    #[arg(long, value_name = "PREFIX", conflicts_with_all = ["keys", "everything"])]
    pub prefix: Option<String>,
    /// Everything in the bucket.
    #[arg(long, conflicts_with = "keys")]
    pub everything: bool,
    /// All versions and delete markers as well, for good.
    #[arg(long)]
    pub versions: bool,
    /// Only this version of the one KEY, for good; may be given several times. `ls --versions --json` shows them.
    #[arg(long, value_name = "ID", requires = "keys", conflicts_with_all = ["versions", "prefix", "everything"])]
    pub version_id: Vec<String>,
    /// Only show what would go.
    #[arg(long)]
    pub dry_run: bool,
    /// The bucket's name, instead of typing it; --yes alone deletes nothing.
    #[arg(long, value_name = "BUCKET")]
    pub confirm: Option<String>,
}

/// What `uploads` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Uploads {
    /// Throw these away, with their parts.
    #[arg(long)]
    pub abort: bool,
    /// Which: keys, or S3's ids of uploads.
    #[arg(value_name = "KEY|ID", requires = "abort")]
    pub which: Vec<String>,
    /// All of them.
    #[arg(long, requires = "abort", conflicts_with = "which")]
    pub all: bool,
}

/// What `cost` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Cost {
    /// A prefix such as raw/, or s3://bucket/prefix; none is the whole bucket.
    #[arg(value_name = "PREFIX")]
    pub prefix: Option<String>,
}

/// What `restore` takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Restore {
    /// The object's key, or s3://bucket/key.
    #[arg(value_name = "KEY")]
    pub key: String,
    /// For how many days the copy can be read; default: 7.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: Option<u32>,
    /// How fast, and how dear; default: standard.
    #[arg(long, value_enum, value_name = "TIER")]
    pub tier: Option<Tier>,
}

/// How fast a restore is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tier {
    /// Minutes; not from DEEP_ARCHIVE.
    Expedited,
    /// 5 hours; from DEEP_ARCHIVE 12.
    Standard,
    /// The cheapest: 12 hours; from DEEP_ARCHIVE 48.
    Bulk,
}
