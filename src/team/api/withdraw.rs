//! Taking an item out of the queue because the platform has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/items/{id}";

/// What is withdrawn; its history stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WithdrawAnswer")]
pub struct Answer {
    /// The item.
    pub withdrawn: Vec<String>,
}
