//! Reading what was decided, oldest first.

use crate::moderation::Decision;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/decisions";

/// Which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DecisionsQuery")]
pub struct Query {
    /// From this moment on.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// Before this moment.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// Names instead of pseudonyms: needs the right, and is audited.
    #[serde(default)]
    pub names: bool,
    /// Continue after this number.
    #[serde(default)]
    pub after: u64,
    /// How many at most, up to 10,000.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DecisionsAnswer")]
pub struct Answer {
    /// Oldest first, without exposure data.
    pub decisions: Vec<Decision>,
    /// Ask on after this; absent when nothing more is there now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_after: Option<u64>,
}
