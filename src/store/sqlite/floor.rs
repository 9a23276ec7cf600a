//! Rows for the supervisor's picture.

use super::shelf::Rows;
use crate::store::keeper::floor::{Gallery, Leased, NEWEST, Newest, ON_SHIFT, Waits};
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::shelf::BucketRow;
use crate::store::keeper::stranded::Handed;
use crate::store::listing::ListedRow;
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use rusqlite::Row;

fn waits(row: &Row<'_>) -> rusqlite::Result<Waits> {
    Ok(Waits { id: row.get(0)?, bucket: row.get(1)?, received: row.get(2)?, due: row.get(3)? })
}

impl Gallery for Rows {
    fn rings(&self) -> Result<Vec<(i64, i64, i64)>> {
        let sql = "SELECT key, n, day FROM tally WHERE key >= ?1";
        self.all(sql, [FLOW], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn leased(&self) -> Result<Vec<Leased>> {
        let sql = "SELECT i.id, b.queue, l.person, l.until, l.body, i.due FROM lease l
             JOIN item i ON i.seq = l.item JOIN bucket b ON b.id = i.bucket LIMIT 5000";
        let read = self.all(sql, (), |row| {
            let lease = Leased {
                item: row.get(0)?,
                queue: row.get(1)?,
                person: row.get(2)?,
                since: 0,
                until: row.get(3)?,
                due: row.get(5)?,
                parked: false,
            };
            Ok((lease, row.get::<_, String>(4)?))
        })?;
        let since = |(lease, body): (Leased, String)| {
            let kept: Lease = serde_json::from_str(&body)
                .map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))?;
            Ok(Leased { since: kept.at.wall.as_microsecond(), parked: kept.parked, ..lease })
        };
        read.into_iter().map(since).collect()
    }

    fn hands(&self) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT b.queue, count(DISTINCT l.person) FROM lease l JOIN item i ON i.seq = l.item
             JOIN bucket b ON b.id = i.bucket GROUP BY b.queue";
        self.all(sql, (), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn newest(&self) -> Result<Vec<Newest>> {
        let sql = "SELECT i.id, b.origin, i.state = 0, i.received, c.body FROM item i
             JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq
             WHERE i.state <> 3 ORDER BY i.seq DESC LIMIT ?1";
        self.all(sql, [NEWEST], |row| {
            Ok(Newest {
                id: row.get(0)?,
                queue: row.get(1)?,
                live: row.get(2)?,
                received: row.get(3)?,
                body: row.get(4)?,
            })
        })
    }

    fn buckets(&self) -> Result<Vec<BucketRow>> {
        let sql = "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id";
        self.all(sql, (), |row| {
            Ok(BucketRow {
                id: row.get(0)?,
                queue: row.get(1)?,
                origin: row.get(2)?,
                lang: row.get(3)?,
                level: Severity::new(row.get(4)?).unwrap_or(Severity::EXTREME),
                waiting: row.get(5)?,
            })
        })
    }

    fn first_waiting(&self, bucket: i64, most: i64) -> Result<Vec<Waits>> {
        let sql = "SELECT i.id, w.bucket, w.received, w.due FROM waiting w JOIN item i ON i.seq = w.item
             WHERE w.bucket = ?1 ORDER BY w.class, w.rank, w.due, w.received, w.item LIMIT ?2";
        self.all(sql, (bucket, most), waits)
    }

    fn before(&self, place: i64, most: i64) -> Result<Vec<(i64, ListedRow)>> {
        let sql = "SELECT i.seq, i.state, i.round, i.received, i.due, b.lang, b.level, c.body, l.until, b.queue
             FROM item i JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq
             LEFT JOIN lease l ON l.item = i.seq WHERE i.seq < ?1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT ?2";
        self.all(sql, (place, most), |row| {
            let listed = ListedRow {
                place: row.get(0)?,
                state: row.get(1)?,
                round: row.get(2)?,
                received: row.get(3)?,
                due: row.get(4)?,
                lang: row.get(5)?,
                level: row.get(6)?,
                body: row.get(7)?,
                until: row.get(8)?,
            };
            Ok((row.get(9)?, listed))
        })
    }

    fn days(&self) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT person, body FROM day WHERE instr(body, ?1) > 0";
        self.all(sql, [ON_SHIFT], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

impl Handed for Rows {
    fn kept_from(&self) -> Result<Vec<(i64, i64)>> {
        self.all("SELECT item, person FROM barred", (), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn waiting_in(&self, bucket: i64) -> Result<Vec<i64>> {
        self.all("SELECT item FROM waiting WHERE bucket = ?1", [bucket], |row| row.get(0))
    }

    fn waits_of(&self, items: &[i64]) -> Result<Vec<(i64, Waits)>> {
        let sql = "SELECT i.id, i.bucket, i.received, i.due FROM item i
             WHERE i.seq = ?1 AND i.state = 0 AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.item = i.seq)";
        let mut found = Vec::new();
        for item in items {
            found.extend(self.all(sql, [item], waits)?.into_iter().map(|waits| (*item, waits)));
        }
        Ok(found)
    }
}
