//! What happened to an item and what is known of its author: read along the item's own chain in the log.

use super::import::{key_of, read_body};
use super::log::timestamp;
use super::shelf::Chronicle;
use crate::moderation::author::{AuthorFigures, AuthorItem};
use crate::moderation::claim::PastDecision;
use crate::moderation::mine::Overturned;
use crate::moderation::{Decision, Verdict};
use crate::store::{HistoryEntry, Result, StoreError};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use serde_json::Value;
use uuid::Uuid;

/// How many characters of an item stand in a line of its author's history.
const FIRST_WORDS: usize = 120;

/// One entry of an item's chain, as the log has it.
pub(in crate::store) struct Past {
    pub at: i64,
    pub actor: String,
    pub action: String,
    pub detail: Value,
    pub round: i64,
    pub revision: i64,
    pub payload: Option<Vec<u8>>,
}

impl Past {
    /// Whether the words that quoted the item left the store with this.
    pub(in crate::store) fn lost_its_words(&self) -> bool {
        matches!(self.action.as_str(), "item.sealed" | "item.erased" | "item.expired")
    }
}

/// Everything that was done to one item, oldest first.
pub(in crate::store) fn chain(from: &impl Chronicle, item: i64, last: i64) -> Result<Vec<Past>> {
    let (mut seq, mut past) = (last, Vec::new());
    while seq > 0 {
        let Some(row) = from.entry(seq)?.filter(|row| row.item == Some(item)) else { break };
        past.push(Past {
            at: row.at,
            actor: row.actor,
            action: row.action,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
            round: row.round.unwrap_or(0),
            revision: row.revision.unwrap_or(0),
            payload: row.payload,
        });
        seq = row.prev.unwrap_or(0);
    }
    past.reverse();
    Ok(past)
}

/// The decisions on an item, oldest first, as colleagues see them.
pub(in crate::store) fn decisions_on(from: &impl Chronicle, item: i64, last: i64) -> Result<Vec<PastDecision>> {
    let mut decisions: Vec<PastDecision> = Vec::new();
    for past in chain(from, item, last)? {
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
pub(in crate::store) fn of_item(from: &impl Chronicle, item: i64, last: i64) -> Result<Vec<HistoryEntry>> {
    let mut entries = Vec::new();
    if let Some((at, actor)) = from.imported(item)? {
        let (what, detail) = ("imported".to_owned(), Value::Null);
        entries.push(HistoryEntry { at: timestamp(at), by: Some(actor), what, round: 1, revision: 1, detail });
    }
    for past in chain(from, item, last)? {
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
pub(in crate::store) fn author(from: &impl Chronicle, id: &str, recent: u32) -> Result<AuthorFigures> {
    let key = key_of(id);
    let Some(row) = from.author_row(key)? else { return Ok(AuthorFigures::default()) };
    let mut figures = AuthorFigures {
        items: row.items.max(0).unsigned_abs(),
        decided: row.decided.max(0).unsigned_abs(),
        removed: row.removed.max(0).unsigned_abs(),
        last_removed: row.last.map(|(policy, at)| (policy, timestamp(at))),
        recent: Vec::new(),
    };
    for row in from.author_items(key, recent)? {
        let item = read_body(&row.body)?;
        let verdict = in_force(from, row.seq, row.last)?;
        let words = item.text.as_ref().or(item.title.as_ref()).map(Untrusted::raw).unwrap_or_default();
        figures.recent.push(AuthorItem {
            item: row.id,
            text: words.chars().take(FIRST_WORDS).collect::<String>().into(),
            received_at: timestamp(row.received),
            verdict: verdict.as_ref().map(|(verdict, _)| *verdict),
            policy: verdict.and_then(|(_, policy)| policy),
            severity: u8::try_from(row.level).ok().and_then(Severity::new).unwrap_or_default(),
        });
    }
    Ok(figures)
}

fn in_force(from: &impl Chronicle, item: i64, last: i64) -> Result<Option<(Verdict, Option<String>)>> {
    if last == 0 {
        return Ok(None);
    }
    let decisions = decisions_on(from, item, last)?;
    Ok(decisions.into_iter().rev().find(|past| !past.reversed).map(|past| (past.verdict, past.policy)))
}

/// A decision that somebody else undid, by the places of both in the log; nothing where one is no such entry any more.
pub(in crate::store) fn overturned(from: &impl Chronicle, made: i64, undo: i64) -> Result<Option<Overturned>> {
    let (Some(made), Some(undo)) = (from.entry(made)?, from.entry(undo)?) else { return Ok(None) };
    let Some(decision) = made.payload.and_then(|body| serde_json::from_slice::<Decision>(&body).ok()) else {
        return Ok(None);
    };
    let said = undo.payload.and_then(|body| serde_json::from_slice::<Value>(&body).ok()).unwrap_or_default();
    Ok(Some(Overturned {
        item: made.subject,
        decided_at: timestamp(made.at),
        verdict: decision.verdict,
        policy: decision.policy,
        at: timestamp(undo.at),
        by: undo.actor,
        reason: said["reason"].as_str().map(str::to_owned),
    }))
}
