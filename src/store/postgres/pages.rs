//! The keeper's pages in PostgreSQL: what is asked comes from memory where it can, what is written is gathered for the
//! commit.
//!
//! Several servers write as one: every commit inserts the next number into `commit`, so of two that worked on the same
//! state one fails as a whole, reads what is true now, and does its work anew. What must stay true: whatever is pending
//! is in memory as well, so that a row that memory does not have is as the database has it.

use super::cache::{AuthorFolder, Cache, HandRow, RECENT};
use super::pending::{Part, Parts, Pending};
use super::wire::{Answer, Param, Wire};
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::shelf::LogRow;
use crate::store::{Result, StoreError};
use bytes::Bytes;
use std::cell::{Cell, RefCell, RefMut};
use tokio_postgres::Row;

/// Contents above this size are not read ahead.
pub(super) const AHEAD: i32 = 32 << 10;

/// So many authors are asked for at once.
const AUTHORS: usize = 64;

pub(in crate::store) struct Pages {
    pub(super) wire: Wire,
    /// Whether the database takes what is written.
    taken: bool,
    pub(super) pending: RefCell<Pending>,
    pub(super) cache: RefCell<Cache>,
    /// The newest commit that what is remembered stands on, those under way included.
    pub(super) version: Cell<i64>,
    /// What servers queue at to commit.
    pub(super) lock: Cell<i64>,
    /// An id that was not seen is looked up, whatever the lease says.
    pub(super) careful: Cell<bool>,
    /// The transaction that is being gathered has begun in the database already.
    pub(super) begun: Cell<bool>,
    started: RefCell<Vec<Answer>>,
    touched: RefCell<Vec<i64>>,
    writes: Cell<u64>,
}

pub(super) fn item(row: &Row, from: usize) -> ItemRow {
    ItemRow {
        seq: row.get(from),
        id: row.get(from + 1),
        state: row.get(from + 2),
        bucket: row.get(from + 3),
        class: row.get(from + 4),
        priority: row.get(from + 5),
        revision: row.get(from + 6),
        round: row.get(from + 7),
        received: row.get(from + 8),
        due: row.get(from + 9),
        author: row.get(from + 10),
        last: row.get(from + 11),
    }
}

pub(super) fn entry(row: &Row) -> LogRow {
    LogRow {
        seq: row.get(0),
        audit: row.get(1),
        at: row.get(2),
        actor: row.get(3),
        action: row.get(4),
        subject: row.get(5),
        detail: row.get(6),
        hash: row.get::<_, Option<Vec<u8>>>(7).and_then(|hash| hash.try_into().ok()),
        person: row.get(8),
        item: row.get(9),
        prev: row.get(10),
        round: row.get(11),
        revision: row.get(12),
        payload: row.get(13),
    }
}

pub(super) fn policy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

impl Pages {
    /// On a read replica nothing is `taken`.
    pub(super) fn new(wire: Wire, taken: bool) -> Self {
        Self {
            wire,
            taken,
            pending: RefCell::default(),
            cache: RefCell::default(),
            version: Cell::new(0),
            lock: Cell::new(0),
            careful: Cell::new(false),
            begun: Cell::new(false),
            started: RefCell::default(),
            touched: RefCell::default(),
            writes: Cell::new(0),
        }
    }

    /// Begins the transaction in the database: this server's turn first, then the guard.
    fn begin(&self, synced: bool, now: i64) -> Result<()> {
        let mut started = self.started.borrow_mut();
        if !self.begun.replace(true) {
            started.push(self.wire.start_plainly("BEGIN")?);
        }
        if synced {
            started.push(self.wire.start_plainly("SET LOCAL synchronous_commit TO DEFAULT")?);
        } else {
            started.push(self.wire.start_plainly("SET LOCAL synchronous_commit = off")?);
        }
        let (sql, params) = self.guard(now);
        started.push(self.wire.start(sql, params)?);
        Ok(())
    }

