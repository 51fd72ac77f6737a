//! A TCP relay in front of a server: whoever is behind it, each byte of either direction passes at one common rate.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use crate::Result;

/// Bytes that are relayed at once; small against what passes in a millisecond at any rate that is worth a benchmark.
const PIECE: usize = 64 << 10;
/// How far behind the clock the line may stay without losing its claim: coarse timers then cost no throughput.
const SLACK: Duration = Duration::from_millis(10);

/// Relays every connection of `listener` to `to`, all of them together at `rate` bytes/s.
pub(crate) async fn relay(listener: TcpListener, rate: u64, to: SocketAddr) -> Result<()> {
    let line = Line { rate: rate.max(1), free_at: Arc::new(Mutex::new(Instant::now())) };
    loop {
        let (client, _) = listener.accept().await?;
        let line = line.clone();
        tokio::spawn(async move {
            let Ok(server) = TcpStream::connect(to).await else { return };
            let _ = client.set_nodelay(true);
            let _ = server.set_nodelay(true);
            let ((from_client, to_client), (from_server, to_server)) =
                (client.into_split(), server.into_split());
            tokio::join!(carry(from_client, to_server, &line), carry(from_server, to_client, &line));
        });
    }
}

/// One direction of one connection, to its end.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, line: &Line) {
    let mut piece = vec![0; PIECE];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        line.pass(length).await;
        if to.write_all(&piece[..length]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}

/// The line that all connections share.
#[derive(Clone)]
struct Line {
    /// Bytes/s.
    rate: u64,
    /// When the last piece that was let in has passed.
    free_at: Arc<Mutex<Instant>>,
}

impl Line {
    /// Waits until `bytes` more have had their time on the line.
    async fn pass(&self, bytes: usize) {
        tokio::time::sleep_until(self.reserve(bytes)).await;
    }

    fn reserve(&self, bytes: usize) -> Instant {
        let lasts = Duration::from_nanos(bytes as u64 * 1_000_000_000 / self.rate);
        let now = Instant::now();
        let earliest = now.checked_sub(SLACK).unwrap_or(now);
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        *free_at = (*free_at).max(earliest) + lasts;
        *free_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn all_connections_together_pass_at_one_rate() {
        let line = Line { rate: 1_000_000, free_at: Arc::new(Mutex::new(Instant::now())) };
        let began = Instant::now();
        let send = async || {
            for _ in 0..10 {
                line.pass(100_000).await;
            }
        };
        tokio::join!(send(), send());
        let took = began.elapsed();
        assert!(took.abs_diff(Duration::from_secs(2)) <= 2 * SLACK, "{took:?}");
    }

    #[tokio::test]
    async fn what_goes_in_on_one_side_comes_out_on_the_other() {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (to, at) = (server.local_addr().unwrap(), listener.local_addr().unwrap());
        tokio::spawn(relay(listener, 100_000_000, to));
        let mut client = TcpStream::connect(at).await.unwrap();
        client.write_all(b"question").await.unwrap();
        client.shutdown().await.unwrap();
        let (mut accepted, _) = server.accept().await.unwrap();
        let (mut asked, mut answered) = (String::new(), String::new());
        accepted.read_to_string(&mut asked).await.unwrap();
        accepted.write_all(b"answer").await.unwrap();
        drop(accepted);
        client.read_to_string(&mut answered).await.unwrap();
        assert_eq!((asked.as_str(), answered.as_str()), ("question", "answer"));
    }
}
