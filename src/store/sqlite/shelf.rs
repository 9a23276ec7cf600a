//! The keeper's rows in SQLite: each a prepared statement, nothing decided here.

use super::pictures::Pictures;
use crate::store::access::KeptToken;
use crate::store::audit::{BEGINNING, Hash};
use crate::store::keeper::day::DayState;
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::{Lane, Lease, Tail};
use crate::store::keeper::lease::ItemRow;
use crate::store::keeper::message::MessageRow;
use crate::store::keeper::shelf::{
    AlertRow, AuthorItemRow, AuthorRow, BucketRow, Chronicle, Hand, Loaded, LogRow, Shelf, StandingRow,
};
use crate::store::serving::{NO_DUE, Place};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use bytes::Bytes;
use rusqlite::{CachedStatement, Connection, Params, Row, params};
use uuid::Uuid;

const _: () = assert!(NO_DUE == 9_223_372_036_854_775_807, "the index over deadlines says it in words");

/// Above every bucket: the counters of decisions.
pub(super) const DECIDED: i64 = 1 << 32;

/// A connection, and how rows are read from it.
pub(super) struct Rows {
    pub(super) conn: Connection,
    /// Where the bytes of pictures lie.
    pub(super) pictures: Pictures,
}

fn item(row: &Row<'_>) -> rusqlite::Result<ItemRow> {
    Ok(ItemRow {
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

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { class: row.get(0)?, rank: row.get(1)?, due: row.get(2)?, received: row.get(3)?, item: row.get(4)? })
}

/// An alert, its id first; other columns may follow.
pub(super) fn alert(row: &Row<'_>) -> rusqlite::Result<AlertRow> {
    let (by, at): (Option<String>, Option<i64>) = (row.get(5)?, row.get(6)?);
    Ok(AlertRow {
        id: Uuid::from_bytes(row.get(0)?),
        item: row.get(1)?,
        person: row.get(2)?,
        open: row.get(3)?,
        body: row.get(4)?,
        taken: by.zip(at),
    })
}

impl Rows {
    pub(super) fn exec(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut select: CachedStatement<'_> = self.conn.prepare_cached(sql)?;
        let mut rows = select.query(params)?;
        Ok(match rows.next()? {
            Some(row) => Some(read(row)?),
            None => None,
        })
    }

    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut select = self.conn.prepare_cached(sql)?;
        let mut rows = select.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }

    fn tail(&self) -> Result<Tail> {
        let last: Option<i64> = self.one("SELECT max(seq) FROM log", (), |row| row.get(0))?.flatten();
        let audited =
            self.one("SELECT audit, hash FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1", (), |row| {
                Ok((row.get(0)?, row.get::<_, Hash>(1)?))
            })?;
        let (audit, hash) = audited.unwrap_or((0, BEGINNING));
        Ok(Tail { seq: last.unwrap_or(0), audit, hash })
    }
}

impl Chronicle for Rows {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        let sql = "SELECT audit, at, actor, action, subject, detail, hash, person, item, prev, round, revision, payload
             FROM log WHERE seq = ?1";
        self.one(sql, [seq], |row| {
            Ok(LogRow {
                seq,
                audit: row.get(0)?,
                at: row.get(1)?,
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: row.get(5)?,
                hash: row.get(6)?,
                person: row.get(7)?,
                item: row.get(8)?,
                prev: row.get(9)?,
                round: row.get(10)?,
                revision: row.get(11)?,
                payload: row.get(12)?,
            })
        })
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        let sql = "SELECT l.at, l.actor FROM batch b JOIN log l ON l.seq = b.log WHERE b.first <= ?1
             ORDER BY b.first DESC LIMIT 1";
        self.one(sql, [item], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        let sql = "SELECT items, decided, removed, policy, at FROM author WHERE id = ?1";
        self.one(sql, [author], |row| {
            let (policy, at): (Option<String>, Option<i64>) = (row.get(3)?, row.get(4)?);
            let last = at.map(|at| (policy.unwrap_or_default(), at));
            Ok(AuthorRow { items: row.get(0)?, decided: row.get(1)?, removed: row.get(2)?, last })
        })
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        let sql = "SELECT i.seq, i.id, i.received, i.last, b.level, c.body FROM item i
             JOIN content c ON c.item = i.seq JOIN bucket b ON b.id = i.bucket
             WHERE i.author = ?1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT ?2";
        self.all(sql, (author, most), |row| {
            Ok(AuthorItemRow {
                seq: row.get(0)?,
                id: row.get(1)?,
                received: row.get(2)?,
                last: row.get(3)?,
                level: row.get(4)?,
                body: row.get(5)?,
            })
        })
    }
}

