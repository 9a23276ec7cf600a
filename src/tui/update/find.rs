//! Finding in item and context.

use super::open;
use crate::tui::keymap::{Code, Key};
use crate::tui::model::{Find, Layer, Mark, Model};

/// Longest text looked for, in characters.
const LONGEST: usize = 200;

/// `/`.
pub fn start(model: &mut Model) {
    model.layers.push(Layer::Find(Find::default()));
}

/// A key on the find line.
pub fn key(model: &mut Model, key: Key, name: Option<&'static str>) {
    let Some(Layer::Find(find)) = model.layers.last_mut() else { return };
    match (name, key.code, key.typed()) {
        (Some("list.choose"), ..) => {
            let text = find.text.clone();
            model.layers.pop();
            model.find = Some(text);
            open::lay_out(model);
            return step(model, 0);
        }
        (Some("text.erase_line" | "text.erase_word"), ..) => find.text.clear(),
        (_, Code::Backspace, _) => {
            find.text.pop();
        }
        (_, _, Some(c)) if find.text.chars().count() < LONGEST => find.text.push(c),
        _ => return,
    }
    open::lay_out(model);
}

/// Esc: nothing is looked for any more.
pub fn leave(model: &mut Model) {
    model.layers.pop();
    model.find = None;
    open::lay_out(model);
}

/// The next place (1), the one before (-1), or the first (0).
pub fn step(model: &mut Model, by: isize) {
    let Some(what) = model.find.clone().filter(|what| !what.is_empty()) else {
        let key = model.keys.key_of(crate::tui::keymap::Context::Desk, "item.find").unwrap_or_default().to_owned();
        return model.say(Mark::new("find-again").text("key", key));
    };
    let rows = crate::tui::view::content_rows(model);
    let Some(shown) = &mut model.current else { return model.say("guard-no-item") };
    let lines = shown.body.found();
    let beside: usize = shown.context.iter().map(|said| said.body.found().len()).sum();
    if lines.is_empty() && beside == 0 {
        return model.say(Mark::new("find-none").text("what", what));
    }
    let at = match by {
        0 => 0,
        _ => model.find_at.saturating_add_signed(by) % lines.len().max(1),
    };
    model.find_at = at;
    if let Some(line) = lines.get(at) {
        let last = shown.body.rows().saturating_sub(rows);
        shown.scroll = line.saturating_sub(rows / 3).min(last);
    }
    open::renew(model);
    let n = lines.len() + beside;
    model.say(Mark::new("find-at").number("at", at as i64 + 1).number("n", n as i64));
}
