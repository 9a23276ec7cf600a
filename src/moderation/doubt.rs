//! Asking before deciding: the question, what was answered, and the precedent that may come of it.

use super::pass::Sight;
use super::{Measure, Verdict};
use crate::text::Untrusted;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whom one asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskTo {
    /// Any colleague who may work such items.
    Colleague,
    /// The supervisor.
    Supervisor,
    /// The supervisor, by voice: please call me.
    Call,
}

impl AskTo {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Colleague, Self::Supervisor, Self::Call];

    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Colleague => "colleague",
            Self::Supervisor => "supervisor",
            Self::Call => "call",
        }
    }
}

/// A question about an item in hand. The item is parked: nobody is served it, and its deadline runs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Doubt {
    /// Minted by the desk; asking twice under one id asks once.
    pub id: Uuid,
    /// Whom.
    pub to: AskTo,
    /// What; may be empty where a call is asked for.
    #[serde(default)]
    pub question: Untrusted,
    /// What was seen of the item until then.
    #[serde(flatten)]
    pub sight: Sight,
}

/// What somebody answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DoubtAnswer")]
pub struct Answer {
    /// Minted by the desk; answering twice under one id answers once.
    pub id: Uuid,
    /// In words; may be empty where a call was asked for and has been made.
    #[serde(default)]
    pub text: Untrusted,
    /// What they would decide. It binds nobody: who asked decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// A verdict that somebody would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// What.
    pub verdict: Verdict,
    /// With which measure; goes with `restrict` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Under which policy of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answered {
    /// Its id.
    pub id: Uuid,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// In their words.
    pub text: Untrusted,
    /// What they would decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// How the item was decided in the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// What.
    pub verdict: Verdict,
    /// Under which policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// By whom (a pseudonym).
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Where a doubt stands, as who asked and whoever is asked see it. Of the item only what a list may show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DoubtState {
    /// Its id.
    pub id: Uuid,
    /// Whom it was put to.
    pub to: AskTo,
    /// The question.
    pub question: Untrusted,
    /// Who asks.
    pub by: String,
    /// When it was asked.
    pub at: Timestamp,
    /// About which item.
    pub item: String,
    /// At which revision.
    pub revision: u32,
    /// From which queue.
    pub queue: String,
    /// Whose it is.
    pub client: String,
    /// The level that counted when it was asked.
    pub severity: Severity,
    /// By when the item must be decided; it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// Until when the item is kept for who asked; absent where it waits for everybody again, is in somebody's hands
    /// or decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked_until: Option<Timestamp>,
    /// What was answered, oldest first.
    #[serde(default)]
    pub answers: Vec<Answered>,
    /// How the item was decided since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// Kept as a precedent.
    #[serde(default)]
    pub precedent: bool,
    /// Whether the reader is the one who asked.
    #[serde(default)]
    pub mine: bool,
    /// Whether the reader has seen it, and all that others did about it since.
    #[serde(default)]
    pub read: bool,
}

impl DoubtState {
    /// Whether nobody but who asked has answered it, and its item is not decided.
    pub fn is_open(&self) -> bool {
        self.settled.is_none() && self.answers.iter().all(|answer| answer.by == self.by)
    }

    /// Whether it is news to the reader: to who asked what came since, to others a question without an answer.
    pub fn is_new(&self) -> bool {
        !self.read && (self.mine || (self.answers.is_empty() && self.settled.is_none()))
    }
}

/// Which precedents are asked for: beside an item, by words, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PrecedentsQuery")]
pub struct Seeking {
    /// Those of items that say the same or nearly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Those in whose question or answers these words stand, however they are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A question that was answered once for all, found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Precedent {
    /// The doubt.
    pub id: Uuid,
    /// Whose rules it is about.
    pub client: String,
    /// When it was asked.
    pub at: Timestamp,
    /// The question.
    pub question: Untrusted,
    /// The answers, oldest first.
    pub answers: Vec<Answered>,
    /// How its item was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
    /// How much its item is like the one asked about, 0 to 1; absent where only words were looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<f64>,
}
