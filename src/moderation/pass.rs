//! Handing an item back, and what was on the screen until then.

pub use crate::wellbeing::{Opened, Seen};
use schemars::JsonSchema;

use crate::wellbeing::Severity;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody saw of an item, told with every way of leaving it. Exposure data: it is in the moderator's own
/// export and nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sight {
    /// Which item.
    pub item: String,
    /// At which revision.
    #[serde(default = "one")]
    pub revision: u32,
    /// What was on screen at most; an absent word counts as opened.
    #[serde(default)]
    pub seen: Seen,
    /// The heaviest opened; absent means the heaviest the item has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// As graded by the one who looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// When it came on screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presented_at: Option<Timestamp>,
    /// In front of it, breaks and curtain taken out, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_ms: Option<u64>,
}

pub(crate) fn one() -> u32 {
    1
}

/// Exposures are told in the same words as every other sight.
pub type Exposure = Sight;

/// Why an item is handed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PassReason {
    /// I do not read this language.
    Language,
    /// It cannot be shown or played.
    Technical,
    /// I know the author; shuts that author's items and history to me.
    ConflictOfInterest,
    /// Never explained, never listed by person.
    NotForMe,
}

impl PassReason {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 4] = [Self::Language, Self::Technical, Self::ConflictOfInterest, Self::NotForMe];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Technical => "technical",
            Self::ConflictOfInterest => "conflict_of_interest",
            Self::NotForMe => "not_for_me",
        }
    }
}

/// An item handed back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pass {
    /// Why.
    pub reason: PassReason,
    /// What was seen until then.
    #[serde(flatten)]
    pub sight: Sight,
}
