//! Everything about oneself.

use crate::moderation::Person;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who one is; DELETE erases what no longer binds.
pub const PATH: &str = "/v1/me";
/// Everything that is kept about oneself.
pub const EXPORT: &str = "/v1/me/export";

/// What one is not served. PUT says it, from the next claim on.
pub const TOPICS: &str = "/v1/me/topics";
/// Breaks, decisions that others undid, topics: one's own page.
pub const PAGE: &str = "/v1/me/page";

/// Topics by the code of a policy or the category of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeTopics")]
pub struct Topics {
    /// These and no others.
    pub topics: Vec<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MeAnswer")]
pub struct Answer {
    /// Who, and what they may do.
    #[serde(flatten)]
    pub person: Person,
    /// From when on the token of this call is no good any more.
    pub expires_at: Option<Timestamp>,
}

/// What was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MeErased")]
pub struct Erased {
    /// Finished shifts; load, the running shift and the shift count stay until they no longer bind.
    pub shifts: u64,
}
