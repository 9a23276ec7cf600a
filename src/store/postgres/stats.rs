//! The figures of `moddesk stats`: by bucket, never by item, except for what is overdue or passed.

use super::read::Reader;
use super::shelf::DECIDED;
use crate::moderation::Queue;
use crate::moderation::queue::{QueueStats, SEALED};
use crate::store::Result;
use crate::store::engine::HouseReader;
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::log::{late_of, timestamp};
use crate::store::keeper::message::PARKED;
use crate::store::keeper::stranded::handed_back_by_all;
use crate::store::serving::may_take;
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

/// What a bucket says of time.
struct ByTime {
    oldest: Option<i64>,
    overdue: u64,
    soon: u64,
}

const BY_TIME: &str = "SELECT b.id, x.oldest, x.overdue, x.soon FROM unnest($1::bigint[]) AS b(id) CROSS JOIN LATERAL (
         WITH RECURSIVE jump AS (
             (SELECT class, rank FROM waiting WHERE bucket = b.id ORDER BY class, rank LIMIT 1)
             UNION ALL SELECT n.class, n.rank FROM jump j CROSS JOIN LATERAL (SELECT w.class, w.rank FROM waiting w
                 WHERE w.bucket = b.id AND (w.class, w.rank) > (j.class, j.rank) ORDER BY w.class, w.rank LIMIT 1) n)
         SELECT least((SELECT received FROM waiting WHERE bucket = b.id AND due < 9223372036854775807
                 ORDER BY received LIMIT 1),
             (SELECT min(f.received) FROM jump j CROSS JOIN LATERAL (SELECT w.received FROM waiting w
                 WHERE w.bucket = b.id AND w.class = j.class AND w.rank = j.rank AND w.due = 9223372036854775807
                 ORDER BY w.received LIMIT 1) f)) AS oldest,
             (SELECT count(*) FROM waiting WHERE bucket = b.id AND due < 9223372036854775807 AND due < $2) AS overdue,
             (SELECT count(*) FROM waiting WHERE bucket = b.id AND due < 9223372036854775807 AND due >= $2
                 AND due < $3) AS soon) x";

impl Reader {
    pub(super) fn counted(&mut self, sealed: bool) -> Result<Vec<QueueStats>> {
        let now = self.options.clock.now().wall.as_microsecond();
        let queues = self.queues()?;
        let mut rows: Vec<(i64, QueueStats)> = queues.iter().map(|(id, queue)| (*id, fresh(queue))).collect();
        let at: HashMap<i64, usize> = rows.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let buckets = self.buckets()?;
        let people = self.people()?;
        let named: HashMap<i64, &Queue> = queues.iter().map(|(id, queue)| (*id, queue)).collect();
        let full: Vec<i64> = buckets.iter().filter(|bucket| bucket.waiting > 0).map(|bucket| bucket.id).collect();
        let by_time = self.by_time(&full, now)?;
        let mut takers: HashMap<i64, Vec<i64>> = HashMap::new();
        for bucket in &buckets {
            let (Some(at), Some(queue), Some(origin)) =
                (at.get(&bucket.queue), named.get(&bucket.queue), named.get(&bucket.origin))
            else {
                continue;
            };
            let row = &mut rows[*at].1;
            row.waiting += bucket.waiting.max(0).unsigned_abs();
            if let Some(found) = by_time.get(&bucket.id) {
                if let Some(oldest) = found.oldest {
                    older(row, oldest);
                }
                row.overdue += found.overdue;
                row.due_15m += found.soon;
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
        for waits in handed_back_by_all(&self.wire, &takers, waiting)? {
            if let Some(at) = known.get(&waits.bucket).and_then(|bucket| at.get(&bucket.queue)) {
                rows[*at].1.stranded += 1;
            }
        }
        self.leased(now, &at, &mut rows)?;
        self.decided_today(now, &at, &mut rows)?;
        Ok(rows.into_iter().map(|(_, row)| row).filter(|row| sealed || row.name != SEALED).collect())
    }

    fn buckets(&self) -> Result<Vec<Bucket>> {
        let sql = "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id";
        let rows = self.wire.all(sql, &[])?;
        Ok(rows
            .iter()
            .map(|row| Bucket {
                id: row.get(0),
                queue: row.get(1),
                origin: row.get(2),
                lang: row.get(3),
                level: u8::try_from(row.get::<_, i64>(4)).ok().and_then(Severity::new).unwrap_or(Severity::EXTREME),
                waiting: row.get(5),
            })
            .collect())
    }

    /// Oldest, overdue and due soon of every bucket in which something waits, asked for at once: each answer of the
    /// database takes a round trip, and there are hundreds of buckets. Without deadlines the oldest stands first in
    /// each priority, so a few jumps find it; with deadlines an index has it.
    fn by_time(&self, buckets: &[i64], now: i64) -> Result<HashMap<i64, ByTime>> {
        let found = self.wire.all(BY_TIME, &[&buckets, &now, &(now + SOON)])?;
        let read = |row: &tokio_postgres::Row| {
            let count = |at: usize| row.get::<_, i64>(at).unsigned_abs();
            (row.get(0), ByTime { oldest: row.get(1), overdue: count(2), soon: count(3) })
        };
        Ok(found.iter().map(read).collect())
    }

    fn leased(&self, now: i64, at: &HashMap<i64, usize>, rows: &mut [(i64, QueueStats)]) -> Result<()> {
        // Counted where they are: a house of thousands has a hundred thousand of them, each with its JSON. No text in it
        // can look like the mark, since a quotation mark in a text has a backslash before it.
        let sql = "SELECT b.queue, count(*) FILTER (WHERE l.until > $1 AND l.body NOT LIKE $3),
             count(*) FILTER (WHERE l.until > $1 AND l.body LIKE $3), count(*) FILTER (WHERE l.until <= $1),
             min(i.received), count(*) FILTER (WHERE i.due < $1), count(*) FILTER (WHERE i.due >= $1 AND i.due < $2)
             FROM lease l JOIN item i ON i.seq = l.item JOIN bucket b ON b.id = i.bucket GROUP BY b.queue";
        let parked = format!("%{PARKED}%");
        for counted in self.wire.all(sql, &[&now, &now.saturating_add(SOON), &parked])? {
            let Some(at) = at.get(&counted.get::<_, i64>(0)) else { continue };
            let row = &mut rows[*at].1;
            let n = |column: usize| counted.get::<_, i64>(column).unsigned_abs();
            row.leased += n(1);
            row.parked += n(2);
            // One that has run out waits, although nobody has put it back yet.
            row.waiting += n(3);
            older(row, counted.get(4));
            row.overdue += n(5);
            row.due_15m += n(6);
        }
        Ok(())
    }

    fn decided_today(&self, now: i64, at: &HashMap<i64, usize>, rows: &mut [(i64, QueueStats)]) -> Result<()> {
        let sql = "SELECT key, n FROM tally WHERE key >= $1 AND key < $3 AND day = $2";
        for counter in self.wire.all(sql, &[&DECIDED, &now.div_euclid(DAY), &FLOW])? {
            let (key, n): (i64, i64) = (counter.get(0), counter.get(1));
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
