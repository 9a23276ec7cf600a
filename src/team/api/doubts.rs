//! Asking before deciding, answering, and what is kept of it.

use crate::moderation::{AskTo, Doubt, Precedent, Sight};
use crate::text::Untrusted;
use crate::wellbeing::{Opened, Seen, Severity};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::moderation::doubt::{Answer as Reply, Seeking as Query};

/// Where to ask.
pub const PATH: &str = "/v1/doubts";
/// Where to answer.
pub const ANSWER: &str = "/v1/doubts/{id}/answer";
/// Where to keep one as a precedent, or no longer.
pub const KEEP: &str = "/v1/doubts/{id}/keep";
/// Where to find precedents.
pub const PRECEDENTS: &str = "/v1/precedents";

/// A question about an item in hand, with what was seen of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DoubtAsk")]
pub struct Ask {
    /// Minted by the desk; asking twice under one id asks once.
    pub id: Uuid,
    /// Whom.
    pub to: AskTo,
    /// What; may be empty where a call is asked for.
    #[serde(default)]
    pub question: Untrusted,
    /// About which item.
    pub item: String,
    /// At which revision.
    #[serde(default = "crate::moderation::pass::one")]
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
    /// In front of it, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_ms: Option<u64>,
}

impl From<Doubt> for Ask {
    fn from(Doubt { id, to, question, sight }: Doubt) -> Self {
        let Sight { item, revision, seen, opened, severity, presented_at, active_ms } = sight;
        Self { id, to, question, item, revision, seen, opened, severity, presented_at, active_ms }
    }
}

impl From<Ask> for Doubt {
    fn from(ask: Ask) -> Self {
        let Ask { id, to, question, item, revision, seen, opened, severity, presented_at, active_ms } = ask;
        Self { id, to, question, sight: Sight { item, revision, seen, opened, severity, presented_at, active_ms } }
    }
}

/// Whether to keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DoubtKeep")]
pub struct Keep {
    /// As a precedent from now on, or no longer.
    pub keep: bool,
}

/// Precedents: the most alike first, then the newest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PrecedentsAnswer")]
pub struct Found {
    /// Of the clients that the asker works for.
    pub precedents: Vec<Precedent>,
}
