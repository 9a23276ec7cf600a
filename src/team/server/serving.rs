//! The moderator's own calls: items, decisions, shift and breaks.

use super::call::Call;
use super::refuse::{Answer, Refuse};
use crate::moderation::claim::Claimed;
use crate::moderation::shift::ShiftState;
use crate::moderation::{Claim, Pass, Role, Sight};
use crate::store::{Renewed, Reverse};
use crate::team::api::{Code, Done, Fault, Nothing, alerts, breaks, claim, decide, expose, pass, release, renew};
use crate::team::api::{reverse, shift};
use std::sync::atomic::Ordering::Relaxed;
use uuid::Uuid;

/// Items in one claim at most, whatever is asked: what a desk cannot show before its leases run out is only kept from
/// others.
const MOST_CLAIMED: u32 = 100;
/// Items named in one call at most.
const MOST_NAMED: usize = 1000;

fn at_most(named: usize, what: &str) -> Answer<()> {
    match named {
        0..=MOST_NAMED => Ok(()),
        _ => Err(Refuse::new(Code::Invalid, format!("{what} may name up to {MOST_NAMED} items in a call"))),
    }
}

fn bounded(mut claim: Claim) -> Answer<Claim> {
    claim.max = claim.max.min(MOST_CLAIMED);
    at_most(claim.items.as_ref().map_or(0, Vec::len), "items")?;
    at_most(claim.have.as_ref().map_or(0, Vec::len), "have")?;
    at_most(claim.queues.len(), "queues")?;
    if claim.desk.as_ref().is_some_and(|desk| desk.is_empty() || desk.len() > 200) {
        return Err(Refuse::new(Code::Invalid, "desk must be 1 to 200 bytes"));
    }
    Ok(claim)
}

pub(super) async fn claim(call: Call, asked: claim::Request) -> Answer<claim::Answer> {
    let asked = bounded(asked)?;
    let before = call.house.hub.waiters().came();
    match call.house.store.claim(call.who(), &asked).await? {
        Claimed::Items { items, waiting, why } => {
            call.house.hub.waiters().claimed(call.who(), before, items.is_empty());
            Ok(claim::Answer { items, waiting, why })
        }
        Claimed::BreakDue { break_due } => Err(Fault::break_due(break_due).into()),
        Claimed::TakenOver { desk_taken_over } => Err(Fault::taken_over(desk_taken_over).into()),
    }
}

pub(super) async fn renew(call: Call, asked: renew::Request) -> Answer<renew::Answer> {
    at_most(asked.items.len(), "items")?;
    let Renewed { renewed, lost, break_due } =
        call.house.store.renew(call.who(), asked.desk.as_deref(), &asked.items).await?;
    if let Some(due) = break_due {
        return Err(Fault::break_due(due).into());
    }
    let renewed = renewed.into_iter().map(|(item, lease_until)| renew::Lease { item, lease_until }).collect();
    Ok(renew::Answer { renewed, lost })
}

pub(super) async fn release(call: Call, asked: release::Request) -> Answer<release::Answer> {
    at_most(asked.items.len(), "items")?;
    let sights: Vec<Sight> = asked
        .items
        .into_iter()
        .map(|left| match left {
            release::Left::Seen(sight) => sight,
            release::Left::Id(item) => Sight {
                item,
                revision: 1,
                seen: Default::default(),
                opened: None,
                severity: None,
                presented_at: None,
                active_ms: None,
            },
        })
        .collect();
    Ok(release::Answer { lost: call.house.store.release(call.who(), &sights).await? })
}

