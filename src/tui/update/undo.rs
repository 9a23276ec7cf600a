//! Taking back: first what is held, the latest first; then, by a reversal, what was sent.

use super::{Todo, next, open};
use crate::desk::Ask;
use crate::moderation::{Outcome, Recorded, Served};
use crate::tui::effect::Effect;
use crate::tui::model::{HeldHere, Layer, Mark, Matter, Model, Question, Screen, Sent};
use std::sync::Arc;
use uuid::Uuid;

/// Decisions that were sent and can be named for a reversal.
const REMEMBERED: usize = 32;

/// Takes the last held decision back; pressed again, the one before. What was sent is offered for reversal.
pub fn undo(model: &mut Model, todo: &mut Todo) {
    if let Some(held) = model.held.iter_mut().rev().find(|held| !held.taking_back) {
        held.taking_back = true;
        todo.push(Effect::TakeBack(held.decision.id));
        return;
    }
    match model.sent.last().cloned() {
        Some(sent) if model.reversing.is_none() => offer_reversal(model, &sent),
        Some(_) => model.say("desk-reversing"),
        None => model.say("held-nothing"),
    }
}

/// The answer of the journal: the items are in hand again, or sending had begun.
pub fn taken_back(model: &mut Model, id: Uuid, items: Option<Vec<Arc<Served>>>, todo: &mut Todo) {
    let Some(at) = model.held.iter().position(|held| held.decision.id == id) else { return };
    let Some(items) = items else {
        model.held[at].taking_back = false;
        let sent = Sent::of(&model.held[at].decision);
        return offer_reversal(model, &sent);
    };
    let held = model.held.remove(at);
    model.tally.undone += 1;
    uncount(model, &held);
    let Some(served) = items.into_iter().find(|served| served.item.id == held.decision.item) else {
        return model.say(Mark::new("desk-undone-lost").text("item", held.decision.item));
    };
    next::put_back(model, todo);
    model.layers.clear();
    let draft = held.shown.draft.clone();
    next::present(model, served, draft, todo);
    model.say(Mark::new("desk-undone").text("item", held.decision.item));
    model.frame_now = true;
}

/// The journal could not be written: it stays held.
pub fn not_taken_back(model: &mut Model, id: Uuid, why: &str) {
    if let Some(held) = model.held.iter_mut().find(|held| held.decision.id == id) {
        held.taking_back = false;
    }
    model.say(Mark::new("desk-failed").text("why", why));
}

/// The journal could not take the decision: everything is as it was before the key.
pub fn not_held(model: &mut Model, why: &str) {
    let Some(point) = model.undo_point.take() else { return };
    if let Some(came) = model.current.take() {
        model.ahead.push_front(came.served);
    }
    model.held.truncate(point.held);
    model.care = point.care;
    model.tally = point.tally;
    model.last_client = point.last_client;
    model.current = Some(point.shown);
    model.screen = Screen::Item;
    model.rest_due = None;
    open::lay_out(model);
    model.say(Mark::new("desk-failed").text("why", why));
}

/// What the queue made of a reversal.
pub fn reversed(model: &mut Model, id: Uuid, recorded: &Recorded) {
    model.reversing = None;
    model.frame_now = true;
    let name = model.sent.iter().find(|sent| sent.id == id).map(|sent| sent.item.clone()).unwrap_or_default();
    if recorded.outcome.is_success() {
        model.sent.retain(|sent| sent.id != id);
        model.say(Mark::new("desk-reversed").text("item", name));
    } else {
        if recorded.outcome == Outcome::Superseded {
            model.sent.retain(|sent| sent.id != id);
        }
        let why = model.words.coded("outcome", outcome_code(recorded.outcome)).into_owned();
        model.say(Mark::new("desk-not-reversed").text("item", name).text("why", why));
    }
}

/// The contract's code of an outcome.
pub fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Recorded => "recorded",
        Outcome::AlreadyRecorded => "already_recorded",
        Outcome::Conflict => "conflict",
        Outcome::StaleRevision => "stale_revision",
        Outcome::Superseded => "superseded",
        Outcome::NotLeased => "not_leased",
        Outcome::Refused => "refused",
    }
}

/// A decision is recorded: it can be reversed from now on.
pub fn recorded(model: &mut Model, held: &HeldHere) {
    if model.sent.len() >= REMEMBERED {
        model.sent.remove(0);
    }
    model.sent.push(Sent::of(&held.decision));
}

/// Asks the queue for the reversal that the question was about.
pub fn reverse(model: &mut Model, id: Uuid, todo: &mut Todo) {
    model.reversing = Some(id);
    todo.push(Effect::Ask(Ask::Reverse(id)));
    model.say("desk-reversing");
}

fn offer_reversal(model: &mut Model, sent: &Sent) {
    let say = model.speaker();
    let what = say.verdict(sent.verdict);
    let lines = vec![
        Mark::new("desk-reverse-ask").text("what", what).text("item", sent.item.clone()),
        Mark::new("desk-reverse-does"),
    ];
    let letter = model.keys.letter_of("item.undo");
    model.layers.push(Layer::Question(Question { about: Matter::Reverse(sent.id), lines, letter }));
}

fn uncount(model: &mut Model, held: &HeldHere) {
    let verdict = held.decision.verdict;
    if let Some(at) = crate::moderation::Verdict::ALL.iter().position(|there| *there == verdict) {
        model.tally.decided[at] = model.tally.decided[at].saturating_sub(1);
    }
}
