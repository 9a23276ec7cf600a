//! Taking back: first what is held, the latest first; then, by a reversal, what was sent.

use super::{Todo, next, open};
use crate::desk::{Ask, Draft, Unsettled};
use crate::moderation::{Outcome, Recorded, Served};
use crate::tui::effect::Effect;
use crate::tui::model::{HeldBatch, HeldHere, Layer, Mark, Matter, Model, Question, Screen, Sent};
use std::sync::Arc;
use uuid::Uuid;

/// Decisions that were sent and can be named for a reversal.
const REMEMBERED: usize = 32;

/// Takes the last held decision back; pressed again, the one before. What was sent is offered for reversal.
pub fn undo(model: &mut Model, todo: &mut Todo) {
    super::batch::close(model, todo);
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
        let sent = Sent::of(&model.held[at]);
        return offer_reversal(model, &sent);
    };
    let mut held = model.held.remove(at);
    model.tally.undone += 1;
    uncount(model, &held);
    if let Some(batch) = held.batch.take() {
        return batch_back(model, *batch, held.shown.draft.clone(), items, todo);
    }
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
    model.batch = point.batch;
    model.screen = Screen::Item;
    model.rest_due = None;
    model.layers.clear();
    open::lay_out(model);
    super::batch::lay_out(model);
    model.say(Mark::new("desk-failed").text("why", why));
}

/// A batch taken back stands there as it was, without what has gone elsewhere meanwhile.
fn batch_back(model: &mut Model, held: HeldBatch, draft: Draft, items: Vec<Arc<Served>>, todo: &mut Todo) {
    let HeldBatch { decisions, mut batch, .. } = held;
    let n = decisions.len();
    batch.rows.retain_mut(|row| {
        let Some(served) = items.iter().find(|served| served.item.id == row.served.item.id) else { return false };
        row.served = Arc::clone(served);
        true
    });
    let Some(first) = items.iter().find(|served| served.item.id == batch.item).or_else(|| items.first()).cloned()
    else {
        return model.say(Mark::new("desk-undone-lost").text("item", batch.item));
    };
    let here = model.current.as_ref().is_some_and(|shown| shown.served.item.id == first.item.id);
    model.layers.clear();
    if !here {
        next::put_back(model, todo);
        next::present(model, first, draft, todo);
    }
    if batch.rows.len() > 1 {
        (batch.on_line_at, batch.asked_at) = (None, None);
        model.batch = Some(Box::new(batch));
        super::batch::lay_out(model);
    }
    model.say(Mark::new("batch-undone").number("n", n));
    model.frame_now = true;
}

/// The answer to one decision of a batch; once all are there, what could not be recorded is named and the rest stands.
pub fn batch_settled(model: &mut Model, recorded: &Recorded) -> bool {
    let ours = |held: &HeldHere| {
        held.batch.as_ref().is_some_and(|batch| batch.decisions.iter().any(|decision| decision.id == recorded.id))
    };
    let Some(at) = model.held.iter().position(ours) else { return false };
    let Some(batch) = &mut model.held[at].batch else { return false };
    let Some(decision) = batch.decisions.iter().find(|decision| decision.id == recorded.id).cloned() else {
        return false;
    };
    batch.open = batch.open.saturating_sub(1);
    if recorded.outcome.is_success() {
        batch.recorded.push((decision.id, decision.item));
    } else {
        model.unsettled.push(Unsettled { decision, result: Some(recorded.clone()) });
    }
    if batch.open > 0 {
        return true;
    }
    let failed = batch.decisions.len() - batch.recorded.len();
    let done = std::mem::take(&mut batch.recorded);
    let held = model.held.remove(at);
    if failed > 0 {
        model.say(Mark::new("batch-not-recorded").number("n", failed));
    }
    if let Some((id, _)) = done.first() {
        remember(model, Sent { id: *id, batch: done, ..Sent::of(&held) });
    }
    true
}

/// What the queue made of a reversal.
pub fn reversed(model: &mut Model, id: Uuid, recorded: &Recorded) {
    if let Some(at) = model.sent.iter().position(|sent| sent.batch.iter().any(|(one, _)| *one == id)) {
        return reversed_one(model, at, id, recorded);
    }
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
        let why = model.words.coded("outcome", recorded.outcome.code()).into_owned();
        model.say(Mark::new("desk-not-reversed").text("item", name).text("why", why));
    }
}

/// One decision of a batch is undone, or cannot be; the last one says how it went.
fn reversed_one(model: &mut Model, at: usize, id: Uuid, recorded: &Recorded) {
    let sent = &mut model.sent[at];
    sent.batch.retain(|(one, _)| *one != id);
    if !recorded.outcome.is_success() {
        let why = model.words.coded("outcome", recorded.outcome.code()).into_owned();
        let item = sent.item.clone();
        model.say(Mark::new("desk-not-reversed").text("item", item).text("why", why));
    }
    if model.sent[at].batch.is_empty() {
        let sent = model.sent.remove(at);
        model.reversing = None;
        if recorded.outcome.is_success() {
            model.say(Mark::new("desk-reversed").text("item", sent.item));
        }
    }
    model.frame_now = true;
}

/// A decision is recorded: it can be reversed from now on.
pub fn recorded(model: &mut Model, held: &HeldHere) {
    remember(model, Sent::of(held));
}

fn remember(model: &mut Model, sent: Sent) {
    if model.sent.len() >= REMEMBERED {
        model.sent.remove(0);
    }
    model.sent.push(sent);
}

/// Asks the queue for the reversal that the question was about.
pub fn reverse(model: &mut Model, id: Uuid, todo: &mut Todo) {
    model.reversing = Some(id);
    let batch = model.sent.iter().find(|sent| sent.id == id).map(|sent| sent.batch.clone()).unwrap_or_default();
    if batch.is_empty() {
        todo.push(Effect::Ask(Ask::Reverse(id)));
    }
    // The last comes back first, so that they stand in their order.
    for (one, item) in batch.into_iter().rev() {
        todo.push(Effect::Ask(Ask::Reverse(one)));
        model.coming_back.insert(item);
    }
    model.say("desk-reversing");
}

fn offer_reversal(model: &mut Model, sent: &Sent) {
    let say = model.speaker();
    let what = say.verdict(sent.verdict);
    let n = sent.batch.len();
    let asked = match n {
        0 | 1 => Mark::new("desk-reverse-ask").text("what", what).text("item", sent.item.clone()),
        n => Mark::new("batch-reverse-ask").text("what", what).number("n", n),
    };
    let lines = vec![asked, Mark::new("desk-reverse-does")];
    let letter = model.keys.letter_of("item.undo");
    model.layers.push(Layer::Question(Question { about: Matter::Reverse(sent.id), lines, letter }));
}

fn uncount(model: &mut Model, held: &HeldHere) {
    let verdict = held.decision.verdict;
    if let Some(at) = crate::moderation::Verdict::ALL.iter().position(|there| *there == verdict) {
        let n = u32::try_from(held.count()).unwrap_or(u32::MAX);
        model.tally.decided[at] = model.tally.decided[at].saturating_sub(n);
    }
}
