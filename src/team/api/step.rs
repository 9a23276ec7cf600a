//! A supervisor's steps on one item that is not decided.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::floor::Standing as Answer;

/// Where to move it.
pub const MOVE: &str = "/v1/items/{id}/move";
/// Where to put it forward or back.
pub const PRIORITY: &str = "/v1/items/{id}/priority";
/// Where to take it out of somebody's hands.
pub const RELEASE: &str = "/v1/items/{id}/release";

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MoveRequest")]
pub struct Move {
    /// The queue.
    pub to: String,
}

/// How soon it goes: one of the two at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PriorityRequest")]
pub struct Priority {
    /// From -100 to 100, the highest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    /// By when it must be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}
