//! Commands of the day: shift, break, curtain.

use super::{Command, always, command};
use crate::tui::effect::Effect;
use crate::tui::model::{Mark, Model, Reason, WritingKind};
use crate::tui::update::{check_in, curtain, rest, shift, write};

/// Shift, break, curtain, and what this desk does not have.
pub(super) const COMMANDS: &[Command] = &[
    command("break.take", always, |m, _, todo| rest::take(m, todo)),
    command("break.end", always, |m, _, todo| rest::end(m, todo)),
    command("break.say_lunch", own_break, |m, _, todo| rest::say(m, "lunch", todo)),
    command("break.say_meeting", own_break, |m, _, todo| rest::say(m, "meeting", todo)),
    command("break.say_technical", own_break, |m, _, todo| rest::say(m, "technical", todo)),
    command("curtain.drop", always, |m, _, _| curtain::drop(m, false)),
    command("curtain.raise", always, |m, _, todo| curtain::raise(m, todo)),
    command("shift.start", always, |m, _, todo| shift::start(m, todo)),
    command("shift.earlier", always, |m, _, todo| shift::earlier(m, todo)),
    command("shift.end", always, |m, _, todo| shift::end(m, todo)),
    command("day.check_in", check_in, |m, _, _| check_in::start(m)),
    command("summary.notes", always, |m, _, _| write::open(m, WritingKind::Handover)),
    command("summary.leave", always, |m, _, todo| shift::leave(m, todo)),
    command("screen.redraw", always, |_, _, todo| todo.push(Effect::Repaint)),
    command("screen.suspend", always, |_, _, todo| todo.push(Effect::Suspend)),
    // Keys that are the house's, for what needs a second pane or a service that is not there.
    command("item.translate", |_| Some(Mark::new("item-translation-off")), |_, _, _| {}),
    command("pane.next", |_| Some(Mark::new("desk-one-pane")), |_, _, _| {}),
    command("pane.previous", |_| Some(Mark::new("desk-one-pane")), |_, _, _| {}),
];

fn check_in(model: &Model) -> Reason {
    match (model.settings.check_in, model.checked_in) {
        (false, _) => Some(Mark::new("checkin-off")),
        (_, true) => Some(Mark::new("checkin-kept")),
        _ => None,
    }
}

fn own_break(model: &Model) -> Reason {
    match &model.screen {
        crate::tui::model::Screen::Rest(rest) if rest.voluntary() => None,
        _ => Some(Mark::new("guard-break-runs")),
    }
}
