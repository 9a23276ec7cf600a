//! Bringing items in: NDJSON or a JSON array, read as a stream.

use crate::moderation::intake::RefusedLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/items";

/// What went in. It is answered under 200 also where lines were refused: the rest is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "IngestAnswer")]
pub struct Answer {
    /// New items, and new revisions.
    pub imported: u64,
    /// Same content, with reports, scores, reach, priority or due merged in.
    pub updated: u64,
    /// Nothing new.
    pub unchanged: u64,
    /// Not taken in; at most the first thousand are told, `refused_in_all` counts them.
    pub refused: Vec<RefusedLine>,
    /// How many were refused.
    pub refused_in_all: u64,
    /// Queues that did not exist before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub created_queues: Vec<String>,
}
