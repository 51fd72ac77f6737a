//! Writing the sample dumps to a folder: the archives on all cores, then what is published about them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha2::{Digest, Sha256};

use super::layout::{JSON, JSON_DUMPS, Planned, Published, archives};
use super::random::Random;
use super::{Scale, archive};

/// An archive that is written, and its digests in hexadecimal.
struct Made {
    planned: Planned,
    sha256: String,
    md5: String,
}

/// A folder that is being filled.
struct Folder {
    base: PathBuf,
}

/// Writes all sample dumps below `root`, which becomes the folder to serve.
pub(super) fn all(root: &Path, scale: Scale) -> io::Result<()> {
    let folder = Folder { base: root.join("pub/musicbrainz") };
    let mut planned = archives(scale);
    // The longest first, so that no core is left alone with it.
    planned.sort_by_key(|archive| archive.bytes);
    let mut made = on_all_cores(planned, |planned| folder.archive(planned))?;
    made.sort_by(|a, b| (&a.planned.folder, &a.planned.name).cmp(&(&b.planned.folder, &b.planned.name)));
    made.iter().try_for_each(|made| folder.beside(made))?;
    folder.sums(&made)?;
    folder.latest()?;
    folder.date_folders(&made)
}

/// Does `work` to all `jobs`, the last first, on every core.
fn on_all_cores<T: Send, R: Send>(
    jobs: Vec<T>,
    work: impl Fn(T) -> io::Result<R> + Sync,
) -> io::Result<Vec<R>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(jobs.len().max(1));
    let jobs = Mutex::new(jobs);
    let next = || jobs.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let worker = || std::iter::from_fn(next).map(&work).collect::<io::Result<Vec<R>>>();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let done = workers.into_iter().map(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a thread that made sample dumps panicked")))
        });
        done.collect::<io::Result<Vec<_>>>().map(|lists| lists.into_iter().flatten().collect())
    })
}

impl Folder {
    /// Writes an archive.
    fn archive(&self, planned: Planned) -> io::Result<Made> {
        let bytes = archive::pack(&planned)?;
        self.file(&planned.folder, &planned.name, &bytes, &planned.made)?;
        let (sha256, md5) = (hex::encode(Sha256::digest(&bytes)), hex::encode(Md5::digest(&bytes)));
        Ok(Made { planned, sha256, md5 })
    }

    /// Writes what is published beside an archive.
    fn beside(&self, made: &Made) -> io::Result<()> {
        let Planned { folder, name, made: time, published, .. } = &made.planned;
        if *published == Published::InFolder {
            return self.signature(folder, name, time);
        }
        if *published == Published::Beside {
            self.file(folder, &format!("{name}.sha256"), made.sha256.as_bytes(), time)?;
        }
        self.file(folder, &format!("{name}.md5"), made.md5.as_bytes(), time)
    }

    /// Writes the checksum files of the folders that have them, with their signatures.
    fn sums(&self, made: &[Made]) -> io::Result<()> {
        let mut folders: BTreeMap<&str, Vec<&Made>> = BTreeMap::new();
        for made in made.iter().filter(|made| made.planned.published == Published::InFolder) {
            folders.entry(&made.planned.folder).or_default().push(made);
        }
        for (folder, made) in folders {
            let Some(time) = made.first().map(|made| &made.planned.made) else { continue };
            let lines = |digest: fn(&Made) -> &str| {
                let line = |made: &&Made| {
                    format!(
                        "{} *{}
",
                        digest(made),
                        made.planned.name
                    )
                };
                made.iter().map(line).collect::<Vec<_>>().concat()
            };
            self.file(folder, "SHA256SUMS", lines(|made| &made.sha256).as_bytes(), time)?;
            self.file(folder, "MD5SUMS", lines(|made| &made.md5).as_bytes(), time)?;
            self.signature(folder, "SHA256SUMS", time)?;
            self.signature(folder, "MD5SUMS", time)?;
        }
        Ok(())
    }

    /// Writes `LATEST` and the marker of completion.
    fn latest(&self) -> io::Result<()> {
        let (stamp, time) = JSON_DUMPS[JSON_DUMPS.len() - 1];
        self.file(JSON, "LATEST", format!("{stamp}\n").as_bytes(), time)?;
        self.file(JSON, &format!("latest-is-{stamp}"), b"", time)
    }

    /// Writes a signature that looks like one and proves nothing.
    fn signature(&self, folder: &str, name: &str, time: &str) -> io::Result<()> {
        let mut random = Random::of(&format!("{folder}/{name}.asc"));
        let bytes: Vec<u8> = (0..70).flat_map(|_| random.next().to_le_bytes()).collect();
        let encoded = STANDARD.encode(&bytes[..556]);
        let body: Vec<&str> =
            (0..encoded.len()).step_by(64).map(|at| &encoded[at..encoded.len().min(at + 64)]).collect();
        let sum = STANDARD.encode(&bytes[556..559]);
        let text = format!(
            "-----BEGIN PGP SIGNATURE-----\n\n{}\n={sum}\n-----END PGP SIGNATURE-----\n",
            body.join("\n")
        );
        self.file(folder, &format!("{name}.asc"), text.as_bytes(), time)
    }

    fn file(&self, folder: &str, name: &str, bytes: &[u8], time: &str) -> io::Result<()> {
        let folder = self.base.join(folder);
        fs::create_dir_all(&folder)?;
        let path = folder.join(name);
        fs::write(&path, bytes)?;
        File::options().write(true).open(path)?.set_modified(clock(time))
    }

    /// Gives each dump's folder the time of its archives, and the folders above that of their newest one.
    fn date_folders(&self, made: &[Made]) -> io::Result<()> {
        let mut times: BTreeMap<PathBuf, &str> = BTreeMap::new();
        for made in made {
            let folder = self.base.join(&made.planned.folder);
            for above in folder.ancestors().take_while(|above| above.starts_with(&self.base)) {
                let time = times.entry(above.to_owned()).or_default();
                *time = (*time).max(&made.planned.made);
            }
        }
        // Not every system lets a folder be dated; it only looks better.
        times.iter().try_for_each(|(folder, time)| match File::open(folder) {
            Ok(folder) => folder.set_modified(clock(time)),
            Err(_) => Ok(()),
        })
    }
}

fn clock(time: &str) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(archive::seconds(time))
}
