//! Rows for the supervisor's picture.

use super::wire::{Wire, unread};
use crate::store::Result;
use crate::store::keeper::floor::{Gallery, Leased, NEWEST, Newest, ON_SHIFT, Waits};
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::Lease;
use crate::store::keeper::shelf::BucketRow;
use crate::store::keeper::stranded::{Handed, Unserved};
use crate::store::listing::ListedRow;
use crate::wellbeing::Severity;
use tokio_postgres::Row;

fn unserved(row: &Row) -> Unserved {
    Unserved { item: row.get(0), bucket: row.get(1), received: row.get(2), due: row.get(3) }
}

impl Gallery for Wire {
    fn rings(&self) -> Result<Vec<(i64, i64, i64)>> {
        let rows = self.all("SELECT key, n, day FROM tally WHERE key >= $1", &[&FLOW])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn leased(&self) -> Result<Vec<Leased>> {
        let sql = "SELECT i.id, b.queue, l.person, l.until, l.body, i.due FROM lease l
             JOIN item i ON i.seq = l.item JOIN bucket b ON b.id = i.bucket LIMIT 5000";
        let read = |row: &Row| {
            let kept: Lease = serde_json::from_str(row.get(4)).map_err(|error| unread(&error))?;
            Ok(Leased {
                item: row.get(0),
                queue: row.get(1),
                person: row.get(2),
                since: kept.at.wall.as_microsecond(),
                until: row.get(3),
                due: row.get(5),
                parked: kept.parked,
            })
        };
        self.all(sql, &[])?.iter().map(read).collect()
    }

    fn hands(&self) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT b.queue, count(DISTINCT l.person) FROM lease l JOIN item i ON i.seq = l.item
             JOIN bucket b ON b.id = i.bucket GROUP BY b.queue";
        Ok(self.all(sql, &[])?.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn newest(&self) -> Result<Vec<Newest>> {
        let sql = "SELECT i.id, b.origin, i.state = 0, i.received, c.body FROM item i
             JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq
             WHERE i.state <> 3 ORDER BY i.seq DESC LIMIT $1";
        let read = |row: &Row| Newest {
            id: row.get(0),
            queue: row.get(1),
            live: row.get(2),
            received: row.get(3),
            body: row.get(4),
        };
        Ok(self.all(sql, &[&NEWEST])?.iter().map(read).collect())
    }

    fn buckets(&self) -> Result<Vec<BucketRow>> {
        let sql = "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id";
        let level = |n: i64| u8::try_from(n).ok().and_then(Severity::new).unwrap_or(Severity::EXTREME);
        let read = |row: &Row| BucketRow {
            id: row.get(0),
            queue: row.get(1),
            origin: row.get(2),
            lang: row.get(3),
            level: level(row.get(4)),
            waiting: row.get(5),
        };
        Ok(self.all(sql, &[])?.iter().map(read).collect())
    }

    fn first_waiting(&self, bucket: i64, most: i64) -> Result<Vec<Waits>> {
        let sql = "SELECT i.id, w.received, w.due FROM (SELECT * FROM waiting WHERE bucket = $1
             ORDER BY class, rank, due, received, item LIMIT $2) w JOIN item i ON i.seq = w.item";
        let read = |row: &Row| Waits { id: row.get(0), received: row.get(1), due: row.get(2) };
        Ok(self.all(sql, &[&bucket, &most])?.iter().map(read).collect())
    }

    fn ids_of(&self, items: &[i64]) -> Result<Vec<(i64, String)>> {
        let rows = self.all("SELECT seq, id FROM item WHERE seq = ANY($1)", &[&items])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn before(&self, place: i64, most: i64) -> Result<Vec<(i64, ListedRow)>> {
        let sql = "SELECT i.seq, i.state, i.round, i.received, i.due, b.lang, b.level, c.body, l.until, b.queue
             FROM item i JOIN bucket b ON b.id = i.bucket JOIN content c ON c.item = i.seq
             LEFT JOIN lease l ON l.item = i.seq WHERE i.seq < $1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT $2";
        let read = |row: &Row| {
            let listed = ListedRow {
                place: row.get(0),
                state: row.get(1),
                round: row.get(2),
                received: row.get(3),
                due: row.get(4),
                lang: row.get(5),
                level: row.get(6),
                body: row.get(7),
                until: row.get(8),
            };
            (row.get(9), listed)
        };
        Ok(self.all(sql, &[&place, &most])?.iter().map(read).collect())
    }

    fn days(&self) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT person, body FROM day WHERE strpos(body, $1) > 0";
        Ok(self.all(sql, &[&ON_SHIFT])?.iter().map(|row| (row.get(0), row.get(1))).collect())
    }
}

impl Handed for Wire {
    fn kept_from_each(&self) -> Result<Vec<(i64, usize)>> {
        let rows = self.all("SELECT person, count(*) FROM barred GROUP BY person", &[])?;
        Ok(rows.iter().map(|row| (row.get(0), usize::try_from(row.get::<_, i64>(1)).unwrap_or_default())).collect())
    }

    fn kept_from(&self, people: &[i64]) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT b.item, b.person FROM (SELECT DISTINCT item FROM barred WHERE person = ANY($1)) AS n
             JOIN barred b ON b.item = n.item";
        Ok(self.all(sql, &[&people])?.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn waiting_in(&self, buckets: &[i64]) -> Result<Vec<Unserved>> {
        let sql = "SELECT w.item, w.bucket, w.received, w.due FROM unnest($1::bigint[]) AS n (bucket)
             JOIN waiting w ON w.bucket = n.bucket";
        Ok(self.all(sql, &[&buckets])?.iter().map(unserved).collect())
    }

    fn waiting_of(&self, items: &[i64]) -> Result<Vec<Unserved>> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT i.seq, i.bucket, i.received, i.due FROM item i
             WHERE i.seq = ANY($1) AND i.state = 0 AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.item = i.seq)";
        Ok(self.all(sql, &[&items])?.iter().map(unserved).collect())
    }
}
