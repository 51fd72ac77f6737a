//! A rate in bytes/s that all connections of the mirror share.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How far behind the clock the bucket may stay without losing its claim, so that coarse timers cost no throughput.
const SLACK: Duration = Duration::from_millis(20);

/// How many pieces a second a connection at full rate is given, so that gauges move smoothly.
const PIECES_PER_SECOND: u64 = 50;

/// The largest piece, in bytes, and the size of pieces where there is no limit.
const LARGEST: u64 = 128 * 1024;

/// A rate limit: a piece passes when the time that it takes at this rate is over. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    /// 0 is no limit.
    bytes_per_second: u64,
    /// When the last piece that was let in has passed.
    free_at: Arc<Mutex<Option<Instant>>>,
}

impl Rate {
    /// A limit in bytes/s; 0 is none.
    pub(super) fn new(bytes_per_second: u64) -> Self {
        Self { bytes_per_second, free_at: Arc::default() }
    }

    /// How many bytes to ask for at once.
    pub(super) fn piece(&self) -> u64 {
        match self.bytes_per_second {
            0 => LARGEST,
            rate => (rate / PIECES_PER_SECOND).clamp(1024, LARGEST),
        }
    }

    /// Waits until `bytes` more may pass.
    pub(super) async fn pass(&self, bytes: u64) {
        if self.bytes_per_second > 0 {
            tokio::time::sleep_until(self.reserve(bytes)).await;
        }
    }

    /// Takes the next free stretch of time for `bytes`; gives back its end.
    fn reserve(&self, bytes: u64) -> Instant {
        let nanos = u128::from(bytes) * 1_000_000_000 / u128::from(self.bytes_per_second);
        let lasts = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
        let now = Instant::now();
        let earliest = now.checked_sub(SLACK).unwrap_or(now);
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let end = free_at.unwrap_or(now).max(earliest) + lasts;
        *free_at = Some(end);
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn send(rate: Rate, bytes: u64) {
        let mut left = bytes;
        while left > 0 {
            let piece = rate.piece().min(left);
            rate.pass(piece).await;
            left -= piece;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_holds_for_all_connections_together() {
        let rate = Rate::new(1_000_000);
        let start = Instant::now();
        tokio::join!(send(rate.clone(), 3_000_000), send(rate.clone(), 1_000_000), send(rate, 1_000_000));
        let took = start.elapsed().as_secs_f64();
        assert!((4.9..5.1).contains(&took), "{took}");
    }

    #[tokio::test(start_paused = true)]
    async fn connections_share_it_evenly() {
        let rate = Rate::new(1_000_000);
        let start = Instant::now();
        let small = async {
            send(rate.clone(), 500_000).await;
            start.elapsed().as_secs_f64()
        };
        let (took, ()) = tokio::join!(small, send(rate.clone(), 5_000_000));
        assert!((0.9..1.1).contains(&took), "{took}");
    }

    #[tokio::test(start_paused = true)]
    async fn idle_time_is_not_saved_up() {
        let rate = Rate::new(1_000_000);
        send(rate.clone(), 1_000).await;
        tokio::time::sleep(Duration::from_secs(100)).await;
        let start = Instant::now();
        send(rate, 1_000_000).await;
        assert!(start.elapsed() > Duration::from_millis(950));
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_nothing_waits() {
        let start = Instant::now();
        send(Rate::new(0), 1 << 40).await;
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
