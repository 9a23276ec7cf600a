//! What gathers on the item before its verdict.

use super::Todo;
use crate::moderation::FollowUp;
use crate::tui::effect::Effect;
use crate::tui::model::{Mark, Model};
use crate::wellbeing::Severity;

/// Adds a follow-up to the draft, or takes the same one out again.
pub fn follow_up(model: &mut Model, follow_up: FollowUp, todo: &mut Todo) {
    let Some(shown) = &mut model.current else { return };
    let added = shown.draft.toggle(follow_up);
    model.say(if added { "desk-added" } else { "desk-taken-out" });
    keep(model, todo);
}

/// Grades what is on screen; what is harder than thought is covered as that from now on.
pub fn grade(model: &mut Model, severity: Severity, todo: &mut Todo) {
    let Some(shown) = &mut model.current else { return };
    shown.draft.grade = Some(severity);
    let name = model.words.coded("severity", &severity.level().to_string()).into_owned();
    super::open::lay_out(model);
    model.say(Mark::new("desk-graded").number("level", severity.level()).text("name", name));
    keep(model, todo);
}

/// Writes the draft of the item on screen to the journal, or forgets an empty one.
pub fn keep(model: &mut Model, todo: &mut Todo) {
    let Some(shown) = &model.current else { return };
    let json = (!shown.draft.is_empty()).then(|| serde_json::to_value(&shown.draft).ok()).flatten();
    todo.push(Effect::KeepDraft(shown.served.item.id.clone(), json));
}
