//! A proxy: tunnels by CONNECT, and passes plain requests on; made-up names lead to where it was told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What it does and what it saw; it ends when this is dropped.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    server: JoinHandle<()>,
}

/// Where names lead, and what is asked for or said before.
#[derive(Clone, Default)]
struct Rules {
    names: Vec<(String, SocketAddr)>,
    /// The `Proxy-Authorization` without which nobody passes.
    login: Option<String>,
    /// Said to everybody instead of connecting.
    refusal: Option<&'static str>,
}

impl Proxy {
    /// Lets everybody through to `names`.
    pub(crate) async fn to(names: &[(&str, SocketAddr)]) -> Self {
        Self::start(Rules { names: owned(names), ..Rules::default() }).await
    }

    /// As [`Proxy::to`], for whoever sends this `Proxy-Authorization`; others get 407.
    pub(crate) async fn with_login(names: &[(&str, SocketAddr)], login: &str) -> Self {
        Self::start(Rules { names: owned(names), login: Some(login.to_owned()), refusal: None }).await
    }

    /// Answers everybody with this status line.
    pub(crate) async fn refusing(status: &'static str) -> Self {
        Self::start(Rules { refusal: Some(status), ..Rules::default() }).await
    }

    async fn start(rules: Rules) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let server = tokio::spawn(async move {
            let mut talks = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (rules, log) = (rules.clone(), Arc::clone(&log));
                talks.spawn(async move { drop(pass(stream, rules, &log).await) });
            }
        });
        Self { address, seen, server }
    }

    /// How often somebody asked for `name`.
    pub(crate) fn asked_for(&self, name: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|line| line.contains(name)).count()
    }

    /// How often anybody asked for anything.
    pub(crate) fn asked(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn owned(names: &[(&str, SocketAddr)]) -> Vec<(String, SocketAddr)> {
    names.iter().map(|(name, address)| ((*name).to_owned(), *address)).collect()
}

async fn pass(mut near: TcpStream, rules: Rules, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let head = head(&mut near).await?;
    let text = String::from_utf8_lossy(&head).into_owned();
    let line = text.lines().next().unwrap_or_default().to_owned();
    log.lock().unwrap().push(line.clone());
    let wants = rules.login.filter(|login| !text.contains(login.as_str()));
    let refusal = rules.refusal.or(wants.map(|_| "407 Proxy Authentication Required"));
    if let Some(status) = refusal {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        return near.write_all(answer.as_bytes()).await;
    }
    let Some((_, address)) = rules.names.iter().find(|(name, _)| line.contains(name.as_str())) else {
        return near.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n").await;
    };
    let mut far = TcpStream::connect(address).await?;
    if line.starts_with("CONNECT ") {
        near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    } else {
        far.write_all(&head).await?;
    }
    copy_bidirectional(&mut near, &mut far).await.map(drop)
}

/// All that is there up to the end of the first head.
async fn head(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(head)
}
