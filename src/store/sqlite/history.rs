//! What happened to an item and what is known of its author: read along the item's own chain in the log.

use super::import::{key_of, read_body};
use super::log::timestamp;
use crate::moderation::author::{AuthorFigures, AuthorItem};
use crate::moderation::claim::PastDecision;
use crate::moderation::{Decision, Verdict};
use crate::store::{HistoryEntry, Result, StoreError};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use uuid::Uuid;

/// How many characters of an item stand in a line of its author's history.
const FIRST_WORDS: usize = 120;

/// One entry of an item's chain, as the log has it.
pub(super) struct Past {
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub detail: Value,
    pub round: i64,
    pub revision: i64,
    pub payload: Option<Vec<u8>>,
}

/// Everything that was done to one item, oldest first.
pub(super) fn chain(conn: &Connection, item: i64, last: i64) -> Result<Vec<Past>> {
    let mut select = conn.prepare_cached(
        "SELECT item, prev, at, actor, action, detail, round, revision, payload FROM log WHERE seq = ?1",
    )?;
    let (mut seq, mut past) = (last, Vec::new());
    while seq > 0 {
        let mut rows = select.query([seq])?;
        let Some(row) = rows.next()? else { break };
        if row.get::<_, Option<i64>>(0)? != Some(item) {
            break;
        }
        let detail: String = row.get(5)?;
        past.push(Past {
            at: row.get(2)?,
            actor: row.get(3)?,
            action: row.get(4)?,
            detail: serde_json::from_str(&detail).unwrap_or_default(),
            round: row.get(6)?,
            revision: row.get(7)?,
            payload: row.get(8)?,
        });
        seq = row.get::<_, Option<i64>>(1)?.unwrap_or(0);
    }
    past.reverse();
    Ok(past)
}

/// The decisions on an item, oldest first, as colleagues see them.
pub(super) fn decisions_on(conn: &Connection, item: i64, last: i64) -> Result<Vec<PastDecision>> {
    let mut decisions: Vec<PastDecision> = Vec::new();
    for past in chain(conn, item, last)? {
        match past.action.as_str() {
            "decision.recorded" => {
                let Some(payload) = &past.payload else { continue };
                let decision: Decision = serde_json::from_slice(payload)
                    .map_err(|error| StoreError::Engine(format!("a decision cannot be read ({error})")))?;
                decisions.push(PastDecision {
                    id: decision.id,
                    round: u32::try_from(past.round).unwrap_or(u32::MAX),
                    verdict: decision.verdict,
                    policy: decision.policy,
                    by: past.actor,
                    at: decision.decided_at.unwrap_or_else(|| timestamp(past.at)),
                    note: decision.note,
                    reversed: false,
                });
            }
            "decision.reversed" => {
                let undone = past.detail["decision"].as_str().and_then(|id| id.parse::<Uuid>().ok());
                for decision in decisions.iter_mut().filter(|decision| Some(decision.id) == undone) {
                    decision.reversed = true;
                }
            }
            _ => {}
        }
    }
    Ok(decisions)
}

/// The history of an item for people, from its import on.
pub(super) fn of_item(conn: &Connection, item: i64, last: i64) -> Result<Vec<HistoryEntry>> {
    let imported = conn
        .prepare_cached(
            "SELECT l.at, l.actor FROM batch b JOIN log l ON l.seq = b.log WHERE b.first <= ?1
             ORDER BY b.first DESC LIMIT 1",
        )?
        .query_row([item], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))
        .optional()?;
    let mut entries = Vec::new();
    if let Some((at, actor)) = imported {
        let (what, detail) = ("imported".to_owned(), Value::Null);
        entries.push(HistoryEntry { at: timestamp(at), by: Some(actor), what, round: 1, revision: 1, detail });
    }
    for past in chain(conn, item, last)? {
        let what = match past.action.as_str() {
            "decision.recorded" if past.detail["verdict"] == "escalate" => "escalated",
            "decision.recorded" => "decided",
            "decision.reversed" => "reversed",
            other => other.rsplit('.').next().unwrap_or(other),
        };
        let mut detail = past.detail;
        if let Some(map) = detail.as_object_mut() {
            map.retain(|key, value| !value.is_null() && key != "sha256");
        }
        entries.push(HistoryEntry {
            at: timestamp(past.at),
            by: (!past.actor.is_empty()).then_some(past.actor),
            what: what.to_owned(),
            round: u32::try_from(past.round).unwrap_or(u32::MAX),
            revision: u32::try_from(past.revision).unwrap_or(u32::MAX),
            detail,
        });
    }
    Ok(entries)
}

/// What this queue knows of an author, with their newest items.
pub(super) fn author(conn: &Connection, id: &str, recent: u32) -> Result<AuthorFigures> {
    let key = key_of(id);
    let figures = conn
        .prepare_cached("SELECT items, decided, removed, policy, at FROM author WHERE id = ?1")?
        .query_row([key], |row| {
            let removed: (Option<String>, Option<i64>) = (row.get(3)?, row.get(4)?);
            Ok(AuthorFigures {
                items: row.get::<_, i64>(0)?.max(0).unsigned_abs(),
                decided: row.get::<_, i64>(1)?.max(0).unsigned_abs(),
                removed: row.get::<_, i64>(2)?.max(0).unsigned_abs(),
                last_removed: removed.1.map(|at| (removed.0.unwrap_or_default(), timestamp(at))),
                recent: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut figures) = figures else { return Ok(AuthorFigures::default()) };
    let mut select = conn.prepare_cached(
        "SELECT i.seq, i.id, i.received, i.last, i.state, b.level, c.body FROM item i
         JOIN content c ON c.item = i.seq JOIN bucket b ON b.id = i.bucket
         WHERE i.author = ?1 AND i.state <> 3 ORDER BY i.seq DESC LIMIT ?2",
    )?;
    let mut rows = select.query((key, recent))?;
    while let Some(row) = rows.next()? {
        let item = read_body(&row.get::<_, Vec<u8>>(6)?)?;
        let verdict = in_force(conn, row.get(0)?, row.get(3)?)?;
        let words = item.text.as_ref().or(item.title.as_ref()).map(Untrusted::raw).unwrap_or_default();
        figures.recent.push(AuthorItem {
            item: row.get(1)?,
            text: words.chars().take(FIRST_WORDS).collect::<String>().into(),
            received_at: timestamp(row.get(2)?),
            verdict: verdict.as_ref().map(|(verdict, _)| *verdict),
            policy: verdict.and_then(|(_, policy)| policy),
            severity: Severity::new(row.get(5)?).unwrap_or_default(),
        });
    }
    Ok(figures)
}

fn in_force(conn: &Connection, item: i64, last: i64) -> Result<Option<(Verdict, Option<String>)>> {
    if last == 0 {
        return Ok(None);
    }
    let decisions = decisions_on(conn, item, last)?;
    Ok(decisions.into_iter().rev().find(|past| !past.reversed).map(|past| (past.verdict, past.policy)))
}
