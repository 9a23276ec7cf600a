//! The append-only log, an entry a line.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/audit";

/// Which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AuditQuery")]
pub struct Query {
    /// Continue after this number.
    #[serde(default)]
    pub after: u64,
    /// How many at most; all where absent.
    #[serde(default)]
    pub limit: Option<u64>,
}

/// One entry: ids, codes and hashes, never content or wellbeing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AuditEntry")]
pub struct Entry {
    /// In the order of commits, from 1, without a gap.
    pub seq: u64,
    /// When, by the store's clock.
    pub at: Timestamp,
    /// A pseudonym, `system` or `operator`.
    pub actor: String,
    /// item.imported, decision.recorded, item.passed, queue.set …
    pub action: String,
    /// The item, queue, person or client it is about.
    pub subject: String,
    /// Codes and hashes.
    pub detail: serde_json::Value,
    /// Hex SHA-256 over the chain before it and its own canonical JSON.
    pub hash: String,
}
