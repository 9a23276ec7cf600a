//! Deciding, with the next claim riding along.

use crate::moderation::claim::{BreakDue, Why};
use crate::moderation::{Claim, Decision, Recorded, Served};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/decisions";

/// Most decisions in a call.
pub const MOST: usize = 1000;

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DecideRequest")]
pub struct Request {
    /// 1 to 1000, each answered on its own.
    #[schemars(length(min = 1, max = 1000))]
    pub decisions: Vec<Decision>,
    /// Saves a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// One result a decision, in order; the status is always that of the decisions, whatever the claim met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DecideAnswer")]
pub struct Answer {
    /// What became of each.
    pub results: Vec<Recorded>,
    /// What the claim brought; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<Served>>,
    /// How many wait in the queues asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<u64>,
    /// Where the claim brought nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The claim could not be served: a break comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub break_due: Option<BreakDue>,
    /// The claim could not be served: this desk has taken over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk_taken_over: Option<String>,
}
