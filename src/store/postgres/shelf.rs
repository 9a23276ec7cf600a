//! The keeper's rows in PostgreSQL.

use super::pages::Pages;
use super::wire::{Param, unread};
use crate::store::audit::BEGINNING;
use crate::store::keeper::flow::FLOW;
use crate::store::keeper::hot::{Lease, Tail};
use crate::store::keeper::shelf::{BucketRow, Loaded, Shelf};
use crate::store::{Result, StoreError};
use crate::wellbeing::Severity;
use tokio_postgres::Row;

/// Above every bucket: the counters of decisions.
pub(super) const DECIDED: i64 = 1 << 32;

pub(super) fn boxed<T: tokio_postgres::types::ToSql + Sync + Send + 'static>(value: T) -> Param {
    Box::new(value)
}

impl Pages {
    pub(super) fn rarely(&self, sql: &'static str, params: Vec<Param>) -> Result<()> {
        self.writing().rare.push((sql, params));
        Ok(())
    }

    /// Asks the database, with everything pending written first.
    pub(super) fn ask(
        &self,
        sql: &'static str,
        params: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Vec<Row>> {
        self.spill()?;
        self.wire.all(sql, params)
    }
}

impl Shelf for Pages {
    fn load(&self) -> Result<Loaded> {
        self.cache.take();
        self.pending.take();
        let number = |sql| Ok::<_, StoreError>(self.wire.one(sql, &[])?.map_or(0, |row| row.get::<_, i64>(0)));
        self.version.set(number("SELECT coalesce(max(version), 0) FROM commit")?);
        self.lock.set(number("SELECT 'commit'::regclass::oid::bigint")?);
        let pairs = |sql| -> Result<Vec<(i64, i64)>> {
            Ok(self.wire.all(sql, &[])?.iter().map(|row| (row.get(0), row.get(1))).collect())
        };
        let bodies = |sql| -> Result<Vec<(i64, String)>> {
            Ok(self.wire.all(sql, &[])?.iter().map(|row| (row.get(0), row.get(1))).collect())
        };
        let mut leases = Vec::new();
        for row in self.wire.all("SELECT item, person, until, body FROM lease", &[])? {
            let kept: Lease = serde_json::from_str(row.get(3)).map_err(|error| unread(&error))?;
            leases.push(Lease { item: row.get(0), person: row.get(1), until: row.get(2), ..kept });
        }
        let buckets: Vec<BucketRow> = self
            .wire
            .all(
                "SELECT b.id, b.queue, b.origin, b.lang, b.level, coalesce(t.n, 0)
                 FROM bucket b LEFT JOIN tally t ON t.key = b.id ORDER BY b.id",
                &[],
            )?
            .iter()
            .map(|row| BucketRow {
                id: row.get(0),
                queue: row.get(1),
                origin: row.get(2),
                lang: row.get(3),
                level: u8::try_from(row.get::<_, i64>(4)).ok().and_then(Severity::new).unwrap_or(Severity::EXTREME),
                waiting: row.get(5),
            })
            .collect();
        let decided =
            self.wire.all("SELECT key - $1, day, n FROM tally WHERE key >= $1 AND key < $2", &[&DECIDED, &FLOW])?;
        let audited = self
            .wire
            .one("SELECT audit, hash FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1", &[])?
            .map(|row| (row.get::<_, i64>(0), row.get::<_, Vec<u8>>(1)));
        let (audit, hash) =
            audited.map_or((0, BEGINNING), |(audit, hash)| (audit, hash.try_into().unwrap_or(BEGINNING)));
        let tail = Tail { seq: number("SELECT coalesce(max(seq), 0) FROM log")?, audit, hash };
        {
            let mut cache = self.cache.borrow_mut();
            cache.held = leases.iter().map(|lease| lease.item).collect();
            cache.levels = buckets.iter().map(|bucket| (bucket.id, i64::from(bucket.level.level()))).collect();
        }
        Ok(Loaded {
            queues: bodies("SELECT id, body FROM queue")?,
            clients: self.wire.all("SELECT body FROM client", &[])?.iter().map(|row| row.get(0)).collect(),
            people: bodies("SELECT id, body FROM person")?,
            buckets,
            decided: decided.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect(),
            leases,
            barred: pairs("SELECT item, person FROM barred")?,
            shut: pairs("SELECT person, author FROM shut")?,
            days: Vec::new(),
            tail,
            next_item: number("SELECT coalesce(max(seq), 0) FROM item")? + 1,
            kin: pairs("SELECT id, n FROM kin ORDER BY id")?
                .into_iter()
                .map(|(id, n)| (id, usize::try_from(n).unwrap_or(0)))
                .collect(),
            doubted: self
                .wire
                .all("SELECT DISTINCT item FROM message WHERE open AND item IS NOT NULL", &[])?
                .iter()
                .map(|row| row.get(0))
                .collect(),
        })
    }

    fn meta(&self, key: &str) -> Result<Option<String>> {
        Ok(self.ask("SELECT value FROM meta WHERE key = $1", &[&key])?.first().map(|row| row.get(0)))
    }

    fn put_meta(&self, key: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        self.rarely(sql, vec![boxed(key.to_owned()), boxed(value.to_owned())])
    }
}
