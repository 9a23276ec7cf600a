//! Webhooks: who is told of decisions, reversals and alerts, and what has not arrived.

use crate::moderation::Webhook;
use crate::moderation::webhook::{DeliveryNow, HookEvent, WebhookNow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::moderation::webhook::{Replay, Replayed};

/// Where to list and to make them.
pub const PATH: &str = "/v1/webhooks";
/// Where to see, change and remove one.
pub const ONE: &str = "/v1/webhooks/{name}";
/// Where to send again what has not arrived.
pub const REPLAY: &str = "/v1/webhooks/{name}/replay";

/// The webhooks. No secret stands in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksAnswer")]
pub struct Answer {
    /// By name.
    pub webhooks: Vec<WebhookNow>,
}

/// A new webhook. It is told what happens from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WebhooksRequest")]
pub struct Request {
    /// 1 to 200 bytes of printable ASCII without spaces.
    pub name: String,
    /// Where to, `http` or `https`.
    pub url: String,
    /// Whose items; empty means all.
    #[serde(default)]
    pub clients: Vec<String>,
    /// What of; absent means all.
    #[serde(default = "all")]
    pub events: Vec<HookEvent>,
    /// With the item's own words and those of replies, notes and insights.
    #[serde(default)]
    pub with_content: bool,
}

fn all() -> Vec<HookEvent> {
    HookEvent::ALL.to_vec()
}

impl Request {
    /// As it is kept.
    pub fn webhook(self) -> Webhook {
        let Self { name, url, clients, events, with_content } = self;
        Webhook { name, url, clients, events, with_content, paused: false }
    }
}

/// A webhook's secret, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksAdded")]
pub struct Added {
    /// Which.
    pub name: String,
    /// What its messages are signed with: `whsec_` and the key in base64. Nobody can read it again.
    pub secret: String,
}

/// What is to change; whatever is absent stays as it is. Any change begins anew: what was turned off is on again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "WebhooksChange")]
pub struct Change {
    /// Where to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whose items; empty means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clients: Option<Vec<String>>,
    /// What of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<HookEvent>>,
    /// With content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_content: Option<bool>,
    /// Nothing goes out while it is; nothing is lost either.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

impl Change {
    /// The webhook as it is to be.
    pub fn over(self, mut webhook: Webhook) -> Webhook {
        fn put<T>(place: &mut T, said: Option<T>) {
            if let Some(said) = said {
                *place = said;
            }
        }
        put(&mut webhook.url, self.url);
        put(&mut webhook.clients, self.clients);
        put(&mut webhook.events, self.events);
        put(&mut webhook.with_content, self.with_content);
        put(&mut webhook.paused, self.paused);
        webhook
    }
}

/// One webhook, and what has not arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "WebhooksOne")]
pub struct One {
    /// How it stands.
    pub webhook: WebhookNow,
    /// First what is tried again, in its order, then what was given up, newest first; 500 of each at most.
    pub deliveries: Vec<DeliveryNow>,
}