pub(super) async fn decide(call: Call, asked: decide::Request) -> Answer<decide::Answer> {
    let decide::Request { mut decisions, claim } = asked;
    if decisions.is_empty() || decisions.len() > decide::MOST {
        return Err(Refuse::new(Code::Invalid, format!("decisions must have 1 to {} in a call", decide::MOST)));
    }
    for decision in &mut decisions {
        // The token says who decides, and it is a person: rules decide in the server.
        decision.moderator = None;
        decision.automated = false;
    }
    let claim = claim.map(bounded).transpose()?;
    let before = call.house.hub.waiters().came();
    let decided = call.house.store.decide(call.who(), &decisions, claim.as_ref()).await?;
    let recorded = decided.results.iter().filter(|result| result.outcome.is_success()).count();
    call.house.metrics.decided.fetch_add(recorded as u64, Relaxed);
    call.house.metrics.undecided.fetch_add((decided.results.len() - recorded) as u64, Relaxed);
    let mut answer = decide::Answer { results: decided.results, ..decide::Answer::default() };
    match decided.claimed {
        None => {}
        Some(Claimed::Items { items, waiting, why }) => {
            call.house.hub.waiters().claimed(call.who(), before, items.is_empty());
            (answer.items, answer.waiting, answer.why) = (Some(items), Some(waiting), why);
        }
        Some(Claimed::BreakDue { break_due }) => {
            (answer.items, answer.break_due) = (Some(Vec::new()), Some(break_due));
        }
        Some(Claimed::TakenOver { desk_taken_over }) => {
            (answer.items, answer.desk_taken_over) = (Some(Vec::new()), Some(desk_taken_over));
        }
    }
    Ok(answer)
}

pub(super) async fn reverse(call: Call, asked: reverse::Request) -> Answer<reverse::Answer> {
    let undone = call.id()?;
    if asked.decision.is_some() && !call.may(Role::Supervisor) {
        return Err(Refuse::new(Code::Forbidden, "only a supervisor can undo and decide in one act"));
    }
    let mut decision = asked.decision;
    if let Some(decision) = &mut decision {
        decision.moderator = None;
        decision.automated = false;
    }
    let asked = Reverse { id: asked.id.unwrap_or_else(Uuid::now_v7), reason: asked.reason, decision };
    Ok(call.house.store.reverse(call.who(), undone, &asked).await?)
}

pub(super) async fn pass(call: Call, asked: pass::Request) -> Answer<pass::Answer> {
    at_most(asked.passes.len(), "passes")?;
    let passes: Vec<Pass> = asked.passes.into_iter().map(Pass::from).collect();
    Ok(pass::Answer { lost: call.house.store.pass(call.who(), &passes).await? })
}

pub(super) async fn expose(call: Call, asked: expose::Request) -> Answer<expose::Answer> {
    at_most(asked.exposures.len(), "exposures")?;
    call.house.store.expose(call.who(), &asked.exposures).await?;
    Ok(Done {})
}

pub(super) async fn shift(call: Call) -> Answer<ShiftState> {
    Ok(call.house.store.shift(call.who()).await?)
}

pub(super) async fn start_shift(call: Call, asked: shift::Start) -> Answer<ShiftState> {
    Ok(call.house.store.start_shift(call.who(), asked.ends_at).await?)
}

pub(super) async fn end_shift(call: Call, asked: shift::End) -> Answer<ShiftState> {
    at_most(asked.notes.len(), "notes")?;
    let (who, now) = (call.who().to_owned(), call.house.now());
    let mut notes = asked.notes;
    for note in &mut notes {
        (note.by, note.at) = (who.clone(), now);
    }
    call.house.store.end_shift(&who, &notes).await?;
    Ok(call.house.store.shift(&who).await?)
}

pub(super) async fn agree(call: Call, _: Nothing) -> Answer<ShiftState> {
    Ok(call.house.store.agree_graphic(call.who()).await?)
}

pub(super) async fn begin_break(call: Call, asked: breaks::Request) -> Answer<ShiftState> {
    let said = asked.said.map(breaks::Said::code);
    Ok(call.house.store.begin_break(call.who(), said).await?)
}

pub(super) async fn end_break(call: Call, _: Nothing) -> Answer<ShiftState> {
    let state = call.house.store.end_break(call.who()).await?;
    match state.on_break {
        Some(due) => Err(Fault::break_due(due).into()),
        None => Ok(state),
    }
}

pub(super) async fn alert(call: Call, raised: alerts::Raise) -> Answer<crate::moderation::alert::AlertState> {
    Ok(call.house.store.alert(call.who(), &raised).await?)
}
