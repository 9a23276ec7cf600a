//! From sign-in to sign-out.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody on shift may know of their own day: enough for the head line and the shift screen, no score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftState {
    /// Whether one is running.
    pub running: bool,
    /// Since when.
    pub started_at: Option<Timestamp>,
    /// Its planned end.
    pub ends_at: Option<Timestamp>,
    /// The desk that is open on it, and since when: so that the screen can ask before it takes over.
    pub desk: Option<String>,
    /// The break that runs now.
    pub on_break: Option<super::claim::BreakDue>,
    /// When the next one is expected, at the present pace.
    pub next_break_at: Option<Timestamp>,
    /// The load and day of the wellbeing rules, so that the desk runs the same arithmetic; the moderator's own.
    pub load: Option<serde_json::Value>,
    /// Notes that the shift before left.
    pub handover: Vec<Handover>,
    /// Sentences that weaken the wellbeing rules, shown on every desk.
    pub weakened_because: Option<String>,
    /// Decided in this shift.
    pub decided: u64,
}

/// What one shift leaves for the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Handover {
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// About which client; absent means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// In their words.
    pub text: String,
}
