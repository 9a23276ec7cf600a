//! A key was pressed.

use super::{Todo, choose, curtain, find, insight, palette, question, reply, rest, shift, write};
use crate::tui::command;
use crate::tui::command::spelt;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Key, Press};
use crate::tui::model::{Layer, Mark, Model, Screen};
use std::time::Duration;

/// Whoever was writing when a box was closed types on for a moment; none of that may decide.
const STILL_TYPING: Duration = Duration::from_millis(1500);

/// Where keys mean something now.
pub fn place(model: &Model) -> Context {
    if model.curtain.is_some() {
        return Context::Curtain;
    }
    match model.layers.last() {
        Some(Layer::Chooser(_) | Layer::Question(_)) => Context::Chooser,
        Some(Layer::Writing(_)) => Context::Text,
        Some(Layer::Find(_) | Layer::Palette(_) | Layer::Replies(_) | Layer::Topics(_) | Layer::Quote(_)) => {
            Context::Palette
        }
        Some(Layer::Page(_)) => Context::Page,
        Some(Layer::Alert(_)) => Context::Alert,
        None => match model.screen {
            Screen::Shift | Screen::TakeOver(_) => Context::Shift,
            Screen::Item if model.batch.is_some() => Context::Batch,
            Screen::Item => Context::Desk,
            Screen::Rest(_) => Context::Break,
            Screen::Summary => Context::Summary,
        },
    }
}

/// Works on one key.
pub fn press(model: &mut Model, key: Key, todo: &mut Todo) {
    let now = model.now();
    model.last_key = now;
    model.mark = None;
    if let Some(closed) = model.box_closed {
        if now.saturating_sub(closed) < STILL_TYPING {
            model.box_closed = Some(now);
            return model.say("desk-box-closed");
        }
        model.box_closed = None;
    }
    let context = place(model);
    if choose::is_letter(model, key) {
        return choose::letter(model, key, todo);
    }
    let keys = model.keys.clone();
    let name = match model.pending.press(keys.keymap(), context, key) {
        Press::Command(name) => Some(name),
        Press::Begun => {
            let begun: Vec<String> = model.pending.keys().iter().map(ToString::to_string).collect();
            return model.say(Mark::new("guard-pending").text("keys", begun.join(" ")));
        }
        Press::Left => return,
        Press::Unbound(keys) if keys.len() > 1 => return unbound(model, key, context),
        Press::Unbound(_) => None,
    };
    match name {
        Some("screen.redraw") => return todo.push(Effect::Repaint),
        Some("screen.suspend") => return todo.push(Effect::Suspend),
        _ => {}
    }
    if context == Context::Curtain {
        return curtain::key(model, key, todo);
    }
    if model.too_small() && name != Some("shift.end") && name != Some("summary.leave") {
        return;
    }
    let leaves = name == Some("screen.leave");
    match model.layers.last() {
        Some(Layer::Writing(_)) if leaves => return write::leave(model, todo),
        Some(Layer::Find(_)) if leaves => return find::leave(model),
        Some(_) if leaves => {
            model.layers.pop();
            return;
        }
        Some(Layer::Chooser(_)) => return choose::key(model, key, name, todo),
        Some(Layer::Question(_)) => return question::key(model, key, todo),
        Some(Layer::Find(_)) => return find::key(model, key, name),
        Some(Layer::Palette(_)) => return palette::key(model, key, name, todo),
        Some(Layer::Replies(_)) => return reply::key(model, key, name),
        Some(Layer::Topics(_)) => return insight::topic_key(model, key, name, todo),
        Some(Layer::Quote(_)) => return insight::quote_key(model, key, name, todo),
        Some(Layer::Writing(_)) if name.is_none() => {
            if !write::key(model, key) {
                unbound(model, key, context);
            }
            return;
        }
        _ => {}
    }
    if let Screen::Rest(resting) = &model.screen
        && context == Context::Break
    {
        let own = resting.voluntary();
        let says = name.is_some_and(|name| name.starts_with("break.say"));
        if own && !says && name != Some("alert.answer") {
            return rest::end(model, todo);
        }
    }
    match name {
        Some(name) => run(model, name, Some(key), todo),
        None => unbound(model, key, context),
    }
}

/// Runs a command, or says why not.
pub fn run(model: &mut Model, name: &'static str, key: Option<Key>, todo: &mut Todo) {
    let Some(command) = command::named(name) else { return model.say("desk-not-here") };
    match (command.unavailable)(model) {
        Some(why) => {
            if command.decides {
                // A key that was meant for an item and found none still counts as held down.
                model.last_deciding = key.map(|key| (key, model.now()));
            }
            model.say(why);
        }
        None => (command.run)(model, key, todo),
    }
}

/// No key is silent.
fn unbound(model: &mut Model, key: Key, context: Context) {
    let capital = key.typed().is_some_and(char::is_uppercase);
    let help = model.keys.key_of(context, "help.open").unwrap_or_default().to_owned();
    let id = if capital { "guard-unbound-capital" } else { "guard-unbound" };
    model.say(Mark::new(id).text("key", spelt(key, model.words.lang())).text("help", help));
}

/// `Esc` where nothing lies over the screen.
pub fn leave(model: &mut Model, todo: &mut Todo) {
    match model.screen {
        Screen::Item if model.batch.is_some() => super::batch::close(model, todo),
        Screen::Summary => shift::back(model),
        _ => {
            model.find = None;
            super::open::lay_out(model);
        }
    }
}
