//! What a letter or Enter picks: choosers, questions, the palette, the alert that is out.

use super::foot;
use super::ink::Ink;
use crate::tui::keymap::Context;
use crate::tui::model::{Chooser, Model, Palette, Question};
use crate::tui::theme::Role;
use crate::tui::update::palette::lines;
use ratatui::layout::{Position, Rect};
use uuid::Uuid;

/// A box at the foot of the screen, over the keys; the item above it stays in sight.
pub(super) fn at_foot(ink: &mut Ink<'_>, rows: usize, title: &str) -> Rect {
    let whole = ink.area();
    let most = whole.height.saturating_sub(6).max(3);
    let height = u16::try_from(rows + 1).unwrap_or(u16::MAX).min(most);
    let area = Rect::new(0, whole.height - height, whole.width, height);
    ink.blank(area);
    ink.rule(0, area.y, area.right(), title);
    Rect::new(1, area.y + 1, area.width - 2, height - 1)
}

/// A chooser.
pub fn chooser(model: &Model, chooser: &Chooser, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let shown = chooser.shown();
    let columns = if ink.area().width >= 100 { 2 } else { 1 };
    let per_column = shown.len().div_ceil(columns).max(1);
    let filter_row = usize::from(chooser.filter.is_some());
    let title = match chooser.measure {
        _ if chooser.title == "palette-choose-policy" => {
            let action = chooser.measure.map_or_else(
                || say.text("verdict-restrict"),
                |measure| say.words.coded("measure", measure.code()).into_owned(),
            );
            say.with(chooser.title, &[("action", action.into())])
        }
        _ if chooser.title == "verdict-delete" => {
            say.with("palette-choose-policy", &[("action", say.text("verdict-delete").into())])
        }
        _ => say.text(chooser.title),
    };
    let title = chooser.asks.clone().unwrap_or(title);
    let area = at_foot(ink, per_column + filter_row + 1, &title);
    let mut cursor = None;
    let mut top = area.y;
    if let Some(filter) = &chooser.filter {
        let x = ink.put(area.x, top, "/", Role::Key);
        let x = ink.put(x, top, filter, Role::Typed);
        cursor = Some(Position::new(x, top));
        top += 1;
    }
    let rows = usize::from(area.bottom().saturating_sub(top + 1)).max(1);
    let first = chooser.at.saturating_sub(rows.saturating_sub(1)).min(per_column.saturating_sub(rows));
    let width = area.width / columns as u16;
    for (at, choice) in shown.iter().enumerate() {
        let (column, row) = (at / per_column, at % per_column);
        let Some(row) = row.checked_sub(first).filter(|row| *row < rows) else { continue };
        let (x, y) = (area.x + column as u16 * width, top + row as u16);
        let end = x + width - 1;
        let picked = at == chooser.at && chooser.marks();
        let letter = if choice.letter == '\0' { " ".to_owned() } else { choice.letter.to_string() };
        let x = ink.put_within(x, y, &letter, Role::Key, end);
        let x = ink.put_within(x + 1, y, &choice.title, if picked { Role::Selected } else { Role::Text }, end);
        ink.put_within(x + 2, y, &choice.note, Role::Dim, end);
    }
    if shown.is_empty() {
        ink.put(area.x, top, &say.text("palette-none"), Role::Dim);
    }
    let y = area.bottom() - 1;
    last_row(model, ink, if chooser.filter.is_some() { "desk-filter-keys" } else { "desk-chooser-keys" }, y);
    if rows < per_column && model.mark.is_none() {
        let place = format!("{}–{} / {}", first + 1, first + rows, per_column);
        ink.put_right(area.right(), y, &place, Role::Dim);
    }
    cursor
}

/// A question.
pub fn question(model: &Model, question: &Question, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let area = at_foot(ink, question.lines.len() + 1, &say.text("desk-question"));
    for (row, line) in question.lines.iter().enumerate() {
        ink.put(area.x, area.y + row as u16, &say.mark(line), if row == 0 { Role::Warning } else { Role::Text });
    }
    let y = area.bottom() - 1;
    match (&model.mark, question.letter) {
        (Some(_), _) => foot::mark(model, y, ink),
        (None, Some(letter)) => {
            let text = say.with("desk-question-letter", &[("key", letter.to_string().into())]);
            ink.put(area.x, y, &text, Role::Dim);
        }
        (None, None) => {
            ink.put(area.x, y, &say.text("desk-question-keys"), Role::Dim);
        }
    }
    None
}

/// The palette.
pub fn palette(model: &Model, palette: &Palette, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let found = lines(model, palette);
    let room = usize::from(ink.area().height / 2);
    let area = at_foot(ink, found.len().clamp(1, room) + 1, &say.text("palette-ask"));
    let x = ink.put(area.x, area.y, ":", Role::Key);
    let x = ink.put(x, area.y, &palette.text, Role::Typed);
    let rows = usize::from(area.height.saturating_sub(1)).max(1);
    let first = (palette.at + 1).saturating_sub(rows);
    for (row, line) in found.iter().skip(first).take(rows).enumerate() {
        let y = area.y + 1 + row as u16;
        let role = if first + row == palette.at { Role::Selected } else { Role::Text };
        let key = line.key.clone().unwrap_or_else(|| say.text("palette-no-key"));
        let end = ink.put_right(area.right(), y, &key, Role::Key);
        ink.put_within(area.x, y, &line.does, role, end.saturating_sub(1));
    }
    if found.is_empty() {
        ink.put(area.x, area.y + 1, &say.text("palette-none"), Role::Dim);
    }
    Some(Position::new(x, area.y))
}

/// The alert that is out, and what can follow.
pub fn alert(model: &Model, id: Uuid, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let line = model.alerts.iter().find(|line| line.alert.id == id)?;
    let area = at_foot(ink, 5, &foot::alert(line, say));
    let known = [("alert.plan", line.alert.plan), ("alert.time", line.alert.time), ("alert.place", line.alert.place)];
    let mut x = area.x;
    for (name, yes) in known {
        let key = model.keys.key_of(Context::Alert, name).unwrap_or_default().to_owned();
        x = ink.put(x, area.y, &key, Role::Key);
        x = ink.put(x + 1, area.y, if yes { "[x] " } else { "[ ] " }, Role::Text);
        x = ink.put(x, area.y, &model.words.hint(name), Role::Text) + 3;
    }
    let rows = [["alert.note", "alert.withdraw", "break.take"], ["alert.hide", "alert.keep", "alert.reply"]];
    for (row, names) in rows.iter().enumerate() {
        let mut x = area.x;
        for name in names {
            let key = model.keys.key_of(Context::Alert, name).unwrap_or_default().to_owned();
            x = ink.put(x, area.y + 1 + row as u16, &key, Role::Key);
            x = ink.put(x + 1, area.y + 1 + row as u16, &model.words.hint(name), Role::Text) + 3;
        }
    }
    last_row(model, ink, "desk-leave-key", area.bottom() - 1);
    None
}

fn last_row(model: &Model, ink: &mut Ink<'_>, id: &str, y: u16) {
    match &model.mark {
        Some(_) => foot::mark(model, y, ink),
        None => {
            ink.put(1, y, &model.speaker().text(id), Role::Dim);
        }
    }
}
