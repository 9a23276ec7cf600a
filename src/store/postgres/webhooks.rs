//! Webhooks in PostgreSQL: read beside the writer, and written by it.

use super::pages::Pages;
use super::shelf::boxed;
use super::wire::Wire;
use crate::store::Result;
use crate::store::keeper::shelf::LogRow;
use crate::store::keeper::webhook::{DeliveryRow, Happening, HookRow, HookShelf, Outbox};
use tokio_postgres::Row;

fn hook(row: &Row) -> HookRow {
    HookRow { name: row.get(0), body: row.get(1), standing: row.get(2) }
}

fn delivery(row: &Row) -> DeliveryRow {
    DeliveryRow { seq: row.get(0), lane: row.get(1), given_up: row.get(2), body: row.get(3) }
}

fn happening(row: &Row) -> Happening {
    let entry = LogRow {
        seq: row.get(0),
        at: row.get(1),
        actor: row.get(2),
        action: row.get(3),
        subject: row.get(4),
        detail: row.get(5),
        hash: row.get::<_, Option<Vec<u8>>>(6).and_then(|hash| hash.try_into().ok()),
        item: row.get(7),
        payload: row.get(8),
        ..LogRow::default()
    };
    Happening { entry, origin: row.get(9) }
}

impl Outbox for Wire {
    fn hooks(&self) -> Result<Vec<HookRow>> {
        Ok(self.all("SELECT name, body, standing FROM webhook ORDER BY name", &[])?.iter().map(hook).collect())
    }

    fn hook(&self, name: &str) -> Result<Option<HookRow>> {
        let found = self.one("SELECT name, body, standing FROM webhook WHERE name = $1", &[&name])?;
        Ok(found.as_ref().map(hook))
    }

    fn undelivered(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery WHERE webhook = $1 AND given_up = false
             ORDER BY seq LIMIT $2";
        Ok(self.all(sql, &[&name, &most])?.iter().map(delivery).collect())
    }

    fn given_up(&self, name: &str, most: i64) -> Result<Vec<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery WHERE webhook = $1 AND given_up = true
             ORDER BY seq DESC LIMIT $2";
        Ok(self.all(sql, &[&name, &most])?.iter().map(delivery).collect())
    }

    fn counted(&self, name: &str) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT count(*) FROM delivery WHERE webhook = $1 AND given_up = false),
             (SELECT count(*) FROM delivery WHERE webhook = $1 AND given_up = true)";
        Ok(self.one(sql, &[&name])?.map(|row| (row.get(0), row.get(1))).unwrap_or_default())
    }

    fn newest_entry(&self) -> Result<i64> {
        let sql = "SELECT coalesce((SELECT seq FROM log ORDER BY seq DESC LIMIT 1), 0)";
        Ok(self.one(sql, &[])?.map_or(0, |row| row.get(0)))
    }

    fn happenings(&self, after: i64, upto: i64, most: i64) -> Result<Vec<Happening>> {
        let sql = "SELECT l.seq, l.at, l.actor, l.action, l.subject, l.detail, l.hash, l.item, l.payload, q.body
             FROM log l LEFT JOIN item i ON i.seq = l.item LEFT JOIN bucket b ON b.id = i.bucket
             LEFT JOIN queue q ON q.id = b.origin WHERE l.seq > $1 AND l.seq <= $2 AND l.action IN
             ('decision.recorded', 'decision.reversed', 'alert.raised', 'alert.completed', 'alert.withdrawn',
             'alert.taken') ORDER BY l.seq LIMIT $3";
        Ok(self.all(sql, &[&after, &upto, &most])?.iter().map(happening).collect())
    }

    fn happening(&self, seq: i64) -> Result<Option<Happening>> {
        let sql = "SELECT l.seq, l.at, l.actor, l.action, l.subject, l.detail, l.hash, l.item, l.payload, q.body
             FROM log l LEFT JOIN item i ON i.seq = l.item LEFT JOIN bucket b ON b.id = i.bucket
             LEFT JOIN queue q ON q.id = b.origin WHERE l.seq = $1";
        Ok(self.one(sql, &[&seq])?.as_ref().map(happening))
    }

    fn words_of(&self, item: i64) -> Result<Option<Vec<u8>>> {
        Ok(self.one("SELECT body FROM content WHERE item = $1", &[&item])?.map(|row| row.get(0)))
    }
}

impl HookShelf for Pages {
    fn webhook(&self, name: &str) -> Result<Option<HookRow>> {
        let found = self.ask("SELECT name, body, standing FROM webhook WHERE name = $1", &[&name])?;
        Ok(found.first().map(hook))
    }

    fn webhooks_kept(&self) -> Result<usize> {
        let found = self.ask("SELECT count(*) FROM webhook", &[])?;
        Ok(found.first().and_then(|row| usize::try_from(row.get::<_, i64>(0)).ok()).unwrap_or(0))
    }

    fn put_webhook(&self, row: &HookRow) -> Result<()> {
        let sql = "INSERT INTO webhook (name, body, standing) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET body = excluded.body, standing = excluded.standing";
        self.rarely(sql, vec![boxed(row.name.clone()), boxed(row.body.clone()), boxed(row.standing.clone())])
    }

    fn drop_webhook(&self, name: &str) -> Result<()> {
        self.rarely("DELETE FROM delivery WHERE webhook = $1", vec![boxed(name.to_owned())])?;
        self.rarely("DELETE FROM webhook WHERE name = $1", vec![boxed(name.to_owned())])
    }

    fn delivery(&self, name: &str, seq: i64) -> Result<Option<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery
             WHERE webhook = $1 AND given_up IN (false, true) AND seq = $2";
        Ok(self.ask(sql, &[&name, &seq])?.first().map(delivery))
    }

    fn put_delivery(&self, name: &str, row: &DeliveryRow) -> Result<()> {
        self.drop_delivery(name, row.seq)?;
        let sql = "INSERT INTO delivery (webhook, seq, lane, given_up, body) VALUES ($1, $2, $3, $4, $5)";
        let params =
            vec![boxed(name.to_owned()), boxed(row.seq), boxed(row.lane), boxed(row.given_up), boxed(row.body.clone())];
        self.rarely(sql, params)
    }

    fn drop_delivery(&self, name: &str, seq: i64) -> Result<()> {
        let sql = "DELETE FROM delivery WHERE webhook = $1 AND given_up IN (false, true) AND seq = $2";
        self.rarely(sql, vec![boxed(name.to_owned()), boxed(seq)])
    }

    fn drop_deliveries_after(&self, name: &str, seq: i64) -> Result<()> {
        let sql = "DELETE FROM delivery WHERE webhook = $1 AND given_up IN (false, true) AND seq > $2";
        self.rarely(sql, vec![boxed(name.to_owned()), boxed(seq)])
    }

    fn deliveries_given_up(&self, name: &str) -> Result<Vec<DeliveryRow>> {
        let sql = "SELECT seq, lane, given_up, body FROM delivery WHERE webhook = $1 AND given_up = true
             ORDER BY seq";
        Ok(self.ask(sql, &[&name])?.iter().map(delivery).collect())
    }
}
