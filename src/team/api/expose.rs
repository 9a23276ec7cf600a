//! Telling what was seen of items that left the screen without a decision, pass or release.

use crate::moderation::Exposure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::Done as Answer;

/// Where.
pub const PATH: &str = "/v1/exposures";

/// Which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ExposeRequest")]
pub struct Request {
    /// What was seen.
    #[serde(alias = "items")]
    pub exposures: Vec<Exposure>,
}
