//! The acts by which a supervisor steps in. Each is audited, under the supervisor's pseudonym.

use crate::moderation::Decision;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::decision::Recorded as Answered;

/// What is done to one item that is not decided yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// It goes sooner or later: a priority from -100 to 100, another deadline, or both.
    Priority {
        /// The new priority.
        priority: Option<i32>,
        /// By when it must be decided from now on.
        due_at: Option<Timestamp>,
    },
    /// It goes to another queue; whoever holds it loses it.
    Move {
        /// Where.
        to: String,
    },
    /// It is taken out of somebody's hands and waits again.
    Release,
}

/// Where an item stands after a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// Which.
    pub item: String,
    /// Where.
    pub queue: String,
    /// waiting or leased.
    pub state: String,
    /// Its round.
    pub round: u32,
    /// Its priority.
    pub priority: i32,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Out of whose hands it was taken, by pseudonym.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_from: Option<String>,
}

/// The supervisor decides, whatever was decided and whoever holds it: a decision in force is undone by it, in one act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Why; kept with the decision and told to whoever decided before.
    pub reason: String,
    /// What holds from now on. Its id is the idempotency key.
    pub decision: Decision,
}
