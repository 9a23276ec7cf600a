//! A notice over the panes: what it says, who has read it and who has not.

use crate::text::wrap;
use crate::tui::theme::Role;
use crate::tui::view::ink::Ink;
use crate::tui::watch::model::Model;
use ratatui::layout::Rect;
use uuid::Uuid;

/// How many rows the notice has.
pub fn rows(model: &Model) -> usize {
    let columns = usize::from(model.size.0.saturating_sub(4)).max(2);
    model.reading.map_or(0, |(notice, _)| lines(model, notice, columns).len())
}

/// Draws it.
pub fn draw(model: &Model, notice: Uuid, scroll: usize, area: Rect, ink: &mut Ink<'_>) {
    ink.rule(area.x, area.y, area.right(), &model.speaker().text("watch-notices"));
    let columns = usize::from(area.width.saturating_sub(4)).max(2);
    super::item::scrolled(&lines(model, notice, columns), scroll, area, ink);
}

fn lines(model: &Model, notice: Uuid, columns: usize) -> Vec<(String, Role)> {
    let Some(notice) = model.notice(notice) else {
        return vec![(model.speaker().text("watch-notice-gone"), Role::Dim)];
    };
    wrapped(model.reader().sent_lines(notice), columns)
}

/// Labelled lines as rows; what stands behind a label is dim where it is a name's.
pub fn wrapped(said: Vec<(String, String)>, columns: usize) -> Vec<(String, Role)> {
    let mut rows = Vec::new();
    for (label, text) in said {
        let line = if label.is_empty() { text } else { format!("{label} · {text}") };
        let role = if label.is_empty() { Role::Text } else { Role::Dim };
        rows.extend(wrap::wrap(&line, columns).into_iter().map(|part| (line[part.shown].to_owned(), role)));
    }
    rows
}
