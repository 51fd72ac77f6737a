//! The two ends of the benchmark that no package gives: `cargo run --release --example ends -- discard`, or `… shape`.
//!
//! Each serves on 127.0.0.1 at a port that the system chooses, prints its address on stdout, and ends when its stdin closes.
//! What is measured, and how, is the business of `tests/bench/run`.

#![expect(clippy::print_stdout, reason = "the address is what the driver waits for")]

#[path = "ends/discard.rs"]
mod discard;
#[path = "ends/memory.rs"]
mod memory;
#[path = "ends/shape.rs"]
mod shape;
#[path = "ends/wire.rs"]
mod wire;
#[path = "ends/xml.rs"]
mod xml;

use std::error::Error;
use std::io::Read;
use std::net::SocketAddr;

use clap::Parser;
use tokio::net::TcpListener;

/// Whatever goes wrong ends the run: it is a tool for those who work on this.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The servers of the benchmark that no package gives.
#[derive(Debug, Parser)]
enum End {
    /// An S3 that answers as one and throws every byte away.
    Discard,
    /// A relay that lets all connections together pass so many bytes a second.
    Shape {
        /// Bytes/s.
        #[arg(long)]
        rate: u64,
        /// Where to relay to.
        #[arg(long)]
        to: SocketAddr,
    },
}

// One thread: a server's share of the machine is then never more than one core.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let end = End::parse();
    std::thread::spawn(end_with_stdin);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    match end {
        End::Discard => discard::serve(listener).await,
        End::Shape { rate, to } => shape::relay(listener, rate, to).await,
    }
}

/// A driver that is killed leaves no server behind.
fn end_with_stdin() {
    let mut rest = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut rest);
    std::process::exit(0);
}
