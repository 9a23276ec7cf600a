//! Breaks that the moderator begins and ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::shift::ShiftState as Answer;

/// Where to begin one.
pub const PATH: &str = "/v1/breaks";
/// Where to end one; a forced break that is not over answers 423.
pub const END: &str = "/v1/breaks/end";

/// What may be said of a voluntary break, and need not be. No reason is asked or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "BreaksSaid")]
pub enum Said {
    /// A meal.
    Lunch,
    /// A meeting.
    Meeting,
    /// The machine.
    Technical,
}

impl Said {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Lunch => "lunch",
            Self::Meeting => "meeting",
            Self::Technical => "technical",
        }
    }
}

/// A voluntary break, open-ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BreaksRequest")]
pub struct Request {
    /// What kind, where somebody wants to say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}
