//! Why a clock may stand still.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A deadline is paused for one of these reasons and no other; which one is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The order or the request has a manifest error, and whoever sent it was asked.
    Clarification,
    /// It cannot be carried out, through nobody's fault here.
    ForceMajeure,
    /// Whoever wrote or reported it was asked for something.
    AwaitingParty,
    /// An authority or a court has it.
    Authority,
}

impl PauseReason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Clarification, Self::ForceMajeure, Self::AwaitingParty, Self::Authority];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clarification => "clarification",
            Self::ForceMajeure => "force_majeure",
            Self::AwaitingParty => "awaiting_party",
            Self::Authority => "authority",
        }
    }
}
