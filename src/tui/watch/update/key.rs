//! A key was pressed.

use super::{choose, question};
use crate::tui::keymap::{Code, Context, Key, Press};
use crate::tui::model::Mark;
use crate::tui::watch::command;
use crate::tui::watch::model::{Layer, Model, Pane};
use crate::tui::watch::msg::{Effect, Todo};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Where keys mean something now.
pub fn place(model: &Model) -> Context {
    match model.layers.last() {
        Some(Layer::Chooser { .. }) => Context::Chooser,
        Some(Layer::Question { .. } | Layer::Palette { .. }) => Context::Palette,
        Some(Layer::Help { .. }) => Context::Page,
        None => Context::Watch,
    }
}

/// Works on one key.
pub fn press(model: &mut Model, key: Key, todo: &mut Todo) {
    model.mark = None;
    let context = place(model);
    if context == Context::Chooser && choose::letter(model, key, todo) {
        return;
    }
    let keys = model.keys.clone();
    let name = match model.pending.press(keys.keymap(), context, key) {
        Press::Command(name) => Some(name),
        Press::Begun => {
            let begun: Vec<String> = model.pending.keys().iter().map(ToString::to_string).collect();
            return model.say(Mark::new("guard-pending").text("keys", begun.join(" ")));
        }
        Press::Left => return,
        Press::Unbound(keys) if keys.len() > 1 => return unbound(model, key),
        Press::Unbound(_) => None,
    };
    match name {
        Some("screen.redraw") => return todo.push(Effect::Repaint),
        Some("screen.suspend") => return todo.push(Effect::Suspend),
        _ => {}
    }
    if model.too_small() && !matches!(name, Some("watch.leave" | "screen.leave")) {
        return;
    }
    match model.layers.last() {
        Some(Layer::Question { .. }) if name == Some("screen.leave") => question::leave(model),
        Some(_) if name == Some("screen.leave") => {
            model.layers.pop();
        }
        Some(Layer::Chooser { .. }) => choose::key(model, key, name, todo),
        Some(Layer::Question { .. }) => question::key(model, key, name, todo),
        Some(Layer::Palette { .. }) => palette_key(model, key, name, todo),
        Some(Layer::Help { .. }) => page_key(model, name),
        None => match name {
            Some(name) => run(model, name, todo),
            None => unbound(model, key),
        },
    }
}

/// Runs a command, or says why it cannot be.
pub fn run(model: &mut Model, name: &str, todo: &mut Todo) {
    let Some(command) = command::named(name) else { return };
    match (command.unavailable)(model) {
        Some(why) => model.say(why),
        None => (command.run)(model, todo),
    }
}

/// No key is silent.
fn unbound(model: &mut Model, key: Key) {
    let help = model.keys.key_of(Context::Watch, "help.open").unwrap_or_default().to_owned();
    model.say(Mark::new("guard-unbound").text("key", key.to_string()).text("help", help));
}

/// Moves the cursor, or the item that is open.
pub fn step(model: &mut Model, by: isize) {
    if let Some((notice, scroll)) = model.reading {
        let most = crate::tui::watch::view::notice_rows(model);
        let scroll = scroll.saturating_add_signed(by).min(most.saturating_sub(1));
        model.reading = Some((notice, scroll));
        return;
    }
    match &mut model.opened {
        Some(opened) => opened.scroll = opened.scroll.saturating_add_signed(by),
        None => model.go(by),
    }
    if model.opened.is_some() {
        let most = crate::tui::watch::view::item_rows(model);
        if let Some(opened) = &mut model.opened {
            opened.scroll = opened.scroll.min(most.saturating_sub(1));
        }
    }
}

/// The next pane that is there.
pub fn pane(model: &mut Model, by: isize) {
    (model.opened, model.reading) = (None, None);
    let panes: Vec<Pane> =
        Pane::ALL.into_iter().filter(|pane| *pane != Pane::Found || !model.search.typed.is_empty()).collect();
    let here = panes.iter().position(|pane| *pane == model.pane).unwrap_or(0);
    let n = panes.len() as isize;
    model.pane = panes[usize::try_from((here as isize + by).rem_euclid(n)).unwrap_or(0)];
}

/// Esc: the item or the notice, else back to the queues.
pub fn leave(model: &mut Model) {
    if model.opened.take().is_none() && model.reading.take().is_none() {
        model.pane = Pane::Queues;
    }
}

/// `:`.
pub fn palette(model: &mut Model) {
    model.layers.push(Layer::Palette { text: String::new(), at: 0 });
}

/// `?`.
pub fn help(model: &mut Model) {
    model.layers.push(Layer::Help { scroll: 0 });
}

fn page_key(model: &mut Model, name: Option<&'static str>) {
    let rows = crate::tui::watch::view::help_rows(model);
    let Some(Layer::Help { scroll }) = model.layers.last_mut() else { return };
    let by = match name {
        Some("scroll.down") => 1,
        Some("scroll.up") => -1,
        Some("scroll.page_down") => 10,
        Some("scroll.page_up") => -10,
        Some("help.open") => {
            model.layers.pop();
            return;
        }
        _ => return,
    };
    *scroll = scroll.saturating_add_signed(by).min(rows.saturating_sub(1));
}

/// A line of the palette: the command, what it does, its key.
pub struct Line {
    /// The command.
    pub name: &'static str,
    /// What it does.
    pub does: String,
    /// Its key.
    pub key: String,
}

/// The commands that fit what was typed, the best first.
pub fn lines(model: &Model, typed: &str) -> Vec<Line> {
    let lines = command::all().map(|command| Line {
        name: command.name,
        does: model.words.command(command.name).into_owned(),
        key: model.keys.key_of(Context::Watch, command.name).unwrap_or_default().to_owned(),
    });
    if typed.trim().is_empty() {
        return lines.collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut scored: Vec<(u32, Line)> = lines
        .filter_map(|line| {
            let (mut buffer, text) = (Vec::new(), format!("{} {}", line.does, line.name));
            pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher).map(|score| (score, line))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, line)| line).collect()
}

fn palette_key(model: &mut Model, pressed: Key, name: Option<&'static str>, todo: &mut Todo) {
    let Some(Layer::Palette { text, at }) = model.layers.last().cloned() else { return };
    let found = lines(model, &text);
    let Some(Layer::Palette { text, at: place }) = model.layers.last_mut() else { return };
    match (name, pressed.code, pressed.typed()) {
        (Some("list.down"), ..) => *place = (at + 1).min(found.len().saturating_sub(1)),
        (Some("list.up"), ..) => *place = at.saturating_sub(1),
        (Some("list.choose"), ..) => match found.get(at) {
            Some(line) => {
                model.layers.pop();
                run(model, line.name, todo);
            }
            None => model.say("palette-none"),
        },
        (Some("text.erase_line" | "text.erase_word"), ..) => (*place, *text) = (0, String::new()),
        (_, Code::Backspace, _) => {
            text.pop();
            *place = 0;
        }
        (_, _, Some(c)) => {
            text.push(c);
            *place = 0;
        }
        _ => {}
    }
}