    /// This server's turn, then the next number, which two servers cannot both have.
    fn guard(&self, now: i64) -> Part {
        let version = self.version.get() + 1;
        self.version.set(version);
        let params: Vec<Param> = vec![Box::new(version), Box::new(now), Box::new(self.lock.get())];
        ("INSERT INTO commit SELECT $1, $2 FROM (SELECT pg_advisory_xact_lock($3)) AS turn", params)
    }

    /// Everything in one statement, which is its own transaction. The guard is done before anything else in it, so that
    /// two servers never wait for each other's rows.
    fn commit_at_once(&self, synced: bool, now: i64) -> Result<Vec<Answer>> {
        let mut started = self.started.take();
        self.wire.sync(synced, &mut started)?;
        let pending = self.pending.take();
        self.touch(&pending);
        let parts = pending.parts().parts;
        started.push(self.wire.start_joined(parts, self.guard(now))?);
        self.cache.borrow_mut().tidy(self.touched.take().into_iter());
        Ok(started)
    }

    fn touch(&self, pending: &Pending) {
        let items = pending.items.keys().chain(pending.new_items.keys()).chain(pending.leases.keys());
        self.touched.borrow_mut().extend(items);
    }

    /// Writes what is pending inside the open transaction, so that a question to the database finds it.
    pub(super) fn spill(&self) -> Result<()> {
        if self.pending.borrow().is_empty() {
            return Ok(());
        }
        self.takes()?;
        if !self.begun.replace(true) {
            let mut started = self.started.borrow_mut();
            started.push(self.wire.start_plainly("BEGIN")?);
            let turn = vec![Box::new(self.lock.get()) as Param];
            started.push(self.wire.start("SELECT pg_advisory_xact_lock($1)::text", turn)?);
        }
        let pending = self.pending.take();
        self.touch(&pending);
        let Parts { rare, copies, parts } = pending.parts();
        let mut started = self.started.borrow_mut();
        for (sql, params) in rare {
            started.push(self.wire.start(sql, params)?);
        }
        for (sql, rows) in copies {
            started.push(self.wire.start_copy(sql, rows)?);
        }
        if !parts.is_empty() {
            started.push(self.wire.start_joined(parts, ("SELECT 1", Vec::new()))?);
        }
        Ok(())
    }

    fn takes(&self) -> Result<()> {
        match self.taken {
            true => Ok(()),
            false => Err(StoreError::ReadOnly("it is a read replica".into())),
        }
    }

    /// Whether anything has been written since the last commit.
    pub(super) fn is_dirty(&self) -> bool {
        !self.pending.borrow().is_empty() || !self.touched.borrow().is_empty() || !self.started.borrow().is_empty()
    }

    /// Counts what was written, so that a command that failed is known to have left no trace.
    pub(super) fn written(&self) -> u64 {
        self.writes.get()
    }

