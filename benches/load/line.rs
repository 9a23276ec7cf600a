//! One connection of one person.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::{TcpSocket, TcpStream};

pub type Failed = Box<dyn std::error::Error + Send + Sync>;

enum Sender {
    One(http1::SendRequest<Full<Bytes>>),
    Two(http2::SendRequest<Full<Bytes>>),
}

pub struct Line {
    sender: Sender,
    host: String,
    bearer: String,
}

async fn connect(at: SocketAddr, from: Option<Ipv4Addr>) -> std::io::Result<TcpStream> {
    let stream = match from {
        None => TcpStream::connect(at).await?,
        Some(from) => {
            let socket = TcpSocket::new_v4()?;
            socket.bind((from, 0).into())?;
            socket.connect(at).await?
        }
    };
    stream.set_nodelay(true)?;
    Ok(stream)
}

impl Line {
    /// HTTP/1.1, one call after the other.
    pub async fn open(at: SocketAddr, token: &str) -> Result<Self, Failed> {
        let (sender, connection) = http1::handshake(TokioIo::new(connect(at, None).await?)).await?;
        tokio::spawn(connection);
        Ok(Self { sender: Sender::One(sender), host: at.to_string(), bearer: format!("Bearer {token}") })
    }

    /// HTTP/2 without TLS, a stream of events beside the calls, from an address of its own.
    pub async fn shared(at: SocketAddr, token: &str, from: Ipv4Addr) -> Result<Self, Failed> {
        let stream = TokioIo::new(connect(at, Some(from)).await?);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
        tokio::spawn(connection);
        Ok(Self { sender: Sender::Two(sender), host: at.to_string(), bearer: format!("Bearer {token}") })
    }

    pub async fn start(&mut self, method: Method, path: &str, body: Vec<u8>) -> Result<Response<Incoming>, Failed> {
        let request = Request::builder().method(method).header("authorization", &self.bearer);
        let request = request.header("content-type", "application/json");
        let body = Full::new(Bytes::from(body));
        Ok(match &mut self.sender {
            Sender::One(sender) => {
                sender.ready().await?;
                sender.send_request(request.header("host", &self.host).uri(path).body(body)?).await?
            }
            Sender::Two(sender) => {
                sender.ready().await?;
                let uri = format!("http://{}{path}", self.host);
                sender.send_request(request.uri(uri).body(body)?).await?
            }
        })
    }

    pub async fn call(&mut self, method: Method, path: &str, body: Vec<u8>) -> Result<(StatusCode, Bytes), Failed> {
        let answer = self.start(method, path, body).await?;
        let status = answer.status();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }

    /// A call that has to succeed.
    pub async fn good(&mut self, method: Method, path: &str, body: Vec<u8>) -> Result<Bytes, Failed> {
        let (status, answer) = self.call(method, path, body).await?;
        if status.is_success() {
            Ok(answer)
        } else {
            Err(format!("{path}: {status} {}", String::from_utf8_lossy(&answer)).into())
        }
    }
}
