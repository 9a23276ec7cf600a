//! Everything the queue keeps about one person, for that person alone.

use super::read::Reader;
use crate::moderation::mine::Mine;
use crate::store::engine::OwnReader;
use crate::store::keeper::history::overturned;
use crate::store::keeper::log::timestamp;
use crate::store::keeper::message;
use crate::store::{Result, StoreError};
use serde_json::{Value, json};

impl OwnReader for Reader {
    /// Shift, load, breaks, what was looked at, and the decisions as they were made.
    fn about(&self, who: &str) -> Result<Value> {
        let (person, body): (i64, String) = self
            .rows
            .conn
            .query_row("SELECT id, body FROM person WHERE name = ?1", [who], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => {
                    let name = who.to_owned();
                    StoreError::Unknown { what: "moderator", name, hint: "`moddesk moderator list` lists them" }
                }
                other => other.into(),
            })?;
        let parsed = |text: String| serde_json::from_str::<Value>(&text).unwrap_or(Value::Null);
        let day = self.values("SELECT body FROM day WHERE person = ?1", person, |row| row.get(0).map(parsed))?;
        let rests = self.values("SELECT at, kind, body FROM rest WHERE person = ?1 ORDER BY id", person, |row| {
            let (at, kind, body): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(json!({"kept_at": timestamp(at), "kind": kind, "kept": parsed(body)}))
        })?;
        const LOOKS: &str = "SELECT item.id, hand.revision, hand.at, hand.booked, hand.sight FROM hand
             JOIN item ON item.seq = hand.item WHERE hand.person = ?1 ORDER BY hand.at";
        let looks = self.values(LOOKS, person, |row| {
            let (item, revision, at): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (booked, sight): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            Ok(json!({"item": item, "revision": revision, "at": timestamp(at),
                "booked": booked.map(parsed), "sight": sight.map(parsed)}))
        })?;
        const MADE: &str = "SELECT log.payload FROM decision JOIN log ON log.seq = decision.seq
             WHERE log.person = ?1 ORDER BY log.seq";
        let decisions = self.values(MADE, person, |row| {
            let payload: Option<Vec<u8>> = row.get(0)?;
            Ok(payload.and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or(Value::Null))
        })?;
        const SAID: &str = "SELECT kind, at, body FROM message WHERE kind > 0 AND person = ?1 ORDER BY at";
        let messages = self.values(SAID, person, |row| {
            let (kind, at, body): (i64, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(message::kept(kind, at, &body))
        })?;
        const READ: &str = "SELECT message, at FROM message_read WHERE person = ?1 ORDER BY at";
        let read = self.values(READ, person, |row| {
            let (id, at): ([u8; 16], i64) = (row.get(0)?, row.get(1)?);
            Ok(json!({"message": uuid::Uuid::from_bytes(id), "at": timestamp(at)}))
        })?;
        Ok(json!({"person": parsed(body), "day": day.into_iter().next(), "rests": rests, "looks": looks,
            "decisions": decisions, "messages": messages, "read": read}))
    }

    /// The last breaks, and what others undid.
    fn mine(&self, who: &str) -> Result<Mine> {
        let Some(person) = self.rows.one("SELECT id FROM person WHERE name = ?1", [who], |row| row.get(0))? else {
            return Ok(Mine::default());
        };
        let parsed = |text: String| serde_json::from_str::<Value>(&text).unwrap_or(Value::Null);
        const RESTS: &str = "SELECT body FROM rest WHERE person = ?1 AND kind = 'break' ORDER BY id DESC LIMIT 50";
        let breaks = self.values(RESTS, person, |row| row.get(0).map(parsed))?;
        const UNDONE: &str = "SELECT log.seq, reversal.seq FROM reversal JOIN log ON log.seq = reversal.decision
             JOIN log AS undo ON undo.seq = reversal.seq
             WHERE log.person = ?1 AND undo.person IS NOT log.person ORDER BY reversal.seq DESC LIMIT 50";
        let undone = self.rows.all(UNDONE, [person], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let overturned = undone.into_iter().map(|(made, undo)| overturned(&self.rows, made, undo));
        let overturned = overturned.filter_map(Result::transpose).collect::<Result<_>>()?;
        Ok(Mine { breaks, overturned, topics: Vec::new() })
    }
}

impl Reader {
    fn values(
        &self,
        sql: &str,
        person: i64,
        read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<Value>,
    ) -> Result<Vec<Value>> {
        let mut select = self.rows.conn.prepare(sql)?;
        let rows = select.query_map([person], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
