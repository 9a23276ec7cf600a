//! How many rows and columns everything has. Updates ask for it too: scrolling and wrapping depend on it.

use crate::desk::picture::Step;
use crate::tui::model::Model;
use ratatui::layout::Rect;

/// Columns of the panes at the side, where there are any.
const SIDE: u16 = 46;

/// Where the parts of the item screen stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Client, charter, break, line.
    pub head: u16,
    /// What it stands under.
    pub subject: u16,
    /// What it answers.
    pub context: Rect,
    /// Kind, language, time, reports.
    pub title: u16,
    /// The item's words.
    pub content: Rect,
    /// The line below them.
    pub below: u16,
    /// Author and why, where no pane at the side has them.
    pub about: Option<u16>,
    /// The panes at the side.
    pub side: Option<Rect>,
    /// Alerts.
    pub alerts: u16,
    /// The draft.
    pub composed: Option<u16>,
    /// What is held.
    pub held: u16,
    /// The mark.
    pub mark: u16,
    /// Two rows of keys.
    pub hints: u16,
}

/// The parts of the item screen for this model.
pub fn parts(model: &Model) -> Parts {
    let (columns, rows) = model.size;
    let wide = model.wide();
    let side = wide.then_some(SIDE);
    let left = columns - side.unwrap_or(0);
    let drafted = model.current.as_ref().is_some_and(|shown| !shown.draft.is_empty());
    let hints = rows - 2;
    let mark = hints - 1;
    let held = mark - 1;
    let composed = drafted.then(|| held - 1);
    let alerts_rows = u16::try_from(model.alerts.len().min(2)).unwrap_or(2);
    let alerts = composed.unwrap_or(held) - alerts_rows;
    let about = (!wide).then(|| alerts - 2);
    let below = about.unwrap_or(alerts) - 1;
    let said = model.current.as_ref().map_or(0, |shown| shown.served.item.context.len());
    let masked = model.current.as_ref().is_some_and(|shown| shown.context.is_empty());
    let room = if rows >= 36 {
        8
    } else if rows >= 22 {
        3
    } else {
        1
    };
    let context_rows = match said {
        0 => 0,
        _ if masked => 1,
        n => u16::try_from(n).unwrap_or(u16::MAX).min(room),
    };
    let context = Rect::new(0, 2, left, context_rows);
    let title = 2 + context_rows;
    let content = Rect::new(0, title + 1, left, below.saturating_sub(title + 1));
    let side = side.map(|side| Rect::new(left, 1, side, below));
    Parts { head: 0, subject: 1, context, title, content, below, about, side, alerts, composed, held, mark, hints }
}

/// Columns for the item's words, its margins taken off; a picture beside them takes half.
pub fn content_columns(model: &Model) -> usize {
    if model.too_small() {
        return 2;
    }
    let whole = parts(model).content.width;
    let beside = picture_area(model).filter(|area| area.x > 2).map_or(0, |area| whole - area.x);
    usize::from(whole.saturating_sub(4 + beside)).clamp(2, 100)
}

/// Where an open picture stands: beside the item's words, within a quarter of the screen; the whole of it in their
/// place.
pub fn picture_area(model: &Model) -> Option<Rect> {
    let peek = model.in_front()?.peek.as_ref()?;
    let content = parts(model).content;
    let rows = content.height.saturating_sub(1);
    if peek.step == Step::Whole {
        return Some(Rect::new(content.x + 2, content.y, content.width.saturating_sub(3), rows));
    }
    let quarter = u32::from(model.size.0) * u32::from(model.size.1) / 4;
    let columns = content.width / 2;
    let rows = rows.min(u16::try_from(quarter / u32::from(columns.max(1))).unwrap_or(rows));
    Some(Rect::new(content.right() - columns, content.y, columns.saturating_sub(1), rows))
}

/// Rows for the item's words: the last row is for what is masked.
pub fn content_rows(model: &Model) -> usize {
    if model.too_small() {
        return 1;
    }
    usize::from(parts(model).content.height.saturating_sub(1)).max(1)
}

/// Rows of a page.
pub fn page_rows(model: &Model) -> usize {
    usize::from(model.size.1.saturating_sub(4)).max(1)
}

/// Where a page stands.
pub fn page(model: &Model) -> Rect {
    Rect::new(0, 1, model.size.0, model.size.1.saturating_sub(3))
}
