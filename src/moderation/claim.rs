//! Taking items from a queue, and what comes back.

use super::Item;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a desk asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Absent or empty means all that the moderator may work.
    #[serde(default)]
    pub queues: Vec<String>,
    /// How many at most.
    #[serde(default)]
    pub max: u32,
    /// Which desk asks; without it the claim is served and never taken over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<String>,
    /// All that this desk holds (on screen, prefetched, held). Without it, it is a fresh desk that takes over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<Vec<String>>,
    /// These items, for a batch; then queues and max do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<String>>,
}

/// One item in a moderator's hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Served {
    /// The content.
    pub item: Item,
    /// Its queue's name.
    pub queue: String,
    /// Whose it is.
    pub client: String,
    /// 1 at import, raised by each escalation, reversal and new revision.
    pub round: u32,
    /// Until when it is leased.
    pub lease_until: Timestamp,
    /// By when it must be decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// The level that counts by now.
    pub severity: crate::wellbeing::Severity,
    /// What may be done with it: verdict and follow-up codes, from the backend.
    pub actions: Vec<String>,
    /// What was decided on it in earlier rounds, oldest first, by pseudonym.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<PastDecision>,
    /// What this queue knows of its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<super::author::AuthorFigures>,
    /// The same text decided before: verdict, policy, how often.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alike: Vec<Alike>,
}

impl Served {
    /// The level that counts before the decision.
    pub fn level(&self) -> crate::wellbeing::Severity {
        self.severity.max(self.item.prior())
    }
}

/// A decision of an earlier round, as colleagues see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastDecision {
    /// Its id.
    pub id: uuid::Uuid,
    /// Its round.
    pub round: u32,
    /// What.
    pub verdict: super::Verdict,
    /// Under which policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// By whom (a pseudonym).
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<crate::text::Untrusted>,
    /// Whether it was undone since.
    #[serde(default)]
    pub reversed: bool,
}

/// The same text decided before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alike {
    /// What.
    pub verdict: super::Verdict,
    /// Under which policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// How often.
    pub times: u64,
}

/// A break that is due or running: 423 over HTTP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BreakDue {
    /// When it is over by the queue's clock, had it begun now.
    pub until: Timestamp,
    /// run, acute, hourly or voluntary.
    pub rule: String,
    /// How long it lasts in all, in seconds.
    pub required_s: u64,
}

/// Why nothing, or less than asked, was served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing waits.
    Empty,
    /// Something waits, but others hold it.
    Leased,
    /// The queues are paused.
    Paused,
    /// What waits is not for this moderator: passed, own report, language, ceiling.
    NotForYou,
    /// What waits is more than the wellbeing rules allow now.
    Wellbeing,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Claimed {
    /// A break comes first.
    BreakDue {
        /// Which.
        break_due: BreakDue,
    },
    /// Another desk of the same moderator has taken over.
    TakenOver {
        /// That desk.
        desk_taken_over: String,
    },
    /// Items, or why none.
    Items {
        /// What was leased.
        items: Vec<Served>,
        /// How many wait in the queues asked for.
        waiting: u64,
        /// Where `items` is empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Why>,
    },
}

/// Lease answers that are not a success, by item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// Which item.
    pub item: String,
    /// What happened to the lease.
    pub why: LostLease,
}

/// How a lease was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LostLease {
    /// It ran out.
    Expired,
    /// Somebody else has it.
    Leased,
    /// Somebody has decided it.
    Decided,
    /// The platform withdrew it.
    Withdrawn,
    /// A newer revision waits.
    NewRevision,
    /// A supervisor took or moved it.
    Moved,
    /// It was sealed.
    Sealed,
    /// It was never leased to this moderator.
    NotLeased,
}

impl LostLease {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Leased => "leased",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
            Self::NewRevision => "new_revision",
            Self::Moved => "moved",
            Self::Sealed => "sealed",
            Self::NotLeased => "not_leased",
        }
    }
}
