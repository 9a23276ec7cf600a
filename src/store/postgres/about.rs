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
        let Some(me) = self.wire.one("SELECT id, body FROM person WHERE name = $1", &[&who])? else {
            let name = who.to_owned();
            return Err(StoreError::Unknown { what: "moderator", name, hint: "`moddesk moderator list` lists them" });
        };
        let person: i64 = me.get(0);
        let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
        let day = self.wire.one("SELECT body FROM day WHERE person = $1", &[&person])?;
        let rests = self.wire.all("SELECT at, kind, body FROM rest WHERE person = $1 ORDER BY id", &[&person])?;
        let rests = rests.iter().map(
            |row| json!({"kept_at": timestamp(row.get(0)), "kind": row.get::<_, &str>(1), "kept": parsed(row.get(2))}),
        );
        let looks = self.wire.all(
            "SELECT item.id, hand.revision, hand.at, hand.booked, hand.sight FROM hand
             JOIN item ON item.seq = hand.item WHERE hand.person = $1 ORDER BY hand.at",
            &[&person],
        )?;
        let looks = looks.iter().map(|row| {
            json!({"item": row.get::<_, &str>(0), "revision": row.get::<_, i64>(1), "at": timestamp(row.get(2)),
                "booked": row.get::<_, Option<&str>>(3).map(parsed), "sight": row.get::<_, Option<&str>>(4).map(parsed)})
        });
        // Along the chains of what was in hand, so that the log needs no index by person.
        let mut made = self.wire.all(
            "WITH RECURSIVE chain AS (
                 SELECT l.seq, l.item, l.prev, l.person, l.action, l.payload, l.detail FROM hand h
                 JOIN item i ON i.seq = h.item JOIN log l ON l.seq = i.last AND l.item = i.seq WHERE h.person = $1
                 UNION ALL SELECT l.seq, l.item, l.prev, l.person, l.action, l.payload, l.detail FROM chain c
                 JOIN log l ON l.seq = c.prev AND l.item = c.item)
             SELECT seq, payload FROM chain WHERE person = $1 AND action = 'decision.recorded'",
            &[&person],
        )?;
        made.sort_by_key(|row| row.get::<_, i64>(0));
        let made = made.iter().map(|row| {
            let payload = row.get::<_, Option<&[u8]>>(1).unwrap_or_default();
            serde_json::from_slice::<Value>(payload).unwrap_or(Value::Null)
        });
        let sql = "SELECT kind, at, body FROM message WHERE kind > 0 AND person = $1 ORDER BY at";
        let messages = self.wire.all(sql, &[&person])?;
        let messages = messages.iter().map(|row| message::kept(row.get(0), row.get(1), row.get(2)));
        let read = self.wire.all("SELECT message, at FROM message_read WHERE person = $1 ORDER BY at", &[&person])?;
        let read = read.iter().map(|row| json!({"message": row.get::<_, uuid::Uuid>(0), "at": timestamp(row.get(1))}));
        Ok(json!({"person": parsed(me.get(1)), "day": day.map(|row| parsed(row.get(0))),
            "rests": rests.collect::<Vec<_>>(), "looks": looks.collect::<Vec<_>>(),
            "decisions": made.collect::<Vec<_>>(), "messages": messages.collect::<Vec<_>>(),
            "read": read.collect::<Vec<_>>()}))
    }

    /// The last breaks, and what others undid.
    fn mine(&self, who: &str) -> Result<Mine> {
        let Some(me) = self.wire.one("SELECT id FROM person WHERE name = $1", &[&who])? else {
            return Ok(Mine::default());
        };
        let person: i64 = me.get(0);
        const RESTS: &str = "SELECT body FROM rest WHERE person = $1 AND kind = 'break' ORDER BY id DESC LIMIT 50";
        let breaks = self.wire.all(RESTS, &[&person])?;
        let breaks = breaks.iter().map(|row| serde_json::from_str(row.get(0)).unwrap_or(Value::Null)).collect();
        const UNDONE: &str = "SELECT l.seq, r.seq FROM reversal r JOIN log l ON l.seq = r.decision
             JOIN log u ON u.seq = r.seq WHERE l.person = $1 AND u.person IS DISTINCT FROM l.person
             ORDER BY r.seq DESC LIMIT 50";
        let undone = self.wire.all(UNDONE, &[&person])?;
        let overturned = undone.iter().map(|row| overturned(&self.wire, row.get(0), row.get(1)));
        let overturned = overturned.filter_map(Result::transpose).collect::<Result<_>>()?;
        Ok(Mine { breaks, overturned, topics: Vec::new() })
    }
}
