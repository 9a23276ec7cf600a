//! The mark and two rows of keys.

use crate::text::width;
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

/// It names the others.
const HELP: &str = "help.open";

/// Draws both.
pub fn draw(model: &Model, y: u16, ink: &mut Ink<'_>) {
    let end = ink.area().width - 1;
    if let Some(mark) = &model.mark {
        ink.put_within(1, y, &model.speaker().mark(mark), Role::Warning, end);
    }
    let (mut x, mut row) = (1, y + 1);
    let hint = |name: &'static str| {
        let key = model.keys.key_of(Context::Watch, name)?;
        let word = model.words.hint(name);
        let columns = width::of(key) + 1 + width::of(&word);
        command::named(name).filter(|command| (command.unavailable)(model).is_none())?;
        Some((name, key, word, columns))
    };
    // However narrow the screen, the key that names all the others has its place.
    let mut help = hint(HELP);
    for (name, key, word, columns) in HINTS.iter().filter_map(|name| hint(name)) {
        let kept = help.as_ref().filter(|_| name != HELP).map_or(0, |help| help.3 + 2);
        let fits = |row: u16| columns + if row > y + 1 { kept } else { 0 };
        if usize::from(end.saturating_sub(x)) < fits(row) {
            if row > y + 1 {
                break;
            }
            (x, row) = (1, row + 1);
        }
        x = ink.put_within(x, row, key, Role::Key, end);
        x = ink.put_within(x + 1, row, &word, Role::Dim, end) + 2;
        help = help.filter(|_| name != HELP);
    }
    if let Some((_, key, word, _)) = help {
        x = ink.put_within(x, row, key, Role::Key, end);
        ink.put_within(x + 1, row, &word, Role::Dim, end);
    }
}
