//! The wellbeing rules that the queue holds every claim to, so that a desk stops at the same item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/wellbeing";

/// The rules in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WellbeingAnswer")]
pub struct Answer {
    /// As in the table `[wellbeing]` of the configuration file, every key said; durations with their units.
    pub rules: serde_json::Value,
}
