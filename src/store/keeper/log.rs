//! Writing the log: audit entries in their chain, hints beside it, and the counters that go with a commit.

use super::Keeper;
use super::shelf::{LogRow, Shelf};
use crate::store::Result;
use crate::store::audit::{canonical, link};
use jiff::Timestamp;
use serde_json::Value;

/// One thing that happened, about to be written.
#[derive(Default)]
pub(in crate::store) struct Entry<'a> {
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

pub(in crate::store) fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MIN)
}

impl<S: Shelf> Keeper<S> {
    /// Adds an entry to the chain and answers its place in the log.
    pub(in crate::store) fn audit(&mut self, entry: &Entry<'_>) -> Result<i64> {
        let mut detail = String::with_capacity(96);
        canonical(&entry.detail, &mut detail);
        let tail = &mut self.hot.tail;
        let (seq, audit) = (tail.seq + 1, tail.audit + 1);
        let number = u64::try_from(audit).expect("counted from 1");
        let hash = link(&tail.hash, number, timestamp(self.micros), entry.actor, entry.action, entry.subject, &detail);
        (tail.seq, tail.audit, tail.hash) = (seq, audit, hash);
        self.insert(seq, Some(audit), entry, detail, Some(hash))?;
        Ok(seq)
    }

    /// Leaves a hint for live views: an event that is in no chain.
    pub(in crate::store) fn hint(
        &mut self,
        kind: &str,
        person: Option<i64>,
        subject: &str,
        detail: &Value,
    ) -> Result<()> {
        self.hot.tail.seq += 1;
        let entry = Entry { actor: "", action: kind, subject, person, ..Entry::default() };
        self.insert(self.hot.tail.seq, None, &entry, detail.to_string(), None)
    }

    fn insert(
        &self,
        seq: i64,
        audit: Option<i64>,
        entry: &Entry<'_>,
        detail: String,
        hash: Option<[u8; 32]>,
    ) -> Result<()> {
        let (item, prev, round, revision) = match entry.item {
            Some((item, prev, round, revision)) => (Some(item), Some(prev), Some(round), Some(revision)),
            None => (None, None, None, None),
        };
        self.shelf.log(&LogRow {
            seq,
            audit,
            at: self.micros,
            actor: entry.actor.to_owned(),
            action: entry.action.to_owned(),
            subject: entry.subject.to_owned(),
            detail,
            hash,
            person: entry.person,
            item,
            prev,
            round,
            revision,
            payload: entry.payload.map(<[u8]>::to_vec),
        })
    }

    /// Writes the counters and days that this command has changed, once each.
    pub(in crate::store) fn flush(&mut self) -> Result<()> {
        for bucket in self.hot.buckets.iter_mut().filter(|bucket| bucket.dirty) {
            self.shelf.put_waiting(bucket.id, bucket.waiting)?;
            bucket.dirty = false;
        }
        for (queue, (day, n, dirty)) in &mut self.hot.decided {
            if std::mem::take(dirty) {
                self.shelf.put_decided(*queue, *day, *n)?;
            }
        }
        self.flush_flow()?;
        for person in std::mem::take(&mut self.hot.dirty_days) {
            if let Some(day) = self.hot.days.get(&person) {
                self.shelf.put_day(person, day)?;
            }
        }
        Ok(())
    }

    /// Counts a decision of today, or takes one back.
    pub(in crate::store) fn count_decided(&mut self, queue: i64, at: i64, by: i64) {
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

/// The counter of what a queue decided too late stands so far above that of what it decided.
pub(in crate::store) const LATE: i64 = 1 << 31;

/// Whose counter it is, and whether it is that of what came too late.
pub(in crate::store) fn late_of(key: i64) -> (i64, bool) {
    if key >= LATE { (key - LATE, true) } else { (key, false) }
}

/// Which live view an audited action concerns.
pub(in crate::store) fn kind_of(action: &str) -> &'static str {
    match action.split('.').next().unwrap_or_default() {
        "alert" => "alert",
        "doubt" => "doubt",
        "moderator" => "moderator",
        "client" | "wellbeing" => "notice",
        "queue" => "queue",
        _ => "stats",
    }
}
