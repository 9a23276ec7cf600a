//! The supervisor's picture and acts.

use super::call::Call;
use super::refuse::{Answer, Refuse, shown};
use crate::moderation::Role;
use crate::moderation::filter::{Filter, FilterError};
use crate::moderation::floor::Step;
use crate::moderation::queue::SEALED;
use crate::store::listing::Listing;
use crate::team::api::{Code, Nothing, floor, give_back, listing, overrides, search, step};

/// Items looked at for one answer at most.
const PAGE: u32 = 200;

pub(super) async fn floor(call: Call) -> Answer<floor::Answer> {
    let picture = call.house.hub.floor(&call.house).await?;
    let mut picture = (*picture).clone();
    if !call.sealed() {
        picture.hide_sealed();
    }
    Ok(picture)
}

/// Sealed items are nobody's to move; who may not know of them learns not even that they exist.
async fn stepped(call: Call, taken: Step) -> Answer<step::Answer> {
    Ok(call.house.store.step_in(call.who(), &call.named, &taken).await?)
}

pub(super) async fn move_to(call: Call, asked: step::Move) -> Answer<step::Answer> {
    stepped(call, Step::Move { to: asked.to }).await
}

pub(super) async fn prioritise(call: Call, asked: step::Priority) -> Answer<step::Answer> {
    stepped(call, Step::Priority { priority: asked.priority, due_at: asked.due_at }).await
}

pub(super) async fn take_away(call: Call, _: Nothing) -> Answer<step::Answer> {
    stepped(call, Step::Release).await
}

pub(super) async fn overrule(call: Call, mut asked: overrides::Request) -> Answer<overrides::Answer> {
    debug_assert!(call.may(Role::Supervisor));
    asked.decision.moderator = None;
    asked.decision.automated = false;
    Ok(call.house.store.overrule(call.who(), &asked).await?)
}

/// The sealed queue is none to those who may not know of it.
pub(super) async fn give_back(call: Call, asked: give_back::Request) -> Answer<give_back::Answer> {
    if call.named == SEALED && !call.sealed() {
        return Err(Refuse::not_found("queue"));
    }
    let passed = asked.what == give_back::What::Passed;
    let items = call.house.store.release_queue(&call.named, passed, call.who()).await?;
    Ok(give_back::Answer { items })
}

/// A part of what stands in a queue. Of the sealed one only those hear who may know that it exists.
pub(super) async fn listing(call: Call) -> Answer<listing::Answer> {
    let asked: listing::Query = call.asked()?;
    let filter: Filter =
        asked.filter.parse().map_err(|error: FilterError| Refuse::new(Code::Invalid, shown(&error.to_string())))?;
    let queues = call.house.store.queues().await?;
    let known = queues.iter().any(|queue| queue.name == call.named);
    if !known || (call.named == SEALED && !call.sealed()) {
        return Err(Refuse::not_found("queue"));
    }
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let wanted = Listing { queue: call.named.clone(), all: asked.all, after: asked.after, limit };
    let page = call.house.store.items(&wanted).await?;
    let (now, looked) = (call.house.now(), page.len() as u64);
    let next_after = page.last().map(|last| last.place);
    let items = page.into_iter().filter(|listed| listed.passes(&filter, now)).map(|listed| listing::Row {
        item: listed.item,
        state: listed.state.to_owned(),
        round: listed.round,
        level: listed.level,
        due_at: listed.due_at,
    });
    Ok(listing::Answer { items: items.collect(), looked, next_after })
}

pub(super) async fn search(call: Call) -> Answer<search::Answer> {
    let asked: search::Query = call.asked()?;
    let filter: Filter =
        asked.filter.parse().map_err(|error: FilterError| Refuse::new(Code::Invalid, shown(&error.to_string())))?;
    Ok(call.house.store.search(&filter, asked.before).await?)
}
