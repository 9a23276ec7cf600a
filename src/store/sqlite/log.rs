//! The log: written once, and read along the chain of an item.

use super::read::{Reader, json};
use super::shelf::Rows;
use crate::moderation::{Decision, Person};
use crate::store::audit::{Chain, hex};
use crate::store::keeper::log::{kind_of, timestamp};
use crate::store::keeper::shelf::{AuthorItemRow, AuthorRow, Chronicle, LogRow, LogShelf};
use crate::store::keeper::{history, lease};
use crate::store::{AuditEntry, BrokenLink, DecisionFilter, Event, Result};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// Rows at most in one answer, whatever was asked.
const PAGE: u32 = 10_000;

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

impl Reader {
    /// Decisions in the order in which they were recorded, with what undid them since.
    pub(super) fn decisions(&mut self, filter: &DecisionFilter) -> Result<Vec<(u64, Decision)>> {
        let names: HashMap<String, String> = match filter.names {
            true => self
                .bodies::<Person>("SELECT body FROM person")?
                .into_iter()
                .map(|person| (person.pseudonym, person.name))
                .collect(),
            false => HashMap::new(),
        };
        let mut select = self.rows.conn.prepare_cached(
            "SELECT l.seq, l.payload, r.id FROM log l LEFT JOIN reversal r ON r.decision = l.seq
             WHERE l.seq > ?1 AND l.action = 'decision.recorded' AND l.at >= ?2 AND l.at < ?3
             ORDER BY l.seq LIMIT ?4",
        )?;
        let since = filter.since.map_or(i64::MIN, |since| since.as_microsecond());
        let until = filter.until.map_or(i64::MAX, |until| until.as_microsecond());
        let limit = if filter.limit == 0 { PAGE } else { filter.limit.min(PAGE) };
        let mut rows = select.query((filter.after, since, until, limit))?;
        let mut decisions = Vec::new();
        while let Some(row) = rows.next()? {
            let mut decision: Decision = json(row.get_ref(1)?.as_bytes().unwrap_or_default())?;
            if let Some(name) = decision.moderator.as_ref().and_then(|pseudonym| names.get(pseudonym)) {
                decision.moderator = Some(name.clone());
            }
            let undone: Option<Vec<u8>> = row.get(2)?;
            decision.reversed_by = undone.and_then(|id| Uuid::from_slice(&id).ok());
            decisions.push((row.get(0)?, decision));
        }
        Ok(decisions)
    }

