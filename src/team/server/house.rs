//! What all calls share.

use super::door::Door;
use super::hub::Hub;
use super::inflow::Inflow;
use super::limits::Limits;
use super::metrics::Metrics;
use super::refuse::{Answer, Refuse};
use crate::config::mistake::Mistake;
use crate::config::{policies, templates};
use crate::moderation::Client;
use crate::moderation::policy::Policies;
use crate::store::SharedStore;
use crate::team::api::{Code, Fault};
use crate::wellbeing::Clock;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// The store and everything beside it.
pub struct House {
    /// The queue.
    pub store: SharedStore,
    /// The queue's clock.
    pub clock: Arc<dyn Clock>,
    /// Who is who.
    pub door: Door,
    /// The way in for items that come one by one.
    pub inflow: Arc<Inflow>,
    /// What one client may cost.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// The live events.
    pub hub: Arc<Hub>,
    /// Rings when webhooks have changed.
    pub hooks: Notify,
    /// Turns true when the server stops.
    pub stop: watch::Sender<bool>,
    resolved: Mutex<Resolved>,
}

/// Policies by client, each with the text of the file they were resolved from.
type Resolved = HashMap<String, (Option<String>, Arc<Policies>)>;

impl House {
    /// Furnished, with nobody in it yet.
    pub fn new(store: SharedStore, clock: Arc<dyn Clock>, limits: Limits, metrics: Metrics) -> Self {
        Self {
            door: Door::new(Arc::clone(&store), &limits),
            hub: Arc::new(Hub::new(Arc::clone(&store), &limits)),
            inflow: Inflow::new(Arc::clone(&store)),
            store,
            clock,
            limits,
            metrics,
            hooks: Notify::new(),
            stop: watch::Sender::new(false),
            resolved: Mutex::default(),
        }
    }

    /// The queue's time.
    pub fn now(&self) -> Timestamp {
        self.clock.now().wall
    }

    /// The policies in force for a client, read once for each version of its file.
    pub fn policies(&self, client: &Client) -> Answer<Arc<Policies>> {
        let mut resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((text, policies)) = resolved.get(&client.name)
            && *text == client.policies
        {
            return Ok(Arc::clone(policies));
        }
        let policies = Arc::new(checked(client)?);
        resolved.insert(client.name.clone(), (client.policies.clone(), Arc::clone(&policies)));
        Ok(policies)
    }
}

/// A client's policies, or every mistake in its file.
pub fn checked(client: &Client) -> Answer<Policies> {
    let refuse = |what: &str, mistakes: Vec<Mistake>| {
        let mistakes = mistakes.iter().map(|mistake| format!("{}: {}", mistake.line, mistake.message)).collect();
        let fault = Fault::new(Code::Invalid, format!("{what} has mistakes; nothing of it counts until they are gone"));
        Refuse::from(Fault { mistakes, ..fault })
    };
    let policies = policies::of_client(client).map_err(|mistakes| refuse("the policy file", mistakes))?;
    let wrong = client.templates.iter().flat_map(|text| templates::check(text, None)).collect::<Vec<_>>();
    if wrong.is_empty() { Ok(policies) } else { Err(refuse("the file of replies", wrong)) }
}
