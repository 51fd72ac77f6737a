//! A sandbox, a bucket, folders that go away, and short words for what the tests do with them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use brainzlift::bucket::{Bucket, Connection, Keys, Target};
use brainzlift::catalog::{self, Archive, Mirror};
use brainzlift::sandbox::faults::What as Wrong;
use brainzlift::sandbox::faults::{Fault, On};
use brainzlift::sandbox::{self, Checksums, Sandbox, Scale};
use brainzlift::transfer::{self, Choice, Ends, Fact, Mode, Options, Plan, Running, Summary, What};
use tempfile::TempDir;

/// The sample dumps take seconds to make: all tests of this binary share them.
fn samples() -> &'static Path {
    static SAMPLES: OnceLock<PathBuf> = OnceLock::new();
    SAMPLES.get_or_init(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("transfer-samples"))
}

pub(crate) struct Rig {
    pub(crate) sandbox: Sandbox,
    pub(crate) mirror: Mirror,
    pub(crate) bucket: Bucket,
    pub(crate) dir: TempDir,
}

/// What came out of a run.
pub(crate) struct Ran {
    pub(crate) summary: Summary,
    pub(crate) facts: Vec<Fact>,
}

impl Ran {
    pub(crate) fn proven(&self) -> usize {
        self.summary.proven
    }

    /// How many facts are of a kind.
    pub(crate) fn count(&self, is: impl Fn(&What) -> bool) -> usize {
        self.facts.iter().filter(|fact| is(&fact.what)).count()
    }

    /// The error with which the only archive failed.
    pub(crate) fn failure(&self) -> &brainzlift::Error {
        let failed = self.facts.iter().rev().find_map(|fact| match &fact.what {
            What::Failed { why } => Some(why),
            _ => None,
        });
        failed.unwrap_or_else(|| panic!("nothing failed: {:?}", self.facts))
    }
}

impl Rig {
    pub(crate) async fn new() -> Self {
        Self::at_rate(0).await
    }

    /// `rate` in bytes/s for all archives together; 0 is as fast as it goes.
    pub(crate) async fn at_rate(rate: u64) -> Self {
        Self::over(tempfile::tempdir().unwrap(), rate, Checksums::Checked).await
    }

    /// A store that checks less than S3 does.
    pub(crate) async fn with_checksums(checksums: Checksums) -> Self {
        Self::over(tempfile::tempdir().unwrap(), 0, checksums).await
    }

    async fn over(dir: TempDir, rate: u64, checksums: Checksums) -> Self {
        let options = sandbox::Options {
            dir: dir.path().join("sandbox"),
            samples: Some(samples().to_owned()),
            scale: Scale::Test,
            rate: Some(rate),
            checksums,
            ..sandbox::Options::default()
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let connection = Connection::open(&target(&sandbox)).await.unwrap();
        connection.create("lifted", sandbox.region()).await.unwrap();
        let bucket = connection.bucket("lifted").await.unwrap();
        let mirror = Mirror::new(sandbox.mirror_url().parse().unwrap()).unwrap();
        Self { sandbox, mirror, bucket, dir }
    }

    /// Stops the store and the mirror and starts them again, at other ports.
    pub(crate) async fn restart(self, rate: u64) -> Self {
        let Self { sandbox, dir, .. } = self;
        sandbox.stop().await;
        Self::over(dir, rate, Checksums::Checked).await
    }

    pub(crate) fn fault(&self, on: On, path: &str, what: Wrong) {
        self.sandbox.faults().add(Fault::new(on, path, what));
    }

    pub(crate) fn options(&self) -> Options {
        let (data, state) = (self.dir.path().join("data"), self.dir.path().join("state"));
        Options {
            smallest_part: transfer::SMALLEST_PART,
            stall: Duration::from_secs(2),
            ..Options::new(data, state)
        }
    }

    pub(crate) fn ends(&self) -> Ends {
        Ends { mirror: Some(self.mirror.clone()), bucket: Some(self.bucket.clone()) }
    }

    pub(crate) async fn archives(&self, words: &[&str]) -> Vec<Archive> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let datasets = catalog::choose(&words).unwrap();
        let families: Vec<_> = datasets.iter().map(|dataset| dataset.family).collect();
        let listing = self.mirror.discover(&families).await.unwrap();
        datasets.iter().map(|dataset| listing.archive(&dataset.id).unwrap().clone()).collect()
    }

