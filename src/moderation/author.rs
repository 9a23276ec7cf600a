//! Who wrote the item.

use crate::text::Untrusted;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the platform says about an author.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// The platform's name for them; what history and batches are gathered by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As shown to others there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Untrusted>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// How many pieces they have posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posts: Option<u64>,
    /// How many of those were removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<u64>,
    /// How many follow them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
    /// What the client notes about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Untrusted>,
}

/// What this queue itself knows of an author: the figures beside the item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorFigures {
    /// Items of theirs that came here.
    pub items: u64,
    /// Of those, how many are decided.
    pub decided: u64,
    /// Of those, how many were deleted or restricted.
    pub removed: u64,
    /// The last removal: policy and moment.
    pub last_removed: Option<(String, Timestamp)>,
    /// Their last items here, newest first, with what was decided.
    pub recent: Vec<AuthorItem>,
}

/// One line of an author's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorItem {
    /// Which item.
    pub item: String,
    /// Its first words, untrusted as ever.
    pub text: Untrusted,
    /// When it reached moderation.
    pub received_at: Timestamp,
    /// The verdict in force, if there is one.
    pub verdict: Option<crate::moderation::Verdict>,
    /// Under which policy.
    pub policy: Option<String>,
    /// The level that counts, so that harsh lines can be masked.
    pub severity: crate::wellbeing::Severity,
}
