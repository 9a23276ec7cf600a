//! What must be read before the next item of a client: a message, or a change of its rules.

use crate::text::Untrusted;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Words of a supervisor.
    #[default]
    Message,
    /// The client's charter is another.
    Charter,
    /// The client's policies have another version.
    Policies,
}

impl NoticeKind {
    /// The contract's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Charter => "charter",
            Self::Policies => "policies",
        }
    }
}

/// A message to one, to a client's desks, or to all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Minted by whoever sends it; sent twice under one id, it is one.
    pub id: Uuid,
    /// To one moderator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<String>,
    /// To everybody who works for a client, before its next item. With `moderator`: about that client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// What it says.
    pub text: Untrusted,
    /// Whether it stands between its readers and the next item until they confirm it; else it is read when somebody
    /// opens it.
    #[serde(default = "yes")]
    pub confirm: bool,
}

fn yes() -> bool {
    true
}

/// Who has read a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadBy {
    /// Whose Enter it was.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// A notice as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeState {
    /// Its id.
    pub id: Uuid,
    /// What it is about.
    pub kind: NoticeKind,
    /// Who sent it, or changed the rules.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// To one moderator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<String>,
    /// About which client; absent means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// What it says; empty for a change, which the charter itself tells.
    #[serde(default)]
    pub text: Untrusted,
    /// The version in force since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether it must be confirmed before the next item.
    #[serde(default = "yes")]
    pub confirm: bool,
    /// Whether the reader is one of those it is for.
    #[serde(default)]
    pub for_me: bool,
    /// When the reader has confirmed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<Timestamp>,
    /// Who else has, for supervisors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<ReadBy>,
    /// Who has not yet, for supervisors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

impl NoticeState {
    /// Whether it stands between the reader and the next item.
    pub fn waits(&self) -> bool {
        self.confirm && self.is_new()
    }

    /// Whether it is for the reader and they have not read it.
    pub fn is_new(&self) -> bool {
        self.for_me && self.read_at.is_none()
    }
}
