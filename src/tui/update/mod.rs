//! What happens to a desk when something happens. Pure: the time is in the message, what is to be done comes back as
//! data.

pub mod alert;
pub mod batch;
pub mod check_in;
pub mod choose;
pub mod clock;
pub mod curtain;
pub mod decide;
pub mod draft;
pub mod find;
pub mod guard;
pub mod insight;
pub mod key;
pub mod messages;
mod news;
pub mod next;
pub mod open;
pub mod page;
pub mod palette;
pub mod picture;
pub mod question;
pub mod reply;
pub mod rest;
pub mod scroll;
pub mod shift;
pub mod topics;
pub mod undo;
pub mod write;

use super::effect::Effect;
use super::model::{Layer, Mark, Model};
use super::msg::{Msg, What};
use crate::desk::Ask;

/// What is to be done, gathered while a message is worked on.
pub type Todo = Vec<Effect>;

/// Ids kept ready for what is decided next.
pub const IDS_AT_LEAST: usize = 8;

/// How many of them a key may need now: as many as an open batch has rows, and one for the batch.
pub fn ids_at_least(model: &Model) -> usize {
    IDS_AT_LEAST.max(model.batch.as_ref().map_or(0, |batch| batch.rows.len() + 1))
}

/// Works on one message.
pub fn update(model: &mut Model, msg: Msg) -> Todo {
    let mut todo = Todo::new();
    model.at = msg.at;
    if model.leaving {
        return todo;
    }
    let picture = picture::is_open(model);
    match msg.what {
        What::Opened => opened(model, &mut todo),
        What::Key(pressed) => key::press(model, pressed, &mut todo),
        What::Paste(text) => write::paste(model, &text),
        What::Resized(columns, rows) => resized(model, columns, rows, &mut todo),
        What::Drawn => drawn(model),
        What::RoundTrip(ms) => model.terminal_ms = ms,
        What::Woke => {}
        What::News(heard) => news::hear(model, *heard, &mut todo),
        What::Ids(ids) => model.ids.extend(ids),
        What::NotHeld(why) => undo::not_held(model, &why),
        What::TakenBack(id, items) => undo::taken_back(model, id, items, &mut todo),
        What::NotTakenBack(id, why) => undo::not_taken_back(model, id, &why),
        What::DraftLost(why) => model.say(Mark::new("desk-draft-lost").text("why", why)),
        What::Edited(saved) => reply::edited(model, saved),
        What::Told => shift::told_to_go(model, &mut todo),
    }
    clock::tick(model, &mut todo);
    next::fill(model, &mut todo);
    picture::let_go(model, picture, &mut todo);
    todo
}

fn opened(model: &mut Model, todo: &mut Todo) {
    let ends_at = model.at.wall.checked_add(jiff::SignedDuration::try_from(model.settings.shift).unwrap_or_default());
    todo.push(Effect::Ask(Ask::Prefetch(model.settings.prefetch)));
    todo.push(Effect::Ask(Ask::Begin { ends_at: ends_at.ok(), take_over: false }));
}

fn resized(model: &mut Model, columns: u16, rows: u16, todo: &mut Todo) {
    let changed = model.size != (columns, rows);
    model.size = (columns, rows);
    model.pending.forget();
    let small = model.too_small();
    let now = model.now();
    if let Some(shown) = &mut model.current
        && small
    {
        shown.active.stop(now);
        // It has to be seen again before a key may decide it.
        shown.on_line_at = None;
    }
    if let Some(batch) = &mut model.batch
        && small
    {
        batch.active.stop(now);
        batch.on_line_at = None;
    }
    open::lay_out(model);
    batch::lay_out(model);
    if changed {
        picture::fit(model, todo);
    }
}

/// The frame is on the line: from now on the item can have been seen.
fn drawn(model: &mut Model) {
    let now = model.now();
    // Under a page nothing of it is to be seen.
    if model.in_front().is_none() || matches!(model.layers.last(), Some(Layer::Page(_))) {
        return;
    }
    let (rows, wall) = (crate::tui::view::batch_rows(model), model.at.wall);
    if let Some(batch) = &mut model.batch {
        batch.on_line_at.get_or_insert(now);
        batch.active.start(now);
        batch.seen(rows, wall);
        return;
    }
    if let Some(shown) = &mut model.current {
        shown.on_line_at.get_or_insert(now);
        shown.active.start(now);
    }
}
