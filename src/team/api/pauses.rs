//! Stopping the clock of one item's deadline, with a reason that is recorded, and letting it go on.

use crate::moderation::deadline::PauseReason;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where to stop it.
pub const PATH: &str = "/v1/items/{id}/pause";
/// Where to let it go on.
pub const RESUME: &str = "/v1/items/{id}/resume";

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PauseRequest")]
pub struct Request {
    /// One of the reasons that may stop a clock.
    pub reason: PauseReason,
}

/// By when the item is due now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PauseAnswer")]
pub struct Answer {
    /// Absent while it stands still.
    pub due_at: Option<Timestamp>,
}
