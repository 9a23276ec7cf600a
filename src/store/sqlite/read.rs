//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::open;
use super::pictures::Pictures;
use super::shelf::Rows;
use crate::store::engine::Beside;
use crate::store::keeper::Options;
use crate::store::{Result, StoreError};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

type Work = Box<dyn FnOnce(Result<&mut Reader>) + Send>;

/// The reading connection.
pub(in crate::store) struct Reader {
    pub(super) rows: Rows,
    pub(super) options: Arc<Options>,
}

/// The way to the reader's thread.
pub(super) struct Desk {
    work: Option<Sender<Work>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(path: &Path, options: Arc<Options>) -> Result<Self> {
        let (work, inbox) = channel::<Work>();
        let path: PathBuf = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("reader".into())
            .spawn(move || {
                let mut reader: Option<Reader> = None;
                while let Ok(work) = inbox.recv() {
                    if reader.is_none() {
                        match open::reader(&path) {
                            Ok(conn) => {
                                let rows = Rows { conn, pictures: Pictures::beside(&path) };
                                reader = Some(Reader { rows, options: Arc::clone(&options) });
                            }
                            Err(error) => {
                                work(Err(error));
                                continue;
                            }
                        }
                    }
                    work(reader.as_mut().ok_or(StoreError::Busy));
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
            let _ = back.send(reader.and_then(read));
        });
        self.work.as_ref().ok_or_else(gone)?.send(work).map_err(|_| gone())?;
        wait.await.map_err(|_| gone())?
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Reader {
    /// The bodies of a small table.
    pub(super) fn bodies<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<T>> {
        let mut select = self.rows.conn.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let mut bodies = Vec::new();
        while let Some(row) = rows.next()? {
            bodies.push(json(row.get_ref(0)?.as_bytes().unwrap_or_default())?);
        }
        Ok(bodies)
    }

    pub(super) fn numbered<T: DeserializeOwned>(&self, sql: &str) -> Result<Vec<(i64, T)>> {
        let mut select = self.rows.conn.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let mut bodies = Vec::new();
        while let Some(row) = rows.next()? {
            bodies.push((row.get(0)?, json(row.get_ref(1)?.as_bytes().unwrap_or_default())?));
        }
        Ok(bodies)
    }
}

impl Beside for Reader {
    type Rows = Rows;

    fn rows(&self) -> &Rows {
        &self.rows
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn at_once<T>(&mut self, read: impl FnOnce(&Rows) -> Result<T>) -> Result<T> {
        let tx = self.rows.conn.unchecked_transaction()?;
        let found = read(&self.rows);
        tx.finish()?;
        found
    }
}
