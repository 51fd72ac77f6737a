//! moto: a second S3 that nobody here wrote.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::peers::{Kind, installed};

pub(crate) struct Moto;

impl Kind for Moto {
    const NAME: &'static str = "moto";
    const READY: &'static str = "/moto-api/";

    fn program() -> Option<PathBuf> {
        installed("moto")
    }

    fn command(program: &Path, port: u16, dir: &Path, _served: &Path) -> Command {
        let mut command = Command::new(program);
        command.args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()]).current_dir(dir);
        command
    }
}
