//! The figures of `moddesk stats`: by bucket, never by item, except for what is overdue or passed.

use super::read::Reader;
use super::shelf::DECIDED;
use crate::moderation::Queue;
use crate::moderation::queue::{QueueStats, SEALED};
use crate::store::Result;
use crate::store::engine::HouseReader;
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::log::{late_of, timestamp};
use crate::store::keeper::message::is_parked;
use crate::store::keeper::stranded::handed_back_by_all;
use crate::store::serving::{NO_DUE, may_take};
use crate::wellbeing::Severity;
use std::collections::HashMap;

const DAY: i64 = 86_400_000_000;
const SOON: i64 = 15 * 60 * 1_000_000;

struct Bucket {
    id: i64,
    queue: i64,
    origin: i64,
    lang: String,
    level: Severity,
    waiting: i64,
}

impl Reader {
    pub(super) fn counted(&mut self, sealed: bool) -> Result<Vec<QueueStats>> {
        let tx = self.rows.conn.unchecked_transaction()?;
        let now = self.options.clock.now().wall.as_microsecond();
        let queues = self.queues()?;
        let mut rows: Vec<(i64, QueueStats)> = queues.iter().map(|(id, queue)| (*id, fresh(queue))).collect();
        let at: HashMap<i64, usize> = rows.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let buckets = self.buckets()?;
        let people = self.people()?;
        let named: HashMap<i64, &Queue> = queues.iter().map(|(id, queue)| (*id, queue)).collect();
        let mut takers: HashMap<i64, Vec<i64>> = HashMap::new();
        for bucket in &buckets {
            let (Some(at), Some(queue), Some(origin)) =
                (at.get(&bucket.queue), named.get(&bucket.queue), named.get(&bucket.origin))
            else {
                continue;
            };
            let row = &mut rows[*at].1;
            row.waiting += bucket.waiting.max(0).unsigned_abs();
            if bucket.waiting > 0 {
                self.by_time(bucket, now, row)?;
            }
            let may =
                people.iter().filter(|(_, person)| may_take(person, queue, &origin.client, &bucket.lang, bucket.level));
            let may: Vec<i64> = may.map(|(id, _)| *id).collect();
            if may.is_empty() {
                row.stranded += bucket.waiting.max(0).unsigned_abs();
            }
            if bucket.waiting > 0 {
                takers.insert(bucket.id, may);
            }
        }
        let known: HashMap<i64, &Bucket> = buckets.iter().map(|bucket| (bucket.id, bucket)).collect();
        let waiting = |bucket: i64| known.get(&bucket).map_or(0, |bucket| bucket.waiting);
        for waits in handed_back_by_all(&self.rows, &takers, waiting)? {
            if let Some(at) = known.get(&waits.bucket).and_then(|bucket| at.get(&bucket.queue)) {
                rows[*at].1.stranded += 1;
            }
        }
        self.leased(now, &at, &mut rows)?;
        self.decided_today(now, &at, &mut rows)?;
        drop(tx);
        Ok(rows.into_iter().map(|(_, row)| row).filter(|row| sealed || row.name != SEALED).collect())
    }

    fn buckets(&self) -> Result<Vec<Bucket>> {
        let mut select = self.rows.conn.prepare_cached(
            "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id",
        )?;
        let mut rows = select.query([])?;
        let mut buckets = Vec::new();
        while let Some(row) = rows.next()? {
            buckets.push(Bucket {
                id: row.get(0)?,
                queue: row.get(1)?,
                origin: row.get(2)?,
                lang: row.get(3)?,
                level: Severity::new(row.get(4)?).unwrap_or(Severity::EXTREME),
                waiting: row.get(5)?,
            });
        }
        Ok(buckets)
    }

