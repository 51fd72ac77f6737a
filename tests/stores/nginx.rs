//! Stock nginx as a mirror, and nginx as it is met: without ranges, and slow.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::peers::Kind;

/// As it comes.
pub(crate) struct Nginx;
/// It answers every request with the whole file.
pub(crate) struct WithoutRanges;
/// 3 MB/s, whatever the line could bear.
pub(crate) struct Slow;

impl Kind for Nginx {
    const NAME: &'static str = "nginx";
    const READY: &'static str = READY;

    fn program() -> Option<PathBuf> {
        program()
    }

    fn command(program: &Path, port: u16, dir: &Path, served: &Path) -> Command {
        command(program, port, (dir, served), "")
    }
}

impl Kind for WithoutRanges {
    const NAME: &'static str = "nginx";
    const READY: &'static str = READY;

    fn program() -> Option<PathBuf> {
        program()
    }

    fn command(program: &Path, port: u16, dir: &Path, served: &Path) -> Command {
        command(program, port, (dir, served), "max_ranges 0;")
    }
}

impl Kind for Slow {
    const NAME: &'static str = "nginx";
    const READY: &'static str = READY;

    fn program() -> Option<PathBuf> {
        program()
    }

    fn command(program: &Path, port: u16, dir: &Path, served: &Path) -> Command {
        // Of each of the two connections that are the default.
        command(program, port, (dir, served), "limit_rate 1500k;")
    }
}

const READY: &str = "/pub/musicbrainz/";

fn program() -> Option<PathBuf> {
    ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

/// Serves `served` with `extra` in its configuration.
fn command(program: &Path, port: u16, (dir, served): (&Path, &Path), extra: &str) -> Command {
    let (own, served) = (dir.display(), served.display());
    let places: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {own}/{name};"))
        .concat();
    // One process, so that ending it ends all of it.
    let config = format!(
        "daemon off; master_process off; pid {own}/pid; error_log {own}/error.log; events {{}}\n\
         http {{ access_log off; {extra} {places} \
         server {{ listen 127.0.0.1:{port}; root {served}; autoindex on; }} }}\n"
    );
    std::fs::write(dir.join("nginx.conf"), config).unwrap();
    let mut command = Command::new(program);
    command.arg("-p").arg(dir).arg("-c").arg(dir.join("nginx.conf")).arg("-e").arg(dir.join("error.log"));
    command
}