    /// Entries of the chain after `after`. The log also has what is in no chain, so an entry stands at its number or
    /// later, and never further off than the numbers that are missing: a few jumps find it.
    pub(super) fn audit(&mut self, after: u64, limit: u32) -> Result<Vec<AuditEntry>> {
        let wanted = i64::try_from(after).unwrap_or(i64::MAX - 1) + 1;
        let mut from = wanted;
        loop {
            let found: Option<(i64, i64)> = self
                .rows
                .conn
                .prepare_cached(
                    "SELECT seq, audit FROM log WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT 1",
                )?
                .query_row([from], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                None => return Ok(Vec::new()),
                Some((seq, audit)) if audit < wanted => from = seq + (wanted - audit),
                Some((seq, _)) => {
                    from = seq;
                    break;
                }
            }
        }
        let limit = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let mut select = self.rows.conn.prepare_cached(
            "SELECT audit, at, actor, action, subject, detail, hash FROM log
             WHERE seq >= ?1 AND audit IS NOT NULL ORDER BY seq LIMIT ?2",
        )?;
        let mut rows = select.query((from, limit))?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(AuditEntry {
                seq: row.get(0)?,
                at: timestamp(row.get(1)?),
                actor: row.get(2)?,
                action: row.get(3)?,
                subject: row.get(4)?,
                detail: serde_json::from_str(row.get_ref(5)?.as_str().unwrap_or_default()).unwrap_or_default(),
                hash: hex(row.get_ref(6)?.as_blob().unwrap_or_default()),
            });
        }
        Ok(entries)
    }

    /// The whole chain, page by page, so that nothing grows and no reader holds the log for long.
    pub(super) fn verify(&mut self) -> Result<Option<BrokenLink>> {
        let mut chain = Chain::default();
        loop {
            let entries = self.audit(chain.checked(), 2_000)?;
            if entries.is_empty() {
                return self.beyond(&chain);
            }
            for entry in &entries {
                if let Err(broken) = chain.check(entry) {
                    return Ok(Some(broken));
                }
                if let Some(broken) = self.other_words(entry)? {
                    return Ok(Some(broken));
                }
            }
        }
    }

    /// Entries behind the last that fits: where one in between is gone, the search above ends early.
    fn beyond(&self, chain: &Chain) -> Result<Option<BrokenLink>> {
        let last: Option<u64> =
            self.rows.conn.prepare_cached("SELECT max(audit) FROM log")?.query_row([], |row| row.get(0))?;
        let seq = chain.checked() + 1;
        Ok((last.unwrap_or(0) >= seq).then(|| BrokenLink { seq, why: "it is missing".into() }))
    }

    /// The decision itself must be the one whose hash the entry has, unless its item was sealed, erased or let go since: then its words
    /// have left, also where the sealing was undone.
    fn other_words(&self, entry: &AuditEntry) -> Result<Option<BrokenLink>> {
        let (Some(sum), "decision.recorded") = (entry.detail["sha256"].as_str(), entry.action.as_str()) else {
            return Ok(None);
        };
        let id = entry.detail["id"].as_str().and_then(|id| id.parse::<Uuid>().ok()).unwrap_or_default();
        let found: Option<(Option<Vec<u8>>, i64, i64, i64)> = self
            .rows
            .conn
            .prepare_cached(
                "SELECT l.payload, i.state, i.seq, i.last FROM decision d JOIN log l ON l.seq = d.seq
                 JOIN item i ON i.seq = l.item WHERE d.id = ?1",
            )?
            .query_row([&id.as_bytes()[..]], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let fits = match found {
            Some((Some(payload), ..)) if hex(&Sha256::digest(&payload)) == sum => true,
            Some((_, lease::SEALED, ..)) => true,
            Some((_, _, item, last)) => {
                history::chain(&self.rows, item, last)?.iter().any(|past| past.lost_its_words())
            }
            None => false,
        };
        let why = "the decision it is about is not the one that was recorded".to_owned();
        Ok((!fits).then_some(BrokenLink { seq: entry.seq, why }))
    }

    /// What happened after a number, for live views.
    pub(super) fn events(&mut self, after: u64, limit: u32) -> Result<Vec<Event>> {
        self.happened(after, limit, "''")
    }

    /// The same without the decisions, and up to which number that is everything.
    pub(super) fn tidings(&mut self, after: u64, limit: u32) -> Result<(Vec<Event>, u64)> {
        let (_, newest) = self.event_span()?;
        let told = self.happened(after, limit, "'decision.recorded'")?;
        let most = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let whole = told.len() < most as usize;
        // What came since the number was asked for is told already where it is among these.
        let upto = told.last().map_or(0, |last| last.seq).max(if whole { newest.max(after) } else { 0 });
        Ok((told, upto))
    }

    fn happened(&mut self, after: u64, limit: u32, but: &'static str) -> Result<Vec<Event>> {
        let limit = if limit == 0 { PAGE } else { limit.min(PAGE) };
        let mut select = self.rows.conn.prepare_cached(&format!(
            "SELECT l.seq, l.action, p.name, l.subject, l.detail, l.audit FROM log l
             LEFT JOIN person p ON p.id = l.person WHERE l.seq > ?1 AND l.action <> {but} ORDER BY l.seq LIMIT ?2"
        ))?;
        let mut rows = select.query((after, limit))?;
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

    pub(super) fn event_span(&mut self) -> Result<(u64, u64)> {
        let sql = "SELECT ifnull(min(seq), 0), ifnull(max(seq), 0) FROM log";
        Ok(self.rows.conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
