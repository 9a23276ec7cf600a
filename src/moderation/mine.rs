//! What a moderator's own page shows besides the figures: nobody else ever asks for it.

use super::Verdict;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Decisions of one's own that stand on the page, the newest ones.
pub const OVERTURNED: u32 = 50;
/// Breaks that stand there.
pub const BREAKS: u32 = 50;
/// Topics that one may opt out of.
pub const MOST_TOPICS: usize = 100;

/// One's own page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mine {
    /// The last breaks, the newest first: rule, when due, from when to when, how long it had to be.
    pub breaks: Vec<Value>,
    /// What others undid, the newest first.
    pub overturned: Vec<Overturned>,
    /// What one is not served, by the code of a policy or the category of a report. It stands in no other answer.
    pub topics: Vec<String>,
}

/// A decision of one's own that somebody else undid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Overturned {
    /// The item.
    pub item: String,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// As what.
    pub verdict: Verdict,
    /// Under which policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// When it was undone.
    pub at: Timestamp,
    /// By whom, as colleagues are named.
    pub by: String,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
