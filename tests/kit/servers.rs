//! Servers whose certificate or protocol is the point; what they answer is not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A far end on 127.0.0.1; it ends when this is dropped.
pub(crate) struct Far {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    server: JoinHandle<()>,
}

/// What a far end does with a connection.
#[derive(Clone)]
enum Way {
    Https(TlsAcceptor),
    Says(&'static [u8]),
}

impl Far {
    /// Shakes hands, then answers every request with 404.
    pub(crate) async fn https(acceptor: TlsAcceptor) -> Self {
        Self::start(Way::Https(acceptor)).await
    }

    /// Answers whatever comes with these bytes.
    pub(crate) async fn saying(bytes: &'static [u8]) -> Self {
        Self::start(Way::Says(bytes)).await
    }

    async fn start(way: Way) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let server = tokio::spawn(async move {
            let mut talks = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                talks.spawn(talk(stream, way.clone()));
            }
        });
        Self { address, connections, server }
    }

    /// How often somebody connected.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn talk(stream: TcpStream, way: Way) {
    match way {
        Way::Says(bytes) => answer(stream, bytes).await,
        Way::Https(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                answer(stream, b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                    .await;
            }
        }
    }
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) {
    let mut request = vec![0; 16 << 10];
    if stream.read(&mut request).await.is_ok_and(|read| read > 0) {
        let _ = stream.write_all(bytes).await;
    }
    let _ = stream.shutdown().await;
    // Unread bytes would turn the end into a reset.
    while stream.read(&mut request).await.is_ok_and(|read| read > 0) {}
}
