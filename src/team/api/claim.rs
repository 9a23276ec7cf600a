//! Taking items from the queue.

use crate::moderation::Served;
use crate::moderation::claim::Why;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::Claim as Request;

/// Where.
pub const PATH: &str = "/v1/claims";

/// Items, or why none. A break comes as 423, a desk taken over as 409.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClaimAnswer")]
pub struct Answer {
    /// What was leased, in the order of serving.
    pub items: Vec<Served>,
    /// How many wait in the queues asked for.
    pub waiting: u64,
    /// Where `items` is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}
