//! The log: written once, and read along the chain of an item.

use super::read::Reader;
use super::shelf::Rows;
use crate::store::audit::hex;
use crate::store::engine::{DecisionRow, LogReader, RecordedRow, page};
use crate::store::keeper::log::{kind_of, timestamp};
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, Chronicle, LogRow, LogShelf};
use crate::store::{AuditEntry, DecisionFilter, Event, Result};
use rusqlite::params;
use uuid::Uuid;

impl Chronicle for Rows {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        let sql = "SELECT audit, at, actor, action, subject, detail, hash, person, item, prev, round, revision, payload
             FROM log WHERE seq = ?1";
        self.one(sql, [seq], |row| {
            Ok(LogRow {
                seq,
                audit: row.get(0)?,
                at: row.get(1)?,
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: row.get(5)?,
                hash: row.get(6)?,
                person: row.get(7)?,
                item: row.get(8)?,
                prev: row.get(9)?,
                round: row.get(10)?,
                revision: row.get(11)?,
                payload: row.get(12)?,
            })
        })
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        let sql = "SELECT l.at, l.actor FROM batch b JOIN log l ON l.seq = b.log WHERE b.first <= ?1
             ORDER BY b.first DESC LIMIT 1";
        self.one(sql, [item], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        let sql = "SELECT items, decided, removed, policy, at FROM author WHERE id = ?1";
        self.one(sql, [author], |row| {
            let (policy, at): (Option<String>, Option<i64>) = (row.get(3)?, row.get(4)?);
            let last = at.map(|at| (policy.unwrap_or_default(), at));
            Ok(AuthorRow { items: row.get(0)?, decided: row.get(1)?, removed: row.get(2)?, last })
        })
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        let sql = "SELECT i.seq, i.id, i.received, i.last, b.level, c.body FROM item i
             JOIN content c ON c.item = i.seq JOIN bucket b ON b.id = i.bucket
             WHERE i.author = ?1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT ?2";
        self.all(sql, (author, most), |row| {
            Ok(AuthorItemRow {
                seq: row.get(0)?,
                id: row.get(1)?,
                received: row.get(2)?,
                last: row.get(3)?,
                level: row.get(4)?,
                body: row.get(5)?,
            })
        })
    }
}

impl LogShelf for Rows {
    fn log(&self, row: &LogRow) -> Result<()> {
        let sql = "INSERT INTO log VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)";
        let row = params![
            row.seq,
            row.audit,
            row.at,
            row.actor,
            row.action,
            row.subject,
            row.detail,
            row.hash.as_ref().map(|hash| &hash[..]),
            row.person,
            row.item,
            row.prev,
            row.round,
            row.revision,
            row.payload
        ];
        self.exec(sql, row).map(drop)
    }

    fn put_payload(&self, seq: i64, payload: &[u8]) -> Result<()> {
        self.exec("UPDATE log SET payload = ?2 WHERE seq = ?1", (seq, payload)).map(drop)
    }

    fn logged(&self, id: Uuid, _: bool) -> Result<Option<i64>> {
        self.one("SELECT seq FROM decision WHERE id = ?1", [&id.as_bytes()[..]], |row| row.get(0))
    }

    fn put_logged(&self, id: Uuid, seq: i64) -> Result<()> {
        self.exec("INSERT INTO decision VALUES (?1, ?2)", (&id.as_bytes()[..], seq)).map(drop)
    }

    fn put_reversal(&self, decision: i64, seq: i64, id: Uuid) -> Result<()> {
        self.exec("INSERT INTO reversal VALUES (?1, ?2, ?3)", (decision, seq, &id.as_bytes()[..])).map(drop)
    }

    fn put_batch(&self, first: i64, log: i64) -> Result<()> {
        self.exec("INSERT INTO batch VALUES (?1, ?2)", (first, log)).map(drop)
    }

