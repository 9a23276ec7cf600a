//! The keeper's rows in SQLite: each a prepared statement, nothing decided here.

use super::pictures::Pictures;
use crate::store::audit::{BEGINNING, Hash};
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::{Lease, Tail};
use crate::store::keeper::shelf::{BucketRow, Loaded, PlaceShelf, Shelf};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use rusqlite::{CachedStatement, Connection, Params, Row};

/// Above every bucket: the counters of decisions.
pub(super) const DECIDED: i64 = 1 << 32;

/// A connection, and how rows are read from it.
pub(in crate::store) struct Rows {
    pub(super) conn: Connection,
    /// Where the bytes of pictures lie.
    pub(super) pictures: Pictures,
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

    fn meta(&self, key: &str) -> Result<Option<String>> {
        self.one("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
    }

    fn put_meta(&self, key: &str, value: &str) -> Result<()> {
        self.exec("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", (key, value)).map(drop)
    }
}
