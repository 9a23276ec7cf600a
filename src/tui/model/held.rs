//! Decisions that can still be taken back, and those that take a reversal.

use super::Shown;
use crate::moderation::{Decision, Verdict};
use jiff::Timestamp;
use uuid::Uuid;

/// A decision in its hold. It keeps the item, so that undo brings it back in the same frame.
pub struct HeldHere {
    /// The decision.
    pub decision: Decision,
    /// The item as it left the screen.
    pub shown: Box<Shown>,
    /// When it leaves the desk.
    pub leaves_at: Timestamp,
    /// Whether a taking back is under way.
    pub taking_back: bool,
}

/// A decision that the queue has: enough to name it and to reverse it, nothing of its content.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Its id.
    pub id: Uuid,
    /// About which item.
    pub item: String,
    /// What.
    pub verdict: Verdict,
    /// Under which policy.
    pub policy: Option<String>,
}

impl Sent {
    /// What remains of a held decision once it is recorded.
    pub fn of(decision: &Decision) -> Self {
        Self {
            id: decision.id,
            item: decision.item.clone(),
            verdict: decision.verdict,
            policy: decision.policy.clone(),
        }
    }
}
