//! The clients somebody works for, and setting one up.

use crate::moderation::Client;
use crate::moderation::retention::Retention;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where to list them.
pub const PATH: &str = "/v1/clients";
/// Where to set one.
pub const ONE: &str = "/v1/clients/{name}";

/// The clients.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClientsAnswer")]
pub struct Answer {
    /// All that the asker works for.
    pub clients: Vec<Client>,
}

/// What is to change; whatever is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "ClientsChange")]
pub struct Change {
    /// The name once more; it must be the one in the address.
    pub name: Option<String>,
    /// As the moderator reads it.
    pub title: Option<String>,
    /// The client's rules as the moderator reads them.
    pub charter: Option<String>,
    /// The text of the policy file laid over the built-in ones; checked whole before any of it counts.
    pub policies: Option<String>,
    /// The text of the file of prepared replies; checked whole as well.
    pub templates: Option<String>,
    /// What insights may be about.
    pub topics: Option<Vec<String>>,
    /// Whether moderators may name topics besides.
    pub new_topics: Option<bool>,
    /// How long what was decided is kept.
    pub retention: Option<Retention>,
    /// Whom to ring about imminent harm, in order.
    pub contacts: Option<Vec<String>>,
    /// When somebody is there.
    pub hours: Option<String>,
}

impl Change {
    /// The client as it is to be.
    pub fn over(self, mut client: Client) -> Client {
        let put = |place: &mut Option<String>, said: Option<String>| {
            if said.is_some() {
                *place = said;
            }
        };
        put(&mut client.title, self.title);
        put(&mut client.charter, self.charter);
        put(&mut client.policies, self.policies);
        put(&mut client.templates, self.templates);
        put(&mut client.hours, self.hours);
        if let Some(topics) = self.topics {
            client.topics = topics;
        }
        client.new_topics = self.new_topics.or(client.new_topics);
        if let Some(retention) = self.retention {
            client.retention = retention;
        }
        if let Some(contacts) = self.contacts {
            client.contacts = contacts;
        }
        client
    }
}
