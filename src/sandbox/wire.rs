//! A connection to the sandbox as it comes in: plain, or secured by TLS.
//!
//! What is said on it is the business of `serve`.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// Whoever says nothing for so long is not served.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// The first byte of a TLS handshake.
const HELLO: u8 = 22;

/// What nginx and Go's servers say, too, to those who forgot the "s".
const FORGOT_THE_S: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\ncontent-length: 56\r\n\
connection: close\r\n\r\nThe plain HTTP request was sent to an HTTPS server port\n";

/// Either kind of connection.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin {
    /// What lies below it.
    fn tcp(&self) -> &TcpStream;
}

impl Wire for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Wire for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Shakes hands; `None` for whoever does not know how, or does not trust us.
pub(super) async fn secure(stream: TcpStream, acceptor: &TlsAcceptor) -> Option<TlsStream<TcpStream>> {
    match tokio::time::timeout(HANDSHAKE, shake(stream, acceptor)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            tracing::debug!(%error, "a handshake with the sandbox failed");
            None
        }
        Err(_) => None,
    }
}

async fn shake(
    mut stream: TcpStream,
    acceptor: &TlsAcceptor,
) -> std::io::Result<Option<TlsStream<TcpStream>>> {
    let mut first = [0];
    if stream.peek(&mut first).await? == 1 && first[0] != HELLO {
        stream.write_all(FORGOT_THE_S).await?;
        // What was asked is read first: closing with unread bytes would reset the connection and take the answer with it.
        drain(&mut stream).await?;
        return Ok(None);
    }
    acceptor.accept(stream).await.map(Some)
}

/// Reads what is there, to the end or until nothing has come for a moment.
async fn drain(stream: &mut TcpStream) -> std::io::Result<()> {
    use tokio::io::AsyncReadExt as _;
    stream.shutdown().await?;
    let mut buffer = vec![0; 16 << 10];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
