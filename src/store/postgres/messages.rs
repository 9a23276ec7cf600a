//! Notices, doubts and what came back, read beside the writer.

use super::pages::Pages;
use super::read::json;
use super::shelf::boxed;
use super::wire::Wire;
use crate::moderation::Person;
use crate::store::Result;
use crate::store::keeper::message::{self, Letters, MessageRow};
use crate::store::keeper::shelf::MessageShelf;
use tokio_postgres::Row;
use uuid::Uuid;

/// A message, in the order of its columns.
pub(super) fn row(row: &Row) -> MessageRow {
    MessageRow {
        id: row.get(0),
        kind: row.get(1),
        at: row.get(2),
        person: row.get(3),
        client: row.get(4),
        item: row.get(5),
        open: row.get(6),
        kept: row.get(7),
        body: row.get(8),
    }
}

impl Letters for Wire {
    fn me(&self, who: &str) -> Result<Option<(i64, Person)>> {
        let found = self.one("SELECT id, body FROM person WHERE name = $1", &[&who])?;
        found.map(|row| Ok((row.get(0), json(row.get(1))?))).transpose()
    }

    fn notices(&self, since: i64, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kind = 0 AND at >= $1 ORDER BY at DESC LIMIT $2";
        Ok(self.all(sql, &[&since, &i64::from(most)])?.iter().map(row).collect())
    }

    fn own_messages(&self, person: i64, since: i64, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kind > 0 AND person = $1 AND at >= $2 ORDER BY at DESC LIMIT $3";
        Ok(self.all(sql, &[&person, &since, &i64::from(most)])?.iter().map(row).collect())
    }

    fn open_doubts(&self, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE open ORDER BY at DESC LIMIT $1";
        Ok(self.all(sql, &[&i64::from(most)])?.iter().map(row).collect())
    }

    fn precedents(&self, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kept ORDER BY at DESC LIMIT $1";
        Ok(self.all(sql, &[&i64::from(most)])?.iter().map(row).collect())
    }

    fn precedent_clients(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT client FROM message WHERE kept AND client IS NOT NULL ORDER BY client";
        Ok(self.all(sql, &[])?.iter().map(|row| row.get(0)).collect())
    }

    fn read_by(&self, person: i64, since: i64) -> Result<Vec<(Uuid, i64)>> {
        let sql = "SELECT message, at FROM message_read WHERE person = $1 AND (at >= $2 OR message = $3)";
        let rows = self.all(sql, &[&person, &since, &Uuid::nil()])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn read_by_all(&self, since: i64) -> Result<Vec<(Uuid, i64, i64)>> {
        let sql = "SELECT r.message, r.person, r.at FROM message m JOIN message_read r ON r.message = m.id
             WHERE m.kind = 0 AND m.at >= $1
             UNION ALL SELECT message, person, at FROM message_read WHERE message = $2";
        let rows = self.all(sql, &[&since, &Uuid::nil()])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn everybody(&self) -> Result<Vec<(i64, Person)>> {
        let rows = self.all("SELECT id, body FROM person ORDER BY id", &[])?;
        rows.iter().map(|row| Ok((row.get(0), json(row.get(1))?))).collect()
    }

    fn parked(&self, item: i64) -> Result<Option<i64>> {
        let lease = self.one("SELECT until, body FROM lease WHERE item = $1", &[&item])?;
        Ok(lease.filter(|row| message::is_parked(row.get(1))).map(|row| row.get(0)))
    }
}

impl MessageShelf for Pages {
    fn message(&self, id: Uuid) -> Result<Option<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE id = $1";
        Ok(self.ask(sql, &[&id])?.first().map(super::messages::row))
    }

    fn messages_on(&self, item: i64) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message WHERE item = $1";
        Ok(self.ask(sql, &[&item])?.iter().map(super::messages::row).collect())
    }

    fn put_message(&self, row: &MessageRow) -> Result<()> {
        let sql = "INSERT INTO message (id, kind, at, person, client, item, open, kept, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET
             open = excluded.open, kept = excluded.kept, body = excluded.body";
        let row = row.clone();
        let params = vec![
            boxed(row.id),
            boxed(row.kind),
            boxed(row.at),
            boxed(row.person),
            boxed(row.client),
            boxed(row.item),
            boxed(row.open),
            boxed(row.kept),
            boxed(row.body),
        ];
        self.rarely(sql, params)
    }

    fn read_at(&self, message: Uuid, person: i64) -> Result<Option<i64>> {
        let sql = "SELECT at FROM message_read WHERE person = $1 AND message = $2";
        Ok(self.ask(sql, &[&person, &message])?.first().map(|row| row.get(0)))
    }

    fn put_read(&self, message: Uuid, person: i64, at: i64) -> Result<()> {
        let sql = "INSERT INTO message_read (person, message, at) VALUES ($1, $2, $3)
             ON CONFLICT (person, message) DO UPDATE SET at = excluded.at";
        self.rarely(sql, vec![boxed(person), boxed(message), boxed(at)])
    }
}
