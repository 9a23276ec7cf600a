//! What a webhook's message says: ids, codes and times. Words of people only where the webhook was made with content,
//! and then those of the item, the decision and its replies; never who wrote it, reported it or stood around it.

use super::{Happening, Kept, Outbox};
use crate::moderation::item::GONE;
use crate::moderation::webhook::HookEvent;
use crate::moderation::{Decision, Queue};
use crate::store::Result;
use crate::store::audit::hex;
use crate::store::keeper::import::read_body;
use crate::store::keeper::log::timestamp;
use crate::store::outgoing::Outgoing;
use serde_json::{Map, Value, json};

/// Fields of a decision besides those of its audit entry.
const SAID: [&str; 6] = ["to", "imminent", "severity", "decided_at", "late_s", "follow_ups"];

/// The queue by which an item came in, and whose it is.
fn origin(happening: &Happening) -> (String, String) {
    let queue = happening.origin.as_deref().and_then(|body| serde_json::from_str::<Queue>(body).ok());
    queue.map_or_else(|| ("default".into(), "default".into()), |queue| (queue.name, queue.client))
}

/// The message, or nothing where this webhook is not told of it.
pub(super) fn message(from: &impl Outbox, kept: &Kept, happening: &Happening) -> Result<Option<Outgoing>> {
    let (webhook, entry) = (&kept.webhook, &happening.entry);
    let (queue, client) = origin(happening);
    let event = HookEvent::of_action(&entry.action).filter(|event| webhook.events.contains(event));
    let (Some(event), true) = (event, webhook.clients.is_empty() || webhook.clients.contains(&client)) else {
        return Ok(None);
    };
    let detail: Map<String, Value> = serde_json::from_str(&entry.detail).unwrap_or_default();
    let mut data = Map::new();
    for (key, value) in [
        ("seq", json!(entry.seq)),
        ("item", json!(entry.subject)),
        ("client", json!(client)),
        ("queue", json!(queue)),
        ("moderator", json!(entry.actor)),
    ] {
        data.insert(key.into(), value);
    }
    data.extend(detail.into_iter().filter(|(key, value)| key != "sha256" && !value.is_null()));
    match event {
        HookEvent::Decision => say(&mut data, entry.payload.as_deref(), webhook.with_content),
        HookEvent::Reversal => {
            let payload = entry.payload.as_deref().and_then(|payload| serde_json::from_slice::<Value>(payload).ok());
            if let Some(reason) = payload.as_ref().and_then(|payload| payload["reason"].as_str()) {
                data.insert("reason".into(), reason.into());
            }
        }
        HookEvent::Alert => {
            let state = entry.action.strip_prefix("alert.").unwrap_or_default();
            data.insert("state".into(), state.into());
        }
    }
    if webhook.with_content
        && let Some(content) = entry.item.map(|item| content(from, item)).transpose()?.flatten()
    {
        data.insert("content".into(), content);
    }
    let said = json!({"type": entry.action, "timestamp": timestamp(entry.at), "data": data});
    let id = entry.hash.map_or_else(|| entry.seq.to_string(), |hash| hex(&hash[..16]));
    Ok(Some(Outgoing {
        seq: entry.seq,
        lane: lane(happening),
        id: format!("msg_{id}"),
        body: serde_json::to_vec(&said).expect("a message is always JSON"),
    }))
}

/// What it waits behind.
pub(super) fn lane(happening: &Happening) -> i64 {
    happening.entry.item.unwrap_or(-happening.entry.seq)
}

/// What the decision itself says. Where its words have left the store since, what the log kept of it must do.
fn say(data: &mut Map<String, Value>, payload: Option<&[u8]>, with_content: bool) {
    let Some(decision) = payload.and_then(|payload| serde_json::from_slice::<Decision>(payload).ok()) else { return };
    let Ok(Value::Object(mut said)) = serde_json::to_value(&decision) else { return };
    for key in SAID {
        if let Some(value) = said.remove(key).filter(|value| !value.is_null()) {
            data.insert(key.into(), value);
        }
    }
    if with_content && let Some(note) = said.remove("note").filter(|note| !note.is_null()) {
        data.insert("note".into(), note);
    }
    let follow_ups = data.get_mut("follow_ups").and_then(Value::as_array_mut).into_iter().flatten();
    for follow_up in follow_ups.filter_map(Value::as_object_mut).filter(|_| !with_content) {
        follow_up.remove("text");
        follow_up.remove("verbatim");
    }
}

/// The item's own words, where there still are any. Of a sealed item there are none.
fn content(from: &impl Outbox, item: i64) -> Result<Option<Value>> {
    let Some(body) = from.words_of(item)? else { return Ok(None) };
    let item = read_body(&body)?;
    if item.sealed.is_some() || item.extra.contains_key(GONE) {
        return Ok(None);
    }
    let Ok(Value::Object(mut all)) = serde_json::to_value(&item) else { return Ok(None) };
    let mut content = Map::new();
    for key in ["kind", "channel", "lang", "subject", "title", "text", "url", "attributes", "media"] {
        if let Some(value) = all.remove(key) {
            content.insert(key.into(), value);
        }
    }
    // Where a file lay that was imported is nobody's business.
    for medium in content.get_mut("media").and_then(Value::as_array_mut).into_iter().flatten() {
        medium.as_object_mut().map(|medium| medium.remove("path"));
    }
    Ok(Some(Value::Object(content)))
}
