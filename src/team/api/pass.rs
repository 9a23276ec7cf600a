//! Handing items back with a reason.

use crate::moderation::pass::{Opened, Seen};
use crate::moderation::{Pass, PassReason, Refusal, Sight};
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where.
pub const PATH: &str = "/v1/passes";

/// One item handed back. A type of its own, because what is flattened cannot refuse unknown fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PassLine")]
pub struct Line {
    /// Which item.
    pub item: String,
    /// Why.
    pub reason: PassReason,
    /// At which revision.
    #[serde(default = "first")]
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

fn first() -> u32 {
    1
}

impl From<Line> for Pass {
    fn from(line: Line) -> Self {
        let Line { item, reason, revision, seen, opened, severity, presented_at, active_ms } = line;
        Self { reason, sight: Sight { item, revision, seen, opened, severity, presented_at, active_ms } }
    }
}

impl From<Pass> for Line {
    fn from(pass: Pass) -> Self {
        let Sight { item, revision, seen, opened, severity, presented_at, active_ms } = pass.sight;
        Self { item, reason: pass.reason, revision, seen, opened, severity, presented_at, active_ms }
    }
}

/// Which.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PassRequest")]
pub struct Request {
    /// What goes back.
    #[serde(alias = "items")]
    pub passes: Vec<Line>,
}

/// What could not be passed because it was not held any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PassAnswer")]
pub struct Answer {
    /// And why not.
    pub lost: Vec<Refusal>,
}
