//! Moving through what does not fit.

use super::open;
use crate::tui::model::{Layer, Model};
use crate::tui::view::{content_rows, page_rows};

/// How far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Lines, down or up.
    Lines(isize),
    /// Pages, down or up.
    Pages(isize),
    /// To the first line.
    Top,
    /// To the last line.
    Bottom,
}

/// Scrolls the page on top, else the item.
pub fn scroll(model: &mut Model, by: By) {
    if let Some(Layer::Page(_)) = model.layers.last() {
        let rows = page_rows(model);
        let last = crate::tui::view::page_lines(model).saturating_sub(rows);
        if let Some(Layer::Page(page)) = model.layers.last_mut() {
            page.scroll = moved(page.scroll, by, rows, last);
        }
        return;
    }
    let rows = content_rows(model);
    let Some(shown) = &mut model.current else { return };
    let last = shown.body.rows().saturating_sub(rows);
    let to = moved(shown.scroll, by, rows, last);
    if last == 0 {
        model.say("item-nothing-to-scroll");
    } else if let Some(shown) = &mut model.current {
        shown.scroll = to;
    }
    open::renew(model);
}

fn moved(from: usize, by: By, rows: usize, last: usize) -> usize {
    let page = rows.saturating_sub(2).max(1) as isize;
    match by {
        By::Lines(lines) => from.saturating_add_signed(lines).min(last),
        By::Pages(pages) => from.saturating_add_signed(pages.saturating_mul(page)).min(last),
        By::Top => 0,
        By::Bottom => last,
    }
}
