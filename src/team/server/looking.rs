//! Looking at one item: a supervisor at any, a moderator at what is in their hands.

use super::call::Call;
use super::refuse::{Answer, Refuse};
use crate::moderation::Role;
use crate::store::access::Held;
use crate::store::{HistoryEntry, Kept};
use crate::team::api::{author, groups, history, item, thread};

async fn held(call: &Call, what: Held<'_>, name: &str) -> Answer<()> {
    if call.may(Role::Supervisor) || call.house.store.holds(call.who(), what).await? {
        return Ok(());
    }
    Err(Refuse::not_found(name))
}

/// The item, where the asker may see it; whoever may not learns not even whether it exists.
pub(super) async fn seen(call: &Call) -> Answer<Kept> {
    held(call, Held::Item(&call.named), "item").await?;
    let kept = call.house.store.item(&call.named).await.map_err(|error| match error {
        crate::store::StoreError::Unknown { .. } => Refuse::not_found("item"),
        other => other.into(),
    })?;
    if kept.state == "sealed" && !call.sealed() {
        return Err(Refuse::not_found("item"));
    }
    Ok(kept)
}

pub(super) async fn item(call: Call) -> Answer<item::Answer> {
    let Kept { mut item, queue, client, state, round, due_at, decisions } = seen(&call).await?;
    if !call.may(Role::Supervisor) {
        (item.labels, item.annotators) = (None, None);
        item.extra.clear();
    }
    Ok(item::Answer { item, queue, client, state, round, due_at, decisions })
}

pub(super) async fn history(call: Call) -> Answer<history::Answer> {
    seen(&call).await?;
    let entries = call.house.store.history(&call.named).await?;
    let entry = |HistoryEntry { at, by, what, round, revision, detail }| history::Entry {
        at,
        by,
        what,
        round,
        revision,
        detail,
    };
    Ok(history::Answer { entries: entries.into_iter().map(entry).collect() })
}

pub(super) async fn author(call: Call) -> Answer<author::Answer> {
    held(&call, Held::Author(&call.named), "author").await?;
    Ok(call.house.store.author(&call.named).await?)
}

pub(super) async fn groups(call: Call) -> Answer<groups::Answer> {
    let groups::Query { item, by } = call.asked()?;
    held(&call, Held::Item(&item), "item").await?;
    Ok(groups::Answer { groups: call.house.store.groups(call.who(), &item, by).await? })
}

pub(super) async fn thread(call: Call) -> Answer<thread::Answer> {
    seen(&call).await?;
    Ok(call.house.store.thread(call.who(), &call.named).await?)
}