    pub(crate) async fn plan(&self, words: &[&str], mode: Mode) -> Plan {
        self.plan_of(&self.archives(words).await, Choice { mode, ..Choice::default() }).await
    }

    pub(crate) async fn plan_of(&self, archives: &[Archive], choice: Choice) -> Plan {
        let options = self.options();
        let bucket = choice.mode.uploads().then_some(&self.bucket);
        let surveyed = transfer::survey(archives, bucket, &options.data_dir, &options.state_dir).await;
        let (locals, contents) = surveyed.unwrap();
        transfer::plan(archives, &locals, contents.as_ref(), choice)
    }

    pub(crate) async fn start(&self, words: &[&str]) -> Running {
        transfer::start(self.plan(words, Mode::Keep).await, &self.ends(), self.options())
    }

    /// Plans and lifts `words`, to the end.
    pub(crate) async fn lift(&self, words: &[&str]) -> Ran {
        run(self.start(words).await).await
    }

    pub(crate) async fn run(&self, plan: Plan) -> Ran {
        run(transfer::start(plan, &self.ends(), self.options())).await
    }

    /// The bytes of an object; `None` where nothing stands at `key`.
    pub(crate) async fn object(&self, key: &str) -> Option<Vec<u8>> {
        let got = self.bucket.client().get_object().bucket("lifted").key(key).send().await.ok()?;
        Some(got.body.collect().await.unwrap().to_vec())
    }

    /// The bytes of an archive as upstream has them, read without the faults of the mirror.
    pub(crate) fn published(archive: &Archive) -> Vec<u8> {
        let below = archive.url.path().trim_start_matches('/');
        let found = find(samples(), below).unwrap_or_else(|| panic!("no {below} under the samples"));
        std::fs::read(found).unwrap()
    }

    /// Every object of `archives` is there, and is what upstream published.
    pub(crate) async fn assert_identical(&self, archives: &[Archive]) {
        for archive in archives {
            let object = self.object(&archive.key()).await;
            assert!(object == Some(Self::published(archive)), "{} is not what was published", archive.key());
        }
    }

    /// Nothing is left that is billed and not shown, nor an unfinished file or journal.
    pub(crate) async fn assert_nothing_left(&self) {
        assert_eq!(self.bucket.uploads().await.unwrap(), vec![]);
        let options = self.options();
        let left =
            |folder: &Path, ending: &str| files(folder).iter().filter(|name| name.ends_with(ending)).count();
        assert_eq!(left(&options.data_dir, ".part"), 0, "an unfinished file is left");
        assert_eq!(files(&options.state_dir.join("journal")), Vec::<String>::new(), "a journal is left");
    }

    pub(crate) fn path_here(&self, archive: &Archive) -> PathBuf {
        self.options().data_dir.join(archive.key())
    }
}

pub(crate) fn target(sandbox: &Sandbox) -> Target {
    let keys = Keys {
        access_key_id: sandbox.access_key().to_owned(),
        secret_access_key: sandbox.secret_key().clone(),
        session_token: None,
    };
    Target {
        region: Some(sandbox.region().to_owned()),
        endpoint_url: Some(sandbox.s3_url().to_owned()),
        keys: Some(keys),
        ..Target::default()
    }
}

/// Waits for the end of a run, and keeps all its facts.
pub(crate) async fn run(running: Running) -> Ran {
    let mut facts = Vec::new();
    let summary = running.finish_with(|fact| facts.push(fact)).await;
    Ran { summary, facts }
}

/// The files below `folder`, by path.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let below = entries.flatten().flat_map(|entry| match entry.path() {
        path if path.is_dir() => files(&path),
        path => vec![path.display().to_string()],
    });
    below.collect()
}

fn find(folder: &Path, below: &str) -> Option<PathBuf> {
    files(folder).into_iter().find(|path| path.ends_with(below)).map(PathBuf::from)
}
