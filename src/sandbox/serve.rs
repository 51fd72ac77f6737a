//! The accept loop that both servers of the sandbox run.
//!
//! Here lives HTTP/1.1 with keep-alive on a listener, plain or over TLS, and the two ways to hang up on purpose. What is answered is
//! the business of the service that is handed in.

use std::future::poll_fn;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::body::{Body, BoxError};
use super::wire::{self, Wire};

/// A way to end a connection without a proper answer: returned as the error of a service or of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hangup {
    /// The peer gets a TCP reset.
    #[error("connection reset on purpose")]
    Reset,
    /// The peer sees an orderly end of the connection, in the middle of whatever it was reading.
    #[error("connection closed on purpose")]
    Close,
}

/// How long to wait after a failed `accept`, so that a lack of file descriptors does not become a busy loop.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(50);

/// Bytes of a connection that are read ahead: enough for any request's head, little enough for hundreds of uploads at once.
const READ_AHEAD: usize = 64 << 10;

/// Serves `service` on `listener`, over TLS where `tls` is given, until `shutdown`; every connection ends with it.
pub async fn serve<S>(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: S,
    shutdown: CancellationToken,
) where
    S: Service<Request<Incoming>, Response = Response<Body>> + Clone + Send + 'static,
    S::Future: Send + Unpin + 'static,
    S::Error: Into<BoxError>,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = shutdown.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(greet(stream, tls.clone(), Owned(service.clone()))); }
                Err(error) => {
                    tracing::warn!(%error, "the sandbox could not accept a connection");
                    tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
                }
            }
        }
    }
    connections.shutdown().await;
}

/// Makes any service `Unpin`, which taking the stream back from hyper asks for.
struct Owned<S>(S);

impl<S: Service<Request<Incoming>>> Service<Request<Incoming>> for Owned<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        self.0.call(request)
    }
}

impl<S> Unpin for Owned<S> {}

/// One connection from its very beginning. The handshake is its own affair, so that a slow one holds up nobody else.
async fn greet<S>(stream: TcpStream, tls: Option<TlsAcceptor>, service: Owned<S>)
where
    S: Service<Request<Incoming>, Response = Response<Body>>,
    S::Future: Unpin,
    S::Error: Into<BoxError>,
{
    // Small answers must not wait for the peer's acknowledgement.
    let _ = stream.set_nodelay(true);
    match tls {
        None => talk(stream, service).await,
        Some(tls) => {
            if let Some(stream) = wire::secure(stream, &tls).await {
                talk(stream, service).await;
            }
        }
    }
}

/// One connection, from its first request to its end.
async fn talk<W, S>(stream: W, service: Owned<S>)
where
    W: Wire,
    S: Service<Request<Incoming>, Response = Response<Body>>,
    S::Future: Unpin,
    S::Error: Into<BoxError>,
{
    let mut http = http1::Builder::new();
    http.max_buf_size(READ_AHEAD);
    let mut connection = http.serve_connection(TokioIo::new(stream), service);
    let ended = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let mut stream = connection.into_parts().io.into_inner();
    match ended {
        Err(error) if hangup(&error) == Some(Hangup::Reset) => {
            let _ = stream.tcp().set_zero_linger();
        }
        Err(error) => {
            tracing::debug!(%error, "a connection of the sandbox ended early");
            let _ = stream.shutdown().await;
        }
        Ok(()) => {
            let _ = stream.shutdown().await;
        }
    }
}

/// The hangup that hyper was told of, somewhere down the chain.
fn hangup(error: &hyper::Error) -> Option<Hangup> {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(hangup) = error.downcast_ref::<Hangup>() {
            return Some(*hangup);
        }
        cause = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use hyper::service::service_fn;
    use tokio::io::AsyncReadExt;

    use super::*;
    use crate::sandbox::body::full;
    use crate::sandbox::faults::{Fault, Faults, Layered, On, What};

    /// A server that answers "0123456789" to everything, with these faults in front of it.
    async fn server(faults: &Faults) -> (std::net::SocketAddr, CancellationToken, JoinSet<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let digits = service_fn(|request: Request<Body>| async move {
            http_body_util::BodyExt::collect(request.into_body()).await?;
            Ok::<_, BoxError>(Response::new(full("0123456789")))
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, None, Layered::new(On::Mirror, faults.clone(), digits), stop.clone()));
        (address, stop, tasks)
    }

    /// Sends `request` and reads to the end of the connection.
    async fn talk_to(address: std::net::SocketAddr, request: &str) -> (String, Option<ErrorKind>) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut got = Vec::new();
        let end = stream.read_to_end(&mut got).await.err().map(|error| error.kind());
        (String::from_utf8(got).unwrap(), end)
    }

    const GET: &str = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    const LAST_GET: &str = "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_connection_carries_several_requests() {
        let (address, _stop, _tasks) = server(&Faults::none()).await;
        let (answers, end) = talk_to(address, &format!("{GET}{LAST_GET}")).await;
        assert_eq!((answers.matches("0123456789").count(), end), (2, None));
    }

    #[tokio::test]
    async fn a_reset_is_a_tcp_reset_after_so_many_bytes() {
        let faults = Faults::none();
        let (address, _stop, _tasks) = server(&faults).await;
        faults.add(Fault::new(On::Mirror, "/a", What::Reset { after: 4 }));
        let (answer, end) = talk_to(address, GET).await;
        assert!(answer.contains("content-length: 10") && answer.ends_with("\r\n\r\n0123"), "{answer}");
        assert_eq!(end, Some(ErrorKind::ConnectionReset));
        assert_eq!(faults.hits().len(), 1);
    }

    #[tokio::test]
    async fn an_upload_is_reset_on_its_way_in() {
        let faults = Faults::none();
        let (address, _stop, _tasks) = server(&faults).await;
        faults.add(Fault::new(On::Mirror, "/a", What::Reset { after: 2 }));
        let put = "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd";
        assert_eq!(talk_to(address, put).await, (String::new(), Some(ErrorKind::ConnectionReset)));
        assert!(talk_to(address, &format!("{put}{LAST_GET}")).await.0.contains("200 OK"));
    }

    #[tokio::test]
    async fn a_truncated_body_ends_in_good_order_but_early() {
        let faults = Faults::none();
        let (address, _stop, _tasks) = server(&faults).await;
        faults.add(Fault::new(On::Mirror, "/a", What::Truncate { after: 3 }));
        let (answer, end) = talk_to(address, GET).await;
        assert!(answer.contains("content-length: 10") && answer.ends_with("\r\n\r\n012"), "{answer}");
        assert_eq!(end, None);
    }

    #[tokio::test]
    async fn a_refused_request_gets_no_answer_at_all() {
        let faults = Faults::none();
        let (address, _stop, _tasks) = server(&faults).await;
        faults.add(Fault::new(On::Mirror, "/a", What::Refuse));
        assert_eq!(talk_to(address, GET).await, (String::new(), None));
    }

    #[tokio::test]
    async fn shutdown_ends_the_listener_and_what_is_open() {
        let (address, stop, mut tasks) = server(&Faults::none()).await;
        let mut open = TcpStream::connect(address).await.unwrap();
        open.write_all(GET.as_bytes()).await.unwrap();
        let mut first = [0; 8];
        open.read_exact(&mut first).await.unwrap();
        stop.cancel();
        tasks.join_next().await.unwrap().unwrap();
        let mut rest = Vec::new();
        let _ = open.read_to_end(&mut rest).await;
        assert!(TcpStream::connect(address).await.is_err());
    }
}
