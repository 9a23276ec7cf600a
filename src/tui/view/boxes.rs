//! Text boxes and the find line.

use super::foot;
use super::ink::Ink;
use crate::text::{Untrusted, scrub, width, wrap};
use crate::tui::keymap::Context;
use crate::tui::model::{Find, Model, Writing, WritingKind};
use crate::tui::theme::Role;
use ratatui::layout::{Position, Rect};

/// A text box, over the foot of the screen.
pub fn writing(model: &Model, writing: &Writing, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let title = match &writing.kind {
        WritingKind::Reply { private } => {
            let visibility = say.text(if *private { "reply-private" } else { "reply-public" });
            say.with("reply-title", &[("visibility", visibility.into())])
        }
        WritingKind::Note => say.text("note-title"),
        WritingKind::Insight(sort) => {
            format!("{} · {}", say.text("insight-title"), say.words.coded("insight", sort))
        }
        WritingKind::Handover => say.text("summary-notes-title"),
        WritingKind::AlertNote(_) => say.text("command-alert-note"),
    };
    let whole = ink.area();
    let height = (whole.height / 3).clamp(6, 14);
    let area = Rect::new(0, whole.height - height, whole.width, height);
    ink.blank(area);
    ink.rule(0, area.y, area.right(), &title);
    // What was typed or pasted is shown as any other text from outside is.
    let (before, after) = writing.editor.text().split_at(writing.editor.at());
    let before = scrub::block(&Untrusted::new(before)).as_str().to_owned();
    let at = before.len();
    let text = before + scrub::block(&Untrusted::new(after)).as_str();
    let columns = usize::from(area.width.saturating_sub(4)).max(2);
    let lines = wrap::wrap(&text, columns);
    let row = cursor_line(&text, &lines, at);
    let rows = usize::from(height - 2);
    let first = (row + 1).saturating_sub(rows);
    for (place, line) in lines.iter().skip(first).take(rows).enumerate() {
        ink.put(2, area.y + 1 + place as u16, &text[line.shown.clone()], Role::Typed);
    }
    if text.is_empty() && matches!(writing.kind, WritingKind::Insight(_)) {
        ink.put(4, area.y + 1, &say.text("desk-insight-hint"), Role::Dim);
    }
    let start = lines.get(row).map_or(0, |line| line.range.start);
    let x = 2 + u16::try_from(width::of(&text[start..at.max(start)]).min(columns)).unwrap_or(0);
    let y = area.y + 1 + u16::try_from(row - first).unwrap_or(0);
    let done = model.keys.key_of(Context::Text, "text.done").unwrap_or_default().to_owned();
    match &model.mark {
        Some(_) => foot::mark(model, area.bottom() - 1, ink),
        None => {
            let mut keys = say.with("desk-box-keys", &[("done", done.into())]);
            if let (WritingKind::Reply { .. }, Some(key)) =
                (&writing.kind, model.keys.key_of(Context::Text, "text.next_field"))
            {
                keys.push_str(" · ");
                keys.push_str(&format!("{key} {}", model.words.hint("text.visibility")));
            }
            ink.put(1, area.bottom() - 1, &keys, Role::Dim);
        }
    }
    Some(Position::new(x, y))
}

/// The line on which the cursor stands: behind a line break it is the next one.
fn cursor_line(text: &str, lines: &[wrap::Line], at: usize) -> usize {
    let line = wrap::line_at(lines, at);
    let behind = at == text.len() && text.ends_with('\n');
    if behind { lines.len() - 1 } else { line }
}

/// The find line.
pub fn find(model: &Model, find: &Find, ink: &mut Ink<'_>) -> Option<Position> {
    let say = model.speaker();
    let y = ink.area().height - 3;
    let whole = ink.area();
    ink.blank(Rect::new(0, y, whole.width, 3));
    let x = ink.put(1, y, &say.text("find-ask"), Role::Dim);
    let x = ink.put(x + 1, y, "/", Role::Key);
    let x = ink.put(x, y, &find.text, Role::Typed);
    let places = model.current.as_ref().map_or(0, |shown| {
        shown.body.found().len() + shown.context.iter().map(|said| said.body.found().len()).sum::<usize>()
    });
    if !find.text.is_empty() {
        let text = match places {
            0 => say.with("find-none", &[("what", find.text.as_str().into())]),
            n => say.with("find-hits", &[("n", n.into())]),
        };
        ink.put(1, y + 1, &text, Role::Dim);
    }
    Some(Position::new(x, y))
}
