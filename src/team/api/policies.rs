//! The rules in force.

use crate::moderation::policy::Policies;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where.
pub const PATH: &str = "/v1/policies";

/// Whose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PoliciesQuery")]
pub struct Query {
    /// One client's alone.
    #[serde(default)]
    pub client: Option<String>,
}

/// By client: the built-in policies with the client's own laid over them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PoliciesAnswer")]
pub struct Answer {
    /// The policies and the version that decisions record.
    pub clients: BTreeMap<String, Policies>,
}

/// Publishing a client's policy file: it is checked whole before any of it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PoliciesPublish")]
pub struct Publish {
    /// Whose.
    pub client: String,
    /// The text of the TOML file; `null` takes the client back to the built-in policies.
    pub policies: Option<String>,
}

/// What is in force from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PoliciesPublished")]
pub struct Published {
    /// Whose.
    pub client: String,
    /// The version that decisions will record.
    pub version: String,
}
