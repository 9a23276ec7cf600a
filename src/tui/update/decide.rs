//! A verdict: everything gathered goes with it, the journal has it before the next item is on screen.

use super::{Todo, guard, next, rest};
use crate::desk::Says;
use crate::desk::deciding::{Judged, leaves_at};
use crate::moderation::policy::Policy;
use crate::moderation::template::Filled;
use crate::moderation::{AskTo, Decision, Doubt, Pass, PassReason, Verdict};
use crate::text::Untrusted;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Key};
use crate::tui::model::{Batch, HeldBatch, HeldHere, Mark, Model, UndoPoint, WritingKind};

/// Approves, asking once more where something of the item is covered and was never opened.
pub fn approve(model: &mut Model, key: Option<Key>, todo: &mut Todo) {
    if let Err(mark) = guard::decides(model, key) {
        return model.say(mark);
    }
    if let Some(mark) = unfinished(model) {
        return model.say(mark);
    }
    let confirm = model.settings.confirm_unseen;
    if let Some(shown) = &mut model.current
        && confirm
        && shown.unseen()
        && !shown.asked_unseen
    {
        shown.asked_unseen = true;
        let key_of = |name| model.keys.key_of(Context::Desk, name).unwrap_or_default().to_owned();
        let mark =
            Mark::new("guard-not-seen").text("open", key_of("item.open")).text("approve", key_of("item.approve"));
        return model.say(mark);
    }
    model.last_approval = Some(model.now());
    decide(model, Says::only(Verdict::Approve), todo);
}

/// Decides what is on screen, if the guards let it.
pub fn guarded(model: &mut Model, says: Says, key: Option<Key>, todo: &mut Todo) {
    match guard::decides(model, key) {
        Err(mark) => model.say(mark),
        Ok(()) => match unfinished(model) {
            Some(mark) => model.say(mark),
            None => decide(model, says, todo),
        },
    }
}

/// A reply that was begun and left would not be sent: a verdict says so once, and goes without it when asked again.
fn unfinished(model: &mut Model) -> Option<Mark> {
    let key = model.keys.key_of(Context::Desk, "item.reply").unwrap_or_default().to_owned();
    let shown = model.current.as_mut()?;
    let text = shown.draft.unfinished_reply().filter(|_| !shown.asked_unfinished)?;
    let blanks = Filled::blanks_of(text).len();
    shown.asked_unfinished = true;
    Some(match blanks {
        0 => Mark::new("reply-unfinished").text("reply", key),
        n => Mark::new("reply-unfinished-blanks").number("n", n as i64).text("reply", key),
    })
}

/// Decides what is on screen. The guards were asked before.
pub fn decide(model: &mut Model, says: Says, todo: &mut Todo) {
    let Some(id) = model.id() else { return model.say("desk-no-ids") };
    let Some(mut shown) = model.current.take() else { return };
    // What is kept for an undo keeps no picture.
    shown.peek = None;
    let (now, wall) = (model.now(), model.at.wall);
    let policy = says.policy_in(&shown.policies).cloned();
    let point = UndoPoint {
        shown: shown.clone(),
        care: model.care.clone(),
        tally: model.tally,
        held: model.held.len(),
        last_client: model.last_client.clone(),
        batch: None,
    };
    shown.active.stop(now);
    let judged = Judged {
        id,
        served: &shown.served,
        policies: Some(&shown.policies),
        sight: shown.sight(now),
        draft: &shown.draft,
        moderator: &model.settings.moderator,
        at: wall,
        batch: None,
    };
    let decision = says.decision(judged);
    let level = shown.level().max(decision.severity.unwrap_or_default());
    let leaves_at = leaves_at(model.settings.hold, policy.as_ref(), wall);
    model.care.book(&shown.served, &shown.look(level, now), &model.at);
    model.undo_point = Some(Box::new(point));
    tally(model, says.verdict);
    model.drafts.remove(&decision.item);
    todo.push(Effect::Hold(vec![decision.clone()], leaves_at));
    model.last_client = Some(shown.served.client.clone());
    model.held.push(HeldHere { decision, shown, leaves_at, taking_back: false, batch: None });
    left_the_screen(model, todo);
}

/// Everything as it is before a batch is decided; nothing where no item is on screen.
pub(super) fn point(model: &Model, batch: Option<Box<Batch>>) -> Option<UndoPoint> {
    Some(UndoPoint {
        shown: model.current.clone()?,
        care: model.care.clone(),
        tally: model.tally,
        held: model.held.len(),
        last_client: model.last_client.clone(),
        batch,
    })
}

