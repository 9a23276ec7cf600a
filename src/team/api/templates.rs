//! The prepared replies.

use crate::moderation::template::Replies;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where.
pub const PATH: &str = "/v1/templates";

/// By client: templates, channel limits, and the questions that lead to templates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TemplatesAnswer")]
pub struct Answer {
    /// Only clients that have prepared any.
    pub clients: BTreeMap<String, Replies>,
}
