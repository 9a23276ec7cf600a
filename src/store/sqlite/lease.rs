//! Items between waiting and somebody's hands: places filled and emptied, leases given, renewed and taken back.

use super::hot::Lease;
use super::keeper::Keeper;
use crate::store::serving::{NO_DUE, Place};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use rusqlite::{Row, params};
use serde_json::json;

pub(super) const LIVE: i64 = 0;
pub(super) const DECIDED: i64 = 1;
pub(super) const WITHDRAWN: i64 = 2;
pub(super) const SEALED: i64 = 3;

/// A row of the table `item`.
#[derive(Clone, Debug)]
pub(super) struct ItemRow {
    pub seq: i64,
    pub id: String,
    pub state: i64,
    /// The bucket's id; [`Keeper::at`] finds it.
    pub bucket: i64,
    pub class: i64,
    pub priority: i64,
    pub revision: i64,
    pub round: i64,
    pub received: i64,
    pub due: i64,
    pub author: Option<i64>,
    pub last: i64,
}

pub(super) const ITEM: &str = "seq, id, state, bucket, class, priority, revision, round, received, due, author, last";

impl ItemRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            state: row.get(2)?,
            bucket: row.get(3)?,
            class: row.get(4)?,
            priority: row.get(5)?,
            revision: row.get(6)?,
            round: row.get(7)?,
            received: row.get(8)?,
            due: row.get(9)?,
            author: row.get(10)?,
            last: row.get(11)?,
        })
    }

    pub(super) fn place(&self) -> Place {
        Place { class: self.class, rank: -self.priority, due: self.due, received: self.received, item: self.seq }
    }

    /// For the log.
    pub(super) fn mark(&self) -> (i64, i64, i64, i64) {
        (self.seq, self.last, self.round, self.revision)
    }
}