    /// Oldest, overdue and due soon of one bucket. Without deadlines the oldest stands first in each priority, so a
    /// few jumps find it; with deadlines an index has it.
    fn by_time(&self, bucket: &Bucket, now: i64, row: &mut QueueStats) -> Result<()> {
        let mut oldest: Option<i64> = self
            .rows
            .conn
            .prepare_cached("SELECT min(received) FROM waiting WHERE bucket = ?1 AND due < 9223372036854775807")?
            .query_row([bucket.id], |row| row.get(0))?;
        let mut jump = self.rows.conn.prepare_cached(
            "SELECT class, rank FROM waiting WHERE bucket = ?1 AND (class, rank) > (?2, ?3)
             ORDER BY class, rank LIMIT 1",
        )?;
        let mut first = self.rows.conn.prepare_cached(
            "SELECT min(received) FROM waiting WHERE bucket = ?1 AND class = ?2 AND rank = ?3 AND due = ?4",
        )?;
        let mut here = (-1i64, 0i64);
        loop {
            let mut found = jump.query((bucket.id, here.0, here.1))?;
            let Some(next) = found.next()? else { break };
            here = (next.get(0)?, next.get(1)?);
            let received: Option<i64> = first.query_row((bucket.id, here.0, here.1, NO_DUE), |row| row.get(0))?;
            oldest = oldest.into_iter().chain(received).min();
        }
        if let Some(oldest) = oldest {
            older(row, oldest);
        }
        let mut due = self.rows.conn.prepare_cached(
            "SELECT count(*) FROM waiting INDEXED BY waiting_due WHERE bucket = ?1 AND due >= ?2 AND due < ?3
             AND due < 9223372036854775807",
        )?;
        row.overdue += due.query_row((bucket.id, i64::MIN, now), |row| row.get::<_, u64>(0))?;
        row.due_15m += due.query_row((bucket.id, now, now + SOON), |row| row.get::<_, u64>(0))?;
        Ok(())
    }

    fn leased(&self, now: i64, at: &HashMap<i64, usize>, rows: &mut [(i64, QueueStats)]) -> Result<()> {
        let mut select = self.rows.conn.prepare_cached(
            "SELECT b.queue, i.received, i.due, l.until, l.body FROM lease l JOIN item i ON i.seq = l.item
             JOIN bucket b ON b.id = i.bucket",
        )?;
        let mut leases = select.query([])?;
        while let Some(lease) = leases.next()? {
            let Some(at) = at.get(&lease.get::<_, i64>(0)?) else { continue };
            let row = &mut rows[*at].1;
            // One that has run out waits, although nobody has put it back yet.
            let parked = is_parked(lease.get_ref(4)?.as_str().unwrap_or_default());
            if lease.get::<_, i64>(3)? > now {
                *(if parked { &mut row.parked } else { &mut row.leased }) += 1;
            } else {
                row.waiting += 1;
            }
            older(row, lease.get(1)?);
            let due: i64 = lease.get(2)?;
            row.overdue += u64::from(due < now);
            row.due_15m += u64::from(due >= now && due < now + SOON);
        }
        Ok(())
    }

    fn decided_today(&self, now: i64, at: &HashMap<i64, usize>, rows: &mut [(i64, QueueStats)]) -> Result<()> {
        let mut select =
            self.rows.conn.prepare_cached("SELECT key, n FROM tally WHERE key >= ?1 AND key < ?2 AND day = ?3")?;
        let mut counters = select.query((DECIDED, FLOW, now.div_euclid(DAY)))?;
        while let Some(counter) = counters.next()? {
            let (key, n): (i64, i64) = (counter.get(0)?, counter.get(1)?);
            let (queue, late) = late_of(key - DECIDED);
            if let Some(at) = at.get(&queue) {
                let row = &mut rows[*at].1;
                *(if late { &mut row.breached_today } else { &mut row.decided_today }) = n.max(0).unsigned_abs();
            }
        }
        Ok(())
    }
}

fn fresh(queue: &Queue) -> QueueStats {
    let (name, client) = (queue.name.clone(), queue.client.clone());
    QueueStats { name, client, paused: queue.paused, ..QueueStats::default() }
}

fn older(row: &mut QueueStats, received: i64) {
    let received = timestamp(received);
    row.oldest_received_at = Some(row.oldest_received_at.map_or(received, |oldest| oldest.min(received)));
}
