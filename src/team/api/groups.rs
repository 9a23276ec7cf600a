//! What belongs with an item: for opening a batch, which is a claim by name.

use crate::moderation::{By, Group};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/groups";

/// About which item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GroupsQuery")]
pub struct Query {
    /// The item.
    pub item: String,
    /// In one way alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
}

/// In every way that anything but the item itself belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "GroupsAnswer")]
pub struct Answer {
    /// The groups.
    pub groups: Vec<Group>,
}
