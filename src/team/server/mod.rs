//! The team server: a store behind HTTP, for many desks at once.
//!
//! [`start`] takes a store that is open and answers a [`Running`] server; [`serve`] is the whole of `moddesk serve`,
//! from the address of the database to the signal that ends it. All routes stand in one table ([`routes`]).

mod answer;
mod body;
mod call;
mod database;
mod door;
mod feed;
mod hooks;
mod house;
mod hub;
mod inflow;
mod ingest;
mod limits;
mod listen;
mod lockout;
mod looking;
mod media;
mod metrics;
pub mod openapi;
mod patient;
mod people;
mod refuse;
pub mod route;
pub mod routes;
mod rules;
mod serving;
mod split;
mod stepping;
mod telling;
mod tidy;
mod tls;
mod waiters;
mod watching;
mod webhooks;

pub use database::{DatabaseError, open_database, policies_of};
pub use limits::Limits;
pub use tls::{Tls, TlsError};

use crate::desk::clock::SystemClock;
use crate::store::sqlite::Options;
use crate::store::{SharedStore, StoreError};
use crate::wellbeing::{Clock, Rules};
use house::House;
use metrics::Metrics;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address} ({error}); choose another --listen")]
    Listen {
        /// Which.
        address: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// The system does not let it wait for signals.
    #[error("cannot wait for signals: {0}; see the system's log")]
    Signal(std::io::Error),
    /// A read replica: everything that a server does is written down first.
    #[error(
        "this database is a read replica, which takes no decision; name the primary in --database, and use \
         `moddesk stats`, `export`, `audit` and `report` on this one"
    )]
    Replica,
    /// No TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// No store.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A server that runs. Dropping it leaves it running; [`Running::stop`] ends it.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    house: Arc<House>,
    serving: JoinHandle<()>,
    telling: JoinHandle<()>,
    hooks: JoinHandle<()>,
}

impl Running {
    /// Ends streams, answers what is in flight, closes.
    pub async fn stop(self) {
        self.house.stop.send_replace(true);
        let _ = self.serving.await;
        let _ = self.telling.await;
        let _ = self.hooks.await;
    }

    /// Looks at once for what another process has changed in people's rights; it does so by itself within a second.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        self.house.door.refresh().await
    }
}

/// Starts a server on a listener that is bound.
///
/// # Errors
/// Where the store does not answer.
pub async fn start(
    store: SharedStore,
    clock: Arc<dyn Clock>,
    listener: TcpListener,
    tls: Option<Tls>,
    limits: Limits,
) -> Result<Running, ServeError> {
    let address = listener.local_addr().map_err(|error| ServeError::Listen { address: String::new(), error })?;
    let routes = routes::all();
    let names = routes.iter().map(|route| (name_of(&route.method), route.path));
    let metrics = Metrics::new(names);
    let house = Arc::new(House::new(store, clock, limits, metrics));
    house.hub.begin().await?;
    house.door.refresh().await?;
    let telling = tokio::spawn(hub::run(Arc::clone(&house)));
    tokio::spawn(tidy::run(Arc::clone(&house)));
    let hooks = tokio::spawn(hooks::run(Arc::clone(&house)));
    let router = answer::router(&house, routes);
    let serving = tokio::spawn(listen::serve(Arc::clone(&house), router, listener, tls.map(Arc::new)));
    Ok(Running { address, house, serving, telling, hooks })
}

fn name_of(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

/// Everything that `moddesk serve` needs to know.
#[derive(Clone)]
pub struct Settings {
    /// `127.0.0.1:8080`; port 0 takes any.
    pub listen: String,
    /// `sqlite:///path`.
    pub database: String,
    /// Certificate chain and key, PEM; both or none.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// The wellbeing rules that every claim is held to.
    pub rules: Arc<Rules>,
    /// How long a shift is planned where sign-in does not say.
    pub shift: Duration,
    /// What one client may cost.
    pub limits: Limits,
}

/// What the writer of a team's SQLite remembers.
const CACHE_KIB: u32 = 64 * 1024;

/// The options of a team's store.
pub fn options(rules: Arc<Rules>, shift: Duration, clock: Arc<dyn Clock>) -> Options {
    Options { rules, policies: policies_of(), shift, cache_kib: CACHE_KIB, ..Options::new(clock) }
}

/// Runs until SIGTERM or SIGINT. `ready` is told the address as soon as it listens.
///
/// # Errors
/// Where it cannot begin; once it runs, it goes on.
pub async fn serve(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let tls = settings.tls.as_ref().map(|(cert, key)| Tls::open(cert, key)).transpose()?;
    let options = options(settings.rules, settings.shift, Arc::clone(&clock));
    let store = open_database(&settings.database, options).await?;
    if !store.takes_writes().await? {
        return Err(ServeError::Replica);
    }
    let listener = TcpListener::bind(&settings.listen)
        .await
        .map_err(|error| ServeError::Listen { address: settings.listen.clone(), error })?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    let running = start(store, clock, listener, tls, settings.limits).await?;
    tracing::info!(address = %running.address, "serving");
    ready(running.address);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}
