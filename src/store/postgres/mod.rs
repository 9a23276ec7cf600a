//! The team's queue: PostgreSQL, several servers on one database, each with one writer.
//!
//! What makes it fast: leases come from an order that is read ahead into memory, decisions are gathered into commits of
//! one statement a table, and whoever waits for one commit is gathered for the next. What waits has a small table of
//! its own, so neither what is claimed nor an old snapshot slows a claim. Nothing is notified in a commit.
//!
//! What must stay true: only the `writer` writes; every commit takes the next number in `commit`, which
//! two servers cannot both have; *recorded* is answered after a synced commit. tokio-postgres rather than sqlx, because
//! a commit travels as one pipeline, and because sqlx and rusqlite cannot share one libsqlite3.
//!
//! To grow past one database machine: statistics and exports are asked of a store that is connected to a read replica,
//! which is read as it is; the log is partitioned by month, so that old months move to cheaper disks or go as a whole.

mod about;
mod access;
mod alerts;
mod authors;
mod bell;
mod cache;
mod copy;
mod days;
mod error;
mod floor;
mod groups;
mod house;
mod items;
mod leases;
mod log;
mod messages;
mod open;
mod pages;
mod pending;
mod pictures;
mod places;
mod read;
mod rows;
mod shelf;
mod stats;
mod tls;
mod webhooks;
mod window;
mod wire;
mod writer;

use self::pages::Pages;
use super::engine::Engine;
use super::keeper::Keeper;
pub use super::keeper::Options;
use super::{Result, StoreError};
use crate::wellbeing::Rules;
use std::sync::Arc;
use tokio::sync::watch;

/// The team's queue, open. Dropping it finishes what was asked.
pub struct PostgresStore {
    keeper: writer::Desk,
    reader: read::Desk,
    rings: watch::Receiver<u64>,
    rules: Arc<Rules>,
    /// The last to go: the two above still talk to the database while they end.
    _lines: Lines,
}

/// Where the lines to the database live, so that no caller's runtime has to outlive the store. It may be let go of where
/// nothing may wait.
struct Lines(Option<tokio::runtime::Runtime>);

impl Drop for Lines {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl PostgresStore {
    /// Opens the queue in a database, making or bringing it up where needed. `?options=-csearch_path%3Dname` chooses a
    /// schema, `sslmode` and `sslrootcert` say whether and how the line is encrypted.
    pub async fn connect(url: &str, options: Options) -> Result<Self> {
        let address = open::address(url)?;
        let options = Arc::new(options);
        let rules = Arc::clone(&options.rules);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("database")
            .enable_all()
            .build()
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        let handle = runtime.handle().clone();
        let lines = Lines(Some(runtime));
        wire::reach(&handle, &address).await?;
        let reader = read::Desk::open(wire::Wire::new(handle.clone(), address.clone()), Arc::clone(&options))?;
        let (opened, wait) = tokio::sync::oneshot::channel();
        let (keeper, rings) = writer::Desk::open(handle, address, options, opened)?;
        let store = Self { keeper, reader, rings, rules, _lines: lines };
        wait.await.map_err(|_| StoreError::Engine("its thread is gone".into()))??;
        Ok(store)
    }
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        self.keeper.stop();
        self.reader.stop();
    }
}

impl Engine for PostgresStore {
    type Shelf = Pages;
    type Reader = read::Reader;

    async fn ask<T: Send + 'static>(
        &self,
        synced: bool,
        work: impl FnMut(&mut Keeper<Pages>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.keeper.ask(synced, work).await
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut read::Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.reader.ask(read).await
    }

    async fn keep_picture(&self, hash: &str, bytes: Vec<u8>) -> Result<bool> {
        let hash = hash.to_owned();
        let put = move |keeper: &mut Keeper<Pages>| {
            keeper.put_picture(&hash, |pages: &Pages| pages.put_picture(&hash, &bytes))
        };
        self.keeper.ask(true, put).await
    }

    fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    fn rings(&self) -> &watch::Receiver<u64> {
        &self.rings
    }
}
