//! `sandbox`: serves the embedded S3 and the embedded mirror in the foreground, and says what other programs must export.

use serde_json::{Map, Value};

use super::args;
use super::signals::Signals;
use super::{Exit, Output};
use crate::context::{SandboxFlags, sandbox_dir};
use crate::error::Result;
use crate::sandbox::{Faults, Options, Sandbox, samples_stand};
use crate::say;

/// Serves until a signal.
pub(super) async fn run(flags: args::Sandbox, global: Option<SandboxFlags>, output: &Output) -> Result<Exit> {
    let mut signals = Signals::listen()?;
    let sandbox = Sandbox::start(options(&flags, global.unwrap_or_default()).await?).await?;
    say_what_to_export(&sandbox, output);
    output.note(say!("cli-sandbox-serving"));
    signals.next().await;
    sandbox.stop().await;
    Ok(Exit::Done)
}

async fn options(flags: &args::Sandbox, global: SandboxFlags) -> Result<Options> {
    let wanted = flags.over(global);
    let faults = match &wanted.faults {
        Some(path) => Faults::read(path).await?,
        None => Faults::none(),
    };
    let dir = sandbox_dir(&wanted)?;
    Ok(Options {
        dir,
        s3_port: flags.s3_port,
        mirror_port: flags.mirror_port,
        rate: wanted.rate,
        faults,
        tls: wanted.tls,
        ..Options::default()
    })
}

/// The first start takes seconds: said before it does, so that nobody thinks it hangs.
pub(super) fn say_that_samples_are_made(wanted: Option<&SandboxFlags>, output: &Output) {
    let missing = wanted.and_then(|wanted| sandbox_dir(wanted).ok()).is_some_and(|dir| !samples_stand(&dir));
    if missing {
        output.note(say!("sandbox-samples-making"));
    }
}

impl args::Sandbox {
    /// The command's own flags are stronger than the global ones.
    pub(super) fn over(&self, global: SandboxFlags) -> SandboxFlags {
        SandboxFlags {
            dir: self.dir.clone().or(global.dir),
            rate: self.rate.or(global.rate),
            faults: self.faults.clone().or(global.faults),
            tls: self.tls || global.tls,
        }
    }
}

/// Lines that a shell can read; with `--json` one object.
fn say_what_to_export(sandbox: &Sandbox, output: &Output) {
    let environment = sandbox.environment();
    let object: Map<String, Value> =
        environment.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.clone()))).collect();
    output.event("sandbox", object);
    for (name, value) in environment {
        output.line(format!("export {name}={value}"));
    }
}
