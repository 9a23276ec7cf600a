//! Imminent harm: raised at once, and there until somebody has taken it.

use crate::moderation::alert::AlertState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::Alert as Raise;

/// Where to raise, complete or withdraw one, and to list those that are open.
pub const PATH: &str = "/v1/alerts";
/// Where to take one.
pub const ACK: &str = "/v1/alerts/{id}/ack";

/// Alerts that nobody has taken, and one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertsAnswer")]
pub struct Answer {
    /// The alerts.
    pub alerts: Vec<AlertState>,
}
