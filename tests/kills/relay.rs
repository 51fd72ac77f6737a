//! A relay of TCP connections that can be taken away, as a network can: connections are cut, and new ones refused.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// On 127.0.0.1 at a port that stays the same; it ends when this is dropped.
pub(crate) struct Relay {
    address: SocketAddr,
    way: Way,
    server: Option<JoinHandle<()>>,
}

#[derive(Clone)]
struct Way {
    to: SocketAddr,
    /// Bytes after which a connection is cut, counted in the direction of answers.
    cut_after: u64,
    asked: Arc<AtomicU64>,
    answered: Arc<AtomicU64>,
}

impl Relay {
    /// Between whoever comes and the server of `url`.
    pub(crate) async fn before(url: &str) -> Self {
        Self::cutting(url, u64::MAX).await
    }

    /// The same, and no connection brings more than `bytes` of answers.
    pub(crate) async fn cutting(url: &str, bytes: u64) -> Self {
        let to = address(url);
        let (asked, answered) = Default::default();
        let way = Way { to, cut_after: bytes, asked, answered };
        let mut relay = Self { address: ([127, 0, 0, 1], 0).into(), way, server: None };
        relay.up().await;
        relay
    }

    /// `url`, as it is reached through here.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replace(&self.way.to.to_string(), &self.address.to_string())
    }

    /// Bytes of requests that have passed.
    pub(crate) fn asked(&self) -> u64 {
        self.way.asked.load(Relaxed)
    }

    /// Bytes of answers that have passed.
    pub(crate) fn answered(&self) -> u64 {
        self.way.answered.load(Relaxed)
    }

    /// Cuts every connection; from now on new ones are refused.
    pub(crate) async fn down(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            let _ended = server.await;
        }
    }

    /// Takes connections, at the port of before.
    pub(crate) async fn up(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.address = listener.local_addr().unwrap();
        self.server = Some(tokio::spawn(serve(listener, self.way.clone())));
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

fn address(url: &str) -> SocketAddr {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().parse().unwrap()
}

async fn serve(listener: TcpListener, way: Way) {
    let mut talks = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        talks.spawn(talk(stream, way.clone()));
    }
}

async fn talk(near: TcpStream, way: Way) {
    let Ok(far) = TcpStream::connect(way.to).await else { return };
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let asking = async {
        pass(near_in, far_out, u64::MAX, &way.asked).await;
        // What was asked last may still be answered.
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = asking => {}
        () = pass(far_in, near_out, way.cut_after, &way.answered) => {}
    }
}

/// Hands on what comes, at most `most` bytes of it.
async fn pass(from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, most: u64, passed: &AtomicU64) {
    let (mut from, mut buffer) = (from.take(most), vec![0; 64 << 10]);
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
        passed.fetch_add(read as u64, Relaxed);
    }
    let _gone = to.shutdown().await;
}
