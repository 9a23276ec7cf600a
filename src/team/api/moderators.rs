//! The people: who they are, and the tokens they sign in with.

use crate::moderation::{Person, Role};
use crate::wellbeing::Severity;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where to list and to add.
pub const PATH: &str = "/v1/moderators";
/// Where a supervisor says which queues are somebody's.
pub const QUEUES: &str = "/v1/moderators/{name}/queues";
/// Where to give and to revoke tokens.
pub const TOKEN: &str = "/v1/moderators/{name}/token";

/// The people. Nothing about anybody's wellbeing stands in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ModeratorsAnswer")]
pub struct Answer {
    /// In the order in which they came.
    pub moderators: Vec<Person>,
}

/// Adding somebody, or changing what they may do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ModeratorsRequest")]
pub struct Request {
    /// The name they sign in with.
    pub name: String,
    /// One role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Or several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// Empty means all; one that does not exist is created.
    #[serde(default)]
    pub queues: Vec<String>,
    /// Empty means all.
    #[serde(default)]
    pub clients: Vec<String>,
    /// Empty means all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Nothing above it is served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity_ceiling: Option<Severity>,
    /// May see that sealed items exist.
    #[serde(default)]
    pub sealed: bool,
    /// May see names in exports.
    #[serde(default)]
    pub names: bool,
    /// Whether they may sign in at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// From when on the token is no good any more; a year from now where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

fn yes() -> bool {
    true
}

/// Somebody's token, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ModeratorsAdded")]
pub struct Added {
    /// Whose.
    pub name: String,
    /// Their first role.
    pub role: Role,
    /// All their roles.
    pub roles: Vec<Role>,
    /// How exports and colleagues name them.
    pub pseudonym: String,
    /// The token: nobody can read it again.
    pub token: String,
    /// From when on it is no good any more.
    pub expires_at: Option<Timestamp>,
}

/// Giving one more token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ModeratorsTokenRequest")]
pub struct TokenRequest {
    /// From when on it is no good any more; a year from now where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Revoke all earlier ones.
    #[serde(default)]
    pub replace: bool,
}

/// What was revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ModeratorsRevoked")]
pub struct Revoked {
    /// Whose.
    pub name: String,
    /// How many tokens.
    pub revoked: u64,
}

/// Where to change one.
pub const ONE: &str = "/v1/moderators/{name}";

/// What is to change; whatever is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "ModeratorsChange")]
pub struct Change {
    /// All their roles from now on.
    pub roles: Option<Vec<Role>>,
    /// Empty means all.
    pub queues: Option<Vec<String>>,
    /// Empty means all.
    pub clients: Option<Vec<String>>,
    /// Empty means all.
    pub languages: Option<Vec<String>>,
    /// Nothing above it is served.
    pub severity_ceiling: Option<Severity>,
    /// May see that sealed items exist.
    pub sealed: Option<bool>,
    /// May see names in exports.
    pub names: Option<bool>,
    /// Whether they may sign in at all; at once.
    pub enabled: Option<bool>,
}

impl Change {
    /// The person as they are to be.
    pub fn over(self, mut person: Person) -> Person {
        fn put<T>(place: &mut T, said: Option<T>) {
            if let Some(said) = said {
                *place = said;
            }
        }
        put(&mut person.roles, self.roles);
        put(&mut person.queues, self.queues);
        put(&mut person.clients, self.clients);
        put(&mut person.languages, self.languages);
        put(&mut person.severity_ceiling, self.severity_ceiling);
        put(&mut person.sealed, self.sealed);
        put(&mut person.names, self.names);
        put(&mut person.enabled, self.enabled);
        person
    }
}

/// Which queues are somebody's from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AssignRequest")]
pub struct Assign {
    /// None means all.
    pub queues: Vec<String>,
}
