//! The day from its first screen to its last.

use super::{Todo, guard, next, write};
use crate::desk::Ask;
use crate::moderation::shift::Handover;
use crate::tui::effect::Effect;
use crate::tui::model::{Model, Screen};
use jiff::SignedDuration;

/// Enter on the shift screen: the first item.
pub fn start(model: &mut Model, todo: &mut Todo) {
    if let Screen::TakeOver(_) = model.screen {
        let ends_at = model.shift.ends_at;
        model.screen = Screen::Shift;
        todo.push(Effect::Ask(Ask::Begin { ends_at, take_over: true }));
        return;
    }
    if !model.signed_in {
        return model.say(if model.line.down.is_some() { "shift-offline" } else { "shift-signing-in" });
    }
    model.screen = Screen::Item;
    model.frame_now = true;
    next::fill(model, todo);
}

/// The planned end half an hour earlier. A later one is overtime, which nobody plans: the queue takes none.
pub fn earlier(model: &mut Model, todo: &mut Todo) {
    const STEP: SignedDuration = SignedDuration::from_mins(30);
    let Some(ends) = model.shift.ends_at else { return model.say("shift-signing-in") };
    let earlier = ends - STEP;
    if earlier < model.at.wall + STEP {
        return model.say("shift-ends-soon");
    }
    todo.push(Effect::Ask(Ask::Begin { ends_at: Some(earlier), take_over: false }));
}

/// `q`: what is held leaves, the summary stands, nothing is written yet.
pub fn end(model: &mut Model, todo: &mut Todo) {
    if let Screen::TakeOver(_) = model.screen {
        return leave_now(model, todo);
    }
    if let Err(mark) = guard::ends(model) {
        return model.say(mark);
    }
    write::put_away(model);
    let now = model.now();
    if let Some(shown) = &mut model.current {
        shown.active.stop(now);
    }
    model.layers.clear();
    model.before_summary = Some(model.screen.clone());
    model.screen = Screen::Summary;
    todo.push(Effect::Ask(Ask::SendHeld));
    model.frame_now = true;
}

/// Esc on the summary: back to work, the item covered again.
pub fn back(model: &mut Model) {
    if model.ending {
        return model.say("desk-ending");
    }
    model.screen = model.before_summary.take().unwrap_or(Screen::Item);
    super::rest::comes_back_covered(model);
}

/// Enter on the summary: the shift ends.
pub fn leave(model: &mut Model, todo: &mut Todo) {
    if model.ending {
        // The queue does not answer: the journal has what is unsent.
        return leave_now(model, todo);
    }
    model.ending = true;
    next::release(model, todo);
    let text = model.handover.trim();
    let notes = if text.is_empty() {
        Vec::new()
    } else {
        vec![Handover { by: model.settings.moderator.clone(), at: model.at.wall, client: None, text: text.to_owned() }]
    };
    todo.push(Effect::Ask(Ask::EndShift(notes)));
    model.say("desk-ending");
}

/// Leaves without ending anything.
pub fn leave_now(model: &mut Model, todo: &mut Todo) {
    model.leaving = true;
    todo.push(Effect::Leave);
}

/// The program was told to go: what was seen of the item on screen is told, the loop closes the desk.
pub fn told_to_go(model: &mut Model, todo: &mut Todo) {
    write::put_away(model);
    super::draft::keep(model, todo);
    next::release(model, todo);
    leave_now(model, todo);
}
