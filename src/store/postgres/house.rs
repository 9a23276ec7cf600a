//! Queues, clients and people as they are set, and the counters of queues.

use super::pages::Pages;
use super::read::Reader;
use super::shelf::DECIDED;
use super::shelf::boxed;
use crate::moderation::queue::QueueStats;
use crate::moderation::{Client, Person, Queue};
use crate::store::Result;
use crate::store::engine::HouseReader;
use crate::store::keeper::hot::Lane;
use crate::store::keeper::shelf::{BucketRow, HouseShelf};

impl HouseShelf for Pages {
    fn put_queue(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO queue VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(id), boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn put_client(&self, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO client VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn put_person(&self, id: i64, name: &str, body: &str) -> Result<()> {
        let sql = "INSERT INTO person VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET body = excluded.body";
        self.rarely(sql, vec![boxed(id), boxed(name.to_owned()), boxed(body.to_owned())])
    }

    fn add_bucket(&self, bucket: &BucketRow) -> Result<()> {
        let level = i64::from(bucket.level.level());
        {
            let mut cache = self.cache.borrow_mut();
            cache.levels.insert(bucket.id, level);
            for lane in [Lane::Order, Lane::Due] {
                cache.windows.entry((bucket.id, lane)).or_default().whole = true;
            }
        }
        let row =
            vec![boxed(bucket.id), boxed(bucket.queue), boxed(bucket.origin), boxed(bucket.lang.clone()), boxed(level)];
        self.rarely("INSERT INTO bucket VALUES ($1, $2, $3, $4, $5)", row)
    }

    fn put_waiting(&self, bucket: i64, n: i64) -> Result<()> {
        self.writing().tally.insert(bucket, (n, 0));
        Ok(())
    }

    fn put_decided(&self, queue: i64, day: i64, n: i64) -> Result<()> {
        self.writing().tally.insert(DECIDED + queue, (n, day));
        Ok(())
    }

    fn tally(&self, key: i64) -> Result<Option<(i64, i64)>> {
        if let Some(pending) = self.pending.borrow().tally.get(&key) {
            return Ok(Some(*pending));
        }
        let found = self.wire.one("SELECT n, day FROM tally WHERE key = $1", &[&key])?;
        Ok(found.map(|row| (row.get(0), row.get(1))))
    }

    fn put_tally(&self, key: i64, n: i64, stamp: i64) -> Result<()> {
        self.writing().tally.insert(key, (n, stamp));
        Ok(())
    }
}

impl HouseReader for Reader {
    fn queues(&self) -> Result<Vec<(i64, Queue)>> {
        self.numbered("SELECT id, body FROM queue ORDER BY id")
    }

    fn clients(&self) -> Result<Vec<Client>> {
        self.bodies("SELECT body FROM client ORDER BY name")
    }

    fn people(&self) -> Result<Vec<(i64, Person)>> {
        self.numbered("SELECT id, body FROM person ORDER BY id")
    }

    fn stats(&mut self, sealed: bool) -> Result<Vec<QueueStats>> {
        self.counted(sealed)
    }

    /// A replica is in recovery; a database may also be set to answer only.
    fn takes_writes(&self) -> Result<bool> {
        let sql = "SELECT NOT (pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on')";
        Ok(self.wire.one(sql, &[])?.is_none_or(|row| row.get(0)))
    }
}
