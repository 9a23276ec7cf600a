//! Handing back what is undecided.

use crate::moderation::{Refusal, Sight};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/claims/release";

/// An item by its id alone (then it counts as opened), or with what was seen of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ReleaseLeft")]
pub enum Left {
    /// Its id.
    Id(String),
    /// What was seen.
    Seen(Sight),
}

/// Which.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ReleaseRequest")]
pub struct Request {
    /// What goes back.
    pub items: Vec<Left>,
}

/// What could not be handed back because it was not held any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReleaseAnswer")]
pub struct Answer {
    /// And why not.
    pub lost: Vec<Refusal>,
}
