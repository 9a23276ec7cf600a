//! Rows for the supervisor's picture.

use super::shelf::Rows;
use crate::store::keeper::floor::{Gallery, Leased, NEWEST, Newest, ON_SHIFT, Waits};
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::shelf::BucketRow;
use crate::store::keeper::stranded::{Handed, Unserved};
use crate::store::listing::ListedRow;
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use rusqlite::Row;
use std::collections::HashSet;

fn unserved(row: &Row<'_>) -> rusqlite::Result<Unserved> {
    Ok(Unserved { item: row.get(0)?, bucket: row.get(1)?, received: row.get(2)?, due: row.get(3)? })
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
        let sql = "SELECT i.id, w.received, w.due FROM waiting w JOIN item i ON i.seq = w.item
             WHERE w.bucket = ?1 ORDER BY w.class, w.rank, w.due, w.received, w.item LIMIT ?2";
        self.all(sql, (bucket, most), |row| Ok(Waits { id: row.get(0)?, received: row.get(1)?, due: row.get(2)? }))
    }

    fn ids_of(&self, items: &[i64]) -> Result<Vec<(i64, String)>> {
        let mut found = Vec::new();
        for item in items {
            let sql = "SELECT seq, id FROM item WHERE seq = ?1";
            found.extend(self.all(sql, [item], |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        Ok(found)
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
    fn kept_from_each(&self) -> Result<Vec<(i64, usize)>> {
        self.all("SELECT person, count(*) FROM barred GROUP BY person", (), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn kept_from(&self, people: &[i64]) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT b.item, b.person FROM barred n JOIN barred b ON b.item = n.item WHERE n.person = ?1";
        let mut found = HashSet::new();
        for person in people {
            found.extend(self.all(sql, [person], |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        Ok(found.into_iter().collect())
    }

    fn waiting_in(&self, buckets: &[i64]) -> Result<Vec<Unserved>> {
        let sql = "SELECT item, bucket, received, due FROM waiting WHERE bucket = ?1";
        let mut found = Vec::new();
        for bucket in buckets {
            found.extend(self.all(sql, [bucket], unserved)?);
        }
        Ok(found)
    }

    fn waiting_of(&self, items: &[i64]) -> Result<Vec<Unserved>> {
        let sql = "SELECT i.seq, i.bucket, i.received, i.due FROM item i
             WHERE i.seq = ?1 AND i.state = 0 AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.item = i.seq)";
        let mut found = Vec::new();
        for item in items {
            found.extend(self.all(sql, [item], unserved)?);
        }
        Ok(found)
    }
}