impl Shelf for Rows {
    fn load(&self) -> Result<Loaded> {
        let buckets = "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
             FROM bucket b LEFT JOIN tally t ON t.key = b.id ORDER BY b.id";
        let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let leases = self.all("SELECT item, person, until, body FROM lease", (), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))
        })?;
        let leases = leases.into_iter().map(|(item, person, until, body)| {
            let kept: Lease = serde_json::from_str(&body)
                .map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))?;
            Ok(Lease { item, person, until, ..kept })
        });
        Ok(Loaded {
            queues: self.all("SELECT id, body FROM queue", (), |row| Ok((row.get(0)?, row.get(1)?)))?,
            clients: self.all("SELECT body FROM client", (), |row| row.get(0))?,
            people: self.all("SELECT id, body FROM person", (), |row| Ok((row.get(0)?, row.get(1)?)))?,
            buckets: self.all(buckets, (), |row| {
                Ok(BucketRow {
                    id: row.get(0)?,
                    queue: row.get(1)?,
                    origin: row.get(2)?,
                    lang: row.get(3)?,
                    level: Severity::new(row.get(4)?).unwrap_or(Severity::EXTREME),
                    waiting: row.get(5)?,
                })
            })?,
            decided: self.all(
                "SELECT key - ?1, day, n FROM tally WHERE key >= ?1 AND key < ?2",
                (DECIDED, FLOW),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?,
            leases: leases.collect::<Result<_>>()?,
            barred: self.barred()?,
            shut: self.all("SELECT person, author FROM shut", (), pair)?,
            days: Vec::new(),
            tail: self.tail()?,
            next_item: self
                .one("SELECT max(seq) FROM item", (), |row| row.get::<_, Option<i64>>(0))?
                .flatten()
                .unwrap_or(0)
                + 1,
            kin: self.all("SELECT id, n FROM kin ORDER BY id", (), |row| Ok((row.get(0)?, row.get(1)?)))?,
            doubted: self
                .all("SELECT DISTINCT item FROM message WHERE open = 1 AND item IS NOT NULL", (), |row| row.get(0))?,
        })
    }

    fn item_by_id(&self, id: &str) -> Result<Option<ItemRow>> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE id = ?1";
        self.one(SQL, [id], item)
    }

    fn item_by_seq(&self, seq: i64) -> Result<Option<ItemRow>> {
        const SQL: &str = "SELECT seq, id, state, bucket, class, priority, revision, round, received, due, author, last
             FROM item WHERE seq = ?1";
        self.one(SQL, [seq], item)
    }

    fn add_item(&self, row: &ItemRow, body: Bytes) -> Result<()> {
        self.exec("INSERT INTO content VALUES (?1, ?2)", (row.seq, &body[..]))?;
        let sql = "INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        let row = params![
            row.seq,
            row.id,
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
        ];
        self.exec(sql, row).map(drop)
    }

    fn put_item(&self, row: &ItemRow) -> Result<()> {
        let sql = "UPDATE item SET state = ?2, bucket = ?3, class = ?4, priority = ?5, revision = ?6, round = ?7,
             received = ?8, due = ?9, author = ?10, last = ?11 WHERE seq = ?1";
        let row = params![
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
        ];
        self.exec(sql, row).map(drop)
    }

    fn content(&self, item: i64) -> Result<Option<Vec<u8>>> {
        self.one("SELECT body FROM content WHERE item = ?1", [item], |row| row.get(0))
    }

    fn put_content(&self, item: i64, body: Bytes) -> Result<()> {
        self.exec("UPDATE content SET body = ?2 WHERE item = ?1", (item, &body[..])).map(drop)
    }

    fn first_of(&self, bucket: i64, lane: Lane, after: Option<Place>) -> Result<Option<Place>> {
        let after = after.unwrap_or(Place { class: -1, rank: 0, due: i64::MIN, received: 0, item: 0 });
        match lane {
            Lane::Order => self.one(
                "SELECT class, rank, due, received, item FROM waiting
                 WHERE bucket = ?1 AND (class, rank, due, received, item) > (?2, ?3, ?4, ?5, ?6)
                 ORDER BY class, rank, due, received, item LIMIT 1",
                (bucket, after.class, after.rank, after.due, after.received, after.item),
                place,
            ),
            Lane::Due => self.one(
                "SELECT class, rank, due, received, item FROM waiting INDEXED BY waiting_due
                 WHERE bucket = ?1 AND due < 9223372036854775807
                 AND (due, class, rank, received, item) > (?2, ?3, ?4, ?5, ?6)
                 ORDER BY due, class, rank, received, item LIMIT 1",
                (bucket, after.due, after.class, after.rank, after.received, after.item),
                place,
            ),
        }
    }

    fn wait(&self, bucket: i64, place: Place) -> Result<()> {
        let row = (bucket, place.class, place.rank, place.due, place.received, place.item);
        self.exec("INSERT INTO waiting VALUES (?1, ?2, ?3, ?4, ?5, ?6)", row).map(drop)
    }

    fn unwait(&self, bucket: i64, place: Place) -> Result<bool> {
        let sql = "DELETE FROM waiting WHERE bucket = ?1 AND class = ?2 AND rank = ?3 AND due = ?4 AND received = ?5
             AND item = ?6";
        let row = (bucket, place.class, place.rank, place.due, place.received, place.item);
        self.exec(sql, row).map(|gone| gone > 0)
    }

    fn put_lease(&self, lease: &Lease) -> Result<()> {
        let body = serde_json::to_string(lease).expect("a lease is always JSON");
        let row = (lease.item, lease.person, lease.until, body);
        self.exec("INSERT OR REPLACE INTO lease VALUES (?1, ?2, ?3, ?4)", row).map(drop)
    }

    fn drop_lease(&self, item: i64) -> Result<()> {
        self.exec("DELETE FROM lease WHERE item = ?1", [item]).map(drop)
    }

    fn prolong(&self, lease: &Lease) -> Result<()> {
        self.exec("UPDATE lease SET until = ?2 WHERE item = ?1", (lease.item, lease.until)).map(drop)
    }

    fn hand(&self, person: i64, item: i64) -> Result<Option<Hand>> {
        let sql = "SELECT round, revision, booked FROM hand WHERE person = ?1 AND item = ?2";
        self.one(sql, (person, item), |row| Ok(Hand { round: row.get(0)?, revision: row.get(1)?, booked: row.get(2)? }))
    }

    fn hand_over(&self, person: i64, row: &ItemRow, at: i64) -> Result<()> {
        let sql = "INSERT INTO hand (person, item, round, revision, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (person, item) DO UPDATE SET round = excluded.round,
             booked = CASE WHEN revision = excluded.revision THEN booked END,
             sight = CASE WHEN revision = excluded.revision THEN sight END, revision = excluded.revision";
        self.exec(sql, (person, row.seq, row.round, row.revision, at)).map(drop)
    }

    fn book(&self, person: i64, row: &ItemRow, at: i64, booked: &str, sight: Option<&str>) -> Result<()> {
        let sql = "INSERT INTO hand VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6) ON CONFLICT (person, item) DO UPDATE SET
             revision = excluded.revision, at = excluded.at, booked = excluded.booked,
             sight = coalesce(excluded.sight, CASE WHEN hand.revision = excluded.revision THEN hand.sight END)";
        self.exec(sql, (person, row.seq, row.revision, at, booked, sight)).map(drop)
    }

    fn forget_round(&self, person: i64, item: i64) -> Result<()> {
        self.exec("UPDATE hand SET round = 0 WHERE person = ?1 AND item = ?2", (person, item)).map(drop)
    }

    fn bar(&self, item: i64, person: i64, why: &str) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO barred VALUES (?1, ?2, ?3)", (item, person, why)).map(drop)
    }

    fn unbar(&self, item: i64) -> Result<Vec<i64>> {
        self.exec("DELETE FROM barred WHERE item = ?1 AND why <> 'reporter'", [item])?;
        self.all("SELECT person FROM barred WHERE item = ?1", [item], |row| row.get(0))
    }

    fn unbar_passed(&self, item: i64) -> Result<()> {
        self.exec("DELETE FROM barred WHERE item = ?1 AND why = 'passed'", [item]).map(drop)
    }

    fn barred(&self) -> Result<Vec<(i64, i64)>> {
        self.all("SELECT item, person FROM barred", (), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn passed_in(&self, queue: i64) -> Result<Vec<i64>> {
        let sql = "SELECT DISTINCT b.item FROM barred b JOIN item i ON i.seq = b.item JOIN bucket k ON k.id = i.bucket
             WHERE b.why = 'passed' AND i.state = 0 AND k.queue = ?1";
        self.all(sql, [queue], |row| row.get(0))
    }

    fn escalated_in(&self, queue: i64) -> Result<Vec<i64>> {
        let sql = "SELECT w.item FROM bucket k JOIN waiting w ON w.bucket = k.id
             WHERE k.queue = ?1 AND k.origin <> ?1";
        self.all(sql, [queue], |row| row.get(0))
    }

    fn shut(&self, person: i64, author: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO shut VALUES (?1, ?2)", (person, author)).map(drop)
    }

    fn log(&self, row: &LogRow) -> Result<()> {
        let sql = "INSERT INTO log VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)";
        let row = params![
            row.seq,
            row.audit,
            row.at,
            row.actor,
            row.action,
            row.subject,
            row.detail,
            row.hash.as_ref().map(|hash| &hash[..]),
            row.person,
            row.item,
            row.prev,
            row.round,
            row.revision,
            row.payload
        ];
        self.exec(sql, row).map(drop)
    }

    fn put_payload(&self, seq: i64, payload: &[u8]) -> Result<()> {
        self.exec("UPDATE log SET payload = ?2 WHERE seq = ?1", (seq, payload)).map(drop)
    }

    fn logged(&self, id: Uuid, _: bool) -> Result<Option<i64>> {
        self.one("SELECT seq FROM decision WHERE id = ?1", [&id.as_bytes()[..]], |row| row.get(0))
    }

    fn put_logged(&self, id: Uuid, seq: i64) -> Result<()> {
        self.exec("INSERT INTO decision VALUES (?1, ?2)", (&id.as_bytes()[..], seq)).map(drop)
    }

    fn put_reversal(&self, decision: i64, seq: i64, id: Uuid) -> Result<()> {
        self.exec("INSERT INTO reversal VALUES (?1, ?2, ?3)", (decision, seq, &id.as_bytes()[..])).map(drop)
    }

    fn put_batch(&self, first: i64, log: i64) -> Result<()> {
        self.exec("INSERT INTO batch VALUES (?1, ?2)", (first, log)).map(drop)
    }

    fn standing(&self, items: &[i64]) -> Result<Vec<StandingRow>> {
        const SQL: &str =
            "SELECT i.seq, i.id, i.state, i.bucket, i.revision, i.received, i.last, l.person, l.until, i.author
             FROM item i LEFT JOIN lease l ON l.item = i.seq WHERE i.seq = ?1";
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            rows.extend(self.one(SQL, [item], |row| {
                let (person, until): (Option<i64>, Option<i64>) = (row.get(7)?, row.get(8)?);
                Ok(StandingRow {
                    seq: row.get(0)?,
                    id: row.get(1)?,
                    state: row.get(2)?,
                    bucket: row.get(3)?,
                    revision: row.get(4)?,
                    received: row.get(5)?,
                    last: row.get(6)?,
                    author: row.get(9)?,
                    lease: person.zip(until),
                })
            })?);
        }
        Ok(rows)
    }

    fn put_kin(&self, id: i64, n: usize, body: Vec<u8>) -> Result<()> {
        self.exec("INSERT INTO kin VALUES (?1, ?2, ?3)", (id, n, body)).map(drop)
    }

    fn kin(&self, ids: &[i64]) -> Result<Vec<Vec<u8>>> {
        let found = ids.iter().map(|id| self.one("SELECT body FROM kin WHERE id = ?1", [id], |row| row.get(0)));
        found.filter_map(Result::transpose).collect()
    }

    fn drop_kin(&self, id: i64) -> Result<()> {
        self.exec("DELETE FROM kin WHERE id = ?1", [id]).map(drop)
    }

    fn add_to_thread(&self, thread: i64, item: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO thread VALUES (?1, ?2)", (thread, item)).map(drop)
    }

    fn name_picture(&self, hash: &str, item: i64) -> Result<()> {
        self.exec("INSERT OR IGNORE INTO picture VALUES (?1, ?2)", (hash, item)).map(drop)
    }

    fn unname_picture(&self, hash: &str, item: i64) -> Result<()> {
        self.exec("DELETE FROM picture WHERE hash = ?1 AND item = ?2", (hash, item)).map(drop)
    }

    fn is_picture_named(&self, hash: &str) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM picture WHERE hash = ?1 LIMIT 1", [hash], |row| row.get::<_, i64>(0))?.is_some())
    }

    fn drop_picture(&self, hash: &str) -> Result<()> {
        self.pictures.some_go();
        self.exec("INSERT OR IGNORE INTO picture_gone VALUES (?1)", [hash]).map(drop)
    }

    fn authored(&self, author: i64) -> Result<Vec<i64>> {
        self.all("SELECT seq FROM item WHERE author = ?1 ORDER BY seq", [author], |row| row.get(0))
    }

    fn quoting(&self, bytes: &[u8]) -> Result<Vec<i64>> {
        self.all("SELECT item FROM content WHERE instr(body, ?1) > 0 ORDER BY item", [bytes], |row| row.get(0))
    }

    fn forget_author(&self, author: i64) -> Result<()> {
        self.exec("DELETE FROM author WHERE id = ?1", [author]).map(drop)
    }

    fn happened_after(&self, seq: i64, most: u32) -> Result<Vec<(i64, i64, Option<i64>)>> {
        let sql = "SELECT seq, at, CASE WHEN action IN ('decision.recorded', 'item.withdrawn') THEN item END FROM log
             WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        self.all(sql, (seq, most), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn alike(&self, text: i64) -> Result<Vec<(i64, String, u64)>> {
        let sql = "SELECT verdict, policy, times FROM alike WHERE text = ?1 AND times > 0 ORDER BY times DESC LIMIT 5";
        self.all(sql, [text], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn count_alike(&self, text: i64, verdict: i64, policy: &str, by: i64) -> Result<()> {
        let sql = "INSERT INTO alike VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (text, verdict, policy) DO UPDATE SET times = times + excluded.times";
        self.exec(sql, (text, verdict, policy, by)).map(drop)
    }

    fn add_author(&self, author: i64, items: i64) -> Result<()> {
        let sql = "INSERT INTO author VALUES (?1, ?2, 0, 0, NULL, NULL)
             ON CONFLICT (id) DO UPDATE SET items = items + excluded.items";
        self.exec(sql, (author, items)).map(drop)
    }

    fn count_author(&self, author: i64, decided: i64, removed: i64) -> Result<()> {
        let sql = "UPDATE author SET decided = decided + ?2, removed = removed + ?3 WHERE id = ?1";
        self.exec(sql, (author, decided, removed)).map(drop)
    }

    fn last_removal(&self, author: i64, policy: Option<&str>, at: i64) -> Result<()> {
        self.exec("UPDATE author SET policy = ?2, at = ?3 WHERE id = ?1", (author, policy, at)).map(drop)
    }

    fn put_queue(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO queue VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.exec(sql, (id, name, body)).map(drop)
    }

    fn put_client(&self, name: &str, body: &str) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO client VALUES (?1, ?2)", (name, body)).map(drop)
    }

    fn put_person(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO person VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.exec(sql, (id, name, body)).map(drop)
    }

    fn add_bucket(&self, bucket: &BucketRow) -> Result<()> {
        let row = (bucket.id, bucket.queue, bucket.origin, &bucket.lang, bucket.level.level());
        self.exec("INSERT INTO bucket VALUES (?1, ?2, ?3, ?4, ?5)", row).map(drop)
    }

    fn put_waiting(&self, bucket: i64, n: i64) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO tally VALUES (?1, ?2, 0)", (bucket, n)).map(drop)
    }

    fn put_decided(&self, queue: i64, day: i64, n: i64) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO tally VALUES (?1, ?2, ?3)", (DECIDED + queue, n, day)).map(drop)
    }

    fn tally(&self, key: i64) -> Result<Option<(i64, i64)>> {
        self.one("SELECT n, day FROM tally WHERE key = ?1", [key], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn put_tally(&self, key: i64, n: i64, stamp: i64) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO tally VALUES (?1, ?2, ?3)", (key, n, stamp)).map(drop)
    }

    fn day(&self, person: i64) -> Result<Option<DayState>> {
        let body: Option<String> = self.one("SELECT body FROM day WHERE person = ?1", [person], |row| row.get(0))?;
        // A day that cannot be read must not become an empty one: that would end a break.
        body.map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(|error| StoreError::Engine(format!("a moderator's day cannot be read ({error})")))
    }

    fn put_day(&self, person: i64, day: &DayState) -> Result<()> {
        let body = serde_json::to_string(day).expect("a day is always JSON");
        self.exec("INSERT OR REPLACE INTO day VALUES (?1, ?2)", (person, body)).map(drop)
    }

    fn keep_rest(&self, person: i64, at: i64, kind: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO rest (person, at, kind, body) VALUES (?1, ?2, ?3, ?4)";
        self.exec(sql, (person, at, kind, body)).map(drop)
    }

    fn rests_before(&self, at: i64, most: u32) -> Result<Vec<(i64, String, String)>> {
        self.all("SELECT id, kind, body FROM rest WHERE at < ?1 ORDER BY id LIMIT ?2", (at, most), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    fn drop_rest(&self, id: i64) -> Result<()> {
        self.exec("DELETE FROM rest WHERE id = ?1", [id]).map(drop)
    }

    fn forget_looks(&self, before: i64, most: u32) -> Result<u64> {
        let sql = "UPDATE hand SET sight = NULL, booked = NULL WHERE (person, item) IN
             (SELECT person, item FROM hand WHERE at < ?1 AND (sight IS NOT NULL OR booked IS NOT NULL) LIMIT ?2)";
        self.exec(sql, (before, most)).map(|n| n as u64)
    }

    fn erase_about(&self, person: i64, begun: i64) -> Result<u64> {
        let shifts = self.exec("DELETE FROM rest WHERE person = ?1 AND kind = 'shift'", [person])?;
        self.exec("DELETE FROM rest WHERE person = ?1", [person])?;
        self.exec("UPDATE hand SET booked = NULL, sight = NULL WHERE person = ?1 AND at < ?2", (person, begun))?;
        self.exec("UPDATE hand SET sight = NULL WHERE person = ?1", [person])?;
        Ok(shifts as u64)
    }

    fn put_token(&self, person: i64, token: &KeptToken, issued: i64) -> Result<()> {
        let expires = token.expires_at.map(|at| at.as_microsecond());
        self.exec("INSERT INTO token VALUES (?1, ?2, ?3, ?4)", (&token.digest[..], person, issued, expires)).map(drop)
    }

    fn drop_tokens(&self, person: i64) -> Result<u64> {
        self.exec("DELETE FROM token WHERE person = ?1", [person]).map(|gone| gone as u64)
    }

    fn mark_access(&self, person: i64, seq: i64) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO access VALUES (?1, ?2)", (person, seq)).map(drop)
    }

    fn put_handover(&self, person: i64, at: i64, body: &str) -> Result<()> {
        self.exec("INSERT INTO handover (person, at, body) VALUES (?1, ?2, ?3)", (person, at, body)).map(drop)
    }

    fn handover(&self, most: u32) -> Result<Vec<String>> {
        self.all("SELECT body FROM handover ORDER BY id DESC LIMIT ?1", [most], |row| row.get(0))
    }

    fn alert(&self, id: Uuid) -> Result<Option<AlertRow>> {
        let sql = "SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE id = ?1";
        self.one(sql, [&id.as_bytes()[..]], alert)
    }

    fn alerts_on(&self, item: i64) -> Result<Vec<AlertRow>> {
        self.all("SELECT id, item, person, open, body, taken_by, taken_at FROM alert WHERE item = ?1", [item], alert)
    }

    fn put_alert(&self, alert: &AlertRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO alert (id, item, person, open, body, taken_by, taken_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (by, at) = alert.taken.clone().unzip();
        let row = (&alert.id.as_bytes()[..], alert.item, alert.person, alert.open, &alert.body, by, at);
        self.exec(sql, row).map(drop)
    }

    fn message(&self, id: Uuid) -> Result<Option<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE id = ?1";
        self.one(sql, [&id.as_bytes()[..]], super::messages::row)
    }

    fn messages_on(&self, item: i64) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE item = ?1";
        self.all(sql, [item], super::messages::row)
    }

    fn put_message(&self, row: &MessageRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO message (id, kind, at, person, client, item, open, kept, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let id = &row.id.as_bytes()[..];
        let row = (id, row.kind, row.at, row.person, &row.client, row.item, row.open, row.kept, &row.body);
        self.exec(sql, row).map(drop)
    }

    fn read_at(&self, message: Uuid, person: i64) -> Result<Option<i64>> {
        let sql = "SELECT at FROM message_read WHERE person = ?1 AND message = ?2";
        self.one(sql, (person, &message.as_bytes()[..]), |row| row.get(0))
    }

    fn put_read(&self, message: Uuid, person: i64, at: i64) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO message_read VALUES (?1, ?2, ?3)";
        self.exec(sql, (person, &message.as_bytes()[..], at)).map(drop)
    }

    fn decided_under(&self, version: &str, after: i64, upto: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT seq, item FROM log WHERE seq > ?1 AND seq <= ?3 AND action = 'decision.recorded'
             AND item IS NOT NULL AND json_extract(detail, '$.policy_version') = ?2 ORDER BY seq";
        self.all(sql, (after, version, upto), |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn paused(&self, item: i64) -> Result<Option<(i64, i64)>> {
        self.one("SELECT at, due FROM paused WHERE item = ?1", [item], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn put_paused(&self, item: i64, paused: Option<(i64, i64, &str)>) -> Result<()> {
        match paused {
            Some((at, due, why)) => {
                self.exec("INSERT OR REPLACE INTO paused VALUES (?1, ?2, ?3, ?4)", (item, at, due, why)).map(drop)
            }
            None => self.exec("DELETE FROM paused WHERE item = ?1", [item]).map(drop),
        }
    }

    fn meta(&self, key: &str) -> Result<Option<String>> {
        self.one("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
    }

    fn put_meta(&self, key: &str, value: &str) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", (key, value)).map(drop)
    }
}
