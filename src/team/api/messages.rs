//! Notices, and what stands between a person and the others.

use crate::text::Untrusted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::moderation::Messages as Answer;

/// Where to send a notice, and to read what has come.
pub const PATH: &str = "/v1/messages";
/// Where to confirm that these have been read.
pub const READ: &str = "/v1/messages/read";

/// A notice: to one moderator, to a client's desks, or, with neither, to all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NoticeSend")]
pub struct Send {
    /// Minted by whoever sends it, so that it can be sent again; a new one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// To one moderator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderator: Option<String>,
    /// To everybody who works for a client, before its next item. With `moderator`: about that client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// What it says.
    pub text: Untrusted,
    /// Whether it stands between its readers and the next item until they confirm it; it does where absent.
    #[serde(default = "yes")]
    pub confirm: bool,
}

fn yes() -> bool {
    true
}

/// A notice on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NoticeSent")]
pub struct Sent {
    /// Its id.
    pub id: Uuid,
}

/// What has been read: notices, answers to own doubts, and what became of own decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MessagesRead")]
pub struct Read {
    /// Their ids; those that are not the asker's are left out.
    pub messages: Vec<Uuid>,
}
