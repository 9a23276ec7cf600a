//! Notices, doubts and what came back, read beside the writer.

use super::shelf::Rows;
use crate::moderation::Person;
use crate::store::keeper::message::{self, Letters, MessageRow};
use crate::store::keeper::shelf::MessageShelf;
use crate::store::{Result, StoreError};
use rusqlite::Row;
use uuid::Uuid;

/// A message, in the order of its columns.
pub(super) fn row(row: &Row<'_>) -> rusqlite::Result<MessageRow> {
    Ok(MessageRow {
        id: Uuid::from_bytes(row.get(0)?),
        kind: row.get(1)?,
        at: row.get(2)?,
        person: row.get(3)?,
        client: row.get(4)?,
        item: row.get(5)?,
        open: row.get(6)?,
        kept: row.get(7)?,
        body: row.get(8)?,
    })
}

fn person(body: &str) -> Result<Person> {
    serde_json::from_str(body).map_err(|error| StoreError::Engine(format!("a row cannot be read ({error})")))
}

impl Letters for Rows {
    fn me(&self, who: &str) -> Result<Option<(i64, Person)>> {
        let found = self.one("SELECT id, body FROM person WHERE name = ?1", [who], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        found.map(|(id, body)| Ok((id, person(&body)?))).transpose()
    }

    fn notices(&self, since: i64, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kind = 0 AND at >= ?1 ORDER BY at DESC LIMIT ?2";
        self.all(sql, (since, most), row)
    }

    fn own_messages(&self, person: i64, since: i64, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kind > 0 AND person = ?1 AND at >= ?2 ORDER BY at DESC LIMIT ?3";
        self.all(sql, (person, since, most), row)
    }

    fn open_doubts(&self, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE open = 1 ORDER BY at DESC LIMIT ?1";
        self.all(sql, [most], row)
    }

    fn precedents(&self, most: u32) -> Result<Vec<MessageRow>> {
        let sql = "SELECT id, kind, at, person, client, item, open, kept, body FROM message
             WHERE kept = 1 ORDER BY at DESC LIMIT ?1";
        self.all(sql, [most], row)
    }

    fn precedent_clients(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT client FROM message WHERE kept = 1 AND client IS NOT NULL ORDER BY client";
        self.all(sql, (), |row| row.get(0))
    }

    fn read_by(&self, person: i64, since: i64) -> Result<Vec<(Uuid, i64)>> {
        let sql = "SELECT message, at FROM message_read WHERE person = ?1 AND (at >= ?2 OR message = ?3)";
        let nobody = Uuid::nil();
        self.all(sql, (person, since, &nobody.as_bytes()[..]), |row| Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?)))
    }

    fn read_by_all(&self, since: i64) -> Result<Vec<(Uuid, i64, i64)>> {
        let sql = "SELECT r.message, r.person, r.at FROM message m JOIN message_read r ON r.message = m.id
             WHERE m.kind = 0 AND m.at >= ?1
             UNION ALL SELECT message, person, at FROM message_read WHERE message = ?2";
        let nobody = Uuid::nil();
        self.all(sql, (since, &nobody.as_bytes()[..]), |row| {
            Ok((Uuid::from_bytes(row.get(0)?), row.get(1)?, row.get(2)?))
        })
    }

    fn everybody(&self) -> Result<Vec<(i64, Person)>> {
        let rows =
            self.all("SELECT id, body FROM person ORDER BY id", (), |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        rows.into_iter().map(|(id, body)| Ok((id, person(&body)?))).collect()
    }

    fn parked(&self, item: i64) -> Result<Option<i64>> {
        let lease = self.one("SELECT until, body FROM lease WHERE item = ?1", [item], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        Ok(lease.filter(|(_, body)| message::is_parked(body)).map(|(until, _)| until))
    }
}

impl MessageShelf for Rows {
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
}
