//! Breaks. One due by a decision starts at once; one due by time waits for the decision on the item on screen, two
//! minutes at most. No key ends one early, and only the queue's clock unlocks.

use super::{Todo, next};
use crate::desk::Ask;
use crate::moderation::claim::BreakDue;
use crate::tui::effect::Effect;
use crate::tui::model::{Mark, Model, Rest, Screen};
use crate::wellbeing::{Due, Severity};
use jiff::SignedDuration;
use std::time::Duration;

/// A voluntary break and the curtain keep the item on screen for so long.
pub const KEEPS_THE_ITEM: Duration = Duration::from_secs(120);

/// An item has left the screen: whether a break begins instead of the next item.
pub fn after_decision(model: &mut Model, todo: &mut Todo) -> bool {
    if let Some(due) = model.care.due(&model.at) {
        begin(model, by_arithmetic(model, &due), todo);
        return true;
    }
    if let Some((due, _)) = model.rest_due.take() {
        begin(model, due, todo);
        return true;
    }
    false
}

/// Looks whether a break by time is due, or one that waited must begin now.
pub fn by_time(model: &mut Model, todo: &mut Todo) {
    if !matches!(model.screen, Screen::Item) || model.leaving {
        return;
    }
    if let Some(due) = model.care.due(&model.at) {
        let waits = model.current.is_some() && !due.pressing(&model.at);
        let due_here = by_arithmetic(model, &due);
        match waits {
            true if model.rest_due.is_none() => wait(model, due_here),
            true => {}
            false => return begin(model, due_here, todo),
        }
    }
    if let Some((due, since)) = model.rest_due.clone() {
        let extreme = model.current.as_ref().is_some_and(|shown| shown.level() >= Severity::EXTREME);
        let defer = model.care.rules().breaks.defer;
        if model.current.is_none() || extreme || model.now() >= since + defer {
            model.rest_due = None;
            begin(model, due, todo);
        }
    }
}

/// The queue's word: a break is due or runs.
pub fn told(model: &mut Model, due: BreakDue, todo: &mut Todo) {
    if let Screen::Rest(rest) = &mut model.screen {
        rest.told = true;
        rest.leaving = false;
        rest.over = false;
        rest.due = due;
        return;
    }
    if model.current.is_some() && due.rule == "hourly" {
        if model.rest_due.is_none() {
            wait(model, due);
        }
        return;
    }
    begin(model, due, todo);
}

/// The shift as the queue has it: a break that runs stands on screen, and one that has ended does not.
pub fn follow(model: &mut Model, running: Option<BreakDue>, todo: &mut Todo) {
    match (&mut model.screen, running) {
        (Screen::Rest(rest), Some(due)) => {
            rest.leaving = rest.leaving && rest.due.until == due.until && rest.due.rule == "voluntary";
            rest.told = true;
            rest.due = due;
        }
        (Screen::Rest(rest), None) if rest.told || rest.leaving => {
            model.screen = Screen::Item;
            model.mark = None;
            next::fill(model, todo);
        }
        (Screen::Item | Screen::Shift, Some(due)) if due.rule != "voluntary" || model.current.is_none() => {
            enter(model, due, true, todo);
        }
        _ => {}
    }
}

/// `B`: blank at once, open-ended, nobody asks why.
pub fn take(model: &mut Model, todo: &mut Todo) {
    let due = BreakDue { until: model.at.wall, rule: "voluntary".into(), required_s: 0 };
    begin(model, due, todo);
}

/// Says what the moderator's own break is; nobody has to.
pub fn say(model: &mut Model, said: &'static str, todo: &mut Todo) {
    let Screen::Rest(rest) = &mut model.screen else { return };
    if !rest.voluntary() {
        return;
    }
    rest.said = Some(said);
    todo.push(Effect::Ask(Ask::BeginBreak { rule: "voluntary".into(), said: Some(said.into()) }));
}

/// Enter on the break screen, any key in one's own break.
pub fn end(model: &mut Model, todo: &mut Todo) {
    let Screen::Rest(rest) = &mut model.screen else { return };
    if rest.voluntary() {
        model.care.resume(&model.at);
        todo.push(Effect::Ask(Ask::EndBreak));
        if rest.since.since_boot + KEEPS_THE_ITEM <= model.at.since_boot {
            todo.push(Effect::Ask(Ask::Away(false)));
        }
        model.screen = Screen::Item;
        comes_back_covered(model);
        return;
    }
    if model.at.wall < rest.due.until {
        // Enter before the end does nothing; the screen says already until when.
        return;
    }
    if !rest.leaving {
        rest.leaving = true;
        model.care.resume(&model.at);
        todo.push(Effect::Ask(Ask::EndBreak));
    }
}

/// What was on screen before a curtain or a break of one's own is covered again, and has to be seen again.
pub fn comes_back_covered(model: &mut Model) {
    let shown_again = model.at.since_boot;
    if let Some(shown) = &mut model.current {
        (shown.cover, shown.peek) = (crate::tui::model::Cover::Covered, None);
        shown.on_line_at = None;
        shown.active.stop(shown_again);
    }
    super::open::lay_out(model);
}

/// A break begins: nothing of the queue stays on screen, what is undecided goes back.
fn begin(model: &mut Model, due: BreakDue, todo: &mut Todo) {
    let voluntary = due.rule == "voluntary";
    let rule = due.rule.clone();
    enter(model, due, false, todo);
    todo.push(Effect::Ask(Ask::BeginBreak { rule, said: None }));
    if let Some(runs) = model.care.rest(&model.at, voluntary)
        && let Screen::Rest(rest) = &mut model.screen
        && !(voluntary && runs.rule == "voluntary")
    {
        rest.due = runs;
    }
    model.tally.breaks += 1;
}

fn enter(model: &mut Model, due: BreakDue, told: bool, todo: &mut Todo) {
    super::batch::close(model, todo);
    super::write::put_away(model);
    let now = model.now();
    if due.rule == "voluntary" {
        if let Some(shown) = &mut model.current {
            shown.active.stop(now);
        }
        keep_draft(model, todo);
    } else {
        keep_draft(model, todo);
        next::release(model, todo);
        model.ahead.clear();
    }
    model.layers.clear();
    model.curtain = None;
    model.mark = None;
    model.rest_due = None;
    model.frame_now = true;
    let since = model.at.clone();
    model.screen = Screen::Rest(Rest { due, told, leaving: false, since, said: None, over: false });
}

fn keep_draft(model: &mut Model, todo: &mut Todo) {
    if let Some(shown) = &model.current
        && !shown.draft.is_empty()
        && let Ok(json) = serde_json::to_value(&shown.draft)
    {
        todo.push(Effect::KeepDraft(shown.served.item.id.clone(), Some(json)));
    }
}

fn wait(model: &mut Model, due: BreakDue) {
    model.rest_due = Some((due, model.now()));
    model.say(Mark::new("break-due-after"));
}

fn by_arithmetic(model: &Model, due: &Due) -> BreakDue {
    let required = SignedDuration::try_from(due.required).unwrap_or_default();
    let until = model.at.wall.checked_add(required).unwrap_or(model.at.wall);
    BreakDue { until, rule: due.rule.code().into(), required_s: due.required.as_secs() }
}
