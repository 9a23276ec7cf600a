//! Taking connections, each within its limits, until the server stops.

use super::answer::Peer;
use super::house::House;
use super::patient::Patient;
use super::tls::Tls;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A place in the house: one of all connections, and one of those of its address.
struct Place {
    house: Arc<House>,
    peers: Arc<Mutex<HashMap<IpAddr, usize>>>,
    peer: IpAddr,
    _one_of_all: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.house.metrics.connections.fetch_sub(1, Relaxed);
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = peers.get_mut(&self.peer) {
            *n -= 1;
            if *n == 0 {
                peers.remove(&self.peer);
            }
        }
    }
}

/// Serves until `house.stop` turns true; then ends streams, answers what is in flight and closes.
pub async fn serve(house: Arc<House>, router: Router, listener: TcpListener, tls: Option<Arc<Tls>>) {
    let all = Arc::new(Semaphore::new(house.limits.connections));
    let peers: Arc<Mutex<HashMap<IpAddr, usize>>> = Arc::default();
    let graceful = GracefulShutdown::new();
    let watcher = Arc::new(Mutex::new(Some(graceful)));
    let mut stop = house.stop.subscribe();
    let mut look = tokio::time::interval(house.limits.certificate);
    loop {
        // The place comes before the connection: where there is none, connections wait in the system's queue.
        let place = tokio::select! {
            place = Arc::clone(&all).acquire_owned() => place.expect("the semaphore is never closed"),
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = look.tick() => {
                if let Some(tls) = &tls {
                    tls.look();
                }
                continue;
            }
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok((stream, address)) => (stream, address.ip().to_canonical()),
            Err(error) => {
                // Out of files, mostly: wait for some to be closed.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        {
            let mut peers = peers.lock().unwrap_or_else(PoisonError::into_inner);
            let n = peers.entry(peer).or_default();
            if *n >= house.limits.per_peer {
                house.metrics.refused.fetch_add(1, Relaxed);
                continue;
            }
            *n += 1;
        }
        house.metrics.connections.fetch_add(1, Relaxed);
        let place = Place { house: Arc::clone(&house), peers: Arc::clone(&peers), peer, _one_of_all: place };
        let (router, tls, watcher) = (router.clone(), tls.clone(), Arc::clone(&watcher));
        tokio::spawn(async move { greet(place, stream, router, tls, &watcher).await });
    }
    drop(listener);
    let graceful = watcher.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(graceful) = graceful
        && tokio::time::timeout(house.limits.grace, graceful.shutdown()).await.is_err()
    {
        tracing::warn!("some calls were not answered in time");
    }
}

async fn greet(
    place: Place,
    stream: TcpStream,
    router: Router,
    tls: Option<Arc<Tls>>,
    watcher: &Mutex<Option<GracefulShutdown>>,
) {
    let _ = stream.set_nodelay(true);
    let limits = &place.house.limits;
    match tls {
        None => talk(&place, stream, router, watcher).await,
        Some(tls) => {
            let shake = tls.acceptor().accept(stream);
            match tokio::time::timeout(limits.handshake, shake).await {
                Ok(Ok(stream)) => talk(&place, stream, router, watcher).await,
                Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
                Err(_) => tracing::debug!("a handshake took too long"),
            }
        }
    }
}

async fn talk<S>(place: &Place, stream: S, router: Router, watcher: &Mutex<Option<GracefulShutdown>>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (limits, peer) = (&place.house.limits, Peer(place.peer));
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.idle).max_buf_size(64 << 10);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.h2_streams)
        .max_header_list_size(32 << 10)
        .keep_alive_interval(limits.idle / 2)
        .keep_alive_timeout(limits.stuck);
    let service =
        tower::util::MapRequest::new(router, move |mut request: axum::http::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(peer);
            request.map(axum::body::Body::new)
        });
    let stream = Patient::new(stream, limits.stuck, limits.idle);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    let watched = {
        let graceful = watcher.lock().unwrap_or_else(PoisonError::into_inner);
        graceful.as_ref().map(|graceful| graceful.watch(connection))
    };
    // Without a watcher the server has stopped while this one was at the door.
    if let Some(connection) = watched
        && let Err(error) = connection.await
    {
        tracing::debug!(%error, "a connection ended badly");
    }
}
