//! Reading beside the writer: a thread with a connection of its own, made when it is first asked.

use super::wire::{Wire, unread};
use crate::moderation::Queue;
use crate::moderation::author::AuthorFigures;
use crate::store::keeper::import::{key_of, read_body};
use crate::store::keeper::lease::{self, ItemRow};
use crate::store::keeper::log::timestamp;
use crate::store::keeper::{Options, history};
use crate::store::{HistoryEntry, Kept, Result, StoreError};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

type Work = Box<dyn FnOnce(&mut Reader) + Send>;

/// The reading connection.
pub(super) struct Reader {
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

    fn row(&self, id: &str) -> Result<ItemRow> {
        let sql = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = $1";
        let found = self.wire.one(sql, &[&id])?;
        found.map(|row| super::pages::item(&row, 0)).ok_or_else(|| StoreError::Unknown {
            what: "item",
            name: id.to_owned(),
            hint: "`moddesk queue show` lists them",
        })
    }

    pub(super) fn item(&mut self, id: &str) -> Result<Kept> {
        let row = self.row(id)?;
        let sql = "SELECT q.body, o.body, b.lang, c.body, (SELECT until FROM lease WHERE item = $2) FROM bucket b
             JOIN queue q ON q.id = b.queue JOIN queue o ON o.id = b.origin JOIN content c ON c.item = $2
             WHERE b.id = $1";
        let found = self.wire.one(sql, &[&row.bucket, &row.seq])?;
        let found = found.ok_or_else(|| StoreError::Engine("an item's bucket is missing".into()))?;
        let (queue, origin): (Queue, Queue) = (json(found.get(0))?, json(found.get(1))?);
        let (lang, until): (String, Option<i64>) = (found.get(2), found.get(4));
        let mut item = read_body(found.get(3))?;
        if item.lang.is_none() && lang != "und" {
            item.lang = Some(lang);
        }
        item.received_at = Some(timestamp(row.received));
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
            decisions: history::decisions_on(&self.wire, row.seq, row.last)?,
        })
    }

    pub(super) fn history(&mut self, id: &str) -> Result<Vec<HistoryEntry>> {
        let row = self.row(id)?;
        history::of_item(&self.wire, row.seq, row.last)
    }

    pub(super) fn author_for(&mut self, who: &str, id: &str) -> Result<AuthorFigures> {
        let sql = "SELECT 1 FROM shut s JOIN person p ON p.id = s.person WHERE p.name = $1 AND s.author = $2";
        if self.wire.one(sql, &[&who, &key_of(id)])?.is_some() {
            let why = "you have said that you know this author: their items and history are shut to you";
            return Err(StoreError::Forbidden(why.into()));
        }
        history::author(&self.wire, id, 20)
    }

    /// A replica is in recovery; a database may also be set to answer only.
    pub(super) fn takes_writes(&self) -> Result<bool> {
        let sql = "SELECT NOT (pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on')";
        Ok(self.wire.one(sql, &[])?.is_none_or(|row| row.get(0)))
    }
}
