//! The mark and two rows of keys.

use crate::tui::keymap::Context;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::command;
use crate::tui::watch::model::Model;

/// The most wanted first: acts that can be done on what the cursor is on.
const HINTS: &[&str] = &[
    "watch.acknowledge",
    "watch.answer",
    "watch.open",
    "watch.decide",
    "watch.reveal",
    "watch.move",
    "watch.priority",
    "watch.deadline",
    "watch.release",
    "watch.pause",
    "watch.assign",
    "watch.notice",
    "watch.keep",
    "watch.case",
    "pane.next",
    "watch.find",
    "help.open",
    "palette.open",
    "screen.leave",
    "watch.leave",
];

/// Draws both.
pub fn draw(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let end = ink.area().width - 1;
    if let Some(mark) = &model.mark {
        ink.put_within(1, y, &model.speaker().mark(mark), Role::Warning, end);
    }
    let (mut x, mut row) = (1, y + 1);
    for name in HINTS {
        let Some(key) = model.keys.key_of(Context::Watch, name) else { continue };
        if command::named(name).is_none_or(|command| (command.unavailable)(model).is_some()) {
            continue;
        }
        let word = model.words.hint(name);
        let columns = crate::text::width::of(key) + 1 + crate::text::width::of(&word);
        if usize::from(end.saturating_sub(x)) < columns {
            if row > y + 1 {
                break;
            }
            (x, row) = (1, row + 1);
        }
        x = ink.put_within(x, row, key, Role::Key, end);
        x = ink.put_within(x + 1, row, &word, Role::Dim, end) + 2;
    }
}
