//! Looking again at what was decided under an older version of a client's policies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/clients/{name}/again";

/// Which.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AgainRequest")]
pub struct Request {
    /// The version that the decisions record: `meteo 13`.
    pub version: String,
    /// Go on behind this place, as the answer before had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
}

/// What waits to be decided anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AgainAnswer")]
pub struct Answer {
    /// In which queue.
    pub queue: String,
    /// How many items, of this call.
    pub items: u64,
    /// There may be more: ask again with it.
    pub next_after: Option<u64>,
}
