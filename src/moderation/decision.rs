//! What a moderator decided.

use super::FollowUp;
use super::pass::{Opened, Seen, one};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What ends an item in its round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stays, or goes online.
    Approve,
    /// It goes.
    Delete,
    /// It stays under a measure.
    Restrict,
    /// The next level decides.
    Escalate,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Approve, Self::Delete, Self::Restrict, Self::Escalate];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Delete => "delete",
            Self::Restrict => "restrict",
            Self::Escalate => "escalate",
        }
    }
}

/// What `restrict` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Nobody but the author sees it.
    Hide,
    /// A part of it goes.
    RemovePart,
    /// The author is asked to correct it.
    AskCorrection,
    /// Adults only.
    AgeLimit,
    /// Shown less.
    Demote,
    /// No more answers.
    Lock,
}

impl Measure {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 6] =
        [Self::Hide, Self::RemovePart, Self::AskCorrection, Self::AgeLimit, Self::Demote, Self::Lock];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hide => "hide",
            Self::RemovePart => "remove_part",
            Self::AskCorrection => "ask_correction",
            Self::AgeLimit => "age_limit",
            Self::Demote => "demote",
            Self::Lock => "lock",
        }
    }
}

/// What makes a threat imminent; two of plan, time and place do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Imminent {
    /// suicide, threat, attack or child.
    pub kind: super::AlertKind,
    /// There is a plan.
    #[serde(default)]
    pub plan: bool,
    /// There is a time.
    #[serde(default)]
    pub time: bool,
    /// There is a place.
    #[serde(default)]
    pub place: bool,
}

/// Verdict, policy, follow-ups and note, by one person on one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Minted by the desk (UUIDv7); recording the same one twice is success, not a second decision.
    pub id: Uuid,
    /// Which item.
    pub item: String,
    /// At which revision.
    #[serde(default = "one")]
    pub revision: u32,
    /// In which round; absent means that of my last lease on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// From which queue it was served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Who; over HTTP the token says it, never the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<String>,
    /// What ends the item.
    pub verdict: Verdict,
    /// With `restrict` only.
    #[serde(default)]
    pub measure: Option<Measure>,
    /// Required for delete and restrict.
    #[serde(default)]
    pub policy: Option<String>,
    /// The version that was in force on the screen.
    #[serde(default)]
    pub policy_version: Option<String>,
    /// Escalate: the queue it goes to.
    #[serde(default)]
    pub to: Option<String>,
    /// With escalate, for an alert.
    #[serde(default)]
    pub imminent: Option<Imminent>,
    /// What goes with it.
    #[serde(default)]
    pub follow_ups: Vec<FollowUp>,
    /// For colleagues.
    #[serde(default)]
    pub note: Option<Untrusted>,
    /// As judged.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// What was on screen at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// The heaviest opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// When it came on screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presented_at: Option<Timestamp>,
    /// When the key was pressed.
    #[serde(default)]
    pub decided_at: Option<Timestamp>,
    /// In front of it, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_ms: Option<u64>,
    /// Shared by the decisions of one batch.
    #[serde(default)]
    pub batch: Option<Uuid>,
    /// The decision that this one undoes.
    #[serde(default)]
    pub reverses: Option<Uuid>,
    /// In exports only: what undid this one since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reversed_by: Option<Uuid>,
    /// Made by a rule, not by a person.
    #[serde(default)]
    pub automated: bool,
    /// In exports only: recorded so many seconds after it was due; absent where it was in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_s: Option<u64>,
}

/// What became of a decision that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Committed and synced.
    Recorded,
    /// The same id was there before: success.
    AlreadyRecorded,
    /// Somebody else was first in this round, or holds it.
    Conflict,
    /// The item was edited meanwhile.
    StaleRevision,
    /// A later decision stands on the one to be reversed.
    Superseded,
    /// Never leased to this moderator.
    NotLeased,
    /// The decision is not allowed; the message says why.
    Refused,
}

impl Outcome {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::AlreadyRecorded => "already_recorded",
            Self::Conflict => "conflict",
            Self::StaleRevision => "stale_revision",
            Self::Superseded => "superseded",
            Self::NotLeased => "not_leased",
            Self::Refused => "refused",
        }
    }

    /// Whether the decision is in the queue's record now.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Recorded | Self::AlreadyRecorded)
    }
}

/// The result for one decision of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// The decision.
    pub id: Uuid,
    /// What became of it.
    pub outcome: Outcome,
    /// Conflict: who was first (a pseudonym unless it is oneself), with what; or `leased`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Conflict: by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Conflict: the verdict in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Refused: why, and what to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Stale revision or a reversal: the item as it is now, leased to the asker where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Box<super::Served>>,
}
