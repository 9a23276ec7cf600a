//! What is between people: notices, doubts and their answers, precedents, and looking again.

use super::call::Call;
use super::refuse::{Answer, Refuse};
use crate::moderation::{DoubtState, Notice, Role};
use crate::store::access::Held;
use crate::team::api::{Code, Done, Nothing, again, doubts, messages, pauses};
use uuid::Uuid;

pub(super) async fn messages(call: Call) -> Answer<messages::Answer> {
    let mut found = call.house.store.messages(call.who()).await?;
    if !call.may(Role::Moderator) {
        // Own decisions and questions are a moderator's.
        found.back.clear();
    }
    Ok(found)
}

pub(super) async fn send(call: Call, asked: messages::Send) -> Answer<messages::Sent> {
    let messages::Send { id, moderator, client, text, confirm } = asked;
    let notice = Notice { id: id.unwrap_or_else(Uuid::now_v7), moderator, client, text, confirm };
    call.house.store.notify(call.who(), &notice).await?;
    Ok(messages::Sent { id: notice.id })
}

pub(super) async fn read(call: Call, asked: messages::Read) -> Answer<Done> {
    if asked.messages.len() > 1000 {
        return Err(Refuse::new(Code::Invalid, "messages must have 1000 at most in a call"));
    }
    call.house.store.confirm(call.who(), &asked.messages).await?;
    Ok(Done {})
}

pub(super) async fn ask(call: Call, asked: doubts::Ask) -> Answer<DoubtState> {
    Ok(call.house.store.doubt(call.who(), &asked.into()).await?)
}

pub(super) async fn answer(call: Call, asked: doubts::Reply) -> Answer<DoubtState> {
    let doubt = call.id()?;
    Ok(call.house.store.answer(call.who(), doubt, &asked).await?)
}

pub(super) async fn keep(call: Call, asked: doubts::Keep) -> Answer<DoubtState> {
    let doubt = call.id()?;
    Ok(call.house.store.keep_precedent(call.who(), doubt, asked.keep).await?)
}

pub(super) async fn precedents(call: Call) -> Answer<doubts::Found> {
    let asked: doubts::Query = call.asked()?;
    if let Some(item) = &asked.item
        && !call.may(Role::Supervisor)
        && !call.house.store.holds(call.who(), Held::Item(item)).await?
    {
        return Err(Refuse::not_found("item"));
    }
    Ok(doubts::Found { precedents: call.house.store.precedents(call.who(), &asked).await? })
}

pub(super) async fn again(call: Call, asked: again::Request) -> Answer<again::Answer> {
    let after = asked.after.unwrap_or(0);
    let found = call.house.store.look_again(&call.named, &asked.version, after, call.who()).await?;
    Ok(again::Answer { queue: found.queue, items: found.items, next_after: found.next_after })
}

pub(super) async fn pause(call: Call, asked: pauses::Request) -> Answer<pauses::Answer> {
    let due_at = call.house.store.pause_deadline(&call.named, Some(asked.reason), call.who()).await?;
    Ok(pauses::Answer { due_at })
}

pub(super) async fn resume(call: Call, _: Nothing) -> Answer<pauses::Answer> {
    Ok(pauses::Answer { due_at: call.house.store.pause_deadline(&call.named, None, call.who()).await? })
}
