//! What a store is asked with and what it answers, where that is no word of the trade.

use crate::moderation::claim::{BreakDue, PastDecision};
use crate::moderation::intake::RefusedLine;
use crate::moderation::{Claimed, Decision, Item, Recorded, Refusal};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How an import goes.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// For items that name no queue.
    pub queue: Option<String>,
    /// The moderator or the token that brings them; in the audit log.
    pub by: Option<String>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// New items, and new revisions.
    pub imported: u64,
    /// Same content, with reports, scores, reach, priority or due merged in.
    pub updated: u64,
    /// Nothing new.
    pub unchanged: u64,
    /// Not taken in.
    pub refused: Vec<RefusedLine>,
    /// Queues that did not exist before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub created_queues: Vec<String>,
}

/// The answer to a renewal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renewed {
    /// Until when what is still held is leased.
    pub renewed: Vec<(String, Timestamp)>,
    /// What is not held any more, and why.
    pub lost: Vec<Refusal>,
    /// Set when a break comes first: then nothing was renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_due: Option<BreakDue>,
}

/// The answer to a decisions call: results are always there, whatever the claim met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// One for each decision, in order.
    pub results: Vec<Recorded>,
    /// The answer to the claim that rode along.
    pub claimed: Option<Claimed>,
}

/// What an erasure took out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Items of the author.
    pub items: u64,
    /// Other people's items in which they had said or reported something.
    pub mentions: u64,
}

/// What was let go because its time had come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// Items whose words went.
    pub items: u64,
    /// Items of which only the media went.
    pub media: u64,
    /// More is due: ask again.
    pub more: bool,
}

/// What is to be looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The queue that it waits in.
    pub queue: String,
    /// How many items.
    pub items: u64,
    /// There may be more behind this place in the log: ask again with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_after: Option<u64>,
}

/// What a reversal asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reverse {
    /// The id of the reversal itself (UUIDv7, idempotency key).
    pub id: Uuid,
    /// Why; required of a supervisor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A supervisor may decide in the same act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Box<Decision>>,
}

/// One event of an item's life, for history and dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// Pseudonym, `system`, or absent for a platform's act.
    pub by: Option<String>,
    /// imported, revised, merged, decided, reversed, escalated, passed, released, withdrawn, sealed, moved, alerted.
    pub what: String,
    /// Its round then.
    pub round: u32,
    /// Its revision then.
    pub revision: u32,
    /// Codes only: policy, reason, queue.
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub detail: serde_json::Value,
}

/// An item as the store has it, for those who may see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The content; emptied when sealed.
    pub item: Item,
    /// Where it is now.
    pub queue: String,
    /// Whose.
    pub client: String,
    /// waiting, leased, decided, withdrawn or sealed.
    pub state: String,
    /// Its round.
    pub round: u32,
    /// By when.
    pub due_at: Option<Timestamp>,
    /// Its decisions, oldest first.
    pub decisions: Vec<PastDecision>,
}

/// Which decisions an export takes.
#[derive(Clone, Debug, Default)]
pub struct DecisionFilter {
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Names instead of pseudonyms.
    pub names: bool,
    /// Continue after this sequence number.
    pub after: u64,
    /// How many at most in one answer.
    pub limit: u32,
}

/// One audit entry: ids, codes and hashes, never content or wellbeing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// In the order of commits, from 1, without a gap.
    pub seq: u64,
    /// When, by the store's clock.
    pub at: Timestamp,
    /// Who (a pseudonym), `system` or `operator`.
    pub actor: String,
    /// item.imported, decision.recorded, item.passed, queue.set …
    pub action: String,
    /// The item, queue, person or client it is about.
    pub subject: String,
    /// Codes and hashes.
    pub detail: serde_json::Value,
    /// Hex SHA-256 over the chain before it and its own canonical JSON; a link may cover a batch.
    pub hash: String,
}

/// Where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenLink {
    /// The first entry that does not fit.
    pub seq: u64,
    /// What is wrong with it.
    pub why: String,
}

/// Something that happened, for live views; numbers follow commits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// From 1; a resumed stream asks for what comes after one.
    pub seq: u64,
    /// stats, queue, moderator, alert, lease, notice or shift.
    pub kind: String,
    /// Who may see it besides supervisors: the person it concerns.
    pub person: Option<String>,
    /// Its content, without anybody's content.
    pub data: serde_json::Value,
}