    fn happened_after(&self, seq: i64, most: u32) -> Result<Vec<(i64, i64, Option<i64>)>> {
        let sql = "SELECT seq, at, CASE WHEN action IN ('decision.recorded', 'item.withdrawn') THEN item END FROM log
             WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        self.all(sql, (seq, most), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    fn decided_under(&self, version: &str, after: i64, upto: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT seq, item FROM log WHERE seq > ?1 AND seq <= ?3 AND action = 'decision.recorded'
             AND item IS NOT NULL AND json_extract(detail, '$.policy_version') = ?2 ORDER BY seq";
        self.all(sql, (after, version, upto), |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

impl LogReader for Reader {
    fn recorded(&self, filter: &DecisionFilter) -> Result<Vec<RecordedRow>> {
        let sql = "SELECT l.seq, l.payload, r.id FROM log l LEFT JOIN reversal r ON r.decision = l.seq
             WHERE l.seq > ?1 AND l.action = 'decision.recorded' AND l.at >= ?2 AND l.at < ?3
             ORDER BY l.seq LIMIT ?4";
        let since = filter.since.map_or(i64::MIN, |since| since.as_microsecond());
        let until = filter.until.map_or(i64::MAX, |until| until.as_microsecond());
        self.rows.all(sql, (filter.after, since, until, page(filter.limit)), |row| {
            let undone: Option<[u8; 16]> = row.get(2)?;
            let payload: Option<Vec<u8>> = row.get(1)?;
            Ok(RecordedRow {
                seq: row.get(0)?,
                payload: payload.unwrap_or_default(),
                undone: undone.map(Uuid::from_bytes),
            })
        })
    }

    fn audited_from(&self, seq: i64) -> Result<Option<(i64, i64)>> {
        let sql = "SELECT seq, audit FROM log WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT 1";
        self.rows.one(sql, [seq], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn audit_page(&self, from: i64, limit: u32) -> Result<Vec<AuditEntry>> {
        let sql = "SELECT audit, at, actor, action, subject, detail, hash FROM log
             WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT ?2";
        self.rows.all(sql, (from, limit), |row| {
            Ok(AuditEntry {
                seq: row.get(0)?,
                at: timestamp(row.get(1)?),
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: serde_json::from_str(row.get_ref(5)?.as_str().unwrap_or_default()).unwrap_or_default(),
                hash: hex(row.get_ref(6)?.as_blob().unwrap_or_default()),
            })
        })
    }

    fn newest_audited(&self) -> Result<u64> {
        let newest: Option<Option<u64>> = self.rows.one("SELECT max(audit) FROM log", (), |row| row.get(0))?;
        Ok(newest.flatten().unwrap_or(0))
    }

    fn decision_row(&self, id: Uuid) -> Result<Option<DecisionRow>> {
        let sql = "SELECT l.payload, i.state, i.seq, i.last FROM decision d JOIN log l ON l.seq = d.seq
             JOIN item i ON i.seq = l.item WHERE d.id = ?1";
        self.rows.one(sql, [&id.as_bytes()[..]], |row| {
            Ok(DecisionRow { payload: row.get(0)?, state: row.get(1)?, item: row.get(2)?, last: row.get(3)? })
        })
    }

    fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.happened(after, limit, "''")
    }

    fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        let (_, newest) = self.event_span()?;
        let told = self.happened(after, limit, "'decision.recorded'")?;
        let whole = told.len() < page(limit) as usize;
        // What came since the number was asked for is told already where it is among these.
        let upto = told.last().map_or(0, |last| last.seq).max(if whole { newest.max(after) } else { 0 });
        Ok((told, upto))
    }

    fn event_span(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT ifnull(min(seq), 0), ifnull(max(seq), 0) FROM log";
        Ok(self.rows.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}

impl Reader {
    fn happened(&mut self, after: u64, limit: u32, but: &'static str) -> Result<Vec<Event>> {
        let mut select = self.rows.conn.prepare_cached(&format!(
            "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > ?1 AND l.action <> {but} ORDER BY l.seq LIMIT ?2"
        ))?;
        let mut rows = select.query((after, page(limit)))?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let (action, subject): (String, String) = (row.get(1)?, row.get(3)?);
            let detail = serde_json::from_str(row.get_ref(4)?.as_str().unwrap_or_default()).unwrap_or_default();
            let audited = row.get::<_, Option<i64>>(5)?.is_some();
            events.push(Event {
                seq: row.get(0)?,
                kind: if audited { kind_of(&action).to_owned() } else { action.clone() },
                person: if audited { None } else { row.get(2)? },
                data: match audited {
                    true => serde_json::json!({"action": action, "subject": subject, "detail": detail}),
                    false => detail,
                },
            });
        }
        Ok(events)
    }
}
