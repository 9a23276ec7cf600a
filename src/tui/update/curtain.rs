//! The curtain: everything blank at once, by key or by itself.

use super::{Todo, next, rest};
use crate::desk::Ask;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{Curtain, Model, Screen};
use std::time::Duration;

/// Lets it fall.
pub fn drop(model: &mut Model, by_itself: bool) {
    let now = model.now();
    super::write::put_away(model);
    model.pending.forget();
    model.layers.clear();
    if let Some(shown) = &mut model.current {
        shown.active.stop(now);
    }
    if let Some(batch) = &mut model.batch {
        batch.active.stop(now);
        (batch.on_line_at, batch.open) = (None, false);
    }
    super::batch::lay_out(model);
    model.curtain = Some(Curtain { since: now, by_itself, gone: false, typed: String::new(), wrong: false });
    model.frame_now = true;
}

/// So much of a word is kept; what is longer is wrong anyway.
const MOST: usize = 64;

/// A key while it is down: it raises it, or is a letter of the word that does.
pub fn key(model: &mut Model, key: Key, todo: &mut Todo) {
    let Some(word) = model.settings.curtain_word.clone() else { return raise(model, todo) };
    let Some(curtain) = &mut model.curtain else { return };
    match key.code {
        Code::Enter if curtain.typed == word => raise(model, todo),
        Code::Enter => {
            curtain.wrong = !curtain.typed.is_empty();
            curtain.typed.clear();
        }
        Code::Esc => curtain.typed.clear(),
        Code::Backspace => {
            curtain.typed.pop();
        }
        Code::Char(c) if !key.ctrl && !key.alt && curtain.typed.chars().count() <= MOST => curtain.typed.push(c),
        _ => {}
    }
}

/// Any key raises it; what it covered comes back covered. The key means nothing else.
pub fn raise(model: &mut Model, todo: &mut Todo) {
    let Some(curtain) = model.curtain.take() else { return };
    if curtain.gone {
        todo.push(Effect::Ask(Ask::Away(false)));
        model.say("curtain-released");
    }
    model.last_key = model.now();
    rest::comes_back_covered(model);
}

/// When it will fall by itself, where content is open.
pub fn falls_at(model: &Model) -> Option<Duration> {
    let open = model.screen == Screen::Item && model.curtain.is_none() && model.current.is_some();
    let after = model.settings.curtain_after;
    (open && !after.is_zero()).then(|| model.last_key + after)
}

/// It falls by itself.
pub fn by_itself(model: &mut Model) {
    if falls_at(model).is_some_and(|at| model.now() >= at) {
        drop(model, true);
    }
}

/// After two minutes what is undecided goes back.
pub fn too_long(model: &mut Model, todo: &mut Todo) {
    let long = model.curtain.as_ref().is_some_and(|c| !c.gone && model.at.since_boot >= c.since + rest::KEEPS_THE_ITEM);
    if !long {
        return;
    }
    super::batch::close(model, todo);
    next::release(model, todo);
    model.ahead.clear();
    todo.push(Effect::Ask(Ask::Away(true)));
    if let Some(curtain) = &mut model.curtain {
        curtain.gone = true;
    }
}
