//! Giving back what a queue's moderators passed, or what was escalated from it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/queues/{name}/release";

/// What is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// What its moderators passed: everybody may take it again.
    Passed,
    /// What was escalated from it: it waits where it came in.
    Escalated,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GiveBackRequest")]
pub struct Request {
    /// One of them; to give back both is two calls.
    pub what: What,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "GiveBackAnswer")]
pub struct Answer {
    /// How many items.
    pub items: u64,
}
