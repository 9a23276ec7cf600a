//! What a desk looks like. Everything here reads the model and writes cells; nothing is computed that a key could
//! wait for.

mod batch;
mod boxes;
mod choosers;
mod foot;
mod geometry;
mod head;
pub(in crate::tui) mod ink;
mod insight;
mod item;
mod messages;
mod pages;
mod picture;
mod reading;
mod replies;
mod rest;
mod shift;
mod side;
mod summary;
mod words;

pub use batch::{batch_columns, batch_rows};
pub use geometry::{content_columns, content_rows, page_rows};
pub use insight::{quote_columns, quote_line};
pub use picture::{Placed, picture_room, placed};
pub use reading::page_lines;
pub use words::follow_up;

use super::model::{Layer, Model, Screen};
use super::theme::{Role, Theme};
use ink::Ink;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws the model; tells where the cursor stands, in a text box.
pub fn draw(model: &Model, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut ink = Ink::new(buffer, theme);
    if model.too_small() {
        ink.small(model);
        return None;
    }
    if model.curtain.is_some() {
        ink.curtain(model);
        return None;
    }
    match &model.screen {
        Screen::Shift => shift::draw(model, &mut ink),
        Screen::TakeOver(desk) => shift::take_over(model, desk, &mut ink),
        Screen::Item => match &model.batch {
            Some(open) => batch::draw(model, open, &mut ink),
            None => item::draw(model, &mut ink),
        },
        Screen::Rest(resting) => rest::draw(model, resting, &mut ink),
        Screen::Summary => summary::draw(model, &mut ink),
    }
    let mut cursor = None;
    if let Some(layer) = model.layers.last() {
        cursor = match layer {
            Layer::Chooser(chooser) => choosers::chooser(model, chooser, &mut ink),
            Layer::Question(question) => choosers::question(model, question, &mut ink),
            Layer::Palette(palette) => choosers::palette(model, palette, &mut ink),
            Layer::Topics(topics) => insight::topics(model, topics, &mut ink),
            Layer::Quote(quote) => insight::quote(model, quote, &mut ink),
            Layer::Replies(picker) => replies::draw(model, picker, &mut ink),
            Layer::Alert(id) => choosers::alert(model, *id, &mut ink),
            Layer::Writing(writing) => boxes::writing(model, writing, &mut ink),
            Layer::Find(find) => boxes::find(model, find, &mut ink),
            Layer::Page(page) => {
                reading::draw(model, *page, &mut ink);
                None
            }
        };
    }
    debug_assert!(buffer.area == area, "a view never changes the size of the screen");
    cursor
}

impl Ink<'_> {
    /// Too small for an item: the size it needs, and nothing of the item.
    fn small(&mut self, model: &Model) {
        let say = model.speaker();
        let have = format!("{}x{}", model.size.0, model.size.1);
        let text = say.with("item-too-small", &[("have", have.into()), ("want", "60x16".into())]);
        let columns = usize::from(model.size.0).max(2);
        for (row, line) in crate::text::wrap::wrap(&text, columns).iter().enumerate() {
            self.put(0, row as u16, &text[line.shown.clone()], Role::Text);
        }
    }

    /// The curtain: nothing of anything.
    fn curtain(&mut self, model: &Model) {
        let say = model.speaker();
        let text = match &model.settings.curtain_word {
            None => say.text("curtain-closed"),
            Some(_) => say.text("curtain-word"),
        };
        self.middle(model.size.1 / 2, &text, Role::Dim);
        if model.curtain.as_ref().is_some_and(|curtain| curtain.wrong) {
            self.middle(model.size.1 / 2 + 1, &say.text("curtain-wrong"), Role::Warning);
        }
        foot::alerts(model, self, 1);
    }
}
