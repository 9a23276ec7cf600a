//! The log: written once, and read along the chain of an item.

use super::pages::Pages;
use super::read::Reader;
use super::rows;
use super::shelf::boxed;
use super::wire::number;
use crate::store::audit::hex;
use crate::store::engine::{DecisionRow, LogReader, RecordedRow, page};
use crate::store::keeper::log::{kind_of, timestamp};
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, Chronicle, LogRow, LogShelf};
use crate::store::{AuditEntry, DecisionFilter, Event, Result};
use tokio_postgres::Row;
use uuid::Uuid;

impl Chronicle for Pages {
    fn entry(&self, seq: i64) -> Result<Option<LogRow>> {
        if let Some(row) = self.cache.borrow().entries.get(&seq) {
            return Ok(Some(row.clone()));
        }
        let pending = self.pending.borrow().log.iter().rev().find(|row| row.seq == seq).cloned();
        if pending.is_some() {
            return Ok(pending);
        }
        let found = rows::log_entry(&self.wire, seq)?;
        if let Some(row) = &found {
            self.cache.borrow_mut().entries.insert(seq, row.clone());
        }
        Ok(found)
    }

    fn imported(&self, item: i64) -> Result<Option<(i64, String)>> {
        self.spill()?;
        rows::imported(&self.wire, item)
    }

    fn author_row(&self, author: i64) -> Result<Option<AuthorRow>> {
        Ok(self.author_folder(author)?.row.flatten())
    }

    fn author_items(&self, author: i64, most: u32) -> Result<Vec<AuthorItemRow>> {
        let mut items = self.author_folder(author)?.items.unwrap_or_default();
        items.truncate(most as usize);
        Ok(items)
    }
}

impl LogShelf for Pages {
    fn log(&self, row: &LogRow) -> Result<()> {
        self.partition(row.at);
        self.writing().log.push(row.clone());
        if row.item.is_some() {
            self.cache.borrow_mut().entries.insert(row.seq, row.clone());
        }
        Ok(())
    }

    fn put_payload(&self, seq: i64, payload: &[u8]) -> Result<()> {
        if let Some(row) = self.cache.borrow_mut().entries.get_mut(&seq) {
            row.payload = Some(payload.to_vec());
        }
        let mut pending = self.writing();
        if let Some(row) = pending.log.iter_mut().find(|row| row.seq == seq) {
            row.payload = Some(payload.to_vec());
            return Ok(());
        }
        pending.rare.push(("UPDATE log SET payload = $2 WHERE seq = $1", vec![boxed(seq), boxed(payload.to_vec())]));
        Ok(())
    }

    fn logged(&self, id: Uuid, fresh: bool) -> Result<Option<i64>> {
        let known = self.cache.borrow().logged.get(&id).copied();
        if known.is_some() || (fresh && !self.careful.get()) {
            return Ok(known);
        }
        Ok(self.wire.one("SELECT seq FROM decision WHERE id = $1", &[&id])?.map(|row| row.get(0)))
    }

    fn put_logged(&self, id: Uuid, seq: i64) -> Result<()> {
        self.cache.borrow_mut().logged.insert(id, seq);
        self.writing().decisions.push((id, seq));
        Ok(())
    }

    fn put_reversal(&self, decision: i64, seq: i64, id: Uuid) -> Result<()> {
        self.rarely("INSERT INTO reversal VALUES ($1, $2, $3)", vec![boxed(decision), boxed(seq), boxed(id)])
    }

    fn put_batch(&self, first: i64, log: i64) -> Result<()> {
        self.writing().batches.push((first, log));
        Ok(())
    }

