//! Writing the log: audit entries in their chain, hints beside it, and the counters that go with a commit.

use super::hot::DECIDED;
use super::keeper::Keeper;
use crate::store::Result;
use crate::store::audit::{canonical, link};
use jiff::Timestamp;
use rusqlite::params;
use serde_json::Value;

/// One thing that happened, about to be written.
#[derive(Default)]
pub(super) struct Entry<'a> {
    pub actor: &'a str,
    pub action: &'a str,
    pub subject: &'a str,
    pub detail: Value,
    /// Whose act, or whom a hint concerns.
    pub person: Option<i64>,
    /// The item, its newest entry so far, its round and revision.
    pub item: Option<(i64, i64, i64, i64)>,
    pub payload: Option<&'a [u8]>,
}

pub(super) fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MIN)
}

impl Keeper {
    /// Adds an entry to the chain and answers its place in the log.
    pub(super) fn audit(&mut self, entry: &Entry<'_>) -> Result<i64> {
        let mut detail = String::with_capacity(96);
        canonical(&entry.detail, &mut detail);
        let tail = &mut self.hot.tail;
        let (seq, audit) = (tail.seq + 1, tail.audit + 1);
        let number = u64::try_from(audit).expect("counted from 1");
        let hash = link(&tail.hash, number, timestamp(self.micros), entry.actor, entry.action, entry.subject, &detail);
        (tail.seq, tail.audit, tail.hash) = (seq, audit, hash);
        self.insert(seq, Some(audit), entry, &detail, Some(&hash))?;
        Ok(seq)
    }

    /// Leaves a hint for live views: an event that is in no chain.
    pub(super) fn hint(&mut self, kind: &str, person: Option<i64>, subject: &str, detail: &Value) -> Result<()> {
        self.hot.tail.seq += 1;
        let entry = Entry { actor: "", action: kind, subject, person, ..Entry::default() };
        self.insert(self.hot.tail.seq, None, &entry, &detail.to_string(), None)
    }

    fn insert(
        &self,
        seq: i64,
        audit: Option<i64>,
        entry: &Entry<'_>,
        detail: &str,
        hash: Option<&[u8; 32]>,
    ) -> Result<()> {
        let (item, prev, round, revision) = match entry.item {
            Some((item, prev, round, revision)) => (Some(item), Some(prev), Some(round), Some(revision)),
            None => (None, None, None, None),
        };
        let mut insert =
            self.conn.prepare_cached("INSERT INTO log VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)")?;
        insert.execute(params![
            seq,
            audit,
            self.micros,
            entry.actor,
            entry.action,
            entry.subject,
            detail,
            hash.map(|hash| &hash[..]),
            entry.person,
            item,
            prev,
            round,
            revision,
            entry.payload
        ])?;
        Ok(())
    }

    /// Writes the counters and days that this command has changed, once each.
    pub(super) fn flush(&mut self) -> Result<()> {
        let mut put = self.conn.prepare_cached("INSERT OR REPLACE INTO tally VALUES (?1, ?2, ?3)")?;
        for bucket in self.hot.buckets.iter_mut().filter(|bucket| bucket.dirty) {
            put.execute((bucket.id, bucket.waiting, 0))?;
            bucket.dirty = false;
        }
        for (queue, (day, n, dirty)) in &mut self.hot.decided {
            if std::mem::take(dirty) {
                put.execute((DECIDED + *queue, *n, *day))?;
            }
        }
        if !self.hot.dirty_days.is_empty() {
            let mut put = self.conn.prepare_cached("INSERT OR REPLACE INTO day VALUES (?1, ?2)")?;
            for person in std::mem::take(&mut self.hot.dirty_days) {
                if let Some(day) = self.hot.days.get(&person) {
                    put.execute((person, serde_json::to_string(day).expect("a day is always JSON")))?;
                }
            }
        }
        Ok(())
    }

    /// Counts a decision of today, or takes one back.
    pub(super) fn count_decided(&mut self, queue: i64, at: i64, by: i64) {
        const DAY: i64 = 86_400_000_000;
        let (today, then) = (self.micros.div_euclid(DAY), at.div_euclid(DAY));
        let counter = self.hot.decided.entry(queue).or_insert((today, 0, false));
        if counter.0 != today {
            (counter.0, counter.1) = (today, 0);
        }
        if then == today {
            counter.1 = (counter.1 + by).max(0);
        }
        counter.2 = true;
    }
}
