//! Undoing a recorded decision by a linked later one.

use crate::moderation::Decision;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::moderation::Recorded as Answer;

/// Where.
pub const PATH: &str = "/v1/decisions/{id}/reverse";

/// How.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReverseRequest")]
pub struct Request {
    /// The reversal's own id (UUIDv7): sending it twice undoes once. Without it every call is a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Why; required where somebody else decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A supervisor may decide in the same act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Box<Decision>>,
}
