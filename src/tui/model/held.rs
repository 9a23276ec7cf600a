//! Decisions that can still be taken back, and those that take a reversal.

use super::{HeldBatch, Shown};
use crate::moderation::{Decision, Measure, Verdict};
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
    /// The batch that it is the first decision of.
    pub batch: Option<Box<HeldBatch>>,
}

impl HeldHere {
    /// How many decisions it is.
    pub fn count(&self) -> usize {
        self.batch.as_ref().map_or(1, |batch| batch.decisions.len())
    }

    /// Whether it waits for its time, rather than being on its way from the first moment.
    pub fn waits(&self) -> bool {
        self.decision.decided_at.is_none_or(|decided| self.leaves_at > decided)
    }
}

/// A decision that the queue has: enough to name it and to reverse it, nothing of its content.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Its id.
    pub id: Uuid,
    /// About which item.
    pub item: String,
    /// Whose it was, to name the policy by its title.
    pub client: String,
    /// What.
    pub verdict: Verdict,
    /// Which measure, with `restrict`.
    pub measure: Option<Measure>,
    /// Under which policy.
    pub policy: Option<String>,
    /// Where it was a batch: every decision of it that was recorded, with its item.
    pub batch: Vec<(Uuid, String)>,
}

impl Sent {
    /// What remains of a held decision once it is recorded.
    pub fn of(held: &HeldHere) -> Self {
        let decision = &held.decision;
        Self {
            client: held.shown.served.client.clone(),
            id: decision.id,
            item: decision.item.clone(),
            verdict: decision.verdict,
            measure: decision.measure,
            policy: decision.policy.clone(),
            batch: Vec::new(),
        }
    }
}
