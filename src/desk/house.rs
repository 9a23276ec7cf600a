//! Clients, policies and queues, as the queue told them last.

use super::lexicon::Lexicon;
use crate::config::templates;
use crate::moderation::policy::Policies;
use crate::moderation::template::Replies;
use crate::moderation::{Client, Queue};
use std::collections::HashMap;
use std::sync::Arc;

/// What the house has.
#[derive(Clone, Debug, Default)]
pub struct House {
    /// By name.
    pub clients: HashMap<String, Arc<Client>>,
    /// By client.
    pub policies: HashMap<String, Arc<Policies>>,
    /// By name.
    pub queues: HashMap<String, Arc<Queue>>,
    /// The version of the policies that the moderator has met, by client.
    pub met: HashMap<String, String>,
    /// The terms of the policies, by client and language, made when first wanted.
    lexicons: HashMap<(String, Option<String>), Arc<Lexicon>>,
    /// The prepared replies by client, read when first wanted.
    replies: HashMap<String, Arc<Replies>>,
}

impl House {
    /// The title of a client, or its name.
    pub fn client_title<'a>(&'a self, name: &'a str) -> &'a str {
        self.clients.get(name).and_then(|client| client.title.as_deref()).unwrap_or(name)
    }

    /// The title of a queue, or its name.
    pub fn queue_title<'a>(&'a self, name: &'a str) -> &'a str {
        self.queues.get(name).and_then(|queue| queue.title.as_deref()).unwrap_or(name)
    }

    /// The policies of a client; empty where none were told, so that what needs one is refused.
    pub fn policies_of(&self, client: &str) -> Arc<Policies> {
        self.policies
            .get(client)
            .or_else(|| self.policies.get("default"))
            .cloned()
            .unwrap_or_else(|| Arc::new(Policies { version: String::new(), policies: Vec::new() }))
    }

    /// The terms of a client's policies for items of one language.
    pub fn lexicon(&mut self, client: &str, lang: Option<&str>) -> Arc<Lexicon> {
        let key = (client.to_owned(), lang.map(str::to_owned));
        if let Some(there) = self.lexicons.get(&key) {
            return there.clone();
        }
        let made = Arc::new(Lexicon::new(&self.policies_of(client), lang));
        self.lexicons.insert(key, made.clone());
        made
    }

    /// New clients; their prepared replies are read anew when wanted.
    pub fn set_clients(&mut self, clients: Vec<Client>) {
        self.replies.clear();
        self.clients = clients.into_iter().map(|client| (client.name.clone(), Arc::new(client))).collect();
    }

    /// The prepared replies of a client.
    pub fn replies(&mut self, client: &str) -> Arc<Replies> {
        if let Some(there) = self.replies.get(client) {
            return there.clone();
        }
        let read = self.clients.get(client).map(|client| templates::of_client(client)).unwrap_or_default();
        self.replies.entry(client.to_owned()).or_insert_with(|| Arc::new(read)).clone()
    }

    /// New policies: their terms are made anew when wanted.
    pub fn set_policies(&mut self, client: String, policies: Policies) {
        self.lexicons.retain(|(of, _), _| *of != client);
        self.policies.insert(client, Arc::new(policies));
    }

    /// Where escalations of a queue go: its own target first, then the house's, then every other queue of the client.
    pub fn escalation_targets(&self, queue: &str) -> Vec<String> {
        use crate::moderation::queue::{ESCALATED, IMMINENT, SEALED};
        let own = self.queues.get(queue);
        let mut targets = Vec::new();
        let first = own.and_then(|queue| queue.escalates_to.clone()).unwrap_or_else(|| ESCALATED.into());
        targets.push(first);
        targets.push(ESCALATED.to_owned());
        let client = own.map(|queue| queue.client.as_str());
        let mut others: Vec<_> = self.queues.values().filter(|other| Some(other.client.as_str()) == client).collect();
        others.sort_by(|a, b| a.name.cmp(&b.name));
        targets.extend(others.into_iter().map(|queue| queue.name.clone()));
        let mut seen = std::collections::HashSet::new();
        targets.retain(|name| name != queue && name != SEALED && name != IMMINENT && seen.insert(name.clone()));
        targets
    }
}
