//! How the queues stand.

use crate::moderation::queue::QueueStats;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/stats";

/// A row a queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StatsAnswer")]
pub struct Answer {
    /// By the queue's clock.
    pub at: Timestamp,
    /// The rows.
    pub queues: Vec<QueueStats>,
}
