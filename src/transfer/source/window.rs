//! The ranges of one archive in order, a few in flight, each part begun as soon as there is memory for it.
//!
//! Memory is lent to parts strictly in their order, so that the part for which everything else waits always has its own.

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::mpsc;

use super::run::{Ended, Lane, stream};
use crate::error::Result;
use crate::transfer::budget::Memory;
use crate::transfer::job::Job;
use crate::transfer::part::{Run, length};
use crate::transfer::parts::{Cut, cuts};

/// The most bytes of one request, so that a part of the memory is enough to hold what comes before its turn.
const LONGEST_RUN: u64 = 16 << 20;

/// The same where there is only one connection: nothing comes before its turn.
const ALONE: u64 = 256 << 20;

/// With memory for fewer parts than this, they come one after the other.
const FEW: u64 = 4;

/// Where runs are announced to whoever takes their pieces.
pub(in crate::transfer) type Runs = mpsc::UnboundedSender<Run>;

/// Brings all from byte `from` to the end of the archive, which is cut into parts of `part_size`.
pub(in crate::transfer) async fn fetch(job: &Job, part_size: u64, from: u64, runs: Runs) -> Result<()> {
    let missing = cuts(job.archive.size, part_size).filter(|cut| cut.range.end > from);
    // Of the part in which it begins only the rest is asked for.
    let rest = |cut: Cut| Cut { range: cut.range.start.max(from)..cut.range.end, ..cut };
    let missing: Vec<Cut> = missing.map(rest).collect();
    match ranges(job, &missing, &runs).await? {
        Ended::Complete => Ok(()),
        Ended::WithoutRanges => plain(job, cuts(job.archive.size, part_size).collect(), &runs).await,
    }
}

/// Several requests at once, as far as the server sends what it is asked for.
async fn ranges(job: &Job, missing: &[Cut], runs: &Runs) -> Result<Ended> {
    let mut flying = FuturesUnordered::new();
    let mut orders = job.orders.clone();
    let one_by_one = job.budget.parts_from_socket(largest(missing)) < FEW;
    let mut rest = missing;
    while !rest.is_empty() {
        let (run, behind) = rest.split_at(parts_in_a_run(job, missing).min(rest.len()));
        rest = behind;
        // Few parts that came at the same time would wait for S3 at the same time, too, and the mirror for them.
        if one_by_one && !complete(&mut flying).await? {
            return Ok(Ended::WithoutRanges);
        }
        let begun = async {
            orders.go().await;
            job.budget.connections.enter(job.line).await
        };
        let Some(connection) = drive(begun, &mut flying).await? else { return Ok(Ended::WithoutRanges) };
        let (lane, lend) = open(run, runs);
        flying.push(stream(job, run.to_vec(), lane, true, connection));
        for cut in run {
            let memory = job.budget.memory_from_socket(length(&cut.range));
            let Some(memory) = drive(memory, &mut flying).await? else { return Ok(Ended::WithoutRanges) };
            // A run that has ended has no use for it.
            let _ended = lend.send(memory);
        }
    }
    let is_complete = complete(&mut flying).await?;
    Ok(if is_complete { Ended::Complete } else { Ended::WithoutRanges })
}

/// Waits until all runs have come to their end; `false` where one of them found that the server knows no ranges.
async fn complete(flying: &mut FuturesUnordered<impl Future<Output = Result<Ended>>>) -> Result<bool> {
    while let Some(ended) = flying.next().await {
        if ended? == Ended::WithoutRanges {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Bytes of the largest part.
fn largest(missing: &[Cut]) -> u64 {
    missing.iter().map(|cut| length(&cut.range)).max().unwrap_or(1).max(1)
}

/// One request for all, for a server that knows no ranges: it begins at the first byte, whatever is here already.
async fn plain(job: &Job, all: Vec<Cut>, runs: &Runs) -> Result<()> {
    let connection = job.budget.connections.enter(job.line).await;
    let (lane, lend) = open(&all, runs);
    let lending = async {
        for cut in &all {
            let memory = job.budget.memory_from_socket(length(&cut.range)).await;
            if lend.send(memory).is_err() {
                return;
            }
        }
    };
    let (ended, ()) = tokio::join!(stream(job, all.clone(), lane, false, connection), lending);
    ended.map(drop)
}

/// Announces a run.
fn open(run: &[Cut], runs: &Runs) -> (Lane, mpsc::UnboundedSender<Memory>) {
    let (pieces, receiver) = mpsc::unbounded_channel();
    let (lend, memory) = mpsc::unbounded_channel();
    let start = run.first().map_or(0, |cut| cut.range.start);
    // Where nobody takes pieces any more, the run notices with its first one.
    let _ended = runs.send(Run { start, pieces: receiver });
    (Lane { memory, pieces }, lend)
}

/// How many parts one request asks for: many, where there is only one connection, so that it is hardly ever idle and yet can be given
/// to another archive; else as many as may lie in memory while they wait for those before them.
fn parts_in_a_run(job: &Job, missing: &[Cut]) -> usize {
    let others = job.budget.connections.most().saturating_sub(1) as u64;
    let part = largest(missing);
    let waiting = (job.options.memory / 3).checked_div(others);
    let bytes = waiting.map_or(ALONE, |waiting| LONGEST_RUN.min(waiting));
    usize::try_from(bytes / part).unwrap_or(usize::MAX).max(1)
}

/// Waits for `ready` while the runs go on; `None` where one of them found that the server knows no ranges.
async fn drive<T>(
    ready: impl Future<Output = T>,
    flying: &mut FuturesUnordered<impl Future<Output = Result<Ended>>>,
) -> Result<Option<T>> {
    tokio::pin!(ready);
    loop {
        tokio::select! {
            value = &mut ready => return Ok(Some(value)),
            Some(ended) = flying.next(), if !flying.is_empty() => {
                if ended? == Ended::WithoutRanges {
                    return Ok(None);
                }
            }
        }
    }
}
