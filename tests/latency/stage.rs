//! Where it happens: a bucket with very many keys and a mirror whose archives take a while, and a home for the program.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The bucket, and the prefix under which its many keys lie.
pub(crate) const BUCKET: &str = "many-keys";
pub(crate) const PREFIX: &str = "many/";

pub(crate) struct Stage {
    servers: Child,
    environment: Vec<(String, String)>,
    home: PathBuf,
    _dir: TempDir,
}

impl Stage {
    /// A bucket of `objects` keys, and archives of `size` MiB each.
    pub(crate) fn set(objects: u32, size: u64) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut serve = Command::new(std::env::current_exe().unwrap());
        serve.arg("--serve").arg(dir.path().join("sandbox"));
        serve.args(["--objects", &objects.to_string(), "--size", &size.to_string()]);
        let mut servers = serve.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(servers.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let environment = serde_json::from_str(&line).unwrap();
        let home = dir.path().join("home");
        fs::create_dir(&home).unwrap();
        Self { servers, environment, home, _dir: dir }
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// What the program is given: this stage and nothing else.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let home = self.home.display().to_string();
        let own = [("HOME".to_owned(), home), ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned())];
        self.environment.iter().cloned().chain(own).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // They end when nobody holds their stdin any more.
        drop(self.servers.stdin.take());
        drop(self.servers.wait());
    }
}
