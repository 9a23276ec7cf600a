//! Finding items again by a filter, a part at a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/search";

pub use crate::moderation::floor::Findings as Answer;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SearchQuery")]
pub struct Query {
    /// In the filter language: `author:zorg* lang:fr "free money"`.
    pub filter: String,
    /// Where the part before this one ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
}
