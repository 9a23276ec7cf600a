//! Policies, queues and clients: read by those who work with them, set by those who may.

use super::call::Call;
use super::house::checked;
use super::refuse::{Answer, Refuse, shown};
use crate::config::templates::of_client as prepared;
use crate::moderation::item::is_name;
use crate::moderation::queue::SEALED;
use crate::moderation::{Client, Person, Queue, Role};
use crate::team::api::{Code, clients, policies, queues, templates, wellbeing};
use crate::wellbeing::RawRules;
use std::collections::BTreeMap;

/// Whether somebody works for a client: a supervisor for all, a moderator for their own (empty means all).
fn works_for(call: &Call, client: &str) -> bool {
    let theirs = |person: &Person| person.clients.is_empty() || person.clients.iter().any(|name| name == client);
    call.may(Role::Supervisor) || call.signed.as_ref().is_some_and(|signed| theirs(&signed.person))
}

fn works(call: &Call, queue: &Queue) -> bool {
    if queue.name == SEALED && !call.sealed() {
        return false;
    }
    let theirs = |person: &Person| person.queues.is_empty() || person.queues.contains(&queue.name);
    call.may(Role::Supervisor)
        || (works_for(call, &queue.client) && call.signed.as_ref().is_some_and(|signed| theirs(&signed.person)))
}

fn named(call: &Call, said: &Option<String>) -> Answer<()> {
    if !is_name(&call.named) {
        return Err(Refuse::new(Code::Invalid, "a name is 1 to 200 bytes of printable ASCII without spaces"));
    }
    match said {
        Some(name) if *name != call.named => {
            Err(Refuse::new(Code::Invalid, "the name in the body is not the one in the address"))
        }
        _ => Ok(()),
    }
}

pub(super) async fn policies(call: Call) -> Answer<policies::Answer> {
    let asked: policies::Query = call.asked()?;
    let mut found = BTreeMap::new();
    for client in call.house.store.clients().await? {
        let wanted = asked.client.as_ref().is_none_or(|name| *name == client.name);
        if wanted && works_for(&call, &client.name) {
            let policies = call.house.policies(&client)?;
            found.insert(client.name, (*policies).clone());
        }
    }
    match asked.client {
        Some(name) if found.is_empty() => {
            Err(Refuse::new(Code::NotFound, format!("there is no client {}", shown(&name))))
        }
        _ => Ok(policies::Answer { clients: found }),
    }
}

pub(super) async fn wellbeing(call: Call) -> Answer<wellbeing::Answer> {
    let told = RawRules::from(&*call.house.store.rules());
    Ok(wellbeing::Answer { rules: serde_json::to_value(told).unwrap_or_default() })
}

pub(super) async fn publish(call: Call, asked: policies::Publish) -> Answer<policies::Published> {
    let Some(kept) = call.house.store.clients().await?.into_iter().find(|client| client.name == asked.client) else {
        return Err(Refuse::new(Code::NotFound, format!("there is no client {}", shown(&asked.client))));
    };
    let client = Client { policies: asked.policies, ..kept.clone() };
    let version = checked(&client)?.version;
    raised(&call, &kept, &client, &version)?;
    call.house.store.set_client(&client, call.who()).await?;
    Ok(policies::Published { client: client.name, version })
}

/// Other rules need another version: every decision records it, and what an older one decided is found by it.
fn raised(call: &Call, kept: &Client, client: &Client, version: &str) -> Answer<()> {
    let same = kept.policies != client.policies && call.house.policies(kept)?.version == version;
    match same {
        true => Err(Refuse::new(
            Code::Invalid,
            format!("the policies are others and their version is still {version}; raise it in the file"),
        )),
        false => Ok(()),
    }
}

pub(super) async fn templates(call: Call) -> Answer<templates::Answer> {
    let mut clients = call.house.store.clients().await?;
    clients.retain(|client| client.templates.is_some() && works_for(&call, &client.name));
    let replies = clients.into_iter().map(|client| (client.name.clone(), prepared(&client)));
    Ok(templates::Answer { clients: replies.collect() })
}

pub(super) async fn queues(call: Call) -> Answer<queues::Answer> {
    let mut queues = call.house.store.queues().await?;
    queues.retain(|queue| works(&call, queue));
    Ok(queues::Answer { queues })
}

pub(super) async fn set_queue(call: Call, change: queues::Change) -> Answer<Queue> {
    named(&call, &change.name)?;
    let kept = call.house.store.queues().await?.into_iter().find(|queue| queue.name == call.named);
    let queue = change
        .over(kept.unwrap_or_else(|| Queue::new(&call.named, "default")))
        .map_err(|error| Refuse::new(Code::Invalid, error.to_string()))?;
    if queue.lease_s == 0 {
        return Err(Refuse::new(Code::Invalid, "lease_s must be 1 or more"));
    }
    call.house.store.set_queue(&queue, call.who()).await?;
    Ok(queue)
}

pub(super) async fn clients(call: Call) -> Answer<clients::Answer> {
    let mut clients = call.house.store.clients().await?;
    clients.retain(|client| works_for(&call, &client.name));
    Ok(clients::Answer { clients })
}

pub(super) async fn set_client(call: Call, change: clients::Change) -> Answer<Client> {
    named(&call, &change.name)?;
    let kept = call.house.store.clients().await?.into_iter().find(|client| client.name == call.named);
    let kept = kept.unwrap_or_else(|| Client { name: call.named.clone(), ..Client::default() });
    let client = change.over(kept.clone());
    let version = checked(&client)?.version;
    raised(&call, &kept, &client, &version)?;
    call.house.store.set_client(&client, call.who()).await?;
    Ok(client)
}
