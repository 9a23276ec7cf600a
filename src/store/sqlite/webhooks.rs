//! Webhooks in SQLite: read beside the writer, and written by it.

use super::shelf::Rows;
use crate::store::Result;
use crate::store::keeper::shelf::LogRow;
use crate::store::keeper::webhook::{DeliveryRow, Happening, HookRow, HookShelf, Outbox};
use rusqlite::Row;

fn hook(row: &Row<'_>) -> rusqlite::Result<HookRow> {
    Ok(HookRow { name: row.get(0)?, body: row.get(1)?, standing: row.get(2)? })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<DeliveryRow> {
    Ok(DeliveryRow { seq: row.get(0)?, lane: row.get(1)?, given_up: row.get(2)?, body: row.get(3)? })
}

fn happening(row: &Row<'_>) -> rusqlite::Result<Happening> {
    let entry = LogRow {
        seq: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        subject: row.get(4)?,
        detail: row.get(5)?,
        hash: row.get(6)?,
        item: row.get(7)?,
        payload: row.get(8)?,
        ..LogRow::default()
    };
    Ok(Happening { entry, origin: row.get(9)? })
}

impl Outbox for Rows {
    fn hooks(&self) -> Result<Vec<HookRow>> {
        self.all("SELECT name, body, standing FROM webhook ORDER BY name", (), hook)
    }

    fn hook(&self, name: &str) -> Result<Option<HookRow>> {
        self.one("SELECT name, body, standing FROM webhook WHERE name = ?1", [name], hook)
    }

    fn undelivered(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery WHERE webhook = ?1 AND given_up = 0
             ORDER BY seq LIMIT ?2";
        self.all(sql, (name, most), delivery)
    }

    fn given_up(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery WHERE webhook = ?1 AND given_up = 1
             ORDER BY seq DESC LIMIT ?2";
        self.all(sql, (name, most), delivery)
    }

    fn counted(&self, name: &str) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT count(*) FROM delivery WHERE webhook = ?1 AND given_up = 0),
             (SELECT count(*) FROM delivery WHERE webhook = ?1 AND given_up = 1)";
        Ok(self.one(sql, [name], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or_default())
    }

    fn newest_entry(&self) -> Result<i64> {
        Ok(self.one("SELECT max(seq) FROM log", (), |row| row.get::<_, Option<i64>>(0))?.flatten().unwrap_or(0))
    }

    fn happenings(&self, after: i64, upto: i64, most: i64) -> Result<Vec<Happening>> {
        let sql = "SELECT l.seq, l.at, l.actor, l.action, l.subject, l.detail, l.hash, l.item, l.payload, q.body
             FROM log l LEFT JOIN item i ON i.seq = l.item LEFT JOIN bucket b ON b.id = i.bucket
             LEFT JOIN queue q ON q.id = b.origin WHERE l.seq > ?1 AND l.seq <= ?2 AND l.action IN
             ('decision.recorded', 'decision.reversed', 'alert.raised', 'alert.completed', 'alert.withdrawn',
             'alert.taken') ORDER BY l.seq LIMIT ?3";
        self.all(sql, (after, upto, most), happening)
    }

    fn happening(&self, seq: i64) -> Result<Option<Happening>> {
        let sql = "SELECT l.seq, l.at, l.actor, l.action, l.subject, l.detail, l.hash, l.item, l.payload, q.body
             FROM log l LEFT JOIN item i ON i.seq = l.item LEFT JOIN bucket b ON b.id = i.bucket
             LEFT JOIN queue q ON q.id = b.origin WHERE l.seq = ?1";
        self.one(sql, [seq], happening)
    }

    fn words_of(&self, item: i64) -> Result<Option<Vec<u8>>> {
        self.one("SELECT body FROM content WHERE item = ?1", [item], |row| row.get(0))
    }
}

impl HookShelf for Rows {
    fn webhook(&self, name: &str) -> Result<Option<HookRow>> {
        self.hook(name)
    }

    fn webhooks_kept(&self) -> Result<usize> {
        Ok(self.one("SELECT count(*) FROM webhook", (), |row| row.get(0))?.unwrap_or(0))
    }

    fn put_webhook(&self, row: &HookRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO webhook (name, body, standing) VALUES (?1, ?2, ?3)";
        self.exec(sql, (&row.name, &row.body, &row.standing)).map(drop)
    }

    fn drop_webhook(&self, name: &str) -> Result<()> {
        self.exec("DELETE FROM delivery WHERE webhook = ?1", [name])?;
        self.exec("DELETE FROM webhook WHERE name = ?1", [name]).map(drop)
    }

    fn delivery(&self, name: &str, seq: i64) -> Result<Option<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery
             WHERE webhook = ?1 AND given_up IN (0, 1) AND seq = ?2";
        self.one(sql, (name, seq), delivery)
    }

    fn put_delivery(&self, name: &str, row: &DeliveryRow) -> Result<()> {
        self.drop_delivery(name, row.seq)?;
        let sql = "INSERT INTO delivery (webhook, seq, lane, given_up, body) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.exec(sql, (name, row.seq, row.lane, row.given_up, &row.body)).map(drop)
    }

    fn drop_delivery(&self, name: &str, seq: i64) -> Result<()> {
        let sql = "DELETE FROM delivery WHERE webhook = ?1 AND given_up IN (0, 1) AND seq = ?2";
        self.exec(sql, (name, seq)).map(drop)
    }

    fn drop_deliveries_after(&self, name: &str, seq: i64) -> Result<()> {
        self.exec("DELETE FROM delivery WHERE webhook = ?1 AND seq > ?2", (name, seq)).map(drop)
    }

    fn deliveries_given_up(&self, name: &str) -> Result<Vec<DeliveryRow>> {
        self.given_up(name, i64::MAX)
    }
}
