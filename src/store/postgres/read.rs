//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::wire::{Wire, unread};
use crate::store::engine::Beside;
use crate::store::keeper::Options;
use crate::store::{Result, StoreError};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

type Work = Box<dyn FnOnce(&mut Reader) + Send>;

/// The reading connection.
pub(in crate::store) struct Reader {
    pub(super) wire: Wire,
    pub(super) options: Arc<Options>,
    /// Blocks of entries by which items are found again: never changed once written, so read once.
    pub(super) kin: HashMap<i64, Vec<u8>>,
}

/// The way to the reader's thread.
pub(super) struct Desk {
    work: Option<Sender<Work>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(wire: Wire, options: Arc<Options>) -> Result<Self> {
        let (work, inbox) = channel::<Work>();
        let thread = std::thread::Builder::new()
            .name("reader".into())
            .spawn(move || {
                let mut reader = Reader { wire, options, kin: HashMap::new() };
                while let Ok(work) = inbox.recv() {
                    work(&mut reader);
                }
            })
            .map_err(|error| StoreError::Engine(error.kind().to_string()))?;
        Ok(Self { work: Some(work), thread: Some(thread) })
    }

    pub(super) async fn ask<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reader) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (back, wait) = tokio::sync::oneshot::channel();
        let gone = || StoreError::Engine("its reader is gone".into());
        let work: Work = Box::new(move |reader| {
            let _ = back.send(read(reader));
        });
        self.work.as_ref().ok_or_else(gone)?.send(work).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }

    pub(super) fn stop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(super) fn json<T: DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| unread(&error))
}

impl Reader {
    /// The bodies of a small table.
    pub(super) fn bodies<T: DeserializeOwned>(&self, sql: &'static str) -> Result<Vec<T>> {
        self.wire.all(sql, &[])?.iter().map(|row| json(row.get(0))).collect()
    }

    pub(super) fn numbered<T: DeserializeOwned>(&self, sql: &'static str) -> Result<Vec<(i64, T)>> {
        self.wire.all(sql, &[])?.iter().map(|row| Ok((row.get(0), json(row.get(1))?))).collect()
    }
}

impl Beside for Reader {
    type Rows = Wire;

    fn rows(&self) -> &Wire {
        &self.wire
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn at_once<T>(&mut self, read: impl FnOnce(&Wire) -> Result<T>) -> Result<T> {
        read(&self.wire)
    }
}
