//! A named stream of a client's items.

use super::Deadline;
use crate::wellbeing::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where items go that name no queue.
pub const DEFAULT: &str = "default";
/// Where escalated items go that name no other.
pub const ESCALATED: &str = "escalated";
/// Where items with an alert of imminent harm go.
pub const IMMINENT: &str = "imminent";
/// Where sealed items go; only moderators with `sealed = true` see that it exists.
pub const SEALED: &str = "sealed";

/// A queue and its rules, resolved: durations in seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// What it is called everywhere.
    pub name: String,
    /// Whose items these are.
    pub client: String,
    /// As the moderator reads it; absent means the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Nothing in another language is served from it; such items count as stranded. Empty means all, and what nobody
    /// could name (`und`) is for everybody.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Nothing above this level is served from it.
    #[serde(default = "highest")]
    pub severity_ceiling: Severity,
    /// By when its items must be decided; absent means that there is no deadline.
    #[serde(default, alias = "deadline_s", skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// Seconds before due from which an item goes first; 15 minutes where not said.
    #[serde(default = "warn")]
    pub warn_at_s: u64,
    /// Seconds a lease lasts; 5 minutes where not said.
    #[serde(default = "lease")]
    pub lease_s: u64,
    /// Where its escalations go; absent means `escalated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalates_to: Option<String>,
    /// Nothing is served from it while it is.
    #[serde(default)]
    pub paused: bool,
    /// Why it is paused, as whoever paused it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_because: Option<String>,
    /// The departments an item can be forwarded to.
    #[serde(default)]
    pub departments: Vec<String>,
}

fn highest() -> Severity {
    Severity::EXTREME
}

fn warn() -> u64 {
    15 * 60
}

fn lease() -> u64 {
    5 * 60
}

impl Queue {
    /// A queue with default settings, as one that an item names before anybody has made it.
    pub fn new(name: impl Into<String>, client: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            client: client.into(),
            title: None,
            languages: Vec::new(),
            severity_ceiling: highest(),
            deadline: None,
            warn_at_s: warn(),
            lease_s: lease(),
            escalates_to: None,
            paused: false,
            paused_because: None,
            departments: Vec::new(),
        }
    }
}

/// One queue's row of `moddesk stats`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueStats {
    /// Which queue.
    pub name: String,
    /// Whose.
    pub client: String,
    /// Not decided, not leased.
    pub waiting: u64,
    /// In somebody's hands.
    pub leased: u64,
    /// Since midnight UTC.
    pub decided_today: u64,
    /// Of those waiting or leased.
    pub oldest_received_at: Option<jiff::Timestamp>,
    /// Past due.
    pub overdue: u64,
    /// Due within 15 minutes.
    pub due_15m: u64,
    /// What no enabled moderator may take.
    pub stranded: u64,
    /// Asked about, and kept for who asked; in `leased` no more, since it is in nobody's hands.
    #[serde(default)]
    pub parked: u64,
    /// Decided since midnight UTC, and after it was due.
    #[serde(default)]
    pub breached_today: u64,
    /// Whether it is.
    pub paused: bool,
}
