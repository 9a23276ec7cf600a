//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::open;
use super::pictures::Pictures;
use super::shelf::Rows;
use crate::moderation::Queue;
use crate::moderation::author::AuthorFigures;
use crate::store::keeper::lease::{self, ItemRow};
use crate::store::keeper::log::timestamp;
use crate::store::keeper::shelf::ItemShelf;
use crate::store::keeper::{Options, history, import};
use crate::store::{HistoryEntry, Kept, Result, StoreError};
use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

type Work = Box<dyn FnOnce(Result<&mut Reader>) + Send>;

/// The reading connection.
pub(super) struct Reader {
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
    pub(super) fn bodies<T: DeserializeOwned>(&mut self, sql: &str) -> Result<Vec<T>> {
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

    fn row(&self, id: &str) -> Result<ItemRow> {
        self.rows.item_by_id(id)?.ok_or_else(|| StoreError::Unknown {
            what: "item",
            name: id.to_owned(),
            hint: "`moddesk queue show` lists them",
        })
    }

    pub(super) fn item(&mut self, id: &str) -> Result<Kept> {
        let row = self.row(id)?;
        let sql = "SELECT q.body, o.body, b.lang FROM bucket b JOIN queue q ON q.id = b.queue
             JOIN queue o ON o.id = b.origin WHERE b.id = ?1";
        let (queue, origin, lang): (String, String, String) = self
            .rows
            .conn
            .prepare_cached(sql)?
            .query_row([row.bucket], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let (queue, origin): (Queue, Queue) = (json(queue.as_bytes())?, json(origin.as_bytes())?);
        let body: Vec<u8> = self
            .rows
            .conn
            .prepare_cached("SELECT body FROM content WHERE item = ?1")?
            .query_row([row.seq], |row| row.get(0))?;
        let mut item = import::read_body(&body)?;
        if item.lang.is_none() && lang != "und" {
            item.lang = Some(lang);
        }
        item.received_at = Some(timestamp(row.received));
        let until: Option<i64> = self
            .rows
            .conn
            .prepare_cached("SELECT until FROM lease WHERE item = ?1")?
            .query_row([row.seq], |row| row.get(0))
            .optional()?;
        let now = self.options.clock.now().wall.as_microsecond();
        let state = match row.state {
            lease::DECIDED => "decided",
            lease::WITHDRAWN => "withdrawn",
            lease::SEALED => "sealed",
            _ if until.is_some_and(|until| until > now) => "leased",
            _ => "waiting",
        };
        Ok(Kept {
            item,
            queue: queue.name,
            client: origin.client,
            state: state.to_owned(),
            round: u32::try_from(row.round).unwrap_or(u32::MAX),
            due_at: lease::due_at(row.due),
            decisions: history::decisions_on(&self.rows, row.seq, row.last)?,
        })
    }

    pub(super) fn history(&mut self, id: &str) -> Result<Vec<HistoryEntry>> {
        let row = self.row(id)?;
        history::of_item(&self.rows, row.seq, row.last)
    }

    pub(super) fn author_for(&mut self, who: &str, id: &str) -> Result<AuthorFigures> {
        let shut = self
            .rows
            .conn
            .prepare_cached(
                "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = ?1 AND s.author = ?2",
            )?
            .query_row((who, import::key_of(id)), |_| Ok(()))
            .optional()?;
        if shut.is_some() {
            let why = "you have said that you know this author: their items and history are shut to you";
            return Err(StoreError::Forbidden(why.into()));
        }
        history::author(&self.rows, id, 20)
    }
}
