//! Why an item is here: what people and machines said of it.

use crate::text::Untrusted;
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who reports. The wellbeing rules trust plain users up to level 2 at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportBy {
    /// Anybody on the platform.
    #[default]
    User,
    /// An organisation whose notices go first (DSA article 22).
    TrustedFlagger,
    /// A machine.
    Classifier,
    /// An authority's order.
    Order,
}

/// One report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What sort of reporter.
    #[serde(default)]
    pub by: ReportBy,
    /// Who; a moderator who reported an item is never served it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// The reporter's own category, free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Untrusted>,
    /// How severe they say it is, 0 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// In their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Untrusted>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}
