//! What happened to an item.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/items/{id}/history";

/// One event of an item's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "HistoryEntry")]
pub struct Entry {
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

/// Oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "HistoryAnswer")]
pub struct Answer {
    /// The events.
    pub entries: Vec<Entry>,
}