/// The decisions of a batch go to the journal as one; what was not decided goes back behind them. The item that the
/// batch was opened for leaves the screen where it is among those decided.
pub(super) fn hold_batch(
    model: &mut Model,
    (point, batch): (UndoPoint, Box<Batch>),
    (decisions, policy): (Vec<Decision>, Option<Policy>),
    todo: &mut Todo,
) {
    let now = model.now();
    let Some(first) = decisions.first().cloned() else { return };
    let leaves_at = leaves_at(model.settings.hold, policy.as_ref(), model.at.wall);
    model.undo_point = Some(Box::new(point));
    todo.push(Effect::Hold(decisions.clone(), leaves_at));
    super::batch::let_go(model, (*batch).clone(), &decisions, todo);
    let own = model.current.as_ref().is_some_and(|shown| decisions.iter().any(|one| one.item == shown.served.item.id));
    let Some(shown) = model.current.clone() else { return };
    if own && let Some(mut gone) = model.current.take() {
        gone.active.stop(now);
        let level = gone.level().max(policy.as_ref().map_or_else(Default::default, |policy| policy.severity));
        model.care.book(&gone.served, &gone.look(level, now), &model.at);
        model.drafts.remove(&gone.served.item.id);
        model.last_client = Some(gone.served.client.clone());
    }
    // What was counted before is decided now; `b` counts anew.
    model.groups = None;
    let open = decisions.len();
    let held = HeldBatch { decisions, open, recorded: Vec::new(), batch: *batch };
    model.held.push(HeldHere { decision: first, shown, leaves_at, taking_back: false, batch: Some(Box::new(held)) });
    left_the_screen(model, todo);
    super::open::lay_out(model);
}

/// Hands the item back, with a reason.
pub fn pass(model: &mut Model, reason: PassReason, key: Option<Key>, todo: &mut Todo) {
    if let Err(mark) = guard::decides(model, key) {
        return model.say(mark);
    }
    let Some(mut shown) = model.current.take() else { return };
    let now = model.now();
    shown.active.stop(now);
    model.care.book(&shown.served, &shown.look(shown.level(), now), &model.at);
    model.tally.passed += 1;
    model.last_client = Some(shown.served.client.clone());
    let item = shown.served.item.id.clone();
    if !shown.draft.is_empty() || model.drafts.remove(&item).is_some() {
        todo.push(Effect::KeepDraft(item, None));
    }
    todo.push(Effect::Ask(crate::desk::Ask::Pass(Pass { reason, sight: shown.sight(now) })));
    // Why somebody cannot take an item is never shown, not even to themselves a moment later.
    model.say(Mark::new("desk-passed"));
    left_the_screen(model, todo);
}

/// Asks before deciding: the item leaves the screen, parked, and its draft waits for it.
pub fn ask(model: &mut Model, to: AskTo, question: &str, todo: &mut Todo) {
    let Some(id) = model.id() else { return model.say("desk-no-ids") };
    let Some(mut shown) = model.current.take() else { return model.say("guard-no-item") };
    let now = model.now();
    shown.active.stop(now);
    model.care.book(&shown.served, &shown.look(shown.level(), now), &model.at);
    model.last_client = Some(shown.served.client.clone());
    let (item, sight) = (shown.served.item.id.clone(), shown.sight(now));
    shown.draft.take_unfinished(WritingKind::Doubt(to).name());
    let kept = (!shown.draft.is_empty()).then(|| shown.draft.clone());
    let json = kept.as_ref().and_then(|draft| serde_json::to_value(draft).ok());
    todo.push(Effect::KeepDraft(item.clone(), json));
    match kept {
        Some(draft) => drop(model.drafts.insert(item.clone(), draft)),
        None => drop(model.drafts.remove(&item)),
    }
    let doubt = Doubt { id, to, question: Untrusted::new(question), sight };
    todo.push(Effect::Ask(crate::desk::Ask::Doubt(doubt)));
    let mark = super::messages::asked(model, &item);
    model.say(mark);
    left_the_screen(model, todo);
}

/// An item has left: a break that is due begins now, else the next item comes.
fn left_the_screen(model: &mut Model, todo: &mut Todo) {
    model.layers.clear();
    model.frame_now = true;
    if model.mark.as_ref().is_some_and(|mark| !["desk-passed", "doubt-asked"].contains(&mark.id)) {
        model.mark = None;
    }
    if !rest::after_decision(model, todo) {
        next::fill(model, todo);
    }
}

pub(super) fn tally(model: &mut Model, verdict: Verdict) {
    if let Some(at) = Verdict::ALL.iter().position(|there| *there == verdict) {
        model.tally.decided[at] += 1;
    }
}
