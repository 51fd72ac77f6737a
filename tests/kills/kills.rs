//! Lifts that are killed with SIGKILL at random moments: `cargo run --example kills -- --kills 200 --store both --mode both`.
//!
//! The mirror, and the sandbox's store, live in this process and outlive every kill; the program that is killed is the real binary,
//! built beside this one. A line a round, a table at the end; the exit code is 1 where anything was not as it must be. `--outage 60`
//! takes the network away for so many seconds instead.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for those who work on this"
)]

#[path = "mod.rs"]
mod kit;
#[path = "../stores/peers.rs"]
mod peers;
mod program;
mod table;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use kit::outage::outage;
use kit::round::round;
use kit::stage::{Setting, Stage};
use peers::{LocalStack, Peer};
use table::Table;

/// Kills lifts at random moments, and holds what must hold afterwards.
#[derive(Debug, Parser)]
struct Arguments {
    /// How often, over all stores and modes.
    #[arg(long, default_value_t = 200)]
    kills: u32,
    /// Where the random numbers begin; printed, so that a run can be had again.
    #[arg(long)]
    seed: Option<u64>,
    /// The store that is lifted to.
    #[arg(long, value_enum, default_value_t = Store::Sandbox)]
    store: Store,
    /// What happens to the local file.
    #[arg(long, value_enum, default_value_t = Mode::Both)]
    mode: Mode,
    /// MiB of the archive.
    #[arg(long, default_value_t = 96)]
    size: u64,
    /// MiB/s of the mirror.
    #[arg(long, default_value_t = 40)]
    rate: u64,
    /// Instead of kills: no network for so many seconds in the middle of a lift, once for each store and mode.
    #[arg(long, value_name = "SECONDS")]
    outage: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Store {
    Sandbox,
    Localstack,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    Keep,
    Stream,
    Both,
}

impl Mode {
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Keep => &["keep"],
            Self::Stream => &["stream"],
            Self::Both => &["keep", "stream"],
        }
    }
}

/// A store on its stage; the other server lives as long as this.
struct Place {
    name: &'static str,
    stage: Stage,
    _peer: Option<Peer>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(|| rand::rng().random_range(0..1_000_000));
    println!("seed {seed}");
    let mut table = Table::default();
    let places = places(&arguments).await;
    let share = arguments.kills.div_ceil(u32::try_from(places.len()).unwrap());
    for place in &places {
        match arguments.outage {
            Some(seconds) => outages(place, &arguments, Duration::from_secs(seconds), &mut table).await,
            None => kills(place, &arguments, (seed, share), &mut table).await,
        }
    }
    print!("{table}");
    if table.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn places(arguments: &Arguments) -> Vec<Place> {
    let binary = program::built("kills");
    let setting = |store| Setting {
        binary: binary.clone(),
        size: arguments.size << 20,
        rate: arguments.rate << 20,
        store,
    };
    let mut places = Vec::new();
    if arguments.store != Store::Localstack {
        places.push(Place { name: "sandbox", stage: Stage::set(setting(None)).await, _peer: None });
    }
    if arguments.store != Store::Sandbox {
        let peer = Peer::start::<LocalStack>().await.unwrap_or_else(|| panic!("run .ci/install-peers first"));
        let stage = Stage::set(setting(Some(peer.url.clone()))).await;
        places.push(Place { name: "localstack", stage, _peer: Some(peer) });
    }
    places
}

async fn kills(place: &Place, arguments: &Arguments, (seed, most): (u64, u32), table: &mut Table) {
    let mut random = StdRng::seed_from_u64(seed);
    // So that most lifts are killed more than once before they arrive.
    let span = Duration::from_secs_f64(size_over_rate(arguments) * 0.7 + 0.4);
    let mut left = most;
    for (number, mode) in (1..).zip(arguments.mode.names().iter().cycle()) {
        if left == 0 {
            return;
        }
        let name = format!("kills-{number}");
        let round = round(&place.stage, &mut random, (&name, mode), left, span).await;
        left -= round.kills;
        table.add(place.name, mode, round);
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds")]
fn size_over_rate(arguments: &Arguments) -> f64 {
    arguments.size as f64 / arguments.rate.max(1) as f64
}

async fn outages(place: &Place, arguments: &Arguments, length: Duration, table: &mut Table) {
    for mode in arguments.mode.names() {
        let outage = outage(&place.stage, (&format!("outage-{mode}"), mode), length).await;
        let [down, up] = outage.retries.map(|(leg, count)| format!("{leg} {count}"));
        println!("{} {mode}: no network for {} s; tried again: {down}, {up}", place.name, length.as_secs());
        table.add(place.name, mode, outage.round);
    }
}
