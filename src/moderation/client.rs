//! The brand or medium on whose behalf a queue is moderated.

use super::retention::Retention;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A client, its charter and the version of its policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Client {
    /// What it is called in files.
    pub name: String,
    /// As the moderator reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The client's rules as the moderator reads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charter: Option<String>,
    /// How often the charter has changed, the first one included; counted by the store.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub charter_version: u32,
    /// The text of the policy file laid over the built-in ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policies: Option<String>,
    /// The text of its file of prepared replies: templates, channel limits, the questions that lead to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<String>,
    /// What insights may be about, in the client's words; offered first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Whether moderators may name topics besides; absent means that they may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_topics: Option<bool>,
    /// Whom to ring about imminent harm, in order.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// How long what was decided is kept.
    #[serde(default, skip_serializing_if = "Retention::is_empty")]
    pub retention: Retention,
    /// When somebody is there, in the client's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

fn is_zero(version: &u32) -> bool {
    *version == 0
}
