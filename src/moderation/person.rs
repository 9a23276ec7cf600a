//! Who works here, and what they may do.

use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody may do. Roles do not include one another, except that `admin` may do what a supervisor may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Brings items in.
    Ingest,
    /// Decides them.
    Moderator,
    /// Watches and steps in.
    Supervisor,
    /// Sets up people, policies and clients.
    Admin,
}

impl Role {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ingest => "ingest",
            Self::Moderator => "moderator",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }
}

/// One person's record. Nothing about wellbeing stands here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name they sign in with.
    pub name: String,
    /// `M-07`: how exports and colleagues name them.
    pub pseudonym: String,
    /// What they may do; on the embedded queue the desk's moderator has them all.
    pub roles: Vec<Role>,
    /// Empty means all.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Empty means all.
    #[serde(default)]
    pub clients: Vec<String>,
    /// Empty means all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Nothing above it is served.
    #[serde(default = "highest")]
    pub severity_ceiling: Severity,
    /// May see that sealed items exist.
    #[serde(default)]
    pub sealed: bool,
    /// May see names in exports.
    #[serde(default)]
    pub names: bool,
    /// Whether they may sign in at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Since when they are here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_at: Option<Timestamp>,
}

fn highest() -> Severity {
    Severity::EXTREME
}

fn yes() -> bool {
    true
}

impl Person {
    /// A person with every right, as the embedded queue makes for whoever opens a desk on it.
    pub fn with_every_right(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            pseudonym: String::new(),
            roles: vec![Role::Ingest, Role::Moderator, Role::Supervisor, Role::Admin],
            queues: Vec::new(),
            clients: Vec::new(),
            languages: Vec::new(),
            severity_ceiling: highest(),
            sealed: true,
            names: true,
            enabled: true,
            added_at: None,
        }
    }

    /// Whether they may do what `role` may.
    pub fn may(&self, role: Role) -> bool {
        self.roles.contains(&role) || (role == Role::Supervisor && self.roles.contains(&Role::Admin))
    }
}
