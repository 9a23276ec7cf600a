//! The embedded queue: SQLite, write-ahead log, one writer.
//!
//! `rusqlite` on a thread of its own rather than sqlx: every statement of sqlx's SQLite hops between threads, and a
//! claim with its decision is about forty of them; here a command hops once, and what several callers ask at the same
//! time shares one synced commit. The figure to hold is 0.8 of one append and `fdatasync` of the same bytes.
//!
//! What must stay true: only the `keeper` writes; what it remembers is dropped when another process has
//! committed; readers have a connection of their own and never make it wait.

mod about;
mod access;
mod alerts;
mod authors;
mod bell;
mod days;
mod error;
mod floor;
mod groups;
mod house;
mod items;
mod keeper;
mod leases;
mod log;
mod messages;
mod open;
mod pictures;
mod places;
mod read;
mod shelf;
mod stats;
#[cfg(test)]
mod tests;
mod webhooks;

use self::pictures::Staged;
use self::shelf::Rows;
use super::engine::Engine;
use super::keeper::Keeper;
pub use super::keeper::Options;
use super::keeper::shelf::PictureShelf;
use super::{Result, StoreError};
use crate::wellbeing::Rules;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::watch;

/// The queue's file in a data directory.
pub const FILE: &str = "queue.sqlite";

/// The embedded queue, open. Dropping it finishes what was asked.
pub struct SqliteStore {
    path: PathBuf,
    keeper: keeper::Desk,
    reader: read::Desk,
    rings: watch::Receiver<u64>,
    rules: Arc<Rules>,
}

impl SqliteStore {
    /// Opens the queue in a data directory, making it where there is none.
    pub fn open(data_dir: &Path, options: Options) -> Result<Self> {
        std::fs::create_dir_all(data_dir).map_err(|error| error::of_folder(&error))?;
        Self::open_file(&data_dir.join(FILE), options)
    }

    /// Opens a queue file.
    pub fn open_file(path: &Path, options: Options) -> Result<Self> {
        let options = Arc::new(options);
        let rules = Arc::clone(&options.rules);
        let bell = bell::Bell::hang(path.parent().unwrap_or_else(|| Path::new(".")));
        let rings = bell.listen();
        let keeper = keeper::Desk::open(path, Arc::clone(&options), bell)?;
        let reader = read::Desk::open(path, options)?;
        Ok(Self { path: path.to_owned(), keeper, reader, rings, rules })
    }
}

impl Engine for SqliteStore {
    type Shelf = Rows;
    type Reader = read::Reader;

    async fn ask<T: Send + 'static>(
        &self,
        synced: bool,
        work: impl FnMut(&mut Keeper<Rows>) -> Result<T> + Send + 'static,
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
        let (hash, path) = (hash.to_owned(), self.path.clone());
        let (name, wanted) = (hash.clone(), hash.clone());
        if !self.reader.ask(move |reader| reader.rows.is_picture_named(&wanted)).await? {
            return Ok(false);
        }
        let staged = tokio::task::spawn_blocking(move || Staged::write(&path, &name, &bytes)).await;
        let staged = staged.map_err(|_| StoreError::Engine("a picture could not be written".into()))??;
        self.keeper.ask(true, move |keeper| keeper.put_picture(&hash, |_| staged.settle())).await
    }

    fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    fn rings(&self) -> &watch::Receiver<u64> {
        &self.rings
    }
}
