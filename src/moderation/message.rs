//! What is between people: notices, doubts, and what became of one's own decisions.

use super::{DoubtState, NoticeState, Verdict};
use crate::text::Untrusted;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why something comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BackWhy {
    /// Somebody undid one's decision.
    Overturned,
    /// The next level decided what one had escalated.
    Escalation,
}

/// One's own decision and what somebody made of it since, in one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CameBack {
    /// Of this line.
    pub id: Uuid,
    /// Why.
    pub why: BackWhy,
    /// When.
    pub at: Timestamp,
    /// About which item.
    pub item: String,
    /// Whose it is.
    pub client: String,
    /// One's own verdict.
    pub verdict: Verdict,
    /// And policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// When one decided.
    pub decided_at: Timestamp,
    /// What was decided instead or then; absent where an undone item waits to be decided anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<Verdict>,
    /// Under which policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now_policy: Option<String>,
    /// By whom (a pseudonym).
    pub by: String,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Untrusted>,
    /// Whether it has been read.
    #[serde(default)]
    pub read: bool,
}

/// All that stands between a person and the others now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Messages {
    /// For oneself; for a supervisor all of the last weeks. Newest first.
    pub notices: Vec<NoticeState>,
    /// Own ones, and those one is asked. Newest first.
    pub doubts: Vec<DoubtState>,
    /// What became of own decisions. Newest first.
    pub back: Vec<CameBack>,
    /// Clients of whom there are precedents: only beside their items it is worth asking for some.
    #[serde(default)]
    pub precedents: Vec<String>,
}

impl Messages {
    /// Notices that wait for the reader's Enter, oldest first.
    pub fn waiting(&self) -> impl Iterator<Item = &NoticeState> {
        self.notices.iter().rev().filter(|notice| notice.waits())
    }

    /// How many things the reader has not seen, besides what waits for their Enter: answers, questions put to them,
    /// what came back, notices that need no confirming.
    pub fn unseen(&self) -> usize {
        let doubts = self.doubts.iter().filter(|doubt| doubt.is_new()).count();
        let notices = self.notices.iter().filter(|notice| notice.is_new() && !notice.waits()).count();
        doubts + notices + self.back.iter().filter(|back| !back.read).count()
    }

    /// The question for which an item is kept from everybody at a moment.
    pub fn parked(&self, item: &str, at: Timestamp) -> Option<&DoubtState> {
        let kept = |doubt: &&DoubtState| doubt.settled.is_none() && doubt.parked_until.is_some_and(|until| until > at);
        self.doubts.iter().filter(|doubt| doubt.item == item).find(kept)
    }

    /// Questions that a supervisor still has to answer, the oldest first: nobody but who asked has said anything, and
    /// the item is not decided. One's own stand among them only while their item is kept.
    pub fn questions(&self) -> Vec<&DoubtState> {
        self.doubts
            .iter()
            .rev()
            .filter(|doubt| doubt.is_open() && (!doubt.mine || doubt.parked_until.is_some()))
            .collect()
    }
}