    fn happened_after(&self, seq: i64, most: u32) -> Result<Vec<(i64, i64, Option<i64>)>> {
        let sql = "SELECT seq, at, CASE WHEN action IN ('decision.recorded', 'item.withdrawn') THEN item END FROM log
             WHERE seq > $1 ORDER BY seq LIMIT $2";
        let found = self.ask(sql, &[&seq, &i64::from(most)])?;
        Ok(found.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn decided_under(&self, version: &str, after: i64, upto: i64) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT seq, item FROM log WHERE seq > $1 AND seq <= $3 AND action = 'decision.recorded'
             AND item IS NOT NULL AND detail::json ->> 'policy_version' = $2 ORDER BY seq";
        let rows = self.ask(sql, &[&after, &version, &upto])?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }
}

fn event(row: &tokio_postgres::Row) -> Event {
    let (action, subject): (String, String) = (row.get(1), row.get(3));
    let detail: serde_json::Value = serde_json::from_str(row.get(4)).unwrap_or_default();
    let audited = row.get::<_, Option<i64>>(5).is_some();
    Event {
        seq: row.get::<_, i64>(0).unsigned_abs(),
        kind: if audited { kind_of(&action).to_owned() } else { action.clone() },
        person: if audited { None } else { row.get(2) },
        data: match audited {
            true => serde_json::json!({"action": action, "subject": subject, "detail": detail}),
            false => detail,
        },
    }
}

/// As [`page`], as the database counts.
fn rows_of(limit: u32) -> i64 {
    i64::from(page(limit))
}

impl LogReader for Reader {
    fn recorded(&self, filter: &DecisionFilter) -> Result<Vec<RecordedRow>> {
        let since = filter.since.map_or(i64::MIN, |since| since.as_microsecond());
        let until = filter.until.map_or(i64::MAX, |until| until.as_microsecond());
        let sql = "SELECT l.seq, l.payload, r.id FROM log l LEFT JOIN reversal r ON r.decision = l.seq
             WHERE l.seq > $1 AND l.action = 'decision.recorded' AND l.at >= $2 AND l.at < $3
             ORDER BY l.seq LIMIT $4";
        let rows = self.wire.all(sql, &[&number(filter.after), &since, &until, &rows_of(filter.limit)])?;
        let read = |row: &Row| RecordedRow {
            seq: row.get::<_, i64>(0).unsigned_abs(),
            payload: row.get::<_, Option<Vec<u8>>>(1).unwrap_or_default(),
            undone: row.get(2),
        };
        Ok(rows.iter().map(read).collect())
    }

    fn audited_from(&self, seq: i64) -> Result<Option<(i64, i64)>> {
        let sql = "SELECT seq, audit FROM log WHERE seq >= $1 AND audit IS NOT NULL ORDER BY seq LIMIT 1";
        Ok(self.wire.one(sql, &[&seq])?.map(|row| (row.get(0), row.get(1))))
    }

    fn audit_page(&self, from: i64, limit: u32) -> Result<Vec<AuditEntry>> {
        let sql = "SELECT audit, at, actor, action, subject, detail, hash FROM log
             WHERE seq >= $1 AND audit IS NOT NULL ORDER BY seq LIMIT $2";
        let read = |row: &Row| AuditEntry {
            seq: row.get::<_, i64>(0).unsigned_abs(),
            at: timestamp(row.get(1)),
            actor: row.get(2),
            action: row.get(3),
            subject: row.get(4),
            detail: serde_json::from_str(row.get(5)).unwrap_or_default(),
            hash: hex(row.get::<_, Option<&[u8]>>(6).unwrap_or_default()),
        };
        Ok(self.wire.all(sql, &[&from, &i64::from(limit)])?.iter().map(read).collect())
    }

    fn newest_audited(&self) -> Result<u64> {
        let sql = "SELECT audit FROM log WHERE audit IS NOT NULL ORDER BY seq DESC LIMIT 1";
        Ok(self.wire.one(sql, &[])?.map_or(0, |row| row.get::<_, i64>(0).unsigned_abs()))
    }

    fn decision_row(&self, id: Uuid) -> Result<Option<DecisionRow>> {
        let sql = "SELECT l.payload, i.state, i.seq, i.last FROM decision d JOIN log l ON l.seq = d.seq
             JOIN item i ON i.seq = l.item WHERE d.id = $1";
        let read =
            |row: Row| DecisionRow { payload: row.get(0), state: row.get(1), item: row.get(2), last: row.get(3) };
        Ok(self.wire.one(sql, &[&id])?.map(read))
    }

    fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>> {
        let sql = "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > $1 ORDER BY l.seq LIMIT $2";
        Ok(self.wire.all(sql, &[&number(after), &rows_of(limit)])?.iter().map(event).collect())
    }

    fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        let (_, newest) = self.event_span()?;
        let sql = "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > $1 AND l.seq <= $3 AND l.action <> 'decision.recorded'
             ORDER BY l.seq LIMIT $2";
        let found = self.wire.all(sql, &[&number(after), &rows_of(limit), &number(newest)])?;
        let told: Vec<Event> = found.iter().map(event).collect();
        let whole = (told.len() as i64) < rows_of(limit);
        let upto = told.last().filter(|_| !whole).map_or(newest.max(after), |last| last.seq);
        Ok((told, upto))
    }

    fn event_span(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT coalesce((SELECT seq FROM log ORDER BY seq LIMIT 1), 0),
             coalesce((SELECT seq FROM log ORDER BY seq DESC LIMIT 1), 0)";
        let row = self.wire.one(sql, &[])?;
        Ok(row.map_or((0, 0), |row| (row.get::<_, i64>(0).unsigned_abs(), row.get::<_, i64>(1).unsigned_abs())))
    }
}
