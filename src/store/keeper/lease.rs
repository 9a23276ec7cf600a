//! Items between waiting and somebody's hands: places filled and emptied, leases given, renewed and taken back.

use super::Keeper;
use super::hot::Lease;
use super::shelf::Shelf;
use crate::store::serving::{NO_DUE, Place};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use serde_json::json;

pub(in crate::store) const LIVE: i64 = 0;
pub(in crate::store) const DECIDED: i64 = 1;
pub(in crate::store) const WITHDRAWN: i64 = 2;
pub(in crate::store) const SEALED: i64 = 3;

/// A row of the table `item`.
#[derive(Clone, Debug)]
pub(in crate::store) struct ItemRow {
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

impl ItemRow {
    pub(in crate::store) fn place(&self) -> Place {
        Place { class: self.class, rank: -self.priority, due: self.due, received: self.received, item: self.seq }
    }

    /// For the log.
    pub(in crate::store) fn mark(&self) -> (i64, i64, i64, i64) {
        (self.seq, self.last, self.round, self.revision)
    }
}

impl<S: Shelf> Keeper<S> {
    pub(in crate::store) fn by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        self.shelf.item_by_id(id)
    }

    pub(in crate::store) fn by_seq(&self, seq: i64) -> Result<ItemRow> {
        self.shelf.item_by_seq(seq)?.ok_or_else(|| StoreError::Engine("an item is missing".into()))
    }

    /// Writes what changes in an item's life.
    pub(in crate::store) fn put_item(&self, row: &ItemRow) -> Result<()> {
        self.shelf.put_item(row)
    }

    /// Where in memory an item's bucket is.
    pub(in crate::store) fn at(&self, row: &ItemRow) -> Result<usize> {
        self.hot
            .bucket_at
            .get(&row.bucket)
            .copied()
            .ok_or_else(|| StoreError::Engine("an item's bucket is missing".into()))
    }

    /// Puts the row into the bucket that its level and queue ask for; a level never falls.
    pub(in crate::store) fn rebucket(&mut self, row: &mut ItemRow, queue: Option<i64>, level: Severity) -> Result<()> {
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
    pub(in crate::store) fn wait(&mut self, row: &ItemRow) -> Result<()> {
        let (at, place) = (self.at(row)?, row.place());
        self.shelf.wait(row.bucket, place)?;
        self.hot.filled(at, place);
        Ok(())
    }

    /// The row waits no longer.
    pub(in crate::store) fn unwait(&mut self, bucket: usize, place: Place) -> Result<()> {
        let id = self.hot.buckets[bucket].id;
        if self.shelf.unwait(id, place)? {
            self.hot.emptied(bucket, place);
        }
        Ok(())
    }

    /// Takes an item out of wherever it is, leased or waiting. Answers the lease it had.
    pub(in crate::store) fn take_out(&mut self, row: &ItemRow) -> Result<Option<Lease>> {
        if let Some(lease) = self.drop_lease(row.seq)? {
            return Ok(Some(lease));
        }
        if row.state == LIVE {
            let at = self.at(row)?;
            self.unwait(at, row.place())?;
        }
        Ok(None)
    }

    pub(in crate::store) fn put_lease(&mut self, lease: Lease) -> Result<()> {
        self.shelf.put_lease(&lease)?;
        self.hot.keep_lease(lease);
        Ok(())
    }

    pub(in crate::store) fn drop_lease(&mut self, item: i64) -> Result<Option<Lease>> {
        let Some(lease) = self.hot.take_lease(item) else { return Ok(None) };
        self.shelf.drop_lease(item)?;
        Ok(Some(lease))
    }

    /// Moves the end of a lease.
    pub(in crate::store) fn prolong(&mut self, item: i64, until: i64) -> Result<()> {
        let Some(lease) = self.hot.leases.get_mut(&item) else { return Ok(()) };
        if lease.until == until {
            return Ok(());
        }
        self.hot.until.remove(&(lease.until, item));
        lease.until = until;
        self.hot.until.insert((until, item));
        self.shelf.prolong(lease)
    }

    /// Until when a lease from this queue lasts that is given now.
    pub(in crate::store) fn lease_until(&self, queue: i64) -> i64 {
        let seconds = self.hot.queues.get(&queue).map_or(300, |queue| queue.lease_s);
        self.micros.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000_000))
    }

    /// What ran out goes back to its place, its deadline unchanged, and counts as a summary for whoever held it.
    pub(in crate::store) fn reclaim(&mut self) -> Result<()> {
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
            if !lease.parked {
                self.lost(&lease, "expired")?;
            }
        }
        Ok(())
    }

    /// What is in the hands of one person, oldest first.
    pub(in crate::store) fn held_by(&self, person: i64) -> Vec<i64> {
        self.hot.leases_of(person).filter(|lease| !lease.parked).map(|lease| lease.item).collect()
    }

    /// The same, with what is parked for them.
    pub(in crate::store) fn kept_for(&self, person: i64) -> Vec<i64> {
        self.hot.leases_of(person).map(|lease| lease.item).collect()
    }

    /// A break has begun: what is leased goes back after this many microseconds at most, whatever the desk does.
    pub(in crate::store) fn cut_leases(&mut self, person: i64, within: i64) -> Result<()> {
        let end = self.micros + within;
        for item in self.held_by(person) {
            if self.hot.leases.get(&item).is_some_and(|lease| lease.until > end) {
                self.prolong(item, end)?;
            }
        }
        Ok(())
    }

    /// Tells whoever held an item that they hold it no longer.
    pub(in crate::store) fn lost(&mut self, lease: &Lease, why: &str) -> Result<()> {
        self.hint("lease", Some(lease.person), &lease.id, &json!({"item": lease.id, "why": why}))
    }
}

/// `None` where there is no deadline.
pub(in crate::store) fn due_at(due: i64) -> Option<jiff::Timestamp> {
    (due != NO_DUE).then(|| super::log::timestamp(due))
}
