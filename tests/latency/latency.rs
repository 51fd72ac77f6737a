//! How long a key takes to show: `cargo run --release --example latency`.
//!
//! The real program runs in a pseudo-terminal over the sandbox's servers, which live in a process of their own. While eight archives move
//! and half a million keys are listed, keys are pressed, and for each is measured how long it took until its effect came out of the
//! terminal. Then the program is left alone, and what it costs to do nothing is measured. Figures are printed; nothing is asserted.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for those who work on this"
)]

mod frames;
mod idle;
mod journey;
#[path = "../kills/program.rs"]
mod program;
mod sample;
mod servers;
mod stage;
mod terminal;

use std::path::PathBuf;

use clap::Parser;

use sample::Times;
use stage::Stage;

/// Measures from key to frame.
#[derive(Debug, Parser)]
struct Arguments {
    /// Keys pressed on each screen.
    #[arg(long, default_value_t = 200)]
    keys: usize,
    /// Keys in the bucket that is listed.
    #[arg(long, default_value_t = 500_000)]
    objects: u32,
    /// MiB of each archive.
    #[arg(long, default_value_t = 1024)]
    size: u64,
    /// The program that is measured; without it, the one of this repository is built.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Only serves, out of this folder, until stdin ends: what the benchmark starts for itself.
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
    /// Seconds of doing nothing.
    #[arg(long, default_value_t = 20)]
    idle: u64,
}

fn main() {
    let arguments = Arguments::parse();
    if let Some(root) = &arguments.serve {
        return servers::serve(root, arguments.objects, arguments.size << 20);
    }
    let binary = arguments.program.unwrap_or_else(|| program::built("latency"));
    eprintln!(
        "filling the bucket with {} keys and the mirror with {} MiB archives …",
        arguments.objects, arguments.size
    );
    let stage = Stage::set(arguments.objects, arguments.size);
    let rows = journey::run(&stage, &binary, arguments.keys, arguments.idle);
    println!("{:<44} {:>6} {:>9} {:>9} {:>9}", "key to frame", "keys", "p50 ms", "p99 ms", "most ms");
    for (name, times) in &rows.latencies {
        println!("{name:<44} {}", figures(times));
    }
    println!("\n{:<44} {:>9} {:>9} {:>9}", "frame, on this screen", "frames", "p50 µs", "p99 µs");
    for (name, times) in &rows.frames {
        println!(
            "{name:<44} {:>9} {:>9} {:>9}",
            times.count(),
            times.at(0.5).as_micros(),
            times.at(0.99).as_micros()
        );
    }
    println!(
        "\nwhen the last key was pressed, archives {}",
        if rows.was_moving { "still moved" } else { "moved no more" }
    );
    println!("{}", rows.idle);
    println!(
        "first rows of {} keys after {:.0} ms, the last one after {:.1} s more; peak memory {} MiB",
        arguments.objects,
        rows.to_first.as_secs_f64() * 1e3,
        rows.to_last.as_secs_f64(),
        rows.peak >> 20
    );
}

fn figures(times: &Times) -> String {
    let ms = |share: f64| times.at(share).as_secs_f64() * 1e3;
    format!("{:>6} {:>9.2} {:>9.2} {:>9.2}", times.count(), ms(0.5), ms(0.99), ms(1.0))
}
