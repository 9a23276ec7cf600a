//! The supervisor's picture and acts.

use super::call::Call;
use super::refuse::{Answer, Refuse, shown};
use crate::moderation::Role;
use crate::moderation::filter::{Filter, FilterError};
use crate::moderation::floor::Step;
use crate::team::api::{Code, Nothing, floor, overrides, search, step};

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

pub(super) async fn search(call: Call) -> Answer<search::Answer> {
    let asked: search::Query = call.asked()?;
    let filter: Filter =
        asked.filter.parse().map_err(|error: FilterError| Refuse::new(Code::Invalid, shown(&error.to_string())))?;
    Ok(call.house.store.search(&filter, asked.before).await?)
}
