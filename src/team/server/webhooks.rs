//! An administrator's webhooks.

use super::call::Call;
use super::hooks;
use super::refuse::{Answer, Refuse, shown};
use crate::moderation::Webhook;
use crate::moderation::webhook::WebhookNow;
use crate::store::outgoing::HookSecret;
use crate::team::api::{Code, Done, webhooks};

pub(super) async fn list(call: Call) -> Answer<webhooks::Answer> {
    Ok(webhooks::Answer { webhooks: call.house.store.webhooks().await? })
}

async fn known(call: &Call) -> Answer<WebhookNow> {
    let found = call.house.store.webhooks().await?.into_iter().find(|known| known.webhook.name == call.named);
    found.ok_or_else(|| Refuse::new(Code::NotFound, format!("there is no webhook {}", shown(&call.named))))
}

/// Told at once where an address can never be reached, rather than by failures later.
fn check(call: &Call, webhook: &Webhook) -> Answer<()> {
    let wrong = hooks::wrong_address(&webhook.url, call.house.limits.webhooks_to_private);
    wrong.map_or(Ok(()), |why| Err(Refuse::new(Code::Invalid, why)))
}

pub(super) async fn add(call: Call, asked: webhooks::Request) -> Answer<webhooks::Added> {
    let webhook = asked.webhook();
    check(&call, &webhook)?;
    if call.house.store.webhooks().await?.iter().any(|known| known.webhook.name == webhook.name) {
        return Err(Refuse::new(Code::Conflict, "a webhook of that name is here already; PUT changes it"));
    }
    let secret = HookSecret::mint()?;
    call.house.store.set_webhook(&webhook, Some(&secret), call.who()).await?;
    call.house.hooks.notify_one();
    Ok(webhooks::Added { name: webhook.name, secret: secret.reveal() })
}

pub(super) async fn one(call: Call) -> Answer<webhooks::One> {
    let webhook = known(&call).await?;
    let deliveries = call.house.store.deliveries(&call.named).await?;
    Ok(webhooks::One { webhook, deliveries })
}

pub(super) async fn change(call: Call, change: webhooks::Change) -> Answer<WebhookNow> {
    let webhook = change.over(known(&call).await?.webhook);
    check(&call, &webhook)?;
    call.house.store.set_webhook(&webhook, None, call.who()).await?;
    call.house.hooks.notify_one();
    known(&call).await
}

pub(super) async fn remove(call: Call) -> Answer<Done> {
    call.house.store.remove_webhook(&call.named, call.who()).await?;
    Ok(Done {})
}

pub(super) async fn replay(call: Call, asked: webhooks::Replay) -> Answer<webhooks::Replayed> {
    let replayed = call.house.store.replay_webhook(&call.named, &asked, call.who()).await?;
    call.house.hooks.notify_one();
    Ok(replayed)
}
