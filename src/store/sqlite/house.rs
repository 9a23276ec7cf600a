//! Queues, clients and people as they are set, and the counters of queues.

use super::read::Reader;
use super::shelf::{DECIDED, Rows};
use crate::moderation::queue::QueueStats;
use crate::moderation::{Client, Person, Queue};
use crate::store::Result;
use crate::store::engine::HouseReader;
use crate::store::keeper::shelf::{BucketRow, HouseShelf};

impl HouseShelf for Rows {
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
}
