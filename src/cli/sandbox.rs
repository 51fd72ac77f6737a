//! `sandbox`: serves the embedded S3 and the embedded mirror in the foreground, and says what other programs must export.

use serde_json::{Map, Value};

use super::args::{self, Global};
use super::signals::Signals;
use super::{Exit, Output, ground};
use crate::bucket::{Connection, DEFAULT_BUCKET, Keys, Target};
use crate::context::{SandboxFlags, sandbox_dir};
use crate::error::Result;
use crate::sandbox::{Faults, Options, Sandbox, samples_stand};
use crate::say;

/// Where `--fill` puts its objects.
const FILLED: &str = "many/";

/// Serves until a signal.
pub(super) async fn run(flags: args::Sandbox, global: &Global, output: &Output) -> Result<Exit> {
    let mut signals = Signals::listen()?;
    let sandbox = Sandbox::start(options(&flags, global.sandbox().unwrap_or_default()).await?).await?;
    if flags.fill > 0 {
        fill(&sandbox, global.bucket.as_deref().unwrap_or(DEFAULT_BUCKET), flags.fill).await?;
    }
    say_what_to_export(&sandbox, output);
    output.note(say!("cli-sandbox-serving"));
    signals.next().await;
    sandbox.stop().await;
    Ok(Exit::Done)
}

/// Makes the bucket where it is missing, and fills it.
async fn fill(sandbox: &Sandbox, name: &str, count: u32) -> Result<()> {
    let keys = Keys {
        access_key_id: sandbox.access_key().to_owned(),
        secret_access_key: sandbox.secret_key().clone(),
        session_token: None,
    };
    let mut target = Target {
        endpoint_url: Some(sandbox.s3_url().to_owned()),
        region: Some(sandbox.region().to_owned()),
        keys: Some(keys),
        ..Target::default()
    };
    if let Some(ca) = sandbox.ca_file().map(std::path::PathBuf::from) {
        let trust = target.trust.clone();
        target.trust = ground::blocking(move || trust.and_file("--tls", &ca)).await?;
    }
    Connection::open(&target).await?.create(name, sandbox.region()).await?;
    sandbox.fill(name, FILLED, count).await
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