impl Keeper {
    pub(super) fn by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = ?1";
        self.one(SQL, [id], ItemRow::read)
    }

    pub(super) fn by_seq(&self, seq: i64) -> Result<ItemRow> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE seq = ?1";
        self.one(SQL, [seq], ItemRow::read)?.ok_or_else(|| StoreError::Engine("an item is missing".into()))
    }

    /// Writes what changes in an item's life.
    pub(super) fn put_item(&self, row: &ItemRow) -> Result<()> {
        let sql = "UPDATE item SET state = ?2, bucket = ?3, class = ?4, priority = ?5, revision = ?6, round = ?7,
             received = ?8, due = ?9, author = ?10, last = ?11 WHERE seq = ?1";
        self.exec(
            sql,
            params![
                row.seq,
                row.state,
                row.bucket,
                row.class,
                row.priority,
                row.revision,
                row.round,
                row.received,
                row.due,
                row.author,
                row.last
            ],
        )?;
        Ok(())
    }

    /// Where in memory an item's bucket is.
    pub(super) fn at(&self, row: &ItemRow) -> Result<usize> {
        self.hot
            .bucket_at
            .get(&row.bucket)
            .copied()
            .ok_or_else(|| StoreError::Engine("an item's bucket is missing".into()))
    }

    /// Puts the row into the bucket that its level and queue ask for; a level never falls.
    pub(super) fn rebucket(&mut self, row: &mut ItemRow, queue: Option<i64>, level: Severity) -> Result<()> {
        let bucket = &self.hot.buckets[self.at(row)?];
        let (origin, lang) = (bucket.origin, bucket.lang.clone());
        let (queue, level) = (queue.unwrap_or(bucket.queue), level.max(bucket.level));
        if (queue, level) != (bucket.queue, bucket.level) {
            let at = self.bucket(queue, origin, &lang, level)?;
            row.bucket = self.hot.buckets[at].id;
        }
        Ok(())
    }

    /// The row begins to wait in its bucket.
    pub(super) fn wait(&mut self, row: &ItemRow) -> Result<()> {
        let (at, place) = (self.at(row)?, row.place());
        self.exec(
            "INSERT INTO waiting VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (row.bucket, place.class, place.rank, place.due, place.received, place.item),
        )?;
        self.hot.filled(at, place);
        Ok(())
    }

    /// The row waits no longer.
    pub(super) fn unwait(&mut self, bucket: usize, place: Place) -> Result<()> {
        let id = self.hot.buckets[bucket].id;
        let gone = self.exec(
            "DELETE FROM waiting WHERE bucket = ?1 AND class = ?2 AND rank = ?3 AND due = ?4 AND received = ?5
             AND item = ?6",
            (id, place.class, place.rank, place.due, place.received, place.item),
        )?;
        if gone > 0 {
            self.hot.emptied(bucket, place);
        }
        Ok(())
    }

    /// Takes an item out of wherever it is, leased or waiting. Answers the lease it had.
    pub(super) fn take_out(&mut self, row: &ItemRow) -> Result<Option<Lease>> {
        if let Some(lease) = self.drop_lease(row.seq)? {
            return Ok(Some(lease));
        }
        if row.state == LIVE {
            let at = self.at(row)?;
            self.unwait(at, row.place())?;
        }
        Ok(None)
    }

    pub(super) fn put_lease(&mut self, lease: Lease) -> Result<()> {
        let body = serde_json::to_string(&lease).expect("a lease is always JSON");
        self.exec(
            "INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4)",
            (lease.item, lease.person, lease.until, body),
        )?;
        self.hot.until.insert((lease.until, lease.item));
        self.hot.leases.insert(lease.item, lease);
        Ok(())
    }

    pub(super) fn drop_lease(&mut self, item: i64) -> Result<Option<Lease>> {
        let Some(lease) = self.hot.leases.remove(&item) else { return Ok(None) };
        self.hot.until.remove(&(lease.until, item));
        self.exec("DELETE FROM lease WHERE item = ?1", [item])?;
        Ok(Some(lease))
    }

    /// Moves the end of a lease.
    pub(super) fn prolong(&mut self, item: i64, until: i64) -> Result<()> {
        let Some(lease) = self.hot.leases.get_mut(&item) else { return Ok(()) };
        if lease.until == until {
            return Ok(());
        }
        self.hot.until.remove(&(lease.until, item));
        lease.until = until;
        self.hot.until.insert((until, item));
        self.exec("UPDATE lease SET until = ?2 WHERE item = ?1", (item, until))?;
        Ok(())
    }

    /// Until when a lease from this queue lasts that is given now.
    pub(super) fn lease_until(&self, queue: i64) -> i64 {
        let seconds = self.hot.queues.get(&queue).map_or(300, |queue| queue.lease_s);
        self.micros.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000_000))
    }

    /// What ran out goes back to its place, its deadline unchanged, and counts as a summary for whoever held it.
    pub(super) fn reclaim(&mut self) -> Result<()> {
        const AT_ONCE: usize = 2_000;
        for _ in 0..AT_ONCE {
            let Some((until, item)) = self.hot.until.first().copied() else { break };
            if until > self.micros {
                break;
            }
            let Some(lease) = self.drop_lease(item)? else { break };
            let row = self.by_seq(item)?;
            self.wait(&row)?;
            self.book_lapsed(&row, &lease)?;
            self.lost(&lease, "expired")?;
        }
        Ok(())
    }

    /// Leases of one person, oldest first.
    pub(super) fn held_by(&self, person: i64) -> Vec<i64> {
        let mut held: Vec<(i64, i64)> = (self.hot.leases.values())
            .filter(|lease| lease.person == person)
            .map(|lease| (lease.at.wall.as_microsecond(), lease.item))
            .collect();
        held.sort_unstable();
        held.into_iter().map(|(_, item)| item).collect()
    }

    /// A break has begun: what is leased goes back after this many microseconds at most, whatever the desk does.
    pub(super) fn cut_leases(&mut self, person: i64, within: i64) -> Result<()> {
        let end = self.micros + within;
        for item in self.held_by(person) {
            if self.hot.leases.get(&item).is_some_and(|lease| lease.until > end) {
                self.prolong(item, end)?;
            }
        }
        Ok(())
    }

    /// Tells whoever held an item that they hold it no longer.
    pub(super) fn lost(&mut self, lease: &Lease, why: &str) -> Result<()> {
        self.hint("lease", Some(lease.person), &lease.id, &json!({"item": lease.id, "why": why}))
    }
}

/// `None` where there is no deadline.
pub(super) fn due_at(due: i64) -> Option<jiff::Timestamp> {
    (due != NO_DUE).then(|| super::log::timestamp(due))
}