    /// What is about to be written, to be changed.
    pub(super) fn writing(&self) -> RefMut<'_, Pending> {
        self.writes.set(self.writes.get() + 1);
        self.pending.borrow_mut()
    }

    /// Takes this server's turn and holds it until the commit: after another server was faster. Says whether another
    /// server has committed since.
    pub(super) fn take_turn(&self) -> Result<bool> {
        self.wire.plainly("BEGIN")?;
        self.begun.set(true);
        self.wire.one("SELECT pg_advisory_xact_lock($1)::text", &[&self.lock.get()])?;
        let newest = self.wire.one("SELECT max(version) FROM commit", &[])?;
        Ok(newest.is_none_or(|row| row.get::<_, Option<i64>>(0) != Some(self.version.get())))
    }

    /// Sends the commit off. Its answers are still to come.
    pub(super) fn commit(&self, synced: bool, now: i64) -> Result<Vec<Answer>> {
        if !self.is_dirty() {
            let mut started = self.started.take();
            // Nothing was written, but it was answered from memory: that must still be true.
            started.push(self.wire.start(
                "SELECT 1 / (CASE WHEN max(version) = $1 THEN 1 ELSE 0 END) FROM commit",
                vec![Box::new(self.version.get())],
            )?);
            if self.begun.replace(false) {
                started.push(self.wire.start_plainly("COMMIT")?);
            }
            return Ok(started);
        }
        self.takes()?;
        let sweeps = (self.version.get() + 1) % 4_096 == 0;
        if !self.begun.get() && !sweeps && self.pending.borrow().is_one_statement() {
            return self.commit_at_once(synced, now);
        }
        self.begin(synced, now)?;
        self.spill()?;
        if sweeps {
            let old = self.version.get() - 4_096;
            let swept = self.wire.start("DELETE FROM commit WHERE version < $1", vec![Box::new(old)])?;
            self.started.borrow_mut().push(swept);
        }
        let mut started = self.started.take();
        started.push(self.wire.start_plainly("COMMIT")?);
        self.begun.set(false);
        self.cache.borrow_mut().tidy(self.touched.take().into_iter());
        Ok(started)
    }

    /// Drops what was gathered and what is remembered. The transaction, where one is open, is undone.
    pub(super) fn forget(&self) {
        self.wire.doubt_sync();
        drop(self.pending.take());
        drop(self.cache.take());
        self.touched.take();
        let started = self.started.take();
        if !started.is_empty() {
            let _ = self.wire.settle(started);
        }
        if self.begun.replace(false) && !self.wire.is_lost() && self.wire.plainly("ROLLBACK").is_err() {
            self.wire.hang_up();
        }
    }

    /// Reads items with their contents and hands into memory.
    pub(super) fn fetch(&self, seqs: &[i64]) -> Result<()> {
        let missing: Vec<i64> =
            seqs.iter().copied().filter(|seq| !self.cache.borrow().folders.contains_key(seq)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let rows = self.wire.all(
            "SELECT i.seq, i.id, i.state, i.bucket, i.class, i.priority, i.revision, i.round, i.received, i.due,
             i.author, i.last, CASE WHEN octet_length(c.body) <= $2 THEN c.body END
             FROM unnest($1::bigint[]) AS n (seq) JOIN item i ON i.seq = n.seq JOIN content c ON c.item = i.seq",
            &[&missing, &AHEAD],
        )?;
        let mut cache = self.cache.borrow_mut();
        for row in rows {
            cache.keep(item(&row, 0), row.get::<_, Option<Vec<u8>>>(12).map(Bytes::from));
        }
        Ok(())
    }

    /// The same by the ids that the world knows. What is not there is remembered for this commit.
    pub(super) fn fetch_ids(&self, ids: &[&str]) -> Result<()> {
        let missing: Vec<&str> = {
            let cache = self.cache.borrow();
            ids.iter().copied().filter(|id| !cache.ids.contains_key(*id) && !cache.absent.contains(*id)).collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        let rows = self.wire.all(
            "SELECT i.seq, i.id, i.state, i.bucket, i.class, i.priority, i.revision, i.round, i.received, i.due,
             i.author, i.last, CASE WHEN octet_length(c.body) <= $2 THEN c.body END
             FROM unnest($1::text[]) AS n (id) JOIN item i ON i.id = n.id JOIN content c ON c.item = i.seq",
            &[&missing, &AHEAD],
        )?;
        let mut cache = self.cache.borrow_mut();
        for row in rows {
            cache.keep(item(&row, 0), row.get::<_, Option<Vec<u8>>>(12).map(Bytes::from));
        }
        for id in missing {
            if !cache.ids.contains_key(id) {
                cache.absent.insert(id.to_owned());
            }
        }
        Ok(())
    }

    /// Makes sure that all hands of these items are known.
    pub(super) fn fetch_hands(&self, items: &[i64]) -> Result<()> {
        let missing: Vec<i64> = {
            let cache = self.cache.borrow();
            let unknown = |item: &i64| cache.folders.get(item).is_some_and(|folder| folder.hands.is_none());
            items.iter().copied().filter(unknown).collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        let rows = self.wire.all(
            "SELECT h.item, h.person, h.round, h.revision, h.at, h.booked, h.sight
             FROM unnest($1::bigint[]) AS n (item) JOIN hand h ON h.item = n.item",
            &[&missing],
        )?;
        let mut cache = self.cache.borrow_mut();
        for item in missing {
            if let Some(folder) = cache.folders.get_mut(&item) {
                folder.hands = Some(Vec::new());
            }
        }
        for row in rows {
            let hand = HandRow {
                round: row.get(2),
                revision: row.get(3),
                at: row.get(4),
                booked: row.get(5),
                sight: row.get(6),
            };
            if let Some(hands) = cache.folders.get_mut(&row.get(0)).and_then(|folder| folder.hands.as_mut()) {
                hands.push((row.get(1), hand));
            }
        }
        Ok(())
    }

    /// Changes a hand, in memory and for the commit.
    pub(super) fn with_hand(&self, person: i64, row: &ItemRow, change: impl FnOnce(&mut HandRow, bool)) -> Result<()> {
        self.fetch(&[row.seq])?;
        self.fetch_hands(&[row.seq])?;
        let mut cache = self.cache.borrow_mut();
        let Some(hands) = cache.folders.get_mut(&row.seq).and_then(|folder| folder.hands.as_mut()) else {
            return Ok(());
        };
        let at = hands.iter().position(|(who, _)| *who == person);
        let known = at.is_some();
        let at = at.unwrap_or_else(|| {
            hands.push((person, HandRow::default()));
            hands.len() - 1
        });
        change(&mut hands[at].1, known);
        self.writing().hands.insert((row.seq, person), hands[at].1.clone());
        Ok(())
    }

    /// What is known of an author; the figures and newest items are read once.
    pub(super) fn author_folder(&self, author: i64) -> Result<AuthorFolder> {
        if let Some(found) = self.cache.borrow().authors.get(&author).filter(|a| a.row.is_some() && a.items.is_some()) {
            return Ok(found.clone());
        }
        if self.pending.borrow().is_about(author) {
            self.spill()?;
        }
        let mut wanted = vec![author];
        wanted.extend(self.authors_to_come().filter(|other| *other != author));
        self.ask_for_authors(&wanted)?;
        Ok(self.cache.borrow().authors.get(&author).cloned().unwrap_or_default())
    }

    /// Reads these authors into memory, all at once, but for those of whom something is pending.
    pub(super) fn fetch_authors(&self, authors: &[i64]) -> Result<()> {
        let mut wanted: Vec<i64> = {
            let (cache, pending) = (self.cache.borrow(), self.pending.borrow());
            let unknown = |author: &i64| !cache.authors.contains_key(author) && !pending.is_about(*author);
            authors.iter().copied().filter(unknown).collect()
        };
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() { Ok(()) } else { self.ask_for_authors(&wanted) }
    }

    fn ask_for_authors(&self, authors: &[i64]) -> Result<()> {
        let found = super::rows::author_folders(&self.wire, authors, i64::try_from(RECENT).unwrap_or(5))?;
        self.cache.borrow_mut().authors.extend(found);
        Ok(())
    }

    /// Whose items will be served next, as far as that is in memory and nothing of theirs is pending: they are asked for
    /// along with the one that is needed now.
    fn authors_to_come(&self) -> impl Iterator<Item = i64> {
        let (cache, pending) = (self.cache.borrow(), self.pending.borrow());
        let next = cache.windows.values().flat_map(|window| window.places.iter().take(AUTHORS));
        let mut authors: Vec<i64> = next
            .filter_map(|(_, place)| cache.folders.get(&place.item)?.row.author)
            .filter(|author| !cache.authors.contains_key(author) && !pending.is_about(*author))
            .take(AUTHORS)
            .collect();
        authors.sort_unstable();
        authors.dedup();
        authors.into_iter()
    }
}
