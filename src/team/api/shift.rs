//! Signing in and out.

use crate::moderation::shift::Handover;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::shift::ShiftState as Answer;

/// Where to look.
pub const PATH: &str = "/v1/shift";
/// Where to begin.
pub const START: &str = "/v1/shift/start";
/// Where to end.
pub const END: &str = "/v1/shift/end";
/// Where to agree anew to graphic items above the day's soft cap.
pub const AGREE: &str = "/v1/shift/agree";

/// Signing in, or continuing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ShiftStart")]
pub struct Start {
    /// The planned end; the default length where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

/// Signing out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ShiftEnd")]
pub struct End {
    /// For the next shift.
    #[serde(default)]
    pub notes: Vec<Handover>,
}
